"""Writing the reader of type for numpy: `python -m training.type_export IN.pt… [--out OUT.npz]`.

Of several networks, one trained on from the other, the mean of their weights is written.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from docexam.aids.typed.reader import WEIGHTS
from training.export import fold, layers_of
from training.type_net import Reader


def folded(net: Reader) -> dict[str, np.ndarray]:
    """Return the arrays that `docexam.aids.typed.reader` reads."""
    pairs = []
    for conv, norm, more in zip(net.convs, net.norms, _deeper(net), strict=True):
        pairs += [fold(conv, norm), *more]
    lines = zip((*net.along, *net.pens), (*net.along_norms, *net.pens_norms), strict=True)
    for conv, norm in lines:
        weight, offset = fold_along(conv, norm)
        pairs.append((weight[:, :, None], offset))
    arrays = layers_of(pairs)
    arrays["out"] = net.out.weight.detach().numpy().T.astype(np.float16)
    arrays["offset"] = net.out.bias.detach().numpy().astype(np.float16)
    arrays["pen"] = net.pen.weight.detach().numpy()[0].astype(np.float16)
    arrays["strokes"] = net.strokes.weight.detach().numpy()[0].astype(np.float16)
    arrays["pen_offset"] = (net.pen.bias + net.strokes.bias).detach().numpy()[0].astype(np.float32)
    return arrays


def _deeper(net: Reader) -> list[list[tuple[np.ndarray, np.ndarray]]]:
    return [
        [fold(conv, norm) for conv, norm in zip(*stage, strict=True)]
        for stage in zip(net.deeper, net.deeper_norms, strict=True)
    ]


def fold_along(conv: torch.nn.Conv1d, norm: torch.nn.BatchNorm1d) -> tuple[np.ndarray, np.ndarray]:
    """Return the kernel and the offsets of a layer along the line with its batch norm."""
    gain = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach()
    weight = (conv.weight.detach() * gain[:, None, None]).numpy()
    return weight, (norm.bias - norm.running_mean * gain).detach().numpy()


def mean(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights of networks."""
    return {
        name: torch.stack([state[name].double() for state in states]).mean(0).to(kept.dtype)
        for name, kept in states[0].items()
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("networks", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    made = Reader()
    made.load_state_dict(mean([torch.load(path) for path in args.networks]))
    np.savez_compressed(args.out, **folded(made.eval()))
    print(args.out, args.out.stat().st_size, "bytes")
