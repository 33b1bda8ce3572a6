"""Proposals in an examination: shown after one's own answer, never an answer themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docexam.domain import acts
from docexam.domain import events as ev
from docexam.domain import proposing as rules
from docexam.domain.acts import Recording
from docexam.domain.aids import KNOWN_AIDS, aids_of
from docexam.domain.checklist import Field, Place
from docexam.domain.events import Draft, Personal
from docexam.domain.proposals import (
    ShownGround,
    ShownProposal,
    proposals_from,
    proposals_to,
    shown_on,
)
from docexam.domain.proposing import Said
from docexam.errors import InputError

BOX = ((0.1, 0.1), (0.4, 0.1), (0.4, 0.4), (0.1, 0.4))
SEAL = ShownProposal("One blue seal.", "seals", (ShownGround("Here.", 1, BOX),), 0.9, "how round")


def said(subject: str = "photo", aid: str = "seals", *found: ShownProposal, **more: Any) -> Said:
    return Said(subject, aid, "1.0", "key", found or (SEAL,), **more)


def show(desk: Any, *args: Any, **more: Any) -> Any:
    return desk.do(lambda s: rules.show(s, said(*args, **more)))


def together(desk: Any, decide: Any) -> None:
    """Do several acts as the workbench does: decided on one state, written one after another."""
    drafts = decide(desk.state)
    for draft in drafts:
        desk.do(lambda _s, d=draft: d)


def refused(desk: Any, code: str, *args: Any, **more: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        show(desk, *args, **more)
    assert caught.value.code == code
    return caught.value


# When it may be shown ------------------------------------------------------------------------


def test_a_proposal_waits_for_the_examiners_own_answer(desk: Any) -> None:
    before = desk.state
    assert "first" in refused(desk, "DX-AID-FIRST").what
    assert desk.state is before
    desk.record("photo", "present")
    show(desk)
    assert [s.subject for s in desk.state.showings] == ["photo"]


def test_a_non_answer_is_an_answer_and_a_cleared_one_is_none(desk: Any) -> None:
    desk.record("photo", "unclear")
    show(desk)
    desk.record("weight", "3")
    desk.record("weight", "open")
    refused(desk, "DX-AID-FIRST", "weight")


def test_a_field_waits_for_the_examiners_own_reading(desk: Any) -> None:
    refused(desk, "DX-AID-FIRST", "surname", "names")
    desk.do(lambda s: acts.transcribe(s, "surname", non_answer="unclear"))
    show(desk, "surname", "names")


def test_what_follows_from_the_fact_about_pages_is_nobodys_look(desk: Any) -> None:
    desk.record("pages", "cover")
    assert desk.state.finding("photo").by_fact == "pages"
    assert "not shown" in refused(desk, "DX-AID-FIRST").what
    refused(desk, "DX-AID-FIRST", "surname", "names")


def test_a_hidden_item_and_a_closed_stage_show_nothing(desk: Any) -> None:
    desk.record("photo", "unclear")
    desk.record("photo", "absent")
    refused(desk, "DX-AID-REFUSED", "seal")
    refused(desk, "DX-AID-FIRST", "compare")


def test_an_unknown_subject_names_the_nearest(desk: Any) -> None:
    error = refused(desk, "DX-SUBJECT", "phota")
    assert "photo" in error.todo


def test_an_aid_of_notes_never_stands_beside_an_answer_that_bears(desk: Any) -> None:
    desk.record("photo", "present")
    desk.do(lambda s: acts.reveal(s, "aids"))
    refused(desk, "DX-AID-REFUSED", "photo", "names")
    refused(desk, "DX-AID-REFUSED", "photo", "foreign", notes_only=True)
    desk.record("weight", "3")
    show(desk, "weight", "names")


def test_a_machine_reading_waits_for_the_fields_it_would_tell(desk: Any, checklist: Any) -> None:
    fields = (*checklist.fields, Field("zone-line-1", "Zone", aids=("mrz",)))
    desk.checklist = replace(checklist, fields=fields)
    desk.state = replace(desk.state, checklist=desk.checklist)
    desk.record("weight", "3")
    assert "zone-line-1" in refused(desk, "DX-AID-FIRST", "weight", "mrz").what
    desk.do(lambda s: acts.transcribe(s, "zone-line-1", raw="P<UTO"))
    show(desk, "weight", "mrz")


def test_triage_shows_first_and_marks_what_is_answered_after_it(desk: Any) -> None:
    desk.record("weight", "3")
    desk.do(lambda s: acts.reveal(s, "aids"))
    show(desk)
    assert desk.state.showings[0].before_answer
    desk.record("photo", "present")
    desk.do(lambda s: acts.transcribe(s, "surname", raw="Ким"))
    assert desk.state.finding("photo").aided == "triage"
    assert desk.state.fields["surname"].aided == "triage"
    assert desk.state.finding("weight").aided == ""


def test_showing_on_one_item_opens_no_triage(desk: Any) -> None:
    desk.record("photo", "present")
    show(desk)
    assert not desk.state.revealed("aids")
    assert not desk.state.needs_reason
    refused(desk, "DX-AID-FIRST", "weight")


# What a showing costs ------------------------------------------------------------------------


def test_after_a_showing_a_change_of_that_item_needs_a_reason_and_keeps_the_first(
    desk: Any,
) -> None:
    desk.record("photo", "present")
    desk.record("weight", "3")
    show(desk)
    with pytest.raises(InputError, match="a proposal on it was shown"):
        desk.record("photo", "unclear")
    desk.record("photo", "unclear", reason="The seal runs through it")
    finding = desk.state.finding("photo")
    assert (finding.first, finding.has_first, finding.aided) == ("present", True, "shown")
    desk.record("weight", "4")
    assert not desk.state.finding("weight").has_first


def test_after_a_showing_a_change_of_that_reading_needs_a_reason_and_keeps_the_first(
    desk: Any,
) -> None:
    desk.do(lambda s: acts.transcribe(s, "surname", non_answer="unclear"))
    show(desk, "surname", "names")
    with pytest.raises(InputError, match="shown"):
        desk.do(lambda s: acts.transcribe(s, "surname", raw="Ким"))
    desk.do(lambda s: acts.transcribe(s, "surname", raw="Ким", reason="legible after all"))
    assert desk.state.fields["surname"].first == "unclear"
    desk.do(lambda s: acts.transcribe(s, "birth-date", raw="12.05.1985"))
    desk.do(lambda s: acts.transcribe(s, "birth-date", raw="13.05.1985"))


def test_the_fields_a_proposal_also_speaks_of_count_as_shown_on(desk: Any) -> None:
    for name in ("surname", "birth-date"):
        desk.do(lambda s, n=name: acts.transcribe(s, n, raw="12.05.1985"))
    show(desk, "surname", "names", also=("birth-date",))
    with pytest.raises(InputError, match="shown"):
        desk.do(lambda s: acts.transcribe(s, "birth-date", raw="13.05.1985"))


def test_what_speaks_of_a_field_still_to_be_read_is_not_shown(desk: Any) -> None:
    desk.do(lambda s: acts.transcribe(s, "surname", raw="Ким"))
    refused(desk, "DX-AID-FIRST", "surname", "names", also=("birth-date",))
    desk.do(lambda s: acts.reveal(s, "aids"))
    show(desk, "surname", "names", also=("birth-date",))


def test_undo_takes_no_showing_back_and_reaches_past_it_to_other_items(desk: Any) -> None:
    desk.record("weight", "3")
    desk.record("photo", "present")
    show(desk)
    desk.do(acts.undo)
    assert desk.state.finding("photo").answer == "present"
    assert desk.state.finding("weight").answer is None
    assert len(desk.state.showings) == 1
    with pytest.raises(InputError):
        desk.do(acts.undo)
    assert desk.same_as_folded()


def test_redo_brings_back_no_answer_to_an_item_that_was_shown(desk: Any) -> None:
    desk.record("photo", "present")
    desk.record("photo", "unclear")
    desk.do(acts.undo)
    show(desk)
    with pytest.raises(InputError):
        desk.do(acts.redo)
    assert desk.state.finding("photo").answer == "present"


def test_a_showing_changes_no_answer(desk: Any) -> None:
    desk.record("photo", "present")
    desk.do(lambda s: acts.transcribe(s, "surname", raw="Ким"))
    before = desk.state
    show(desk)
    assert (desk.state.findings, desk.state.fields) == (before.findings, before.fields)
    assert desk.state.undoable == (3,)


# What becomes of it --------------------------------------------------------------------------


def test_adopting_a_reading_goes_through_the_ordinary_act_with_the_aid_named(desk: Any) -> None:
    desk.do(lambda s: acts.transcribe(s, "surname", raw="Кин"))
    show(desk, "surname", "typed", ShownProposal("It reads Ким.", "reading", reading="Ким"))
    with pytest.raises(InputError, match="needs a reason"):
        rules.adopt_reading(desk.state, "surname", 1)
    together(desk, lambda s: rules.adopt_reading(s, "surname", 1, "the last letter is м"))
    reading = desk.state.fields["surname"]
    assert (reading.raw, reading.first, reading.aid) == ("Ким", "Кин", "typed 1.0")
    assert reading.aided == "shown"
    (row,) = shown_on(desk.state, "surname")
    assert row.decision is not None
    assert (row.decision.act, row.decision.entry) == ("adopted", reading.seq)
    desk.do(lambda s: acts.transcribe(s, "surname", raw="Кимм", reason="once more"))
    assert desk.state.fields["surname"].aid == ""


def test_a_reading_corrected_on_the_way_says_so(desk: Any) -> None:
    desk.do(lambda s: acts.transcribe(s, "surname", raw="Кин"))
    show(desk, "surname", "typed", ShownProposal("It reads Км.", "reading", reading="Км"))
    together(desk, lambda s: rules.adopt_reading(s, "surname", 1, "и is faint", "Ким"))
    (row,) = shown_on(desk.state, "surname")
    assert row.decision is not None
    assert row.decision.altered
    assert desk.state.fields["surname"].raw == "Ким"


def test_adopting_a_box_adds_it_to_the_regions_and_answers_nothing(desk: Any) -> None:
    desk.record("photo", "absent")
    assert not desk.state.finding("photo").complete
    show(desk)
    together(desk, lambda s: rules.adopt_region(s, "photo", 1))
    finding = desk.state.finding("photo")
    assert finding.answer == "absent"
    assert finding.regions[0].box == (0.1, 0.1, 0.3, 0.3)
    assert finding.complete
    with pytest.raises(InputError, match="already"):
        rules.adopt_region(desk.state, "photo", 1)


def test_adopting_for_an_item_takes_the_examiners_own_answer(desk: Any) -> None:
    desk.record("photo", "unclear")
    show(desk)
    with pytest.raises(InputError, match="no answer"):
        rules.adopt_answer(desk.state, 1, Recording("photo"))
    with pytest.raises(InputError, match="needs a reason"):
        rules.adopt_answer(desk.state, 1, Recording("photo", "present"))
    going_along = Recording("photo", "present", reason="the seal's edge shows it")
    together(desk, lambda s: rules.adopt_answer(s, 1, going_along))
    event = desk.state.events[-2]
    assert event.data["proposal"] == {"shown": 3, "proposal": 1, "aid": "seals", "version": "1.0"}
    assert desk.state.decisions[-1].entry == event.seq


def test_undoing_what_was_adopted_takes_the_adoption_along_and_redo_brings_it_back(
    desk: Any,
) -> None:
    desk.record("photo", "absent")
    show(desk)
    together(desk, lambda s: rules.adopt_region(s, "photo", 1))
    desk.do(acts.undo)
    assert desk.state.finding("photo").regions == ()
    assert shown_on(desk.state, "photo")[0].decision is None
    desk.do(acts.redo)
    assert shown_on(desk.state, "photo")[0].decision is not None
    assert desk.same_as_folded()


def test_rejecting_needs_a_reason_and_changes_nothing_else(desk: Any) -> None:
    desk.record("photo", "present")
    show(desk)
    with pytest.raises(InputError, match="reason"):
        rules.reject(desk.state, "photo", 1, "  ")
    before = desk.state
    desk.do(lambda s: rules.reject(s, "photo", 1, "It is a coffee ring"))
    assert desk.state.findings == before.findings
    assert shown_on(desk.state, "photo")[0].decision.reason == "It is a coffee ring"


def test_only_what_was_shown_can_be_decided_on(desk: Any) -> None:
    desk.record("photo", "present")
    with pytest.raises(InputError, match="No proposal was shown"):
        rules.reject(desk.state, "photo", 1, "r")
    show(desk)
    with pytest.raises(InputError, match="No proposal 2"):
        rules.reject(desk.state, "photo", 2, "r")


def test_numbers_run_on_over_several_showings(desk: Any) -> None:
    desk.record("photo", "present")
    show(desk)
    other = ShownProposal("Two seals.")
    show(desk, "photo", "seals", SEAL, other)
    assert [row.number for row in shown_on(desk.state, "photo")] == [1, 2, 3]
    assert rules.same_as_shown(desk.state, said("photo", "seals", SEAL, other))
    assert not rules.same_as_shown(desk.state, said())


def test_the_card_stands_in_the_journal_once_for_each_version(desk: Any) -> None:
    card = {"title": "Seals", "figures": []}
    desk.record("photo", "present")
    desk.record("weight", "3")
    show(desk, card=card)
    show(desk, "weight", card=card)
    assert ["card" in e.data for e in desk.events if e.kind == ev.AID_ACT] == [True, False]


# What a journal may hold ---------------------------------------------------------------------


def test_an_unknown_act_of_a_later_version_changes_nothing(desk: Any) -> None:
    before = desk.state
    desk.do(lambda _s: Draft(ev.AID_ACT, {"act": "weighed", "item": "photo", "aid": "x"}))
    assert replace(desk.state, events=()) == replace(before, events=())


@pytest.mark.parametrize(
    "text", ["", "no json", "{}", "[1, null, [2]]", '[{"says": 5, "grounds": 7, "data": []}]',
             '[{"says": "x", "grounds": [{"polygon": [[0, "a"]]}, 3, {"span": [1]}]}]', "[" * 5000,
             '[{"score": NaN}]'],
)  # fmt: skip
def test_whatever_stands_in_a_showing_folds(desk: Any, text: str) -> None:
    desk.record("photo", "present")
    data = {"act": "shown", "item": "photo", "aid": "x", "version": "1", "count": 2}
    desk.do(lambda _s: Draft(ev.AID_ACT, {**data, "proposals": Personal(text)}))
    rows = shown_on(desk.state, "photo")
    assert len(rows) == 2
    assert all(row.proposal is None or isinstance(row.proposal.says, str) for row in rows)


def test_proposals_come_back_from_their_json_as_they_were() -> None:
    full = replace(
        SEAL, fills="surname", reading="\udcff", data={"n": [1, 2.5, None]},
        grounds=(*SEAL.grounds, ShownGround("a letter", span=(1, 2), of="Ким")),
    )  # fmt: skip
    assert proposals_from(proposals_to([full, SEAL])) == (full, SEAL)


def test_what_is_kept_of_a_showing_is_bounded(desk: Any) -> None:
    desk.record("photo", "present")
    big = ShownProposal("x", data={"text": "Ж" * 200_000})
    show(desk, "photo", "seals", big)
    assert desk.state.showings[-1].proposals() == (ShownProposal("x"),)
    show(desk, "photo", "seals", *[ShownProposal("x" * 2000)] * 300)
    assert len(desk.state.showings[-1].text) <= rules.MOST_JSON


def test_after_a_disposal_the_showing_stays_and_its_words_are_gone(desk: Any) -> None:
    desk.record("photo", "present")
    show(desk)
    desk.texts.clear()
    state = desk.folded()
    (row,) = shown_on(state, "photo")
    assert row.proposal is None
    assert row.showing.aid == "seals"


def test_an_upgrade_takes_the_showings_along(desk: Any) -> None:
    desk.record("photo", "present")
    show(desk)
    moved = {
        "checklist": {"id": "small", "version": "2", "sha256": desk.checklist.sha256()},
        "carried": {"photo": "inks"}, "reopened": {}, "dropped": [], "fields": {},
    }  # fmt: skip
    state = desk.do(lambda _s: Draft(ev.UPGRADED, moved))
    assert state.needs_reason_for("inks")


# Which aids belong to what -------------------------------------------------------------------


def test_the_rules_know_the_aids_as_they_are() -> None:
    from docexam.aids.registry import BUILT_IN, all_aids

    assert set(KNOWN_AIDS) == set(BUILT_IN)
    for aid in all_aids()[0]:
        if aid.id in KNOWN_AIDS:
            assert KNOWN_AIDS[aid.id].notes_only == aid.notes_only, aid.id


def test_an_aid_belongs_by_name_else_by_the_kind_of_the_field(checklist: Any) -> None:
    fields = (
        Field("born", "Born", type="date"),
        Field("number", "Number", place="there"),
        Field("own", "Own", type="date", aids=("typed", "watermark")),
        Field("colour", "Colour", type="choice", place="there"),
        Field("remark", "Remark"),
    )
    places = (Place("there", "There", holds="number"),)
    made = replace(checklist, fields=fields, places=places)
    assert aids_of(made, "born") == ("numbers",)
    assert aids_of(made, "number") == ("numbers",)
    assert aids_of(made, "own") == ("typed", "watermark")
    assert aids_of(made, "colour") == aids_of(made, "remark") == aids_of(made, "photo") == ()
    assert aids_of(made, "nothing") == ()
