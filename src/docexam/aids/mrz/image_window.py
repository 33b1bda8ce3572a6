"""Where the rows of a zone begin and end, by what can be read there.

Strokes alone leave it open: the page's edge or a border beside the zone looks like one more
character, a faint first character like none, and a row of which half was seen like a short one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from docexam.aids.mrz.formats import FORMATS
from docexam.aids.mrz.image_comb import combed, levelled
from docexam.aids.mrz.image_fillers import cells_of, fillers, inked, upside_down
from docexam.aids.mrz.image_lean import leaning
from docexam.aids.mrz.image_letters import kinds
from docexam.aids.mrz.image_picture import Picture
from docexam.aids.mrz.image_place import Placed
from docexam.aids.mrz.image_strip import Grid, shifted, strips
from docexam.aids.raster.arrays import Floats, Mask, Plane

LAYOUTS = frozenset((one.lines, one.length) for one in FORMATS)
_BEYOND = 3  # cells looked at before and after the rows
_TWO_ROWS = 34  # cells: rows that are shorter have a third one beside them
_THIRD = 0.6  # share by which its cells are read
_GROWTHS = 6  # times that rows are made longer
_LONGEST = 52
_READ = 0.62  # share by which a column beside the rows is read as a part of them
_LOST, _LEFT = 0.5, 0.8  # what a cell unread costs, and one read beyond the ends
_ASKEW = 0.9  # what it costs that a row begins a cell off the other
_NO_LAYOUT = 2.0  # what it costs each row that no layout has its length


@dataclass(frozen=True, slots=True)
class Found:
    """A zone in a picture.

    `grids` lie as on the picture; `rows` are their straightened pictures as they are read (turned
    over where `upside_down`), `fillers` the fillers in them. `factor` is how many of the
    picture's pixels one of the searched image is.
    """

    zone: Placed
    grids: tuple[Grid, ...]
    factor: float
    rows: tuple[Plane, ...]
    fillers: tuple[Mask, ...]
    upside_down: bool

    @property
    def pitch(self) -> float:
        """Return the width of a character in pixels of the picture."""
        return float(np.median([row.pitch for row in self.zone.rows])) * self.factor

    def read(self) -> Floats:
        """Return how well every cell is read, 0 to 1: rows × cells, as on the picture."""
        cells = [cells_of(row) for row in self.rows]
        shares = np.array([kinds(one).max(axis=1) * inked(one) for one in cells])
        return shares[::-1, ::-1] if self.upside_down else shares


def straightened(picture: Picture, zone: Placed, rows: tuple[Grid, ...], factor: float) -> Found:
    """Return a zone with its rows made straight from the pixels of `picture`, the right way up."""
    straight = strips(picture.grey, zone, rows, factor)
    turned = upside_down(straight)
    if turned:
        straight = [row[::-1, ::-1] for row in reversed(straight)]
    return Found(zone, rows, factor, tuple(straight), tuple(fillers(straight)), turned)


def _moved_to(picture: Picture, like: Found, rows: tuple[Grid, ...]) -> Found:
    """Return a zone with other rows, as one that is known turned; its fillers are left open."""
    straight = strips(picture.grey, like.zone, rows, like.factor)
    if like.upside_down:
        straight = [row[::-1, ::-1] for row in reversed(straight)]
    return replace(like, grids=rows, rows=tuple(straight), fillers=())


def settled(picture: Picture, zone: Placed, rows: tuple[Grid, ...], factor: float) -> Found:
    """Return the zone with rows of a layout's length that begin where they are read best."""
    for _ in range(2):
        rows = _fitted(picture, zone, rows, factor)
        zone = leaning(picture.grey, zone, rows, factor)
    wide = _grown(picture, straightened(picture, zone, rows, factor))
    if len(rows) == 2 and wide.grids[0].cells - 2 * _BEYOND < _TWO_ROWS:
        wide = _third(picture, wide)
    lengths = {length for count, length in LAYOUTS if count == len(wide.grids)}
    starts, length = _windows(wide.read(), wide, lengths, rows[0].cells)
    chosen = tuple(
        _moved(row, start, length) for row, start in zip(wide.grids, starts, strict=True)
    )
    chosen = _fitted(picture, zone, chosen, factor)
    return straightened(picture, zone, chosen, factor)


