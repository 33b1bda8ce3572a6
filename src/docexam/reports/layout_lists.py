"""Limits, items without an answer, fields, places and checks."""

from __future__ import annotations

from docexam.reports import model as m
from docexam.reports.document import (
    Block,
    Bullets,
    Heading,
    Line,
    Paragraph,
    Table,
    code,
    joined,
    line,
    strong,
)
from docexam.reports.layout_aids import showing_line, triage
from docexam.reports.phrases import Phrases


def limits(phrases: Phrases) -> list[Block]:
    """Return what could not be answered, by non-answer and cause."""
    words, found = phrases.words, phrases.report.limits
    blocks: list[Block] = triage(phrases)
    if not found:
        return [*blocks, Paragraph(line(words("limits.none")))]
    blocks.append(Paragraph(line(words("limits.text"))))
    for limit in found:
        told = phrases.non_answer(limit.non_answer, limit.cause, limit.by_fact)
        blocks.append(Heading(3, line(told[:1].upper() + told[1:])))
        blocks.append(Bullets(tuple(_item(phrases, i) for i in limit.items)))
    return blocks


def _item(phrases: Phrases, item: m.ItemEntry, more: str = "") -> Line:
    words = phrases.words
    told = [words("finding.critical")] if item.critical else []
    if not item.stage_open:
        told.append(words("unanswered.stage"))
    if more:
        told.append(more)
    return line(item.question, f" ({words('join').join(told)})" if told else "")


def unanswered(phrases: Phrases) -> list[Block]:
    """Return what is open, incomplete, waiting, and what a condition excludes."""
    report, words = phrases.report, phrases.words
    groups: list[tuple[str, list[Line]]] = [
        ("unanswered.open", [_item(phrases, i) for i in report.open_items]),
        ("unanswered.incomplete", [_item(phrases, i) for i in report.incomplete]),
        ("unanswered.waiting", [_waiting(phrases, w) for w in report.waiting]),
        ("unanswered.not-asked", [_not_asked(phrases, n) for n in report.not_asked]),
        ("unanswered.withheld", [line(i.question) for i in report.withheld_items]),
    ]
    blocks: list[Block] = []
    for key, items in groups:
        if items:
            blocks.append(Heading(3, line(words(key))))
            blocks.append(Bullets(tuple(items)))
    return blocks or [Paragraph(line(words("unanswered.none")))]


def _waiting(phrases: Phrases, entry: m.WaitingEntry) -> Line:
    words = phrases.words
    on = words("join").join(words.quoted(name) for name in entry.on)
    return line(words("unanswered.waiting.on", question=entry.question, on=on))


def _not_asked(phrases: Phrases, entry: m.NotAskedEntry) -> Line:
    words = phrases.words
    parts = line(entry.question, words("unanswered.only-if"), code(entry.condition))
    if entry.kept is None:
        return parts
    return line(parts, words("unanswered.kept"), phrases.answer(entry.kept))


def fields(phrases: Phrases) -> list[Block]:
    """Return what was transcribed: raw, corrected, in Latin letters, with remarks."""
    report, words = phrases.report, phrases.words
    if not report.fields:
        return [Paragraph(line(words("fields.none")))]
    # A field on a page that is not shown stands among the limits.
    touched = [f for f in report.fields if f.at and not f.by_fact]
    blocks: list[Block] = []
    if touched:
        head = ("fields.field", "fields.raw", "fields.corrected", "fields.latin", "fields.remarks")
        rows = tuple(_field_row(phrases, f) for f in touched)
        blocks += [Paragraph(line(words("fields.text"))), Table(tuple(map(words, head)), rows)]
    for field in touched:
        if field.proposals:
            blocks.append(Paragraph(line(strong(words("aids.row")), f": {field.label}")))
            blocks.append(Bullets(tuple(showing_line(phrases, s) for s in field.proposals)))
    left = [f.label for f in report.fields if not f.at]
    if left:
        names = words("join").join(left)
        blocks.append(Paragraph(line(words("fields.untouched", names=names))))
    return blocks


def _field_row(phrases: Phrases, field: m.FieldEntry) -> tuple[Line, ...]:
    raw = phrases.said(field.raw)
    if field.non_answer:
        told = phrases.non_answer(field.non_answer, field.cause, field.by_fact)
        raw = line(phrases.words("finding.non-answer", what=told))
    return (
        line(field.label),
        raw,
        phrases.said(field.corrected),
        phrases.said(field.transliteration, ""),
        _remarks(phrases, field),
    )


def _remarks(phrases: Phrases, field: m.FieldEntry) -> Line:
    words = phrases.words
    told: list[Line] = []
    if field.scripts:
        scripts = ", ".join(words.code("script", s) for s in field.scripts)
        told.append(line(words("fields.script", scripts=scripts)))
    expected = words.code("script", field.script)
    told += [line(words(f"departs.{code}", expected=expected)) for code in field.departs]
    if field.aid:
        told.append(line(words("fields.adopted", aid=field.aid)))
    if field.aided:
        told.append(line(words.code("aided", field.aided)))
    if field.has_first:
        told.append(line(words("fields.first"), " ", phrases.said(field.first)))
    if field.reason:
        told.append(line(words("fields.reason"), " ", phrases.said(field.reason)))
    if field.note:
        told.append(line(words("fields.note"), " ", phrases.said(field.note)))
    told += [phrases.region(region) for region in field.regions]
    return joined(told, words("join"))


def places(phrases: Phrases) -> list[Block]:
    """Return the places marked on the images."""
    words, report = phrases.words, phrases.report
    marked = [(place, region) for place in report.places for region in place.marked]
    if not marked:
        return [Paragraph(line(words("places.none")))]
    head = (words("places.place"), words("places.holds"), words("places.where"))
    rows = tuple(
        (line(place.title), line(words.code("holds", place.holds)), phrases.region(region))
        for place, region in marked
    )
    return [Table(head, rows)]


def checks(phrases: Phrases) -> list[Block]:
    """Return the consistency checks by what they came to."""
    words, found = phrases.words, phrases.report.checks
    if not found:
        return [Paragraph(line(words("checks.none")))]
    blocks: list[Block] = [Paragraph(line(words("checks.text")))]
    for outcome in ("speaks", "undetermined", "waits", "silent", "withheld"):
        items = [_check(phrases, c) for c in found if c.outcome == outcome]
        if items:
            blocks.append(Heading(3, line(words(f"checks.{outcome}"))))
            blocks.append(Bullets(tuple(items)))
    return blocks


def _check(phrases: Phrases, check: m.CheckEntry) -> Line:
    words = phrases.words
    level = words.code("check-level", check.level)
    if check.outcome == "speaks":
        basis = phrases.basis(check.status, check.source)
        basis_told = line(words("checks.basis"), " ", basis) if basis else ()
        return joined([line(words("checks.item", say=check.say, level=level)), basis_told], " ")
    told = line(words("checks.rule", say=check.say))
    if check.outcome not in ("undetermined", "waits"):
        return told
    why = words("join").join(_cause(phrases, c) for c in check.because)
    return line(told, " ", words(f"checks.because.{check.outcome}", why=why))


def _cause(phrases: Phrases, cause: m.CauseEntry) -> str:
    words = phrases.words
    key = f"check-cause.{cause.state}"
    return words(key if key in words.table else "check-cause.answered", label=cause.label)
