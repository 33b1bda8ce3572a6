"""Where to look for faces: levelled photographs first, then the whole picture in four turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from docexam.aids.face.finding import EASY, STRICT, Face, Limits, faces_in
from docexam.aids.photo.proposing import LEAST_SIDE, candidates
from docexam.aids.protocol import CaptureImage
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.warp import corners_of, homography, mapped, unwarped
from docexam.domain.geometry import Quad

Corners: TypeAlias = Sequence[Sequence[float]]

_LONGEST, _SHARP = 900, 2000
# A portrait's longer side in pixels: the networks find some faces at one size only.
_SIDES = (320, 200)
_ROOM = 1.3
_LIKELY, _MOST_PHOTOS = 0.3, 3
_LEAST_PIECE = 24
_UPRIGHT, _ANY = (0,), (0, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Spot:
    """A face in fractions of the capture: its corners, five landmarks, the network's score.

    `turned` is how far its top lies clockwise of the picture's, to the nearest 90 degrees.
    """

    corners: Floats
    landmarks: Floats
    score: float
    turned: int


@dataclass(frozen=True, slots=True)
class _Sight:
    """Pixels to search; `way` takes them to pixels of a capture of `size` (width, height)."""

    rgb: Pixels
    way: Floats
    size: Floats


def spots_in(
    capture: CaptureImage, shape: Quad | None, tell: Callable[[float], None]
) -> list[Spot]:
    """Return the faces of a capture, or of a region of it, the surest first."""
    if shape is not None:
        return _in_photograph(capture, shape, tell)
    found = [s for c in _photographs(capture) for s in _in_photograph(capture, c, tell)]
    # Faces outside photographs count where they are plain to see; each turn costs a scan.
    found += _first_turn(_whole(capture), _UPRIGHT if found else _ANY, STRICT, tell)
    kept: list[Spot] = []
    for spot in sorted(found, key=lambda spot: -spot.score):
        if not any(_beside(spot, other) for other in kept):
            kept.append(spot)
    return kept


def _photographs(capture: CaptureImage) -> list[Corners]:
    if min(capture.width, capture.height) < LEAST_SIDE:
        return []
    likely = [seen for seen in candidates(capture) or () if seen.score >= _LIKELY]
    return [seen.corners.tolist() for seen in likely[:_MOST_PHOTOS] if seen.corners is not None]


def _in_photograph(
    capture: CaptureImage, corners: Corners, tell: Callable[[float], None]
) -> list[Spot]:
    """Return the surest face of what looks like a photograph, whichever way up it is."""
    for side in _SIDES:
        sight = _level(capture, corners, side)
        spots = [s for turn in _ANY for s in _seen(sight, turn, EASY, tell)] if sight else []
        if spots:
            return [max(spots, key=lambda spot: spot.score)]
    return []


def _level(capture: CaptureImage, corners: Corners, side: int) -> _Sight | None:
    """Return a quad with some room about it as an upright picture, None where it is too small."""
    share = float(np.ptp(np.asarray(corners), axis=0).max())
    rgb = capture.rgb(longest=min(4000, max(_SHARP, round(side / max(share, 0.02)))))
    size = np.array((rgb.shape[1], rgb.shape[0]), np.float64)
    spots = np.asarray(corners, np.float64)
    middle = spots.mean(axis=0)
    wide = np.clip(middle + (spots - middle) * _ROOM, 0.0, 1.0) * size
    lengths = np.hypot(*(np.roll(wide, -1, axis=0) - wide).T)
    across, down = (lengths[0] + lengths[2]) / 2, (lengths[1] + lengths[3]) / 2
    if min(across, down) < _LEAST_PIECE:
        return None
    scale = side / max(across, down)
    columns, rows = max(1, round(across * scale)), max(1, round(down * scale))
    way = homography(corners_of(columns, rows), wide)
    return _Sight(unwarped(rgb, wide, columns, rows), way, size)


def _whole(capture: CaptureImage) -> _Sight:
    rgb = capture.rgb(longest=_LONGEST)
    return _Sight(rgb, np.eye(3), np.array((rgb.shape[1], rgb.shape[0]), np.float64))


def _first_turn(
    sight: _Sight, turns: Iterable[int], limits: Limits, tell: Callable[[float], None]
) -> list[Spot]:
    return next((found for turn in turns if (found := _seen(sight, turn, limits, tell))), [])


def _seen(sight: _Sight, turn: int, limits: Limits, tell: Callable[[float], None]) -> list[Spot]:
    """Return the faces of a sight turned counter-clockwise `turn` times."""
    rgb = np.ascontiguousarray(np.rot90(sight.rgb, turn))
    shape = sight.rgb.shape[:2]
    return [_spot(sight, face, turn, *shape) for face in faces_in(rgb, tell, limits)]


def _spot(sight: _Sight, face: Face, turn: int, height: int, width: int) -> Spot:
    left, top, right, bottom = face.box
    box = np.array(((left, top), (right, top), (right, bottom), (left, bottom)))
    corners = mapped(sight.way, _turned_back(box, turn, height, width))
    marks = mapped(sight.way, _turned_back(face.landmarks, turn, height, width))
    corners, marks_in = (np.clip(spots / sight.size, 0.0, 1.0) for spots in (corners, marks))
    return Spot(corners, marks_in, face.score, _clockwise(marks))


def _clockwise(marks: Floats) -> int:
    """Return how far clockwise a face lies, to the nearest 90 degrees: from mouth to eyes is up."""
    across, down = marks[:2].mean(axis=0) - marks[3:].mean(axis=0)
    return round(float(np.degrees(np.arctan2(across, -down))) / 90) * 90 % 360


def _turned_back(points: Floats, turn: int, height: int, width: int) -> Floats:
    """Return points of a picture turned counter-clockwise `turn` times as they were before."""
    x, y = points[:, 0], points[:, 1]
    if turn == 1:
        return np.stack((width - y, x), axis=1)
    if turn == 2:
        return np.stack((width - x, height - y), axis=1)
    if turn == 3:
        return np.stack((y, height - x), axis=1)
    return points


def _beside(spot: Spot, other: Spot) -> bool:
    """Return whether the middle of one face lies in the box around the other."""
    middle = spot.corners.mean(axis=0)
    low, high = other.corners.min(axis=0), other.corners.max(axis=0)
    return bool(np.all((low <= middle) & (middle <= high)))
