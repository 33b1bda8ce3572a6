"""Search over folded text: names, notes and readings found as people type them.

Text is folded by `search_key` before it is indexed and before it is sought. The trigram index
answers needles of three characters and more; shorter ones are looked for row by row. Every word
of a needle must be found somewhere in the exhibit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from docexam.domain.text import search_key

TRIGRAM = 3
NAME = "name"


def fold(text: str) -> str:
    """Return the form text is indexed and sought in; what cannot be stored becomes a space."""
    return search_key(text).encode("utf-8", "replace").decode().replace("\0", " ")


def put(con: sqlite3.Connection, exhibit: str, examination: str, what: str, text: str) -> None:
    """Index `text` under a key of an examination (or of the exhibit); replaces what was there."""
    drop(con, exhibit, examination, what)
    folded = fold(text)
    row = con.execute(
        "INSERT INTO search(exhibit, examination, what, text) VALUES (?, ?, ?, ?)",
        (exhibit, examination, what, folded),
    )
    con.execute("INSERT INTO search_index(rowid, text) VALUES (?, ?)", (row.lastrowid, folded))


def drop(con: sqlite3.Connection, exhibit: str, examination: str, what: str) -> None:
    """Remove one key from the index; it need not be there."""
    _drop(con, "exhibit = ? AND examination = ? AND what = ?", exhibit, examination, what)


def drop_examination(con: sqlite3.Connection, exhibit: str, examination: str) -> None:
    """Remove everything indexed for an examination."""
    _drop(con, "exhibit = ? AND examination = ?", exhibit, examination)


def _drop(con: sqlite3.Connection, condition: str, *values: str) -> None:
    # The index keeps no texts of its own and must be told which one goes.
    con.execute(
        "INSERT INTO search_index(search_index, rowid, text)"  # noqa: S608 - the condition is ours
        f" SELECT 'delete', id, text FROM search WHERE {condition}",
        values,
    )
    con.execute(f"DELETE FROM search WHERE {condition}", values)  # noqa: S608 - the same


def rebuild(con: sqlite3.Connection) -> None:
    """Make the index anew from its texts, so that removed texts leave no trigram behind."""
    con.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")


def words(needle: str) -> list[str]:
    """Return the folded words of a needle."""
    return fold(needle).split()


def match(word: str) -> tuple[str, str]:
    """Return a condition on rows of `search` (as `s`) that hold a folded word, and its value."""
    if len(word) < TRIGRAM:
        return "instr(s.text, ?) > 0", word
    quoted = '"' + word.replace('"', '""') + '"'
    return "s.id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)", quoted


def exhibits_with(sought: Sequence[str]) -> tuple[str, list[str]]:
    """Return a condition on exhibits (as `e`) that hold every folded word, and its values."""
    conditions, values = [], []
    for word in sought:
        condition, value = match(word)
        conditions.append(f"e.id IN (SELECT s.exhibit FROM search s WHERE {condition})")  # noqa: S608 - the condition is ours
        values.append(value)
    return " AND ".join(conditions) or "0", values
