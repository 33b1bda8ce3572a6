"""Conditions: when an item is asked, when a check speaks, in four values.

Grammar and meaning are those of `docs/checklist-language.md`. A condition is parsed once into
frozen nodes and evaluated against a world that tells the state of every item. `F` false, `W`
waits (may still be answered), `U` undetermined (settled, unknowable), `T` true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Protocol

from docexam.domain.checklist import OPEN
from docexam.domain.condition_nodes import (
    ANSWERED,
    KEYWORDS,
    RESERVED_CHOICES,
    SPECIAL_ANSWERS,
    And,
    Asks,
    Comparison,
    Condition,
    ConditionError,
    Count,
    Item,
    Leaf,
    Literal,
    Names,
    Not,
    Or,
    Quantity,
    Test,
    leaves,
    names,
    to_text,
)
from docexam.domain.condition_parser import MOST_CHARACTERS, MOST_DEPTH, parse
from docexam.domain.dates import DateSpan, compare_dates, parse_date
from docexam.domain.text import comparable

__all__ = [
    "ANSWERED",
    "KEYWORDS",
    "MOST_CHARACTERS",
    "MOST_DEPTH",
    "RESERVED_CHOICES",
    "SPECIAL_ANSWERS",
    "And",
    "Asks",
    "Comparison",
    "Condition",
    "ConditionError",
    "Count",
    "Item",
    "Leaf",
    "Literal",
    "Names",
    "Not",
    "Or",
    "Quantity",
    "State",
    "Test",
    "Truth",
    "World",
    "all_of",
    "any_of",
    "canonical_text",
    "causes",
    "evaluate",
    "leaves",
    "names",
    "outcome",
    "parse",
    "read_number",
    "to_text",
]


def canonical_text(text: str) -> str:
    """Return the one way to write a condition; raises ConditionError."""
    return to_text(parse(text))


class Truth(Enum):
    """The four values. `and` takes the lowest of F<W<U<T, `or` the highest of F<U<W<T."""

    F = "F"
    W = "W"
    U = "U"
    T = "T"

    def __invert__(self) -> Truth:
        return _OPPOSITE.get(self, self)


_OPPOSITE = {Truth.T: Truth.F, Truth.F: Truth.T}
_AND_RANK = {Truth.F: 0, Truth.W: 1, Truth.U: 2, Truth.T: 3}
_OR_RANK = {Truth.F: 0, Truth.U: 1, Truth.W: 2, Truth.T: 3}


def all_of(truths: Iterable[Truth]) -> Truth:
    """Fold by `and`; T over nothing."""
    return min(truths, key=_AND_RANK.__getitem__, default=Truth.T)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Fold by `or`; F over nothing."""
    return max(truths, key=_OR_RANK.__getitem__, default=Truth.F)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one item or field at one moment.

    `kind`: `answered`, `open` (also: waits, or its stage is closed), a non-answer, or `hidden`.
    `chosen`: ids of the chosen choices (`yes` or `no` for yesno). `value`: the text of a text,
    number or date answer, or a field's corrected, else raw, reading. `type`: the type of the
    item or field. `date_order`: how a date's text is read (ISO is always understood).
    """

    kind: str = OPEN
    chosen: tuple[str, ...] = ()
    value: str = ""
    type: str = "choice"
    date_order: str = "dmy"


class World(Protocol):
    """What a condition may ask about."""

    def state(self, item_id: str) -> State:
        """Return the state of an indicator, fact or field."""

    def members(self, scope: str, scope_id: str) -> Sequence[str]:
        """Return the ids of the indicators in a `section` or `group`."""


def evaluate(condition: Condition, world: World) -> Truth:
    """Return what a condition comes to in `world`, by the published table."""
    if isinstance(condition, Asks):
        return outcome(world.state(condition.item), condition.test)
    if isinstance(condition, And):
        return _fold(condition.parts, world, Truth.F, all_of)
    if isinstance(condition, Or):
        return _fold(condition.parts, world, Truth.T, any_of)
    if isinstance(condition, Not):
        return ~evaluate(condition.part, world)
    if isinstance(condition, Comparison):
        return _compare(condition, world)
    if isinstance(condition, Quantity):
        return _quantity(condition, world)
    return _count(condition, world)


def _fold(
    parts: tuple[Condition, ...],
    world: World,
    settled: Truth,
    fold: Callable[[Iterable[Truth]], Truth],
) -> Truth:
    found = []
    for part in parts:
        truth = evaluate(part, world)
        if truth is settled:  # nothing that follows can change it
            return truth
        found.append(truth)
    return fold(found)


def outcome(state: State, test: Test) -> Truth:
    """Return what a test comes to for one item's state."""
    if test.form == "is":
        return _is(state, test.answers[0])
    if test.form == "is not":
        return ~_is(state, test.answers[0])
    return any_of([_is(state, answer) for answer in test.answers])


