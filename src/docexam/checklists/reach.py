"""Items that are never asked: no answers of the examiner make their condition true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from math import prod

from docexam.checklists.conditions import Conditioned, Scopes, dependencies
from docexam.checklists.resolve import Item, Items
from docexam.domain.checklist import OPEN
from docexam.domain.condition import (
    SPECIAL_ANSWERS,
    Comparison,
    Condition,
    State,
    Truth,
    evaluate,
    leaves,
)

MOST_WORLDS = 600
# With two answers each, more items than this have more worlds than are tried.
MOST_ITEMS = 12
_MOST_OF_MANY = 6


def never_asked(items: Items, conditioned: Iterable[Conditioned], scopes: Scopes) -> Iterator[str]:
    """Yield the ids of items whose condition is true in no world.

    All answers of the items concerned are tried. Where there are too many of them, or where
    readings are compared, nothing is said.
    """
    asked = [one for one in conditioned if one.key == "when" and one.entry.id]
    when = {one.entry.id: one.condition for one in asked}
    needs = {name: dependencies(condition, scopes) for name, condition in when.items()}
    for name, condition in when.items():
        closure = _closure(name, needs)
        if closure is None or not all(n in items.by_id for n in closure):
            continue
        concerned = [when[n] for n in (name, *closure) if n in when]
        choices = [_states(items.by_id[n], concerned) for n in closure]
        if not all(choices) or prod(map(len, choices)) > MOST_WORLDS:
            continue
        if any(isinstance(leaf, Comparison) for one in concerned for leaf in leaves(one)):
            continue
        worlds = (
            _Trial(dict(zip(closure, w, strict=True)), when, scopes) for w in product(*choices)
        )
        if not any(evaluate(condition, world) is Truth.T for world in worlds):
            yield name


def _closure(name: str, needs: Mapping[str, frozenset[str]]) -> tuple[str, ...] | None:
    """Return all that `name` depends on; None for a loop, or for more than `MOST_ITEMS`."""
    found: dict[str, None] = {}
    waiting = [name]
    for one in waiting:
        for need in sorted(needs.get(one, ())):
            if need == name:
                return None
            if need not in found:
                if len(found) == MOST_ITEMS:
                    return None
                found[need] = None
                waiting.append(need)
    return tuple(found)


def _states(item: Item, concerned: Sequence[Condition]) -> list[State]:
    """Return the states worth trying; none where the item is of a kind that is not tried."""
    ids = item.choice_ids()
    if item.type == "many":
        if len(ids) > _MOST_OF_MANY:
            return []
        sets = [c for n in range(len(ids) + 1) for c in combinations(ids, n)]
        answered = [State("answered", c, type="many") for c in sets]
    elif ids:
        answered = [State("answered", (c,)) for c in ids]
    else:
        answered = [State("answered", (), "1", item.type)]
    named = {a for one in concerned for a in _answers(one)} & SPECIAL_ANSWERS - {"answered"}
    return answered + [State(kind, type=item.type) for kind in sorted(named)]


def _answers(condition: Condition) -> Iterator[str]:
    for leaf in leaves(condition):
        if not isinstance(leaf, Comparison):
            yield from leaf.test.answers


@dataclass
class _Trial:
    """A world in which the examiner has given certain answers; hidden items follow from them."""

    given: Mapping[str, State]
    when: Mapping[str, Condition]
    scopes: Scopes
    _hidden: dict[str, bool] = field(default_factory=dict)

    def state(self, item_id: str) -> State:
        if item_id in self.when:
            if item_id not in self._hidden:
                self._hidden[item_id] = False  # loops are told elsewhere
                self._hidden[item_id] = evaluate(self.when[item_id], self) is Truth.F
            if self._hidden[item_id]:
                return State("hidden")
        return self.given.get(item_id, State(OPEN))

    def members(self, scope: str, scope_id: str) -> Sequence[str]:
        return [m.id for m in self.scopes.get((scope, scope_id), ())]
