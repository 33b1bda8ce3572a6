"""Text aids on any text: no crash, the same answer twice, JSON that can be written."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from docexam.aids.names.comparison import compare
from docexam.aids.names.reading import read_name
from docexam.aids.numbers.days import read_day
from docexam.aids.numbers.reading import read_number
from docexam.aids.places.reading import read_place
from docexam.aids.text import TEXT_AIDS, text_json

CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
texts = st.text(max_size=200) | st.text(CYRILLIC + " -.,'ABC김정은0123<", max_size=120)


@given(texts)
def test_every_text_aid_takes_any_text_and_says_the_same_twice(text: str) -> None:
    for aid in TEXT_AIDS:
        form = json.dumps(text_json(aid, [text]))
        read_name.cache_clear()
        assert json.dumps(text_json(aid, [text])) == form


@given(texts)
def test_spans_and_places_point_into_the_text(text: str) -> None:
    for one in read_name(text).lookalikes:
        assert one.at >= 0
    for part in read_place(text).parts:
        assert 0 <= part.span[0] < part.span[1]
    day = read_day(text)
    assert (day.span is None) == bool(day.problem)
    assert read_number(text).verdict in ("fits", "unknown")


@given(texts, texts)
def test_comparing_is_symmetric(one: str, other: str) -> None:
    left, right = compare(one, other), compare(other, one)
    assert (left.verdict, set(left.rules)) == (right.verdict, set(right.rules))


@given(st.lists(st.sampled_from(CYRILLIC), min_size=1, max_size=12).map("".join))
def test_the_case_of_a_name_does_not_change_what_parses(word: str) -> None:
    one, two = read_name(f"{word} Иван Иванович"), read_name(f"{word.upper()} ИВАН ИВАНОВИЧ")
    assert [p.system for p in one.parses] == [p.system for p in two.parses]
