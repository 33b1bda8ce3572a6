"""Ink of several colours in one crop, each by itself.

A blue signature under a black stamp, beside a black caption or under a red seal is read wrongly
when all ink is taken for one hand. Each pixel of ink goes to black, to what leaves blue light
(blue, violet, green) or to what leaves red; each kind that has a fair share of the ink can then be
read alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from docexam.aids.script.normalise import Ink, ink_of, local_paper, reduced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.float32]
    Bytes = NDArray[np.uint8]

BLACK, COOL, WARM = "black", "blue, violet or green", "red"
_INKED = 0.35
_FAIR, _LEAST = 0.14, 160  # share of the ink, and pixels, that make a kind of its own
_COLOURED = 0.30  # of the density, the part that is not in all channels
_SMEAR = 2.0  # pixels: cameras keep colour coarser than light
_LIFT = 8.0


@dataclass(frozen=True, slots=True)
class Part:
    """The ink of one kind (`name`), and its share of all the ink."""

    name: str
    ink: Ink
    share: float


def inks_of(crop: Bytes, whole: Ink | None) -> tuple[Part, ...]:
    """Return the ink of a crop (rows × columns × 3) by kinds, the most first; none if it is one.

    `whole` is what `find_ink` gave for the same crop.
    """
    if whole is None or whole.inverted:
        return ()
    kinds = _kinds(reduced(crop))
    inked = whole.share > _INKED
    total = int(inked.sum())
    out = []
    for name, mask in kinds.items():
        count = int((mask & inked).sum())
        if count >= max(_LEAST, _FAIR * total):
            ink = ink_of(np.where(mask, whole.share, np.float32(0)))
            if ink is not None:
                out.append(Part(name, ink, count / total))
    return tuple(sorted(out, key=lambda part: -part.share)) if len(out) > 1 else ()


def _kinds(crop: Bytes) -> dict[str, NDArray[np.bool_]]:
    """Return for each kind of ink the pixels that would be of it."""
    red, green, blue = (_density(np.asarray(one)) for one in _smeared(crop).split())
    most = np.maximum(np.maximum(red, green), blue)
    least = np.minimum(np.minimum(red, green), blue)
    coloured = most - least > _COLOURED * most + 0.02
    warm = coloured & (red < blue)
    return {BLACK: ~coloured, COOL: coloured & ~warm, WARM: warm}


def _smeared(crop: Bytes) -> Image.Image:
    return Image.fromarray(crop).filter(ImageFilter.GaussianBlur(_SMEAR))


def _density(channel: Bytes) -> Grey:
    """Return how much light is lost against the paper beside, as a logarithm."""
    grey = channel.astype(np.float32)
    lost = np.log((local_paper(grey) + _LIFT) / (grey + _LIFT))
    return np.asarray(np.maximum(lost, 0.0), np.float32)
