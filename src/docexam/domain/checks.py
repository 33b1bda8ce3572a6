"""Consistency checks over answers and readings: each describes a fault and speaks when true."""

from __future__ import annotations

from dataclasses import dataclass

from docexam.domain import condition as cond
from docexam.domain.checklist import Check
from docexam.domain.condition import Truth
from docexam.domain.examination import Examination
from docexam.domain.standing import World

SPEAKS = "speaks"
SILENT = "silent"
WAITS = "waits"
UNDETERMINED = "undetermined"

_OUTCOMES = {Truth.T: SPEAKS, Truth.F: SILENT, Truth.W: WAITS, Truth.U: UNDETERMINED}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check came to. `because`: for an undetermined one, what could not be known."""

    check: Check
    outcome: str
    because: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What to tell; empty for a check that is silent or waits."""
        if self.outcome == SPEAKS:
            return self.check.say
        if self.outcome == UNDETERMINED:
            why = "; ".join(self.because) or "undetermined"
            return f"Could not be checked ({self.check.id.replace('-', ' ')}): {why}."
        return ""


def run_checks(examination: Examination) -> tuple[CheckResult, ...]:
    """Run every check of the checklist on the state."""
    world = World(examination)
    return tuple(_result(world, check) for check in examination.checklist.checks)


def _result(world: World, check: Check) -> CheckResult:
    condition = cond.parse(check.condition)
    outcome = _OUTCOMES[cond.evaluate(condition, world)]
    because = _unknown(world, condition) if outcome == UNDETERMINED else ()
    return CheckResult(check, outcome, because)


def _unknown(world: World, condition: cond.Condition) -> tuple[str, ...]:
    told = []
    for name in cond.causes(condition, world):
        kind, label = world.state(name).kind, _label(world, name)
        if kind == "answered":
            told.append(f"“{label}” cannot be compared as it was read")
        elif kind != "open":
            told.append(f"“{label}” is {kind.replace('-', ' ')}")
    return tuple(told)


def _label(world: World, name: str) -> str:
    field = world.examination.checklist.field_of(name)
    item = world.examination.checklist.item(name)
    return field.label if field else (item.ask if item else name)


def check_blocks(examination: Examination) -> tuple[str, ...]:
    """Return, in words, the checks in error that block a suggestion."""
    return tuple(
        f"check in error: {r.check.id}"
        for r in run_checks(examination)
        if r.outcome == SPEAKS and r.check.level == "error"
    )
