"""How much a candidate looks like a seal: a logistic model of what speaks for it.

The weights were fitted on drawn pages of three generators, none below zero for what can only
speak for a seal, so that the model says nothing that a person could not follow. What words along
the ring count for, and black, was then set by hand to what left most seals and fewest emblems.
"""

from __future__ import annotations

import math

from docexam.aids.seals.candidates import Candidate
from docexam.aids.seals.colour import Shade

# What is counted, the most of it that counts, and its weight.
WEIGHTS: dict[str, tuple[float, float]] = {
    "longest": (1, 1.68),
    "edge": (0.6, 8.50),
    "coherence": (0.6, 6.46),
    "contrast": (0.7, 5.68),
    "full turnover": (0.25, 8.11),
    "wording": (0.35, 4.0),
    "bare": (1, -4.44),
    "held": (1, 2.03),
    "solid": (0.5, -11.21),
    "even black": (1, -13.30),
}
_BIAS = -7.35
_BLACK = -2.2  # black needs more: text and pictures are black too
_COLOURED, _MOST_COLOUR = 0.25, 0.95  # hardly coloured; ink takes some of every light
# Ink as dark as that is coloured; clothes and hair are not.
_DARK, _DARK_COLOURED, _TOO_DARK = 1.0, 0.5, 1.45
_PALE, _PALE_BLACK = 0.42, 0.80  # densities under which ink may be the pale tint of print
_AS_DARK = 0.46  # of the density of the page's print: under it black is grey
_LETTERED, _EMPTY = 0.13, 0.09  # changes from ink to none around the inside, under which it is bare
_WORDLESS = 0.29  # changes along the ring, for the share of it that is there
_LEAST_RING = 0.3
_TWOFOLD, _VOUCHED = 2, 0.9
_ORANGE, _BROWN = 0.8, 0.2  # of the blue that is taken, the green; the least colour for that
_TINTED = 0.12  # darker ground within than around: paper within a ring is paper, a disc is not
_FLAT, _SMALL, _FILLED = 0.52, 0.04, 0.2  # the short axis by the long; the radius by the picture


def score(candidate: Candidate) -> float:
    """Return 0 to 1; no probability."""
    e = candidate.evidence
    counted = {name: e.of(name) for name in e.names} | {
        "held": candidate.held,
        "full turnover": e.of("coverage") * e.of("turnover"),
        "bare": max(0.0, _LETTERED - e.of("turnover")) / _LETTERED,
        "even black": _even_black(candidate),
    }
    points = _BIAS + sum(w * min(counted[name], most) for name, (most, w) in WEIGHTS.items())
    points -= _of_form(candidate) + _of_ink(candidate)
    return 1.0 / (1.0 + math.exp(-min(max(points, -30.0), 30.0)))


def _of_form(candidate: Candidate) -> float:
    """Return what speaks against the form of a seal: grain, a filled or an empty inside."""
    e = candidate.evidence
    doubt = 60.0 * max(0.0, candidate.noise - 0.10)  # grain makes rings of anything
    doubt += 12.0 * max(0.0, e.of("solid") - 0.55)
    # Words fit a small outline easily, along a part of it.
    small = max(0.0, _SMALL - e.of("size")) / 0.01
    doubt += 7.5 * min(1.0, small) * (1.0 - e.of("coverage")) + 2.0 * max(0.0, small - 1.0)
    doubt += 20.0 * max(0.0, candidate.shade.tint - _TINTED)
    bare = 8.0 * max(0.0, _EMPTY - e.of("turnover")) / _EMPTY + 25.0 * _wordless(candidate)
    doubt += bare * (1.0 - _VOUCHED * _struck_twofold(candidate))
    return doubt + 40.0 * max(0.0, _FLAT - e.of("aspect"))


def _struck_twofold(candidate: Candidate) -> float:
    """Return how far strong coloured ink in whole rings, one in the other, vouches for a stamp.

    Stamps with a number alone have no words along the ring; emblems are paler, cups brown.
    """
    e, shade = candidate.evidence, candidate.shade
    if candidate.direction == "grey" or e.of("rings") < _TWOFOLD:
        return 0.0
    whole = min(1.0, max(0.0, e.of("coverage") - 0.7) / 0.2)
    strong = min(1.0, max(0.0, shade.strength - _PALE) / 0.15)
    hued = shade.colourfulness > _COLOURED and _red(shade) >= _ORANGE
    return whole * strong if hued or candidate.direction == "cool" else 0.0


def _wordless(candidate: Candidate) -> float:
    """Return how far words are missing along the ring: so are emblems, rims of cups and heads."""
    e = candidate.evidence
    wording = e.of("wording") / max(_LEAST_RING, e.of("coverage"))
    return max(0.0, _WORDLESS - wording) / _WORDLESS


def _of_ink(candidate: Candidate) -> float:
    """Return what speaks against the ink of a seal: no colour, too much, paler than print."""
    shade, colour = candidate.shade, candidate.shade.colourfulness
    filled = max(0.0, candidate.evidence.of("solid") - _FILLED)
    doubt = 6.0 * max(0.0, colour - _MOST_COLOUR)
    doubt += 40.0 * max(0.0, 1.0 - shade.strength / _PALE) * filled
    if candidate.direction != "cool" and colour > _BROWN:
        doubt += 20.0 * max(0.0, _ORANGE - _red(shade))
    if candidate.direction == "grey":
        # Printed grey is paler than the print; a coloured ring is another direction's to propose.
        dark = shade.strength / max(candidate.print_density, 0.15)
        doubt += 26.0 * max(0.0, _AS_DARK - dark) + 10.0 * filled
        return doubt + 6.0 * max(0.0, colour - 0.3) - _BLACK
    doubt += 8.0 * max(0.0, shade.strength - _TOO_DARK)
    doubt += 60.0 * max(0.0, shade.strength - _DARK) * max(0.0, _DARK_COLOURED - colour)
    return doubt + 12.0 * max(0.0, _COLOURED - colour) + _printed(candidate)


def _red(shade: Shade) -> float:
    """Return how far green is taken as blue is, which red ink does; 1 where it is not brownish.

    Stains, wood and the rings of cups take far more of the blue.
    """
    if shade.blue <= shade.red:
        return 1.0
    return (shade.green - shade.red) / max(shade.blue - shade.red, 0.02)


def _printed(candidate: Candidate) -> float:
    """Return what a ring loses that is pale, whole, even and nearly alone, as printed ones are."""
    e = candidate.evidence
    paleness = max(0.0, 1.0 - candidate.shade.strength / _PALE)
    alone = min(1.0, max(0.0, (3.0 - e.of("rings")) / 2.0))
    return 30.0 * paleness * e.of("longest") * _even(candidate) * alone


def _even_black(candidate: Candidate) -> float:
    """Return how pale, whole and even a grey ring is, which emblems in print are."""
    if candidate.direction != "grey":
        return 0.0
    paleness = max(0.0, 1.0 - candidate.shade.strength / _PALE_BLACK)
    return paleness * candidate.evidence.of("longest") * _even(candidate)


def _even(candidate: Candidate) -> float:
    return min(1.0, max(0.0, (0.32 - candidate.evidence.of("evenness")) / 0.2))
