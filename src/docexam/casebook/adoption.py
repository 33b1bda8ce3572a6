"""Examinations that travel: taken out whole, checked anywhere, taken over verbatim.

A travelling examination keeps its events, hashes, salts and personal texts, so that its chain
verifies wherever it is. Taking it over goes through the same guards as every other event.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docexam.casebook import journal, rows, verification
from docexam.casebook.originals import Originals
from docexam.casebook.records import ExaminationRow, ExhibitRow, Fault
from docexam.casebook.writing import Writing
from docexam.domain.checklist import canonical_json
from docexam.domain.events import DISPOSED, FIRST_PREV, Event, event_hash, personal_ref
from docexam.errors import DamagedError

BONDS = ("case", "exhibit", "exhibit_id", "examiner", "checklist")


@dataclass(frozen=True, slots=True)
class Travelling:
    """One examination outside a casebook, whole.

    `personal` maps each ref to its salt and text; what was disposed of is not in it.
    """

    id: str
    events: tuple[Event, ...]
    personal: Mapping[str, tuple[bytes, str]]

    @property
    def bound(self) -> Mapping[str, Any]:
        """What the first event binds the examination to; empty where it does not say."""
        held = self.events[0].data.get("bound") if self.events else None
        return held if isinstance(held, dict) else {}

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last event."""
        return (self.events[-1].seq, self.events[-1].hash) if self.events else (0, FIRST_PREV)

    @property
    def disposed(self) -> bool:
        """Whether the journal holds a disposal."""
        return any(event.kind == DISPOSED for event in self.events)


def take_out(con: sqlite3.Connection, examination_id: str) -> Travelling:
    """Return an examination with its salts, verified; raises DamagedError at the first fault."""
    row = rows.examination(con, examination_id)
    reading = journal.Reading(con, row)
    reading.faults += verification.bond_faults(con, examination_id, reading.events)
    journal.first_fault(reading, examination_id)
    personal = {
        ref: (salt, text)
        for ref, salt, text in journal.texts_of(con, examination_id, reading.refs)
        if text is not None
    }
    return Travelling(examination_id, tuple(reading.events), personal)


def faults_of(travelling: Travelling) -> list[Fault]:
    """Return everything that is wrong with a travelling examination in itself."""
    return [
        *_chain_faults(travelling),
        *_text_faults(travelling),
        *_bond_faults(travelling),
    ]


def _chain_faults(travelling: Travelling) -> Iterator[Fault]:
    seq, prev = 0, FIRST_PREV
    for event in travelling.events:
        number = event.seq
        if number != seq + 1:
            yield Fault("event-missing", f"An event is missing before event {number}", number)
        elif event.prev != prev:
            yield Fault("chain-broken", f"Event {number} does not follow event {seq}", number)
        if _hash_of(travelling.id, event) != event.hash:
            yield Fault("event-altered", f"Event {number} was altered after it was made", number)
        seq, prev = number, event.hash


def _hash_of(examination: str, event: Event) -> str:
    return event_hash(
        examination, event.seq, event.at, event.examiner, event.kind, event.data, event.prev
    )


def _text_faults(travelling: Travelling) -> Iterator[Fault]:
    disposed = max((e.seq for e in travelling.events if e.kind == DISPOSED), default=0)
    named: set[str] = set()
    for event in travelling.events:
        refs = journal.refs_in(event.data)
        for ref in sorted(refs - named):
            if fault := _text_fault(travelling, event, ref, disposed):
                yield fault
        named |= refs
    if loose := travelling.personal.keys() - named:
        yield Fault("text-loose", f"{len(loose)} personal texts belong to no event")


def _text_fault(travelling: Travelling, event: Event, ref: str, disposed: int) -> Fault | None:
    held = travelling.personal.get(ref)
    if held is not None and personal_ref(*held) != ref:
        what = f"A personal text of event {event.seq} was altered"
        return Fault("text-altered", what, event.seq)
    if held is None and event.seq >= disposed:
        what = f"A personal text of event {event.seq} is missing and was not disposed of"
        return Fault("text-missing", what, event.seq)
    return None


def _bond_faults(travelling: Travelling) -> Iterator[Fault]:
    if not travelling.events:
        yield Fault("event-missing", "The journal is empty")
    elif any(not isinstance(travelling.bound.get(name), str) for name in BONDS):
        yield Fault("not-bound", "The first event does not say what it belongs to", 1)


