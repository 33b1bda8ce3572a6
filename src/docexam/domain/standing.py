"""Where each item of an examination stands: asked, hidden, waiting, answered; and the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docexam.domain import condition as cond
from docexam.domain.checklist import Checklist, Indicator
from docexam.domain.condition import State, Truth
from docexam.domain.examination import Examination


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """One item: whether it is asked (T or U), waits (W) or is hidden (F), and what it has.

    `reachable`: visible and its stage open. `answered`: a complete answer or a non-answer.
    """

    id: str
    asked: Truth
    stage_open: bool
    answered: bool
    incomplete: bool
    critical: bool

    @property
    def hidden(self) -> bool:
        """Whether a condition definitely excludes the item."""
        return self.asked is Truth.F

    @property
    def waits(self) -> bool:
        """Whether another item must be answered first."""
        return self.asked is Truth.W

    @property
    def visible(self) -> bool:
        """Whether the item counts: neither hidden nor waiting."""
        return not self.hidden and not self.waits

    @property
    def reachable(self) -> bool:
        """Whether the item can be answered now."""
        return self.visible and self.stage_open


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts over visible items; non-answers count as answered."""

    answered: int
    total: int
    critical_open: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of every item, in walking order."""

    items: Mapping[str, ItemStanding]
    open_stage: int

    def progress(self) -> Progress:
        """Return the counts that every front end shows."""
        return _count(tuple(self.items.values()))

    def section_progress(self, checklist: Checklist, section: str) -> Progress:
        """Return the counts of one section; the empty name gives the facts."""
        items = checklist.facts if not section else checklist.indicators
        ids = [i.id for i in items if not section or i.section == section]
        return _count([self.items[i] for i in ids])

    def critical_reachable(self) -> tuple[str, ...]:
        """Return the open critical items that can be answered now."""
        return tuple(
            s.id for s in self.items.values() if s.critical and s.reachable and not s.answered
        )


def _count(items: Sequence[ItemStanding]) -> Progress:
    visible = [s for s in items if s.visible]
    return Progress(
        answered=sum(s.answered for s in visible),
        total=len(visible),
        critical_open=sum(s.critical and not s.answered for s in visible),
    )


def standing_of(examination: Examination) -> Standing:
    """Work out the standing of every item of an examination."""
    world = World(examination)
    items = {item.id: world.standing(item) for item in examination.checklist.walk()}
    return Standing(items, world.open_stage())


@dataclass
class World:
    """What conditions see of an examination. Answers are worked out once and kept."""

    examination: Examination
    _asked: dict[str, Truth] = field(default_factory=dict)
    _stages: dict[int, bool] = field(default_factory=dict)

    def asked(self, item: Indicator) -> Truth:
        """Return the value of the item's condition; T where it has none."""
        if not item.when:
            return Truth.T
        if item.id not in self._asked:
            # A cycle cannot be loaded; the placeholder keeps a damaged copy from looping.
            self._asked[item.id] = Truth.W
            self._asked[item.id] = cond.evaluate(cond.parse(item.when), self)
        return self._asked[item.id]

    def stage_open(self, stage: int) -> bool:
        """Whether a stage is open: every item of the one before is answered or hidden."""
        if stage <= 1:
            return True
        if stage not in self._stages:
            below = [i for i in self.examination.checklist.indicators if i.stage < stage]
            self._stages[stage] = all(self._settled(i) for i in below)
        return self._stages[stage]

    def open_stage(self) -> int:
        """Return the highest stage that is open."""
        stages = {i.stage for i in self.examination.checklist.indicators} | {1}
        return max(s for s in stages if self.stage_open(s))

    def _settled(self, item: Indicator) -> bool:
        asked = self.asked(item)
        if asked is Truth.F:
            return True
        return asked is not Truth.W and self.examination.finding(item.id).answered

    def standing(self, item: Indicator) -> ItemStanding:
        """Return where one item stands."""
        finding = self.examination.finding(item.id)
        return ItemStanding(
            id=item.id,
            asked=self.asked(item),
            stage_open=item.fact or self.stage_open(item.stage),
            answered=finding.answered,
            incomplete=finding.answer is not None and not finding.complete,
            critical=item.critical,
        )

    def state(self, item_id: str) -> State:
        """Return an item's or a field's state as conditions read it."""
        item = self.examination.checklist.item(item_id)
        if item is None:
            return self._field_state(item_id)
        asked = self.asked(item)
        if asked is Truth.F:
            return State(kind="hidden", type=item.type)
        if asked is Truth.W or not (item.fact or self.stage_open(item.stage)):
            return State(kind="open", type=item.type)
        return self._answer_state(item)

    def _answer_state(self, item: Indicator) -> State:
        finding = self.examination.finding(item.id)
        if finding.answer is None:
            return State(kind="open", type=item.type)
        if finding.non_answer:
            return State(kind=finding.non_answer, type=item.type)
        value = finding.answer if isinstance(finding.answer, str) else ""
        return State(kind="answered", chosen=finding.chosen(item), value=value, type=item.type)

    def _field_state(self, field_id: str) -> State:
        spec = self.examination.checklist.field_of(field_id)
        kind = spec.type if spec else "text"
        reading = self.examination.fields.get(field_id)
        if reading is None or not (reading.value or reading.answer):
            return State(kind="open", type=kind)
        if reading.answer:
            return State(kind=reading.answer, type=kind)
        order = spec.date_order if spec else "dmy"
        chosen = (reading.value,) if kind == "choice" else ()
        return State("answered", chosen=chosen, value=reading.value, type=kind, date_order=order)

    def members(self, scope: str, name: str) -> Sequence[str]:
        """Return the ids of the indicators of a section or a group."""
        indicators = self.examination.checklist.indicators
        if scope == "section":
            return [i.id for i in indicators if i.section == name]
        return [i.id for i in indicators if name == i.group or name in {c.group for c in i.choices}]
