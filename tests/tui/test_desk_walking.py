"""The list: order, states, folding, filters, and where one comes next."""

from __future__ import annotations

import pytest

from docexam.domain.checklist import Checklist, Choice, Indicator, Section
from docexam.domain.finding import Region
from docexam.tui.desk.bars import bottom_line, top_line
from docexam.tui.desk.history import journal_lines
from docexam.tui.desk.outline import GLYPHS


def texts(lines):
    return "\n".join("".join(s.text for s in line) for line in lines)


def ids(desk):
    return [r.id for r in desk.walk.rows if r.kind != "section"]


def test_facts_come_first_and_fields_stand_in_their_section(desk):
    assert [r.text for r in desk.walk.rows if r.kind == "section"] == [
        "About the material",
        "First things",
        "Seals and stamps",
        "Transcription",
    ]
    assert ids(desk) == [
        "pages-shown",
        "sharp",
        "cover-red",
        "later",
        "photo",
        "seal-crosses",
        "marks",
        "count",
        "number",
        "surname",
    ]


def test_every_state_has_a_sign_of_its_own():
    signs = [sign for sign, _ in GLYPHS.values()]
    assert len(set(signs)) == len(signs)


def test_states_are_told_by_their_signs(desk, press, region):
    desk.walk.go("sharp")
    press(desk, "1")
    press(desk, "u", "escape")
    desk.walk.go("photo")
    press(desk, "3")
    signs = {r.id: r.glyph for r in desk.walk.rows}
    assert (signs["sharp"], signs["cover-red"], signs["photo"]) == ("●", "–", "◐")
    assert (signs["later"], signs["marks"]) == ("◌", "○")
    assert "seal-crosses" not in signs
    desk.marks.draw_region()
    desk.marks.drawn(region)
    assert next(r.glyph for r in desk.walk.rows if r.id == "photo") == "✕"


def test_tags_tell_regions_note_flag_and_the_non_answer(desk, press, region):
    desk.walk.go("sharp")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "n")
    desk.writing.leave("x")
    press(desk, "g", "v", "escape")
    assert desk.walk.entry("sharp").tags == "⌖1 ✎ ⚑ v"


def test_a_hidden_item_leaves_the_list_and_one_with_an_answer_stays_as_not_asked(desk, press):
    desk.walk.go("seal-crosses")
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, "2")
    assert desk.walk.entry("seal-crosses").state == "hidden"
    desk.walk.go("seal-crosses")
    assert desk.walk.section_of("seal-crosses") == "seals"


def test_a_hidden_item_without_an_answer_is_not_in_the_list(desk, press):
    desk.walk.go("photo")
    press(desk, "2")
    assert desk.walk.entry("seal-crosses") is None


def test_sections_fold_and_keep_their_counts(desk, press):
    desk.walk.go("sharp")
    press(desk, "1", "left")
    head = desk.walk.rows[desk.walk.cursor]
    assert (head.text, head.glyph, head.tags) == ("First things", "▸", "1/3")
    assert "cover-red" not in ids(desk)
    press(desk, "enter")
    assert "cover-red" in ids(desk)


def test_the_next_open_item_unfolds_its_section(desk, press):
    desk.walk.go("marks")
    desk.walk.fold(True)
    desk.walk.go("sharp")
    press(desk, "1", "1")
    assert desk.walk.current == "photo"
    assert "photo" in ids(desk)


def test_up_and_down_go_from_item_to_item_and_stop_at_folded_sections(desk, press):
    desk.walk.go("pages-shown")
    press(desk, "down")
    assert desk.walk.current == "sharp"
    press(desk, "left")
    assert desk.walk.at_head == "one"
    press(desk, "down")
    assert (desk.walk.at_head, desk.walk.current) == (None, "photo")
    press(desk, "up")
    assert desk.walk.at_head == "one"
    press(desk, "up")
    assert desk.walk.current == "pages-shown"
    press(desk, "up")
    assert desk.walk.current == "pages-shown"
    press(desk, "end")
    assert desk.walk.current == "surname"
    press(desk, "down")
    assert desk.walk.current == "surname"
    press(desk, "home")
    assert desk.walk.current == "pages-shown"


def test_a_page_down_lands_on_an_item(desk, press):
    desk.walk.go("pages-shown")
    press(desk, "pagedown")
    assert desk.walk.current == "number"
    press(desk, "pageup")
    assert desk.walk.current == "pages-shown"


def test_filters_go_round_and_say_how_many(desk, press):
    press(desk, "l")
    assert "later" not in ids(desk)
    assert desk.notice.text == "Only open: 8 of 10 items."
    press(desk, "l")
    assert ids(desk) == ["photo"]
    press(desk, "l")
    assert ids(desk) == []
    press(desk, "l")
    assert len(ids(desk)) == 10


def test_next_open_stays_within_the_filter(desk, press):
    desk.walk.show_only("critical")
    desk.walk.go("sharp")
    assert desk.walk.next_open()
    assert desk.walk.current == "photo"


