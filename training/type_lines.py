"""Photographs of entries, drawn: `python -m training.type_lines POOL FIRST LAST [--written] [--small]`.

Writes shards `type-N.npz` of typed and printed lines with their texts, or `pen-N.npz` of lines
written by hand, cut as `docexam.aids.typed.strip` cuts them. The faces that the benchmark prints,
types and writes entries in, in either split, are left out.
"""

from __future__ import annotations

import argparse
import io
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from skimage.morphology import skeletonize

from docexam.aids.typed import strip
from docexam.aids.typed.coloured import OVER_A_LETTER, without_coloured_ink
from docexam.aids.typed.level import levelled
from docexam.aids.typed.reader import ALPHABET
from training import pens, zone_letters
from training.entries import CYRILLIC, entry

SHARD = 2000
FULL = 200.0  # of 255, that stands for 1 in a shard
_TRUE = "/usr/share/fonts/truetype/"
_URW = "/usr/share/fonts/opentype/urw-base35/"
_GO = "/usr/share/fonts/fonts-go/"
# Of one width, as typewriters and matrix printers have it, then print.
DEBIAN = (
    _TRUE + "dejavu/DejaVuSansMono.ttf",
    _TRUE + "dejavu/DejaVuSansMono-Bold.ttf",
    _TRUE + "paratype/PTM55F.ttf",
    _TRUE + "freefont/FreeMono.ttf",
    _TRUE + "freefont/FreeMonoBold.ttf",
    _TRUE + "freefont/FreeMonoOblique.ttf",
    _URW + "NimbusMonoPS-Regular.otf",
    _URW + "NimbusMonoPS-Bold.otf",
    _TRUE + "3270/3270-Regular.ttf",
    _TRUE + "3270/3270SemiCondensed-Regular.ttf",
    _TRUE + "hack/Hack-Regular.ttf",
    _TRUE + "fantasque-sans/Normal/TTF/FantasqueSansMono-Regular.ttf",
    _TRUE + "uralic/monou___.ttf",
    _GO + "Go-Mono.ttf",
    _GO + "Go-Mono-Bold.ttf",
    _GO + "Go-Mono-Italic.ttf",
)
TYPED = (
    "fira-code fira-mono ibm-plex-mono jetbrains-mono martian-mono roboto-mono source-code-pro "
    "ubuntu-mono victor-mono geist-mono overpass-mono bitter roboto-slab podkova kelly-slab "
    "iosevka-charon-mono ubuntu-sans-mono"
).split()
# Their lighter and heavier forms: a ribbon's strokes are thin when it is new and the keys are light.
_STYLES = {
    "100-normal": "roboto-mono roboto-slab bitter ibm-plex-mono geist-mono",
    "200-normal": "ibm-plex-mono jetbrains-mono martian-mono roboto-mono source-code-pro "
    "victor-mono geist-mono bitter roboto-slab",
    "300-normal": "fira-code ibm-plex-mono jetbrains-mono martian-mono roboto-mono source-code-pro "
    "victor-mono geist-mono overpass-mono bitter roboto-slab",
    "400-italic": "ibm-plex-mono jetbrains-mono roboto-mono ubuntu-mono bitter",
    "600-normal": "ibm-plex-mono source-code-pro victor-mono bitter podkova",
}
DEBIAN_PRINT = (
    _TRUE + "dejavu/DejaVuSans.ttf",
    _TRUE + "dejavu/DejaVuSerif.ttf",
    _TRUE + "dejavu/DejaVuSerif-Bold.ttf",
    _TRUE + "dejavu/DejaVuSans-Bold.ttf",
    _TRUE + "freefont/FreeSerif.ttf",
    _TRUE + "freefont/FreeSerifBold.ttf",
    _TRUE + "freefont/FreeSans.ttf",
    _TRUE + "freefont/FreeSansBold.ttf",
    _TRUE + "uralic/gothu___.ttf",
    _TRUE + "uralic/pallu___.ttf",
    _TRUE + "uralic/sansu___.ttf",
    _TRUE + "clear-sans/ClearSans-Regular.ttf",
    _TRUE + "andika/Andika-Regular.ttf",
    _GO + "Go-Regular.ttf",
)
PRINTED = (
    "pt-serif pt-sans pt-sans-narrow ubuntu open-sans lora old-standard-tt literata vollkorn roboto "
    "roboto-condensed fira-sans istok-web didact-gothic golos-text source-serif-4 stix-two-text "
    "kurale tenor-sans oranienbaum merriweather cuprum ibm-plex-sans ibm-plex-serif russo-one "
    "alegreya spectral piazzolla brygada-1918 bona-nova ledger playfair forum cormorant-garamond "
    "alice jura play exo-2 nunito montserrat raleway manrope inter commissioner sofia-sans geologica "
    "onest arsenal yeseva-one prata rubik source-sans-3 pt-serif-caption scada ubuntu-condensed "
    "fira-sans-condensed gothic-a1 tektur gabriela philosopher charis-sil gentium-plus "
    "gentium-book-plus kosugi m-plus-1p m-plus-rounded-1c"
).split()
# With serifs, which may be set in cells of one width as a typewriter does.
SERIFS = (
    "pt-serif old-standard-tt literata source-serif-4 stix-two-text merriweather ibm-plex-serif "
    "spectral brygada-1918 ledger pt-serif-caption charis-sil gentium-plus gentium-book-plus podkova "
    "bitter roboto-slab noto-serif-display"
).split()
DEBIAN_SERIFS = (
    _TRUE + "doulos/DoulosSIL-Regular.ttf",
    _TRUE + "uralic/booku___.ttf",
    _TRUE + "uralic/romau___.ttf",
    _TRUE + "uralic/schou___.ttf",
)
# Hands that development pages are written in, and two more to choose by.
ASIDE = ("neucha", "comforter", "comforter-brush", "caveat", "caveat-brush", "bad-script")
LATIN_TYPED = "courier-prime cutive-mono special-elite xanh-mono".split()
_TYPED_SHARE, _LATIN_SHARE = 0.68, 0.05
# Lines with a stamp over them, and of those in shards of stamped lines the ones with a second.
_STAMPS, _TWO = 0.42, 0.3
_CLEARED, _CLEARED_STAMPS = 0.5, 0.68  # lines out of which a stamp's ink is taken
_EM = 64  # pixels of the em on the drawing
_TALL, _SMALL = (13, 46), (12, 26)  # pixels of the em in the photograph; of small lines
_TALL_HANDS, _SMALL_HANDS = (15, 60), (14, 32)
# What a camera out of focus and two resamplings blur, in pixels whatever the size of the letters
# (one sigma), of small lines; and the most of it in ems.
_OUT_OF_FOCUS, _READABLE = (0.4, 1.9), 0.115
_CYRILLIC = frozenset(CYRILLIC + "№")


