"""Everything that can be wrong with one examination, found and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from docexam.casebook import journal, rows, schema
from docexam.casebook.originals import Originals
from docexam.casebook.records import Fault, Verification
from docexam.domain.checklist import canonical_json
from docexam.domain.events import DISPOSED, Event
from docexam.errors import DamagedError


def bonds(con: sqlite3.Connection, examination_id: str) -> dict[str, str]:
    """Return what the first event of an examination must be bound to, as the rows have it."""
    row = rows.examination(con, examination_id)
    exhibit = rows.exhibit_by_id(con, row.exhibit)
    names = (exhibit.case, exhibit.exhibit) if exhibit else ("", "")
    return {
        "case": names[0],
        "exhibit": names[1],
        "exhibit_id": row.exhibit,
        "examiner": row.examiner,
        "checklist": row.checklist,
    }


def verify(
    con: sqlite3.Connection, examination_id: str, originals: Originals, *, with_originals: bool
) -> Verification:
    """Check journal, personal texts, bonds, checklists, guards and originals of an examination."""
    row = rows.examination(con, examination_id)
    reading = journal.Reading(con, row)
    faults = [
        *reading.faults,
        *(bond_faults(con, examination_id, reading.events)),
        *_checklist_faults(con, row.checklist, reading.events),
        *_text_faults(con, examination_id, reading),
        *(Fault("guards-altered", f"Guard {what}") for what in schema.guard_faults(con)),
    ]
    disposed = any(event.kind == DISPOSED for event in reading.events)
    if with_originals and not disposed:
        faults += _original_faults(con, row.exhibit, originals)
    return Verification(
        examination=examination_id,
        events=len(reading.events),
        head_seq=row.head_seq,
        head_hash=row.head_hash,
        texts=len(reading.refs - reading.forgotten),
        forgotten=len(reading.forgotten),
        disposed=disposed,
        faults=tuple(faults),
    )


def bond_faults(
    con: sqlite3.Connection, examination_id: str, events: list[Event]
) -> Iterator[Fault]:
    """Yield where the first event and the rows disagree about what the examination belongs to."""
    if not events or events[0].seq != 1:
        return
    bound = events[0].data.get("bound")
    if not isinstance(bound, dict):
        yield Fault("not-bound", "The first event does not say what it belongs to", 1)
        return
    for name, held in bonds(con, examination_id).items():
        if name != "checklist" and bound.get(name) != held:
            what = f"The {name} in the lists is not the one the first event is bound to"
            yield Fault("bond-broken", what, 1)


def _checklist_faults(
    con: sqlite3.Connection, current: str, events: list[Event]
) -> Iterator[Fault]:
    named = {current}
    bound = events[0].data.get("bound") if events else None
    if isinstance(bound, dict):
        named.add(str(bound.get("checklist")))
    for digest in sorted(named):
        try:
            rows.checklist(con, digest)
        except DamagedError as error:
            yield Fault(error.code.removeprefix("DX-").lower(), error.what.rstrip("."))
    # An upgrade names the new checklist in its event, so the current one stands somewhere.
    if not any(current.encode() in canonical_json(event.data) for event in events):
        yield Fault("checklist-foreign", "The current checklist is named by no event")


def _text_faults(
    con: sqlite3.Connection, examination_id: str, reading: journal.Reading
) -> Iterator[Fault]:
    query = "SELECT ref FROM personal WHERE examination = ?"
    held = {str(ref) for (ref,) in con.execute(query, (examination_id,))}
    if loose := held - reading.refs:
        yield Fault("text-loose", f"{len(loose)} personal texts belong to no event")
    disposed = [event for event in reading.events if event.kind == DISPOSED]
    if disposed:
        before = [e for e in reading.events if e.seq < disposed[-1].seq]
        left = sum(len(journal.refs_in(e.data) & held) for e in before)
        if left:
            yield Fault("disposal-unfinished", f"{left} personal texts outlived their disposal")


def _original_faults(
    con: sqlite3.Connection, exhibit: str, originals: Originals
) -> Iterator[Fault]:
    query = "SELECT sha256 FROM originals WHERE exhibit = ? ORDER BY sha256"
    for (sha256,) in con.execute(query, (exhibit,)).fetchall():
        state = originals.check(sha256)
        if not state.ok:
            yield Fault(f"original-{state.state}", f"Original {sha256[:12]}…: {state.reason}")
