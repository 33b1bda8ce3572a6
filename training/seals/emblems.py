"""How often a printed emblem is taken for a seal: `python -m training.seals.emblems FOLDER…`.

Emblems from a font of icons that nothing was trained on (`icons.py`, validation) are laid on drawn
pages kept apart, and the shipped networks look at them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from docexam.aids.seals.closer import likeness
from docexam.aids.seals.density import ink_of
from docexam.aids.seals.finding import GLANCE
from docexam.aids.seals.sightings import sightings
from training.seals.crops import lay, pigment, placed, way_of
from training.seals.icons import printed

PAGES, EACH = 60, 4
LEVELS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
KINDS = ("print", "tint", "ink")
_SMALLEST, _LARGEST = 35.0, 110.0

Rng = np.random.Generator
Spot = tuple[float, float, float, str]  # x, y, half the longer side, and in what it is printed


def scores(folders: list[Path], rng: Rng) -> list[tuple[str, float]]:
    """Return for each emblem laid on how it was printed and the score it got, 0 where unseen."""
    pages = [path for folder in folders for path in sorted(folder.glob("page-*.npz"))]
    out = []
    for number in rng.permutation(len(pages))[:PAGES]:
        with np.load(pages[number]) as kept:
            dense, seals = ink_of(kept["rgb"]).dense, kept["seals"]
        spots = _laid(dense, seals, rng)
        seen = [(one, likeness(dense, one.outline)) for one in sightings(dense, GLANCE)]
        for x, y, half, kind in spots:
            near = [s for o, s in seen if np.hypot(o.outline.x - x, o.outline.y - y) < half]
            out.append((kind, max(near, default=0.0)))
    return out


def _laid(dense: np.ndarray, seals: np.ndarray, rng: Rng) -> list[Spot]:
    """Lay emblems on a page, apart from its seals, and return where."""
    height, width = dense.shape[1:]
    spots: list[Spot] = []
    for _ in range(10 * EACH):
        half = float(np.exp(rng.uniform(np.log(_SMALLEST), np.log(_LARGEST))))
        if len(spots) == EACH or min(height, width) < 2 * half + 4:
            break
        x, y = float(rng.uniform(half, width - half)), float(rng.uniform(half, height - half))
        near = [
            np.hypot(x - s[1], y - s[2]) < half + 1.2 * np.hypot(*s[[3, 5]] ** 0.5) for s in seals
        ]
        near += [np.hypot(x - u, y - v) < 1.5 * (half + other) for u, v, other, _ in spots]
        if not any(near):
            kind = str(rng.choice(KINDS, p=(0.6, 0.2, 0.2)))
            mask, corner = placed(printed(rng, "validation"), way_of(half, rng), (x, y))
            lay(dense, mask, corner, _taken(kind, rng))
            spots.append((x, y, half, kind))
    return spots


def _taken(kind: str, rng: Rng) -> np.ndarray:
    """Return the share of light that an emblem takes in each channel."""
    if kind == "print":
        return np.full(3, rng.uniform(0.3, 0.88))
    return rng.uniform(0, 0.45, 3) if kind == "tint" else pigment(rng) * rng.uniform(0.4, 0.9)


if __name__ == "__main__":
    told = scores([Path(word) for word in sys.argv[1:]], np.random.default_rng(5))
    for kind in KINDS:
        mine = np.array([score for one, score in told if one == kind])
        shares = "  ".join(f"≥{level}: {np.mean(mine >= level):.3f}" for level in LEVELS)
        print(f"{kind}, {len(mine)} emblems: {shares}")
