"""The page aid: the outline of the document in each capture, and its card."""

from __future__ import annotations

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import Card, Gives, Material, Proposal, Reads, Run

ID = "page"
VERSION = "1.3"
_PURPOSE = Purpose(
    title="Outline of the page",
    purpose=(
        "Proposes where the document lies in a photograph, as four corners, so that it can be "
        "viewed as from straight above."
    ),
    cannot=(
        "It takes the document for flat with four straight sides; a bent or torn page is fitted "
        "roughly.",
        "Of several documents in one picture it outlines one.",
        "Where no edge stands out it proposes the picture's own edges and says so; it cannot tell "
        "a page that fills the picture from one whose edge is invisible.",
        "Which side is the top is assumed from how the page lies unless it says otherwise.",
        "Width against height is estimated from the perspective and can be some hundredths off.",
    ),
)


class PageAid:
    """Where the document lies in each capture."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES})
    gives = (Gives("page"),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card with the figures measured for this version."""
        return measured_card(ID, VERSION, _PURPOSE)

    def missing(self) -> str:
        """Return an empty string: the plain installation has everything."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return the outline in each capture. Raises InputError for a picture too small."""
        from docexam.aids.page.proposing import proposals

        return proposals(material, run, ID, VERSION)


AID = PageAid()
