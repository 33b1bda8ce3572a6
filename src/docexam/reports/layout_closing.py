"""Conclusions, the order of looking, redaction, integrity and the signature block."""

from __future__ import annotations

from docexam.reports import model as m
from docexam.reports.document import (
    BLANK,
    Block,
    Bullets,
    Facts,
    Heading,
    Line,
    Paragraph,
    Span,
    Table,
    code,
    line,
)
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
    return [*blocks, *_support(phrases), *_agreement(phrases)]


def conclusion_sentence(report: m.Report, words: Words, conclusion: m.ConclusionEntry) -> str:
    """Return a conclusion as one sentence that compares two explanations."""
    about = words.code("about", conclusion.question)
    if not conclusion.proposition:
        return f"{about}: {words('conclusions.cannot-tell')}"
    told = words(
        "conclusions.stated",
        proposition=_title(report, conclusion.proposition),
        over=_title(report, conclusion.over),
        wording=conclusion.wording,
    )
    return f"{about}: {told}"


def _title(report: m.Report, proposition: str) -> str:
    every = (p for q in report.questions for p in q.propositions)
    return next((p.title for p in every if p.id == proposition), proposition)


def _conclusion(phrases: Phrases, conclusion: m.ConclusionEntry) -> list[Block]:
    words = phrases.words
    rows: list[tuple[str, Line]] = []
    if conclusion.because:
        rows.append((words("conclusions.because"), phrases.said(conclusion.because)))
    if conclusion.override:
        rows.append((words("conclusions.override"), phrases.said(conclusion.override)))
    rows += [(words("conclusions.limits"), phrases.said(text)) for text in conclusion.limits]
    rows += [
        (words("conclusions.suggested"), line(f"{n.name}: ", phrases.said(n.value)))
        for n in conclusion.suggested
    ]
    rows.append((words("conclusions.at"), line(words.when(conclusion.at))))
    sentence = conclusion_sentence(phrases.report, words, conclusion)
    return [Paragraph(line(sentence), "lead"), Facts(tuple(rows))]


def _support(phrases: Phrases) -> list[Block]:
    report, words = phrases.report, phrases.words
    support = report.support
    if support is None:
        return []
    lines = [_comparison(phrases, c) for c in support.comparisons]
    for key, names in (
        ("support.not-assessed", [_title(report, p) for p in support.not_assessed]),
        ("support.blocked", list(support.blocked_by)),
        ("support.sensitivity", list(support.sensitivity)),
    ):
        if names:
            lines.append(line(f"{words(key)}: {words('join').join(names)}."))
    return [Heading(3, line(words("support"))), Bullets(tuple(lines))]


def _comparison(phrases: Phrases, entry: m.ComparisonEntry) -> Line:
    report, words = phrases.report, phrases.words
    pair = {"proposition": _title(report, entry.proposition), "over": _title(report, entry.over)}
    told = [words("support.line", **pair, words=entry.words)]
    if entry.capped:
        told.append(words("support.capped"))
    for key, items in (("support.counted", entry.counted), ("support.left-out", entry.left_out)):
        if items:
            names = words("join").join(phrases.question(i) for i in items)
            told.append(f"{words(key)}: {names}.")
    return line(" ".join(told))


def _agreement(phrases: Phrases) -> list[Block]:
    words, entry = phrases.words, phrases.report.agreement
    if entry is None:
        return []
    told = [words("agreement.line", agreed=entry.agreed, both=entry.both_answered)]
    told.append(words("agreement.figures", kappa=entry.kappa, alpha=entry.alpha))
    blocks: list[Block] = [
        Heading(3, line(words("agreement"))),
        Paragraph(line(phrases.said(entry.second), ": ", " ".join(told))),
    ]
    if entry.differ:
        blocks.append(Paragraph(line(words("agreement.differ"))))
        blocks.append(Bullets(tuple(line(i.question) for i in entry.differ)))
    return blocks


def order(phrases: Phrases) -> list[Block]:
    """Return what was seen before what."""
    report, words = phrases.report, phrases.words
    steps = tuple(_step(phrases, step) for step in report.order)
    blocks: list[Block] = [Paragraph(line(words("order.text"))), Bullets(steps, numbered=True)]
    if not any(step.kind == "reveal" for step in report.order):
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
    return line(words.code("order", step.kind))


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
