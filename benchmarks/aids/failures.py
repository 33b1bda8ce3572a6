"""Pictures of failures: what was true and what was said, drawn on the scene."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from .fonts import SAMPLES
from .material import Picture
from .truth import Point

Shape: TypeAlias = tuple[str, Sequence[Point]]
_COLOURS = {"true": (0, 210, 0), "said": (255, 60, 0), "other": (0, 160, 255)}
_LONGEST = 1300


def _font() -> ImageFont.FreeTypeFont:
    """Return a face with Cyrillic letters, which Pillow's own has not."""
    return ImageFont.truetype(str(SAMPLES / "seal-sans.ttf"), 16)


def save(path: Path, picture: Picture, shapes: Sequence[Shape], caption: str) -> None:
    """Save a scene with shapes in pixels: `true` green, `said` orange, `other` blue."""
    image = Image.fromarray(picture.rgb()).copy()
    scale = min(1.0, _LONGEST / max(image.size))
    image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    draw = ImageDraw.Draw(image)
    for kind, points in shapes:
        ring = [(x * scale, y * scale) for x, y in points]
        draw.line([*ring, ring[0]], fill=_COLOURS.get(kind, (255, 0, 255)), width=3)
    wide = Image.new("RGB", (max(image.width, 500), image.height + 40), (20, 20, 20))
    wide.paste(image, (0, 40))
    ImageDraw.Draw(wide).text((8, 10), caption[:150], (240, 240, 240), _font())
    path.parent.mkdir(parents=True, exist_ok=True)
    wide.save(path, quality=85)
