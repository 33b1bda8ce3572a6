"""Between events and the store: frozen checklists, projections, the search index, the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from docexam.domain import events as ev
from docexam.domain.checklist import Checklist
from docexam.domain.events import Event
from docexam.domain.examination import Examination
from docexam.domain.standing import Standing

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store, Transaction


def frozen_checklists(store: Store) -> Callable[[str], Checklist]:
    """Return a function that gives the frozen checklist of a hash, each read once."""

    @cache
    def read(sha256: str) -> Checklist:
        return Checklist.from_dict(store.checklist(sha256))

    return read


def project(tx: Transaction, state: Examination, standing: Standing) -> None:
    """Bring the overview's figures up to date, in the transaction of the event."""
    progress = standing.progress()
    tx.project(
        state=state.state,
        answered=progress.answered,
        total=progress.total,
        critical_open=progress.critical_open,
        updated=state.events[-1].at,
    )
    # Only these can exchange the checklist, and hashing one on every answer would cost.
    if state.events[-1].kind in (ev.UPGRADED, ev.UNDONE, ev.REDONE):
        tx.project(checklist=state.checklist.sha256(), checklist_id=state.checklist.id)


def index_event(tx: Transaction, state: Examination, event: Event) -> None:
    """Bring the search index up to date with what an event wrote or took back."""
    if event.kind in (ev.UNDONE, ev.REDONE):
        target = next((e for e in state.events if e.seq == event.data["target"]), event)
        _index_subject(tx, state, target)
        return
    _index_subject(tx, state, event)
    for key, text in _fixed_texts(event):
        tx.index(key, text)


def _index_subject(tx: Transaction, state: Examination, event: Event) -> None:
    if event.kind == ev.FINDING_RECORDED:
        finding = state.finding(event.data["item"])
        typed = finding.answer if isinstance(event.data.get("answer"), Mapping) else ""
        _keep(tx, f"finding:{finding.item}", finding.note, finding.reason, str(typed or ""))
    elif event.kind == ev.FIELD_TRANSCRIBED:
        reading = state.fields.get(event.data["field"])
        texts = (reading.raw, reading.corrected, reading.note) if reading else ()
        _keep(tx, f"field:{event.data['field']}", *texts)


def _keep(tx: Transaction, key: str, *texts: str) -> None:
    joined = "\n".join(t for t in texts if t)
    if joined:
        tx.index(key, joined)
    else:
        tx.unindex(key)


def _fixed_texts(event: Event) -> Iterator[tuple[str, str]]:
    for n, capture in enumerate(event.data.get("captures", ())):
        name = event.resolve(capture.get("name"))
        if name:
            yield f"capture:{event.seq}:{n}", name
    for key, value in event.data.get("provenance", {}).items():
        text = event.resolve(value)
        if text:
            yield f"provenance:{key}", text
    if event.kind == ev.CONCLUDED:
        yield f"conclusion:{event.data['question']}", event.text("because")


def log_entries(state: Examination) -> list[dict[str, Any]]:
    """Return the journal as plain data.

    `data` is exactly what each hash covers; `texts` gives the personal texts that its refs stand
    for, and lacks those that were disposed of.
    """
    return [
        {
            "seq": event.seq,
            "at": event.at,
            "examiner": event.examiner,
            "kind": event.kind,
            "data": event.data,
            "texts": dict(event.texts),
            "hash": event.hash,
            "prev": event.prev,
        }
        for event in state.events
    ]
