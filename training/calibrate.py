"""Choosing temperature and thresholds on the validation families: `python -m training.calibrate NET.pt`.

Prints the temperature with the least loss for scores averaged as the program averages them, and
what each threshold would name and get right.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch

from docexam.aids.script import forward
from docexam.aids.script.normalise import find_ink, view
from docexam.aids.script.reading import VIEWS
from training.draw import CLASSES, sample
from training.export import write
from training.fonts import faces
from training.net import Net


def collect(net: Net, split: str, n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return scores before softmax (n × views × classes) and labels, of crops with ink."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.npz"
        write(net, path, 1.0)
        forward.WEIGHTS = path
        forward.network.cache_clear()
        network = forward.network()
    rng, given, scores, labels = np.random.default_rng([seed, 5]), faces(split), [], []
    while len(labels) < n:
        one = sample(rng, given, len(labels) % len(CLASSES))
        ink = find_ink(one.crop)
        if ink is not None:
            seen = np.stack([view(ink, turn, loose) for turn, loose in VIEWS])
            scores.append(forward.logits(seen, network))
            labels.append(one.label)
    return np.array(scores), np.array(labels)


def averaged(scores: np.ndarray, temperature: float) -> np.ndarray:
    """Return the mean over views of softmax at a temperature, n × classes."""
    raised = np.exp((scores - scores.max(2, keepdims=True)) / temperature)
    return (raised / raised.sum(2, keepdims=True)).mean(1)


def main() -> None:
    """Print the best temperature and a table of thresholds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("--split", default="validation")
    parser.add_argument("-n", type=int, default=2100)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    net = Net()
    net.load_state_dict(torch.load(args.network))
    scores, labels = collect(net.eval(), args.split, args.n, args.seed)
    losses = {}
    for temperature in np.arange(0.4, 2.01, 0.05):
        share = averaged(scores, temperature)[np.arange(len(labels)), labels]
        losses[round(float(temperature), 2)] = float(-np.log(share + 1e-9).mean())
    best = min(losses, key=losses.__getitem__)
    print(f"temperature {best} (loss {losses[best]:.4f}; at 1: {losses[1.0]:.4f})")
    shares = averaged(scores, best)
    said, top = shares.argmax(1), shares.max(1)
    print(
        f"right {np.mean(said == labels):.4f}; one view {np.mean(scores[:, 0].argmax(1) == labels):.4f}"
    )
    pair = shares[:, 1] + shares[:, 2]
    for least in (0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9):
        named = top >= least
        print(
            f"least {least}: named {named.mean():.3f} right {np.mean(said[named] == labels[named]):.4f}",
            end="; ",
        )
        both = ~named & (pair >= 0.6)
        fits = np.isin(labels[both], (1, 2)).mean() if both.any() else 0
        print(f"pair {both.mean():.3f} right {fits:.3f}")


if __name__ == "__main__":
    main()
