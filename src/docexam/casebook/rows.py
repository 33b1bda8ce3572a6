"""Exhibits, examinations and frozen checklists: their rows, and the lists made of them."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

from docexam.casebook import search
from docexam.casebook.journal import no_examination
from docexam.casebook.records import ExaminationRow, ExhibitRow, Hit
from docexam.domain.checklist import canonical_json
from docexam.domain.events import FIRST_PREV
from docexam.errors import DamagedError, InputError

_EXAMINATION = ", ".join(f"x.{f.name}" for f in fields(ExaminationRow))
_EXHIBIT = "e.id, e.case_name, e.exhibit_name, e.created, e.updated"
_MOST_PARAMETERS = 500
# How many of the newest exhibits are looked through one by one before the index is asked.
_NEWEST_FIRST = 400


def new_id() -> str:
    """Return a new UUID as text, for an exhibit or an examination."""
    from uuid import uuid4

    return str(uuid4())


def name_key(name: str) -> str:
    """Return the form in which names of cases and exhibits are the same: NFC, casefolded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def examination(con: sqlite3.Connection, examination_id: str) -> ExaminationRow:
    """Return one examination; raises InputError when there is none of that id."""
    row = con.execute(
        f"SELECT {_EXAMINATION} FROM examinations x WHERE id = ?",  # noqa: S608 - our own columns
        (examination_id,),
    ).fetchone()
    if row is None:
        raise no_examination(examination_id)
    return ExaminationRow(*row)


def examinations_of(con: sqlite3.Connection, exhibit_id: str) -> tuple[ExaminationRow, ...]:
    """Return the examinations of an exhibit, oldest first."""
    return _examinations(con, [exhibit_id]).get(exhibit_id, ())


def _examinations(
    con: sqlite3.Connection, exhibits: Sequence[str]
) -> dict[str, tuple[ExaminationRow, ...]]:
    found: dict[str, tuple[ExaminationRow, ...]] = {}
    for start in range(0, len(exhibits), _MOST_PARAMETERS):
        part = exhibits[start : start + _MOST_PARAMETERS]
        marks = ",".join("?" * len(part))
        query = f"SELECT {_EXAMINATION} FROM examinations x WHERE exhibit IN ({marks}) ORDER BY created, id"  # noqa: S608, E501 - only question marks are put in
        for raw in con.execute(query, tuple(part)):
            row = ExaminationRow(*raw)
            found[row.exhibit] = (*found.get(row.exhibit, ()), row)
    return found


def find_exhibit(con: sqlite3.Connection, case: str, exhibit: str) -> ExhibitRow | None:
    """Return the exhibit of those names (in any case and normal form), or None."""
    rows = con.execute(
        f"SELECT {_EXHIBIT} FROM exhibits e WHERE case_key = ? AND exhibit_key = ?",  # noqa: S608 - our own columns
        (name_key(case), name_key(exhibit)),
    ).fetchall()
    return next(iter(_exhibits(con, rows)), None)


def exhibit_by_id(con: sqlite3.Connection, exhibit_id: str) -> ExhibitRow | None:
    """Return the exhibit of that id, or None."""
    query = f"SELECT {_EXHIBIT} FROM exhibits e WHERE id = ?"  # noqa: S608 - our own columns
    return next(iter(_exhibits(con, con.execute(query, (exhibit_id,)).fetchall())), None)


