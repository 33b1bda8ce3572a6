"""A pool of drawn views on disk, so that several epochs share one drawing.

`python -m training.pool FOLDER SPLIT FIRST LAST` draws shards FIRST to LAST-1 of `SHARD` views
each; a shard depends on its number alone. Shards that are there are left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from docexam.aids.script.normalise import HEIGHT, WIDTH
from training.draw import CLASSES, views
from training.fonts import faces

SHARD = 2048
# Han, Arabic and empty paper are easy beside the pair that is the weak spot.
SHARES = np.array([0.16, 0.215, 0.215, 0.11, 0.10, 0.15, 0.05])
_SPLITS = {"train": 1, "validation": 2, "all": 3}


def shard(split: str, number: int, size: int = SHARD) -> tuple[np.ndarray, np.ndarray]:
    """Return views (n × rows × columns, 8 bits) and labels of one shard."""
    rng = np.random.default_rng([_SPLITS[split], number])
    given = faces(split)
    drawn, labels = np.zeros((size, HEIGHT, WIDTH), np.uint8), np.zeros(size, np.uint8)
    done = 0
    while done < size:
        label = int(rng.choice(len(CLASSES), p=SHARES))
        for one in views(rng, given, label)[: size - done]:
            drawn[done], labels[done] = one, label
            done += 1
    return drawn, labels


if __name__ == "__main__":
    folder, split = Path(sys.argv[1]), sys.argv[2]
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(int(sys.argv[3]), int(sys.argv[4])):
        path = folder / f"{split}-{number:03d}.npz"
        if path.exists():
            continue
        drawn, labels = shard(split, number, SHARD if split != "validation" else 3000)
        # Written aside first: the trainer takes whatever bears the name.
        np.savez(path.with_suffix(".part.npz"), x=drawn, y=labels)
        path.with_suffix(".part.npz").rename(path)
        print(path, flush=True)
