"""The casebook's tables, the guards of the journal, and the steps from version to version.

`STEPS[n]` takes version n to n + 1; a released step is never edited. Guards (triggers) are not
part of a step: they are dropped before the steps and made anew after them, so that a casebook
always carries the guards of the program that last brought it up; a changed guard therefore needs
a step, be it empty. Steps never touch a row of `events`.
"""

from __future__ import annotations

import re
import sqlite3

from docexam.errors import DamagedError, InputError

APPLICATION_ID = 0x44634578
OLDEST_SQLITE = (3, 34, 0)

_FIRST: tuple[str, ...] = (
    """CREATE TABLE exhibits(
  id TEXT NOT NULL PRIMARY KEY,
  case_name TEXT NOT NULL,
  exhibit_name TEXT NOT NULL,
  case_key TEXT NOT NULL,
  exhibit_key TEXT NOT NULL,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  UNIQUE(case_key, exhibit_key)
) WITHOUT ROWID""",
    "CREATE INDEX exhibits_by_update ON exhibits(updated DESC, case_key, exhibit_key)",
    """CREATE TABLE checklists(
  sha256 TEXT NOT NULL PRIMARY KEY,
  json TEXT NOT NULL
) WITHOUT ROWID""",
    """CREATE TABLE examinations(
  id TEXT NOT NULL PRIMARY KEY,
  exhibit TEXT NOT NULL REFERENCES exhibits(id),
  examiner TEXT NOT NULL,
  checklist TEXT NOT NULL REFERENCES checklists(sha256),
  checklist_id TEXT NOT NULL,
  head_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  disposed INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open',
  answered INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  critical_open INTEGER NOT NULL DEFAULT 0,
  created TEXT NOT NULL,
  updated TEXT NOT NULL
) WITHOUT ROWID""",
    "CREATE INDEX examinations_of_exhibit ON examinations(exhibit)",
    # No rowid and no second unique constraint: REPLACE through either deletes rows of the
    # journal behind the back of its guards.
    """CREATE TABLE events(
  examination TEXT NOT NULL REFERENCES examinations(id),
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  examiner TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY(examination, seq)
) WITHOUT ROWID""",
    # Texts are bytes: file names may hold bytes that are no Unicode.
    """CREATE TABLE personal(
  examination TEXT NOT NULL REFERENCES examinations(id),
  ref TEXT NOT NULL,
  salt BLOB NOT NULL,
  text BLOB NOT NULL,
  PRIMARY KEY(examination, ref)
) WITHOUT ROWID""",
    """CREATE TABLE originals(
  sha256 TEXT NOT NULL,
  exhibit TEXT NOT NULL REFERENCES exhibits(id),
  PRIMARY KEY(sha256, exhibit)
) WITHOUT ROWID""",
    "CREATE INDEX originals_of_exhibit ON originals(exhibit)",
    """CREATE TABLE resume(
  examination TEXT NOT NULL PRIMARY KEY REFERENCES examinations(id),
  json TEXT NOT NULL
) WITHOUT ROWID""",
    """CREATE TABLE search(
  id INTEGER PRIMARY KEY,
  exhibit TEXT NOT NULL,
  examination TEXT NOT NULL,
  what TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE(exhibit, examination, what)
)""",
    """CREATE VIRTUAL TABLE search_index USING fts5(
  text, content='search', content_rowid='id', tokenize='trigram case_sensitive 1'
)""",
    # What a disposal has yet to scrub from the disk; finished on the next opening.
    """CREATE TABLE chores(
  what TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY(what, name)
) WITHOUT ROWID""",
)

_SECOND: tuple[str, ...] = (
    # Whose eyes have seen another's findings on an exhibit: they cannot examine it blind.
    """CREATE TABLE readers(
  exhibit TEXT NOT NULL REFERENCES exhibits(id),
  examiner_key TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY(exhibit, examiner_key)
) WITHOUT ROWID""",
    # Reference specimens, casebook-wide; `sha256` is the original's.
    """CREATE TABLE specimens(
  sha256 TEXT NOT NULL PRIMARY KEY,
  json TEXT NOT NULL,
  examiner TEXT NOT NULL,
  at TEXT NOT NULL
) WITHOUT ROWID""",
)

_THIRD: tuple[str, ...] = (
    # What a package told of an exhibit that nobody had examined here: captures, checklist,
    # provenance, and nobody's findings.
    """CREATE TABLE exhibit_records(
  exhibit TEXT NOT NULL PRIMARY KEY REFERENCES exhibits(id),
  json TEXT NOT NULL,
  at TEXT NOT NULL
) WITHOUT ROWID""",
)

STEPS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND, _THIRD)
VERSION = len(STEPS)

