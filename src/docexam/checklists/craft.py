"""Lints of the craft: what is valid and yet not well made. They only ever warn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from docexam.checklists.bundle import Bundle, Entry
from docexam.checklists.conditions import Conditioned, Scopes, scope_members
from docexam.checklists.faults import NOTE, WARN, nearest
from docexam.checklists.reach import never_asked
from docexam.checklists.resolve import Answer, Item, Items
from docexam.domain.aids import KNOWN_AIDS
from docexam.domain.condition import SPECIAL_ANSWERS, Asks, Count, Quantity, leaves
from docexam.domain.text import visible

# Words that push towards an answer, or that ask for the conclusion instead of an observation.
_LEADING = re.compile(
    r"\b(?:isn't|aren't|doesn't|don't|wasn't|hasn't|is it not|obvious(?:ly)?|clearly|surely"
    r"|of course|suspicious(?:ly)?|fake[ds]?|forged|forgery|falsified|counterfeit|genuine"
    r"|authentic|разве|неужели|очевидно|явно|поддел\w+|подлин\w+|хіба|невже|очевидн\w+"
    r"|справжн\w+|підробл\w+)\b",
    re.IGNORECASE,
)
_TWO_QUESTIONS = re.compile(
    r"\?.*\?|\b(?:and|or)\s+(?:is|are|was|were|does|do|did|has|have|can|how|what|which|where|who"
    r"|when)\b|\b(?:и|или|и|та|або)\s+(?:как|где|что|когда|кто|есть ли|як|де|що|коли|хто|чи)\b",
    re.IGNORECASE | re.DOTALL,
)
_ABSENT_IDS = frozenset({"absent", "missing", "lacking", "not-there"})
_ABSENT_LABEL = re.compile(
    r"(?:absent|missing|lacking|not there|no \w+ there|отсутств|нет\b|відсутн|немає\b)",
    re.IGNORECASE,
)


def lint(bundle: Bundle, items: Items, conditioned: list[Conditioned]) -> None:
    """Tell what is valid and yet not well made, in the root file."""
    scopes = scope_members(bundle, items)
    questions = _questions(bundle)
    for item in items.of("indicator"):
        if item.entry.source is bundle.root:
            _lint_item(item)
            _lint_weights(item, questions)
            _known_aid(item.entry, str(item.entry.data.get("aid", "")), "aid")
    for entry in bundle.of("field"):
        if entry.source is bundle.root:
            for number, name in enumerate(entry.data.get("aids", ())):
                _known_aid(entry, name, ("aids", number))
    for item in items.of("fact"):
        if item.entry.source is bundle.root:
            _asked_well(item)
    for one in conditioned:
        if one.entry.source is bundle.root:
            _is_not(one, items, scopes)
    for name in never_asked(items, conditioned, scopes):
        if items.by_id[name].entry.source is bundle.root:
            items.by_id[name].entry.fault(
                "DX108",
                f"`{name}` is never asked: its condition cannot be true",
                "Look for answers that exclude each other, here and in the items it names.",
                value="when",
            )
    _lint_groups(bundle, items)
    _unused(bundle, items)


def _lint_item(item: Item) -> None:
    _asked_well(item)
    data, entry = item.entry.data, item.entry
    if data.get("critical") and not data.get("look"):
        entry.fault(
            "DX105", f"`{item.id}` is critical and has no `look`", 'Write `look = ["…"]`.',
            key="critical",
        )  # fmt: skip
    _sourced(item)
    if len(item.answers) == 1 and item.type != "many":
        entry.fault(
            "DX112", f"`{item.id}` has one choice only", "Add the other answers, or drop the item."
        )
    for answer in item.answers:
        if _says_absent(item, answer) and answer.choice.evidence != "region":
            _tell_absent(item, answer)


def _sourced(item: Item) -> None:
    data, entry = item.entry.data, item.entry
    if data.get("kind") == "compare" and not data.get("source"):
        entry.fault(
            "DX107",
            f"`{item.id}` compares and has no `source`",
            "Say what it is to be compared with.",
            key="kind",
        )
        return
    lacking = [k for k in ("source", "status") if not data.get(k)]
    if lacking and not entry.source.partial:
        entry.fault(
            "DX110",
            f"`{item.id}` has no {' and no '.join(f'`{k}`' for k in lacking)}",
            "Say where the knowledge comes from and how well it is founded.",
        )


def _asked_well(item: Item) -> None:
    ask = str(item.entry.data.get("ask", ""))
    leading = _LEADING.search(ask)
    if leading:
        item.entry.fault(
            "DX101",
            f"“{visible(leading[0])}” leads to an answer or asks for the conclusion",
            "Ask for what can be observed, in neutral words.",
            value="ask",
            offset=leading.start(),
            length=len(leading[0]),
        )
    double = _TWO_QUESTIONS.search(ask)
    if double:
        item.entry.fault(
            "DX102",
            f"`{item.id}` asks two things",
            "Make two items of it.",
            value="ask",
            offset=double.start(),
            length=len(double[0]),
        )


def _known_aid(entry: Entry, name: str, value: str | tuple[str, int]) -> None:
    if not name or name in KNOWN_AIDS:
        return
    near = nearest(name, KNOWN_AIDS)
    entry.fault(
        "DX113",
        f"no aid `{visible(name)}` comes with docexam",
        f"Did you mean `{near}`?" if near else "Fine where an installed package brings it.",
        value=value,
        level=WARN if near else NOTE,
    )


def _says_absent(item: Item, answer: Answer) -> bool:
    choice = answer.choice
    if choice.id in _ABSENT_IDS or _ABSENT_LABEL.match(choice.label):
        return True
    data = item.entry.data
    return choice.id == "none" and bool(data.get("page") or data.get("place"))


def _tell_absent(item: Item, answer: Answer) -> None:
    at: dict[str, object] = {"value": "id"} if answer.entry.kind == "choice" else {"key": "answers"}
    answer.entry.fault(
        "DX106",
        f"`{answer.choice.id}` of `{item.id}` says that something is not there, without a region",
        'Write `evidence = "region"`.',
        **at,
    )


# Weights -------------------------------------------------------------------------------------


def _questions(bundle: Bundle) -> Mapping[str, tuple[str, ...]]:
    """Return the propositions of each question."""
    found: dict[str, list[str]] = {}
    for name, entry in bundle.ids("proposition").items():
        found.setdefault(str(entry.data.get("about", "")), []).append(name)
    return {question: tuple(names) for question, names in found.items()}


def _lint_weights(item: Item, questions: Mapping[str, tuple[str, ...]]) -> None:
    for answer in item.answers:
        bears = answer.choice.bears
        if not bears or answer.entry.kind != "choice" or "bears" not in answer.entry.data:
            continue
        for question, names in questions.items():
            named = [n for n in names if n in bears]
            if not named:
                continue
            left_out = [n for n in names if n not in bears]
            if left_out:
                _tell_partly(answer, question, left_out)
            elif len(names) > 1 and len({bears[n] for n in names}) == 1 and bears[names[0]]:
                answer.entry.fault(
                    "DX103",
                    f"`{answer.choice.id}` of `{item.id}` bears on every proposition about "
                    f"the {question} alike",
                    "Leave it out: it speaks for none of them.",
                    key="bears",
                )


def _tell_partly(answer: Answer, question: str, left_out: list[str]) -> None:
    names = ", ".join(f"`{n}`" for n in left_out)
    answer.entry.fault(
        "DX104",
        f"`bears` names the question `{question}` in part: {names} left out",
        "Write 0.0 for what was considered and is neutral.",
        key="bears",
    )


# Conditions ----------------------------------------------------------------------------------


def _is_not(one: Conditioned, items: Items, scopes: Scopes) -> None:
    for leaf in leaves(one.condition):
        if isinstance(leaf, Asks):
            asked: Iterable[Item] = filter(None, [items.by_id.get(leaf.item)])
        elif isinstance(leaf, Quantity | Count):
            asked = scopes.get((leaf.scope, leaf.scope_id), ())
        else:
            continue
        answer = leaf.test.answers[0]
        if leaf.test.form != "is not" or answer in SPECIAL_ANSWERS:
            continue
        wide = next((i for i in asked if len(i.answers) > 2 and answer in i.choice_ids()), None)
        if wide is not None and wide.type != "many":
            rest = ", ".join(c for c in wide.choice_ids() if c != answer)
            one.fault(
                "DX109",
                f"`is not {answer}`: `{wide.id}` has {len(wide.answers)} choices",
                f"Name those that are meant: `{wide.id} in [{rest}]`.",
                leaf.at,
            )


# Groups and what is not used -----------------------------------------------------------------


def _lint_groups(bundle: Bundle, items: Items) -> None:
    declared = bundle.ids("group")
    users: dict[str, list[Item]] = {}
    for item in items.of("indicator"):
        for group in item.group_names():
            users.setdefault(group, []).append(item)
    for group, found in users.items():
        if group in declared or len(found) > 1 or found[0].entry.source is not bundle.root:
            continue
        near = nearest(group, (n for n in (*declared, *users) if n != group))
        entry, key = _group_written(found[0], group)
        entry.fault(
            "DX039",
            f"the group `{group}` is used once and not declared",
            f"Did you mean `{near}`?" if near else "Declare it by a `[[group]]`, or leave it out.",
            value=key,
        )


def _group_written(item: Item, group: str) -> tuple[Entry, str]:
    if item.entry.data.get("group") == group:
        return item.entry, "group"
    return next(a.entry for a in item.answers if a.choice.group == group), "group"


def _unused(bundle: Bundle, items: Items) -> None:
    every = [i.entry.data for i in items.by_id.values()]
    used: dict[str, set[Any]] = {
        "section": {d.get("section") for d in every},
        "answers": {d.get("answers") for d in every},
        "place": {d.get("place") for d in every},
        "group": {g for i in items.by_id.values() for g in i.group_names()},
    }
    for kind, names in used.items():
        for entry in bundle.of(kind):
            if entry.source is bundle.root and entry.id and entry.id not in names:
                entry.fault(
                    "DX111",
                    f"the {_CALLED[kind]} `{entry.id}` is not used",
                    "Use it or leave it out.",
                )


_CALLED = {"section": "section", "answers": "answer set", "place": "place", "group": "group"}
