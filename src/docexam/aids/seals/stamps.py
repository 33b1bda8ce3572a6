"""Which frames are stamps: by how they look, and by how they stand.

Forms are full of black boxes with words in them. A struck frame rarely stands exactly along the
rules and lines of the page, so a black one with four corners that does is not proposed, and a
coloured one needs whole sides. A frame with brighter paper within than outside is a sheet's edge.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Floats, Plane
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.resize import resized_plane
from docexam.aids.seals.clumps import Clumps
from docexam.aids.seals.colour import Shade, shade
from docexam.aids.seals.density import DIRECTIONS, Direction, Ink
from docexam.aids.seals.frames import Frame, frames
from docexam.aids.seals.outline import Outline

# What is counted of a frame, and its weight in a logistic model. The weights were fitted on drawn
# pages of two generators, none of the wrong sign for what can only speak for or against a stamp;
# that for pale red was set by hand.
WEIGHTS: dict[str, float] = {
    "sides": 12.66,
    "filling": 2.74,
    "empty": -79.0,
    "full": -18.75,
    "beyond": -7.2,
    "outside": -16.3,
    "inset": -11.16,
    "solid": -68.0,
    "pale": -4.13,
    "pale red": -4.7,
    "tinted": -2.73,
    "dark around": -5.22,
    "hardly coloured": -28.7,
    "gaps along the form": -14.34,
}
_BIAS = {"cool": -7.74, "warm": -8.21, "grey": -9.2}
_OF_TRIANGLE = 0.29
_HOPELESS = 1.0  # points under which a frame is not looked into
_ENOUGH, _EMPTY, _FULL, _FILLED, _INSET, _SOLID = 0.25, 0.08, 0.45, 0.4, 0.2, 0.45
_PALE, _PALE_RED = 0.4, 0.5  # densities under which ink may be the tint of print
_TINTED, _DARK_AROUND = 0.30, -0.2  # a filled patch; the page on a dark ground
_LEAST_COLOUR, _COLOURED, _MOST_COLOUR_OF_BLACK = 0.25, 0.4, 0.5
_LEAST_TURN = 2.2  # degrees to the lines of the form
_SIDE = 480
# Of the way from the middle to the sides; and how much more light a table loses than a sheet on it.
_WITHIN, _AROUND, _STEP = 0.93, 1.08, 0.25


@dataclass(frozen=True, slots=True)
class Stamp:
    """A frame taken for a stamp, the ellipse within it, the shade of its ink, and its score."""

    frame: Frame
    outline: Outline
    shade: Shade
    score: float

    @property
    def shape(self) -> str:
        """Return rect or triangle."""
        return "triangle" if len(self.frame.corners) == 3 else "rect"


def stamps(ink: Ink, clumps: Mapping[Direction, Clumps]) -> list[Stamp]:
    """Return the stamps with straight sides of every direction of ink, with their scores."""
    out = []
    for direction in DIRECTIONS:
        for frame in frames(clumps[direction]):
            if frame.points < _HOPELESS or _is_a_sheet(ink.log, frame):
                continue
            outline = within(frame)
            colour = shade(ink, ink.soft[direction], outline)
            along = _along_the_form(ink.soft["grey"], frame)
            if _may_be(direction, colour, along):
                out.append(Stamp(frame, outline, colour, _score(frame, direction, colour, along)))
    return out


def _is_a_sheet(log: Plane, frame: Frame) -> bool:
    """Return whether all sides but one at most part brighter paper within from what is outside."""
    corners = np.array(frame.corners)
    middle = corners.mean(axis=0)
    along = np.linspace(0.1, 0.9, 24)[:, None, None]
    sides = corners * (1 - along) + np.roll(corners, -1, axis=0) * along
    inside, outside = (
        np.median(_lost(log, middle + (sides - middle) * share), axis=0)
        for share in (_WITHIN, _AROUND)
    )
    brighter = outside - inside > _STEP
    return bool(brighter.sum() >= len(corners) - 1)


def _lost(log: Plane, spots: Floats) -> Floats:
    """Return how much light is lost at spots (… × 2: x, y), the mean of the channels."""
    height, width = log.shape[1:]
    x = np.clip(np.rint(spots[..., 0]), 0, width - 1).astype(np.int64)
    y = np.clip(np.rint(spots[..., 1]), 0, height - 1).astype(np.int64)
    return np.asarray(log[:, y, x].mean(axis=0), np.float64)


def _may_be(direction: Direction, colour: Shade, along: bool) -> bool:
    """Return whether the ink may be a stamp's: a black frame along the form's lines is its own."""
    if direction == "grey":
        return colour.colourfulness <= _MOST_COLOUR_OF_BLACK and not along
    return colour.colourfulness >= _LEAST_COLOUR


def _score(frame: Frame, direction: Direction, colour: Shade, along: bool) -> float:
    """Return 0 to 1; no probability."""
    coloured = direction != "grey"
    inset = max(0.0, frame.inset - _INSET)
    counted = {
        "sides": frame.sides,
        "filling": min(frame.filling, _ENOUGH),
        "empty": max(0.0, _EMPTY - frame.filling),  # as places for photographs are
        "full": max(0.0, frame.filling - _FULL),
        "beyond": frame.beyond,
        "outside": frame.outside,
        "inset": max(0.0, frame.inset - _SOLID),
        "solid": inset * max(0.0, frame.filling - _FILLED),  # as printed emblems are
        "pale": max(0.0, 1.0 - colour.strength / _PALE),
        # Overprinted letters have sides, too.
        "pale red": max(0.0, 1.0 - colour.strength / _PALE_RED) if direction == "warm" else 0.0,
        "tinted": max(0.0, colour.tint - _TINTED),
        "dark around": max(0.0, _DARK_AROUND - colour.tint),
        "hardly coloured": max(0.0, _COLOURED - colour.colourfulness) if coloured else 0.0,
        "gaps along the form": 1.0 - frame.sides if along else 0.0,
    }
    points = _BIAS[direction] + sum(weight * counted[name] for name, weight in WEIGHTS.items())
    points += _OF_TRIANGLE if len(frame.corners) == 3 else 0.0
    return 1.0 / (1.0 + math.exp(-min(max(points, -30.0), 30.0)))


def _along_the_form(grey: Plane, frame: Frame) -> bool:
    """Return whether a frame with four corners stands as the lines around it do."""
    return len(frame.corners) == 4 and _turn(grey, frame) < _LEAST_TURN


def within(frame: Frame) -> Outline:
    """Return the ellipse that has the spread of a frame's sides."""
    corners = np.array(frame.corners)
    along = np.linspace(0, 1, 16, endpoint=False)[:, None, None]
    sides = (corners[None] * (1 - along) + np.roll(corners, -1, axis=0)[None] * along).reshape(
        -1, 2
    )
    middle = sides.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov((sides - middle).T))
    root = (vectors * np.sqrt(np.maximum(values, 1e-6) * 2)) @ vectors.T
    return Outline(
        float(middle[0]), float(middle[1]), float(root[0, 0]), float(root[0, 1]), float(root[1, 1])
    )


