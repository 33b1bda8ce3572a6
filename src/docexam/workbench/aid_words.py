"""From what an aid gave to what an examination keeps: plain, bounded, and about what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from docexam.aids.protocol import Aid, Ground, Proposal
from docexam.domain.aids import aids_of, fields_of
from docexam.domain.examination import Examination
from docexam.domain.proposals import (
    MOST_GROUNDS,
    MOST_PROPOSALS,
    ShownGround,
    ShownProposal,
    has_own_word,
)

_LONGEST_SENTENCE = 2_000
_MOST_FIGURES = 24
_LONGEST_MATERIAL = 200
_DEEPEST = 12
_NAMES_A_FIELD = ("field", "earlier", "later")


def shown_proposals(proposals: Iterable[Proposal]) -> tuple[ShownProposal, ...]:
    """Return proposals as they are kept: plain data, no NaN, sentences of bounded length."""
    return tuple(_shown(p) for p in list(proposals)[:MOST_PROPOSALS])


def named_by_capture(found: Iterable[tuple[ShownProposal, int]]) -> list[ShownProposal]:
    """Return proposals, each once, with the capture named that alone gave it.

    `found` pairs each with the number of its capture, 0 for one from no capture.
    """
    captures: dict[int, set[int]] = {}
    kept: list[ShownProposal] = []
    for proposal, number in found:
        if proposal not in kept:
            kept.append(proposal)
        captures.setdefault(kept.index(proposal), set()).add(number)
    return [_on_capture(p, captures[i]) for i, p in enumerate(kept)]


def _on_capture(proposal: ShownProposal, numbers: set[int]) -> ShownProposal:
    if len(numbers) > 1 or 0 in numbers or "capture" in proposal.says.casefold():
        return proposal
    says = f"Capture {min(numbers)}: {proposal.says}"
    return replace(proposal, says=says[:_LONGEST_SENTENCE])


def _shown(proposal: Proposal) -> ShownProposal:
    score = proposal.score
    value = float(score.value) if score and math.isfinite(float(score.value)) else None
    return ShownProposal(
        says=str(proposal.says)[:_LONGEST_SENTENCE],
        key=str(proposal.key),
        grounds=tuple(_ground(g) for g in proposal.grounds[:MOST_GROUNDS]),
        score=value,
        meaning=str(score.meaning)[:_LONGEST_SENTENCE] if score and value is not None else "",
        fills=str(proposal.fills),
        reading=str(proposal.reading)[:_LONGEST_SENTENCE],
        data=_plain(dict(proposal.data)),
    )


def _ground(ground: Ground) -> ShownGround:
    shape = None
    if ground.shape is not None and len(ground.shape) == 4:
        a, b, c, d = ((float(x), float(y)) for x, y in ground.shape)
        shape = (a, b, c, d)
    return ShownGround(
        says=str(ground.says)[:_LONGEST_SENTENCE],
        capture=int(ground.capture),
        shape=shape,
        span=(int(ground.span[0]), int(ground.span[1])) if ground.span else None,
        of=str(ground.of)[:_LONGEST_SENTENCE],
    )


def _plain(value: Any, depth: int = 0) -> Any:
    """Return what JSON can hold: numbers of numpy become Python's, what is unknown its text."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, Mapping):
        return {str(k): _plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v, depth + 1) for v in value]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if hasattr(value, "tolist"):
        return _plain(value.tolist(), depth + 1)
    return str(value)


def card_data(aid: Aid) -> dict[str, Any]:
    """Return what the journal keeps of an aid's card: title, how it was measured, the figures."""
    card = aid.card
    return {
        "title": str(card.title)[:_LONGEST_MATERIAL],
        "measured": str(card.measured)[:_LONGEST_SENTENCE],
        "synthetic": bool(card.synthetic),
        "figures": [
            {
                "name": str(f.name)[:_LONGEST_MATERIAL],
                "value": _plain(float(f.value)),
                "n": int(f.n),
                "material": str(f.material)[:_LONGEST_MATERIAL],
            }
            for f in card.figures[:_MOST_FIGURES]
        ],
        "more": max(0, len(card.figures) - _MOST_FIGURES),
    }


def spoken_of(
    state: Examination,
    subject: str,
    aid: str,
    proposal: ShownProposal,
    handed: Mapping[str, str],
) -> frozenset[str] | None:
    """Return which fields a proposal speaks of, or None where it is not for this subject.

    One that names a field still to be read is withheld, so that no reading is told before the
    examiner's own; one on another field of the same aid is that field's.
    """
    named = {proposal.fills, *(str(proposal.data.get(k, "")) for k in _NAMES_A_FIELD)}
    named = {name for name in named if state.checklist.field_of(name)}
    if not named:
        own = set(fields_of(state.checklist, aid)) & set(handed)
        return frozenset(own)
    elsewhere = all(aid in aids_of(state.checklist, name) for name in named)
    if subject not in named and elsewhere and state.checklist.item(subject) is None:
        # Offered on that field itself.
        return None
    if not state.revealed("aids") and not all(has_own_word(state, n) for n in named - {subject}):
        return None
    return frozenset(named)
