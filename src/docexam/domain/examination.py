"""The state of an examination: the fold of its journal.

`fold` takes the events from the first; `advance` adds later ones. Both are pure, so that any
state can be had again from the journal alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docexam.domain import events as ev
from docexam.domain.checklist import Checklist, Indicator
from docexam.domain.events import Event
from docexam.domain.exhibit import Capture, Provenance
from docexam.domain.finding import Answer, Finding, Reading, Region, lacks
from docexam.domain.proposals import (
    Decision,
    Showing,
    acted,
    aided,
    bound_entry,
    not_undoable,
    renamed,
)

OPEN = "open"
CLOSED = "closed"
DISPOSED = "disposed"


@dataclass(frozen=True, slots=True)
class Reveal:
    """One act of being shown something that could sway the examiner."""

    what: str
    at: str
    seq: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the examiner stated on one question; `proposition` is empty for “cannot tell”."""

    question: str
    proposition: str
    over: str
    wording: str
    because: str
    suggested: Mapping[str, Any]
    override: str
    limits: tuple[str, ...]
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class Examination:
    """One examiner walking one exhibit with one frozen checklist, as the journal tells it."""

    id: str
    case: str
    exhibit: str
    exhibit_id: str
    examiner: str
    checklist: Checklist
    captures: tuple[Capture, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    state: str = OPEN
    findings: Mapping[str, Finding] = field(default_factory=dict)
    fields: Mapping[str, Reading] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Region] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    reveals: tuple[Reveal, ...] = ()
    conclusions: Mapping[str, Conclusion] = field(default_factory=dict)
    was_closed: bool = False
    seen_before: str | None = None
    undoable: tuple[int, ...] = ()
    redoable: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()
    blind: bool = False
    showings: tuple[Showing, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last event; (0, sixty-four zeros) before the first."""
        return (self.events[-1].seq, self.events[-1].hash) if self.events else (0, ev.FIRST_PREV)

    @property
    def needs_reason(self) -> bool:
        """Whether a change of an answer needs a reason: after a reveal or a close."""
        return self.was_closed or bool(self.reveals)

    def needs_reason_for(self, name: str) -> bool:
        """Whether a change of that item or field does: also after a proposal on it was shown."""
        return self.needs_reason or any(name in s.subjects for s in self.showings)

    def capture(self, sha256: str) -> Capture | None:
        """Return the capture with that original, or None."""
        return next((c for c in self.captures if c.sha256 == sha256), None)

    def revealed(self, what: str) -> bool:
        """Whether `what` was revealed in this examination."""
        return any(r.what == what for r in self.reveals)

    def finding(self, item_id: str) -> Finding:
        """Return the finding of that item, an open one when there is none."""
        return self.findings.get(item_id) or Finding(item_id)


Checklists = Callable[[str], Checklist]


def fold(examination_id: str, events: Sequence[Event], checklists: Checklists) -> Examination:
    """Return the state after `events`; the first must be `ExaminationOpened`.

    `checklists` gives the frozen checklist of a hash. Raises ValueError on another first event.
    """
    if not events or events[0].kind != ev.OPENED:
        raise ValueError("a journal begins with ExaminationOpened")
    gone, undoable, redoable = _taken_back(events)
    state = _opened(examination_id, events[0], checklists)
    for event in events[1:]:
        # An adoption stands and falls with the finding or reading it is bound to.
        if event.seq not in gone and bound_entry(event) not in gone:
            state = _apply(state, event, checklists)
    return replace(state, events=tuple(events), undoable=undoable, redoable=redoable)


def advance(state: Examination, events: Sequence[Event], checklists: Checklists) -> Examination:
    """Return `state` after the later `events`; refolds where an undo or redo is among them."""
    if not events:
        return state
    history = (*state.events, *events)
    if any(e.kind in (ev.UNDONE, ev.REDONE) for e in events):
        return fold(state.id, history, checklists)
    for event in events:
        state = _apply(state, event, checklists)
        undoable, redoable = _stacks(state.undoable, state.redoable, event, history)
        state = replace(state, undoable=undoable, redoable=redoable)
    return replace(state, events=history)


def _taken_back(events: Sequence[Event]) -> tuple[set[int], tuple[int, ...], tuple[int, ...]]:
    gone: set[int] = set()
    undoable: tuple[int, ...] = ()
    redoable: tuple[int, ...] = ()
    for event in events:
        if event.kind == ev.UNDONE:
            gone.add(event.data["target"])
        elif event.kind == ev.REDONE:
            gone.discard(event.data["target"])
        undoable, redoable = _stacks(undoable, redoable, event, events)
    return gone, undoable, redoable


# What was seen cannot be unseen: nothing before one of these can be undone, only changed.
_BARRIERS = frozenset({ev.REVEALED, ev.CLOSED, ev.REOPENED, ev.DISPOSED})


def _stacks(
    undoable: tuple[int, ...],
    redoable: tuple[int, ...],
    event: Event,
    history: Sequence[Event],
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if event.kind in (ev.UNDONE, ev.REDONE):
        target = event.data["target"]
        undone = event.kind == ev.UNDONE
        source, aim = (undoable, redoable) if undone else (redoable, undoable)
        source, aim = tuple(s for s in source if s != target), (*aim, target)
        return (source, aim) if undone else (aim, source)
    if event.kind in ev.UNDOABLE:
        return (*undoable, event.seq), ()
    if event.kind in _BARRIERS:
        return (), ()
    if event.kind == ev.AID_ACT:
        acts = {e.seq: e for e in history if e.seq in undoable or e.seq in redoable}
        fixed = not_undoable(event, acts)
        return _without(undoable, fixed), _without(redoable, fixed)
    return undoable, redoable


def _without(stack: tuple[int, ...], fixed: frozenset[int]) -> tuple[int, ...]:
    return tuple(s for s in stack if s not in fixed)


def _opened(examination_id: str, event: Event, checklists: Checklists) -> Examination:
    data = event.data
    stated = {k: event.resolve(v) for k, v in data.get("provenance", {}).items()}
    return Examination(
        id=examination_id,
        case=data["case"],
        exhibit=data["exhibit"],
        exhibit_id=data["exhibit_id"],
        examiner=data["examiner"],
        checklist=checklists(data["checklist"]["sha256"]),
        captures=_captures(event, 1),
        provenance=Provenance(**stated),
        blind=bool(data.get("blind", False)),
        events=(event,),
    )


def _captures(event: Event, first: int) -> tuple[Capture, ...]:
    return tuple(
        Capture(
            n=first + offset,
            sha256=data["sha256"],
            name=event.resolve(data.get("name")),
            width=data["width"],
            height=data["height"],
            format=data["format"],
            size=data.get("size", 0),
            at=event.at,
            metadata=_metadata(event, data.get("metadata")),
            quality=data.get("quality", {}),
        )
        for offset, data in enumerate(event.data["captures"])
    )


def _metadata(event: Event, value: Any) -> Mapping[str, Any]:
    import json

    text = event.resolve(value)
    return dict(json.loads(text)) if text else {}


def _apply(state: Examination, event: Event, checklists: Checklists) -> Examination:
    handler = _HANDLERS.get(event.kind)
    if event.kind == ev.UPGRADED:
        return _upgraded(state, event, checklists)
    return handler(state, event) if handler else state


def _recorded(state: Examination, event: Event) -> Examination:
    data = event.data
    item = state.checklist.item(data["item"])
    findings = dict(state.findings)
    if item is not None:
        findings[item.id] = _finding(state, item, event)
    fields = dict(state.fields)
    for name in data.get("withdrawn", ()):
        _withdraw(findings, fields, name)
    for name in data.get("also", ()):
        _answer_by_fact(state, findings, fields, name, event)
    return replace(state, findings=findings, fields=fields)


def _finding(state: Examination, item: Indicator, event: Event) -> Finding:
    data = event.data
    old = state.finding(item.id)
    changes: dict[str, Any] = {
        "examiner": event.examiner,
        "at": event.at,
        "seq": event.seq,
        "by_fact": "",
        "entered_by": data.get("entered_by", ""),
    }
    if "answer" in data:
        answer = answer_of(event, data["answer"])
        changes |= {"answer": answer, "cause": data.get("cause", "")}
        changes |= _first_kept(state, old, answer)
        if answer != old.answer:
            changes["aided"] = "" if answer is None else aided(state, item.id)
        changes["view"] = data.get("view", old.view)
        changes["crop_seen"] = bool(data.get("crop_seen", False))
    if "note" in data:
        changes["note"] = event.text("note")
    if "reason" in data:
        changes["reason"] = event.text("reason")
    elif "answer" in data and changes["answer"] != old.answer:
        # The reason of an earlier change is none for this one.
        changes["reason"] = ""
    if "reference" in data:
        changes["reference"] = data["reference"]
    if "regions" in data:
        changes["regions"] = tuple(Region.from_dict(r) for r in data["regions"])
    finding = replace(old, **changes)
    complete = finding.answer is not None and not lacks(item, finding, state.captures)
    return replace(finding, complete=complete)


def answer_of(event: Event, raw: Any) -> Answer:
    """Return the answer that stands in an event's data, personal text resolved."""
    if raw is None:
        return None
    if isinstance(raw, (list, tuple)):
        return tuple(str(v) for v in raw)
    return event.resolve(raw)


def _first_kept(state: Examination, old: Finding, new: Answer) -> dict[str, Any]:
    if old.has_first or old.answer is None or old.answer == new:
        return {}
    if not state.needs_reason_for(old.item):
        return {}
    return {"first": old.answer, "has_first": True}


def _withdraw(findings: dict[str, Finding], fields: dict[str, Reading], name: str) -> None:
    if name in findings and findings[name].by_fact:
        kept = replace(findings[name], answer=None, cause="", by_fact="", complete=False)
        findings[name] = kept
        if not (kept.note or kept.regions or kept.has_first):
            del findings[name]
    if name in fields and fields[name].by_fact:
        del fields[name]


def _answer_by_fact(
    state: Examination,
    findings: dict[str, Finding],
    fields: dict[str, Reading],
    name: str,
    event: Event,
) -> None:
    stamp = {
        "answer": "not-visible",
        "cause": "not-photographed",
        "by_fact": event.data["item"],
        "examiner": event.examiner,
        "at": event.at,
        "seq": event.seq,
    }
    if state.checklist.item(name):
        findings[name] = replace(findings.get(name, Finding(name)), complete=True, **stamp)
    elif state.checklist.field_of(name):
        fields[name] = replace(fields.get(name, Reading(name)), **stamp)


def _transcribed(state: Examination, event: Event) -> Examination:
    data = event.data
    name = data["field"]
    old = state.fields.get(name) or Reading(name)
    changes: dict[str, Any] = {
        "examiner": event.examiner,
        "at": event.at,
        "seq": event.seq,
        "by_fact": "",
    }
    if "raw" in data:
        changes |= {"raw": event.text("raw"), "corrected": "", "answer": "", "cause": ""}
        if old.raw != changes["raw"]:
            changes |= _first_read(state, old)
        changes["aid"] = _adopted_from(data)
    if data.get("answer"):
        changes |= {"answer": data["answer"], "raw": "", "corrected": ""}
        changes["cause"] = data.get("cause", "")
        changes |= {"aid": ""} | (_first_read(state, old) if old.answer != data["answer"] else {})
    changes |= {k: event.text(k) for k in ("corrected", "note", "reason") if k in data}
    if "regions" in data:
        changes["regions"] = tuple(Region.from_dict(r) for r in data["regions"])
    reading = replace(old, **changes)
    if (reading.raw, reading.corrected, reading.answer) != (old.raw, old.corrected, old.answer):
        reading = replace(reading, aided=aided(state, name))
    fields = dict(state.fields)
    fields[name] = reading
    if not (reading.raw or reading.corrected or reading.answer or reading.note):
        del fields[name]
    return replace(state, fields=fields)


def _first_read(state: Examination, old: Reading) -> dict[str, Any]:
    """Keep the first reading, or the non-answer that stood in its place."""
    first = old.raw or old.answer
    if old.has_first or not first or old.by_fact or not state.needs_reason_for(old.field):
        return {}
    return {"first": first, "has_first": True}


def _adopted_from(data: Mapping[str, Any]) -> str:
    taken = data.get("proposal")
    return f"{taken['aid']} {taken['version']}" if isinstance(taken, Mapping) else ""


def _marked(state: Examination, event: Event) -> Examination:
    region = Region.from_dict(event.data["region"])
    places = {**state.places, (event.data["place"], region.capture): region}
    return replace(state, places=places)


def _flagged(state: Examination, event: Event) -> Examination:
    item = frozenset({event.data["item"]})
    flags = state.flags | item if event.data["flag"] else state.flags - item
    return replace(state, flags=flags)


def _captures_added(state: Examination, event: Event) -> Examination:
    added = _captures(event, len(state.captures) + 1)
    return replace(state, captures=(*state.captures, *added))


def _revealed(state: Examination, event: Event) -> Examination:
    what = event.data["what"]
    if what == "seen-before":
        return replace(state, seen_before=event.text("text"))
    reveal = Reveal(what, event.at, event.seq, str(event.data.get("about", "")))
    return replace(state, reveals=(*state.reveals, reveal))


def _concluded(state: Examination, event: Event) -> Examination:
    data = event.data
    conclusion = Conclusion(
        question=data["question"],
        proposition=data.get("proposition", ""),
        over=data.get("over", ""),
        wording=data.get("wording", ""),
        because=event.text("because"),
        suggested=data.get("suggested", {}),
        override=event.text("override"),
        limits=tuple(event.resolve(v) for v in data.get("limits", ())),
        at=event.at,
        seq=event.seq,
    )
    return replace(state, conclusions={**state.conclusions, conclusion.question: conclusion})


def _upgraded(state: Examination, event: Event, checklists: Checklists) -> Examination:
    data = event.data
    checklist = checklists(data["checklist"]["sha256"])
    findings = {
        new: replace(state.findings[old], item=new)
        for old, new in data["carried"].items()
        if old in state.findings
    }
    for old, new in data.get("reopened", {}).items():
        if old in state.findings:
            # The question has changed: what was said to the old one is no answer to it.
            findings[new] = replace(
                state.findings[old], item=new, answer=None, cause="", by_fact="", complete=False
            )
    fields = {
        new: replace(state.fields[old], field=new)
        for old, new in data.get("fields", {}).items()
        if old in state.fields
    }
    checked = _recheck(findings, checklist, state)
    names = {**data["carried"], **data.get("reopened", {})}
    showings = renamed(state.showings, names, data.get("fields", {}))
    return replace(state, checklist=checklist, findings=checked, fields=fields, showings=showings)


def _recheck(
    findings: Mapping[str, Finding], checklist: Checklist, state: Examination
) -> dict[str, Finding]:
    checked: dict[str, Finding] = {}
    for name, finding in findings.items():
        item = checklist.item(name)
        if item is not None:
            complete = finding.answer is not None and not lacks(item, finding, state.captures)
            checked[name] = replace(finding, complete=complete)
    return checked


def _closed(state: Examination, event: Event) -> Examination:
    return replace(state, state=CLOSED, was_closed=True)


def _reopened(state: Examination, event: Event) -> Examination:
    return replace(state, state=OPEN)


def _disposed(state: Examination, event: Event) -> Examination:
    return replace(state, state=DISPOSED)


_HANDLERS: Mapping[str, Callable[[Examination, Event], Examination]] = {
    ev.FINDING_RECORDED: _recorded,
    ev.FIELD_TRANSCRIBED: _transcribed,
    ev.PLACE_MARKED: _marked,
    ev.FLAGGED: _flagged,
    ev.CAPTURES_ADDED: _captures_added,
    ev.REVEALED: _revealed,
    ev.CONCLUDED: _concluded,
    ev.AID_ACT: acted,
    ev.CLOSED: _closed,
    ev.REOPENED: _reopened,
    ev.DISPOSED: _disposed,
}
