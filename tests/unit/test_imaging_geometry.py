from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.domain import geometry as g
from docexam.errors import InputError

fraction = st.floats(0.0, 1.0)
side = st.floats(0.01, 0.5)
point = st.tuples(fraction, fraction)


@st.composite
def boxes(draw: st.DrawFn) -> g.Quad:
    width, height = draw(side), draw(side)
    return g.box_quad(
        draw(st.floats(0.0, 1.0 - width)), draw(st.floats(0.0, 1.0 - height)), width, height
    )


low, high = st.floats(0.0, 0.45), st.floats(0.55, 1.0)


@st.composite
def quads(draw: st.DrawFn) -> g.Quad:
    """Draw one corner in each quarter of the image: simple, not always convex."""
    corners = (st.tuples(x, y) for x, y in ((low, low), (high, low), (high, high), (low, high)))
    return g.quad([draw(corner) for corner in corners])


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ([(0, 0), (1, 0), (1, 1)], "four corners"),
        ([(0, 0), (1, 0), (1, math.nan), (0, 1)], "finite"),
        ([(0, 0), (math.inf, 0), (1, 1), (0, 1)], "finite"),
        ([(0, 0), (1.2, 0), (1, 1), (0, 1)], "outside"),
        ([(0, -0.01), (1, 0), (1, 1), (0, 1)], "outside"),
        ([(0, 0), (1, 1), (1, 0), (0, 1)], "crosses"),
        ([(0.1, 0.1), (0.5, 0.1), (0.9, 0.1), (0.3, 0.1)], "no area"),
        ([(0.1, 0.1), (0.1, 0.1), (0.9, 0.9), (0.1, 0.9)], "same point"),
        ([(0, 0, 0), (1, 0), (1, 1), (0, 1)], "two numbers"),
    ],
)
def test_what_is_no_region_is_refused_with_its_reason(
    points: list[tuple[float, ...]], says: str
) -> None:
    assert says in g.problem(points)
    with pytest.raises(InputError, match=says):
        g.quad(points)


def test_rounding_just_outside_the_image_is_pulled_onto_its_edge() -> None:
    shape = g.quad([(0, 0), (1 + 1e-8, 0), (1, 1), (-1e-9, 1)])
    assert shape[1] == (1.0, 0.0)
    assert shape[3] == (0.0, 1.0)


@pytest.mark.parametrize("size", [(0.0, 0.1), (0.1, -0.1), (math.nan, 0.1)])
def test_a_box_without_extent_is_refused(size: tuple[float, float]) -> None:
    with pytest.raises(InputError):
        g.box_quad(0.1, 0.1, *size)


@given(boxes())
def test_a_box_is_recognised_from_any_corner_and_either_way_round(shape: g.Quad) -> None:
    for turn in range(4):
        turned = shape[turn:] + shape[:turn]
        assert g.is_box(turned)
        assert g.is_box(turned[::-1])


def test_a_tilted_square_is_no_box() -> None:
    assert not g.is_box(((0.5, 0.2), (0.8, 0.5), (0.5, 0.8), (0.2, 0.5)))


@given(boxes(), st.integers(10, 5000), st.integers(10, 5000))
def test_the_shorter_side_of_a_box_is_the_smaller_of_its_sides_in_pixels(
    shape: g.Quad, width: int, height: int
) -> None:
    _, _, w, h = g.bounding_box(shape)
    assert g.shorter_side_px(shape, width, height) == pytest.approx(min(w * width, h * height))


@given(st.floats(0, math.pi), st.floats(20, 200), st.floats(20, 200))
def test_the_shorter_side_does_not_change_when_a_box_is_tilted(
    angle: float, w: float, h: float
) -> None:
    size = 1000
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2)]
    points = [
        (0.5 + (x * cos - y * sin) / size, 0.5 + (x * sin + y * cos) / size) for x, y in corners
    ]
    assert g.shorter_side_px(g.quad(points), size, size) == pytest.approx(min(w, h), rel=1e-6)


def test_a_flat_rhombus_does_not_pass_as_large() -> None:
    shape = g.quad([(0.1, 0.5), (0.5, 0.495), (0.9, 0.5), (0.5, 0.505)])
    assert g.shorter_side_px(shape, 1000, 1000) < 11


