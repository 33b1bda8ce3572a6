"""Brightness and colour of sRGB pictures: luma, CIE L*a*b*, chroma and colour differences."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from docexam.aids.raster.arrays import Floats, Pixels, Plane

# Rec. 601, as every JPEG decoder uses it.
_LUMA = np.array((0.299, 0.587, 0.114), np.float32)
# IEC 61966-2-1, D65, divided by the white point so that white is (1, 1, 1).
_TO_XYZ = np.array(
    (
        (0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883),
    ),
    np.float32,
)


def luma(rgb: Pixels) -> Plane:
    """Return the brightness of each pixel, 0 to 255."""
    return np.asarray(rgb, np.float32) @ _LUMA


def darkest(rgb: Pixels) -> Plane:
    """Return the lowest of the three channels, 0 to 255: any ink is dark in one of them."""
    # Two by two: the least along a short last axis takes ten times as long.
    low = np.minimum(np.minimum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])
    return np.asarray(low, np.float32)


@lru_cache(maxsize=1)
def _linear() -> Plane:
    value = np.arange(256) / 255.0
    curve = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(curve, np.float32)


def lab(rgb: Pixels) -> Plane:
    """Return L* (0 to 100), a* and b* of each pixel: … × 3 (CIE 1976, D65 white)."""
    xyz = _linear()[rgb] @ _TO_XYZ.T
    cubic = np.cbrt(xyz)
    f = np.where(xyz > 0.008856, cubic, 7.787 * xyz + 16.0 / 116.0)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack((116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)), axis=-1)


def delta_e(one: Floats | Plane, other: Floats | Plane) -> Floats:
    """Return the CIEDE2000 difference of L*a*b* colours (… × 3), broadcast against each other.

    Sharma, Wu and Dalal (2005); about 1 is what an eye tells apart side by side.
    """
    l1, a1, b1 = np.moveaxis(np.asarray(one, np.float64), -1, 0)
    l2, a2, b2 = np.moveaxis(np.asarray(other, np.float64), -1, 0)
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    grey = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    a1, a2 = a1 * (1 + grey), a2 * (1 + grey)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    colourless = c1 * c2 == 0
    turn = np.where(colourless, 0.0, (h2 - h1 + 180) % 360 - 180)
    hue = np.where(colourless, h1 + h2, (h1 + turn / 2) % 360)
    return _weighted(l1, l2, c1, c2, turn, hue)


def _weighted(l1: Floats, l2: Floats, c1: Floats, c2: Floats, turn: Floats, hue: Floats) -> Floats:
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    t = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    s_l = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    reach = 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    twist = -reach * np.sin(2 * np.radians(30 * np.exp(-(((hue - 275) / 25) ** 2))))
    lightness, colour, tint = (l2 - l1) / s_l, (c2 - c1) / s_c, d_hue / s_h
    squared = lightness**2 + colour**2 + tint**2 + twist * colour * tint
    return np.asarray(np.sqrt(np.maximum(squared, 0.0)))
