"""Proposals of an examination as plain data: the JSON of `proposals`, `adopt` and `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docexam.domain.examination import Examination
from docexam.domain.proposals import Decision, Shown, ShownGround, ShownProposal, shown_on

if TYPE_CHECKING:
    from docexam.workbench.proposing import Offer


def kind_of(state: Examination, subject: str) -> str:
    """Return whether a subject is an `item` or a `field`."""
    return "item" if state.checklist.item(subject) is not None else "field"


def offer_data(state: Examination, offer: Offer) -> dict[str, Any]:
    """Return one aid of an item or field and where it stands."""
    return {
        "subject": offer.subject,
        "kind": kind_of(state, offer.subject),
        "aid": offer.aid,
        "title": offer.title,
        "state": offer.state,
        "why": offer.why,
        "shown_at": offer.shown_at,
    }


def subject_data(state: Examination, subject: str) -> dict[str, Any]:
    """Return every showing on an item or field, and every proposal with what became of it."""
    return {
        "subject": subject,
        "kind": kind_of(state, subject),
        "triage": state.revealed("aids"),
        "shown": [
            {
                "seq": s.seq,
                "at": s.at,
                "aid": s.aid,
                "version": s.version,
                "key": s.key,
                "count": s.count,
                "before_answer": s.before_answer,
                "also": list(s.also),
            }
            for s in state.showings
            if subject in s.subjects
        ],
        "proposals": [shown_data(shown) for shown in shown_on(state, subject)],
    }


def shown_data(shown: Shown) -> dict[str, Any]:
    """Return one proposal that was shown; `disposed` where its words were forgotten."""
    showing = shown.showing
    data = {
        "proposal": shown.number,
        "aid": showing.aid,
        "version": showing.version,
        "seq": showing.seq,
        "at": showing.at,
        "before_answer": showing.before_answer,
        "decision": _decision(shown.decision),
        "disposed": shown.proposal is None,
    }
    return data | (_proposal(shown.proposal) if shown.proposal else {})


def _proposal(proposal: ShownProposal) -> dict[str, Any]:
    scored = proposal.score is not None
    return {
        "says": proposal.says,
        "key": proposal.key,
        "grounds": [_ground(g) for g in proposal.grounds],
        "score": {"value": proposal.score, "meaning": proposal.meaning} if scored else None,
        "fills": proposal.fills,
        "reading": proposal.reading,
        "data": dict(proposal.data),
    }


def _ground(ground: ShownGround) -> dict[str, Any]:
    form: dict[str, Any] = {"says": ground.says}
    if ground.shape is not None:
        form |= {"capture": ground.capture, "polygon": [list(p) for p in ground.shape]}
    if ground.span is not None:
        form |= {"span": list(ground.span), "of": ground.of}
    return form


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "act": decision.act,
        "reason": decision.reason,
        "at": decision.at,
        "seq": decision.seq,
        "entry": decision.entry or None,
        "altered": decision.altered,
    }


def shown_list(state: Examination) -> list[dict[str, Any]]:
    """Return what `show --json` tells of proposals: on what, by which aid, what became of each."""
    subjects = dict.fromkeys(s.subject for s in state.showings)
    return [
        {"subject": name, "kind": kind_of(state, name), **_brief(row)}
        for name in subjects
        for row in shown_on(state, name)
    ]


def _brief(row: Shown) -> dict[str, Any]:
    data = shown_data(row)
    names = ("proposal", "aid", "version", "seq", "at", "before_answer", "decision", "disposed")
    return {name: data[name] for name in names} | {"says": data.get("says", "")}
