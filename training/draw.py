"""Drawing labelled signatures: a name in some hand, inked, on paper, photographed, cropped."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from docexam.aids.script.normalise import Ink, find_ink, ink_of, view
from training import chimera, paper, strokes
from training.fonts import CACHE, Face
from training.words import WRITERS

Rng = np.random.Generator
Faces = dict[str, list[Face]]
CLASSES = ("Hang", "Cyrl", "Latn", "Hani", "Arab", "Zzzz", "Zxxx")
SIZE = 50
_PAD = 26
CAPTIONS = {
    "Cyrl": "подпись;(подпись);личная подпись;подпись владельца;(подпись, фамилия);М.П.;начальник;"
    "фамилия, инициалы;выдан;дата выдачи;командир части;отдел внутренних дел;действителен до".split(
        ";"
    ),
    "Latn": "signature;Signature of bearer;(signature);holder's signature;Name;Date;Authority;"
    "Unterschrift;Firma;signed by;place and date;valid until".split(";"),
}
cv2.setNumThreads(1)


@dataclass(frozen=True)
class Sample:
    """A crop (rows × columns × 3), the index of its class, and the face it was drawn with."""

    crop: np.ndarray
    label: int
    family: str


@cache
def letters(path: str) -> frozenset[int]:
    """Return the code points a font file has, kept beside it as JSON."""
    kept = CACHE / "letters" / (path.rsplit("/", 1)[-1] + ".json")
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        with TTFont(path, lazy=True) as font:
            kept.write_text(json.dumps(sorted(font.getBestCmap())))
    return frozenset(json.loads(kept.read_text()))


@cache
def _font(path: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, SIZE, layout_engine=ImageFont.Layout.RAQM)


def sample(rng: Rng, faces: Faces, label: int | None = None) -> Sample:
    """Return one drawn sample of a class (at random where none is given)."""
    label = int(rng.integers(len(CLASSES))) if label is None else label
    if CLASSES[label] == "Zxxx":
        return Sample(paper.photographed(rng, _empty(rng, faces)), label, "")
    mask, family = _drawn(rng, faces, label)
    return Sample(_photographed(rng, faces, _inked(rng, mask)), label, family)


def views(rng: Rng, faces: Faces, label: int) -> list[np.ndarray]:
    """Return views of a class for the pool: one text inked and captured several times.

    Two in five are ink as it left the pen, without paper: that is drawn in half the time.
    """
    if CLASSES[label] == "Zxxx":
        found = [find_ink(paper.photographed(rng, _empty(rng, faces)))]
    else:
        mask, _ = _drawn(rng, faces, label)
        found = [_found(rng, faces, _inked(rng, mask)) for _ in range(3)]
    return [_viewed(rng, ink) for ink in found if ink is not None]


def _found(rng: Rng, faces: Faces, ink: np.ndarray) -> Ink | None:
    if rng.random() < 0.6:
        return find_ink(_photographed(rng, faces, ink))
    high = ink.shape[0] * min(1.0, rng.uniform(30, 120) / ink.shape[0])
    size = max(12, round(ink.shape[1] * high / ink.shape[0])), max(12, round(high))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    return ink_of(small.astype(np.float32) / 255)


def _viewed(rng: Rng, ink: Ink) -> np.ndarray:
    turn = rng.normal(0, 0.07) if rng.random() < 0.8 else rng.uniform(-0.35, 0.35)
    return view(ink, turn, float(rng.uniform(0, 0.1)))


def _photographed(rng: Rng, faces: Faces, ink: np.ndarray) -> np.ndarray:
    return paper.photographed(rng, _on_paper(rng, faces, ink))


# --- ink ----------------------------------------------------------------------------------------


def _drawn(rng: Rng, faces: Faces, label: int) -> tuple[np.ndarray, str]:
    """Return a mask of a class and the family it was set in."""
    name = CLASSES[label]
    return (_scribbled(rng), "") if name == "Zzzz" else _written(rng, faces[name])


def _inked(rng: Rng, mask: np.ndarray) -> np.ndarray:
    """Return a mask decorated, bent and inked anew."""
    if rng.random() < 0.22:
        mask = mask.copy()
        _decorate(rng, mask)
    return _pen(rng, _bent(rng, mask), rng.random() < 0.5)


def _scribbled(rng: Rng) -> np.ndarray:
    paths = strokes.scribble(rng)
    every = np.vstack(paths)
    low, high = every.min(0), every.max(0)
    span = np.maximum(high - low, 1)
    scale = min(SIZE * rng.uniform(0.9, 1.7) / span[1], 280 / span[0])
    mask = np.zeros((int(span[1] * scale) + 2 * _PAD, int(span[0] * scale) + 2 * _PAD), np.uint8)
    width = rng.uniform(1, 4.5)
    for path in paths:
        strokes.draw_path(mask, (path - low) * scale + _PAD, width)
    return mask


def _written(rng: Rng, faces: list[Face]) -> tuple[np.ndarray, str]:
    for _ in range(80):
        face = _chosen(rng, faces)
        text = WRITERS[face.script](rng)
        if _covers(face, text):
            return _set(rng, face, text), face.family
    raise ValueError(f"no text for {face}")


def _chosen(rng: Rng, faces: list[Face]) -> Face:
    """Return a face: hands more often than print."""
    weights = np.array([face.weight for face in faces])
    return faces[int(rng.choice(len(faces), p=weights / weights.sum()))]


def _covers(face: Face, text: str) -> bool:
    own = letters(face.path)
    spare = letters(face.latin) if face.latin else own
    if face.chimera:
        return len(chimera.TELLING.intersection(text)) >= min(2, len(text) - 1)
    return all(ord(c) in own or (c in " .-" and ord(c) in spare) for c in text)


def _set(rng: Rng, face: Face, text: str) -> np.ndarray:
    """Return the text as a mask: as the font sets it, letter by letter, or downwards."""
    if face.script in ("Hang", "Hani") and rng.random() < 0.07:
        return _letters(rng, face, text.replace(" ", ""), down=True)
    if face.chimera:
        return _letters(rng, face, text)
    apart = {"Arab": 0.0, "Hang": 0.6, "Hani": 0.6}.get(face.script, 0.4)
    if rng.random() < apart:
        return _letters(rng, face, text)
    return _run(face, text)


def _run(face: Face, text: str) -> np.ndarray:
    pieces = _pieces(face, text)
    width = int(sum(_font(path).getlength(part) for path, part in pieces)) + 2 * _PAD + SIZE
    image = Image.new("L", (width, 3 * SIZE))
    draw, x = ImageDraw.Draw(image), float(_PAD + SIZE // 3)
    for path, part in pieces:
        draw.text((x, 2 * SIZE), part, 255, _font(path), anchor="ls")
        x += _font(path).getlength(part)
    return _trimmed(np.asarray(image))


def _pieces(face: Face, text: str) -> list[tuple[str, str]]:
    """Split a text by the file that has each letter; the Latin file has stops and digits."""
    own, pieces = letters(face.path), []
    for letter in text:
        path = face.path if ord(letter) in own else face.latin
        if pieces and pieces[-1][0] == path:
            pieces[-1] = (path, pieces[-1][1] + letter)
        else:
            pieces.append((path, letter))
    return pieces


def _letters(rng: Rng, face: Face, text: str, *, down: bool = False) -> np.ndarray:
    """Set each letter by itself, a little off in place, size, lean; joined by strokes at times."""
    placed, spots, at = [], [], 0.0
    loose, gap = rng.uniform(0.0, 0.1), rng.uniform(-0.14, 0.12) * SIZE
    shrink = rng.uniform(0.75, 1.0) if rng.random() < 0.2 else 1.0
    for i, letter in enumerate(text):
        if letter == " ":
            at += 0.3 * SIZE
            continue
        glyph, drop = _glyph(rng, face, letter)
        own = (shrink if i else 1.0) * np.exp(rng.normal(0, loose))
        glyph = _turned(glyph, rng.normal(0, 70 * loose), own)
        base = rng.normal(0, loose * SIZE) + drop * own
        placed.append((glyph, at, base))
        spots.append((at, glyph.shape))
        at += (glyph.shape[0 if down else 1]) - 2 * _PAD + gap
    return _assembled(rng, placed, at, down=down)


def _glyph(rng: Rng, face: Face, letter: str) -> tuple[np.ndarray, float]:
    """Return one letter as a mask, and how far its top lies below the base line (negative)."""
    if face.chimera:
        return _chimera(rng, face, letter)
    path = face.path if ord(letter) in letters(face.path) else face.latin
    return _run(face, letter), float(_font(path).getbbox(letter, anchor="ls")[1])


def _chimera(rng: Rng, face: Face, letter: str) -> tuple[np.ndarray, float]:
    """Put a Cyrillic letter together from the parts of its recipe."""
    canvas, at, before = np.zeros((4 * SIZE, 5 * SIZE), np.uint8), SIZE, SIZE
    font = _font(face.path)
    small = -font.getbbox("x", anchor="ls")[1] / max(-font.getbbox("H", anchor="ls")[1], 1)
    for part, does in chimera.recipe(letter, rng.random()):
        part = part if ord(part) in letters(face.path) else "u"
        glyph, top = _run(face, part), font.getbbox(part, anchor="ls")[1]
        glyph = glyph[:, ::-1] if "m" in does else glyph
        glyph = glyph[::-1] if "f" in does else glyph
        glyph = glyph[::-1, ::-1] if "t" in does else glyph
        glyph = glyph[_PAD:-_PAD, _PAD:-_PAD]
        if "s" in does:
            size = max(1, int(glyph.shape[1] * small)), max(1, int(glyph.shape[0] * small))
            glyph, top = cv2.resize(glyph, size, interpolation=cv2.INTER_AREA), top * small
        if "t" in does:
            top = -glyph.shape[0] * rng.uniform(0.7, 1.0)
        h, w = glyph.shape
        left = before + (at - before - w) // 2 if "o" in does else at
        y = int(2 * SIZE + top + (SIZE / 6 if "l" in does else 0))
        left, y = max(0, min(left, canvas.shape[1] - w)), max(0, min(y, canvas.shape[0] - h))
        spot = canvas[y : y + h, left : left + w]
        np.maximum(spot, glyph, out=spot)
        if "o" not in does:
            before, at = left, left + w - int(rng.uniform(0, 4))
    rows = np.flatnonzero(canvas.any(1))
    return _trimmed(canvas), float(rows[0] - 2 * SIZE) if len(rows) else 0.0


def _assembled(rng: Rng, placed: list, length: float, *, down: bool) -> np.ndarray:
    side = max(max(g.shape) for g, _, _ in placed)
    shape = (
        (int(length) + 3 * SIZE, side + 3 * SIZE) if down else (5 * SIZE, int(length) + 3 * SIZE)
    )
    shape = (max(shape[0], side + 2), max(shape[1], side + 2))
    canvas = np.zeros(shape, np.uint8)
    join = rng.random() < 0.2
    last = None
    for glyph, at, base in placed:
        h, w = glyph.shape
        left, top = (SIZE, int(at) + SIZE) if down else (int(at) + SIZE // 2, int(3 * SIZE + base))
        left, top = np.clip(left, 0, shape[1] - w), np.clip(top, 0, shape[0] - h)
        part = canvas[top : top + h, left : left + w]
        np.maximum(part, glyph, out=part)
        ends = _ends(glyph)
        if join and last is not None and rng.random() < 0.6:
            start, end = last, ends[0] + [left, top]
            middle = (start + end) / 2 + rng.normal(0, 6, 2) + [0, rng.uniform(-5, 10)]
            strokes.draw_path(canvas, strokes.spline(np.stack([start, middle, end])), 3)
        last = ends[1] + [left, top]
    return _trimmed(canvas)


def _ends(glyph: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a point of the left-most and of the right-most ink, low down."""
    y, x = np.nonzero(glyph > 128)
    if not len(x):
        return np.zeros(2), np.zeros(2)
    first, last = np.argmin(x - 0.2 * y), np.argmax(x + 0.4 * y)
    return np.array([x[first], y[first]], float), np.array([x[last], y[last]], float)


