"""Properties of the fold over random walks of an examiner."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from docexam.domain import acts
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
)


def take(desk: Any, step: tuple[str, ...]) -> bool:
    """Take one step; False when it was refused, and then nothing may have changed."""
    before = desk.state
    try:
        if step[0] == "record":
            desk.record(step[1], step[2], reason="r")
        elif step[0] == "field":
            desk.do(lambda s: acts.transcribe(s, step[1], raw=step[2]))
        elif step[0] == "reveal":
            desk.do(lambda s: acts.reveal(s, "claims"))
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
