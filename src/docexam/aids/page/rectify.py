"""The page as seen from straight above."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.warp import unwarped

_LEAST_ASPECT = 0.05
_WIDEST, _LONGEST = 0.7, 3.0
_SHORTEST_SIDE = 8


def rectified(rgb: Pixels, corners: Sequence[Sequence[float]] | Floats, longest: int) -> Pixels:
    """Return the inside of `corners` upright, its longer side `longest` pixels.

    `corners` are four points in fractions of `rgb` (rows × columns × 3), clockwise from what is to
    be the top left; they may lie outside, where the result is black. Width against height follows
    from the perspective (see `aspect`). Raises numpy.linalg.LinAlgError where three corners lie on
    one line.
    """
    height, width = rgb.shape[:2]
    spots = np.asarray(corners, np.float64) * (width, height)
    shape = aspect(spots, width, height)
    across = longest if shape >= 1 else longest * shape
    down = longest / shape if shape >= 1 else longest
    size = (max(_SHORTEST_SIDE, round(across)), max(_SHORTEST_SIDE, round(down)))
    return unwarped(rgb, spots, *size)


def aspect(corners: Floats, width: int, height: int) -> float:
    """Return the width of a flat rectangle against its height, from its corners in pixels.

    The camera is taken to look at the picture's middle with square pixels, its focal length read
    from the vanishing points where they say (Zhang and He, 2007), else taken for a usual one.
    """
    spots = np.asarray(corners, np.float64) - (width / 2, height / 2)
    tl, tr, br, bl = (np.append(p, 1.0) for p in spots)
    k2 = _ratio(float(np.cross(tl, br) @ bl), float(np.cross(tr, br) @ bl))
    k3 = _ratio(float(np.cross(tl, br) @ tr), float(np.cross(bl, br) @ tr))
    across, down = k2 * tr - tl, k3 * bl - tl
    focal = _focal(across, down, max(width, height))
    along = np.array((1 / focal, 1 / focal, 1.0))
    reach = float(np.linalg.norm(across * along))
    shape = reach / max(float(np.linalg.norm(down * along)), 1e-9)
    return min(max(shape, _LEAST_ASPECT), 1 / _LEAST_ASPECT)


def _ratio(over: float, under: float) -> float:
    return float(over / under) if abs(under) > 1e-9 else 1.0


def _focal(across: Floats, down: Floats, longest: int) -> float:
    depth = float(across[2] * down[2])
    usual = 1.2 * longest
    if abs(depth) < 1e-3:
        return usual
    squared = -float(across[0] * down[0] + across[1] * down[1]) / depth
    if squared <= 0:
        return usual
    return min(max(float(np.sqrt(squared)), _WIDEST * longest), _LONGEST * longest)
