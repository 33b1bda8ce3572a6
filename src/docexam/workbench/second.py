"""A second examiner: started blind, compared afterwards, differences settled by name."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from docexam.domain import events as ev
from docexam.domain.acts import parse_answer
from docexam.domain.agreement import Unit
from docexam.domain.checklist import Indicator
from docexam.domain.comparing import (
    Comparison,
    ItemComparison,
    compare_examinations,
    per_item_alpha,
    unit_of,
)
from docexam.domain.events import Draft, Event, Personal
from docexam.domain.examination import CLOSED, Examination
from docexam.domain.exhibit import Capture
from docexam.domain.standing import standing_of
from docexam.errors import InputError, NotYoursError
from docexam.workbench.display import plain_answer
from docexam.workbench.gate import must_be_unswayed, own_row, refusal
from docexam.workbench.intake import begin, opening
from docexam.workbench.joint import joint_data
from docexam.workbench.packages import material_of
from docexam.workbench.review import Review

if TYPE_CHECKING:
    from docexam.casebook.records import ExhibitRow
    from docexam.workbench.bench import Workbench


def start_second(bench: Workbench, handle: str) -> Review:
    """Start an examination of the same captures with the same frozen checklist, blind."""
    who = bench.must_know_who()
    exhibit = bench.exhibit_row(handle)
    must_be_unswayed(bench.store, exhibit, who)
    first = material_of(bench.store, exhibit)
    if first is None:
        raise NotYoursError("DX-DISPOSED", "This exhibit was disposed of.", where=handle)
    draft = opening(
        (exhibit.case, exhibit.exhibit),
        exhibit.id,
        who,
        first.checklist,
        [_capture_again(c) for c in first.captures],
        first.provenance,
    )
    blind = Draft(draft.kind, {**draft.data, "blind": True})
    examination_id, at = str(uuid.uuid4()), bench.now()
    with bench.store.creating(
        case=exhibit.case,
        exhibit=exhibit.exhibit,
        examiner=who,
        checklist=first.checklist.to_dict(),
        checklist_id=first.checklist.id,
        at=at,
        second=True,
        examination_id=examination_id,
    ) as tx:
        begin(tx, examination_id, [blind], first.checklist, at, who)
    return bench.review(handle)


def _capture_again(capture: Capture) -> dict[str, Any]:
    import json

    return {
        "sha256": capture.sha256,
        "name": Personal(capture.name),
        "width": capture.width,
        "height": capture.height,
        "format": capture.format,
        "size": capture.size,
        "metadata": Personal(json.dumps(dict(capture.metadata), sort_keys=True)),
        "quality": dict(capture.quality),
    }


def compared(bench: Workbench, handle: str) -> dict[str, Any]:
    """Return the comparison of an exhibit (CASE/EXHIBIT) or of a whole case (CASE)."""
    if "/" in handle:
        return _exhibit_data(bench, bench.exhibit_row(handle))
    rows = bench.store.list_exhibits(case=handle)
    several = [r for r in rows if len(r.examinations) > 1]
    if not several:
        raise InputError("DX-COMPARE", "No exhibit of this case has two examinations.")
    return _case_data(bench, several)


def _readable(bench: Workbench, exhibit: ExhibitRow) -> list[Examination]:
    """Return the examinations that are done; raises NotYoursError while the caller's is open."""
    own = own_row(exhibit, bench.examiner)
    where = f"{exhibit.case}/{exhibit.exhibit}"
    if own is not None and own.state == "open":
        raise NotYoursError(
            "DX-BLIND",
            "Your own examination of this exhibit is open; comparing would end your blindness.",
            where=where,
            todo="Close it first with “docexam close”.",
        )
    for row in exhibit.examinations:
        if why := refusal(exhibit, row, bench.examiner):
            raise NotYoursError("DX-BLIND", why, where=where, todo="Give --examiner NAME.")
    states = [bench.fold_row(row) for row in exhibit.examinations]
    done = [s for s in states if s.state == CLOSED]
    if len(done) < 2:
        raise InputError(
            "DX-COMPARE",
            "Comparing needs two closed examinations of the exhibit.",
            where=where,
            todo="“docexam second” starts another; each is closed by its examiner.",
        )
    for row in exhibit.examinations:
        bench.pass_gate(exhibit, row)
    return done


def _exhibit_data(bench: Workbench, exhibit: ExhibitRow) -> dict[str, Any]:
    states = _readable(bench, exhibit)
    comparison = compare_examinations(states, [standing_of(s) for s in states])
    settled = adjudicated(states)
    return {
        "case": exhibit.case,
        "exhibit": exhibit.exhibit,
        "examiners": list(comparison.examiners),
        "agreement": agreement_data(comparison),
        "triage": list(comparison.triage),
        "items": [_item_data(i, comparison) for i in comparison.items],
        "adjudicated": settled,
        "joint": joint_data(states, comparison, {s["item"]: s["answer"] for s in settled}),
    }


