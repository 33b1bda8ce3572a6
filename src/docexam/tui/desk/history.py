"""The journal in words: what was recorded, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docexam.domain import events as ev
from docexam.domain.checklist import OPEN
from docexam.domain.concluding import sentence
from docexam.domain.events import Event
from docexam.domain.examination import Examination, answer_of
from docexam.domain.text import visible
from docexam.tui.desk.outline import answer_words, humanised
from docexam.tui.lines import Line, Span, counted, paragraph


def journal_lines(state: Examination, width: int) -> list[Line]:
    """Return the journal, the last act first, at `width` cells."""
    lines: list[Line] = []
    for event in reversed(state.events):
        lead = f"{event.seq:>5}  {when(event.at)}  "
        role = "dim" if _taken_back(state, event) else ""
        lines += paragraph(event_words(state, event), width, role, first=lead, rest=" " * len(lead))
    return lines or [(Span("Nothing was recorded yet.", "dim"),)]


def when(at: str) -> str:
    """Return a time as people read it: `2026-03-01 09:30:00 UTC`."""
    return visible(at.split(".")[0].replace("T", " ").removesuffix("Z") + " UTC") if at else ""


def _taken_back(state: Examination, event: Event) -> bool:
    return (
        event.kind in ev.UNDOABLE and event.seq not in state.undoable and not _barred(state, event)
    )


def _barred(state: Examination, event: Event) -> bool:
    # Behind a reveal or a close nothing can be undone, which does not mean that it was.
    later = (e for e in state.events if e.seq > event.seq)
    undone = {e.data["target"] for e in later if e.kind == ev.UNDONE}
    return event.seq not in undone


def event_words(state: Examination, event: Event) -> str:
    """Return what an event says, in one sentence."""
    words = _WORDS.get(event.kind)
    return words(state, event) if words else humanised(event.kind)


def _recorded(state: Examination, event: Event) -> str:
    data = event.data
    parts = [f"{humanised(str(data['item']))}:"]
    if "answer" in data:
        parts.append(_answer(state, event))
    parts += [f"because {data['cause'].replace('-', ' ')}"] if data.get("cause") else []
    parts += ["note"] if "note" in data else []
    parts += [counted(len(data["regions"]), "region")] if "regions" in data else []
    parts += [f"reason “{event.text('reason')}”"] if "reason" in data else []
    also = len(data.get("also", ()))
    parts += [f"({counted(also, 'item')} of pages not shown answered)"] if also else []
    return ", ".join(parts).replace(":,", ":")


def _answer(state: Examination, event: Event) -> str:
    item = state.checklist.item(event.data["item"])
    answer = answer_of(event, event.data["answer"])
    if item is None:
        return str(answer or OPEN)
    return answer_words(item, answer)


def _transcribed(state: Examination, event: Event) -> str:
    data = event.data
    field = state.checklist.field_of(data["field"])
    name = field.label if field else data["field"]
    said: Mapping[str, Any] = {
        "reading": event.text("raw") if "raw" in data else None,
        "corrected": event.text("corrected") if "corrected" in data else None,
        "answer": str(data.get("answer", "")).replace("-", " ") or None,
        "note": "" if "note" in data else None,
        "regions": str(len(data["regions"])) if "regions" in data else None,
    }
    told = [f"{key} {value}".strip() for key, value in said.items() if value is not None]
    return f"{name}: {', '.join(told)}"


def _undone(state: Examination, event: Event) -> str:
    word = "Undone" if event.kind == ev.UNDONE else "Redone"
    target = next((e for e in state.events if e.seq == event.data["target"]), None)
    return f"{word}: no. {event.data['target']}" + (
        f", {event_words(state, target)}" if target else ""
    )


def _flagged(state: Examination, event: Event) -> str:
    return f"{humanised(event.data['item'])}: flag {'set' if event.data['flag'] else 'taken off'}"


def _revealed(state: Examination, event: Event) -> str:
    if event.data["what"] == "seen-before":
        return f"Seen or told before: {event.text('text')}"
    what = event.data["what"]
    return f"Revealed: {what}" + (", from here on aids are shown first" if what == "aids" else "")


def _aid_acted(state: Examination, event: Event) -> str:
    data = event.data
    name = _subject(state, str(data.get("item") or data.get("field") or ""))
    aid = f"{data.get('aid', 'an aid')} {data.get('version', '')}".strip()
    number = data.get("proposal", 1)
    said: Mapping[str, str] = {
        "shown": f"shown what {aid} proposes, {_count(data.get('count', 0))}",
        "adopted": f"proposal {number} of {aid} adopted, entry {data.get('entry', '')}",
        "rejected": f"proposal {number} of {aid} rejected",
    }
    reason = event.text("reason")
    told = said.get(str(data.get("act")), str(data.get("act")))
    return f"{name}: {told}" + (f", reason “{reason}”" if reason else "")


def _count(count: int) -> str:
    return counted(count, "proposal") if count else "nothing"


def _subject(state: Examination, name: str) -> str:
    field = state.checklist.field_of(name)
    return field.label if field and field.label else humanised(name)


def _concluded(state: Examination, event: Event) -> str:
    data = event.data
    told = sentence(state.checklist, data["proposition"], data["over"], data["wording"])
    return f"Concluded on {data['question']}: {told}"


def _fixed(words: str) -> Callable[[Examination, Event], str]:
    return lambda _state, _event: words


_WORDS: Mapping[str, Callable[[Examination, Event], str]] = {
    ev.OPENED: lambda s, e: (
        f"Examination opened by {e.examiner}, {len(e.data['captures'])} captures"
    ),
    ev.CAPTURES_ADDED: lambda s, e: f"{len(e.data['captures'])} captures added",
    ev.FINDING_RECORDED: _recorded,
    ev.FIELD_TRANSCRIBED: _transcribed,
    ev.PLACE_MARKED: lambda s, e: f"Place marked: {humanised(str(e.data['place']))}",
    ev.FLAGGED: _flagged,
    ev.UNDONE: _undone,
    ev.REDONE: _undone,
    ev.REVEALED: _revealed,
    ev.AID_ACT: _aid_acted,
    ev.CONCLUDED: _concluded,
    ev.ADJUDICATED: lambda s, e: f"Settled: {humanised(str(e.data['item']))}, {_answer(s, e)}",
    ev.CLOSED: _fixed("Closed"),
    ev.REOPENED: lambda s, e: f"Opened again: {e.text('reason')}",
    ev.DISPOSED: _fixed("Disposed of"),
    ev.UPGRADED: _fixed("Checklist upgraded"),
}
