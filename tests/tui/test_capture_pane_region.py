"""Drawing a region with keys and mouse, without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.errors import InputError
from docexam.imaging import view as views
from docexam.imaging.view import Frame, View
from docexam.tui.widgets import capture_region as regions
from docexam.tui.widgets.capture_region import Sketch

SHA = "a" * 64
FRAME = Frame(100, 50, 4000, 3000)
WHOLE = views.fit(View(), FRAME)


def box(sketch: Sketch) -> tuple[int, int, int, int]:
    xs = [round(x * FRAME.width) for x, _ in sketch.points]
    ys = [round(y * FRAME.height) for _, y in sketch.points]
    return min(xs), min(ys), max(xs), max(ys)


def test_a_region_starts_in_the_middle_of_what_is_shown() -> None:
    view = views.zoom_to(WHOLE, FRAME, 1.0)
    view = views.pan_by(view, FRAME, 500, 300)
    left, top, right, bottom = box(regions.started(view, FRAME))
    assert abs((left + right) / 2 - 2500) <= 1
    assert abs((top + bottom) / 2 - 1800) <= 1


def test_a_region_starts_where_it_was_remembered() -> None:
    kept = ((0.1, 0.1), (0.2, 0.12), (0.2, 0.3), (0.1, 0.3))
    assert regions.started(WHOLE, FRAME, kept).points == kept


def test_right_is_right_on_the_screen_also_on_a_turned_picture() -> None:
    for rotation in views.ROTATIONS:
        view = views.fit(View(rotation=rotation), FRAME)
        before = regions.started(view, FRAME)
        after = regions.moved(before, view, FRAME, 1, 0)
        for a, b in zip(before.points, after.points, strict=True):
            x1, y1 = views.image_to_screen(view, FRAME, a)
            x2, y2 = views.image_to_screen(view, FRAME, b)
            assert x2 - x1 == pytest.approx(1.0, abs=0.05)
            assert y2 == pytest.approx(y1, abs=1e-6)


def test_one_step_is_one_pixel_of_the_original_when_it_is_magnified() -> None:
    view = views.zoom_to(WHOLE, FRAME, 16.0)
    before = regions.started(view, FRAME)
    after = regions.moved(before, view, FRAME, 1, 1)
    assert box(after)[0] - box(before)[0] == 1
    assert box(after)[1] - box(before)[1] == 1


def test_sizing_keeps_the_upper_left_side_and_can_be_taken_back() -> None:
    start = regions.started(WHOLE, FRAME)
    wider = regions.sized(start, WHOLE, FRAME, 3, 0)
    assert box(wider)[:2] == box(start)[:2]
    assert box(wider)[2] - box(start)[2] == 120
    assert box(wider)[3] == box(start)[3]
    assert box(regions.sized(wider, WHOLE, FRAME, -3, 0)) == box(start)


def test_sizing_never_turns_a_region_inside_out() -> None:
    small = regions.sized(regions.started(WHOLE, FRAME), WHOLE, FRAME, -500, -500)
    left, top, right, bottom = box(small)
    assert right - left >= 1
    assert bottom - top >= 1
    assert small.problem() == ""


def test_a_selected_corner_moves_alone() -> None:
    start = regions.next_corner(regions.started(WHOLE, FRAME))
    moved = regions.moved(start, WHOLE, FRAME, -2, -1)
    assert moved.corner == 0
    assert moved.points[1:] == start.points[1:]
    assert moved.points[0] != start.points[0]
    assert moved.region(SHA).polygon is not None


def test_corners_are_selected_in_turn_and_then_the_whole_again() -> None:
    sketch = regions.started(WHOLE, FRAME)
    seen = []
    for _ in range(6):
        sketch = regions.next_corner(sketch)
        seen.append(sketch.corner)
    assert seen == [0, 1, 2, 3, None, 0]
    assert regions.next_corner(Sketch(sketch.points), -1).corner == 3


def test_corners_that_cross_are_no_region() -> None:
    points = ((0.1, 0.1), (0.5, 0.5), (0.5, 0.1), (0.1, 0.5))
    crossed = Sketch(points)
    assert "cross" in crossed.problem()
    with pytest.raises(InputError):
        crossed.region(SHA)


def test_a_box_pulled_backwards_and_beyond_the_image_is_a_box_within_it() -> None:
    sketch = regions.boxed(WHOLE, FRAME, (60.0, 60.0), (-30.0, -30.0))
    left, top, right, bottom = box(sketch)
    assert (left, top) == (0, 0)
    assert right > left
    assert bottom > top
    assert sketch.region(SHA).box is not None


def test_the_nearest_corner_within_a_cell_is_caught() -> None:
    sketch = regions.boxed(WHOLE, FRAME, (20.5, 21.0), (60.5, 61.0))
    assert regions.corner_at(sketch, WHOLE, FRAME, 20, 10) == 0
    assert regions.corner_at(sketch, WHOLE, FRAME, 61, 31) == 2
    assert regions.corner_at(sketch, WHOLE, FRAME, 40, 20) is None


def test_a_corner_on_the_far_edge_of_the_image_is_drawn_on_its_last_cell() -> None:
    frame = Frame(100, 50, 1000, 1000)
    view = views.fit(View(), frame)
    assert regions.handle_cell(view, frame, (1.0, 1.0)) == (99, 49)


def test_the_view_follows_what_is_moved_out_of_sight() -> None:
    view = views.zoom_to(WHOLE, FRAME, 1.0)
    sketch = regions.next_corner(regions.started(view, FRAME))
    for _ in range(60):
        sketch = regions.moved(sketch, view, FRAME, -1, 0)
        view = regions.followed(sketch, view, FRAME)
        x, _y = views.image_to_screen(view, FRAME, sketch.points[0])
        assert 0 <= x <= FRAME.screen_width


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "size", "corner"]), st.integers(-40, 40), st.integers(-40, 40)
    ),
    max_size=25,
)


@given(steps=STEPS, scale=st.floats(0.01, 64), rotation=st.sampled_from(views.ROTATIONS))
def test_whatever_is_pressed_the_corners_stay_on_whole_pixels_of_the_image(
    steps: list[tuple[str, int, int]], scale: float, rotation: int
) -> None:
    view = views.zoom_to(views.fit(View(rotation=rotation), FRAME), FRAME, scale)
    sketch = regions.started(view, FRAME)
    for what, dx, dy in steps:
        if what == "corner":
            sketch = regions.next_corner(sketch, dx)
        else:
            act = regions.moved if what == "move" else regions.sized
            sketch = act(sketch, view, FRAME, dx, dy)
    for x, y in sketch.points:
        assert -1e-9 <= x <= 1 + 1e-9
        assert -1e-9 <= y <= 1 + 1e-9
        assert x * FRAME.width == pytest.approx(round(x * FRAME.width), abs=1e-6)
        assert y * FRAME.height == pytest.approx(round(y * FRAME.height), abs=1e-6)


@given(
    moves=st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), max_size=20),
    scale=st.floats(0.02, 32),
)
def test_moving_never_changes_the_size(moves: list[tuple[int, int]], scale: float) -> None:
    view = views.zoom_to(WHOLE, FRAME, scale)
    start = sketch = regions.started(view, FRAME)
    for dx, dy in moves:
        sketch = regions.moved(sketch, view, FRAME, dx, dy)
    assert sketch.shorter_side(FRAME) == pytest.approx(start.shorter_side(FRAME), abs=1e-6)
