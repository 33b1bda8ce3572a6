"""Seals on small drawn pages: found with place, ink, shape and gaps; look-alikes left alone."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.protocol import Alone, Cancelled, Material, Region
from docexam.aids.running import outcome_json, run_aid
from docexam.aids.seals.aid import AID
from docexam.domain.geometry import box_quad, problem

BLUE, VIOLET, RED, BLACK = (40, 60, 165), (105, 55, 150), (195, 40, 45), (28, 28, 30)
SIZE = (900, 640)
SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass
class Shown:
    """A picture as a capture."""

    picture: np.ndarray
    n: int = 1
    asked: list[int] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.picture.tobytes()).hexdigest()

    @property
    def width(self) -> int:
        return self.picture.shape[1]

    @property
    def height(self) -> int:
        return self.picture.shape[0]

    def rgb(self, longest: int = 0) -> np.ndarray:
        self.asked.append(longest)
        image = Image.fromarray(self.picture)
        if longest:
            image.thumbnail((longest, longest))
        return np.asarray(image)

    def original(self) -> bytes:
        raise AssertionError("the seals aid has no use for the file")


def page(tone=(238, 234, 224)):
    """A page with rules, print and blue handwriting, but no seal."""
    image = Image.new("RGB", SIZE, tone)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(15)
    for k in range(9):
        y = 50 + 62 * k
        draw.text((30, y), f"{k + 1}. Place of issue and date", fill=(50, 48, 50), font=font)
        draw.line((230, y + 18, 860, y + 18), fill=(90, 88, 90))
        x = np.linspace(250, 420, 60)
        waves = y + 8 + 7 * np.sin(x / 4 + k) * np.cos(x / 11)
        draw.line(list(zip(x, waves, strict=True)), fill=(45, 55, 130), width=2)
    return image


def design(side):
    """A round stamp's mask: two rings, letters around, a star."""
    image = Image.new("L", (side, side))
    draw, c = ImageDraw.Draw(image), side / 2
    for share, width in ((0.97, 0.035), (0.56, 0.02)):
        r = c * share
        draw.ellipse((c - r, c - r, c + r, c + r), outline=255, width=max(2, int(c * width)))
    font = ImageFont.load_default(max(8, int(c * 0.24)))
    for k, letter in enumerate("OFFICE OF THE DISTRICT * SAMPLE * "):
        turn = k * 360 / 34
        cell = Image.new("L", (side, side))
        ImageDraw.Draw(cell).text((c, c * 0.25), letter, fill=255, font=font, anchor="mm")
        image.paste(255, mask=cell.rotate(-turn, Image.Resampling.BICUBIC))
    star = [
        (
            c + np.sin(k * np.pi / 5) * c * (0.42, 0.18)[k % 2],
            c - np.cos(k * np.pi / 5) * c * (0.42, 0.18)[k % 2],
        )
        for k in range(10)
    ]
    draw.line([*star, star[0]], fill=255, width=3)
    return image


def strike(image, mask, centre, ink, *, force=0.85, turn=0.0, missing=None):
    """Strike a mask; `missing` is an angle in degrees (clockwise from right) of a lost half."""
    mask = mask.rotate(turn, Image.Resampling.BICUBIC, expand=mask.width != mask.height)
    press = np.asarray(mask.filter(ImageFilter.GaussianBlur(0.8)), float) / 255 * force
    if missing is not None:
        y, x = np.mgrid[0 : mask.height, 0 : mask.width] - np.array(mask.size)[::-1, None, None] / 2
        away = np.cos(np.arctan2(y, x) - np.radians(missing))
        press *= np.clip((0.35 - away) / 0.15, 0, 1)
    left, top = round(centre[0] - mask.width / 2), round(centre[1] - mask.height / 2)
    area = (left, top, left + mask.width, top + mask.height)
    under = np.asarray(image.crop(area), float)
    inked = under * (np.array(ink) / 245.0)
    out = under * (1 - press[..., None]) + inked * press[..., None]
    image.paste(Image.fromarray(out.round().astype(np.uint8)), (left, top))


def finish(image, seed=0):
    noise = np.random.default_rng(seed).normal(0, 2.0, (SIZE[1], SIZE[0], 3))
    return np.clip(np.asarray(image, float) + noise, 0, 255).astype(np.uint8)


def seals(picture, region=None):
    outcome = run_aid(AID, Material(captures=(Shown(picture),), region=region))
    assert not outcome.broken, outcome.reason
    return outcome_json(AID, outcome)["seals"]


