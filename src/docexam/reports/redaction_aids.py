"""Redaction of what aids proposed: it goes by the rules of the readings it speaks of."""

from __future__ import annotations

from dataclasses import replace

from docexam.domain.aids import speaks
from docexam.reports import model as m
from docexam.reports.ledger import FREE_TEXT, TRANSCRIPTION, Ledger
from docexam.reports.pixels import SENSITIVE_FIELD


def redacted_showings(
    report: m.Report,
    entry: m.FindingEntry | m.FieldEntry,
    ledger: Ledger,
) -> tuple[m.ShowingEntry, ...]:
    """Return the showings on an item or field as the ledger lets them out.

    A proposal that speaks of a field is held back while that field's reading is. One of an aid
    whose sentences may hold words of the document is held back on an item too; `proposal:ITEM`
    releases it.
    """
    return tuple(_showing(report, entry, s, ledger) for s in entry.proposals)


def _showing(
    report: m.Report,
    entry: m.FindingEntry | m.FieldEntry,
    showing: m.ShowingEntry,
    ledger: Ledger,
) -> m.ShowingEntry:
    name = entry.item if isinstance(entry, m.FindingEntry) else entry.id
    reason_key = f"reason:{name}"
    proposals = tuple(
        replace(p, reason=ledger.take(p.reason, FREE_TEXT, "reason", reason_key))
        for p in showing.proposals
    )
    held = _held(report, entry, showing, ledger)
    if held is None or not proposals:
        return replace(showing, proposals=proposals)
    withheld = ledger.note(held[0], "proposal", held[1])
    # How many there were would tell how the reading parses; what was decided is told.
    decided = tuple(replace(p, says=withheld) for p in proposals if p.act)
    return replace(showing, proposals=decided or (m.ProposalEntry(withheld),))


def _held(
    report: m.Report,
    entry: m.FindingEntry | m.FieldEntry,
    showing: m.ShowingEntry,
    ledger: Ledger,
) -> tuple[str, str] | None:
    """Return rule and key that hold a showing back, or None."""
    fields = {f.id: f for f in report.fields}
    own = () if isinstance(entry, m.FindingEntry) else (entry.id,)
    rules = [
        (SENSITIVE_FIELD if fields[name].sensitive else TRANSCRIPTION, f"field:{name}")
        for name in (*own, *showing.also)
        if name in fields
    ]
    if isinstance(entry, m.FindingEntry) and speaks(showing.aid):
        sensitive = any(f.sensitive for f in fields.values())
        rule = SENSITIVE_FIELD if sensitive else FREE_TEXT
        rules.append((rule, f"proposal:{entry.item}"))
    return next((pair for pair in rules if ledger.holds(*pair)), None)
