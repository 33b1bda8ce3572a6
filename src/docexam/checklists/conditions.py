"""Conditions against the checklist: do the names exist, can the answers be, does nothing loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docexam.checklists.bundle import Bundle, Entry
from docexam.checklists.faults import did_you_mean
from docexam.checklists.resolve import Item, Items
from docexam.domain.condition import (
    SPECIAL_ANSWERS,
    Asks,
    Comparison,
    Condition,
    ConditionError,
    Count,
    Literal,
    Quantity,
    Test,
    leaves,
    parse,
    read_number,
)
from docexam.domain.dates import parse_date
from docexam.domain.text import visible


@dataclass(frozen=True, slots=True)
class Conditioned:
    """A block with a condition: `key` is `when` or `if`. `stage`: the highest it may ask about."""

    entry: Entry
    key: str
    condition: Condition
    stage: int | None

    def fault(self, code: str, message: str, help: str, at: int, length: int = 1) -> None:
        """Complain about the part of the condition that begins at `at`."""
        self.entry.fault(code, message, help, value=self.key, offset=at, length=length)


def check_conditions(bundle: Bundle, items: Items) -> list[Conditioned]:
    """Tell every fault of every condition; return those that can be read."""
    found = list(_read_all(bundle, items))
    scopes = scope_members(bundle, items)
    for one in found:
        for leaf in leaves(one.condition):
            _check_leaf(one, leaf, items, scopes, bundle.partial)
    _no_loops(found, scopes)
    return found


def _read_all(bundle: Bundle, items: Items) -> Iterator[Conditioned]:
    owners = [(i.entry, "when", i.stage) for i in items.every]
    checks: list[tuple[Entry, str, int | None]] = [(e, "if", None) for e in bundle.of("check")]
    for entry, key, stage in (*owners, *checks):
        text = entry.data.get(key)
        if not text:
            continue
        try:
            condition = parse(text)
        except ConditionError as error:
            entry.fault("DX070", error.message, error.help, value=key, offset=error.offset)
            continue
        yield Conditioned(entry, key, condition, stage)


Scopes = Mapping[tuple[str, str], tuple[Item, ...]]


def scope_members(bundle: Bundle, items: Items) -> Scopes:
    """Return the indicators of every section and group that is declared or used."""
    found: dict[tuple[str, str], list[Item]] = {}
    for kind in ("section", "group"):
        for name in bundle.ids(kind):
            found[kind, name] = []
    for item in items.of("indicator"):
        found.setdefault(("section", str(item.entry.data.get("section", ""))), []).append(item)
        for group in item.group_names():
            found.setdefault(("group", group), []).append(item)
    return {scope: tuple(members) for scope, members in found.items()}


def _check_leaf(
    one: Conditioned,
    leaf: Asks | Comparison | Quantity | Count,
    items: Items,
    scopes: Scopes,
    partial: bool,
) -> None:
    if isinstance(leaf, Quantity | Count):
        _check_scope(one, leaf, scopes, partial)
        return
    item = _item(one, leaf.item, leaf.at, items, partial)
    if isinstance(leaf, Asks):
        if item is not None:
            _check_test(one, item, leaf.test)
        return
    _check_comparison(one, leaf, item, items, partial)


def _item(one: Conditioned, name: str, at: int, items: Items, partial: bool) -> Item | None:
    item = items.by_id.get(name)
    if item is None:
        if not partial:
            one.fault(
                "DX071",
                f"no indicator, fact or field is called `{name}`",
                did_you_mean(name, items.by_id),
                at,
                len(name),
            )
        return None
    if one.stage is not None and item.stage > one.stage:
        one.fault(
            "DX073",
            f"`{name}` is asked in stage {item.stage}, later than this item (stage {one.stage})",
            "Move one of them to another stage.",
            at,
            len(name),
        )
    return item


def _check_test(one: Conditioned, item: Item, test: Test) -> None:
    known = item.choice_ids()
    for answer, at in zip(test.answers, test.at, strict=True):
        if answer in SPECIAL_ANSWERS or answer in known:
            continue
        slip = f"not-{answer}"
        if test.form == "is not" and slip in SPECIAL_ANSWERS:
            one.fault(
                "DX079",
                f"`is not {answer}`: `{item.id}` has no choice `{answer}`",
                f"Write `{item.id} is {slip}`.",
                at,
                len(answer),
            )
        elif not known:
            one.fault(
                "DX077",
                f"`{item.id}` is of type `{item.type}` and has no choices",
                f"Write `{item.id} is answered`, or compare it: `{item.id} = …`.",
                at,
                len(answer),
            )
        elif not item.entry.source.partial:
            one.fault(
                "DX072",
                f"`{item.id}` has no choice `{answer}`",
                did_you_mean(answer, known),
                at,
                len(answer),
            )


def _check_scope(one: Conditioned, leaf: Quantity | Count, scopes: Scopes, partial: bool) -> None:
    members = scopes.get((leaf.scope, leaf.scope_id))
    if members is None:
        if not partial:
            known = [name for scope, name in scopes if scope == leaf.scope and name]
            one.fault(
                "DX075",
                f"no {leaf.scope} `{leaf.scope_id}` is declared",
                did_you_mean(leaf.scope_id, known),
                leaf.at,
            )
        return
    later = [m for m in members if one.stage is not None and m.stage > one.stage]
    if later:
        one.fault(
            "DX073",
            f"`{later[0].id}` in {leaf.scope} `{leaf.scope_id}` is asked in stage "
            f"{later[0].stage}, later than this item (stage {one.stage})",
            "Move one of them to another stage.",
            leaf.at,
        )
    known_answers = {c for m in members for c in m.choice_ids()}
    for answer, at in zip(leaf.test.answers, leaf.test.at, strict=True):
        if answer not in SPECIAL_ANSWERS and answer not in known_answers and not partial:
            one.fault(
                "DX072",
                f"no item of {leaf.scope} `{leaf.scope_id}` has a choice `{answer}`",
                did_you_mean(answer, known_answers),
                at,
                len(answer),
            )


def _check_comparison(
    one: Conditioned, leaf: Comparison, item: Item | None, items: Items, partial: bool
) -> None:
    operand = leaf.operand
    if item is not None and item.answers and item.entry.kind != "field":
        _answer_compared(one, leaf, item)
        return
    if isinstance(operand, Literal):
        if item is not None:
            _check_literal(one, leaf, item, operand)
        return
    other = _item(one, operand.id, operand.at, items, partial)
    if item is None or other is None:
        return
    if other.answers and other.entry.kind != "field":
        _answer_compared(one, leaf, other)
    else:
        _check_kinds(one, leaf, item.type, other.type)


def _answer_compared(one: Conditioned, leaf: Comparison, item: Item) -> None:
    operand = leaf.operand
    word = operand.text if isinstance(operand, Literal) else operand.id
    known = item.choice_ids()
    shown = word if word in known or word in SPECIAL_ANSWERS else known[0] if known else "CHOICE"
    form = "is not" if leaf.op == "!=" else "is"
    one.fault(
        "DX076",
        f"`{item.id}` has choices, which are not compared by `{leaf.op}`",
        f"Write `{item.id} {form} {shown}`.",
        leaf.at,
        len(leaf.item),
    )


def _check_literal(one: Conditioned, leaf: Comparison, item: Item, value: Literal) -> None:
    kind = "text" if item.type == "choice" else item.type
    fits = (
        (kind == "date" and parse_date(value.text, "iso") is not None)
        or (kind == "number" and read_number(value.text) is not None)
        or (kind == "text" and value.kind == "text")
    )
    if not fits:
        wanted = {
            "date": "an ISO date such as 1985-05-12",
            "number": "a number",
            "text": "a text in quotes",
        }
        one.fault(
            "DX078",
            f"`{item.id}` is of type `{kind}` and is not compared with `{visible(value.text)}`",
            f"Compare it with {wanted[kind]}.",
            value.at,
            len(value.text),
        )
        return
    _check_order(one, leaf, kind)


def _check_kinds(one: Conditioned, leaf: Comparison, left: str, right: str) -> None:
    text = ("text", "choice")
    if left != right and not (left in text and right in text):
        one.fault(
            "DX078",
            f"a {left} is compared with a {right}",
            "Compare dates with dates, numbers with numbers, texts with texts.",
            leaf.at,
            len(leaf.item),
        )
        return
    _check_order(one, leaf, left)


def _check_order(one: Conditioned, leaf: Comparison, kind: str) -> None:
    if kind in ("text", "choice") and leaf.op not in ("=", "!="):
        one.fault(
            "DX078",
            f"texts have no order: `{leaf.op}`",
            'Write `=` or `!=`, or give the field `type = "date"` or `"number"`.',
            leaf.at,
            len(leaf.item),
        )


# Loops ---------------------------------------------------------------------------------------


def dependencies(condition: Condition, scopes: Scopes) -> frozenset[str]:
    """Return the ids of the items a condition depends on, members of scopes included."""
    found: set[str] = set()
    for leaf in leaves(condition):
        if isinstance(leaf, Quantity | Count):
            found |= {m.id for m in scopes.get((leaf.scope, leaf.scope_id), ())}
            continue
        found.add(leaf.item)
        if isinstance(leaf, Comparison) and not isinstance(leaf.operand, Literal):
            found.add(leaf.operand.id)
    return frozenset(found)


def _no_loops(conditioned: Iterable[Conditioned], scopes: Scopes) -> None:
    asked = [one for one in conditioned if one.key == "when" and one.entry.id]
    needs = {one.entry.id: dependencies(one.condition, scopes) for one in asked}
    owners = {one.entry.id: one for one in asked}
    told: set[str] = set()
    for name in needs:
        loop = _loop_from(name, needs)
        if not loop or told & set(loop):
            continue
        told |= set(loop)
        if len(loop) == 1:
            message = f"`{name}` depends on itself"
        else:
            message = "a loop: " + " needs ".join(f"`{n}`" for n in (*loop, loop[0]))
        owners[name].fault("DX074", message, "Take one of the conditions out.", 0)


def _loop_from(start: str, needs: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the shortest loop through `start`, or nothing."""
    before: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for need in sorted(needs.get(name, ())):
            if need == start:
                return _way(name, start, before)
            if need not in before:
                before[need] = name
                waiting.append(need)
    return ()


def _way(end: str, start: str, before: Mapping[str, str]) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))
