"""Two spellings of a name compared: the rule that leads from one to the other, or none."""

from __future__ import annotations

import pytest

from docexam.aids.names.comparison import compare


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("Пан Гукчин", "반국진", "korean"),
        ("Ким Чен Ын", "Kim Jong Un", "korean"),
        ("Ким Чен Ын", "Ким Чонын", "korean"),
        ("Чо Чхорхо", "Чо Чхольхо", "korean"),
        ("Ли Мёнбак", "Lee Myung-bak", "korean"),
        ("Пак", "Park", "korean"),
        ("Цой", "Choi", "korean"),
        ("Щукин Юрий", "SHCHUKIN IURII", "icao"),
        ("Цветков", "TCVETKOV", "icao-2010"),
        ("Юлия Цой", "YULIYA TSOY", "1997"),
        ("Жуков", "JOUKOV", "french"),
        ("Чайкин Илья", "3AQKIN IL98", "internal"),
        ("Пётр", "Петр", "dots"),
        ("Иванов-Петров", "Иванов Петров", "spacing"),
        ("Иван Ли", "Ли Иван", "order"),
        ("АСЕЕВ", "ACEEB", "lookalikes"),
        ("ИВАНОВ", "ИВAНОВ", "lookalikes"),
    ],
)
def test_a_rule_that_links_two_spellings_is_named(one: str, other: str, rule: str) -> None:
    found = compare(one, other)
    assert found.verdict == "linked"
    assert rule in found.rules
    assert rule in compare(other, one).rules
    assert len(found.rules) == len(found.reasons)


def test_the_same_letters_are_the_same_whatever_the_case() -> None:
    assert compare("Иванов  Иван", "ИВАНОВ ИВАН").verdict == "same"


def test_a_letter_apart_without_a_rule_is_near() -> None:
    assert compare("Иванов", "Иваноф").verdict == "near"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ооржак", "Петров"), ("Ким Чен Ын", "Пак Кын Хе"), ("", ""), ("", "Иванов"), ("Ли", "Ян")],
)
def test_spellings_without_a_rule_are_unlinked(one: str, other: str) -> None:
    found = compare(one, other)
    assert found.verdict == "unlinked"
    assert found.rules == ()
    assert found.reasons


def test_a_table_says_whether_it_was_in_use_on_the_date() -> None:
    before, after = compare("Цой", "TCOI", "12.05.2011"), compare("Цой", "TCOI", "2020")
    assert "in use on that date" in before.reasons[before.rules.index("icao-2010")]
    assert "not in use on that date" in after.reasons[after.rules.index("icao-2010")]


def test_words_without_a_counterpart_are_named() -> None:
    found = compare("Иванов Пётр Ильич", "IVANOV PETR")
    assert "Ильич" in found.reasons[0]
