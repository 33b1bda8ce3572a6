"""The rules of proposals: when one may be shown, and what may become of it.

The examiner answers first. A proposal on an item or a field may be shown after the examiner's own
answer or reading of it, or in triage, which is a reveal of its own. Nothing here writes an answer:
adopting takes a reading or a region over through the ordinary acts, and binds an answer that the
examiner gives to the proposal it goes along with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docexam.domain import acts
from docexam.domain import events as ev
from docexam.domain.acts import UNSET, Recording, Unset
from docexam.domain.aids import bears, fields_of, is_notes_only, reads_off
from docexam.domain.events import Draft, Personal
from docexam.domain.examination import Examination
from docexam.domain.finding import Region, region_of
from docexam.domain.geometry import within_image
from docexam.domain.proposals import (
    ADOPTED,
    MOST_PROPOSALS,
    REJECTED,
    SHOWN,
    Shown,
    ShownProposal,
    has_own_word,
    proposals_to,
    shown_on,
)
from docexam.domain.standing import World
from docexam.domain.text import visible
from docexam.errors import InputError

READY = "ready"
WAITS = "waits"
CANNOT = "cannot"
MOST_JSON = 400_000


@dataclass(frozen=True, slots=True)
class Said:
    """What an aid said on an item or field, ready to be shown.

    `key` is what the proposals were kept under, `also` other fields they speak of, `card` the
    aid's card as plain data, `notes_only` what the aid declares of itself.
    """

    subject: str
    aid: str
    version: str
    key: str
    proposals: tuple[ShownProposal, ...] = ()
    also: tuple[str, ...] = ()
    notes_only: bool = False
    card: Mapping[str, Any] = field(default_factory=dict)


def gate(
    state: Examination, subject: str, aid: str, *, notes_only: bool = False
) -> tuple[str, str]:
    """Return whether a proposal may be shown: `ready`, or `waits` or `cannot` with a sentence.

    Raises InputError for a subject that the checklist does not have.
    """
    _known(state, subject)
    item = state.checklist.item(subject)
    if item is not None:
        if is_notes_only(aid, notes_only) and bears(item):
            return CANNOT, (
                f"What “{visible(aid)}” says may stand beside notes only, and the answers of "
                f"“{item.id}” bear on an explanation."
            )
        standing = World(state).standing(item)
        if standing.hidden:
            return CANNOT, f"“{item.id}” is not asked: its condition does not hold."
        if not standing.stage_open:
            return WAITS, f"“{item.id}” belongs to stage {item.stage}, which is not open yet."
    if state.revealed("aids"):
        return READY, ""
    if not has_own_word(state, subject):
        return WAITS, _first(state, subject)
    return _readings_first(state, subject, aid) if item is not None else (READY, "")


def _known(state: Examination, subject: str) -> None:
    checklist = state.checklist
    if checklist.item(subject) is None and checklist.field_of(subject) is None:
        names = [i.id for i in checklist.walk()] + [f.id for f in checklist.fields]
        raise InputError(
            "DX-SUBJECT",
            f"The checklist has no indicator and no field “{visible(subject[:80])}”.",
            todo=acts.nearest(subject, names),
        )


def _first(state: Examination, subject: str) -> str:
    by_fact = _by_fact(state, subject)
    if by_fact:
        return f"“{subject}” follows from “{by_fact}”: its page is not shown, so nobody looked."
    if state.checklist.item(subject) is not None:
        return f"Answer “{subject}” first, in your own eyes; a non-answer counts."
    return f"Read “{subject}” first with your own eyes; a non-answer counts."


def _by_fact(state: Examination, subject: str) -> str:
    if subject in state.findings:
        return state.findings[subject].by_fact
    return state.fields[subject].by_fact if subject in state.fields else ""


def _readings_first(state: Examination, subject: str, aid: str) -> tuple[str, str]:
    """Keep an item's proposal from telling what a field still to be read says."""
    if not reads_off(aid):
        return READY, ""
    unread = [
        name
        for name in fields_of(state.checklist, aid)
        if not has_own_word(state, name) and not _by_fact(state, name)
    ]
    if not unread:
        return READY, ""
    named = ", ".join(f"“{name}”" for name in unread[:3]) + (" …" if len(unread) > 3 else "")
    return WAITS, f"The proposal tells what stands in {named}: read that first."


def show(state: Examination, said: Said) -> Draft:
    """Return the act of showing what an aid said; raises InputError where it may not be shown."""
    must_be_ready(state, said)
    return Draft(ev.AID_ACT, _showing(state, said))


