"""What else a photograph of a page shows: other papers, a pen, a thumb that holds it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from .sheet import Rng
from .truth import Quad

_SKINS = ((214, 170, 146), (196, 150, 120), (158, 112, 86), (226, 190, 170))


def clutter(under: Image.Image, rng: Rng) -> Image.Image:
    """Lay the corner of another paper, or a pen, on the table; the page will lie over them."""
    width, height = under.size
    draw = ImageDraw.Draw(under)
    if rng.random() < 0.55:
        x, y = (float(rng.choice((-0.05, 1.05))) * width, float(rng.uniform(0, 1)) * height)
        a, half = float(rng.uniform(0, np.pi)), float(rng.uniform(0.14, 0.3)) * width
        ring = [
            (x + half * np.cos(a + k * np.pi / 2), y + half * np.sin(a + k * np.pi / 2))
            for k in range(4)
        ]
        tone = int(rng.integers(150, 235))
        draw.polygon(ring, fill=(tone, tone - 3, tone - int(rng.integers(2, 24))))
    else:
        x, y = float(rng.uniform(0.0, 0.12)) * width, float(rng.uniform(0.1, 0.5)) * height
        end = (x + float(rng.uniform(-0.03, 0.1)) * width, y + 0.42 * height)
        thick = round(width / 95)
        body = tuple(int(v) for v in rng.integers(15, 90, 3))
        draw.line(((x + 7, y + 7), (end[0] + 7, end[1] + 7)), fill=(30, 28, 26), width=thick)
        draw.line(((x, y), end), fill=body, width=thick)
        draw.line(
            ((x - 2, y), (end[0] - 2, end[1])), fill=(150, 150, 155), width=max(1, thick // 6)
        )
    return under


def finger(scene: Image.Image, page: Quad, scale: float, rng: Rng) -> Image.Image:
    """Hold the page with a thumb at the middle of its right, left or lower edge."""
    corners = [np.asarray(p) for p in page]
    edge = int(rng.integers(1, 4))
    at = corners[edge] + (corners[(edge + 1) % 4] - corners[edge]) * float(rng.uniform(0.35, 0.65))
    inward = np.mean(corners, axis=0) - at
    along = _turned(inward / np.hypot(*inward), float(rng.uniform(-0.5, 0.5)))
    across = np.array([-along[1], along[0]])
    tip = at + along * 2.5 * scale
    # Half the thumb's width in mm at distances from its tip: it widens towards the hand.
    shape = ((0, 7.6), (9, 8.4), (22, 8.0), (45, 10.5), (80, 15), (240, 34))
    sides = [(tip - along * far * scale, across * half * scale) for far, half in shape]
    ring = [tuple(p + q) for p, q in sides] + [tuple(p - q) for p, q in reversed(sides)]
    mask = Image.new("L", scene.size)
    draw = ImageDraw.Draw(mask)
    draw.polygon(ring, fill=255)
    draw.ellipse([*(tip - 7.6 * scale), *(tip + 7.6 * scale)], fill=255)
    dark = mask.filter(ImageFilter.GaussianBlur(1.6 * scale))
    dark = dark.point([round(v * 0.35) for v in range(256)])
    scene = Image.composite(Image.new("RGB", scene.size, (25, 20, 18)), scene, dark)
    hand = _skin(mask, scale, rng)
    nail = Image.new("L", scene.size)
    heart = tip + along * 1.5 * scale
    ends = [tuple(heart + _turned(along, t) * scale * r) for t, r in _NAIL]
    ImageDraw.Draw(nail).polygon(ends, fill=90)
    pale = Image.new("RGB", scene.size, (238, 205, 196))
    hand = Image.composite(pale, hand, nail.filter(ImageFilter.GaussianBlur(0.5 * scale)))
    return Image.composite(hand, scene, mask.filter(ImageFilter.GaussianBlur(1.2)))


# The outline of a nail: radii in mm around its middle by angle from the thumb's direction.
_NAIL = [(t, 4.2 + 1.1 * abs(np.cos(t))) for t in np.linspace(0, 2 * np.pi, 24, endpoint=False)]


def _turned(vector: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([c * vector[0] - s * vector[1], s * vector[0] + c * vector[1]])


def _skin(mask: Image.Image, scale: float, rng: Rng) -> Image.Image:
    """Return skin that is darker towards the outline."""
    skin = _SKINS[int(rng.integers(len(_SKINS)))]
    small = mask.resize((mask.width // 8, mask.height // 8))
    shade = small.filter(ImageFilter.GaussianBlur(0.45 * scale)).resize(mask.size)
    round_off = [0.5 + 0.5 * (v / 255) ** 2 for v in range(256)]
    return Image.merge("RGB", [shade.point([round(c * part) for part in round_off]) for c in skin])
