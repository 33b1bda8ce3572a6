"""Redaction: from the full report to one that can be given away.

`public` is the default of every report: no free text, no reading, no value of a check that reads
one, no file name, address or hash of an original, no pixel of a face, name, number or signature,
until a person releases each of them by its key. `partner` holds back what is sensitive and keeps
the rest; `none` holds back nothing. What was taken out, how often and by which rule is listed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from docexam.domain.geometry import bounding_box
from docexam.domain.text import visible
from docexam.errors import InputError
from docexam.reports import model as m
from docexam.reports.hints import without_hints
from docexam.reports.ledger import (
    ADDRESS,
    COORDINATES,
    FILE_NAME,
    FREE_TEXT,
    METADATA,
    ORIGINAL,
    PERSON,
    TRANSCRIPTION,
    Ledger,
    Policy,
)
from docexam.reports.pixels import NOT_LOCATED, SENSITIVE_FIELD, PixelPlan, pixel_plan
from docexam.reports.redaction_aids import redacted_showings

LEVELS = (m.PUBLIC, m.PARTNER, m.NONE)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A report after redaction, and which pixels its pictures may show."""

    report: m.Report
    pixels: PixelPlan


def redact(report: m.Report, policy: Policy, *, twin: str = "") -> Redacted:
    """Return the report as `policy` lets it out, and the plan for its pixels.

    `twin`: the SHA-256 of the public copy, named in a copy that is not public. Raises InputError
    for an unknown level, a missing recipient, or a release or place that names nothing.
    """
    _check(report, policy)
    if policy.level == m.NONE:
        kept = m.Redaction(m.NONE, policy.for_whom, twin=twin)
        return Redacted(replace(report, redaction=kept), PixelPlan())
    plan = pixel_plan(report, policy.release, policy.withhold)
    ledger = Ledger(policy)
    out = _redacted(report, plan, ledger)
    _known(policy.release, ledger.keys | _pixel_keys(report, policy))
    told = m.Redaction(
        level=policy.level,
        for_whom=policy.for_whom,
        removed=(*ledger.removed(), *_pixels_removed(plan)),
        released=tuple(sorted(policy.release)),
        twin=twin if policy.level != m.PUBLIC else "",
    )
    return Redacted(replace(out, redaction=told), plan)


def _check(report: m.Report, policy: Policy) -> None:
    if policy.level not in LEVELS:
        raise InputError(
            "DX-REDACT",
            f"“{visible(policy.level[:40])}” is no level of redaction.",
            todo=f"One of: {', '.join(LEVELS)}.",
        )
    if policy.level != m.PUBLIC and not policy.for_whom.strip():
        raise InputError(
            "DX-REDACT-FOR",
            "A copy that is not public names its recipient.",
            todo="Give --for WHO.",
        )
    _known(policy.withhold, {p.id for p in report.places}, what="place")


def _known(given: Iterable[str], known: set[str], what: str = "thing to release") -> None:
    for key in sorted(set(given) - known):
        close = difflib.get_close_matches(key, sorted(known), n=3)
        hint = f"Did you mean {' or '.join(close)}?" if close else ""
        raise InputError(
            "DX-RELEASE", f"There is no {what} “{visible(key[:80])}” in this report.", todo=hint
        )


def _pixel_keys(report: m.Report, policy: Policy) -> set[str]:
    places = {p.id for p in report.places if p.sensitive} | policy.withhold
    return {
        *(f"pixels:{c.n}" for c in report.captures),
        *(f"place:{name}" for name in places),
        *(f"field-pixels:{f.id}" for f in report.fields if f.sensitive),
    }


def _pixels_removed(plan: PixelPlan) -> tuple[m.RemovedEntry, ...]:
    taken: dict[str, list[str]] = {}
    for n, capture in plan.captures.items():
        if capture.withheld:
            taken.setdefault(NOT_LOCATED, []).append(f"pixels:{n}")
        for cover in capture.covers:
            taken.setdefault(cover.rule, []).append(cover.key)
    return tuple(
        m.RemovedEntry(rule, "pixels", len(keys), tuple(dict.fromkeys(keys)))
        for rule, keys in taken.items()
    )


