"""The order of looking: what was seen before what, told from the journal."""

from __future__ import annotations

from dataclasses import replace

from docexam.domain import events as ev
from docexam.domain.events import Event
from docexam.domain.examination import Examination
from docexam.domain.proposals import subject_of
from docexam.reports import model as m

SEEN_BEFORE = "seen-before"
_WORK = frozenset(
    {ev.FINDING_RECORDED, ev.FIELD_TRANSCRIBED, ev.PLACE_MARKED, ev.FLAGGED, ev.UNDONE, ev.REDONE}
)
_KINDS = {
    ev.OPENED: "opened",
    ev.CAPTURES_ADDED: "captures",
    ev.CONCLUDED: "concluded",
    ev.CLOSED: "closed",
    ev.REOPENED: "reopened",
    ev.DISPOSED: "disposed",
    ev.UPGRADED: "upgraded",
    ev.ADJUDICATED: "adjudicated",
}


def order_of_looking(examination: Examination) -> tuple[m.StepEntry, ...]:
    """Return the acts in the journal's order, runs of work told as one step each."""
    steps: list[m.StepEntry] = []
    for event in examination.events:
        if event.kind in _WORK:
            steps = _with_work(steps, event)
        elif event.kind == ev.REVEALED:
            steps.append(_reveal(event))
        elif event.kind == ev.AID_ACT:
            steps.append(_aid_act(examination, event))
        elif event.kind in _KINDS:
            steps.append(_step(event))
    return tuple(steps)


def _with_work(steps: list[m.StepEntry], event: Event) -> list[m.StepEntry]:
    last = steps[-1] if steps else None
    if last is None or last.kind != "work" or last.examiner != event.examiner:
        last = m.StepEntry("work", event.seq, event.seq, event.at, examiner=event.examiner)
        steps = [*steps, last]
    # An undo of an undone act brings it back; the counts are of acts, not of what stands.
    grown = replace(
        last,
        last_seq=event.seq,
        until=event.at,
        answers=last.answers + (event.kind == ev.FINDING_RECORDED and "answer" in event.data),
        readings=last.readings + (event.kind == ev.FIELD_TRANSCRIBED),
        taken_back=last.taken_back + (event.kind == ev.UNDONE) - (event.kind == ev.REDONE),
    )
    return [*steps[:-1], grown]


def _reveal(event: Event) -> m.StepEntry:
    what = str(event.data.get("what", ""))
    if what == SEEN_BEFORE:
        text = event.text("text")
        return _single(event, SEEN_BEFORE, text=text)
    return _single(event, "reveal", what=what, text=str(event.data.get("about", "")))


def _step(event: Event) -> m.StepEntry:
    return _single(
        event,
        _KINDS[event.kind],
        captures=len(event.data.get("captures", ())),
        what=str(event.data.get("item", event.data.get("question", ""))),
        text=event.text("reason"),
    )


def _aid_act(examination: Examination, event: Event) -> m.StepEntry:
    """Return a showing, an adoption or a rejection; which proposal it was stands beside the item.

    An adoption that was undone stays here: the order tells acts, not what stands.
    """
    data = event.data
    act = str(data.get("act", ""))
    showing = next((s for s in examination.showings if s.seq == event.seq), None)
    if showing is not None and showing.before_answer:
        act = "shown-first"
    step = _single(event, "aid", what=subject_of(data), text=event.text("reason"))
    return replace(step, act=act, aid=f"{data.get('aid', '')} {data.get('version', '')}".strip())


def _single(
    event: Event, kind: str, *, captures: int = 0, what: str = "", text: str = ""
) -> m.StepEntry:
    return m.StepEntry(
        kind,
        event.seq,
        event.seq,
        event.at,
        captures=captures,
        what=what,
        text=text,
        examiner=event.examiner,
    )


def changed_later(examination: Examination) -> tuple[m.ChangeEntry, ...]:
    """Return the items and fields whose first answer was changed after a reveal or a close."""
    checklist = examination.checklist
    items = [i for i in checklist.walk() if examination.finding(i.id).has_first]
    found = [m.ChangeEntry(i.id, i.ask) for i in items]
    for spec in checklist.fields:
        reading = examination.fields.get(spec.id)
        if reading and reading.has_first:
            found.append(m.ChangeEntry(spec.id, spec.label))
    return tuple(found)


def head_of(examination: Examination) -> m.Head:
    """Return the last entry that belongs to the examination: writing a report does not move it."""
    own = [e for e in examination.events if e.kind != ev.REPORTED]
    last = own[-1] if own else None
    return m.Head(last.seq, last.hash, last.at) if last else m.Head(0, ev.FIRST_PREV, "")


def state_of(examination: Examination) -> m.StateEntry:
    """Return the state with the times the journal gives."""
    events = examination.events
    work = [e.at for e in events if e.kind in (ev.FINDING_RECORDED, ev.FIELD_TRANSCRIBED)]
    closed = [e.at for e in events if e.kind == ev.CLOSED]
    return m.StateEntry(
        state=examination.state,
        was_closed=examination.was_closed,
        opened=events[0].at if events else "",
        first_answer=work[0] if work else "",
        last_answer=work[-1] if work else "",
        closed=closed[-1] if closed and examination.state == "closed" else "",
    )
