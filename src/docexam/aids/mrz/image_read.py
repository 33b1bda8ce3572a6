"""The letters and digits of straightened rows, one character a cell: Tesseract and a network.

The fillers are painted over before Tesseract sees a row, since it reads them as anything; what it
reads goes into the cell it stands in, so that nothing can slip along the line. The network looks
at each cell by itself; where the two differ, the surer one is followed.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from docexam.aids.mrz.alphabet import FILLER
from docexam.aids.mrz.image_fillers import cells_of, inked
from docexam.aids.mrz.image_letters import KINDS, kinds
from docexam.aids.mrz.image_strip import MARGIN, PITCH
from docexam.aids.raster.arrays import Floats, Mask, Pixels, Plane
from docexam.aids.raster.blur import gaussian
from docexam.aids.typed.engine import LINE, engine, pieces

UNREAD = "?"
LANGUAGE = "eng"
_LETTERS = string.ascii_uppercase + string.digits
_FRAME = 12  # pixels of paper around a row
_UNSURE = 20.0  # Tesseract's confidence below which another preparation is asked


_LEAST_SHARE = 1e-3  # of the network's shares: what it thinks impossible may still be
_TRUST = 1.6  # what Tesseract's full confidence adds to a kind, in powers of e
_SHAPE, _NO_SHAPE = 2.5, -1.5  # what the filler's shape adds where it was seen, or was not
_AMONG = 2.0  # what it adds that fillers stand on both sides: they come in runs
_AT_LEAST = 0.5  # the network's share by which alone a character is read
_FAINT = 0.8  # … where hardly any ink is


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row as read: one character a cell (`?` where something stands unread), confidences.

    `confidence` is Tesseract's, 0 to 100, and the network's share where Tesseract read otherwise
    or nothing; fillers have 100. `shares` are how likely every one of KINDS is in every cell, by
    both together.
    """

    text: str
    confidence: tuple[float, ...]
    shares: Floats


def read_rows(rows: Sequence[Plane], fillers: Sequence[Mask]) -> list[RowRead]:
    """Read straightened rows. Raises MachineError where Tesseract cannot be started."""
    with engine(LANGUAGE, LINE, tessedit_char_whitelist=_LETTERS) as api:
        return [_read(api, row, filler) for row, filler in zip(rows, fillers, strict=True)]


def _read(api: object, row: Plane, filler: Mask) -> RowRead:
    cells = cells_of(row)
    seen = kinds(cells)
    texts, sure = _by_tesseract(api, row, filler)
    weights = _together(seen, texts, sure, filler)
    chars, confidence = [], []
    for cell, stands in enumerate(inked(cells)):
        best = int(np.argmax(weights[cell]))
        share = float(seen[cell, best])
        read = (sure[cell] >= 0 or share >= _AT_LEAST) if stands else share >= _FAINT
        chars.append(KINDS[best] if read else UNREAD)
        own = sure[cell] if texts[cell] == KINDS[best] else 100.0 * share
        confidence.append(100.0 if KINDS[best] == FILLER else max(0.0, own))
    shares = np.exp(weights - weights.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return RowRead("".join(chars), tuple(confidence), shares)


def _by_tesseract(api: object, row: Plane, filler: Mask) -> tuple[list[str], list[float]]:
    """Return what Tesseract reads in every cell and how sure it is, -1 where it reads nothing."""
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
    return texts, sure


def _together(seen: Floats, texts: Sequence[str], sure: Sequence[float], filler: Mask) -> Floats:
    """Return the weights (logarithms) of every kind in every cell by all that was seen."""
    weights = np.asarray(np.log(seen + _LEAST_SHARE))
    weights[:, KINDS.index(FILLER)] += np.where(filler, _SHAPE, _NO_SHAPE)
    weights[:, KINDS.index(FILLER)] += np.where(_among(filler), _AMONG, 0.0)
    for cell, (char, confidence) in enumerate(zip(texts, sure, strict=True)):
        if char in KINDS and char != FILLER and confidence > 0:
            weights[cell, KINDS.index(char)] += _TRUST * confidence / 100.0
    return weights


def _among(filler: Mask) -> Mask:
    """Return which cells have a filler within three cells on either side."""
    count, padded = len(filler), np.pad(filler, 3)
    left = padded[:count] | padded[1 : count + 1] | padded[2 : count + 2]
    right = padded[4 : count + 4] | padded[5 : count + 5] | padded[6 : count + 6]
    return np.asarray(left & right, np.bool_)


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
