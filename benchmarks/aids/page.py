"""A page in the making: what is printed, entered, signed and stamped on it, and where (mm)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from . import hand, marks, portrait, striking, words
from .fonts import FontBook
from .sheet import Colour, Plane, Rng, Sheet, noise
from .stamps import Struck, cut
from .truth import Box, Point, Quad, rect

BLACK: Colour = (0.13, 0.13, 0.14)
# Entries' inks: names are those of the ink aid's colours.
PEN_INKS: dict[str, tuple[Colour, ...]] = {
    "blue": ((0.12, 0.18, 0.55), (0.10, 0.25, 0.62), (0.18, 0.22, 0.50)),
    "black": ((0.12, 0.12, 0.13), (0.17, 0.16, 0.17)),
    "violet": ((0.34, 0.16, 0.50),),
}


@dataclass(frozen=True, slots=True)
class Style:
    """The families, paper and print of one page."""

    paper: Colour
    print_ink: Colour
    tint: Colour
    plain: str
    head: str
    typed: str
    entry: str
    typed_ink: Colour = BLACK


@dataclass(slots=True)
class Marks:
    """What was put on the page; boxes and quads in mm of the sheet."""

    photo_place: Box | None = None
    photo: bool = False
    face: bool = False
    fields: list[tuple[str, Quad, str, str, str, str]] = field(default_factory=list)
    mrz: tuple[str, tuple[str, ...], Quad, str] | None = None
    signature: tuple[Quad, str, str, bool, str] | None = None
    entries_ink: str = ""
    lures: list[tuple[str, Quad]] = field(default_factory=list)
    seals: list[Struck] = field(default_factory=list)
    spots: list[tuple[Point, float]] = field(default_factory=list)


class Page:
    """A sheet with its style and marks; the layouts draw through this."""

    def __init__(
        self, size: tuple[float, float], ppm: float, rng: Rng, book: FontBook, hard: bool
    ) -> None:
        self.rng, self.book, self.hard = rng, book, hard
        self.style = style(book, rng)
        self.sheet = Sheet(size, ppm, self.style.paper, rng, book)
        self.marks = Marks()
        self.pen = hand.PENS[int(rng.integers(len(hand.PENS)))]
        self.pen_ink = str(rng.choice(list(PEN_INKS), p=(0.5, 0.38, 0.12)))
        self.pen_colour = _one(rng, PEN_INKS[self.pen_ink])

    @property
    def split(self) -> str:
        """Return the split whose words are used."""
        return self.book.split

    def label(self, at: Point, text: str, mm: float = 2.6, *, anchor: str = "l") -> Quad:
        """Print a form's small text."""
        return self.sheet.text(at, text, self.style.plain, mm, self.style.print_ink, anchor=anchor)

    def title(self, at: Point, text: str, mm: float, *, spread: float = 0.0) -> Quad:
        """Print a heading, centred."""
        return self.sheet.text(
            at, text, self.style.head, mm, self.style.print_ink, anchor="m", spread=spread
        )

    def typed(self, name: str, at: Point, text: str, mm: float = 4.2, script: str = "Cyrl") -> Quad:
        """Type an entry: letters stand a little up and down, as a typewriter's do."""
        up = float(self.rng.normal(0, 0.08))
        quad = self.sheet.text(
            (at[0], at[1] + up), text, self.style.typed, mm, self.style.typed_ink
        )
        self.marks.fields.append((name, quad, text, script, "typed", self.style.typed))
        return quad

    def printed(
        self, name: str, at: Point, text: str, mm: float = 4.0, script: str = "Cyrl"
    ) -> Quad:
        """Print an entry with the form's own letters."""
        quad = self.sheet.text(at, text, self.style.head, mm, BLACK)
        self.marks.fields.append((name, quad, text, script, "printed", self.style.head))
        return quad

    def entry(self, name: str, at: Point, text: str, mm: float = 5.6) -> Quad:
        """Write an entry by hand, on its line."""
        face = self.book.face(self.style.entry, mm * self.sheet.ppm)
        how = hand.manner(self.rng, "Cyrl", 0.25)
        mask = hand.written(text, face, how, self.pen, self.rng)
        if not mask.size:
            mask = np.zeros((2, 2), dtype=np.float32)
        left, top = at[0] * self.sheet.ppm, at[1] * self.sheet.ppm - 0.8 * mask.shape[0]
        self.sheet.ink(mask, left, top, self.pen_colour)
        quad = self._box(mask, left, top)
        self.marks.fields.append((name, quad, text, "Cyrl", "written", self.style.entry))
        self.marks.entries_ink = self.pen_ink
        return quad

    def _box(self, mask: Plane, left: float, top: float) -> Quad:
        p = self.sheet.ppm
        return rect(left / p, top / p, mask.shape[1] / p, mask.shape[0] / p)

    def fill(self, name: str, at: Point, text: str, way: str, mm: float = 4.2) -> Quad:
        """Enter something typed, printed or written, as `way` says."""
        if way == "written":
            return self.entry(name, at, text, mm * 1.45)
        return (self.typed if way == "typed" else self.printed)(name, at, text, mm)

    def photo(self, box: Box, chance: float = 0.72) -> None:
        """Print the place for the photograph, and perhaps put one there."""
        self.marks.photo_place = box
        x, y, w, h = box
        if self.rng.random() < chance:
            self.marks.photo = self.marks.face = True
            self._glued(box)
            return
        self.sheet.frame(box, 0.2, self.style.print_ink)
        way = self.rng.random()
        if way < 0.5:
            for k, line in enumerate(("Место", "для", "фото")):
                self.label((x + w / 2, y + h * (0.42 + 0.12 * k)), line, 2.6, anchor="m")
        elif way < 0.75:
            marks.glue(self.sheet, box, self.rng)

    def _glued(self, box: Box) -> None:
        s = self.sheet
        x, y, w, h = box
        x, y = x + float(self.rng.normal(0, 0.4)), y + float(self.rng.normal(0, 0.4))
        self.marks.photo_place = (x, y, w, h)
        colour = self.rng.random() < 0.4
        face = portrait.portrait(self.rng, s.px(w), s.px(h), colour=colour)
        if self.rng.random() < 0.5:
            rim = s.px(float(self.rng.uniform(0.6, 1.4)))
            face[:rim] = face[-rim:] = 0.9
            face[:, :rim] = face[:, -rim:] = 0.9
        shade = np.full((s.px(h + 1.2), s.px(w + 1.2)), 0.16, dtype=np.float32)
        s.ink(shade, (x - 0.3) * s.ppm, (y - 0.3) * s.ppm, (0.2, 0.2, 0.2))
        solid = np.ones(face.shape[:2], dtype=np.float32)
        s.cover(solid, x * s.ppm, y * s.ppm, face)

    def sign(self, box: Box, scripts: tuple[str, ...] = (), chance: float = 0.85) -> None:
        """Sign in a box; the script is drawn at random, the ink the entries' or another."""
        if self.rng.random() > chance:
            return
        weights = np.array([0.5, 0.15, 0.15, 0.06, 0.06, 0.08])
        script = str(
            self.rng.choice((*hand.SCRIPTS[1:2], "Latn", "Hang", "Hani", "Arab", "Zzzz"), p=weights)
        )
        if scripts:
            script = scripts[int(self.rng.integers(len(scripts)))]
        reads = "" if script == "Zzzz" else words.name_in(script, self.split, self.rng)
        size = min(box[3], 9.0) * self.sheet.ppm
        mask = hand.signed(script, reads, self.book, self.rng, size)
        mask = _fitted(mask, box[2] * self.sheet.ppm, box[3] * 1.3 * self.sheet.ppm)
        ink, colour, same = self._signing_ink()
        left = box[0] * self.sheet.ppm
        top = (box[1] + box[3]) * self.sheet.ppm - mask.shape[0]
        self.sheet.ink(mask, left, top, colour)
        self.marks.signature = (self._box(mask, left, top), script, ink, same, reads)

    def _signing_ink(self) -> tuple[str, Colour, bool]:
        if self.marks.entries_ink and self.rng.random() < 0.55:
            return self.pen_ink, self.pen_colour, True
        others = [name for name in PEN_INKS if name != self.pen_ink]
        ink = (
            others[int(self.rng.integers(len(others)))] if self.marks.entries_ink else self.pen_ink
        )
        return ink, _one(self.rng, PEN_INKS[ink]), False

    def zone(self, kind: str, at: Point, width: float, names: tuple[str, str, str]) -> None:
        """Print a machine-readable zone whose lines take `width` mm."""
        if kind == "RUS":
            lines: tuple[str, ...] = words.russian_zone(names, self.rng)
        else:
            last, first = (words.icao(n).replace("-", "<") for n in names[:2])
            lines = words.zone(kind, last, first, self.rng)
        family = self.book.pick("zone", self.rng)
        mm = width / max(self.sheet.length(line, family, 4.0) for line in lines) * 4.0
        pitch = min(mm * 1.75, 6.35)
        quads = [
            self.sheet.text((at[0], at[1] + k * pitch), line, family, mm, BLACK)
            for k, line in enumerate(lines)
        ]
        low = max(q[2][1] for q in quads)
        left, top = min(q[0][0] for q in quads), quads[0][0][1]
        right = max(q[1][0] for q in quads)
        self.marks.mrz = (kind, lines, rect(left, top, right - left, low - top), Path(family).stem)

    def lure(self, kind: str, quad: Quad) -> None:
        """Remember something that must not be taken for a seal."""
        self.marks.lures.append((kind, quad))

    def spot(self, at: Point, room: float) -> None:
        """Name a place where a stamp may be struck, with the width there is in mm."""
        self.marks.spots.append((at, room))

    def stamp(self, count: int) -> None:
        """Strike stamps at `count` of the places, the first ones first, never one on another."""
        taken: list[tuple[Point, float]] = []
        for at, room in self.marks.spots:
            if len(taken) == count:
                return
            at = (at[0] + float(self.rng.normal(0, 1.5)), at[1] + float(self.rng.normal(0, 1.5)))
            near = any(np.hypot(at[0] - p[0], at[1] - p[1]) < 0.36 * (room + r) for p, r in taken)
            if near:
                continue
            design = cut(self.split, self.book, self.rng, self.sheet.ppm, room)
            reach = max(design.width, design.height) / 2 + 0.5
            at = (
                float(np.clip(at[0], reach, self.sheet.width - reach)),
                float(np.clip(at[1], reach, self.sheet.height - reach)),
            )
            one = striking.blow(self.split, at, self.rng, self.hard)
            self.marks.seals.append(striking.strike(self.sheet, design, one))
            taken.append((at, reach * 2))


