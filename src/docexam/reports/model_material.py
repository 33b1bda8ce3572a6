"""The parts of the report model about who, what and where from."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.reports.model_basis import Named, Said, Withheld


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
