"""Which frames are stamps: coloured ones by how they look, black ones also by how they stand.

Forms are full of black boxes with words in them. A struck frame rarely stands exactly along the
rules and lines of the page, so a black one with four corners that does is not proposed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from docexam.aids.raster.arrays import Plane
from docexam.aids.raster.gradient import slopes
from docexam.aids.raster.resize import resized_plane
from docexam.aids.seals.clumps import Clumps
from docexam.aids.seals.colour import Shade, shade
from docexam.aids.seals.density import DIRECTIONS, Direction, Ink
from docexam.aids.seals.frames import Frame, frames
from docexam.aids.seals.outline import Outline

_MIDDLE = {"cool": 1.36, "warm": 1.40, "grey": 1.46}  # points at which the score is one half
_OF_TRIANGLE = 0.1  # more, because three lines meet more easily than four
_PALE = 0.4  # density under which ink may be the tint of print
_STEEP = 9.0
_LEAST_COLOUR = 0.25
_LEAST_TURN = 2.2  # degrees, for black frames
_SIDE = 480


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
            if frame.points < _MIDDLE[direction] - 0.3:
                continue
            outline = within(frame)
            colour = shade(ink, ink.soft[direction], outline)
            if direction == "grey":
                if colour.colourfulness > 0.5 or _of_the_form(ink.soft["grey"], frame):
                    continue
            elif colour.colourfulness < _LEAST_COLOUR:
                continue
            points = frame.points - 0.5 * max(0.0, 1.0 - colour.strength / _PALE)
            points -= 2.0 * max(0.0, colour.tint - 0.30)  # a filled patch, no frame on paper
            points -= 4.0 * max(0.0, -0.2 - colour.tint)  # the page on a dark ground
            middle = _MIDDLE[direction] + (_OF_TRIANGLE if len(frame.corners) == 3 else 0.0)
            score = 1 / (1 + math.exp(-_STEEP * (points - middle)))
            out.append(Stamp(frame, outline, colour, score))
    return out


def _of_the_form(grey: Plane, frame: Frame) -> bool:
    """Return whether a black frame may be one of the form's own boxes, which have four corners."""
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
