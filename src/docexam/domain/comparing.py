"""Several examinations of one exhibit set side by side, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docexam.domain.agreement import Agreement, Figure, Unit, agreement, krippendorff_alpha
from docexam.domain.checklist import Indicator
from docexam.domain.examination import Examination
from docexam.domain.finding import Answer, Finding
from docexam.domain.geometry import overlap
from docexam.domain.standing import Standing

COMPARED_TYPES = ("choice", "yesno")


@dataclass(frozen=True, slots=True)
class ItemComparison:
    """One item in every examination, in their order; None where it is open or hidden.

    `overlap`: the largest intersection over union of two examiners' regions on one capture, None
    where fewer than two marked one. `same` is None unless at least two answered.
    """

    item: str
    ask: str
    findings: tuple[Finding | None, ...]
    same: bool | None
    overlap: float | None
    alpha: Figure | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every item side by side and the figures over the choice and yesno items.

    `triage`: those who had the proposals of aids open before they answered.
    """

    examiners: tuple[str, ...]
    items: tuple[ItemComparison, ...]
    agreement: Agreement
    triage: tuple[str, ...] = ()


def compare_examinations(
    examinations: Sequence[Examination], standings: Sequence[Standing]
) -> Comparison:
    """Compare examinations made with one frozen checklist; raises ValueError for several."""
    if len({e.checklist.sha256() for e in examinations}) != 1:
        raise ValueError("the examinations were made with different checklists")
    items = list(examinations[0].checklist.walk())
    compared = tuple(_item(i, examinations, standings) for i in items)
    units = [u for i in items if (u := unit_of(i, examinations, standings))]
    return Comparison(
        examiners=tuple(e.examiner for e in examinations),
        items=compared,
        agreement=agreement(units),
        triage=tuple(e.examiner for e in examinations if e.revealed("aids")),
    )


def unit_of(
    item: Indicator, examinations: Sequence[Examination], standings: Sequence[Standing]
) -> Unit | None:
    """Return the ratings of one choice or yesno item, None per examiner where it does not count.

    An answer counts when it is complete and the item visible; non-answers are categories.
    """
    if item.type not in COMPARED_TYPES:
        return None
    return tuple(
        _rating(e.finding(item.id)) if s.items[item.id].visible else None
        for e, s in zip(examinations, standings, strict=True)
    )


def _rating(finding: Finding) -> str | None:
    return finding.answer if finding.answered and isinstance(finding.answer, str) else None


def _item(
    item: Indicator, examinations: Sequence[Examination], standings: Sequence[Standing]
) -> ItemComparison:
    findings = tuple(
        e.findings.get(item.id) if s.items[item.id].visible else None
        for e, s in zip(examinations, standings, strict=True)
    )
    answers: list[Answer] = [f.answer for f in findings if f and f.answered]
    return ItemComparison(
        item=item.id,
        ask=item.ask,
        findings=findings,
        same=all(a == answers[0] for a in answers) if len(answers) > 1 else None,
        overlap=_overlap([f for f in findings if f]),
    )


def _overlap(findings: Sequence[Finding]) -> float | None:
    shares = [
        overlap(a.points, b.points)
        for n, one in enumerate(findings)
        for other in findings[n + 1 :]
        for a in one.regions
        for b in other.regions
        if a.capture == b.capture
    ]
    marked = sum(bool(f.regions) for f in findings)
    return max(shares, default=0.0) if marked > 1 else None


def per_item_alpha(item: Indicator, units: Sequence[Unit]) -> Figure:
    """Return one item's alpha across the exhibits of a case; ordinal where its answers are a scale.

    Non-answers stand outside a scale, so ordinal alpha is over the ratings that are choices.
    """
    if not item.ordered:
        return krippendorff_alpha(units)
    order = [c.id for c in item.choices]
    kept = [tuple(v if v in order else None for v in unit) for unit in units]
    return krippendorff_alpha(kept, ordered=order)
