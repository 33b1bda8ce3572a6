"""Forgetting: personal values, originals, search rows and caches go; chain and fact stay.

A disposal is one transaction (the event, the rows) and then a scrub of the disk: files removed,
the search index made anew, the file rewritten and its log emptied. What is left to scrub is
noted in `chores` in that same transaction, so that a scrub cut short is taken up again.
"""

from __future__ import annotations

import sqlite3

from docexam.casebook import folder, journal, rows, search
from docexam.casebook.originals import Originals
from docexam.domain.events import DISPOSED, Event
from docexam.errors import MachineError

ORIGINAL = "original"
EXAMINATION = "examination"


def forget(con: sqlite3.Connection, examination_id: str, disposal: Event) -> int:
    """Remove an examination's values, inside the caller's transaction; return how many texts.

    Texts of the disposal event itself (its reason) stay. Notes what must be scrubbed.
    """
    keep = journal.refs_in(disposal.data)
    query = "SELECT ref FROM personal WHERE examination = ?"
    gone = [ref for (ref,) in con.execute(query, (examination_id,)).fetchall() if ref not in keep]
    con.executemany(
        "DELETE FROM personal WHERE examination = ? AND ref = ?",
        [(examination_id, ref) for ref in gone],
    )
    exhibit = rows.examination(con, examination_id).exhibit
    search.drop_examination(con, exhibit, examination_id)
    con.execute("DELETE FROM resume WHERE examination = ?", (examination_id,))
    _note(con, EXAMINATION, examination_id)
    return len(gone)


def release_originals(con: sqlite3.Connection, exhibit: str) -> tuple[list[str], list[str]]:
    """Give up an exhibit's originals once all its examinations are disposed of.

    Returns the hashes that nothing uses any more, and those that something still does. Removes
    no file; inside the caller's transaction.
    """
    query = "SELECT sha256 FROM originals WHERE exhibit = ? ORDER BY sha256"
    used = [sha for (sha,) in con.execute(query, (exhibit,)).fetchall()]
    if any(not is_disposed(con, row.id) for row in rows.examinations_of(con, exhibit)):
        return [], used
    con.execute("DELETE FROM originals WHERE exhibit = ?", (exhibit,))
    con.execute("DELETE FROM exhibit_records WHERE exhibit = ?", (exhibit,))
    unused = [sha for sha in used if not is_used(con, sha)]
    for sha in unused:
        _note(con, ORIGINAL, sha)
    return unused, [sha for sha in used if sha not in unused]


def is_disposed(con: sqlite3.Connection, examination_id: str) -> bool:
    """Tell whether the journal of an examination holds a disposal."""
    query = "SELECT disposed FROM examinations WHERE id = ? AND disposed > 0"
    return con.execute(query, (examination_id,)).fetchone() is not None


def is_used(con: sqlite3.Connection, sha256: str) -> bool:
    """Tell whether any exhibit uses an original, or it is a reference specimen."""
    query = (
        "SELECT 1 FROM originals WHERE sha256 = ?1"
        " UNION ALL SELECT 1 FROM specimens WHERE sha256 = ?1"
    )
    return con.execute(query, (sha256,)).fetchone() is not None


def disposal_event(con: sqlite3.Connection, examination_id: str) -> Event | None:
    """Return the last disposal in the journal, or None."""
    row = rows.examination(con, examination_id)
    events = journal.Reading(con, row, verify=False).events
    return next((event for event in reversed(events) if event.kind == DISPOSED), None)


def _note(con: sqlite3.Connection, what: str, name: str) -> None:
    con.execute("INSERT INTO chores VALUES (?, ?) ON CONFLICT DO NOTHING", (what, name))


def chores(con: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return what is left to scrub: pairs of kind and name."""
    return con.execute("SELECT what, name FROM chores ORDER BY what, name").fetchall()


def scrub(con: sqlite3.Connection, originals: Originals, wait_ms: int | None = None) -> None:
    """Do all chores: files, caches, index, freed pages and the log. Not in a transaction.

    Waits `wait_ms` for others, the usual time when None.
    Raises MachineError when another program's reading keeps the log from being emptied; the
    chores stay noted then. May raise sqlite3.Error and OSError.
    """
    done = chores(con)
    if not done:
        return
    folder.begin(con, wait_ms)
    # Under the write lock nobody can start to use an original that is being removed.
    for what, name in done:
        _remove_files(con, originals, what, name)
    search.rebuild(con)
    con.execute("COMMIT")
    originals.sweep(older_than_s=0)
    con.execute("VACUUM")
    _empty_log(con)
    con.executemany("DELETE FROM chores WHERE what = ? AND name = ?", done)


def _remove_files(con: sqlite3.Connection, originals: Originals, what: str, name: str) -> None:
    if what == EXAMINATION:
        originals.drop_cache(name)
    elif not is_used(con, name):
        originals.remove(name)


def _empty_log(con: sqlite3.Connection) -> None:
    busy = con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        what = "It is disposed of, but another program keeps traces of it in the log."
        todo = "Close every other docexam; opening the casebook again finishes the disposal."
        raise MachineError("DX-DISPOSAL-UNFINISHED", what, todo=todo)
