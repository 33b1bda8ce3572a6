"""The one report model: what every format is written from.

A report is plain, frozen data without words of its own: ids, codes, numbers and the texts that
people wrote. The sentences around them come from `docexam.reports.words`. A text that a rule has
taken out is a `Withheld`, so a writer cannot print it by oversight.
"""

from __future__ import annotations

from dataclasses import dataclass

from docexam.reports.model_aids import (
    AidEntry as AidEntry,
)
from docexam.reports.model_aids import (
    AidFigureEntry as AidFigureEntry,
)
from docexam.reports.model_aids import (
    ProposalEntry as ProposalEntry,
)
from docexam.reports.model_aids import (
    ShowingEntry as ShowingEntry,
)
from docexam.reports.model_aids import (
    TriageEntry as TriageEntry,
)
from docexam.reports.model_basis import (
    Named as Named,
)
from docexam.reports.model_basis import (
    Point as Point,
)
from docexam.reports.model_basis import (
    Said as Said,
)
from docexam.reports.model_basis import (
    Withheld as Withheld,
)
from docexam.reports.model_findings import (
    AnswerEntry as AnswerEntry,
)
from docexam.reports.model_findings import (
    CauseEntry as CauseEntry,
)
from docexam.reports.model_findings import (
    CheckEntry as CheckEntry,
)
from docexam.reports.model_findings import (
    ChoiceEntry as ChoiceEntry,
)
from docexam.reports.model_findings import (
    FieldEntry as FieldEntry,
)
from docexam.reports.model_findings import (
    FindingEntry as FindingEntry,
)
from docexam.reports.model_findings import (
    ItemEntry as ItemEntry,
)
from docexam.reports.model_findings import (
    LackEntry as LackEntry,
)
from docexam.reports.model_findings import (
    LimitEntry as LimitEntry,
)
from docexam.reports.model_findings import (
    NotAskedEntry as NotAskedEntry,
)
from docexam.reports.model_findings import (
    PageEntry as PageEntry,
)
from docexam.reports.model_findings import (
    PlaceEntry as PlaceEntry,
)
from docexam.reports.model_findings import (
    RegionEntry as RegionEntry,
)
from docexam.reports.model_findings import (
    SectionEntry as SectionEntry,
)
from docexam.reports.model_findings import (
    Shape as Shape,
)
from docexam.reports.model_findings import (
    ViewEntry as ViewEntry,
)
from docexam.reports.model_findings import (
    WaitingEntry as WaitingEntry,
)
from docexam.reports.model_material import (
    CaptureEntry as CaptureEntry,
)
from docexam.reports.model_material import (
    ChecklistEntry as ChecklistEntry,
)
from docexam.reports.model_material import (
    ExaminerEntry as ExaminerEntry,
)
from docexam.reports.model_material import (
    Head as Head,
)
from docexam.reports.model_material import (
    Identity as Identity,
)
from docexam.reports.model_material import (
    ProgressEntry as ProgressEntry,
)
from docexam.reports.model_material import (
    PropositionEntry as PropositionEntry,
)
from docexam.reports.model_material import (
    ProvenanceEntry as ProvenanceEntry,
)
from docexam.reports.model_material import (
    QualityEntry as QualityEntry,
)
from docexam.reports.model_material import (
    QuestionEntry as QuestionEntry,
)
from docexam.reports.model_material import (
    StateEntry as StateEntry,
)
from docexam.reports.model_weighing import (
    AgreementEntry as AgreementEntry,
)
from docexam.reports.model_weighing import (
    ComparisonEntry as ComparisonEntry,
)
from docexam.reports.model_weighing import (
    ConclusionEntry as ConclusionEntry,
)
from docexam.reports.model_weighing import (
    DifferenceEntry as DifferenceEntry,
)
from docexam.reports.model_weighing import (
    FigureEntry as FigureEntry,
)
from docexam.reports.model_weighing import (
    QuestionSupportEntry as QuestionSupportEntry,
)
from docexam.reports.model_weighing import (
    SuggestionEntry as SuggestionEntry,
)
from docexam.reports.model_weighing import (
    SupportEntry as SupportEntry,
)
from docexam.reports.model_weighing import (
    TurnEntry as TurnEntry,
)
from docexam.reports.model_weighing import (
    VoteEntry as VoteEntry,
)

REPORT_SCHEMA = 1

# How much a report holds back. `none` names people; `public` is for everybody.
NONE = "none"
PARTNER = "partner"
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One step in the order of looking.

    `kind`: opened, captures, work, seen-before, reveal, aid, closed, reopened, upgraded,
    disposed or adjudicated. A run of answers, readings, marked places and acts taken back is one
    step of kind work: `last_seq` and `until` are the number and the time of its last act.
    `captures` counts images received. Of kind aid: `act` is shown, shown-first (before any
    answer), adopted or rejected, `aid` names aid and version, `what` the item or field.
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
    act: str = ""
    aid: str = ""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """An item or field changed after a reveal, a close or a showing; the first answer is kept."""

    id: str
    label: str


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
    aids: tuple[AidEntry, ...]
    triage: TriageEntry | None

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
