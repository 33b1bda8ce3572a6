"""Conclusions, the order of looking, redaction, integrity and the signature block."""

from __future__ import annotations

from docexam.reports import model as m
from docexam.reports.document import (
    BLANK,
    Block,
    Bullets,
    Facts,
    Line,
    Paragraph,
    Span,
    Table,
    code,
    joined,
    line,
)
from docexam.reports.layout_support import agreement, block_words, support
from docexam.reports.phrases import Phrases
from docexam.reports.words import Words


def conclusions(phrases: Phrases) -> list[Block]:
    """Return what the examiner stated, and support and agreement where there are any."""
    report, words = phrases.report, phrases.words
    if not report.conclusions:
        blocks: list[Block] = [Paragraph(line(words("conclusions.none")))]
    else:
        blocks = [Paragraph(line(words("conclusions.text")))]
        for conclusion in report.conclusions:
            blocks += _conclusion(phrases, conclusion)
    return [*blocks, *support(phrases), *agreement(phrases)]


def conclusion_sentence(report: m.Report, words: Words, stated: m.ConclusionEntry) -> str:
    """Return a conclusion as one sentence that compares two explanations."""
    about = words.code("about", stated.question)
    told = words("support.none-leads")
    if stated.proposition:
        told = words(
            "support.line",
            proposition=report.title_of(stated.proposition),
            over=report.title_of(stated.over),
            words=words.band(stated.wording, stated.words),
        )
    return f"{about}: {told}"


def _conclusion(phrases: Phrases, conclusion: m.ConclusionEntry) -> list[Block]:
    words = phrases.words
    rows: list[tuple[str, Line]] = []
    if conclusion.because:
        rows.append((words("conclusions.because"), phrases.said(conclusion.because)))
    if conclusion.override:
        rows.append((words("conclusions.override"), phrases.said(conclusion.override)))
    limits = joined([phrases.said(text) for text in conclusion.limits], " ")
    if limits:
        rows.append((words("conclusions.limits"), limits))
    rows.append((words("conclusions.suggested"), line(_suggestion(phrases, conclusion.suggested))))
    rows.append((words("conclusions.at"), line(words.when(conclusion.at))))
    sentence = conclusion_sentence(phrases.report, words, conclusion)
    return [Paragraph(line(sentence), "lead"), Facts(tuple(rows))]


def _suggestion(phrases: Phrases, entry: m.SuggestionEntry) -> str:
    report, words = phrases.report, phrases.words
    told = words("conclusions.nothing-suggested")
    if entry.proposition:
        told = words(
            "support.line",
            proposition=report.title_of(entry.proposition),
            over=report.title_of(entry.over),
            words=words.band(entry.wording, entry.words),
        )
    if entry.blocks:
        blocked = words("join").join(block_words(words, b) for b in entry.blocks)
        told = f"{told} {words('support.blocked', what=blocked)}"
    return told


def order(phrases: Phrases) -> list[Block]:
    """Return what was seen before what."""
    report, words = phrases.report, phrases.words
    steps = tuple(_step(phrases, step) for step in report.order)
    blocks: list[Block] = [Paragraph(line(words("order.text"))), Bullets(steps, numbered=True)]
    if not any(step.kind in ("reveal", "aid") for step in report.order):
        blocks.append(Paragraph(line(words("order.no-reveal"))))
    if report.changed:
        blocks.append(Paragraph(line(words("order.changed"))))
        blocks.append(Bullets(tuple(line(c.label) for c in report.changed)))
    return blocks


def _step(phrases: Phrases, step: m.StepEntry) -> Line:
    words = phrases.words
    entry = {"first": step.seq, "last": step.last_seq}
    where = words("order.entry" if step.seq == step.last_seq else "order.entries", **entry)
    return line(words.when(step.at), f" ({where}): ", _told(phrases, step))


def _told(phrases: Phrases, step: m.StepEntry) -> Line:
    words = phrases.words
    if step.kind in ("opened", "captures"):
        return line(words.count(f"order.{step.kind}", step.captures))
    if step.kind == "work":
        return line(_work(words, step))
    if step.kind == "reveal":
        about = phrases.said(step.text)
        what = words("order.reveal", what=words.code("reveal", step.what))
        return line(what, " " if about else "", about)
    if step.kind in ("seen-before", "reopened", "disposed"):
        text = phrases.said(step.text, empty=words("not-stated"))
        return line(words(f"order.{step.kind}"), " ", text)
    if step.kind == "aid" and f"order.aid.{step.act}" in words.table:
        return line(words(f"order.aid.{step.act}", aid=step.aid, what=_about(phrases, step.what)))
    return line(words.code("order", step.kind))


def _about(phrases: Phrases, subject: str) -> str:
    label = next((f.label for f in phrases.report.fields if f.id == subject), "")
    return phrases.words.quoted(label or phrases.question(subject))


def _work(words: Words, step: m.StepEntry) -> str:
    counts = (
        ("order.answers", step.answers),
        ("order.readings", step.readings),
        ("order.taken-back", step.taken_back),
    )
    told = [words.count(key, n) for key, n in counts if n > 0] or [words("order.work.other")]
    what = words("join").join(told)
    if step.until == step.at:
        return words("order.work.once", what=what)
    return words("order.work", what=what, until=words.when(step.until))


def redaction(phrases: Phrases) -> list[Block]:
    """Return what was taken out, how often and by which rule."""
    words, entry = phrases.words, phrases.report.redaction
    if entry.level == m.NONE:
        return [Paragraph(line(words("redaction.none")))]
    if not entry.removed:
        return [Paragraph(line(words("redaction.nothing")))]
    head = (words("redaction.rule"), words("redaction.what"), words("redaction.count"))
    rows = tuple(
        (
            line(words.code("rule", r.rule)),
            line(words.code("removed", r.what)),
            line(str(r.count)),
        )
        for r in entry.removed
    )
    blocks: list[Block] = [Paragraph(line(words("redaction.text"))), Table(head, rows)]
    if entry.released:
        names = words("join").join(entry.released)
        blocks.append(Paragraph(line(f"{words('redaction.released')}: ", code(names))))
    return blocks


def integrity(phrases: Phrases) -> list[Block]:
    """Return the examination's ids, the journal's head, and what that proves and does not."""
    report, words = phrases.report, phrases.words
    rows = [
        (words("integrity.examination"), line(code(report.identity.examination))),
        (words("integrity.exhibit"), line(code(report.identity.exhibit_id))),
        (words("integrity.entries"), line(str(report.head.seq))),
        (words("integrity.head"), line(code(report.head.hash))),
    ]
    if report.redaction.twin:
        rows.append((words("integrity.twin"), line(code(report.redaction.twin))))
    return [Facts(tuple(rows)), Paragraph(line(words("integrity.text")))]


def signature(phrases: Phrases) -> list[Block]:
    """Return the block to sign by hand."""
    words = phrases.words
    rule = line(Span("…", BLANK))
    rows = tuple((words(f"signature.{key}"), rule) for key in ("name", "place", "signature"))
    return [Paragraph(line(words("signature.text")), "small"), Facts(rows)]
