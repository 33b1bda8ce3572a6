"""Tesseract through tesserocr: quiet, one thread, the same answer for the same pixels.

Imported only when an aid reads an image. An engine is kept per thread, since setting one up takes
longer than reading a line and Tesseract's engines are not to be shared between threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docexam.aids.typed.tessdata import folder_of
from docexam.errors import MachineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

# Read by the OpenMP runtime when it is loaded: threads cost more than they bring on one line.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

LINE, BLOCK, PAGE, SPARSE, WORD = (
    "SINGLE_LINE",
    "SINGLE_BLOCK",
    "AUTO",
    "SPARSE_TEXT",
    "SINGLE_WORD",
)
_SETTINGS = {
    # Tesseract writes remarks on odd images to stderr, which is where the screen is drawn.
    "debug_file": os.devnull,
    # What one image taught must not change how the next one is read.
    "tessedit_enable_doc_dict": "0",
    "classify_enable_learning": "0",
}
_MOST_ENGINES = 4
_kept = threading.local()


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or character as read: its text, confidence 0 to 100, box in pixels of the image."""

    text: str
    confidence: float
    box: tuple[int, int, int, int]  # left, top, right, bottom
    line: int = 0


@contextmanager
def engine(language: str, mode: str, **settings: str) -> Iterator[Any]:
    """Give a Tesseract engine for one language (`rus`, `eng`), its image cleared afterwards.

    `mode` is a page segmentation mode of this module. Raises MachineError (DX-AID-OCR) where the
    engine or its data cannot be loaded.
    """
    api = _engine(language, tuple(sorted(settings.items())))
    from tesserocr import PSM

    api.SetPageSegMode(getattr(PSM, mode))
    try:
        yield api
    finally:
        api.Clear()
        api.ClearAdaptiveClassifier()


def _engine(language: str, settings: tuple[tuple[str, str], ...]) -> Any:
    engines: dict[Any, Any] = _kept.__dict__.setdefault("engines", {})
    key = (language, settings)
    if key not in engines:
        if len(engines) >= _MOST_ENGINES:
            engines.pop(next(iter(engines))).End()
        engines[key] = _started(language, dict(settings))
    return engines[key]


def _started(language: str, settings: dict[str, str]) -> Any:
    folder = folder_of(language)
    try:
        from tesserocr import OEM, PyTessBaseAPI

        if folder is None:
            raise RuntimeError(f"{language}.traineddata is not here")
        variables = _SETTINGS | settings
        return PyTessBaseAPI(
            path=str(folder), lang=language, oem=OEM.LSTM_ONLY, variables=variables
        )
    except (ImportError, RuntimeError, ValueError) as error:
        raise MachineError(
            "DX-AID-OCR",
            f"Tesseract cannot be started ({str(error)[:120]}).",
            todo="Run docexam doctor to see what is missing.",
        ) from error


def pieces(api: Any, image: Grey, *, words: bool = True) -> tuple[Piece, ...]:
    """Return the words (or, without `words`, characters) that Tesseract reads on a grey image.

    `image` is rows × columns, 8 bits. Empty where it reads nothing.
    """
    from PIL import Image
    from tesserocr import RIL, iterate_level

    api.SetImage(Image.fromarray(image))
    if not api.Recognize():
        return ()
    found = api.GetIterator()
    if found is None:
        return ()
    level = RIL.WORD if words else RIL.SYMBOL
    out: list[Piece] = []
    line = -1
    for one in iterate_level(found, level):
        if one.IsAtBeginningOf(RIL.TEXTLINE):
            line += 1
        if one.Empty(level):
            continue
        text = (one.GetUTF8Text(level) or "").strip()
        box = one.BoundingBox(level)
        if text and box:
            out.append(Piece(text, float(one.Confidence(level)), box, max(line, 0)))
    return tuple(out)
