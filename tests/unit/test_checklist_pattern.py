from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.domain.pattern import PatternError, check_pattern, matches


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        (r"[А-ЯЁ]{2} ?\d{6,7}", "АБ 123456", True),
        (r"[А-ЯЁ]{2} ?\d{6,7}", "АБ1234567", True),
        (r"[А-ЯЁ]{2} ?\d{6,7}", "АБ 12345", False),
        (r"[А-ЯЁ]{2} ?\d{6,7}", "АБ 123456x", False),
        (r"(I|II|IV)-(АБ|ВГ)", "II-ВГ", True),
        (r"(I|II|IV)-(АБ|ВГ)", "III-ВГ", False),
        (r"(?:a|b){2,3}", "aba", True),
        (r"(?:a|b){2,3}", "abab", False),
        (r"[^0-9]{3}", "абв", True),
        (r"\w-\d", "Ж-1", True),
        (r"№ \d{1,4}\.", "№ 12.", True),
        (r".{2}", "\nx", True),
        (r"[\]\\]{2}", "]\\", True),
        (r"a?b?", "", True),
        (r"\{\}", "{}", True),
    ],
)
def test_the_whole_reading_is_matched(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


REFUSED = [
    ("a*", 1), ("a+", 1), ("(a?){2}", 4), ("(a{2}b)?", 7), ("a??", 2), ("a{2}{3}", 4),
    ("(?=a)b", 0), ("(?!a)b", 0), ("(?<=a)b", 0), ("(?P<n>a)", 0), ("(?i)a", 0), (r"(a)\1", 3),
    ("^a$", 0), ("a$", 1), ("(a", 0), ("a)", 1), ("[a", 0), ("[]", 0), ("a{2,}", 1),
    ("a{,2}", 1), ("a{5,2}", 1), ("a{101}", 1), ("a{0}", 1), ("a||b", 2), ("()", 1), ("", 0),
    ("|", 0), ("?", 0), (r"\b", 0), (r"\p", 0), ("\\", 0), ("[z-a]", 0), (r"[\b]", 0),
    ("x" * 201, 200), ("(" * 11 + "a" + ")" * 11, 10), ("(" + "[A-Z]" * 20 + "){90}", 0),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "offset"), REFUSED)
def test_what_could_run_away_is_refused_with_its_place(pattern: str, offset: int) -> None:
    with pytest.raises(PatternError) as caught:
        check_pattern(pattern)
    assert caught.value.offset == offset
    assert caught.value.help


def test_the_worst_pattern_on_the_longest_reading_is_quick() -> None:
    worst = "a{0,90}" * 8 + "b"
    started = time.perf_counter()
    assert not matches(worst, "a" * 500)
    assert time.perf_counter() - started < 5


def test_a_reading_past_the_bound_never_fits() -> None:
    assert matches("a{100}", "a" * 100)
    assert not matches(".{100}", "a" * 100_000)


atoms = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", "(a|b)", "(ab|b1)", r"\."])
repeats = st.sampled_from(["", "", "?", "{2}", "{1,3}", "{0,2}"])
patterns = st.lists(st.tuples(atoms, repeats).map("".join), min_size=1, max_size=5).map("".join)


@settings(deadline=None)
@given(st.lists(patterns, min_size=1, max_size=3).map("|".join), st.text("ab1.", max_size=8))
def test_it_agrees_with_regular_expressions(pattern: str, text: str) -> None:
    assert matches(pattern, text) is bool(re.fullmatch(pattern, text))