GUARDS: dict[str, str] = {
    "events_next_only": """CREATE TRIGGER events_next_only BEFORE INSERT ON events
WHEN NOT EXISTS(SELECT 1 FROM examinations WHERE id = NEW.examination
    AND head_seq + 1 = NEW.seq AND head_hash = NEW.prev)
  OR EXISTS(SELECT 1 FROM events WHERE examination = NEW.examination AND seq >= NEW.seq)
  OR (NEW.seq > 1 AND NOT EXISTS(SELECT 1 FROM events WHERE examination = NEW.examination
    AND seq = NEW.seq - 1 AND hash = NEW.prev))
BEGIN SELECT RAISE(ABORT, 'only the next event, bound to the last, may be added'); END""",
    "events_never_updated": """CREATE TRIGGER events_never_updated BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    "events_never_deleted": """CREATE TRIGGER events_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    "events_move_head": """CREATE TRIGGER events_move_head AFTER INSERT ON events
BEGIN UPDATE examinations SET head_seq = NEW.seq, head_hash = NEW.hash,
  disposed = CASE NEW.kind WHEN 'Disposed' THEN NEW.seq ELSE disposed END
  WHERE id = NEW.examination; END""",
    "examinations_new_only": """CREATE TRIGGER examinations_new_only
BEFORE INSERT ON examinations
WHEN NEW.head_seq <> 0 OR NEW.disposed <> 0
  OR EXISTS(SELECT 1 FROM examinations WHERE id = NEW.id)
  OR EXISTS(SELECT 1 FROM events WHERE examination = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an examination is added once, with an empty journal'); END""",
    "examinations_keep_identity": """CREATE TRIGGER examinations_keep_identity
BEFORE UPDATE OF id, exhibit, examiner, created ON examinations
BEGIN SELECT RAISE(ABORT, 'what an examination is bound to never changes'); END""",
    "examinations_head_is_last": """CREATE TRIGGER examinations_head_is_last
BEFORE UPDATE OF head_seq, head_hash, disposed ON examinations
WHEN NEW.head_seq <> OLD.head_seq + 1
  OR NOT EXISTS(SELECT 1 FROM events
    WHERE examination = OLD.id AND seq = NEW.head_seq AND hash = NEW.head_hash)
  OR (NEW.disposed <> OLD.disposed AND NEW.disposed <> NEW.head_seq)
BEGIN SELECT RAISE(ABORT, 'the head follows the journal'); END""",
    "examinations_never_deleted": """CREATE TRIGGER examinations_never_deleted
BEFORE DELETE ON examinations
BEGIN SELECT RAISE(ABORT, 'examinations are never deleted'); END""",
    "personal_new_only": """CREATE TRIGGER personal_new_only BEFORE INSERT ON personal
WHEN EXISTS(SELECT 1 FROM personal WHERE examination = NEW.examination AND ref = NEW.ref)
BEGIN SELECT RAISE(ABORT, 'a personal text is added once'); END""",
    "personal_never_updated": """CREATE TRIGGER personal_never_updated BEFORE UPDATE ON personal
BEGIN SELECT RAISE(ABORT, 'personal texts are never changed'); END""",
    "personal_deleted_by_disposal": """CREATE TRIGGER personal_deleted_by_disposal
BEFORE DELETE ON personal
WHEN NOT EXISTS(SELECT 1 FROM examinations WHERE id = OLD.examination AND disposed > 0)
BEGIN SELECT RAISE(ABORT, 'personal texts leave by disposal only'); END""",
    "exhibits_new_only": """CREATE TRIGGER exhibits_new_only BEFORE INSERT ON exhibits
WHEN EXISTS(SELECT 1 FROM exhibits WHERE id = NEW.id
  OR (case_key = NEW.case_key AND exhibit_key = NEW.exhibit_key))
BEGIN SELECT RAISE(ABORT, 'an exhibit is added once'); END""",
    "exhibits_keep_names": """CREATE TRIGGER exhibits_keep_names
BEFORE UPDATE OF id, case_name, exhibit_name, case_key, exhibit_key, created ON exhibits
BEGIN SELECT RAISE(ABORT, 'what an exhibit is called never changes'); END""",
    "exhibits_never_deleted": """CREATE TRIGGER exhibits_never_deleted BEFORE DELETE ON exhibits
BEGIN SELECT RAISE(ABORT, 'exhibits are never deleted'); END""",
    "originals_never_updated": """CREATE TRIGGER originals_never_updated
BEFORE UPDATE ON originals
BEGIN SELECT RAISE(ABORT, 'which originals an exhibit uses is never changed'); END""",
    "originals_released_by_disposal": """CREATE TRIGGER originals_released_by_disposal
BEFORE DELETE ON originals
WHEN EXISTS(SELECT 1 FROM examinations WHERE exhibit = OLD.exhibit AND disposed = 0)
BEGIN SELECT RAISE(ABORT, 'originals leave by disposal only'); END""",
    "checklists_new_only": """CREATE TRIGGER checklists_new_only BEFORE INSERT ON checklists
WHEN EXISTS(SELECT 1 FROM checklists WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a frozen checklist is added once'); END""",
    "checklists_never_updated": """CREATE TRIGGER checklists_never_updated
BEFORE UPDATE ON checklists
BEGIN SELECT RAISE(ABORT, 'frozen checklists are never changed'); END""",
    "readers_never_changed": """CREATE TRIGGER readers_never_changed BEFORE UPDATE ON readers
BEGIN SELECT RAISE(ABORT, 'who has read stays'); END""",
    "readers_never_deleted": """CREATE TRIGGER readers_never_deleted BEFORE DELETE ON readers
BEGIN SELECT RAISE(ABORT, 'who has read stays'); END""",
    "exhibit_records_new_only": """CREATE TRIGGER exhibit_records_new_only
BEFORE INSERT ON exhibit_records
WHEN EXISTS(SELECT 1 FROM exhibit_records WHERE exhibit = NEW.exhibit)
BEGIN SELECT RAISE(ABORT, 'the record of an exhibit is added once'); END""",
    "exhibit_records_never_updated": """CREATE TRIGGER exhibit_records_never_updated
BEFORE UPDATE ON exhibit_records
BEGIN SELECT RAISE(ABORT, 'the record of an exhibit is never changed'); END""",
    "exhibit_records_deleted_by_disposal": """CREATE TRIGGER exhibit_records_deleted_by_disposal
BEFORE DELETE ON exhibit_records
WHEN EXISTS(SELECT 1 FROM examinations WHERE exhibit = OLD.exhibit AND disposed = 0)
BEGIN SELECT RAISE(ABORT, 'the record of an exhibit leaves by disposal only'); END""",
    "checklists_never_deleted": """CREATE TRIGGER checklists_never_deleted
BEFORE DELETE ON checklists
BEGIN SELECT RAISE(ABORT, 'frozen checklists are never deleted'); END""",
}

