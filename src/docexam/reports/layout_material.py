"""The parts of a report about what was asked, what was received, and how it was examined."""

from __future__ import annotations

from docexam.reports import model as m
from docexam.reports.document import (
    CODE,
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Line,
    Paragraph,
    code,
    joined,
    line,
)
from docexam.reports.layout_aids import cards
from docexam.reports.layout_findings import figure_labels
from docexam.reports.phrases import Phrases
from docexam.reports.quality import quality_notes

_LONGEST_METADATA = 200
# What a reader of the report wants to know of a file's metadata; the rest stands in the JSON.
_TELLING = {
    "exif.image.Make": "metadata.make",
    "exif.image.Model": "metadata.model",
    "software": "metadata.software",
    "dates.taken": "metadata.taken",
    "dates.digitised": "metadata.digitised",
    "dates.modified": "metadata.modified",
}


def question(phrases: Phrases) -> list[Block]:
    """Return the question put, and the explanations compared under each of the four questions."""
    report, words = phrases.report, phrases.words
    asked = phrases.said(report.question, empty=words("question.not-stated"))
    blocks: list[Block] = [Facts(((words("question.asked"), asked),))]
    if not report.questions:
        return [*blocks, Paragraph(line(words("question.none")))]
    blocks.append(Paragraph(line(words("question.apart"))))
    for entry in report.questions:
        blocks.append(Heading(3, line(words.code("about", entry.about))))
        blocks.append(Bullets(tuple(line(p.title) for p in entry.propositions)))
    if report.support is None:
        blocks.append(Paragraph(line(words("support.none"))))
    return blocks


def captures(phrases: Phrases) -> list[Block]:
    """Return every image received, with its hash, size, quality and metadata."""
    words = phrases.words
    blocks: list[Block] = [Paragraph(line(words("material.added")))]
    for capture in phrases.report.captures:
        blocks.append(Heading(3, line(words("material.image", n=capture.n))))
        blocks.append(Facts(tuple(_capture_rows(phrases, capture))))
        if not isinstance(capture.pixels, m.Withheld):
            caption = line(words("material.image", n=capture.n))
            labels = figure_labels(phrases, capture.n)
            blocks.append(Figure(capture.n, None, None, caption, labels))
    if any(c.metadata for c in phrases.report.captures):
        blocks.append(Paragraph(line(words("material.metadata.note")), "small"))
    return blocks


def _capture_rows(phrases: Phrases, capture: m.CaptureEntry) -> list[tuple[str, Line]]:
    words = phrases.words
    rows = [
        (words("material.file"), phrases.said(capture.name, CODE, words("not-stated"))),
        (words("material.size"), line(_size(phrases, capture))),
        (words("material.sha256"), phrases.said(capture.sha256, CODE)),
        (words("material.received"), line(words.when(capture.received))),
        (words("material.quality"), _quality(phrases, capture)),
        (words("material.metadata"), _metadata(phrases, capture)),
    ]
    if isinstance(capture.pixels, m.Withheld):
        rows.append((words("material.pixels"), line(phrases.withheld(capture.pixels))))
    return rows


def _size(phrases: Phrases, capture: m.CaptureEntry) -> str:
    words = phrases.words
    known = {"width": capture.width, "height": capture.height, "format": capture.format}
    if isinstance(capture.bytes, m.Withheld):
        return words("material.size.public", **known)
    return words("material.size.value", **known, bytes=words.number(capture.bytes))


def _quality(phrases: Phrases, capture: m.CaptureEntry) -> Line:
    words = phrases.words
    told = quality_notes(capture.quality, words)
    if told:
        return line(words("join").join(told))
    return line(words("quality.unremarkable" if capture.quality else "quality.none"))


def _metadata(phrases: Phrases, capture: m.CaptureEntry) -> Line:
    words = phrases.words
    if isinstance(capture.metadata, m.Withheld):
        return (phrases.withheld(capture.metadata),)
    if not capture.metadata:
        return line(words("material.metadata.none"))
    told: list[Line] = []
    for name, key in _TELLING.items():
        values = [n.value for n in capture.metadata if n.name == name]
        told += [line(words(key), " ", phrases.said(_shortened(v))) for v in values]
    if any(n.name.startswith("gps.") for n in capture.metadata):
        told.append(line(words("metadata.position")))
    rest = len(capture.metadata) - len(told)
    if rest > 0:
        told.append(line(words.count("metadata.more", rest)))
    return joined(told, words("join"))


def _shortened(value: m.Said) -> m.Said:
    if isinstance(value, m.Withheld) or len(value) <= _LONGEST_METADATA:
        return value
    return f"{value[:_LONGEST_METADATA]}…"


def provenance(phrases: Phrases) -> list[Block]:
    """Return where the exhibit came from, with both Admiralty grades in words."""
    stated, words = phrases.report.provenance, phrases.words
    missing = words("not-stated")
    rows = [
        (words("provenance.source"), phrases.said(stated.source, empty=missing)),
        (words("provenance.url"), phrases.said(stated.url, CODE, missing)),
        (words("provenance.obtained"), phrases.said(stated.obtained, "", missing)),
        (words("provenance.collected-by"), phrases.said(stated.collected_by, empty=missing)),
        (words("provenance.reliability"), _grade(phrases, "reliability", stated.reliability)),
        (words("provenance.credibility"), _grade(phrases, "credibility", stated.credibility)),
        (words("provenance.seen"), phrases.said(stated.seen, empty=missing)),
    ]
    return [Facts(tuple(rows)), Paragraph(line(words("provenance.note")), "small")]


def _grade(phrases: Phrases, axis: str, grade: str) -> Line:
    words = phrases.words
    if not grade:
        return line(words("not-stated"))
    return line(words("provenance.grade", code=grade, words=words.code(axis, grade)))


def method(phrases: Phrases) -> list[Block]:
    """Return how the examination was done: checklist, hash, program, rules of answering."""
    report, words = phrases.report, phrases.words
    used = report.checklist
    named = words("method.checklist.value", title=used.title, id=used.id, version=used.version)
    rows = [
        (words("method.checklist"), line(named)),
        (words("method.hash"), line(code(used.sha256))),
        (words("method.summary"), line(used.summary or words("not-stated"))),
    ]
    rows += [(words("method.upgraded"), line(code(earlier))) for earlier in used.upgraded_from]
    return [
        Facts(tuple(rows)),
        Paragraph(line(words("method.text"))),
        Paragraph(line(words("region.unit"))),
        Paragraph(line(words("method.program", version=report.tool_version))),
        *cards(phrases),
    ]