def near(seal, x, y, within=0.02):
    return (
        abs(seal["centre"][0] - x / SIZE[0]) < within
        and abs(seal["centre"][1] - y / SIZE[1]) < within
    )


@pytest.mark.parametrize(
    ("name", "ink"), [("blue", BLUE), ("violet", VIOLET), ("red", RED), ("black", BLACK)]
)
def test_a_struck_seal_is_found_with_its_place_and_ink(name, ink):
    image = page()
    strike(image, design(180), (610, 330), ink, turn=37)
    (seal,) = seals(finish(image))
    assert near(seal, 610, 330)
    assert (seal["ink"], seal["shape"]) == (name, "round")
    assert seal["box"][2] * SIZE[0] == pytest.approx(176, abs=12)
    assert seal["ring"] > 0.85
    assert problem(seal["outline"]) == ""


@pytest.mark.parametrize("tone", [(238, 234, 224), (200, 215, 235), (240, 205, 170)])
def test_a_page_with_print_rules_and_handwriting_has_no_seal(tone):
    assert seals(finish(page(tone))) == []


def test_nothing_found_is_said_not_to_be_absent():
    outcome = run_aid(AID, Material(captures=(Shown(finish(page())),)))
    (said,) = outcome.proposals
    assert "not the same as absent" in said.says
    assert said.data == {}


def test_a_half_struck_seal_is_found_and_its_gap_told():
    image = page()
    strike(image, design(190), (600, 330), BLUE, missing=0)
    (seal,) = seals(finish(image))
    assert near(seal, 600, 330, 0.03)
    assert seal["ring"] < 0.85
    # The lost part is around 0 degrees: some gap must hold that direction.
    assert any((0 - a) % 360 < (b - a) % 360 for a, b in seal["gaps"])


def test_a_faint_seal_is_found_and_called_fainter_than_a_strong_one():
    strong, faint = page(), page()
    strike(strong, design(180), (610, 330), VIOLET)
    strike(faint, design(180), (610, 330), VIOLET, force=0.3)
    (one,), (other,) = seals(finish(strong)), seals(finish(faint))
    assert other["strength"] < 0.6 * one["strength"]


def test_two_overlapping_seals_are_two():
    image = page()
    strike(image, design(180), (520, 300), BLUE, turn=20)
    strike(image, design(180), (645, 350), VIOLET, turn=-50)
    found = seals(finish(image))
    assert len(found) == 2
    assert any(near(s, 520, 300) for s in found)
    assert any(near(s, 645, 350) for s in found)


def test_a_lying_ellipse_is_one_seal():
    image = page()
    strike(image, design(200).resize((200, 140)), (600, 330), BLUE)
    (seal,) = seals(finish(image))
    assert near(seal, 600, 330)
    assert seal["box"][2] * SIZE[0] > 1.25 * seal["box"][3] * SIZE[1]


def test_a_framed_stamp_is_called_rectangular():
    image = page()
    mask = Image.new("L", (230, 96))
    draw = ImageDraw.Draw(mask)
    draw.rectangle((2, 2, 227, 93), outline=255, width=4)
    font = ImageFont.load_default(22)
    for k, line in enumerate(("RECEIVED", "14 MAY 2010")):
        draw.text((115, 32 + 32 * k), line, fill=255, font=font, anchor="mm")
    strike(image, mask, (610, 340), VIOLET, turn=8)
    (seal,) = seals(finish(image))
    assert near(seal, 610, 340)
    assert (seal["shape"], seal["ink"]) == ("rect", "violet")


@pytest.mark.parametrize(
    "what",
    [
        "grey emblem",
        "wordless emblem",
        "coffee ring",
        "blue disc",
        "colour of the page",
        "ring by hand",
    ],
)
def test_what_is_no_struck_seal_is_left_alone(what):
    image = page()
    draw = ImageDraw.Draw(image)
    if what == "grey emblem":
        strike(image, design(150), (620, 330), (150, 150, 150), force=0.6)
    elif what == "wordless emblem":
        draw.ellipse((545, 255, 695, 405), outline=(150, 150, 150), width=4)
        draw.regular_polygon((620, 330, 55), 5, fill=(165, 165, 165))
    elif what == "coffee ring":
        draw.ellipse((530, 240, 710, 420), outline=(205, 180, 145), width=12)
        image = image.filter(ImageFilter.GaussianBlur(1))
    elif what == "blue disc":
        draw.ellipse((560, 270, 680, 390), fill=(60, 90, 180))
    elif what == "ring by hand":
        draw.ellipse((530, 290, 710, 370), outline=(190, 40, 40), width=3)
    else:
        strike(image, design(150), (620, 330), (215, 209, 196), force=0.6)
    assert seals(finish(image)) == []


