"""How much ink stands where: what is compared when two zones are laid on each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from docexam.aids.raster.arrays import Pixels, Plane
from docexam.aids.raster.blur import box_mean, gaussian
from docexam.domain.geometry import Box

SIDE = 128
_MARGIN = 0.04
_MOST_PLACES = 2_048
_COLOURED = 0.14
_PENNED, _STRONG = 0.4, 0.3
_QUIET = 0.03


def patch(pixels: Pixels, box: Box, across: int = SIDE) -> Pixels:
    """Return the square around a box (fractions) as `across` × `across` pixels.

    The zone fills the square but for a margin; proportions are kept.
    """
    height, width = pixels.shape[:2]
    x, y, w, h = (box[0] * width, box[1] * height, box[2] * width, box[3] * height)
    side = max(w, h, 8.0) * (1 + 2 * _MARGIN)
    left, top = x + w / 2 - side / 2, y + h / 2 - side / 2
    frame = (round(left), round(top), round(left + side), round(top + side))
    # Beyond the picture its edge goes on, so that the edge itself is no mark.
    rows = np.clip(np.arange(frame[1], max(frame[3], frame[1] + 1)), 0, height - 1)
    columns = np.clip(np.arange(frame[0], max(frame[2], frame[0] + 1)), 0, width - 1)
    rows, columns = _thinned(rows), _thinned(columns)
    cut = Image.fromarray(np.ascontiguousarray(pixels[rows[:, None], columns[None, :]]))
    method = Image.Resampling.BOX if cut.width > across else Image.Resampling.BICUBIC
    return np.asarray(cut.resize((across, across), method))


def _thinned(places: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Leave places out of an absurdly long row, as of a box 3000 pixels wide and 5 high."""
    return places[:: max(1, len(places) // _MOST_PLACES)]


def ink_of(square: Pixels, coloured: bool) -> Plane:
    """Return the density of ink, 0 for paper, of a square picture.

    Densities are logarithms of the paper's local light over the pixel's. With `coloured` only
    what differs between the channels counts, which leaves black print and ruled lines out.
    """
    dense = _densities(square)
    mark = dense.max(axis=2) - dense.min(axis=2) if coloured else dense.max(axis=2)
    return np.asarray(np.maximum(gaussian(mark, 0.7) - _QUIET, 0.0), np.float32)


def is_coloured(square: Pixels) -> bool:
    """Whether there is enough coloured ink in a square for black print to be left out."""
    return _coloured(square)[0] > _COLOURED


def is_penned(square: Pixels) -> bool:
    """Whether the ink of a square is mostly coloured and strong, as of a pen or a stamp.

    Print repeats on every form and is mostly black; what is printed in colour under it is faint.
    """
    share, strength = _coloured(square)
    return share > _PENNED and strength > _STRONG


def _coloured(square: Pixels) -> tuple[float, float]:
    """Return which share of the ink is colour, and how dense the colour of its lines is."""
    dense = _densities(square)
    colour = gaussian(np.asarray(dense.max(axis=2) - dense.min(axis=2), np.float32), 0.7)
    all_ink = gaussian(np.asarray(dense.max(axis=2), np.float32), 0.7)
    marked = float(np.maximum(colour - 2 * _QUIET, 0.0).sum())
    whole = float(np.maximum(all_ink - 2 * _QUIET, 0.0).sum())
    return marked / max(whole, 1e-6), float(np.percentile(colour, 98))


def _densities(square: Pixels) -> Plane:
    rgb = square.astype(np.float32) + 4.0
    out = np.empty_like(rgb)
    for channel in range(3):
        plane = np.log(rgb[:, :, channel])
        out[:, :, channel] = np.maximum(_paper(plane) - plane, 0.0)
    return out


def _paper(plane: Plane) -> Plane:
    """Return the paper's own level: the mean of what lies above the local mean, twice."""
    level = box_mean(plane, SIDE // 6)
    for _ in range(2):
        level = box_mean(np.maximum(plane, level), SIDE // 6)
    return level


def light_of(square: Pixels) -> Plane:
    """Return brightness freed of slow shading, for portraits and pages."""
    grey = square.astype(np.float32).mean(axis=2)
    return np.asarray(gaussian(grey, 0.7) - gaussian(grey, grey.shape[0] / 8), np.float32)
