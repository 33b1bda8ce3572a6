"""Properties of the fold over random walks of an examiner."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from docexam.domain import acts
from docexam.domain import events as ev
from docexam.domain import proposing as rules
from docexam.domain.checklist import Proposition
from docexam.domain.proposals import ShownGround, ShownProposal, shown_names
from docexam.domain.standing import standing_of
from docexam.domain.support import support_of
from docexam.errors import DocexamError

_SPEC = importlib.util.spec_from_file_location(
    "desk_of_units", Path(__file__).parents[1] / "unit" / "conftest.py"
)
assert _SPEC
assert _SPEC.loader
_UNITS = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_UNITS)

ITEMS = ("photo", "seal", "inks", "weight", "compare", "pages")
ANSWERS = ("present", "absent", "yes", "no", "blue", "blue,violet", "", "3", "cover", "identity",
           "unclear", "not-visible", "not-applicable", "no-reference", "open")  # fmt: skip
STEP = st.one_of(
    st.tuples(st.just("record"), st.sampled_from(ITEMS), st.sampled_from(ANSWERS)),
    st.tuples(st.just("field"), st.just("surname"), st.sampled_from(("А", "Б", "В"))),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("reveal")),
    st.tuples(st.just("triage")),
    st.tuples(st.just("show"), st.sampled_from((*ITEMS, "surname")), st.sampled_from("12")),
    st.tuples(st.just("adopt"), st.sampled_from((*ITEMS, "surname")), st.sampled_from(ANSWERS)),
    st.tuples(st.just("reject"), st.sampled_from((*ITEMS, "surname"))),
)
BOX = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5))


def take_with_aid(desk: Any, step: tuple[str, ...]) -> None:
    """Show, adopt or reject as the workbench does."""
    subject = step[1]
    if step[0] == "show":
        found = ShownProposal(f"says {step[2]}", grounds=(ShownGround("here", 1, BOX),),
                              reading="Г" + step[2])  # fmt: skip
        desk.do(lambda s: rules.show(s, rules.Said(subject, "aid", "1", step[2], (found,))))
        return
    if step[0] == "reject":
        desk.do(lambda s: rules.reject(s, subject, 1, "no"))
        return
    if subject == "surname":
        drafts = rules.adopt_reading(desk.state, subject, 1, "r")
    elif step[2] == "open":
        drafts = rules.adopt_region(desk.state, subject, 1, 0, "r")
    else:
        drafts = rules.adopt_answer(desk.state, 1, acts.Recording(subject, step[2], reason="r"))
    acts.must_be_open(desk.state, "Ann")
    for draft in drafts:
        desk.do(lambda _s, d=draft: d)


def take(desk: Any, step: tuple[str, ...]) -> bool:
    """Take one step; False when it was refused, and then nothing may have changed."""
    before = desk.state
    try:
        if step[0] == "record":
            desk.record(step[1], step[2], reason="r")
        elif step[0] == "field":
            desk.do(lambda s: acts.transcribe(s, step[1], raw=step[2]))
        elif step[0] in ("reveal", "triage"):
            desk.do(lambda s: acts.reveal(s, "claims" if step[0] == "reveal" else "aids"))
        elif step[0] in ("show", "adopt", "reject"):
            take_with_aid(desk, step)
        else:
            desk.do(acts.undo if step[0] == "undo" else acts.redo)
    except DocexamError:
        assert desk.state is before
        return False
    return True


@given(st.lists(STEP, max_size=40))
def test_advancing_equals_folding_from_the_start(steps: list[tuple[str, ...]]) -> None:
    desk = _UNITS.Desk(_UNITS.small_checklist())
    for step in steps:
        take(desk, step)
        assert desk.same_as_folded()


@given(st.lists(STEP, max_size=25), st.sampled_from(ITEMS), st.sampled_from(ANSWERS))
def test_undo_then_redo_changes_nothing(
    steps: list[tuple[str, ...]], item: str, answer: str
) -> None:
    desk = _UNITS.Desk(_UNITS.small_checklist())
    for step in steps:
        take(desk, step)
    before = desk.state
    if not take(desk, ("record", item, answer)):
        return
    after = desk.state
    desk.do(acts.undo)
    assert desk.state.findings == before.findings
    assert desk.state.fields == before.fields
    desk.do(acts.redo)
    assert desk.state.findings == after.findings
    assert desk.state.fields == after.fields


@given(st.lists(STEP, max_size=30))
def test_counts_agree_with_the_items(steps: list[tuple[str, ...]]) -> None:
    desk = _UNITS.Desk(_UNITS.small_checklist())
    for step in steps:
        take(desk, step)
    progress = desk.standing.progress()
    visible = [s for s in desk.standing.items.values() if s.visible]
    assert progress.total == len(visible)
    assert 0 <= progress.answered <= progress.total
    assert progress.critical_open <= progress.total - progress.answered


@given(st.lists(STEP, max_size=40))
def test_an_act_with_an_aid_changes_no_answer_and_no_support(steps: list[tuple[str, ...]]) -> None:
    explained = tuple(Proposition(n, "contents", n) for n in ("regular", "interim"))
    desk = _UNITS.Desk(replace(_UNITS.small_checklist(), propositions=explained))
    kept: list[tuple[object, ...]] = []
    write = desk.write

    def watched(draft: Any) -> Any:
        kept.append((draft.kind, desk.state))
        return write(draft)

    desk.write = watched
    for step in steps:
        take(desk, step)
    after = [*(state for _, state in kept), desk.state][1:]
    for (kind, before), later in zip(kept, after, strict=True):
        if kind == ev.AID_ACT:
            assert later.findings == before.findings
            assert later.fields == before.fields
            assert later.places == before.places
            assert later.conclusions == before.conclusions
            assert standing_of(later) == standing_of(before)
            assert support_of(later, standing_of(later), ()) == support_of(
                before, standing_of(before), ()
            )


@given(st.lists(STEP, max_size=40))
def test_what_stood_when_it_was_shown_stays_visible(steps: list[tuple[str, ...]]) -> None:
    desk = _UNITS.Desk(_UNITS.small_checklist())
    first: dict[str, object] = {}
    for step in steps:
        before = desk.state
        if not take(desk, step) or step[0] != "show" or before.revealed("aids"):
            continue
        name = step[1]
        reading = before.fields.get(name)
        now = (reading.raw or reading.answer) if reading else before.finding(name).answer
        kept = reading if reading else before.finding(name)
        first.setdefault(name, kept.first if kept.has_first else now)
    for name, answer in first.items():
        reading = desk.state.fields.get(name)
        found = reading or desk.state.finding(name)
        now = (reading.raw or reading.answer) if reading else found.answer
        assert answer is not None
        assert now == answer or (found.has_first and found.first == answer)


@given(st.lists(STEP, max_size=40))
def test_nothing_is_shown_on_what_was_not_answered_but_in_triage(
    steps: list[tuple[str, ...]],
) -> None:
    desk = _UNITS.Desk(_UNITS.small_checklist())
    for step in steps:
        take(desk, step)
    for showing in desk.state.showings:
        opened = [r.seq for r in desk.state.reveals if r.what == "aids"]
        assert not showing.before_answer or (opened and opened[0] < showing.seq)
    assert shown_names(desk.state) <= {*ITEMS, "surname"}
