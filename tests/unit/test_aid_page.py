"""The page's outline on small drawn photographs: corners, cuts, doubt, and the rectified view."""

from __future__ import annotations

import hashlib
import itertools

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.page.aid import AID
from docexam.aids.page.outline import FILLS, FOUND, NOTHING, outline_of
from docexam.aids.page.polygons import area, within
from docexam.aids.page.rectify import aspect, rectified
from docexam.aids.protocol import Alone, Cancelled, Material
from docexam.aids.raster.warp import homography
from docexam.aids.running import outcome_json, run_aid

SIZE = (760, 560)
# 25 pixels of 1900, at the size drawn here.
NEAR = 25 * SIZE[0] / 1900
WOOD, CLOTH, LIGHT, DARK = "wood", "cloth", "light", "dark"


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
        raise AssertionError("the outline has no use for the file")


def headed(colour, high=60):
    """A page with a coloured head, a line of large print in it."""
    image, mask = sheet(tone=(228, 226, 220))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, image.width, high), fill=colour)
    draw.text(
        (40, 14), "SPECIMEN OF A PASSPORT", fill=(60, 60, 66), font=ImageFont.load_default(28)
    )
    return image, mask


def sheet(width=520, height=380, tone=(240, 235, 222), rounded=0):
    """A printed page with a table, text and a dark picture."""
    image = Image.new("RGB", (width, height), tone)
    draw = ImageDraw.Draw(image)
    for k in range(9):
        y = 40 + k * (height - 70) // 9
        font = ImageFont.load_default(15)
        draw.text((30, y), f"{k + 1}. Surname, given names", fill=(40, 40, 46), font=font)
        draw.line((230, y + 18, width - 30, y + 18), fill=(90, 90, 96))
    draw.rectangle((width - 150, height - 160, width - 50, height - 40), fill=(70, 74, 80))
    mask = Image.new("L", (width, height))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), rounded, fill=255)
    return image, mask


def ground(kind, rng):
    width, height = SIZE
    y, x = np.mgrid[0:height, 0:width]
    if kind == WOOD:
        tone = 1 + 0.15 * np.sin(y / 6 + 2 * np.sin(x / 90))
        return tone[..., None] * (120, 84, 56)
    if kind == CLOTH:
        return (1 + 0.2 * np.sin(x * 0.9) * np.sin(y * 0.9))[..., None] * (70, 80, 66)
    if kind == LIGHT:
        return np.full((height, width, 3), 222.0) - (x / width * 10)[..., None]
    return np.full((height, width, 3), 38.0) + rng.normal(0, 3, (height, width, 1))


def photographed(quad, kind=WOOD, *, rounded=0, seed=0, page=None):
    """The page laid at `quad` (pixels) on a ground, with shadow, noise and blur."""
    rng = np.random.default_rng(seed)
    image, mask = page or sheet(rounded=rounded)
    width, height = image.size
    back = homography(quad, ((0, 0), (width, 0), (width, height), (0, height)))
    way = tuple((back / back[2, 2]).ravel()[:8])
    how = (Image.Transform.PERSPECTIVE, way, Image.Resampling.BILINEAR)
    seen = np.asarray(image.transform(SIZE, *how), float)
    cover = mask.transform(SIZE, *how)
    shadow = np.asarray(cover.filter(ImageFilter.GaussianBlur(8)), float)[..., None] / 255
    cover = np.asarray(cover, float)[..., None] / 255
    scene = ground(kind, rng) * (1 - 0.35 * np.roll(shadow, (4, 5), (0, 1)))
    scene += cover * (seen - scene)
    scene += rng.normal(0, 2.5, scene.shape)
    blurred = Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))
    return np.asarray(blurred.filter(ImageFilter.GaussianBlur(0.6)))


def turned(degrees, scale=1.0, middle=(380, 280)):
    corners = np.array(((-250, -180), (250, -180), (250, 180), (-250, 180))) * scale
    a = np.radians(degrees)
    return corners @ np.array(((np.cos(a), np.sin(a)), (-np.sin(a), np.cos(a)))) + middle


def error(corners, quad):
    """The farthest corner, whichever corner comes first."""
    own = np.asarray(corners) * SIZE
    return min(np.hypot(*(np.roll(own, k, axis=0) - quad).T).max() for k in range(4))


def page_of(picture):
    form = outcome_json(AID, run_aid(AID, Material(captures=(Shown(picture),))))
    assert "reason" not in form
    return form


LEANING = np.array(((150, 70), (640, 110), (600, 470), (110, 500)), float)


@pytest.mark.parametrize("kind", [WOOD, LIGHT])
@pytest.mark.parametrize(
    "colour", [(150, 190, 160), (150, 160, 175), (190, 150, 146), (176, 176, 196), (120, 150, 190)]
)
def test_a_coloured_head_belongs_to_the_page(kind, colour):
    page = page_of(photographed(LEANING, kind, page=headed(colour)))["page"]
    assert error(page["corners"], LEANING) < NEAR


