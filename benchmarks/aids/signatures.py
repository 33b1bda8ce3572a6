"""Crops of handwriting on paper, as a region of a photograph would show them.

`signatures(split, count)` draws Hangul, Cyrillic, Latin, Han, Arabic, scribbles (Zzzz) and
nothing (Zxxx) in turn. In the test split only families that nothing was trained on are used.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from . import hand, striking, words
from .fonts import FontBook
from .page import PEN_INKS
from .scenes import book_of
from .sheet import Colour, Plane, Rng, Sheet, grain, noise
from .stamps import cut

CODES = ("Hang", "Cyrl", "Latn", "Hani", "Arab", "Zzzz", "Zxxx")
_SALT = {"dev": 101, "test": 211, "bare": 307}


@dataclass(frozen=True, slots=True)
class Sign:
    """A crop with its truth: the code (ISO 15924), what it reads, how hard it is; `busy` says
    that print or the edge of a stamp stands in it."""

    image: Image.Image
    code: str
    reads: str
    difficulty: str
    family: str
    quality: int
    busy: bool = False

    def jpeg(self) -> bytes:
        """Return the crop as JPEG."""
        out = io.BytesIO()
        self.image.save(out, "JPEG", quality=self.quality)
        return out.getvalue()


def signatures(split: str, n: int, seed: int = 0) -> Iterator[Sign]:
    """Yield the first `n` crops of a split, the classes in turn."""
    for number in range(n):
        yield signature(split, number, seed)


def signature(split: str, n: int, seed: int = 0) -> Sign:
    """Return one crop."""
    rng = np.random.default_rng([_SALT[split], n, seed])
    code = CODES[n % len(CODES)]
    hard = bool((n // len(CODES)) % 2)
    book = book_of(split)
    reads, family, mask = _written(code, book, rng, hard)
    sheet = _paper(book, rng, mask.shape)
    left = (sheet.rgb.shape[1] - mask.shape[1]) * float(rng.uniform(0.2, 0.8))
    top = (sheet.rgb.shape[0] - mask.shape[0]) * float(rng.uniform(0.25, 0.75))
    busy = _around(sheet, book, rng, hard, top + mask.shape[0])
    ink = _ink(rng)
    sheet.ink(mask, left, top, ink)
    if rng.random() < (0.35 if hard else 0.15):
        _stamp_edge(sheet, book, rng)
        busy = True
    least = 26 / max(1, min(mask.shape))
    image, quality = _taken(sheet, rng, hard, least)
    return Sign(image, code, reads, "hard" if hard else "clear", family, quality, busy)


def _written(code: str, book: FontBook, rng: Rng, hard: bool) -> tuple[str, str, Plane]:
    size = float(rng.uniform(46, 150))
    if code == "Zxxx":
        shape = round(size), round(size * float(rng.uniform(1.2, 3.5)))
        return "", "", np.zeros(shape, dtype=np.float32)
    pen = hand.PENS[int(rng.integers(len(hand.PENS)))]
    if code == "Zzzz":
        return "", "", hand.scribble(rng, round(size), pen)
    reads = words.name_in(code, book.split, rng)
    family = book.pick(code, rng)
    how = hand.manner(rng, code, 1.0 if hard else 0.55)
    mask = hand.written(reads, book.face(family, size), how, pen, rng, code)
    return reads, family.rsplit("/", 1)[-1], mask


def _ink(rng: Rng) -> Colour:
    names = list(PEN_INKS)
    colours = PEN_INKS[names[int(rng.choice(len(names), p=(0.5, 0.4, 0.1)))]]
    base = np.asarray(colours[int(rng.integers(len(colours)))]) + rng.normal(0, 0.02, 3)
    r, g, b = (float(v) for v in np.clip(base + float(rng.uniform(0, 0.12)), 0.03, 0.9))
    return r, g, b


def _paper(book: FontBook, rng: Rng, shape: tuple[int, int]) -> Sheet:
    """Return paper with room around the writing; a millimetre has about nine pixels."""
    height = shape[0] * float(rng.uniform(1.12, 2.0))
    width = shape[1] * float(rng.uniform(1.06, 1.7))
    ppm = 9.0
    base = rng.uniform(0.80, 0.97)
    paper = tuple(float(v) for v in np.clip(base + rng.normal(0, 0.02, 3), 0.6, 0.99))
    size = max(width, 70) / ppm, max(height, 44) / ppm
    sheet = Sheet(size, ppm, (paper[0], paper[1], paper[2]), rng, book)
    rows, columns = sheet.rgb.shape[:2]
    sheet.tone(1 + 0.012 * noise(rng, columns, rows, 3.0) + 0.02 * noise(rng, columns, rows, 60))
    return sheet


def _around(sheet: Sheet, book: FontBook, rng: Rng, hard: bool, foot: float) -> bool:
    """Print what stands around signatures, a line to sign on, a label, a table, lines; return
    whether there are letters among it."""
    busy = False
    ink: Colour = (0.25, 0.25, 0.27)
    w, h = sheet.width, sheet.height
    if rng.random() < 0.55:
        y = min(foot / sheet.ppm - float(rng.uniform(0.2, 2.2)), h - 0.5)
        sheet.line(
            (0 if rng.random() < 0.6 else 0.1 * w, y), (w, y), float(rng.uniform(0.1, 0.3)), ink
        )
        if rng.random() < 0.5 and y + 3 < h:
            label = words.pick(
                rng, ("(подпись)", "подпись владельца", "Signature", "(личная подпись)")
            )
            sheet.text((w / 2, y + 2.8), label, book.pick("print", rng), 2.3, ink, anchor="m")
            busy = True
    if rng.random() < 0.25:
        x = float(rng.uniform(0.02, 0.1)) * w
        sheet.line((x, 0), (x, h), 0.2, ink)
    if rng.random() < (0.4 if hard else 0.2):
        colour = tuple(float(v) for v in rng.uniform(0.6, 0.92, 3))
        step = float(rng.uniform(1.5, 4))
        for k in range(int(h / step) + 1):
            sheet.line((0, k * step), (w, k * step), 0.12, (colour[0], colour[1], colour[2]))
    if rng.random() < 0.2:
        text = words.person(book.split, rng)[0]
        sheet.text((0.6, 2.6), text, book.pick("print", rng), 2.8, ink)
        busy = True
    return busy


def _stamp_edge(sheet: Sheet, book: FontBook, rng: Rng) -> None:
    design = cut(book.split, book, rng, sheet.ppm, 40)
    reach = max(design.width, design.height) / 2
    side = float(rng.choice((-1.0, 1.0)))
    x = sheet.width / 2 + side * (sheet.width / 2 + reach * float(rng.uniform(0.55, 0.95)))
    at = (x, sheet.height * float(rng.uniform(0, 1)))
    striking.strike(sheet, design, striking.blow(book.split, at, rng, True))


def _taken(sheet: Sheet, rng: Rng, hard: bool, least: float) -> tuple[Image.Image, int]:
    """Light, turn, soften and reduce the crop as a photograph of a page would.

    `least` is the smallest scale at which the writing could still be read.
    """
    rows, columns = sheet.rgb.shape[:2]
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    a = float(rng.uniform(-np.pi, np.pi))
    slope = np.cos(a) * (x / columns - 0.5) + np.sin(a) * (y / rows - 0.5)
    light = float(rng.uniform(0.66 if hard else 0.85, 1.04)) * (
        1 + float(rng.uniform(0, 0.35)) * slope
    )
    warm = float(rng.normal(0.01, 0.05))
    rgb = sheet.rgb * light[..., None] * np.array([1 + warm, 1, 1 - warm], dtype=np.float32)
    # The paper goes on beyond the crop, so that turning it leaves no corners of another tone.
    pad = max(columns, rows) // 6
    whole = np.pad(
        (np.clip(rgb, 0, 1) * 255).astype(np.uint8), ((pad, pad), (pad, pad), (0, 0)), "edge"
    )
    turn = float(np.clip(rng.normal(0, 5 if hard else 2.5), -14, 14))
    image = Image.fromarray(whole).rotate(turn, Image.Resampling.BICUBIC)
    image = image.crop((pad, pad, pad + columns, pad + rows))
    scale = float(rng.uniform(0.42, 1.0) if hard else rng.uniform(0.7, 1.3))
    scale = max(scale, min(1.0, least))
    size = max(40, round(columns * scale)), max(24, round(rows * scale))
    image = image.resize(size, Image.Resampling.BICUBIC)
    blurred = float(rng.uniform(0.3, 1.3) if hard else rng.uniform(0, 0.7))
    image = image.filter(ImageFilter.GaussianBlur(blurred))
    spread = float(rng.uniform(0.01, 0.035) if hard else rng.uniform(0.002, 0.014))
    pixels = np.asarray(image, dtype=np.float32)
    pixels = pixels + (grain(rng, *image.size) * np.float32(255 * spread))[..., None]
    noisy = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return noisy, int(rng.integers(45, 85) if hard else rng.integers(75, 96))
