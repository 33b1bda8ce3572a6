"""Russian, marked, Tuvan, Chinese and Vietnamese names; look-alikes; the JSON form."""

from __future__ import annotations

import pytest

from docexam.aids.names import russian, turkic, tuvan
from docexam.aids.names.aid import AID, names_json
from docexam.aids.names.patronymic import patronymic_of
from docexam.aids.names.reading import SYSTEM_IDS, read_name
from docexam.aids.protocol import Alone, Material
from docexam.aids.running import outcome_json, run_aid


def systems(text: str) -> set[str]:
    return {parse.system for parse in read_name(text).parses}


@pytest.mark.parametrize(
    ("patronymic", "father", "gender"),
    [
        ("Юрьевич", "Юрий", "m"),
        ("Юрьевна", "Юрий", "f"),
        ("Ильич", "Илья", "m"),
        ("Ильинична", "Илья", "f"),
        ("Никитич", "Никита", "m"),
        ("Никитична", "Никита", "f"),
        ("Фоминична", "Фома", "f"),
        ("Львович", "Лев", "m"),
        ("Павловна", "Павел", "f"),
        ("Петрович", "Пётр", "m"),
        ("Яковлевич", "Яков", "m"),
        ("Сергеевна", "Сергей", "f"),
        ("Игоревич", "Игорь", "m"),
        ("Николаевна", "Николай", "f"),
        ("Дмитриевич", "Дмитрий", "m"),
        ("Валерьевна", "Валерий", "f"),
        ("Оттович", "Отто", "m"),
        ("Доржиевич", "Доржи", "m"),
        ("Мусаевна", "Муса", "f"),
        ("Намгаевич", "Намгай", "m"),
        ("Байлак-оолович", "Байлак-оол", "m"),
        ("Байлак-ооловна", "Байлак-оол", "f"),
        ("СЕРГЕЕВИЧ", "Сергей", "m"),
    ],
)
def test_a_patronymic_leads_back_to_the_fathers_name(
    patronymic: str, father: str, gender: str
) -> None:
    found = patronymic_of(patronymic)
    assert found is not None
    assert found.gender == gender
    assert father in [one.name for one in found.fathers]


def test_a_patronymic_of_no_listed_name_says_what_was_looked_for() -> None:
    found = patronymic_of("Зюзюкович")
    assert found is not None
    assert found.fathers == ()
    assert "зюзюк" in found.tried


@pytest.mark.parametrize("word", ["Иванов", "Анна", "Кич", "ович", "Монгуш"])
def test_other_words_are_no_patronymics(word: str) -> None:
    assert patronymic_of(word) is None


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("Иванов Иван Иванович", "agree"),
        ("Иванова Анна Ивановна", "agree"),
        ("Иванова Анна Иванович", "disagree"),
        ("Иванов Анна Ивановна", "disagree"),
        ("Шевченко Саша Ивановна", "undetermined"),
        ("Цой Виктор", "undetermined"),
        ("Сергей Петрович", "agree"),
    ],
)
def test_the_genders_of_a_russian_name_are_compared(text: str, agreement: str) -> None:
    parse = russian.parse(text.split())
    assert parse is not None
    assert parse.data["agreement"] == agreement
    assert bool(parse.notes) == (agreement == "disagree")


def test_the_given_name_may_stand_first() -> None:
    parse = russian.parse(["Пётр", "Ильич", "Чайковский"])
    assert parse is not None
    assert {w.role: w.text for w in parse.words}["surname"] == "Чайковский"


def test_a_name_in_russian_form_with_a_name_of_another_list_is_told_apart() -> None:
    listed, form = (
        russian.parse(["Ким", "Виктор", "Ильич"]),
        russian.parse(["Доржиев", "Бато", "Цыренович"]),
    )
    assert listed is not None
    assert form is not None
    assert (listed.manner, form.manner) == ("listed", "form")
    assert listed.fit > form.fit


@pytest.mark.parametrize(
    ("text", "father", "gender"),
    [
        ("Алиев Рашид Гасан оглы", "Гасан", "m"),
        ("Алиева Лейла Гасан кызы", "Гасан", "f"),
        ("Алиев Рашид Гасан-оглы", "Гасан", "m"),
        ("Исаев Нурлан Болатулы", "Болат", "m"),
        ("Асанов Бакыт Темир уулу", "Темир", "m"),
    ],
)
def test_a_fathers_name_with_a_word_for_son_or_daughter_parses(
    text: str, father: str, gender: str
) -> None:
    parse = turkic.parse(text.split())
    assert parse is not None
    told = parse.data["patronymic"]
    assert told["gender"] == gender
    assert told["text"].split()[0] == father


