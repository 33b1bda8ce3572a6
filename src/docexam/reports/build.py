"""From an examination to a report: pure, complete, nothing held back.

The same examination gives the same report: every date comes from the journal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docexam.domain import events as ev
from docexam.domain.checklist import QUESTIONS, Checklist
from docexam.domain.comparing import Comparison
from docexam.domain.examination import Conclusion, Examination
from docexam.domain.exhibit import Capture
from docexam.domain.standing import Standing
from docexam.reports import lists, order, weighing
from docexam.reports import model as m
from docexam.reports.entries import field_entry
from docexam.reports.proposals import aid_entries, triage_entry

_SHORT_HASH = 16


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is to be written. `question` is what was asked, as the examiner put it."""

    language: str = "en"
    marking: str = ""
    question: str = ""


def build(
    examination: Examination,
    standing: Standing,
    *,
    tool_version: str,
    options: Options | None = None,
    agreement: Comparison | None = None,
    citations: Mapping[str, str] | None = None,
) -> m.Report:
    """Return the full report of an examination; `redact` makes the others from it.

    `agreement`: the comparison with a second examiner, where it may be told. `citations`: by
    SHA-256, how the reference specimens that findings name are cited. Support is told only where
    it was revealed in the examination.
    """
    chosen = options or Options()
    head = order.head_of(examination)
    return m.Report(
        report_schema=m.REPORT_SCHEMA,
        tool_version=tool_version,
        language=chosen.language,
        marking=chosen.marking,
        redaction=m.Redaction(),
        identity=_identity(examination, head),
        question=chosen.question,
        examiner=m.ExaminerEntry(examination.examiner),
        state=order.state_of(examination),
        head=head,
        progress=lists.progress(examination, standing),
        captures=tuple(_capture(c) for c in examination.captures),
        provenance=_provenance(examination),
        checklist=_checklist(examination),
        questions=_questions(examination.checklist),
        conclusions=tuple(_conclusion(examination, c) for c in _in_order(examination)),
        support=weighing.support_entry(examination, standing),
        agreement=weighing.agreement_entry(examination, agreement),
        sections=lists.sections(examination, standing, citations or {}),
        limits=lists.limits(examination, standing),
        not_asked=lists.not_asked(examination, standing),
        waiting=lists.waiting(examination, standing),
        open_items=lists.open_items(examination, standing),
        incomplete=lists.incomplete(examination, standing),
        withheld_items=(),
        fields=tuple(field_entry(examination, f) for f in examination.checklist.fields),
        pages=lists.pages(examination),
        places=lists.places(examination),
        checks=lists.checks(examination),
        order=order.order_of_looking(examination),
        changed=order.changed_later(examination),
        aids=aid_entries(examination),
        triage=triage_entry(examination),
    )


def _identity(examination: Examination, head: m.Head) -> m.Identity:
    return m.Identity(
        case=examination.case,
        exhibit=examination.exhibit,
        exhibit_id=examination.exhibit_id,
        examination=examination.id,
        number=f"{head.seq}-{head.hash[:_SHORT_HASH]}",
        date=head.at,
    )


def _capture(capture: Capture) -> m.CaptureEntry:
    return m.CaptureEntry(
        n=capture.n,
        sha256=capture.sha256,
        name=capture.name,
        width=capture.width,
        height=capture.height,
        format=capture.format,
        bytes=capture.size,
        received=capture.at,
        quality=tuple(measure(name, capture.quality[name]) for name in capture.quality),
        metadata=tuple(_flat(capture.metadata)),
    )


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[m.Named]:
    for key in sorted(values, key=str):
        value, name = values[key], f"{prefix}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        else:
            yield m.Named(name, _text(value))


def measure(name: str, measured: Any) -> m.QualityEntry:
    """Return one measure of intake, whatever shape it has."""
    if not isinstance(measured, Mapping):
        return m.QualityEntry(name, None, "", _text(measured))
    value = measured.get("value")
    number = float(value) if isinstance(value, int | float) else None
    return m.QualityEntry(
        name, number, str(measured.get("unit", "")), str(measured.get("note", ""))
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _provenance(examination: Examination) -> m.ProvenanceEntry:
    stated = examination.provenance
    return m.ProvenanceEntry(
        source=stated.source,
        url=stated.url,
        obtained=stated.obtained,
        reliability=stated.reliability,
        credibility=stated.credibility,
        collected_by=stated.collected_by,
        seen=examination.seen_before or "",
    )


def _checklist(examination: Examination) -> m.ChecklistEntry:
    checklist = examination.checklist
    named = [e for e in examination.events if e.kind in (ev.OPENED, ev.UPGRADED)]
    return m.ChecklistEntry(
        id=checklist.id,
        version=checklist.version,
        sha256=checklist.sha256(),
        title=checklist.title,
        summary=checklist.summary,
        language=checklist.language,
        scale=checklist.scale,
        upgraded_from=tuple(_reference(e.data["checklist"]) for e in named[:-1]),
    )


def _reference(data: Mapping[str, Any]) -> str:
    return f"{data.get('id', '')} {data.get('version', '')} {data.get('sha256', '')}".strip()


def _questions(checklist: Checklist) -> tuple[m.QuestionEntry, ...]:
    asked = [(q, [p for p in checklist.propositions if p.about == q]) for q in QUESTIONS]
    return tuple(
        m.QuestionEntry(about, tuple(m.PropositionEntry(p.id, p.title) for p in propositions))
        for about, propositions in asked
        if propositions
    )


def _in_order(examination: Examination) -> Sequence[Conclusion]:
    stated = examination.conclusions
    return [stated[q] for q in QUESTIONS if q in stated]


def _suggestion(stored: Mapping[str, Any], bands: Mapping[str, str]) -> m.SuggestionEntry:
    wording = str(stored.get("wording", ""))
    return m.SuggestionEntry(
        proposition=str(stored.get("proposition", "")),
        over=str(stored.get("over", "")),
        wording=wording,
        words=bands.get(wording, wording),
        blocks=tuple(map(str, stored.get("blocks", ()))),
    )


def _conclusion(examination: Examination, conclusion: Conclusion) -> m.ConclusionEntry:
    bands = {b.id: b.words for b in examination.checklist.scale_used().bands}
    return m.ConclusionEntry(
        question=conclusion.question,
        proposition=conclusion.proposition,
        over=conclusion.over,
        wording=conclusion.wording,
        words=bands.get(conclusion.wording, conclusion.wording),
        because=conclusion.because,
        suggested=_suggestion(conclusion.suggested, bands),
        override=conclusion.override,
        limits=conclusion.limits,
        at=conclusion.at,
        seq=conclusion.seq,
    )
