"""A drawn picture as aids see it, and truth in the fractions they speak."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from docexam.aids.protocol import Material, Region
from docexam.workbench.aid_images import Upright

from .truth import Box, Point, Quad


class Picture:
    """JPEG bytes as a `docexam.aids.protocol.CaptureImage`.

    Decoded and reduced by the workbench's own code, so that aids see the pixels they will see.
    """

    def __init__(self, content: bytes, n: int = 1) -> None:
        self.n = n
        self._content = content
        with Image.open(io.BytesIO(content)) as image:
            self.width, self.height = image.size
        self._upright = Upright(self.original)

    @cached_property
    def sha256(self) -> str:
        """Return the hash of the bytes."""
        return hashlib.sha256(self._content).hexdigest()

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in pixels."""
        return self.width, self.height

    def rgb(self, longest: int = 0) -> NDArray[np.uint8]:
        """Return the pixels, reduced where `longest` asks for it; decoded once."""
        return self._upright.rgb(longest)

    def original(self) -> bytes:
        """Return the JPEG bytes."""
        return self._content


def on_capture(picture: Picture, quad: Quad | None = None, grow: float = 0.0) -> Material:
    """Return material of one capture; with `quad` (pixels) a region around it, grown by a share
    of its shorter side."""
    if quad is None:
        return Material(captures=(picture,))
    shape = shares(grown(quad, grow), picture.size)
    return Material(captures=(picture,), region=Region(picture.n, shape))


def grown(quad: Quad, share: float) -> Quad:
    """Return a quad moved outward on every side by a share of its shorter side."""
    a, b, c, d = (np.asarray(p, dtype=float) for p in quad)
    right, down = (b - a + c - d) / 2, (d - a + c - b) / 2
    wide, high = np.hypot(*right), np.hypot(*down)
    by = share * min(wide, high)
    u, v = right / max(wide, 1e-6) * by, down / max(high, 1e-6) * by
    made = (a - u - v, b + u - v, c + u + v, d - u + v)
    return _quad(made)


def shares(quad: Quad, size: tuple[int, int]) -> Quad:
    """Return pixels as fractions of the image, kept within it."""
    width, height = size
    return _quad([(min(1, max(0, x / width)), min(1, max(0, y / height))) for x, y in quad])


def pixels(points: Sequence[Sequence[float]], size: tuple[int, int]) -> list[Point]:
    """Return fractions as pixels."""
    return [(float(x) * size[0], float(y) * size[1]) for x, y in points]


def box_pixels(box: Sequence[float], size: tuple[int, int]) -> Box:
    """Return a box of fractions (x, y, width, height) in pixels."""
    x, y, w, h = (float(v) for v in box)
    return x * size[0], y * size[1], w * size[0], h * size[1]


def _quad(points: Sequence[Sequence[float]]) -> Quad:
    a, b, c, d = ((float(p[0]), float(p[1])) for p in points)
    return a, b, c, d
