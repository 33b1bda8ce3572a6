"""The network that looks for seals, what is read off its map, and drawing sightings to the ink."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docexam.aids.raster.convolution import convolved, gathered
from docexam.aids.seals import closer, finding, network, sightings
from docexam.aids.seals.colour import shade
from docexam.aids.seals.density import ink_of
from docexam.aids.seals.naming import ink_name
from docexam.aids.seals.outline import Outline
from docexam.aids.seals.sightings import Sighting
from docexam.aids.seals.tracing import traced


def slowly(seen, kernel, stride):
    """A convolution, place by place."""
    outs, _, side, _ = kernel.shape
    pad = side // 2
    around = np.pad(seen, ((pad, pad), (pad, pad), (0, 0)))
    rows, columns = (-(-n // stride) for n in seen.shape[:2])
    out = np.zeros((rows, columns, outs))
    for y in range(rows):
        for x in range(columns):
            part = around[y * stride : y * stride + side, x * stride : x * stride + side]
            out[y, x] = np.einsum("yxi,oiyx->o", part, kernel)
    return out


@pytest.mark.parametrize(
    ("side", "stride", "size"), [(3, 1, (7, 9)), (3, 2, (8, 6)), (3, 2, (7, 9)), (1, 1, (4, 5)), (5, 2, (9, 8))]
)  # fmt: skip
def test_a_convolution_is_what_its_definition_says(side, stride, size, monkeypatch):
    monkeypatch.setattr("docexam.aids.raster.convolution._BAND", 200)  # several bands
    rng = np.random.default_rng(3)
    seen = rng.normal(size=(*size, 3)).astype(np.float32)
    kernel = rng.normal(size=(4, 3, side, side)).astype(np.float32)
    made = convolved(seen, gathered(kernel), side, stride)
    assert made == pytest.approx(slowly(seen, kernel, stride), abs=1e-4)


def test_the_weights_are_small():
    assert network.WEIGHTS.stat().st_size < 800_000


@pytest.mark.parametrize("size", [(64, 64), (65, 130), (100, 60)])
def test_the_map_has_a_place_for_every_sixteen_pixels(size):
    said = network.middles(np.zeros((3, *size), np.float32))
    rows, columns = (-(-n // 64) * 4 for n in size)
    assert said.shape == (rows, columns, 9)
    assert np.isfinite(said).all()


def told(*marks):
    """A map without seals but for (row, column, score, values of the other outputs).

    At half the size nothing is seen.
    """

    def middles(dense):
        said = np.zeros((20, 24, 9), np.float32)
        said[..., 0] = -9
        for row, column, score, rest in marks if dense.shape[1] == 320 else ():
            said[row, column, 0] = score
            said[row, column, 1:] = rest
        return said

    return middles


ROUND = (3, 0, 0, 0.25, -0.5, np.log(80 / 64), np.log(60 / 64), 0.0)


def test_a_middle_is_told_in_pixels_with_its_axes(monkeypatch):
    monkeypatch.setattr(sightings, "middles", told((5, 7, 2.0, ROUND)))
    (seen,) = sightings.sightings(np.zeros((3, 320, 384), np.float32), 0.4)
    assert seen.kind == "round"
    assert seen.score == pytest.approx(1 / (1 + np.exp(-2)))
    assert (seen.outline.x, seen.outline.y) == pytest.approx((7.75 * 16 - 0.5, 5 * 16 - 0.5))
    assert seen.outline.reach == pytest.approx((80, 60))


def test_of_two_middles_of_one_seal_the_stronger_stays_and_two_seals_are_two(monkeypatch):
    marks = ((5, 5, 1.0, ROUND), (5, 7, 2.0, ROUND), (15, 5, 0.5, ROUND))
    monkeypatch.setattr(sightings, "middles", told(*marks))
    seen = sightings.sightings(np.zeros((3, 320, 384), np.float32), 0.4)
    assert [round(one.outline.y / 16) for one in seen] == [5, 15]


def test_a_wild_map_gives_finite_outlines(monkeypatch):
    wild = (0, 9, 0, 1e3, -1e3, 1.0, -80.0, 7.0)
    monkeypatch.setattr(sightings, "middles", told((0, 0, 9.0, wild)))
    (seen,) = sightings.sightings(np.zeros((3, 320, 384), np.float32), 0.4)
    assert seen.kind == "boxed"
    assert all(np.isfinite(v) for v in seen.outline.reach)


def paper(draw):
    """A sheet of 640 × 480 with something in blue on it."""
    image = Image.new("RGB", (640, 480), (236, 232, 222))
    draw(ImageDraw.Draw(image), (50, 70, 165))
    noise = np.random.default_rng(1).normal(0, 2, (480, 640, 3))
    return np.clip(np.asarray(image, float) + noise, 0, 255).astype(np.uint8)


def test_a_rough_sighting_is_drawn_to_its_ring():
    def ring(draw, ink):
        draw.arc((200, 120, 420, 340), 40, 330, fill=ink, width=5)
        draw.ellipse((255, 175, 365, 285), outline=ink, width=2)

    rough = Outline(316.0, 224.0, 104.0, 0.0, 116.0)
    found = traced(ink_of(paper(ring)), Sighting(0.8, "round", rough))
    assert (found.outline.x, found.outline.y) == pytest.approx((310, 230), abs=3)
    assert found.outline.axes[:2] == pytest.approx((110, 110), abs=4)
    assert found.ring == pytest.approx(290 / 360, abs=0.04)
    (gap,) = found.gaps
    assert gap == pytest.approx((330, 40), abs=8)
    assert ink_name(found.shade) == "blue"


def test_a_rough_sighting_is_drawn_to_its_frame():
    true = np.array(((180.0, 150), (420, 180), (410, 268), (170, 238)))

    def frame(draw, ink):
        draw.polygon([tuple(c) for c in true], outline=ink, width=4)
        draw.text((230, 190), "RECEIVED 14 MAY", fill=ink)

    rough = Outline(300.0, 205.0, 128.0, 8.0, 40.0)
    found = traced(ink_of(paper(frame)), Sighting(0.8, "boxed", rough))
    assert found.shape == "rect"
    assert found.ring > 0.9
    off = [min(np.hypot(*(np.array(c) - t)) for t in true) for c in found.corners]
    assert max(off) < 7


def test_where_no_frame_stands_out_the_expected_one_is_told_without_sides():
    rough = Outline(300.0, 205.0, 120.0, 0.0, 40.0)
    found = traced(ink_of(paper(lambda draw, ink: None)), Sighting(0.5, "boxed", rough))
    assert found.ring == 0
    assert np.array(found.corners).mean(axis=0) == pytest.approx((300, 205), abs=1)


def test_a_sighting_at_the_edge_of_a_small_picture_is_traced():
    picture = paper(lambda draw, ink: draw.ellipse((-60, -60, 60, 60), outline=ink, width=4))
    found = traced(ink_of(picture[:60, :60]), Sighting(0.5, "round", Outline(2, 2, 58, 0, 58)))
    assert np.isfinite(found.outline.radius)


def test_shade_of_nothing_is_nothing():
    dense, soft = np.zeros((3, 40, 40), np.float32), np.zeros((40, 40), np.float32)
    assert shade(dense, soft, Outline(20, 20, 10, 0, 10)).strength == 0


# -- the closer look ------------------------------------------------------------------------------


def disc(outline, size=(300, 400)):
    """Densities of 1 within an outline."""
    y, x = np.mgrid[0 : size[0], 0 : size[1]].astype(float)
    return np.repeat((outline.share(x, y) < 1)[None].astype(np.float32), 3, axis=0)


@pytest.mark.parametrize(
    "outline",
    [
        Outline(200.0, 150.0, 60.0, 0.0, 60.0),
        Outline(180.0, 140.0, 90.0, 20.0, 40.0),
        Outline(200.0, 150.0, 12.0, -4.0, 9.0),
        Outline(205.0, 148.0, 125.0, 0.0, 92.0),  # seen at half the size
    ],
)
def test_whatever_its_shape_an_outline_is_a_circle_in_the_view(outline):
    seen = closer.view(disc(outline), outline)
    assert seen.shape == (closer.SIDE, closer.SIDE, 3)
    y, x = (np.mgrid[0 : closer.SIDE, 0 : closer.SIDE] + 0.5) / closer.SIDE * 2 - 1
    away = np.hypot(x, y) * closer.REACH
    assert seen[away < 0.82].min() > 0.9
    assert seen[away > 1.22].max() < 0.1


@pytest.mark.parametrize("at", [(-500.0, 20.0), (0.0, 0.0), (9e3, 9e3), (63.0, 40.0)])
def test_beyond_the_picture_there_is_paper(at):
    seen = closer.view(np.ones((3, 48, 64), np.float32), Outline(*at, 30.0, 0.0, 30.0))
    assert np.isfinite(seen).all()
    along = (np.arange(closer.SIDE) + 0.5) / closer.SIDE * 2 - 1
    beyond = at[0] + 30 * closer.REACH * along < -2
    assert (seen[:, beyond] == 0).all()


def test_the_closer_look_tells_a_struck_seal_from_a_bare_ring():
    outline = Outline(310.0, 230.0, 110.0, 0.0, 110.0)

    def ring(draw, ink):
        draw.ellipse((200, 120, 420, 340), outline=ink, width=5)

    def seal(draw, ink):
        ring(draw, ink)
        draw.ellipse((255, 175, 365, 285), outline=ink, width=3)
        font = ImageFont.load_default(26)
        for k in range(26):
            turn = 2 * np.pi * k / 26
            at = (310 + 82 * np.cos(turn), 230 + 82 * np.sin(turn))
            draw.text(at, "ОТДЕЛУЧЁТАКАДРОВГОРОДА"[k % 22], fill=ink, font=font, anchor="mm")

    bare, whole = (closer.likeness(ink_of(paper(d)).dense, outline) for d in (ring, seal))
    assert bare < 0.5 < whole


def test_the_closer_look_repeats_itself():
    dense = np.random.default_rng(4).normal(0.2, 0.2, (3, 90, 70)).astype(np.float32)
    first = closer.likeness(dense, Outline(30.0, 50.0, 22.0, 3.0, 30.0))
    assert 0 <= first <= 1
    assert first == closer.likeness(dense, Outline(30.0, 50.0, 22.0, 3.0, 30.0))


# -- both looks together --------------------------------------------------------------------------


def ringed(draw, ink):
    """A ring with words in it."""
    draw.ellipse((200, 120, 420, 340), outline=ink, width=5)
    font = ImageFont.load_default(28)
    for k, line in enumerate(("ОТДЕЛ", "КАДРОВ", "УЧЁТА")):
        draw.text((310, 190 + 40 * k), line, fill=ink, font=font, anchor="mm")


RING = Outline(310.0, 230.0, 110.0, 0.0, 110.0)


def found(monkeypatch, picture, first, closer_look, outline=RING):
    """What is found where the networks say this of one place."""
    seen = [Sighting(first, "round", outline)]
    monkeypatch.setattr(finding, "sightings", lambda dense, least: seen)
    monkeypatch.setattr(finding, "likeness", lambda dense, outline: closer_look)
    return finding.found_on(picture, lambda share, what: None)


@pytest.mark.parametrize(
    ("first", "second", "there"),
    [(0.9, 0.9, True), (0.35, 0.97, True), (0.6, 0.1, False), (0.5, 0.5, False), (0.95, 1e-9, False)],
)  # fmt: skip
def test_what_either_look_doubts_the_other_must_be_sure_of(monkeypatch, first, second, there):
    assert bool(found(monkeypatch, paper(ringed), first, second)) is there


def test_the_score_is_of_both_looks(monkeypatch):
    (low,) = found(monkeypatch, paper(ringed), 0.7, 0.8)
    (high,) = found(monkeypatch, paper(ringed), 0.7, 0.99)
    assert 0.7 < low.score < high.score <= 1


def test_what_fills_much_of_the_picture_asks_for_more(monkeypatch):
    wide = Outline(320.0, 240.0, 235.0, 0.0, 235.0)
    whole = paper(lambda draw, ink: (draw.ellipse((85, 5, 555, 475), outline=ink, width=6), ringed(draw, ink)))  # fmt: skip
    assert found(monkeypatch, whole, 0.7, 0.95, wide) == []
    assert len(found(monkeypatch, whole, 0.8, 0.95, wide)) == 1


def test_where_no_ink_is_there_is_no_seal(monkeypatch):
    bare = paper(lambda draw, ink: None)
    assert found(monkeypatch, bare, 0.9, 0.95) == []
