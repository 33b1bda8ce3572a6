"""The letters and digits of straightened rows by Tesseract, one character a cell.

The fillers are painted over before Tesseract sees a row, since it reads them as anything; what it
reads goes into the cell it stands in, so that nothing can slip along the line.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from docexam.aids.mrz.alphabet import FILLER
from docexam.aids.mrz.image_fillers import cells_of, inked
from docexam.aids.mrz.image_strip import MARGIN, PITCH
from docexam.aids.raster.arrays import Mask, Pixels, Plane
from docexam.aids.raster.blur import gaussian
from docexam.aids.typed.engine import LINE, engine, pieces

UNREAD = "?"
LANGUAGE = "eng"
_LETTERS = string.ascii_uppercase + string.digits
_FRAME = 12  # pixels of paper around a row
_UNSURE = 20.0  # Tesseract's confidence below which another preparation is asked


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row as read: one character a cell (`?` where something stands unread), confidences.

    `confidence` is Tesseract's, 0 to 100; fillers, found by shape, have 100.
    """

    text: str
    confidence: tuple[float, ...]


def read_rows(rows: Sequence[Plane], fillers: Sequence[Mask]) -> list[RowRead]:
    """Read straightened rows. Raises MachineError where Tesseract cannot be started."""
    with engine(LANGUAGE, LINE, tessedit_char_whitelist=_LETTERS) as api:
        return [_read(api, row, filler) for row, filler in zip(rows, fillers, strict=True)]


def _read(api: object, row: Plane, filler: Mask) -> RowRead:
    stands = inked(cells_of(row))
    texts = [FILLER if f else UNREAD for f in filler]
    sure = [100.0 if f else -1.0 for f in filler]
    for prepared in _PREPARED:
        open_ones = {i for i, s in enumerate(sure) if s < _UNSURE and stands[i]}
        if not open_ones:
            break
        shown = _without(row, filler, open_ones)
        for cell, (char, confidence) in _per_cell(api, prepared(shown)).items():
            if cell in open_ones and confidence > sure[cell]:
                texts[cell], sure[cell] = char, confidence
    return RowRead("".join(texts), tuple(max(0.0, s) for s in sure))


def _without(row: Plane, filler: Mask, wanted: set[int]) -> Plane:
    """Return the row with paper for fillers, and for words that hold none of the wanted cells."""
    shown = np.ones_like(row)
    for start, end in _words(filler):
        if wanted & set(range(start, end)):
            columns = slice((start + MARGIN) * PITCH, (end + MARGIN) * PITCH)
            shown[:, columns] = row[:, columns]
    return shown


def _words(filler: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([True], filler, [True])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _per_cell(api: object, image: Plane) -> dict[int, tuple[str, float]]:
    framed = np.pad(image, _FRAME, constant_values=1.0)
    found: dict[int, tuple[str, float]] = {}
    for piece in pieces(api, _bytes(framed), words=False):
        cell = int(((piece.box[0] + piece.box[2]) / 2 - _FRAME) // PITCH) - MARGIN
        if len(piece.text) == 1 and piece.confidence > found.get(cell, ("", -1.0))[1]:
            found[cell] = (piece.text, piece.confidence)
    return found


def _bytes(plane: Plane) -> Pixels:
    return np.asarray(np.clip(plane * 255.0, 0, 255), np.uint8)


def _plain(row: Plane) -> Plane:
    return row


def _soft(row: Plane) -> Plane:
    return gaussian(row, 0.7)


def _hard(row: Plane) -> Plane:
    return np.asarray(gaussian(row, 1.0) > 0.55, np.float32)


_PREPARED: tuple[Callable[[Plane], Plane], ...] = (_plain, _soft, _hard)
