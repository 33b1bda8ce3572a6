"""Measuring the shipped weights as the program runs them: `python -m training.evaluate`.

Draws photographed crops of the validation families (`--final`: of the families kept for the
test, which nothing may be chosen by) and runs the aid's own reading on them. Prints accuracy,
confusion and calibration. `--names` reads names plainly written, each class as often, instead of
photographed crops. `--aside` asks the network alone about writing in the hands set aside
(`training.plain`, split `aside`), and `--weights FILE` asks other weights, such as earlier ones.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from docexam.aids.script import forward
from docexam.aids.script.forward import CLASSES, network
from docexam.aids.script.judging import judged
from docexam.aids.script.normalise import find_ink
from docexam.aids.script.reading import read_ink
from training.draw import sample
from training.fonts import faces
from training.plain import shard, small, written


def collect(split: str, n: int, seed: int) -> tuple[np.ndarray, np.ndarray, list[str], float]:
    """Return scores (n × classes), labels, families, and seconds of reading a crop took."""
    rng, given = np.random.default_rng([seed, 77]), faces(split)
    scores, labels, names, spent = [], [], [], 0.0
    for i in range(n):
        one = sample(rng, given, i % len(CLASSES))
        began = time.process_time()
        ink = find_ink(one.crop)
        found = read_ink(ink).scores
        spent += time.process_time() - began
        scores.append([found[code] for code in CLASSES])
        labels.append(one.label)
        names.append(one.family)
    return np.array(scores), np.array(labels), names, spent / n


def names(split: str, n: int, seed: int) -> tuple[np.ndarray, np.ndarray, list[str], float]:
    """Return what `collect` does of `n` names as they leave the pen, of the six classes in turn."""
    rng, given = np.random.default_rng([seed, 78]), faces(split)
    scores, labels, spent = [], [], 0.0
    while len(labels) < n:
        label = len(labels) % (len(CLASSES) - 1)
        ink = small(written(rng, given, CLASSES[label])[0])
        if ink is None:
            continue
        began = time.process_time()
        found = read_ink(ink).scores
        spent += time.process_time() - began
        scores.append([found[code] for code in CLASSES])
        labels.append(label)
    return np.array(scores), np.array(labels), [CLASSES[one] for one in labels], spent / n


def aside(n: int) -> float:
    """Return the share of `n` single views of the hands set aside that the network tells right."""
    drawn = shard("aside", 0, n)
    return float(np.mean(forward.shares(drawn["x"]).argmax(1) == drawn["y"]))


def main() -> None:
    """Print the figures of a split."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--aside", action="store_true")
    parser.add_argument("--weights", type=Path, default=forward.WEIGHTS)
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--final", action="store_true")
    parser.add_argument("--split", default="validation")
    parser.add_argument("-n", type=int, default=1400)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    forward.WEIGHTS = args.weights
    if args.aside:
        print(f"hands set aside: {aside(args.n):.4f} of {args.n} views right")
        return
    split = "final" if args.final else args.split
    draw = names if args.names else collect
    scores, labels, families, seconds = draw(split, args.n, args.seed)
    print(
        f"{split}: {args.n} crops, {1000 * seconds:.1f} ms each, temperature {network().temperature:.2f}"
    )
    _told(scores, labels, families)


def _told(scores: np.ndarray, labels: np.ndarray, names: list[str]) -> None:
    """Print the figures of scores (n × classes), true classes and families."""
    said = scores.argmax(1)
    six = labels < 6
    merge = lambda v: np.where(v == 2, 1, v)  # noqa: E731 - a name for one expression
    print(f"six classes {np.mean(said[six] == labels[six]):.4f}")
    print(f"Cyrl and Latn merged {np.mean(merge(said)[six] == merge(labels)[six]):.4f}")
    hang = said == 0
    print(
        f"Hangul recall {np.mean(hang[labels == 0]):.4f} precision {np.mean(labels[hang] == 0):.4f}"
    )
    print("rows true, columns said:", *CLASSES)
    for c, name in enumerate(CLASSES):
        print(name, *np.bincount(said[labels == c], minlength=len(CLASSES)))
    codes = np.array(
        [judged(dict(zip(CLASSES, map(float, row), strict=True))).code for row in scores]
    )
    named = np.isin(codes, CLASSES) & six
    right = codes == np.array(CLASSES)[labels]
    print(f"named {named.sum() / six.sum():.3f}, right where named {right[named].mean():.4f}")
    top = scores.max(1)
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.96), (0.96, 1.01)):
        part = (top >= low) & (top < high) & six
        if part.any():
            print(
                f"best score {low:.2f}-{high:.2f}: n {part.sum()} right {np.mean(said[part] == labels[part]):.3f}"
            )
    families: dict[str, list[bool]] = {}
    for name, ok in zip(names, said == labels, strict=True):
        families.setdefault(name, []).append(bool(ok))
    print(
        "  ".join(
            f"{k} {np.mean(v):.2f}/{len(v)}"
            for k, v in sorted(families.items(), key=lambda kv: np.mean(kv[1]))[:16]
        )
    )


if __name__ == "__main__":
    main()
