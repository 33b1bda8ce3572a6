"""What Tesseract misreads, mended by the strokes: case, zeros, stray full stops, no dates."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.typed.aid import _impossible, _notes, _sureness
from docexam.aids.typed.capitals import with_capitals
from docexam.aids.typed.choosing import Chosen
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.stops import without_stray_stop
from docexam.aids.typed.strokes import Inked
from docexam.aids.typed.words import Read, _agreed, _trimmed
from docexam.aids.typed.zeros import with_zeros

FONTS = Path(__file__).resolve().parents[2] / "samples" / "fonts"
PAPER, INK = 226, 38
FACES = ("typewriter", "print-regular", "print-bold", "seal-sans")


def drawn(text: str, face: str = "typewriter", size: int = 36) -> tuple[Image.Image, list[float]]:
    """A line of text in grey, and where each of its characters begins."""
    font = ImageFont.truetype(str(FONTS / f"{face}.ttf"), size)
    starts = [18 + font.getlength(text[:i]) for i in range(len(text) + 1)]
    picture = Image.new("L", (int(starts[-1]) + 60, 2 * size), PAPER)
    ImageDraw.Draw(picture).text((18, 1.4 * size), text, font=font, fill=INK, anchor="ls")
    return picture, starts


def seen(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7)), np.uint8)


def word(text: str, picture: Image.Image, left: float = 12, right: float = 0) -> Piece:
    return Piece(text, 95.0, (int(left), 2, int(right) or picture.width - 4, picture.height - 2))


# --- zeros -------------------------------------------------------------------------------------


def with_marks(text: str, face: str, mark: str) -> Image.Image:
    """A line of digits whose zeros have a stroke, a dot, or nothing in them."""
    picture, starts = drawn(text, face)
    draw = ImageDraw.Draw(picture)
    for i, char in enumerate(text):
        box = draw.textbbox((starts[i], 50.4), char, anchor="ls", font=ImageFont.truetype(
            str(FONTS / f"{face}.ttf"), 36))  # fmt: skip
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if char == "0" and mark == "stroke":
            draw.line((box[0] + 5, box[3] - 7, box[2] - 5, box[1] + 7), fill=INK, width=3)
        elif char == "0" and mark == "dot":
            draw.ellipse((x - 2, y - 3, x + 2, y + 3), fill=INK)
    return picture


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("mark", ["stroke", "dot", ""])
@pytest.mark.parametrize("wrong", ["9", "6"])
def test_a_zero_read_as_another_digit_is_a_zero_again(face: str, mark: str, wrong: str) -> None:
    true = "08.06.1963"
    picture = with_marks(true, face, mark)
    read = true.replace("0", wrong)
    assert with_zeros((word(read, picture),), Inked(seen(picture)))[0].text == true


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("size", [16, 24, 36, 60])
def test_a_true_nine_or_six_stays(face: str, size: int) -> None:
    picture, _ = drawn("19.06.1996", face, size)
    assert with_zeros((word("19.06.1996", picture),), Inked(seen(picture)))[0].text == "19.06.1996"


def test_digits_whose_strokes_cannot_be_told_stay() -> None:
    blank = Image.new("L", (200, 60), PAPER)
    for text in ("98.06.1963", "Ж-69", "шк. 9"):
        assert with_zeros((word(text, blank),), Inked(seen(blank)))[0].text == text
    picture = with_marks("08.06.1963", "typewriter", "stroke")
    assert with_zeros((word("98.06.196", picture),), Inked(seen(picture)))[0].text == "98.06.196"


# --- dates that cannot be ----------------------------------------------------------------------


def both(text: str, share: float = 0.96, confidence: float = 92.0) -> Chosen:
    """What stands where both readers read the same."""
    words = (Piece(text or "—", confidence, (0, 0, 9, 9)),)
    return Chosen(words, False, text or "—", share, text or "—", confidence)


@pytest.mark.parametrize("text", ["98.06.1963", "31.02.2001", "01.13.1999"])
def test_a_date_that_cannot_be_is_said_and_scored_lower(text: str) -> None:
    assert _impossible(text).endswith(".")
    assert _notes(text, both(text))[0].startswith(_impossible(text))
    assert _sureness(text, both(text)) == pytest.approx(0.47)


@pytest.mark.parametrize("text", ["08.06.1963", "29.02.2000", "98.06", "п. 98", "", "1.2.3"])
def test_nothing_is_said_of_a_date_that_can_be_or_is_none(text: str) -> None:
    assert _impossible(text) == ""
    assert _notes(text, both(text)) == []
    assert _sureness(text, both(text)) == pytest.approx(0.94)


# --- case --------------------------------------------------------------------------------------


def bars(*boxes: tuple[int, int, int, int, int]) -> np.ndarray:
    """A picture of strokes: left, top, right, bottom and grey of each."""
    picture = np.full((70, 360), PAPER, np.uint8)
    for left, top, right, bottom, grey in boxes:
        picture[top:bottom, left:right] = grey
    return picture


@pytest.mark.parametrize("face", ["typewriter", "print-regular"])
@pytest.mark.parametrize(("read", "true"), [("д.", "д."), ("Д.", "д."), ("р.", "р."), ("Р.", "р.")])
def test_a_letter_that_reaches_below_the_line_is_measured_from_it(
    face: str, read: str, true: str
) -> None:
    picture, starts = drawn(f"{true} Жуковка", face)
    first = word(read, picture, right=starts[2] + 2)
    second = word("Жуковка", picture, left=starts[3] - 2)
    assert with_capitals((first, second), Inked(seen(picture)))[0].text == true


@pytest.mark.parametrize("face", ["typewriter", "print-regular"])
def test_a_capital_that_reaches_below_the_line_stays_one(face: str) -> None:
    picture, starts = drawn("Д. Вова", face)
    first, second = word("Д.", picture, right=starts[2] + 2), word("Вова", picture, starts[3] - 2)
    assert with_capitals((first, second), Inked(seen(picture)))[0].text == "Д."


def letters(heights: tuple[int, ...], left: int = 10, grey: int = 20) -> list[tuple[int, ...]]:
    return [(left + 26 * i, 45 - h, left + 18 + 26 * i, 45, grey) for i, h in enumerate(heights)]


def test_letters_that_break_in_darker_ink_tell_no_heights() -> None:
    """Six strokes of seven letters hang together; in darker ink only bits of them are left."""
    light, dark = 155, 20
    whole = [(10, 14, 184, 45, light)]
    bits = [(12 + 25 * i, 40 - (4 if i in (0, 5) else 0), 20 + 25 * i, 44, dark) for i in range(7)]
    paler = [(10 + 30 * i, 20, 30 + 30 * i, 45, 115) for i in range(5)]
    picture = bars(*whole, *paler, *bits)
    text = "сержант"
    assert with_capitals((Piece(text, 95.0, (8, 8, 190, 50)),), Inked(picture))[0].text == text


def test_a_word_with_more_strokes_than_letters_is_left_as_it_was_read() -> None:
    """К in two strokes at one level, its upper half lost at the next: not all are capitals."""
    pale, dark = 110, 20
    whole = letters((24, 24, 24, 24, 24), left=62, grey=dark)
    split = [(10, 12, 18, 45, pale), (22, 21, 30, 45, pale), (10, 23, 18, 45, dark)]
    picture = bars(*whole, *split)  # type: ignore[arg-type] # five numbers each
    read = Piece("Кирилл", 96.0, (8, 8, 196, 50))
    assert with_capitals((read,), Inked(picture))[0].text == "Кирилл"


def test_a_stroke_too_low_for_any_letter_does_not_make_the_others_capitals() -> None:
    picture = bars(*letters((31, 22, 22, 7, 22)))  # type: ignore[arg-type] # five numbers each
    # The fourth letter's lower part is long enough to count as a stroke.
    picture[45:58, 10 + 26 * 3 : 28 + 26 * 3] = 20
    assert (
        with_capitals((Piece("Тимур", 96.0, (8, 8, 150, 60)),), Inked(picture))[0].text == "Тимур"
    )


# --- full stops --------------------------------------------------------------------------------


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("size", [16, 20, 30, 44])
def test_a_full_stop_that_stands_there_stays(face: str, size: int) -> None:
    for text in ("2012 г.", "Вова.", "03.06.2005.", "ул."):
        picture, _ = drawn(text, face, size)
        assert without_stray_stop((word(text, picture),), Inked(seen(picture)))[0].text == text, (
            text
        )


def stray(kind: str) -> Image.Image:
    """A word with something at its end that is no full stop."""
    picture, starts = drawn("03.06.2005")
    draw, end = ImageDraw.Draw(picture), starts[-1]
    if kind == "rule":
        draw.line((4, 60, picture.width - 20, 62), fill=90, width=2)
    elif kind == "seal":
        draw.line((end + 2, 66, end + 30, 10), fill=80, width=5)
    elif kind == "dust":
        draw.ellipse((end + 6, 22, end + 11, 27), fill=60)
    elif kind == "blot":
        draw.ellipse((end + 4, 34, end + 22, 52), fill=40)
    return picture


@pytest.mark.parametrize("kind", ["nothing", "rule", "seal", "dust", "blot"])
def test_a_full_stop_that_is_something_else_is_left_out(kind: str) -> None:
    picture = stray(kind)
    assert without_stray_stop((word("03.06.2005.", picture),), Inked(seen(picture)))[0].text == (
        "03.06.2005"
    )


def test_a_full_stop_stays_where_no_letter_can_be_told() -> None:
    blank = Image.new("L", (200, 60), PAPER)
    assert without_stray_stop((word("г.", blank),), Inked(seen(blank)))[0].text == "г."


@pytest.mark.parametrize(
    ("read", "kept"), [("1959]", "1959"), ("[1959]", "[1959]"), ("06.04.2001]", "06.04.2001")]
)
def test_a_bracket_that_nothing_opened_is_left_out(read: str, kept: str) -> None:
    assert _trimmed((Piece(read, 90.0, (0, 0, 9, 9)),))[0].text == kept


# --- language ----------------------------------------------------------------------------------


def read(text: str, sure: float, language: str) -> Read:
    return Read((Piece(text, sure, (0, 0, 9, 9)),), language)


@pytest.mark.parametrize(
    ("english", "sure", "russian", "text"),
    [
        ("KUM", 66.0, ("КИМ", "КИМ", "КИМ", "КИМ"), "КИМ"),
        ("KUM", 66.0, ("КИМ", "КИМ", "КЙМ", "КММ"), "KUM"),  # they do not agree
        ("KUM", 91.0, ("КИМ", "КИМ", "КИМ"), "KUM"),  # English is sure
        ("MAP", 66.0, ("МАР", "МАР", "МАР"), "MAP"),  # every letter could be Latin
        ("A1982", 56.0, ("И1982", "И1982", "И1982"), "A1982"),
    ],
)
def test_a_russian_word_read_again_and_again_outdoes_an_unsure_english_one(
    english: str, sure: float, russian: tuple[str, ...], text: str
) -> None:
    own = [read(one, 30.0 + i, "rus") for i, one in enumerate(russian)]
    best = read(english, sure, "eng")
    assert _agreed([best, *own], best).text == text
    assert _agreed([best, *own], best).confidence == sure
