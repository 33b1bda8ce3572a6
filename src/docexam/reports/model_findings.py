"""The parts of the report model about findings, fields, places and checks."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.reports.model_aids import ShowingEntry
from docexam.reports.model_basis import Named, Point, Said, Withheld


@dataclass(frozen=True, slots=True)
class ChoiceEntry:
    """A choice by id and label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """An answer. `kind`: open, choice, choices (may be none chosen), value or non-answer."""

    kind: str
    choices: tuple[ChoiceEntry, ...] = ()
    value: Said = ""
    non_answer: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A box `(x, y, w, h)` or four points, in fractions of the upright image.

    `width_px`, `height_px`: the enclosing box in pixels of the original.
    """

    box: tuple[float, ...]
    polygon: tuple[Point, ...]
    width_px: int
    height_px: int

    @property
    def points(self) -> tuple[Point, ...]:
        """The corners, clockwise from the upper left of a box."""
        if self.polygon:
            return self.polygon
        x, y, w, h = self.box
        return ((x, y), (x + w, y), (x + w, y + h), (x, y + h))


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """Where on a capture (by number, 0 if it is not among those listed) something was seen."""

    capture: int
    shape: Shape | Withheld


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """What was on the screen when an answer was given; codes, not words.

    `scale` is screen pixels per image pixel, 0.0 where it was not recorded. `other` holds what
    this version has no name for.
    """

    renderer: str
    scale: float
    rotation: int
    enhancements: tuple[Named, ...]
    below_one_to_one: bool
    other: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class LackEntry:
    """What keeps an answer from being complete: no region, or one of too few pixels.

    `have_px`, `need_px`: the shorter side in pixels of the original; 0 where no region is marked.
    """

    choice: str
    have_px: int
    need_px: int
    no_region: bool


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One item that is asked, its answer, and what the answer rests on.

    `page` and `place` are ids; the report's `pages` and `places` have their titles. `aided`:
    triage or shown where a program's proposals were open when the answer was given.
    """

    item: str
    question: str
    kind: str
    type: str
    fact: bool
    critical: bool
    level: str
    stage: int
    page: str
    place: str
    from_claim: bool
    answer: AnswerEntry | Withheld
    complete: bool
    lacks: LackEntry | None
    note: Said
    cause: str
    reason: Said
    first: AnswerEntry | Withheld | None
    regions: tuple[RegionEntry, ...]
    view: ViewEntry | None
    crop_seen: bool
    reference: Said
    shows: str
    does_not_show: str
    innocent: tuple[str, ...]
    source: str
    status: str
    by_fact: str
    entered_by: Said
    examiner: str
    at: str
    seq: int
    condition: str
    aided: str
    proposals: tuple[ShowingEntry, ...]

    @property
    def non_answer(self) -> str:
        """The non-answer given, or an empty string."""
        return self.answer.non_answer if isinstance(self.answer, AnswerEntry) else ""

    @property
    def answered(self) -> bool:
        """Whether the item counts as answered: a complete answer or a non-answer."""
        open_ = isinstance(self.answer, AnswerEntry) and self.answer.kind == "open"
        return self.complete and not open_


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A titled run of items; the empty id holds the facts about the material."""

    id: str
    title: str
    answered: int
    total: int
    findings: tuple[FindingEntry, ...]


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """An item or field named in a list. `stage_open` is false where its stage is still closed."""

    item: str
    question: str
    critical: bool
    stage_open: bool = True


@dataclass(frozen=True, slots=True)
class LimitEntry:
    """Items that got the same non-answer for the same cause."""

    non_answer: str
    cause: str
    by_fact: str
    items: tuple[ItemEntry, ...]


@dataclass(frozen=True, slots=True)
class NotAskedEntry:
    """An item a condition excludes. `kept`: an answer given before; it does not count."""

    item: str
    question: str
    condition: str
    kept: AnswerEntry | Withheld | None


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """An item that is asked only once others are answered; `on` names those."""

    item: str
    question: str
    condition: str
    on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """What was transcribed from a field.

    `page` and `place` are ids. `scripts`: ISO 15924 codes of the letters in the raw reading.
    `departs`: codes of how it departs from what the checklist expects (script, pattern, date,
    number); a note, never a verdict. `aid`: whose machine reading was taken over, with its version.
    """

    id: str
    label: str
    type: str
    script: str
    page: str
    place: str
    sensitive: bool
    raw: Said
    corrected: Said
    transliteration: Said
    non_answer: str
    cause: str
    note: Said
    reason: Said
    first: Said
    has_first: bool
    scripts: tuple[str, ...]
    departs: tuple[str, ...]
    regions: tuple[RegionEntry, ...]
    by_fact: str
    source: str
    status: str
    examiner: str
    at: str
    seq: int
    aided: str
    aid: str
    proposals: tuple[ShowingEntry, ...]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the document. `shown`: shown, not-shown, or not-stated in this material."""

    id: str
    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """Where something belongs on a page. `marked`: where, on which images, it was marked."""

    id: str
    title: str
    holds: str
    page: str
    sensitive: bool
    marked: tuple[RegionEntry, ...]


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """What keeps a check from a result: a field or item by label and its state."""

    id: str
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """A consistency rule and what it came to: speaks, silent, undetermined, waits or withheld."""

    id: str
    level: str
    say: str
    condition: str
    outcome: str
    because: tuple[CauseEntry, ...]
    source: str
    status: str
