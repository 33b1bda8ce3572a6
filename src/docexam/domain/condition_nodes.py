"""The nodes of a condition, the names in it, and the way it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from docexam.domain.checklist import NON_ANSWERS, OPEN
from docexam.errors import InputError

ANSWERED = "answered"
SPECIAL_ANSWERS = frozenset({*NON_ANSWERS, OPEN, ANSWERED})
RESERVED_CHOICES = frozenset({*SPECIAL_ANSWERS, "is", "not", "in", "and", "or"})
KEYWORDS = frozenset({"not", "and", "or", "is", "in", "any", "all", "count", "section", "group"})


class ConditionError(InputError):
    """A condition that cannot be read: `message`, `offset` in the text, `help` what to write."""

    def __init__(self, message: str, offset: int, help: str = "") -> None:
        super().__init__("condition", message, todo=help)
        self.message = message
        self.offset = offset
        self.help = help


@dataclass(frozen=True, slots=True)
class Test:
    """What is asked of one item's answer. `form`: `is`, `is not` or `in`."""

    __test__ = False

    form: str
    answers: tuple[str, ...]
    at: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def text(self) -> str:
        """Return the test as it is written."""
        if self.form == "in":
            return f"in [{', '.join(self.answers)}]"
        return f"{self.form} {self.answers[0]}"

    def special(self) -> bool:
        """Return whether it names a non-answer, `open` or `answered`."""
        return any(a in SPECIAL_ANSWERS for a in self.answers)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in a condition. `kind`: `number`, `date` or `text`."""

    kind: str
    text: str
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """An item or field named as the right side of a comparison."""

    id: str
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Asks:
    """`item is answer`, `item in [answers]`."""

    item: str
    test: Test
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`item < operand`."""

    item: str
    op: str
    operand: Literal | Item
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`any in section seals is absent`; `word` is `any` or `all`."""

    word: str
    scope: str
    scope_id: str
    test: Test
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Count:
    """`count in group marks is absent >= 2`."""

    scope: str
    scope_id: str
    test: Test
    op: str
    number: int
    at: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`not part`."""

    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    """All parts; never directly inside another And."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts; never directly inside another Or."""

    parts: tuple[Condition, ...]


Leaf: TypeAlias = Asks | Comparison | Quantity | Count
Condition: TypeAlias = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class Names:
    """What a condition refers to: item and field ids, and (scope, id) pairs."""

    items: frozenset[str]
    scopes: frozenset[tuple[str, str]]


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the atoms and quantities, from left to right."""
    if isinstance(condition, Not):
        yield from leaves(condition.part)
    elif isinstance(condition, And | Or):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def names(condition: Condition) -> Names:
    """Return the items and scopes a condition refers to."""
    items: set[str] = set()
    scopes: set[tuple[str, str]] = set()
    for leaf in leaves(condition):
        if isinstance(leaf, Quantity | Count):
            scopes.add((leaf.scope, leaf.scope_id))
            continue
        items.add(leaf.item)
        if isinstance(leaf, Comparison) and isinstance(leaf.operand, Item):
            items.add(leaf.operand.id)
    return Names(frozenset(items), frozenset(scopes))


# Writing --------------------------------------------------------------------------------------


def to_text(condition: Condition) -> str:
    """Write a condition with single spaces and no parentheses that are not needed."""
    match condition:
        case And(parts):
            return " and ".join(_inner(p) for p in parts)
        case Or(parts):
            return " or ".join(_inner(p) for p in parts)
        case Not(part):
            return f"not {_negated(part)}"
        case _:
            return _leaf_text(condition)


def _inner(part: Condition) -> str:
    return f"({to_text(part)})" if isinstance(part, And | Or) else to_text(part)


def _negated(part: Condition) -> str:
    keyword_item = isinstance(part, Asks | Comparison) and part.item in KEYWORDS
    if isinstance(part, And | Or | Not) or keyword_item:
        return f"({to_text(part)})"
    return to_text(part)


def _leaf_text(leaf: Leaf) -> str:
    match leaf:
        case Asks(item, test):
            return f"{item} {test.text()}"
        case Comparison(item, op, operand):
            return f"{item} {op} {_operand_text(operand)}"
        case Quantity(word, scope, scope_id, test):
            return f"{word} in {scope} {scope_id} {test.text()}"
        case Count(scope, scope_id, test, op, number):
            return f"count in {scope} {scope_id} {test.text()} {op} {number}"


def _operand_text(operand: Literal | Item) -> str:
    if isinstance(operand, Item):
        return operand.id
    if operand.kind != "text":
        return operand.text
    quote = "'" if '"' in operand.text else '"'
    return f"{quote}{operand.text}{quote}"
