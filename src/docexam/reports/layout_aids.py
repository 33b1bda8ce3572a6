"""Aids in a report: rows beside findings and readings, the cards, and the mark of triage."""

from __future__ import annotations

from collections.abc import Sequence

from docexam.reports import model as m
from docexam.reports.document import Block, Facts, Heading, Line, Paragraph, joined, line
from docexam.reports.phrases import Phrases

_MOST_TOLD = 12
_MOST_FIGURES = 8


def showing_line(phrases: Phrases, showing: m.ShowingEntry) -> Line:
    """Return one showing: which aid, when, before or after the answer, what it said."""
    words = phrases.words
    key = "before" if showing.before_answer else "after"
    head = words(
        f"aids.shown.{key}",
        aid=named(showing),
        when=words.when(showing.at),
        seq=showing.seq,
    )
    told = [_proposal(phrases, p) for p in showing.proposals[:_MOST_TOLD]]
    left = len(showing.proposals) - len(told)
    if left > 0:
        told.append(line(words.count("aids.more", left)))
    if not told:
        told = [line(words("aids.nothing"))]
    return line(head, " ", joined(told, " "))


def named(entry: m.ShowingEntry | m.AidEntry) -> str:
    """Return an aid by its title, id and version."""
    return f"{entry.title} ({entry.aid} {entry.version})"


def _proposal(phrases: Phrases, proposal: m.ProposalEntry) -> Line:
    words = phrases.words
    told = phrases.said(proposal.says)
    if not proposal.act:
        return told
    key = "aids.altered" if proposal.altered else f"aids.{proposal.act}"
    told = line(told, f" ({words(key)})")
    if not proposal.reason:
        return told
    return line(told, " ", words("aids.reason"), " ", phrases.said(proposal.reason))


def cards(phrases: Phrases) -> list[Block]:
    """Return the cards of the aids whose proposals were shown; nothing where none were."""
    words, found = phrases.words, phrases.report.aids
    if not found:
        return []
    blocks: list[Block] = [Heading(3, line(words("aids"))), Paragraph(line(words("aids.text")))]
    blocks.append(Facts(tuple((named(aid), _card(phrases, aid)) for aid in found)))
    return blocks


def _card(phrases: Phrases, aid: m.AidEntry) -> Line:
    words = phrases.words
    parts = [words.count("aids.showings", aid.showings)]
    if aid.measured:
        parts.append(aid.measured)
    if aid.figures and aid.synthetic:
        parts.append(words("aids.synthetic"))
    parts += [_figure(phrases, figure) for figure in aid.figures[:_MOST_FIGURES]]
    left = aid.more + len(aid.figures) - _MOST_FIGURES
    if left > 0:
        parts.append(words.count("aids.figures.more", left, aid=aid.aid))
    return line(" ".join(parts))


def _figure(phrases: Phrases, figure: m.AidFigureEntry) -> str:
    words, value = phrases.words, f"{figure.value:.4g}"
    counts = {"name": figure.name, "value": value, "n": figure.n}
    if figure.material:
        return words("aids.figure.on", material=figure.material, **counts)
    return words("aids.figure", **counts)


def triage(phrases: Phrases) -> list[Block]:
    """Return the limit that triage sets; nothing where the examiner always answered first."""
    told = triage_sentence(phrases)
    return [Paragraph(line(told), "lead")] if told else []


def triage_sentence(phrases: Phrases) -> str:
    """Return since when proposals came before the answers; empty where they never did."""
    entry, words = phrases.report.triage, phrases.words
    if entry is None:
        return ""
    when = words.when(entry.at)
    counts = {"answers": entry.answers, "readings": entry.readings}
    return words("aids.triage", when=when, seq=entry.seq, **counts)


def aided_row(phrases: Phrases, aided: str) -> Sequence[tuple[str, Line]]:
    """Return the row that tells what an answer was given under; nothing for nothing."""
    words = phrases.words
    return [(words("aids.given"), line(words.code("aided", aided)))] if aided else []
