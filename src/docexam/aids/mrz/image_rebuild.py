"""What was read made into a zone: letters where letters belong, digits where digits do.

Every change is told: where, from what, to what and why. Check digits change nothing here; what
they decide is in `image_force`, and what they would mend is a proposal of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from docexam.aids.mrz.alphabet import DIGITS, FILLER, LETTERS
from docexam.aids.mrz.formats import RU_INTERNAL, Format, format_of
from docexam.aids.mrz.image_fillers import matched, matched_each
from docexam.aids.mrz.image_letters import KINDS
from docexam.aids.mrz.image_read import UNREAD
from docexam.aids.raster.arrays import Floats, Plane

_TO_DIGIT = dict(zip("OQDUILZSBGAT", "000011258647", strict=True))
_TO_LETTER = dict(zip("01258634", "OIZSBGEA", strict=True))
# Letters and digits that only their shape tells apart where either may stand.
_PAIRS = ("0O", "1I", "2Z", "5S", "6G", "8B", "0D", "0Q")
# Correlations, from characters of drawn zones against the others of the same zone: the same
# character has 0.93 and more in 19 of 20 cases, the likest other one 0.90 and less.
_NEAR = 0.86  # like enough where what was read cannot stand there
_UNLIKE = 0.87  # too unlike its own kind
_ALIKE, _ALIKE_DIGIT = 0.94, 0.92  # like enough to be read as the twin
_CLEARLY, _CLEARLY_DIGIT = 0.07, 0.01  # by how much more than like its own kind
_MORE_DIGIT = 0.06  # … where it looks little like either
_SURELY, _SURELY_MORE = 0.95, 0.08  # the same two for characters that are no twins
# In numbers digits are the commoner, so that less is asked for to read one.
_ANY = LETTERS | DIGITS
_RINGS = frozenset("0ODQ")
_CLEAR = 0.95  # share of a character whose shape is beyond doubt
_LIKELY = 0.8  # share among those that may stand in a place


@dataclass(frozen=True, slots=True)
class Change:
    """One character read otherwise than Tesseract did: line and position from 1, and why."""

    line: int
    position: int
    found: str
    instead: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "line": self.line,
            "position": self.position,
            "from": self.found,
            "to": self.instead,
            "why": self.why,
        }


def rebuilt(
    lines: Sequence[str], cells: Sequence[Plane], shares: Sequence[Floats] = ()
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Return the lines with characters of the class their place asks for, and the changes.

    `cells` are the pictures of the characters, a stack a line, `shares` how likely every one of
    KINDS is by its shape, where that is known.
    """
    format_ = format_of(lines)
    if format_ is None or any(len(line) != format_.length for line in lines):
        return tuple(lines), ()
    classes = classes_of(format_)
    glyphs = _glyphs(lines, classes, np.concatenate(list(cells)))
    if shares:
        glyphs = [_by_shape(one, shares[one.line - 1][one.position - 1]) for one in glyphs]
    changes = [change for glyph in glyphs if (change := _change(glyph)) is not None]
    rows = [list(line) for line in lines]
    for change in changes:
        rows[change.line - 1][change.position - 1] = change.instead
    return tuple("".join(row) for row in rows), tuple(changes)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character as read: its place, what may stand there, how much it looks like what.

    `likely` is what its shape alone says of those that may stand there; empty where unclear.
    `sure` says that its shape alone is clear and is no ring, of which there are several.
    """

    line: int
    position: int
    char: str
    allowed: frozenset[str]
    like: dict[str, float]
    likely: str = ""
    sure: bool = False


def _by_shape(glyph: _Glyph, shares: Floats) -> _Glyph:
    likely = _likely(shares, glyph.allowed)
    own = float(shares[KINDS.index(glyph.char)]) if glyph.char in KINDS else 0.0
    sure = glyph.char in glyph.allowed and glyph.char not in _RINGS and own > _CLEAR
    return replace(glyph, likely=likely, sure=sure)


def _likely(shares: Floats, allowed: frozenset[str]) -> str:
    """Return the allowed kind that stands out by its shape, or an empty string."""
    own = {kind: float(shares[KINDS.index(kind)]) for kind in sorted(allowed)}
    best = max(own, key=lambda kind: own[kind])
    return best if own[best] > _LIKELY * sum(own.values()) else ""


def classes_of(format_: Format) -> list[list[frozenset[str]]]:
    """Return for every place of the zone the characters that may stand there."""
    out = [[_ANY | {FILLER}] * format_.length for _ in range(format_.lines)]

    def put(part: tuple[int, int, int], allowed: frozenset[str]) -> None:
        line, first, last = part
        for position in range(first, last + 1):
            out[line - 1][position - 1] = allowed

    for name, part in format_.fields.items():
        if name in format_.numeric:
            put(part, DIGITS | {FILLER})
        elif name in format_.alphabetic:
            put(part, LETTERS | {FILLER})
    for check in format_.checks:
        put((*check.at, check.at[1]), DIGITS | {FILLER})
    if format_ is RU_INTERNAL:
        # Its table of letters has 2 3 4 6 7 8 9 for Cyrillic letters, never 0, 1 or 5.
        put(format_.fields["names"], LETTERS | frozenset("2346789") | {FILLER})
    return out


def _glyphs(
    lines: Sequence[str], classes: list[list[frozenset[str]]], cells: Plane
) -> list[_Glyph]:
    """Return the characters that are no fillers, compared with the zone's sure characters."""
    chars = "".join(lines)
    allowed = [one for row in classes for one in row]
    places = [(n, i) for n, line in enumerate(lines, 1) for i in range(1, len(line) + 1)]
    sure = [_is_sure(char, may) for char, may in zip(chars, allowed, strict=True)]
    kinds = sorted({char for char, one in zip(chars, sure, strict=True) if one})
    if not kinds:
        return []
    members = {kind: [i for i, c in enumerate(chars) if sure[i] and c == kind] for kind in kinds}
    sums = np.stack([cells[members[kind]].sum(axis=0) for kind in kinds])
    counts = np.array([len(members[kind]) for kind in kinds])
    scores = matched(cells, sums / counts[:, None, None])
    _leave_out(scores, kinds, members, cells, sums)
    out = []
    for i, char in enumerate(chars):
        if char != FILLER:
            like = {k: float(s) for k, s in zip(kinds, scores[i], strict=True) if k in allowed[i]}
            if sure[i] and len(members[char]) == 1:
                like.pop(char, None)
            out.append(_Glyph(*places[i], char, allowed[i], like))
    return out


