"""The seals aid: proposals of ink seals on a capture, and its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.aids.figures import measured_card
from docexam.aids.protocol import (
    Cancelled,
    CaptureImage,
    Card,
    Gives,
    Ground,
    Material,
    Proposal,
    Reads,
    Run,
    Score,
)
from docexam.aids.seals.card import PURPOSE, VERSION

if TYPE_CHECKING:
    from docexam.aids.seals.seal import Seal

ID = "seals"
_MEANING = (
    "How much it looks like a struck seal to networks that have seen drawn ones, from 0 to 1. "
    "It orders proposals and is no probability."
)


_SHAPES = {"rect": "rectangular", "triangle": "triangular"}
_OF_SIDES = ((0.9, "whole"), (0.6, "most of it there"), (0.2, "part of it there"))


class SealsAid:
    """Ink seals: where, which ink, how clear, how much of the ring, over the photograph's edge."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES, Reads.REGION})
    gives = (Gives("seals", many=True),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return measured_card(ID, VERSION, PURPOSE)

    def missing(self) -> str:
        """Return an empty string: nothing beyond the plain installation is needed."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return a proposal for each seal of each capture, and one sentence where none was found.

        Raises DocexamError where a capture cannot be decoded or is too small, and Cancelled.
        """
        from docexam.aids.seals.looking import seals_of

        out: list[Proposal] = []
        for number, capture in enumerate(material.captures):
            region = material.region
            if region is not None and region.capture != capture.n:
                continue

            def tick(share: float, what: str, number: int = number) -> None:
                if run.cancelled():
                    raise Cancelled
                run.progress((number + share) / len(material.captures), what)

            seals = seals_of(capture, region.shape if region else None, tick)
            out += [_proposal(capture, seal) for seal in seals] or [_none(capture)]
        return tuple(out)


AID = SealsAid()


def _proposal(capture: CaptureImage, seal: Seal) -> Proposal:
    return Proposal(
        ID,
        VERSION,
        "seals",
        f"This looks like a {_described(seal)} seal.",
        tuple(Ground(says, capture.n, seal.outline) for says in _grounds(seal)),
        Score(round(seal.score, 3), _MEANING),
        data={"capture": capture.n, **seal.as_json()},
    )


def _described(seal: Seal) -> str:
    faint = "faint " if seal.strength < 0.15 else ""
    return f"{faint}{seal.ink} {_SHAPES.get(seal.shape, seal.shape)}"


def _grounds(seal: Seal) -> tuple[str, ...]:
    round_one = seal.shape in ("round", "oval")
    seen = f"A ring of {seal.ink} ink, {_gaps(len(seal.gaps))}." if round_one else _frame(seal)
    says = [seen]
    if seal.cut_off:
        says.append("It goes on beyond the edge of what was looked at.")
    if seal.crosses_photo:
        says.append("It crosses the edge of what looks like a photograph.")
    elif seal.crosses_photo is False:
        says.append("What looks like a photograph is seen; it does not cross its edge.")
    return tuple(says)


def _gaps(count: int) -> str:
    if count < 2:
        return "with one gap" if count else "all around"
    return f"with {count} gaps"


def _frame(seal: Seal) -> str:
    for least, says in _OF_SIDES:
        if seal.ring >= least:
            return f"A frame of {seal.ink} ink, {says}."
    return f"There is {seal.ink} ink; no frame stands out, its corners are where one is expected."


def _none(capture: CaptureImage) -> Proposal:
    return Proposal(
        ID,
        VERSION,
        "seals",
        f"No ink seal was found on capture {capture.n} where one could be seen; "
        "that is not the same as absent.",
    )
