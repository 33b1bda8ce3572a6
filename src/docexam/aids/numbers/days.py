"""Dates as they stand on documents: impossible ones, weekday, days on which offices are shut."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from docexam.aids.reading import tidy
from docexam.domain.dates import DateSpan, parse_date
from docexam.domain.text import visible

LONGEST = 60
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# Public holidays of the Russian Federation that have kept their day since 2005.
_HOLIDAYS = {
    (1, 1): "New Year", (1, 2): "New Year", (1, 7): "Christmas", (2, 23): "Defender's Day",
    (3, 8): "Women's Day", (5, 1): "1 May", (5, 9): "Victory Day", (6, 12): "Russia Day",
    (11, 4): "Unity Day",
}  # fmt: skip
# Letters that stand where a digit belongs.
DIGITS_FOR = {"О": "0", "O": "0", "о": "0", "o": "0", "З": "3", "з": "3", "l": "1", "I": "1",
               "б": "6", "Б": "6", "В": "8", "B": "8", "S": "5"}  # fmt: skip
_NUMERIC = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DIGITLIKE = re.compile(r"[0-9ОOоoЗзlIбБВBS]{1,4}([./ -][0-9ОOоoЗзlIбБВBS]{1,4}){1,2}")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as read: the days it could be, the weekday where it is one day, and remarks.

    `problem` says why it is no date (impossible, or not readable as one); empty where it is.
    """

    text: str
    span: DateSpan | None
    weekday: str
    problem: str
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form; `first` and `last` are ISO dates."""
        return {
            "text": self.text,
            "first": self.span.first.isoformat() if self.span else None,
            "last": self.span.last.isoformat() if self.span else None,
            "weekday": self.weekday or None,
            "problem": self.problem or None,
            "notes": list(self.notes),
        }


def read_day(text: str) -> Day:
    """Read a date, day first; letters that look like digits are exchanged and named."""
    tidied = tidy(text, LONGEST)
    plain = " ".join(tidied.text.split())
    notes = list(tidied.notes())
    if parse_date(plain) is None and _DIGITLIKE.fullmatch(plain):
        found = [char for char in plain if char in DIGITS_FOR]
        if found:
            notes.append(f"Letters stand where digits belong: {' '.join(dict.fromkeys(found))}.")
            plain = "".join(DIGITS_FOR.get(char, char) for char in plain)
    span = parse_date(plain)
    if span is None:
        return Day(tidied.given, None, "", _problem(plain), tuple(notes))
    weekday = ""
    if span.exact:
        weekday = _WEEKDAYS[span.first.weekday()]
        notes += _shut(span.first, weekday)
    return Day(tidied.given, span, weekday, "", tuple(notes))


def _problem(text: str) -> str:
    match = _NUMERIC.fullmatch(text)
    iso = _ISO.fullmatch(text)
    if match:
        day, month, year = (int(part) for part in match.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        return f"“{visible(text)}” is not readable as a date."
    if not 1 <= month <= 12:
        return f"There is no month {month}."
    if not 1 <= year <= 9999:
        return f"There is no year {year}."
    longest = monthrange(year, month)[1]
    return f"{_MONTHS[month - 1]} {year} has {longest} days; there is no day {day}."


def _shut(day: date, weekday: str) -> list[str]:
    notes = []
    if weekday in ("Saturday", "Sunday"):
        notes.append(f"A {weekday}; some offices work then.")
    holiday = _HOLIDAYS.get((day.month, day.day))
    if holiday:
        notes.append(f"A public holiday in Russia by today's calendar ({holiday}).")
    return notes


def age_on(born: DateSpan, day: DateSpan) -> tuple[int, int]:
    """Return the least and the greatest age in full years on a day."""
    return _years(born.last, day.first), _years(born.first, day.last)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
