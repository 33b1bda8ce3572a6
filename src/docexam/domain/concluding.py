"""Concluding: the tool suggests, the examiner states, a departure carries a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docexam.domain import events as ev
from docexam.domain.acts import UNSET, Unset
from docexam.domain.checklist import NON_ANSWERS, Checklist
from docexam.domain.events import Draft, Personal
from docexam.domain.examination import Examination
from docexam.domain.standing import Standing
from docexam.domain.support import Comparison, QuestionSupport, compare, support_of
from docexam.domain.text import visible
from docexam.errors import InputError

NONE = "none"


@dataclass(frozen=True, slots=True)
class Statement:
    """What an examiner wants to state on one question. `proposition` may be `none`."""

    question: str
    proposition: str
    because: str
    over: str | Unset = UNSET
    wording: str | Unset = UNSET
    override: str = ""
    limits: tuple[str, ...] = ()


def conclude(
    state: Examination, standing: Standing, what: Statement, blocks: Sequence[str] = ()
) -> Draft:
    """Return the event of a conclusion; raises InputError where it may not be stated so.

    A statement that departs from the suggestion, or is made although something blocks a
    suggestion, needs `override`: the reason in words.
    """
    if not what.because.strip():
        raise InputError("DX-BECAUSE", "A conclusion needs a reason.", todo="Give --because TEXT.")
    weighed = question_support(state, standing, what.question, blocks)
    if what.proposition == NONE:
        stated = {"proposition": "", "over": "", "wording": ""}
        departs = _departs_to_none(weighed)
    else:
        stated, departs = _stated(state.checklist, weighed, what)
    departs = [*weighed.blocks, *departs]
    if departs and not what.override.strip():
        raise InputError(
            "DX-DEPARTS",
            "The statement needs a reason of its own: " + "; ".join(departs) + ".",
            todo="Give --override TEXT; suggestion and statement then stand side by side.",
        )
    return _draft(state, standing, what, stated, weighed, departs)


def question_support(
    state: Examination, standing: Standing, question: str, blocks: Sequence[str] = ()
) -> QuestionSupport:
    """Return the support on one question; raises InputError for one not in use."""
    questions = support_of(state, standing, blocks).questions
    if question not in questions:
        raise InputError(
            "DX-QUESTION",
            f"“{visible(question[:40])}” is no question of this checklist.",
            todo=f"In use: {', '.join(questions) or 'none, no question has two propositions'}.",
        )
    return questions[question]


def _departs_to_none(weighed: QuestionSupport) -> list[str]:
    return [f"the suggestion is “{weighed.leader}”, not none"] if weighed.suggested else []


def _stated(
    checklist: Checklist, weighed: QuestionSupport, what: Statement
) -> tuple[dict[str, str], list[str]]:
    _known(weighed, what.proposition)
    over = _rival(weighed, what)
    compared = _comparison(checklist, weighed, what.proposition, over)
    wording = compared.band.id if isinstance(what.wording, Unset) else what.wording
    _known_wording(checklist, wording)
    departs = []
    if what.proposition != weighed.leader:
        departs.append(f"the suggestion is “{weighed.leader or 'none: it cannot tell'}”")
    if wording != compared.band.id:
        departs.append(f"the findings are told as “{compared.band.id}”, not “{wording}”")
    if wording == checklist.scale_used().bands[0].id:
        raise InputError(
            "DX-WORDING",
            f"The findings do not support “{what.proposition}” over “{over}”.",
            todo="State “none”, or give --wording BAND and --override TEXT.",
        )
    return {"proposition": what.proposition, "over": over, "wording": wording}, departs


def _known(weighed: QuestionSupport, proposition: str) -> None:
    if proposition not in weighed.propositions:
        raise InputError(
            "DX-PROPOSITION",
            f"“{visible(proposition[:60])}” is no proposition on this question.",
            todo=f"One of: {', '.join(weighed.propositions)}, {NONE}.",
        )


def _rival(weighed: QuestionSupport, what: Statement) -> str:
    if not isinstance(what.over, Unset):
        _known(weighed, what.over)
        if what.over == what.proposition:
            raise InputError("DX-OVER", "A conclusion compares two different propositions.")
        return what.over
    own = [p for p in weighed.assessed if p != what.proposition]
    if not own:
        raise InputError(
            "DX-OVER",
            "No other proposition was assessed, so there is nothing to compare with.",
            todo="Name one with --over, or state “none”.",
        )
    return min(own, key=lambda p: _net(weighed, what.proposition, p))


def _net(weighed: QuestionSupport, over: str, rival: str) -> int:
    return sum(v.difference(over, rival) for v in weighed.counted)


def _comparison(
    checklist: Checklist, weighed: QuestionSupport, over: str, rival: str
) -> Comparison:
    return compare(over, rival, weighed.counted, weighed.left_out, checklist.scale_used())


def _known_wording(checklist: Checklist, wording: str) -> None:
    bands = [b.id for b in checklist.scale_used().bands]
    if wording not in bands:
        raise InputError(
            "DX-WORDING",
            f"“{visible(wording[:40])}” is no wording of the scale.",
            todo=f"One of: {', '.join(bands)}.",
        )


def _draft(
    state: Examination,
    standing: Standing,
    what: Statement,
    stated: dict[str, str],
    weighed: QuestionSupport,
    departs: Sequence[str],
) -> Draft:
    headline = weighed.headline
    suggested: dict[str, Any] = {
        "proposition": weighed.suggested,
        "over": headline.rival if headline and weighed.suggested else "",
        "wording": weighed.band.id,
        "net": headline.net if headline else 0,
        "blocks": list(weighed.blocks),
    }
    limits = [*limits_of(state, standing), *what.limits]
    data: dict[str, Any] = {
        "question": what.question,
        **stated,
        "because": Personal(what.because),
        "suggested": suggested,
        "departs": list(departs),
        "limits": [Personal(limit) for limit in limits],
    }
    if what.override:
        data["override"] = Personal(what.override)
    return Draft(ev.CONCLUDED, data)


def limits_of(state: Examination, standing: Standing) -> list[str]:
    """Return the limits that the findings themselves set, in words."""
    limits = ["Photographs only: nothing was touched, tilted, or looked at under UV or a loupe."]
    missing = _pages_missing(state)
    if missing:
        limits.append(f"Pages not shown: {', '.join(missing)}.")
    for non_answer, words in _NON_ANSWER_WORDS.items():
        count = sum(
            standing.items[i.id].visible and state.finding(i.id).non_answer == non_answer
            for i in state.checklist.walk()
        )
        if count:
            limits.append(f"{words}: {count} {'item' if count == 1 else 'items'}.")
    open_items = sum(s.visible and not s.answered for s in standing.items.values())
    if open_items:
        limits.append(f"Not answered: {open_items} {'item' if open_items == 1 else 'items'}.")
    return limits


_NON_ANSWER_WORDS = dict(
    zip(NON_ANSWERS, ("Unclear", "Not visible", "No reference", "Not applicable"), strict=True)
)


def _pages_missing(state: Examination) -> list[str]:
    for fact in state.checklist.facts:
        answer = state.finding(fact.id).answer
        if fact.pages and isinstance(answer, tuple):
            return [c.label for c in fact.choices if c.id not in answer]
    return []


def sentence(checklist: Checklist, proposition: str, over: str, wording: str) -> str:
    """Return a conclusion as the sentence every front end and report uses."""
    if not proposition:
        return "The findings do not tell the explanations listed apart."
    a, b = checklist.proposition(proposition), checklist.proposition(over)
    words = next((x.words for x in checklist.scale_used().bands if x.id == wording), wording)
    return (
        f"The findings support “{a.title if a else proposition}” over "
        f"“{b.title if b else over}” ({words}), among the explanations listed; "
        "something not listed stays open."
    )