@dataclass(frozen=True, slots=True)
class Face:
    """The files of a family: of Cyrillic letters, and of all others.

    `cells` is whether each letter is set in a cell of one width.
    """

    cyrillic: str
    latin: str
    typed: bool = True
    cells: bool = False


@cache
def faces() -> tuple[list[Face], list[Face], list[Face]]:
    """Return faces of type, of print, and of type without Cyrillic letters."""
    typed = [Face(file, file) for file in DEBIAN] + [_family(name, typed=True) for name in TYPED]
    for style, names in _STYLES.items():
        typed += [_family(name, typed=True, style=style) for name in names.split()]
    typed += [replace(_family(name, typed=True), cells=True) for name in SERIFS]
    typed += [Face(file, file, cells=True) for file in DEBIAN_SERIFS]
    typed += [_family(name, typed=True) for name in SERIFS]  # as machines with proportional spacing
    printed = [Face(file, file, typed=False) for file in DEBIAN_PRINT]
    printed += [_family(name, typed=False) for name in PRINTED]
    latin = [Face("", str(zone_letters.family(name))) for name in LATIN_TYPED]
    return typed, printed, latin


def _family(name: str, *, typed: bool, style: str = "400-normal") -> Face:
    cyrillic, latin = (
        str(zone_letters.family(name, part, style)) for part in ("cyrillic", "latin")
    )
    return Face(cyrillic, latin, typed)


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


