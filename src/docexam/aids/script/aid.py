"""The script aid: which script a signature or other handwriting is in, and its card."""

from __future__ import annotations

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import Card, Gives, Material, Proposal, Reads, Run

ID = "script"
VERSION = "1.6"
_PURPOSE = Purpose(
    title="Script of handwriting",
    purpose=(
        "Proposes which script a signature or a few handwritten words are in: Hangul, Cyrillic, "
        "Latin, Han or Arabic; or that they are a scribble, or that nothing is written there. "
        "“Unsure” and “Cyrillic or Latin” are outcomes."
    ),
    cannot=(
        "It was trained on handwriting drawn from fonts, never on real signatures. Real ones, "
        "abbreviated and worn by habit, are harder than anything it was measured on.",
        "Cyrillic and Latin share letters: many a short signature is in both.",
        "It knows five scripts. Kana, Greek, Georgian, Armenian, Thai, Devanagari or any other "
        "script is forced into one of them, called a scribble, or left unsure.",
        "It does not read the name, and a script says nothing about where its writer is from.",
        "After a look at its figures by family more Arabic hands were drawn for its training; the "
        "figure for Arabic is a little flattered by that.",
        "A seal, a printed line or print across the writing can mislead it, and a page without a "
        "region is refused.",
    ),
)


class ScriptAid:
    """Which script handwriting is in."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES, Reads.REGION})
    gives = (Gives("script"),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card with the figures measured for this version."""
        return measured_card(ID, VERSION, _PURPOSE)

    def missing(self) -> str:
        """Return an empty string: the plain installation has everything."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return the script of the writing in the region, or of each capture that is a crop.

        Raises InputError for a part too small, and for a page without a region.
        """
        from docexam.aids.script.proposing import proposals

        return proposals(material, run, ID, VERSION)


AID = ScriptAid()
