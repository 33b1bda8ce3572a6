from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.domain.transliteration import TS_IN_2010, transliterate


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Иванов", "Ivanov"),
        ("ИВАНОВ", "IVANOV"),
        ("Щербаков", "Shcherbakov"),
        ("ЩЕРБАКОВ", "SHCHERBAKOV"),
        ("Хомушку", "Khomushku"),
        ("Подъячев", "Podieiachev"),
        ("Юлия Цой", "Iuliia Tsoi"),
        ("Игорь", "Igor"),
        ("Эдуард Ёлкин", "Eduard Elkin"),
        ("АБ-200200", "AB-200200"),
        ("Байлак-оолович", "Bailak-oolovich"),
    ],
)
def test_russian_letters_follow_the_table_of_doc_9303(cyrillic, latin):
    assert transliterate(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Гнатюк Їжак", "Hnatiuk Yizhak"),
        ("Єва Київ", "Yeva Kyiv"),
        ("Мар'яна Ґудзь-Іванів", "Mariana Gudz-Ivaniv"),
        ("Заїка", "Zaika"),
    ],
)
def test_ukrainian_letters_have_their_own_values_and_first_letters(cyrillic, latin):
    assert transliterate(cyrillic) == latin


def test_language_can_be_said_where_the_letters_do_not_tell():
    assert transliterate("Галина", language="uk") == "Halyna"
    assert transliterate("Галина") == "Galina"


def test_the_older_rule_for_ts_is_a_choice():
    assert transliterate("Цветков", ts=TS_IN_2010) == "Tcvetkov"
    assert transliterate("ЦОЙ", ts=TS_IN_2010) == "TCOI"


@pytest.mark.parametrize("text", ["", "Ivanov", "철수", "12.05.1985", "Ωμέγα"])
def test_text_without_cyrillic_letters_gives_nothing(text):
    assert transliterate(text) == ""


def test_a_field_expected_in_another_script_gives_nothing():
    assert transliterate("Иванов", "Hang") == ""


def test_decomposed_letters_read_as_composed_ones():
    assert transliterate(unicodedata.normalize("NFD", "Цой")) == "Tsoi"


def test_letters_outside_the_table_stay_to_be_seen():
    assert transliterate("Өөлет") == "Өөlet"


@given(st.text(alphabet="АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя -"))
def test_every_russian_letter_becomes_latin(text):
    assert transliterate(text).isascii()
