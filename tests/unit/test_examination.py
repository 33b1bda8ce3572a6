"""The fold: what each act does to the state, and what undo, reveals and pages do."""

from __future__ import annotations

import pytest

from docexam.domain import acts
from docexam.domain.checklist import Checklist
from docexam.domain.finding import Region, region_of
from docexam.errors import InputError, NotYoursError

SHA = "a" * 64
LARGE = Region(SHA, box=(0.1, 0.1, 0.5, 0.5))
SMALL = Region(SHA, box=(0.1, 0.1, 0.05, 0.05))


def test_a_recorded_answer_stands_and_counts(desk) -> None:
    desk.record("photo", "present")
    assert desk.state.findings["photo"].answer == "present"
    progress = desk.standing.progress()
    assert (progress.answered, progress.critical_open) == (1, 0)


def test_absent_without_a_region_is_kept_but_does_not_count(desk) -> None:
    desk.record("photo", "absent")
    assert not desk.state.findings["photo"].complete
    assert desk.standing.progress().critical_open == 1


def test_a_region_below_the_asked_size_leaves_the_answer_incomplete(desk) -> None:
    desk.record("photo", "absent", regions=[SMALL])
    assert not desk.state.findings["photo"].complete
    desk.record("photo", regions=[LARGE])
    assert desk.state.findings["photo"].complete


def test_a_new_answer_keeps_note_and_regions_unless_given_anew(desk) -> None:
    desk.record("photo", "absent", regions=[LARGE], note="glue?")
    desk.record("photo", "present")
    finding = desk.state.findings["photo"]
    assert (finding.answer, finding.note, finding.regions) == ("present", "glue?", (LARGE,))
    desk.record("photo", "present", note="", regions=[])
    assert desk.state.findings["photo"].note == ""
    assert desk.state.findings["photo"].regions == ()


def test_open_clears_the_answer(desk) -> None:
    desk.record("photo", "present")
    desk.record("photo", "open")
    assert desk.state.findings["photo"].answer is None
    assert desk.standing.progress().answered == 0


def test_a_hidden_item_is_refused_and_its_earlier_answer_kept(desk) -> None:
    desk.record("photo", "present")
    desk.record("seal", "yes")
    desk.record("photo", "absent", regions=[LARGE])
    assert desk.standing.items["seal"].hidden
    assert desk.state.findings["seal"].answer == "yes"
    with pytest.raises(InputError, match="not asked"):
        desk.record("seal", "no")


def test_ignorance_never_hides(desk) -> None:
    desk.record("photo", "not-visible")
    assert desk.standing.items["seal"].visible


def test_an_item_that_waits_may_be_recorded_but_does_not_count(desk) -> None:
    assert desk.standing.items["seal"].waits
    before = desk.standing.progress()
    desk.record("seal", "yes")
    assert desk.standing.progress() == before


def test_a_later_stage_opens_when_the_earlier_one_is_settled(desk) -> None:
    with pytest.raises(InputError, match="stage 2"):
        desk.record("compare", "yes")
    desk.record("photo", "present")
    desk.record("seal", "unclear")
    desk.record("inks", "")
    desk.record("weight", "not-visible")
    desk.record("compare", "yes")
    assert desk.state.findings["compare"].complete


def test_facts_never_close_the_first_stage(desk) -> None:
    assert "pages" not in desk.state.findings
    desk.record("photo", "present")


def test_many_answers_keep_checklist_order_and_nothing_chosen_is_an_answer(desk) -> None:
    desk.record("inks", "violet,blue")
    assert desk.state.findings["inks"].answer == ("blue", "violet")
    desk.record("inks", "")
    assert desk.state.findings["inks"].answer == ()
    assert desk.state.findings["inks"].answered


@pytest.mark.parametrize("answer", ["ja", "", "yes", "not visible"])
def test_an_unknown_answer_is_refused_with_the_answers_there_are(desk, answer: str) -> None:
    with pytest.raises(InputError) as error:
        desk.record("photo", answer)
    assert "absent" in error.value.todo
    assert "photo" not in desk.state.findings


@pytest.mark.parametrize("answer", ["abc", "nan", "1e999", "٣", "--5", ""])
def test_no_number_is_no_number(desk, answer: str) -> None:
    with pytest.raises(InputError):
        desk.record("weight", answer)


def test_a_page_not_shown_answers_its_items_in_one_act_that_undo_takes_back(desk) -> None:
    desk.record("pages", "cover")
    photo = desk.state.findings["photo"]
    assert (photo.answer, photo.cause, photo.by_fact) == (
        "not-visible",
        "not-photographed",
        "pages",
    )
    assert desk.state.fields["surname"].answer == "not-visible"
    desk.do(acts.undo)
    assert not desk.state.findings
    assert not desk.state.fields
    assert desk.same_as_folded()


