"""The sheet: reflectance of a flat spread, and the inks that lie on it."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

Plane = npt.NDArray[np.floating[Any]]
Colour = tuple[float, float, float]

PAPER: Colour = (0.93, 0.915, 0.86)


def generator(seed: int, name: str) -> np.random.Generator:
    """Return the random generator that belongs to one named thing of one exhibit."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def noise(width: int, height: int, cell: float, rng: np.random.Generator) -> Plane:
    """Return smooth noise of about unit deviation, shape (height, width), ``cell`` pixels wide."""
    columns, rows = max(3, round(width / cell) + 2), max(3, round(height / cell) + 2)
    grid = rng.standard_normal((rows, columns)).astype(np.float32)
    image = Image.fromarray(grid).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(image, dtype=np.float32)


def blur(plane: Plane, radius_px: float) -> Plane:
    """Return ``plane`` (0..1) blurred by a Gaussian of ``radius_px`` pixels, in 8-bit steps."""
    image = Image.fromarray((np.clip(plane, 0, 1) * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius_px)), dtype=np.float32) / 255


def step(low: float, high: float, value: Plane) -> Plane:
    """Return the smooth step of ``value`` from 0 at ``low`` to 1 at ``high``."""
    ramp = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(ramp * ramp * (3 - 2 * ramp), dtype=np.float32)


class Sheet:
    """A flat spread: reflectance (rows, columns, 3) from 0 to 1, at ``ppm`` pixels a millimetre."""

    def __init__(self, width: float, height: float, ppm: float, seed: int) -> None:
        self.width, self.height, self.ppm, self.seed = width, height, ppm, seed
        size = (round(height * ppm), round(width * ppm), 3)
        self.colour: Plane = np.ones(size, dtype=np.float32)

    def rng(self, name: str) -> np.random.Generator:
        """Return the generator of the thing called ``name`` on this sheet."""
        return generator(self.seed, name)

    def px(self, length: float) -> int:
        """Return a length in whole pixels."""
        return round(length * self.ppm)

    def noise(self, cell: float, name: str) -> Plane:
        """Return smooth noise over the whole sheet with cells of ``cell`` millimetres."""
        rows, columns = self.colour.shape[:2]
        return noise(columns, rows, max(1.0, cell * self.ppm), self.rng(name))

    def tone(self, factor: Plane) -> None:
        """Multiply the whole sheet by ``factor``, shape (rows, columns)."""
        self.colour *= factor[..., None]

    def _window(self, mask: Plane, left: int, top: int) -> tuple[slice, slice, Plane]:
        rows, columns = self.colour.shape[:2]
        y0, x0 = max(0, top), max(0, left)
        y1, x1 = min(rows, top + mask.shape[0]), min(columns, left + mask.shape[1])
        y1, x1 = max(y0, y1), max(x0, x1)
        return slice(y0, y1), slice(x0, x1), mask[y0 - top : y1 - top, x0 - left : x1 - left]

    def ink(self, mask: Plane, left: int, top: int, colour: Colour) -> None:
        """Lay transparent ink: where ``mask`` is 1 the paper is multiplied by ``colour``."""
        rows, columns, part = self._window(mask, left, top)
        filtered = 1 - part[..., None] * (1 - np.asarray(colour, dtype=np.float32))
        self.colour[rows, columns] *= filtered

    def paint(self, mask: Plane, left: int, top: int, colour: Colour | Plane) -> None:
        """Lay opaque colour: where ``mask`` is 1 the paper disappears under ``colour``."""
        rows, columns, part = self._window(mask, left, top)
        under = self.colour[rows, columns]
        over = np.asarray(colour, dtype=np.float32)
        if over.ndim == 3:
            over = self._window_of(over, left, top)
        self.colour[rows, columns] = under + part[..., None] * (over - under)

    def _window_of(self, picture: Plane, left: int, top: int) -> Plane:
        rows, columns, _ = self._window(picture[..., 0], left, top)
        y, x = rows.start - top, columns.start - left
        return picture[y : y + rows.stop - rows.start, x : x + columns.stop - columns.start]

    def lines(self, paths: list[list[tuple[float, float]]], width: float, colour: Colour) -> None:
        """Print polylines given in millimetres, ``width`` millimetres wide."""
        rows, columns = self.colour.shape[:2]
        image = Image.new("L", (columns, rows))
        draw = ImageDraw.Draw(image)
        for path in paths:
            points = [(x * self.ppm, y * self.ppm) for x, y in path]
            draw.line(points, fill=255, width=max(1, self.px(width)), joint="curve")
        mask = np.asarray(image, dtype=np.float32) / 255
        self.ink(blur(mask, 0.6), 0, 0, colour)

    def lines_at(
        self,
        pairs: list[tuple[tuple[float, float], tuple[float, float]]],
        width: float,
        colour: Colour,
    ) -> None:
        """Print level and upright rules, each a pair of points in millimetres."""
        half = width / 2
        for (x0, y0), (x1, y1) in pairs:
            left, top = self.px(min(x0, x1) - half), self.px(min(y0, y1) - half)
            right, bottom = self.px(max(x0, x1) + half), self.px(max(y0, y1) + half)
            shape = (max(1, bottom - top), max(1, right - left))
            self.ink(np.full(shape, 0.9, dtype=np.float32), left, top, colour)

    def pixels(self) -> Image.Image:
        """Return the sheet as an 8-bit RGB image."""
        return Image.fromarray((np.clip(self.colour, 0, 1) * 255 + 0.5).astype(np.uint8))