def test_an_emblem_in_a_ring_without_words_is_no_seal_and_one_with_words_is():
    plain, lettered = page(), page()
    emblem = Image.new("L", (170, 170))
    draw = ImageDraw.Draw(emblem)
    draw.ellipse((3, 3, 166, 166), outline=255, width=4)
    for k in range(5):
        turned = Image.new("L", (170, 170))
        ImageDraw.Draw(turned).ellipse((70, 24, 100, 84), fill=255)
        emblem.paste(255, mask=turned.rotate(72 * k, Image.Resampling.BICUBIC))
    strike(plain, emblem, (620, 330), BLACK, force=0.7)
    strike(lettered, design(170), (620, 330), BLACK, force=0.7)
    assert seals(finish(plain)) == []
    assert len(seals(finish(lettered))) == 1


def test_the_empty_place_for_a_photograph_is_no_stamp():
    image = page()
    place = Image.new("L", (180, 220))
    ImageDraw.Draw(place).rectangle((8, 8, 171, 211), outline=255, width=2)
    strike(image, place, (640, 330), BLACK, turn=11)
    assert seals(finish(image)) == []


def test_halved_and_doubled_planes_are_what_resampling_makes_of_them():
    from docexam.aids.raster.halves import doubled, halved
    from docexam.aids.raster.resize import resized_plane

    plane = np.random.default_rng(3).random((36, 50), np.float32)
    assert np.allclose(halved(plane), resized_plane(plane, 25, 18), atol=1e-6)
    assert np.allclose(doubled(plane), resized_plane(plane, 100, 72), atol=1e-6)
    assert halved(plane[:35, :49]).shape == (18, 25)


def dark_portrait(size=(150, 190)):
    """A photograph with dark blue clothes: ink by its colour, but no lines."""
    portrait = Image.new("RGB", size, (196, 178, 160))
    draw = ImageDraw.Draw(portrait)
    draw.ellipse((40, 25, 110, 120), fill=(170, 130, 105))
    draw.ellipse((5, 115, 145, 320), fill=(18, 22, 48))
    return portrait


@pytest.mark.parametrize(("name", "ink"), [("violet", VIOLET), ("black", BLACK)])
def test_a_seal_over_the_corner_of_a_photograph_with_dark_clothes_is_found(name, ink):
    image = page()
    image.paste(dark_portrait(), (450, 150))
    strike(image, design(180), (600, 335), ink, turn=20)
    (seal,) = seals(finish(image))
    assert near(seal, 600, 335)
    assert seal["box"][2] * SIZE[0] == pytest.approx(176, abs=14)


def test_the_edge_of_a_coloured_photograph_is_no_frame():
    image = page()
    portrait = Image.new("RGB", (190, 240), (120, 150, 225))
    ImageDraw.Draw(portrait).ellipse((50, 50, 140, 170), fill=(200, 160, 140))
    image.paste(portrait, (500, 150))
    assert seals(finish(image)) == []


def test_a_partial_ring_among_much_print_is_found():
    image = page()
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(17)
    for k in range(16):
        draw.text((440, 60 + 34 * k), "Words in BLUE print all over", fill=(40, 55, 140), font=font)
    strike(image, design(190), (250, 330), BLUE, missing=140)
    assert any(near(s, 250, 330, 0.03) for s in seals(finish(image)))


def test_a_standing_ellipse_is_one_seal():
    image = page()
    strike(image, design(200).resize((140, 200)), (600, 330), VIOLET)
    (seal,) = seals(finish(image))
    assert near(seal, 600, 330)
    assert seal["box"][3] * SIZE[1] > 1.25 * seal["box"][2] * SIZE[0]


def test_a_red_frame_along_the_lines_of_the_form_is_found():
    image = page()
    mask = Image.new("L", (220, 72))
    draw = ImageDraw.Draw(mask)
    draw.rectangle((3, 3, 216, 68), outline=255, width=4)
    draw.text((110, 36), "DEPT. No. 4", fill=255, font=ImageFont.load_default(24), anchor="mm")
    strike(image, mask, (640, 345), RED)
    (seal,) = seals(finish(image))
    assert near(seal, 640, 345)
    assert (seal["shape"], seal["ink"]) == ("rect", "red")


