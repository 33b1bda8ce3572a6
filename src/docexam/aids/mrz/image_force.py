"""What the check digits decide where the shape of a character leaves it open.

A failing check in a printed zone is a finding, never to be smoothed away: a character is read
otherwise only where its own shape allows that, and where one way alone makes every check agree.
Rings that a face has alike, O and 0, are one thing left open, tried before pairs of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from docexam.aids.mrz.checks import checks_of
from docexam.aids.mrz.formats import Format, format_of
from docexam.aids.mrz.image_letters import KINDS
from docexam.aids.mrz.image_rebuild import Change, classes_of
from docexam.aids.raster.arrays import Floats

_OPEN = 4.2  # how much less likely by its shape, in powers of e, a character may be
_APART = 1.2  # by how much the next best way must be less likely
_RING = 1.5  # what an O costs against a 0 where either may stand
_OPEN_BOTH = 5.5  # for two characters together
# A way that mends the check digits is no accident only among the few that are likeliest: one in
# ten mends them whatever was printed.
_FIRST = 8
_MOST = 24  # characters that are tried in pairs
_WHY = "its shape leaves it open, and only so does every check digit agree"
_WHY_RINGS = "O and 0 look alike here, and with these as 0 every check digit agrees"
_ALIKE = 2.3  # how much less likely a 0 may be where a face has O and 0 alike: a tenth


@dataclass(frozen=True, slots=True)
class _Other:
    """Another reading of one character, and how much less likely it is by its shape."""

    line: int
    position: int
    char: str
    cost: float


def forced(
    lines: Sequence[str], shares: Sequence[Floats]
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Return the lines as the check digits ask for them, and the changes; none where unclear.

    `shares` are those of KINDS for every cell of every line.
    """
    format_ = format_of(lines)
    if format_ is None or any(len(line) != format_.length for line in lines):
        return tuple(lines), ()
    if not _failing(format_, lines):
        return tuple(lines), ()
    others = list(_others(format_, lines, shares))
    rings = _rings(format_, lines, shares)
    for why, tries in ((_WHY, _singles(others)), (_WHY_RINGS, rings), (_WHY, _pairs(others))):
        ways = sorted(((sum(one.cost for one in way), way) for way in tries), key=_cost)
        found = [at for at, (_, way) in enumerate(ways) if not _failing(format_, _with(lines, way))]
        if found:
            likely = found[0] < _FIRST
            return (
                _decided(lines, [ways[at] for at in found], why) if likely else (tuple(lines), ())
            )
    return tuple(lines), ()


def _cost(way: tuple[float, tuple[_Other, ...]]) -> float:
    return way[0]


def _decided(
    lines: Sequence[str], found: Sequence[tuple[float, tuple[_Other, ...]]], why: str
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    cost, way = found[0]
    if len(found) > 1 and found[1][0] < cost + _APART:
        return tuple(lines), ()
    changes = tuple(
        Change(one.line, one.position, lines[one.line - 1][one.position - 1], one.char, why)
        for one in way
    )
    return _with(lines, way), changes


def _failing(format_: Format, lines: Sequence[str]) -> bool:
    return any(check.ok is not True for check in checks_of(format_, lines))


def _with(lines: Sequence[str], way: Sequence[_Other]) -> tuple[str, ...]:
    out = list(lines)
    for one in way:
        row = out[one.line - 1]
        out[one.line - 1] = row[: one.position - 1] + one.char + row[one.position :]
    return tuple(out)


def _rings(
    format_: Format, lines: Sequence[str], shares: Sequence[Floats]
) -> Iterator[tuple[_Other, ...]]:
    """Give the way in which every O that a check covers is a 0, of several.

    Only where the shape of none tells it from a 0: a face that has both alike has them so
    throughout, and one clear O shows that this one has not.
    """
    classes = classes_of(format_)
    rings = [
        _Other(line, position, "0", _less_likely(shares[line - 1][position - 1], "0", "O"))
        for line, position in _checked(format_)
        if lines[line - 1][position - 1] == "O" and "0" in classes[line - 1][position - 1]
    ]
    if len(rings) > 1 and all(one.cost <= _ALIKE for one in rings):
        yield tuple(rings)


def _less_likely(shares: Floats, char: str, read: str) -> float:
    """Return how much less likely than what was read a character is, in powers of e."""
    weights = np.log(np.maximum(shares, 1e-6))
    return float(weights[KINDS.index(read)] - weights[KINDS.index(char)])


def _singles(others: Sequence[_Other]) -> Iterator[tuple[_Other, ...]]:
    return ((one,) for one in others if one.cost <= _OPEN)


def _pairs(others: Sequence[_Other]) -> Iterator[tuple[_Other, ...]]:
    likely = sorted(others, key=lambda one: (one.cost, one.line, one.position, one.char))[:_MOST]
    for one, other in combinations(likely, 2):
        apart = (one.line, one.position) != (other.line, other.position)
        if apart and one.cost + other.cost <= _OPEN_BOTH:
            yield one, other


def _others(format_: Format, lines: Sequence[str], shares: Sequence[Floats]) -> Iterator[_Other]:
    """Give what else the characters under check digits may be, by their place and shape."""
    classes = classes_of(format_)
    for line, position in _checked(format_):
        weights = np.log(np.maximum(shares[line - 1][position - 1], 1e-6))
        read = lines[line - 1][position - 1]
        own = weights[KINDS.index(read)] if read in KINDS else weights.max()
        for char in sorted(classes[line - 1][position - 1] - {read}):
            cost = float(own - weights[KINDS.index(char)]) + _ring(read, char)
            if cost <= _OPEN:
                yield _Other(line, position, char, max(cost, 0.0))


def _ring(read: str, char: str) -> float:
    """Return what it costs that a number should have an O among its digits, which few have."""
    return _RING * ((char == "O") - (read == "O")) if {read, char} == {"0", "O"} else 0.0


def _checked(format_: Format) -> list[tuple[int, int]]:
    places = {check.at for check in format_.checks}
    for check in format_.checks:
        for line, first, last in check.covers:
            places |= {(line, position) for position in range(first, last + 1)}
    return sorted(places)
