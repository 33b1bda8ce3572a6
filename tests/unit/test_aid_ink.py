"""Inks on small drawn pages: named, boxed, and the region's compared with those elsewhere."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.ink.aid import AID
from docexam.aids.ink.inks import difference, name_of
from docexam.aids.protocol import Alone, Cancelled, Material, Region
from docexam.aids.running import outcome_json, run_aid
from docexam.domain.geometry import box_quad

SIZE = (1100, 800)
BLUE, BLACK, VIOLET, RED = (38, 52, 150), (34, 34, 38), (96, 44, 140), (186, 36, 40)
SIGNATURE = box_quad(0.55, 0.75, 0.35, 0.14)


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
        raise AssertionError("the ink aid has no use for the file")


def scrawl(draw, x, y, width, ink, height=12):
    t = np.linspace(0, 1, 160)
    up = y + height * np.sin(t * width / 7) * np.cos(t * 9 + x)
    points = list(zip(x + t * width, up, strict=True))
    draw.line(points, fill=ink, width=4, joint="curve")


def page(entries=BLUE, signature=BLUE, seal=None, light=(1.0, 1.0, 1.0)):
    """A printed page on a dark table with entries and a signature; `light` tints the whole."""
    rng = np.random.default_rng(2)
    image = Image.new("RGB", SIZE, (70, 62, 56))
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, SIZE[0] - 40, SIZE[1] - 40), fill=(242, 238, 226))
    for k in range(9):
        y = 90 + 58 * k
        font = ImageFont.load_default(18)
        draw.text((80, y), f"{k + 1}. Surname, given names", fill=(40, 40, 42), font=font)
        if entries:
            scrawl(draw, 380, y + 12, 260, entries)
    if signature:
        scrawl(draw, 640, 660, 260, signature, height=24)
    if seal:
        for grow in (0, 14):
            draw.ellipse((740 + grow, 240 + grow, 940 - grow, 440 - grow), outline=seal, width=6)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)), float) * light
    noisy = soft + rng.normal(0, 2, soft.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def ink_of(picture, region=None):
    material = Material(
        captures=(Shown(picture),), region=Region(1, region) if region is not None else None
    )
    form = outcome_json(AID, run_aid(AID, material))
    assert "reason" not in form, form
    return form["ink"], form["proposals"][0]


@pytest.mark.parametrize(
    ("entries", "signature", "same"),
    [
        (BLUE, BLUE, True),
        (BLACK, BLACK, True),
        (VIOLET, VIOLET, True),
        (BLUE, BLACK, False),
        (BLACK, BLUE, False),
        (BLUE, VIOLET, False),
        (BLUE, RED, False),
    ],
)
@pytest.mark.parametrize("seal", [None, (70, 60, 160)])
def test_signature_and_entries_share_an_ink_or_not(entries, signature, same, seal):
    found, proposal = ink_of(page(entries, signature, seal), SIGNATURE)
    if signature == BLUE and entries == BLACK and seal:
        # A blue seal on the page is larger than writing and must not stand in for the entries.
        assert found["same"] is not True
    else:
        assert found["same"] is same, found
    assert ("unlike" in proposal["says"]) == (found["same"] is False)


@pytest.mark.parametrize("light", [(1.0, 0.93, 0.8), (0.85, 0.95, 1.0), (0.6, 0.6, 0.6)])
def test_the_light_does_not_change_the_name(light):
    found, _ = ink_of(page(BLUE, BLACK, light=light), SIGNATURE)
    assert found["region"]["name"] == "black"
    assert "blue" in {ink["name"] for ink in found["inks"]}
    assert found["same"] is False


def test_without_a_region_the_inks_are_listed_and_boxed():
    found, proposal = ink_of(page(BLUE, RED))
    assert {ink["name"] for ink in found["inks"]} >= {"blue", "red", "black"}
    assert found["same"] is None
    red = next(ink for ink in found["inks"] if ink["name"] == "red")
    x, y, w, h = red["box"]
    assert (x + w / 2, y + h / 2) == pytest.approx((770 / 1100, 660 / 800), abs=0.03)
    assert sum(ink["share"] for ink in found["inks"]) <= 1.001
    assert len(proposal["grounds"]) == len(found["inks"])


def test_a_region_without_ink_says_so():
    found, proposal = ink_of(page(BLUE, None), SIGNATURE)
    assert found["same"] is None
    assert "Too little ink" in proposal["says"]


def test_nothing_to_compare_with_is_no_sameness():
    picture = page(None, BLUE)
    picture[60:600, 60:1040] = (242, 238, 226)
    found, proposal = ink_of(picture, SIGNATURE)
    assert found["same"] is None
    assert "no writing outside" in proposal["says"]


def test_limits_go_with_every_answer():
    found, _ = ink_of(page(), SIGNATURE)
    assert any("not the same pen" in limit for limit in found["limits"])


def test_names_follow_hue_and_pressure_does_not_make_a_difference():
    assert name_of(np.array((30.0, 1.0, -2.0))) == "black"
    assert name_of(np.array((35.0, 15.0, -45.0))) == "blue"
    assert name_of(np.array((35.0, 35.0, -40.0))) == "violet"
    assert name_of(np.array((45.0, 55.0, 30.0))) == "red"
    assert name_of(np.array((45.0, -35.0, 20.0))) == "green"
    assert difference(np.array((20.0, 9.0, -30.0)), np.array((60.0, 9.0, -30.0))) < 0.01


@pytest.mark.parametrize(
    "picture",
    [
        np.full((300, 400, 3), 255, np.uint8),
        np.zeros((300, 400, 3), np.uint8),
        np.random.default_rng(1).integers(0, 256, (300, 400, 3)).astype(np.uint8),
        np.full((60, 2000, 3), 128, np.uint8),
    ],
    ids=["white", "black", "noise", "narrow"],
)
def test_strange_pictures_do_not_break_it(picture):
    for region in (None, SIGNATURE, box_quad(0.999, 0.999, 0.001, 0.001)):
        material = Material(
            captures=(Shown(picture),), region=Region(1, region) if region is not None else None
        )
        assert not run_aid(AID, material).broken


def test_too_small_a_picture_is_a_reason():
    outcome = run_aid(AID, Material(captures=(Shown(np.zeros((1, 5000, 3), np.uint8)),)))
    assert "5000 × 1" in outcome.reason


def test_the_same_picture_gives_the_same_proposal():
    assert ink_of(page(), SIGNATURE) == ink_of(page(), SIGNATURE)


def test_a_stopped_run_is_cancelled():
    class Stopped(Alone):
        def cancelled(self):
            return True

    with pytest.raises(Cancelled):
        AID.propose(Material(captures=(Shown(page()),)), Stopped())
