"""Photographs on small drawn pages: present, absent, remains, and what cannot be told."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.photo.aid import AID
from docexam.aids.protocol import Alone, Cancelled, Material, Region
from docexam.aids.running import outcome_json, run_aid
from docexam.domain.geometry import box_quad, overlap, quad

SIZE = (800, 580)
# Where the sheet lies on the table, and the photograph's place on it, in pixels.
SHEET = (60, 50, 740, 530)
PLACE = (110, 270, 250, 460)
REGION = box_quad(
    PLACE[0] / SIZE[0],
    PLACE[1] / SIZE[1],
    (PLACE[2] - PLACE[0]) / SIZE[0],
    (PLACE[3] - PLACE[1]) / SIZE[1],
)


class Shown:
    """A picture as a capture."""

    def __init__(self, picture, n=1):
        self.picture, self.n = np.asarray(picture), n
        self.height, self.width = self.picture.shape[:2]
        self.sha256 = hashlib.sha256(self.picture.tobytes()).hexdigest()

    def rgb(self, longest=0):
        image = Image.fromarray(self.picture)
        if longest:
            image.thumbnail((longest, longest))
        return np.asarray(image)

    def original(self):
        raise AssertionError("the photo aid has no use for the file")


def portrait(colour=False):
    """A face before a light ground, shoulders below."""
    width, height = PLACE[2] - PLACE[0], PLACE[3] - PLACE[1]
    back, skin, cloth = ((196, 198, 202), (212, 168, 140), (40, 52, 84))
    image = Image.new("RGB", (width, height), back)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.05, height * 0.68, width * 0.95, height * 1.3), fill=cloth)
    draw.ellipse((width * 0.24, height * 0.08, width * 0.76, height * 0.55), fill=(44, 36, 32))
    draw.ellipse((width * 0.28, height * 0.2, width * 0.72, height * 0.72), fill=skin)
    for x in (0.4, 0.6):
        draw.ellipse(
            (width * x - 5, height * 0.42, width * x + 5, height * 0.46), fill=(30, 30, 30)
        )
    shaded = image.filter(ImageFilter.GaussianBlur(1.5))
    return shaded if colour else shaded.convert("L").convert("RGB")


def page(holds="nothing", seal=None):
    """A page on a dark table; `holds`: a photograph, an empty frame, glue, or nothing."""
    rng = np.random.default_rng(5)
    image = Image.new("RGB", SIZE, (62, 56, 50))
    draw = ImageDraw.Draw(image)
    draw.rectangle(SHEET, fill=(240, 236, 224))
    font = ImageFont.load_default(16)
    for k in range(11):
        y = 70 + 38 * k
        left = 90 if k < 5 else 290
        draw.text((left, y), f"{k + 1}. Surname, given names", fill=(46, 44, 46), font=font)
        draw.line((left, y + 24, 710, y + 24), fill=(120, 118, 116))
    if holds in ("photograph", "colour"):
        image.paste(portrait(holds == "colour"), PLACE[:2])
    if holds == "frame":
        draw.rectangle(PLACE, outline=(80, 80, 84), width=2)
        draw.text((PLACE[0] + 20, PLACE[1] + 80), "Place for photo", fill=(90, 90, 94), font=font)
    if holds == "glue":
        for _ in range(9):
            x, y = rng.integers(PLACE[0] + 10, PLACE[2] - 40), rng.integers(PLACE[1], PLACE[3] - 40)
            draw.ellipse((x, y, x + 40, y + 34), fill=(214, 200, 158))
    if seal:
        for grow in (0, 10):
            box = (300 + grow, 360 + grow, 440 - grow, 500 - grow)
            draw.ellipse(box, outline=seal, width=5)
        draw.text((345, 415), "No 12", fill=seal, font=ImageFont.load_default(24))
    noisy = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)), float)
    return np.clip(noisy + rng.normal(0, 2, noisy.shape), 0, 255).astype(np.uint8)


def seen(picture, region=None):
    material = Material(
        captures=(Shown(picture),), region=Region(1, region) if region is not None else None
    )
    form = outcome_json(AID, run_aid(AID, material))
    assert "reason" not in form, form
    return form["photo"], form["proposals"][0]["says"]


@pytest.mark.parametrize("holds", ["photograph", "colour"])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_photograph_is_found_on_the_page_whichever_way_it_lies(holds, turns):
    found, _ = seen(np.rot90(page(holds), turns))
    assert found["present"] is True
    back = np.array(found["corners"])
    for _ in range(turns):
        back = np.stack((1 - back[:, 1], back[:, 0]), axis=1)
    low, high = back.min(axis=0), back.max(axis=0)
    box = quad([tuple(low), (high[0], low[1]), tuple(high), (low[0], high[1])])
    assert overlap(box, REGION) > 0.7


@pytest.mark.parametrize("holds", ["nothing", "frame", "glue"])
@pytest.mark.parametrize("ink", [None, (48, 66, 170), (112, 52, 150), (190, 40, 44)])
def test_a_page_without_one_is_not_found_rather_than_absent(holds, ink):
    found, says = seen(page(holds, ink))
    assert found["present"] is False
    assert found["box"] is None
    assert "not the same as absent" in says


@pytest.mark.parametrize("holds", ["photograph", "colour"])
def test_a_region_with_a_photograph_is_present(holds):
    found, _ = seen(page(holds), REGION)
    assert found["present"] is True
    assert found["kind"] == "photograph"


@pytest.mark.parametrize("holds", ["nothing", "frame"])
def test_an_empty_place_or_frame_is_told_without_saying_absent(holds):
    found, says = seen(page(holds), REGION)
    assert found["present"] is False
    assert found["kind"] == "empty"
    assert "absent" not in says


def test_remains_of_glue_are_no_photograph_and_named():
    found, says = seen(page("glue"), REGION)
    assert found["present"] is False
    assert found["kind"] == "remains"
    assert "glue" in says


def pasted(draws):
    """The empty page with something drawn in the photograph's place."""
    image = Image.fromarray(page("frame"))
    draws(ImageDraw.Draw(image), *PLACE)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)))