class Adoption:
    """The transaction in which a package is taken over: all of it is recorded, or nothing."""

    def __init__(self, con: sqlite3.Connection, originals: Originals):
        self._con = con
        self._originals = originals
        self._open = True

    def end(self) -> None:
        """Refuse any further use."""
        self._open = False

    def _connection(self) -> sqlite3.Connection:
        if not self._open:
            raise RuntimeError("this transaction has ended")
        return self._con

    def add_exhibit(self, exhibit_id: str, case: str, exhibit: str, at: str) -> None:
        """Add an exhibit under the id it has elsewhere; raises InputError for taken names."""
        rows.add_exhibit(self._connection(), exhibit_id, case, exhibit, at)

    def exhibit(self, exhibit_id: str) -> ExhibitRow | None:
        """Return the exhibit of that id as this transaction sees it, or None."""
        return rows.exhibit_by_id(self._connection(), exhibit_id)

    def freeze(self, checklist: Mapping[str, Any]) -> str:
        """Keep a checklist and return its hash."""
        return rows.freeze(self._connection(), checklist)

    def keep_record(self, exhibit_id: str, record: Mapping[str, Any], at: str) -> None:
        """Keep what is known of an exhibit that nobody has examined here yet."""
        text = canonical_json(record).decode("ascii")
        query = "INSERT INTO exhibit_records VALUES (?, ?, ?)"
        self._connection().execute(query, (exhibit_id, text, at))

    def use_original(self, exhibit_id: str, sha256: str) -> None:
        """Record that an exhibit uses an original that is in the casebook already."""
        query = "INSERT INTO originals(sha256, exhibit) VALUES (?, ?) ON CONFLICT DO NOTHING"
        self._connection().execute(query, (sha256, exhibit_id))

    def adopt(self, travelling: Travelling, checklist_id: str) -> ExaminationRow:
        """Add an examination that is unknown here, event by event as it came."""
        con, bound = self._connection(), travelling.bound
        rows.add_examination(
            con,
            travelling.id,
            str(bound["exhibit_id"]),
            str(bound["examiner"]),
            str(bound["checklist"]),
            checklist_id,
            travelling.events[0].at,
        )
        self.extend(travelling, after=0)
        return rows.examination(con, travelling.id)

    def extend(self, travelling: Travelling, *, after: int) -> None:
        """Add the events after number `after` to an examination that is known here."""
        con = self._connection()
        newer = [event for event in travelling.events if event.seq > after]
        con.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [_event_row(travelling.id, event) for event in newer],
        )
        refs = set[str]().union(*(journal.refs_in(event.data) for event in newer))
        self._add_texts(travelling, refs)

    def _add_texts(self, travelling: Travelling, refs: Iterable[str]) -> None:
        con = self._connection()
        query = "SELECT ref FROM personal WHERE examination = ?"
        known = {ref for (ref,) in con.execute(query, (travelling.id,)).fetchall()}
        con.executemany(
            "INSERT INTO personal(examination, ref, salt, text) VALUES (?, ?, ?, ?)",
            [
                (travelling.id, ref, salt, text.encode("utf-8", "surrogatepass"))
                for ref in sorted(set(refs) - known)
                if ref in travelling.personal
                for salt, text in (travelling.personal[ref],)
            ],
        )

    def writing(self, examination_id: str) -> Writing:
        """Return the examination's own transaction within this one, for lists and search."""
        con = self._connection()
        return Writing(con, rows.examination(con, examination_id), self._originals, {})

    def check(self, examination_id: str) -> None:
        """Verify a journal as it now stands here; raises DamagedError at the first fault.

        Originals were checked when they were put.
        """
        con = self._connection()
        found = verification.verify(con, examination_id, self._originals, with_originals=False)
        if found.faults:
            fault = found.faults[0]
            raise DamagedError(f"DX-{fault.code.upper()}", f"{fault.what}.", where=examination_id)


def _event_row(examination: str, event: Event) -> tuple[Any, ...]:
    data = canonical_json(event.data).decode("ascii")
    who = (event.at, event.examiner, event.kind)
    return (examination, event.seq, *who, data, event.prev, event.hash)


def record_of(con: sqlite3.Connection, exhibit_id: str) -> dict[str, Any] | None:
    """Return what a package told of an exhibit that nobody had examined here; else None."""
    query = "SELECT json FROM exhibit_records WHERE exhibit = ?"
    row = con.execute(query, (exhibit_id,)).fetchone()
    if row is None:
        return None
    try:
        data = json.loads(row[0])
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise DamagedError("DX-RECORD-ALTERED", "The exhibit's record was altered.")
    return data
