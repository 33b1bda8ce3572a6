"""The one report model: what every format is written from.

A report is plain, frozen data without words of its own: ids, codes, numbers and the texts that
people wrote. The sentences around them come from `docexam.reports.words`. A text that a rule has
taken out is a `Withheld`, so a writer cannot print it by oversight.
"""

from __future__ import annotations

from dataclasses import dataclass

REPORT_SCHEMA = 1

# How much a report holds back. `none` names people; `public` is for everybody.
NONE = "none"
PARTNER = "partner"
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that stood here and was taken out; `rule` is the id of the rule that did it."""

    rule: str


Said = str | Withheld
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Identity:
    """What names the report on every page: exhibit, examination and the journal's head.

    `number` and `date` come from the head alone, so that the same examination has one report.
    """

    case: str
    exhibit: str
    exhibit_id: str
    examination: str
    number: str
    date: str


@dataclass(frozen=True, slots=True)
class ExaminerEntry:
    """Who examined. A name is as entered; nothing in this report authenticates it."""

    name: str
    authenticated: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the journal that belongs to the examination itself."""

    seq: int
    hash: str
    at: str


@dataclass(frozen=True, slots=True)
class StateEntry:
    """Where the examination stands. Times are UTC; empty where it has not happened."""

    state: str
    was_closed: bool
    opened: str
    first_answer: str
    last_answer: str
    closed: str


@dataclass(frozen=True, slots=True)
class ProvenanceEntry:
    """Where the exhibit came from, as stated at intake; an empty text was not stated."""

    source: Said
    url: Said
    obtained: Said
    reliability: str
    credibility: str
    collected_by: Said
    seen: Said


@dataclass(frozen=True, slots=True)
class Named:
    """One named value of metadata, a view or a suggestion, as recorded."""

    name: str
    value: Said


@dataclass(frozen=True, slots=True)
class QualityEntry:
    """One measure of a capture; `value` is None where it could not be taken."""

    name: str
    value: float | Withheld | None
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class CaptureEntry:
    """One image received, as intake measured it."""

    n: int
    sha256: Said
    name: Said
    width: int
    height: int
    format: str
    bytes: int | Withheld
    received: str
    quality: tuple[QualityEntry, ...]
    metadata: tuple[Named, ...] | Withheld
    pixels: str | Withheld = ""


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """The frozen checklist that was walked."""

    id: str
    version: str
    sha256: str
    title: str
    summary: str
    language: str
    scale: str
    upgraded_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropositionEntry:
    """One of the competing explanations of a question."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """One of the four questions and the explanations compared under it."""

    about: str
    propositions: tuple[PropositionEntry, ...]


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """Counts over the items that are asked; non-answers count as answered."""

    answered: int
    total: int
    critical_open: int
    non_answers: int
    incomplete: int
    screening: bool


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

    `page` and `place` are ids; the report's `pages` and `places` have their titles.
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
    flagged: bool
    condition: str

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
    number); a note, never a verdict.
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


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One step in the order of looking.

    `kind`: opened, captures, work, seen-before, reveal, aid, closed, reopened, upgraded,
    disposed or adjudicated. A run of answers, readings, marked places and acts taken back is one
    step of kind work: `last_seq` and `until` are the number and the time of its last act.
    `captures` counts images received.
    """

    kind: str
    seq: int
    last_seq: int
    at: str
    until: str = ""
    captures: int = 0
    answers: int = 0
    readings: int = 0
    taken_back: int = 0
    what: str = ""
    text: Said = ""
    examiner: str = ""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """An item or field whose answer changed after a reveal or a close; the first one is kept."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class SuggestionEntry:
    """What the program suggested when a conclusion was stated; empty for nothing."""

    proposition: str
    over: str
    wording: str
    words: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConclusionEntry:
    """What the examiner stated on one question, and what the program had suggested."""

    question: str
    proposition: str
    over: str
    wording: str
    words: str
    because: Said
    suggested: SuggestionEntry
    override: Said
    limits: tuple[Said, ...]
    at: str
    seq: int


@dataclass(frozen=True, slots=True)
class VoteEntry:
    """One answer that speaks on a question. `bears`: by proposition, hundredths of log10."""

    item: str
    question: str
    answer: str
    group: str
    calibrated: bool
    bears: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ComparisonEntry:
    """Support of the findings for one explanation over another, with the sum behind it.

    Hundredths of log10: `large` differences, `small` ones held within limits (`small_raw` before),
    `taken_off` for a left-out answer to the contrary, `net` what remains. `groups`: how many
    groups speak. `capped` says why a lower band is told than `net` has.
    """

    over: str
    rival: str
    band: str
    words: str
    large: int
    small: int
    small_raw: int
    taken_off: int
    taken_off_item: str
    net: int
    groups: int
    capped: str


@dataclass(frozen=True, slots=True)
class TurnEntry:
    """An answer that, given instead, would change what leads or how strongly."""

    item: str
    question: str
    instead: str
    leader: str
    words: str


@dataclass(frozen=True, slots=True)
class QuestionSupportEntry:
    """What the findings add up to on one question; `leader` is empty where nothing leads."""

    question: str
    leader: str
    candidate: str
    band: str
    words: str
    suggested: str
    blocks: tuple[str, ...]
    comparisons: tuple[ComparisonEntry, ...]
    counted: tuple[VoteEntry, ...]
    left_out: tuple[VoteEntry, ...]
    not_assessed: tuple[str, ...]
    sensitivity: tuple[TurnEntry, ...]


@dataclass(frozen=True, slots=True)
class SupportEntry:
    """What the findings add up to; only where support was revealed in the examination."""

    scale: str
    questions: tuple[QuestionSupportEntry, ...]


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure of agreement; `value` is None where it is undefined, `why` says why."""

    value: float | None
    why: str


