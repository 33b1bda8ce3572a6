"""What must not be taken for a stamp, as masks like those of strikes.

Emblems drawn here and of icon fonts, crests, places for seals, rings of cups, buttons, overprinted
letters, paragraphs, tables, rows of a machine-readable zone, rosettes, fingers' prints, loops of a
pen, bars, and patches of pictures.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from benchmarks.aids.emblems import emblem
from PIL import Image, ImageDraw, ImageFilter

from training.seals.icons import printed
from training.seals.masks import (
    REACH,
    SIDE,
    Plane,
    Rng,
    blob,
    ellipse,
    face,
    lines,
    smooth,
    to_bytes,
    words,
)

_RADIUS, _MIDDLE = SIDE / 2 * REACH, SIDE / 2
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789АБВГДЕЖЗИКЛМНОПРСТУФЦЧШЭЮЯОСЕООО"


def lure(rng: Rng) -> Plane:
    """Return one at random, SIDE × SIDE, 0 to 255."""
    return _MAKERS[int(rng.choice(len(_MAKERS), p=_OFTEN))](rng)


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (SIDE, SIDE))
    return image, ImageDraw.Draw(image)


def _emblem(rng: Rng) -> Plane:
    """An emblem in even print, without words."""
    image, draw = _blank()
    if rng.random() < 0.5:
        blob(draw, _RADIUS * 0.95, 1.0, rng)
    else:
        side = round(2 * _RADIUS)
        y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side * 2 - 1
        corner = round(_MIDDLE - _RADIUS)
        image.paste(255, (corner, corner), Image.fromarray(to_bytes(emblem("dev", (x, y), rng))))
    if rng.random() < 0.5:
        ellipse(image, _RADIUS, _RADIUS, _RADIUS * float(rng.uniform(0.01, 0.06)))
    return np.asarray(image)


def _figure(rng: Rng) -> Plane:
    """An emblem of any make: petals, teeth, leaves, beads, stars, crosses, towers, smooth figures."""
    y, x = (np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) + 0.5) / SIDE * 2 - 1
    x, y = x / REACH, y / REACH
    whole = np.zeros((SIDE, SIDE), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        size = float(rng.uniform(0.35, 1.0))
        part = _parts[int(rng.integers(len(_parts)))](x / size, y / size, rng)
        way = rng.random()
        if way < 0.5:
            whole = np.maximum(whole, part)
        elif way < 0.75:
            inner = float(rng.uniform(0.6, 0.92))
            again = _scaled(part, inner)
            whole = np.maximum(whole, part - again)
        else:
            whole = np.abs(whole - part)
    if rng.random() < 0.5:
        r = np.hypot(x, y)
        for _ in range(int(rng.integers(1, 3))):
            where, wide = float(rng.uniform(0.8, 1.0)), float(rng.uniform(0.006, 0.035))
            whole = np.maximum(whole, (np.abs(r - where) < wide).astype(np.float32))
    image = Image.fromarray(to_bytes(whole))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.4, 1.5)))))


def _scaled(plane: Plane, share: float) -> Plane:
    small = Image.fromarray(plane).resize((round(SIDE * share),) * 2, Image.Resampling.BILINEAR)
    whole = np.zeros_like(plane)
    at = (SIDE - small.width) // 2
    whole[at : at + small.height, at : at + small.width] = np.asarray(small)
    return whole


def _petals(x: Plane, y: Plane, rng: Rng) -> Plane:
    r, a = np.hypot(x, y), np.arctan2(x, -y)
    count = int(rng.integers(3, 26))
    wave = np.abs(np.cos(count * a / 2 + float(rng.uniform(0, 3)))) ** float(rng.uniform(0.3, 4))
    if rng.random() < 0.4:
        wave = np.tanh(4 * (wave - 0.5)) / 2 + 0.5
    low = float(rng.uniform(0.2, 0.9))
    return (r < low + (1 - low) * wave).astype(np.float32)


def _leaves(x: Plane, y: Plane, rng: Rng) -> Plane:
    """A ring of leaves, beads or teeth, whole or open at the top."""
    r, a = np.hypot(x, y), np.arctan2(x, -y)
    count, where = int(rng.integers(8, 60)), float(rng.uniform(0.55, 0.92))
    swirl = float(rng.uniform(-9, 9))
    wave = np.abs(np.sin(count * a / 2 + swirl * (r - where))) ** float(rng.uniform(0.5, 2))
    wide = float(rng.uniform(0.04, 0.18))
    ring = np.abs(r - where) < wide * wave + (0.01 if rng.random() < 0.5 else 0)
    open_ = float(rng.uniform(0.2, 0.9)) if rng.random() < 0.4 else 0.0
    return (ring & (np.abs(a) > open_)).astype(np.float32)


def _rays(x: Plane, y: Plane, rng: Rng) -> Plane:
    r, a = np.hypot(x, y), np.arctan2(x, -y)
    count = int(rng.integers(5, 40))
    low, high = sorted(rng.uniform(0.1, 1.0, 2))
    ray = np.cos(count * a) > float(rng.uniform(-0.5, 0.7))
    return (ray & (r > low) & (r < high)).astype(np.float32)


def _cross(x: Plane, y: Plane, rng: Rng) -> Plane:
    wide, flare = float(rng.uniform(0.1, 0.4)), float(rng.uniform(-0.1, 0.5))
    up = (np.abs(x) < wide + flare * np.abs(y)) & (np.abs(y) < 1)
    across = (np.abs(y) < wide + flare * np.abs(x)) & (np.abs(x) < 1)
    return (up | across).astype(np.float32)


def _tiers(x: Plane, y: Plane, rng: Rng) -> Plane:
    """Stacks of boxes and triangles: towers, trees, ships."""
    whole = np.zeros_like(x, dtype=bool)
    top = -0.9
    for _ in range(int(rng.integers(2, 6))):
        high, wide = float(rng.uniform(0.15, 0.6)), float(rng.uniform(0.1, 0.75))
        inside = (y > top) & (y < top + high)
        slope = (y - top) / high if rng.random() < 0.5 else 1.0
        row = inside & (np.abs(x) < wide * slope)
        if rng.random() < 0.3:
            row &= np.sin(x * float(rng.uniform(8, 30))) > 0
        whole |= row
        top += high * float(rng.uniform(0.5, 1.0))
    return whole.astype(np.float32)


def _smooth(x: Plane, y: Plane, rng: Rng) -> Plane:
    """A smooth figure alike on both sides, perhaps striped."""
    r, a = np.hypot(x, y), np.arctan2(x, -y)
    edge = 0.6 + sum(
        float(rng.normal(0, 0.22 / (1 + 0.3 * k))) * np.cos(k * a) for k in range(1, 9)
    )
    whole = r < edge
    if rng.random() < 0.4:
        whole &= np.sin((x if rng.random() < 0.5 else y) * float(rng.uniform(9, 40))) > 0
    return whole.astype(np.float32)


_parts = (_petals, _leaves, _leaves, _rays, _cross, _tiers, _smooth)


def _crest(rng: Rng) -> Plane:
    """A fine emblem of many curves, alike on both sides."""
    image, draw = _blank()
    for _ in range(int(rng.integers(6, 30))):
        box = rng.uniform(0.05, 0.95, 4) * _RADIUS
        y0 = float(rng.uniform(-0.9, 0.5)) * _RADIUS
        turn = sorted(rng.uniform(0, 360, 2))
        for side in (-1, 1):
            x0, x1 = sorted((_MIDDLE + side * box[0], _MIDDLE + side * box[1]))
            area = (x0, _MIDDLE + y0, x1 + 2, _MIDDLE + y0 + box[2])
            start, end = turn if side > 0 else (180 - turn[1], 180 - turn[0])
            draw.arc(area, start, end, fill=255, width=int(rng.integers(1, 6)))
    return np.asarray(image)


def _place(rng: Rng) -> Plane:
    """The place for a seal, or a circle drawn by hand."""
    image, _ = _blank()
    flat = 1.0 if rng.random() < 0.6 else float(rng.uniform(0.4, 1))
    ellipse(image, _RADIUS, _RADIUS * flat, _RADIUS * float(rng.uniform(0.008, 0.05)))
    if rng.random() < 0.4:
        lines(image, (_RADIUS * 0.7, _RADIUS * 0.4), (_MIDDLE, _MIDDLE), rng)
    return np.asarray(image)


def _cup(rng: Rng) -> Plane:
    """The ring of a wet cup."""
    y, x = (np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) + 0.5) / SIDE * 2 - 1
    r = np.hypot(x, y) + 0.015 * smooth(rng, 90)
    wide = float(rng.uniform(0.015, 0.06))
    rim = np.exp(-(((r - 0.82) / wide) ** 2))
    return to_bytes(rim * np.clip(0.6 + 0.5 * smooth(rng, 150), 0.05, 1) + 0.06 * (r < 0.8))


def _button(rng: Rng) -> Plane:
    """A filled button, coin, head or lens."""
    image, _ = _blank()
    flat = float(rng.uniform(0.4, 1))
    ellipse(image, _RADIUS * 0.7, _RADIUS * 0.7 * flat, _RADIUS if rng.random() < 0.6 else 14)
    if rng.random() < 0.6:
        ellipse(image, _RADIUS * 0.4, _RADIUS * 0.4 * flat, 12)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.5, 6)))))


def _letters(rng: Rng) -> Plane:
    """Large letters, as SPECIMEN is printed over pages."""
    image, draw = _blank()
    count = int(rng.integers(1, 9))
    text = "".join(_SIGNS[int(k)] for k in rng.integers(len(_SIGNS), size=count))
    font = face(rng, 60)
    room = SIDE * float(rng.uniform(0.5, 0.95))
    font = font.font_variant(size=max(12, round(60 * room / max(font.getlength(text), 40))))
    stroke = int(rng.integers(1, 4)) if rng.random() < 0.2 else 0
    fill = 0 if stroke else 255
    rows = int(rng.integers(1, 3)) if font.size < SIDE / 3 else 1
    for k in range(rows):
        at = (_MIDDLE, _MIDDLE + (k - (rows - 1) / 2) * 1.3 * font.size)
        draw.text(at, text, fill=fill, font=font, anchor="mm", stroke_width=stroke, stroke_fill=255)
    return np.asarray(image)


def _paragraph(rng: Rng) -> Plane:
    """Lines of print."""
    image, draw = _blank()
    size = float(rng.uniform(9, 30))
    font, y = face(rng, size), 4.0
    while y < SIDE * float(rng.uniform(0.3, 1.0)):
        draw.text((4, y), words(rng, 2, 9), fill=255, font=font)
        y += size * float(rng.uniform(1.2, 1.9))
    return np.asarray(image)


def _zone(rng: Rng) -> Plane:
    """Rows of a machine-readable zone, or of digits."""
    image, draw = _blank()
    size = float(rng.uniform(14, 30))
    font = face(rng, size)
    for k in range(int(rng.integers(1, 4))):
        row = "".join("<<<ABCDEMNRSTU0123456789"[int(n)] for n in rng.integers(24, size=30))
        draw.text((4, _MIDDLE + k * 1.5 * size), row, fill=255, font=font)
    return np.asarray(image)


def _rosette(rng: Rng) -> Plane:
    """Interlaced curves around a middle."""
    image, draw = _blank()
    turn = np.linspace(0, 2 * np.pi, 720)
    waves, deep = int(rng.integers(3, 18)), float(rng.uniform(0.1, 0.6))
    for k in range(int(rng.integers(2, 14))):
        r = _RADIUS * (1 - deep * (0.5 + 0.5 * np.cos(waves * turn + 0.5 * k)))
        r *= float(rng.uniform(0.9, 1.0)) if rng.random() < 0.5 else 1 - 0.05 * k
        points = np.stack((_MIDDLE + r * np.cos(turn), _MIDDLE + r * np.sin(turn)), axis=1)
        draw.line([tuple(p) for p in points.tolist()], fill=255, width=int(rng.integers(1, 4)))
    return np.asarray(image)


def _finger(rng: Rng) -> Plane:
    """The print of a finger: ridges around a core, sharp, smeared or filled, in an oval."""
    y, x = (np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) + 0.5) / SIDE * 2 - 1
    core = float(rng.uniform(-0.1, 0.4))
    bend = np.hypot(x * float(rng.uniform(0.8, 1.6)), (y - core) * float(rng.uniform(0.5, 1.1)))
    bend += float(rng.uniform(0.02, 0.1)) * smooth(rng, float(rng.uniform(50, 140)))
    bend += float(rng.uniform(-0.4, 0.4)) * (y if rng.random() < 0.5 else x)
    ridges = 0.5 + 0.5 * np.sin(bend * float(rng.uniform(30, 130)))
    if rng.random() < 0.5:
        ridges = np.clip((ridges - float(rng.uniform(0.2, 0.6))) * float(rng.uniform(2, 6)), 0, 1)
    filled = float(rng.uniform(0, 0.8)) if rng.random() < 0.6 else 0.0
    ridges = filled + (1 - filled) * ridges
    wide, reach = float(rng.uniform(1.1, 1.6)), float(rng.uniform(0.7, 0.87))
    edge = reach + float(rng.uniform(0, 0.06)) * smooth(rng, 60) - np.hypot(x * wide, y)
    inside = np.clip(edge * float(rng.uniform(3, 25)), 0, 1)
    uneven = float(rng.uniform(0.05, 0.35))
    return to_bytes(ridges * inside * np.clip(1 - uneven + uneven * smooth(rng, 100), 0, 1))


def _table(rng: Rng) -> Plane:
    """Ruled cells, most with print in them."""
    image, draw = _blank()
    line = int(rng.integers(1, 5))
    across, y = np.sort(rng.uniform(0, SIDE, int(rng.integers(1, 6)))), 3.0
    for x in across:
        draw.line((x, 0, x, SIDE), fill=255, width=line)
    left = [3.0, *across.tolist()]
    while y < SIDE:
        high = float(rng.uniform(20, 110))
        draw.line((0, y, SIDE, y), fill=255, width=line)
        font = face(rng, min(high * 0.6, float(rng.uniform(9, 30))))
        for x, end in zip(left, [*left[1:], SIDE], strict=True):
            if rng.random() < 0.6 and end - x > 20:
                row = words(rng, 1, 4)
                while row and font.getlength(row) > end - x - 8:
                    row = row[:-1]
                draw.text((x + 6, y + high / 2), row, fill=255, font=font, anchor="lm")
        y += high
    return np.asarray(image)


def _loops(rng: Rng) -> Plane:
    """Loops and zigzags of a pen."""
    image, draw = _blank()
    count = int(rng.integers(4, 30))
    steps = np.arange(count)
    x = (
        np.linspace(0.1, 0.9, count) * SIDE
        if rng.random() < 0.7
        else rng.uniform(0.1, 0.9, count) * SIDE
    )
    high = float(rng.uniform(0.05, 0.4)) * SIDE
    y = _MIDDLE + high * np.sin(steps * float(rng.uniform(0.7, 3.1))) * rng.uniform(0.3, 1, count)
    x = x + float(rng.uniform(0, 0.15)) * SIDE * np.cos(steps * float(rng.uniform(0.7, 3.1)))
    fine = np.linspace(0, count - 1, count * 12)
    if rng.random() < 0.75:
        x, y = _bent(x, fine), _bent(y, fine)
    points = [(float(u), float(v)) for u, v in zip(x, y, strict=True)]
    draw.line(points, fill=255, width=int(rng.integers(3, 10)), joint="curve")
    return np.asarray(image)


def _bent(values: np.ndarray, fine: np.ndarray) -> np.ndarray:
    """Return a smooth run through values (Catmull-Rom)."""
    at = np.clip(fine.astype(int), 0, len(values) - 2)
    t = fine - at
    p = [values[np.clip(at + k, 0, len(values) - 1)] for k in (-1, 0, 1, 2)]
    return 0.5 * (
        2 * p[1]
        + (p[2] - p[0]) * t
        + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t**2
        + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t**3
    )


def _bars(rng: Rng) -> Plane:
    """Bars, checks and grids."""
    cell = int(rng.integers(3, 24))
    count = SIDE // cell + 1
    across = rng.random(count) < 0.5
    down = rng.random(count) < 0.5 if rng.random() < 0.4 else np.ones(count, bool)
    cells = (
        np.where(across[None, :], down[:, None], ~down[:, None])
        if rng.random() < 0.5
        else (rng.random((count, count)) < 0.5)
    )
    whole = np.kron(cells, np.ones((cell, cell)))[:SIDE, :SIDE].copy()
    edge = round(SIDE * float(rng.uniform(0.05, 0.4)))
    whole[:edge], whole[SIDE - edge :] = 0, 0
    return to_bytes(whole)


def _patch(rng: Rng) -> Plane:
    """A patch of a picture: fields of tone with soft and hard edges."""
    field = sum(smooth(rng, float(c)) for c in np.exp(rng.uniform(np.log(12), np.log(160), 3)))
    y, x = (np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) + 0.5) / SIDE * 2 - 1
    for _ in range(int(rng.integers(0, 5))):
        u, v = rng.uniform(-0.6, 0.6, 2)
        a, b = rng.uniform(0.1, 0.7, 2)
        field = np.where(
            ((x - u) / a) ** 2 + ((y - v) / b) ** 2 < 1, field * 0.4 + rng.normal(), field
        )
    wide, high = rng.uniform(0.4, 0.9, 2)
    return to_bytes(np.clip(0.4 + 0.3 * field, 0, 1) * (np.abs(x) < wide) * (np.abs(y) < high))


# Each maker, and how often it is drawn beside the others.
_SHARES: dict[Callable[[Rng], Plane], int] = {
    printed: 8,
    _figure: 5,
    _emblem: 2,
    _crest: 1,
    _finger: 4,
    _letters: 3,
    _table: 3,
    _place: 1,
    _cup: 1,
    _button: 1,
    _paragraph: 1,
    _zone: 1,
    _rosette: 1,
    _loops: 1,
    _bars: 1,
    _patch: 2,
}
_MAKERS = tuple(_SHARES)
_OFTEN = np.array(tuple(_SHARES.values())) / sum(_SHARES.values())


if __name__ == "__main__":
    import sys

    rng = np.random.default_rng(int(sys.argv[2]))
    sheet = Image.new("L", (SIDE * 8, SIDE * 5))
    for k in range(40):
        sheet.paste(Image.fromarray(255 - lure(rng)), (k % 8 * SIDE, k // 8 * SIDE))
    sheet.resize((1248, 780)).save(sys.argv[1])
