"""A view drawn in terminal cells: glyphs and colour pairs, in few and long runs.

A cell shows several samples (half-cells 1×2, quadrants 2×2, sextants 2×3) with two colours. A
terminal is sent about forty bytes for every change of the colour pair, so neighbouring cells
share a pair wherever that costs little: runs are merged, cheapest first, until the frame fits
its byte budget. Only then is every sample given the nearer of its run's two colours, which is
why print on paper stays sharp although whole words share one pair.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from docexam.imaging import merging
from docexam.imaging.pyramid import Pyramid
from docexam.imaging.sampling import Grid, Sampled, sample
from docexam.imaging.view import Frame, View

Mode = Literal["half", "quadrant", "sextant", "braille", "ascii"]
MODES: tuple[Mode, ...] = ("half", "quadrant", "sextant", "braille", "ascii")
NO_COLOUR = -1
GRIDS: dict[str, Grid] = {
    "half": Grid(1, 2),
    "quadrant": Grid(2, 2),
    "sextant": Grid(2, 3),
    "braille": Grid(2, 4),
    "ascii": Grid(1, 1),
}
BYTES_PER_CELL = 11.2
FRUGAL_BYTES_PER_CELL = 4.0

_HALF = " ▀▄█"
_QUADRANT = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_ASCII = " .,:;-~=+*oxO#%@"
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_PAIR_BYTES = 40.0
_GLYPH_BYTES = 2.4
_FREE_ERROR = 6.0
_FRUGAL_FREE_ERROR = 60.0
_TRIES = 3
_FAINT = 0.07
_THIN_MARKS = np.float32(1.2)
_FRUGAL_BELOW = 8.0
_SHORTER = 0.92
_SET_AND_RESET = 7
_ROW_BYTES = 10
_ONE_STEP = 5
_BAYER = (
    np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], dtype=np.float32)
    / 16.0
    + 1 / 32
)


class Run(NamedTuple):
    """Neighbouring cells of one row that share their colours.

    Colours are 0xRRGGBB, or `NO_COLOUR` where the run does not need one (a flat run has no
    foreground; uncoloured modes have neither).
    """

    text: str
    fg: int
    bg: int


@dataclass(frozen=True, slots=True)
class Cells:
    """A drawn view: `lines[row]` is the runs of a row, together `columns` cells wide."""

    mode: Mode
    columns: int
    rows: int
    lines: tuple[tuple[Run, ...], ...]

    def text(self, row: int) -> str:
        """Return the glyphs of a row."""
        return "".join(run.text for run in self.lines[row])


def render(
    pyramid: Pyramid,
    view: View,
    columns: int,
    rows: int,
    mode: Mode = "half",
    *,
    background: tuple[int, int, int] = (20, 20, 20),
    bytes_per_cell: float = BYTES_PER_CELL,
    dark_on_light: bool = False,
) -> Cells:
    """Draw `view` of `pyramid` in `columns`×`rows` cells.

    `background` is painted beside the image. The frame is kept under about `bytes_per_cell`
    for each cell (`FRUGAL_BYTES_PER_CELL` for slow links). The uncoloured modes draw ink as
    marks, whichever way round the terminal's colours are; `dark_on_light` makes them bolder.
    """
    frame = Frame(max(columns, 1), max(rows, 1), pyramid.width, pyramid.height)
    sampled = sample(pyramid, view, frame, GRIDS[mode], background)
    if mode in ("braille", "ascii"):
        return _uncoloured(sampled, frame, mode, dark_on_light)
    return _coloured(sampled, frame, mode, bytes_per_cell)


def estimate_bytes(cells: Cells) -> int:
    """Return about how many bytes a terminal is sent for the whole of `cells`.

    Counts one colour setting and one reset a run in true colour, the glyphs in UTF-8, and a
    cursor movement a row.
    """
    total = _ROW_BYTES * cells.rows
    for line in cells.lines:
        for text, fg, bg in line:
            total += len(text.encode()) + _colour_bytes(fg) + _colour_bytes(bg)
            total += 0 if fg == bg == NO_COLOUR else _SET_AND_RESET
    return total


def _colour_bytes(colour: int) -> int:
    if colour == NO_COLOUR:
        return 0
    parts = colour >> 16, colour >> 8 & 255, colour & 255
    return 8 + sum(1 + (part > 9) + (part > 99) for part in parts)


# --- coloured ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Drawing:
    """Runs with their final colours (`NO_COLOUR` where unused) and each cell's glyph pattern."""

    runs: merging.Runs
    pattern: npt.NDArray[np.int_]
    front: npt.NDArray[np.int_]
    back: npt.NDArray[np.int_]


