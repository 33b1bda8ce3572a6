"""Does the thumbnail in Exif show the same picture as the file?"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

Grey = npt.NDArray[np.float32]

MOST_PIXELS = 4_000_000
ALIKE = 0.75
_SIDE = 96
_BAR = 14.0
_SHAPE_SLACK = 0.06
_LEAST_CONTRAST = 4.0
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """`alike`: correlation of the two in grey, -1 to 1; None where one is too even to tell.

    `other_shape`: whether the two differ in proportions, black bars left out.
    """

    width: int
    height: int
    alike: float | None
    other_shape: bool

    @property
    def differs(self) -> bool:
        """Whether the thumbnail shows something else, or another part."""
        return self.other_shape or (self.alike is not None and self.alike < ALIKE)


def compare(
    thumbnail: bytes, orientation: int, pixels: Callable[[], npt.NDArray[np.uint8]]
) -> Likeness | None:
    """Compare a thumbnail with the upright picture, in the turn in which they agree best.

    None where the thumbnail is damaged or absurdly large. Some programs turn the one and not the
    other, so both the stored and the turned thumbnail are tried.
    """
    try:
        opened = Image.open(io.BytesIO(thumbnail), formats=("JPEG",))
        if opened.width * opened.height > MOST_PIXELS or min(opened.size) < 8:
            return None
        small = opened.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    whole = Image.fromarray(pixels()).convert("L")
    turn = _TURNS.get(orientation)
    ways = [small, small.transpose(turn)] if turn is not None else [small]
    found = [_likeness(way, whole) for way in ways]
    return min(found, key=lambda f: (f.other_shape, -(f.alike or 0.0)))


def _likeness(small: Image.Image, whole: Image.Image) -> Likeness:
    cut = small.crop(_without_bars(np.asarray(small, np.float32)))
    shape, wanted = cut.width / cut.height, whole.width / whole.height
    other = abs(np.log(shape / wanted)) > _SHAPE_SLACK + 2.0 / min(cut.size)
    one, two = (np.asarray(p.resize((_SIDE, _SIDE)), np.float32) for p in (cut, whole))
    return Likeness(small.width, small.height, _correlation(one, two), bool(other))


def _without_bars(grey: Grey) -> tuple[int, int, int, int]:
    """Return the box within black bars, which cameras add to keep a thumbnail's proportions."""
    rows = np.flatnonzero(np.percentile(grey, 95, axis=1) > _BAR)
    columns = np.flatnonzero(np.percentile(grey, 95, axis=0) > _BAR)
    if not rows.size or not columns.size:
        return 0, 0, grey.shape[1], grey.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _correlation(one: Grey, two: Grey) -> float | None:
    one, two = one - one.mean(), two - two.mean()
    spread = float(one.std()), float(two.std())
    if min(spread) < _LEAST_CONTRAST:
        return None
    return round(float((one * two).mean()) / (spread[0] * spread[1]), 3)
