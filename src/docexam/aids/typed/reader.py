"""The network that reads a line of type by the shapes of its letters, and what it makes of them.

It knows no words: `reader.npz` is written by `training/type_export.py` from a network that learned
on drawn entries of names, dates, numbers and letters at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np

from docexam.aids.raster.arrays import Floats, Mask, Plane
from docexam.aids.raster.convolution import Layer, along, read_layers

WEIGHTS = Path(__file__).with_name("reader.npz")
ALPHABET = (
    " 0123456789.,-№/:;()«»\"'"
    "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
_POOLS = ((2, 2), (2, 2), (2, 1), (2, 1), (2, 1))  # after each convolution: rows, columns
DEEPER = (0, 2, 2, 1, 0)  # layers behind each pool that add to what it gives
APART = (1, 1, 1, 4, 8, 2, 1)  # steps between what each layer along the line sees of it
PENS_APART = (1, 4)  # the same of the layers that look at strokes for a pen
PENS_AFTER = 2  # the stage whose strokes they look at
SOME_INK = 0.25  # of a step's darkest place, from which a pen may have been there
STEP = 4  # columns of a strip that one step along the line takes


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as read: its share against all others there (0 to 1), its columns in the strip."""

    text: str
    share: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Network:
    """The stages, the layers along the line and of strokes, the last layers' weights and offsets.

    A stage is the layer before its pool and those behind it.
    """

    stages: tuple[tuple[Layer, ...], ...]
    along: tuple[Layer, ...]
    pens: tuple[Layer, ...]
    out: Plane
    offset: Plane
    pen: Plane
    strokes: Plane
    pen_offset: float


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the shipped network."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        layers = iter(read_layers(WEIGHTS))
        out, offset, pen, strokes = (
            kept[name].astype(np.float32) for name in ("out", "offset", "pen", "strokes")
        )
        pen_offset = float(kept["pen_offset"])
    stages = tuple(tuple(islice(layers, 1 + count)) for count in DEEPER)
    lines = tuple(islice(layers, len(APART)))
    return Network(stages, lines, tuple(layers), out, offset, pen, strokes, pen_offset)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network makes of a strip.

    `shares` are steps × kinds, each row adding up to 1: the first kind is between letters, the
    others are those of ALPHABET. `pen` is how much it looks written rather than typed: the
    logarithm of the odds, the mean over the steps with ink; `steps` is how many those are.
    """

    shares: Floats
    pen: float
    steps: int


def look(pixels: Plane) -> Seen:
    """Return what the network makes of a strip, rows × columns × planes."""
    net = network()
    wide = -(-pixels.shape[1] // STEP) * STEP
    padded = np.pad(pixels, ((0, 0), (0, wide - pixels.shape[1]), (0, 0))).astype(np.float32)
    line, strokes = _features(net, padded)
    scores = (line @ net.out + net.offset).astype(np.float64)
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    ink = _inked(pixels, wide)
    pens = (line @ net.pen + strokes @ net.strokes + net.pen_offset)[ink]
    pen = float(pens.mean()) if len(pens) else 0.0
    return Seen(raised / raised.sum(axis=1, keepdims=True), pen, len(pens))


def _features(net: Network, seen: Plane) -> tuple[Plane, Plane]:
    """Return what is seen at each step: of letters, and of strokes."""
    for n, ((first, *deeper), pool) in enumerate(zip(net.stages, _POOLS, strict=True)):
        seen = _pooled(first.positive(seen), *pool)
        for layer in deeper:
            seen = np.maximum(seen + layer.of(seen), 0.0)
        if n == PENS_AFTER:
            strokes = np.concatenate([seen.mean(axis=0), seen.max(axis=0)], axis=1)
    line = seen[0]
    for layer, apart in zip(net.along, APART, strict=True):
        line = line + np.maximum(along(line, layer, apart), 0.0)
    for layer, apart in zip(net.pens, PENS_APART, strict=True):
        strokes = np.maximum(along(strokes, layer, apart), 0.0)
    return line, strokes


def _inked(pixels: Plane, wide: int) -> Mask:
    columns = np.pad(pixels[..., 0].max(axis=0), (0, wide - pixels.shape[1]))
    return np.asarray(columns.reshape(-1, STEP).max(axis=1) > SOME_INK)


def letters(given: Floats, start: int = 0) -> tuple[Letter, ...]:
    """Return the letters of shares along a line: the best kind of each step, runs taken once.

    `start` is the step of the line at which the shares begin.
    """
    best = given.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best)) + 1
    found = []
    for first, last in zip((0, *edges.tolist()), (*edges.tolist(), len(best)), strict=True):
        kind = int(best[first])
        if kind:
            share = float(given[first:last, kind].max())
            places = (start + first) * STEP, (start + last) * STEP
            found.append(Letter(ALPHABET[kind - 1], share, *places))
    return tuple(found)


def likelihood(given: Floats, text: str) -> float:
    """Return the logarithm of how likely a text is, over all ways to lay it along the line.

    Minus infinity for a text with letters that are not in ALPHABET, or longer than the line.
    """
    if any(letter not in ALPHABET for letter in text):
        return -np.inf
    kinds = np.zeros(2 * len(text) + 1, np.intp)  # the kind between letters, then each letter
    kinds[1::2] = [ALPHABET.index(letter) + 1 for letter in text]
    steps = np.log(np.maximum(given[:, kinds], 1e-12))
    # A letter may follow the one before it at once unless they are the same.
    leaps = np.zeros(len(kinds), bool)
    leaps[3::2] = kinds[3::2] != kinds[1:-2:2]
    ways = np.full(len(kinds), -np.inf)
    ways[:2] = steps[0, :2]
    for step in steps[1:]:
        before = np.logaddexp(ways, np.concatenate(([-np.inf], ways[:-1])))
        leapt = np.where(leaps, np.concatenate(([-np.inf, -np.inf], ways))[: len(ways)], -np.inf)
        ways = np.logaddexp(before, leapt) + step
    return float(np.logaddexp(ways[-1], ways[-2]) if len(ways) > 1 else ways[-1])


def _pooled(seen: Plane, rows: int, columns: int) -> Plane:
    high, wide, channels = seen.shape
    blocks = seen.reshape(high // rows, rows, wide // columns, columns, channels)
    return np.asarray(blocks.max(axis=(1, 3)))
