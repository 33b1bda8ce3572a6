"""The network that reads the cells of a machine-readable zone: drawing its letters, training it.

`python -m training.zone_letters [--rows N] [--passes N]` draws rows of letters in faces of one
width, spoils them as photographs do, cuts them into cells as `docexam.aids.mrz.image_strip` does,
trains two dense layers on numpy alone, and writes `src/docexam/aids/mrz/letters.npz`. It needs
Debian's fonts-ocr-b, fonts-liberation2, fonts-dejavu, fonts-noto-mono, fonts-paratype, and npm for
the families of `FAMILIES` (SIL Open Font License or Apache 2.0). About five minutes on one core.
The faces that the benchmark's test split prints zones in are left out.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from docexam.aids.mrz.image_fillers import cells_of
from docexam.aids.mrz.image_letters import KINDS, WEIGHTS, features
from docexam.aids.mrz.image_strip import HALF, MARGIN, PITCH, even, sampled
from training.descent import descend

CACHE = Path(os.environ.get("DOCEXAM_FONTS", Path.home() / ".cache" / "docexam-fonts"))
_OCR = "/usr/share/fonts/opentype/ocr-b/"
_TRUE = "/usr/share/fonts/truetype/"
MACHINE = (_OCR + "OCRB.otf",)
DEBIAN = tuple(
    _TRUE + name
    for name in (
        "liberation2/LiberationMono-Regular.ttf",
        "liberation2/LiberationMono-Bold.ttf",
        "dejavu/DejaVuSansMono.ttf",
        "dejavu/DejaVuSansMono-Bold.ttf",
        "noto/NotoSansMono-Regular.ttf",
        "noto/NotoMono-Regular.ttf",
        "paratype/PTM55F.ttf",
    )
)
FAMILIES = (
    "azeret-mono b612-mono chivo-mono courier-prime dm-mono fira-mono fragment-mono "
    "ibm-plex-mono inconsolata jetbrains-mono kode-mono m-plus-1-code martian-mono nova-mono "
    "overpass-mono oxygen-mono red-hat-mono roboto-mono share-tech-mono source-code-pro "
    "space-mono syne-mono ubuntu-mono victor-mono xanh-mono"
).split()
_MACHINE_SHARE = 0.55
_HOLLOW_SHARE = 0.12  # of the rows: the outlines of letters alone, as a poor copy leaves them
_CELL = 40  # pixels of a cell on the drawing
_LENGTH = 32
_HIDDEN = 320


def fonts(without: tuple[str, ...] = ()) -> list[str]:
    """Return the files of the faces that are no OCR-B; families are fetched with npm."""
    files = [*DEBIAN, *(str(family(name)) for name in FAMILIES)]
    return [file for file in files if not any(part in file for part in without)]


def family(name: str, subset: str = "latin", style: str = "400-normal") -> Path:
    """Return the file of a family of npm's @fontsource, fetched where it is not here."""
    file = CACHE / f"{name}-{subset}-{style}.woff2"
    if not file.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tarfile.open(_package(name)) as archive:
            inside = archive.extractfile(f"package/files/{file.name}")
            assert inside is not None
            file.write_bytes(inside.read())
    return file


def _package(name: str) -> Path:
    found = sorted(CACHE.glob(f"fontsource-{name}-[0-9]*.tgz"))
    if found:
        return found[0]
    command = ["npm", "pack", "--silent", f"@fontsource/{name}"]
    made = subprocess.run(command, cwd=CACHE, check=True, capture_output=True)
    return CACHE / made.stdout.decode().split()[-1]


