"""Korean names in Cyrillic: the tables, the vectors, and a list of names in three spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from docexam.aids.names import kontsevich, korean
from docexam.aids.names.hangul import put_together, taken_apart
from docexam.aids.names.reading import read_name
from docexam.aids.names.romanisation import mccune_reischauer, mccune_reischauer_name, revised_name

LISTS = Path(__file__).parents[1] / "data" / "names"
# The published table of joints, copied here apart from the program's own.
JOINTS = """
ㄱ кк нн кт нн нм кп кс кч кчх ккх ктх кпх кх г
ㄴ нг нн нд лл нм нб нс ндж нчх нкх нтх нпх нх н
ㄹ льг лл льтт лл льм льб льсс льчч льчх лькх льтх льпх рх р
ㅁ мг мн мд мн мм мб мс мдж мчх мкх мтх мпх мх м
ㅂ пк мн пт мн мм пп пс пч пчх пкх птх ппх пх б
ㅇ нг нн нд нн нм нб нс ндж нчх нкх нтх нпх нх нъ
"""
COLUMNS = "ㄱㄴㄷㄹㅁㅂㅅㅈㅊㅋㅌㅍㅎㅇ"


@pytest.mark.parametrize("row", JOINTS.strip().splitlines())
def test_every_joint_is_written_as_the_published_table_has_it(row: str) -> None:
    final, *letters = row.split()
    for initial, joint in zip(COLUMNS, letters, strict=True):
        word = put_together("ㅎ", "ㅏ", final) + put_together(initial, "ㅏ", "")
        assert kontsevich.written(word) == f"ха{joint}а", (final, initial)


@pytest.mark.parametrize(
    ("surname", "given", "spelling"),
    [
        ("반", "국진", "пан гукчин"),
        ("이", "명박", "ли мёнбак"),
        ("조", "철호", "чо чхорхо"),
        ("리", "대혁", "ри дэхёк"),
        ("김", "영희", "ким ёнхи"),
        ("최", "은정", "чхве ынджон"),
        ("박", "국진", "пак кукчин"),
    ],
)
def test_names_are_written_by_the_system_with_the_first_letter_voiced_after_a_sonorant(
    surname: str, given: str, spelling: str
) -> None:
    first = kontsevich.surname_spellings(surname)[0]
    assert f"{first} {kontsevich.given_spellings(given, surname)[0]}" == spelling


def test_a_place_name_is_written_as_the_published_vector_has_it() -> None:
    assert kontsevich.written("평양") == "пхёнъян"
    assert "평양" in korean.syllables("Пхёнъян")


@pytest.mark.parametrize(
    ("text", "hangul"),
    [
        ("Пан Гукчин", "반국진"),
        ("Ли Мёнбак", "이명박"),
        ("Чо Чхорхо", "조철호"),
        ("Чо Чхольхо", "조철호"),
        ("Ри Дэхёк", "리대혁"),
        ("Ли Дэхёк", "리대혁"),
        ("Ким Чен Ын", "김정은"),
        ("КИМ ЧЕН ЫН", "김정은"),
        ("Ким Чонын", "김정은"),
        ("Ким Чон-ын", "김정은"),
        ("Ким Ир Сен", "김일성"),
        ("Пак Чжон Хи", "박정희"),
        ("Цой Ен Хи", "최영희"),
        ("Шин Дон Хек", "신동혁"),
        ("Лим Су Ген", "임수경"),
        ("Намгун Мин", "남궁민"),
    ],
)
def test_a_spelling_is_read_back_to_the_hangul_it_stands_for(text: str, hangul: str) -> None:
    assert hangul in [name.hangul for name in korean.names_of(text.split())]


def test_a_parse_says_how_the_name_is_spelled_and_gives_every_romanisation() -> None:
    parse = korean.parse(["Пан", "Гукчин"])
    assert parse is not None
    assert parse.manner == "kontsevich"
    found = next(c for c in parse.data["candidates"] if c["hangul"] == "반국진")
    assert found["rr"] == "Ban Gukjin"
    assert found["mr"] == "Pan Kukchin"
    assert found["kontsevich"] == "Пан Гукчин"
    north, popular = korean.parse(["Пак", "Кын", "Хе"]), korean.parse(["Ким", "Чен", "Ын"])
    assert north is not None
    assert popular is not None
    assert (north.manner, popular.manner) == ("north", "popular")


@pytest.mark.parametrize(
    ("hangul", "spelling"),
    [
        ("평양", "p'yŏngyang"),
        ("철호", "ch'ŏrho"),
        ("국진", "kukchin"),
        ("신라", "silla"),
        ("독립", "tongnip"),
        ("영희", "yŏnghŭi"),
    ],
)
def test_mccune_reischauer_follows_its_sound_changes(hangul: str, spelling: str) -> None:
    assert mccune_reischauer(hangul) == spelling


def test_full_names_are_romanised_with_the_surname_apart() -> None:
    assert revised_name("조", "철호") == "Jo Cheolho"
    assert mccune_reischauer_name("이", "명박") == "Yi Myŏngbak"


def test_hangul_itself_parses_with_a_double_surname_where_there_is_one() -> None:
    assert [n.surname for n in korean.names_of(["반국진"])] == ["반"]
    assert {n.surname for n in korean.names_of(["남궁민"])} == {"남궁", "남"}
    assert korean.names_of(["국반진"])[0].surname == "국"
    assert korean.names_of(["힣힣"]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ким Виктор Сергеевич",
        "Цой Людмила",
        "Иванов Иван",
        "Пак",
        "Гукчин",
        "Си Цзиньпин",
        "Ким Чен Ын Иванович",
        "",
    ],
)
def test_what_is_no_surname_and_one_or_two_syllables_does_not_parse(text: str) -> None:
    assert korean.parse(text.split()) is None


def _rows() -> list[list[str]]:
    text = (LISTS / "korean.txt").read_text(encoding="utf-8")
    return [row.split("\t") for row in text.splitlines() if not row.startswith("#")]


@pytest.mark.parametrize("column", [1, 2, 3], ids=["kontsevich", "voiceless", "popular"])
def test_every_name_of_the_list_is_read_back_to_its_own_hangul(column: int) -> None:
    rows = _rows()
    assert len(rows) >= 300
    wrong = [
        (row[0], row[column])
        for row in rows
        if row[0].replace(" ", "") not in [n.hangul for n in korean.names_of(row[column].split())]
    ]
    assert wrong == []


def test_the_writer_agrees_with_the_spellings_written_by_hand() -> None:
    text = (LISTS / "korean_parts.txt").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in text.splitlines() if not row.startswith("#")]
    cut = rows.index(["-----"])
    surnames = [r for r in rows[:cut] if r[1].lower() not in kontsevich.surname_spellings(r[0])]
    given = [r for r in rows[cut + 1 :] if r[1].lower() not in kontsevich.given_spellings(r[0])]
    assert (surnames, given) == ([], [])


def test_a_syllable_comes_apart_and_together_again() -> None:
    part = taken_apart("꽃")
    assert (part.initial, part.vowel, part.final, part.closing) == ("ㄲ", "ㅗ", "ㅊ", "ㄷ")
    assert put_together("ㄲ", "ㅗ", "ㅊ") == "꽃"
    with pytest.raises(ValueError, match="Hangul"):
        taken_apart("a")


def test_a_surname_with_the_ending_of_russian_clerks_is_explained() -> None:
    parse = read_name("Югай Сон").parses[0]
    assert parse.system == "korean"
    assert any("-гай" in note for note in parse.notes)
