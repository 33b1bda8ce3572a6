"""Numbers and dates: formats by kind, look-alikes, impossible days, blanks, order of entries."""

from __future__ import annotations

import pytest

from docexam.aids.numbers.aid import AID, numbers_json
from docexam.aids.numbers.days import read_day
from docexam.aids.numbers.order import chronology, order_of_fields
from docexam.aids.numbers.reading import read_number
from docexam.aids.numbers.regions import OKATO, SUBJECTS, same_region
from docexam.aids.protocol import Material
from docexam.aids.running import outcome_json, run_aid
from docexam.errors import InputError


def codes(text: str, kind: str = "", issued: str = "") -> set[str]:
    return {remark.code for remark in read_number(text, kind, issued).remarks}


@pytest.mark.parametrize(
    ("text", "kind", "fits"),
    [
        ("АВ 123456", "military-booklet", True),
        ("АВ1234567", "military-booklet", True),
        ("АВ № 1234567", "military-booklet", True),
        ("серия АВ номер 1234567", "military-booklet", True),
        ("АВ 12345", "military-booklet", False),
        ("АВ 12345678", "military-booklet", False),
        ("АВГ 123456", "military-booklet", False),
        ("А 123456", "military-booklet", False),
        ("123456", "officer-card", True),
        ("1234567", "officer-card", True),
        ("АВ 1234567", "officer-card", True),
        ("12345", "officer-card", False),
        ("Э-100100", "personal-number", True),
        ("АБ-200200", "personal-number", True),
        ("АБ—200200", "personal-number", True),
        ("АБ 200200", "personal-number", False),
        ("АБВ-200200", "personal-number", False),
        ("93 12 123456", "internal-passport", True),
        ("9312 123456", "internal-passport", True),
        ("93 12 12345", "internal-passport", False),
        ("170-001", "issuer-code", True),
        ("170001", "issuer-code", False),
    ],
)
def test_a_number_fits_or_departs_from_the_format_of_its_kind(
    text: str, kind: str, fits: bool
) -> None:
    reading = read_number(text, kind)
    assert (reading.verdict == "fits") is fits
    assert ("format" in {r.code for r in reading.remarks}) is not fits


def test_latin_look_alikes_are_named_and_do_not_make_a_number_depart() -> None:
    reading = read_number("AB 123456", "military-booklet")
    assert reading.verdict == "fits"
    assert [one.found for one in reading.lookalikes] == ["A", "B"]
    assert reading.plain == "АВ 123456"
    assert "latin-lookalikes" in {r.code for r in reading.remarks}
    assert "latin-lookalikes" not in codes("АВ 123456", "military-booklet")


def test_a_letter_for_a_digit_is_named_as_what_may_be_all_that_is_wrong() -> None:
    assert "digit-lookalikes" in codes("АВ 12З456", "military-booklet")
    assert "digit-lookalikes" not in codes("АВ 12Ж456", "military-booklet")


def test_without_a_kind_every_kind_that_fits_is_named() -> None:
    reading = read_number("АВ 123456")
    assert reading.kinds == ("military-booklet", "officer-card")
    assert read_number("???").verdict == "unknown"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InputError):
        read_number("1", "passport-of-oz")


@pytest.mark.parametrize(
    ("issued", "code"),
    [
        ("12.05.2012", "blank-year"),
        ("2014", "blank-year"),
        ("12.05.2011", "blank-after-issue"),
        ("2019", "blank-old"),
        ("", "blank-year"),
        ("unreadable", "blank-year"),
    ],
)
def test_the_year_of_a_passports_blank_is_held_against_its_issue(issued: str, code: str) -> None:
    assert code in codes("93 12 123456", "internal-passport", issued)


def test_series_of_the_nineties_are_of_that_century() -> None:
    assert "blank-year" in codes("93 98 123456", "internal-passport", "1999")
    assert "blank-after-issue" in codes("93 03 123456", "internal-passport", "1999")


def test_the_region_of_a_passport_series_is_named_with_how_sure_that_is() -> None:
    says = [r.says for r in read_number("93 12 123456").remarks if r.code == "region"]
    assert says == ["OKATO code 93: Республика Тыва (secondary)."]
    assert "region-unknown" in codes("02 12 123456")


def test_region_tables_agree_with_each_other() -> None:
    assert same_region("93", "17") is True
    assert same_region("93", "77") is False
    assert same_region("93", "00") is None
    assert set(OKATO.values()) <= set(SUBJECTS.values())
    assert len(set(OKATO.values())) == len(OKATO)


