"""Writing the reader of type for numpy: `python -m training.type_export IN.pt [OUT.npz]`."""

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
    pairs = [fold(conv, norm) for conv, norm in zip(net.convs, net.norms, strict=True)]
    for conv, norm in zip(net.along, net.along_norms, strict=True):
        weight, offset = fold_along(conv, norm)
        pairs.append((weight[:, :, None], offset))
    arrays = layers_of(pairs)
    arrays["out"] = net.out.weight.detach().numpy().T.astype(np.float16)
    arrays["offset"] = net.out.bias.detach().numpy().astype(np.float16)
    arrays["pen"] = net.pen.weight.detach().numpy()[0].astype(np.float16)
    arrays["pen_offset"] = net.pen.bias.detach().numpy()[0].astype(np.float32)
    return arrays


def fold_along(conv: torch.nn.Conv1d, norm: torch.nn.BatchNorm1d) -> tuple[np.ndarray, np.ndarray]:
    """Return the kernel and the offsets of a layer along the line with its batch norm."""
    gain = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach()
    weight = (conv.weight.detach() * gain[:, None, None]).numpy()
    return weight, (norm.bias - norm.running_mean * gain).detach().numpy()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=WEIGHTS)
    args = parser.parse_args()
    made = Reader()
    made.load_state_dict(torch.load(args.network))
    np.savez_compressed(args.out, **folded(made.eval()))
    print(args.out, args.out.stat().st_size, "bytes")
