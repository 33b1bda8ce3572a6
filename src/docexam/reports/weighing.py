"""From support and agreement, as the domain works them out, to the entries of a report."""

from __future__ import annotations

from docexam.domain.agreement import Figure
from docexam.domain.checklist import Checklist
from docexam.domain.checks import check_blocks
from docexam.domain.comparing import Comparison as Compared
from docexam.domain.comparing import ItemComparison
from docexam.domain.examination import Examination
from docexam.domain.finding import Finding
from docexam.domain.standing import Standing
from docexam.domain.support import (
    Comparison,
    QuestionSupport,
    Turn,
    Vote,
    sensitivity,
    support_of,
)
from docexam.reports import model as m
from docexam.reports.entries import answer_entry

SUPPORT = "support"


def support_entry(examination: Examination, standing: Standing) -> m.SupportEntry | None:
    """Return the support of every question; None unless it was revealed in the examination."""
    if not examination.revealed(SUPPORT):
        return None
    support = support_of(examination, standing, check_blocks(examination))
    questions = tuple(_question(examination, standing, q) for q in support.questions.values())
    return m.SupportEntry(examination.checklist.scale, questions)


def _question(
    examination: Examination, standing: Standing, weighed: QuestionSupport
) -> m.QuestionSupportEntry:
    checklist = examination.checklist
    turns = sensitivity(examination, standing, weighed.question)
    return m.QuestionSupportEntry(
        question=weighed.question,
        leader=weighed.leader,
        candidate=weighed.candidate,
        band=weighed.band.id,
        words=weighed.band.words,
        suggested=weighed.suggested,
        blocks=weighed.blocks,
        comparisons=tuple(map(_comparison, weighed.comparisons)),
        counted=tuple(_vote(checklist, v) for v in weighed.counted),
        left_out=tuple(_vote(checklist, v) for v in weighed.left_out),
        not_assessed=weighed.not_assessed,
        sensitivity=tuple(_turn(checklist, t) for t in turns),
    )


def _comparison(compared: Comparison) -> m.ComparisonEntry:
    off = compared.taken_off_vote
    return m.ComparisonEntry(
        over=compared.over,
        rival=compared.rival,
        band=compared.band.id,
        words=compared.band.words,
        large=compared.large,
        small=compared.small,
        small_raw=compared.small_raw,
        taken_off=compared.taken_off,
        taken_off_item=off.item if off else "",
        net=compared.net,
        groups=compared.groups,
        capped=compared.capped,
    )


def _vote(checklist: Checklist, vote: Vote) -> m.VoteEntry:
    question, answer = _labels(checklist, vote.item, vote.choice)
    titles = {g.id: g.title for g in checklist.groups}
    return m.VoteEntry(
        item=vote.item,
        question=question,
        answer=answer,
        group=titles.get(vote.group, "" if vote.group.startswith("item:") else vote.group),
        calibrated=vote.calibrated,
        bears=tuple(vote.bears.items()),
    )


def _labels(checklist: Checklist, item_id: str, choice_id: str) -> tuple[str, str]:
    item = checklist.item(item_id)
    choice = item.choice(choice_id) if item else None
    return (item.ask if item else item_id), (choice.label if choice else choice_id)


def _turn(checklist: Checklist, turn: Turn) -> m.TurnEntry:
    question, instead = _labels(checklist, turn.item, turn.instead)
    return m.TurnEntry(turn.item, question, instead, turn.leader, turn.band.words)


def agreement_entry(examination: Examination, compared: Compared | None) -> m.AgreementEntry | None:
    """Return how independent examiners agree, raw agreement first; None without a comparison."""
    if compared is None:
        return None
    figures = compared.agreement
    differ = [i for i in compared.items if i.same is False]
    return m.AgreementEntry(
        examiners=compared.examiners,
        n=figures.n,
        raw=_figure(figures.raw),
        kappa=_figure(figures.kappa),
        alpha=_figure(figures.alpha),
        low=figures.interval.low,
        high=figures.interval.high,
        differ=tuple(_difference(examination, i) for i in differ),
        triage=len(compared.triage),
    )


def _figure(figure: Figure) -> m.FigureEntry:
    return m.FigureEntry(figure.value, figure.why)


def _difference(examination: Examination, compared: ItemComparison) -> m.DifferenceEntry:
    answers = tuple(_answer(examination, compared.item, f) for f in compared.findings)
    return m.DifferenceEntry(compared.item, compared.ask, answers)


def _answer(
    examination: Examination, item_id: str, finding: Finding | None
) -> m.AnswerEntry | None:
    item = examination.checklist.item(item_id)
    if item is None or finding is None:
        return None
    return answer_entry(item, finding.answer)
