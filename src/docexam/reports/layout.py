"""A report laid out in the order it is read, in one language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docexam.reports import layout_closing as closing
from docexam.reports import layout_findings as findings
from docexam.reports import layout_lists as lists
from docexam.reports import layout_material as material
from docexam.reports import model as m
from docexam.reports.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Line,
    Paragraph,
    Table,
    line,
    strong,
)
from docexam.reports.layout_aids import triage_sentence
from docexam.reports.phrases import Phrases
from docexam.reports.words import Words, words_for

Part = Callable[[Phrases], Sequence[Block]]

# The parts after the cover, each under a numbered heading, in reading order.
_PARTS: tuple[tuple[str, Part], ...] = (
    ("question", material.question),
    ("material", material.captures),
    ("provenance", material.provenance),
    ("method", material.method),
    ("findings", findings.findings),
    ("limits", lists.limits),
    ("unanswered", lists.unanswered),
    ("fields", lists.fields),
    ("places", lists.places),
    ("checks", lists.checks),
    ("conclusions", closing.conclusions),
    ("order", closing.order),
    ("redaction", closing.redaction),
    ("integrity", closing.integrity),
    ("signature", closing.signature),
)


def lay_out(report: m.Report, words: Words | None = None) -> Document:
    """Return the report as a document; `words` default to those of the report's language."""
    chosen = words or words_for(report.language)
    phrases = Phrases(report, chosen)
    identity = report.identity
    names = {"case": identity.case, "exhibit": identity.exhibit, "number": identity.number}
    return Document(
        language=chosen.language,
        title=chosen("title"),
        contents=chosen("contents"),
        notice=notice(report, chosen),
        running=chosen("running", **names),
        marking=report.marking,
        end=chosen("end", **names),
        blocks=tuple(_blocks(phrases)),
    )


def notice(report: m.Report, words: Words) -> str:
    """Return the first line: how much this copy holds back, and for whom it was written."""
    told = words.code("notice", report.redaction.level)
    who = report.redaction.for_whom
    return f"{told} · {words('notice.for', who=who)}" if who else told


def _blocks(phrases: Phrases) -> list[Block]:
    words = phrases.words
    blocks: list[Block] = [Heading(1, line(words("title"))), *_cover(phrases)]
    blocks += [Heading(2, line("1. ", words("summary"))), *_summary(phrases)]
    for number, (key, part) in enumerate(_PARTS, 2):
        blocks += [Heading(2, line(f"{number}. ", words(key))), *part(phrases)]
    return blocks


def _cover(phrases: Phrases) -> list[Block]:
    report, words = phrases.report, phrases.words
    identity = report.identity
    rows: list[tuple[str, Line]] = [
        (
            words("cover.exhibit"),
            line(strong(f"{identity.case} / {identity.exhibit}")),
        ),
        (words("cover.number"), line(words("cover.number.value", number=identity.number))),
        (words("cover.date"), line(_date(report, words))),
        (words("cover.examiner"), line(words("cover.examiner.value", name=report.examiner.name))),
        (words("cover.state"), line(_state(report, words))),
        (words("cover.work"), line(_work(report, words))),
        (words("cover.material"), line(words.count("cover.material.value", len(report.captures)))),
        (words("cover.checklist"), line(_checklist(report, words))),
        (words("cover.program"), line(f"docexam {report.tool_version}")),
    ]
    if report.redaction.for_whom:
        rows.append((words("cover.for"), line(report.redaction.for_whom)))
    notes = [words("scope.more"), words("language.unreviewed")]
    if report.checklist.language != words.language:
        notes.append(words("language.checklist", language=report.checklist.language))
    return [
        Paragraph(line(words("scope")), "lead"),
        Paragraph(line(" ".join(note for note in notes if note)), "small"),
        Facts(tuple(rows)),
    ]


def _date(report: m.Report, words: Words) -> str:
    return words("cover.date.value", when=words.when(report.identity.date))


def _state(report: m.Report, words: Words) -> str:
    state = report.state
    if state.state == "closed":
        return words("state.closed", when=words.when(state.closed))
    if state.state == "open" and state.was_closed:
        return words("state.reopened")
    return words.code("state", state.state)


def _work(report: m.Report, words: Words) -> str:
    state = report.state
    if not state.first_answer:
        return words("cover.work.none")
    first, last = words.when(state.first_answer), words.when(state.last_answer)
    return words("cover.work.value", first=first, last=last)


def _checklist(report: m.Report, words: Words) -> str:
    checklist = report.checklist
    return words("cover.checklist.value", title=checklist.title, version=checklist.version)


def _summary(phrases: Phrases) -> list[Block]:
    report, words = phrases.report, phrases.words
    progress = report.progress
    told: list[Line] = []
    if progress.screening:
        counts = {"answered": progress.answered, "total": progress.total}
        told.append(line(strong(words("summary.screening", **counts))))
        told.append(line(words("summary.screening.more")))
    else:
        counts = {"answered": progress.answered, "total": progress.total}
        told.append(line(words("summary.progress", **counts)))
    if progress.non_answers:
        section = words("limits")
        told.append(line(words.count("summary.non-answers", progress.non_answers, section=section)))
    if report.triage:
        told.append(line(strong(triage_sentence(phrases))))
    told += [line(sentence) for sentence in _warnings(report, words)]
    told += [line(sentence) for sentence in _conclusion(report, words)]
    return [Bullets(tuple(told)), *_critical(phrases)]


def _warnings(report: m.Report, words: Words) -> list[str]:
    progress = report.progress
    told = []
    if any(f.critical for f in report.findings()):
        told.append(
            words.count("summary.critical-open", progress.critical_open)
            if progress.critical_open
            else words("summary.critical-done")
        )
    if progress.incomplete:
        told.append(words.count("summary.incomplete", progress.incomplete))
    speaking = [c.say for c in report.checks if c.outcome == "speaks"]
    if speaking:
        told.append(words.count("summary.checks", len(speaking), what=" ".join(speaking)))
    if report.changed:
        told.append(words.count("summary.changed", len(report.changed)))
    return told


def _conclusion(report: m.Report, words: Words) -> list[str]:
    if not report.conclusions:
        return [words("summary.no-conclusion" if report.support else "summary.no-support")]
    return [closing.conclusion_sentence(report, words, c) for c in report.conclusions]


def _critical(phrases: Phrases) -> list[Block]:
    words = phrases.words
    critical = [f for f in phrases.report.findings() if f.critical]
    if not critical:
        return []
    rows = tuple((line(f.question), findings.short_answer(phrases, f)) for f in critical)
    return [
        Heading(3, line(words("summary.critical"))),
        Table((words("summary.item"), words("summary.answer")), rows),
    ]
