"""A blank worksheet for a colleague without the tool: the questions, and room for answers.

`Sheet` is the model; `sheet_csv` writes it for a spreadsheet, `sheet_pdf` for paper. It holds
nobody's findings. Every cell is inert: a spreadsheet must not take a text for a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docexam.domain.checklist import CAUSES, NON_ANSWERS, Checklist, Choice, Field, Indicator
from docexam.domain.exhibit import Capture
from docexam.domain.text import visible

MARK = "docexam worksheet"
VERSION = "1"
FACT = "fact"
FIELD = "field"
INDICATOR = "indicator"
COLUMNS = (
    "kind",
    "id",
    "section",
    "question",
    "hints",
    "answers",
    "answer",
    "cause",
    "note",
    "region",
    "reason",
)
# The full-width forms act like the others in some spreadsheets and languages.
_ACTS = frozenset("=+-@＝＋－＠")
_GUARD = "'"
_BEHIND = re.compile(r'([,;|]["\s]*)([=+\-@＝＋－＠])')


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a worksheet. `choices` is empty where a value is to be written."""

    kind: str
    id: str
    section: str
    question: str
    hints: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole worksheet."""

    handle: str
    exhibit_id: str
    checklist: tuple[str, str, str]
    title: str
    language: str
    captures: tuple[Capture, ...]
    rows: tuple[Row, ...]


def sheet_of(
    handle: str, exhibit_id: str, checklist: Checklist, captures: Sequence[Capture]
) -> Sheet:
    """Return the worksheet of an exhibit: facts, fields, then the indicators in walking order."""
    return Sheet(
        handle=handle,
        exhibit_id=exhibit_id,
        checklist=(checklist.id, checklist.version, checklist.sha256()),
        title=checklist.title,
        language=checklist.language,
        captures=tuple(captures),
        rows=tuple(_rows(checklist)),
    )


def _rows(checklist: Checklist) -> Iterator[Row]:
    titles = {s.id: s.title for s in checklist.sections}
    for item in checklist.walk():
        if item.fact:
            yield _item_row(item, FACT, "")
    for spec in checklist.fields:
        yield _field_row(spec)
    for item in checklist.walk():
        if not item.fact:
            yield _item_row(item, INDICATOR, titles.get(item.section, ""))


def _item_row(item: Indicator, kind: str, section: str) -> Row:
    hints = [
        "critical" if item.critical else "",
        f"only if: {item.when}" if item.when else "",
        f"stage {item.stage}: after everything of the stage before" if item.stage > 1 else "",
        *item.look,
    ]
    return Row(
        kind=kind,
        id=item.id,
        section=section,
        question=item.ask,
        hints=tuple(h for h in hints if h),
        choices=tuple((c.id, _label(c)) for c in item.choices),
        many=item.type == "many",
        asks=_ASKS.get(item.type, ""),
    )


def _label(choice: Choice) -> str:
    return f"{choice.label} (mark the region)" if choice.evidence == "region" else choice.label


_ASKS = {
    "number": "a number",
    "date": "a date, YYYY-MM-DD or in part",
    "text": "text as it stands",
}


def _field_row(spec: Field) -> Row:
    asks = "a date as it stands" if spec.type == "date" else "the text as it stands"
    return Row(FIELD, spec.id, "", spec.label, (spec.help,) if spec.help else (), asks=asks)


# --- CSV ---------------------------------------------------------------------------------------


def sheet_csv(sheet: Sheet) -> bytes:
    """Return the worksheet as CSV: UTF-8 with a mark, every cell quoted and inert."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (*_head_rows(sheet), [], list(COLUMNS), *map(_cells, sheet.rows)):
        writer.writerow([guarded(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _head_rows(sheet: Sheet) -> Iterator[list[str]]:
    yield [MARK, VERSION]
    yield ["case/exhibit", sheet.handle]
    yield ["exhibit id", sheet.exhibit_id]
    yield ["checklist", *sheet.checklist]
    for c in sheet.captures:
        yield [f"capture {c.n}", c.sha256, f"{c.width} × {c.height}", c.format]
    yield ["instead of an answer", ", ".join(NON_ANSWERS)]
    yield ["causes of these", ", ".join(CAUSES)]
    yield ["region", "CAPTURE:X,Y,W,H in fractions of the image; several with | between them"]
    yield ["examined by", ""]


def _cells(row: Row) -> list[str]:
    listed = " | ".join(f"{name} = {label}" for name, label in row.choices) or row.asks
    if row.many:
        listed = f"any number of these, with commas between them: {listed}"
    hints = "; ".join(row.hints)
    return [row.kind, row.id, row.section, row.question, hints, listed, "", "", "", "", ""]


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, hidden characters made visible."""
    # Read with another separator, a cell may begin behind every one of them.
    shown = _BEHIND.sub(rf"\1{_GUARD}\2", visible(text))
    return f"{_GUARD}{shown}" if shown.lstrip('" ')[:1] in _ACTS else shown


def unguarded(text: str) -> str:
    """Return what a guarded cell stands for."""
    inner = text.removeprefix(_GUARD)
    return inner if inner != text and inner.lstrip('" ')[:1] in _ACTS else text
