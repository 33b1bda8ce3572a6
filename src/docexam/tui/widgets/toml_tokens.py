"""TOML line by line: what each run of characters is, and whether a text goes on below.

Enough to colour and to complete what is being typed, broken lines included; meaning is for the
checklist's reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

PLAIN, BASIC, LITERAL = 0, 1, 2
"""How a line begins: outside, or inside a text of several lines in double or single quotes."""

_CLOSING = {
    BASIC: re.compile(r'(?:[^"\\]|\\.|"(?!""))*"{3,5}'),
    LITERAL: re.compile(r"(?:[^']|'(?!''))*'{3,5}"),
}
_HEADER = re.compile(r"\s*\[{1,2}[^\[\]]*\]{0,2}")
_PART = r"(?:[\w\-]+|\"[^\"]*\"|'[^']*')"
_KEY = re.compile(rf"\s*{_PART}(?:\s*\.\s*{_PART})*\s*(?==)")
_TOKEN = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<open>\"{3}|'{3})
    |(?P<text>"(?:\\.|[^"\\])*"?|'[^']*'?)
    |(?P<word>[^\s,\[\]{}="'#]+)
    |(?P<mark>[,\[\]{}=])""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"[+-]?[0-9][0-9_.eE+:TZ-]*\Z")


class Token(NamedTuple):
    """Characters `start` to `end` of a line. `kind`: key header text number word comment."""

    start: int
    end: int
    kind: str


SIGNS = {"error": "✕", "warn": "!", "note": "·"}
"""What stands beside a line at fault, by level, the gravest first."""

LONGEST_KEPT = 2000
"""Lines longer than this are worked out anew each time: keeping them would fill the memory."""


def tokens(line: str, state: int) -> tuple[tuple[Token, ...], int]:
    """Return the tokens of a line that begins in `state`, and the state the next begins in."""
    return _kept(line, state) if len(line) <= LONGEST_KEPT else _tokens(line, state)


@lru_cache(maxsize=8192)
def _kept(line: str, state: int) -> tuple[tuple[Token, ...], int]:
    return _tokens(line, state)


def _tokens(line: str, state: int) -> tuple[tuple[Token, ...], int]:
    found: list[Token] = []
    at = 0
    if state != PLAIN:
        closed = _CLOSING[state].match(line)
        if closed is None:
            return (Token(0, len(line), "text"),), state
        at = closed.end()
        found.append(Token(0, at, "text"))
    else:
        at = _beginning(line, found)
    state = _rest(line, at, found)
    return tuple(found), state


def _beginning(line: str, found: list[Token]) -> int:
    header = _HEADER.match(line)
    if header:
        found.append(Token(header.start(), header.end(), "header"))
        return header.end()
    key = _KEY.match(line)
    if key:
        found.append(Token(key.start(), key.end(), "key"))
        return key.end()
    return 0


def _rest(line: str, at: int, found: list[Token]) -> int:
    while token := _TOKEN.search(line, at):
        at = token.end()
        kind = str(token.lastgroup)
        if kind == "open":
            inside = BASIC if token[0] == '"""' else LITERAL
            closed = _CLOSING[inside].match(line, at)
            at = closed.end() if closed else len(line)
            found.append(Token(token.start(), at, "text"))
            if closed is None:
                return inside
        elif kind == "word":
            follows = line[at:].lstrip()[:1]
            kind = "key" if follows == "=" else "number" if _is_value(token[0]) else "word"
            found.append(Token(token.start(), at, kind))
        elif kind != "mark":
            found.append(Token(token.start(), at, kind))
    return PLAIN


def _is_value(word: str) -> bool:
    return word in ("true", "false") or _NUMBER.match(word) is not None


class States:
    """The state every line begins in, worked out as far as it is asked for."""

    def __init__(self) -> None:
        self._known = [PLAIN]

    def forget_after(self, row: int) -> None:
        """Forget what follows from a line that has changed."""
        del self._known[max(1, row + 1) :]

    def at(self, lines: list[str], row: int) -> int:
        """Return the state line `row` begins in."""
        known = self._known
        while len(known) <= min(row, len(lines)):
            line, state = lines[len(known) - 1], known[-1]
            # Lines without a triple quote change nothing: most lines, and quickly known.
            if state == PLAIN and '"""' not in line and "'''" not in line:
                known.append(PLAIN)
            else:
                known.append(tokens(line, state)[1])
        return known[min(row, len(known) - 1)]