def must_be_ready(state: Examination, said: Said) -> None:
    """Raise InputError where what an aid says may not be shown now."""
    verdict, why = gate(state, said.subject, said.aid, notes_only=said.notes_only)
    unread = [n for n in said.also if not has_own_word(state, n)]
    if verdict == READY and unread and not state.revealed("aids"):
        # A reading may have been taken back while the aid was at work.
        verdict, why = WAITS, _first(state, unread[0])
    if verdict != READY:
        first = verdict == WAITS
        raise InputError(
            "DX-AID-FIRST" if first else "DX-AID-REFUSED",
            why,
            where=said.subject,
            todo="“docexam reveal CASE/EXHIBIT aids” shows proposals first, and the report says so."
            if first
            else "",
        )


def _showing(state: Examination, said: Said) -> dict[str, Any]:
    proposals, text = _bounded(said.proposals[:MOST_PROPOSALS])
    data: dict[str, Any] = {
        "act": SHOWN,
        "aid": said.aid,
        "version": said.version,
        _kind(state, said.subject): said.subject,
        "key": said.key,
        "count": len(proposals),
        "proposals": Personal(text),
    }
    if said.also:
        data["also"] = list(said.also)
    known = any((s.aid, s.version) == (said.aid, said.version) and s.card for s in state.showings)
    # The card stands in the journal once: the figures a person could have known of then.
    return data if known or not said.card else data | {"card": dict(said.card)}


