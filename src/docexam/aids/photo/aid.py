"""The photo aid: whether a photograph is there, and its card."""

from __future__ import annotations

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import Card, Gives, Material, Proposal, Reads, Run

ID = "photo"
VERSION = "1.3"
_PURPOSE = Purpose(
    title="Photograph present",
    purpose=(
        "Proposes whether a photograph is there: in the region that is pointed at, or anywhere on "
        "the page, and where."
    ),
    cannot=(
        "It knows nothing of where a kind of document has its photograph: not found on the page "
        "is not absent, and a page that has no place for one looks the same.",
        "It looks for a rectangle with the tones of a picture. A drawing, a printed portrait or a "
        "picture that is no portrait can pass for a photograph.",
        "It does not say whose face it is, and not whether the photograph belongs there.",
        "Under glare, blur or below a few dozen pixels it says that it cannot tell.",
    ),
)


class PhotoAid:
    """Whether a photograph is in a region, or on the page."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES, Reads.REGION})
    gives = (Gives("photo"),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card with the figures measured for this version."""
        return measured_card(ID, VERSION, _PURPOSE)

    def missing(self) -> str:
        """Return an empty string: the plain installation has everything."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return what was found in the region, or on each capture.

        Raises InputError for a picture or a region too small.
        """
        from docexam.aids.photo.proposing import proposals

        return proposals(material, run, ID, VERSION)


AID = PhotoAid()
