"""Moving an examination to a newer version of its checklist, and comparing two versions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from docexam.domain.checklist import Checklist
from docexam.domain.events import Draft
from docexam.domain.examination import Examination
from docexam.domain.upgrading import Plan, diff, plan_upgrade, upgrade
from docexam.workbench.review import Outcome, Review

if TYPE_CHECKING:
    from docexam.casebook.protocol import Transaction


def diff_data(old: Checklist, new: Checklist) -> list[dict[str, str]]:
    """Return what changed between two checklists in meaning and in weight, as plain data."""
    return [asdict(change) for change in diff(old, new)]


def plan_data(review: Review, new: Checklist) -> dict[str, Any]:
    """Return what an upgrade would do, as plain data."""
    plan: Plan = plan_upgrade(review.examination, new)
    return {
        "from": review.examination.checklist.version,
        "to": new.version,
        "carried": dict(plan.carried),
        "reopened": dict(plan.reopened),
        "dropped": list(plan.dropped),
        "changes": [asdict(change) for change in plan.changes],
    }


def move(review: Review, new: Checklist) -> Outcome:
    """Move an examination to another version: one act, which undo takes back."""

    def decide(state: Examination) -> Draft:
        return upgrade(state, new)

    def freeze(tx: Transaction) -> None:
        tx.freeze(new.to_dict())

    return review.act(decide, "upgraded", before=freeze)
