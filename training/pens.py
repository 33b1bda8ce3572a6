"""The network that tells lines written by a pen from typed and printed ones.

`python -m training.pens [--lines N] [--passes N]` draws lines in hands and in faces of print and
type, spoils them as photographs do, cuts them as `docexam.aids.typed.penned` does, trains two dense
layers on numpy alone, and writes `src/docexam/aids/typed/penned.npz`. It needs the fonts that
`training.fonts` and `training.zone_letters` name, fonts-freefont-ttf and fonts-urw-base35. About
six minutes on one core. The families kept for the benchmark's test split are left out.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.aids.typed.level import levelled
from docexam.aids.typed.penned import WEIGHTS, features, windows
from training import zone_letters
from training.descent import descend
from training.fonts import Face, faces, manifest
from training.words import WRITERS

_TRUE = "/usr/share/fonts/truetype/"
_URW = "/usr/share/fonts/opentype/urw-base35/"
DEBIAN = (
    *zone_letters.DEBIAN,
    _TRUE + "freefont/FreeMono.ttf",
    _TRUE + "freefont/FreeMonoBold.ttf",
    _URW + "NimbusMonoPS-Regular.otf",
    _URW + "NimbusMonoPS-Bold.otf",
)
# Of one width, or with a typewriter's slabs; the second ones have Latin letters only.
TYPED = (
    "cousine fira-code fira-mono ibm-plex-mono jetbrains-mono martian-mono noto-sans-mono "
    "roboto-mono source-code-pro ubuntu-mono victor-mono bitter roboto-slab"
).split()
TYPED_LATIN = "courier-prime cutive-mono special-elite xanh-mono".split()
_TYPED_SHARE = 0.65  # of the lines of print
# Families of the manifest whose Latin letters no pen writes so.
NO_HANDS = frozenset(
    "alkalami amiri aref-ruqaa aref-ruqaa-ink ballet bellota berkshire-swash black-and-white-picture "
    "cause cute-font dongle eagle-lake fondamento harmattan kirang-haerang lakki-reddy lateef lemonada "
    "lobster lugrasimo lxgw-wenkai-tc ma-shan-zheng marhey mirza molle noto-naskh-arabic parastoo "
    "qahiri rakkas romanesco ruwudu scheherazade-new setofont.ttf yuji-boku yuji-mai yuji-syuku "
    "zcool-kuaile".split()
)
_HIDDEN = 96
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


def typed(without: tuple[str, ...] = ()) -> list[Face]:
    """Return faces of type, by the parts of their names that `without` lists left out."""
    found = [Face(file, "Cyrl", file) for file in DEBIAN]
    for name in TYPED:
        files = (str(zone_letters.family(name, part)) for part in ("cyrillic", "latin"))
        found.append(Face(name, "Cyrl", *files))
    found += [Face(name, "Latn", str(zone_letters.family(name))) for name in TYPED_LATIN]
    return [face for face in found if not any(part in face.family for part in without)]


def printed() -> list[Face]:
    """Return faces of print with Cyrillic or Latin letters."""
    print_ = {*manifest()["print"], *manifest()["captions"]}
    sets = faces("train")
    return [face for face in (*sets["Print"], *sets["Cyrl"]) if face.family in print_]


def line(rng: np.random.Generator, face: Face, *, pen: bool) -> np.ndarray:
    """Return a photograph (rows × columns × 3) of an entry as a region around it shows it."""
    drawn = _drawn(rng, face, _text(rng, face.script), pen=pen)
    high, wide = drawn.shape
    size = float(rng.uniform(13, 60)) / _TALL
    room = (int(wide * rng.uniform(1.02, 1.2)) + 20, int(high * rng.uniform(1.1, 1.7)) + 8)
    layer = Image.new("L", room, 0)
    layer.paste(Image.fromarray(drawn), ((room[0] - wide) // 2, (room[1] - high) // 2))
    layer = layer.rotate(float(rng.normal(0, 3)), Image.Resampling.BICUBIC)
    cover = np.asarray(
        layer.resize((max(24, round(room[0] * size)), max(12, round(room[1] * size)))), np.float32
    )
    cover = cover[..., None] / 255
    paper = rng.uniform(150, 250) * np.array([1.0, rng.uniform(0.9, 1), rng.uniform(0.75, 1)])
    ink = _ink(rng, pen=pen)
    ground = np.broadcast_to(paper, (*cover.shape[:2], 3)).astype(np.float32)
    if rng.random() < 0.4:
        ground = _marked(ground, rng)
    return _spoiled(ground * (1 - cover) + ink * cover, size * _TALL, rng)


def _text(rng: np.random.Generator, script: str) -> str:
    if rng.random() < 0.3:
        day, month, year = rng.integers(1, 29), rng.integers(1, 13), rng.integers(1950, 2026)
        return f"{day:02}.{month:02}.{year}" if rng.random() < 0.6 else f"{day:02}.{month:02}.20"
    words = WRITERS[script](rng)
    if rng.random() < 0.4:
        words = f"{words} {WRITERS[script](rng)}"
    start = str(rng.choice(_PLACES)) if script == "Cyrl" else ""
    return (start + words)[:34].upper() if rng.random() < 0.15 else (start + words)[:34]


def _drawn(rng: np.random.Generator, face: Face, text: str, *, pen: bool) -> np.ndarray:
    size = round(_TALL * rng.uniform(0.8, 1.2))
    font = ImageFont.truetype(face.path, size)
    other = ImageFont.truetype(face.latin, size) if face.latin else font
    shake = float(rng.choice([0.0, 1.0, 2.5] if pen else [0.0, 0.0, 0.5, 1.2]))
    wide = int(font.getlength(text) * 1.15) + 2 * _TALL
    layer = Image.new("L", (wide, 3 * _TALL), 0)
    draw = ImageDraw.Draw(layer)
    x = float(_TALL)
    parts = [
        (letter, font if face.script == "Latn" or letter.lower() in _CYRILLIC else other)
        for letter in text
    ]
    drift = rng.normal(0, 0.02) if pen else 0.0
    for letter, own in parts:
        y = 1.9 * _TALL + rng.normal(0, shake) + drift * (x - _TALL)
        draw.text((x + rng.normal(0, shake), y), letter, font=own, fill=255, anchor="ls")
        x += own.getlength(letter)
    if rng.random() < 0.35:
        layer = layer.filter(ImageFilter.MaxFilter(3))
    elif rng.random() < 0.15:
        layer = layer.filter(ImageFilter.MinFilter(3))
    ink = np.asarray(layer, np.float32)
    if rng.random() < 0.4:  # a worn ribbon, a dry pen
        ink = ink * np.clip(1 - 0.3 * np.abs(zone_letters.grain(ink.shape, 7, rng)), 0.2, 1)
    rows, columns = np.flatnonzero(ink.max(axis=1) > 60), np.flatnonzero(ink.max(axis=0) > 60)
    if not len(rows):
        return np.zeros((_TALL, _TALL), np.uint8)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.uint8)


def _ink(rng: np.random.Generator, *, pen: bool) -> np.ndarray:
    dark = rng.uniform(15, 90)
    if pen and rng.random() < 0.5:
        return np.array([dark, dark * rng.uniform(0.9, 1.1), dark + rng.uniform(20, 90)])
    return np.full(3, dark)


def _marked(ground: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return paper with a ruled line, waves of a patterned ground, or the edge of a seal."""
    high, wide = ground.shape[:2]
    image = Image.fromarray(ground.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    tone = tuple(int(v) for v in ground[0, 0] * rng.uniform(0.5, 0.9))
    kind = rng.random()
    if kind < 0.5:
        y = int(high * rng.uniform(0.7, 0.98))
        draw.line((0, y, wide, y), fill=tone, width=int(rng.integers(1, 3)))
    elif kind < 0.75:
        for at in range(int(rng.integers(4, 12)), high, int(rng.integers(5, 14))):
            x = np.arange(0, wide + 8, 8)
            y = at + 3 * np.sin(x * rng.uniform(0.02, 0.2))
            draw.line(np.stack((x, y), axis=1).ravel().tolist(), fill=tone)
    else:
        far = rng.uniform(1.0, 4.0) * high
        x, y = rng.uniform(0, wide), rng.uniform(-far, high + far)
        colour = (60, 70, 160) if rng.random() < 0.6 else (170, 60, 70)
        draw.ellipse((x - far, y - far, x + far, y + far), outline=colour, width=2)
    return np.asarray(image, np.float32)


def _spoiled(pixels: np.ndarray, tall: float, rng: np.random.Generator) -> np.ndarray:
    blur = rng.uniform(0.1, 0.035 * tall + 0.3)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(blur)), np.float32)
    light = 1 + 0.1 * zone_letters.grain(pixels.shape[:2], 90, rng)
    pixels = pixels * np.clip(light, 0.6, 1.3)[..., None] * rng.uniform(0.6, 1.02)
    pixels = pixels + rng.normal(0, 1, pixels.shape) * rng.uniform(0.3, 8)
    kept = io.BytesIO()
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    image.save(kept, "JPEG", quality=int(rng.integers(55, 96)))
    return np.asarray(Image.open(kept).convert("RGB"))


