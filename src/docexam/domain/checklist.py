"""A checklist: indicators to walk, fields to transcribe, propositions to weigh.

These classes hold a checklist after includes, answer sets and defaults are resolved. Weights
(`bears`) are whole hundredths. The dictionary form (`to_dict`, `from_dict`) is the frozen copy an
examination keeps; its canonical JSON gives the checklist's hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar

NON_ANSWERS = ("unclear", "not-visible", "no-reference", "not-applicable")
OPEN = "open"
CAUSES = ("cropped", "glare", "blur", "covered", "not-photographed", "too-small", "other")
QUESTIONS = ("image", "blank", "contents", "bearer")
SENSITIVE_HOLDS = frozenset({"portrait", "signature", "number", "name"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of an indicator. `bears`: proposition id to hundredths of log10."""

    id: str
    label: str
    evidence: str = ""
    bears: Mapping[str, int] = field(default_factory=dict)
    calibrated: str = ""
    innocent: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One observable question. A fact about the material is an indicator with `fact` set.

    `type`: choice, yesno, many, text, number or date. `min_px`: the shorter side, in pixels of
    the original, that a region must have where a choice has `evidence = "region"`; 0 for none.
    `when`: the source text of its condition, empty for always. `pages`: its choice ids are pages.
    """

    id: str
    ask: str
    type: str = "choice"
    section: str = ""
    choices: tuple[Choice, ...] = ()
    ordered: bool = False
    kind: str = "observe"
    when: str = ""
    critical: bool = False
    stage: int = 1
    level: str = ""
    page: str = ""
    place: str = ""
    look: tuple[str, ...] = ()
    shows: str = ""
    does_not_show: str = ""
    min_px: int = 0
    aid: str = ""
    from_claim: bool = False
    replaces: tuple[str, ...] = ()
    group: str = ""
    status: str = ""
    source: str = ""
    repeat: str = ""
    fact: bool = False
    pages: bool = False

    def choice(self, choice_id: str) -> Choice | None:
        """Return the choice of that id, or None."""
        return next((c for c in self.choices if c.id == choice_id), None)

    def group_of(self, choice: Choice) -> str:
        """Return the dependence group a choice speaks in; a choice's own replaces the item's.

        Answers of one `many` item form one group, named by the item when nothing else is.
        """
        return choice.group or self.group or (f"item:{self.id}" if self.type == "many" else "")


@dataclass(frozen=True, slots=True)
class Field:
    """Something transcribed from the document. `script`: ISO 15924; `pattern`: whole reading.

    `aids`: the aids that belong to it; where none are named they follow from its kind.
    """

    id: str
    label: str
    type: str = "text"
    script: str = ""
    page: str = ""
    place: str = ""
    pattern: str = ""
    sensitive: bool = False
    source: str = ""
    status: str = ""
    date_order: str = "dmy"
    choices: tuple[Choice, ...] = ()
    section: str = ""
    help: str = ""
    aids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something belongs on a page; `holds` says what (portrait, seal, …)."""

    id: str
    title: str
    page: str = ""
    holds: str = "other"

    @property
    def sensitive(self) -> bool:
        """Whether the place is withheld from public reports without being told."""
        return self.holds in SENSITIVE_HOLDS


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of indicators."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """Why findings may share a cause."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Proposition:
    """One competing explanation of one of the four questions (`about`)."""

    id: str
    about: str
    title: str


@dataclass(frozen=True, slots=True)
class Check:
    """A consistency rule that describes the fault. `condition`: source text of its `if`."""

    id: str
    condition: str
    say: str
    level: str = "warn"
    source: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One word band of a scale; `start` in hundredths of log10, inclusive."""

    id: str
    start: int
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of words for support."""

    id: str
    bands: tuple[Band, ...]


ENFSI_2015 = Scale(
    "enfsi-2015",
    (
        Band("none", 0, "no support"),
        Band("weak", 30, "weak support"),
        Band("moderate", 100, "moderate support"),
        Band("moderately-strong", 200, "moderately strong support"),
        Band("strong", 300, "strong support"),
        Band("very-strong", 400, "very strong support"),
        Band("extremely-strong", 600, "extremely strong support"),
    ),
)


