"""Coloured ink taken out of a picture: a seal over black letters, so that they can be read.

Inks darken paper one after the other, so that their densities (logarithms) add up: every pixel is
so much black and so much of the seal's ink. What the seal's ink looks like alone is learnt from
the pixels that have its colour and little black.
"""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Floats, Mask, Pixels
from docexam.aids.raster.blur import gaussian
from docexam.aids.raster.morphology import dilate

_COLOURED = 0.16  # density by which the strongest channel exceeds the weakest in coloured ink
# The weakest channel against the strongest, from which ink is a tinged black; the second where
# nothing lies below the first, for dark ink in poor light.
_BLACKISH = (0.55, 0.68)
_LEAST = 0.015  # share of a picture that must be coloured
OVER_A_LETTER = 0.004  # of a picture of one line: a stamp's rim may cross no more than a letter
_PURE = 0.35  # share of the densest coloured pixels' black below which the ink is alone
_BLACK = 0.45  # density of black letters
_SPREAD = 0.55  # of the width of all ink that black must take: else the text itself is coloured
_FEW = 40  # pixels
_MOST = 1_200_000  # pixels of a picture: more are a page, and take long


def without_coloured_ink(picture: Pixels, least: float = _LEAST) -> Pixels | None:
    """Return the picture as if its coloured ink were not there; None where that does not apply.

    `picture` is rows × columns × 3. None where less than a share of `least` is coloured, or where
    little black would be left, since then what stands there is itself in colour.
    """
    if picture.shape[0] * picture.shape[1] > _MOST:
        return None
    density = _density(picture)
    chroma = _softened(density)
    coloured = _coloured(chroma, least)
    if coloured is None:
        return None
    black = density.min(axis=2)
    strongest = chroma.argmax(axis=2)
    for strong in range(3):  # inks are told apart by the channel that they darken most
        own = coloured & (strongest == strong)
        if own.sum() >= _FEW:
            near = dilate(own, 2)
            black[near] = np.minimum(black, _left(density, chroma, own))[near]
    if not _spans(black > _BLACK, (black > _BLACK) | coloured):
        return None
    grey = np.clip(255.0 * np.exp(-black), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(grey[..., None], 3, axis=2))


def has_coloured_ink(picture: Pixels) -> bool:
    """Return whether ink of a colour lies on a picture, rows × columns × 3."""
    return _coloured(_softened(_density(picture))) is not None


def _coloured(chroma: Floats, least_share: float = _LEAST) -> Mask | None:
    """Return where coloured ink lies, None where there is too little of it."""
    least, most = chroma.min(axis=2), chroma.max(axis=2)
    for blackish in _BLACKISH:
        found = np.asarray((most - least > _COLOURED) & (least < blackish * most), np.bool_)
        if found.mean() >= least_share and found.sum() >= _FEW:
            return found
    return None


def _softened(density: Floats) -> Floats:
    planes = [gaussian(density[..., i].astype(np.float32), 0.8) for i in range(3)]
    return np.asarray(np.stack(planes, axis=-1), np.float64)


def _left(density: Floats, chroma: Floats, coloured: Mask) -> Floats:
    """Return the density of black without the ink that the coloured pixels show."""
    ink = _ink(chroma, coloured)
    weak, strong = int(np.argmin(ink)), int(np.argmax(ink))
    much = (chroma[..., strong] - chroma[..., weak]) / (ink[strong] - ink[weak])
    # Colour is coarser than light in photographs, so that the edges of a seal show less of it.
    much = _largest(np.maximum(much, 0.0))
    return np.asarray(np.maximum(0.0, density[..., weak] - much * ink[weak]))


def _largest(plane: Floats) -> Floats:
    """Return the largest value among every pixel and its eight neighbours."""
    padded = np.pad(plane, 1, mode="edge")
    level = np.maximum(np.maximum(padded[:, :-2], padded[:, 1:-1]), padded[:, 2:])
    return np.asarray(np.maximum(np.maximum(level[:-2], level[1:-1]), level[2:]))


def _density(picture: Pixels) -> Floats:
    """Return how much darker than the paper every channel is, as logarithms."""
    plane = picture.astype(np.float64) + 1.0
    paper = np.quantile(plane.reshape(-1, 3), 0.8, axis=0)
    return np.asarray(np.clip(np.log(paper) - np.log(plane), 0.0, 4.0))


def _ink(chroma: Floats, coloured: Mask) -> Floats:
    """Return the densities of the coloured ink alone, of which the strongest is 1."""
    found = chroma[coloured]
    lightness = found.min(axis=1) / np.maximum(found.max(axis=1), 1e-6)
    alone = found[lightness <= np.quantile(lightness, _PURE)]
    usual = np.median(alone / alone.max(axis=1, keepdims=True), axis=0)
    return np.asarray(usual / usual.max())


def _spans(black: Mask, ink: Mask) -> bool:
    """Return whether black takes most of the width that all ink takes."""
    own, whole = np.flatnonzero(black.any(axis=0)), np.flatnonzero(ink.any(axis=0))
    if not len(own):
        return False
    return bool(own[-1] - own[0] >= _SPREAD * (whole[-1] - whole[0]))