def _one(rng: Rng, colours: tuple[Colour, ...]) -> Colour:
    base = np.asarray(colours[int(rng.integers(len(colours)))]) + rng.normal(0, 0.015, 3)
    r, g, b = (float(v) for v in np.clip(base, 0.03, 0.95))
    return r, g, b


def _fitted(mask: Plane, width: float, height: float) -> Plane:
    from PIL import Image

    scale = min(1.0, width / mask.shape[1], height / mask.shape[0])
    if scale == 1.0:
        return mask
    size = max(2, round(mask.shape[1] * scale)), max(2, round(mask.shape[0] * scale))
    small = Image.fromarray(mask).resize(size, Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)


_PAPERS = {
    "dev": ((0.95, 0.93, 0.87), (0.93, 0.94, 0.93), (0.90, 0.93, 0.95), (0.95, 0.91, 0.90)),
    "test": ((0.96, 0.96, 0.95), (0.93, 0.90, 0.80), (0.89, 0.93, 0.89), (0.92, 0.90, 0.94)),
}
_PRINTS = {
    "dev": ((0.14, 0.14, 0.15), (0.28, 0.22, 0.20), (0.13, 0.20, 0.33)),
    "test": ((0.10, 0.10, 0.11), (0.22, 0.28, 0.24), (0.33, 0.15, 0.18)),
}
_TINTS = {
    "dev": ((0.68, 0.84, 0.76), (0.92, 0.76, 0.70), (0.70, 0.80, 0.92), (0.86, 0.82, 0.72)),
    "test": ((0.74, 0.78, 0.92), (0.80, 0.90, 0.74), (0.93, 0.80, 0.86), (0.78, 0.78, 0.78)),
}


