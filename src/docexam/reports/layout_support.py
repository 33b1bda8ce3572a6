"""Support with the sums behind it, and the agreement of several examiners."""

from __future__ import annotations

from string import ascii_uppercase

from docexam.reports import model as m
from docexam.reports.document import (
    Block,
    Bullets,
    Facts,
    Heading,
    Line,
    Paragraph,
    Table,
    joined,
    line,
)
from docexam.reports.phrases import Phrases
from docexam.reports.words import Words

_MOST_COLUMNS = len(ascii_uppercase)
_BLOCKS = {
    "critical item open: ": "block.critical",
    "answer incomplete: ": "block.incomplete",
    "check in error: ": "block.check",
}
_CAPPED = {
    "one speaking group": "capped.one-group",
    "two speaking groups": "capped.two-groups",
    "uncalibrated weights": "capped.uncalibrated",
}


def support(phrases: Phrases) -> list[Block]:
    """Return what the findings add up to, question by question, open to being done again."""
    words, entry = phrases.words, phrases.report.support
    if entry is None:
        return []
    blocks: list[Block] = [Heading(3, line(words("support")))]
    blocks.append(Paragraph(line(words("support.text"))))
    for question in entry.questions:
        blocks += _question(phrases, question)
    return blocks


def _question(phrases: Phrases, entry: m.QuestionSupportEntry) -> list[Block]:
    report, words = phrases.report, phrases.words
    blocks: list[Block] = [Heading(4, line(words.code("about", entry.question)))]
    blocks.append(Paragraph(line(_headline(report, words, entry)), "lead"))
    if entry.blocks:
        told = words("join").join(block_words(words, b) for b in entry.blocks)
        blocks.append(Paragraph(line(words("support.blocked", what=told))))
    if entry.comparisons:
        title = report.title_of(entry.comparisons[0].over)
        blocks.append(Paragraph(line(words("support.ahead", title=title))))
        blocks.append(_comparisons(report, words, entry))
    capped = dict.fromkeys(c.capped for c in entry.comparisons if c.capped)
    blocks += [
        Paragraph(line(words("support.capped", why=_capped(words, why))), "small") for why in capped
    ]
    return [*blocks, *_votes(report, words, entry), *_rest(report, words, entry)]


def _headline(report: m.Report, words: Words, entry: m.QuestionSupportEntry) -> str:
    if not entry.leader or not entry.comparisons:
        return words("support.none-leads")
    weakest = entry.comparisons[0]
    return words(
        "support.line",
        proposition=report.title_of(weakest.over),
        over=report.title_of(weakest.rival),
        words=words.band(weakest.band, weakest.words),
    )


def _comparisons(report: m.Report, words: Words, entry: m.QuestionSupportEntry) -> Table:
    head = ("support.over", "support.words", "support.sum", "support.made-of", "support.groups")
    rows = tuple(
        (
            line(report.title_of(c.rival)),
            line(words.band(c.band, c.words)),
            line(_sum(c.net)),
            line(_made_of(words, c)),
            line(str(c.groups)),
        )
        for c in entry.comparisons
    )
    return Table(tuple(map(words, head)), rows)


def _made_of(words: Words, entry: m.ComparisonEntry) -> str:
    parts = {
        "large": _sum(entry.large),
        "small": _sum(entry.small),
        "raw": _sum(entry.small_raw),
        "off": _sum(-entry.taken_off),
    }
    return words("support.made-of.value", **parts)


def _sum(hundredths: int) -> str:
    return f"{hundredths / 100:+.2f}".replace("-", "\u2212") if hundredths else "0.00"


def _votes(report: m.Report, words: Words, entry: m.QuestionSupportEntry) -> list[Block]:
    votes = [(v, True) for v in entry.counted] + [(v, False) for v in entry.left_out]
    if not votes:
        return []
    names = list(dict.fromkeys(name for v, _ in votes for name, _ in v.bears))[:_MOST_COLUMNS]
    letters = ascii_uppercase[: len(names)]
    legend = [f"{a}: {report.title_of(name)}" for a, name in zip(letters, names, strict=False)]
    head = [words("summary.item"), words("support.answer"), words("support.group")]
    head += [*letters, words("support.counts")]
    rows = tuple(_vote(words, v, names, counts=counts) for v, counts in votes)
    told = words("support.votes", legend=words("join").join(legend))
    return [Paragraph(line(told)), Table(tuple(head), rows)]


