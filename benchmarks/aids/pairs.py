"""Scenes for “the same again”: a stamp struck twice, or two stamps; a page taken twice; a signature
copied, or given again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from . import camera, hand, striking, words
from .page import PEN_INKS, Page, background, finish
from .scenes import LAYOUTS, SIZE, Scene, book_of, told
from .sheet import Rng
from .stamps import Blow, Design, Struck, cut
from .truth import Quad

SIGNED = ("signature copied", "signature again")
KINDS = ("copied", "different", "restruck", "different", "page", "other page", *SIGNED)
_SALT = {"dev": 1009, "test": 2017, "bare": 3001}
_PAPER = (150.0, 108.0)
_COLOURED = (*PEN_INKS["blue"], *PEN_INKS["violet"])


@dataclass(frozen=True, slots=True)
class Pair:
    """One or two pictures, what kind of pair they hold, and whether it is the same thing.

    `places` are the two seals or signatures in pixels of the first picture, empty for pages.
    """

    scenes: tuple[Scene, ...]
    kind: str
    same: bool
    places: tuple[Quad, ...] = ()


def pairs(split: str, n: int, seed: int = 0, size: tuple[int, int] = SIZE) -> Iterator[Pair]:
    """Yield the first `n` pairs of a split, the kinds in turn."""
    for number in range(n):
        yield pair(split, number, seed, size)


def pair(split: str, n: int, seed: int = 0, size: tuple[int, int] = SIZE) -> Pair:
    """Return one pair."""
    rng = np.random.default_rng([_SALT[split], n, seed])
    kind = KINDS[n % len(KINDS)]
    if kind in ("page", "other page"):
        return _pages(split, n, rng, kind, size)
    if kind in SIGNED:
        return _signatures(split, n, rng, kind, size)
    return _seals(split, n, rng, kind, size)


def _seals(split: str, n: int, rng: Rng, kind: str, size: tuple[int, int]) -> Pair:
    book, hard = book_of(split), bool((n // len(KINDS)) % 2)
    shot = replace(camera.shot(split, rng, size, hard=hard), quality=int(rng.integers(75, 95)))
    view = camera.View(shot, *_PAPER)
    page = _form(split, Page(_PAPER, camera.scale_of(view) * 1.04, rng, book, hard))
    first, second = _cut_two(split, page, rng, kind)
    one = replace(striking.blow(split, (38, 40), rng, False), gap=0.0, double=0.0)
    one = replace(one, pressure=max(0.62, one.pressure))
    copied = kind == "copied"
    struck = [_struck(page, first, one, rng, copied=copied)]
    away = (float(rng.uniform(96, 118)), float(rng.uniform(38, 74)))
    other = replace(one, centre=away) if copied else striking.again(one, away, rng)
    struck.append(_struck(page, second, other, rng, copied=copied))
    page.marks.seals = struck
    finish(page)
    image = camera.take(page.sheet.rgb, page.sheet.ppm, view, shot, rng)
    truth = told(page.marks, view, split=split, n=n, layout=kind, hard=hard)
    scene = Scene(image, truth, shot.quality)
    return Pair((scene,), kind, kind != "different", tuple(s.quad for s in truth.seals))


def _form(split: str, page: Page) -> Page:
    rng = page.rng
    background(page)
    for k in range(5):
        y = 22 + 18 * k
        page.label((10, y), words.pick(rng, ("Дата", "Место", "Основание", "Кем выдано")), 2.6)
        page.sheet.line((30, y + 1), (140, y + 1), 0.15, page.style.print_ink)
        page.typed(f"t{k}", (34, y), f"{words.date(rng)} {words.office(split, rng)}", 3.8)
    return page


def _signatures(split: str, n: int, rng: Rng, kind: str, size: tuple[int, int]) -> Pair:
    """Write one signature in coloured ink, and paste it again or write it a second time."""
    book, hard = book_of(split), bool((n // len(KINDS)) % 2)
    shot = replace(camera.shot(split, rng, size, hard=hard), quality=int(rng.integers(75, 95)))
    view = camera.View(shot, *_PAPER)
    page = _form(split, Page(_PAPER, camera.scale_of(view) * 1.04, rng, book, hard))
    script = str(rng.choice(("Cyrl", "Latn", "Hang", "Hani", "Arab")))
    text, high = words.name_in(script, split, rng), float(rng.uniform(7, 11)) * page.sheet.ppm
    face = book.face(book.pick(script, rng), high)
    pen = hand.PENS[int(rng.integers(len(hand.PENS)))]
    colour = _COLOURED[int(rng.integers(len(_COLOURED)))]
    ways = [hand.manner(rng, script, 0.7) for _ in range(2)]
    masks = [hand.written(text, face, how, pen, rng, script) for how in ways]
    drawn = [masks[0], masks[0] if kind == "signature copied" else masks[1]]
    places = []
    for mask, left, top in zip(drawn, (14.0, 88.0), rng.uniform(28, 74, 2), strict=True):
        corner = left * page.sheet.ppm, float(top) * page.sheet.ppm
        page.sheet.ink(mask, *corner, colour)
        places.append(_quad(corner, mask.shape, page.sheet.ppm))
    finish(page)
    image = camera.take(page.sheet.rgb, page.sheet.ppm, view, shot, rng)
    truth = told(page.marks, view, split=split, n=n, layout=kind, hard=hard)
    seen = tuple(view.quad(place) for place in places)
    return Pair((Scene(image, truth, shot.quality),), kind, kind == "signature copied", seen)


def _quad(corner: tuple[float, float], shape: tuple[int, ...], ppm: float) -> Quad:
    left, top = (v / ppm for v in corner)
    right, bottom = left + shape[1] / ppm, top + shape[0] / ppm
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _cut_two(split: str, page: Page, rng: Rng, kind: str) -> tuple[Design, Design]:
    """Cut one stamp, or two of one shape with other words."""
    first = cut(split, page.book, rng, page.sheet.ppm, 40)
    if kind != "different":
        return first, first
    for _ in range(12):
        second = cut(split, page.book, rng, page.sheet.ppm, 40)
        if second.shape == first.shape and second.text != first.text:
            return first, second
    return first, second


def _struck(page: Page, design: Design, one: Blow, rng: Rng, *, copied: bool) -> Struck:
    """Strike; a copied seal repeats the very ink of the first one, as if it were pasted."""
    page.sheet.rng = np.random.default_rng([design.id, 0 if copied else int(rng.integers(1 << 20))])
    made = striking.strike(page.sheet, design, one)
    page.sheet.rng = rng
    return made


def _pages(split: str, n: int, rng: Rng, kind: str, size: tuple[int, int]) -> Pair:
    """Photograph one page twice, or two pages of one form once each."""
    names = list(LAYOUTS[split])
    layout = names[(n // len(KINDS)) % len(names)]
    draw, paper = LAYOUTS[split][layout]
    made = []
    for turn in range(2):
        again = np.random.default_rng([_SALT[split], n, 77 if kind == "page" else 77 + turn])
        page = Page(paper, 9.0 if paper[0] < 160 else 6.5, again, book_of(split), False)
        draw(page)
        page.stamp(1 + n % 2)
        finish(page)
        shot = camera.shot(split, rng, size, hard=False)
        view = camera.View(shot, *paper)
        image = camera.take(page.sheet.rgb, page.sheet.ppm, view, shot, rng)
        truth = told(page.marks, view, split=split, n=n, layout=layout, hard=False)
        made.append(Scene(image, truth, shot.quality))
    return Pair(tuple(made), kind, kind == "page")


def doubled(scene: Scene, first: int, second: int, *, shift: int = 0) -> bytes:
    """Return a scene's JPEG compressed at `first` and again at `second`; 0 for not at all.

    With `shift` the picture is cropped by that many pixels in between, as an editor would.
    """
    from PIL import Image

    image = scene.image
    if first:
        image = Image.open(io.BytesIO(scene.jpeg(first))).convert("RGB")
    if shift:
        image = image.crop((shift, shift, image.width, image.height))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=second)
    return out.getvalue()
