"""From an examination to the entries about aids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docexam.domain.examination import Examination
from docexam.domain.proposals import (
    TRIAGE,
    Showing,
    ShownProposal,
    last_decision,
)
from docexam.reports import model as m


def showing_entries(examination: Examination, subject: str) -> tuple[m.ShowingEntry, ...]:
    """Return what was shown on an item or field, in the order of showing."""
    found = [s for s in examination.showings if s.subject == subject]
    return tuple(_showing(examination, showing) for showing in found)


def _showing(examination: Examination, showing: Showing) -> m.ShowingEntry:
    held = showing.proposals()
    return m.ShowingEntry(
        aid=showing.aid,
        version=showing.version,
        title=_title(examination, showing),
        at=showing.at,
        seq=showing.seq,
        before_answer=showing.before_answer,
        also=showing.also,
        proposals=tuple(_proposal(examination, showing, n, p) for n, p in enumerate(held)),
    )


def _title(examination: Examination, showing: Showing) -> str:
    return str(_card(examination, showing).get("title", "")) or showing.aid


def _card(examination: Examination, showing: Showing) -> Mapping[str, Any]:
    """Return an aid's card: it stands with the first showing of that aid and version."""
    named = (showing.aid, showing.version)
    same = (s.card for s in examination.showings if (s.aid, s.version) == named and s.card)
    return next(same, {})


def _proposal(
    examination: Examination, showing: Showing, index: int, proposal: ShownProposal
) -> m.ProposalEntry:
    decided = last_decision(examination, showing.seq, index)
    if decided is None:
        return m.ProposalEntry(proposal.says)
    return m.ProposalEntry(proposal.says, decided.act, decided.reason, decided.at, decided.altered)


def aid_entries(examination: Examination) -> tuple[m.AidEntry, ...]:
    """Return the aids whose proposals were shown, each version once, with its card."""
    entries: dict[tuple[str, str], m.AidEntry] = {}
    for showing in examination.showings:
        named = (showing.aid, showing.version)
        if named not in entries:
            same = [s for s in examination.showings if (s.aid, s.version) == named]
            entries[named] = _aid(_card(examination, showing), named, len(same))
    return tuple(entries.values())


def _aid(card: Mapping[str, Any], named: tuple[str, str], showings: int) -> m.AidEntry:
    figures = card.get("figures", ())
    return m.AidEntry(
        aid=named[0],
        version=named[1],
        title=str(card.get("title", "")) or named[0],
        measured=str(card.get("measured", "")),
        synthetic=bool(card.get("synthetic", True)),
        figures=tuple(_figure(f) for f in figures if isinstance(f.get("value"), int | float)),
        more=int(card.get("more", 0)),
        showings=showings,
    )


def _figure(figure: Mapping[str, Any]) -> m.AidFigureEntry:
    return m.AidFigureEntry(
        name=str(figure.get("name", "")),
        value=float(figure["value"]),
        n=int(figure.get("n", 0)),
        material=str(figure.get("material", "")),
    )


def triage_entry(examination: Examination) -> m.TriageEntry | None:
    """Return since when proposals came before the answers; None where they never did."""
    opened = next((r for r in examination.reveals if r.what == "aids"), None)
    if opened is None:
        return None
    return m.TriageEntry(
        at=opened.at,
        seq=opened.seq,
        answers=sum(f.aided == TRIAGE for f in examination.findings.values()),
        readings=sum(r.aided == TRIAGE for r in examination.fields.values()),
    )
