"""Support and conclusions at the workbench: closed until revealed, then side by side."""

from __future__ import annotations

from typing import Any

from docexam.domain import acts
from docexam.domain.checks import check_blocks, run_checks
from docexam.domain.concluding import Statement, conclude, sentence
from docexam.domain.events import Draft
from docexam.domain.examination import Examination
from docexam.domain.standing import Standing, standing_of
from docexam.domain.support import (
    Comparison,
    QuestionSupport,
    Turn,
    Vote,
    contradictions,
    next_best_look,
    openings,
    sensitivity,
    support_of,
)
from docexam.errors import InputError
from docexam.workbench.review import Outcome, Review


def support_data(state: Examination, standing: Standing) -> dict[str, Any]:
    """Return the support as `docexam support --json` prints it; raises InputError before reveal."""
    if not state.revealed("support"):
        raise InputError(
            "DX-CLOSED-SUPPORT",
            "The support is closed: it could sway the answers still to be given.",
            todo="Open it with “docexam reveal CASE/EXHIBIT support”; changes then need a reason.",
        )
    support = support_of(state, standing, check_blocks(state))
    return {
        "questions": [
            _question(state, standing, weighed) for weighed in support.questions.values()
        ],
        "checks": checks_data(state),
        "screening": screening_words(state, standing),
    }


def checks_data(state: Examination) -> list[dict[str, str]]:
    """Return the checks that speak or could not be checked."""
    return [
        {"id": r.check.id, "level": r.check.level, "outcome": r.outcome, "say": r.words}
        for r in run_checks(state)
        if r.words
    ]


def screening_words(state: Examination, standing: Standing) -> str:
    """Return “Screening: 8 of 27 items” for a short pass; empty for a whole examination."""
    items = [i for i in state.checklist.indicators if standing.items[i.id].visible]
    answered = [i for i in items if standing.items[i.id].answered]
    if not answered or any(i.level != "screen" for i in answered) or len(answered) == len(items):
        return ""
    return f"Screening: {len(answered)} of {len(items)} items"


def _question(state: Examination, standing: Standing, weighed: QuestionSupport) -> dict[str, Any]:
    question = weighed.question
    titles = {p.id: p.title for p in state.checklist.propositions}
    return {
        "question": question,
        "propositions": [{"id": p, "title": titles[p]} for p in weighed.propositions],
        "not_assessed": list(weighed.not_assessed),
        "leader": weighed.leader,
        "candidate": weighed.candidate,
        "suggested": weighed.suggested,
        "band": weighed.band.id,
        "sentence": _told(state, weighed),
        "blocks": list(weighed.blocks),
        "comparisons": [_comparison(c) for c in weighed.comparisons],
        "counted": [_vote(v) for v in weighed.counted],
        "left_out": [_vote(v) for v in weighed.left_out],
        "contradictions": [_vote(v) for v in contradictions(weighed)],
        "sensitivity": [_turn(t) for t in sensitivity(state, standing, question)],
        "what_would_change_this": [_turn(t) for t in openings(state, standing, question)],
        "next_best_look": next_best_look(state, standing, question),
        "stated": _stated(state, question),
    }


def _told(state: Examination, weighed: QuestionSupport) -> str:
    """Return what may be said: no suggestion while something blocks it."""
    headline = weighed.headline
    if weighed.blocks:
        return "No suggestion is made: " + "; ".join(weighed.blocks) + "."
    if headline is None:
        return sentence(state.checklist, "", "", "")
    return sentence(state.checklist, weighed.leader, headline.rival, weighed.band.id)


def _comparison(c: Comparison) -> dict[str, Any]:
    return {
        "over": c.over,
        "rival": c.rival,
        "large": c.large / 100,
        "small": c.small / 100,
        "small_before_limit": c.small_raw / 100,
        "taken_off": c.taken_off / 100,
        "taken_off_item": c.taken_off_vote.item if c.taken_off_vote else "",
        "groups": c.groups,
        "net": c.net / 100,
        "band": c.band.id,
        "capped": c.capped,
    }


def _vote(vote: Vote) -> dict[str, Any]:
    return {
        "item": vote.item,
        "answer": vote.choice,
        "group": vote.group,
        "bears": {k: v / 100 for k, v in vote.bears.items()},
        "calibrated": vote.calibrated,
    }


def _turn(turn: Turn) -> dict[str, str]:
    return {
        "item": turn.item,
        "answer": turn.answer,
        "instead": turn.instead,
        "leader": turn.leader,
        "band": turn.band.id,
    }


def _stated(state: Examination, question: str) -> dict[str, Any] | None:
    stated = state.conclusions.get(question)
    if stated is None:
        return None
    return {
        "proposition": stated.proposition or "none",
        "over": stated.over,
        "wording": stated.wording,
        "sentence": sentence(state.checklist, stated.proposition, stated.over, stated.wording),
        "because": stated.because,
        "override": stated.override,
        "suggested": dict(stated.suggested),
        "limits": list(stated.limits),
        "at": stated.at,
    }


def reveal(review: Review, what: str) -> Outcome:
    """Reveal something; support stays closed while critical items that can be reached are open."""
    waiting = review.standing.critical_reachable()
    if what == "support" and waiting:
        raise InputError(
            "DX-CRITICAL-OPEN",
            "Support stays closed until the critical items that can be reached are answered.",
            todo=f"Open: {', '.join(waiting)}. A non-answer counts.",
        )
    return review.reveal(what)


def state_conclusion(review: Review, statement: Statement) -> Outcome:
    """State a conclusion; counts as the reveal of support where that has not happened yet."""

    def decide(state: Examination) -> Draft:
        return conclude(state, standing_of(state), statement, check_blocks(state))

    if not review.examination.revealed("support"):
        # A refused statement must leave nothing behind, so it is tried before the reveal.
        acts.must_be_open(review.examination, review.examiner)
        decide(review.examination)
        review.reveal("support", f"conclusion on {statement.question}")
    return review.act(decide, "stated")
