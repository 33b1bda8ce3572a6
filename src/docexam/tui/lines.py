"""Styled lines of text: what panes show, before any toolkit turns it into cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, split_text

from docexam.domain.text import visible


class Span(NamedTuple):
    """A run of text in one role (a style's name). `target`: what a click on it means."""

    text: str
    role: str = ""
    target: str = ""


Line = tuple[Span, ...]
BLANK: Line = ()


def counted(count: int, noun: str) -> str:
    """Return a number and its noun: `1 item`, `2 items`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def cells(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return cell_len(text)


def line_cells(line: Sequence[Span]) -> int:
    """Return how many cells a line takes."""
    return sum(cell_len(s.text) for s in line)


def cut(text: str, width: int) -> str:
    """Return `text` in at most `width` cells, with `…` where something was left out."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return split_text(text, width - 1)[0].rstrip() + "…"


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` cells, between words where that can be done.

    The text is made visible first; line feeds in it break lines.
    """
    width = max(width, 1)
    lines: list[str] = []
    for paragraph in visible(text, lines=True).split("\n"):
        lines.extend(_wrap_one(paragraph, width))
    return lines


def _wrap_one(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        size = cell_len(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        while size > width:
            head, word = split_text(word, width)
            lines.append(head)
            size = cell_len(word)
        line, used = word, size
    return [*lines, line] if line or not lines else lines


def paragraph(
    text: str, width: int, role: str = "", *, first: str = "", rest: str = "", target: str = ""
) -> list[Line]:
    """Wrap `text` behind a lead: `first` before the first line, `rest` before the others."""
    lead = max(cell_len(first), cell_len(rest))
    return [
        (Span((first if at == 0 else rest) + part, role, target),)
        for at, part in enumerate(wrap(text, width - lead))
    ]


def ends(left: Sequence[Span], right: Sequence[Span], width: int) -> Line:
    """Return one line with `left` and `right` at its ends; the left gives way where needed."""
    room = width - line_cells(right)
    kept: list[Span] = []
    for span in left:
        if room <= 0:
            break
        text = cut(span.text, room)
        kept.append(Span(text, span.role, span.target))
        room -= cell_len(text)
    gap = [Span(" " * room)] if room > 0 else []
    return (*kept, *gap, *right)
