"""Slips of the hand in TOML: recognised at the place where tomli stumbles, told in plain words.

For each the line is mended (or emptied) in a working copy, so that one slip hides no other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from docexam.checklists.keys import BLOCKS
from docexam.checklists.source import UNREAD
from docexam.domain.text import visible

_DECIMAL_COMMA = re.compile(r"=\s*([-+]?\d+),(\d+)")
_BARE_POINT = re.compile(r"=\s*([-+]?)(?:\.(\d+)|(\d+)\.(?!\d))")
_TYPOGRAPHIC = re.compile(r"[“”„‟«»‘’‚‛＂]")
_SINGLE = re.compile(r"\s*\[\s*([A-Za-z_-]+(?:\s*\.\s*choice)?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([^\s=#\[\"'{}]+)\s*=")
_HEADER = re.compile(r"\s*(\[+)([^\]]*)(\]*)")
_YAML = re.compile(r"\s*[A-Za-z_-]+\s*:\s")
_WORD_VALUE = re.compile(r"=\s*([^\W\d][\w-]*)")
_PLACEHOLDER = f'[["{UNREAD}"]]'


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: `line` from 1, `column` from 1, and the line mended for further reading.

    `mended` is None where nothing further can be read.
    """

    code: str
    line: int
    column: int
    message: str
    help: str
    mended: str | None
    width: int = 1

    @property
    def loses(self) -> bool:
        """Return whether the mended line no longer says what was meant."""
        return self.mended in ("", _PLACEHOLDER, None)


def find_slip(lines: list[str], line: int, column: int, said: str) -> Slip:
    """Say what went wrong where tomli stopped. `said` is tomli's own message."""
    text = lines[line - 1] if line <= len(lines) else ""
    for recognise in _RECOGNISERS:
        slip = recognise(lines, text, line, column, said)
        if slip:
            return slip
    return _unknown(text, line, column, said)


def _decimal_comma(_: list[str], text: str, line: int, column: int, __: str) -> Slip | None:
    found = _near(_DECIMAL_COMMA, text, column)
    if not found:
        return None
    wrong, right = f"{found[1]},{found[2]}", f"{found[1]}.{found[2]}"
    mended = _DECIMAL_COMMA.sub(r"= \1.\2", text)
    return Slip(
        "DX007", line, found.start(1) + 1, f"`{wrong}` has a decimal comma", f"Write `{right}`.",
        mended, len(wrong),
    )  # fmt: skip


def _bare_point(_: list[str], text: str, line: int, column: int, __: str) -> Slip | None:
    found = _near(_BARE_POINT, text, column)
    if not found:
        return None
    right = f"{found[1]}{found[3] or 0}.{found[2] or 0}"
    wrong = found[0].lstrip("= \t")
    message = f"`{wrong}` lacks a digit on one side of the point"
    mended = text[: found.start(1)] + right + text[found.end() :]
    at = found.start(1) + 1
    return Slip("DX008", line, at, message, f"Write `{right}`.", mended, len(wrong))


def _backslash(_: list[str], text: str, line: int, column: int, said: str) -> Slip | None:
    if "'\\' in a string" not in said and "hex value" not in said:
        return None
    at = text.rfind("\\", 0, column)
    return Slip(
        "DX009",
        line,
        at + 1,
        f"`{visible(text[at : at + 2])}` is no escape inside double quotes",
        "Put the text in single quotes: '\\d{6}' keeps its backslashes.",
        _emptied(text),
        2,
    )


def _typographic(_: list[str], text: str, line: int, column: int, said: str) -> Slip | None:
    found = _TYPOGRAPHIC.search(text, max(0, column - 2))
    if not found and ("Illegal character" in said or "Unclosed" in said):
        found = _TYPOGRAPHIC.search(text)
    if not found or text[: found.start()].count('"') % 2 > ("Illegal character" in said):
        return None
    return Slip(
        "DX010",
        line,
        found.start() + 1,
        f"`{found[0]}` is a typographic quotation mark",
        'Write straight quotes: "…". Switch off smart quotes in the editor.',
        _emptied(text),
    )


def _foreign_key(_: list[str], text: str, line: int, column: int, __: str) -> Slip | None:
    found = _KEY.match(text)
    word = found[1] if found else ""
    at = found.start(1) if found else 0
    if not found:
        header = _HEADER.match(text)
        word, at = (header[2], header.start(2)) if header and header[1] else ("", 0)
    odd = next((i for i, c in enumerate(word) if ord(c) > 127), None)
    if odd is None or column > at + len(word) + 2:
        return None
    name = unicodedata.name(word[odd], f"U+{ord(word[odd]):04X}").lower()
    return Slip(
        "DX011",
        line,
        at + odd + 1,
        f"the key `{visible(word[:40])}` holds `{visible(word[odd])}` ({name})",
        "Keys are Latin letters; some Cyrillic letters look the same. Type the key anew.",
        _emptied(text),
    )


def _single_brackets(lines: list[str], text: str, line: int, _: int, said: str) -> Slip | None:
    if "twice" not in said and "overwrite" not in said:
        return None
    name = text.strip().strip("[] \t")
    for number, candidate in enumerate(lines[:line], 1):
        found = _SINGLE.match(candidate)
        if found and found[1].replace(" ", "") == name and is_array(name):
            return Slip(
                "DX014",
                number,
                candidate.index("[") + 1,
                f"`[{name}]` has single brackets, but there may be many of them",
                f"Write `[[{name}]]`.",
                f"[[{name}]]",
                len(name) + 2,
            )
    return None


