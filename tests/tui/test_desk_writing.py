"""Typing on the desk: what is typed is never lost."""

from __future__ import annotations

import pytest

from docexam.errors import InputError, MachineError
from docexam.tui.desk.bars import bottom_line, notice_lines, saved_word, top_line
from docexam.tui.lines import line_cells


def finding(desk, item):
    return desk.review.examination.finding(item)


def reading(desk, field):
    return desk.review.examination.fields.get(field)


def test_leaving_a_note_keeps_and_records_it(desk, press):
    desk.walk.go("sharp")
    press(desk, "n")
    assert desk.contexts("list") == ("typing", "always")
    desk.writing.typed("a scratch")
    press(desk, "escape")
    assert finding(desk, "sharp").note == "a scratch"
    assert desk.writing.open is None
    assert desk.walk.current == "sharp"


def test_an_unchanged_note_writes_nothing(desk, press):
    desk.walk.go("sharp")
    press(desk, "n")
    before = desk.review.examination
    desk.writing.leave("")
    assert desk.review.examination is before


def test_a_note_that_could_not_be_written_stays_on_the_screen(desk, press):
    desk.walk.go("sharp")
    press(desk, "n")
    desk.review.failure = MachineError("DX-FULL", "The disk is full.")
    desk.writing.leave("precious words")
    assert desk.writing.open is not None
    assert desk.writing.now == "precious words"
    assert "NOT saved" in desk.notice.text
    desk.review.failure = None
    desk.writing.leave("precious words")
    assert finding(desk, "sharp").note == "precious words"


def test_a_field_is_transcribed_in_place_and_one_moves_on(desk, press):
    desk.walk.go("surname")
    press(desk, "enter")
    assert desk.writing.open.kind == "raw"
    desk.writing.finish(" Ооржак ")
    assert reading(desk, "surname").raw == " Ооржак "
    assert desk.walk.current != "surname"


def test_a_corrected_reading_keeps_the_raw_one(desk, press):
    desk.walk.go("surname")
    press(desk, "enter")
    desk.writing.finish("Oоржак")
    desk.walk.go("surname")
    press(desk, "m")
    desk.writing.finish("Ооржак")
    assert (reading(desk, "surname").raw, reading(desk, "surname").corrected) == (
        "Oоржак",
        "Ооржак",
    )


def test_nothing_can_be_corrected_before_it_is_read(desk, press):
    desk.walk.go("surname")
    press(desk, "m")
    assert desk.writing.open is None
    assert "no raw reading" in desk.notice.text


def test_a_field_takes_a_non_answer_with_its_cause(desk, press):
    desk.walk.go("surname")
    press(desk, "v", "6")
    assert (reading(desk, "surname").answer, reading(desk, "surname").cause) == (
        "not-visible",
        "too-small",
    )
    assert desk.walk.current != "surname"


def test_a_digit_begins_to_type_a_number(desk, press):
    desk.walk.go("count")
    press(desk, "4")
    assert desk.writing.open.text == "4"
    desk.writing.finish("42")
    assert finding(desk, "count").answer == "42"


def test_a_refused_answer_stays_open_with_its_text(desk, press):
    desk.walk.go("count")
    press(desk, "enter")
    desk.writing.finish("many")
    assert desk.writing.open is not None
    assert "is no number" in desk.notice.text
    assert finding(desk, "count").answer is None


def test_a_refused_answer_that_is_left_comes_back_as_a_draft(desk, press):
    desk.walk.go("count")
    press(desk, "enter")
    desk.writing.leave("many")
    assert desk.writing.open is None
    press(desk, "enter")
    assert desk.writing.open.text == "many"


def test_a_changed_reading_after_a_reveal_needs_a_reason(desk, press):
    desk.walk.go("surname")
    press(desk, "enter")
    desk.writing.finish("Ооржак")
    desk.review.reveal("claims")
    desk.walk.go("surname")
    press(desk, "enter")
    desk.writing.finish("Монгуш")
    assert reading(desk, "surname").raw == "Ооржак"
    assert desk.writing.open.kind == "reason"
    desk.writing.finish("misread")
    assert (reading(desk, "surname").raw, reading(desk, "surname").first) == ("Монгуш", "Ооржак")


def test_what_was_seen_before_is_written_down(review, make_desk, press):
    desk = make_desk(review)
    press(desk, "enter")
    desk.writing.finish("the agency's caption")
    assert review.examination.seen_before == "the agency's caption"


def test_finding_narrows_as_one_types_and_enter_goes_there(desk, press):
    press(desk, "/")
    desk.writing.typed("photograph's edge")
    assert [r.id for r in desk.walk.rows if r.kind != "section"] == ["seal-crosses"]
    desk.writing.finish("photograph's edge")
    assert desk.walk.current == "seal-crosses"


def test_finding_folds_letters_and_looks_into_notes_and_readings(desk, press):
    desk.walk.go("surname")
    press(desk, "enter")
    desk.writing.finish("Серёгин")
    desk.walk.search("СЕРЕГИН")
    assert [r.id for r in desk.walk.rows if r.kind != "section"] == ["surname"]


