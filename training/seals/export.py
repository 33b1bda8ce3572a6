"""Writing a network for numpy: `python -m training.seals.export IN.pt [OUT.npz] [--closer]`.

Batch norm is folded into the convolutions, whose weights become 8-bit integers with one scale for
each output channel.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import nn

from docexam.aids.seals import closer, network
from training.seals.closer import Closer
from training.seals.net import Net


def folded(net: Net | Closer) -> dict[str, np.ndarray]:
    """Return the arrays that `docexam.aids.seals.network` reads."""
    arrays: dict[str, np.ndarray] = {}
    pairs = [*net.convs]
    if isinstance(net, Net):
        pairs += [net.lift, net.narrow, net.join]
    for n, (conv, norm) in enumerate(pairs):
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


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--closer", action="store_true", help="the network of the closer look")
    args = parser.parse_args()
    net: Net | Closer = Closer() if args.closer else Net()
    net.load_state_dict(torch.load(args.network))
    out = args.out or (closer.WEIGHTS if args.closer else network.WEIGHTS)
    np.savez_compressed(out, **folded(net.eval()))
    print(out, out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
