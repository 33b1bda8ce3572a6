"""The state of an examination as plain data: the JSON that other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docexam.domain.aids import aids_of
from docexam.domain.checklist import Checklist, Indicator
from docexam.domain.examination import Examination
from docexam.domain.exhibit import Capture
from docexam.domain.finding import Answer, Finding, Reading
from docexam.domain.reading import reading_note
from docexam.domain.standing import Standing
from docexam.domain.transliteration import transliterate
from docexam.workbench.aid_display import shown_list


def shown(state: Examination, standing: Standing, broken: Mapping[str, str]) -> dict[str, Any]:
    """Return what `docexam show --json` prints.

    `broken` maps the hashes of damaged originals to the reason.
    """
    progress = standing.progress()
    return {
        "case": state.case,
        "exhibit": state.exhibit,
        "examination": state.id,
        "examiner": state.examiner,
        "state": state.state,
        "checklist": {
            "id": state.checklist.id,
            "version": state.checklist.version,
            "sha256": state.checklist.sha256(),
        },
        "captures": [_capture(c, broken) for c in state.captures],
        "provenance": _provenance(state),
        "findings": {k: _finding(f, standing) for k, f in state.findings.items()},
        "fields": {k: _reading(state, r) for k, r in state.fields.items()},
        "places": [
            {"place": place, **region.to_dict()} for (place, _), region in state.places.items()
        ],
        "flags": sorted(state.flags),
        "reveals": [{"what": r.what, "at": r.at, "seq": r.seq} for r in state.reveals],
        "proposals": shown_list(state),
        "seen_before": state.seen_before,
        "progress": {
            "answered": progress.answered,
            "total": progress.total,
            "critical_open": progress.critical_open,
        },
        "head": {"seq": state.head[0], "hash": state.head[1]},
    }


def _capture(capture: Capture, broken: Mapping[str, str]) -> dict[str, Any]:
    data = {
        "n": capture.n,
        "sha256": capture.sha256,
        "name": capture.name,
        "width": capture.width,
        "height": capture.height,
        "format": capture.format,
        "size": capture.size,
        "quality": dict(capture.quality),
        "metadata": dict(capture.metadata),
    }
    return data | ({"broken": broken[capture.sha256]} if capture.sha256 in broken else {})


def _provenance(state: Examination) -> dict[str, str]:
    stated = state.provenance
    names = ("source", "url", "obtained", "reliability", "credibility", "collected_by")
    return {name: getattr(stated, name) or "not stated" for name in names}


def plain_answer(answer: Answer) -> str | list[str]:
    """Return an answer as JSON holds it: a list for `many`, `open` for none."""
    if answer is None:
        return "open"
    return list(answer) if isinstance(answer, tuple) else answer


def _finding(finding: Finding, standing: Standing) -> dict[str, Any]:
    where = standing.items.get(finding.item)
    data: dict[str, Any] = {
        "answer": plain_answer(finding.answer),
        "complete": finding.complete,
        "hidden": bool(where and where.hidden),
        "note": finding.note,
        "cause": finding.cause,
        "reason": finding.reason,
        "examiner": finding.examiner,
        "at": finding.at,
        "regions": [r.to_dict() for r in finding.regions],
    }
    if finding.has_first:
        data["first"] = plain_answer(finding.first)
    if finding.by_fact:
        data["by_fact"] = finding.by_fact
    if finding.view is not None:
        data["view"] = dict(finding.view)
        data["crop_seen"] = finding.crop_seen
    if finding.reference:
        data["reference"] = finding.reference
    if finding.entered_by:
        data["entered_by"] = finding.entered_by
    if finding.aided:
        data["aided"] = finding.aided
    return data


def _reading(state: Examination, reading: Reading) -> dict[str, Any]:
    spec = state.checklist.field_of(reading.field)
    data = {
        "raw": reading.raw,
        "corrected": reading.corrected,
        "transliteration": transliterate(reading.value),
        "answer": reading.answer,
        "cause": reading.cause,
        "note": reading.note,
        "examiner": reading.examiner,
        "at": reading.at,
        "regions": [r.to_dict() for r in reading.regions],
        "remark": reading_note(spec, reading.value) if spec and reading.value else "",
    }
    more = {"aided": reading.aided, "aid": reading.aid}
    data |= {name: value for name, value in more.items() if value}
    return data | ({"first": reading.first} if reading.has_first else {})


def checklist_shown(checklist: Checklist) -> dict[str, Any]:
    """Return what `docexam checklist show --json` prints: includes resolved, in walking order."""
    return {
        "id": checklist.id,
        "version": checklist.version,
        "sha256": checklist.sha256(),
        "title": checklist.title,
        "language": checklist.language,
        "summary": checklist.summary,
        "propositions": [
            {"id": p.id, "about": p.about, "title": p.title} for p in checklist.propositions
        ],
        "fields": [_field(checklist, f) for f in checklist.fields],
        "sections": [{"id": s.id, "title": s.title} for s in checklist.sections],
        "places": [
            {"id": p.id, "page": p.page, "title": p.title, "holds": p.holds}
            for p in checklist.places
        ],
        "checks": [
            {"id": c.id, "if": c.condition, "level": c.level, "say": c.say}
            for c in checklist.checks
        ],
        "indicators": [_indicator(i) for i in checklist.walk()],
    }


def _field(checklist: Checklist, field: Any) -> dict[str, Any]:
    names = ("id", "label", "type", "script", "page", "place", "pattern", "sensitive", "source")
    given = {name: getattr(field, name) for name in names}
    return given | {"aids": list(aids_of(checklist, field.id))}


def _indicator(item: Indicator) -> dict[str, Any]:
    return {
        "id": item.id,
        "section": item.section,
        "ask": item.ask,
        "type": item.type,
        "choices": [_choice(c) for c in item.choices],
        "critical": item.critical,
        "stage": 0 if item.fact else item.stage,
        "look": list(item.look),
        "shows": item.shows,
        "does_not_show": item.does_not_show,
        "fact": item.fact,
        "kind": item.kind,
        "when": item.when,
        "page": item.page,
        "place": item.place,
        "level": item.level,
        "min_px": item.min_px,
        "from_claim": item.from_claim,
        "aid": item.aid,
        "status": item.status,
        "source": item.source,
    }


def _choice(choice: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"id": choice.id, "label": choice.label}
    if choice.evidence:
        data["evidence"] = choice.evidence
    if choice.bears:
        data["bears"] = {k: v / 100 for k, v in choice.bears.items()}
    if choice.innocent:
        data["innocent"] = list(choice.innocent)
    return data