def pool(
    lines: int, seed: int, without: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the features of windows, whether a pen wrote them, and of which line they are."""
    rng = np.random.default_rng(seed)
    pens, types, prints = hands(without), typed(without), printed()
    own = [face for face in pens if face.script == "Cyrl"]
    seen, true, which = [], [], []
    for number in range(lines):
        pen = bool(rng.random() < 0.5)
        if pen:
            chosen = own if rng.random() < 0.6 else pens
        else:
            chosen = types if rng.random() < _TYPED_SHARE else prints
        shot = line(rng, chosen[int(rng.integers(len(chosen)))], pen=pen)
        found = features(windows(levelled(shot).pixels)).astype(np.float32)
        seen.append(found)
        true.append(np.full(len(found), pen))
        which.append(np.full(len(found), number))
    return np.concatenate(seen), np.concatenate(true), np.concatenate(which)


def trained(x: np.ndarray, y: np.ndarray, passes: int) -> list[np.ndarray]:
    """Return the two layers and their offsets, by Adam on the cross entropy."""
    rng = np.random.default_rng(1)
    layers = [
        rng.normal(0, np.sqrt(2 / x.shape[1]), (x.shape[1], _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        rng.normal(0, np.sqrt(1 / _HIDDEN), _HIDDEN).astype(np.float32),
        np.zeros(1, np.float32),
    ]
    descend(
        layers, lambda part: _slopes(layers, x[part], y[part], rng), len(x), passes, rng, decay=2e-3
    )
    return layers


def _slopes(
    layers: list[np.ndarray], x: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> list[np.ndarray]:
    raw = x @ layers[0] + layers[1]
    keep = (rng.random(raw.shape) > 0.2).astype(np.float32) / 0.8
    hidden = np.maximum(raw, 0) * keep
    share = 1 / (1 + np.exp(-(hidden @ layers[2] + layers[3])))
    off = (share - (0.96 * y + 0.02)).astype(np.float32) / len(x)
    back = off[:, None] * layers[2] * keep * (raw > 0)
    return [x.T @ back, back.sum(axis=0), hidden.T @ off, off.sum(keepdims=True)]


def write(layers: list[np.ndarray], out: Path) -> None:
    """Write the weights, the first layer as 8-bit integers with one scale for each output."""
    scale = np.abs(layers[0]).max(axis=0) / 127 + 1e-12
    np.savez_compressed(
        out,
        first=np.round(layers[0] / scale).astype(np.int8),
        first_scale=scale.astype(np.float32),
        first_offset=layers[1].astype(np.float32),
        second=layers[2][:, None].astype(np.float32),
        second_scale=np.ones(1, np.float32),
        second_offset=layers[3].astype(np.float32),
        temperature=np.float32(1.0),
    )


def right(layers: list[np.ndarray], x: np.ndarray, y: np.ndarray, which: np.ndarray) -> float:
    """Return the share of lines that the mean over their windows tells right."""
    odds = np.maximum(0, x @ layers[0] + layers[1]) @ layers[2] + layers[3]
    lines = np.unique(which)
    said = [odds[which == one].mean() > 0 for one in lines]
    return float(np.mean([s == y[which == one][0] for s, one in zip(said, lines, strict=True)]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=24000)
    parser.add_argument("--passes", type=int, default=14)
    parser.add_argument("--without", default="", help="hands and types left out, by commas")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    left_out = tuple(part for part in args.without.split(",") if part)
    seen, true, _ = pool(args.lines, 1, left_out)
    made = trained(seen, true.astype(np.float32), args.passes)
    write(made, args.out)
    print(args.out, args.out.stat().st_size, "bytes; lines right:", right(made, *pool(600, 2, ())))