def test_a_marker_of_the_wrong_gender_is_a_disagreement() -> None:
    parse = turkic.parse(["Алиева", "Лейла", "Гасан", "оглы"])
    assert parse is not None
    assert parse.data["agreement"] == "disagree"


@pytest.mark.parametrize("text", ["Кызы", "оглы Иван", "Рашид оглы", "Иванов Иван Иванович"])
def test_without_a_marked_fathers_name_after_a_name_nothing_is_turkic(text: str) -> None:
    assert turkic.parse(text.split()) is None


@pytest.mark.parametrize(
    "text",
    [
        "Монгуш Аяс Байлак-оолович",
        "Ондар Чодураа Шолбановна",
        "Шойгу Сергей Кужугетович",
        "Сат Омак",
        "Кужугет Шончалай",
        "Бай-Кара Ай-кыс",
        "Сарыглар Неведомый",
        "Монгуш Сергей Иванович",
    ],
)
def test_tuvan_names_parse_as_tuvan(text: str) -> None:
    assert "tuvan" in systems(text)


@pytest.mark.parametrize(
    "text", ["Иванов Иван Иванович", "Доржиев Бато Цыренович", "Ким Чен Ын", "Ахметов Ерлан"]
)
def test_other_names_do_not_parse_as_tuvan(text: str) -> None:
    assert "tuvan" not in systems(text)


def test_a_russian_patronymic_beside_a_tuvan_name_is_said_to_be_usual() -> None:
    parse = tuvan.parse(["Монгуш", "Аяс", "Сергеевич"])
    assert parse is not None
    assert any("usual in Tuva" in note for note in parse.notes)


def test_every_system_that_takes_a_name_is_named() -> None:
    assert systems("Ли На") >= {"korean", "chinese"}
    assert systems("Хо Ши Мин") >= {"korean", "vietnamese"}
    assert systems("Ким Виктор Сергеевич") == {"russian"}


def test_no_word_for_a_people_or_a_nation_is_said_about_the_person() -> None:
    text = str(names_json(["Ким Чен Ын", "Монгуш Аяс Байлак-оолович", "Ли Вэй"]))
    for word in ("nationality is", "ethnic", "is a Korean", "is Korean,", "is Tuvan,", "probab"):
        assert word not in text.replace("no probability", "").replace("no nationality", "")


# --- look-alikes -------------------------------------------------------------------------------


def test_latin_letters_among_cyrillic_are_named_with_their_place_and_read_through() -> None:
    reading = read_name("ИВAНОВ ПETР ИВАНОВИЧ")
    assert [(one.at, one.found, one.looks_like) for one in reading.lookalikes] == [
        (2, "A", "А"),
        (8, "E", "Е"),
        (9, "T", "Т"),
    ]
    assert "russian" in {parse.system for parse in reading.parses}


def test_a_word_wholly_in_latin_look_alikes_is_found_beside_cyrillic_ones() -> None:
    assert [one.found for one in read_name("Иванов AHTOH").lookalikes] == list("AHTOH")
    assert read_name("Ivanov Anton").lookalikes == ()


# --- JSON --------------------------------------------------------------------------------------


def test_one_text_gives_an_object_and_several_give_a_list_with_comparisons() -> None:
    one = names_json(["Пан Гукчин"])
    assert isinstance(one, dict)
    assert one["parses"][0]["system"] == "korean"
    assert all(isinstance(parse["grounds"], list) and parse["grounds"] for parse in one["parses"])
    two = names_json(["Пан Гукчин", "반국진"])
    assert isinstance(two, list)
    assert two[0]["compared"][0]["verdict"] == "linked"


def test_every_parse_names_a_known_system_and_carries_the_meaning_of_its_score() -> None:
    for text in ("Ли На", "Монгуш Аяс Байлак-оолович", "Нгуен Ван Минь"):
        form = names_json([text])
        assert isinstance(form, dict)
        for parse in form["parses"]:
            assert parse["system"] in SYSTEM_IDS
            assert 0 <= parse["score"]["value"] <= 1
            assert "no probability" in parse["score"]["meaning"]


def test_the_aid_reads_the_name_fields_of_a_checklist_and_compares_the_signature() -> None:
    fields = {
        "surname": "Пан",
        "given-name": "Гукчин",
        "signature-reading": "반국진",
        "birth-place": "г. Кызыл",
    }
    outcome = run_aid(AID, Material(fields=fields), Alone())
    form = outcome_json(AID, outcome)
    assert {parse["system"] for parse in form["parses"]} == {"korean"}
    assert form["compared"][0]["rules"] == ["korean"]


def test_a_name_no_system_takes_is_said_to_be_common_and_gives_an_empty_list() -> None:
    outcome = run_aid(AID, Material(texts=("Белек Имярек Неведомый",)), Alone())
    assert outcome_json(AID, outcome)["parses"] == []
    assert "none" in outcome.proposals[0].says
