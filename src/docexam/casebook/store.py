"""The casebook: the one door to the store. See `protocol.Store` for what it promises."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from docexam.casebook import (
    adoption,
    disposal,
    folder,
    journal,
    rows,
    schema,
    search,
    verification,
)
from docexam.casebook.adoption import Adoption, Travelling
from docexam.casebook.originals import Originals
from docexam.casebook.records import Disposal, ExaminationRow, ExhibitRow, Hit, Verification
from docexam.casebook.words import os_in_words, spoken
from docexam.casebook.writing import Writing
from docexam.domain.events import DISPOSED, Draft, Event
from docexam.errors import DocexamError, InputError

_CHORES_WAIT_MS = 200


class Casebook:
    """A casebook in a folder, held open by one connection. Usable from several threads.

    `root` is the folder, `originals` the files in it. Errors of the disk and of SQLite come
    out as MachineError, damage as DamagedError.
    """

    def __init__(self, root: Path, con: sqlite3.Connection):
        self.root = root
        self.originals = Originals(root / folder.ORIGINALS, root / folder.CACHE)
        self._con = con
        self._lock = RLock()

    @classmethod
    def open(cls, root: Path, *, create: bool = True) -> Casebook:
        """Open the casebook in `root`; make one in a missing or empty folder when allowed.

        Raises InputError (no casebook, or one of a newer docexam), MachineError (unreadable,
        read-only, disk full) and DamagedError (not a database, damaged, guards missing or
        altered).
        """
        root = Path(root)
        folder.prepare(root, create=create)
        place = str(root)
        with spoken(place, writing=False):
            con = folder.connect(root)
            try:
                current = schema.is_current(con, place)
                folder.use_log(con)
                if not current:
                    schema.bring_up(con, place)
                schema.check_guards(con, place)
            except BaseException:
                con.close()
                raise
        casebook = cls(root, con)
        casebook._tidy()
        return casebook

    def close(self) -> None:
        """Close the connection; the casebook cannot be used afterwards."""
        with self._lock:
            self._con.close()

    def __enter__(self) -> Casebook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _tidy(self) -> None:
        """Finish what a killed process began; never a reason not to open."""
        self.originals.sweep()
        with suppress(DocexamError, sqlite3.Error), self._lock:
            try:
                self._scrub(_CHORES_WAIT_MS)
            finally:
                self._con.execute(f"PRAGMA busy_timeout = {folder.BUSY_MS}")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view; inside a transaction of this casebook, that transaction's."""
        with self._lock, spoken(str(self.root)):
            if self._con.in_transaction:
                yield self._con
                return
            self._con.execute("BEGIN")
            try:
                yield self._con
            finally:
                self._roll_back()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, spoken(str(self.root), writing=True):
            if self._con.in_transaction:
                raise RuntimeError("a transaction is open already")
            folder.begin(self._con)
            try:
                yield self._con
                self._con.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        if self._con.in_transaction:
            self._con.execute("ROLLBACK")

    @contextmanager
    def writing(self, examination_id: str) -> Iterator[Writing]:
        """Open a transaction on an examination: committed when the block ends, or nothing."""
        with self._transaction() as con, self._held(con, examination_id) as tx:
            yield tx

    @contextmanager
    def _held(
        self, con: sqlite3.Connection, examination_id: str, bound: Mapping[str, str] | None = None
    ) -> Iterator[Writing]:
        tx = Writing(con, rows.examination(con, examination_id), self.originals, bound or {})
        try:
            yield tx
        finally:
            tx.end()

    @contextmanager
    def creating(
        self,
        *,
        case: str,
        exhibit: str,
        examiner: str,
        checklist: Mapping[str, Any],
        checklist_id: str,
        at: str,
        second: bool = False,
        examination_id: str | None = None,
        exhibit_id: str | None = None,
    ) -> Iterator[Writing]:
        """Open the transaction that makes an examination; the block appends its first events.

        Makes the exhibit too, unless `second`: then it must exist. Freezes `checklist` (its
        `to_dict`). Raises InputError when the names are taken, or for `second` not there, and
        ValueError when the block appended nothing.
        """
        with self._transaction() as con:
            if second:
                exhibit_id = _existing(con, case, exhibit).id
            else:
                exhibit_id = exhibit_id or rows.new_id()
                rows.add_exhibit(con, exhibit_id, case, exhibit, at)
            frozen = rows.freeze(con, checklist)
            new = examination_id or rows.new_id()
            rows.add_examination(con, new, exhibit_id, examiner, frozen, checklist_id, at)
            with self._held(con, new, verification.bonds(con, new)) as tx:
                yield tx
                if tx.head[0] == 0:
                    raise ValueError("an examination begins with an event")

    def create_examination(
        self,
        *,
        case: str,
        exhibit: str,
        examiner: str,
        checklist: Mapping[str, Any],
        checklist_id: str,
        at: str,
        drafts: Sequence[Draft],
        originals: Sequence[str] = (),
        second: bool = False,
        examination_id: str | None = None,
        exhibit_id: str | None = None,
    ) -> ExaminationRow:
        """Make an examination with its first events and return it; see `creating`."""
        with self.creating(
            case=case,
            exhibit=exhibit,
            examiner=examiner,
            checklist=checklist,
            checklist_id=checklist_id,
            at=at,
            second=second,
            examination_id=examination_id,
            exhibit_id=exhibit_id,
        ) as tx:
            for sha256 in originals:
                tx.use_original(sha256)
            for draft in drafts:
                tx.append(draft, at=at, examiner=examiner)
        return self.examination(tx.examination.id)

    @contextmanager
    def adopting(self) -> Iterator[Adoption]:
        """Open the transaction in which examinations from elsewhere are taken over verbatim."""
        with self._transaction() as con:
            tx = Adoption(con, self.originals)
            try:
                yield tx
            finally:
                tx.end()

    def travelling(self, examination_id: str) -> Travelling:
        """Return an examination whole, with its salts, verified; raises DamagedError."""
        with self._reading() as con:
            return adoption.take_out(con, examination_id)

    def exhibit_record(self, exhibit_id: str) -> dict[str, Any] | None:
        """Return what a package told of an exhibit that nobody had examined here; else None."""
        with self._reading() as con:
            return adoption.record_of(con, exhibit_id)

    def events(self, examination_id: str, *, after: int = 0, verify: bool = True) -> list[Event]:
        """Return the events after number `after`, oldest first, with their personal texts.

        With `verify`, raises DamagedError at the first event that is missing, altered or out
        of the chain, at a head that is not the last event's, and at altered or missing texts.
        """
        with self._reading() as con:
            row = rows.examination(con, examination_id)
            reading = journal.Reading(con, row, after=after, verify=verify)
            if verify:
                reading.faults += verification.bond_faults(con, examination_id, reading.events)
                journal.first_fault(reading, str(self.root))
            return reading.events

    def verify(self, examination_id: str, *, originals: bool = True) -> Verification:
        """Check everything about an examination and return all faults; raises none of them."""
        with self._reading() as con:
            return verification.verify(
                con, examination_id, self.originals, with_originals=originals
            )

    def examination(self, examination_id: str) -> ExaminationRow:
        """Return one examination; raises InputError when there is none of that id."""
        with self._reading() as con:
            return rows.examination(con, examination_id)

    def find_exhibit(self, case: str, exhibit: str) -> ExhibitRow | None:
        """Return the exhibit of those names (in any case and normal form), or None."""
        with self._reading() as con:
            return rows.find_exhibit(con, case, exhibit)

    def exhibit(self, exhibit_id: str) -> ExhibitRow | None:
        """Return the exhibit of that id, or None."""
        with self._reading() as con:
            return rows.exhibit_by_id(con, exhibit_id)

    def examinations_of(self, exhibit_id: str) -> tuple[ExaminationRow, ...]:
        """Return the examinations of an exhibit, oldest first."""
        with self._reading() as con:
            return rows.examinations_of(con, exhibit_id)

    def list_exhibits(
        self,
        case: str | None = None,
        find: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[ExhibitRow]:
        """Return exhibits with their examinations, the last changed first.

        `find`: every word of it stands in the names or in what was indexed of the exhibit.
        Long lists are read in windows of `limit` from `offset`.
        """
        with self._reading() as con:
            return rows.list_exhibits(con, case, find, limit, offset)

    def search(self, find: str, limit: int = 200) -> list[Hit]:
        """Return the indexed places that hold every word of `find`."""
        with self._reading() as con:
            return rows.hits(con, find, limit)

    def rebuild_search(self) -> None:
        """Make the search index anew, for one that is damaged."""
        with self._transaction() as con:
            search.rebuild(con)

    def checklist(self, sha256: str) -> dict[str, Any]:
        """Return a frozen checklist's data; DamagedError when it is gone or altered."""
        with self._reading() as con:
            return rows.checklist(con, sha256)

    def data_version(self) -> int:
        """Return a number that changes when another connection has written; cheap to poll."""
        with self._lock, spoken(str(self.root)):
            return int(self._con.execute("PRAGMA data_version").fetchone()[0])

    def used_by(self, sha256: str) -> list[ExhibitRow]:
        """Return the exhibits that use an original."""
        query = "SELECT exhibit FROM originals WHERE sha256 = ? ORDER BY exhibit"
        with self._reading() as con:
            found = con.execute(query, (sha256,)).fetchall()
            return [row for (key,) in found if (row := rows.exhibit_by_id(con, key))]

    def note_reader(self, exhibit_id: str, examiner_key: str, at: str) -> None:
        """Remember when somebody first read another's findings on an exhibit."""
        with self._transaction() as con:
            con.execute(
                "INSERT INTO readers VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (exhibit_id, examiner_key, at),
            )

    def reader_since(self, exhibit_id: str, examiner_key: str) -> str:
        """Return when somebody first read another's findings on an exhibit; empty for never."""
        query = "SELECT at FROM readers WHERE exhibit = ? AND examiner_key = ?"
        with self._reading() as con:
            row = con.execute(query, (exhibit_id, examiner_key)).fetchone()
        return str(row[0]) if row else ""

    def add_specimen(self, sha256: str, data: Mapping[str, Any], *, examiner: str, at: str) -> None:
        """Keep what a reference specimen is; its original must have been put in before.

        One that is there already keeps its first terms.
        """
        with self._transaction() as con:
            con.execute(
                "INSERT INTO specimens VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (sha256, json.dumps(dict(data), sort_keys=True), examiner, at),
            )

    def specimens(self) -> list[tuple[str, dict[str, Any]]]:
        """Return hash and data of every reference specimen, in the order they were added."""
        query = "SELECT sha256, json FROM specimens ORDER BY at, sha256"
        with self._reading() as con:
            return [(str(sha), json.loads(text)) for sha, text in con.execute(query).fetchall()]

    def originals_of(self, exhibit_id: str) -> list[str]:
        """Return the hashes of the originals an exhibit uses."""
        query = "SELECT sha256 FROM originals WHERE exhibit = ? ORDER BY sha256"
        with self._reading() as con:
            return [sha256 for (sha256,) in con.execute(query, (exhibit_id,)).fetchall()]

    def unused_originals(self) -> list[str]:
        """Return originals that nothing uses: left by an intake that was cut short.

        One that another process is just taking in may be among them.
        """
        query = "SELECT sha256 FROM originals UNION SELECT sha256 FROM specimens"
        with self._reading() as con:
            used = {sha for (sha,) in con.execute(query).fetchall()}
        return [sha for sha in self.originals.all() if sha not in used]

    def remove_unused(self, sha256: str) -> bool:
        """Remove an original that nothing uses; return whether it went."""
        with self._transaction() as con:
            return not disposal.is_used(con, sha256) and self.originals.remove(sha256)

    def save_resume(self, examination_id: str, where: Mapping[str, Any]) -> bool:
        """Keep where the examiner left; best effort, outside the journal. True when kept."""
        text = json.dumps(where)
        with suppress(DocexamError), self._transaction() as con:
            if disposal.is_disposed(con, examination_id):
                return False
            con.execute(
                "INSERT INTO resume VALUES (?, ?)"
                " ON CONFLICT(examination) DO UPDATE SET json = excluded.json",
                (examination_id, text),
            )
            return True
        return False

    def load_resume(self, examination_id: str) -> dict[str, Any]:
        """Return where the examiner left, or an empty dict."""
        query = "SELECT json FROM resume WHERE examination = ?"
        with self._reading() as con:
            row = con.execute(query, (examination_id,)).fetchone()
        with suppress(ValueError, TypeError):
            data = json.loads(row[0]) if row else {}
            return data if isinstance(data, dict) else {}
        return {}

    def dispose(self, examination_id: str, draft: Draft, *, at: str, examiner: str) -> Disposal:
        """Append the disposal and remove what it is about: values, originals, search, caches.

        `draft` must be of kind Disposed; personal text in it (the reason) stays. An examination
        that is disposed of gets no second event: only what may be left is removed. Originals go
        when no undisposed examination uses them. Raises MachineError when the disk could not be
        scrubbed; the disposal itself stands then, and is finished by the next opening.
        """
        if draft.kind != DISPOSED:
            raise ValueError("a disposal is recorded by a Disposed event")
        with self._transaction() as con, self._held(con, examination_id) as tx:
            event = disposal.disposal_event(con, examination_id)
            if event is None:
                event = tx.append(draft, at=at, examiner=examiner)
                tx.project(state="disposed", updated=at)
            texts = disposal.forget(con, examination_id, event)
            gone, kept = disposal.release_originals(con, tx.examination.exhibit)
        with self._lock:
            self._scrub()
        return Disposal(event, texts, tuple(gone), tuple(kept))

    def discard(self, exhibit_id: str) -> list[str]:
        """Remove what is kept of an exhibit that nobody has examined here; return originals gone.

        Its names stay. Raises ValueError for one with an examination: that takes a disposal.
        """
        with self._transaction() as con:
            if rows.examinations_of(con, exhibit_id):
                raise ValueError("an examined exhibit is disposed of, not discarded")
            gone, _ = disposal.release_originals(con, exhibit_id)
        with self._lock:
            self._scrub()
        return gone

    def _scrub(self, wait_ms: int | None = None) -> None:
        with spoken(str(self.root)):
            try:
                disposal.scrub(self._con, self.originals, wait_ms)
            except OSError as error:
                raise os_in_words(error, str(self.root)) from error
            finally:
                self._roll_back()

    def unfinished(self) -> list[str]:
        """Return what disposals have left to scrub, in words; empty for nothing."""
        with self._reading() as con:
            return [f"{what} {name}" for what, name in disposal.chores(con)]


def _existing(con: sqlite3.Connection, case: str, exhibit: str) -> ExhibitRow:
    found = rows.find_exhibit(con, case, exhibit)
    if found is None:
        raise InputError("DX-NO-EXHIBIT", f"There is no exhibit {case}/{exhibit}.")
    return found


if TYPE_CHECKING:
    from docexam.casebook.protocol import Store

    def _keeps_the_protocol(casebook: Casebook) -> Store:
        return casebook
