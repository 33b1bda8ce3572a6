"""Search over folded text: names, notes and readings found as people type them.

Text is folded by `search_key` before it is indexed and before it is sought. The trigram index
answers needles of three characters and more; a shorter one is sought through the trigrams that
begin with it, or row by row when these are too many. Every word of a needle must be found
somewhere in the exhibit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from docexam.domain.text import search_key

TRIGRAM = 3
# Lets every character of a text begin a trigram; no needle holds a space.
_PADDING = "  "
_MOST_TERMS = 200
_LAST = chr(0x10FFFF)
_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms"
    " USING fts5vocab('main', 'search_index', 'row')"
)
NAME = "name"


def fold(text: str) -> str:
    """Return the form text is indexed and sought in; what cannot be stored becomes a space."""
    return search_key(text).encode("utf-8", "replace").decode().replace("\0", " ")


def put(con: sqlite3.Connection, exhibit: str, examination: str, what: str, text: str) -> None:
    """Index `text` under a key of an examination (or of the exhibit); replaces what was there."""
    drop(con, exhibit, examination, what)
    folded = fold(text) + _PADDING
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


def match(con: sqlite3.Connection, word: str) -> tuple[str, str]:
    """Return a condition on rows of `search` (as `s`) that hold a folded word, and its value."""
    terms = [word] if len(word) >= TRIGRAM else _terms(con, word)
    if len(terms) > _MOST_TERMS:
        return "instr(s.text, ?) > 0", word
    if not terms:
        return "? = ''", word
    quoted = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
    return "s.id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)", quoted


def _terms(con: sqlite3.Connection, start: str) -> list[str]:
    """Return indexed trigrams that begin with `start`, not many more than `_MOST_TERMS`."""
    con.execute(_VOCABULARY)
    query = "SELECT term FROM temp.search_terms WHERE term >= ? AND term <= ? LIMIT ?"
    rows = con.execute(query, (start, start + _LAST, _MOST_TERMS + 1))
    return [term for (term,) in rows.fetchall()]


def exhibits_with(con: sqlite3.Connection, sought: Sequence[str]) -> tuple[str, list[str]]:
    """Return a condition on exhibits (as `e`) that hold every folded word, and its values."""
    conditions, values = [], []
    for word in sought:
        condition, value = match(con, word)
        conditions.append(f"e.id IN (SELECT s.exhibit FROM search s WHERE {condition})")  # noqa: S608 - the condition is ours
        values.append(value)
    return " AND ".join(conditions) or "0", values