def heavy_glue(draw, left, top, right, bottom):
    for x in range(left, right - 30, 34):
        for y in range(top, bottom - 30, 38):
            draw.ellipse((x, y, x + 40, y + 36), fill=(186, 152, 92))


def seal_over_glue(draw, left, top, right, bottom):
    heavy_glue(draw, left, top, right, bottom)
    x, y = (left + right) // 2, (top + bottom) // 2
    for reach in range(20, 70, 14):
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=(44, 60, 150), width=4)


def torn(draw, left, top, right, bottom):
    rng = np.random.default_rng(2)
    for _ in range(60):
        x, y = rng.integers(left, right - 20), rng.integers(top, bottom - 20)
        shade = int(rng.integers(178, 252))
        draw.polygon([(x, y), (x + 18, y + 4), (x + 12, y + 22)], fill=(shade, shade, shade - 12))


@pytest.mark.parametrize("draws", [heavy_glue, seal_over_glue, torn])
def test_neither_glue_nor_a_seal_over_it_nor_torn_paper_is_a_photograph(draws):
    picture = pasted(draws)
    pointed, _ = seen(picture, REGION)
    assert pointed["present"] is False, pointed
    whole, _ = seen(picture)
    assert whole["present"] is False, whole


def test_a_portrait_before_a_ground_as_light_as_the_paper_is_one():
    def faded(draw, left, top, right, bottom):
        small = np.asarray(portrait(), float)
        pale = np.where(small > 150, 236, small * 0.6 + 70).astype(np.uint8)
        draw._image.paste(Image.fromarray(pale), (left, top))

    found, _ = seen(pasted(faded), REGION)
    assert found["present"] is True


def test_the_table_beside_a_slanting_page_is_not_in_the_place():
    picture = page("frame")
    rows, columns = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    # The sheet's lower left corner is cut off, up to a corner of the place.
    picture[(SIZE[1] - rows) + columns < 275] = (40, 36, 32)
    found, _ = seen(picture, REGION)
    assert found["present"] is False


def test_plain_paper_in_a_sharp_picture_is_empty_and_not_blurred():
    x, y, w, h = 100 / SIZE[0], 290 / SIZE[1], 120 / SIZE[0], 140 / SIZE[1]
    smooth = page()
    smooth[255:500, 75:285] = smooth[300, 150]
    found, _ = seen(smooth, box_quad(x, y, w, h))
    assert (found["present"], found["kind"]) == (False, "empty")


def test_a_place_too_small_blurred_or_burnt_out_is_not_told():
    small, _ = seen(page("photograph"), box_quad(0.2, 0.6, 0.01, 0.01))
    assert (small["present"], small["kind"]) == (None, "too-small")
    dull = Image.fromarray(page("photograph")).filter(ImageFilter.GaussianBlur(60))
    blurred, _ = seen(dull, REGION)
    assert (blurred["present"], blurred["kind"]) == (None, "too-blurred")
    burnt = page("photograph")
    burnt[PLACE[1] - 4 : PLACE[3] + 4, PLACE[0] - 4 : PLACE[2] + 4] = 255
    glare, _ = seen(burnt, REGION)
    assert (glare["present"], glare["kind"]) == (None, "glare")


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_an_empty_picture_tells_nothing(tone):
    found, _ = seen(np.full((300, 400, 3), tone, np.uint8))
    assert found["present"] is None


def test_a_photograph_where_the_page_is_cut_out_tightly_is_still_judged_by_the_page():
    # The region lies wholly within the photograph: the paper is known from elsewhere.
    x, y, w, h = (PLACE[0] + 30) / SIZE[0], (PLACE[1] + 60) / SIZE[1], 0.1, 0.2
    found, _ = seen(page("photograph"), box_quad(x, y, w, h))
    assert found["present"] is not False


def test_too_small_a_picture_and_a_wrong_capture_are_reasons():
    tiny = run_aid(AID, Material(captures=(Shown(np.zeros((1, 5000, 3), np.uint8)),)))
    assert "5000 × 1" in tiny.reason
    assert not tiny.broken
    other = run_aid(AID, Material(captures=(Shown(page()),), region=Region(2, REGION)))
    assert "no capture 2" in other.reason


def test_the_same_picture_gives_the_same_proposal():
    assert seen(page("photograph")) == seen(page("photograph"))


def test_a_stopped_run_is_cancelled():
    class Stopped(Alone):
        def cancelled(self):
            return True

    with pytest.raises(Cancelled):
        AID.propose(Material(captures=(Shown(page()),)), Stopped())
