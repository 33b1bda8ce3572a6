"""The parts of the report model about aids: what was proposed, when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.reports.model_basis import Said


@dataclass(frozen=True, slots=True)
class ProposalEntry:
    """One proposal: its sentence, and what became of it.

    `act`: adopted, rejected, or empty for neither. `altered`: the examiner corrected what he took
    over. `reason` and `at` are the act's.
    """

    says: Said
    act: str = ""
    reason: Said = ""
    at: str = ""
    altered: bool = False


@dataclass(frozen=True, slots=True)
class ShowingEntry:
    """One act of showing what an aid proposed on an item or a field.

    `before_answer`: nothing had been answered or read there yet. `also`: ids of other fields that
    the proposals speak of. Without proposals the aid had nothing to propose.
    """

    aid: str
    version: str
    title: str
    at: str
    seq: int
    before_answer: bool
    also: tuple[str, ...]
    proposals: tuple[ProposalEntry, ...]


@dataclass(frozen=True, slots=True)
class AidFigureEntry:
    """One measured figure of an aid's card, over `n` things of some material."""

    name: str
    value: float
    n: int
    material: str


@dataclass(frozen=True, slots=True)
class AidEntry:
    """An aid whose proposals were shown, with its card as it was when they were first shown.

    `synthetic`: the material it was measured on was made up. `more`: how many figures of the card
    are not among these.
    """

    aid: str
    version: str
    title: str
    measured: str
    synthetic: bool
    figures: tuple[AidFigureEntry, ...]
    more: int
    showings: int


@dataclass(frozen=True, slots=True)
class TriageEntry:
    """Since when proposals were shown before the answers; `answers`: how many were given after."""

    at: str
    seq: int
    answers: int
    readings: int