def _coloured(sampled: Sampled, frame: Frame, mode: Mode, bytes_per_cell: float) -> Cells:
    grid = GRIDS[mode]
    planes = merging.planes_of(sampled.samples, grid.across, grid.down)
    cells = frame.columns * frame.rows
    budget = bytes_per_cell * cells
    frugal = bytes_per_cell < _FRUGAL_BELOW
    free = _FRUGAL_FREE_ERROR if frugal else _FREE_ERROR
    runs = merging.cell_runs(planes, _partitions(mode), frame.columns)
    target = max(frame.rows, int((budget - _GLYPH_BYTES * cells) / _PAIR_BYTES))
    for _ in range(_TRIES):
        runs = merging.merge_runs(runs, target, free)
        drawing = _draw(planes, runs, _ONE_STEP if frugal else 0)
        sent = _drawing_bytes(drawing, frame, mode)
        if sent <= budget:
            break
        target = max(frame.rows, int(min(runs.count, target) * _SHORTER * budget / sent))
    return _lines(drawing, frame, mode)


@cache
def _partitions(mode: Mode) -> npt.NDArray[np.float32]:
    """Return every way to split a cell's samples in two, one row of 0 and 1 each."""
    count = GRIDS[mode].across * GRIDS[mode].down
    patterns = np.arange(1, 2 ** (count - 1))
    bits = (patterns[:, None] >> np.arange(count)) & 1
    return bits.astype(np.float32)


@cache
def _glyphs(mode: Mode) -> npt.NDArray[np.str_]:
    """Return the glyph for each pattern of foreground samples, bit 0 top left, row by row."""
    if mode == "half":
        return np.array(list(_HALF))
    if mode == "quadrant":
        return np.array(list(_QUADRANT))
    return np.array([_sextant(pattern) for pattern in range(64)])


def _sextant(pattern: int) -> str:
    plain = {0: " ", 21: "▌", 42: "▐", 63: "█"}
    return plain.get(pattern) or chr(0x1FB00 + pattern - 1 - (pattern > 21) - (pattern > 42))


def _draw(planes: npt.NDArray[np.float32], runs: merging.Runs, alike: int) -> _Drawing:
    count, cells = planes.shape[1:]
    index = merging.run_of_cell(runs, cells)
    light = merging.nearest(planes, runs, index)
    runs = merging.refit(planes, runs, light)
    pattern = (1 << np.arange(count)) @ light
    full = 2**count - 1
    # The colour that fills more whole cells is the background: a space is one byte and has no
    # seams in any font, a full block is three bytes and often has.
    light_is_back = _count(pattern == full, runs) > _count(pattern == 0, runs)
    pattern = np.where(light_is_back[index], full - pattern, pattern)
    dark_key = _packed(merging.colours_of(runs.dark))
    light_key = _packed(merging.colours_of(runs.total - runs.dark))
    back = np.where(light_is_back, light_key, dark_key)
    front = np.where(light_is_back, dark_key, light_key)
    pattern = np.where(_alike(front, back, alike)[index], 0, pattern)
    front = np.where(_count(pattern != 0, runs) == 0, NO_COLOUR, front)
    return _Drawing(runs, pattern, front, back)


def _count(mask: npt.NDArray[np.bool_], runs: merging.Runs) -> npt.NDArray[np.int_]:
    counts: npt.NDArray[np.int_] = np.add.reduceat(mask.astype(np.int_), runs.first)
    return counts


def _alike(
    one: npt.NDArray[np.int_], other: npt.NDArray[np.int_], most: int
) -> npt.NDArray[np.bool_]:
    """Whether packed colours differ by at most `most` in each channel."""
    alike = np.ones(one.shape, dtype=bool)
    for shift in (16, 8, 0):
        alike &= np.abs((one >> shift & 255) - (other >> shift & 255)) <= most
    return alike


def _packed(colours: npt.NDArray[np.float32]) -> npt.NDArray[np.int_]:
    """Quantise colours (3×n, 0..255) to 6 bits a channel and pack them as 0xRRGGBB."""
    six = (colours * (63.0 / 255.0)).round().clip(0, 63).astype(np.int_)
    eight = (six << 2) | (six >> 4)
    packed: npt.NDArray[np.int_] = (eight[0] << 16) | (eight[1] << 8) | eight[2]
    return packed


def _drawing_bytes(drawing: _Drawing, frame: Frame, mode: Mode) -> int:
    """Return what `estimate_bytes` will say, or a little more, before the runs become text."""
    more = 3 if mode == "sextant" else 2
    glyphs = int(drawing.pattern.size) + more * int(np.count_nonzero(drawing.pattern))
    colours = _all_colour_bytes(drawing.front) + _all_colour_bytes(drawing.back)
    return glyphs + colours + _SET_AND_RESET * drawing.runs.count + _ROW_BYTES * frame.rows


def _all_colour_bytes(colours: npt.NDArray[np.int_]) -> int:
    used = colours[colours != NO_COLOUR]
    total = 11 * int(used.size)
    for shift in (16, 8, 0):
        part = used >> shift & 255
        total += int(np.count_nonzero(part > 9)) + int(np.count_nonzero(part > 99))
    return total


