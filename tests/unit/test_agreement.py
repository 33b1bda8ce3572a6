"""Agreement figures against independent implementations and known tables."""

from __future__ import annotations

import math
from itertools import chain

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from docexam.domain.agreement import (
    agreement,
    bootstrap,
    cohen_kappa,
    krippendorff_alpha,
    raw_agreement,
)

CATEGORIES = ["a", "b", "c", "d"]
PAIRS = st.lists(
    st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(CATEGORIES)), min_size=1, max_size=30
)
TABLES = st.integers(2, 5).flatmap(
    lambda raters: st.lists(
        st.lists(
            st.one_of(st.none(), st.sampled_from(CATEGORIES)), min_size=raters, max_size=raters
        ),
        min_size=1,
        max_size=20,
    )
)


def table(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> list[tuple[str, str]]:
    counts = {("y", "y"): yes_yes, ("y", "n"): yes_no, ("n", "y"): no_yes, ("n", "n"): no_no}
    return list(chain.from_iterable([pair] * n for pair, n in counts.items()))


def test_the_prevalence_paradox_is_shown_as_it_is() -> None:
    balanced, skewed = table(45, 5, 5, 45), table(90, 5, 5, 0)
    assert raw_agreement(balanced).value == raw_agreement(skewed).value == 0.9
    assert cohen_kappa(balanced).value == pytest.approx(0.80)
    assert cohen_kappa(skewed).value == pytest.approx(-0.0526, abs=1e-4)


@given(PAIRS)
def test_kappa_equals_an_independent_implementation(pairs: list[tuple[str, str]]) -> None:
    own = cohen_kappa(pairs)
    first, second = zip(*pairs, strict=True)
    if len(set(first) | set(second)) == 1:
        assert own.value is None
        assert own.why
        return
    assert own.value == pytest.approx(cohen_kappa_score(first, second), abs=1e-9)


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
@given(TABLES)
def test_alpha_equals_an_independent_implementation(level: str, units: list[list[str]]) -> None:
    ordered = CATEGORIES if level == "ordinal" else None
    own = krippendorff_alpha(units, ordered=ordered)
    if own.value is None:
        assert own.why
        return
    numbers = {c: n for n, c in enumerate(CATEGORIES)}
    data = [
        [math.nan if u[r] is None else float(numbers[u[r]]) for u in units]
        for r in range(len(units[0]))
    ]
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    assert own.value == pytest.approx(expected, abs=1e-9)


def test_one_and_the_same_answer_throughout_is_undefined_with_a_reason() -> None:
    result = agreement([("a", "a")] * 5)
    assert result.raw.value == 1.0
    assert result.kappa.value is None
    assert result.alpha.value is None
    assert result.kappa.why
    assert result.alpha.why


def test_units_that_one_examiner_rated_do_not_count() -> None:
    assert agreement([("a", None), ("a", "a"), ("b", "a")]).n == 2


def test_the_interval_is_reproducible_and_holds_the_figure() -> None:
    units = table(20, 5, 3, 12)
    first = agreement(units)
    assert first.interval == agreement(units).interval
    assert first.interval.low <= first.alpha.value <= first.interval.high
    assert bootstrap(units[:1], lambda u: 1.0).low is None