def row(file: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return cells (as `cells_of` gives them) of a row of random letters, and their kinds."""
    kinds = rng.integers(0, len(KINDS), _LENGTH)
    size = float(rng.uniform(8, 34))  # pixels of a cell in the photograph
    drawn = _drawn(file, kinds, rng)
    turn = np.radians(rng.uniform(-16, 16)) if rng.random() < 0.6 else 0.0
    lean = rng.normal(0, 0.09 if rng.random() < 0.2 else 0.03)
    scale = _CELL / size
    cos, sin = np.cos(turn) * scale, np.sin(turn) * scale
    high, wide = drawn.shape
    reach = int(np.hypot(high, wide) / scale / 2) + 6
    tall = int((wide * abs(np.sin(turn)) + high) / scale / 2) + 6
    # Photograph (x, y) shows drawing (x', y'): turned, scaled, leaning, about the middle.
    forth = np.array([[cos + lean * sin, -sin + lean * cos], [sin, cos]])
    start = np.array([wide / 2, high / 2]) - forth @ np.array([reach, tall])
    matrix = (*forth[0], start[0], *forth[1], start[1])
    soft = Image.fromarray(drawn).filter(ImageFilter.GaussianBlur(0.45 * scale))
    shot = soft.transform(
        (2 * reach, 2 * tall), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC
    )
    photograph = _spoiled(shot, size, rng)
    return _cut(photograph, forth, start, rng), kinds


def _drawn(file: str, kinds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    paper, ink = rng.uniform(170, 250), rng.uniform(5, 80)
    wide, high = (_LENGTH + 2) * _CELL, 3 * _CELL
    font = ImageFont.truetype(file, 40)
    share = rng.uniform(0.8, 1.0)
    font = ImageFont.truetype(file, max(8, round(40 * share * _CELL / font.getlength("M"))))
    layer = Image.new("L", (wide, high), 0)
    draw = ImageDraw.Draw(layer)
    shake = rng.choice([0.0, 0.0, 0.6])
    middle = font.getbbox("H", anchor="ls")
    foot = high / 2 - (middle[1] + middle[3]) / 2
    for i, kind in enumerate(kinds):
        at = (i + 1.5) * _CELL - font.getlength(KINDS[kind]) / 2 + rng.normal(0, shake)
        draw.text((at, foot + rng.normal(0, shake)), KINDS[kind], font=font, fill=255, anchor="ls")
    if rng.random() < _HOLLOW_SHARE:
        inside = layer.filter(ImageFilter.MinFilter(3))
        outside = layer.filter(ImageFilter.MaxFilter(3)) if rng.random() < 0.5 else layer
        layer = ImageChops.subtract(outside, inside)
    elif rng.random() < 0.3:
        layer = layer.filter(ImageFilter.MaxFilter(3))  # thicker strokes
    elif rng.random() < 0.2:
        layer = layer.filter(ImageFilter.MinFilter(3))
    cover = np.asarray(layer, np.float32) / 255
    if rng.random() < 0.3:
        cover = cover * np.clip(1 - 0.25 * np.abs(grain((high, wide), 8, rng)), 0.2, 1)
    ground = np.full((high, wide), paper, np.float32)
    if rng.random() < 0.4:
        ground -= _lines((high, wide), rng) * rng.uniform(5, 60)
    return np.asarray(np.clip(ground * (1 - cover) + ink * cover, 0, 255), np.uint8)


def _lines(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Return thin waves, as of a patterned ground or a seal's edge."""
    image = Image.new("L", (shape[1], shape[0]), 0)
    draw = ImageDraw.Draw(image)
    for _ in range(rng.integers(1, 14)):
        x = np.arange(-20, shape[1] + 20, 12)
        y = rng.uniform(0, shape[0]) + (x - shape[1] / 2) * rng.normal(0, 0.4)
        y += rng.uniform(0, 50) * np.sin(x * rng.uniform(0.002, 0.03) + rng.uniform(0, 6))
        draw.line(
            np.stack((x, y), axis=1).ravel().tolist(), fill=255, width=int(rng.integers(2, 7))
        )
    if rng.random() < 0.4:
        size = int(rng.integers(30, 80))
        font = ImageFont.truetype(DEBIAN[3], size)
        for y in range(int(rng.integers(-40, 10)), shape[0], size + int(rng.integers(4, 30))):
            text = "".join(rng.choice(list("АБВГДЕЖИКЛМНОПРСТУФЧШЯ "), 24))
            draw.text((int(rng.integers(-40, 300)), y), text, font=font, fill=255)
    return np.asarray(image, np.float32) / 255


def grain(shape: tuple[int, int], size: int, rng: np.random.Generator) -> np.ndarray:
    """Return soft noise of a standard deviation of about 1, in grains of `size` pixels."""
    small = rng.normal(size=(shape[0] // size + 2, shape[1] // size + 2)).astype(np.float32)
    return np.asarray(Image.fromarray(small).resize(shape[::-1], Image.Resampling.BICUBIC))


def _spoiled(shot: Image.Image, size: float, rng: np.random.Generator) -> np.ndarray:
    blurred = shot.filter(ImageFilter.GaussianBlur(rng.uniform(0.05, 0.075 * size + 0.25)))
    pixels = np.asarray(blurred, np.float32)
    pixels = pixels * np.clip(1 + 0.12 * grain(pixels.shape, 150, rng), 0.5, 1.3)
    pixels += rng.normal(0, 1, pixels.shape) * rng.uniform(0.5, 9)
    kept = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(
        kept, "JPEG", quality=int(rng.integers(50, 96))
    )
    return np.asarray(Image.open(kept))


def _cut(
    photograph: np.ndarray, forth: np.ndarray, start: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return the cells, sampled as strips are, a little off the true grid."""
    cells = (np.arange((_LENGTH + 2 * MARGIN) * PITCH) + 0.5) / PITCH - MARGIN - 0.5
    offsets = (np.arange(2 * HALF) - HALF + 0.5) / PITCH
    cells = (cells - _LENGTH / 2) * rng.normal(1, 0.002) + _LENGTH / 2 + rng.normal(0, 0.05)
    stretch, off = rng.normal(1, 0.06), rng.normal(0, 0.07)
    x = np.broadcast_to((cells + 1.5) * _CELL, (len(offsets), len(cells)))
    y = np.broadcast_to(((offsets * stretch + off + 1.5) * _CELL)[:, None], x.shape)
    back = np.linalg.inv(forth)
    u = back[0, 0] * (x - start[0]) + back[0, 1] * (y - start[1])
    v = back[1, 0] * (x - start[0]) + back[1, 1] * (y - start[1])
    strip = even(sampled(photograph, u, v))
    strip[np.abs(offsets) > rng.uniform(0.6, 1.0)] = 1.0
    return cells_of(strip)


def pool(rows: int, seed: int, files: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return features and kinds of the cells of many rows."""
    rng = np.random.default_rng(seed)
    seen, true = [], []
    for _ in range(rows):
        machine = rng.random() < _MACHINE_SHARE
        file = str(rng.choice(MACHINE if machine else files))
        cells, kinds = row(file, rng)
        seen.append(features(cells).astype(np.float32))
        true.append(kinds)
    return np.concatenate(seen), np.concatenate(true)


def trained(x: np.ndarray, y: np.ndarray, passes: int, seed: int = 1) -> list[np.ndarray]:
    """Return the two layers and their offsets, by Adam on the cross entropy."""
    rng = np.random.default_rng(seed)
    wide = x.shape[1]
    layers = [
        rng.normal(0, np.sqrt(2 / wide), (wide, _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, np.float32),
        rng.normal(0, np.sqrt(1 / _HIDDEN), (_HIDDEN, len(KINDS))).astype(np.float32),
        np.zeros(len(KINDS), np.float32),
    ]
    descend(
        layers, lambda part: _slopes(layers, x[part], y[part], rng), len(x), passes, rng, decay=1e-3
    )
    return layers


def _slopes(
    layers: list[np.ndarray], x: np.ndarray, y: np.ndarray, rng: np.random.Generator
) -> list[np.ndarray]:
    raw = x @ layers[0] + layers[1]
    keep = (rng.random(raw.shape) > 0.1).astype(np.float32) / 0.9
    hidden = np.maximum(raw, 0) * keep
    shares = _shares(hidden @ layers[2] + layers[3])
    off = (shares - 0.98 * np.eye(len(KINDS), dtype=np.float32)[y] - 0.02 / len(KINDS)) / len(x)
    back = (off @ layers[2].T) * keep * (raw > 0)
    return [x.T @ back, back.sum(axis=0), hidden.T @ off, off.sum(axis=0)]


def _shares(scores: np.ndarray) -> np.ndarray:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def write(layers: list[np.ndarray], out: Path, temperature: float = 1.0) -> None:
    """Write the weights as 8-bit integers with one scale for each output."""
    arrays = {}
    for name, weight, offset in (("first", *layers[:2]), ("second", *layers[2:])):
        scale = np.abs(weight).max(axis=0) / 127 + 1e-12
        arrays[name] = np.round(weight / scale).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)
        arrays[f"{name}_offset"] = offset.astype(np.float32)
    np.savez_compressed(out, **arrays, temperature=np.float32(temperature))


def right(layers: list[np.ndarray], x: np.ndarray, y: np.ndarray) -> float:
    """Return the share of cells whose kind comes first."""
    hidden = np.maximum(0, x @ layers[0] + layers[1])
    return float(((hidden @ layers[2] + layers[3]).argmax(axis=1) == y).mean())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=14000)
    parser.add_argument("--passes", type=int, default=14)
    parser.add_argument("--without", default="", help="families left out, by commas")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    left_out = tuple(part for part in args.without.split(",") if part)
    seen, true = pool(args.rows, 1, fonts(left_out))
    made = trained(seen, true, args.passes)
    write(made, args.out)
    checked = pool(150, 2, fonts())
    print(args.out, args.out.stat().st_size, "bytes; right:", right(made, *checked))