def _redacted(report: m.Report, plan: PixelPlan, ledger: Ledger) -> m.Report:
    fields = tuple(
        replace(_field(f, plan, ledger), proposals=redacted_showings(report, f, ledger))
        for f in report.fields
    )
    sections = tuple(
        replace(
            s,
            findings=tuple(
                replace(_finding(f, plan, ledger), proposals=redacted_showings(report, f, ledger))
                for f in s.findings
            ),
        )
        for s in report.sections
    )
    not_asked = tuple(replace(n, kept=_kept(n, ledger)) for n in report.not_asked)
    changed = replace(report, fields=fields, sections=sections, not_asked=not_asked)
    changed = replace(
        changed,
        question=ledger.take(report.question, FREE_TEXT, "question", "question"),
        captures=tuple(_capture(c, plan, ledger) for c in report.captures),
        provenance=_provenance(report.provenance, ledger),
        conclusions=tuple(_conclusion(c, ledger) for c in report.conclusions),
        agreement=_agreement(report, ledger),
        places=tuple(_place(p, plan, ledger) for p in report.places),
        order=tuple(_step(s, ledger) for s in report.order),
    )
    return without_hints(changed, ledger)


def _capture(capture: m.CaptureEntry, plan: PixelPlan, ledger: Ledger) -> m.CaptureEntry:
    n = capture.n
    original, metadata = f"original:{n}", f"metadata:{n}"
    held = ledger.holds(ORIGINAL, original)
    pixels = m.Withheld(NOT_LOCATED) if plan.of(n).withheld else ""
    telling: tuple[m.Named, ...] | m.Withheld = capture.metadata
    if capture.metadata and ledger.holds(METADATA, metadata):
        telling = ledger.note(METADATA, "metadata", metadata)
    return replace(
        capture,
        sha256=ledger.take(capture.sha256, ORIGINAL, "hash", original),
        bytes=m.Withheld(ORIGINAL) if held else capture.bytes,
        name=ledger.take(capture.name, FILE_NAME, "file-name", f"file-name:{n}"),
        quality=tuple(map(_unmeasured, capture.quality)) if held else capture.quality,
        metadata=telling,
        pixels=pixels,
    )


def _unmeasured(entry: m.QualityEntry) -> m.QualityEntry:
    """Drop exact measures: they would tell which file of several the original is."""
    clauses = (_wordy(clause, ":") for clause in entry.note.split(";"))
    words = "; ".join(clause for clause in clauses if clause)
    value = None if entry.value is None else m.Withheld(ORIGINAL)
    return replace(entry, value=value, note=words)


def _wordy(text: str, between: str) -> str:
    parts = (part.strip() for part in text.split(between))
    return f"{between} ".join(p for p in parts if p and not any(c.isdigit() for c in p))


def _provenance(stated: m.ProvenanceEntry, ledger: Ledger) -> m.ProvenanceEntry:
    return replace(
        stated,
        source=ledger.take(stated.source, FREE_TEXT, "source", "source"),
        url=ledger.take(stated.url, ADDRESS, "address", "address"),
        obtained=ledger.take(stated.obtained, FREE_TEXT, "obtained", "obtained"),
        collected_by=ledger.take(stated.collected_by, PERSON, "person", "collected-by"),
        seen=ledger.take(stated.seen, FREE_TEXT, "seen", "seen"),
    )


def _finding(finding: m.FindingEntry, plan: PixelPlan, ledger: Ledger) -> m.FindingEntry:
    name = finding.item
    regions = tuple(_region(r, plan, ledger, f"regions:{name}") for r in finding.regions)
    hidden = any(isinstance(r.shape, m.Withheld) for r in regions)
    lacks = replace(finding.lacks, have_px=0) if finding.lacks and hidden else finding.lacks
    view = finding.view
    if view and ledger.policy.level == m.PUBLIC:
        view = replace(view, other=())
    first = finding.first
    return replace(
        finding,
        answer=_answer(finding.answer, name, ledger),
        first=None if first is None else _answer(first, name, ledger),
        note=ledger.take(finding.note, FREE_TEXT, "note", f"note:{name}"),
        reason=ledger.take(finding.reason, FREE_TEXT, "reason", f"reason:{name}"),
        entered_by=ledger.take(finding.entered_by, PERSON, "person", f"entered-by:{name}"),
        regions=regions,
        lacks=lacks,
        view=view,
    )


