"""The parts of the report model about support, conclusions and agreement."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.reports.model_basis import Said, Withheld
from docexam.reports.model_findings import AnswerEntry


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
    `triage`: how many of the examiners had the proposals of aids open before they answered.
    """

    examiners: tuple[Said, ...]
    n: int
    raw: FigureEntry
    kappa: FigureEntry
    alpha: FigureEntry
    low: float | None
    high: float | None
    differ: tuple[DifferenceEntry, ...]
    triage: int = 0
