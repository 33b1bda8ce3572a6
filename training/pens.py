"""Entries in hands, drawn: what the reader of type must know for no type.

The hands are those of `fonts.toml` with Cyrillic or Latin letters, less those that no pen writes
so, and less what a caller sets aside.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from training import zone_letters
from training.fonts import Face, faces, manifest
from training.words import WRITERS

# Families of the manifest whose Latin letters no pen writes so.
NO_HANDS = frozenset(
    "alkalami amiri aref-ruqaa aref-ruqaa-ink ballet bellota berkshire-swash black-and-white-picture "
    "cause cute-font dongle eagle-lake fondamento harmattan kirang-haerang lakki-reddy lateef lemonada "
    "lobster lugrasimo lxgw-wenkai-tc ma-shan-zheng marhey mirza molle noto-naskh-arabic parastoo "
    "qahiri rakkas romanesco ruwudu scheherazade-new setofont.ttf yuji-boku yuji-mai yuji-syuku "
    "zcool-kuaile".split()
)
_TALL = 64  # pixels of letters on the drawing
_CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_PLACES = ("г. ", "с. ", "пос. ", "ул. ", "Отдел ", "", "", "")


def hands(without: tuple[str, ...] = ()) -> list[Face]:
    """Return faces of handwriting with Cyrillic or Latin letters."""
    print_ = {*manifest()["print"], *manifest()["captions"]}
    sets = (faces("train"), faces("hands"))
    found = [face for one in sets for script in ("Cyrl", "Latn") for face in one[script]]
    no_pens = {*print_, *NO_HANDS, *without}
    return [face for face in found if face.family not in no_pens and not face.chimera]


def text(rng: np.random.Generator, script: str) -> str:
    """Return what an entry says, at most 34 letters."""
    if rng.random() < 0.3:
        day, month, year = rng.integers(1, 29), rng.integers(1, 13), rng.integers(1950, 2026)
        return f"{day:02}.{month:02}.{year}" if rng.random() < 0.6 else f"{day:02}.{month:02}.20"
    words = WRITERS[script](rng)
    if rng.random() < 0.4:
        words = f"{words} {WRITERS[script](rng)}"
    start = str(rng.choice(_PLACES)) if script == "Cyrl" else ""
    return (start + words)[:34].upper() if rng.random() < 0.15 else (start + words)[:34]


def drawn(rng: np.random.Generator, face: Face, said: str) -> np.ndarray:
    """Return the ink of an entry, 0 to 255, cut to its letters: shaken, drifting, a dry pen's."""
    size = round(_TALL * rng.uniform(0.8, 1.2))
    font = ImageFont.truetype(face.path, size)
    other = ImageFont.truetype(face.latin, size) if face.latin else font
    shake = float(rng.choice([0.0, 1.0, 2.5]))
    wide = int(font.getlength(said) * 1.15) + 2 * _TALL
    layer = Image.new("L", (wide, 3 * _TALL), 0)
    draw = ImageDraw.Draw(layer)
    x, drift = float(_TALL), rng.normal(0, 0.02)
    for letter in said:
        own = font if face.script == "Latn" or letter.lower() in _CYRILLIC else other
        y = 1.9 * _TALL + rng.normal(0, shake) + drift * (x - _TALL)
        draw.text((x + rng.normal(0, shake), y), letter, font=own, fill=255, anchor="ls")
        x += own.getlength(letter)
    if rng.random() < 0.35:
        layer = layer.filter(ImageFilter.MaxFilter(3))
    elif rng.random() < 0.1:
        layer = layer.filter(ImageFilter.MinFilter(3))
    ink = np.asarray(layer, np.float32)
    if rng.random() < 0.4:  # a dry pen
        ink = ink * np.clip(1 - 0.3 * np.abs(zone_letters.grain(ink.shape, 7, rng)), 0.2, 1)
    rows, columns = np.flatnonzero(ink.max(axis=1) > 60), np.flatnonzero(ink.max(axis=0) > 60)
    if not len(rows):
        return np.zeros((_TALL, _TALL), np.uint8)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8)
