"""Where a machine-readable zone lies on an image: long rows of like-sized strokes, evenly spaced.

Nothing is read here. Every dark stroke of a character's size is a point; points that follow each
other at about their own height, in one direction, are a row; two or three rows of the same
spacing, one under the other, are a zone. That holds at any turn, and bears the slight bend of an
open booklet and the foreshortening of a photograph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from docexam.aids.raster.arrays import Floats, Mask, Plane
from docexam.aids.raster.blur import box_mean
from docexam.aids.raster.labels import connected

_Index = npt.NDArray[np.int64]

LENGTHS = (30, 36, 44)  # characters of a line
_DARKER = (0.86, 0.74)  # of the local paper; the second where paper and print are busy
_SMALLEST, _LARGEST = 5.0, 90.0  # a character's height in pixels of the searched image
_MOST_POINTS = 9000
_LEAST_TEXT = 12  # strokes
_LEAST_ROW = 14  # strokes that must be seen of a row of 30 to 44
_REGULAR = 0.5  # share of the steps along a row that must be whole pitches


@dataclass(frozen=True, slots=True)
class Row:
    """A row of strokes: their places along and across the direction of the zone, their sizes.

    `along` is sorted; `bend` are the coefficients (highest first) of across as a function of
    along; `pitch` is the usual step.
    """

    along: Floats
    across: Floats
    size: Floats
    bend: Floats
    pitch: float

    def at(self, along: Floats | float) -> Floats:
        """Return where the row runs, across, at places along it."""
        return np.asarray(np.polyval(self.bend, along))


@dataclass(frozen=True, slots=True)
class Placed:
    """A zone's place: the direction of its rows (radians, pixels of the image) and the rows.

    A point of the image is along·(cos, sin) + across·(-sin, cos). Rows lie in the order of
    across; which way round they are read is not known yet. `lean` is how far its characters lean,
    along per across, where that was seen; else where the rows begin tells it.
    """

    angle: float
    rows: tuple[Row, ...]
    lean: float | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """Strokes: the middles of their boxes and the longer sides of these, in pixels."""

    x: Floats
    y: Floats
    size: Floats


def places(grey: Plane) -> Iterator[Placed]:
    """Give the likely zones on a grey image (0 to 255), the likeliest first.

    Meant for at most about 2 megapixels.
    """
    for darker in _DARKER:
        points = strokes(grey, darker)
        if len(points.x) < 2 * _LEAST_ROW:
            continue
        found = [zone for angle in _directions(points) for zone in _zones(points, angle)]
        yield from sorted(found, key=_merit, reverse=True)[:3]


def text_direction(grey: Plane) -> float | None:
    """Return the direction (radians, −π/2 to π/2) in which the text of an image runs, or None.

    Which way along it is read stays open. Meant for at most about 2 megapixels.
    """
    points = strokes(grey, _DARKER[0])
    found = _directions(points) if len(points.x) >= _LEAST_TEXT else []
    return found[0] if found else None


def _merit(zone: Placed) -> float:
    """Return how much of a zone is there: strokes in step, less where the rows end oddly."""
    total = 0.0
    for row in zone.rows:
        steps = np.diff(row.along) / row.pitch
        count = (row.along[-1] - row.along[0]) / row.pitch + 1
        whole = min(abs(count - length) for length in LENGTHS) < 1.6
        total += float(_in_step(steps).sum() + 1) * (1.0 if whole else 0.7)
    return total


def _in_step(steps: Floats) -> Mask:
    return np.asarray((np.abs(steps - np.rint(steps)) < 0.2) & (steps > 0.5), np.bool_)


# --- strokes -----------------------------------------------------------------------------------


def strokes(grey: Plane, darker: float = _DARKER[0]) -> Points:
    """Return the dark strokes of a character's size on a grey image (0 to 255)."""
    parts = connected(_ink(grey, darker))
    boxes = parts.boxes[1:].astype(np.float64)
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    size = np.maximum(wide, high)
    full = parts.areas[1:] / (size * size)
    keep = (size >= _SMALLEST) & (size <= _LARGEST) & (full > 0.06) & (full < 0.85)
    chosen = np.flatnonzero(keep)
    if len(chosen) > _MOST_POINTS:
        # Grain makes thousands of specks; the larger strokes are the likelier characters.
        chosen = np.sort(chosen[np.argsort(-size[chosen], kind="stable")[:_MOST_POINTS]])
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    return Points(middle[chosen, 0], middle[chosen, 1], size[chosen])