def chosen(rng: np.random.Generator) -> Face:
    """Return a face, more often one of type."""
    typed, printed, latin = faces()
    way = rng.random()
    some = latin if way < _LATIN_SHARE else typed if way < _TYPED_SHARE else printed
    return some[int(rng.integers(len(some)))]


def line(
    rng: np.random.Generator, stamps: float = _STAMPS, *, small: bool = False
) -> tuple[np.ndarray, str]:
    """Return a photograph (rows × columns × 3) of a region around an entry, and the entry.

    `stamps` is the chance of a stamp over it; where it is 1, some have two. `small` is as on a
    page that was taken whole.
    """
    face = chosen(rng)
    text = entry(rng, cyrillic=bool(face.cyrillic))
    cover = _drawn(rng, face, text)
    tall = _tall(rng, _SMALL if small else _TALL)
    dark = np.full(3, rng.uniform(0.06, 0.3))
    if rng.random() < 0.04:  # a coloured ribbon
        dark[2] += rng.uniform(0.05, 0.3)
    return _photographed(rng, face, cover, tall / _EM, dark, stamps, small=small), text


def _tall(rng: np.random.Generator, within: tuple[int, int]) -> float:
    return float(np.exp(rng.uniform(*np.log(within))))


def _drawn(rng: np.random.Generator, face: Face, text: str) -> np.ndarray:
    """Return the ink of an entry on the drawing, 0 to 255, cut to its letters."""
    size = int(rng.integers(_EM - 6, _EM + 7))
    fonts = [
        _font(face.cyrillic if letter in _CYRILLIC and face.cyrillic else face.latin, size)
        for letter in text
    ]
    spread = float(rng.choice([0.0, 0.0, 0.0, rng.uniform(-0.04, 0.15)])) * _EM
    shake = float(rng.choice([0.0, 0.0, 1.0, 2.2])) if face.typed else 0.0
    uneven = float(rng.choice([0.0, 0.15, 0.35])) if face.typed else 0.0
    pairs = list(zip(fonts, text, strict=True))
    cell = 1.15 * pairs[0][0].getlength("н" if face.cyrillic else "n") if face.cells else 0.0
    wide = int(sum(cell or font.getlength(one) for font, one in pairs)) + 2 * _EM
    layer = Image.new("L", (wide + int(max(0.0, spread) * len(text)), 2 * _EM), 0)
    x = float(_EM // 2)
    for font, letter in pairs:
        at = (x + rng.normal(0, 0.6 * shake), 1.45 * _EM + rng.normal(0, shake))
        tone = int(255 * (1 - uneven * rng.random()))
        x += _set(layer, at, font, letter, tone, cell) + spread
    weight = rng.random()
    if weight < 0.22:
        layer = layer.filter(ImageFilter.MaxFilter(3))
    elif weight < 0.3:
        layer = layer.filter(ImageFilter.MaxFilter(5))
    elif weight < 0.42:
        layer = layer.filter(ImageFilter.MinFilter(3))
    round_ = rng.random()
    if round_ < 0.2:
        layer = _of_one_width(layer, rng.uniform(2.0, 7.5))
    elif round_ < 0.52:
        layer = _rounded(layer, rng.uniform(1.5, 4.5))
    ink = np.asarray(layer, np.float32)
    if rng.random() < 0.35:  # a worn ribbon, dry print
        worn = zone_letters.grain(ink.shape, int(rng.choice([4, 9, 20])), rng)
        ink = ink * np.clip(1 - rng.uniform(0.1, 0.45) * np.abs(worn), 0.1, 1)
    rows, columns = np.flatnonzero(ink.max(axis=1) > 60), np.flatnonzero(ink.max(axis=0) > 60)
    if not len(rows):
        return np.zeros((_EM // 2, _EM // 2), np.float32)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _rounded(layer: Image.Image, by: float) -> Image.Image:
    """Return letters with round ends and corners, as worn type and wet ribbons leave them."""
    soft = np.asarray(layer.filter(ImageFilter.GaussianBlur(by)), np.float32)
    tone = np.asarray(layer.filter(ImageFilter.MaxFilter(3)), np.float32)
    return Image.fromarray((tone * np.clip((soft - 70) / 40, 0, 1)).astype(np.uint8))


def _of_one_width(layer: Image.Image, wide: float) -> Image.Image:
    """Return letters drawn anew along their middles by a round point, as many machines' types are."""
    ink = np.asarray(layer)
    far = cv2.distanceTransform(1 - skeletonize(ink > 110).astype(np.uint8), cv2.DIST_L2, 5)
    tone = np.asarray(layer.filter(ImageFilter.MaxFilter(7)), np.float32)
    return Image.fromarray((tone * np.clip(wide / 2 - far + 0.5, 0, 1)).astype(np.uint8))


def _set(
    layer: Image.Image,
    at: tuple[float, float],
    font: ImageFont.FreeTypeFont,
    letter: str,
    tone: int,
    cell: float,
) -> float:
    """Draw a letter, pushed together where it is wider than its cell; return how far it takes."""
    long = font.getlength(letter)
    if cell and long > cell:
        tile = Image.new("L", (int(long) + 8, layer.height), 0)
        ImageDraw.Draw(tile).text((4, at[1]), letter, font=font, fill=tone, anchor="ls")
        size = max(1, round(tile.width * cell / long)), tile.height
        tile = tile.resize(size, Image.Resampling.BILINEAR)
        layer.paste(255, (round(at[0] - 4 * cell / long), 0), tile)
        return cell
    left = at[0] + max(0.0, cell - long) / 2
    ImageDraw.Draw(layer).text((left, at[1]), letter, font=font, fill=tone, anchor="ls")
    return max(cell, long)


def written(rng: np.random.Generator, *, small: bool = False) -> np.ndarray:
    """Return a photograph of a region around an entry written by hand, labels of print near it."""
    known = hands()
    own = [hand for hand in known if hand.script == "Cyrl"]
    some = own if rng.random() < 0.6 else known
    hand = some[int(rng.integers(len(some)))]
    ink = pens.drawn(rng, hand, pens.text(rng, hand.script)).astype(np.float32)
    tall = _tall(rng, _SMALL_HANDS if small else _TALL_HANDS)
    _, printed, _ = faces()
    label = printed[int(rng.integers(len(printed)))]
    dark = np.full(3, rng.uniform(0.06, 0.3))
    if rng.random() < 0.5:
        dark = dark + np.array([0.0, 0.0, 1.0]) * rng.uniform(0.08, 0.4)
    return _photographed(rng, label, ink, tall / _EM, dark, small=small)


@cache
def hands() -> list[pens.Face]:
    """Return the hands that lines are written in."""
    return pens.hands(ASIDE)


def _photographed(
    rng: np.random.Generator,
    face: Face,
    ink: np.ndarray,
    scale: float,
    dark: np.ndarray,
    stamps: float = _STAMPS,
    *,
    small: bool,
) -> np.ndarray:
    high, wide = ink.shape
    margin = rng.uniform(0.15, 0.5) * max(high, 0.7 * _EM)
    room = round(wide + 2 * margin * rng.uniform(0.5, 1.6)), round(high + 2 * margin)
    layer = Image.new("L", room, 0)
    at = (room[0] - wide) // 2, round((room[1] - high) / 2 + rng.normal(0, 0.1) * margin)
    layer.paste(Image.fromarray(ink.astype(np.uint8)), at)
    if rng.random() < 0.35:
        _neighbours(rng, face, layer, at[1], at[1] + high)
    layer = _turned(rng, layer)
    stretch = rng.uniform(0.86, 1.16)
    size = max(16, round(layer.width * scale * stretch)), max(12, round(layer.height * scale))
    cover = np.asarray(layer.resize(size, Image.Resampling.BOX), np.float32)[..., None] / 255
    paper = np.array([1.0, rng.uniform(0.92, 1.02), rng.uniform(0.78, 1.05)]) * rng.uniform(
        185, 240
    )
    ground = np.broadcast_to(paper, (*cover.shape[:2], 3)).astype(np.float32)
    ground = _patterned(rng, ground, scale)
    dark = dark + rng.normal(0, 0.02, 3)
    density = cover * rng.uniform(0.75, 1.0)
    shot = ground * (1 - density * (1 - np.clip(dark, 0.03, 1)))
    if rng.random() < stamps:
        shot = _stamped(rng, shot)
    if stamps == 1 and rng.random() < _TWO:
        shot = _stamped(rng, shot)
    return _spoiled(rng, shot, _blur(rng, scale * _EM, small=small))


def _turned(rng: np.random.Generator, layer: Image.Image) -> Image.Image:
    """Return the drawing turned and sheared a little, as level pictures still are."""
    angle = float(rng.normal(0, 0.5 if rng.random() < 0.7 else 2.5))
    shear = float(rng.normal(0, 0.03 if rng.random() < 0.8 else 0.1))
    rotated = layer.rotate(angle, Image.Resampling.BILINEAR, expand=abs(angle) > 0.6)
    off = shear * rotated.height / 2
    return rotated.transform(
        rotated.size, Image.Transform.AFFINE, (1, shear, -off, 0, 1, 0), Image.Resampling.BILINEAR
    )


def _neighbours(
    rng: np.random.Generator, face: Face, layer: Image.Image, top: int, bottom: int
) -> None:
    """Print parts of the lines above and below: a form's label, another entry."""
    draw = ImageDraw.Draw(layer)
    small = rng.random() < 0.6
    size = int(_EM * (rng.uniform(0.4, 0.7) if small else 1.0))
    font = _font(face.cyrillic or face.latin, size)
    text = entry(rng, cyrillic=bool(face.cyrillic))
    x = rng.uniform(-0.5, 0.5) * layer.width
    if rng.random() < 0.5:
        draw.text((x, top - rng.uniform(0.15, 0.4) * _EM), text, font=font, fill=220, anchor="ls")
    else:
        draw.text((x, bottom + rng.uniform(0.2, 0.5) * _EM), text, font=font, fill=220, anchor="lt")


def _patterned(rng: np.random.Generator, ground: np.ndarray, scale: float) -> np.ndarray:
    """Return paper with waves of a patterned ground, a ruled line, an upright one."""
    high, wide = ground.shape[:2]
    image = Image.fromarray(ground.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    base = ground[0, 0]
    if rng.random() < 0.3:
        tone = tuple(int(v) for v in base * rng.uniform(0.78, 0.96, 3))
        step, reach = rng.uniform(3, 14), rng.uniform(1, 8)
        bend, start = rng.uniform(0.01, 0.2), rng.uniform(0, 6)
        x = np.arange(0, wide + 6, 6)
        for y in np.arange(-8, high + 8, step):
            at = y + reach * np.sin(x * bend + start + y * rng.uniform(0, 0.02))
            draw.line(np.stack((x, at), axis=1).ravel().tolist(), fill=tone)
    thick = max(1, round(rng.uniform(0.03, 0.1) * _EM * scale))
    tone = tuple(int(v) for v in base * rng.uniform(0.25, 0.75))
    if rng.random() < 0.4:
        y = rng.uniform(0.68, 1.0) * high
        draw.line((0, y, wide, y + rng.normal(0, 0.01) * wide), fill=tone, width=thick)
    if rng.random() < 0.06:
        x = float(rng.choice([rng.uniform(0, 0.03), rng.uniform(0.97, 1)])) * wide
        draw.line((x, 0, x, high), fill=tone, width=thick)
    return np.asarray(image, np.float32)


_INKS = (
    (60, 75, 170), (90, 60, 160), (110, 50, 150), (185, 55, 65), (70, 70, 75), (25, 25, 30), (40, 90, 185),
)  # fmt: skip


def _stamped(rng: np.random.Generator, shot: np.ndarray) -> np.ndarray:
    """Return the picture with a part of a stamp over it."""
    cover = _stamp_of(rng, *shot.shape[:2])
    ink = np.array(_INKS[int(rng.integers(len(_INKS)))], np.float32) / 255
    return shot * (1 - cover[..., None] * (1 - ink))


def stamp(rng: np.random.Generator, wide: int = 360) -> np.ndarray:
    """Return a black stamp as a strip shows it, 32 × `wide`, 0 for paper and 1 for ink."""
    around = int(rng.integers(4, 17))
    cover = _stamp_of(rng, strip.HIGH + 2 * around, wide)[around : around + strip.HIGH]
    soft = cv2.GaussianBlur(cover.astype(np.float32), (0, 0), rng.uniform(0.4, 1.4))
    return np.asarray(soft * rng.uniform(0.6, 1.1))


def _stamp_of(rng: np.random.Generator, high: int, wide: int) -> np.ndarray:
    """Return how much ink a part of a stamp lays where: rings, a rim's letters, a field."""
    mask = Image.new("L", (wide, high), 0)
    draw = ImageDraw.Draw(mask)
    far = rng.uniform(1.2, 4.5) * high
    x, y = rng.uniform(-0.3, 1.3) * wide, rng.uniform(-0.8, 1.8) * high
    thick = max(1, round(rng.uniform(0.02, 0.08) * high))
    for ring in (1.0, 0.93, 0.66)[: int(rng.integers(1, 4))]:
        r = far * ring
        draw.ellipse((x - r, y - r, x + r, y + r), outline=255, width=thick)
    _, printed, _ = faces()
    face = printed[int(rng.integers(len(printed)))]
    font = _font(face.cyrillic, max(8, round(0.19 * far)))
    start, step = rng.uniform(0, 6.3), 0.17
    for n, letter in enumerate(entry(rng).upper()[:24]):
        turn = start + n * step
        tile = Image.new("L", (font.size * 2, font.size * 2), 0)
        ImageDraw.Draw(tile).text((font.size, font.size), letter, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-np.degrees(turn) - 90, Image.Resampling.BILINEAR)
        cx, cy = x + 0.8 * far * np.cos(turn), y + 0.8 * far * np.sin(turn)
        mask.paste(255, (round(cx) - font.size, round(cy) - font.size), tile)
    _arms(rng, draw, (x, y), 0.55 * far)
    cover = np.asarray(mask, np.float32) / 255
    worn = zone_letters.grain((high, wide), int(rng.integers(6, 40)), rng)
    return np.asarray(cover * np.clip(rng.uniform(0.4, 1.0) - 0.25 * np.abs(worn), 0, 1))


def _arms(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, at: tuple[float, float], far: float
) -> None:
    """Fill the middle of a stamp: bars and patches, as arms and eagles have."""
    if rng.random() < 0.4:
        return
    for _ in range(int(rng.integers(2, 9))):
        x, y = at[0] + rng.uniform(-0.8, 0.8) * far, at[1] + rng.uniform(-0.8, 0.8) * far
        wide, high = far * np.exp(rng.normal(-1.5, 0.6, 2))
        box = (x - wide, y - high, x + wide, y + high)
        (draw.rectangle if rng.random() < 0.5 else draw.ellipse)(box, fill=255)


def _blur(rng: np.random.Generator, tall: float, *, small: bool) -> float:
    """Return by how many pixels (one sigma) letters of so many pixels' em are blurred.

    The most leaves letters that a person reads from their words only.
    """
    if small:
        return min(float(rng.uniform(*_OUT_OF_FOCUS)), _READABLE * tall)
    return float(rng.uniform(0.0, 0.06) if rng.random() < 0.75 else rng.uniform(0.05, 0.09)) * tall


def _spoiled(rng: np.random.Generator, shot: np.ndarray, blur: float) -> np.ndarray:
    """Return the picture as a camera takes it: light, shadow's edge, blur, noise, JPEG."""
    high, wide = shot.shape[:2]
    light = 1 + 0.08 * zone_letters.grain((high, wide), 90, rng)
    if rng.random() < 0.12:
        x = np.arange(wide) - rng.uniform(0, wide)
        light = light * (1 - rng.uniform(0.1, 0.4) / (1 + np.exp(-x / rng.uniform(3, 30))))
    shot = shot * np.clip(light, 0.5, 1.3)[..., None] * rng.uniform(0.55, 1.05)
    if rng.random() < 0.12:
        shot = (
            shot
            + 255
            * rng.uniform(0.05, 0.4)
            * np.clip(zone_letters.grain((high, wide), 60, rng), 0, 1)[..., None]
        )
    image = Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(max(0.2, blur))), np.float32)
    common = rng.normal(0, 1, (high, wide, 1)) + 0.6 * rng.normal(0, 1, (high, wide, 3))
    pixels = pixels + common * rng.uniform(0.5, 8)
    kept = io.BytesIO()
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    image.save(kept, "JPEG", quality=int(rng.integers(55, 96)))
    return np.asarray(Image.open(kept).convert("RGB"))


def view(
    rng: np.random.Generator, picture: np.ndarray, cleared_share: float = _CLEARED
) -> np.ndarray | None:
    """Return a photograph as the reader is shown it, HIGH × columns × PLANES, 8 bits.

    `cleared_share` is the chance that a stamp's ink is taken out.
    """
    if rng.random() < cleared_share:  # as the program takes a stamp's ink out
        cleared = without_coloured_ink(picture, OVER_A_LETTER)
        picture = picture if cleared is None else cleared
    ink = strip.inked(levelled(picture).pixels)
    found = strip.bands(ink[..., 0])
    band = min(found, key=lambda one: abs(one[0] + one[1] - len(ink)))
    seen = strip.cut(ink, band, strip.SPREAD * float(np.exp(rng.normal(0, 0.07))))
    return None if seen is None else np.round(seen.pixels * FULL).astype(np.uint8)


def shard(
    number: int, *, pen: bool, stamped: bool = False, small: bool = False
) -> dict[str, np.ndarray]:
    """Return the lines of a shard: `x` side by side, their widths `w`, letters `y`, counts `n`."""
    rng = np.random.default_rng([52 if pen else 51, number])
    stamps, cleared = (1.0, _CLEARED_STAMPS) if stamped else (_STAMPS, _CLEARED)
    seen: list[np.ndarray] = []
    texts: list[np.ndarray] = []
    while len(seen) < SHARD:
        picture, text = (written(rng, small=small), "") if pen else line(rng, stamps, small=small)
        made = view(rng, picture, cleared)
        if made is None:
            continue
        codes = np.array([ALPHABET.index(letter) + 1 for letter in text], np.uint8)
        if made.shape[1] >= 8 * len(codes):  # else what is seen is not the line
            seen.append(made)
            texts.append(codes)
    return {
        "x": np.concatenate(seen, axis=1),
        "w": np.array([one.shape[1] for one in seen], np.int32),
        "y": np.concatenate(texts),
        "n": np.array([len(one) for one in texts], np.int32),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", type=Path)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--written", action="store_true")
    parser.add_argument("--stamped", action="store_true", help="a stamp over every line")
    parser.add_argument("--small", action="store_true", help="as on pages that were taken whole")
    args = parser.parse_args()
    args.pool.mkdir(parents=True, exist_ok=True)
    for number in range(args.first, args.last):
        target = args.pool / f"{'pen' if args.written else 'type'}-{number}.npz"
        if not target.exists():
            made = shard(number, pen=args.written, stamped=args.stamped, small=args.small)
            np.savez_compressed(target.with_suffix(".part.npz"), **made)
            target.with_suffix(".part.npz").rename(target)
