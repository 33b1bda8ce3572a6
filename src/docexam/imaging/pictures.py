"""Pictures for reports: newly encoded from true pixels, boxes filled in, metadata left behind."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from docexam.domain.geometry import Box, Point, bounding_box
from docexam.imaging.crop import pixel_box
from docexam.imaging.decode import open_upright
from docexam.imaging.pyramid import Pyramid
from docexam.imaging.sampling import Grid, sample
from docexam.imaging.view import Frame, View

FILL = (120, 120, 120)
WHITE = (255, 255, 255)


def covered(source: bytes | Path, boxes: Iterable[Box]) -> Image.Image:
    """Return the upright picture with the pixels of `boxes` (x, y, w, h, fractions) replaced."""
    picture = open_upright(source)
    for x, y, w, h in boxes:
        corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
        picture.paste(FILL, pixel_box(corners, *picture.size))
    return picture


def reduced(
    picture: Image.Image,
    most: int,
    resampling: Image.Resampling = Image.Resampling.LANCZOS,
) -> Image.Image:
    """Return the picture with its longer side at most `most` pixels; never enlarged."""
    factor = most / max(picture.size)
    if factor >= 1:
        return picture
    width, height = (max(1, round(side * factor)) for side in picture.size)
    # Whole-number averaging first: a filter over every pixel of a large picture takes ten times.
    coarse = int(1 / factor)
    near = picture.reduce(coarse) if coarse > 1 else picture
    return near.resize((width, height), resampling)


def cut(picture: Image.Image, points: Sequence[Point]) -> Image.Image:
    """Return the pixels of the box around a region."""
    return picture.crop(pixel_box(points, *picture.size))


def as_seen(pyramid: Pyramid, points: Sequence[Point], view: View, most: int) -> Image.Image:
    """Return the box around a region with a view's turn and enhancement, `most` pixels at most."""
    x, y, w, h = bounding_box(points)
    across, down = max(1.0, w * pyramid.width), max(1.0, h * pyramid.height)
    scale = min(1.0, most / max(across, down))
    sides = [max(1, round(side * scale)) for side in (across, down)]
    if view.rotation % 180:
        sides.reverse()
    frame = Frame(sides[0], (sides[1] + 1) // 2, pyramid.width, pyramid.height)
    placed = View(
        x=x + w / 2,
        y=y + h / 2,
        scale=scale,
        rotation=view.rotation,
        grey=view.grey,
        invert=view.invert,
        contrast=view.contrast,
        sharpen=view.sharpen,
        channel=view.channel,
    )
    shown = sample(pyramid, placed, frame, Grid(1, 2), WHITE).samples
    return Image.fromarray(np.asarray(shown.clip(0, 255), dtype=np.uint8))


def encoded(picture: Image.Image, quality: int = 90) -> bytes:
    """Return a picture as JPEG bytes with nothing but its pixels; the same in, the same out."""
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=quality, subsampling=0, optimize=True)
    return out.getvalue()