def _fitted(
    picture: Picture, zone: Placed, rows: tuple[Grid, ...], factor: float
) -> tuple[Grid, ...]:
    rows = combed(picture.grey, zone, rows, factor)
    return levelled(picture.grey, zone, rows, factor)


def _grown(picture: Picture, found: Found) -> Found:
    """Return the zone with its rows as long as they can be read, and a few cells more."""
    wide = _longer(picture, found)
    for _ in range(_GROWTHS):
        columns = wide.read().mean(axis=0)
        before = _run(columns[:_BEYOND][::-1])
        after = _run(columns[-_BEYOND:])
        count = found.grids[0].cells
        if before + after == 0 or count + before + after > _LONGEST:
            break
        longer = tuple(_moved(row, -before, count + before + after) for row in found.grids)
        longer = _fitted(picture, found.zone, longer, found.factor)
        found = _moved_to(picture, found, longer)
        wide = _longer(picture, found)
    return wide


def _third(picture: Picture, wide: Found) -> Found:
    """Return the zone with a third row above or below where one can be read there."""
    first, second = (row.row for row in wide.grids)
    apart = np.polysub(second.bend, first.bend)
    best, most = wide, _THIRD
    for beside, bend in (
        ((0, wide.grids[0]), np.polysub(first.bend, apart)),
        ((2, wide.grids[1]), np.polyadd(second.bend, apart)),
    ):
        at, like = beside
        row = replace(like, row=replace(like.row, bend=bend, along=like.row.along[:0]))
        rows = (*wide.grids[:at], row, *wide.grids[at:])
        rows = _fitted(picture, wide.zone, rows, wide.factor)
        found = _moved_to(picture, wide, rows)
        read = float(found.read()[at, _BEYOND:-_BEYOND].mean())
        if read > most:
            best, most = found, read
    return best


def _run(columns: Floats) -> int:
    """Return how many columns from the rows outward are read."""
    means = np.cumsum(columns) / np.arange(1, len(columns) + 1)
    read = np.flatnonzero((columns >= _READ) & (means >= _READ))
    return int(read[-1]) + 1 if len(read) else 0


def _longer(picture: Picture, found: Found) -> Found:
    count = found.grids[0].cells + 2 * _BEYOND
    grids = tuple(_moved(row, -_BEYOND, count) for row in found.grids)
    return _moved_to(picture, found, grids)


def _moved(row: Grid, start: int, length: int) -> Grid:
    return replace(row, step=shifted(row.step, start), cells=length)


def _windows(read: Floats, wide: Found, lengths: set[int], usual: int) -> tuple[list[int], int]:
    """Return where every row begins, and the length of all."""
    found: list[tuple[float, list[int], int]] = []
    for length in sorted(lengths | {usual}):
        if length > read.shape[1]:
            continue
        merits = np.stack([_merits(row, length) for row in read])
        unknown = 0.0 if length in lengths else _NO_LAYOUT * len(read)
        for first in range(merits.shape[1]):
            starts, total = _under(merits, wide.grids, first)
            found.append((round(total - unknown, 3), starts, length))
    best = max(found, key=lambda one: one[0])
    return best[1], best[2]


def _merits(row: Floats, length: int) -> Floats:
    """Return for every beginning what a row of a length is worth there."""
    inside = np.convolve(row, np.ones(length), "valid")
    return np.asarray(inside - _LOST * (length - inside) - _LEFT * (row.sum() - inside))


def _under(merits: Floats, grids: tuple[Grid, ...], first: int) -> tuple[list[int], float]:
    """Return where the rows begin under the beginning of the first, and what that is worth."""
    unit = abs(float(grids[0].step[-2]))
    starts, total = [first], float(merits[0, first])
    for row, above, grid in zip(merits[1:], grids, grids[1:], strict=False):
        askew = np.abs(
            grid.along(np.arange(len(row), dtype=np.float64)) - above.along(float(starts[-1]))
        )
        worth = row - _ASKEW * askew / unit
        starts.append(int(np.argmax(worth)))
        total += float(worth.max())
    return starts, total
