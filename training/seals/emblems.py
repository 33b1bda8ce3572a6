"""How often a printed emblem is taken for a seal: `python -m training.seals.emblems FOLDER…`.

Emblems from a font of icons that nothing was trained on (`icons.py`, validation) are laid on drawn
pages kept apart (`pages.py`), and the aid looks at them as shipped.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from docexam.aids.seals.density import ink_of
from docexam.aids.seals.finding import found_in
from training.seals.crops import lay, pigment, placed, way_of
from training.seals.icons import printed

EACH = 4
KINDS = ("print", "tint", "ink")
_SMALLEST, _LARGEST = 35.0, 110.0
_OFF = 0.5  # of the way to a seal's edge: nearer it is that seal

Rng = np.random.Generator
Spot = tuple[float, float, float, str]  # x, y, half the longer side, and in what it is printed


@dataclass
class Counts:
    """Emblems laid on and those taken for seals, by kind; seals there and found; other proposals."""

    laid: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    seals: int = 0
    found: int = 0
    other: int = 0


def count(folders: list[Path], rng: Rng) -> Counts:
    """Return what is proposed on every page of some folders, with emblems laid on."""
    counts = Counts()
    for path in (path for folder in folders for path in sorted(folder.glob("page-*.npz"))):
        with np.load(path) as kept:
            ink, seals = ink_of(kept["rgb"]), kept["seals"]
        spots = _laid(ink.dense, seals, rng)
        counts.laid.update(kind for *_, kind in spots)
        counts.seals += len(seals)
        for one in found_in(ink, lambda share, what: None):
            x, y = one.outline.x, one.outline.y
            away = np.hypot(seals[:, 1] - x, seals[:, 2] - y) / (seals[:, 3] * seals[:, 5]) ** 0.25
            near = [kind for u, v, half, kind in spots if np.hypot(u - x, v - y) < half]
            if len(seals) and away.min() < _OFF:
                counts.found += 1
            elif near:
                counts.taken[near[0]] += 1
            else:
                counts.other += 1
    return counts


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
    told = count([Path(word) for word in sys.argv[1:]], np.random.default_rng(5))
    for name in KINDS:
        print(f"{name}: {told.taken[name]} of {told.laid[name]} emblems taken for seals")
    print(f"seals found: {told.found} of {told.seals}; other proposals: {told.other}")
