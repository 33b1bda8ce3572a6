"""From findings, readings and regions of an examination to the entries of a report."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from docexam.domain import condition as cond
from docexam.domain import geometry
from docexam.domain.acts import page_of
from docexam.domain.checklist import Choice, Field, Indicator
from docexam.domain.dates import parse_date
from docexam.domain.examination import Examination
from docexam.domain.finding import Answer, Finding, Reading, Region
from docexam.domain.pattern import matches
from docexam.domain.text import comparable, scripts_of
from docexam.domain.transliteration import transliterate
from docexam.reports import model as m
from docexam.reports.proposals import showing_entries

_ENHANCEMENTS = ("channel", "grey", "contrast", "sharpen", "invert")
_VIEW_KEYS = frozenset({"renderer", "scale", "rotation", "below_one_to_one", *_ENHANCEMENTS})
_TYPED = ("text", "number", "date")


def finding_entry(
    examination: Examination, item: Indicator, citations: Mapping[str, str]
) -> m.FindingEntry:
    """Return the entry of one item with the answer it has, open ones included."""
    finding = examination.finding(item.id)
    shown = finding.chosen(item)
    return m.FindingEntry(
        item=item.id,
        question=item.ask,
        kind=item.kind,
        type=item.type,
        fact=item.fact,
        critical=item.critical,
        level=item.level,
        stage=item.stage,
        page=page_of(examination, item),
        place=item.place,
        from_claim=item.from_claim,
        answer=answer_entry(item, finding.answer),
        complete=finding.complete,
        lacks=_lack(examination, item, finding),
        note=finding.note,
        cause=finding.cause,
        reason=finding.reason,
        first=answer_entry(item, finding.first) if finding.has_first else None,
        regions=region_entries(examination, finding.regions),
        view=view_entry(finding.view) if finding.view else None,
        crop_seen=finding.crop_seen,
        reference=citations.get(finding.reference, finding.reference),
        shows=item.shows,
        does_not_show=item.does_not_show,
        innocent=_innocent(item, shown),
        source=item.source,
        status=item.status,
        by_fact=finding.by_fact,
        entered_by=finding.entered_by,
        examiner=finding.examiner,
        at=finding.at,
        seq=finding.seq,
        condition=cond.canonical_text(item.when) if item.when else "",
        aided=finding.aided,
        proposals=showing_entries(examination, item.id),
    )


def answer_entry(item: Indicator, answer: Answer) -> m.AnswerEntry:
    """Return an answer with the labels of its choices."""
    if answer is None:
        return m.AnswerEntry("open")
    probe = Finding(item.id, answer=answer)
    if probe.non_answer:
        return m.AnswerEntry("non-answer", non_answer=probe.non_answer)
    if item.type in _TYPED:
        return m.AnswerEntry("value", value=str(answer))
    chosen = tuple(_choice_entry(item, c) for c in probe.chosen(item))
    return m.AnswerEntry("choices" if isinstance(answer, tuple) else "choice", choices=chosen)


def _choice_entry(item: Indicator, choice_id: str) -> m.ChoiceEntry:
    choice = item.choice(choice_id)
    return m.ChoiceEntry(choice_id, choice.label if choice else choice_id)


def _innocent(item: Indicator, chosen: Sequence[str]) -> tuple[str, ...]:
    choices = [c for c in map(item.choice, chosen) if c]
    return tuple(dict.fromkeys(text for c in choices for text in c.innocent))


def _lack(examination: Examination, item: Indicator, finding: Finding) -> m.LackEntry | None:
    if finding.answer is None or finding.complete:
        return None
    demands = [c for c in map(item.choice, finding.chosen(item)) if c and c.evidence == "region"]
    sides = [_shorter_side(examination, region) for region in finding.regions]
    return m.LackEntry(
        choice=_label(demands),
        have_px=int(max(sides, default=0.0)),
        need_px=item.min_px,
        no_region=not finding.regions,
    )


def _label(choices: Sequence[Choice]) -> str:
    return choices[0].label if choices else ""


def _shorter_side(examination: Examination, region: Region) -> float:
    capture = examination.capture(region.capture)
    if capture is None:
        return 0.0
    return geometry.shorter_side_px(region.points, capture.width, capture.height)


def region_entries(
    examination: Examination, regions: Sequence[Region]
) -> tuple[m.RegionEntry, ...]:
    """Return regions by the number of their capture, with their size in pixels."""
    return tuple(region_entry(examination, region) for region in regions)


def region_entry(examination: Examination, region: Region) -> m.RegionEntry:
    """Return one region by the number of its capture."""
    capture = examination.capture(region.capture)
    xs, ys = zip(*region.points, strict=True)
    width, height = (capture.width, capture.height) if capture else (0, 0)
    shape = m.Shape(
        box=region.box or (),
        polygon=region.polygon or (),
        width_px=round((max(xs) - min(xs)) * width),
        height_px=round((max(ys) - min(ys)) * height),
    )
    return m.RegionEntry(capture.n if capture else 0, shape)


def view_entry(view: Mapping[str, Any]) -> m.ViewEntry:
    """Return what was on the screen; keys this version has no name for are kept as they are."""
    return m.ViewEntry(
        renderer=str(view.get("renderer", "")),
        scale=_number(view.get("scale")),
        rotation=int(_number(view.get("rotation"))),
        enhancements=tuple(m.Named(k, _plain(view[k])) for k in _ENHANCEMENTS if view.get(k)),
        below_one_to_one=view.get("below_one_to_one") is True,
        other=tuple(m.Named(str(k), _plain(view[k])) for k in sorted(view) if k not in _VIEW_KEYS),
    )


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if math.isfinite(value) else 0.0


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def field_entry(examination: Examination, spec: Field) -> m.FieldEntry:
    """Return the entry of one field, read or not."""
    reading = examination.fields.get(spec.id) or Reading(spec.id)
    text = reading.value
    return m.FieldEntry(
        id=spec.id,
        label=spec.label,
        type=spec.type,
        script=spec.script,
        page=page_of(examination, spec),
        place=spec.place,
        sensitive=spec.sensitive,
        raw=reading.raw,
        corrected=reading.corrected,
        transliteration=transliterate(text),
        non_answer=reading.answer,
        cause=reading.cause,
        note=reading.note,
        reason=reading.reason,
        first=reading.first,
        has_first=reading.has_first,
        scripts=scripts_of(reading.raw),
        departs=departures(spec, text) if text else (),
        regions=region_entries(examination, reading.regions),
        by_fact=reading.by_fact,
        source=spec.source,
        status=spec.status,
        examiner=reading.examiner,
        at=reading.at,
        seq=reading.seq,
        aided=reading.aided,
        aid=reading.aid,
        proposals=showing_entries(examination, spec.id),
    )


def departures(spec: Field, reading: str) -> tuple[str, ...]:
    """Return codes of how a reading departs from its field: script, pattern, date, number."""
    text = comparable(reading)
    found = scripts_of(text)
    faults = {
        "script": bool(spec.script and found and found != (spec.script,)),
        "pattern": bool(spec.pattern and not matches(spec.pattern, text)),
        "date": spec.type == "date" and parse_date(text, spec.date_order) is None,
        "number": spec.type == "number" and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", text),
    }
    return tuple(code for code, departs in faults.items() if departs)