def _vote(words: Words, vote: m.VoteEntry, names: list[str], *, counts: bool) -> tuple[Line, ...]:
    bears = dict(vote.bears)
    counted = words("support.counts.yes" if counts else "support.counts.no")
    calibrated = f"; {words('support.calibrated')}" if vote.calibrated else ""
    return (
        line(vote.question),
        line(vote.answer),
        line(vote.group),
        *(line(_sum(bears[name]) if name in bears else "–") for name in names),
        line(counted + calibrated),
    )


def _rest(report: m.Report, words: Words, entry: m.QuestionSupportEntry) -> list[Block]:
    blocks: list[Block] = []
    if entry.not_assessed:
        names = words("join").join(report.title_of(p) for p in entry.not_assessed)
        blocks.append(Paragraph(line(words("support.not-assessed", names=names))))
    if entry.sensitivity:
        blocks.append(Paragraph(line(words("support.sensitivity"))))
        blocks.append(Bullets(tuple(_turn(report, words, t) for t in entry.sensitivity)))
    return blocks


def _turn(report: m.Report, words: Words, turn: m.TurnEntry) -> Line:
    result = words("support.turn.none")
    if turn.leader:
        title = report.title_of(turn.leader)
        result = words("support.turn.leads", title=title, words=words.declared(turn.words))
    named = {"question": turn.question, "instead": turn.instead}
    return line(words("support.turn", **named, result=result))


def block_words(words: Words, told: str) -> str:
    """Return a reason against a suggestion in the language of the report."""
    for start, key in _BLOCKS.items():
        if told.startswith(start):
            return words(key, item=told.removeprefix(start))
    return told


def _capped(words: Words, why: str) -> str:
    return next((words(key) for start, key in _CAPPED.items() if why.startswith(start)), why)


def agreement(phrases: Phrases) -> list[Block]:
    """Return the agreement of several examiners: raw first, then the figures, then what differs."""
    words, entry = phrases.words, phrases.report.agreement
    if entry is None:
        return []
    names = joined([phrases.said(who, "") for who in entry.examiners], words("join"))
    rows: list[tuple[str, Line]] = [
        (words("agreement.examiners"), names),
        (words("agreement.n"), line(str(entry.n))),
        (words("agreement.raw"), line(_figure(words, entry.raw))),
        (words("agreement.kappa"), line(_figure(words, entry.kappa))),
        (words("agreement.alpha"), line(_alpha(words, entry))),
    ]
    blocks: list[Block] = [
        Heading(3, line(words("agreement"))),
        Paragraph(line(words("agreement.text"))),
        Facts(tuple(rows)),
    ]
    if entry.triage:
        blocks.append(Paragraph(line(words.count("agreement.triage", entry.triage)), "lead"))
    if not entry.differ:
        return [*blocks, Paragraph(line(words("agreement.none-differ")))]
    return [*blocks, Paragraph(line(words("agreement.differ"))), _differ(phrases, entry)]


def _figure(words: Words, figure: m.FigureEntry) -> str:
    if figure.value is None:
        return words("agreement.undefined", why=figure.why)
    return f"{figure.value:.2f}"


def _alpha(words: Words, entry: m.AgreementEntry) -> str:
    told = _figure(words, entry.alpha)
    if entry.alpha.value is None or entry.low is None or entry.high is None:
        return told
    interval = words("agreement.interval", low=f"{entry.low:.2f}", high=f"{entry.high:.2f}")
    return f"{told} ({interval})"


def _differ(phrases: Phrases, entry: m.AgreementEntry) -> Table:
    words = phrases.words
    heads = [phrases.name(who) for who in entry.examiners]
    rows = tuple(
        (line(d.question), *(phrases.answer(a) if a else line("–") for a in d.answers))
        for d in entry.differ
    )
    return Table((words("summary.item"), *heads), rows)
