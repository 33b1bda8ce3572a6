"""The ink aid: which colours of ink there are and whether two places share one; its card."""

from __future__ import annotations

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import Card, Gives, Material, Proposal, Reads, Run

ID = "ink"
VERSION = "1.3"
_PURPOSE = Purpose(
    title="Colours of ink",
    purpose=(
        "Describes the colours of the ink on a page and compares the ink in a region (a "
        "signature) with the ink elsewhere (the entries)."
    ),
    cannot=(
        "The same colour is not the same pen, and another colour in a picture is not proof of "
        "another pen: pressure, light, paper and the camera change it.",
        "White balance is taken from the paper nearby; under mixed light or on coloured paper "
        "that is rough.",
        "JPEG files keep colour at a quarter of the detail: thin strokes take on the colour of the "
        "paper. Dark ink of any hue is near black.",
        "It does not tell handwriting from print or seals by itself; the boxes show what was "
        "compared.",
    ),
)


class InkAid:
    """Which inks there are, and whether the region's ink is among those outside."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES, Reads.REGION})
    gives = (Gives("ink"),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card with the figures measured for this version."""
        return measured_card(ID, VERSION, _PURPOSE)

    def missing(self) -> str:
        """Return an empty string: the plain installation has everything."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return the inks of the region against those around it, or of each capture.

        Raises InputError for a picture too small.
        """
        from docexam.aids.ink.proposing import proposals

        return proposals(material, run, ID, VERSION)


AID = InkAid()
