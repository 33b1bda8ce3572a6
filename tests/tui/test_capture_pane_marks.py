"""Outlines over a picture: where they lie, how they are told apart, what they leave alone."""

from __future__ import annotations

import pytest

from docexam.domain.finding import Region
from docexam.imaging import view as views
from docexam.imaging.view import Frame, View
from docexam.tui.widgets import capture_marks as marks
from docexam.tui.widgets.capture_marks import NO_INKS, Ink, Mark, Overlay, overlaid
from docexam.tui.widgets.capture_region import Sketch

SHA, OTHER = "a" * 64, "b" * 64
FRAME = Frame(100, 50, 1000, 1000)
WHOLE = views.fit(View(), FRAME)
BOX = Region(SHA, box=(0.205, 0.21, 0.4, 0.4))


def glyphs(overlay: Overlay, view: View = WHOLE) -> dict[tuple[int, int], str]:
    found = marks.outlines([overlay], SHA, view, FRAME)
    return {spot: mark.glyph for spot, mark in found.items()}


def test_a_box_is_drawn_on_the_cells_of_its_edges() -> None:
    drawn = glyphs(Overlay(BOX, "", "finding"))
    assert drawn[20, 10] == "┌"
    assert drawn[60, 30] == "┘"
    assert drawn[40, 10] == "─"
    assert drawn[20, 20] == "│"
    assert (40, 20) not in drawn


def test_kinds_differ_without_colour() -> None:
    shapes = {
        kind: tuple(sorted(set(glyphs(Overlay(BOX, "", kind)).values())))  # type: ignore[arg-type]  # each is a Kind
        for kind in ("place", "finding", "current")
    }
    assert len(set(shapes.values())) == 3


def test_the_current_finding_lies_over_the_others() -> None:
    both = [Overlay(BOX, "", "current"), Overlay(BOX, "", "place")]
    found = marks.outlines(both, SHA, WHOLE, FRAME)
    assert found[40, 10].glyph == "━"


def test_regions_of_another_capture_are_not_drawn() -> None:
    assert marks.outlines([Overlay(Region(OTHER, box=(0, 0, 1, 1)))], SHA, WHOLE, FRAME) == {}


def test_nothing_is_drawn_outside_the_pane_at_any_zoom() -> None:
    near = views.zoom_to(WHOLE, FRAME, 64.0)
    tilted = Region(SHA, polygon=((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)))
    for region in (BOX, tilted):
        for view in (WHOLE, near):
            for x, y in marks.outlines([Overlay(region, "⌖1")], SHA, view, FRAME):
                assert 0 <= x < FRAME.columns
                assert 0 <= y < FRAME.rows


def test_a_label_stays_in_the_pane_when_the_corner_is_at_its_edge() -> None:
    at_edge = Region(SHA, box=(0.97, 0.5, 0.03, 0.2))
    drawn = glyphs(Overlay(at_edge, "⌖12"))
    row = "".join(drawn.get((x, 25), "") for x in range(100))
    assert "⌖12" in row


def test_a_hostile_label_is_made_visible() -> None:
    drawn = glyphs(Overlay(BOX, "a\x1b]0;x\u202e"))
    text = "".join(drawn.values())
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "⟨" in text


def test_wide_letters_take_two_cells() -> None:
    drawn = glyphs(Overlay(BOX, "인장"))
    assert drawn[22, 10] == "인"
    assert drawn[23, 10] == ""
    assert drawn[24, 10] == "장"


def test_a_sketch_shows_its_corners_and_the_selected_ones_number() -> None:
    corners = ((0.2, 0.2), (0.6, 0.2), (0.6, 0.6), (0.2, 0.6))
    found = marks.sketched(Sketch(corners, 2), WHOLE, FRAME)
    shown = sorted(mark.glyph for mark in found.values() if mark.glyph in "◆1234")
    assert shown == ["3", "◆", "◆", "◆"]


def test_marks_replace_cells_and_leave_the_rest_of_the_row() -> None:
    line = [("▀▀▀▀", 0x111111, 0xEEEEEE), ("    ", -1, 0x222222)]
    over = overlaid(line, {1: Mark("│", Ink(0xFFFF00, 0x000000)), 5: Mark("│", Ink(0x1, -1, 0x2))})
    assert over == [
        ("▀", 0x111111, 0xEEEEEE),
        ("│", 0xFFFF00, 0x000000),
        ("▀▀", 0x111111, 0xEEEEEE),
        (" ", -1, 0x222222),
        ("│", 0x1, 0x222222),
        ("  ", -1, 0x222222),
    ]


@pytest.mark.parametrize(("behind", "line"), [(0xF0F0F0, 0x2), (0x101010, 0x1)])
def test_a_line_over_the_picture_contrasts_with_what_is_behind(behind: int, line: int) -> None:
    over = overlaid([(" ", -1, behind)], {0: Mark("│", Ink(0x1, -1, 0x2))})
    assert over == [("│", line, behind)]


def test_without_colours_marks_have_none() -> None:
    found = marks.outlines([Overlay(BOX, "⌖1")], SHA, WHOLE, FRAME, NO_INKS)
    row = overlaid([("#" * 100, -1, -1)], {x: m for (x, y), m in found.items() if y == 10})
    assert {(fg, bg) for _, fg, bg in row} == {(-1, -1)}
