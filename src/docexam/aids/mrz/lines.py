"""Finding the lines of a zone in text: what a hand or a machine read, tidied, nothing guessed.

What is changed is named in notes: small letters, Cyrillic letters for Latin ones, other marks for
the filler, a wrong number of fillers in a run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docexam.aids.lookalikes import cyrillic_among_latin, replaced
from docexam.aids.mrz.alphabet import CHARACTERS, DIGITS, FILLER
from docexam.aids.mrz.formats import FORMATS, Format, format_of
from docexam.aids.reading import tidy
from docexam.domain.text import visible

LONGEST = 2000
_FILLERS = str.maketrans(dict.fromkeys("«»‹›〈〉＜≤≪❮〈", FILLER))
_SHORTEST, _LONGEST_LINE = 26, 48
_SPLITS = {90: 3, 88: 2, 72: 2}
_RUN = re.compile(r"<{3,}")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a zone, each of its nominal length where they could be made so.

    `as_read` are the lines before fillers were added or dropped. `only_second` says that a second
    line stands alone (the first entry of `lines` is empty then).
    """

    format: Format
    lines: tuple[str, ...]
    as_read: tuple[str, ...]
    notes: tuple[str, ...]
    only_second: bool = False


def lines_in(text: str) -> Lines | None:
    """Return the zone in `text`, or None where there is none.

    The text may hold other lines around the zone, and the lines may stand without a break or
    with the two characters `\\n` between them, as a shell passes them.
    """
    tidied = tidy(text[: LONGEST + 1].replace("\\n", "\n"), LONGEST)
    notes = list(tidied.notes())
    candidates, said = _candidates(tidied.text)
    found = _grouped(candidates)
    if found is None:
        return None
    format_, group, alone = found
    made, changes = _made_whole(format_, group, alone=alone)
    return Lines(format_, made, tuple(group), (*notes, *said, *changes), alone)


def _candidates(text: str) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    notes: dict[str, None] = {}
    for raw in text.split("\n"):
        line = "".join(raw.translate(_FILLERS).split())
        if line != line.upper():
            notes["Small letters were read as capitals."] = None
            line = line.upper()
        foreign = cyrillic_among_latin(line)
        if foreign:
            letters = " ".join(dict.fromkeys(one.found for one in foreign))
            line = replaced(line, foreign)
        if _looks_like_zone(line):
            if foreign:
                notes[
                    f"Cyrillic letters were read as the Latin ones they look like: {letters}."
                ] = None
            kept.append(line)
    return kept, list(notes)


def _looks_like_zone(line: str) -> bool:
    if len(line) < _SHORTEST:
        return False
    fitting = sum(char in CHARACTERS for char in line)
    marks = sum(char in DIGITS or char == FILLER for char in line)
    # A names line filled to its end has few fillers, but it has the pair between the names.
    return fitting >= 0.9 * len(line) and (marks * 6 >= len(line) or FILLER * 2 in line)


def _grouped(candidates: Sequence[str]) -> tuple[Format, list[str], bool] | None:
    for line in reversed(candidates):
        count = _SPLITS.get(len(line))
        if count:
            size = len(line) // count
            parts = [line[i : i + size] for i in range(0, len(line), size)]
            whole = format_of(parts)
            if whole:
                return whole, parts, False
    usable = [line for line in candidates if len(line) <= _LONGEST_LINE]
    for size in (3, 2):
        for start in range(len(usable) - size, -1, -1):
            group = list(usable[start : start + size])
            whole = format_of(group)
            if whole:
                return whole, group, False
    return _second_alone(usable)


def _second_alone(usable: Sequence[str]) -> tuple[Format, list[str], bool] | None:
    """A second line by itself: number, nationality, dates and check digits are all there."""
    for line in reversed(usable):
        for format_ in FORMATS[:2]:
            digits = line[13:20] + line[21:28]
            if len(line) == format_.length and re.fullmatch(r"[0-9<OIBSZGQDL]{14}", digits):
                return format_, ["", line], True
    return None


def _made_whole(
    format_: Format, group: Sequence[str], *, alone: bool
) -> tuple[tuple[str, ...], list[str]]:
    made: list[str] = []
    notes: list[str] = []
    for number, line in enumerate(group, 1):
        off = len(line) - format_.length
        if off and line and not (alone and number == 1):
            fixed = _refilled(line, off)
            how = (
                "no run of fillers can take the difference"
                if fixed is None
                else ("fillers were added to or dropped from the longest run")
            )
            notes.append(
                f"Line {number} has {len(line)} characters, {format_.length} belong there; {how}."
            )
            line = line if fixed is None else fixed
        strange = sorted({char for char in line if char not in CHARACTERS})
        if strange:
            notes.append(f"Line {number} holds what no zone has: {visible(' '.join(strange))}.")
        made.append(line)
    return tuple(made), notes


def _refilled(line: str, off: int) -> str | None:
    """Add or drop fillers in the last longest run; None where no run is long enough."""
    runs = list(_RUN.finditer(line))
    if not runs:
        return None
    run = max(runs, key=lambda r: (r.end() - r.start(), r.start()))
    if off < 0:
        return line[: run.end()] + FILLER * -off + line[run.end() :]
    if run.end() - run.start() - off < 1:
        return None
    return line[: run.end() - off] + line[run.end() :]
