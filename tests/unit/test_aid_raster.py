"""Image operations shared by the aids, against plain definitions."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.aids.raster.blur import box_mean, gaussian
from docexam.aids.raster.colour import delta_e, lab
from docexam.aids.raster.labels import connected
from docexam.aids.raster.lines import crossing, fitted_line
from docexam.aids.raster.morphology import dilate, erode, filled
from docexam.aids.raster.threshold import otsu
from docexam.aids.raster.warp import corners_of, homography, mapped, unwarped

masks = st.tuples(
    st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32 - 1), st.sampled_from((0.2, 0.5))
).map(lambda t: np.random.default_rng(t[2]).random(t[:2]) < t[3])


def flooded(mask, diagonal):
    """Parts by plain flooding: a set of frozen sets of pixels."""
    left, parts = {tuple(p) for p in np.argwhere(mask)}, set()
    steps = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    if diagonal:
        steps += [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    while left:
        part, queue = set(), [left.pop()]
        while queue:
            y, x = queue.pop()
            part.add((y, x))
            for dy, dx in steps:
                near = (y + dy, x + dx)
                if near in left:
                    left.remove(near)
                    queue.append(near)
        parts.add(frozenset(part))
    return parts


@settings(max_examples=60, deadline=None)
@given(masks, st.booleans())
def test_connected_parts_are_those_that_flooding_finds(mask, diagonal):
    parts = connected(mask, diagonal=diagonal)
    labels = parts.labels()
    ours = {
        frozenset(tuple(p) for p in np.argwhere(labels == n)) for n in range(1, parts.count + 1)
    }
    assert ours == flooded(mask, diagonal)
    for n in range(1, parts.count + 1):
        rows, columns = np.nonzero(labels == n)
        box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        assert tuple(parts.boxes[n]) == box
        assert parts.areas[n] == len(rows)
        assert parts.centres[n] == pytest.approx((columns.mean() + 0.5, rows.mean() + 0.5))
        assert parts.mask_of(n).sum() == len(rows)


@settings(max_examples=60, deadline=None)
@given(masks, st.integers(0, 4), st.integers(0, 4))
def test_dilating_takes_the_greatest_about_each_pixel(mask, across, down):
    padded = np.pad(mask, ((down, down), (across, across)))
    plain = np.array(
        [
            [
                padded[y : y + 2 * down + 1, x : x + 2 * across + 1].any()
                for x in range(mask.shape[1])
            ]
            for y in range(mask.shape[0])
        ]
    )
    assert np.array_equal(dilate(mask, across, down), plain)
    assert np.array_equal(erode(~mask, across, down), ~plain)


def test_only_holes_are_filled():
    mask = np.zeros((7, 9), bool)
    mask[1:6, 1:6] = True
    mask[2:5, 2:5] = False
    mask[3, 8] = True
    full = filled(mask)
    assert full[1:6, 1:6].all()
    assert full.sum() == 26


@pytest.mark.parametrize("radius", [0, 1, 3, 40])
def test_a_box_mean_repeats_the_edge(radius):
    plane = np.random.default_rng(1).random((9, 13)).astype(np.float32) * 255
    padded = np.pad(plane, radius, mode="edge")
    size = 2 * radius + 1
    plain = np.array(
        [[padded[y : y + size, x : x + size].mean() for x in range(13)] for y in range(9)]
    )
    assert box_mean(plane, radius) == pytest.approx(plain, abs=1e-2)


@pytest.mark.parametrize("sigma", [0.8, 2.0, 6.0])
def test_a_gaussian_has_its_variance_and_keeps_the_sum(sigma):
    plane = np.zeros((121, 121), np.float32)
    plane[60, 60] = 1.0
    out = gaussian(plane, sigma).astype(np.float64)
    x = np.arange(121) - 60
    assert out.sum() == pytest.approx(1.0, abs=1e-3)
    assert (out.sum(axis=0) * x * x).sum() == pytest.approx(sigma**2, rel=0.08)


def test_lab_and_differences_are_the_published_ones():
    red = lab(np.array([[[255, 0, 0]]], np.uint8))[0, 0]
    assert red == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
    # Two of the pairs of Sharma, Wu and Dalal (2005).
    one = np.array(((50, 2.6772, -79.7751), (60.2574, -34.0099, 36.2677)))
    other = np.array(((50, 0, -82.7485), (60.4626, -34.1751, 39.4387)))
    assert delta_e(one, other) == pytest.approx((2.0425, 1.2644), abs=1e-4)


def test_otsu_parts_two_heaps_and_says_how_well():
    values = np.concatenate((np.full(300, 40.0), np.full(100, 200.0)))
    threshold, share = otsu(values)
    assert 45 < threshold < 195
    assert share > 0.99
    assert otsu(np.full(10, 7.0)) == (7.0, 0.0)
    assert otsu(np.zeros(0))[1] == 0.0


def test_lines_are_fitted_and_crossed():
    t = np.linspace(0, 50, 40)
    c, s, d = fitted_line(t, 0.5 * t + 3)
    assert c * 10 + s * 8 == pytest.approx(d)
    spot = crossing((c, s, d), (1.0, 0.0, 4.0))
    assert spot == pytest.approx((4, 5))
    assert crossing((1.0, 0.0, 4.0), (1.0, 0.0, 9.0)) is None


def test_a_homography_takes_corners_to_corners_and_pixels_along():
    quad = np.array(((10, 5), (60, 9), (55, 50), (6, 44)), float)
    matrix = homography(corners_of(80, 40), quad)
    assert mapped(matrix, corners_of(80, 40)) == pytest.approx(quad)
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[:, 32:] = 200
    flat = unwarped(picture, quad, 80, 40)
    assert flat.shape == (40, 80, 3)
    assert flat[20, 5].max() == 0
    assert flat[20, 75].min() == 200


def test_nothing_of_it_is_loaded_before_an_aid_runs():
    code = (
        "import sys\n"
        "for name in ('page', 'photo', 'ink', 'face'):\n"
        "    aid = __import__(f'docexam.aids.{name}.aid', fromlist=['AID']).AID\n"
        "    aid.card, aid.missing()\n"
        "print([m for m in ('numpy', 'PIL', 'cv2', 'onnxruntime') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
