"""Answering on the desk: one key answers and moves on, and nothing is said that was not meant."""

from __future__ import annotations

import pytest

from docexam.domain.events import FINDING_RECORDED, Draft
from docexam.domain.finding import Region
from docexam.errors import MachineError


def finding(desk, item):
    return desk.review.examination.finding(item)


def test_the_first_visit_starts_at_the_first_open_item_and_asks_what_was_seen(review, make_desk):
    desk = make_desk(review)
    assert desk.walk.current == "pages-shown"
    assert desk.asking == "seen"


def test_every_first_visit_prompt_yields_to_escape(review, make_desk, press):
    desk = make_desk(review)
    press(desk, "escape")
    assert desk.asking == ""
    assert review.examination.seen_before is None


def test_one_key_says_that_nothing_was_seen_before(review, make_desk, press):
    desk = make_desk(review)
    press(desk, "n")
    assert review.examination.seen_before == "nothing"
    assert desk.asking == ""


def test_what_was_seen_before_is_not_asked_again(review, make_desk, press):
    press(make_desk(review), "n")
    assert make_desk(review).asking == ""


def test_a_number_answers_and_moves_to_the_next_open_item(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    assert finding(desk, "sharp").answer == "yes"
    assert desk.walk.current == "cover-red"


def test_a_finding_keeps_the_view_it_was_made_in(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    assert finding(desk, "sharp").view == {"renderer": "half", "scale": 2.0}


def test_a_number_past_the_choices_records_nothing_and_says_so(desk, press):
    desk.walk.go("sharp")
    before = desk.review.examination
    press(desk, "7")
    assert desk.review.examination is before
    assert "no answer 7" in desk.notice.text


def test_a_non_answer_asks_for_its_cause_and_the_cause_moves_on(desk, press):
    desk.walk.go("sharp")
    press(desk, "u")
    assert finding(desk, "sharp").answer == "unclear"
    assert desk.asking == "causes"
    assert desk.walk.current == "sharp"
    press(desk, "2")
    assert (finding(desk, "sharp").answer, finding(desk, "sharp").cause) == ("unclear", "glare")
    assert desk.walk.current == "cover-red"
    assert desk.asking == ""


@pytest.mark.parametrize("key", ["escape", "enter", "u"])
def test_a_cause_may_stay_open(desk, press, key):
    desk.walk.go("sharp")
    press(desk, "u", key)
    assert (finding(desk, "sharp").answer, finding(desk, "sharp").cause) == ("unclear", "")
    assert desk.walk.current == "cover-red"


def test_another_non_answer_while_causes_are_asked_corrects_the_first(desk, press):
    desk.walk.go("sharp")
    press(desk, "u", "v")
    assert finding(desk, "sharp").answer == "not-visible"
    assert desk.walk.current == "sharp"


def test_walking_on_while_causes_are_asked_leaves_the_cause_open(desk, press):
    desk.walk.go("sharp")
    press(desk, "x", "down", "1")
    assert finding(desk, "sharp").answer == "not-applicable"
    assert finding(desk, "cover-red").answer == "yes"


def test_an_answer_that_lacks_its_region_stays_in_sight(desk, press):
    desk.walk.go("photo")
    press(desk, "3")
    assert desk.walk.current == "photo"
    assert desk.walk.entry("photo").state == "incomplete"
    assert "needs a marked region" in desk.notice.text
    assert desk.progress.answered == 0


def test_clearing_makes_an_item_open_again(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    desk.walk.go("sharp")
    press(desk, "delete")
    assert finding(desk, "sharp").answer is None
    assert desk.walk.current == "sharp"


# -- many -----------------------------------------------------------------------------------


def test_in_a_many_item_numbers_toggle_and_enter_moves_on(desk, press):
    desk.walk.go("marks")
    press(desk, "1", "3")
    assert finding(desk, "marks").answer == ("m1", "m3")
    press(desk, "1")
    assert finding(desk, "marks").answer == ("m3",)
    assert desk.walk.current == "marks"
    press(desk, "enter")
    assert desk.walk.current != "marks"


def test_more_than_nine_choices_are_reached_with_arrows_and_space(desk, press):
    desk.walk.go("marks")
    press(desk, *["down"] * 11, "space", focus="question")
    assert finding(desk, "marks").answer == ("m12",)


def test_space_compares_where_nothing_can_be_toggled(desk, press):
    desk.walk.go("sharp")
    press(desk, "space")
    assert desk.notice.text == "side by side"


def test_zero_says_that_none_of_the_list_applies(desk, press):
    desk.walk.go("marks")
    press(desk, "0")
    assert finding(desk, "marks").answer == ()
    assert desk.walk.entry("marks").state == "answered"


def test_the_pages_fact_acts_when_it_is_left_not_on_each_toggle(desk, press):
    desk.walk.go("pages-shown")
    before = len(desk.review.examination.events)
    press(desk, "1", "2", "2")
    assert len(desk.review.examination.events) == before
    assert desk.answers.pending == {"pages-shown": ("cover",)}
    press(desk, "enter")
    assert len(desk.review.examination.events) == before + 1
    assert finding(desk, "photo").answer == "not-visible"
    assert finding(desk, "photo").cause == "not-photographed"
    assert desk.review.examination.fields["surname"].answer == "not-visible"
    assert desk.walk.current == "sharp"


def test_a_page_that_is_not_shown_is_one_undoable_act(desk, press):
    desk.walk.go("pages-shown")
    press(desk, "1", "down")
    assert finding(desk, "photo").answer == "not-visible"
    press(desk, "ctrl+z")
    assert finding(desk, "photo").answer is None
    assert desk.review.examination.fields == {}
    assert desk.walk.current == "pages-shown"


def test_leaving_the_pages_fact_untouched_records_nothing(desk, press):
    desk.walk.go("pages-shown")
    before = desk.review.examination
    press(desk, "down", "up", "enter")
    assert desk.review.examination is before


def test_pages_turned_on_and_off_again_record_nothing(desk, press):
    desk.walk.go("pages-shown")
    press(desk, "1", "2", "enter")
    seq = desk.review.examination.head[0]
    desk.walk.go("pages-shown")
    press(desk, "2", "2", "down")
    assert desk.review.examination.head[0] == seq
    assert desk.answers.pending == {}


# -- changes that need a reason ----------------------------------------------------------------


def test_after_a_reveal_a_change_asks_for_its_reason_and_keeps_the_first_answer(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    desk.review.reveal("reference")
    desk.walk.changed()
    desk.walk.go("sharp")
    press(desk, "2")
    assert finding(desk, "sharp").answer == "yes"
    assert desk.writing.open.kind == "reason"
    desk.writing.finish("seen better")
    assert finding(desk, "sharp").answer == "no"
    assert finding(desk, "sharp").first == "yes"
    assert finding(desk, "sharp").reason == "seen better"


def test_an_empty_reason_is_not_taken(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    desk.review.reveal("reference")
    desk.walk.go("sharp")
    press(desk, "2")
    desk.writing.finish("  ")
    assert desk.writing.open.kind == "reason"
    assert finding(desk, "sharp").answer == "yes"


def test_leaving_the_reason_changes_nothing(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    desk.review.reveal("reference")
    desk.walk.go("sharp")
    press(desk, "2")
    desk.writing.leave("half a rea")
    assert desk.writing.open is None
    assert finding(desk, "sharp").answer == "yes"


def test_after_a_reveal_a_many_item_is_changed_once_with_one_reason(desk, press):
    desk.walk.go("marks")
    press(desk, "1")
    desk.review.reveal("reference")
    desk.walk.changed()
    press(desk, "2", "3")
    assert finding(desk, "marks").answer == ("m1",)
    press(desk, "enter")
    desk.writing.finish("looked again")
    assert finding(desk, "marks").answer == ("m1", "m2", "m3")
    assert finding(desk, "marks").first == ("m1",)


def test_an_open_item_needs_no_reason_after_a_reveal(desk, press):
    desk.review.reveal("reference")
    desk.walk.go("sharp")
    press(desk, "1")
    assert finding(desk, "sharp").answer == "yes"


# -- a look at the true pixels -----------------------------------------------------------------


def test_absent_seen_only_below_one_to_one_offers_the_true_pixels_first(desk, press, region):
    desk.picture.small = True
    desk.walk.go("photo")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "3")
    assert desk.asking == "offer"
    assert finding(desk, "photo").answer is None
    press(desk, "enter")
    assert finding(desk, "photo").answer == "absent"
    assert finding(desk, "photo").crop_seen is False


def test_it_is_recorded_that_the_true_pixels_were_looked_at(desk, press, region):
    desk.picture.small = True
    desk.walk.go("photo")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "3", "o")
    assert ("show_png", b"png", "2024-117-A-1-photo.png") in desk.stage.asked
    press(desk, "enter")
    assert finding(desk, "photo").crop_seen is True


def test_going_back_from_the_offer_records_nothing(desk, press, region):
    desk.picture.small = True
    desk.walk.go("photo")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "3", "escape")
    assert finding(desk, "photo").answer is None
    assert desk.asking == ""


def test_a_region_that_completes_absent_offers_the_look_afterwards(desk, press, region):
    desk.picture.small = True
    desk.walk.go("photo")
    press(desk, "3")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    assert finding(desk, "photo").complete
    assert desk.asking == "offer"
    press(desk, "w", "l")
    assert finding(desk, "photo").crop_seen is True
    assert desk.walk.current != "photo"


def offered(desk, press, region):
    desk.picture.small = True
    desk.walk.go("photo")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "3")


def test_a_viewer_that_did_not_open_is_no_look(desk, press, region):
    desk.stage.viewer = False
    offered(desk, press, region)
    press(desk, "o", "enter")
    assert finding(desk, "photo").answer == "absent"
    assert finding(desk, "photo").crop_seen is False


def test_a_written_file_is_no_look_until_the_examiner_says_so(desk, press, region):
    offered(desk, press, region)
    press(desk, "l")
    assert finding(desk, "photo").answer is None
    assert "first" in desk.notice.text
    press(desk, "w", "enter")
    assert finding(desk, "photo").crop_seen is False


def test_a_look_counts_for_the_region_that_was_looked_at_only(desk, press, region):
    offered(desk, press, region)
    press(desk, "o", "enter")
    desk.walk.go("photo")
    desk.marks.draw_region()
    desk.marks.drawn(Region(region.capture, box=(0.5, 0.5, 0.1, 0.1)))
    press(desk, "escape", "3", "enter")
    assert finding(desk, "photo").crop_seen is False


def test_a_look_at_the_whole_capture_or_before_a_non_answer_is_not_recorded(desk, press, region):
    desk.walk.go("sharp")
    press(desk, "y", "1")
    assert finding(desk, "sharp").crop_seen is False
    offered(desk, press, region)
    press(desk, "o", "escape", "u")
    assert finding(desk, "photo").answer == "unclear"
    assert finding(desk, "photo").crop_seen is False


def test_at_one_to_one_nothing_is_offered(desk, press, region):
    desk.walk.go("photo")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "3")
    assert finding(desk, "photo").answer == "absent"


# -- what cannot be done -----------------------------------------------------------------------


def test_a_write_that_fails_says_so_and_stays_where_it_is(desk, press):
    desk.walk.go("sharp")
    desk.review.failure = MachineError("DX-FULL", "The disk is full.")
    press(desk, "1")
    assert desk.unsaved == "The disk is full."
    assert desk.notice.level == "error"
    assert "NOT saved" in desk.notice.text
    assert desk.walk.current == "sharp"
    desk.review.failure = None
    press(desk, "1")
    assert desk.unsaved == ""


def test_a_waiting_item_may_be_answered_and_stays_uncounted(desk, press):
    desk.walk.go("seal-crosses")
    press(desk, "1")
    assert finding(desk, "seal-crosses").answer == "crosses"
    assert desk.progress.answered == 0


def test_a_later_stage_refuses_and_says_why(desk, press):
    desk.walk.go("later")
    press(desk, "1")
    assert finding(desk, "later").answer is None
    assert "stage 2" in desk.notice.text


def test_another_examiners_examination_refuses_every_writing_command(
    make_review, small_checklist, make_desk, press
):
    desk = make_desk(make_review(small_checklist, examiner="Boris"))
    before = desk.review.examination
    for key in ("1", "u", "n", "r", "g", "ctrl+z", "delete"):
        press(desk, key)
        assert "belongs to Anna" in desk.notice.text
    assert desk.review.examination is before
    assert desk.asking == ""


def test_what_another_program_wrote_is_taken_in_and_told(desk):
    desk.review.foreign = [Draft(FINDING_RECORDED, {"item": "sharp", "answer": "no"})]
    desk.poll()
    assert desk.walk.entry("sharp").state == "answered"
    assert "Another program" in desk.notice.text


def test_undo_goes_where_it_happened_and_redo_brings_it_back(desk, press):
    desk.walk.go("sharp")
    press(desk, "1", "1")
    assert desk.walk.current == "photo"
    press(desk, "ctrl+z")
    assert desk.walk.current == "cover-red"
    assert finding(desk, "cover-red").answer is None
    press(desk, "ctrl+y")
    assert finding(desk, "cover-red").answer == "yes"


def test_undo_with_nothing_to_undo_says_so(desk, press):
    press(desk, "ctrl+z")
    assert "nothing to undo" in desk.notice.text
