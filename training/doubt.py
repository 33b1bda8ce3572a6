"""Weighing what speaks for a pen: `python -m training.doubt [--pages N] [--seeds S …]`.

Draws development pages (`type_dev`), reads every field as the program does, and prints the weights
for `docexam.aids.typed.hand` that logistic regression gives, with what they would do. Typed fields
that were read far off teach nothing: else whatever cannot be read would count as type.
"""

from __future__ import annotations

import numpy as np
from benchmarks.aids.matching import distance

from docexam.aids.typed.choosing import choose
from docexam.aids.typed.hand import parts_of
from docexam.aids.typed.words import Read
from training import type_dev

_DECAY = 0.1
_OFF = 0.1  # share of a typed field's letters read wrong from which it teaches nothing
_PAPER = np.full((8, 8, 3), 255, np.uint8)


def fitted(x: np.ndarray, y: np.ndarray, steps: int = 30) -> np.ndarray:
    """Return the weights of the columns of `x` and the start, by Newton's steps on the log loss.

    Written and other fields count alike, whatever their numbers. A little decay keeps the weights
    finite where the columns part both.
    """
    seen = np.column_stack([x, np.ones(len(x))])
    weight = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    found = np.zeros(seen.shape[1])
    for _ in range(steps):
        share = 1 / (1 + np.exp(-(seen @ found)))
        slope = seen.T @ ((share - y) * weight) + _DECAY * found
        bend = (seen * (share * (1 - share) * weight)[:, None]).T @ seen
        found -= np.linalg.solve(bend + _DECAY * np.eye(len(found)), slope)
    return found


def alone(one: type_dev.DevRead) -> tuple[float, float, float]:
    """Return what counts where Tesseract does not read too."""
    strokes, unsure, _, _ = parts_of(_PAPER, choose(one.shapes, Read((), "")))
    return strokes, unsure, one.found.doubt.parts[2]


def far_off(one: type_dev.DevRead) -> bool:
    """Return whether a field that was typed or printed was read far off."""
    true = " ".join(one.field.text.split())
    return one.field.made != "written" and distance(one.found.chosen.text, true) > _OFF * len(true)


def told(
    how: str, parts: np.ndarray, written: np.ndarray, hard: np.ndarray, off: np.ndarray
) -> None:
    """Print the weights of what counts, and what they would do at several limits."""
    weights = fitted(parts[~off], written[~off])
    print(f"{how}: strokes, unsure, coloured (, unlike), start:", np.round(weights, 2))
    value = parts @ weights[:-1] + weights[-1]
    for limit in np.arange(-1.0, 2.1, 0.25):
        shares = [
            f"written unread {np.mean(value[written & only] >= limit):.3f} "
            f"print unread {np.mean(value[~written & only] >= limit):.3f}"
            for only in (np.ones(len(hard), bool), ~hard, hard)
        ]
        print(f"limit {limit:.2f}:", " | clear: ".join(shares[:2]), "| hard:", shares[2])


if __name__ == "__main__":
    read = [one for one in type_dev.asked() if one.found.chosen.words]
    written = np.array([one.field.made == "written" for one in read])
    hard = np.array([one.hard for one in read])
    parts = np.array([one.found.doubt.parts for one in read])
    off = np.array([far_off(one) for one in read])
    told("with Tesseract", parts, written, hard, off)
    told("alone", np.array([alone(one) for one in read]), written, hard, off)