def style(book: FontBook, rng: Rng) -> Style:
    """Draw a page's families and colours."""
    key = words.pool(book.split)
    return Style(
        paper=_one(rng, _PAPERS[key]),
        print_ink=_one(rng, _PRINTS[key]),
        tint=_one(rng, _TINTS[key]),
        plain=book.pick("print", rng),
        head=book.pick("head", rng),
        typed=book.pick("typed", rng),
        entry=book.pick("entry", rng),
        typed_ink=_one(rng, (BLACK, (0.16, 0.16, 0.20), (0.22, 0.21, 0.24))),
    )


def decorate(page: Page, boxes: tuple[Box, ...], chance: float) -> None:
    """Put lures where a layout has room for them: emblems, thumbs; rings of cups anywhere."""
    s, rng = page.sheet, page.rng
    for x, y, w, h in boxes:
        way, at, mm = rng.random(), (x + w / 2, y + h / 2), min(w, h) / 2
        if way > chance:
            continue
        if way < 0.65 * chance or mm < 11:
            colour = (0.5, 0.5, 0.5) if rng.random() < 0.45 else page.style.tint
            page.lure("emblem", marks.emblem(s, at, mm, colour, rng))
        elif way < 0.85 * chance:
            colour = _one(rng, (BLACK, (0.25, 0.22, 0.42)))
            page.lure("thumb", marks.thumb(s, at, colour, rng))
        else:
            page.lure("emblem", marks.emblem(s, at, mm, (0.55, 0.48, 0.30), rng))
    if rng.random() < 0.08:
        tint, turn = page.style.tint, float(rng.uniform(20, 50))
        page.lure("overprint", marks.specimen(s, "ОБРАЗЕЦ", tint, s.width / 9, turn))
    if rng.random() < (0.15 if page.hard else 0.05):
        mm = min(float(rng.uniform(24, 36)), 0.4 * min(s.width, s.height))
        at = (float(rng.uniform(0.2, 0.8)) * s.width, float(rng.uniform(0.2, 0.8)) * s.height)
        page.lure("coffee", marks.coffee(s, at, mm, rng))


def background(page: Page) -> None:
    """Print what lies under everything: guilloche, tint, or nothing."""
    way = page.rng.random()
    if way < 0.55:
        marks.guilloche(page.sheet, page.style.tint, page.rng, float(page.rng.uniform(0.3, 0.8)))
    if 0.4 < way < 0.8:
        box = (0.0, 0.0, page.sheet.width, page.sheet.height)
        soft = np.clip(1 - (1 - np.asarray(page.style.tint)) * page.rng.uniform(0.25, 0.8), 0, 1)
        tint = (float(soft[0]), float(soft[1]), float(soft[2]))
        marks.tint(page.sheet, box, tint, bool(page.rng.random() < 0.6))


def finish(page: Page) -> None:
    """Age the page."""
    marks.wear(
        page.sheet,
        page.rng,
        float(page.rng.uniform(0.4, 1.2) if page.hard else page.rng.uniform(0, 0.6)),
    )
    if page.hard and page.rng.random() < 0.2:
        rows, columns = page.sheet.rgb.shape[:2]
        page.sheet.tone((1 + 0.03 * noise(page.rng, columns, rows, 40)).astype(np.float32))
