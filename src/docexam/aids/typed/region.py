"""A region of a capture read as one field: turned as it must be, one line or several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.protocol import Cancelled, CaptureImage, Region, Run
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.warp import corners_of, homography, mapped
from docexam.aids.typed.coloured import has_coloured_ink, without_coloured_ink
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.hand import Doubt, doubt
from docexam.aids.typed.level import Level, levelled
from docexam.aids.typed.prepare import evened, upright
from docexam.aids.typed.words import Read, better, read_field
from docexam.domain.geometry import Quad, problem, quad, within_image

_SURE = 60.0  # Tesseract's confidence at which no other turn is tried
_BETTER, _MUCH_BETTER = 10.0, 30.0
_INK = 150


@dataclass(frozen=True, slots=True)
class FieldRead:
    """What stands in a region.

    `words` have their places on the capture (fractions; None where they make no quad). `turned`
    is how many degrees clockwise the region was turned to read it. Where `doubt.written`, the
    words are not to be used. `covered` is whether coloured ink lies where nothing was read.
    """

    read: Read
    words: tuple[tuple[Piece, Quad | None], ...]
    doubt: Doubt
    turned: int
    covered: bool = False


def read_region(capture: CaptureImage, region: Region, run: Run) -> FieldRead:
    """Return what stands in a region. Raises Cancelled, DocexamError as `upright` does."""
    picture = upright(capture, region)
    run.progress(0.3, "reading")
    best = _best_turn(picture, run)
    high, wide = picture.shape[:2]
    if best.turn % 180:
        high, wide = wide, high
    back = _way_back(region, wide, high, best.turn) @ best.level.back
    words = tuple((word, _place(word, back)) for word in best.read.words)
    looks = doubt(best.level.pixels, best.read.confidence)
    unread = looks.refused or not best.read.words
    return FieldRead(best.read, words, looks, best.turn, unread and has_coloured_ink(picture))


@dataclass(frozen=True, slots=True)
class _Look:
    """What was read with a picture turned clockwise by so many degrees and made level."""

    read: Read
    turn: int
    level: Level


def _look(picture: Pixels, turn: int) -> _Look:
    """Read a picture turned so, and without the coloured ink of seals if that reads better."""
    seen = np.asarray(np.rot90(picture, -turn // 90), np.uint8)
    best = _level_look(seen, turn)
    cleared = without_coloured_ink(seen)
    if cleared is not None:
        other = _level_look(cleared, turn)
        if better(other.read, best.read):
            return other
    return best


def _level_look(seen: Pixels, turn: int) -> _Look:
    level = levelled(seen)
    return _Look(read_field(level.pixels, lines=lines_in(level.pixels)), turn, level)


def _best_turn(picture: Pixels, run: Run) -> _Look:
    best = _look(picture, 0)
    high, wide = picture.shape[:2]
    turns = (90, 270, 180) if high > 1.3 * wide else (180,)
    for turn in turns:
        if best.read.confidence >= _SURE:
            break
        if run.cancelled():
            raise Cancelled
        one = _look(picture, turn)
        # A line that lies in its region is seldom upside down.
        more = _MUCH_BETTER if turn == 180 else _BETTER
        if one.read.confidence > best.read.confidence + more:
            best = one
    return best


def lines_in(picture: Pixels) -> int:
    """Return how many lines of text a picture seems to hold, from the ink of its rows.

    Bands cut by the upper or lower edge are neighbours' and do not count.
    """
    grey = evened(picture)
    rows = (grey < _INK).mean(axis=1) > 0.01
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    bands = [
        (int(a), int(b))
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if a > 0 and b < len(rows)
    ]
    tallest = max((b - a for a, b in bands), default=0)
    return max(1, sum(b - a >= max(8, 0.5 * tallest) for a, b in bands))


def _way_back(region: Region, wide: int, high: int, turn: int) -> Floats:
    """Return the homography from a turned region's pixels to fractions of the capture."""
    corners = np.array(region.shape, np.float64)
    return homography(corners_of(wide, high), np.roll(corners, turn // 90, axis=0))


def _place(word: Piece, back: Floats) -> Quad | None:
    left, top, right, bottom = word.box
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    points = [within_image((x, y)) for x, y in mapped(back, corners).tolist()]
    return None if problem(points) else quad(points)