def agreement_data(comparison: Comparison) -> dict[str, Any]:
    """Return the figures: raw first; undefined ones are null with the reason under `why`."""
    figures = comparison.agreement
    named = {"raw": figures.raw, "kappa": figures.kappa, "alpha": figures.alpha}
    interval = figures.interval
    known = interval.low is not None and interval.high is not None
    return {
        "n": figures.n,
        **{name: figure.value for name, figure in named.items()},
        "alpha_interval": [interval.low, interval.high] if known else None,
        "why": {name: f.why for name, f in named.items() if f.value is None},
    }


def _item_data(item: ItemComparison, comparison: Comparison) -> dict[str, Any]:
    answers = [
        {
            "examiner": who,
            "answer": plain_answer(finding.answer),
            "complete": finding.complete,
            "note": finding.note,
            "regions": [r.to_dict() for r in finding.regions],
        }
        for who, finding in zip(comparison.examiners, item.findings, strict=True)
        if finding is not None
    ]
    return {
        "item": item.item,
        "ask": item.ask,
        "same": item.same,
        "overlap": item.overlap,
        "answers": answers,
    }


def adjudicated(states: list[Examination]) -> list[dict[str, Any]]:
    """Return what was settled, by whom and why; a later word on an item replaces an earlier."""
    settled: dict[str, dict[str, Any]] = {}
    events = [e for s in states for e in s.events if e.kind == ev.ADJUDICATED]
    for event in sorted(events, key=lambda e: e.at):
        answer = event.data["answer"]
        settled[event.data["item"]] = {
            "item": event.data["item"],
            "answer": event.resolve(answer) if isinstance(answer, dict) else answer,
            "by": event.examiner,
            "at": event.at,
            "because": event.text("because"),
        }
    return list(settled.values())


def _case_data(bench: Workbench, rows: list[ExhibitRow]) -> dict[str, Any]:
    """Pool the items of every exhibit, and give each indicator its own alpha."""
    units: dict[str, list[Unit]] = {}
    items: dict[str, Indicator] = {}
    names: dict[str, None] = {}
    for row in rows:
        states = _readable(bench, row)
        standings = [standing_of(s) for s in states]
        names.update(dict.fromkeys(s.examiner for s in states))
        for item in states[0].checklist.walk():
            unit = unit_of(item, states, standings)
            if unit is not None:
                items[item.id] = item
                units.setdefault(item.id, []).append(unit)
    return _pooled(rows[0].case, list(names), items, units)


def _pooled(
    case: str, names: list[str], items: dict[str, Indicator], units: dict[str, list[Unit]]
) -> dict[str, Any]:
    from docexam.domain.agreement import agreement

    figures = agreement([u for many in units.values() for u in many])
    pooled = Comparison(tuple(names), (), figures)
    per_item = []
    for name, many in units.items():
        alpha = per_item_alpha(items[name], many)
        level = "ordinal" if items[name].ordered else "nominal"
        per_item.append(
            {"item": name, "n": len(many), "alpha": alpha.value, "level": level, "why": alpha.why}
        )
    return {
        "case": case,
        "examiners": names,
        "agreement": agreement_data(pooled),
        "items": [],
        "indicators": per_item,
    }


def adjudicate(bench: Workbench, handle: str, item_id: str, answer: str, because: str) -> Event:
    """Settle one item; kept in the caller's own journal, apart from what its close froze."""
    exhibit = bench.exhibit_row(handle)
    who = bench.must_know_who()
    states = _readable(bench, exhibit)
    own = next((s for s in states if s.examiner == who), None) or states[0]
    if own.examiner != who:
        raise NotYoursError(
            "DX-ADJUDICATE", "Only somebody who examined this exhibit settles an item of it."
        )
    item = own.checklist.item(item_id)
    if item is None or not because.strip():
        raise InputError(
            "DX-ADJUDICATE",
            "Settling needs an indicator of the checklist and a reason.",
            todo="docexam adjudicate CASE/EXHIBIT INDICATOR ANSWER --because TEXT",
        )
    compared = compare_examinations(states, [standing_of(s) for s in states])
    if next((i.same for i in compared.items if i.item == item.id), None):
        raise InputError("DX-ADJUDICATE", "The examiners agree on this item.", where=item.id)
    settled = parse_answer(item, answer)
    stored: Any = list(settled) if isinstance(settled, tuple) else settled
    if item.type in ("text", "number", "date") and isinstance(settled, str):
        stored = Personal(settled)
    data = {"item": item.id, "answer": stored, "because": Personal(because)}
    with bench.store.writing(own.id) as tx:
        return tx.append(Draft(ev.ADJUDICATED, data), at=bench.now(), examiner=who)
