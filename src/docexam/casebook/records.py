"""What the casebook hands out: plain records, no connection behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from docexam.domain.events import Event


@dataclass(frozen=True, slots=True)
class ExaminationRow:
    """One examination as the lists know it.

    `head_seq` and `head_hash` are the number and hash of the newest event. `checklist` is the
    SHA-256 of the frozen copy, `checklist_id` the id people know. `state`, `answered`, `total`,
    `critical_open` and `updated` are projections: they speed lists up and prove nothing.
    """

    id: str
    exhibit: str
    examiner: str
    checklist: str
    checklist_id: str
    head_seq: int
    head_hash: str
    state: str
    answered: int
    total: int
    critical_open: int
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """One exhibit with its examinations, oldest first. `case` and `exhibit` are the names."""

    id: str
    case: str
    exhibit: str
    created: str
    updated: str
    examinations: tuple[ExaminationRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a search found something.

    `what` is the key the text was indexed under, or `name` for the case's or exhibit's name
    (then `examination` is empty).
    """

    exhibit: str
    examination: str
    what: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing verification found. `seq` is the event's number, 0 for none in particular."""

    code: str
    what: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of verifying one examination. `forgotten`: texts that were disposed of."""

    examination: str
    events: int
    head_seq: int
    head_hash: str
    texts: int
    forgotten: int
    disposed: bool
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing at all was found."""
        return not self.faults


INTACT = "intact"
MISSING = "missing"
ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class OriginalState:
    """Whether an original is `intact`, `missing` or `altered`, and why."""

    sha256: str
    state: str
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether the bytes are the ones that were taken in."""
        return self.state == INTACT


@dataclass(frozen=True, slots=True)
class Stored:
    """An original that is in the casebook. `known`: its bytes had been there before.

    `restored`: the file that stood there was damaged and has been put right.
    """

    path: Path
    size: int
    known: bool = False
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Disposal:
    """What a disposal removed. `kept` are originals that other exhibits or examinations use."""

    event: Event
    texts: int
    originals: tuple[str, ...] = ()
    kept: tuple[str, ...] = field(default=())
