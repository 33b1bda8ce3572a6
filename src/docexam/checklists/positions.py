"""Where the keys and values of a TOML text stand.

A small scanner for text that tomli has already accepted. It is exact where line breaks stand
inside `{ }` (TOML 1.1), starts no native parser on untrusted text, and is only run when there
is something to point at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Positions:
    """Spans by path. A path names keys and, for arrays, numbers from 0.

    `keys`: the key as written (for a table: its header). `values`: the value as written.
    `tables`: headers in order, with their paths. `loose`: what TOML 1.0 does not allow inside
    `{ }`, with what it is.
    """

    text: str
    keys: Mapping[Path, Span]
    values: Mapping[Path, Span]
    tables: tuple[tuple[Path, Span], ...]
    starts: tuple[int, ...]
    loose: tuple[tuple[Span, str], ...] = ()

    def key(self, path: Path) -> Span:
        """Return the span of a key or header.

        Where it has none: of the first thing inside it, else of what it would be inside.
        """
        while path:
            found = self.keys.get(path) or self.values.get(path) or self._first_inside(path)
            if found:
                return found
            path = path[:-1]
        return Span(0, 0)

    def _first_inside(self, path: Path) -> Span | None:
        inside = (span for key, span in self.keys.items() if key[: len(path)] == path)
        return min(inside, key=lambda span: span.start, default=None)

    def value(self, path: Path) -> Span:
        """Return the span of a value; of its key or table where it has none of its own."""
        return self.values.get(path) or self.key(path)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a character."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def in_string(self, path: Path, offset: int) -> int:
        """Return where in the text the character `offset` of a string value stands."""
        span = self.value(path)
        return span.start + string_offset(self.text[span.start : span.end], offset)


def line_starts(text: str) -> tuple[int, ...]:
    """Return the offset of the first character of every line."""
    return (0, *(m.end() for m in re.finditer("\n", text)))


_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:\\[\s\S]|(?!""")[^\\])*"""(?:""?(?!"))?'
    r"|'''(?:(?!''')[\s\S])*'''(?:''?(?!'))?"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_BARE_KEY = re.compile(r"[^\s.=\[\]{},#\"']+")
_BARE_VALUE = re.compile(r"[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?")


def scan(text: str) -> Positions:
    """Find every key, value and header of a valid TOML text."""
    scanner = _Scanner(text)
    scanner.run()
    return Positions(
        text,
        scanner.keys,
        scanner.values,
        tuple(scanner.tables),
        line_starts(text),
        tuple(scanner.loose),
    )


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self.tables: list[tuple[Path, Span]] = []
        self.loose: list[tuple[Span, str]] = []
        self._arrays: dict[Path, int] = {}
        self._here: Path = ()

    def run(self) -> None:
        while self._skip(_SPACE) < len(self.text):
            if self.text[self.at] == "[":
                self._header()
            else:
                self._pair(self._here)

    def _skip(self, blank: re.Pattern[str]) -> int:
        found = blank.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _header(self) -> None:
        start = self.at
        doubled = self.text.startswith("[[", start)
        self.at += 2 if doubled else 1
        parts = [name for name, _ in self._key()]
        self.at += 2 if doubled else 1
        span = Span(start, self.at)
        self._here = self._resolved(parts, doubled)
        self.keys[self._here] = span
        self.tables.append((self._here, span))

    def _resolved(self, parts: list[str], doubled: bool) -> Path:
        path: Path = ()
        for n, part in enumerate(parts):
            path = (*path, part)
            if n == len(parts) - 1 and doubled:
                self._arrays[path] = self._arrays.get(path, -1) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path])
        return path

    def _key(self) -> list[tuple[str, Span]]:
        parts = []
        while True:
            self._skip(_BLANK)
            parts.append(self._key_part())
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] != ".":
                return parts
            self.at += 1

    def _key_part(self) -> tuple[str, Span]:
        start = self.at
        quoted = _STRING.match(self.text, start)
        if quoted:
            self.at = quoted.end()
            return unquoted(quoted[0]), Span(start, self.at)
        bare = _BARE_KEY.match(self.text, start)
        self.at = bare.end() if bare else start + 1
        return self.text[start : self.at], Span(start, self.at)

    def _pair(self, here: Path) -> None:
        for name, span in self._key():
            here = (*here, name)
            self.keys.setdefault(here, span)
        self.at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(here)

    def _value(self, path: Path) -> None:
        start = self.at
        char = self.text[start : start + 1]
        if char == "[":
            self._array(path)
        elif char == "{":
            self._inline(path)
        else:
            found = _STRING.match(self.text, start) or _BARE_VALUE.match(self.text, start)
            self.at = found.end() if found else start + 1
        self.values[path] = Span(start, self.at)

    def _array(self, path: Path) -> None:
        self.at += 1
        for number in self._items("]"):
            self._value((*path, number))

    def _inline(self, path: Path) -> None:
        start = self.at
        self.at += 1
        inner = start + 1
        breaks = []
        for _ in self._items("}"):
            breaks.append(self.text.find("\n", inner, self.at))
            self._pair(path)
            inner = self.at
        breaks.append(self.text.find("\n", inner, self.at))
        self.loose += [(Span(at, at + 1), "a line break") for at in breaks if at >= 0][:1]
        comma = self.text.rfind(",", inner, self.at)
        if comma >= 0:
            self.loose.append((Span(comma, comma + 1), "a trailing comma"))

    def _items(self, closing: str) -> Iterator[int]:
        number = 0
        while self._skip(_SPACE) < len(self.text):
            char = self.text[self.at]
            if char == closing:
                break
            if char == ",":
                self.at += 1
                continue
            yield number
            number += 1
        self.at += 1


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|\s*\n\s*|(.))")
_PLAIN_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def unquoted(raw: str) -> str:
    """Return what a quoted string, as written, says."""
    return "".join(piece for piece, _ in _pieces(raw))


def string_offset(raw: str, offset: int) -> int:
    """Return where in a string as written its character `offset` stands."""
    said = 0
    for piece, at in _pieces(raw):
        if said + len(piece) > offset:
            return at + offset - said
        said += len(piece)
    return len(raw) - _quotes(raw)


def _quotes(raw: str) -> int:
    """Return how many quotes a string begins with."""
    return 3 if raw.startswith(('"""', "'''")) else 1 if raw[:1] in ("'", '"') else 0


def _pieces(raw: str) -> Iterator[tuple[str, int]]:
    """Yield what is said and where: runs of plain text, and escapes one by one."""
    quote = _quotes(raw)
    if not quote:
        yield raw, 0
        return
    start, end = quote, len(raw) - quote
    if quote == 3 and raw.startswith(("\n", "\r\n"), start):
        start = raw.index("\n", start) + 1
    if raw[0] == "'":
        yield raw[start:end], start
        return
    for found in _ESCAPE.finditer(raw, start, end):
        yield raw[start : found.start()], start
        yield _meant(found), found.start()
        start = found.end()
    yield raw[start:end], start


def _meant(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16))
    return _PLAIN_ESCAPES.get(found[4], found[4]) if found[4] else ""