def _is(state: State, answer: str) -> Truth:
    if answer == OPEN:
        return _truth(state.kind == OPEN)
    if state.kind == OPEN:
        return Truth.W
    if answer in SPECIAL_ANSWERS:
        return _truth(state.kind == answer)
    if state.kind == ANSWERED:
        return _truth(answer in state.chosen)
    if state.kind in ("not-applicable", "hidden"):
        return Truth.F
    return Truth.U


def _truth(value: bool) -> Truth:
    return Truth.T if value else Truth.F


def _scope_truths(leaf: Quantity | Count, world: World) -> Iterator[tuple[str, Truth]]:
    for item in world.members(leaf.scope, leaf.scope_id):
        state = world.state(item)
        if state.kind in ("hidden", "not-applicable") and not leaf.test.special():
            continue
        yield item, outcome(state, leaf.test)


def _quantity(leaf: Quantity, world: World) -> Truth:
    truths = [truth for _, truth in _scope_truths(leaf, world)]
    if leaf.word == "any":
        return any_of(truths)
    return all_of(truths) if truths else Truth.U


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def _count(leaf: Count, world: World) -> Truth:
    # The count is an interval: from those surely so to those that may yet be or may have been.
    truths = [truth for _, truth in _scope_truths(leaf, world)]
    low = truths.count(Truth.T)
    high = low + truths.count(Truth.W) + truths.count(Truth.U)
    found = {_OPERATORS[leaf.op](n, leaf.number) for n in range(low, high + 1)}
    if len(found) == 1:
        return _truth(found.pop())
    return Truth.W if Truth.W in truths else Truth.U


def _compare(leaf: Comparison, world: World) -> Truth:
    left: Literal | State = world.state(leaf.item)
    operand = leaf.operand
    right = world.state(operand.id) if isinstance(operand, Item) else operand
    read = _reader(left, right)
    values = [_OPEN if _is_open(side) else read(side) for side in (left, right)]
    if None in values:
        return Truth.U
    if _OPEN in values:
        return Truth.W
    return _relation(values[0], leaf.op, values[1])


_OPEN = object()  # stands for a value that may still come


def _is_open(side: Literal | State) -> bool:
    return isinstance(side, State) and side.kind == OPEN


def _reader(left: Literal | State, right: Literal | State) -> Callable[[Literal | State], object]:
    kinds = {side.kind if isinstance(side, Literal) else side.type for side in (left, right)}
    return _as_date if "date" in kinds else _as_number if "number" in kinds else _as_text


def _text_of(side: Literal | State) -> str | None:
    if isinstance(side, Literal):
        return side.text
    if side.kind != ANSWERED:
        return None
    return side.value or (side.chosen[0] if len(side.chosen) == 1 else None)


def _as_text(side: Literal | State) -> object:
    text = _text_of(side)
    return None if text is None else comparable(text)


def _as_date(side: Literal | State) -> object:
    text = _text_of(side)
    if text is None:
        return None
    return parse_date(text, "iso" if isinstance(side, Literal) else side.date_order)


def _as_number(side: Literal | State) -> object:
    return read_number(_text_of(side) or "")


def read_number(text: str) -> Decimal | None:
    """Read a number as people write it: `12`, `-3`, `0,5`, `12 500`; None where it is none."""
    found = _READ_NUMBER.match(text.strip()) if len(text) <= _MOST_NUMBER else None
    if found is None:
        return None
    return Decimal(re.sub(r"\s", "", found[0]).replace(",", ".").replace("\u2212", "-"))


_MOST_NUMBER = 40
_READ_NUMBER = re.compile(r"[-+\u2212]?[0-9]+(?:\s[0-9]{3})*(?:[.,][0-9]+)?\Z")


def _relation(left: object, op: str, right: object) -> Truth:
    if isinstance(left, DateSpan) and isinstance(right, DateSpan):
        settled = compare_dates(left, op, right)
        return Truth.U if settled is None else _truth(settled)
    if isinstance(left, str) and op not in ("=", "!="):
        return Truth.U  # texts have no order that means anything on a document
    return _truth(_OPERATORS[op](left, right))


def causes(condition: Condition, world: World) -> tuple[str, ...]:
    """Return the items that make a condition wait (W) or undetermined (U), in order.

    Empty where the condition is settled. For "once X is answered" and "X is not visible".
    """
    truth = evaluate(condition, world)
    if truth in (Truth.T, Truth.F):
        return ()
    found: dict[str, None] = {}
    for leaf in leaves(condition):
        if evaluate(leaf, world) is truth:
            found.update(dict.fromkeys(_causes(leaf, truth, world)))
    return tuple(found)


def _causes(leaf: Leaf, truth: Truth, world: World) -> list[str]:
    if isinstance(leaf, Asks):
        return [leaf.item]
    if isinstance(leaf, Quantity | Count):
        return [item for item, one in _scope_truths(leaf, world) if one is truth]
    operand = leaf.operand
    sides = [leaf.item, *([operand.id] if isinstance(operand, Item) else [])]
    if truth is Truth.W:
        return [s for s in sides if world.state(s).kind == OPEN]
    return [s for s in sides if world.state(s).kind not in (ANSWERED, OPEN)] or sides
