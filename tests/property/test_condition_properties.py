from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.domain.condition import (
    And,
    Asks,
    Comparison,
    Condition,
    ConditionError,
    Count,
    Item,
    Literal,
    Not,
    Or,
    Quantity,
    State,
    Test,
    Truth,
    causes,
    evaluate,
    parse,
    to_text,
)

ITEMS = ("a", "b-1", "c_2", "any", "not", "is", "section")
CHOICES = ("x", "y", "all", "none", "1-5")
SPECIAL = ("answered", "open", "unclear", "not-visible", "no-reference", "not-applicable")
SCOPES = {("section", "s"): ITEMS[:3], ("group", "g"): ITEMS[2:], ("section", "empty"): ()}
OPS = ("=", "!=", "<", "<=", ">", ">=")

items = st.sampled_from(ITEMS)
answers = st.sampled_from((*CHOICES, *SPECIAL))
asked = st.one_of(
    st.builds(
        lambda form, answer: Test(form, (answer,)), st.sampled_from(["is", "is not"]), answers
    ),
    st.lists(answers, min_size=1, max_size=3).map(lambda chosen: Test("in", tuple(chosen))),
)
operands = st.one_of(
    st.builds(Item, items),
    st.builds(Literal, st.just("number"), st.sampled_from(["0", "-3", "12.5", "1985"])),
    st.builds(Literal, st.just("date"), st.sampled_from(["1985-05-12", "1985-05"])),
    st.builds(Literal, st.just("text"), st.text('xy "1é', max_size=5)),
)
leaf = st.one_of(
    st.builds(Asks, items, asked),
    st.builds(Comparison, items, st.sampled_from(OPS), operands),
    st.builds(
        lambda word, scope, test: Quantity(word, *scope, test),
        st.sampled_from(["any", "all"]),
        st.sampled_from(list(SCOPES)),
        asked,
    ),
    st.builds(
        lambda scope, test, op, n: Count(*scope, test, op, n),
        st.sampled_from(list(SCOPES)),
        asked,
        st.sampled_from(OPS),
        st.integers(0, 5),
    ),
)


def joined(kind: type[And] | type[Or], parts: Sequence[Condition]) -> Condition:
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat))


conditions = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.builds(Not, inner.filter(lambda c: not isinstance(c, Not))),
        st.builds(lambda p: joined(And, p), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda p: joined(Or, p), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=6,
)
settled = st.one_of(
    st.builds(
        lambda c: State("answered", tuple(c)), st.lists(st.sampled_from(CHOICES), max_size=2)
    ),
    st.builds(
        lambda value, type_: State("answered", (), value, type_),
        st.sampled_from(["5", "1985", "12.05.1985", "??.05.1985", "smudge", ""]),
        st.sampled_from(["text", "number", "date"]),
    ),
    st.sampled_from(["unclear", "not-visible", "no-reference"]).map(State),
)
gone = st.sampled_from(["not-applicable", "hidden"]).map(State)
opened = st.sampled_from(["choice", "text", "number", "date"]).map(lambda t: State("open", type=t))


@dataclass
class Table:
    states: Mapping[str, State]

    def state(self, item_id: str) -> State:
        return self.states[item_id]

    def members(self, scope: str, scope_id: str) -> Sequence[str]:
        return SCOPES[scope, scope_id]


def worlds(states: st.SearchStrategy[State]) -> st.SearchStrategy[Table]:
    return st.fixed_dictionaries(dict.fromkeys(ITEMS, states)).map(Table)


@settings(deadline=None)
@given(conditions)
def test_what_is_written_reads_back_the_same(condition: Condition) -> None:
    text = to_text(condition)
    if len(text) <= 1000:
        assert parse(text) == condition
        assert to_text(parse(text)) == text


@settings(deadline=None)
@given(conditions, conditions, worlds(st.one_of(settled, gone, opened)))
def test_de_morgan_holds_in_all_four_values(one: Condition, other: Condition, world: Table) -> None:
    left = evaluate(Not(And((one, other))), world)
    assert evaluate(Or((Not(one), Not(other))), world) is left
    assert evaluate(And((one, other)), world) is evaluate(And((other, one)), world)


@settings(deadline=None)
@given(conditions, worlds(st.one_of(settled, gone, opened)))
def test_not_of_not_is_the_same(condition: Condition, world: Table) -> None:
    assert ~~evaluate(condition, world) is evaluate(condition, world)


def names_open(condition: Condition) -> bool:
    return " open" in to_text(condition) or "[open" in to_text(condition)


@settings(deadline=None)
@given(conditions, worlds(st.one_of(settled, gone, opened)), st.data())
def test_answering_what_is_open_never_flips_what_is_settled(
    condition: Condition, world: Table, data: st.DataObject
) -> None:
    # `is open` is about ignorance itself; a hidden item leaves a fold, so it may settle it anew.
    if names_open(condition):
        return
    before = evaluate(condition, world)
    later = {
        name: data.draw(_typed(state)) if state.kind == "open" else state
        for name, state in world.states.items()
    }
    after = evaluate(condition, Table(later))
    if before in (Truth.T, Truth.F):
        assert after is before


def _typed(state: State) -> st.SearchStrategy[State]:
    return settled.map(lambda s: State(s.kind, s.chosen, s.value, state.type))


@settings(deadline=None)
@given(conditions, worlds(settled))
def test_nothing_waits_when_nothing_is_open(condition: Condition, world: Table) -> None:
    assert evaluate(condition, world) is not Truth.W


@settings(deadline=None)
@given(conditions, worlds(st.one_of(settled, gone, opened)))
def test_causes_are_given_for_what_is_not_settled(condition: Condition, world: Table) -> None:
    truth = evaluate(condition, world)
    found = causes(condition, world)
    if truth in (Truth.T, Truth.F):
        assert found == ()
    if truth is Truth.W:
        assert found
        assert any(world.state(i).kind == "open" for i in found)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    _read_or_refused(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*ITEMS, *CHOICES, *OPS, *"()[],\"'", "and", "or", "in", "1.5", "12.05.1985"]), max_size=14))  # fmt: skip
def test_any_heap_of_words_is_read_or_refused_with_a_place(words: list[str]) -> None:
    _read_or_refused(" ".join(words))


def _read_or_refused(text: str) -> None:
    refused = None
    try:
        condition = parse(text)
    except ConditionError as error:
        refused = error
    if refused is None:
        assert parse(to_text(condition)) == condition
    else:
        assert 0 <= refused.offset <= len(text)
        assert refused.message
