"""Photographs of drawn pages with their truth: `scene(split, n)` and `scenes(split, count)`.

The same split, number, seed and size give the same scene on one machine and one version of
Pillow, NumPy and the fonts. Every second scene is hard.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from PIL import Image

from . import camera
from .fonts import FontBook
from .layouts_dev import DEV_LAYOUTS
from .layouts_test import TEST_LAYOUTS
from .page import Marks, Page, finish
from .sheet import Rng
from .stamps import Struck
from .striking import is_clear
from .truth import Field, Lure, Photo, Point, Quad, Seal, Signature, Truth, Zone, rect

SIZE = (1900, 1400)
LAYOUTS = {"dev": DEV_LAYOUTS, "test": TEST_LAYOUTS, "bare": DEV_LAYOUTS}
_SALT = {"dev": 11, "test": 23, "bare": 37}
_COUNTS = (0.14, 0.28, 0.3, 0.18, 0.1)


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and what is known of it."""

    image: Image.Image
    truth: Truth
    quality: int

    def jpeg(self, quality: int = 0) -> bytes:
        """Return the picture as JPEG, at its own quality where none is asked for."""
        out = io.BytesIO()
        self.image.save(out, "JPEG", quality=quality or self.quality)
        return out.getvalue()

    def seen(self) -> Image.Image:
        """Return the picture as it comes out of the JPEG."""
        return Image.open(io.BytesIO(self.jpeg())).convert("RGB")


@cache
def book_of(split: str) -> FontBook:
    """Return the fonts of a split; raises FontsMissing."""
    return FontBook(split)


def scenes(split: str, n: int, seed: int = 0, size: tuple[int, int] = SIZE) -> Iterator[Scene]:
    """Yield the first `n` scenes of a split: dev, test or bare (dev layouts, samples' fonts)."""
    for number in range(n):
        yield scene(split, number, seed, size)


def scene(split: str, n: int, seed: int = 0, size: tuple[int, int] = SIZE) -> Scene:
    """Return one scene. Upright pages are mostly taken with the camera upright."""
    rng = np.random.default_rng([_SALT[split], n, seed])
    names = list(LAYOUTS[split])
    hard = bool((n // len(names)) % 2)
    layout = names[n % len(names)]
    draw, paper = LAYOUTS[split][layout]
    if paper[1] > paper[0] and rng.random() < 0.7:
        size = (size[1], size[0])
    shot = camera.shot(split, rng, size, hard=hard)
    shot = _suited(shot, layout, rng, hard)
    if shot.fills:
        shot = replace(shot, size=_like(paper, max(size)))
    view = camera.View(shot, *paper)
    page = Page(paper, camera.scale_of(view) * 1.04, rng, book_of(split), hard)
    draw(page)
    page.stamp(int(rng.choice(5, p=_COUNTS)))
    finish(page)
    image = camera.take(page.sheet.rgb, page.sheet.ppm, view, shot, rng)
    truth = told(page.marks, view, split=split, n=n, layout=layout, hard=hard)
    return Scene(image, truth, shot.quality)


def _like(paper: tuple[float, float], longest: int) -> tuple[int, int]:
    """Return a picture's size in the proportions of the paper, as of a scan."""
    scale = longest / max(paper)
    return round(paper[0] * scale), round(paper[1] * scale)


def _suited(shot: camera.Shot, layout: str, rng: Rng, hard: bool) -> camera.Shot:
    if layout == "spread" and rng.random() < (0.5 if hard else 0.2):
        return replace(shot, bend=float(rng.uniform(0.5, 2.2)))
    if layout in ("card", "data-page"):
        return replace(shot, rounded=float(rng.uniform(1.5, 3.2)))
    return shot


def told(marks: Marks, view: camera.View, *, split: str, n: int, layout: str, hard: bool) -> Truth:
    """Return the truth of a page seen through a view."""
    photo = rect(*marks.photo_place) if marks.photo_place else None
    zone, name, size = marks.mrz, marks.signature, view.size
    return Truth(
        split=split,
        n=n,
        layout=layout,
        difficulty="hard" if hard else "clear",
        corners=_within(view.quad(rect(0, 0, view.width, view.height)), size),
        photo=Photo(bool(photo), marks.photo, view.quad(photo) if photo else None, marks.face),
        seals=tuple(_seal(one, marks, view) for one in marks.seals),
        fields=tuple(Field(i, view.quad(q), *rest) for i, q, *rest in marks.fields),
        mrz=Zone(zone[0], zone[1], view.quad(zone[2]), zone[3]) if zone else None,
        signature=Signature(view.quad(name[0]), *name[1:]) if name else None,
        entries_ink=marks.entries_ink,
        lures=tuple(Lure(kind, view.quad(q)) for kind, q in marks.lures),
    )


def _within(quad: Quad, size: tuple[int, int]) -> Quad:
    """Return corners kept in the picture, which a page may fill to its edges."""
    a, b, c, d = (
        (min(max(x, 0.0), size[0] - 1.0), min(max(y, 0.0), size[1] - 1.0)) for x, y in quad
    )
    return a, b, c, d


def _seal(one: Struck, marks: Marks, view: camera.View) -> Seal:
    edge = [view.place(point) for point in _edge(one)]
    low, high = np.min(edge, axis=0), np.max(edge, axis=0)
    across = marks.photo and marks.photo_place is not None
    return Seal(
        centre=view.place(one.blow.centre),
        quad=view.quad(one.quad),
        box=(float(low[0]), float(low[1]), *(float(v) for v in high - low)),
        ink=one.blow.ink,
        shape=one.design.shape,
        strength=one.strength,
        ring=one.ring,
        clear=is_clear(one),
        crosses_photo=bool(across and _crosses(one, rect(*(marks.photo_place or (0, 0, 0, 0))))),
        text=one.design.text,
        design=one.design.id,
    )


def _crosses(one: Struck, photo: Quad) -> bool:
    """Return whether the strike lies on both sides of the photo's edge, by more than 1.5 mm."""
    points = _disc(one)
    (x0, y0), (x1, y1) = photo[0], photo[2]
    deep = [min(x - x0, x1 - x, y - y0, y1 - y) for x, y in points]
    return max(deep) > 1.5 and min(deep) < -1.5


def _edge(one: Struck) -> list[Point]:
    """Return points on the outline of the strike."""
    if one.design.shape == "triangle":
        (ax, ay), (bx, by) = one.quad[:2]
        return [((ax + bx) / 2, (ay + by) / 2), one.quad[2], one.quad[3]]
    if one.design.shape not in ("round", "oval"):
        return list(one.quad)
    a, b, _, d = (np.asarray(p) for p in one.quad)
    middle, right, down = np.mean(one.quad, axis=0), (b - a) / 2, (d - a) / 2
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    points = [middle + np.cos(t) * right + np.sin(t) * down for t in turns]
    return [(float(x), float(y)) for x, y in points]


def _disc(one: Struck) -> list[Point]:
    """Return points all over the strike: of the disc or oval, or of the quad."""
    a, b, _, d = (np.asarray(p) for p in one.quad)
    middle = np.mean(one.quad, axis=0)
    right, down = (b - a) / 2, (d - a) / 2
    made = []
    for u in np.linspace(-1, 1, 13):
        for v in np.linspace(-1, 1, 13):
            if one.design.shape in ("round", "oval") and u * u + v * v > 1:
                continue
            x, y = middle + u * right + v * down
            made.append((float(x), float(y)))
    return made
