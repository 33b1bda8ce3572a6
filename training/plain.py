"""Shards of whole names plainly written: `python -m training.plain POOL FIRST LAST [SPLIT]`.

The pool of pool.py is as hard as captures can be; a network of this size learns the letters of
many hands only if it also sees them clearly. These shards join the pool under numbers from 900,
those of the validation families, which only the last run may see, from 980.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from docexam.aids.script.normalise import HEIGHT, WIDTH, Ink, find_ink, ink_of, view
from training.draw import CLASSES, Faces, _bent, _covers, _pen, _photographed, _scribbled, _set
from training.fonts import Face, faces
from training.pool import SHARD
from training.words import WRITERS

# Of each split: the number of its first shard, and the seed.
SPLITS = {"train": (900, 4), "validation": (980, 5)}
_SHARES = np.array([0.18, 0.26, 0.26, 0.11, 0.08, 0.11])
_LEAST = {"Cyrl": 5, "Latn": 5, "Arab": 4}


def shard(split: str, number: int, size: int = SHARD) -> tuple[np.ndarray, np.ndarray]:
    """Return views (n × rows × columns, 8 bits) and labels of one shard of plain writing."""
    rng = np.random.default_rng([SPLITS[split][1], number])
    given = faces(split)
    drawn, labels = np.zeros((size, HEIGHT, WIDTH), np.uint8), np.zeros(size, np.uint8)
    done = 0
    while done < size:
        label = int(rng.choice(len(_SHARES), p=_SHARES))
        mask = _scribbled(rng) if CLASSES[label] == "Zzzz" else _name(rng, given[CLASSES[label]])
        for ink in (_taken(rng, given, mask), _taken(rng, given, mask)):
            if ink is not None and done < size:
                drawn[done], labels[done] = (
                    view(ink, rng.normal(0, 0.03), rng.uniform(0, 0.08)),
                    label,
                )
                done += 1
    return drawn, labels


def _name(rng: np.random.Generator, given: list[Face]) -> np.ndarray:
    weights = np.array([face.weight for face in given])
    while True:
        face = given[int(rng.choice(len(given), p=weights / weights.sum()))]
        text = WRITERS[face.script](rng)
        if len(text) >= _LEAST.get(face.script, 2) and "-" not in text and _covers(face, text):
            return _set(rng, face, text)


def _taken(rng: np.random.Generator, given: Faces, mask: np.ndarray) -> Ink | None:
    ink = _bent(rng, mask) if rng.random() < 0.4 else mask
    if rng.random() < 0.4:
        ink = _pen(rng, ink, rng.random() < 0.3)
    if rng.random() < 0.25:
        return find_ink(_photographed(rng, given, ink))
    return ink_of(ink.astype(np.float32) / 255)


def main() -> None:
    """Draw the shards that are not there yet."""
    folder, split = Path(sys.argv[1]), (sys.argv[4:] or ["train"])[0]
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        path = folder / f"train-{SPLITS[split][0] + number}.npz"
        if not path.exists():
            x, y = shard(split, number)
            np.savez(path.with_suffix(".part.npz"), x=x, y=y)
            path.with_suffix(".part.npz").rename(path)
            print(path, flush=True)


if __name__ == "__main__":
    main()
