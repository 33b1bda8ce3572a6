"""A region of a capture read as one field: turned as it must be, one line or several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from docexam.aids.protocol import Cancelled, CaptureImage, Region, Run
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.raster.warp import corners_of, homography, mapped
from docexam.aids.typed.choosing import Chosen, choose
from docexam.aids.typed.coloured import OVER_A_LETTER, has_coloured_ink, without_coloured_ink
from docexam.aids.typed.engine import Piece
from docexam.aids.typed.hand import Doubt, doubt
from docexam.aids.typed.level import Level, levelled
from docexam.aids.typed.prepare import evened, upright
from docexam.aids.typed.shapes import ShapeRead, read_by_shapes
from docexam.aids.typed.words import merit, read_field
from docexam.domain.geometry import Quad, problem, quad, within_image

_SURE = 0.85  # share of its letters at which no other turn is tried
_SURER = 0.08  # by how much another turn's must be greater
_TELL = 3  # letters that tell how a picture stands: 6 turned over is 9, 8 laid down is оо
_INK = 150


@dataclass(frozen=True, slots=True)
class FieldRead:
    """What stands in a region.

    `words` have their places on the capture (fractions; None where they make no quad). `turned`
    is how many degrees clockwise the region was turned to read it. Where `doubt.written`, the
    words are not to be used. `covered` is whether coloured ink lies where nothing was read.
    """

    chosen: Chosen
    words: tuple[tuple[Piece, Quad | None], ...]
    doubt: Doubt
    turned: int
    covered: bool = False


def read_region(capture: CaptureImage, region: Region, run: Run) -> FieldRead:
    """Return what stands in a region. Raises Cancelled, DocexamError as `upright` does."""
    picture = upright(capture, region)
    run.progress(0.3, "reading")
    turn, shown = _best_turn(picture)
    if run.cancelled():
        raise Cancelled
    cleared = without_coloured_ink(_turned(picture, turn), OVER_A_LETTER)
    chosen, level = _followed(shown, cleared)
    high, wide = picture.shape[:2]
    if turn % 180:
        high, wide = wide, high
    back = _way_back(region, wide, high, turn) @ level.back
    words = tuple((word, _place(word, back)) for word in chosen.words)
    looks = doubt(level.pixels, chosen)
    unread = looks.refused or not words
    return FieldRead(chosen, words, looks, turn, unread and has_coloured_ink(picture))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture made level, how many lines it seems to hold, what the shapes read in it."""

    level: Level
    lines: int
    shapes: ShapeRead

    @property
    def share(self) -> float:
        """How sure the reader of shapes is, less where it found few letters."""
        return self.shapes.share * min(1.0, len(self.shapes.text) / _TELL)


def _shown(seen: Pixels) -> _Shown:
    level = levelled(seen)
    lines = lines_in(level.pixels)
    return _Shown(level, lines, read_by_shapes(level.pixels, lines=lines))


def _followed(shown: _Shown, cleared: Pixels | None) -> tuple[Chosen, Level]:
    """Return what is followed of what both readers make of a picture, and the level it was read in.

    `cleared` is the picture without the coloured ink of seals, None where it has none.
    """
    looks = [shown] if cleared is None else [shown, _shown(cleared)]
    tesseract = [read_field(one.level.pixels, lines=one.lines) for one in looks]
    best = max(range(len(looks)), key=lambda n: looks[n].shapes.share)
    read = max(range(len(looks)), key=lambda n: merit(tesseract[n]))
    chosen = choose(looks[best].shapes, tesseract[read])
    return chosen, looks[best if chosen.by_shapes else read].level


def _turned(picture: Pixels, turn: int) -> Pixels:
    return np.asarray(np.rot90(picture, -turn // 90), np.uint8)


def _best_turn(picture: Pixels) -> tuple[int, _Shown]:
    """Return by how many degrees clockwise a picture is turned for its letters to stand, and it."""
    high, wide = picture.shape[:2]
    best = 0, _shown(picture)
    for turn in (90, 270, 180) if high > 1.3 * wide else (180,):
        if best[1].share >= _SURE:
            break
        other = _shown(_turned(picture, turn))
        if len(other.shapes.text) >= _TELL and other.share > best[1].share + _SURER:
            best = turn, other
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
