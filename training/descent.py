"""Training small layers on numpy alone: Adam with a rate that falls as a half cosine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_BATCH = 256
_RATE = 2e-3


def descend(
    layers: list[np.ndarray],
    slopes: Callable[[np.ndarray], list[np.ndarray]],
    count: int,
    passes: int,
    rng: np.random.Generator,
    *,
    decay: float,
) -> None:
    """Change `layers` in place so that the loss falls whose slopes `slopes` gives.

    `slopes` takes the numbers of a batch of the `count` examples; `decay` is of the weights.
    """
    first, second = [np.zeros_like(one) for one in layers], [np.zeros_like(one) for one in layers]
    step, total = 0, passes * (count // _BATCH)
    for _ in range(passes):
        order = rng.permutation(count)
        for at in range(0, count - _BATCH + 1, _BATCH):
            step += 1
            rate = _RATE * 0.5 * (1 + np.cos(np.pi * step / total)) + 1e-6
            for i, slope in enumerate(slopes(order[at : at + _BATCH])):
                first[i] += 0.1 * (slope - first[i])
                second[i] += 0.001 * (slope * slope - second[i])
                scale = np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8
                layers[i] -= rate * (first[i] / (1 - 0.9**step) / scale + decay * layers[i])
