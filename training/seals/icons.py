"""Figures of icon fonts, as emblems are drawn by many hands: `python -m training.seals.icons`.

The command fetches the fonts listed with `npm pack` into the fonts' cache. Those of `validation`
are never trained on: what the networks take of them for seals is told by `emblems.py`.
"""

from __future__ import annotations

import subprocess
import tarfile
from functools import cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from training.fonts import CACHE
from training.seals.masks import REACH, SIDE, Plane, Rng, ellipse, lines

# Package, version, licence and the files taken; Game-icons are by the authors of game-icons.net.
FONTS = {
    "train": (
        ("@mdi/font", "7.4.47", "Apache-2.0", ("fonts/materialdesignicons-webfont.ttf",)),
        ("game-icons-font", "0.1.2", "CC BY 3.0", ("game-icons-font.ttf",)),
        ("remixicon", "4.9.1", "Apache-2.0", ("fonts/remixicon.ttf",)),
        ("ionicons", "4.6.3", "MIT", ("fonts/ionicons.ttf",)),
        ("weather-icons-npm", "10.0.0", "MIT", ("weathericons-regular-webfont.ttf",)),
        (
            "@fontsource/noto-sans-symbols-2",
            "5.3.0",
            "OFL-1.1",
            ("noto-sans-symbols-2-symbols-400-normal.woff",),
        ),
    ),
    "validation": (("bootstrap-icons", "1.13.2", "MIT", ("fonts/bootstrap-icons.woff",)),),
}
_SHARES = (0.3, 0.4, 0.1, 0.04, 0.04, 0.12)  # how often each font for training is drawn
_MIDDLE, _RADIUS = SIDE / 2, SIDE / 2 * REACH
_DRAWN = 300  # pixels a glyph is drawn at, before it is fitted


def fetch() -> None:
    """Fetch what is not there yet."""
    folder = CACHE / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    for name, version, _, files in (*FONTS["train"], *FONTS["validation"]):
        if all((folder / Path(file).name).exists() for file in files):
            continue
        command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", folder]
        packed = folder / subprocess.check_output(command, text=True).strip()
        with tarfile.open(packed) as tar:
            for file in files:
                inside = next(n for n in tar.getnames() if n.endswith(file))
                (folder / Path(file).name).write_bytes(tar.extractfile(inside).read())
        packed.unlink()


@cache
def _font(path: Path) -> tuple[ImageFont.FreeTypeFont, tuple[int, ...]]:
    with TTFont(path, lazy=True) as font:
        signs = tuple(sorted(code for code in font.getBestCmap() if code > 0x2000))
    return ImageFont.truetype(str(path), _DRAWN), signs


def icon(rng: Rng, side: int, split: str = "train") -> Image.Image:
    """Return one figure at random, side × side, filling its longer way."""
    fonts = FONTS[split]
    shares = _SHARES if split == "train" else None
    while True:
        _, _, _, files = fonts[int(rng.choice(len(fonts), p=shares))]
        font, signs = _font(CACHE / "icons" / Path(files[0]).name)
        sign = chr(signs[int(rng.integers(len(signs)))])
        left, top, right, bottom = (int(v) for v in font.getbbox(sign))
        longer = max(right - left, bottom - top)
        if longer < _DRAWN / 5:
            continue
        image = Image.new("L", (longer, longer))
        at = ((longer - (right - left)) / 2 - left, (longer - (bottom - top)) / 2 - top)
        ImageDraw.Draw(image).text(at, sign, fill=255, font=font)
        return image.resize((side, side), Image.Resampling.BILINEAR)


def printed(rng: Rng, split: str = "train") -> Plane:
    """Return an emblem as forms print it: a figure, perhaps held by others, ringed or on a field."""
    image = Image.new("L", (SIDE, SIDE))
    way = rng.random()
    if way < 0.35:
        _put(image, icon(rng, round(2 * _RADIUS), split))
    elif way < 0.6:
        _ringed(image, rng, split)
    elif way < 0.75:
        _on_field(image, rng, split)
    else:
        _held(image, rng, split)
    if rng.random() < 0.15:
        image = ImageChops.difference(image, image.filter(ImageFilter.MinFilter(7)))
    if rng.random() < 0.2:
        lines(image, (1.6 * _RADIUS, 0.3 * _RADIUS), (_MIDDLE, _MIDDLE + 0.8 * _RADIUS), rng)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.2)))))


def _put(image: Image.Image, part: Image.Image, at: tuple[float, float] = (0, 0)) -> None:
    x, y = (round(_MIDDLE + a * _RADIUS - s / 2) for a, s in zip(at, part.size, strict=True))
    image.paste(255, (x, y), part)


def _ringed(image: Image.Image, rng: Rng, split: str) -> None:
    """A figure in one or two rings, or with a row of small ones around it."""
    inner = float(rng.uniform(0.35, 0.75))
    _put(image, icon(rng, round(2 * _RADIUS * inner), split))
    for _ in range(int(rng.integers(0, 3))):
        share = float(rng.uniform(inner + 0.05, 1.0))
        ellipse(image, _RADIUS * share, _RADIUS * share, _RADIUS * float(rng.uniform(0.008, 0.06)))
    if rng.random() < 0.5:
        count, start = int(rng.integers(5, 26)), float(rng.uniform(0, 6))
        around = float(rng.uniform(0.8, 0.92))
        small = icon(rng, round(2 * _RADIUS * min(0.2, 2.5 * around / count)), split)
        still = rng.random() < 0.5
        for k in range(count):
            turn = start + 2 * np.pi * k / count
            laid = small if still else small.rotate(-np.degrees(turn))
            _put(image, laid, (around * float(np.sin(turn)), -around * float(np.cos(turn))))


def _on_field(image: Image.Image, rng: Rng, split: str) -> None:
    """A figure left white on a filled disc, shield or another figure."""
    draw = ImageDraw.Draw(image)
    c, r = _MIDDLE, _RADIUS
    if rng.random() < 0.6:
        draw.ellipse((c - r, c - r, c + r, c + r), fill=255)
    else:
        w = r * float(rng.uniform(0.6, 0.9))
        sides = [(c - w, c - r), (c + w, c - r), (c + w, c + 0.2 * r), (c, c + r), (c - w, c)]
        draw.polygon(sides, fill=255)
    hole = icon(rng, round(r * float(rng.uniform(0.9, 1.3))), split)
    image.paste(0, (round(c - hole.width / 2), round(c - hole.height / 2)), hole)


def _held(image: Image.Image, rng: Rng, split: str) -> None:
    """A figure with another at either side, as arms are held, and one above or below."""
    _put(image, icon(rng, round(_RADIUS * float(rng.uniform(0.6, 1.1))), split))
    side = icon(rng, round(_RADIUS * float(rng.uniform(0.5, 0.8))), split)
    mirrored = side.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for part, sign in ((side, -1), (mirrored, 1)):
        _put(image, part, (sign * float(rng.uniform(0.55, 0.65)), float(rng.uniform(-0.2, 0.3))))
    if rng.random() < 0.6:
        top = icon(rng, round(_RADIUS * float(rng.uniform(0.3, 0.6))), split)
        _put(image, top, (0.0, -0.7 if rng.random() < 0.7 else 0.7))


if __name__ == "__main__":
    fetch()