@given(quads(), quads())
def test_overlap_is_symmetric_and_a_share(one: g.Quad, other: g.Quad) -> None:
    share = g.overlap(one, other)
    assert 0.0 <= share <= 1.0
    assert share == pytest.approx(g.overlap(other, one), abs=1e-6)
    assert g.overlap(one, one) == pytest.approx(1.0, abs=1e-6)


def test_overlap_of_known_boxes() -> None:
    one, other = g.box_quad(0.0, 0.0, 0.4, 0.4), g.box_quad(0.2, 0.0, 0.4, 0.4)
    assert g.overlap(one, other) == pytest.approx(1 / 3)
    assert g.overlap(one, g.box_quad(0.6, 0.6, 0.2, 0.2)) == 0.0


def test_an_arrowhead_contains_its_barbs_and_not_its_notch() -> None:
    arrow = g.quad([(0.1, 0.1), (0.9, 0.5), (0.1, 0.9), (0.4, 0.5)])
    assert g.contains(arrow, (0.2, 0.2))
    assert g.contains(arrow, (0.2, 0.8))
    assert not g.contains(arrow, (0.2, 0.5))
    assert g.area(arrow) == pytest.approx(0.2)


@given(quads(), st.floats(-2, 2), st.floats(-2, 2))
def test_a_nudged_region_keeps_its_shape_and_stays_in_the_image(
    shape: g.Quad, dx: float, dy: float
) -> None:
    moved = g.nudge(shape, dx, dy)
    assert all(0.0 <= v <= 1.0 for p in moved for v in p)
    for (ax, ay), (bx, by), (cx, cy), (ex, ey) in zip(
        shape, shape[1:] + shape[:1], moved, moved[1:] + moved[:1], strict=True
    ):
        assert ex - cx == pytest.approx(bx - ax, abs=1e-9)
        assert ey - cy == pytest.approx(by - ay, abs=1e-9)


@given(boxes(), st.integers(0, 3), point)
def test_moving_a_corner_of_a_box_holds_the_opposite_corner(
    shape: g.Quad, index: int, to: g.Point
) -> None:
    moved = g.move_corner(shape, index, to, keep_box=True)
    if moved is None:
        return
    assert g.is_box(moved)
    held = shape[(index + 2) % 4]
    assert any(p == pytest.approx(held) for p in moved)


@given(quads(), st.integers(0, 3), st.tuples(st.floats(-3, 3), st.floats(-3, 3)))
def test_a_moved_corner_gives_a_region_or_nothing(shape: g.Quad, index: int, to: g.Point) -> None:
    moved = g.move_corner(shape, index, to)
    assert moved is None or not g.problem(moved)


@given(boxes(), st.floats(-1, 1), st.floats(-1, 1))
def test_growing_never_leaves_the_image_nor_loses_the_area(
    shape: g.Quad, dx: float, dy: float
) -> None:
    assert not g.problem(g.grow(shape, dx, dy))


def test_the_nearest_corner_is_measured_in_pixels_not_in_fractions() -> None:
    shape = g.box_quad(0.0, 0.0, 1.0, 1.0)
    index, distance = g.nearest_corner(shape, (0.3, 0.6), 1000, 100)
    assert index == 3
    assert distance == pytest.approx(math.hypot(300, 40))


def test_regions_are_written_as_the_command_line_reads_them() -> None:
    assert g.region_text(g.box_quad(0.1, 0.2, 0.3, 0.4)) == "0.1,0.2,0.3,0.4"
    tilted = ((0.5, 0.2), (0.8, 0.5), (0.5, 0.8), (0.2, 0.5))
    assert g.region_text(tilted) == "0.5,0.2;0.8,0.5;0.5,0.8;0.2,0.5"
    assert g.region_json(g.box_quad(0.1, 0.2, 0.3, 0.4)) == {"box": [0.1, 0.2, 0.3, 0.4]}
    assert g.region_json(tilted) == {"polygon": [[0.5, 0.2], [0.8, 0.5], [0.5, 0.8], [0.2, 0.5]]}
