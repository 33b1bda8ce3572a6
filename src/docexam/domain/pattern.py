"""Patterns of readings: a small part of regular expressions that cannot run away.

Literals, classes, groups, alternation, `?` and `{m,n}`; no repeat inside a repeat, no look-around,
no back-reference. A pattern is matched by following all ways at once, so the time is bounded by
the length of the reading times the size of the pattern, whatever both hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NoReturn, TypeAlias

from docexam.domain.text import visible
from docexam.errors import InputError

MOST_CHARACTERS = 200
MOST_DEPTH = 10
MOST_REPEATS = 100
MOST_STATES = 1500
LONGEST_READING = 500


class PatternError(InputError):
    """A pattern outside the small language: `message`, `offset` in it, `help` what to write."""

    def __init__(self, message: str, offset: int, help: str = "") -> None:
        super().__init__("pattern", message, todo=help)
        self.message = message
        self.offset = offset
        self.help = help


@dataclass(frozen=True, slots=True)
class _Char:
    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: _Node
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    ways: tuple[_Node, ...]


_Node: TypeAlias = _Char | _Repeat | _Sequence | _Either


def check_pattern(pattern: str) -> None:
    """Raise PatternError where a pattern is outside the language."""
    _compiled(pattern)


def matches(pattern: str, text: str) -> bool:
    """Return whether the whole of `text` fits; longer than 500 characters never does.

    Raises PatternError.
    """
    if len(text) > LONGEST_READING:
        return False
    machine = _compiled(pattern)
    at = machine.closure([machine.start])
    for char in text:
        at = machine.closure(machine.step(at, char))
        if not at:
            return False
    return machine.end in at


@dataclass
class _Machine:
    """States 0, 1, …: free moves, and moves that take a character."""

    free: list[list[int]] = field(default_factory=list)
    taking: list[tuple[Callable[[str], bool], int] | None] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def state(self) -> int:
        self.free.append([])
        self.taking.append(None)
        return len(self.free) - 1

    def closure(self, states: Iterable[int]) -> set[int]:
        seen = set(states)
        waiting = list(seen)
        while waiting:
            new = [s for s in self.free[waiting.pop()] if s not in seen]
            seen.update(new)
            waiting.extend(new)
        return seen

    def step(self, states: Iterable[int], char: str) -> set[int]:
        moves = (self.taking[s] for s in states)
        return {move[1] for move in moves if move is not None and move[0](char)}

    def add(self, node: _Node, start: int) -> int:
        """Append the states of `node` after `start`; return the state where it ends."""
        match node:
            case _Char(accepts):
                end = self.state()
                self.taking[start] = (accepts, end)
                return end
            case _Sequence(parts):
                for part in parts:
                    start = self.add(part, start)
                return start
            case _Either(ways):
                end = self.state()
                for way in ways:
                    first = self.state()
                    self.free[start].append(first)
                    self.free[self.add(way, first)].append(end)
                return end
            case _Repeat(part, low, high):
                return self._add_repeat(part, low, high, start)

    def _add_repeat(self, part: _Node, low: int, high: int, start: int) -> int:
        for _ in range(low):
            start = self.add(part, start)
        end = self.state()
        for _ in range(high - low):
            self.free[start].append(end)
            first = self.state()
            self.free[start].append(first)
            start = self.add(part, first)
        self.free[start].append(end)
        return end


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> _Machine:
    if len(pattern) > MOST_CHARACTERS:
        raise PatternError(
            f"the pattern has {len(pattern)} characters; at most {MOST_CHARACTERS} are read",
            MOST_CHARACTERS,
            "Describe the usual form only; a mismatch is a note, never a refusal.",
        )
    node = _PatternParser(pattern).whole()
    if _size(node) > MOST_STATES:
        raise PatternError("the pattern repeats too much", 0, "Use smaller numbers in { }.")
    machine = _Machine()
    machine.start = machine.state()
    machine.end = machine.add(node, machine.start)
    return machine


def _size(node: _Node) -> int:
    match node:
        case _Char():
            return 1
        case _Sequence(parts):
            return sum(map(_size, parts))
        case _Either(ways):
            return 1 + sum(1 + _size(way) for way in ways)
        case _Repeat(part, _, high):
            return 1 + high * (1 + _size(part))


_COUNTS = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")
_CLASS = re.compile(r"\[\^?(?:\\.|[^\]\\\[])+\]")
_ESCAPED = re.compile(r"\\[dDwWsS]|\\[^A-Za-z0-9]")
_KNOWN = "\\d \\w \\s, \\ before a sign"
_LONG = "Write a class such as [A-Z] with {m,n}; the whole reading is matched."


class _PatternParser:
    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._depth = 0

    def whole(self) -> _Node:
        node, _ = self._either()
        if self._at < len(self._text):
            self._refuse("`)` without `(`", "Write `\\)` for the character itself.")
        return node

    def _here(self) -> str:
        return self._text[self._at : self._at + 1]

    def _refuse(self, message: str, help_: str, at: int | None = None) -> NoReturn:
        raise PatternError(message, self._at if at is None else at, help_)

    def _either(self) -> tuple[_Node, bool]:
        ways, repeats = [], False
        while True:
            node, inner = self._sequence()
            ways.append(node)
            repeats = repeats or inner
            if self._here() != "|":
                return (ways[0] if len(ways) == 1 else _Either(tuple(ways))), repeats
            self._at += 1

    def _sequence(self) -> tuple[_Node, bool]:
        parts: list[_Node] = []
        repeats = False
        while self._here() and self._here() not in "|)":
            node, inner = self._atom()
            bounds = self._bounds(inner)
            repeats = repeats or inner or bounds is not None
            parts.append(node if bounds is None else _Repeat(node, *bounds))
        if not parts:
            self._refuse("an empty alternative or group", "Use `?` for what may be lacking.")
        return _Sequence(tuple(parts)), repeats

    def _atom(self) -> tuple[_Node, bool]:
        char = self._here()
        if char == "(":
            return self._group()
        if char == "[":
            return self._single(_CLASS, "a class that is not closed or is empty"), False
        if char == "\\":
            return self._single(_ESCAPED, "an escape that is not known here"), False
        if char in "*+":
            self._refuse(f"`{char}` has no upper bound", f"Write {{0,20}} or {{1,20}}. {_LONG}")
        if char in "?{}":
            self._refuse(f"`{char}` with nothing before it", f"Write `\\{char}` for the character.")
        if char in "^$":
            self._refuse(f"`{char}` is not needed", "The whole reading is matched; leave it out.")
        self._at += 1
        if char == ".":
            return _Char(lambda _: True), False
        return _Char(char.__eq__), False

    def _single(self, shape: re.Pattern[str], wrong: str) -> _Char:
        found = shape.match(self._text, self._at)
        if found is None:
            shown = visible(self._text[self._at : self._at + 2])
            self._refuse(
                f"`{shown}`: {wrong}", "Known: \\d \\w \\s, \\ before a sign, [A-Z], [^0-9]."
            )
        for letter in re.findall(r"\\([A-Za-z0-9])", found[0]):
            if letter not in "dDwWsS":
                self._refuse(f"`\\{letter}` is not known here", f"Known: {_KNOWN}.")
        try:
            accepts = re.compile(found[0]).fullmatch
        except re.error as error:
            self._refuse(f"`{visible(found[0])}` is no class: {error.msg}", "Write ranges upwards.")
        self._at = found.end()
        return _Char(lambda char: accepts(char) is not None)

    def _group(self) -> tuple[_Node, bool]:
        opening = self._at
        self._depth += 1
        if self._depth > MOST_DEPTH:
            self._refuse(f"groups are nested deeper than {MOST_DEPTH}", "Simplify the pattern.")
        self._at += 3 if self._text.startswith("(?:", opening) else 1
        if self._here() == "?":
            self._refuse("look-around, flags and named groups are not known here", _LONG, opening)
        node, repeats = self._either()
        if self._here() != ")":
            self._refuse("a group is not closed", "Add `)`.", opening)
        self._at += 1
        self._depth -= 1
        return node, repeats

    def _bounds(self, inner: bool) -> tuple[int, int] | None:
        start = self._at
        bounds = self._read_bounds()
        if bounds is None:
            return None
        if inner:
            self._refuse("a repeat inside a repeat", "Write the parts out.", start)
        if self._here() and self._here() in "?*+{":
            self._refuse("a repeat of a repeat", "Write one `{m,n}`.")
        return bounds

    def _read_bounds(self) -> tuple[int, int] | None:
        char = self._here()
        if char == "?":
            self._at += 1
            return (0, 1)
        if char and char in "*+":
            self._refuse(f"`{char}` has no upper bound", "Write {0,20} or {1,20}.")
        if char != "{":
            return None
        found = _COUNTS.match(self._text, self._at)
        if found is None or (found[2] and not found[3]):
            self._refuse("`{` without both bounds", "Write {3} or {2,5}; `\\{` for the character.")
        low = int(found[1])
        high = int(found[3]) if found[3] else low
        if low > high or high > MOST_REPEATS or high == 0:
            self._refuse(
                f"`{found[0]}` is no range up to {MOST_REPEATS}", "Write the smaller number first."
            )
        self._at = found.end()
        return (low, high)
