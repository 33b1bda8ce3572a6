"""Convolutions of pictures with many channels: what the networks of the aids are made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from docexam.aids.raster.arrays import Plane

_BAND = 200_000  # numbers gathered at once: what the processor's own memory holds


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution: its kernel (see `gathered`), side and offsets."""

    kernel: Plane
    side: int
    offset: Plane

    def of(self, seen: Plane, stride: int = 1) -> Plane:
        """Return the convolution of rows × columns × channels."""
        out = convolved(seen, self.kernel, self.side, stride)
        out += self.offset
        return out

    def positive(self, seen: Plane, stride: int = 1) -> Plane:
        """Return the convolution, and nothing below 0."""
        out = self.of(seen, stride)
        return np.maximum(out, 0.0, out=out)


def read_layers(weights: Path) -> tuple[Layer, ...]:
    """Return the layers that a file of weights (.npz) holds, in their order.

    Batch norm is folded in: `wN` are 8-bit integers (outputs × inputs × side × side) with one scale
    for each output (`sN`), `bN` the offsets.
    """
    with np.load(weights, allow_pickle=False) as kept:
        count = sum(name.startswith("w") for name in kept.files)
        return tuple(_layer(kept[f"w{n}"], kept[f"s{n}"], kept[f"b{n}"]) for n in range(count))


def _layer(weight: Plane, scale: Plane, offset: Plane) -> Layer:
    whole = weight.astype(np.float32) * scale.astype(np.float32)[:, None, None, None]
    return Layer(gathered(whole), weight.shape[2], offset.astype(np.float32))


def gathered(kernel: Plane) -> Plane:
    """Return a kernel (outputs × inputs × side × side) as rows for `convolved`."""
    return np.ascontiguousarray(kernel.transpose(2, 3, 1, 0).reshape(-1, kernel.shape[0]))


def convolved(seen: Plane, kernel: Plane, side: int, stride: int = 1) -> Plane:
    """Return rows × columns × outputs of rows × columns × inputs, with nothing around.

    `kernel` is of `gathered`; with a stride of 2 every second place is looked at.
    """
    if side == 1 and stride == 1:
        return np.asarray(seen @ kernel)
    pad = side // 2
    padded = np.pad(seen, ((pad, pad), (pad, pad), (0, 0)))
    rows, columns = (-(-n // stride) for n in seen.shape[:2])
    inputs = seen.shape[2]
    out = np.empty((rows, columns, kernel.shape[1]), np.float32)
    band = max(1, _BAND // (columns * kernel.shape[0]))
    around = np.empty((min(band, rows), columns, side, side, inputs), np.float32)
    for first in range(0, rows, band):
        last = min(rows, first + band)
        here = around[: last - first]
        for down in range(side):
            top = first * stride + down
            lines = padded[top : top + (last - first - 1) * stride + 1 : stride]
            for across in range(side):
                end = across + (columns - 1) * stride + 1
                here[:, :, down, across] = lines[:, across:end:stride]
        flat = here.reshape(-1, kernel.shape[0])
        np.matmul(flat, kernel, out=out[first:last].reshape(-1, kernel.shape[1]))
    return out


def along(line: Plane, layer: Layer, apart: int = 1) -> Plane:
    """Return the convolution of places × inputs along one line; the kernel has one row.

    It looks at places `apart` from each other.
    """
    count = layer.kernel.shape[0] // line.shape[1]
    reach = count // 2 * apart
    padded = np.pad(line, ((reach, reach), (0, 0)))
    parts = [padded[n * apart : n * apart + len(line)] for n in range(count)]
    return np.asarray(np.concatenate(parts, axis=1) @ layer.kernel + layer.offset)
