"""Reading a machine-readable zone off a capture: find it, make it straight, read it, rebuild it.

The reading as it came from Tesseract and the rebuilt one are both kept, with every change between
them; the place of every character on the capture is known, so that a person can look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from docexam.aids.mrz.checks import checks_of
from docexam.aids.mrz.formats import format_of
from docexam.aids.mrz.image_colour import uncoloured
from docexam.aids.mrz.image_fillers import cells_of
from docexam.aids.mrz.image_find import find
from docexam.aids.mrz.image_force import forced
from docexam.aids.mrz.image_picture import MOST, Picture, picture_of
from docexam.aids.mrz.image_read import LANGUAGE, UNREAD, RowRead, read_rows
from docexam.aids.mrz.image_rebuild import Change, rebuilt
from docexam.aids.mrz.image_strip import spots
from docexam.aids.mrz.image_window import LAYOUTS, Found, settled
from docexam.aids.protocol import Cancelled, CaptureImage, Region, Run
from docexam.domain.geometry import Quad, bounding_box, problem, quad

_READ = 2000  # pixels of the longer side that are read, more where the zone is small
_SMALL_PITCH = 15.0  # pixels a character below which more of the capture's pixels are fetched
_SHORT = 36  # characters of the shorter rows of zones of two
_HALF_HEIGHT = 0.62  # of a character's cell, in widths of a cell
_SEEN = 0.25  # of a cell about its middle, in its widths, that lies in the picture where it is read


@dataclass(frozen=True, slots=True)
class ZoneImage:
    """A zone as read off a capture.

    `raw` are the lines as Tesseract, the network and the filler shapes gave them (`?` where
    something stands unread), `lines` the rebuilt ones, `changes` what lies between. `shape` is
    the zone on the capture (fractions, clockwise from the zone's own top left), `turned` how many
    degrees clockwise the capture is to be turned for the zone to stand upright. `cut` says that
    its rows have a length that no layout has or run beyond the picture. `confidence` is the
    mean of the characters', 0 to 100.
    """

    capture: int
    raw: tuple[str, ...]
    lines: tuple[str, ...]
    changes: tuple[Change, ...]
    shape: Quad | None
    cells: tuple[tuple[Quad | None, ...], ...]
    turned: int
    confidence: float
    cut: bool

    @property
    def whole(self) -> bool:
        """Return whether every character of a whole zone was read."""
        return not self.cut and not any(UNREAD in line for line in self.lines)

    def cell(self, line: int, position: int) -> Quad | None:
        """Return where a character lies on the capture; line and position count from 1."""
        if 1 <= line <= len(self.cells) and 1 <= position <= len(self.cells[line - 1]):
            return self.cells[line - 1][position - 1]
        return None

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form that stands under `read`."""
        form: dict[str, Any] = {
            "capture": self.capture,
            "raw": list(self.raw),
            "lines": list(self.lines),
            "changes": [change.as_json() for change in self.changes],
            "whole": self.whole,
            "cut": self.cut,
            "unread": sum(line.count(UNREAD) for line in self.lines),
            "rotated": self.turned,
            "confidence": round(self.confidence, 1),
            "engine": f"Tesseract ({LANGUAGE}) and a network of this aid's; fillers by their shape",
        }
        if self.shape:
            form["polygon"] = [[round(x, 5), round(y, 5)] for x, y in self.shape]
            form["box"] = [round(value, 5) for value in bounding_box(self.shape)]
        return form


def read_capture(capture: CaptureImage, region: Region | None, run: Run) -> ZoneImage | None:
    """Return the zone on a capture, or in the box of a region; None where none was found.

    Raises Cancelled, DocexamError where the capture cannot be decoded, and MachineError
    (DX-AID-OCR) where a zone was found and Tesseract is not there to read it.
    """
    run.progress(0.05, "finding the zone")
    picture = picture_of(capture, region, _READ)
    found = find(picture, run)
    if found is None:
        return None
    if found.pitch < _SMALL_PITCH and picture.reduced:
        larger = picture_of(capture, region, MOST)
        factor = found.factor * larger.grey.shape[1] / picture.grey.shape[1]
        picture, found = larger, settled(larger, found.zone, found.grids, factor)
    if run.cancelled():
        raise Cancelled
    picture, found = uncoloured(picture, found)
    run.progress(0.4, "reading the zone")
    return _read(capture.n, picture, found)


def _read(number: int, picture: Picture, found: Found) -> ZoneImage:
    read = read_rows(found.rows, found.fillers)
    outside = [_beyond(picture, found, line) for line in range(len(read))]
    raw = tuple(
        "".join(UNREAD if out else char for char, out in zip(row.text, line, strict=True))
        for row, line in zip(read, outside, strict=True)
    )
    beyond = any(any(line) for line in outside)
    cells = [cells_of(row) for row in found.rows]
    shares = [row.shares for row in read]
    lines: tuple[str, ...] = raw
    changes: tuple[Change, ...] = ()
    if not beyond:
        lines, told = rebuilt(raw, cells, shares)
        lines, forced_changes = forced(lines, shares)
        changes = (*told, *forced_changes)
    return ZoneImage(
        number,
        raw,
        lines,
        changes,
        _zone_shape(picture, found),
        tuple(_cell_shapes(picture, found, line) for line in range(len(raw))),
        _turn(found),
        _mean_confidence(read),
        cut=beyond
        or (len(raw), len(raw[0])) not in LAYOUTS
        or cut_short(lines, at_edge=any(_beside(picture, found))),
    )


def cut_short(lines: Sequence[str], *, at_edge: bool) -> bool:
    """Return whether two rows of 36 are the beginnings of longer ones, or their ends.

    A passport's rows have 44. Of a visa's and of rows of which several check digits are wrong
    only the picture's edge tells, which such rows reach.
    """
    if [len(line) for line in lines] != [_SHORT, _SHORT]:
        return False
    format_ = format_of(lines)
    wrong = [check.ok is not True for check in checks_of(format_, lines)] if format_ else [True]
    if lines[0].startswith("P"):
        return any(wrong)
    return at_edge and (lines[0].startswith("V") or sum(wrong) > 1)


def _mean_confidence(read: list[RowRead]) -> float:
    letters = [
        sure
        for row in read
        for char, sure in zip(row.text, row.confidence, strict=True)
        if char != "<"
    ]
    return float(np.mean(letters)) if letters else 0.0


def _turn(found: Found) -> int:
    heading = np.degrees(found.zone.angle) + (180.0 if found.upside_down else 0.0)
    return int(-round(heading / 90.0) * 90) % 360


# --- places ------------------------------------------------------------------------------------


def _cell_shapes(picture: Picture, found: Found, line: int) -> tuple[Quad | None, ...]:
    """Return the quads of the characters of a line, as it is read."""
    count = found.grids[0].cells
    number = len(found.grids) - 1 - line if found.upside_down else line
    edges = np.arange(count + 1, dtype=np.float64) - 0.5
    heights = np.array([-_HALF_HEIGHT, _HALF_HEIGHT])
    if found.upside_down:
        edges, heights = edges[::-1], heights[::-1]
    x, y = spots(found.zone, found.grids, number, edges, heights)
    upper = picture.fractions(x[0] * found.factor, y[0] * found.factor)
    lower = picture.fractions(x[1] * found.factor, y[1] * found.factor)
    return tuple(_quad((upper[i], upper[i + 1], lower[i + 1], lower[i])) for i in range(count))


def _beyond(picture: Picture, found: Found, line: int) -> list[bool]:
    """Return which characters of a line, as it is read, lie beyond the picture's edge."""
    count = found.grids[0].cells
    number = len(found.grids) - 1 - line if found.upside_down else line
    high, wide = picture.grey.shape
    out = np.zeros(count, np.bool_)
    for aside in (-_SEEN, _SEEN):
        places = np.arange(count, dtype=np.float64) + aside
        x, y = spots(found.zone, found.grids, number, places, np.array([-_SEEN, _SEEN]))
        x, y = x * found.factor, y * found.factor
        out |= ((x < 0) | (x > wide) | (y < 0) | (y > high)).any(axis=0)
    return [bool(one) for one in (out[::-1] if found.upside_down else out)]


def _beside(picture: Picture, found: Found) -> list[bool]:
    """Return whether the cells before and after the rows lie beyond the picture's edge."""
    high, wide = picture.grey.shape
    ends = np.array([-1.0, float(found.grids[0].cells)])
    out = np.zeros(2, np.bool_)
    for line in range(len(found.grids)):
        x, y = spots(found.zone, found.grids, line, ends, np.zeros(1))
        x, y = x[0] * found.factor, y[0] * found.factor
        out |= (x < 0) | (x > wide) | (y < 0) | (y > high)
    return [bool(one) for one in out]


def _zone_shape(picture: Picture, found: Found) -> Quad | None:
    first, last = 0, len(found.grids) - 1
    ends = np.array([-0.75, found.grids[0].cells - 0.25])
    above, below = np.array([-_HALF_HEIGHT - 0.15]), np.array([_HALF_HEIGHT + 0.15])
    x, y = spots(found.zone, found.grids, first, ends, above)
    u, v = spots(found.zone, found.grids, last, ends, below)
    upper = picture.fractions(x[0] * found.factor, y[0] * found.factor)
    lower = picture.fractions(u[0] * found.factor, v[0] * found.factor)
    corners = (upper[0], upper[1], lower[1], lower[0])
    return _quad(corners[2:] + corners[:2] if found.upside_down else corners)


def _quad(corners: tuple[tuple[float, float], ...]) -> Quad | None:
    return None if problem(corners) else quad(corners)
