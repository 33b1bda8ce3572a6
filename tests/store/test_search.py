"""Search finds what people type, in lists that stay in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.casebook import Casebook, ExaminationRow, Hit
from docexam.domain.text import search_key

New = Callable[..., ExaminationRow]
Answer = Callable[..., object]


@pytest.fixture
def noted(casebook: Casebook, examined: ExaminationRow) -> ExaminationRow:
    with casebook.writing(examined.id) as tx:
        tx.index("note:seal", "Ёлка у печати, Республика Тува")
        tx.index("field:name", "김철수가")
        tx.index("note:odd", 'quo"te AND NOT (x) * 100% _x_ \0 \udcff')
    return examined


@pytest.mark.parametrize(
    ("needle", "what"),
    [
        ("елка", "note:seal"),
        ("ЁЛКА", "note:seal"),
        (unicodedata.normalize("NFD", "ёлка"), "note:seal"),
        ("печат", "note:seal"),
        ("республика тува", "note:seal"),
        ("тува ёл", "note:seal"),
        ("ва", "note:seal"),
        ("철수", "field:name"),
        ("수", "field:name"),
        (unicodedata.normalize("NFD", "김철"), "field:name"),
        ('o"t', "note:odd"),
        ("and not", "note:odd"),
        ("*", "note:odd"),
        ("0%", "note:odd"),
        ("_x_", "note:odd"),
    ],
)
def test_a_needle_is_found_where_it_stands(
    needle: str, what: str, casebook: Casebook, noted: ExaminationRow
) -> None:
    assert casebook.search(needle) == [Hit(noted.exhibit, noted.id, what)]
    assert [row.id for row in casebook.list_exhibits(find=needle)] == [noted.exhibit]
    assert [row.id for row in casebook.list_exhibits(find=needle, limit=1)] == [noted.exhibit]


@pytest.mark.parametrize("needle", ["ёж", "печать тува", "김수", "100_", "\u0301", "%%%", "a*c"])
def test_what_does_not_stand_there_is_not_found(
    needle: str, casebook: Casebook, noted: ExaminationRow
) -> None:
    assert casebook.search(needle) == []
    assert casebook.list_exhibits(find=needle) == []
    assert casebook.list_exhibits(find=needle, limit=5) == []


def test_words_may_stand_in_different_places_of_one_exhibit(
    casebook: Casebook, noted: ExaminationRow, new_examination: New, answer: Answer
) -> None:
    other = new_examination(casebook, "2024-118")
    answer(casebook, other.id, "Ёлка")
    found = [row.case for row in casebook.list_exhibits(find="ёлка 철수")]
    assert found == ["2024-117"]


def test_names_are_found_and_hits_say_so(casebook: Casebook, new_examination: New) -> None:
    row = new_examination(casebook, "Дело 7", "Книжка")
    assert casebook.search("книж") == [Hit(row.exhibit, "", "name")]
    assert [r.exhibit for r in casebook.list_exhibits(find="дело 7/к")] == ["Книжка"]


def test_an_index_key_is_replaced_and_removed(casebook: Casebook, examined: ExaminationRow) -> None:
    with casebook.writing(examined.id) as tx:
        tx.index("note:a", "first words")
        tx.index("note:a", "second words")
    assert casebook.search("first") == []
    assert [hit.what for hit in casebook.search("second words")] == ["note:a"]
    with casebook.writing(examined.id) as tx:
        tx.unindex("note:a")
        tx.unindex("never there")
    assert casebook.search("second") == []


def test_a_damaged_index_can_be_made_anew(
    casebook: Casebook, noted: ExaminationRow, attack: Callable[..., None]
) -> None:
    attack("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    assert casebook.search("елка") == []
    casebook.rebuild_search()
    assert len(casebook.search("елка")) == 1


def test_lists_are_ordered_by_last_change(
    casebook: Casebook, new_examination: New, answer: Answer
) -> None:
    rows = [new_examination(casebook, "c", f"e{n}", at=f"2026-01-0{n}") for n in range(1, 6)]
    new_examination(casebook, "other", "x", at="2026-01-07")
    answer(casebook, rows[1].id, at="2026-01-06")
    assert [r.exhibit for r in casebook.list_exhibits()] == ["x", "e2", "e5", "e4", "e3", "e1"]
    assert [r.exhibit for r in casebook.list_exhibits("C", limit=2)] == ["e2", "e5"]
    assert [r.exhibit for r in casebook.list_exhibits("c", find="e", limit=3)] == ["e2", "e5", "e4"]
    assert [r.exhibit for r in casebook.list_exhibits(limit=2, offset=3)] == ["e4", "e3"]
    assert [r.exhibit for r in casebook.list_exhibits(find="e", limit=3, offset=4)] == ["e3", "e1"]
    assert casebook.list_exhibits("nobody") == []
    (first, *_) = casebook.list_exhibits("c")
    assert [(x.examiner, x.answered) for x in first.examinations] == [("kim", 1)]


def test_a_limited_search_looks_beyond_the_newest(
    casebook: Casebook, new_examination: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docexam.casebook import rows

    monkeypatch.setattr(rows, "_NEWEST_FIRST", 3)
    for n in range(8):
        new_examination(casebook, f"{'rare' if n in (0, 1, 7) else 'often'}", f"e{n}", at=f"{n}")
    found = casebook.list_exhibits(find="rare", limit=2)
    assert [row.exhibit for row in found] == ["e7", "e1"]
    assert [row.exhibit for row in casebook.list_exhibits(find="often", limit=2)] == ["e6", "e5"]


_alphabet = st.sampled_from("аbё е철수\"'*%_ ")


@settings(max_examples=80)
@given(text=st.text(_alphabet, max_size=12), needle=st.text(_alphabet, min_size=1, max_size=5))
def test_search_agrees_with_plain_containment(
    text: str, needle: str, casebook: Casebook, examined: ExaminationRow
) -> None:
    with casebook.writing(examined.id) as tx:
        for hit in casebook.search("а") + casebook.search("b"):
            tx.unindex(hit.what)
        tx.index("note:h", text)
    words = search_key(needle).split()
    expected = bool(words) and all(word in search_key(text) for word in words)
    found = [hit for hit in casebook.search(needle) if hit.what == "note:h"]
    assert bool(found) == expected