@dataclass(frozen=True, slots=True)
class DifferenceEntry:
    """An item that examiners answered differently, their answers in their order."""

    item: str
    question: str
    answers: tuple[AnswerEntry | Withheld | None, ...]


@dataclass(frozen=True, slots=True)
class AgreementEntry:
    """Independent examinations of the exhibit set side by side; non-answers are categories.

    `n`: items that at least two answered. `low`, `high`: the interval of alpha, None if unknown.
    """

    examiners: tuple[Said, ...]
    n: int
    raw: FigureEntry
    kappa: FigureEntry
    alpha: FigureEntry
    low: float | None
    high: float | None
    differ: tuple[DifferenceEntry, ...]


@dataclass(frozen=True, slots=True)
class RemovedEntry:
    """One line of the list of what was redacted: how many things, by which rule, where."""

    rule: str
    what: str
    count: int
    release: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redaction:
    """How much this report holds back, for whom, and what was taken out by which rule.

    `twin` is the SHA-256 of the public report of the same examination; only a report that is
    not public names it. `released`: what a person let through.
    """

    level: str = NONE
    for_whom: str = ""
    removed: tuple[RemovedEntry, ...] = ()
    released: tuple[str, ...] = ()
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report holds, in the order it is read."""

    report_schema: int
    tool_version: str
    language: str
    marking: str
    redaction: Redaction
    identity: Identity
    question: Said
    examiner: ExaminerEntry
    state: StateEntry
    head: Head
    progress: ProgressEntry
    captures: tuple[CaptureEntry, ...]
    provenance: ProvenanceEntry
    checklist: ChecklistEntry
    questions: tuple[QuestionEntry, ...]
    conclusions: tuple[ConclusionEntry, ...]
    support: SupportEntry | None
    agreement: AgreementEntry | None
    sections: tuple[SectionEntry, ...]
    limits: tuple[LimitEntry, ...]
    not_asked: tuple[NotAskedEntry, ...]
    waiting: tuple[WaitingEntry, ...]
    open_items: tuple[ItemEntry, ...]
    incomplete: tuple[ItemEntry, ...]
    withheld_items: tuple[ItemEntry, ...]
    fields: tuple[FieldEntry, ...]
    pages: tuple[PageEntry, ...]
    places: tuple[PlaceEntry, ...]
    checks: tuple[CheckEntry, ...]
    order: tuple[StepEntry, ...]
    changed: tuple[ChangeEntry, ...]

    def title_of(self, proposition: str) -> str:
        """Return a proposition's title; its id where the checklist has none of that id."""
        every = (p for q in self.questions for p in q.propositions)
        return next((p.title for p in every if p.id == proposition), proposition)

    def findings(self) -> tuple[FindingEntry, ...]:
        """Return every item that is asked, in walking order."""
        return tuple(f for section in self.sections for f in section.findings)

    def capture(self, n: int) -> CaptureEntry | None:
        """Return the capture of that number, or None."""
        return next((c for c in self.captures if c.n == n), None)