# --- days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31.02.2019", "February 2019 has 28 days"),
        ("29.02.2023", "February 2023 has 28 days"),
        ("31.04.2020", "April 2020 has 30 days"),
        ("01.13.2020", "no month 13"),
        ("2019-00-10", "no month 0"),
        ("завтра", "not readable"),
    ],
)
def test_an_impossible_day_is_told_with_the_reason(text: str, problem: str) -> None:
    assert problem in read_day(text).problem
    assert read_day(text).span is None


@pytest.mark.parametrize(
    ("text", "weekday"),
    [("10.10.2024", "Thursday"), ("29.02.2024", "Thursday"), ("12 мая 1985 г.", "Sunday")],
)
def test_the_weekday_of_a_whole_date_is_told(text: str, weekday: str) -> None:
    assert read_day(text).weekday == weekday


def test_a_partial_date_has_no_weekday_and_no_problem() -> None:
    day = read_day("??.05.1985")
    assert (day.weekday, day.problem) == ("", "")


def test_weekends_and_holidays_are_remarked() -> None:
    assert any("Sunday" in note for note in read_day("12.05.1985").notes)
    assert any("holiday" in note for note in read_day("09.05.2015").notes)
    assert read_day("10.10.2024").notes == ()


def test_letters_for_digits_are_named_and_read_through() -> None:
    day = read_day("1О.1O.2О24")
    assert day.weekday == "Thursday"
    assert any("Letters" in note for note in day.notes)


# --- order -------------------------------------------------------------------------------------


def _verdict(fields: dict[str, str], earlier: str, later: str) -> set[str]:
    return {
        order.verdict
        for order in order_of_fields(fields)
        if (order.earlier, order.later) == (earlier, later)
    }


def test_an_entry_before_its_condition_contradicts_and_a_partial_one_stays_open() -> None:
    fields = {"service-start": "2016", "oath-date": "03.03.2015", "first-weapon-date": "2016"}
    assert _verdict(fields, "service-start", "oath-date") == {"contradicts"}
    assert _verdict(fields, "service-start", "first-weapon-date") == {"open"}
    fields["oath-date"] = "03.03.2017"
    assert _verdict(fields, "service-start", "oath-date") == {"in-order"}


def test_an_age_below_the_least_contradicts_and_one_across_it_stays_open() -> None:
    assert "contradicts" in _verdict(
        {"birth-date": "2001", "service-start": "2016"}, "birth-date", "service-start"
    )
    assert "open" in _verdict(
        {"birth-date": "1999", "service-start": "10.10.2016"}, "birth-date", "service-start"
    )
    assert _verdict(
        {"birth-date": "1990", "service-start": "2016"}, "birth-date", "service-start"
    ) == {"in-order"}


def test_an_internal_passport_is_not_issued_below_14() -> None:
    fields = {"birth-date": "01.01.2000", "issue-date": "01.01.2013"}
    plain, passport = order_of_fields(fields), order_of_fields(fields, passport=True)
    assert not any(order.verdict == "contradicts" for order in plain)
    assert any("14" in order.says for order in passport if order.verdict == "contradicts")


def test_dates_that_cannot_be_read_say_nothing() -> None:
    assert order_of_fields({"birth-date": "?", "issue-date": "x"}) == ()


def test_entries_are_compared_with_all_before_them() -> None:
    rows = chronology([("a", "2016"), ("b", "10.10.2024"), ("c", "09.10.2024"), ("d", "2025")])
    assert [(row.earlier, row.verdict) for row in rows] == [
        ("a", "in-order"),
        ("b", "contradicts"),
        ("c", "in-order"),
    ]


# --- the aid -----------------------------------------------------------------------------------


def test_the_aid_reads_the_fields_of_a_passport() -> None:
    fields = {
        "number": "93 12 123456",
        "issuer-code": "770-001",
        "birth-date": "12.05.1985",
        "issue-date": "31.02.2012",
        "personal-number": "Q",
    }
    form = outcome_json(AID, run_aid(AID, Material(fields=fields, kind="internal-passport")))
    assert [one["field"] for one in form["dates"] if one["problem"]] == ["issue-date"]
    assert any("differ in region" in p["says"] for p in form["proposals"])
    assert [one["verdict"] for one in form["numbers"] if one.get("field") == "personal-number"] == [
        "departs"
    ]


def test_the_json_form_reads_a_text_as_number_and_as_date() -> None:
    one = numbers_json(["31.02.2019"])
    assert isinstance(one, dict)
    assert one["number"]["verdict"] == "unknown"
    assert one["date"]["problem"].startswith("February")