def _lines(drawing: _Drawing, frame: Frame, mode: Mode) -> Cells:
    runs = drawing.runs
    text = "".join(_glyphs(mode)[drawing.pattern].tolist())
    starts = runs.first.tolist()
    ends = [*starts[1:], len(text)]
    spans = zip(starts, ends, drawing.front.tolist(), drawing.back.tolist(), strict=True)
    every = [Run(text[start:end], fg, bg) for start, end, fg, bg in spans]
    edges = np.searchsorted(runs.row, np.arange(frame.rows + 1)).tolist()
    lines = tuple(tuple(every[a:b]) for a, b in pairwise(edges))
    return Cells(mode, frame.columns, frame.rows, lines)


# --- without colours ---------------------------------------------------------------------------


def _uncoloured(sampled: Sampled, frame: Frame, mode: Mode, dark_on_light: bool) -> Cells:
    # Dark marks on a light screen look thinner than light ones on a dark screen.
    dense = (_ink(sampled) * (_THIN_MARKS if dark_on_light else 1.0)).clip(0.0, 1.0)
    rows = _braille(dense, frame) if mode == "braille" else _ascii(dense)
    lines = tuple((Run(row, NO_COLOUR, NO_COLOUR),) for row in rows)
    return Cells(mode, frame.columns, frame.rows, lines)


def _ink(sampled: Sampled) -> npt.NDArray[np.float32]:
    """Return how dark each sample is against what surrounds it, 0 to 1.

    Without colours there is no grey either, only marks: what counts is ink, not light, so marks
    stand for ink on a light and on a dark terminal alike.
    """
    luma = sampled.samples @ _LUMA
    if not sampled.inside.any():
        return np.zeros_like(luma)
    luma = np.where(sampled.inside, luma, luma[sampled.inside].mean())
    image = Image.fromarray(luma.clip(0, 255).astype(np.uint8))
    reach = max(3, (max(image.size) // 12) | 1)
    bright = image.filter(ImageFilter.GaussianBlur(0.6)).filter(ImageFilter.MaxFilter(5))
    paper = np.asarray(bright.filter(ImageFilter.BoxBlur(reach))).astype(np.float32)
    dark = 1.0 - luma / np.maximum(paper, 24.0)
    full = max(float(np.percentile(dark[sampled.inside], 98.0)), 3 * _FAINT)
    ink: npt.NDArray[np.float32] = ((dark - _FAINT) / (full - _FAINT)).clip(0.0, 1.0)
    return np.where(sampled.inside, ink, np.float32(0.0)).astype(np.float32)


def _ascii(dense: npt.NDArray[np.float32]) -> list[str]:
    ramp = np.array(list(_ASCII))
    steps = (dense * (len(_ASCII) - 1)).round().astype(np.int_)
    return ["".join(row) for row in ramp[steps].tolist()]


def _braille(dense: npt.NDArray[np.float32], frame: Frame) -> list[str]:
    tiles = np.tile(_BAYER, (frame.rows, (frame.columns * 2 + 3) // 4))
    dots = dense > tiles[:, : frame.columns * 2]
    cells = dots.reshape(frame.rows, 4, frame.columns, 2).transpose(0, 2, 1, 3)
    bits = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
    codes = (cells * bits).sum(axis=(2, 3)).ravel()
    text = "".join(chr(0x2800 + code) if code else " " for code in codes.tolist())
    return [text[i : i + frame.columns] for i in range(0, len(text), frame.columns)]


# --- marks on top ------------------------------------------------------------------------------


class Mark(NamedTuple):
    """One cell drawn over the picture; with `bg` `NO_COLOUR` the picture's colour stays behind."""

    glyph: str
    fg: int
    bg: int = NO_COLOUR


def with_marks(line: tuple[Run, ...], marks: Mapping[int, Mark]) -> tuple[Run, ...]:
    """Return a row with some cells (by column) replaced; the other runs are untouched."""
    if not marks:
        return line
    out: list[Run] = []
    column = 0
    for run in line:
        end = column + len(run.text)
        at = column
        for spot in sorted(c for c in marks if column <= c < end):
            if spot > at:
                out.append(Run(run.text[at - column : spot - column], run.fg, run.bg))
            mark = marks[spot]
            under = run.bg if mark.bg == NO_COLOUR else mark.bg
            out.append(Run(mark.glyph, mark.fg, under))
            at = spot + 1
        if at < end:
            out.append(Run(run.text[at - column :], run.fg, run.bg))
        column = end
    return tuple(out)


# --- can print be read? --------------------------------------------------------------------------

READABLE_ROWS = 5.0


def print_rows(view: View, mode: Mode, height_px: float) -> float:
    """Return how many rows of samples a mark `height_px` image pixels high gets in this view."""
    return height_px * view.scale * GRIDS[mode].down / 2.0


def readable_height_px(view: View, mode: Mode) -> float:
    """Return the least height of a capital, in image pixels, that this view still shows legibly.

    Print needs `READABLE_ROWS` sample rows a capital; below that only a crop in true pixels or
    a closer view will do.
    """
    return READABLE_ROWS * 2.0 / (view.scale * GRIDS[mode].down)