def test_leaving_the_search_shows_everything_again(desk, press):
    rows = desk.walk.rows
    press(desk, "/")
    desk.writing.typed("zzz")
    assert desk.walk.rows == ()
    desk.writing.leave("zzz")
    assert desk.walk.rows == rows


def test_the_program_ending_keeps_the_note_and_the_pages(desk, press):
    desk.walk.go("sharp")
    press(desk, "n")
    desk.writing.typed("half a sent")
    assert desk.leaving()
    assert finding(desk, "sharp").note == "half a sent"
    assert desk.review.remembered["item"] == "sharp"


def test_the_program_ending_records_pending_pages(desk, press):
    desk.walk.go("pages-shown")
    press(desk, "1")
    assert desk.leaving()
    assert finding(desk, "pages-shown").answer == ("cover",)


def test_a_closed_examination_is_opened_again_with_a_reason(desk, press):
    desk.review.close()
    press(desk, "1")
    assert "closed" in desk.notice.text
    desk.writing.reopen()
    desk.writing.finish("new capture")
    assert desk.review.examination.state == "open"


# -- what would be refused, and what was ------------------------------------------------------


@pytest.mark.parametrize("key", ["n", "r", "1"])
def test_an_item_of_a_later_stage_refuses_before_anything_is_typed_or_drawn(desk, press, key):
    desk.walk.go("later")
    press(desk, key)
    assert desk.writing.open is None
    assert desk.picture.started == []
    assert desk.notice.text == (
        "Not open yet: stage 2 opens when every item of stage 1 is answered."
    )


def test_a_hidden_item_refuses_a_note_before_it_is_typed(desk, press):
    desk.walk.go("photo")
    press(desk, "1")
    desk.walk.go("seal-crosses")
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, "2")
    desk.walk.go("seal-crosses")
    press(desk, "n")
    assert desk.writing.open is None
    assert "not asked" in desk.notice.text


def refused_note(desk, press):
    desk.walk.go("sharp")
    press(desk, "n")
    desk.writing.typed("precious words")
    desk.review.failure = InputError("DX-TEST", "The item went away.")
    press(desk, "escape")
    desk.review.failure = None


def words(line):
    return "".join(span.text for span in line)


def test_a_refused_note_is_never_called_saved(desk, press):
    refused_note(desk, press)
    assert saved_word(desk)[0] == "not saved: note on “Sharp”"
    assert "not saved" in words(top_line(desk, 80))
    press(desk, "n")
    assert desk.writing.now == "precious words"
    press(desk, "escape")
    assert finding(desk, "sharp").note == "precious words"
    assert saved_word(desk)[0] == "saved"


def test_one_does_not_leave_with_a_refused_note_unasked(desk, press):
    refused_note(desk, press)
    assert not desk.leaving()
    assert list(desk.writing.lost().values()) == ["precious words"]


def test_another_answer_takes_the_place_of_a_refused_one(desk, press):
    desk.walk.go("count")
    press(desk, "enter")
    desk.writing.leave("many")
    assert not desk.leaving()
    press(desk, "u")
    assert desk.writing.lost() == {}


@pytest.mark.parametrize("width", [80, 120])
def test_a_reason_is_shown_whole_and_keeps_a_gap_before_the_keys(desk, press, width):
    for text in ("short", "x " * (width // 2 - 9), "a long reason " * 20, "/very" * 40):
        desk.tell(text, "warn")
        lines = notice_lines(desk, width) or [bottom_line(desk, width)]
        told = "".join(map(words, lines))
        assert "".join(text.split()) in "".join(told.split())
        assert words(lines[-1]).endswith("  ? help  ^p all ")
        assert all(line_cells(line) <= width for line in lines)


# -- finding ------------------------------------------------------------------------------------


def test_enter_with_no_match_stays_in_the_box_and_says_so(desk, press):
    desk.walk.go("sharp")
    press(desk, "/")
    desk.writing.typed("zzz")
    assert desk.notice.text == "Nothing holds that text."
    desk.writing.finish("zzz")
    assert desk.writing.open is not None
    assert desk.notice.text == "Nothing holds that text."
    desk.writing.typed("zz")
    desk.writing.leave("zz")
    assert not desk.walk.out_of_sight


def test_reopening_the_search_lets_typing_replace_the_old_text(desk, press):
    press(desk, "/")
    desk.writing.finish("seal")
    press(desk, "/")
    assert (desk.writing.open.text, desk.writing.open.select) == ("seal", True)


def test_no_number_answers_an_item_that_is_not_listed(desk, press):
    desk.walk.go("sharp")
    desk.walk.show_only("flagged")
    press(desk, "1")
    assert finding(desk, "sharp").answer is None
    assert "listed" in desk.notice.text
    press(desk, "escape", "1")
    assert finding(desk, "sharp").answer == "yes"


def test_narrowing_goes_to_an_item_that_is_listed(desk):
    desk.walk.go("sharp")
    desk.walk.show_only("critical")
    assert desk.walk.current == "photo"
