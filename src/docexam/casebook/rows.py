"""Exhibits, examinations and frozen checklists: their rows, and the lists made of them."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from docexam.casebook import search
from docexam.casebook.journal import no_examination
from docexam.casebook.records import ExaminationRow, ExhibitRow, Hit
from docexam.domain.checklist import canonical_json
from docexam.domain.events import FIRST_PREV
from docexam.errors import DamagedError, InputError

_EXAMINATION = ", ".join(f"x.{f.name}" for f in fields(ExaminationRow))
_EXHIBIT = "e.id, e.case_name, e.exhibit_name, e.created, e.updated"
_NEWEST = "e.updated DESC, e.case_key, e.exhibit_key"
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
    exhibit = exhibit_by_id(con, exhibit_id)
    return exhibit.examinations if exhibit else ()


def find_exhibit(con: sqlite3.Connection, case: str, exhibit: str) -> ExhibitRow | None:
    """Return the exhibit of those names (in any case and normal form), or None."""
    names = [name_key(case), name_key(exhibit)]
    found = _exhibits(con, "exhibits e", "e.case_key = ? AND e.exhibit_key = ?", names)
    return found[0] if found else None


def exhibit_by_id(con: sqlite3.Connection, exhibit_id: str) -> ExhibitRow | None:
    """Return the exhibit of that id, or None."""
    found = _exhibits(con, "exhibits e", "e.id = ?", [exhibit_id])
    return found[0] if found else None


def _exhibits(
    con: sqlite3.Connection,
    source: str,
    condition: str,
    values: Sequence[str],
    limit: int | None = None,
    offset: int = 0,
) -> list[ExhibitRow]:
    """Return the exhibits of a source (as `e`) with their examinations, last changed first."""
    window: tuple[int, ...] = ()
    exhibits = f"{source} LEFT JOIN examinations x ON x.exhibit = e.id WHERE {condition}"
    if limit is not None or offset:
        window = (-1 if limit is None else limit, offset)
        exhibits = (
            f"(SELECT e.* FROM {source} WHERE {condition} ORDER BY {_NEWEST} LIMIT ? OFFSET ?) e"  # noqa: S608 - no foreign text
            " LEFT JOIN examinations x ON x.exhibit = e.id"
        )
    order = f"{_NEWEST}, x.created, x.id"
    query = f"SELECT {_EXHIBIT}, {_EXAMINATION} FROM {exhibits} ORDER BY {order}"  # noqa: S608 - no foreign text
    found: list[ExhibitRow] = []
    for (key, case, exhibit, created, updated), group in groupby(
        con.execute(query, (*values, *window)).fetchall(), key=itemgetter(0, 1, 2, 3, 4)
    ):
        examinations = tuple(ExaminationRow(*row[5:]) for row in group if row[5] is not None)
        found.append(ExhibitRow(key, case, exhibit, created, updated, examinations))
    return found


def list_exhibits(
    con: sqlite3.Connection,
    case: str | None,
    find: str | None,
    limit: int | None,
    offset: int = 0,
) -> list[ExhibitRow]:
    """Return exhibits, the last changed first; see Store.list_exhibits."""
    sought = search.words(find) if find else []
    if find and not sought:
        return []
    within = ("1", []) if case is None else ("e.case_key = ?", [name_key(case)])
    if sought and limit is not None and not offset:
        newest = _found_among_newest(con, *within, sought, limit)
        if len(newest) >= limit:
            return newest
    condition, values = within
    if sought:
        has, needles = search.exhibits_with(con, sought)
        condition, values = f"{condition} AND {has}", [*values, *needles]
    return _exhibits(con, "exhibits e", condition, values, limit, offset)


def _found_among_newest(
    con: sqlite3.Connection, within: str, values: Sequence[str], sought: Sequence[str], limit: int
) -> list[ExhibitRow]:
    """Look through the newest exhibits one by one: a frequent word is found there soonest."""
    source = f"(SELECT * FROM exhibits e WHERE {within} ORDER BY {_NEWEST} LIMIT {_NEWEST_FIRST}) e"  # noqa: S608 - no foreign text
    has = "EXISTS(SELECT 1 FROM search s WHERE s.exhibit = e.id AND instr(s.text, ?) > 0)"
    return _exhibits(con, source, " AND ".join([has] * len(sought)), [*values, *sought], limit)


def hits(con: sqlite3.Connection, find: str, limit: int) -> list[Hit]:
    """Return the indexed places that hold every word of `find`; see Store.search."""
    sought = search.words(find)
    if not sought:
        return []
    matched = [search.match(con, word) for word in sought]
    condition = " AND ".join(m[0] for m in matched)
    query = f"SELECT s.exhibit, s.examination, s.what FROM search s WHERE {condition} LIMIT ?"  # noqa: S608 - no foreign text
    return [Hit(*row) for row in con.execute(query, (*(m[1] for m in matched), limit))]


def add_exhibit(con: sqlite3.Connection, exhibit_id: str, case: str, exhibit: str, at: str) -> None:
    """Add an exhibit; raises InputError when the names are taken."""
    if taken := find_exhibit(con, case, exhibit):
        what = f"The exhibit {taken.case}/{taken.exhibit} exists already; nothing was changed."
        todo = "Choose another name, or add images to it with `docexam add`."
        raise InputError("DX-EXHIBIT-EXISTS", what, todo=todo)
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
        raise DamagedError("DX-CHECKLIST-MISSING", f"The frozen checklist {digest[:12]}… is gone.")
    try:
        data = json.loads(row[0])
        if isinstance(data, dict) and sha256(canonical_json(data)).hexdigest() == digest:
            return data
    except (ValueError, TypeError, RecursionError):
        pass
    raise DamagedError("DX-CHECKLIST-ALTERED", f"The frozen checklist {digest[:12]}… was altered.")