@dataclass(frozen=True, slots=True)
class Checklist:
    """A resolved checklist. `indicators` stand in file order; `walk()` gives the walking order."""

    id: str
    version: str
    title: str
    language: str = "en"
    summary: str = ""
    applies: Mapping[str, str] = field(default_factory=dict)
    include: tuple[str, ...] = ()
    scale: str = "enfsi-2015"
    propositions: tuple[Proposition, ...] = ()
    facts: tuple[Indicator, ...] = ()
    places: tuple[Place, ...] = ()
    fields: tuple[Field, ...] = ()
    sections: tuple[Section, ...] = ()
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    checks: tuple[Check, ...] = ()
    scales: tuple[Scale, ...] = ()
    schema: int = 1

    def walk(self) -> Iterator[Indicator]:
        """Yield facts, then the indicators section by section in their walking order.

        Within a section, what is seen on the item alone comes before what is compared with a
        reference, so that the reference cannot sway it.
        """
        yield from self.facts
        for section in self.sections:
            own = [i for i in self.indicators if i.section == section.id]
            yield from sorted(own, key=lambda i: i.kind == "compare")

    def item(self, item_id: str) -> Indicator | None:
        """Return the fact or indicator of that id, or None."""
        return _index(self).items.get(item_id)

    def field_of(self, field_id: str) -> Field | None:
        """Return the field of that id, or None."""
        return _index(self).fields.get(field_id)

    def place_of(self, place_id: str) -> Place | None:
        """Return the place of that id, or None."""
        return _index(self).places.get(place_id)

    def proposition(self, proposition_id: str) -> Proposition | None:
        """Return the proposition of that id, or None."""
        return next((p for p in self.propositions if p.id == proposition_id), None)

    def scale_used(self) -> Scale:
        """Return the declared scale; enfsi-2015 ships with the program."""
        return next((s for s in self.scales if s.id == self.scale), ENFSI_2015)

    def pages(self) -> tuple[Choice, ...]:
        """Return the pages the material may show, as the choices of the `pages` fact."""
        return next((f.choices for f in self.facts if f.pages), ())

    def sha256(self) -> str:
        """Return the hash of the canonical JSON of the resolved checklist."""
        return _index(self).sha256

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, defaults left out."""
        data: dict[str, Any] = _plain(self)
        return data

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Checklist:
        """Build a checklist from `to_dict` data; raises KeyError or TypeError on other data."""
        return _checklist_from(data)


@dataclass(frozen=True, slots=True)
class _Index:
    items: Mapping[str, Indicator]
    fields: Mapping[str, Field]
    places: Mapping[str, Place]
    sha256: str


_INDEXES: dict[int, tuple[Checklist, _Index]] = {}
_MOST_INDEXES = 64


def _index(checklist: Checklist) -> _Index:
    # Keyed by identity: hashing a whole checklist on every look-up would cost more than it saves.
    held = _INDEXES.get(id(checklist))
    if held and held[0] is checklist:
        return held[1]
    if len(_INDEXES) >= _MOST_INDEXES:
        _INDEXES.clear()
    index = _Index(
        items={i.id: i for i in (*checklist.facts, *checklist.indicators)},
        fields={f.id: f for f in checklist.fields},
        places={p.id: p for p in checklist.places},
        sha256=hashlib.sha256(canonical_json(checklist.to_dict())).hexdigest(),
    )
    _INDEXES[id(checklist)] = (checklist, index)
    return index


def canonical_json(data: Any) -> bytes:
    """Return the one byte form that hashes are taken of: sorted keys, no spaces, ASCII."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return text.encode("ascii")


def question_hash(item: Indicator) -> str:
    """Hash what an item asks: a change reopens the item in an upgrade.

    Type, ask, resolved choices (id, label, evidence), condition, needs and repeat; the item's id
    and the order of choices do not count.
    """
    from docexam.domain.condition import canonical_text

    data = {
        "type": item.type,
        "ask": item.ask,
        "choices": sorted([c.id, c.label, c.evidence] for c in item.choices),
        "when": canonical_text(item.when) if item.when else "",
        "min_px": item.min_px,
        "repeat": item.repeat,
    }
    return hashlib.sha256(canonical_json(data)).hexdigest()


def weight_hash(item: Indicator) -> str:
    """Hash how an item's answers weigh: a change only recomputes support."""
    data = sorted([c.id, dict(c.bears), item.group_of(c), c.calibrated] for c in item.choices)
    return hashlib.sha256(canonical_json(data)).hexdigest()


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {
            f.name: _plain(getattr(value, f.name))
            for f in fields(value)
            if not _is_default(f, getattr(value, f.name))
        }
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _is_default(spec: Any, value: Any) -> bool:
    if spec.default is not MISSING:
        return bool(value == spec.default)
    return spec.default_factory is not MISSING and not value


T = TypeVar("T")


def _many(kind: type[T], data: Any, **nested: Any) -> tuple[T, ...]:
    return tuple(_one(kind, d, **nested) for d in data or ())


def _one(kind: type[T], data: Mapping[str, Any], **nested: Any) -> T:
    values = dict(data)
    for name in _tuple_names(kind):
        if name in values and name not in nested:
            values[name] = tuple(values[name])
    for name, build in nested.items():
        if name in values:
            values[name] = build(values[name])
    return kind(**values)


_TUPLES: dict[type[Any], tuple[str, ...]] = {}


def _tuple_names(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _TUPLES:
        _TUPLES[kind] = tuple(f.name for f in fields(kind) if str(f.type).startswith("tuple"))
    return _TUPLES[kind]


def _checklist_from(data: Mapping[str, Any]) -> Checklist:
    def choices(raw: Any) -> tuple[Choice, ...]:
        return _many(Choice, raw)

    def items(raw: Any) -> tuple[Indicator, ...]:
        return _many(Indicator, raw, choices=choices)

    return _one(
        Checklist,
        data,
        propositions=lambda raw: _many(Proposition, raw),
        facts=items,
        places=lambda raw: _many(Place, raw),
        fields=lambda raw: _many(Field, raw, choices=choices),
        sections=lambda raw: _many(Section, raw),
        groups=lambda raw: _many(Group, raw),
        indicators=items,
        checks=lambda raw: _many(Check, raw),
        scales=lambda raw: _many(Scale, raw, bands=lambda b: _many(Band, b)),
    )