def test_a_black_triangle_on_a_form_is_found():
    image = page()
    mask = Image.new("L", (200, 175))
    draw = ImageDraw.Draw(mask)
    draw.polygon(((100, 6), (193, 168), (7, 168)), outline=255, width=4)
    font = ImageFont.load_default(17)
    for k, line in enumerate(("No 5", "REGISTRY", "OF THE TOWN")):
        draw.text((100, 90 + 26 * k), line, fill=255, font=font, anchor="mm")
    strike(image, mask, (620, 330), BLACK, turn=0)
    (seal,) = seals(finish(image))
    x, y, wide, high = seal["box"]
    assert (x + wide / 2) * SIZE[0] == pytest.approx(620, abs=12)
    assert (y + high / 2) * SIZE[1] == pytest.approx(330, abs=12)
    assert (seal["shape"], seal["ink"]) == ("triangle", "black")


def test_masses_go_and_lines_on_them_stay():
    from docexam.aids.raster.lines_only import without_masses

    plane = np.zeros((120, 160), np.float32)
    plane[20:100, 30:90] = 0.6
    plane[60:63, 10:150] = 0.9
    left = without_masses(plane, 4)
    assert left[30:50, 36:84].max() < 0.05  # the mass
    assert left[61, 100:140].min() > 0.8  # the line beside it
    assert left[61, 36:84].min() > 0.5  # and on it
    assert left[22:58, 24:36].max() < 0.1  # no new line at its edge


def test_the_sides_of_a_frame_are_drawn_to_the_ink():
    from docexam.aids.seals.sides import drawn

    image = Image.new("L", (160, 110))
    true = np.array(((20.0, 25.0), (140.0, 18.0), (144.0, 85.0), (24.0, 92.0)))
    ImageDraw.Draw(image).polygon([tuple(c) for c in true], outline=255, width=3)
    rough = true + np.array(((3, -2), (-3, 3), (2, 3), (-2, -3)))
    (found,) = drawn(np.asarray(image, np.float32) / 255, rough[None])
    assert np.abs(found - true).max() < 2.2


def test_a_ring_promises_more_than_words():
    from docexam.aids.seals.glance import promise
    from docexam.aids.seals.outline import Pyramid

    image = Image.new("L", (400, 240))
    draw = ImageDraw.Draw(image)
    draw.arc((30, 60, 150, 180), 150, 300, fill=200, width=4)
    for k in range(9):
        draw.text((210, 20 + 22 * k), "words and words again", fill=255)
    plane = np.asarray(image, np.float32) / 255
    ring, words = promise(
        Pyramid(plane), np.array(((90.0, 120, 60, 0, 60), (300.0, 120, 60, 0, 60)))
    )
    assert ring > words + 2


def test_a_region_is_looked_at_alone_and_told_in_fractions_of_the_whole():
    image = page()
    strike(image, design(180), (300, 330), BLUE)
    strike(image, design(180), (700, 330), VIOLET)
    picture = finish(image)
    (seal,) = seals(picture, Region(1, box_quad(0.55, 0.2, 0.45, 0.65)))
    assert near(seal, 700, 330)
    assert seal["axes"][0] * SIZE[0] == pytest.approx(88, abs=6)


def test_what_a_region_cuts_off_is_not_said_to_leave_the_picture():
    image = page()
    strike(image, design(180), (610, 330), BLUE)
    region = Region(1, box_quad(0.6, 0.2, 0.38, 0.65))
    outcome = run_aid(AID, Material((Shown(finish(image)),), region))
    (said,) = outcome.proposals
    assert said.data["cut_off"]
    words = [ground.says for ground in said.grounds]
    assert "It goes on beyond the edge of what was looked at." in words


def test_a_region_of_another_capture_gives_nothing():
    assert (
        AID.propose(Material((Shown(finish(page())),), Region(2, box_quad(0, 0, 1, 1))), Alone())
        == ()
    )


def test_a_seal_over_the_edge_of_a_photograph_is_said_to_cross_it():
    image = page()
    portrait = Image.new("RGB", (150, 190), (120, 120, 122))
    ImageDraw.Draw(portrait).ellipse((40, 40, 110, 130), fill=(70, 68, 66))
    image.paste(portrait, (450, 150))
    away = image.copy()
    strike(image, design(180), (600, 320), BLUE)
    strike(away, design(180), (760, 470), BLUE)
    assert [s["crosses_photo"] for s in seals(finish(image))] == [True]
    assert [s["crosses_photo"] for s in seals(finish(away))] == [False]


def test_where_no_photograph_is_nothing_is_said_about_its_edge():
    image = page()
    strike(image, design(180), (600, 320), BLUE)
    assert [s["crosses_photo"] for s in seals(finish(image))] == [None]