def _turn(grey: Plane, frame: Frame) -> float:
    """Return by how many degrees a frame stands askew to the lines around it."""
    corners = np.array(frame.corners)
    along = corners - np.roll(corners, 1, axis=0)
    longest = along[int(np.argmax((along**2).sum(axis=1)))]
    own = math.degrees(math.atan2(longest[1], longest[0])) % 90.0
    factor = min(1.0, _SIDE / max(grey.shape))
    plane = resized_plane(grey, round(grey.shape[1] * factor), round(grey.shape[0] * factor))
    low, high = corners.min(axis=0) * factor, corners.max(axis=0) * factor
    margin = (high - low).max()
    left, top = (int(max(0, v)) for v in low - margin)
    across, down = slopes(plane[top : int(high[1] + margin), left : int(high[0] + margin)])
    steep = np.hypot(across, down)
    x0, y0 = int(max(0, low[0] - 3 - left)), int(max(0, low[1] - 3 - top))
    steep[y0 : int(high[1] + 4 - top), x0 : int(high[0] + 4 - left)] = 0
    angle = np.degrees(np.arctan2(down, across)) % 90.0
    histogram = np.bincount(np.minimum((angle * 2).astype(int), 179).ravel(), steep.ravel(), 180)
    smooth = np.sum([np.roll(histogram, k) for k in range(-2, 3)], axis=0)
    if smooth.max() <= 1.6 * smooth.mean():
        return 90.0
    off = abs(own - (int(np.argmax(smooth)) + 0.5) / 2)
    return min(off, 90.0 - off)
