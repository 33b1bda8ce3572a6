"""Drawing pages to learn from: `python -m training.seals.pages POOL FIRST LAST [--seed N]`.

Pages are those of the benchmark's development split, whose layouts, fonts, pigments, rings, paper
and tables are not those of the test split. A shard holds the pixels as an aid sees them and what
is struck on them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from benchmarks.aids.material import Picture
from benchmarks.aids.scenes import scene
from benchmarks.aids.truth import Seal

from docexam.aids.seals.finding import LONGEST

ROUND, BOXED, TRIANGLE = range(3)
KINDS = {"round": ROUND, "oval": ROUND, "rect": BOXED, "square": BOXED, "triangle": TRIANGLE}
COLUMNS = ("kind", "x", "y", "xx", "xy", "yy", "strength", "ring", "ink")
_INKS = ("blue", "violet", "red", "black")


def row(seal: Seal, factor: float) -> list[float]:
    """Return what is to be learnt of a seal: `COLUMNS`, lengths times `factor`.

    xx, xy and yy are the matrix u uᵀ + v vᵀ of the half axes u and v of its quad.
    """
    corners = np.array(seal.quad) * factor
    middle = corners.mean(axis=0)
    u, v = (corners[1] + corners[2]) / 2 - middle, (corners[2] + corners[3]) / 2 - middle
    spread = np.outer(u, u) + np.outer(v, v)
    numbers = (*middle, spread[0, 0], spread[0, 1], spread[1, 1], seal.strength, seal.ring)
    return [KINDS[seal.shape], *(float(n) for n in numbers), _INKS.index(seal.ink)]


def draw(number: int, seed: int) -> dict[str, np.ndarray]:
    """Return a page's pixels (rows × columns × 3) and its seals (n × columns of `COLUMNS`)."""
    one = scene("dev", number, seed)
    picture = Picture(one.jpeg())
    rgb = picture.rgb(longest=LONGEST)
    factor = rgb.shape[1] / picture.size[0]
    seals = np.array([row(seal, factor) for seal in one.truth.seals], np.float32)
    lures = [np.array(lure.quad).ravel() * factor for lure in one.truth.lures]
    return {
        "rgb": rgb,
        "seals": seals.reshape(-1, len(COLUMNS)),
        "lures": np.array(lures, np.float32).reshape(-1, 8),
    }


def main() -> None:
    """Draw the pages asked for that are not there yet."""
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", type=Path)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--seed", type=int, default=700)
    args = parser.parse_args()
    args.pool.mkdir(parents=True, exist_ok=True)
    for number in range(args.first, args.last):
        out = args.pool / f"page-{args.seed}-{number:05d}.npz"
        if not out.exists():
            part = out.with_suffix(".part")
            with part.open("wb") as file:
                np.savez(file, **draw(number, args.seed))
            part.rename(out)


if __name__ == "__main__":
    main()
