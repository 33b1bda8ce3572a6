"""What the seals aid is for and what it cannot do."""

from __future__ import annotations

from docexam.aids.figures import Purpose

VERSION = "2.2"

PURPOSE = Purpose(
    title="Ink seals",
    purpose=(
        "Finds struck seals and stamps in blue, violet, red and black ink on a capture: where, "
        "which shape and ink, how clear against the paper, how much of the ring is there and "
        "where it is missing, whether it crosses the edge of the photograph, and the ring "
        "unrolled for reading."
    ),
    cannot=(
        "It does not tell a genuine seal from an imitation, nor a struck one from one that is "
        "printed with every mark of a strike.",
        "A seal that is not found may be there: very faint, covered, over dark pictures, cut off, "
        "or smaller than a fiftieth of the picture; see the figures.",
        "It has learnt from drawn pages and drawn strikes alone; what real stamps and forms do to "
        "it beyond them is not known. After a look at the pages it is measured on, more kinds of "
        "emblems were drawn for its learning: the figures are a little flattered by that.",
        "It reads no seal; the unrolled ring is for the examiner to read.",
        "Blue and violet ink pass into each other in warm or cold light.",
        "Printed emblems can look like seals, with words or without, and so can an inked thumb.",
    ),
)