def test_a_region_around_a_seal_still_knows_the_photograph_beside_it():
    image = page()
    image.paste(dark_portrait(), (450, 150))
    strike(image, design(180), (600, 335), VIOLET, turn=20)
    around = Region(1, box_quad(490 / SIZE[0], 225 / SIZE[1], 220 / SIZE[0], 220 / SIZE[1]))
    assert [s["crosses_photo"] for s in seals(finish(image), around)] == [True]


def test_the_edge_of_a_sheet_on_a_table_is_no_frame():
    sheet = page((205, 220, 236)).resize((430, 560))
    image = Image.new("RGB", SIZE, (150, 118, 78))
    image.paste(sheet, (300, 40))
    ImageDraw.Draw(image).rectangle((300, 40, 730, 600), outline=(128, 96, 62), width=3)
    assert seals(finish(image)) == []


def test_a_zigzag_signature_is_no_triangle():
    (found,) = (
        outcome_json(AID, run_aid(AID, Material(captures=(Shown(np.asarray(image)),))))["seals"]
        for image in [Image.open(SAMPLES / "regular" / "identity.jpg").convert("RGB")]
    )
    found.sort(key=lambda one: one["box"][0])
    assert [one["shape"] for one in found] == ["round", "round"]
    assert [one["crosses_photo"] for one in found] == [True, False]


def test_the_same_picture_gives_the_same_proposals():
    image = page()
    strike(image, design(180), (610, 330), RED)
    picture = finish(image)
    assert seals(picture) == seals(picture)


def test_the_unrolled_ring_has_the_rim_on_top_and_reads_all_around():
    from docexam.aids.seals.looking import seals_of
    from docexam.aids.seals.unroll import unrolled

    image = page()
    strike(image, design(180), (610, 330), BLUE)
    picture = finish(image)
    (seal,) = seals_of(Shown(picture), None, lambda share, what: None)
    strip = unrolled(picture, seal).astype(float).mean(axis=2)
    assert strip.shape[1] > 5 * strip.shape[0]
    # The outer ring is one dark line along the whole strip, in its upper part.
    darkest = strip[: strip.shape[0] // 3].mean(axis=1)
    assert darkest.min() < strip[0].mean() - 40
    ring_row = int(np.argmin(darkest))
    rows = strip[max(0, ring_row - 2) : ring_row + 3].min(axis=0)
    assert (rows < 190).mean() > 0.9


HOSTILE = {
    "one pixel": np.zeros((1, 1, 3), np.uint8),
    "a line": np.full((5000, 1, 3), 200, np.uint8),
    "black": np.zeros((300, 400, 3), np.uint8),
    "white": np.full((300, 400, 3), 255, np.uint8),
    "noise": np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8),
    "narrow": np.full((50, 1200, 3), 240, np.uint8),
    "stripes": np.tile(np.array([[0], [255]], np.uint8).repeat(3, 1)[:, None], (150, 400, 1)),
    "smallest": np.random.default_rng(2).integers(0, 256, (48, 48, 3), np.uint8),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_pictures_give_no_seal_or_a_reason(name):
    outcome = run_aid(AID, Material(captures=(Shown(HOSTILE[name]),)))
    assert not outcome.broken, outcome.reason
    if min(HOSTILE[name].shape[:2]) < 48:
        assert "too few" in outcome.reason
    else:
        assert all(not p.data for p in outcome.proposals)


def test_a_large_picture_is_asked_for_reduced():
    capture = Shown(finish(page()))
    AID.propose(Material((capture,)), Alone())
    assert all(0 < longest <= 2000 for longest in capture.asked)


def test_it_stops_when_nobody_waits():
    class Impatient(Alone):
        def cancelled(self):
            return True

    with pytest.raises(Cancelled):
        AID.propose(Material((Shown(finish(page())),)), Impatient())


def test_a_quarter_turn_of_the_picture_turns_the_seals_with_it():
    image = page()
    strike(image, design(180), (610, 330), BLUE, turn=12)
    picture = finish(image)
    (seal,), (turned,) = seals(picture), seals(np.ascontiguousarray(np.rot90(picture)))
    x, y = seal["centre"]
    assert turned["centre"][0] == pytest.approx(y, abs=0.01)
    assert turned["centre"][1] == pytest.approx(1 - x, abs=0.01)
    assert turned["ink"] == "blue"


def test_the_aid_and_its_card_load_without_numpy():
    code = (
        "import sys, docexam.aids.seals.aid as a; a.AID.card; a.AID.missing(); "
        "sys.exit(bool({'numpy', 'PIL'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
