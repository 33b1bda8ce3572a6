"""Parts of pages to learn from, each changed anew: turned, scaled, stamped once more, spoilt."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageFilter
from torch.nn.functional import interpolate

from docexam.aids.seals.density import ink_of
from training.seals.lures import lure
from training.seals.masks import REACH, SIDE
from training.seals.pages import COLUMNS
from training.seals.strikes import Strike, strike

CROP = 512
UNIT, ZERO = 100.0, 0.5  # a density is kept as (density + ZERO) · UNIT in a byte
_HALF = SIDE / 2 * REACH
_SMALLEST, _LARGEST = 26.0, 200.0  # half the longer side of a strike laid on, in pixels
_STRANGE = 0.04  # share of crops that are no pages
_NOTHING = np.zeros((0, 7))
_HARDLY = 0.17  # share of the ink under which a strike is neither asked for nor forbidden
# The share of light that inks leave in red, green and blue: least and most.
_INKS = (
    ((0.06, 0.28), (0.18, 0.42), (0.50, 0.78)),
    ((0.30, 0.52), (0.12, 0.30), (0.45, 0.72)),
    ((0.60, 0.88), (0.08, 0.30), (0.10, 0.32)),
)
KIND, X, Y, XX, XY, YY = (COLUMNS.index(name) for name in ("kind", "x", "y", "xx", "xy", "yy"))

Rng = np.random.Generator


@dataclass
class Pages:
    """Densities of drawn pages, computed once and kept beside them."""

    folder: Path
    known: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)
    taken: set[Path] = field(default_factory=set)

    def look(self, most: int = 10_000) -> None:
        """Take up pages that have been drawn since."""
        for path in sorted(self.folder.glob("page-*.npz")):
            if path not in self.taken and len(self.known) < most:
                self.taken.add(path)
                self.known.append(self._read(path))

    def _read(self, path: Path) -> tuple[np.ndarray, np.ndarray]:
        beside = path.with_suffix(".npy")
        with np.load(path) as kept:
            seals = kept["seals"]
            if not beside.exists():
                dense = (ink_of(kept["rgb"]).dense + ZERO) * UNIT
                part = path.with_suffix(f".{np.random.default_rng().integers(1 << 40)}.npy")
                np.save(part, np.clip(np.rint(dense), 0, 255).astype(np.uint8))
                part.rename(beside)
        return np.load(beside, mmap_mode="r"), seals


@dataclass(frozen=True, slots=True)
class Crop:
    """Densities (3 × CROP × CROP) and rows of seals: x, y, xx, xy, yy, kind, and 1 to learn it."""

    dense: np.ndarray
    seals: np.ndarray


def crop(pages: Pages, bank: list[Strike], lures: list[np.ndarray], rng: Rng) -> Crop:
    """Return a part of a page at random, or something that is no page at all."""
    if rng.random() < _STRANGE:
        dense = strange(rng)
        rows = _NOTHING
        if rng.random() < 0.3:
            rows = _lay_strike(dense, rows, bank[int(rng.integers(len(bank)))], rng)
        return Crop(dense, rows)
    plane, seals = pages.known[int(rng.integers(len(pages.known)))]
    scale = 1.0 if rng.random() < 0.35 else float(np.exp(rng.uniform(np.log(0.5), np.log(1.5))))
    dense, rows = _window(plane, seals, scale, rng)
    dense, rows = _turned(dense, rows, rng)
    dense = dense * rng.uniform(0.75, 1.25) * rng.uniform(0.93, 1.07, size=(3, 1, 1))
    dense = dense.astype(np.float32)
    if rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 6))):
            _lay_lure(dense, lures[int(rng.integers(len(lures)))], rng)
    if rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 4))):
            rows = _lay_strike(dense, rows, bank[int(rng.integers(len(bank)))], rng)
    return Crop(_spoilt(dense, rng), rows)


def _window(
    plane: np.ndarray, seals: np.ndarray, scale: float, rng: Rng
) -> tuple[np.ndarray, np.ndarray]:
    side = round(CROP / scale)
    height, width = plane.shape[1:]
    top = _start(height, side, rng)
    left = _start(width, side, rng)
    part = np.zeros((3, side, side), np.float32)
    y0, x0 = max(0, top), max(0, left)
    cut = plane[:, y0 : top + side, x0 : left + side].astype(np.float32) / UNIT - ZERO
    part[:, y0 - top : y0 - top + cut.shape[1], x0 - left : x0 - left + cut.shape[2]] = cut
    if side != CROP:
        whole = torch.from_numpy(part)[None]
        part = interpolate(whole, (CROP, CROP), mode="bilinear", antialias=True)[0].numpy()
    factor = CROP / side
    rows = [
        (
            (s[X] + 0.5 - left) * factor - 0.5,
            (s[Y] + 0.5 - top) * factor - 0.5,
            *(s[[XX, XY, YY]] * factor**2),
            s[KIND],
            1.0,
        )
        for s in seals
    ]
    return part, _kept(np.array(rows, np.float64).reshape(-1, 7))


def _start(length: int, side: int, rng: Rng) -> int:
    low, high = sorted((0, length - side))
    slack = side // 8
    return int(rng.integers(low - slack, high + slack + 1))


def _kept(rows: np.ndarray) -> np.ndarray:
    """Leave out seals whose middle lies outside, and ask for none of which too much is cut off."""
    out = []
    for row in rows:
        across, down = np.sqrt(row[2]), np.sqrt(row[4])
        wide = min(row[0] + across, CROP) - max(row[0] - across, 0)
        high = min(row[1] + down, CROP) - max(row[1] - down, 0)
        if 0 <= row[0] < CROP and 0 <= row[1] < CROP:
            whole = wide * high / max(4 * across * down, 1.0) > 0.6
            sized = 14.0 < max(across, down) < 240.0
            out.append([*row[:6], row[6] if whole and sized else 0.0])
    return np.array(out).reshape(-1, 7)


def _turned(dense: np.ndarray, rows: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """Return everything turned by quarters and mirrored at random."""
    rows = rows.copy()
    if rng.random() < 0.5:
        dense = dense.transpose(0, 2, 1)
        rows = rows[:, [1, 0, 4, 3, 2, 5, 6]]
    for axis, column in ((2, 0), (1, 1)):
        if rng.random() < 0.5:
            dense = np.flip(dense, axis)
            rows[:, column] = CROP - 1 - rows[:, column]
            rows[:, 3] *= -1
    return np.ascontiguousarray(dense), rows


def placed(mask: np.ndarray, way: np.ndarray, at: tuple[float, float]) -> tuple[np.ndarray, ...]:
    """Return a mask (0 to 1) laid at a place by a matrix, and its first row and column."""
    reach = np.abs(way) @ (SIDE / 2, SIDE / 2)
    left, top = round(at[0] - reach[0]), round(at[1] - reach[1])
    size = (2 * round(float(reach[0])) + 1, 2 * round(float(reach[1])) + 1)
    image, fold = Image.fromarray(mask), 1
    while np.abs(np.linalg.det(way)) * fold**2 < 0.3:
        fold *= 2
    image = image.reduce(fold) if fold > 1 else image
    back = np.linalg.inv(way) / fold
    middle = np.array((at[0] - left, at[1] - top))
    off = np.array((SIDE / 2, SIDE / 2)) / fold - back @ middle
    data = (back[0, 0], back[0, 1], off[0], back[1, 0], back[1, 1], off[1])
    laid = image.transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR)
    return np.asarray(laid, np.float32) / 255, np.array((top, left))


def way_of(half: float, rng: Rng) -> np.ndarray:
    """Return the matrix from a mask's pixels to the crop's: turned, and seen aslant."""
    turn, lean = rng.uniform(-np.pi, np.pi, 2) if rng.random() < 0.6 else rng.normal(0, 0.2, 2)
    squeeze = float(rng.uniform(0.72, 1.0))
    flat = np.diag((1.0, squeeze))
    return np.asarray(half / _HALF * _spin(lean) @ flat @ _spin(turn))


def _spin(angle: float) -> np.ndarray:
    c, s = np.cos(angle), np.sin(angle)
    return np.array(((c, -s), (s, c)))


def lay(dense: np.ndarray, mask: np.ndarray, corner: np.ndarray, taken: np.ndarray) -> None:
    """Lay a mask on densities: `taken` is the share of light its ink takes in each channel."""
    top, left = (int(v) for v in corner)
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(dense.shape[1], top + mask.shape[0]), min(dense.shape[2], left + mask.shape[1])
    if y1 <= y0 or x1 <= x0:
        return
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
    dense[:, y0:y1, x0:x1] -= np.log(1 - np.minimum(taken[:, None, None] * part, 0.97))


def pigment(rng: Rng) -> np.ndarray:
    """Return the share of light that an ink takes in red, green and blue."""
    kind = int(rng.choice(4, p=(0.33, 0.25, 0.2, 0.22)))
    if kind == 3:
        level = float(rng.uniform(0.06, 0.3))
        return 1 - np.clip(level + rng.normal(0, 0.02, 3), 0.03, 0.95)
    return np.array([1 - rng.uniform(low, high) for low, high in _INKS[kind]])


def _lay_strike(dense: np.ndarray, rows: np.ndarray, one: Strike, rng: Rng) -> np.ndarray:
    half = float(np.exp(rng.uniform(np.log(_SMALLEST), np.log(_LARGEST))))
    at = tuple(float(v) for v in rng.uniform(0, CROP - 1, 2))
    way = way_of(half, rng)
    u, v = way @ (one.half[0], 0.0), way @ (0.0, one.half[1])
    spread = np.outer(u, u) + np.outer(v, v)
    for row in rows:
        apart = np.hypot(row[0] - at[0], row[1] - at[1])
        if apart < 0.62 * (np.sqrt(max(row[2], row[4])) + np.sqrt(spread.trace() / 2)):
            return rows
    much = float(rng.uniform(0.55, 1.0) if rng.random() < 0.45 else rng.uniform(0.14, 0.6))
    mask, corner = placed(one.mask, way, at)
    lay(dense, mask, corner, much * pigment(rng))
    new = (*at, spread[0, 0], spread[0, 1], spread[1, 1], one.kind, float(much > _HARDLY))
    return np.concatenate([rows, _kept(np.array([new]))])


def _lay_lure(dense: np.ndarray, mask: np.ndarray, rng: Rng) -> None:
    half = float(np.exp(rng.uniform(np.log(0.6 * _SMALLEST), np.log(1.6 * _LARGEST))))
    at = tuple(float(v) for v in rng.uniform(0, CROP - 1, 2))
    laid, corner = placed(mask, way_of(half, rng), at)
    way = rng.random()
    if way < 0.4:  # print: grey to black
        taken = np.full(3, float(rng.uniform(0.15, 0.9))) * rng.uniform(0.95, 1.05, 3)
    elif way < 0.6:  # tints of any colour
        taken = rng.uniform(0.0, 0.45, 3)
    elif way < 0.75:  # stains
        taken = float(rng.uniform(0.2, 0.7)) * np.array((0.35, 0.65, 0.95))
    else:  # what has the colour of ink
        taken = pigment(rng) * float(rng.uniform(0.3, 1.0))
    lay(dense, laid, corner, taken)


def _spoilt(dense: np.ndarray, rng: Rng) -> np.ndarray:
    """Return densities blurred and grained at random."""
    if rng.random() < 0.3:
        by = ImageFilter.GaussianBlur(float(rng.uniform(0.4, 1.6)))
        bytes_ = np.clip((dense + ZERO) * UNIT, 0, 255).astype(np.uint8)
        image = Image.fromarray(np.ascontiguousarray(bytes_.transpose(1, 2, 0))).filter(by)
        dense = np.asarray(image, np.float32).transpose(2, 0, 1) / UNIT - ZERO
    if rng.random() < 0.5:
        grain = rng.standard_normal((1, CROP, CROP), np.float32)
        own = rng.standard_normal((3, CROP, CROP), np.float32)
        share = float(rng.uniform(0, 0.05))
        dense = dense + share * (0.7 * grain + 0.6 * own)
    return np.clip(dense, -ZERO, 2.05).astype(np.float32)


def strange(rng: Rng) -> np.ndarray:
    """Return densities of what is no page: noise of any coarseness, stripes, checks, fields."""
    way = rng.random()
    grey = rng.uniform(0, 1) if rng.random() < 0.5 else 1.0
    if way < 0.6:
        cell = float(np.exp(rng.uniform(0, np.log(60))))
        count = max(3, round(CROP / cell))
        coarse = rng.standard_normal((3, count, count), np.float32)
        coarse = grey * coarse[:1] + (1 - grey) * coarse
        whole = torch.from_numpy(np.ascontiguousarray(coarse))[None]
        field = interpolate(whole, (CROP, CROP), mode="bicubic" if cell < 30 else "nearest")
        return np.clip(field[0].numpy() * rng.uniform(0.02, 0.8), -ZERO, 2.05).astype(np.float32)
    y, x = np.mgrid[0:CROP, 0:CROP].astype(np.float32)
    a, b = rng.uniform(0, np.pi, 2)
    long, other = np.exp(rng.uniform(np.log(2), np.log(90), 2))
    wave = np.sin((x * np.cos(a) + y * np.sin(a)) / long)
    if way < 0.8:
        wave = wave * np.sin((x * np.cos(b) + y * np.sin(b)) / other)
    wave = np.sign(wave) if rng.random() < 0.5 else wave
    ink = rng.uniform(0.05, 0.8) * (grey + (1 - grey) * rng.uniform(-1, 1, 3))
    return np.clip(wave * ink[:, None, None], -ZERO, 2.05).astype(np.float32)


def again(one: Crop, rng: Rng) -> Crop:
    """Return a crop turned, mirrored and inked otherwise."""
    dense, rows = _turned(one.dense, one.seals, rng)
    return Crop((dense * np.float32(rng.uniform(0.8, 1.2))).astype(np.float32), rows)


def banks(count: int, rng: Rng) -> tuple[list[Strike], list[np.ndarray]]:
    """Return strikes and lures to lay on."""
    return [strike(rng) for _ in range(count)], [lure(rng) for _ in range(count)]