_TABLE = re.compile(r"CREATE (?:VIRTUAL )?(?:TABLE|INDEX) (\w+)")


def is_current(con: sqlite3.Connection, place: str) -> bool:
    """Tell whether the tables are of this program's version; changes nothing.

    Raises InputError when the file is another program's or from a newer docexam.
    """
    con.execute("BEGIN")  # one view: another process may be making the tables at this moment
    try:
        return _version(con, place) == VERSION
    finally:
        if con.in_transaction:
            con.execute("ROLLBACK")


def bring_up(con: sqlite3.Connection, place: str) -> None:
    """Bring the tables to this program's version, in one transaction."""
    con.execute("BEGIN IMMEDIATE")
    # Read again under the lock: another process may have done it meanwhile.
    start = _version(con, place)
    if start < VERSION:
        _climb(con, start)
    con.execute("COMMIT")


def _version(con: sqlite3.Connection, place: str) -> int:
    version = int(con.execute("PRAGMA user_version").fetchone()[0])
    owner = int(con.execute("PRAGMA application_id").fetchone()[0])
    tables = int(con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if owner != APPLICATION_ID and (owner or version or tables):
        todo = "Name another folder with --casebook."
        raise InputError("DX-NOT-A-CASEBOOK", "This is no casebook.", where=place, todo=todo)
    if owner == APPLICATION_ID and version < 1:
        what = "The casebook's version was taken off."
        raise DamagedError("DX-CASEBOOK-DAMAGED", what, where=place, todo="Compare it with a copy.")
    if version > VERSION:
        what = f"This casebook has schema {version}; this docexam knows up to {VERSION}."
        raise InputError("DX-CASEBOOK-NEWER", what, where=place, todo="Update docexam.")
    return version


def _climb(con: sqlite3.Connection, start: int) -> None:
    for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        con.execute(f'DROP TRIGGER "{name.replace(chr(34), chr(34) * 2)}"')
    for step in STEPS[start:]:
        for statement in step:
            con.execute(statement)
    for guard in GUARDS.values():
        con.execute(guard)
    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    con.execute(f"PRAGMA user_version = {VERSION}")


def check_guards(con: sqlite3.Connection, place: str) -> None:
    """Raise DamagedError naming the guards and tables that are missing, altered or foreign."""
    wrong = guard_faults(con)
    if wrong:
        what = f"The guards of the journal are not as they should be: {', '.join(wrong)}."
        todo = "Somebody has altered the file; compare it with a copy made before."
        raise DamagedError("DX-GUARDS-ALTERED", what, where=place, todo=todo)


def guard_faults(con: sqlite3.Connection) -> list[str]:
    """Return what differs from this version's guards and tables, in words; empty for nothing."""
    rows = con.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    found = {name: sql for _, name, _, sql in rows}
    wrong = [
        f"{name} {'altered' if name in found else 'missing'}"
        for name, sql in {**GUARDS, **_expected_tables()}.items()
        if found.get(name) != sql
    ]
    return wrong + [
        f"{name} foreign"
        for kind, name, _, sql in rows
        if kind in ("trigger", "index") and sql and name not in GUARDS and name not in _known()
    ]


def _expected_tables() -> dict[str, str]:
    # Holds while no step alters a table; a step that does must list the resulting text here.
    statements = [s for step in STEPS for s in step]
    return {m.group(1): s for s in statements if (m := _TABLE.match(s))}


def _known() -> set[str]:
    return set(_expected_tables())
