"""Places of birth: spelling, region, date, official equivalents; what the table lacks it says."""

from __future__ import annotations

from itertools import pairwise

import pytest

from docexam.aids.places.aid import AID, places_json
from docexam.aids.places.forms import forms, things
from docexam.aids.places.reading import read_place
from docexam.aids.protocol import Material
from docexam.aids.running import run_aid


def verdicts(text: str, **dates: str) -> dict[str, str]:
    return {part.name or part.text: part.verdict for part in read_place(text, dates).parts}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("г. Кызыл, Тувинская АССР", {"Кызыл", "Тувинская АССР"}),
        ("РЕСПУБЛИКА ТЫВА Г. КЫЗЫЛ", {"Республика Тыва", "Кызыл"}),
        ("с. Тээли Бай-Тайгинского района Респ. Тыва",
         {"Тээли", "Бай-Тайгинский район", "Республика Тыва"}),
        ("с. Хандагайты Овюрского кожууна", {"Хандагайты", "Овюрский район"}),
        ("г. Суджа Курской обл.", {"Суджа", "Курская область"}),
        ("Усть-Ордынский Бурятский АО", {"Усть-Ордынский Бурятский автономный округ"}),
        ("гор. Ростов-на-Дону", {"Ростов-на-Дону"}),
        ("Тува", {"Республика Тыва"}),
    ],
)  # fmt: skip
def test_places_are_found_in_the_forms_in_which_documents_have_them(
    text: str, names: set[str]
) -> None:
    found = read_place(text).parts
    assert {part.name for part in found if part.verdict == "known"} == names
    assert all(text[part.span[0] : part.span[1]] == part.text for part in found)


def test_tuva_and_tyva_are_both_official_and_said_to_be_equivalents() -> None:
    for text in ("Республика Тува", "Республика Тыва"):
        reading = read_place(text, {"birth": "1999"})
        assert reading.parts[0].verdict == "known"
        assert any("equivalents" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("text", "birth", "verdict"),
    [
        ("Тувинская АССР", "1985", "known"),
        ("Тувинская АССР", "1999", "not-then"),
        ("Тувинская АССР", "1961", "known"),
        ("Тувинская АССР", "1950", "not-then"),
        ("Тувинская автономная область", "1950", "known"),
        ("Республика Тыва", "1985", "not-then"),
        ("г. Ленинград", "1995", "not-then"),
        ("г. Ленинград", "12.05.1985", "known"),
        ("г. Самара", "1980", "not-then"),
        ("г. Куйбышев", "1980", "known"),
        ("г. Рыбинск", "1986", "not-then"),
        ("Забайкальский край", "2000", "not-then"),
    ],
)
def test_a_name_is_tested_against_the_date_of_birth(text: str, birth: str, verdict: str) -> None:
    assert set(verdicts(text, birth=birth).values()) == {verdict}


def test_a_name_in_use_at_the_issue_counts_too() -> None:
    assert verdicts("Республика Тыва", birth="1985", issue="2015") == {"Республика Тыва": "known"}
    assert verdicts("г. Ленинград", birth="1995", issue="2015") == {"Ленинград": "not-then"}


def test_the_other_names_of_a_place_are_given_with_their_years() -> None:
    part = read_place("г. Горький").parts[0]
    assert any("Нижний Новгород (1990" in other for other in part.others)


def test_a_town_in_another_region_is_a_question_and_not_a_fault() -> None:
    reading = read_place("г. Кызыл Московской области")
    assert any("Республика Тыва" in note and "may exist" in note for note in reading.notes)
    assert read_place("г. Кызыл Республики Тыва").notes == read_place("Республики Тыва").notes


def test_a_name_of_two_towns_is_read_in_the_region_named() -> None:
    part = read_place("г. Куйбышев Новосибирской области", {"birth": "2000"}).parts[0]
    assert (part.code, part.verdict) == ("RU-NVS", "known")


def test_what_is_not_in_the_table_says_nothing_but_names_what_is_near() -> None:
    part = read_place("гор. Чадаан").parts[0]
    assert part.verdict == "unknown"
    assert "Чадан" in part.says
    assert any("says nothing" in note for note in read_place("д. Козлово").notes)


def test_latin_look_alikes_are_named_and_read_through() -> None:
    reading = read_place("г. КЫЗЫЛ, РECПУБЛИКА ТЫВA")
    assert {part.name for part in reading.parts} == {"Кызыл", "Республика Тыва"}
    assert any("Latin" in note for note in reading.notes)


def test_every_district_and_town_of_tuva_in_the_facts_is_in_the_table() -> None:
    named = [
        "Бай-Тайгинский",
        "Барун-Хемчикский",
        "Дзун-Хемчикский",
        "Каа-Хемский",
        "Кызылский",
        "Монгун-Тайгинский",
        "Овюрский",
        "Пий-Хемский",
        "Сут-Хольский",
        "Тандинский",
        "Тере-Хольский",
        "Тес-Хемский",
        "Тоджинский",
        "Улуг-Хемский",
        "Чаа-Хольский",
        "Чеди-Хольский",
        "Эрзинский",
    ]
    towns = [
        "Кызыл",
        "Ак-Довурак",
        "Шагонар",
        "Чадан",
        "Туран",
        "Каа-Хем",
        "Тээли",
        "Мугур-Аксы",
        "Эрзин",
        "Тоора-Хем",
    ]
    for text in (*(f"{name} район" for name in named), *towns):
        part = read_place(text).parts[0]
        assert (part.verdict, part.code) == ("known", "RU-TY"), text
    assert len(named) == 17


def test_all_83_subjects_are_in_the_table_under_their_names_today() -> None:
    codes = {p.code for names in things().values() for p in names if p.code.startswith("RU-")}
    assert len(codes) == 83
    assert all(form == form.lower() and "ё" not in form for form in forms())


def test_former_names_never_overlap_their_successor_by_more_than_the_year_of_change() -> None:
    equivalent = {"RU-TY", "RU-SA", "RU-SE"}
    for names in things().values():
        dated = sorted((p.since, p.until) for p in names if p.code[:3] == "RU-")
        if {p.code for p in names} & equivalent or len(dated) < 2:
            continue
        for (_, until), (since, _) in pairwise(dated):
            assert since >= until, names


def test_the_json_form_is_an_object_or_a_list() -> None:
    one, two = places_json(["г. Кызыл"]), places_json(["г. Кызыл", "Тува"])
    assert isinstance(one, dict)
    assert one["parts"][0]["code"] == "RU-TY"
    assert isinstance(two, list)


def test_the_aid_reads_the_birth_place_with_the_dates_of_the_fields() -> None:
    fields = {"birth-place": "Тувинская АССР", "birth-date": "1999", "issue-date": "2015"}
    outcome = run_aid(AID, Material(fields=fields))
    assert "Not in use" in outcome.proposals[0].says
