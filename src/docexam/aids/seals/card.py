"""What the seals aid is for and what it cannot do."""

from __future__ import annotations

from docexam.aids.figures import Purpose

VERSION = "1.3"

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
        "printed in colour with every mark of a strike.",
        "A seal that is not found may be there: faint, covered, over dark pictures, cut off, or "
        "smaller than a fiftieth of the picture. Faint strikes are missed "
        "far more often than clear ones; see the figures.",
        "It reads no seal; the unrolled ring is for the examiner to read.",
        "Blue and violet ink pass into each other in warm or cold light.",
        "A printed black emblem with a ring and letters can look like a black seal.",
        "A black frame along the lines of the form is taken for the form's; one that stands askew "
        "is proposed.",
        "What lies wholly within a photograph is proposed only where it is very clear.",
    ),
)
