"""Where in a checklist a cursor stands, by its lines: broken ones are no hindrance.

While somebody types, the text is rarely whole; these functions look at headers, ids and keys
only, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_HEADER = re.compile(r"\s*\[{1,2}\s*([A-Za-z_-]+)\s*(?:\.\s*([A-Za-z_.-]+?)\s*)?\]{1,2}")
_ID = re.compile(r"\s*[\"']?id[\"']?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_KEY = re.compile(r"\s*[\"']?([A-Za-z_-]+)[\"']?\s*(?:=|\.)")
_INLINE_ID = re.compile(r"\bid\s*=\s*[\"']([^\"']*)[\"']")

Inside = Callable[[int], bool]
"""Whether a line begins inside a text of several lines, where nothing is a header or key."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header line. `kind`: `indicator`, `checklist`, …; `sub`: `choice`, `choice.bears` or none.

    `row` counts from 0.
    """

    row: int
    kind: str
    sub: str


@dataclass(frozen=True, slots=True)
class Where:
    """The block that a line belongs to.

    `kind` is `file` above the first header. `id` is that of the block, `choice` that of the
    sub-block or of the answer in braces at the cursor; each empty where it has none. `row`: the
    block's header; `sub_row`: the nearest header; `end`: the first line below the block.
    """

    kind: str
    id: str = ""
    sub: str = ""
    choice: str = ""
    row: int = 0
    sub_row: int = 0
    end: int = 0


def outside(_: int) -> bool:
    """Say of every line that it begins outside any text."""
    return False


def header_at(line: str, row: int) -> Header | None:
    """Return the header that a line is, or None."""
    if "[" not in line[:40]:
        return None
    found = _HEADER.match(line)
    return Header(row, found[1], found[2] or "") if found else None


def headers(lines: Sequence[str], inside: Inside = outside) -> Iterator[Header]:
    """Yield every header of the lines, in order."""
    for row, line in enumerate(lines):
        found = header_at(line, row)
        if found and not inside(row):
            yield found


def where(lines: Sequence[str], row: int, column: int = 0, inside: Inside = outside) -> Where:
    """Return the block that a place belongs to."""
    near = _above(lines, row, inside)
    if near is None:
        return Where("file", end=_below(lines, 0, "", inside))
    top = near
    while top.sub:
        higher = _above(lines, top.row - 1, inside)
        if higher is None or higher.kind != near.kind:
            break
        top = higher
    end = _below(lines, top.row + 1, near.kind, inside)
    own_end = next((h.row for h in headers_between(lines, top.row + 1, end, inside)), end)
    choice = ""
    if near.sub.startswith("choice"):
        choice = _choice_above(lines, near, inside)
    elif near is top:
        choice = inline_id(lines[row] if row < len(lines) else "", column)
    return Where(
        near.kind,
        _id_between(lines, top.row + 1, own_end),
        near.sub,
        choice,
        top.row,
        near.row,
        end,
    )


def headers_between(
    lines: Sequence[str], start: int, end: int, inside: Inside = outside
) -> Iterator[Header]:
    """Yield the headers of some of the lines."""
    for row in range(start, min(end, len(lines))):
        found = header_at(lines[row], row)
        if found and not inside(row):
            yield found


def _above(lines: Sequence[str], row: int, inside: Inside) -> Header | None:
    for at in range(min(row, len(lines) - 1), -1, -1):
        found = header_at(lines[at], at)
        if found and not inside(at):
            return found
    return None


def _below(lines: Sequence[str], row: int, kind: str, inside: Inside) -> int:
    for at in range(row, len(lines)):
        found = header_at(lines[at], at)
        if found and (found.kind != kind or not found.sub) and not inside(at):
            return at
    return len(lines)


def _choice_above(lines: Sequence[str], near: Header, inside: Inside) -> str:
    head = near
    while head.sub != "choice":
        higher = _above(lines, head.row - 1, inside)
        if higher is None or not higher.sub:
            return ""
        head = higher
    end = next((h.row for h in headers_between(lines, head.row + 1, len(lines), inside)), None)
    return _id_between(lines, head.row + 1, len(lines) if end is None else end)


def _id_between(lines: Sequence[str], start: int, end: int) -> str:
    for row in range(start, min(end, len(lines))):
        found = _ID.match(lines[row])
        if found:
            return found[1] if found[1] is not None else found[2]
    return ""


def inline_id(line: str, column: int) -> str:
    """Return the id of the answer in braces that a column of a line stands in, or nothing."""
    start = line.rfind("{", 0, column + 1)
    end = line.find("}", max(start, 0))
    if start < 0 or (0 <= end < column):
        return ""
    found = _INLINE_ID.search(line, start, end + 1 if end >= 0 else len(line))
    return found[1] if found else ""


def keys_between(lines: Sequence[str], start: int, end: int) -> frozenset[str]:
    """Return the keys that some lines begin with."""
    found = (_KEY.match(line) for line in lines[start:end])
    return frozenset(f[1] for f in found if f)


def ids_by_kind(lines: Sequence[str], inside: Inside = outside) -> dict[str, list[tuple[str, int]]]:
    """Return the ids of the blocks of every kind with the rows of their headers, in order."""
    found: dict[str, list[tuple[str, int]]] = {}
    head: Header | None = None
    waits = False
    for row, line in enumerate(lines):
        start = line.lstrip()[:3]
        if start[:1] == "[":
            following = header_at(line, row)
            if following and not inside(row):
                head, waits = following, not following.sub
                if waits:
                    found.setdefault(head.kind, []).append(("", row))
        elif waits and head and start.strip("\"'")[:2] == "id":
            name = _ID.match(line)
            if name:
                found[head.kind][-1] = (name[1] if name[1] is not None else name[2], head.row)
                waits = False
    return found


def ids_of(lines: Sequence[str], kind: str, inside: Inside = outside) -> list[tuple[str, int]]:
    """Return the ids of the blocks of a kind with the rows of their headers, in order."""
    return ids_by_kind(lines, inside).get(kind, [])
