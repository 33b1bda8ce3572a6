"""The network that reads a line of type by the shapes of its letters, and what it makes of them.

It knows no words: `reader.npz` is written by `training/type_export.py` from a network that learned
on drawn entries of names, dates, numbers and letters at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
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
APART = (1, 1, 1, 4, 8)  # steps between what each layer along the line sees of it
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
    """The convolutions, the layers along the line, the last layers' weights and offsets."""

    seeing: tuple[Layer, ...]
    along: tuple[Layer, ...]
    out: Plane
    offset: Plane
    pen: Plane
    pen_offset: float


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the shipped network."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        layers = read_layers(WEIGHTS)
        seeing = len(_POOLS)
        out, offset = kept["out"].astype(np.float32), kept["offset"].astype(np.float32)
        pen, pen_offset = kept["pen"].astype(np.float32), float(kept["pen_offset"])
    return Network(layers[:seeing], layers[seeing:], out, offset, pen, pen_offset)


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
    seen = np.pad(pixels, ((0, 0), (0, wide - pixels.shape[1]), (0, 0))).astype(np.float32)
    for layer, pool in zip(net.seeing, _POOLS, strict=True):
        seen = _pooled(layer.positive(seen), *pool)
    line = seen[0]
    for layer, apart in zip(net.along, APART, strict=True):
        line = line + np.maximum(along(line, layer, apart), 0.0)
    scores = (line @ net.out + net.offset).astype(np.float64)
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    ink = _inked(pixels, wide)
    pens = (line @ net.pen + net.pen_offset)[ink]
    pen = float(pens.mean()) if len(pens) else 0.0
    return Seen(raised / raised.sum(axis=1, keepdims=True), pen, len(pens))


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