def _turned(glyph: np.ndarray, degrees: float, scale: float) -> np.ndarray:
    h, w = glyph.shape
    size = max(1, int(w * scale)), max(1, int(h * scale))
    to = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, scale)
    to[:, 2] += [(size[0] - w) / 2, (size[1] - h) / 2]
    return cv2.warpAffine(glyph, to, size, flags=cv2.INTER_LINEAR)


def _trimmed(mask: np.ndarray) -> np.ndarray:
    """Return the mask cut to its ink with a pad around it."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return np.zeros((2 * _PAD + 2, 2 * _PAD + 2), np.uint8)
    cut = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.pad(cut, _PAD)


def _decorate(rng: Rng, mask: np.ndarray) -> None:
    """Add what people add to names: underline, a line through, a tail, a loop, dots."""
    h, w = mask.shape
    left, right, top, low = _PAD, w - _PAD, _PAD, h - _PAD
    width, tall = rng.uniform(1.4, 4.4), low - top
    for _ in range(1 if rng.random() < 0.7 else 2):
        kind = rng.random()
        if kind < 0.35:
            y = low + rng.uniform(-0.35, 0.35) * min(tall, 50)
            x = np.linspace(left - rng.uniform(-20, 25), right + rng.uniform(-20, 30), 4)
            path = strokes.spline(np.stack([x, y + rng.normal(0, 6, 4)], 1))
        elif kind < 0.75:
            start = np.array([right - rng.uniform(0, 12), top + rng.uniform(0.2, 1.0) * tall])
            path = strokes.flourish(rng, start, w - 2 * _PAD)
        elif kind < 0.88:
            t = np.linspace(0, 2 * np.pi * rng.uniform(0.5, 1.3), 60) + rng.uniform(0, 6)
            x = left + rng.uniform(0, 1) * (right - left) + rng.uniform(12, 65) * np.cos(t)
            y = (top + low) / 2 + rng.uniform(0.3, 0.75) * tall * np.sin(t)
            path = np.stack([x, y], 1)
        else:
            start = np.array([left + rng.uniform(0, 20), top + rng.uniform(0, 1) * tall])
            path = strokes.flourish(rng, start, 0.5 * (w - 2 * _PAD))
        strokes.draw_path(mask, path, width)


def _bent(rng: Rng, mask: np.ndarray) -> np.ndarray:
    """Return the mask with slant, narrowing, turn, drifting base line, elastic bends, tremor."""
    h, w = mask.shape
    turn = np.radians(rng.normal(0, 5) if rng.random() < 0.75 else rng.uniform(-30, 30))
    slant = rng.normal(0, 0.22) if rng.random() < 0.7 else 0.0
    wide, high = np.exp(rng.normal(0, 0.14)), np.exp(rng.normal(0, 0.1))
    to = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    to = to @ np.array([[1, slant], [0, 1]]) @ np.diag([wide, high])
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]]) @ to.T
    low, size = corners.min(0), np.ceil(np.ptp(corners, axis=0)).astype(int)
    back = np.linalg.inv(to)
    x, y = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))
    sx = (back[0, 0] * (x + low[0]) + back[0, 1] * (y + low[1])).astype(np.float32)
    sy = (back[1, 0] * (x + low[0]) + back[1, 1] * (y + low[1])).astype(np.float32)
    bends = [
        (rng.uniform(36, 100), rng.uniform(0, 5.5)),
        (rng.uniform(13, 28), rng.uniform(0, 1.9)),
    ]
    if rng.random() < 0.2:
        bends.append((rng.uniform(3.5, 7), rng.uniform(0.3, 0.9)))
    for cells, by in bends:
        sx += by * strokes.smooth_noise(rng, x.shape, cells)
        sy += by * strokes.smooth_noise(rng, x.shape, cells)
    if rng.random() < 0.3:
        sy += rng.uniform(0, 10) * np.sin(sx / w * rng.uniform(2, 7) + rng.uniform(0, 6))
    return cv2.remap(mask, sx, sy, cv2.INTER_LINEAR)


def _pen(rng: Rng, mask: np.ndarray, anew: bool) -> np.ndarray:
    """Return the mask as some pen leaves it on paper."""
    if anew:
        mask = strokes.reinked(rng, mask, rng.choice((rng.uniform(1.2, 3.4), rng.uniform(3, 6.5))))
    else:
        by = int(rng.integers(-1, 3))
        if by:
            kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(by) + 1, abs(by) + 1))
            changed = cv2.dilate(mask, kernel) if by > 0 else cv2.erode(mask, kernel)
            mask = changed if changed.sum() > 0.4 * mask.sum() else mask
    return strokes.worn(rng, mask) if rng.random() < 0.2 else mask


# --- on paper -----------------------------------------------------------------------------------


def _cut(rng: Rng, ink: np.ndarray) -> np.ndarray:
    """Return the ink with the margins of a crop: loose as a rule, too tight at times."""
    y, x = np.nonzero(ink > 60)
    if not len(x):
        return ink
    h, w = np.ptp(y) + 1, np.ptp(x) + 1
    if rng.random() < 0.15:
        edges = rng.uniform(-0.12, 0.1, 4)
    else:
        edges = rng.uniform(0.02, 0.5, 4) * (1 if rng.random() < 0.7 else 2)
    top, low = y.min() - edges[0] * h, y.max() + edges[1] * h
    left, right = x.min() - min(edges[2] * w, 1.5 * h), x.max() + min(edges[3] * w, 1.5 * h)
    size = max(int(right - left), 8), max(int(low - top), 8)
    to = np.array([[1, 0, -left], [0, 1, -top]], np.float32)
    return cv2.warpAffine(ink, to, size)


def _sized(rng: Rng, ink: np.ndarray) -> np.ndarray:
    """Return the crop at the resolution of some capture: 24 to 200 pixels high."""
    high = float(np.exp(rng.uniform(np.log(34), np.log(150))))
    factor = min(high / ink.shape[0], 400 / ink.shape[1])
    factor = max(factor, 14 / ink.shape[0])
    size = max(12, round(ink.shape[1] * factor)), max(12, round(ink.shape[0] * factor))
    return cv2.resize(ink, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)


def _caption(rng: Rng, faces: Faces) -> np.ndarray:
    """Return printed words: what forms say under a signature, a name, a date."""
    face = faces["Print"][int(rng.integers(len(faces["Print"])))]
    kind, given = rng.random(), CAPTIONS[face.script]
    if kind < 0.45:
        text = given[int(rng.integers(len(given)))]
    elif kind < 0.85:
        text = WRITERS[face.script](rng)
    else:
        text = f"{rng.integers(1, 32):02d}.{rng.integers(1, 13):02d}.{rng.integers(1960, 2030)}"
    text = text if _covers(face, text) else given[0]
    return _run(face, text)[_PAD:-_PAD, _PAD:-_PAD]


def _on_paper(rng: Rng, faces: Faces, ink: np.ndarray) -> np.ndarray:
    ink = _sized(rng, _cut(rng, ink))
    sheet = paper.sheet(rng, ink.shape)
    if rng.random() < 0.3:
        paper.rule(rng, sheet)
    before = rng.random() < 0.5
    stamped = rng.random() < 0.12
    if stamped and before:
        paper.stamp_edge(rng, sheet)
    while rng.random() < 0.2:
        paper.printed(rng, sheet, _caption(rng, faces))
    sheet = paper.inked(rng, sheet, ink)
    if stamped and not before:
        paper.stamp_edge(rng, sheet)
    return sheet


def _empty(rng: Rng, faces: Faces) -> np.ndarray:
    """Return paper without handwriting: bare, ruled, printed, shaded, smudged, a stamp's edge."""
    high = int(np.exp(rng.uniform(np.log(24), np.log(140))))
    sheet = paper.sheet(rng, (high, min(int(high * rng.uniform(1.0, 5.5)) + 12, 400)))
    kinds = (
        paper.rule,
        paper.rule,
        paper.stamp_edge,
        paper.smudge,
        paper.shadow,
        paper.specks,
        paper.box_edge,
    )
    while rng.random() < 0.4:
        paper.printed(rng, sheet, _caption(rng, faces))
    for _ in range(int(rng.integers(0, 4))):
        kinds[int(rng.integers(len(kinds)))](rng, sheet)
    return sheet


def jpeg(rng: Rng, image: np.ndarray, quality: int) -> np.ndarray:
    """Return the image as JPEG of that quality gives it back."""
    kept = io.BytesIO()
    Image.fromarray(image).save(kept, "JPEG", quality=quality)
    return np.asarray(Image.open(kept))
