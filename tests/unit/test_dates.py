from __future__ import annotations

import time
from datetime import date

import pytest

from docexam.domain.dates import compare_dates, parse_date

FULL = [
    ("12.05.1985", "dmy"),
    ("12/05/1985", "dmy"),
    ("12 05 1985", "dmy"),
    ("12-5-1985", "dmy"),
    ("1985-05-12", "dmy"),
    ("1985-05-12", "iso"),
    ("05/12/1985", "mdy"),
    ("12 мая 1985 г.", "dmy"),
    ("«12» мая 1985 года", "dmy"),
    ("12 травня 1985 року", "dmy"),
    ("12 May 1985", "dmy"),
    ("May 12, 1985", "dmy"),
    (" 12 . 05 . 1985г. ", "dmy"),
]


@pytest.mark.parametrize(("text", "order"), FULL)
def test_a_whole_date_is_one_day(text: str, order: str) -> None:
    span = parse_date(text, order)
    assert span is not None
    assert span.exact
    assert span.first == date(1985, 5, 12)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1985", date(1985, 1, 1), date(1985, 12, 31)),
        ("05.1985", date(1985, 5, 1), date(1985, 5, 31)),
        ("1985-02", date(1985, 2, 1), date(1985, 2, 28)),
        ("??.05.1985", date(1985, 5, 1), date(1985, 5, 31)),
        ("?.05.1985", date(1985, 5, 1), date(1985, 5, 31)),
        ("1?.05.1985", date(1985, 5, 10), date(1985, 5, 19)),
        ("12.??.1985", date(1985, 1, 12), date(1985, 12, 12)),
        ("31.??.1985", date(1985, 1, 31), date(1985, 12, 31)),
        ("12.05.198?", date(1980, 5, 12), date(1989, 5, 12)),
        ("29.02.198?", date(1980, 2, 29), date(1988, 2, 29)),
        ("??.??.????", date(1, 1, 1), date(9999, 12, 31)),
        ("12.05.85", date(85, 5, 12), date(9985, 5, 12)),
    ],
)
def test_a_partial_date_is_all_the_days_it_could_be(text: str, first: date, last: date) -> None:
    span = parse_date(text)
    assert span is not None
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "x", "85", "32.01.1985", "12.13.1985", "29.02.1985", "30.02.????", "00.05.1985", "0000",
     "12.05.1985.7", "12 flub 1985", "12345", "1985-05-12T10:00", "-", "?", "١٢.٠٥.١٩٨٥", "1" * 99],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("left", "op", "right", "result"),
    [
        ("1985", "<", "1986", True),
        ("1985", "<", "1985", None),
        ("1985", ">=", "1986", False),
        ("1985", "=", "1985", None),
        ("12.05.1985", "=", "1985-05-12", True),
        ("12.05.1985", "!=", "1985-05-12", False),
        ("12.05.1985", "=", "1985", None),
        ("12.06.1985", "=", "05.1985", False),
        ("12.06.1985", "!=", "05.1985", True),
        ("1?.05.1985", "=", "?2.05.1985", None),
        ("1?.05.1985", "=", "2?.05.1985", False),
        ("??.05.1985", ">", "30.04.1985", True),
        ("??.05.1985", ">", "01.05.1985", None),
        ("??.05.1985", ">=", "01.05.1985", True),
        ("??.05.1985", "<=", "01.05.1985", None),
        ("??.05.1985", "<", "01.05.1985", False),
    ],
)
def test_a_comparison_that_holds_for_some_days_only_is_undetermined(
    left: str, op: str, right: str, result: bool | None
) -> None:
    one, other = parse_date(left), parse_date(right)
    assert one is not None
    assert other is not None
    assert compare_dates(one, op, other) is result


def test_the_worst_pattern_is_still_quick() -> None:
    started = time.perf_counter()
    for text in ("30.02.????", "??.??.????", "29.02.???9", "31.?4.????"):
        parse_date(text)
    assert time.perf_counter() - started < 0.5
