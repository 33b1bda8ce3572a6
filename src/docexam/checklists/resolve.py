"""Items with their answers resolved: shared sets, `yes` and `no`, defaults filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docexam.checklists.bundle import Bundle, Entry
from docexam.checklists.faults import WARN, did_you_mean, nearest
from docexam.domain.checklist import (
    Band,
    Check,
    Checklist,
    Choice,
    Field,
    Group,
    Indicator,
    Place,
    Proposition,
    Scale,
    Section,
)
from docexam.domain.text import visible

_YES_NO = {"ru": ("Да", "Нет"), "uk": ("Так", "Ні")}
_CHOOSING = ("choice", "many", "yesno")


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice of an item and the block that has the last word on it."""

    choice: Choice
    entry: Entry


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator, fact or field with its answers."""

    entry: Entry
    type: str
    answers: tuple[Answer, ...] = ()
    ordered: bool = False

    @property
    def id(self) -> str:
        """Return its id."""
        return self.entry.id

    @property
    def stage(self) -> int:
        """Return its stage: facts 0, fields 0, indicators from 1."""
        return int(self.entry.data.get("stage", 1)) if self.entry.kind == "indicator" else 0

    def choice_ids(self) -> tuple[str, ...]:
        """Return the ids of its choices, in order."""
        return tuple(a.choice.id for a in self.answers)

    def group_names(self) -> frozenset[str]:
        """Return the groups its answers may speak in."""
        own = {a.choice.group for a in self.answers} | {str(self.entry.data.get("group", ""))}
        return frozenset(own - {""})


@dataclass(frozen=True, slots=True)
class Items:
    """All items of a bundle: facts, fields, indicators. `by_id` has the first of each id."""

    every: tuple[Item, ...]
    by_id: Mapping[str, Item]

    def of(self, kind: str) -> list[Item]:
        """Return the items of a kind that can be named, in order."""
        return [i for i in self.by_id.values() if i.entry.kind == kind]


def resolve_items(bundle: Bundle) -> Items:
    """Resolve the answers of every item; faults go to the blocks where they stand."""
    sets = bundle.ids("answers")
    _check_sets(bundle)
    kinds = ("fact", "field", "indicator")
    every = tuple(_item(entry, sets, bundle) for kind in kinds for entry in bundle.of(kind))
    by_id: dict[str, Item] = {}
    for item in every:
        if item.id:
            by_id.setdefault(item.id, item)
    return Items(every, by_id)


def _check_sets(bundle: Bundle) -> None:
    for entry in bundle.of("answers"):
        answers = _merged({}, entry, "")
        if not answers and not entry.source.partial:
            entry.fault("DX050", f"the answer set `{entry.id}` has no choices", _CHOICES_HELP)
        _no_weights(entry)
        for answer in answers.values():
            _labelled(answer)


_CHOICES_HELP = 'Write `choices = [ { id = "…", label = "…" }, … ]`.'


def _item(entry: Entry, sets: Mapping[str, Entry], bundle: Bundle) -> Item:
    type_ = str(entry.data.get("type", "text" if entry.kind == "field" else "choice"))
    if type_ not in _CHOOSING:
        _no_choices(entry, type_)
        return Item(entry, type_)
    if entry.kind != "indicator":
        _no_weights(entry)
    base, ordered, set_id = _base(entry, type_, sets, bundle)
    answers = _merged(base, entry, set_id)
    if type_ == "yesno":
        _only_yes_no(answers)
    elif not answers and not entry.source.partial and not entry.data.get("answers"):
        entry.fault("DX050", f"`{visible(entry.id)}` has no choices", _need_choices(entry))
    for answer in answers.values():
        _labelled(answer)
    return Item(entry, type_, tuple(answers.values()), ordered)


def _need_choices(entry: Entry) -> str:
    if entry.kind == "indicator":
        return "Write `[[indicator.choice]]` blocks below it, or name a set by `answers`."
    return _CHOICES_HELP


def _base(
    entry: Entry, type_: str, sets: Mapping[str, Entry], bundle: Bundle
) -> tuple[dict[str, Answer], bool, str]:
    if type_ == "yesno":
        labels = _YES_NO.get(str(bundle.head.get("language", "en"))[:2], ("Yes", "No"))
        pairs = zip(("yes", "no"), labels, strict=True)
        return {i: Answer(Choice(i, label), entry) for i, label in pairs}, False, "yesno"
    name = str(entry.data.get("answers", ""))
    if not name:
        return {}, False, ""
    held = sets.get(name)
    if held is None:
        if not bundle.partial:
            entry.fault(
                "DX035",
                f"no answer set `{visible(name)}` is declared",
                did_you_mean(name, sets) or "Declare it by `[[answers]]`.",
                value="answers",
            )
        return {}, False, ""
    own = _merged({}, held, "", tell=False)
    return (
        {i: Answer(a.choice, entry) for i, a in own.items()},
        bool(held.data.get("ordered")),
        name,
    )


def _merged(
    base: dict[str, Answer], entry: Entry, set_id: str, tell: bool = True
) -> dict[str, Answer]:
    answers = dict(base)
    own: set[str] = set()
    for choice in entry.choices():
        name = choice.id
        if not name:
            continue
        if name in own:
            if tell:
                choice.fault(
                    "DX030", f"the choice `{name}` stands twice", "Rename one.", value="id"
                )
            continue
        own.add(name)
        if set_id and name not in base and set_id != "yesno" and tell:
            if not choice.data.get("label"):
                _not_in_set(choice, base, set_id)
                continue
            _perhaps_meant(choice, base, set_id)
        before = answers[name].choice if name in answers else None
        answers[name] = Answer(_choice(choice.data, before), choice)
    return answers


def _not_in_set(choice: Entry, base: Mapping[str, Answer], set_id: str) -> None:
    choice.fault(
        "DX036",
        f"the answer set `{set_id}` has no choice `{choice.id}`",
        did_you_mean(choice.id, base),
        value="id",
    )


def _perhaps_meant(choice: Entry, base: Mapping[str, Answer], set_id: str) -> None:
    near = nearest(choice.id, base)
    if near:
        choice.fault(
            "DX036",
            f"`{choice.id}` is added to the answers of `{set_id}`, which has `{near}`",
            f"Write `{near}` if that is meant; else choose an id less like it.",
            value="id",
            level=WARN,
        )


def _choice(data: Mapping[str, Any], before: Choice | None) -> Choice:
    old = before or Choice(str(data["id"]), "")
    return Choice(
        id=old.id,
        label=data.get("label", old.label),
        evidence=data.get("evidence", old.evidence),
        bears=dict(data.get("bears", old.bears)),
        calibrated=data.get("calibrated", old.calibrated),
        innocent=tuple(data.get("innocent", old.innocent)),
        group=data.get("group", old.group),
    )


def _only_yes_no(answers: dict[str, Answer]) -> None:
    for name in [n for n in answers if n not in ("yes", "no")]:
        answers.pop(name).entry.fault(
            "DX052",
            f"a `yesno` item has no choice `{name}`",
            "Its choices are `yes` and `no`; for others leave `type` out.",
            value="id",
        )


def _labelled(answer: Answer) -> None:
    if not answer.choice.label and not answer.entry.source.partial:
        answer.entry.fault(
            "DX054", f"the choice `{answer.choice.id}` has no label", 'Write `label = "…"`.'
        )


def _no_choices(entry: Entry, type_: str) -> None:
    for name in ("choices", "choice", "answers"):
        if entry.data.get(name):
            own = entry.source.positions.keys
            first = (name,) if (*entry.path, name) in own else (name, 0)
            entry.fault(
                "DX051",
                f"`{visible(entry.id)}` is of type `{type_}` and has no choices",
                "Leave them out, or leave `type` out for an item with choices.",
                key=first,
            )


def _no_weights(entry: Entry) -> None:
    what = {"fact": "a fact", "field": "a field"}.get(entry.kind, "a shared answer")
    for choice in entry.choices():
        for name in ("bears", "calibrated", "group"):
            if name in choice.data:
                choice.fault(
                    "DX053",
                    f"{what} bears on nothing: `{name}`",
                    "Write it under the choices of an indicator.",
                    key=name,
                )


# The domain's checklist ----------------------------------------------------------------------


def build(bundle: Bundle, items: Items) -> Checklist:
    """Build the resolved checklist from sound blocks."""
    head = bundle.head
    return Checklist(
        id=head.get("id", ""),
        version=head.get("version", ""),
        title=head.get("title", ""),
        language=head.get("language", "en"),
        summary=head.get("summary", ""),
        applies=dict(head.get("applies", {})),
        include=tuple(head.get("include", ())),
        scale=head.get("scale", "enfsi-2015"),
        propositions=tuple(
            Proposition(e.id, e.data.get("about", ""), e.data.get("title", ""))
            for e in bundle.ids("proposition").values()
        ),
        facts=tuple(_indicator(i, fact=True) for i in items.of("fact")),
        places=tuple(
            Place(
                e.id, e.data.get("title", ""), e.data.get("page", ""), e.data.get("holds", "other")
            )
            for e in bundle.ids("place").values()
        ),
        fields=tuple(_field(i) for i in items.of("field")),
        sections=tuple(
            Section(e.id, e.data.get("title", "")) for e in bundle.ids("section").values()
        ),
        groups=tuple(Group(e.id, e.data.get("title", "")) for e in bundle.ids("group").values()),
        indicators=tuple(_indicator(i) for i in items.of("indicator")),
        checks=tuple(_check(e) for e in bundle.ids("check").values()),
        scales=tuple(_scale(e) for e in bundle.ids("scale").values()),
    )


_INDICATOR_KEYS = (
    "section",
    "kind",
    "when",
    "critical",
    "stage",
    "level",
    "page",
    "place",
    "shows",
    "does_not_show",
    "aid",
    "from_claim",
    "group",
    "status",
    "source",
    "pages",
)


def _indicator(item: Item, fact: bool = False) -> Indicator:
    data = item.entry.data
    given = {k: data[k] for k in _INDICATOR_KEYS if k in data}
    if fact:
        given["stage"] = 0
    return Indicator(
        id=item.id,
        ask=data.get("ask", ""),
        type=item.type,
        choices=tuple(a.choice for a in item.answers),
        ordered=item.ordered,
        look=tuple(data.get("look", ())),
        min_px=data.get("needs", {}).get("min_px", 0),
        replaces=tuple(data.get("replaces", ())),
        fact=fact,
        **given,
    )


_FIELD_KEYS = (
    "script",
    "page",
    "place",
    "pattern",
    "sensitive",
    "source",
    "status",
    "date_order",
    "section",
    "help",
)


def _field(item: Item) -> Field:
    data = item.entry.data
    given = {k: data[k] for k in _FIELD_KEYS if k in data}
    choices = tuple(a.choice for a in item.answers)
    aids = tuple(data.get("aids", ()))
    return Field(item.id, data.get("label", ""), item.type, choices=choices, aids=aids, **given)


def _check(entry: Entry) -> Check:
    data = entry.data
    return Check(
        id=entry.id,
        condition=data.get("if", ""),
        say=data.get("say", ""),
        level=data.get("level", "warn"),
        source=data.get("source", ""),
        status=data.get("status", ""),
    )


def _scale(entry: Entry) -> Scale:
    bands = entry.data.get("bands", ())
    return Scale(
        entry.id,
        tuple(Band(b.get("id", ""), b.get("from", 0), b.get("words", "")) for b in bands),
    )
