"""Partial dates: a reading stands for all the days it could be."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST_LETTERS = 60
_ORDERS = {
    "dmy": ("day", "month", "year"),
    "mdy": ("month", "day", "year"),
    "iso": ("year", "month", "day"),
    "ymd": ("year", "month", "day"),
}
# The first letters of month names in English, Russian and Ukrainian (nominative and genitive).
_MONTHS = (
    ("jan", "янв", "січ"),
    ("feb", "фев", "лют"),
    ("mar", "мар", "бер"),
    ("apr", "апр", "кві"),
    ("may", "май", "мая", "тра"),
    ("jun", "июн", "чер"),
    ("jul", "июл", "лип"),
    ("aug", "авг", "сер"),
    ("sep", "сен", "вер"),
    ("oct", "окт", "жов"),
    ("nov", "ноя", "лис"),
    ("dec", "дек", "гру"),
)
# A word for "year" after a date, in Russian and Ukrainian.
_YEAR_WORD = re.compile(r"(?<=[\d?])\s*(?:года|год|року|рік|г\.?|р\.?)\s*$", re.IGNORECASE)
_SPLIT = re.compile(r"[\s./,«»\"„“”'’-]+")
_PART = re.compile(r"[0-9?]{1,4}\Z")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days a date reading could be.

    `year` is four characters, `month` and `day` two each, digits or `?` for any digit.
    At least one day of the calendar (years 1 to 9999) fits; `parse_date` sees to that.
    """

    year: str
    month: str
    day: str

    @property
    def first(self) -> date:
        """Return the earliest day that fits."""
        return _edge(self.year, self.month, self.day, False) or date.min

    @property
    def last(self) -> date:
        """Return the latest day that fits."""
        return _edge(self.year, self.month, self.day, True) or date.max

    @property
    def exact(self) -> bool:
        """Return whether only one day fits."""
        return self.first == self.last

    def meets(self, other: DateSpan) -> bool:
        """Return whether some day fits both."""
        merged = [
            _merge(mine, theirs) for mine, theirs in zip(self._parts(), other._parts(), strict=True)
        ]
        year, month, day = merged
        if year is None or month is None or day is None:
            return False
        return _edge(year, month, day, False) is not None

    def _parts(self) -> tuple[str, str, str]:
        return (self.year, self.month, self.day)


def compare_dates(left: DateSpan, op: str, right: DateSpan) -> bool | None:
    """Compare two spans by `=`, `!=`, `<`, `<=`, `>` or `>=`.

    Returns True where it holds for every pair of days they could be, False where it holds for
    none, None where it holds for some.
    """
    if op in ("=", "!="):
        same = _same(left, right)
        return same if op == "=" or same is None else not same
    if op in (">", ">="):
        return compare_dates(right, "<" if op == ">" else "<=", left)
    if op == "<":
        return _settled(left.last < right.first, left.first >= right.last)
    return _settled(left.last <= right.first, left.first > right.last)


def _same(left: DateSpan, right: DateSpan) -> bool | None:
    if left.exact and right.exact:
        return left.first == right.first
    return None if left.meets(right) else False


def _settled(always: bool, never: bool) -> bool | None:
    return True if always else False if never else None


@lru_cache(maxsize=4096)
def parse_date(text: str, order: str = "dmy") -> DateSpan | None:
    """Read a date that may be partial; None where `text` is no date.

    `1985`, `05.1985`, `??.05.1985`, `12.05.19??`, `12 мая 1985 г.`; ISO (`1985-05-12`,
    `1985-05`) in any order. `order` is `dmy`, `mdy` or `iso`. A year of two digits could be in
    any century. A `?` stands for one digit that cannot be read, `?` alone for a whole part.
    """
    if len(text) > _MOST_LETTERS or order not in _ORDERS:
        return None
    parts = [p for p in _SPLIT.split(_YEAR_WORD.sub("", text.strip())) if p]
    at = next((i for i, p in enumerate(parts) if _month_number(p.casefold())), None)
    if at is not None:
        parts[at] = f"{_month_number(parts[at].casefold()):02}"
        order = "mdy" if at == 0 and len(parts) == 3 else "dmy"
    if not 1 <= len(parts) <= 3 or not all(_PART.match(p) for p in parts):
        return None
    return _span(parts, order)


def _month_number(word: str) -> int:
    if not word.isalpha() or len(word) < 3:
        return 0
    return next((n for n, names in enumerate(_MONTHS, 1) if word.startswith(names)), 0)


def _span(parts: list[str], order: str) -> DateSpan | None:
    names: tuple[str, ...] = _ORDERS["iso"] if len(parts[0]) == 4 else _ORDERS[order]
    if len(parts) < 3 and names[0] != "year":
        names = {1: ("year",), 2: ("month", "year")}[len(parts)]
    found = dict(zip(names, parts, strict=False))
    if len(parts) == 1 and len(parts[0]) != 4:
        return None
    year, month, day = _year(found["year"]), _two(found, "month"), _two(found, "day")
    if year is None or month is None or day is None:
        return None
    return DateSpan(year, month, day) if _edge(year, month, day, False) else None


def _year(part: str) -> str | None:
    if part == "?":
        return "????"
    if len(part) == 2:
        return "??" + part
    return part if len(part) == 4 else None


def _two(found: dict[str, str], name: str) -> str | None:
    part = found.get(name, "??")
    if part == "?":
        return "??"
    return part.zfill(2) if len(part) <= 2 else None


def _merge(mine: str, theirs: str) -> str | None:
    out = []
    for a, b in zip(mine, theirs, strict=True):
        if "?" not in (a, b) and a != b:
            return None
        out.append(b if a == "?" else a)
    return "".join(out)


@lru_cache(maxsize=4096)
def _edge(year: str, month: str, day: str, last: bool) -> date | None:
    """Return the first (or last) day that fits the three patterns, or None."""
    tried: set[bool] = set()
    for y in _numbers(year, 1, 9999, last):
        # Which days exist in a year depends only on whether it is a leap year.
        if isleap(y) in tried:
            if len(tried) == 2:
                return None
            continue
        for m in _numbers(month, 1, 12, last):
            longest = 28 if m == 2 and not isleap(y) else _MONTH_DAYS[m - 1]
            for d in _numbers(day, 1, longest, last):
                return date(y, m, d)
        tried.add(isleap(y))
    return None


def _numbers(pattern: str, low: int, high: int, down: bool) -> Iterator[int]:
    if "?" not in pattern:
        if low <= int(pattern) <= high:
            yield int(pattern)
        return
    matches = re.compile(pattern.replace("?", "[0-9]") + r"\Z").match
    run = range(high, low - 1, -1) if down else range(low, high + 1)
    yield from (n for n in run if matches(str(n).zfill(len(pattern))))
