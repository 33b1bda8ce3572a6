"""Shards of writing with its letters: `python -m training.plain POOL FIRST LAST [SPLIT]`.

The pool of pool.py is as hard as captures can be; a network of this size learns the letters of
many hands only if it also sees them clearly, many times, and is told which they are. These shards
(numbers from 900; those of the families that join for the last run from 980 000, scribbles alone
from 990 000, names cut short with a wavy trail after them from 970 000, the hands of Debian from
960 000, Arabic and formal hands of Debian from 950 000)
hold ink without paper: what stands around writing, wear and blur are added anew in every pass of
training.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from docexam.aids.script.normalise import HEIGHT, WIDTH, Ink, _box, _tilt, find_ink, view
from training import strokes
from training.draw import (
    CLASSES,
    Faces,
    _bent,
    _chosen,
    _covers,
    _decorate,
    _pen,
    _photographed,
    _scribbled,
    _set,
)
from training.fonts import faces
from training.letters import LETTERS, shown
from training.pool import SHARD
from training.words import WRITERS

# Of each split: the number of its first shard, and the seed.
SPLITS = {
    "train": (900, 6),
    "late": (980_000, 7),
    "validation": (985_000, 9),
    "scribbles": (990_000, 8),
    "trailed": (970_000, 10),
    "hands": (960_000, 11),
    "formal": (950_000, 12),
    "aside": (900, 13),
}
_SHARES = np.array([0.16, 0.26, 0.26, 0.12, 0.09, 0.11])
# Splits of some classes only.
_ONLY = {
    "scribbles": np.eye(len(_SHARES))[-1],
    "hands": np.array([0.0, 0.45, 0.25, 0.24, 0.0, 0.06]),
    "formal": np.array([0.0, 0.26, 0.12, 0.0, 0.54, 0.08]),
    "aside": np.eye(len(_SHARES))[4],
}
# Splits that draw from hands of Debian, and from which.
_HANDS = {"hands": "hands", "formal": "hands", "aside": "aside"}
_LEAST = {"Cyrl": 3, "Latn": 3, "Arab": 3}
# Classes whose names are cut short, with the least letters that are left.
_TRAILED = {"Cyrl": 2, "Latn": 2}
_TAKES = 2


def shard(split: str, number: int, size: int = SHARD) -> dict[str, np.ndarray]:
    """Return one shard: `x` views (n × rows × columns, 8 bits), `y` labels, `l` letters (n × all)."""
    rng = np.random.default_rng([SPLITS[split][1], number])
    given = faces("train") if split in (*_ONLY, "trailed") else faces(split)
    if split in _HANDS:
        given |= faces(_HANDS[split])
    shares = _ONLY.get(split, _SHARES)
    x, y = np.zeros((size, HEIGHT, WIDTH), np.uint8), np.zeros(size, np.uint8)
    seen = np.zeros((size, len(LETTERS)), np.uint8)
    done = 0
    while done < size:
        label = int(rng.choice(len(shares), p=shares))
        mask, text = written(rng, given, CLASSES[label])
        if split == "trailed" and CLASSES[label] in _TRAILED and rng.random() < 0.6:
            mask, text = _cut_short(rng, given, CLASSES[label])
        if split == "formal" and CLASSES[label] == "Arab":
            mask = _stretched(rng, mask)
        for ink in [_taken(rng, given, mask) for _ in range(_TAKES)]:
            if ink is not None and done < size:
                x[done] = view(ink, rng.normal(0, 0.04), rng.uniform(0, 0.08))
                y[done], seen[done] = label, shown(text)
                done += 1
    return {"x": x, "y": y, "l": seen}


def written(rng: np.random.Generator, given: Faces, code: str) -> tuple[np.ndarray, str]:
    """Return a mask of a class and what it reads."""
    if code == "Zzzz":
        return _scribbled(rng), ""
    while True:
        face = _chosen(rng, given[code])
        text = WRITERS[face.script](rng)
        if len(text) >= _LEAST.get(code, 2) and "-" not in text and _covers(face, text):
            return _set(rng, face, text), text


def _cut_short(rng: np.random.Generator, given: Faces, code: str) -> tuple[np.ndarray, str]:
    """Return the first letters of a name, the rest of it a wavy line, and those letters."""
    while True:
        face = _chosen(rng, given[code])
        text = WRITERS[face.script](rng).split(" ")[-1].strip(".-")[: int(rng.integers(2, 6))]
        if len(text) >= _TRAILED[code] and _covers(face, text):
            return _trailed(rng, _set(rng, face, text)), text


def _trailed(rng: np.random.Generator, mask: np.ndarray) -> np.ndarray:
    """Return a mask with a wavy line that goes on from its last letter."""
    rows, columns = np.nonzero(mask > 90)
    if not len(rows):
        return mask
    last = columns.max()
    ends = rows[columns > last - 6]
    tall, wide = float(np.ptp(rows) + 1), float(np.ptp(columns) + 1)
    long = max(20.0, wide * rng.uniform(0.35, 1.5))
    path = strokes.trail(rng, long, tall * rng.uniform(0.08, 0.4))
    start = (last - rng.uniform(0, 6), float(rng.choice(ends)))
    path = path + start
    grown = np.pad(mask, ((24, 24), (0, int(long) + 24)))
    depth = cv2.distanceTransform((mask > 90).astype(np.uint8), cv2.DIST_L2, 3)
    stroke = max(1.0, 2 * float(np.quantile(depth[depth > 0], 0.7)))
    strokes.draw_path(grown, path + (0, 24), min(stroke * rng.uniform(0.6, 1.2), 6.0))
    return grown


def _stretched(rng: np.random.Generator, mask: np.ndarray) -> np.ndarray:
    """Return a mask drawn out or pushed together along the line, and bent once more as a rule.

    Hands of Arabic differ more in that than the fonts of it do.
    """
    by = float(np.exp(rng.uniform(-0.45, 0.5)))
    size = max(8, round(mask.shape[1] * by)), mask.shape[0]
    mask = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    return _bent(rng, mask) if rng.random() < 0.6 else mask


def _taken(rng: np.random.Generator, given: Faces, mask: np.ndarray) -> Ink | None:
    ink = mask
    if rng.random() < 0.12:
        ink = mask.copy()
        _decorate(rng, ink)
    ink = _bent(rng, ink) if rng.random() < 0.5 else ink
    if rng.random() < 0.5:
        ink = _pen(rng, ink, rng.random() < 0.4)
    if rng.random() < 0.1:
        return find_ink(_photographed(rng, given, ink))
    return small(ink)


def small(ink: np.ndarray) -> Ink | None:
    """Return a mask as ink, no larger than the view needs; there are no ruled lines to look for."""
    factor = min(1.0, 2 * HEIGHT / ink.shape[0], 2 * WIDTH / ink.shape[1])
    size = max(8, round(ink.shape[1] * factor)), max(8, round(ink.shape[0] * factor))
    share = cv2.resize(ink, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    box = _box(share > 0.35)
    return None if box is None else Ink(share, box, _tilt(share > 0.35), False)


def main() -> None:
    """Draw the shards that are not there yet."""
    folder, split = Path(sys.argv[1]), (sys.argv[4:] or ["train"])[0]
    folder.mkdir(parents=True, exist_ok=True)
    # Hands set aside are looked at in training, not learnt from.
    use = "validation" if split == "aside" else "train"
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        path = folder / f"{use}-{SPLITS[split][0] + number}.npz"
        if not path.exists():
            np.savez(path.with_suffix(".part.npz"), **shard(split, number))
            path.with_suffix(".part.npz").rename(path)
            print(path, flush=True)


if __name__ == "__main__":
    main()
