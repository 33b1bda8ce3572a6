"""Running one aid so that its troubles stay its own, and the JSON form of what it said."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from docexam.aids.containing import UnfitError, description_fault, own_proposals, prints_aside
from docexam.aids.containing import text as _text
from docexam.aids.protocol import Aid, Alone, Cancelled, Card, Ground, Material, Proposal, Run
from docexam.domain.text import visible
from docexam.errors import DocexamError, LackingError

_LONGEST_TROUBLE = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: proposals, or in `reason` why there are none.

    `broken` tells an aid that failed, and `lacking` one whose extra is not installed, from material
    that gave it nothing to read.
    """

    aid: str
    version: str
    proposals: tuple[Proposal, ...] = ()
    reason: str = ""
    broken: bool = False
    cancelled: bool = False
    lacking: bool = False


def run_aid(aid: Aid, material: Material, run: Run | None = None) -> Outcome:
    """Run `aid` and return what came of it; nothing the aid raises goes further.

    Neither does `sys.exit`; only a person's interrupt does. What the aid prints goes to standard
    error. What is not a tuple of its own well-formed proposals is refused whole, so that a foreign
    aid cannot bring half-made data into a review; what is kept is made of docexam's own types.
    """
    name, version = "?", "?"
    try:
        with prints_aside():
            name, version = _text(aid.id, "its id"), _text(aid.version, "its version")
            if fault := description_fault(aid):
                return _broken(name, version, fault)
            lacking = _text(aid.missing(), "what missing() says")
            if lacking:
                return Outcome(name, version, reason=lacking, lacking=True)
            made = aid.propose(material, run or Alone())
            return Outcome(name, version, own_proposals(aid, made))
    except KeyboardInterrupt:
        raise
    except Cancelled:
        return Outcome(name, version, reason="Stopped before it was done.", cancelled=True)
    except DocexamError as error:
        lacks = isinstance(error, LackingError)
        return Outcome(name, version, reason=_told(error)[:_LONGEST_TROUBLE], lacking=lacks)
    except UnfitError as error:
        return _broken(name, version, str(error))
    except BaseException as error:  # the aid may be anybody's; the review must go on
        return _broken(name, version, told_error(error))


def _broken(name: str, version: str, what: str) -> Outcome:
    return Outcome(name, version, reason=broken_reason(name, what), broken=True)


def broken_reason(name: str, what: str) -> str:
    """Return the sentence for an aid that broke."""
    said = visible(what[:_LONGEST_TROUBLE])
    return f"The aid “{name}” broke ({said}); nothing was proposed (DX-AID-BROKEN)."


def told_error(error: BaseException) -> str:
    """Return the class and message of anybody's error, whose own methods may be broken too."""
    said = _told(error)
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _told(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # anybody's __str__
        return "an error that cannot be printed"


def cache_key(aid: Aid, material: Material) -> str:
    """Return the SHA-256 under which the proposals of this aid on this material may be kept.

    It covers the aid's id and version, the captures' hashes, the region, every text, and, where
    the aid reads that, when the captures were taken in.
    """
    parts = {
        "aid": aid.id,
        "version": aid.version,
        "captures": [(one.n, one.sha256) for one in material.captures],
        "region": [material.region.capture, material.region.shape] if material.region else None,
        "fields": sorted(material.fields.items()),
        "texts": list(material.texts),
        "issued": material.issued,
        "kind": material.kind,
    }
    if material.taken_in:
        parts["taken_in"] = material.taken_in
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def outcome_json(aid: Aid, outcome: Outcome) -> dict[str, Any]:
    """Return the JSON form: a key for each thing the aid gives, and the proposals with grounds."""
    form: dict[str, Any] = {"aid": outcome.aid, "version": outcome.version}
    # A broken aid may have declared anything here.
    for given in () if outcome.broken else aid.gives:
        found = [dict(p.data) for p in outcome.proposals if p.key == given.key and p.data]
        form[given.key] = found if given.many else next(iter(found), None)
    form["proposals"] = [proposal_json(p) for p in outcome.proposals]
    if reason := outcome.reason or _own_reason(aid, form):
        form["reason"] = reason
    if outcome.broken:
        form["broken"] = True
    if outcome.lacking:
        form["lacking"] = True
    return form


def _own_reason(aid: Aid, form: dict[str, Any]) -> str:
    """Return why the one thing that an aid gives was not read, where it says so itself."""
    single = (form.get(given.key) or {} for given in aid.gives if not given.many)
    said = (one.get("reason") for one in single)
    return next((one for one in said if isinstance(one, str) and one), "")


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Return one proposal without its data, which stands under its key."""
    form: dict[str, Any] = {
        "key": proposal.key,
        "says": proposal.says,
        "grounds": [ground_json(ground) for ground in proposal.grounds],
    }
    if proposal.score:
        form["score"] = {"value": proposal.score.value, "meaning": proposal.score.meaning}
    if proposal.fills:
        form |= {"fills": proposal.fills, "reading": proposal.reading}
    return form


def ground_json(ground: Ground) -> dict[str, Any]:
    """Return one ground with the places it has."""
    form: dict[str, Any] = {"says": ground.says}
    if ground.shape is not None:
        form |= {"capture": ground.capture, "polygon": [list(point) for point in ground.shape]}
    if ground.span is not None:
        form |= {"span": list(ground.span), "of": ground.of}
    return form


def card_json(aid: Aid) -> dict[str, Any]:
    """Return the aid's card for `docexam aid list --json`."""
    card = aid.card
    return {"id": aid.id, "reads": sorted(aid.reads), "notes_only": aid.notes_only} | _plain(card)


def _plain(card: Card) -> dict[str, Any]:
    return {
        "title": card.title,
        "version": card.version,
        "purpose": card.purpose,
        "cannot": list(card.cannot),
        "measured": card.measured,
        "synthetic": card.synthetic,
        "figures": [
            {"name": f.name, "value": f.value, "n": f.n, "material": f.material}
            for f in card.figures
        ],
        "command": card.command,
        "extra": card.extra,
    }
