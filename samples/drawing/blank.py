"""The blank: cover, paper, background and overprint, before and after somebody filled it in."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from . import paper
from .booklet import Booklet, Spread
from .lettering import face, plane
from .paper import PAPER, Colour, Plane, Sheet, blur

PAGE_WIDTH, PAGE_HEIGHT, BORDER = 88.0, 125.0, 2.0
SPREAD_WIDTH, SPREAD_HEIGHT = 2 * PAGE_WIDTH + 2 * BORDER, PAGE_HEIGHT + 2 * BORDER
COVER_WIDTH = PAGE_WIDTH + 2 * BORDER
OVERPRINT: Colour = (0.95, 0.75, 0.71)


def _overprint(sheet: Sheet, left: float) -> None:
    """Print ОБРАЗЕЦ and SPECIMEN in large letters across the page that begins at ``left``."""
    side = sheet.px(PAGE_HEIGHT)
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    for text, size, y in (("ОБРАЗЕЦ", 16.5, 0.47), ("SPECIMEN", 14.5, 0.64)):
        font = face("print-bold", sheet.px(size))
        draw.text((side / 2, side * y), text, fill=255, font=font, anchor="ms")
    image = image.rotate(44, Image.Resampling.BICUBIC)
    x = sheet.px(left + PAGE_WIDTH / 2) - side // 2
    mask = plane(image)
    clip = slice(max(0, sheet.px(left) - x), sheet.px(left + PAGE_WIDTH) - x)
    sheet.ink(mask[:, clip], x + clip.start, sheet.px(BORDER), OVERPRINT)


def blank(booklet: Booklet, page: str, ppm: float) -> Spread:
    """Return an empty spread: cover rim, two pages of paper, background, overprint, gutter."""
    sheet = Sheet(SPREAD_WIDTH, SPREAD_HEIGHT, ppm, booklet.seed + len(page))
    sheet.colour[:] = PAPER
    paper.guilloche(sheet, booklet.tint)
    for centre in (BORDER + PAGE_WIDTH / 2, BORDER + PAGE_WIDTH * 1.5):
        paper.rosette(sheet, (centre, SPREAD_HEIGHT / 2), 31, booklet.tint)
    for left in (BORDER, BORDER + PAGE_WIDTH):
        _overprint(sheet, left)
    return Spread(page, sheet)


def finish(spread: Spread, booklet: Booklet) -> Spread:
    """Add what lies over everything: grain, grime, gutter, staples, the rim of the cover."""
    sheet = spread.sheet
    paper.grain(sheet, booklet.wear)
    paper.fold(sheet, SPREAD_WIDTH / 2)
    for y in (38.0, 91.0):
        rows = slice(sheet.px(y), sheet.px(y + 9))
        middle = sheet.px(SPREAD_WIDTH / 2)
        sheet.colour[rows, middle - sheet.px(0.2) : middle + sheet.px(0.2)] *= 0.62
    rim = np.ones(sheet.colour.shape[:2], dtype=np.float32)
    inset = sheet.px(BORDER)
    rim[inset:-inset, inset:-inset] = 0
    shade = blur(1 - rim, 0.5 * sheet.ppm)
    sheet.paint(rim, 0, 0, _leather(sheet))
    sheet.tone((0.72 + 0.28 * np.where(rim > 0, 1 - 0.9 * shade, 1)).astype(np.float32))
    return spread


def _leather(sheet: Sheet) -> Plane:
    """Return red leatherette as a picture of the sheet's size."""
    pits = sheet.noise(0.55, "pits") + 0.6 * sheet.noise(0.25, "pores")
    broad = sheet.noise(30, "dye")
    tone = 1 + 0.085 * np.tanh(pits) + 0.03 * broad
    return np.asarray(tone[..., None] * np.asarray((0.50, 0.085, 0.09)), dtype=np.float32)


def cover(booklet: Booklet, ppm: float) -> Spread:
    """Draw the front cover: red leatherette, blocked in gold, with the specimen label."""
    sheet = Sheet(COVER_WIDTH, SPREAD_HEIGHT, ppm, booklet.seed + 1)
    sheet.colour[:] = _leather(sheet)
    spread, middle = Spread("cover", sheet), COVER_WIDTH / 2
    _gold(sheet, _rose(sheet, 15), middle, 40)
    _gold(sheet, _line(sheet, "ВОЕННЫЙ", 9.6), middle, 74)
    _gold(sheet, _line(sheet, "БИЛЕТ", 9.6), middle, 87)
    for size, text, y in ((8.0, "ОБРАЗЕЦ", 106.0), (5.4, "SPECIMEN", 115.0)):
        mask = 0.85 * _line(sheet, text, size)
        left, top = sheet.px(middle) - mask.shape[1] // 2, sheet.px(y) - mask.shape[0] // 2
        sheet.paint(mask, left, top, (0.88, 0.84, 0.78))
    spread.mark("title", "other", (middle - 31, 66, middle + 31, 92))
    rub = np.clip(0.5 * sheet.noise(14, "rub") + 0.3 * sheet.noise(1.1, "scuff") - 0.62, 0, 0.5)
    sheet.paint((booklet.wear * rub).astype(np.float32), 0, 0, (0.70, 0.45, 0.40))
    x = np.arange(sheet.colour.shape[1]) / sheet.ppm
    groove = 1 - 0.30 * np.exp(-(((x - 6) / 0.7) ** 2)) + 0.10 * np.exp(-(((x - 7.4) / 0.7) ** 2))
    sheet.tone(np.broadcast_to(groove.astype(np.float32), sheet.colour.shape[:2]))
    return spread


def _rose(sheet: Sheet, radius: float) -> Plane:
    side = 2 * sheet.px(radius)
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / sheet.ppm - radius
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    ring = np.abs(r - 0.93 * radius) < 0.45
    ray = radius * (0.36 + 0.44 * np.abs(np.cos(4 * angle)) ** 9)
    return blur(((r < ray) & (r > 0.2 * radius) | ring).astype(np.float32), 0.6)


def _line(sheet: Sheet, text: str, size: float) -> Plane:
    font = face("print-bold", sheet.px(size))
    gap = sheet.px(0.9)
    width = int(sum(font.getlength(letter) + gap for letter in text)) + 2 * gap
    image = Image.new("L", (width, sheet.px(size * 1.5)))
    x = float(gap)
    for letter in text:
        ImageDraw.Draw(image).text(
            (x, sheet.px(size * 1.1)), letter, fill=255, font=font, anchor="ls"
        )
        x += font.getlength(letter) + gap
    return blur(plane(image), 0.6)


def _gold(sheet: Sheet, mask: Plane, x: float, y: float) -> None:
    """Block ``mask`` in worn gold foil, centred at (x, y) millimetres."""
    height, width = mask.shape
    foil = paper.noise(width, height, 0.5 * sheet.ppm, sheet.rng(f"foil {y}"))
    shine = np.linspace(1.12, 0.86, width, dtype=np.float32)[None, :]
    gold = (shine * (1 + 0.05 * foil))[..., None] * np.asarray((0.80, 0.64, 0.30))
    left, top = sheet.px(x) - width // 2, sheet.px(y) - height // 2
    pressed = blur(np.pad(mask, sheet.px(1)), 0.3 * sheet.ppm)
    sheet.ink(0.35 * pressed, left - sheet.px(0.8), top - sheet.px(0.8), (0.3, 0.2, 0.2))
    worn = mask * np.clip(1.0 + 0.22 * foil, 0, 1) * 0.94
    sheet.paint(worn.astype(np.float32), left, top, gold.astype(np.float32))
