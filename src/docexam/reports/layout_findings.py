"""The findings: each item with its question, answer, and what the answer rests on."""

from __future__ import annotations

from docexam.reports import model as m
from docexam.reports.document import Block, Facts, Figure, Heading, Line, Paragraph, code, line
from docexam.reports.layout_aids import aided_row, showing_line
from docexam.reports.phrases import Phrases

Row = tuple[str, Line]


def findings(phrases: Phrases) -> list[Block]:
    """Return every item that applies, section by section, in walking order."""
    words = phrases.words
    blocks: list[Block] = []
    for section in phrases.report.sections:
        title = section.title or (words("findings.facts") if not section.id else section.id)
        blocks.append(Heading(3, line(title)))
        counts = words("findings.count", answered=section.answered, total=section.total)
        blocks.append(Paragraph(line(counts), "small"))
        told = [f for f in section.findings if _has_something(f)]
        for finding in told:
            blocks += finding_blocks(phrases, finding)
        elsewhere = len(section.findings) - len(told)
        if elsewhere:
            lists = {"limits": words("limits"), "unanswered": words("unanswered")}
            blocks.append(Paragraph(line(words.count("findings.elsewhere", elsewhere, **lists))))
    return blocks


def _has_something(finding: m.FindingEntry) -> bool:
    """Tell whether the examiner did something about an item; the lists name the others."""
    if finding.note or finding.regions or finding.first is not None or finding.proposals:
        return True
    answer = finding.answer
    return isinstance(answer, m.Withheld) or (answer.kind != "open" and not finding.by_fact)


def finding_blocks(phrases: Phrases, finding: m.FindingEntry) -> list[Block]:
    """Return one item: the question as a heading, then what is known."""
    blocks: list[Block] = [Heading(4, line(finding.question))]
    blocks.append(Facts(tuple(_rows(phrases, finding))))
    blocks += _figures(phrases, finding)
    return blocks


def short_answer(phrases: Phrases, finding: m.FindingEntry) -> Line:
    """Return an answer in one cell, with its cause or that it does not count."""
    words, answer = phrases.words, finding.answer
    if isinstance(answer, m.AnswerEntry) and answer.non_answer:
        told = phrases.non_answer(answer.non_answer, finding.cause, finding.by_fact)
        return line(words("finding.non-answer", what=told))
    told_line = phrases.answer(answer)
    if finding.lacks:
        return line(told_line, " (", words("finding.incomplete").lower(), ")")
    return told_line


def _rows(phrases: Phrases, finding: m.FindingEntry) -> list[Row]:
    words = phrases.words
    rows: list[Row] = [(words("finding.answer"), _answer_line(phrases, finding))]
    if finding.lacks:
        rows.append((words("finding.incomplete"), line(_lack(phrases, finding.lacks))))
    rows += aided_row(phrases, finding.aided)
    rows += _change(phrases, finding)
    if finding.note:
        rows.append((words("finding.note"), phrases.said(finding.note)))
    rows += [(words("finding.region"), phrases.region(r)) for r in finding.regions]
    if finding.view:
        rows.append(
            (words("finding.view"), phrases.view(finding.view, crop_seen=finding.crop_seen))
        )
    if finding.reference:
        rows.append((words("finding.reference"), phrases.said(finding.reference, "")))
    label = words("aids.row")
    rows += [(label, showing_line(phrases, s)) for s in finding.proposals]
    if _is_answer(finding):
        rows += _meaning(phrases, finding)
    if finding.from_claim:
        rows.append((words("finding.claim"), line(words("finding.from-claim"))))
    rows.append((words("finding.item"), _item(phrases, finding)))
    basis = phrases.basis(finding.status, finding.source)
    rows.append((words("finding.basis"), basis or line(words("finding.basis.none"))))
    rows += _recorded(phrases, finding)
    return rows


def _is_answer(finding: m.FindingEntry) -> bool:
    answer = finding.answer
    return isinstance(answer, m.AnswerEntry) and answer.kind in ("choice", "choices", "value")


def _answer_line(phrases: Phrases, finding: m.FindingEntry) -> Line:
    answer = finding.answer
    if isinstance(answer, m.AnswerEntry) and answer.non_answer:
        return short_answer(phrases, finding)
    return phrases.answer(answer)


def _lack(phrases: Phrases, lack: m.LackEntry) -> str:
    words = phrases.words
    if lack.no_region:
        return words("finding.lacks.region", choice=lack.choice)
    if lack.need_px:
        counts = {"need": lack.need_px, "have": lack.have_px}
        return words("finding.lacks.pixels", choice=lack.choice, **counts)
    return words("finding.lacks.other", choice=lack.choice)


def _change(phrases: Phrases, finding: m.FindingEntry) -> list[Row]:
    words = phrases.words
    rows: list[Row] = []
    if finding.first is not None:
        told = phrases.answer(finding.first)
        rows.append((words("finding.first"), line(told, words("finding.first.more"))))
    if finding.reason:
        rows.append((words("finding.reason"), phrases.said(finding.reason)))
    return rows


def _meaning(phrases: Phrases, finding: m.FindingEntry) -> list[Row]:
    words = phrases.words
    told = [
        ("finding.shows", finding.shows),
        ("finding.does-not-show", finding.does_not_show),
        ("finding.innocent", words("join").join(finding.innocent)),
    ]
    return [(words(key), line(text)) for key, text in told if text]


def _item(phrases: Phrases, finding: m.FindingEntry) -> Line:
    words = phrases.words
    told = [words("finding.critical")] if finding.critical else []
    if finding.kind == "compare":
        told.append(words("kind.compare"))
    return line(code(finding.item), *(f"{words('join')}{part}" for part in told))


def _recorded(phrases: Phrases, finding: m.FindingEntry) -> list[Row]:
    words = phrases.words
    if not finding.at:
        return []
    when = words.when(finding.at)
    named = {"examiner": finding.examiner, "seq": finding.seq}
    told = line(words("finding.recorded.value", when=when, **named))
    if finding.entered_by:
        who = phrases.said(finding.entered_by)
        told = line(told, "; ", words("finding.entered-by"), " ", who)
    return [(words("finding.recorded"), told)]


def _figures(phrases: Phrases, finding: m.FindingEntry) -> list[Block]:
    """Return a figure for each region whose place is told."""
    told = [r for r in finding.regions if isinstance(r.shape, m.Shape)]
    return [Figure(r.capture, r, finding.view, (), figure_labels(phrases, r.capture)) for r in told]


def figure_labels(phrases: Phrases, n: int) -> tuple[str, str, str]:
    """Return what the pictures of a region are called: crop, view, place on the capture."""
    words = phrases.words
    return words("figure.crop", n=n), words("figure.seen", n=n), words("figure.place", n=n)