def _band(y: float, amplitude: float, phase: float, width: float) -> list[tuple[float, float]]:
    x = np.linspace(0, width, round(width * 2.5))
    wave = np.sin(x / 5.2 + phase) + 0.45 * np.sin(x / 2.9 - 1.7 * phase)
    return list(zip(x.tolist(), (y + amplitude * wave).tolist(), strict=True))


def guilloche(sheet: Sheet, colour: Colour, pitch: float = 2.1) -> None:
    """Print the background of interlaced waves over the whole sheet."""
    paths = []
    for number in range(int(sheet.height / pitch) + 3):
        for phase in (0.0, 2.1, 4.2):
            paths.append(_band(number * pitch - 2, 1.7, phase + number * 0.21, sheet.width))
    sheet.lines(paths, 0.11, colour)


def rosette(sheet: Sheet, centre: tuple[float, float], radius: float, colour: Colour) -> None:
    """Print a guilloche rosette round ``centre``."""
    angle = np.linspace(0, 2 * np.pi, 720)
    paths = []
    for number in range(14):
        reach = radius * (0.62 + 0.34 * np.cos(9 * angle + number * np.pi / 7))
        x = centre[0] + reach * np.cos(angle + number * 0.05)
        y = centre[1] + reach * np.sin(angle + number * 0.05)
        paths.append(list(zip(x.tolist(), y.tolist(), strict=True)))
    sheet.lines(paths, 0.1, colour)


def grain(sheet: Sheet, wear: float) -> None:
    """Give the sheet fibres, blotches and a grimy rim; ``wear`` runs from 0 to 1."""
    fine = 0.012 * sheet.noise(0.09, "fibre") + 0.008 * sheet.noise(0.35, "felt")
    broad = (0.012 + 0.02 * wear) * sheet.noise(22, "blotch")
    sheet.tone((1 + fine + broad).astype(np.float32))
    rows, columns = sheet.colour.shape[:2]
    y = np.minimum(np.arange(rows), np.arange(rows)[::-1])[:, None] / sheet.ppm
    x = np.minimum(np.arange(columns), np.arange(columns)[::-1])[None, :] / sheet.ppm
    near = np.exp(-np.minimum(x, y) / (2 + 2 * wear)).astype(np.float32)
    dirt = near * wear * np.clip(0.5 + 0.5 * sheet.noise(9, "grime"), 0, 1)
    sheet.ink(dirt.astype(np.float32) * 0.5, 0, 0, (0.70, 0.62, 0.50))


def fold(sheet: Sheet, at: float) -> None:
    """Shade the gutter where the spread is folded, at ``at`` millimetres from the left."""
    x = np.arange(sheet.colour.shape[1]) / sheet.ppm - at
    gutter = 0.34 * np.exp(-np.abs(x) / 1.1) + 0.16 * np.exp(-np.abs(x) / 7)
    hill = 0.035 * np.exp(-(((x - 14) / 7) ** 2)) - 0.02 * np.exp(-(((x + 15) / 8) ** 2))
    row = (1 - gutter + hill).astype(np.float32)
    sheet.tone(np.broadcast_to(row, sheet.colour.shape[:2]))


def stain(sheet: Sheet, box: tuple[float, float, float, float], colour: Colour, name: str) -> None:
    """Leave an irregular stain with a darker rim inside ``box`` (left, top, right, bottom)."""
    left, top, right, bottom = (sheet.px(value) for value in box)
    width, height = right - left, bottom - top
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    edge = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y)) / sheet.ppm
    rng = sheet.rng(name)
    lobes = noise(width, height, 6 * sheet.ppm, rng) + 0.35 * noise(
        width, height, 1.5 * sheet.ppm, rng
    )
    body = np.minimum(edge / 4.5, 1.2) + 0.38 * lobes - 0.75
    rim = np.exp(-(((body - 0.08) / 0.07) ** 2))
    mask = 0.5 * step(0.0, 0.12, body.astype(np.float32)) + 0.5 * rim
    sheet.ink(mask.astype(np.float32), left, top, colour)


def abrade(sheet: Sheet, box: tuple[float, float, float, float], name: str) -> None:
    """Scrape the print off inside ``box``: paler, rough paper with a ghost of what was there."""
    left, top, right, bottom = (sheet.px(value) for value in box)
    width, height = right - left, bottom - top
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    edge = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y)) / sheet.ppm
    rng = sheet.rng(name)
    mask = step(0.0, 1.3, edge + 0.35 * noise(width, height, 0.8 * sheet.ppm, rng))
    rough = 1 + 0.05 * noise(width, height, max(2.0, 0.16 * sheet.ppm), rng)
    bare = np.asarray(PAPER, dtype=np.float32) * rough[..., None] * 1.035
    sheet.paint(0.8 * mask, left, top, bare.astype(np.float32))
