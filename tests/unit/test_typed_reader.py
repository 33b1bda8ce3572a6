"""The second reader of typed lines: strips, likelihoods, words of one script, whole lines."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from tests.unit.test_aid_typed import LINES, WHOLE, Shot, line_of

from docexam.aids.protocol import Alone, Region
from docexam.aids.typed import reader, strip, whole_words
from docexam.aids.typed.reader import ALPHABET, letters, likelihood
from docexam.aids.typed.region import read_region
from docexam.aids.typed.shapes import read_by_shapes

KINDS = len(ALPHABET) + 1


def shares_of(steps: list[dict[str, float]]) -> np.ndarray:
    """Return shares along a line: of each step those of some letters, the rest between them."""
    out = np.zeros((len(steps), KINDS))
    for row, step in zip(out, steps, strict=True):
        for letter, share in step.items():
            row[1 + ALPHABET.index(letter)] = share
        row[0] = 1 - row.sum()
    return out


def sure(text: str, share: float = 0.9) -> np.ndarray:
    """Return shares of a text, each letter followed by a step between letters."""
    return shares_of([step for letter in text for step in ({letter: share}, {})])


def test_letters_of_runs_are_taken_once_and_twins_apart_twice() -> None:
    line = shares_of([{"а": 0.9}, {"а": 0.8}, {}, {"а": 0.7}, {"б": 0.6}])
    assert "".join(letter.text for letter in letters(line)) == "ааб"
    assert [letter.share for letter in letters(line)] == pytest.approx([0.9, 0.7, 0.6])
    assert [(letter.left, letter.right) for letter in letters(line)] == [(0, 8), (12, 16), (16, 20)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_likelihood_is_the_sum_over_all_ways_to_lay_a_text(seed: int, steps: int) -> None:
    rng = np.random.default_rng(seed)
    few = np.zeros((steps, KINDS))
    few[:, :3] = rng.dirichlet(np.ones(3), steps)
    summed: dict[str, float] = {}
    for way in itertools.product(range(3), repeat=steps):
        kept = [k for k, _ in itertools.groupby(way) if k]
        text = "".join(ALPHABET[k - 1] for k in kept)
        summed[text] = summed.get(text, 0.0) + float(np.prod(few[range(steps), way]))
    assert sum(summed.values()) == pytest.approx(1)
    for text, share in summed.items():
        assert np.exp(likelihood(few, text)) == pytest.approx(share, abs=1e-9)


def test_no_letters_outside_the_alphabet_are_likely() -> None:
    assert likelihood(sure("аб"), "а%") == -np.inf
    assert likelihood(sure("аб"), "абвгдежз") < -20


def test_look_alikes_follow_the_word_they_stand_in() -> None:
    torn = sure("Ca")  # Latin C, Latin a, then a letter that is Cyrillic alone
    own = sure("ша")
    found = whole_words.words(np.concatenate((torn, own)))
    assert [word.text for word in found] == ["Саша"]
    latin = whole_words.words(sure("СОDЕ"))  # Cyrillic С О Е around a Latin D
    assert [word.text for word in latin] == ["CODE"]


def test_a_letter_of_the_other_script_that_is_plainly_there_stays() -> None:
    assert [word.text for word in whole_words.words(sure("ИваNов", 0.999))] == ["ИваNов"]


def doubtful(text: str, at: int, other: str, share: float) -> np.ndarray:
    """Return shares of a text, one letter of which could be another."""
    line = sure(text, 0.97)
    line[2 * at, :] = 0
    line[2 * at, 1 + ALPHABET.index(text[at])] = share
    line[2 * at, 1 + ALPHABET.index(other)] = 1 - share
    return line


@pytest.mark.parametrize(
    ("read", "at", "other", "said"),
    [
        ("ГлебовиЧ", 7, "ч", "Глебович"),
        ("СоСНОВКА", 1, "О", "СОСНОВКА"),
        ("пОс", 1, "о", "пос"),
        ("П.иванов", 2, "И", "П.иванов"),
        ("Кара-Оол", 5, "о", "Кара-Оол"),
    ],
)
def test_capitals_inside_a_word_are_sizes_hard_to_tell(
    read: str, at: int, other: str, said: str
) -> None:
    assert [word.text for word in whole_words.words(doubtful(read, at, other, 0.7))] == [said]


def test_capitals_that_plainly_stand_inside_a_word_stay() -> None:
    sure_of_it = doubtful("МакДоналд", 3, "д", 0.99)
    assert [word.text for word in whole_words.words(sure_of_it)] == ["МакДоналд"]
    assert [word.text for word in whole_words.words(sure("МАмА"))] == ["МАмА"]  # а is no small А


def test_digits_and_marks_belong_to_no_script() -> None:
    assert [word.text for word in whole_words.words(sure("04.05 № 7"))] == ["04.05", "№", "7"]


def test_strips_of_each_line_have_one_height_and_lie_where_the_line_does() -> None:
    one = np.asarray(line_of(LINES[0]))
    both = np.concatenate((one, one))
    found = strip.strips(both)
    assert [cut.pixels.shape[0] for cut in found] == [strip.HIGH] * 2
    middles = [(cut.top + cut.bottom) / 2 for cut in found]
    assert middles[1] - middles[0] == pytest.approx(len(one), abs=2)
    assert 0 < middles[0] < len(one) < middles[1]


@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (60, 1), (9, 9)])
def test_pictures_without_letters_give_no_words(shape: tuple[int, int]) -> None:
    blank = np.full((*shape, 3), 220, np.uint8)
    assert read_by_shapes(blank).text == ""


@pytest.mark.parametrize("text", LINES)
def test_lines_of_type_are_read(text: str) -> None:
    read = read_by_shapes(np.asarray(line_of(text))).text
    assert read.casefold() == text.casefold()  # ш and Ш are one shape, and “шк.” is short


@pytest.mark.parametrize("size", [22, 34, 60])
def test_blurred_type_is_read_at_any_size(size: int) -> None:
    soft = line_of("Константинов Егор", size=size).filter(ImageFilter.GaussianBlur(0.045 * size))
    assert read_by_shapes(np.asarray(soft)).text == "Константинов Егор"


def test_words_have_their_places_in_the_picture() -> None:
    picture = line_of("Калуга Тула")
    first, second = read_by_shapes(np.asarray(picture)).words
    ink = np.flatnonzero(np.asarray(picture.convert("L")).min(axis=0) < 110)
    assert first.box[0] == pytest.approx(ink[0], abs=14)
    assert second.box[2] == pytest.approx(ink[-1], abs=14)
    assert first.box[2] < second.box[0]


def test_lines_beneath_each_other_are_read_in_order() -> None:
    rows = [np.asarray(line_of(text)) for text in ("Калуга", "Тула №")]
    wide = max(row.shape[1] for row in rows)
    both = np.concatenate(
        [np.pad(r, ((0, 0), (0, wide - r.shape[1]), (0, 0)), "edge") for r in rows]
    )
    read = read_by_shapes(both, lines=2)
    assert read.text == "Калуга Тула №"
    assert [word.line for word in read.words] == [0, 1, 1]


def test_the_network_fits_the_alphabet() -> None:
    assert reader.network().out.shape[1] == KINDS
    assert reader.WEIGHTS.stat().st_size < 1_600_000


def test_a_strip_of_any_width_is_read() -> None:
    for wide in (1, 3, 32, 77):
        seen = reader.look(np.zeros((strip.HIGH, wide, strip.PLANES), np.float32))
        assert seen.shares.shape == (-(-wide // reader.STEP), KINDS)
        assert seen.shares.sum(axis=1) == pytest.approx(1)
        assert (seen.pen, seen.steps) == (0.0, 0)


def test_the_picture_is_not_changed() -> None:
    picture = np.asarray(Image.new("RGB", (300, 60), (220, 215, 200))).copy()
    before = picture.copy()
    read_by_shapes(picture)
    assert (picture == before).all()


@pytest.mark.parametrize("digit", "1234567890")
def test_a_digit_by_itself_is_neither_drawn_out_nor_laid_on_its_side(digit: str) -> None:
    """Its region is narrow and tall, as one drawn around it is."""
    tight = alone(digit)
    assert tight.height > 1.3 * tight.width
    found = read_region(Shot(tight), Region(1, WHOLE), Alone())
    assert (found.chosen.shapes, found.turned) == (digit, 0)


def alone(digit: str) -> Image.Image:
    picture = line_of(digit, size=64)
    ink = np.argwhere(np.asarray(picture.convert("L")) < 150)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
    beside, above = round(0.25 * (right - left)), round(0.25 * (bottom - top))
    return picture.crop((left - beside, top - above, right + beside, bottom + above))


def test_a_narrow_strip_has_paper_beside_its_ink() -> None:
    tight = alone("4")
    more = Image.new("RGB", (3 * tight.width, tight.height), tight.getpixel((0, 0)))
    more.paste(tight, (0, 0))
    narrow, wide = (strip.strips(np.asarray(one))[0].pixels for one in (tight, more))
    assert narrow.shape[1] == strip.LEAST_WIDE < wide.shape[1]
    first, second = (np.flatnonzero(one[..., 0].max(axis=0) > 0.5) for one in (narrow, wide))
    assert abs(first[-1] - second[-1]) <= 1