def _ink(grey: Plane, darker: float) -> Mask:
    radius = max(6, round(max(grey.shape) / 90))
    return np.asarray(grey < darker * box_mean(grey, radius), np.bool_)


# --- directions --------------------------------------------------------------------------------


def _pairs(points: Points) -> tuple[_Index, _Index]:
    """Return pairs of strokes of like size that may follow each other, as two arrays."""
    order = np.argsort(points.x, kind="stable")
    x, y, size = points.x[order], points.y[order], points.size[order]
    reach = 1.9 * size
    last = np.searchsorted(x, x + reach, side="right")
    counts = np.maximum(last - np.arange(len(x)) - 1, 0)
    one = np.repeat(np.arange(len(x)), counts)
    other = one + 1 + np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    far = np.hypot(x[other] - x[one], y[other] - y[one])
    small, large = np.minimum(size[one], size[other]), np.maximum(size[one], size[other])
    fit = (far < 1.9 * large) & (far > 0.45 * large) & (small > 0.55 * large)
    return order[one[fit]], order[other[fit]]


def _directions(points: Points) -> list[float]:
    """Return up to three directions (−π/2 to π/2) in which strokes follow each other most."""
    one, other = _pairs(points)
    turn = np.arctan2(points.y[other] - points.y[one], points.x[other] - points.x[one])
    bins = np.bincount(np.floor(np.degrees(turn) % 180).astype(np.int64), minlength=180)[:180]
    smooth = sum(np.roll(bins, k) * w for k, w in ((-2, 1), (-1, 2), (0, 3), (1, 2), (2, 1)))
    smooth = np.asarray(smooth, np.float64)
    out: list[float] = []
    for _ in range(3):
        best = int(np.argmax(smooth))
        if smooth[best] <= 0:
            break
        near = (np.arange(180) - best + 90) % 180 - 90
        close = np.abs(near) <= 2
        middle = best + 0.5 + float((near * bins * close).sum() / max(1, (bins * close).sum()))
        out.append(float(np.radians((middle + 90) % 180 - 90)))
        smooth[np.abs(near) <= 8] = 0
    return out


# --- rows --------------------------------------------------------------------------------------


def _zones(points: Points, angle: float) -> Iterator[Placed]:
    along = points.x * np.cos(angle) + points.y * np.sin(angle)
    across = points.y * np.cos(angle) - points.x * np.sin(angle)
    turned = Points(along, across, points.size)
    rows = _rows(turned)
    rows.sort(key=lambda row: float(row.at(row.along.mean())))
    for first in range(len(rows)):
        group = [rows[first]]
        for row in rows[first + 1 :]:
            if _under(group[-1], row):
                group.append(row)
        for count in (3, 2):
            for start in range(len(group) - count + 1):
                yield Placed(angle, _completed(turned, group[start : start + count]))


def _completed(points: Points, rows: list[Row]) -> tuple[Row, ...]:
    """Return the rows with the strokes that a seal or a fold kept from being linked.

    A row that was seen in part runs on beside the one that was seen best.
    """
    best = max(rows, key=lambda row: row.along[-1] - row.along[0])
    out = []
    for row in rows:
        missing = (row.along[0] - best.along[0], best.along[-1] - row.along[-1])
        if row is best or max(missing) < 1.5 * row.pitch:
            out.append(row)
            continue
        apart = np.polyfit(row.along, row.across - best.at(row.along), 1)
        bend = np.polyadd(best.bend, apart)
        size = float(np.median(row.size))
        left, right = best.along[0] - 1.5 * row.pitch, best.along[-1] + 1.5 * row.pitch
        near = np.abs(points.y - np.polyval(bend, points.x)) < 0.33 * size
        like = (points.size > 0.5 * size) & (points.size < 1.6 * size)
        inside = (points.x > left) & (points.x < right)
        out.append(_row(points, np.flatnonzero(near & like & inside)) or row)
    return tuple(out)