def _answer(
    answer: m.AnswerEntry | m.Withheld, item: str, ledger: Ledger
) -> m.AnswerEntry | m.Withheld:
    if isinstance(answer, m.Withheld):
        return answer
    return replace(answer, value=ledger.take(answer.value, FREE_TEXT, "answer", f"answer:{item}"))


def _kept(entry: m.NotAskedEntry, ledger: Ledger) -> m.AnswerEntry | m.Withheld | None:
    return None if entry.kept is None else _answer(entry.kept, entry.item, ledger)


def _region(region: m.RegionEntry, plan: PixelPlan, ledger: Ledger, key: str) -> m.RegionEntry:
    if not isinstance(region.shape, m.Shape):
        return region
    if not plan.of(region.capture).touches(bounding_box(region.shape.points)):
        return region
    if not ledger.holds(COORDINATES, key):
        return region
    return replace(region, shape=ledger.note(COORDINATES, "coordinates", key))


def _field(spec: m.FieldEntry, plan: PixelPlan, ledger: Ledger) -> m.FieldEntry:
    rule = SENSITIVE_FIELD if spec.sensitive else TRANSCRIPTION
    key = f"field:{spec.id}"

    def taken(value: m.Said, what: str) -> m.Said:
        return ledger.take(value, rule, what, key)

    hidden = bool(spec.raw or spec.corrected) and ledger.holds(rule, key)
    # Even an empty one would tell in which letters the reading is.
    latin = m.Withheld(rule) if hidden else spec.transliteration
    return replace(
        spec,
        raw=taken(spec.raw, "reading"),
        corrected=taken(spec.corrected, "reading"),
        transliteration=latin,
        first=taken(spec.first, "reading"),
        note=ledger.take(spec.note, FREE_TEXT, "note", f"note:{spec.id}"),
        reason=ledger.take(spec.reason, FREE_TEXT, "reason", f"reason:{spec.id}"),
        scripts=() if hidden else spec.scripts,
        departs=() if hidden else spec.departs,
        regions=tuple(_region(r, plan, ledger, f"regions:{spec.id}") for r in spec.regions),
    )


def _place(place: m.PlaceEntry, plan: PixelPlan, ledger: Ledger) -> m.PlaceEntry:
    key = f"regions:{place.id}"
    return replace(place, marked=tuple(_region(r, plan, ledger, key) for r in place.marked))


def _step(step: m.StepEntry, ledger: Ledger) -> m.StepEntry:
    return replace(step, text=ledger.take(step.text, FREE_TEXT, "entry", f"entry:{step.seq}"))


def _conclusion(stated: m.ConclusionEntry, ledger: Ledger) -> m.ConclusionEntry:
    about = stated.question
    because, override = f"because:{about}", f"override:{about}"
    return replace(
        stated,
        because=ledger.take(stated.because, FREE_TEXT, "reason", because),
        override=ledger.take(stated.override, FREE_TEXT, "reason", override),
        limits=tuple(
            ledger.take(text, FREE_TEXT, "limit", f"limit:{about}") for text in stated.limits
        ),
    )


def _agreement(report: m.Report, ledger: Ledger) -> m.AgreementEntry | None:
    entry = report.agreement
    if entry is None:
        return None
    own = report.examiner.name
    names = tuple(
        name if name == own else ledger.take(name, PERSON, "person", f"examiner:{n}")
        for n, name in enumerate(entry.examiners, 1)
    )
    differ = tuple(_difference(d, ledger) for d in entry.differ)
    return replace(entry, examiners=names, differ=differ)


def _difference(entry: m.DifferenceEntry, ledger: Ledger) -> m.DifferenceEntry:
    answers = tuple(None if a is None else _answer(a, entry.item, ledger) for a in entry.answers)
    return replace(entry, answers=answers)