def is_array(name: str) -> bool:
    """Return whether `[[name]]` is how a block of that name is written."""
    top, _, under = name.partition(".")
    key = BLOCKS["file"].keys.get(top)
    if key is None or key.kind != "tables":
        return False
    return not under or under in BLOCKS[key.of].keys


def _twice(_: list[str], text: str, line: int, column: int, said: str) -> Slip | None:
    if "twice" not in said and "overwrite" not in said and "mutate" not in said:
        return None
    found = _KEY.match(text)
    name = visible(found[1] if found else text.strip())[:60]
    at = (found.start(1) if found else 0) + 1
    return Slip(
        "DX027",
        line,
        at if found else column,
        f"`{name}` stands twice in the same block",
        "Keep one of them; a new item begins with its own [[…]] line.",
        _emptied(text),
        len(name),
    )


def _brackets(_: list[str], text: str, line: int, __: int, said: str) -> Slip | None:
    found = _HEADER.match(text)
    if not found or not found[1] or len(found[1]) == len(found[3]):
        return None
    name = visible(found[2].strip())[:60]
    right = f"[[{name}]]" if is_array(name) or len(found[1]) > 1 else f"[{name}]"
    mended = right if re.fullmatch(r"\[+[a-z_.-]+\]+", right) else _PLACEHOLDER
    return Slip(
        "DX006",
        line,
        found.start(1) + 1,
        f"the brackets round `{name}` do not match",
        f"Write `{right}`.",
        mended,
        len(found[0].strip()),
    )


def _colon(_: list[str], text: str, line: int, __: int, ___: str) -> Slip | None:
    found = _YAML.match(text)
    if not found:
        return None
    at = text.index(":") + 1
    return Slip("DX006", line, at, "`:` after a key", "Write `key = value`.", _emptied(text))


def _bare_word(_: list[str], text: str, line: int, column: int, said: str) -> Slip | None:
    found = _near(_WORD_VALUE, text, column) if "Invalid value" in said else None
    if not found:
        return None
    word = visible(found[1])[:40]
    lower = word.lower()
    right = lower if lower in ("true", "false") else f'"{word}"'
    return Slip(
        "DX006",
        line,
        found.start(1) + 1,
        f"`{word}` without quotes is no value",
        f"Write `{right}`.",
        _emptied(text),
        len(word),
    )


_OPENING = re.compile(r"=\s*([\[{])")
_LONG_QUOTE = re.compile(r"=\s*(\"\"\"|\'\'\')")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")
_FAR_BACK = 200


def _unclosed(lines: list[str], _: str, line: int, __: int, said: str) -> Slip | None:
    if "Unclosed" in said:
        return _unclosed_list(lines, line)
    if "Unterminated string" not in said:
        return None
    number, found = next(
        ((n, m) for n in range(len(lines), 0, -1) if (m := _LONG_QUOTE.search(lines[n - 1]))),
        (0, None),
    )
    if found is None:
        return None
    message = "a text over several lines is not closed"
    return Slip("DX006", number, found.start(1) + 1, message, f"Close it with {found[1]}.", None, 3)


def _unclosed_list(lines: list[str], line: int) -> Slip | None:
    """Find the line that opens what is not closed; tomli stops some lines later."""
    for number in range(min(line, len(lines)), max(0, line - _FAR_BACK), -1):
        text = lines[number - 1]
        bare = _QUOTED.sub("", text)
        opened = bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
        found = _OPENING.search(text)
        if found and opened > 0:
            closing = "]" if found[1] == "[" else "}"
            what = "a list" if found[1] == "[" else "a table"
            return Slip(
                "DX006",
                number,
                found.start(1) + 1,
                f"{what} is not closed",
                f"Close it with `{closing}`.",
                _emptied(text),
            )
    return None


def _unknown(text: str, line: int, column: int, said: str) -> Slip:
    if "Illegal character" in said or "Unterminated string" in said:
        message, help_ = "a quoted text is not closed", "Close it with the quote it began with."
    elif "Unclosed array" in said or "Unclosed inline" in said:
        message, help_ = "a list or table is not closed", "Close it with `]` or `}`."
    elif "newline or end of document" in said:
        message = "something follows after the value"
        help_ = 'One `key = value` on a line; quotes inside a quoted text are written \\".'
    else:
        message, help_ = f"this is not TOML: {visible(said)}", "See the language's page."
    lost = "Unterminated" in said or line < 1
    return Slip("DX006", line, column, message, help_, None if lost else _emptied(text))


def _emptied(text: str) -> str:
    return _PLACEHOLDER if text.lstrip().startswith("[") else ""


def _near(shape: re.Pattern[str], text: str, column: int) -> re.Match[str] | None:
    """Return the match of `shape` that reaches to or past the column, or ends just before it."""
    at = column - 1
    return next((m for m in shape.finditer(text) if m.start() <= at <= m.end() + 1), None)


_Recogniser = Callable[[list[str], str, int, int, str], Slip | None]
_RECOGNISERS: tuple[_Recogniser, ...] = (
    _decimal_comma,
    _bare_point,
    _backslash,
    _typographic,
    _foreign_key,
    _unclosed,
    _single_brackets,
    _twice,
    _brackets,
    _colon,
    _bare_word,
)