def _bounded(proposals: Sequence[ShownProposal]) -> tuple[Sequence[ShownProposal], str]:
    """Return proposals whose JSON is of bounded length: without data, then fewer of them."""
    text = proposals_to(proposals)
    if len(text) > MOST_JSON:
        proposals = [replace(p, data={}) for p in proposals]
        text = proposals_to(proposals)
    while len(text) > MOST_JSON and proposals:
        proposals = proposals[: len(proposals) // 2]
        text = proposals_to(proposals)
    return proposals, text


def _kind(state: Examination, subject: str) -> str:
    return "item" if state.checklist.item(subject) is not None else "field"


def same_as_shown(state: Examination, said: Said) -> bool:
    """Tell whether the last showing of that aid on that subject showed the very same."""
    found = [s for s in state.showings if s.aid == said.aid and said.subject in s.subjects]
    if not found or found[-1].version != said.version:
        return False
    return found[-1].text == _bounded(said.proposals[:MOST_PROPOSALS])[1]


# What becomes of a proposal ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """A proposal the examiner goes along with, as findings and readings name it."""

    shown: Shown

    def to_dict(self) -> dict[str, Any]:
        """Return what the finding's or reading's event keeps."""
        showing = self.shown.showing
        return {
            "shown": showing.seq,
            "proposal": self.shown.index + 1,
            "aid": showing.aid,
            "version": showing.version,
        }


def find_shown(state: Examination, subject: str, number: int) -> Shown:
    """Return the proposal of that number on an item or field; raises InputError for none."""
    _known(state, subject)
    rows = shown_on(state, subject)
    found = next((row for row in rows if row.number == number), None)
    if found is not None:
        return found
    if not rows:
        raise InputError(
            "DX-NOT-SHOWN",
            f"No proposal was shown on “{subject}”.",
            todo="“docexam proposals CASE/EXHIBIT ITEM” shows what there is.",
        )
    raise InputError(
        "DX-NOT-SHOWN",
        f"No proposal {number} was shown on “{subject}”.",
        todo=f"There are 1 to {len(rows)}.",
    )


def adoptable(shown: Shown, *, item: bool) -> str:
    """Return what adopting takes over: `reading`, `region`, or `answer` for nothing but assent."""
    proposal = shown.proposal
    if proposal is None:
        return ""
    if not item:
        return "reading" if proposal.reading else ""
    return "region" if proposal.shapes else "answer"


def adopt_reading(
    state: Examination, subject: str, number: int, reason: str = "", text: str = ""
) -> tuple[Draft, ...]:
    """Return the acts that take a machine reading over as the field's raw reading.

    `text`: the reading as the examiner corrected it while taking it over, empty for none.
    """
    shown = find_shown(state, subject, number)
    proposal = shown.proposal
    if state.checklist.field_of(subject) is None or proposal is None or not proposal.reading:
        raise InputError(
            "DX-NO-READING", "That proposal holds no reading of this field.", where=subject
        )
    if proposal.fills not in ("", subject):
        raise InputError("DX-NO-READING", f"It is a reading of “{visible(proposal.fills)}”.")
    regions = _reading_regions(state, subject, proposal)
    reading = acts.transcribe(
        state,
        subject,
        raw=text or proposal.reading,
        regions=regions,
        reason=reason,
        proposal=Taken(shown).to_dict(),
    )
    altered = bool(text) and text != proposal.reading
    return reading, _adopted(state, subject, shown, reason, altered=altered)


def _reading_regions(
    state: Examination, subject: str, proposal: ShownProposal
) -> Sequence[Region] | Unset:
    """Return where a reading stands on the capture, unless the examiner marked that himself."""
    old = state.fields.get(subject)
    if (old and old.regions) or not proposal.shapes:
        return UNSET
    found = _region(state, proposal, 0)
    return UNSET if found is None else (found,)


def adopt_region(
    state: Examination,
    subject: str,
    number: int,
    ground: int = 0,
    reason: str = "",
    region: Region | None = None,
) -> tuple[Draft, ...]:
    """Return the acts that add a proposal's box to the regions of a finding or a reading.

    `ground` counts the grounds with a shape; `region`: the box as the examiner corrected it.
    """
    shown = find_shown(state, subject, number)
    proposed = _region(state, shown.proposal, ground) if shown.proposal else None
    if proposed is None:
        raise InputError("DX-NO-REGION", "That proposal holds no such region.", where=subject)
    taken_over = region or proposed
    act = _with_region(state, subject, taken_over, reason, Taken(shown).to_dict())
    altered = taken_over != proposed
    return act, _adopted(state, subject, shown, reason, altered=altered)


def _with_region(
    state: Examination, subject: str, region: Region, reason: str, taken: Mapping[str, Any]
) -> Draft:
    item = state.checklist.item(subject) is not None
    reading = state.fields.get(subject)
    kept = state.finding(subject).regions if item else reading.regions if reading else ()
    if region in kept:
        raise InputError("DX-NO-REGION", "It rests on that region already.", where=subject)
    regions = (*kept, region)
    if item:
        what = Recording(subject, regions=regions, reason=reason, proposal=taken)
        return acts.record(state, what)
    return acts.transcribe(state, subject, regions=regions, reason=reason, proposal=taken)


def _region(state: Examination, proposal: ShownProposal, ground: int) -> Region | None:
    shapes = proposal.shapes
    if not 0 <= ground < len(shapes):
        return None
    capture = next((c for c in state.captures if c.n == shapes[ground].capture), None)
    shape = shapes[ground].shape
    if capture is None or shape is None:
        return None
    return region_of(capture.sha256, [within_image(point) for point in shape])


def adopt_answer(state: Examination, number: int, recording: Recording) -> tuple[Draft, ...]:
    """Return the acts of an answer of the examiner's own that goes along with a proposal."""
    shown = find_shown(state, recording.item, number)
    if isinstance(recording.answer, Unset):
        raise InputError(
            "DX-NO-ANSWER",
            "A proposal is no answer: give your own.",
            where=recording.item,
            todo="--answer ANSWER",
        )
    record = acts.record(state, replace(recording, proposal=Taken(shown).to_dict()))
    return record, _adopted(state, recording.item, shown, recording.reason)


def _adopted(
    state: Examination, subject: str, shown: Shown, reason: str, *, altered: bool = False
) -> Draft:
    # The act before this one in the same transaction is the one it is bound to.
    more: dict[str, Any] = {"entry": state.head[0] + 1}
    if altered:
        more["altered"] = True
    if reason.strip():
        more["reason"] = Personal(reason)
    return Draft(ev.AID_ACT, _decided(state, subject, shown, ADOPTED) | more)


def reject(state: Examination, subject: str, number: int, reason: str) -> Draft:
    """Return the act of rejecting a proposal; needs a reason."""
    shown = find_shown(state, subject, number)
    if not reason.strip():
        raise InputError("DX-REASON", "Rejecting needs a reason.", todo="Give --reason TEXT.")
    decided = _decided(state, subject, shown, REJECTED)
    return Draft(ev.AID_ACT, decided | {"reason": Personal(acts.bounded(reason, "A reason"))})


def _decided(state: Examination, subject: str, shown: Shown, act: str) -> dict[str, Any]:
    return {"act": act, _kind(state, subject): subject} | Taken(shown).to_dict()