def _is_sure(char: str, may: frozenset[str]) -> bool:
    """Return whether a character as read can serve as a pattern of its kind."""
    if char not in may or char in (FILLER, UNREAD):
        return False
    one_kind = not (may & LETTERS and may & DIGITS)
    return one_kind or not any(char in pair for pair in _PAIRS)


def _leave_out(
    scores: Floats, kinds: list[str], members: dict[str, list[int]], cells: Plane, sums: Plane
) -> None:
    """Compare a character that is part of its kind's pattern with the others of it only."""
    own, columns, others = [], [], []
    for column, kind in enumerate(kinds):
        mine = members[kind]
        if len(mine) > 1:
            own += mine
            columns += [column] * len(mine)
            others.append((sums[column] - cells[mine]) / (len(mine) - 1))
    if own:
        scores[own, columns] = matched_each(cells[own], np.concatenate(others))


def _change(glyph: _Glyph) -> Change | None:
    instead = _instead(glyph)
    if instead in ("", glyph.char):
        return None
    if instead in glyph.like and glyph.like[instead] > _NEAR:
        why = f"it looks like the other “{instead}” of this zone"
    elif glyph.char not in glyph.allowed:
        why = "a digit belongs here" if not glyph.allowed & LETTERS else "a letter belongs here"
    else:
        why = f"it does not look like the other “{glyph.char}” of this zone"
    return Change(glyph.line, glyph.position, glyph.char, instead, why)


def _instead(glyph: _Glyph) -> str:
    others = {kind: score for kind, score in glyph.like.items() if kind != glyph.char}
    best = max(sorted(others), key=lambda kind: others[kind], default="")
    if glyph.char not in glyph.allowed:
        return _in_class(glyph, best, others.get(best, -1.0))
    if glyph.sure:
        return glyph.char
    own = glyph.like.get(glyph.char)
    if best and _outdone(glyph.char, own, best, others[best]):
        return best
    twins = _twins(glyph.char, glyph.allowed)
    unknown = own is not None and len(twins) == 1 and twins[0] not in glyph.like
    return twins[0] if unknown and twins[0] in DIGITS and (own or 0) < _UNLIKE else glyph.char


def _outdone(char: str, own: float | None, best: str, score: float) -> bool:
    """Return whether a character looks more like another one of the zone than like its kind."""
    if not any(char in pair and best in pair for pair in _PAIRS):
        return score > _SURELY and (own is None or score > own + _SURELY_MORE)
    digit = best in DIGITS
    if digit and own is not None and score > own + _MORE_DIGIT and score > _NEAR:
        return True
    if score < (_ALIKE_DIGIT if digit else _ALIKE):
        return False
    return own is None or (own < _ALIKE and score > own + (_CLEARLY_DIGIT if digit else _CLEARLY))


def _in_class(glyph: _Glyph, best: str, score: float) -> str:
    """Return what a character stands for that cannot stand where it was read."""
    if glyph.likely:
        return glyph.likely
    if glyph.char == UNREAD:
        return best if score > _NEAR else glyph.char
    table = _TO_LETTER if glyph.allowed & LETTERS else _TO_DIGIT
    usual = table.get(glyph.char, "")
    usual = usual if usual in glyph.allowed else ""
    known = glyph.like.get(usual)
    if score > _NEAR and (known is None or score > known + _CLEARLY):
        return best if known is not None or not usual or score > _ALIKE else usual
    return usual or glyph.char


def _twins(char: str, allowed: frozenset[str]) -> list[str]:
    found = [pair.replace(char, "") for pair in _PAIRS if char in pair]
    return [twin for twin in found if twin in allowed]
