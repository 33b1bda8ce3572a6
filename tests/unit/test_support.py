"""The rules of support, each by its own example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docexam.domain.checklist import ENFSI_2015
from docexam.domain.support import Vote, contradictions, weigh

ABC = ("a", "b", "c")


def vote(
    n: int, a: int, b: int, c: int | None = None, *, group: str = "", calibrated: bool = False
) -> Vote:
    bears = {"a": a, "b": b} | ({} if c is None else {"c": c})
    return Vote(f"i{n}", "x", group or f"g{n}", n, bears, calibrated)


def weighed(*votes: Vote, propositions: tuple[str, ...] = ("a", "b")):
    return weigh("contents", propositions, votes, ENFSI_2015)


def test_thirty_small_answers_stay_weak() -> None:
    result = weighed(*(vote(n, 20, 0) for n in range(30)))
    assert (result.leader, result.band.id) == ("a", "weak")
    assert (result.headline.small, result.headline.small_raw) == (30, 600)


def test_nothing_leads_when_nobody_spoke() -> None:
    result = weighed()
    assert (result.leader, result.assessed, result.comparisons) == ("", (), ())


def test_a_proposition_nobody_named_neither_leads_nor_is_beaten() -> None:
    result = weighed(vote(1, -50, 20), vote(2, -50, 20), propositions=ABC)
    assert result.leader == "b"
    assert result.not_assessed == ("c",)
    assert [c.rival for c in result.comparisons] == ["a"]


def test_zero_written_out_makes_a_proposition_assessed() -> None:
    result = weighed(vote(1, -50, 20, 0), vote(2, -50, 40, 0), propositions=ABC)
    assert result.not_assessed == ()
    assert {c.rival for c in result.comparisons} == {"a", "c"}


def test_one_per_group_counts_and_the_contrary_one_left_out_is_taken_off() -> None:
    result = weighed(
        vote(1, 20, 0, group="unfinished"),
        vote(2, 0, 100, group="unfinished"),
        vote(3, 0, 0),
        vote(4, 0, 30),
    )
    headline = result.headline
    assert result.leader == "b"
    assert headline.taken_off == 20
    assert headline.net == 100 + 30 - 20


def test_of_equal_spreads_in_a_group_the_first_in_the_checklist_counts() -> None:
    result = weighed(vote(2, 50, 0, group="g"), vote(1, 0, 50, group="g"))
    assert [v.item for v in result.counted] == ["i1"]


def test_one_speaking_group_is_at_most_weak() -> None:
    result = weighed(vote(1, 150, 0))
    assert result.band.id == "weak"
    assert "R6" in result.headline.capped


def test_two_speaking_groups_are_at_most_moderate_even_when_calibrated() -> None:
    result = weighed(vote(1, 150, 0, calibrated=True), vote(2, 150, 0, calibrated=True))
    assert result.band.id == "moderate"


def test_uncalibrated_sums_are_told_as_moderate() -> None:
    result = weighed(*(vote(n, 100, 0) for n in range(3)))
    assert (result.headline.net, result.band.id) == (300, "moderate")
    assert "R7" in result.headline.capped


def test_calibrated_findings_that_reach_a_band_alone_are_told_as_it() -> None:
    votes = [vote(n, 100, 0, calibrated=True) for n in range(3)]
    assert weighed(*votes).band.id == "strong"
    two = weighed(*votes[:2], vote(3, 100, 0))
    assert two.band.id == "moderate"  # two calibrated groups alone reach no further (R6)
    three = [vote(n, 70, 0, calibrated=True) for n in range(3)]
    assert weighed(*three, vote(3, 100, 0)).band.id == "moderately-strong"


def test_a_group_that_speaks_against_is_no_support() -> None:
    result = weighed(vote(1, 150, 0), vote(2, 0, 10), vote(3, 0, 10))
    assert (result.headline.groups, result.band.id) == (1, "weak")


@pytest.mark.parametrize(("value", "band"), [(29, "none"), (30, "weak"), (100, "moderate")])
def test_bands_begin_inclusive(value: int, band: str) -> None:
    half = value // 2 if value >= 100 else 0
    votes = [vote(1, value - half, 0), vote(2, half, 0)] if half else [vote(1, value, 0)]
    result = weighed(*votes)
    assert result.band.id == band
    assert bool(result.leader) == (band != "none")


def test_the_headline_is_the_weakest_band_over_the_rivals() -> None:
    result = weighed(vote(1, 100, 0, 60), vote(2, 100, 0, 60), vote(3, 1, 0, 0), propositions=ABC)
    assert (result.leader, result.headline.rival, result.band.id) == ("a", "c", "weak")
    assert [c.rival for c in result.comparisons] == ["c", "b"]


def test_a_tie_has_no_leader() -> None:
    assert weighed(vote(1, 50, 0), vote(2, 0, 50)).leader == ""


def test_what_speaks_against_the_one_ahead_is_named() -> None:
    result = weighed(vote(1, 100, 0), vote(2, 100, 0), vote(3, 0, 40))
    assert [v.item for v in contradictions(result)] == ["i3"]


BEARS = st.integers(-200, 200)
VOTES = st.lists(
    st.builds(
        lambda n, a, b, c, g: vote(n, a, b, c, group=f"g{g}"),
        st.integers(0, 50),
        BEARS,
        BEARS,
        BEARS,
        st.integers(0, 8),
    ),
    max_size=14,
    unique_by=lambda v: v.order,
)


def told(result) -> tuple:
    return (result.leader, result.band.id, [(c.rival, c.net) for c in result.comparisons])


@given(VOTES, st.randoms())
def test_the_order_of_answers_changes_nothing(votes: list[Vote], source) -> None:
    shuffled = list(votes)
    source.shuffle(shuffled)
    before, after = weighed(*votes, propositions=ABC), weighed(*shuffled, propositions=ABC)
    assert told(before) == told(after)


@given(VOTES)
def test_an_item_without_opinion_changes_nothing(votes: list[Vote]) -> None:
    silent = Vote("silent", "x", "silent", 99, {"a": 0, "b": 0, "c": 0}, False)
    before = weighed(*votes, propositions=ABC)
    after = weighed(*votes, silent, propositions=ABC)
    assert (before.leader, before.band) == (after.leader, after.band)


@given(VOTES)
def test_relabelling_the_propositions_relabels_the_result(votes: list[Vote]) -> None:
    names = {"a": "z", "b": "y", "c": "x"}
    renamed = [
        Vote(v.item, v.choice, v.group, v.order, {names[k]: b for k, b in v.bears.items()}, False)
        for v in votes
    ]
    before = weighed(*votes, propositions=ABC)
    after = weighed(*renamed, propositions=("z", "y", "x"))
    assert names.get(before.leader, "") == after.leader
    assert before.band == after.band


@given(VOTES)
def test_uncalibrated_votes_never_reach_beyond_moderate(votes: list[Vote]) -> None:
    assert weighed(*votes, propositions=ABC).band.id in ("none", "weak", "moderate")
