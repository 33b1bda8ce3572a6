from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.imaging import compare
from docexam.imaging import view as v

rotations = st.sampled_from(v.ROTATIONS)
frames = st.builds(
    v.Frame, st.integers(2, 200), st.integers(2, 80), st.integers(1, 6000), st.integers(1, 6000)
)


@st.composite
def views(draw: st.DrawFn) -> v.View:
    return v.View(
        x=draw(st.floats(0, 1)),
        y=draw(st.floats(0, 1)),
        scale=draw(st.floats(0.01, 64)),
        rotation=draw(rotations),
        grey=draw(st.booleans()),
        invert=draw(st.booleans()),
        contrast=draw(st.integers(0, v.MAX_CONTRAST)),
        sharpen=draw(st.integers(0, v.MAX_SHARPEN)),
        channel=draw(st.sampled_from(v.CHANNELS)),
    )


@given(views(), frames, st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_image_to_screen_and_back_is_the_same_place_under_every_rotation(
    view: v.View, frame: v.Frame, spot: v.Point
) -> None:
    back = v.screen_to_image(view, frame, v.image_to_screen(view, frame, spot))
    assert back == pytest.approx(spot, abs=1e-6)


@pytest.mark.parametrize(
    ("rotation", "corner"),
    [(0, (0, 0)), (90, (100, 0)), (180, (100, 100)), (270, (0, 100))],
)
def test_the_upper_left_corner_turns_clockwise(rotation: int, corner: v.Point) -> None:
    frame = v.Frame(100, 50, 100, 100)
    view = v.fit(v.View(rotation=rotation), frame)
    assert v.image_to_screen(view, frame, (0, 0)) == pytest.approx(corner)


@given(rotations, frames)
def test_a_fitted_view_shows_the_whole_image_and_nothing_more_fits(
    rotation: int, frame: v.Frame
) -> None:
    view = v.fit(v.View(rotation=rotation), frame)
    assert v.to_box(view, frame) == pytest.approx((0, 0, 1, 1), abs=1e-6)
    if view.scale < v.MAX_SCALE:
        bigger = replace(view, scale=view.scale * 1.02)
        assert v.to_box(bigger, frame) != pytest.approx((0, 0, 1, 1), abs=1e-4)


@given(views(), frames, st.floats(0.2, 5), st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_zooming_keeps_the_place_under_the_pointer_unless_the_edge_stops_it(
    view: v.View, frame: v.Frame, factor: float, at: v.Point
) -> None:
    view = v.clamp(view, frame)
    spot = (at[0] * frame.screen_width, at[1] * frame.screen_height)
    held = v.screen_to_image(view, frame, spot)
    zoomed = v.zoom_by(view, frame, factor, spot)
    free = replace(zoomed)
    shown = v.to_box(zoomed, frame)
    inside = shown[0] > 1e-9 and shown[1] > 1e-9
    inside = inside and shown[0] + shown[2] < 1 - 1e-9 and shown[1] + shown[3] < 1 - 1e-9
    if inside:
        assert v.screen_to_image(free, frame, spot) == pytest.approx(held, abs=1e-6)


def test_zooming_past_one_to_one_stops_there_once() -> None:
    frame = v.Frame(100, 50, 4000, 3000)
    view = v.zoom_to(v.View(), frame, 0.9)
    view = v.zoom_by(view, frame, 1.25)
    assert view.scale == 1.0
    assert v.zoom_by(view, frame, 1.25).scale == pytest.approx(1.25)
    assert v.zoom_by(v.zoom_to(view, frame, 1.1), frame, 0.8).scale == 1.0


@given(views(), frames, st.floats(-500, 500), st.floats(-500, 500))
def test_panning_never_leaves_emptiness_that_the_image_could_fill(
    view: v.View, frame: v.Frame, dx: float, dy: float
) -> None:
    moved = v.pan_by(v.clamp(view, frame), frame, dx, dy)
    assert v.clamp(moved, frame) == moved
    box = v.to_box(moved, frame)
    width, height = v.turned_size(frame, moved.rotation)
    across, down = (box[3], box[2]) if moved.rotation % 180 else (box[2], box[3])
    assert across * width * moved.scale == pytest.approx(
        min(frame.screen_width, width * moved.scale), rel=1e-6
    )
    assert down * height * moved.scale == pytest.approx(
        min(frame.screen_height, height * moved.scale), rel=1e-6
    )


@pytest.mark.parametrize("rotation", v.ROTATIONS)
def test_panning_right_looks_further_right_on_the_screen(rotation: int) -> None:
    frame = v.Frame(100, 50, 4000, 4000)
    view = v.View(rotation=rotation)
    spot = v.screen_to_image(view, frame, (60, 50))
    moved = v.pan_by(view, frame, 10, 0)
    assert v.screen_to_image(moved, frame, (50, 50)) == pytest.approx(spot)


@given(rotations, frames, st.tuples(st.floats(0, 0.6), st.floats(0, 0.6)), st.floats(0.02, 0.4))
def test_jumping_to_a_region_shows_all_of_it(
    rotation: int, frame: v.Frame, corner: v.Point, side: float
) -> None:
    x, y = corner
    points = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    view = v.view_for_region(v.View(rotation=rotation), frame, points)
    left, top, width, height = v.to_box(view, frame)
    assert left <= x + 1e-6
    assert top <= y + 1e-6
    assert left + width >= x + side - 1e-6
    assert top + height >= y + side - 1e-6


@given(views(), frames, st.integers(0, 199), st.integers(0, 79))
def test_a_cell_maps_into_the_image_and_back_to_itself_where_it_shows_the_image(
    view: v.View, frame: v.Frame, column: int, row: int
) -> None:
    column, row = column % frame.columns, row % frame.rows
    spot = v.cell_to_image(view, frame, column, row)
    assert 0 <= spot[0] <= 1
    assert 0 <= spot[1] <= 1
    exact = v.screen_to_image(view, frame, (column + 0.5, row * 2 + 1))
    if exact == spot:
        assert v.image_to_cell(view, frame, spot) == (column, row)


@given(views())
def test_what_a_finding_keeps_of_a_view_reads_back(view: v.View) -> None:
    kept = json.loads(json.dumps(view.to_dict()))
    back = v.View.from_dict(kept)
    assert replace(back, x=0, y=0, scale=1) == replace(view, x=0, y=0, scale=1)
    assert (back.x, back.y, back.scale) == pytest.approx((view.x, view.y, view.scale), abs=1e-6)


@given(
    st.dictionaries(
        st.sampled_from(["x", "y", "scale", "rotation", "contrast", "sharpen", "channel", "grey"]),
        st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.lists(st.integers())),
    )
)
def test_absurd_kept_views_become_plain_ones(data: dict[str, object]) -> None:
    view = v.View.from_dict(data)
    assert 0 <= view.x <= 1
    assert 0 < view.scale <= v.MAX_SCALE
    assert view.rotation in v.ROTATIONS
    assert view.channel in v.CHANNELS
    v.describe(view)


def test_a_view_kept_with_a_finding_says_how_it_was_drawn() -> None:
    frame = v.Frame(100, 50, 4000, 3000)
    kept = v.kept_with_finding(v.fit(v.View(channel="ink"), frame), frame, "quadrant")
    assert kept["renderer"] == "quadrant"
    assert kept["below_one_to_one"] is True
    assert kept["channel"] == "ink"
    assert (kept["columns"], kept["rows"]) == (100, 50)


@pytest.mark.parametrize(
    ("scale", "text"),
    [(1.0, "1:1"), (3.2, "×3.2"), (16, "×16"), (0.5, "×0.50"), (0.04, "×0.040"), (9.99, "×10")],
)
def test_the_scale_reads_as_the_title_shows_it(scale: float, text: str) -> None:
    assert v.scale_text(v.View(scale=scale)) == text


def test_describe_names_every_enhancement_in_the_order_applied() -> None:
    view = v.View(
        scale=3.2, rotation=90, grey=True, invert=True, contrast=2, sharpen=1, channel="ink"
    )
    assert v.describe(view) == (
        "×3.2  turned 90°  ink channel  grey  hard contrast  sharpened 1  inverted"
    )


def test_turning_keeps_a_fitted_view_fitted_and_another_where_it_was() -> None:
    frame = v.Frame(100, 50, 4000, 2000)
    fitted = v.rotate(v.fit(v.View(), frame), frame)
    assert fitted.rotation == 90
    assert fitted.scale == pytest.approx(v.fit_scale(frame, 90))
    close = v.zoom_to(v.View(x=0.3, y=0.6), frame, 2.0)
    assert v.rotate(close, frame, 2).scale == 2.0
    assert v.rotate(v.rotate(close, frame), frame, -1).rotation == 0


def test_a_resized_pane_keeps_fit_fitted_and_a_close_view_close() -> None:
    before, after = v.Frame(100, 50, 4000, 3000), v.Frame(60, 30, 4000, 3000)
    assert v.resized(v.fit(v.View(), before), before, after).scale == pytest.approx(0.015)
    assert v.resized(v.View(scale=3), before, after).scale == 3


def test_channels_contrast_and_sharpening_come_round() -> None:
    view = v.View()
    for _ in v.CHANNELS:
        view = v.next_channel(view)
    assert view.channel is None
    for _ in range(v.MAX_CONTRAST + 1):
        view = v.next_contrast(view)
    for _ in range(v.MAX_SHARPEN + 1):
        view = v.next_sharpen(view)
    assert view == v.View()
    assert v.plain(replace(view, invert=True, scale=2, rotation=90)) == v.View(scale=2, rotation=90)


def test_two_captures_are_shown_at_the_same_scale() -> None:
    a, b = compare.same_scale(v.View(scale=2.0), v.View(scale=0.1))
    assert (a.scale, b.scale) == (2.0, 2.0)


def test_the_same_thing_is_equally_large_when_its_size_in_both_captures_is_known() -> None:
    # A page 3000 px wide in one capture and 600 px in the other.
    a, b = compare.same_scale(v.View(scale=0.1), v.View(), unit_a=3000, unit_b=600)
    assert a.scale * 3000 == pytest.approx(b.scale * 600)


def test_the_second_view_follows_the_first() -> None:
    frame = v.Frame(50, 50, 4000, 3000)
    followed = compare.follow(v.View(x=0.2, y=0.7, scale=1.5), v.View(channel="ink"), frame)
    assert (followed.x, followed.y, followed.scale) == (0.2, 0.7, 1.5)
    assert followed.channel == "ink"


def test_a_fitted_pair_fits_both_at_one_scale() -> None:
    frame_a, frame_b = v.Frame(50, 50, 4000, 3000), v.Frame(50, 50, 1000, 3000)
    a, b = compare.fitted_pair(v.View(), frame_a, v.View(rotation=90), frame_b)
    assert a.scale == b.scale
    assert a.scale == min(v.fit_scale(frame_a), v.fit_scale(frame_b, 90))


def test_importing_imaging_and_its_views_loads_neither_numpy_nor_pillow() -> None:
    code = (
        "import sys, docexam.imaging, docexam.imaging.view, docexam.imaging.intake,"
        " docexam.imaging.compare, docexam.domain.geometry;"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'PIL', 'textual', 'rich')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
