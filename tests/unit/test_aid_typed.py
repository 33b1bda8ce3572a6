"""Typed text read off regions and pages; handwriting left alone; what is missing said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.protocol import Alone, Material, Region
from docexam.aids.running import Outcome, outcome_json, run_aid
from docexam.aids.typed import hand
from docexam.aids.typed.aid import AID, ALONE
from docexam.aids.typed.capitals import with_capitals
from docexam.aids.typed.coloured import OVER_A_LETTER, without_coloured_ink
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.hand import colour
from docexam.aids.typed.level import lean, levelled
from docexam.aids.typed.prepare import evened
from docexam.aids.typed.shapes import read_by_shapes
from docexam.aids.typed.strokes import Inked
from docexam.aids.typed.tessdata import EXTRA, folder_of, lacking
from docexam.aids.typed.words import Read, _dated, better, languages, read_field
from docexam.domain.geometry import Quad, bounding_box

LACKS = lacking(("rus",), "Reading")
needs_tesseract = pytest.mark.skipif(bool(LACKS), reason=LACKS or "Tesseract is here")
FONTS = Path(__file__).resolve().parents[2] / "samples" / "fonts"
LINES = ("г. Калуга", "среднее, шк. № 5, 2012 г.", "слесарь-ремонтник", "ВК города Образцовска")
PAPER = (226, 222, 208)


class Shot:
    """An image in memory as aids see captures."""

    def __init__(self, picture: Image.Image, n: int = 1) -> None:
        self.pixels = np.asarray(picture.convert("RGB"))
        self.n = n
        self.sha256 = f"{n:064x}"
        self.height, self.width = self.pixels.shape[:2]

    def rgb(self, longest: int = 0) -> np.ndarray:
        if not longest or max(self.pixels.shape) <= longest:
            return self.pixels
        picture = Image.fromarray(self.pixels)
        picture.thumbnail((longest, longest))
        return np.asarray(picture)

    def original(self) -> bytes:
        return b""


def line_of(
    text: str, face: str = "typewriter", size: int = 34, ink: tuple[int, int, int] = (38, 36, 40)
) -> Image.Image:
    font = ImageFont.truetype(str(FONTS / f"{face}.ttf"), size)
    picture = Image.new("RGB", (int(font.getlength(text)) + 36, round(1.9 * size)), PAPER)
    ImageDraw.Draw(picture).text((18, 1.3 * size), text, font=font, fill=ink, anchor="ls")
    rng = np.random.default_rng(4)
    noisy = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.6)), np.float32)
    noisy = noisy + rng.normal(0, 3, noisy.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def page_of(lines: tuple[str, ...] = LINES) -> tuple[Image.Image, list[Quad]]:
    page = Image.new("RGB", (1100, 800), PAPER)
    shapes = []
    for i, text in enumerate(lines):
        line = line_of(text)
        at = (90, 90 + 150 * i)
        page.paste(line, at)
        x0, y0 = at[0] / 1100, at[1] / 800
        x1, y1 = x0 + line.width / 1100, y0 + line.height / 800
        shapes.append(((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
    return page, shapes


def asked(picture: Image.Image, shape: Quad | None = None, **more: Any) -> Outcome:
    region = Region(1, shape) if shape else None
    return run_aid(AID, Material(captures=(Shot(picture),), region=region, **more))


def reading_of(outcome: Outcome) -> dict[str, Any]:
    form = outcome_json(AID, outcome)
    assert form["reading"] is not None, outcome.reason
    json.dumps(form, allow_nan=False)
    return form["reading"]


WHOLE: Quad = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


@needs_tesseract
@pytest.mark.parametrize("text", LINES)
def test_a_typed_field_is_read_whole(text: str) -> None:
    outcome = asked(line_of(text), WHOLE)
    reading = reading_of(outcome)
    assert reading["text"] == text
    assert reading["language"] == "rus"
    assert outcome.proposals[0].reading == text
    assert outcome.proposals[0].fills == ""
    assert " ".join(word["text"] for word in reading["words"]) == text


@needs_tesseract
def test_a_region_and_one_field_make_a_reading_for_that_field_and_two_do_not() -> None:
    page, shapes = page_of()
    one = asked(page, shapes[0], fields={"birth-place": ""}).proposals[0]
    assert (one.fills, one.reading) == ("birth-place", LINES[0])
    two = asked(page, shapes[0], fields={"birth-place": "", "surname": ""}).proposals[0]
    assert (two.fills, two.reading) == ("", LINES[0])


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_field_that_lies_sideways_is_turned(turn: int) -> None:
    reading = reading_of(asked(line_of(LINES[2]).rotate(turn, expand=True), WHOLE))
    assert reading["text"] == LINES[2]
    assert reading["rotated"] == turn


@needs_tesseract
def test_a_tilted_field_is_straightened_and_its_words_lie_on_the_capture() -> None:
    line = line_of(LINES[3]).convert("RGBA")
    turned = line.rotate(12, Image.Resampling.BICUBIC, expand=True)
    desk = Image.new("RGBA", (turned.width + 80, turned.height + 60), (90, 80, 70, 255))
    desk.alpha_composite(turned, (40, 30))
    middle = np.array((40 + turned.width / 2, 30 + turned.height / 2))
    a = np.radians(12)
    way = np.array(((np.cos(a), np.sin(a)), (-np.sin(a), np.cos(a))))
    half = np.array((line.width / 2, line.height / 2))
    corners = [middle + way @ (half * s) for s in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    shape = tuple((float(x / desk.width), float(y / desk.height)) for x, y in corners)
    reading = reading_of(asked(desk.convert("RGB"), shape))  # type: ignore[arg-type] # four corners
    assert reading["text"] == LINES[3]
    first, last = reading["words"][0], reading["words"][-1]
    assert first["box"][0] < last["box"][0]
    assert first["box"][1] > last["box"][1]


@needs_tesseract
def test_several_lines_of_a_region_are_read_in_order() -> None:
    page, _ = page_of()
    reading = reading_of(asked(page.crop((60, 60, 760, 700)), WHOLE))
    assert reading["text"].split()[:2] == LINES[0].split()
    assert reading["text"].split()[-1] == LINES[3].split()[-1]


@needs_tesseract
@pytest.mark.parametrize("face", ["hand-quick", "hand-school"])
def test_coloured_handwriting_is_never_a_reading(face: str) -> None:
    picture = line_of("Вымыслов Роман", face, 52, (38, 52, 140))
    outcome = asked(picture, WHOLE, fields={"surname": ""})
    for proposal in outcome.proposals:
        assert proposal.reading == ""
        assert proposal.fills == ""
        assert proposal.data["reason"].endswith(".")
        assert not any("was read" in ground.says for ground in proposal.grounds)
        assert "not_read" not in proposal.data
    form = outcome_json(AID, outcome)
    assert form["reason"].endswith(".")
    if form["reading"] is not None:
        assert form["reason"] == form["reading"]["reason"]


def pen_in(picture: Any) -> float:
    """How much a picture of a line looks written."""
    return read_by_shapes(np.asarray(picture)).pen


def test_print_is_black_where_a_pen_is_not() -> None:
    typed, hand = line_of(LINES[1]), line_of("Вымыслов Роман", "hand-quick", 52, (38, 52, 140))
    assert colour(np.asarray(typed)) < 0.08 < 0.12 < colour(np.asarray(hand))


@pytest.mark.parametrize("text", ["Вымыслов Роман", "г. Калуга", "14.07.1986", "ОБРАЗЦОВСК"])
def test_black_ink_of_a_hand_looks_written_and_type_and_print_do_not(text: str) -> None:
    hands = [pen_in(line_of(text, face, 46)) for face in ("hand-quick", "hand-school")]
    faces = ("typewriter", "print-regular", "print-bold")
    prints = [pen_in(line_of(text, face)) for face in faces]
    assert min(hands) > max(prints) + 1
    assert np.mean(hands) > hand._MIDDLE
    assert max(prints) < 0


@needs_tesseract
@pytest.mark.parametrize("face", ["print-bold", "print-regular", "typewriter"])
def test_a_digit_alone_is_not_taken_for_written(face: str) -> None:
    for digit in "0123456789":
        outcome = asked(line_of(digit, face, 40), WHOLE)
        assert not any(proposal.data["written"] for proposal in outcome.proposals), digit


def test_a_picture_without_ink_of_a_line_or_pixel_looks_like_nothing() -> None:
    for shape in ((40, 300), (1, 1), (8, 2000), (900, 8)):
        for shade in (0, 128, 255):
            assert np.isfinite(pen_in(np.full((*shape, 3), shade, np.uint8)))
    assert pen_in(np.full((40, 300, 3), 230, np.uint8)) == 0.0
    rng = np.random.default_rng(3)
    assert abs(pen_in(rng.integers(0, 256, (60, 500, 3), dtype=np.uint8))) < 20


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_lines_of_a_page_are_found_at_every_turn(turn: int) -> None:
    page, shapes = page_of()
    outcome = asked(page.rotate(turn, expand=True))
    lines = outcome_json(AID, outcome)["lines"]
    texts = [line["text"] for line in lines]
    for text in ("Калуга", "среднее, шк", *LINES[2:]):
        assert any(text.casefold() in one.casefold() for one in texts), texts
    for line in lines:
        assert {"text", "box", "score", "language"} <= set(line)
    if turn == 0:
        x, y, w, h = bounding_box(shapes[0])
        box = next(line["box"] for line in lines if "Калуга" in line["text"])
        assert x - 0.03 < box[0] < x + w
        assert y - 0.03 < box[1] < y + h


@needs_tesseract
def test_latin_letters_in_a_cyrillic_word_are_named_and_not_changed() -> None:
    from docexam.aids.typed.words import in_either_script, mixed

    assert mixed("КАPТА Anna дом") == "P"
    assert mixed("ZAKHAR") == ""
    assert in_either_script("AE 3810927") == ("AE",)
    assert in_either_script("АЕ PACE, ZAKHAR 12 Anna a") == ("PACE,",)


@needs_tesseract
def test_the_same_picture_gives_the_same_proposals() -> None:
    page, shapes = page_of()
    assert asked(page, shapes[1]) == asked(page, shapes[1])


@needs_tesseract
@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (700, 500)])
@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_picture_without_text_gives_a_reason(size: tuple[int, int], shade: int) -> None:
    for shape in (None, WHOLE):
        outcome = asked(Image.new("RGB", size, (shade,) * 3), shape)
        assert not outcome.broken, outcome.reason
        assert outcome.proposals == ()
        assert outcome.reason


@needs_tesseract
def test_a_cancelled_page_stops() -> None:
    class Hurried(Alone):
        def cancelled(self) -> bool:
            return True

    page, _ = page_of()
    assert run_aid(AID, Material(captures=(Shot(page),)), Hurried()).cancelled


def test_a_region_of_another_capture_is_refused() -> None:
    if LACKS:
        pytest.skip(LACKS)
    material = Material(captures=(Shot(Image.new("RGB", (50, 50))),), region=Region(2, WHOLE))
    outcome = run_aid(AID, material)
    assert outcome.proposals == ()
    assert not outcome.broken


# --- what is missing ---------------------------------------------------------------------------


def test_language_data_is_looked_for_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docexam.aids.typed.tessdata._FOLDERS", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert folder_of("rus") is None
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "rus.traineddata").write_bytes(b"x")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert folder_of("rus") == tmp_path / "tessdata"
    assert folder_of("eng") is None


@pytest.mark.parametrize(("engine", "data"), [(False, True), (True, False), (False, False)])
def test_without_tesseract_one_reader_reads_and_says_so(
    engine: bool, data: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docexam.aids.typed.tessdata.has_engine", lambda: engine)
    for module in ("tessdata", "words"):
        monkeypatch.setattr(
            f"docexam.aids.typed.{module}.folder_of",
            lambda language: Path("/x") if data else None,
        )
    languages.cache_clear()
    try:
        said = lacking(("rus",), "Reading")
        assert (EXTRA in said) is not engine
        assert ("tesseract-ocr-rus" in said) is not data
        assert AID.missing() == ""
        assert AID.version == AID.card.version == ALONE
        outcome = asked(line_of(LINES[0]), WHOLE)
        assert outcome.version == ALONE
        (found,) = outcome.proposals
        assert found.reading == LINES[0]
        assert found.version == ALONE
        assert found.data["readings"] == {"shapes": LINES[0], "tesseract": ""}
    finally:
        languages.cache_clear()


def test_damaged_language_data_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if LACKS:
        pytest.skip(LACKS)
    (tmp_path / "rus.traineddata").write_bytes(b"no model")
    env = dict(os.environ, TESSDATA_PREFIX=str(tmp_path))
    line_of(LINES[0]).save(tmp_path / "line.png")
    ran = subprocess.run(
        [sys.executable, "-m", "docexam", "aid", "typed", "line.png",
         "--region", "0,0,1,1", "--json"],
        cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    form = json.loads(ran.stdout)
    assert form["reading"] is None
    assert "Tesseract" in form["reason"]


@needs_tesseract
def test_the_command_reads_a_region_and_writes_nothing_to_stderr(tmp_path: Path) -> None:
    page, shapes = page_of()
    page.save(tmp_path / "page.png")
    x, y, w, h = bounding_box(shapes[2])
    ran = subprocess.run(
        [sys.executable, "-m", "docexam", "aid", "typed", "page.png",
         "--region", f"{x},{y},{w},{h}", "--json"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0
    assert ran.stderr == ""
    assert json.loads(ran.stdout)["reading"]["text"] == LINES[2]


# --- boxes around tilted lines, seals over letters, letters of one shape ------------------------


def tilted(lines: tuple[str, ...], degrees: float) -> tuple[Image.Image, list[Quad]]:
    """A page turned about its middle, and the upright box around each of its lines."""
    page, shapes = page_of(lines)
    turned = page.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=PAPER)
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    boxes = []
    for shape in shapes:
        x = np.array([(p[0] - 0.5) * 1100 for p in shape])
        y = np.array([(p[1] - 0.5) * 800 for p in shape])
        u, v = (x * cos - y * sin) / 1100 + 0.5, (x * sin + y * cos) / 800 + 0.5
        a, b, c, d = float(u.min()), float(v.min()), float(u.max()), float(v.max())
        boxes.append(((a, b), (c, b), (c, d), (a, d)))
    return turned, boxes


@needs_tesseract
@pytest.mark.parametrize("degrees", [-9.0, 6.0])
def test_an_upright_box_around_a_tilted_line_is_read_whole(degrees: float) -> None:
    turned, boxes = tilted(LINES[1:], degrees)
    for text, box in zip(LINES[1:], boxes, strict=True):
        assert reading_of(asked(turned, box))["text"] == text


@pytest.mark.parametrize("degrees", [-11.0, -4.0, 0.0, 3.0, 12.0])
def test_how_a_line_leans_is_found(degrees: float) -> None:
    line = line_of("слесарь-ремонтник Образцовска")
    turned = line.rotate(-degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER)
    assert lean(evened(np.asarray(turned))) == pytest.approx(degrees, abs=0.7)


def test_a_level_picture_is_left_as_it_is() -> None:
    picture = np.asarray(line_of("слесарь-ремонтник"))
    level = levelled(picture)
    assert level.pixels is picture
    assert np.array_equal(level.back, np.eye(3))


def sealed(text: str, ink: tuple[int, int, int]) -> Image.Image:
    """A line under a ring and letters of a seal, whose ink darkens what lies under it."""
    line = line_of(text, size=40)
    seal = Image.new("L", line.size, 0)
    draw = ImageDraw.Draw(seal)
    for radius in (60, 70, 140):
        middle = line.width // 3, line.height
        box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
        draw.ellipse(box, outline=255, width=6)
    cover = np.asarray(seal.filter(ImageFilter.GaussianBlur(1)), np.float32)[..., None] / 255
    print_ = np.asarray(line, np.float32)
    mixed = print_ * (1 - cover * (1 - np.array(ink, np.float32) / 255))
    return Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))


@needs_tesseract
@pytest.mark.parametrize("ink", [(40, 60, 190), (110, 50, 170), (200, 40, 50)])
def test_letters_under_a_coloured_seal_are_read(ink: tuple[int, int, int]) -> None:
    assert reading_of(asked(sealed("Образцовск Калуга", ink), WHOLE))["text"] == "Образцовск Калуга"


@pytest.mark.parametrize("ink", [(40, 60, 190), (200, 40, 50)])
def test_a_seals_ink_is_taken_out_and_the_letters_stay(ink: tuple[int, int, int]) -> None:
    before, seal = np.asarray(line_of("Образцовск", size=40)), np.asarray(sealed("Образцовск", ink))
    after = without_coloured_ink(seal)
    assert after is not None
    letters, paper = before.max(axis=2) < 80, before.max(axis=2) > 200
    under = paper & (seal.astype(int).max(axis=2) - seal.min(axis=2) > 60)
    assert after[..., 0][letters].mean() < 125
    assert after[..., 0][under].mean() > 200


def test_a_stamps_rim_over_one_letter_is_taken_out_of_a_field() -> None:
    line = line_of("Образцовск Калуга", size=40)
    ImageDraw.Draw(line).line((200, 0, 216, line.height), fill=(110, 50, 170), width=4)
    rim = np.asarray(line)
    under = rim.astype(int).max(axis=2) - rim.min(axis=2) > 60
    assert without_coloured_ink(rim) is None  # of a page, or a zone, this would be nothing
    after = without_coloured_ink(rim, OVER_A_LETTER)
    assert after is not None
    assert after[..., 0][under].mean() > 200


def test_text_that_is_itself_in_colour_is_not_taken_out() -> None:
    assert without_coloured_ink(np.asarray(line_of("Образцовск", ink=(40, 60, 190)))) is None
    assert without_coloured_ink(np.asarray(line_of("Образцовск"))) is None


def read(text: str, confidence: float, language: str) -> Read:
    return Read((Piece(text, confidence, (0, 0, 10 * len(text), 20)),), language)


@pytest.mark.parametrize(
    ("latin", "cyrillic", "follows"),
    [
        (("SERGEI", 91.0), ("ЗЕЯСЕТ", 90.0), True),
        (("BOHDAPEHKO", 82.0), ("БОНДАРЕНКО", 92.0), False),
        (("WEBYEHKO", 83.0), ("ШЕВЧЕНКО", 80.0), False),
        (("KUM", 95.0), ("Ким", 86.0), False),
    ],
)
def test_a_sure_latin_reading_is_followed_and_an_unsure_one_is_not(
    latin: tuple[str, float], cyrillic: tuple[str, float], follows: bool
) -> None:
    assert better(read(*latin, "eng"), read(*cyrillic, "rus")) is follows


def test_a_dates_parts_are_put_together_and_nothing_else_is() -> None:
    def pieces(*texts: str) -> tuple[Piece, ...]:
        return tuple(Piece(t, 90.0 - i, (30 * i, 0, 30 * i + 25, 20)) for i, t in enumerate(texts))

    (date,) = _dated(pieces("22.08.", "1934"))
    assert (date.text, date.confidence, date.box) == ("22.08.1934", 89.0, (0, 0, 55, 20))
    assert _dated(pieces("25,02.2017"))[0].text == "25.02.2017"
    for other in (("69", "54", "814983"), ("01.02.2003", "г."), ("кв.", "42,", "д.")):
        assert _dated(pieces(*other)) == pieces(*other)


def test_a_word_whose_heights_tell_nothing_stays_as_it_was_read() -> None:
    blank = np.full((40, 120), 255, np.uint8)
    for text in ("ким", "КИМ", "пара", "АЙДЫС"):
        assert with_capitals((Piece(text, 90.0, (5, 5, 60, 30)),), Inked(blank))[0].text == text


@pytest.mark.parametrize(
    ("read", "heights", "text"),
    [
        ("АБВЫС", (32, 32, 24, 24, 24), "Абвыс"),
        ("КЫзин", (32, 24, 24, 24, 24), "Кызин"),
        ("ондав", (32, 24, 24, 24, 24), "Ондав"),
        ("Ванов", (32, 32, 32, 32, 32), "Ванов"),  # all alike: Tesseract's own case stands
        ("ЗАВОД", (32, 32, 31, 32, 32), "ЗАВОД"),
        ("выдан", (24, 24, 23, 24, 24), "выдан"),
        ("вЫзан", (24, 32, 32, 32, 32), "вЫзан"),  # nothing is written so
        ("БАВОВ", (32, 32, 40, 32, 32), "БАВОВ"),  # under the edge of a seal
        ("ВЫБОР", (24, 24, 34, 24, 24), "выбор"),
        ("ВАБОВ", (24, 24, 34, 24, 24), "вабов"),
    ],
)
def test_letters_are_as_high_as_their_case(read: str, heights: tuple[int, ...], text: str) -> None:
    picture = np.full((60, 200), 255, np.uint8)
    for i, high in enumerate(heights):
        picture[45 - high : 45, 10 + 30 * i : 30 + 30 * i] = 20
    box = (10, 10, 150, 46)
    assert with_capitals((Piece(read, 90.0, box),), Inked(picture))[0].text == text


@needs_tesseract
@pytest.mark.parametrize(
    ("face", "size"),
    [("typewriter", 18), ("typewriter", 38), ("print-regular", 38), ("print-regular", 60)],
)
def test_case_is_read_as_it_stands(face: str, size: int) -> None:
    texts = ("Айдыс", "г. Кызыл", "Ондар", "Иванов", "ИВАНОВ", "выдан", "слесарь", "КЫЗЫЛ")
    found = [read_field(np.asarray(line_of(text, face, size))).text for text in texts]
    alike = [(a, b) for a, b in zip(texts, found, strict=True) if a.lower() == b.lower()]
    assert len(alike) >= 6
    assert all(a == b for a, b in alike), alike


@needs_tesseract
@pytest.mark.parametrize("text", ["г. Саратов", "с. Мирное", "Образцовск", "Вера"])
def test_a_capital_is_told_from_a_small_letter_of_its_shape(text: str) -> None:
    assert reading_of(asked(line_of(text, size=40), WHOLE))["text"] == text


def test_the_letter_before_a_stop_is_as_high_as_it_stands() -> None:
    def bars(first: int) -> np.ndarray:
        picture = np.full((60, 200), 255, np.uint8)
        for i, high in enumerate((first, 24, 24, 24, 24)):
            picture[45 - high : 45, 10 + 30 * i : 20 + 30 * i] = 20
        return picture

    words = (Piece("Г.", 90.0, (10, 15, 24, 45)), Piece("сено", 90.0, (40, 15, 140, 45)))
    assert with_capitals(words, Inked(bars(24)))[0].text == "г."
    assert with_capitals(words, Inked(bars(30)))[0].text == "Г."
