"""From a crop of a capture to the fixed view of its ink that the network reads.

Ink is told from local paper (so light and paper colour drop out), light ink on dark is turned
round, the line of writing is levelled and scaled to `HEIGHT`×`WIDTH`. Training uses this very
module, so that the network meets what it was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from docexam.aids.script.rules import without_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.float32]
    Bytes = NDArray[np.uint8]

HEIGHT, WIDTH = 64, 192
LONGEST = 512
"""The longest side of a crop that is looked at, in pixels."""
_MARGIN = 4
_CELLS = 16
_LEAST_CONTRAST = 0.045
_LEAST_SIDE = 8
_LIGHT = 150.0
_INKED = 0.35
_FULL = 0.7
_TRIM = 0.004
_ELONGATED = 1.35
_STEEP = 0.85


@dataclass(frozen=True, slots=True)
class Ink:
    """Ink told from paper: `share` rows × columns, 0 for paper to 1 for full ink.

    `box` is left, top, right, bottom of the ink in pixels, `tilt` the angle in radians (clockwise
    on the image) of the line of writing, `inverted` whether the ink was lighter than the paper.
    """

    share: Grey
    box: tuple[int, int, int, int]
    tilt: float
    inverted: bool


def find_ink(crop: Bytes) -> Ink | None:
    """Return the ink of a crop (rows × columns × 3), None where nothing stands out from paper."""
    grey = darkest_mix(reduced(crop))
    if min(grey.shape) < _LEAST_SIDE:
        return None
    inverted = _is_inverted(grey)
    if inverted:
        grey = 255.0 - grey
    share = _share(grey)
    return None if share is None else ink_of(share, inverted=inverted)


def ink_of(share: Grey, *, inverted: bool = False) -> Ink | None:
    """Return where the ink of a share lies and how it is tilted, None where there is hardly any.

    Ruled lines are taken out; where they run across, the writing is levelled by them.
    """
    share, slope = without_lines(share)
    mask = share > _INKED
    box = _box(mask)
    if box is None:
        return None
    return Ink(share, box, _tilt(mask) if slope is None else float(np.arctan(slope)), inverted)


def reduced(crop: Bytes) -> Bytes:
    """Return the crop with its longer side at most `LONGEST` pixels."""
    longest = max(crop.shape[:2])
    if longest <= LONGEST:
        return crop
    size = tuple(max(1, round(side * LONGEST / longest)) for side in crop.shape[1::-1])
    image = Image.fromarray(crop).resize(size, Image.Resampling.BOX)
    return np.asarray(image)


def darkest_mix(crop: Bytes) -> Grey:
    """Return one channel in which black and coloured ink are both dark."""
    pixels = crop.astype(np.float32)
    low = pixels.min(axis=2)
    light = pixels @ np.array([0.3, 0.59, 0.11], np.float32)
    return np.asarray(0.5 * low + 0.5 * light, np.float32)


def _is_inverted(grey: Grey) -> bool:
    """Whether what stands out from the local middle tone is lighter than it."""
    if float(np.median(grey[::2, ::2])) >= _LIGHT:
        return False
    away = grey - _surface(grey, 50.0, 2.5)
    noise = 2.0 * _middle(away)[1] + 6.0
    dark = float(np.maximum(-away - noise, 0).sum())
    light = float(np.maximum(away - noise, 0).sum())
    return light > 1.5 * dark


def _middle(values: Grey) -> tuple[float, float]:
    """Return the median and the spread about it (median deviation as a standard deviation)."""
    thin = values[::2, ::2]
    middle = float(np.median(thin))
    return middle, 1.4826 * float(np.median(np.abs(thin - middle)))


def _share(grey: Grey) -> Grey | None:
    """Return how much ink each pixel holds, None where there is no contrast."""
    paper = local_paper(grey)
    dark = np.asarray(1.0 - grey / paper, np.float32)
    middle, noise = _middle(dark)
    floor = max(middle, 0.0) + 3.0 * noise
    # The middle of the darkest hundredth.
    rank = dark.size - 1 - max(2, dark.size // 200)
    full = float(np.partition(dark, rank, axis=None)[rank])
    if full - floor < _LEAST_CONTRAST:
        return None
    return np.asarray(np.clip((dark - floor) / (_FULL * (full - floor)), 0.0, 1.0), np.float32)


def local_paper(grey: Grey) -> Grey:
    """Return the tone of the paper at each pixel of one channel."""
    return np.maximum(_surface(grey, 88.0, 4.5), np.float32(8.0))


def _surface(grey: Grey, percentile: float, cells: float) -> Grey:
    """Return a smooth surface through a percentile of each block, `cells` to the shorter side.

    Blocks are nearly square and far wider than a stroke, so that bold writing leaves paper in
    each of them.
    """
    step = 1 + max(grey.shape) // 256
    thin = grey[::step, ::step]
    side = max(min(thin.shape) / cells, max(thin.shape) / _CELLS, 6.0)
    rows, columns = (max(1, round(length / side)) for length in thin.shape)
    high, wide = -(-thin.shape[0] // rows), -(-thin.shape[1] // columns)
    spare = (0, rows * high - thin.shape[0]), (0, columns * wide - thin.shape[1])
    blocks = np.pad(thin, spare, mode="edge").reshape(rows, high, columns, wide)
    flat = blocks.transpose(0, 2, 1, 3).reshape(rows, columns, high * wide)
    rank = round((flat.shape[2] - 1) * percentile / 100.0)
    grid = np.partition(flat, rank, axis=2)[:, :, rank]
    grid = _lifted(grid) if percentile > 50.0 else grid
    image = Image.fromarray(grid).resize(grey.shape[::-1], Image.Resampling.BICUBIC)
    return np.asarray(image, np.float32)


def _lifted(grid: Grey) -> Grey:
    """Raise blocks that are mostly ink to the tone of the paper around them."""
    padded = np.pad(grid, 1, mode="edge")
    rows, columns = grid.shape
    around = np.stack([padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)])
    return np.maximum(grid, np.percentile(around, 70.0, axis=0)).astype(np.float32)


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    """Return the box that holds all but a hair of the ink on each side."""
    total = int(mask.sum())
    if total < 6:
        return None
    left, right = _ends(mask.sum(axis=0), total)
    top, bottom = _ends(mask.sum(axis=1), total)
    return left, top, right, bottom


def _ends(profile: NDArray[np.int64], total: int) -> tuple[int, int]:
    summed = np.cumsum(profile)
    start = int(np.searchsorted(summed, _TRIM * total, side="right"))
    end = int(np.searchsorted(summed, (1.0 - _TRIM) * total)) + 1
    return start, max(end, start + 1)


def _tilt(mask: NDArray[np.bool_]) -> float:
    """Return the angle of the long axis of the ink, 0 where it has none or is steep."""
    y, x = np.nonzero(mask)
    if len(x) < 12:
        return 0.0
    xx, yy, xy = float(x.var()), float(y.var()), float(np.cov(x, y)[0, 1])
    root = float(np.hypot((xx - yy) / 2, xy))
    major, minor = (xx + yy) / 2 + root, max((xx + yy) / 2 - root, 1e-6)
    angle = 0.5 * float(np.arctan2(2 * xy, xx - yy))
    if (major / minor) ** 0.5 < _ELONGATED or abs(angle) > _STEEP:
        return 0.0
    return angle


def view(ink: Ink, turn: float = 0.0, loose: float = 0.0) -> Bytes:
    """Return the ink levelled and scaled into `HEIGHT`×`WIDTH`, 255 for full ink.

    `turn` radians are added to the levelling (counter-clockwise), `loose` widens the margin by
    that share of the line's height.
    """
    image = Image.fromarray((ink.share * 255).astype(np.uint8))
    image = image.crop(_grown(ink.box, 0.06, image.size))
    angle = ink.tilt + turn
    if abs(angle) > 0.01:
        image = _fitting(image).rotate(
            float(np.degrees(angle)), Image.Resampling.BILINEAR, expand=True
        )
        box = _box(np.asarray(image) > 100)
        image = image.crop(_grown(box, 0.03, image.size)) if box else image
    return _framed(image, loose)


def _fitting(image: Image.Image) -> Image.Image:
    """Reduce before turning: more pixels than three times the view's are not needed."""
    factor = max(image.width / (3 * WIDTH), image.height / (3 * HEIGHT))
    if factor <= 1:
        return image
    size = max(1, round(image.width / factor)), max(1, round(image.height / factor))
    return image.resize(size, Image.Resampling.BOX)


def _grown(
    box: tuple[int, int, int, int], share: float, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    by = 1 + round(share * (box[3] - box[1]))
    return (
        max(box[0] - by, 0),
        max(box[1] - by, 0),
        min(box[2] + by, size[0]),
        min(box[3] + by, size[1]),
    )


def _framed(image: Image.Image, loose: float) -> Bytes:
    """Scale into the view, in the middle, and lift thin strokes to full ink."""
    inner_w, inner_h = WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN
    factor = min(inner_w / image.width, inner_h / image.height) / (1.0 + 2.0 * loose)
    size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
    small = np.asarray(image.resize(size, Image.Resampling.HAMMING), np.float32)
    strong = small[small > 40]
    full = float(np.percentile(strong, 85)) if strong.size else 255.0
    framed = np.zeros((HEIGHT, WIDTH), np.uint8)
    top, left = (HEIGHT - size[1]) // 2, (WIDTH - size[0]) // 2
    framed[top : top + size[1], left : left + size[0]] = np.clip(small * (255.0 / full), 0, 255)
    return framed
