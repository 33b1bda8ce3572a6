"""What a network finds on pages kept apart: `python -m training.seals.found NET.pt FOLDER…`."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from docexam.aids.seals.density import ink_of
from docexam.aids.seals.sightings import parted, read
from training.seals.net import Net

LEVELS = (0.2, 0.3, 0.4, 0.5)
CLEAR_STRENGTH, CLEAR_RING = 0.42, 0.7


@cache
def _pages(folder: Path) -> list[tuple[str, torch.Tensor, np.ndarray]]:
    out = []
    for path in sorted(folder.glob("page-*.npz")):
        with np.load(path) as kept:
            dense = torch.from_numpy(np.clip(ink_of(kept["rgb"]).dense, -0.5, 2.05))
            out.append((path.stem, dense, kept["seals"]))
    return out


@torch.no_grad()
def found(net: Net, dense: torch.Tensor, least: float) -> np.ndarray:
    """Return rows of score, x, y, half width, half height, the best first, as the program reads."""
    net.eval()
    height, width = dense.shape[1:]
    padded = functional.pad(dense, (0, -width % 64, 0, -height % 64))
    seen = parted(read(net(padded[None])[0].permute(1, 2, 0).numpy(), least))
    rows = [(one.score, one.outline.x, one.outline.y, *one.outline.reach) for one in seen]
    return np.array(rows).reshape(-1, 5)


def report(net: Net, folder: Path, tell: bool = False) -> str:
    """Return precision and recall at some levels of the score."""
    counts = np.zeros((len(LEVELS), 3))
    clear_there = there = 0
    right = np.zeros(len(LEVELS))
    for name, dense, seals in _pages(folder):
        rows = found(net, dense, LEVELS[0])
        clear = (seals[:, 6] >= CLEAR_STRENGTH) & (seals[:, 7] >= CLEAR_RING)
        there, clear_there = there + len(seals), clear_there + int(clear.sum())
        for k, level in enumerate(LEVELS):
            some = rows[rows[:, 0] >= level]
            hit = {j for row in some if (j := _hit(row, seals)) is not None}
            counts[k] += (len(hit), sum(clear[j] for j in hit), len(some))
            right[k] += len(hit) == len(seals) == len(some)
            if tell and k == 1:
                _tell(name, some, seals, hit)
    return f"{folder.name}: " + "  ".join(
        f"≥{level}: P {c[0] / max(1, c[2]):.3f} R {c[0] / max(1, there):.3f} "
        f"clear {c[1] / max(1, clear_there):.3f} exact {r / max(1, len(_pages(folder))):.2f}"
        for level, c, r in zip(LEVELS, counts, right, strict=True)
    )


def _tell(name: str, some: np.ndarray, seals: np.ndarray, hit: set[int]) -> None:
    for j, s in enumerate(seals):
        if j not in hit:
            print(name, "missed kind", s[0], "at", s[1:3].round(), "strength", s[6:9].round(2))
    for row in some:
        if _hit(row, seals) is None:
            print(name, "false", row.round(2))


def _hit(row: np.ndarray, seals: np.ndarray) -> int | None:
    best = None
    for j, s in enumerate(seals):
        away = np.hypot(row[1] - s[1], row[2] - s[2]) / np.sqrt(np.sqrt(s[3] * s[5]))
        if away < 0.5 and (best is None or away < best[0]):
            best = (away, j)
    return best[1] if best else None


if __name__ == "__main__":
    net = Net()
    net.load_state_dict(torch.load(sys.argv[1]))
    for folder in sys.argv[2:]:
        print(report(net, Path(folder), tell=True))