@pytest.mark.parametrize("colour", [(190, 170, 166), (186, 196, 188)])
def test_a_page_with_a_coloured_head_that_fills_the_picture_does(colour):
    image, _ = headed(colour, 90)
    ImageDraw.Draw(image).text((40, 50), "ISSUED BY", fill=(60, 60, 66), font_size=26)
    noisy = np.asarray(image, float) + np.random.default_rng(1).normal(0, 2, (380, 520, 3))
    page = page_of(np.clip(noisy, 0, 255).astype(np.uint8))["page"]
    assert page["corners"] == [[0, 0], [1, 0], [1, 1], [0, 1]]


@pytest.mark.parametrize("kind", [WOOD, CLOTH, LIGHT, DARK])
def test_corners_are_found_on_any_ground(kind):
    page = page_of(photographed(LEANING, kind))["page"]
    assert error(page["corners"], LEANING) < NEAR
    assert page["found"]
    assert page["cut"] == []
    assert page["fills"] == pytest.approx(area(LEANING / SIZE), abs=0.02)


@pytest.mark.parametrize("degrees", [-170, -120, -90, -45, -20, 5, 33, 60, 90, 180])
def test_any_turn_is_found(degrees):
    quad = turned(degrees, 0.85)
    assert error(outline_of(photographed(quad, DARK)).corners, quad) < NEAR


@pytest.mark.parametrize("degrees", [-40, -15, 0, 20, 40])
def test_the_first_corner_is_the_top_left_of_a_page_that_lies_upright(degrees):
    quad = turned(degrees, 0.85)
    corners = outline_of(photographed(quad, WOOD)).corners * SIZE
    assert np.hypot(*(corners - quad).T).max() < NEAR


def test_corners_go_clockwise():
    for quad in (LEANING, turned(80, 0.8)):
        corners = outline_of(photographed(quad)).corners
        x, y = corners.T
        assert (x * np.roll(y, -1) - np.roll(x, -1) * y).sum() > 0


def test_rounded_corners_are_where_the_sides_would_meet():
    picture = photographed(LEANING, DARK, rounded=26)
    assert error(outline_of(picture).corners, LEANING) < NEAR


def test_paper_hardly_lighter_than_the_table_is_found():
    page = sheet(tone=(236, 234, 230))
    picture = photographed(LEANING, LIGHT, page=page)
    assert error(outline_of(picture).corners, LEANING) < NEAR


def test_a_page_of_one_dark_colour_is_found():
    page = sheet(tone=(120, 24, 30))
    assert error(outline_of(photographed(LEANING, LIGHT, page=page)).corners, LEANING) < NEAR


def test_both_leaves_of_a_spread_are_one_outline():
    image, mask = sheet()
    x = np.arange(image.width) - image.width / 2
    fold = 1 - 0.35 * np.exp(-((x / 9) ** 2))
    folded = np.asarray(image, float) * fold[None, :, None]
    page = Image.fromarray(folded.astype(np.uint8)), mask
    assert error(outline_of(photographed(LEANING, WOOD, page=page)).corners, LEANING) < NEAR


def test_a_page_cut_by_the_pictures_edge_says_at_which_side():
    quad = LEANING + np.array((0, 180))
    page = page_of(photographed(quad, WOOD))["page"]
    assert page["cut"] == ["bottom"]
    corners = np.array(page["corners"]) * SIZE
    assert np.hypot(*(corners[:2] - quad[:2]).T).max() < NEAR
    assert corners[2:, 1] == pytest.approx(SIZE[1], abs=NEAR)


@pytest.mark.parametrize("share", [0.15, 0.5])
def test_a_scan_with_a_head_of_another_tint_fills_the_picture(share):
    picture = np.asarray(sheet()[0].resize(SIZE)).astype(float)
    picture[: round(SIZE[1] * share)] *= (0.9, 0.95, 0.94)
    form = page_of(picture.astype(np.uint8))
    assert form["page"]["corners"] == [[0, 0], [1, 0], [1, 1], [0, 1]]


@pytest.mark.parametrize("kind", [CLOTH, DARK])
def test_a_page_cut_at_three_sides_ends_where_the_table_begins(kind):
    quad = np.array(((-40, 150), (800, 130), (800, 700), (-40, 700)), float)
    letter = Image.new("RGB", (520, 380), (240, 235, 222))
    for k in range(9):
        said = f"{k + 1}. Surname, given names and whatever else a letter says"
        ImageDraw.Draw(letter).text((60 + 9 * k, 30 + 34 * k), said, fill=(40, 40, 46))
    laid = photographed(quad, kind, page=(letter, Image.new("L", letter.size, 255)))
    page = page_of(laid)["page"]
    assert page["cut"] == ["right", "bottom", "left"]
    top = np.array(page["corners"])[:2] * SIZE
    assert top[:, 1] == pytest.approx((149, 131), abs=NEAR)


