"""The Markdown writer (CommonMark with tables): plain text that stays plain when rendered.

Every text is made visible first, then every character that means something to Markdown is
escaped. What renderers turn into links, mail addresses or mentions without being asked is put
into code spans, which no renderer looks into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from docexam.domain.text import visible
from docexam.reports import document as d
from docexam.reports import model as m
from docexam.reports.layout import lay_out

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$&])")
_LINE_START = re.compile(r"\A([-+=:]|\d+(?=[.)]))")
_DOMAIN_DOT = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")
_DOUBLED = re.compile(r"(?<==)=")
# What renderers make a link or a mention of on their own.
_ACTIVE = re.compile(
    r"@|://|www\.|(?:javascript|vbscript|data|file|mailto|xmpp|tel|blob):", re.IGNORECASE
)
_WORD = re.compile(r"(\s+)")
_NO_CODE = re.compile(r"([|\\`])")
_BLANK_LINE = "\u00a0"
_TO_WRITE_ON = "." * 40


def write_markdown(report: m.Report) -> str:
    """Return the report as Markdown; the first line says how much it holds back."""
    return markdown_of(lay_out(report))


def markdown_of(document: d.Document) -> str:
    """Return a laid-out report as Markdown."""
    ends = [document.notice, *([document.marking] if document.marking else [])]
    parts = [escaped(text) for text in ends]
    parts.append(escaped(document.running))
    for block in document.blocks:
        parts.extend(_block(block))
    parts += [escaped(document.end), *(escaped(text) for text in ends)]
    return "\n\n".join(parts) + "\n"


def _block(block: d.Block) -> Iterator[str]:
    if isinstance(block, d.Heading):
        yield "#" * block.level + " " + _inline(block.line, start=False)
    elif isinstance(block, d.Paragraph):
        text = _inline(block.line)
        yield f"**{text}**" if block.role == "lead" and _can_be_strong(block.line) else text
    elif isinstance(block, d.Bullets):
        marks = (f"{n}. " if block.numbered else "- " for n in count(1))
        yield "\n".join(
            mark + _inline(item) for mark, item in zip(marks, block.items, strict=False)
        )
    elif isinstance(block, d.Facts):
        yield "\n".join(
            f"- {escaped(label)}: {_inline(value, start=False)}" for label, value in block.rows
        )
    elif isinstance(block, d.Table):
        yield _table(block)


def _can_be_strong(line: d.Line) -> bool:
    return all(span.style == d.PLAIN for span in line)


def _table(table: d.Table) -> str:
    rows = [
        _row([escaped(h) for h in table.head]),
        _row(["---"] * len(table.head)),
        *(_row([_inline(cell, cells=True, start=False) for cell in row]) for row in table.rows),
    ]
    return "\n".join(rows)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(line: d.Line, *, cells: bool = False, start: bool = True) -> str:
    text = "".join(_span(span, cells=cells) for span in line).lstrip(" ")
    return _guarded_start(text) if start else text


def _span(span: d.Span, *, cells: bool) -> str:
    if span.style == d.BLANK:
        return _TO_WRITE_ON
    if span.style == d.CODE:
        return _code(visible(span.text))
    if span.style == d.GIVEN:
        return _given(span.text, cells=cells)
    text = _escaped_inline(visible(span.text))
    return f"**{text.strip()}**" if span.style == d.STRONG and text.strip() else text


def _given(text: str, *, cells: bool) -> str:
    first, *more = (_escaped_inline(part.strip(" ")) for part in _lines(text))
    if cells:
        return " ⏎ ".join([first, *more])
    return "\\\n  ".join([first, *(_guarded_start(part) or _BLANK_LINE for part in more)])


def _lines(text: str) -> list[str]:
    return visible(text, lines=True).split("\n")


def escaped(text: str) -> str:
    """Return one line of text that Markdown shows as it is, wherever on a line it stands."""
    return _guarded_start(_escaped_inline(visible(text)).lstrip(" "))


def _guarded_start(text: str) -> str:
    return _LINE_START.sub(_guard, text)


def _guard(found: re.Match[str]) -> str:
    mark = found[1]
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _escaped_inline(text: str) -> str:
    if not _ACTIVE.search(text):
        return _plain(text)
    words = _WORD.split(text)
    return "".join(_code(w) if _ACTIVE.search(w) else _plain(w) for w in words)


def _plain(text: str) -> str:
    # Digits and dots of dates and numbers stay readable; a name with dots is no address.
    text = _SPECIAL.sub(r"\\\1", text)
    return _DOUBLED.sub(r"\\=", _DOMAIN_DOT.sub(r"\\.", text))


def _code(text: str) -> str:
    # A pipe would end a table's cell and a backtick the span, so both stand between spans.
    parts = [p for p in _NO_CODE.split(text) if p]
    return "".join(f"\\{p}" if _NO_CODE.fullmatch(p) else f"`{p}`" for p in parts)