def _exhibits(con: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> list[ExhibitRow]:
    examinations = _examinations(con, [row[0] for row in rows])
    return [
        ExhibitRow(key, case, exhibit, created, updated, examinations.get(key, ()))
        for key, case, exhibit, created, updated in rows
    ]


def list_exhibits(
    con: sqlite3.Connection, case: str | None, find: str | None, limit: int | None
) -> list[ExhibitRow]:
    """Return exhibits, the last changed first; see Store.list_exhibits."""
    sought = search.words(find) if find else []
    if find and not sought:
        return []
    if sought and limit is not None:
        newest = _listed(con, case, sought, limit, within=_NEWEST_FIRST)
        if len(newest) >= limit:
            return _exhibits(con, newest)
    return _exhibits(con, _listed(con, case, sought, limit))


def _listed(
    con: sqlite3.Connection,
    case: str | None,
    sought: Sequence[str],
    limit: int | None,
    within: int | None = None,
) -> list[tuple[Any, ...]]:
    """Return rows of exhibits; `within` looks only through so many of the newest, by reading."""
    where, values = ["1"], []
    if case is not None:
        where.append("e.case_key = ?")
        values.append(name_key(case))
    source = "exhibits e"
    if within is not None:
        source = (
            f"(SELECT * FROM exhibits e WHERE {where[0]} ORDER BY updated DESC LIMIT {within}) e"  # noqa: S608 - no foreign text
        )
        has = "EXISTS(SELECT 1 FROM search s WHERE s.exhibit = e.id AND instr(s.text, ?) > 0)"
        where += [has] * len(sought)
        values += sought
    elif sought:
        condition, needles = search.exhibits_with(sought)
        where.append(condition)
        values += needles
    order = "ORDER BY e.updated DESC, e.case_key, e.exhibit_key LIMIT ?"
    query = f"SELECT {_EXHIBIT} FROM {source} WHERE {' AND '.join(where)} {order}"  # noqa: S608 - no foreign text
    return con.execute(query, (*values, -1 if limit is None else limit)).fetchall()


def hits(con: sqlite3.Connection, find: str, limit: int) -> list[Hit]:
    """Return the indexed places that hold every word of `find`; see Store.search."""
    sought = search.words(find)
    if not sought:
        return []
    matched = [search.match(word) for word in sought]
    condition = " AND ".join(m[0] for m in matched)
    query = f"SELECT s.exhibit, s.examination, s.what FROM search s WHERE {condition} LIMIT ?"  # noqa: S608 - no foreign text
    return [Hit(*row) for row in con.execute(query, (*(m[1] for m in matched), limit))]


def add_exhibit(con: sqlite3.Connection, exhibit_id: str, case: str, exhibit: str, at: str) -> None:
    """Add an exhibit; raises InputError when the names are taken."""
    if taken := find_exhibit(con, case, exhibit):
        what = f"the exhibit {taken.case}/{taken.exhibit} exists already; nothing was changed."
        todo = "Choose another name, or add images to it with `docexam add`."
        raise InputError("exhibit-exists", what, todo=todo)
    values = (exhibit_id, case, exhibit, name_key(case), name_key(exhibit), at, at)
    con.execute("INSERT INTO exhibits VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    search.put(con, exhibit_id, "", search.NAME, f"{case}/{exhibit}")


def add_examination(
    con: sqlite3.Connection,
    examination_id: str,
    exhibit_id: str,
    examiner: str,
    checklist: str,
    checklist_id: str,
    at: str,
) -> None:
    """Add an examination with an empty journal."""
    con.execute(
        "INSERT INTO examinations(id, exhibit, examiner, checklist, checklist_id, head_seq,"
        " head_hash, created, updated) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
        (examination_id, exhibit_id, examiner, checklist, checklist_id, FIRST_PREV, at, at),
    )


def freeze(con: sqlite3.Connection, checklist: Mapping[str, Any]) -> str:
    """Keep a copy of a resolved checklist and return the SHA-256 of its canonical JSON."""
    text = canonical_json(checklist)
    digest = sha256(text).hexdigest()
    if not con.execute("SELECT 1 FROM checklists WHERE sha256 = ?", (digest,)).fetchone():
        con.execute("INSERT INTO checklists VALUES (?, ?)", (digest, text.decode("ascii")))
    return digest


def checklist(con: sqlite3.Connection, digest: str) -> dict[str, Any]:
    """Return a frozen checklist; raises DamagedError when it is gone or altered."""
    row = con.execute("SELECT json FROM checklists WHERE sha256 = ?", (digest,)).fetchone()
    if row is None:
        raise DamagedError("checklist-missing", f"the frozen checklist {digest[:12]}… is gone.")
    try:
        data = json.loads(row[0])
        if isinstance(data, dict) and sha256(canonical_json(data)).hexdigest() == digest:
            return data
    except (ValueError, TypeError, RecursionError):
        pass
    raise DamagedError("checklist-altered", f"the frozen checklist {digest[:12]}… was altered.")
