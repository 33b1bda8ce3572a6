"""How much a candidate looks like a seal: a logistic model of what speaks for it.

The weights were fitted on drawn pages of two generators, none below zero for what can only speak
for a seal, so that the model says nothing that a person could not follow.
"""

from __future__ import annotations

import math

from docexam.aids.seals.candidates import Candidate

# What is counted, the most of it that counts, and its weight.
WEIGHTS: dict[str, tuple[float, float]] = {
    "longest": (1, 1.20),
    "edge": (0.6, 4.52),
    "coherence": (0.6, 7.43),
    "contrast": (0.7, 5.41),
    "rings": (4, 0.52),
    "solid": (0.5, -2.63),
    "full turnover": (0.25, 8.15),
    "bare": (1, -6.27),
}
_BIAS = -6.78
_BLACK = -3.95  # black needs more: text and pictures are black too
_COLOURED = 0.25  # colourfulness under which a coloured candidate is hardly coloured
_PALE, _PALE_BLACK = 0.42, 0.80  # densities under which ink may be the pale tint of print
_LETTERED = 0.13  # changes from ink to none around the inside, under which it is bare


def score(candidate: Candidate) -> float:
    """Return 0 to 1; no probability."""
    e = candidate.evidence
    coverage = e.of("coverage")
    counted = {name: e.of(name) for name in e.names} | {
        "held": candidate.held,
        "full turnover": coverage * e.of("turnover"),
        "bare": max(0.0, _LETTERED - e.of("turnover")) / _LETTERED,
    }
    points = _BIAS + sum(w * min(counted[name], most) for name, (most, w) in WEIGHTS.items())
    points -= _doubts(candidate)
    return 1.0 / (1.0 + math.exp(-min(max(points, -30.0), 30.0)))


def _doubts(candidate: Candidate) -> float:
    """Return what speaks against the ink of a seal: grain, a filled inside, colour, even print."""
    shade, colour = candidate.shade, candidate.shade.colourfulness
    doubt = 60.0 * max(0.0, candidate.noise - 0.10)  # grain makes rings of anything
    doubt += 12.0 * max(0.0, candidate.evidence.of("solid") - 0.55)
    if candidate.direction == "grey":
        # Printed grey is paler than black ink; a coloured ring is another direction's to propose.
        doubt += 6.0 * max(0.0, colour - 0.3) + 12.0 * max(0.0, 0.5 - shade.strength)
        return doubt - _BLACK + _printed(candidate, _PALE_BLACK)
    if candidate.direction == "warm":
        # Red ink takes green and blue alike; stains and wood take far more of the blue.
        green, blue = shade.green - shade.red, max(shade.blue - shade.red, 0.02)
        doubt += 16.0 * max(0.0, 0.6 - green / blue)
    return doubt + 12.0 * max(0.0, _COLOURED - colour) + _printed(candidate, _PALE)


def _printed(candidate: Candidate, pale: float) -> float:
    """Return what a ring that is pale, whole and even all around loses: emblems are printed so."""
    e = candidate.evidence
    paleness = max(0.0, 1.0 - candidate.shade.strength / pale)
    even = min(1.0, max(0.0, (0.32 - e.of("evenness")) / 0.2))
    return 22.0 * paleness * e.of("longest") * even
