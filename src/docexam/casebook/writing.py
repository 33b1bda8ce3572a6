"""One transaction on one examination: what happens in it is recorded whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from docexam.casebook import journal, rows, search
from docexam.casebook.originals import Originals
from docexam.casebook.records import ExaminationRow
from docexam.domain.events import Draft, Event
from docexam.errors import MachineError


class Writing:
    """The open transaction that `Casebook.writing` and `Casebook.creating` hand out.

    Good until their `with` block ends; the casebook holds the write lock meanwhile, so keep
    the block short and do slow work before it.
    """

    def __init__(
        self,
        con: sqlite3.Connection,
        examination: ExaminationRow,
        originals: Originals,
        bound: Mapping[str, str],
    ):
        self.examination = examination
        self._con = con
        self._originals = originals
        self._bound = bound
        self._open = True

    def end(self) -> None:
        """Refuse any further use."""
        self._open = False

    def _connection(self) -> sqlite3.Connection:
        if not self._open:
            raise RuntimeError("this transaction has ended")
        return self._con

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the newest event; (0, 64 zeros) before the first."""
        return journal.head(self._connection(), self.examination.id)

    def events(self, after: int = 0, *, verify: bool = True) -> list[Event]:
        """Return the events after number `after`, verified as `Casebook.events` does."""
        con = self._connection()
        row = rows.examination(con, self.examination.id)
        reading = journal.Reading(con, row, after=after, verify=verify)
        journal.first_fault(reading, self.examination.id)
        return reading.events

    def append(self, draft: Draft, *, at: str, examiner: str) -> Event:
        """Write the draft as the next event and return it as it will be read.

        `at` is recorded as given; the order is the numbers'. Every `Personal` in the data, at
        any depth, becomes `{"ref": …}`; a ref of an earlier event of this examination may be
        used again. The first event gets `bound`: what the examination belongs to.
        """
        con = self._connection()
        if self._bound and self.head[0] == 0:
            draft = Draft(draft.kind, {**draft.data, "bound": dict(self._bound)})
        return journal.append(con, self.examination.id, draft, at=at, examiner=examiner)

    def project(
        self,
        *,
        state: str | None = None,
        answered: int | None = None,
        total: int | None = None,
        critical_open: int | None = None,
        updated: str | None = None,
        checklist: str | None = None,
        checklist_id: str | None = None,
    ) -> None:
        """Set what the lists show; what is left out stays. `checklist` is a hash of `freeze`."""
        given = {
            "state": state,
            "answered": answered,
            "total": total,
            "critical_open": critical_open,
            "updated": updated,
            "checklist": checklist,
            "checklist_id": checklist_id,
        }
        changes = {name: value for name, value in given.items() if value is not None}
        con, row = self._connection(), self.examination
        if changes:
            settings = ", ".join(f"{name} = ?" for name in changes)
            query = f"UPDATE examinations SET {settings} WHERE id = ?"  # noqa: S608 - our own columns
            con.execute(query, (*changes.values(), row.id))
        if updated is not None:
            con.execute("UPDATE exhibits SET updated = ? WHERE id = ?", (updated, row.exhibit))

    def index(self, key: str, text: str) -> None:
        """Make `text` findable under a key of this examination; replaces what was there."""
        con, row = self._connection(), self.examination
        search.put(con, row.exhibit, row.id, key, text)

    def unindex(self, key: str) -> None:
        """Take a key of this examination out of the search; it need not be there."""
        con, row = self._connection(), self.examination
        search.drop(con, row.exhibit, row.id, key)

    def freeze(self, checklist: Mapping[str, Any]) -> str:
        """Keep a copy of a resolved checklist (`to_dict`) and return its SHA-256."""
        return rows.freeze(self._connection(), checklist)

    def use_original(self, sha256: str) -> None:
        """Record that the exhibit uses an original that `Casebook.originals.put` brought in.

        Raises MachineError when it is not there (another process removed it as unused between
        the two steps).
        """
        con = self._connection()
        if not self._originals.path(sha256).is_file():
            what = "An original is gone again before it was recorded; nothing was recorded."
            raise MachineError("DX-ORIGINAL-GONE", what, where=sha256, todo="Do it again.")
        con.execute(
            "INSERT INTO originals(sha256, exhibit) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (sha256, self.examination.exhibit),
        )
