"""Faults of checklists: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from docexam.domain.text import visible

ERROR, WARN, NOTE = "error", "warn", "note"
_RANK = {ERROR: 0, WARN: 1, NOTE: 2}
_GITHUB = {ERROR: "error", WARN: "warning", NOTE: "notice"}
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint. `line` and `column` count from 1 in characters; line 0: the whole file.

    `level`: `error` (the checklist cannot be used), `warn` or `note`. `line_text`: the line
    itself; `width`: how many characters of it are meant. All texts but `file` and `line_text`
    are already free of characters that act or hide.
    """

    file: str
    line: int
    column: int
    level: str
    code: str
    message: str
    help: str = ""
    line_text: str = ""
    width: int = 1

    def to_dict(self) -> dict[str, str | int]:
        """Return what `checklist check --json` prints."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "level": self.level,
            "code": self.code,
            "message": self.message,
            "help": self.help,
        }

    @property
    def place(self) -> str:
        """Return `file:line:column`, made visible."""
        at = f":{self.line}:{self.column}" if self.line else ""
        return f"{visible(self.file)}{at}"

    def render(self) -> str:
        """Return the complaint as people read it: place, line, caret, help."""
        parts = [f"{self.place}: {self.level} {self.code}: {self.message}"]
        if self.line and self.line_text:
            parts += self._quoted()
        if self.help:
            parts.append(f"    {self.help}")
        return "\n".join(parts)

    def _quoted(self) -> list[str]:
        # A window round the column, so that a line of a megabyte stays readable.
        start = max(0, self.column - 1 - _LONGEST_LINE // 2)
        window = self.line_text[start : start + _LONGEST_LINE].replace("\t", " ")
        before = visible(window[: self.column - 1 - start])[-_LONGEST_LINE:]
        meant = visible(window[self.column - 1 - start :][: max(1, self.width)])[:_LONGEST_LINE]
        after = visible(window[self.column - 1 - start + max(1, self.width) :])[:_LONGEST_LINE]
        lead, tail = "…" if start else "", "…" if len(self.line_text) > start + len(window) else ""
        number = f"{self.line:>5} | "
        gap = " " * (len(number) + columns(lead + before))
        caret = "^" * max(1, columns(meant))
        return [f"{number}{lead}{before}{meant}{after}{tail}", gap + caret]

    def github(self) -> str:
        """Return the complaint as a GitHub workflow command."""
        text = f"{self.code}: {self.message}" + (f" {self.help}" if self.help else "")
        where = f"file={_escaped(visible(self.file), True)}"
        if self.line:
            where += f",line={self.line},col={self.column}"
        return f"::{_GITHUB[self.level]} {where},title={self.code}::{_escaped(text, False)}"


def columns(text: str) -> int:
    """Return how many terminal columns `text` takes: wide letters two, combining marks none."""
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in text
    )


def _escaped(text: str, in_property: bool) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Sort by file (as first met), line and column; drop what is said twice."""
    unique = list(dict.fromkeys(faults))
    files = {name: n for n, name in enumerate(dict.fromkeys(f.file for f in unique))}
    key = lambda f: (files[f.file], f.line, f.column, _RANK[f.level], f.code)  # noqa: E731
    return tuple(sorted(unique, key=key))


def has_errors(faults: Iterable[Fault]) -> bool:
    """Return whether any of the faults is an error."""
    return any(f.level == ERROR for f in faults)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest to `word`, or an empty string."""
    names = list(known)
    folded = {n.casefold().replace("_", "-"): n for n in names}
    same = folded.get(word.casefold().replace("_", "-").replace(" ", "-"))
    if same:
        return same
    close = get_close_matches(word[:80], names, n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(word: str, known: Iterable[str], most: int = 12) -> str:
    """Return `Did you mean …?` or the list of what is known (at most `most` names)."""
    names = sorted(set(known))
    near = nearest(word, names)
    if near:
        return f"Did you mean `{near}`?"
    if not names:
        return ""
    shown = ", ".join(f"`{n}`" for n in names[:most])
    return f"Known: {shown}{', …' if len(names) > most else ''}."
