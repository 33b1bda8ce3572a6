"""Ink of several colours in one crop of handwriting, read apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pylopdf_fonts_ko
import pytest
from PIL import Image, ImageDraw, ImageFont

from docexam.aids.script.inks import BLACK, COOL, WARM, inks_of
from docexam.aids.script.judging import judged
from docexam.aids.script.normalise import find_ink
from docexam.aids.script.proposing import script_json
from docexam.aids.script.reading import Reading, _together, read_crop

HAND = Path(__file__).parents[2] / "samples" / "fonts" / "hand-school.ttf"
KOREAN = Path(pylopdf_fonts_ko.__file__).parent / "NotoSansKR-Regular.otf"
BLUE, DARK, RED = (35, 55, 150), (40, 40, 42), (190, 40, 50)
Colour = tuple[int, int, int]


def sheet(*written: tuple[str, Path, Colour, int]) -> np.ndarray:
    """Return words on one sheet, each with its font, colour and place from the left."""
    image = Image.new("RGB", (900, 160), (236, 234, 226))
    for text, font, colour, x in written:
        face = ImageFont.truetype(str(font), 80)
        ImageDraw.Draw(image).text((x, 25), text, colour, face)
    return np.asarray(image)


def names(crop: np.ndarray) -> list[str]:
    return [part.name for part in inks_of(crop, find_ink(crop))]


@pytest.mark.parametrize(("colour", "name"), [(BLUE, COOL), (RED, WARM)])
def test_two_inks_are_told_apart(colour: Colour, name: str) -> None:
    crop = sheet(("Щербина", HAND, colour, 30), ("김철수", KOREAN, DARK, 560))
    parts = inks_of(crop, find_ink(crop))
    assert {part.name for part in parts} == {BLACK, name}
    assert sum(part.share for part in parts) == pytest.approx(1.0, abs=0.02)
    boxes = {part.name: part.ink.box for part in parts}
    middle = 0.55 * max(box[2] for box in boxes.values())
    assert boxes[name][2] < middle + 40
    assert boxes[BLACK][0] > middle - 40


@pytest.mark.parametrize("colour", [BLUE, DARK, RED])
def test_one_ink_is_not_parted(colour: Colour) -> None:
    assert names(sheet(("Щербина", HAND, colour, 30))) == []


def test_a_speck_of_another_ink_is_not_a_hand() -> None:
    crop = sheet(("Щербина", HAND, BLUE, 30)).copy()
    crop[100:104, 600:604] = DARK
    assert names(crop) == []


def test_light_writing_on_dark_and_nothing_at_all_are_left_alone() -> None:
    crop = sheet(("Щербина", HAND, BLUE, 30), ("김철수", KOREAN, DARK, 560))
    assert names(255 - crop) == []
    assert inks_of(crop, None) == ()


def test_inks_that_read_differently_name_no_script() -> None:
    form = script_json(sheet(("Щербина", HAND, BLUE, 30), ("김철수", KOREAN, DARK, 560)))
    assert {one["code"] for one in form["inks"]} == {"Cyrl", "Hang"}
    assert form["code"] == "Zyyy"
    assert "several colours" in form["says"]


def test_one_ink_reads_as_before() -> None:
    read = read_crop(sheet(("김철수", KOREAN, BLUE, 200)))
    assert read.alone == ()
    assert read.reading.judgement.code == "Hang"


def reading(code: str, score: float) -> Reading:
    rest = (1.0 - score) / 6
    scores = dict.fromkeys(("Hang", "Cyrl", "Latn", "Hani", "Arab", "Zzzz", "Zxxx"), rest)
    scores[code] = score
    return Reading(None, judged(scores), scores)


@pytest.mark.parametrize(
    ("whole", "alone", "code"),
    [
        (("Hang", 0.9), [("Cyrl", 0.8), ("Zzzz", 0.9)], "Zyyy"),
        (("Cyrl", 0.7), [("Cyrl", 0.8), ("Hang", 0.9)], "Zyyy"),
        (("Cyrl", 0.7), [("Cyrl", 0.8), ("Zxxx", 0.9)], "Cyrl"),
        (("Cyrl", 0.7), [("Zzzz", 0.9), ("Zxxx", 0.9)], "Cyrl"),
        (("Zzzz", 0.7), [("Cyrl", 0.8), ("Zxxx", 0.9)], "Cyrl"),
        (("Zzzz", 0.7), [("Cyrl", 0.55), ("Zxxx", 0.9)], "Zzzz"),
        (("Zxxx", 0.7), [("Zzzz", 0.8), ("Zxxx", 0.9)], "Zxxx"),
    ],
)
def test_what_inks_apart_and_together_allow(
    whole: tuple[str, float], alone: list[tuple[str, float]], code: str
) -> None:
    found = _together(reading(*whole), [reading(*one) for one in alone])
    assert found.judgement.code == code
