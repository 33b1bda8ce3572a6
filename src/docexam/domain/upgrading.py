"""Two versions of a checklist: what changed in meaning, in weight, and what can be carried over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docexam.domain import events as ev
from docexam.domain.checklist import Checklist, Indicator, question_hash, weight_hash
from docexam.domain.events import Draft
from docexam.domain.examination import Examination
from docexam.errors import InputError

ADDED = "added"
REMOVED = "removed"
MEANING = "meaning"
WEIGHT = "weight"
RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two checklists. `kind`: added, removed, meaning, weight or renamed.

    `part`: indicator, field, proposition, check, place, group or fact. `was` and `now` are ids,
    empty where the thing is not there. `detail` says in words what differs.
    """

    part: str
    kind: str
    was: str
    now: str
    detail: str = ""


def diff(old: Checklist, new: Checklist) -> tuple[Change, ...]:
    """Return what changed in meaning and in weight; layout, hints and order are no change."""
    return (
        *_item_changes(old, new),
        *_plain_changes("field", _by_id(old.fields), _by_id(new.fields), _FIELD_PARTS),
        *_plain_changes(
            "proposition", _by_id(old.propositions), _by_id(new.propositions), ("about", "title")
        ),
        *_plain_changes(
            "check", _by_id(old.checks), _by_id(new.checks), ("condition", "level", "say")
        ),
        *_plain_changes("place", _by_id(old.places), _by_id(new.places), ("page", "holds")),
    )


_FIELD_PARTS = ("type", "script", "page", "pattern", "date_order")


def _by_id(parts: tuple[object, ...]) -> dict[str, object]:
    return {str(getattr(p, "id", "")): p for p in parts}


def identity_map(old: Checklist, new: Checklist) -> dict[str, str]:
    """Return which old item each new one continues: same id, else `replaces`, else same question.

    Keys are old ids, values new ids; every id stands at most once on either side.
    """
    before = {i.id: i for i in old.walk()}
    mapped = {i.id: i.id for i in new.walk() if i.id in before}
    for item in new.walk():
        if item.id not in mapped.values():
            earlier = next((o for o in item.replaces if o in before and o not in mapped), None)
            if earlier:
                mapped[earlier] = item.id
    return mapped | _by_question(before, new, mapped)


def _by_question(
    before: Mapping[str, Indicator], new: Checklist, mapped: Mapping[str, str]
) -> dict[str, str]:
    left = [i for name, i in before.items() if name not in mapped]
    fresh = [i for i in new.walk() if i.id not in mapped.values()]
    found: dict[str, str] = {}
    for item in fresh:
        same = [o.id for o in left if question_hash(o) == question_hash(item)]
        if len(same) == 1 and same[0] not in found:
            found[same[0]] = item.id
    return found


def _item_changes(old: Checklist, new: Checklist) -> list[Change]:
    mapped = identity_map(old, new)
    changes = []
    for item in old.walk():
        part = "fact" if item.fact else "indicator"
        later = new.item(mapped[item.id]) if item.id in mapped else None
        if later is None:
            changes.append(Change(part, REMOVED, item.id, ""))
        else:
            changes += _pair_changes(part, item, later)
    known = set(mapped.values())
    changes += [
        Change("fact" if i.fact else "indicator", ADDED, "", i.id)
        for i in new.walk()
        if i.id not in known
    ]
    return changes


def _pair_changes(part: str, item: Indicator, later: Indicator) -> list[Change]:
    changes = []
    if item.id != later.id:
        changes.append(Change(part, RENAMED, item.id, later.id))
    if question_hash(item) != question_hash(later):
        changes.append(Change(part, MEANING, item.id, later.id, _meaning(item, later)))
    if weight_hash(item) != weight_hash(later):
        changes.append(Change(part, WEIGHT, item.id, later.id))
    return changes


def _meaning(item: Indicator, later: Indicator) -> str:
    parts = {
        "the question": (item.ask, later.ask),
        "the type": (item.type, later.type),
        "the condition": (item.when, later.when),
        "the asked size": (item.min_px, later.min_px),
        "the answers": (
            {(c.id, c.label, c.evidence) for c in item.choices},
            {(c.id, c.label, c.evidence) for c in later.choices},
        ),
    }
    return ", ".join(name for name, (was, now) in parts.items() if was != now)


def _plain_changes(
    part: str, old: Mapping[str, object], new: Mapping[str, object], names: tuple[str, ...]
) -> list[Change]:
    changes = [Change(part, REMOVED, name, "") for name in old if name not in new]
    changes += [Change(part, ADDED, "", name) for name in new if name not in old]
    for name in old:
        if name in new:
            differs = [n for n in names if getattr(old[name], n) != getattr(new[name], n)]
            if differs:
                changes.append(Change(part, MEANING, name, name, ", ".join(differs)))
    return changes


@dataclass(frozen=True, slots=True)
class Plan:
    """What an upgrade does. `carried` and `reopened` map old ids to new ones.

    `dropped`: answered items the new checklist no longer has; their answers stay in the journal.
    """

    carried: Mapping[str, str]
    reopened: Mapping[str, str]
    dropped: tuple[str, ...]
    fields: Mapping[str, str]
    changes: tuple[Change, ...]


def plan_upgrade(state: Examination, new: Checklist) -> Plan:
    """Work out an upgrade of an examination to another version of its checklist."""
    mapped = identity_map(state.checklist, new)
    carried: dict[str, str] = {}
    reopened: dict[str, str] = {}
    for name in state.findings:
        old_item = state.checklist.item(name)
        new_item = new.item(mapped[name]) if name in mapped else None
        if old_item and new_item:
            same = question_hash(old_item) == question_hash(new_item)
            (carried if same else reopened)[name] = new_item.id
    dropped = tuple(n for n in state.findings if n not in carried and n not in reopened)
    fields = {n: n for n in state.fields if new.field_of(n)}
    return Plan(carried, reopened, dropped, fields, diff(state.checklist, new))


def upgrade(state: Examination, new: Checklist) -> Draft:
    """Return the event that moves an examination to another version; raises InputError."""
    if new.id != state.checklist.id:
        raise InputError(
            "DX-UPGRADE",
            f"“{new.id}” is another checklist, not a version of “{state.checklist.id}”.",
        )
    if new.sha256() == state.checklist.sha256():
        raise InputError("DX-UPGRADE", "The examination uses this very version already.")
    plan = plan_upgrade(state, new)
    return Draft(
        ev.UPGRADED,
        {
            "checklist": {"id": new.id, "version": new.version, "sha256": new.sha256()},
            "carried": dict(plan.carried),
            "reopened": dict(plan.reopened),
            "dropped": list(plan.dropped),
            "fields": dict(plan.fields),
        },
    )
