"""Proposals as an examination keeps them: what was shown, on what, and what became of it.

A showing is an act in the journal. The proposals themselves are personal text of that act, so
that a disposal forgets them; what the aid was, when and on which item it was shown stays. A
showing, an adoption and a rejection never change an answer, a reading or a region.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from docexam.domain import events as ev
from docexam.domain import geometry
from docexam.domain.events import Event

if TYPE_CHECKING:
    from docexam.domain.examination import Examination

SHOWN = "shown"
ADOPTED = "adopted"
REJECTED = "rejected"
TRIAGE = "triage"
MOST_PROPOSALS = 200
MOST_GROUNDS = 100


@dataclass(frozen=True, slots=True)
class ShownGround:
    """One ground: a sentence, and where on a capture or in a text a person can check it.

    `capture` counts from 1, 0 for none; `shape` is four points in fractions of the upright image.
    """

    says: str
    capture: int = 0
    shape: geometry.Quad | None = None
    span: tuple[int, int] | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """What an aid said: a sentence, grounds, a score with its meaning, a reading, data.

    `fills`: the field that `reading` is for.
    """

    says: str
    key: str = ""
    grounds: tuple[ShownGround, ...] = ()
    score: float | None = None
    meaning: str = ""
    fills: str = ""
    reading: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shapes(self) -> tuple[ShownGround, ...]:
        """The grounds that have a place on a capture."""
        return tuple(g for g in self.grounds if g.shape is not None)


@dataclass(frozen=True, slots=True)
class Showing:
    """One act of showing what an aid said on an item or a field.

    `also`: other fields the proposals speak of; they count as shown on too. `text` is the JSON of
    the proposals, empty once disposed of. `card`: the aid's card as it was then. `before_answer`:
    the subject had no answer or reading yet, which happens in triage only.
    """

    seq: int
    at: str
    aid: str
    version: str
    subject: str
    key: str
    count: int
    also: tuple[str, ...] = ()
    before_answer: bool = False
    text: str = ""
    card: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The item or field it was shown on, and the fields it also speaks of."""
        return (self.subject, *self.also)

    def proposals(self) -> tuple[ShownProposal, ...]:
        """Return what was shown; empty where that was disposed of or was nothing."""
        return proposals_from(self.text)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the examiner did with a proposal: `act` adopted or rejected.

    `shown` is the number of the showing's entry, `index` the proposal in it from 0, `entry` the
    number of the finding or reading that an adoption is bound to; `altered`: the examiner
    corrected the reading or the region while taking it over.
    """

    act: str
    shown: int
    index: int
    reason: str
    at: str
    seq: int
    entry: int = 0
    altered: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal shown on a subject; `number` counts from 1 over all showings on it.

    `proposal` is None where it was disposed of.
    """

    number: int
    index: int
    showing: Showing
    proposal: ShownProposal | None
    decision: Decision | None = None


def shown_on(state: Examination, subject: str) -> tuple[Shown, ...]:
    """Return every proposal shown on an item or field so far, in the order of showing."""
    rows: list[Shown] = []
    for showing in state.showings:
        if subject not in showing.subjects:
            continue
        held = showing.proposals()
        for index in range(max(showing.count, len(held))):
            proposal = held[index] if index < len(held) else None
            decided = last_decision(state, showing.seq, index)
            rows.append(Shown(len(rows) + 1, index, showing, proposal, decided))
    return tuple(rows)


def last_decision(state: Examination, shown: int, index: int) -> Decision | None:
    """Return the last word on a proposal, or None."""
    found = [d for d in state.decisions if (d.shown, d.index) == (shown, index)]
    return found[-1] if found else None


# The fold ------------------------------------------------------------------------------------


def acted(state: Examination, event: Event) -> Examination:
    """Return the state after an act with an aid; an unknown act changes nothing."""
    act = event.data.get("act")
    if act == SHOWN:
        return replace(state, showings=(*state.showings, _showing(state, event)))
    if act in (ADOPTED, REJECTED):
        return replace(state, decisions=(*state.decisions, _decision(event)))
    return state


def _showing(state: Examination, event: Event) -> Showing:
    data = event.data
    subject = subject_of(data)
    return Showing(
        seq=event.seq,
        at=event.at,
        aid=str(data.get("aid", "")),
        version=str(data.get("version", "")),
        subject=subject,
        key=str(data.get("key", "")),
        count=min(int(data.get("count", 0)), MOST_PROPOSALS),
        also=tuple(map(str, data.get("also", ()))),
        before_answer=not has_own_word(state, subject),
        text=event.text("proposals"),
        card=dict(data.get("card", {})),
    )


def _decision(event: Event) -> Decision:
    data = event.data
    return Decision(
        act=str(data["act"]),
        shown=int(data.get("shown", 0)),
        index=int(data.get("proposal", 1)) - 1,
        reason=event.text("reason"),
        at=event.at,
        seq=event.seq,
        entry=int(data.get("entry", 0)),
        altered=bool(data.get("altered", False)),
    )


def subject_of(data: Mapping[str, Any]) -> str:
    """Return the item or field an act with an aid is about."""
    return str(data.get("item") or data.get("field") or "")


def bound_entry(event: Event) -> int:
    """Return the entry an adoption stands and falls with; 0 for every other event."""
    if event.kind == ev.AID_ACT and event.data.get("act") == ADOPTED:
        return int(event.data.get("entry", 0))
    return 0


