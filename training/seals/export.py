"""Writing a network for numpy: `python -m training.seals.export IN.pt [OUT.npz] [--closer]`.

Batch norm is folded into the convolutions, whose weights become 8-bit integers with one scale for
each output channel.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from docexam.aids.seals import closer, network
from training.export import fold, layers_of
from training.seals.closer import Closer
from training.seals.net import Net


def folded(net: Net | Closer) -> dict[str, np.ndarray]:
    """Return the arrays of a network's layers, in the order in which they are used."""
    pairs = [*net.convs]
    if isinstance(net, Net):
        pairs += [net.lift, net.narrow, net.join]
    last = net.out
    layers = [fold(conv, norm) for conv, norm in pairs]
    return layers_of([*layers, (last.weight.detach().numpy(), last.bias.detach().numpy())])


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
