"""A report laid out: headings, paragraphs, lists and tables that every writer prints alike.

Nothing here is escaped. Each writer passes every text through `visible()` and then through its
own escaping, whoever wrote the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docexam.reports import model as m

PLAIN = ""
STRONG = "strong"
CODE = "code"
GIVEN = "given"  # the very words somebody wrote; may hold line breaks
WITHHELD = "withheld"
BLANK = "blank"  # room to write on by hand


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style."""

    text: str
    style: str = PLAIN


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the report's title."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `role`: empty, `lead` (stands out) or `small`."""

    line: Line
    role: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order, or (`numbered`) with one."""

    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values, one to a row."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Pictures of one region: a plain crop, the view it was seen in, its place on the capture.

    Without a region, the whole capture. A writer that has no pictures leaves it out.
    """

    capture: int
    region: m.RegionEntry | None
    view: m.ViewEntry | None
    caption: Line
    labels: tuple[str, str, str]


Block = Heading | Paragraph | Bullets | Facts | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be written. `notice` is the first line; `running` stands on every page."""

    language: str
    title: str
    contents: str
    notice: str
    running: str
    marking: str
    end: str
    blocks: tuple[Block, ...]


def line(*parts: str | Span | Line) -> Line:
    """Return one line from texts, spans and lines."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            spans.append(Span(part))
        elif isinstance(part, Span):
            spans.append(part)
        else:
            spans.extend(part)
    return tuple(s for s in spans if s.text)


def joined(parts: Sequence[Line], between: str) -> Line:
    """Return several lines as one, with `between` them."""
    out: Line = ()
    for part in parts:
        out = line(out, between if out and part else "", part)
    return out


def strong(text: str) -> Span:
    """Return a span that stands out."""
    return Span(text, STRONG)


def code(text: str) -> Span:
    """Return a span of exact characters: an id, a hash."""
    return Span(text, CODE)


def given(text: str) -> Span:
    """Return the very words somebody wrote."""
    return Span(text, GIVEN)