def test_escape_takes_filters_away(desk, press):
    press(desk, "l", "escape")
    assert desk.walk.narrowed == ""
    assert len(ids(desk)) == 10


def test_back_goes_where_one_was(desk, press):
    desk.walk.go("sharp")
    desk.walk.go("marks")
    desk.walk.go("photo")
    press(desk, "b", "b")
    assert desk.walk.current == "sharp"


def test_a_later_visit_begins_where_one_left(review, make_desk):
    review.remembered = {"item": "marks"}
    assert make_desk(review).walk.current == "marks"


def test_a_remembered_item_that_is_gone_does_no_harm(review, make_desk):
    review.remembered = {"item": "no-such-item"}
    assert make_desk(review).walk.current == "pages-shown"


def test_when_all_is_answered_the_close_is_offered(make_review, make_desk, press):
    only = Indicator("one", "One?", choices=(Choice("yes", "Yes"),), section="s")
    checklist = Checklist("c", "1", "C", sections=(Section("s", "S"),), indicators=(only,))
    desk = make_desk(make_review(checklist))
    press(desk, "n", "1")
    assert "every item is answered" in desk.notice.text


# -- regions and places ----------------------------------------------------------------------


def test_a_place_is_marked_once_and_reused_with_enter(desk, press, region):
    desk.walk.go("photo")
    press(desk, "p")
    desk.marks.drawn(region)
    assert finding_regions(desk, "photo") == ()
    press(desk, "enter")
    assert finding_regions(desk, "photo") == (region,)
    press(desk, "enter")
    assert desk.stage.asked[-1] == ("focus_pane", "question")


def finding_regions(desk, item) -> tuple[Region, ...]:
    return desk.review.examination.finding(item).regions


def test_a_place_needs_an_item_that_belongs_to_one(desk, press):
    desk.walk.go("sharp")
    press(desk, "p")
    assert "belongs to no place" in desk.notice.text
    assert desk.picture.started == []


def test_a_region_is_drawn_with_the_size_that_the_item_asks(desk, press):
    desk.walk.go("photo")
    press(desk, "r")
    assert desk.picture.started == [(50, None)]


def test_while_a_region_is_drawn_keys_move_it_and_answer_nothing(desk, press):
    desk.walk.go("sharp")
    desk.picture.drawing = True
    press(desk, "left", "shift+down", "tab", "enter")
    assert desk.picture.pane.asked == [
        ("region_move", -1, 0),
        ("region_size", 0, 1),
        ("region_next_corner", 1),
        ("region_accept",),
    ]
    with pytest.raises(AssertionError, match="means nothing"):
        press(desk, "1")


def test_the_last_region_is_taken_off_and_undo_brings_it_back(desk, press, region):
    desk.walk.go("sharp")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "d")
    assert finding_regions(desk, "sharp") == ()
    press(desk, "ctrl+z")
    assert finding_regions(desk, "sharp") == (region,)


def test_jumping_goes_round_the_regions(desk, press, region):
    second = Region(region.capture, box=(0.5, 0.5, 0.1, 0.1))
    desk.walk.go("sharp")
    for one in (region, second):
        desk.marks.draw_region()
        desk.marks.drawn(one)
    press(desk, "j", "j", "j")
    assert desk.picture.shown == [region, second, region]


def test_a_field_takes_regions(desk, press, region):
    desk.walk.go("surname")
    press(desk, "enter")
    desk.writing.finish("Ооржак")
    desk.walk.go("surname")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    assert desk.review.examination.fields["surname"].regions == (region,)


# -- the lines above and below ---------------------------------------------------------------


def test_the_top_line_is_that_of_the_design(desk):
    line = texts([top_line(desk, 100)])
    assert line.startswith(" 2024-117 / A  A small checklist  ")
    assert line.endswith("0 of 7 answered · 1 critical open · saved ")
    assert len(line) == 100


def test_the_bottom_line_shows_counts_only_and_never_support(desk):
    line = texts([bottom_line(desk, 120)])
    assert line.startswith(" 0 of 7 · 1 critical open · 2 waiting")
    assert line.endswith("? help  ^p all ")
    assert "support" not in line


def test_the_journal_tells_every_act_last_first(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    desk.walk.go("surname")
    press(desk, "enter")
    desk.writing.finish("Ооржак")
    press(desk, "ctrl+z")
    said = texts(journal_lines(desk.review.examination, 100)).splitlines()
    assert [line[32:] for line in said] == [
        "Undone: no. 4, Surname: reading Ооржак",
        "Surname: reading Ооржак",
        "Sharp: Yes",
        "Seen or told before: nothing",
        "Examination opened by Anna, 2 captures",
    ]


def test_the_counts_of_the_parts_add_up_to_the_top_line(desk, press):
    desk.walk.go("sharp")
    press(desk, "1", "1", "2")
    parts = [p for p in desk.walk.parts if p.id != "~fields"]
    assert sum(p.answered for p in parts) == desk.progress.answered == 3
    assert sum(p.total for p in parts) == desk.progress.total