def has_own_word(state: Examination, subject: str) -> bool:
    """Tell whether the examiner has answered an item or read a field; a non-answer counts.

    What follows from a fact about pages is nobody's look at the thing.
    """
    finding = state.findings.get(subject)
    if finding is not None:
        return finding.answer is not None and not finding.by_fact
    reading = state.fields.get(subject)
    return reading is not None and bool(reading.raw or reading.answer) and not reading.by_fact


def shown_names(state: Examination) -> frozenset[str]:
    """Return the items and fields on which something was shown."""
    return frozenset(name for showing in state.showings for name in showing.subjects)


def aided(state: Examination, name: str) -> str:
    """Return under what an answer given now would be given: `triage`, `shown` or nothing."""
    if state.revealed("aids"):
        return TRIAGE
    return SHOWN if any(name in s.subjects for s in state.showings) else ""


def not_undoable(event: Event, earlier: Mapping[int, Event]) -> frozenset[int]:
    """Return which earlier acts a showing puts out of the reach of undo and redo.

    Those that gave or took the answers it was shown on: a change of these needs a reason.
    """
    if event.data.get("act") != SHOWN:
        return frozenset()
    names = {subject_of(event.data), *map(str, event.data.get("also", ()))}
    return frozenset(seq for seq, act in earlier.items() if _touches(act, names))


def _touches(event: Event, names: set[str]) -> bool:
    data = event.data
    if event.kind == ev.UPGRADED:
        return True
    if event.kind == ev.FIELD_TRANSCRIBED:
        return data.get("field") in names
    if event.kind != ev.FINDING_RECORDED:
        return False
    return bool({data.get("item"), *data.get("also", ()), *data.get("withdrawn", ())} & names)


def renamed(
    showings: Sequence[Showing], items: Mapping[str, str], fields: Mapping[str, str]
) -> tuple[Showing, ...]:
    """Return the showings under the names that an upgrade gave to items and fields."""
    names = {**fields, **items}
    return tuple(
        replace(
            s, subject=names.get(s.subject, s.subject), also=tuple(names.get(a, a) for a in s.also)
        )
        for s in showings
    )


# The JSON form -------------------------------------------------------------------------------


def proposals_to(proposals: Sequence[ShownProposal]) -> str:
    """Return the JSON that a showing keeps: sorted keys, ASCII, no NaN."""
    return json.dumps([_plain(p) for p in proposals], sort_keys=True, allow_nan=False)


def _plain(proposal: ShownProposal) -> dict[str, Any]:
    form: dict[str, Any] = {
        "says": proposal.says,
        "key": proposal.key,
        "grounds": [_plain_ground(g) for g in proposal.grounds],
    }
    if proposal.score is not None:
        form |= {"score": proposal.score, "meaning": proposal.meaning}
    if proposal.fills or proposal.reading:
        form |= {"fills": proposal.fills, "reading": proposal.reading}
    return form | ({"data": dict(proposal.data)} if proposal.data else {})


def _plain_ground(ground: ShownGround) -> dict[str, Any]:
    form: dict[str, Any] = {"says": ground.says}
    if ground.capture:
        form["capture"] = ground.capture
    if ground.shape is not None:
        form["polygon"] = [list(point) for point in ground.shape]
    if ground.span is not None:
        form |= {"span": list(ground.span), "of": ground.of}
    return form


def proposals_from(text: str) -> tuple[ShownProposal, ...]:
    """Return the proposals that a showing's JSON holds.

    What is none is left out: a journal from elsewhere may hold anything.
    """
    try:
        listed = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(listed, list):
        return ()
    return tuple(_proposal(p) for p in listed[:MOST_PROPOSALS] if isinstance(p, dict))


def _proposal(form: Mapping[str, Any]) -> ShownProposal:
    data, grounds = form.get("data"), form.get("grounds")
    return ShownProposal(
        says=_text(form, "says"),
        key=_text(form, "key"),
        grounds=tuple(
            _ground(g)
            for g in (grounds if isinstance(grounds, list) else [])[:MOST_GROUNDS]
            if isinstance(g, dict)
        ),
        score=_number(form.get("score")),
        meaning=_text(form, "meaning"),
        fills=_text(form, "fills"),
        reading=_text(form, "reading"),
        data=data if isinstance(data, dict) else {},
    )


def _ground(form: Mapping[str, Any]) -> ShownGround:
    capture = form.get("capture", 0)
    return ShownGround(
        says=_text(form, "says"),
        capture=capture if isinstance(capture, int) and capture > 0 else 0,
        shape=_shape(form.get("polygon")),
        span=_span(form.get("span")),
        of=_text(form, "of"),
    )


def _text(form: Mapping[str, Any], key: str) -> str:
    value = form.get(key, "")
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if known and math.isfinite(value) else None


def _shape(points: Any) -> geometry.Quad | None:
    try:
        a, b, c, d = ((float(x), float(y)) for x, y in points)
    except (TypeError, ValueError):
        return None
    return (a, b, c, d) if all(math.isfinite(v) for p in (a, b, c, d) for v in p) else None


def _span(value: Any) -> tuple[int, int] | None:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value):
        return value[0], value[1]
    return None