def test_changing_the_pages_takes_back_what_nobody_changed(desk) -> None:
    desk.record("pages", "cover")
    desk.record("photo", "unclear", cause="blur")
    desk.record("pages", "cover,identity")
    assert desk.state.findings["photo"].answer == "unclear"
    assert "surname" not in desk.state.fields


def test_pages_never_overwrite_an_answer(desk) -> None:
    desk.record("photo", "present")
    desk.record("pages", "cover")
    assert desk.state.findings["photo"].answer == "present"


def test_undo_and_redo_walk_back_and_forth_and_a_new_act_forgets_the_redo(desk) -> None:
    desk.record("photo", "present")
    desk.record("photo", "unclear")
    desk.do(acts.undo)
    assert desk.state.findings["photo"].answer == "present"
    desk.do(acts.redo)
    assert desk.state.findings["photo"].answer == "unclear"
    desk.do(acts.undo)
    desk.record("weight", "3")
    with pytest.raises(InputError, match="redo"):
        desk.do(acts.redo)
    assert desk.same_as_folded()


def test_nothing_to_undo_is_said(desk) -> None:
    with pytest.raises(InputError, match="nothing to undo"):
        desk.do(acts.undo)


def test_after_a_reveal_a_change_needs_a_reason_and_the_first_answer_stays(desk) -> None:
    desk.record("photo", "present")
    desk.do(lambda s: acts.reveal(s, "support"))
    with pytest.raises(InputError, match="needs a reason"):
        desk.record("photo", "unclear")
    desk.record("photo", "unclear", reason="looked again")
    desk.record("photo", "not-visible", reason="and again")
    finding = desk.state.findings["photo"]
    assert (finding.first, finding.answer, finding.reason) == (
        "present",
        "not-visible",
        "and again",
    )


def test_a_first_answer_after_a_reveal_needs_no_reason(desk) -> None:
    desk.do(lambda s: acts.reveal(s, "claims"))
    desk.record("photo", "present")
    assert not desk.state.findings["photo"].has_first


def test_undo_never_crosses_a_reveal(desk) -> None:
    desk.record("photo", "present")
    desk.do(lambda s: acts.reveal(s, "aids"))
    with pytest.raises(InputError, match="since the last reveal"):
        desk.do(acts.undo)
    assert desk.state.revealed("aids")


def test_a_closed_examination_refuses_until_reopened_with_a_reason(desk) -> None:
    desk.record("photo", "present")
    desk.do(acts.close)
    with pytest.raises(NotYoursError):
        desk.record("photo", "unclear")
    with pytest.raises(InputError):
        acts.reopen(desk.state, "Ann", " ")
    event = desk.write(acts.reopen(desk.state, "Ann", "a new capture"))
    desk.state = desk.folded()
    assert event.kind == "Reopened"
    with pytest.raises(InputError, match="needs a reason"):
        desk.record("photo", "unclear")


def test_somebody_elses_examination_is_not_written_in(desk) -> None:
    with pytest.raises(NotYoursError, match="belongs to Ann"):
        acts.must_be_open(desk.state, "Bob")


def test_a_reading_keeps_the_raw_beside_the_corrected(desk) -> None:
    desk.do(lambda s: acts.transcribe(s, "surname", raw="MOHГУШ"))
    desk.do(lambda s: acts.transcribe(s, "surname", corrected="МОНГУШ"))
    reading = desk.state.fields["surname"]
    assert (reading.raw, reading.corrected, reading.value) == ("MOHГУШ", "МОНГУШ", "МОНГУШ")


def test_a_field_takes_a_non_answer_and_open_clears_it(desk) -> None:
    desk.do(lambda s: acts.transcribe(s, "surname", non_answer="unclear", cause="blur"))
    assert desk.state.fields["surname"].answer == "unclear"
    desk.do(lambda s: acts.transcribe(s, "surname", non_answer="open"))
    assert "surname" not in desk.state.fields


def test_a_cause_belongs_to_a_non_answer(desk) -> None:
    with pytest.raises(InputError, match="cause"):
        desk.record("photo", "present", cause="blur")
    with pytest.raises(InputError, match="no cause"):
        desk.record("photo", "unclear", cause="weather")


def test_the_nearest_indicator_is_named(desk) -> None:
    with pytest.raises(InputError) as error:
        desk.record("phota", "present")
    assert "photo" in error.value.todo


def test_a_checklist_survives_its_dictionary(checklist: Checklist) -> None:
    again = Checklist.from_dict(checklist.to_dict())
    assert again == checklist
    assert again.sha256() == checklist.sha256()


def test_crossed_corners_of_a_box_are_no_box() -> None:
    with pytest.raises(InputError):
        region_of(SHA, ((0.1, 0.1), (0.5, 0.5), (0.5, 0.1), (0.1, 0.5)))
    upright = region_of(SHA, ((0.1, 0.1), (0.5, 0.1), (0.5, 0.4), (0.1, 0.4)))
    assert upright.box == (0.1, 0.1, 0.4, 0.3)
