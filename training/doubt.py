"""Weighing what speaks for a pen: `python -m training.doubt [--pages N] [--seeds S …]`.

Draws development pages of the benchmark, in more faces of type and more hands than it uses itself,
none of which the reader of type has learnt from; reads every field as the program does; and prints
the weights for `docexam.aids.typed.hand` that logistic regression gives, with what they would do.
It needs the benchmark's fonts and Debian's fonts-mononoki and fonts-agave.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
from benchmarks.aids import fonts
from benchmarks.aids.material import Picture, on_capture
from benchmarks.aids.scenes import scene

from docexam.aids.protocol import Alone
from docexam.aids.typed.region import read_region

_TRUE = "/usr/share/fonts/truetype/"
TYPED = (
    _TRUE + "mononoki/mononoki-Regular.ttf",
    _TRUE + "agave/agave-r-autohinted.ttf",
    "cascadia-mono",
    "lilex",
)
ENTRIES = ("caveat", "bad-script")
_GROW = 0.3  # room around a field, as the benchmark gives it


def fields(pages: int, seed: int) -> Iterator[tuple[bool, bool, tuple[float, float, float]]]:
    """Yield of each field: whether it was written, whether the page is hard, what counts."""
    for number in range(pages):
        shown = scene("dev", number, seed)
        picture = Picture(shown.jpeg())
        for one in shown.truth.fields:
            material = on_capture(picture, one.quad, _GROW)
            assert material.region is not None
            found = read_region(material.captures[0], material.region, Alone())
            if found.chosen.words:
                hard = shown.truth.difficulty == "hard"
                yield one.made == "written", hard, found.doubt.parts


def fitted(x: np.ndarray, y: np.ndarray, steps: int = 4000) -> np.ndarray:
    """Return the weights of the columns of `x` and the start, by descent on the log loss.

    Written and other fields count alike, whatever their numbers.
    """
    seen = np.column_stack([x, np.ones(len(x))])
    weight = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    found = np.zeros(seen.shape[1])
    for _ in range(steps):
        share = 1 / (1 + np.exp(-(seen @ found)))
        found -= 0.2 * (seen * ((share - y) * weight)[:, None]).mean(axis=0)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=64)
    parser.add_argument("--seeds", type=int, nargs="+", default=[5, 6])
    args = parser.parse_args()
    fonts.DEV["typed"] += TYPED
    fonts.DEV["entry"] += ENTRIES
    seen = [one for seed in args.seeds for one in fields(args.pages, seed)]
    written, hard, parts = (np.array(column) for column in zip(*seen, strict=True))
    weights = fitted(parts, written)
    print("strokes, unsure, coloured, start:", np.round(weights, 2))
    value = parts @ weights[:-1] + weights[-1]
    for limit in np.arange(-1.0, 2.1, 0.25):
        told = [
            f"written unread {np.mean(value[written & only] >= limit):.3f} "
            f"print unread {np.mean(value[~written & only] >= limit):.3f}"
            for only in (np.ones(len(hard), bool), ~hard, hard)
        ]
        print(f"limit {limit:.2f}:", " | clear: ".join(told[:2]), "| hard:", told[2])
