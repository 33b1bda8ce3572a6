"""Agreement between examiners: raw first, then Cohen's kappa and Krippendorff's alpha.

Ratings are given as units: one sequence per item, one value per examiner, None for missing.
Undefined figures are None, with the reason in words beside them. Formulas: Cohen 1960;
Krippendorff, Content Analysis, 4th edition, chapter 12.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

Rating = Hashable | None
Unit = Sequence[Rating]

BOOTSTRAP_DRAWS = 1000
_SEED = 20_150_101


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of agreement; `value` is None where it is undefined, `why` says why."""

    value: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 hundredths of a bootstrap over items; None where nothing could be drawn."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over units that at least two examiners rated. `n` is their number."""

    n: int
    raw: Figure
    kappa: Figure
    alpha: Figure
    interval: Interval


def agreement(units: Sequence[Unit], *, ordered: Sequence[Hashable] | None = None) -> Agreement:
    """Work out the agreement over units. With `ordered`, alpha is ordinal over that order.

    Cohen's kappa is given for exactly two examiners; the interval is alpha's.
    """
    rated = [u for u in units if sum(v is not None for v in u) > 1]
    return Agreement(
        n=len(rated),
        raw=raw_agreement(rated),
        kappa=cohen_kappa(rated),
        alpha=krippendorff_alpha(rated, ordered=ordered),
        interval=_interval(rated, ordered),
    )


def _interval(units: Sequence[Unit], ordered: Sequence[Hashable] | None) -> Interval:
    if ordered is not None:
        return bootstrap(units, lambda drawn: krippendorff_alpha(drawn, ordered=ordered).value)
    # A nominal distance does not depend on the draw, so each unit's part is worked out once.
    parts = [_nominal_part(unit) for unit in units]
    return bootstrap(parts, _alpha_of_parts)


Part = tuple[float, Counter[Hashable]]


def _nominal_part(unit: Unit) -> Part:
    counts: Counter[Hashable] = Counter(v for v in unit if v is not None)
    return _pair_distance(counts, _nominal) / (counts.total() - 1), counts


def _alpha_of_parts(parts: Sequence[Part]) -> float | None:
    totals: Counter[Hashable] = Counter()
    for _, counts in parts:
        totals.update(counts)
    n = totals.total()
    expected = n * n - sum(c * c for c in totals.values())
    return 1 - (n - 1) * sum(observed for observed, _ in parts) / expected if expected else None


def raw_agreement(units: Sequence[Unit]) -> Figure:
    """Return the share of agreeing pairs of ratings, over all pairs within units."""
    same = total = 0
    for unit in units:
        counts = Counter(v for v in unit if v is not None)
        n = counts.total()
        same += sum(c * (c - 1) // 2 for c in counts.values())
        total += n * (n - 1) // 2
    return Figure(same / total) if total else Figure(None, "no item was rated by two examiners")


def cohen_kappa(units: Sequence[Unit]) -> Figure:
    """Return Cohen's kappa for two examiners; undefined where chance agreement is certain."""
    if any(len(u) != 2 for u in units):
        return Figure(None, "Cohen's kappa compares exactly two examiners")
    pairs = [(a, b) for a, b in units if a is not None and b is not None]
    n = len(pairs)
    if not n:
        return Figure(None, "no item was rated by two examiners")
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    # Whole numbers until the last step: a table of one category must not divide noise by noise.
    chance = sum(first[c] * second[c] for c in first)
    if chance == n * n:
        return Figure(None, "both examiners gave one and the same answer throughout")
    same = sum(a == b for a, b in pairs)
    return Figure((same * n - chance) / (n * n - chance))


def krippendorff_alpha(
    units: Sequence[Unit], *, ordered: Sequence[Hashable] | None = None
) -> Figure:
    """Return Krippendorff's alpha, nominal or (with `ordered`) ordinal; missing data allowed."""
    usable = [[v for v in u if v is not None] for u in units]
    usable = [u for u in usable if len(u) > 1]
    if not usable:
        return Figure(None, "no item was rated by two examiners")
    totals = Counter(v for u in usable for v in u)
    if len(totals) < 2:
        return Figure(None, "all ratings are one and the same, so there is nothing to tell apart")
    distance = _ordinal(ordered, totals) if ordered is not None else _nominal
    observed = sum(_pair_distance(Counter(u), distance) / (len(u) - 1) for u in usable)
    expected = _pair_distance(totals, distance)
    n = totals.total()
    if not expected:
        return Figure(None, "the ratings cannot be told apart on this scale")
    return Figure(1 - (n - 1) * observed / expected)


Distance = Callable[[Hashable, Hashable], float]


def _nominal(a: Hashable, b: Hashable) -> float:
    return float(a != b)


def _ordinal(order: Sequence[Hashable], totals: Counter[Hashable]) -> Distance:
    """Return the ordinal difference: ratings between two ranks, ends halved, squared."""
    present = [v for v in order if v in totals]
    reached: dict[Hashable, float] = {}
    running = 0.0
    for value in present:
        reached[value] = running + totals[value] / 2
        running += totals[value]
    missing = [v for v in totals if v not in reached]
    if missing:
        raise ValueError(f"ratings outside the order: {missing}")
    return lambda a, b: (reached[a] - reached[b]) ** 2


def _pair_distance(counts: Counter[Hashable], distance: Distance) -> float:
    values = list(counts.items())
    return 2 * sum(n_a * n_b * distance(a, b) for (a, n_a), (b, n_b) in combinations(values, 2))


Drawn = TypeVar("Drawn")


def bootstrap(
    units: Sequence[Drawn],
    measure: Callable[[Sequence[Drawn]], float | None],
    *,
    draws: int = BOOTSTRAP_DRAWS,
) -> Interval:
    """Return the interval of `measure` over items drawn anew; the same input, the same result."""
    if len(units) < 2:
        return Interval(None, None)
    source = random.Random(_SEED)  # noqa: S311 - a reproducible draw, nothing secret
    values = sorted(
        v for _ in range(draws) if (v := measure(source.choices(units, k=len(units)))) is not None
    )
    if not values:
        return Interval(None, None)
    last = len(values) - 1
    return Interval(values[round(0.025 * last)], values[round(0.975 * last)])
