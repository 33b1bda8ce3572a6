"""Writing the network for numpy: `python -m training.seals.export IN.pt [OUT.npz]`.

Batch norm is folded into the convolutions, whose weights become 8-bit integers with one scale for
each output channel.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.seals.net import Net

OUT = Path(__file__).parents[2] / "src/docexam/aids/seals/weights.npz"


def folded(net: Net) -> dict[str, np.ndarray]:
    """Return the arrays that `docexam.aids.seals.network` reads."""
    arrays: dict[str, np.ndarray] = {}
    for n, pair in enumerate([*net.convs, net.lift, net.narrow, net.join]):
        conv, norm = pair
        gain = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach()
        weight = (conv.weight.detach() * gain[:, None, None, None]).numpy()
        offset = (norm.bias - norm.running_mean * gain).detach().numpy()
        _keep(arrays, n, weight, offset)
    last: nn.Conv2d = net.out
    _keep(arrays, n + 1, last.weight.detach().numpy(), last.bias.detach().numpy())
    return arrays


def _keep(arrays: dict[str, np.ndarray], n: int, weight: np.ndarray, offset: np.ndarray) -> None:
    scale = np.abs(weight).max(axis=(1, 2, 3)) / 127.0 + 1e-12
    arrays[f"w{n}"] = np.round(weight / scale[:, None, None, None]).astype(np.int8)
    arrays[f"s{n}"] = scale.astype(np.float32)
    arrays[f"b{n}"] = offset.astype(np.float32)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    args = parser.parse_args()
    net = Net()
    net.load_state_dict(torch.load(args.network))
    np.savez_compressed(args.out, **folded(net.eval()))
    print(args.out, args.out.stat().st_size, "bytes")
