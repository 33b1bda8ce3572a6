"""A checklist's text as edits see it: its data, the places of its keys, and where blocks begin.

Edits are splices: characters of the text replaced by others, everything else left as it is. Each
result is read again and compared with what was intended before anybody gets to see it.
"""

from __future__ import annotations

import copy
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from docexam.checklists.faults import ERROR
from docexam.checklists.positions import Path, Positions, Span
from docexam.checklists.source import source_of
from docexam.errors import InputError

BOM = "\ufeff"


class EditRefusedError(InputError):
    """An edit that cannot be made safely; nothing was changed. Code `DX-EDIT`."""

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__("DX-EDIT", what, todo=todo)


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit came to. `at`: the character of the new text to put the cursor on.

    `told`: what was done, in a sentence.
    """

    text: str
    at: int
    told: str


@dataclass(frozen=True, slots=True)
class Splice:
    """Characters `start` to `end` (exclusive) are replaced by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One `[[…]]` block with its sub-blocks and the comments that belong to it.

    `start`: where its first line begins, comments right above the header included. `end`: where
    the text of its last line ends, without the line break. `header`: where the header begins.
    """

    path: Path
    start: int
    end: int
    header: int


class Sheet:
    """A text that was read without a slip, ready to be edited.

    Raises EditRefusedError where the text is no TOML or out of bounds.
    """

    def __init__(self, text: str) -> None:
        self.bom = BOM if text.startswith(BOM) else ""
        self.text = text[len(self.bom) :]
        source = source_of(self.text, "text")
        if source.data is None or source.broken:
            first = next((f for f in source.faults if f.level == ERROR), None)
            where = f"line {first.line}: {first.message}" if first else "it cannot be read"
            raise EditRefusedError(
                f"The text must be mended first: {where}.", "Then try again; nothing was changed."
            )
        self.data: dict[str, Any] = source.data
        self.positions: Positions = source.positions

    @cached_property
    def newline(self) -> str:
        """The line break of the text: that of its first line."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"

    @cached_property
    def _ends(self) -> list[int]:
        return sorted(span.end for span in self.positions.values.values())

    # -- lines ---------------------------------------------------------------------------------

    def line_start(self, at: int) -> int:
        """Return where the line of a character begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Return where the text of a character's line ends, before the line break."""
        found = self.text.find("\n", at)
        end = len(self.text) if found < 0 else found
        return end - 1 if end > at and self.text[end - 1] == "\r" else end

    def next_line(self, at: int) -> int:
        """Return where the line after a character's begins; the text's end where there is none."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def indent_at(self, at: int) -> str:
        """Return the white space at the beginning of a character's line."""
        start = self.line_start(at)
        line = self.text[start : self.line_end(start)]
        return line[: len(line) - len(line.lstrip())]

    def line_of(self, at: int) -> int:
        """Return the number of a character's line, from 1."""
        return self.positions.line_column(at)[0]

    # -- blocks --------------------------------------------------------------------------------

    def entries(self, kind: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the blocks of a kind with their paths, as far as they are tables."""
        part = self.data.get(kind)
        for number, one in enumerate(part if isinstance(part, list) else ()):
            if isinstance(one, dict):
                yield (kind, number), one

    def find(self, kind: str, name: str) -> tuple[Path, dict[str, Any]]:
        """Return the block of an id; raises EditRefusedError where there is none in this file."""
        for path, data in self.entries(kind):
            if data.get("id") == name:
                return path, data
        raise EditRefusedError(
            f"There is no {kind} `{name}` in this file.",
            "What is included is edited in the file it comes from.",
        )

    def block(self, path: Path) -> Block:
        """Return the extent of a block; raises EditRefusedError where it is torn."""
        tables = self.positions.tables
        own = [n for n, (p, _) in enumerate(tables) if p[: len(path)] == path]
        if not own or tables[own[0]][0] != path:
            raise EditRefusedError(
                f"`{written(path)}` is not written as a block of its own.", "Change it by hand."
            )
        if own != list(range(own[0], own[-1] + 1)):
            line = self.line_of(tables[own[-1]][1].start)
            raise EditRefusedError(
                f"Parts of `{written(path)}` stand elsewhere (line {line}).",
                "Bring them together by hand first.",
            )
        header = tables[own[0]][1].start
        return Block(path, self._comments_above(own[0]), self._core_end(own[-1]), header)

    def _last_token(self, number: int) -> int:
        """Return where the last value under a header ends, or the header itself."""
        tables = self.positions.tables
        following = tables[number + 1][1].start if number + 1 < len(tables) else len(self.text) + 1
        at = bisect_left(self._ends, following)
        own = tables[number][1].end if number >= 0 else 0
        return max(own, self._ends[at - 1] if at else 0)

    def _comments_above(self, number: int) -> int:
        start = self.line_start(self.positions.tables[number][1].start)
        least = self.next_line(self._last_token(number - 1)) if number else 0
        if number == 0 and self._ends and self._ends[0] < start:
            least = self.next_line(self._last_token(-1))
        while start > least:
            above = self.line_start(start - 1)
            if above < least or not self._is_comment(above):
                break
            start = above
        return start

    def _core_end(self, number: int) -> int:
        """Return where a block's last line ends: comments below count unless a header follows."""
        end = self.line_end(self._last_token(number))
        at = self.next_line(end)
        last = end
        while at < len(self.text) and self._is_comment(at):
            last = self.line_end(at)
            at = self.next_line(at)
        blank = at >= len(self.text) or not self.text[at : self.line_end(at)].strip()
        return last if blank else end

    def _is_comment(self, start: int) -> bool:
        return self.text[start : self.line_end(start)].lstrip().startswith("#")

    def under(self, path: Path) -> tuple[int, int] | None:
        """Return where the keys of a table with a header (or of the file) may stand, or None."""
        tables = self.positions.tables
        if not path:
            return 0, tables[0][1].start if tables else len(self.text)
        for number, (own, span) in enumerate(tables):
            if own == path:
                after = tables[number + 1][1].start if number + 1 < len(tables) else len(self.text)
                return span.end, after
        return None

    def pairs(self, path: Path) -> list[Span]:
        """Return the values right under a header, in order; those of its sub-blocks are none."""
        bounds = self.under(path)
        if bounds is None:
            return []
        low, high = bounds
        inside = [s for s in self.positions.values.values() if low <= s.start < high]
        inside.sort(key=lambda s: (s.start, -s.end))
        outer: list[Span] = []
        for span in inside:
            if not outer or span.start >= outer[-1].end:
                outer.append(span)
        return outer

    # -- the result ----------------------------------------------------------------------------

    def plan(self) -> dict[str, Any]:
        """Return a copy of the data, to be changed into what is intended."""
        return copy.deepcopy(self.data)

    def apply(self, splices: Iterable[Splice], intended: dict[str, Any], told: str) -> Edit:
        """Return the spliced text, proven to say what is intended; raises EditRefusedError."""
        pieces: list[str] = []
        done = at = 0
        for number, splice in enumerate(sorted(splices, key=lambda s: (s.start, s.end))):
            if splice.start < done:
                raise EditRefusedError("Two changes meet in one place.", "Change it by hand.")
            pieces += [self.text[done : splice.start], splice.text]
            done = splice.end
            if number == 0:
                at = splice.start
        text = "".join([*pieces, self.text[done:]])
        must_say(text, intended)
        return Edit(self.bom + text, at + len(self.bom), told)


def must_say(text: str, intended: dict[str, Any]) -> None:
    """Raise EditRefusedError unless a text, read anew, says exactly what is intended."""
    again = source_of(text, "text")
    if again.data is None or again.broken or not same(again.data, intended):
        raise EditRefusedError(
            "The text is laid out in a way that this edit would damage; nothing was changed.",
            "Change it by hand.",
        )


def same(one: Any, other: Any) -> bool:
    """Return whether two values read from TOML are the same, kinds and order of lists included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Decimal) and one.is_nan():
        return bool(other.is_nan())
    return bool(one == other)


def written(path: Sequence[str | int]) -> str:
    """Return a path as people write it: `indicator.choice`."""
    return ".".join(str(p) for p in path if isinstance(p, str))


def value_at(data: Any, path: Path) -> Any:
    """Return what stands at a path of read data."""
    for part in path:
        data = data[part]
    return data