def _rows(points: Points) -> list[Row]:
    found = [chain for chain in chains(points) if len(chain) >= 4]
    found.sort(key=lambda chain: (-len(chain), int(chain[0])))
    used = np.zeros(len(points.x), np.bool_)
    rows: list[Row] = []
    for chain in found:
        if used[chain].any():
            continue
        members = _grown(points, chain)
        if len(members) >= _LEAST_ROW and not used[members].mean() > 0.3:
            used[members] = True
            row = _row(points, members)
            if row is not None:
                rows.append(row)
    return rows


def chains(points: Points) -> list[_Index]:
    """Return strokes linked to their nearest follower to the right, level with them."""
    one, other = _pairs(points)
    ahead = points.x[other] - points.x[one]
    aside = np.abs(points.y[other] - points.y[one])
    level = aside < np.maximum(0.22 * np.abs(ahead), 0.1 * points.size[one])
    one, other, ahead = one[level], other[level], ahead[level]
    start = np.where(ahead > 0, one, other)
    end = np.where(ahead > 0, other, one)
    order = np.lexsort((np.abs(ahead), start))
    first = np.unique(start[order], return_index=True)[1]
    follows = dict(zip(start[order][first].tolist(), end[order][first].tolist(), strict=True))
    return _followed(follows)


def _followed(follows: dict[int, int]) -> list[_Index]:
    heads = sorted(set(follows) - set(follows.values()))
    seen: set[int] = set()
    out = []
    for head in heads:
        chain = []
        at: int | None = head
        while at is not None and at not in seen:
            seen.add(at)
            chain.append(at)
            at = follows.get(at)
        out.append(np.array(chain, np.int64))
    return out


def _grown(points: Points, chain: _Index) -> _Index:
    """Return every stroke on the line through a chain, as far as gaps of a few pitches allow."""
    members = chain
    for _ in range(4):
        size = float(np.median(points.size[members]))
        x, y = points.x[members], points.y[members]
        degree = 2 if len(members) > 14 else 1
        bend = np.polyfit(x, y, degree)
        left, right = x.min() - 6 * size, x.max() + 6 * size
        near = np.abs(points.y - np.polyval(bend, points.x)) < 0.33 * size
        like = (points.size > 0.5 * size) & (points.size < 1.6 * size)
        inside = (points.x > left) & (points.x < right)
        grown = np.flatnonzero(near & like & inside)
        if len(grown) < 4 or np.array_equal(grown, members):
            break
        members = grown
    return members


def _row(points: Points, members: _Index) -> Row | None:
    order = members[np.argsort(points.x[members], kind="stable")]
    x, y, size = points.x[order], points.y[order], points.size[order]
    steps = np.diff(x)
    usual = float(np.median(size))
    steps = steps[steps > 0.35 * usual]
    if len(steps) < _LEAST_ROW - 1:
        return None
    pitch = float(np.median(steps))
    whole = steps / pitch
    if _in_step(whole).mean() < _REGULAR or (x[-1] - x[0]) / pitch < 20:
        return None
    return Row(x, y, size, np.polyfit(x, y, 2), pitch)


def _under(upper: Row, lower: Row) -> bool:
    """Return whether two rows are neighbouring lines of one zone."""
    left, right = max(upper.along[0], lower.along[0]), min(upper.along[-1], lower.along[-1])
    longest = max(upper.along[-1] - upper.along[0], lower.along[-1] - lower.along[0])
    if right - left < 0.6 * longest:
        return False
    middle = (left + right) / 2
    gap = float(lower.at(middle) - upper.at(middle))
    size = float(np.median(np.concatenate((upper.size, lower.size))))
    return 0.85 < upper.pitch / lower.pitch < 1.18 and 1.05 * size < gap < 4.2 * size
