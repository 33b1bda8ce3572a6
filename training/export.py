"""Writing the network for numpy: `python -m training.export IN.pt [OUT.npz] --temperature T`.

Batch norm is folded into the convolutions, whose weights become 8-bit integers with one scale
for each output channel; the last layer and the offsets stay 16-bit floats.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.net import Net

OUT = Path(__file__).parent.parent / "src/docexam/aids/script/weights.npz"


def fold(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[np.ndarray, np.ndarray]:
    """Return the kernel and the offsets of a convolution with its batch norm."""
    gain = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach()
    weight = (conv.weight.detach() * gain[:, None, None, None]).numpy()
    return weight, (norm.bias - norm.running_mean * gain).detach().numpy()


def layers_of(pairs: list[tuple[np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return kernels and offsets as `docexam.aids.raster.convolution.read_layers` reads them."""
    arrays: dict[str, np.ndarray] = {}
    for n, (weight, offset) in enumerate(pairs):
        scale = np.abs(weight).max(axis=(1, 2, 3)) / 127.0 + 1e-12
        arrays[f"w{n}"] = np.round(weight / scale[:, None, None, None]).astype(np.int8)
        arrays[f"s{n}"] = scale.astype(np.float32)
        arrays[f"b{n}"] = offset.astype(np.float32)
    return arrays


def folded(net: Net) -> dict[str, np.ndarray]:
    """Return the arrays that `docexam.aids.script.forward` reads, without the temperature."""
    arrays = layers_of([fold(*pair) for pair in zip(net.convs, net.norms, strict=True)])
    arrays["dense"] = net.out.weight.detach().numpy().astype(np.float16)
    arrays["offset"] = net.out.bias.detach().numpy().astype(np.float16)
    return arrays


def write(net: Net, out: Path, temperature: float) -> int:
    """Write the weights and return their size in bytes."""
    np.savez_compressed(out, **folded(net.eval()), temperature=np.float32(temperature))
    return out.stat().st_size


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    parser.add_argument("--temperature", type=float, default=1.0)
    args = parser.parse_args()
    net = Net()
    net.load_state_dict(torch.load(args.network))
    print(args.out, write(net, args.out, args.temperature), "bytes")