def test_a_page_that_fills_the_picture_has_the_pictures_corners_and_says_so():
    picture = np.asarray(sheet()[0].resize(SIZE))
    form = page_of(picture)
    assert form["page"]["corners"] == [[0, 0], [1, 0], [1, 1], [0, 1]]
    assert not form["page"]["found"]
    assert form["page"]["score"] == 0
    assert "may fill the picture" in form["proposals"][0]["says"]


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_an_empty_picture_has_no_outline(tone):
    assert outline_of(np.full((300, 400, 3), tone, np.uint8)).kind == NOTHING


@pytest.mark.parametrize(
    "size", [(1, 1), (5000, 1), (1, 5000), (23, 400), (3000, 40)], ids=lambda s: f"{s[0]}x{s[1]}"
)
def test_a_picture_too_narrow_is_a_reason(size):
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    outcome = run_aid(AID, Material(captures=(Shown(picture),)))
    assert not outcome.broken
    assert "too narrow" in outcome.reason


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: rng.integers(0, 256, (200, 300, 3)),
        lambda rng: np.repeat((np.indices((240, 320)).sum(0) // 16 % 2 * 255)[..., None], 3, 2),
        lambda rng: np.repeat((np.indices((240, 320))[0] % 4 < 2)[..., None] * 255, 3, 2),
        lambda rng: np.broadcast_to(np.linspace(0, 255, 320)[None, :, None], (240, 320, 3)),
        lambda rng: rng.integers(0, 256, (24, 24, 3)),
    ],
    ids=["noise", "checks", "stripes", "ramp", "tiny"],
)
def test_strange_pictures_give_a_proposal_and_sound_numbers(make):
    picture = make(np.random.default_rng(3)).astype(np.uint8)
    outcome = run_aid(AID, Material(captures=(Shown(picture),)))
    assert not outcome.broken
    corners = np.array(outcome.proposals[0].data["corners"])
    assert np.isfinite(corners).all()
    assert np.abs(corners).max() <= 1.5


def test_the_same_picture_gives_the_same_proposal():
    picture = photographed(LEANING, CLOTH)
    assert page_of(picture) == page_of(picture.copy())


def test_doubt_is_said_and_scored_below_a_clear_outline():
    clear = page_of(photographed(LEANING, DARK))
    faint = sheet(tone=(223, 223, 223))
    dim = page_of(photographed(LEANING, LIGHT, page=faint))
    assert clear["page"]["score"] > 0.8
    assert dim["page"]["score"] < clear["page"]["score"]


def test_a_stopped_run_is_cancelled():
    class Stopped(Alone):
        def cancelled(self):
            return True

    with pytest.raises(Cancelled):
        AID.propose(Material(captures=(Shown(np.zeros((90, 90, 3), np.uint8)),)), Stopped())


def test_the_rectified_view_shows_the_page_upright_in_its_shape():
    flat = rectified(photographed(LEANING, DARK), LEANING / SIZE, 400)
    original = sheet()[0].resize((flat.shape[1], flat.shape[0]))
    assert max(flat.shape) == 400
    inner = np.s_[8:-8, 8:-8]
    gap = np.abs(flat[inner].astype(float) - np.asarray(original, float)[inner]).mean()
    assert gap < 14


def test_the_shape_of_a_tilted_rectangle_is_read_from_its_perspective():
    spots = np.array(((-0.7, -0.5, 0), (0.7, -0.5, 0), (0.7, 0.5, 0), (-0.7, 0.5, 0)))
    for tip, sway in itertools.product((-0.5, 0.2, 0.5), (-0.4, 0.3)):
        c, s = np.cos(tip), np.sin(tip)
        d, t = np.cos(sway), np.sin(sway)
        turn = np.array(((1, 0, 0), (0, c, -s), (0, s, c))) @ np.array(
            ((d, 0, t), (0, 1, 0), (-t, 0, d))
        )
        placed = spots @ turn.T + (0, 0, 2.6)
        flat = placed[:, :2] / placed[:, 2:] * 1000 + (500, 400)
        assert aspect(flat, 1000, 800) == pytest.approx(1.4, rel=0.03)


def test_what_lies_outside_the_picture_is_not_counted():
    quad = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1)), float)
    assert area(within(quad)) == pytest.approx(1.0)
    assert area(within(quad + 0.5)) == pytest.approx(1.0)
    assert area(within(quad - 0.5)) == pytest.approx(0.25)
    assert len(within(quad + 5)) == 0


def test_kinds_are_told_apart():
    assert outline_of(photographed(LEANING)).kind == FOUND
    assert outline_of(np.asarray(sheet()[0].resize(SIZE))).kind == FILLS
