"""Counting: shares, medians and confusion, each over all and within groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from .truth import Truth

ALL = "all"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of one group: a share or a median over n things."""

    name: str
    group: str
    value: float
    n: int


class Tally:
    """What is counted while an aid is measured; the order of first counting is kept."""

    def __init__(self) -> None:
        self._shares: dict[str, dict[str, list[float]]] = {}
        self._values: dict[str, dict[str, list[float]]] = {}
        self.confusions: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(self, name: str, right: float, of: float = 1, groups: Iterable[str] = ()) -> None:
        """Count `right` of `of` for a share; with `of` 0 nothing counts, the name is known."""
        rows = self._shares.setdefault(name, {})
        for group in (ALL, *groups):
            row = rows.setdefault(group, [0.0, 0.0])
            row[0] += right if of else 0.0
            row[1] += of

    def note(self, name: str, value: float, groups: Iterable[str] = ()) -> None:
        """Note a value whose median is told."""
        rows = self._values.setdefault(name, {})
        for group in (ALL, *groups):
            rows.setdefault(group, []).append(value)

    def confuse(self, name: str, true: str, said: str) -> None:
        """Count what was said of something true."""
        self.confusions[name][true, said] += 1

    def lines(self) -> list[Line]:
        """Return every figure with something counted in it."""
        made = []
        for name, rows in self._shares.items():
            made += [Line(name, g, r[0] / r[1], round(r[1])) for g, r in rows.items() if r[1]]
        for name, noted in self._values.items():
            made += [Line(name, g, median(v), len(v)) for g, v in noted.items()]
        return made

    def share(self, name: str, group: str = ALL) -> float:
        """Return one share; not a number where nothing was counted."""
        right, of = self._shares.get(name, {}).get(group, [0.0, 0.0])
        return right / of if of else float("nan")


def groups_of(truth: Truth) -> tuple[str, ...]:
    """Return the groups a scene's figures are split by."""
    return truth.difficulty, f"layout {truth.layout}"


def table(confusion: Counter[tuple[str, str]]) -> tuple[list[str], list[str], list[list[int]]]:
    """Return rows' and columns' names and the counts of a confusion."""
    rows = sorted({true for true, _ in confusion})
    columns = sorted({said for _, said in confusion})
    return rows, columns, [[confusion[r, c] for c in columns] for r in rows]
