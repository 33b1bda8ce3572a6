"""Untrusted text made visible: nothing that acts or hides gets through."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.domain.text import search_key, visible

ANY = st.text(alphabet=st.characters(), max_size=200)


@given(ANY)
def test_nothing_that_acts_or_hides_is_left(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert visible(shown) == shown


@given(ANY)
def test_lines_stay_only_when_asked(text: str) -> None:
    assert "\n" not in visible(text)
    assert visible(text, lines=True).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m", "a⟨U+001B⟩[31m"),
        ("\u202egpj", "⟨U+202E⟩gpj"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("x\udcff", "x⟨0xFF⟩"),
        ("\u3164", "⟨U+3164⟩"),
        ("Зубр 김 é", "Зубр 김 é"),
        ("e" + "\u0301" * 6, "e" + "\u0301" * 4 + "⟨U+0301⟩" * 2),
    ],
)
def test_examples(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_search_folds_marks_case_and_composition() -> None:
    assert (
        search_key("Ёлка") == search_key("елка") == search_key(unicodedata.normalize("NFD", "ЁЛКА"))
    )
    assert search_key("철수") in search_key("김철수가")
