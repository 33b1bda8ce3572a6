"""Reading a worksheet that somebody has filled in: CSV as spreadsheets write it."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass

from docexam.domain.text import visible
from docexam.errors import InputError
from docexam.reports.sheet import COLUMNS, FACT, FIELD, INDICATOR, MARK, VERSION, unguarded

MOST_BYTES = 16 << 20
MOST_ROWS = 20_000
_FIRST = re.compile(rf'"?{MARK}"?([,;\t])')
_WANTED = ("kind", "id", "answer")
_KINDS = (FACT, FIELD, INDICATOR)


@dataclass(frozen=True, slots=True)
class Entry:
    """One filled-in row: its number in the file from 1, what it answers, and how."""

    row: int
    kind: str
    id: str
    answer: str = ""
    cause: str = ""
    note: str = ""
    region: str = ""
    reason: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.answer or self.cause or self.note or self.region)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A worksheet that came back. `examined_by` is what was written there, or empty."""

    exhibit_id: str
    handle: str
    checklist: str
    examined_by: str
    entries: tuple[Entry, ...]


def read_sheet(path: str) -> FilledSheet:
    """Read a filled-in worksheet; raises InputError where it is none. Answers are not checked."""
    rows = _rows(_text(_bytes(path), path), path)
    head: dict[str, Sequence[str]] = {}
    for number, row in enumerate(rows):
        names = [cell.strip().casefold() for cell in row]
        if "kind" in names and "id" in names:
            entries = _entries(rows[number + 1 :], names, number + 2, path)
            return _filled(head, entries, path)
        if row and row[0].strip():
            head.setdefault(row[0].strip().casefold(), [unguarded(c).strip() for c in row[1:]])
    raise _no_sheet(path, "The row with the names of the columns is missing.")


def _no_sheet(path: str, what: str) -> InputError:
    return InputError(
        "DX-SHEET",
        what,
        where=visible(path),
        todo="“docexam sheet CASE/EXHIBIT -o FILE.csv” writes one; save it as CSV, UTF-8.",
    )


def _bytes(path: str) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can have this name"
        raise _no_sheet(path, f"The file cannot be read: {why}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _no_sheet(path, "This is no ordinary file.")
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _no_sheet(path, f"The file is larger than {MOST_BYTES >> 20} MB.")
    return content


def _text(content: bytes, path: str) -> str:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_sheet(path, "The file is not UTF-8.") from error


def _rows(text: str, path: str) -> list[list[str]]:
    first = _FIRST.match(text)
    if first is None:
        raise _no_sheet(path, "This is no worksheet of docexam.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=first[1], strict=True)
    rows: list[list[str]] = []
    limit = csv.field_size_limit(MOST_BYTES)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise _no_sheet(path, f"The file has more than {MOST_ROWS:,} rows.")
    except csv.Error as error:
        what = f"Row {len(rows) + 1} cannot be read: {visible(str(error))}."
        raise _no_sheet(path, what) from error
    finally:
        csv.field_size_limit(limit)
    return rows


def _entries(
    rows: Sequence[Sequence[str]], names: Sequence[str], start: int, path: str
) -> tuple[Entry, ...]:
    if missing := [name for name in _WANTED if name not in names]:
        raise _no_sheet(path, f"A column is missing: {', '.join(missing)}.")
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise _no_sheet(path, f"A column stands twice: {', '.join(twice)}.")
    found = []
    for number, row in enumerate(rows, start):
        cells = dict(zip(names, (unguarded(c) for c in row), strict=False))
        entry = _entry(number, cells)
        if entry.id or not entry.blank:
            found.append(entry)
    return tuple(found)


def _entry(number: int, cells: dict[str, str]) -> Entry:
    values = {name: cells.get(name, "").strip() for name in COLUMNS}
    return Entry(
        row=number,
        kind=values["kind"].casefold(),
        id=values["id"],
        answer=values["answer"],
        cause=values["cause"],
        note=values["note"],
        region=values["region"],
        reason=values["reason"],
    )


def _filled(head: dict[str, Sequence[str]], entries: tuple[Entry, ...], path: str) -> FilledSheet:
    def cell(name: str, at: int = 0) -> str:
        row = head.get(name, ())
        return row[at] if at < len(row) else ""

    if cell(MARK) != VERSION:
        raise _no_sheet(path, "This worksheet is of another version of docexam.")
    return FilledSheet(
        exhibit_id=cell("exhibit id"),
        handle=cell("case/exhibit"),
        checklist=cell("checklist", 2),
        examined_by=cell("examined by"),
        entries=entries,
    )


def kind_faults(entries: Sequence[Entry]) -> list[str]:
    """Return what is wrong with rows in themselves: unknown kinds, ids that stand twice."""
    faults = []
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.kind not in _KINDS:
            faults.append(f"row {entry.row}: “{visible(entry.kind[:40])}” is no kind of row")
        first = seen.setdefault((entry.kind, entry.id), entry.row)
        if first != entry.row:
            faults.append(f"row {entry.row}: “{visible(entry.id[:80])}” stands in row {first} too")
    return faults
