"""Development pages for what reads type: the benchmark's, long lines, stamps over them, more faces.

The reader of type has learnt from none of these faces and hands. They need the benchmark's fonts
(those of npm that are missing are fetched) and Debian's fonts-mononoki, fonts-agave,
fonts-gnutypewriter, fonts-monofur and hunspell-ru.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.aids import fonts, words
from benchmarks.aids.layouts_dev import DEV_LAYOUTS
from benchmarks.aids.material import Picture, on_capture
from benchmarks.aids.page import Page, background
from benchmarks.aids.scenes import LAYOUTS, Scene, scene
from benchmarks.aids.truth import Field

from docexam.aids.protocol import Alone
from docexam.aids.typed import region
from docexam.aids.typed.shapes import ShapeRead
from docexam.aids.typed.words import Read
from docexam.errors import InputError
from training.entries import WORDY

_TRUE = "/usr/share/fonts/truetype/"
TYPED = (
    _TRUE + "mononoki/mononoki-Regular.ttf",
    _TRUE + "agave/agave-r-autohinted.ttf",
    _TRUE + "gnutypewriter/GNUTypewriter.ttf",
    _TRUE + "monofur/monof55.ttf",
    "cascadia-mono",
    "cascadia-mono@200",
    "lilex",
    "lilex@200",
    "noto-sans-mono@300",
    "noto-serif@300",  # as machines with proportional spacing have it
)
ENTRIES = ("caveat", "bad-script")
_SHEET = 210.0, 170.0  # mm
_TALL = 210.0, 297.0
_SMALL = 4.0  # mm of the letters of a register: some 20 pixels where it fills a capture
_ROWS = 22
_LINES, _SHORT, _LONG = 10, 16, 44
_STRIKES = 6
_GROW = 0.3  # room around a field, as the benchmark gives it


@dataclass(frozen=True, slots=True)
class DevRead:
    """A field, whether its page is hard, what either reader read, and what came of it."""

    field: Field
    hard: bool
    layout: str
    shapes: ShapeRead
    tesseract: Read
    found: region.FieldRead


def asked() -> list[DevRead]:
    """Return the fields of as many pages, of such seeds, as the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=64)
    parser.add_argument("--seeds", type=int, nargs="+", default=[5, 6, 7])
    args = parser.parse_args()
    return [one for seed in args.seeds for one in reads(args.pages, seed)]


def reads(count: int, seed: int) -> Iterator[DevRead]:
    """Yield every field of `count` pages as the program reads it; those too small are left out."""
    choose = region.choose
    given: list[tuple[ShapeRead, Read]] = []

    def kept(shapes: ShapeRead, tesseract: Read) -> region.Chosen:
        given.append((shapes, tesseract))
        return choose(shapes, tesseract)

    region.choose = kept
    try:
        for shown in pages(count, seed):
            picture, hard = Picture(shown.jpeg()), shown.truth.difficulty == "hard"
            for one in shown.truth.fields:
                material = on_capture(picture, one.quad, _GROW)
                assert material.region is not None
                try:
                    found = region.read_region(material.captures[0], material.region, Alone())
                except InputError:
                    continue
                yield DevRead(one, hard, shown.truth.layout, *given.pop(), found)
    finally:
        region.choose = choose


def pages(count: int, seed: int) -> Iterator[Scene]:
    """Yield pages; the benchmark's own development pages of that seed are others."""
    fonts.DEV["typed"] = tuple(dict.fromkeys((*fonts.DEV["typed"], *TYPED)))
    fonts.DEV["entry"] = tuple(dict.fromkeys((*fonts.DEV["entry"], *ENTRIES)))
    fonts.fetch()
    sheets = {
        "statement": (statement, _SHEET),
        "stamped": (stamped, _SHEET),
        "register": (register, _TALL),
    }
    LAYOUTS["dev"] = DEV_LAYOUTS | sheets
    for number in range(count):
        yield scene("dev", number, seed)


def statement(page: Page) -> None:
    """A sheet of typed lines as long as the paper is wide, some numbered, stamps over some of them."""
    background(page)
    page.title((page.sheet.width / 2, 16), "ОБЪЯСНЕНИЕ", 5.5, spread=0.5)
    way = "written" if page.rng.random() < 0.5 else "typed"
    for number in range(_LINES):
        if number % 3 == 0:
            page.fill(f"n{number}", (9, 30 + 12 * number), str(number + 1), way, 4.4)
        page.typed(f"s{number}", (20, 30 + 12 * number), _line(page), 4.4)
        if number % 3 == 2:
            page.spot((float(page.rng.uniform(40, 170)), 30 + 12 * number), 40)


def stamped(page: Page) -> None:
    """A sheet as `statement`, stamps over most of its lines: development pages have few else."""
    statement(page)
    for number in range(_LINES):
        page.spot((float(page.rng.uniform(25, 185)), 28 + 12 * number), 34)
    page.rng.shuffle(page.marks.spots)
    page.stamp(_STRIKES)
    page.marks.spots.clear()


def register(page: Page) -> None:
    """A tall sheet of short entries in small type, most of them typed, with stamps over some."""
    background(page)
    page.title((page.sheet.width / 2, 18), "СПИСОК", 5.5, spread=0.5)
    for number in range(_ROWS):
        y = 36 + 11 * number
        page.sheet.line((14, y + 1.4), (196, y + 1.4), 0.15, page.style.print_ink)
        entries = (
            " ".join(words.person(page.split, page.rng)),
            words.date(page.rng, 1958, 2006),
            words.town(page.split, page.rng)[:14],
        )
        way = "written" if page.rng.random() < 0.2 else "typed"
        for column, (x, text) in enumerate(zip((16, 108, 142), entries, strict=True)):
            page.fill(f"r{number}{column}", (x, y), text, way, _SMALL)
        if number % 5 == 3:
            page.spot((float(page.rng.uniform(40, 170)), y), 40)


def _line(page: Page) -> str:
    """Return a line of words and dates that fits; the sign № is not in every face."""
    while True:
        text = " ".join(way(page.rng) for way in page.rng.choice(list(WORDY), 3))
        words = text.replace("№ ", "").split(" ")
        while words and not _fits(page, " ".join(words)):
            words.pop()
        if len(line := " ".join(words)) >= _SHORT:
            return line


def _fits(page: Page, line: str) -> bool:
    wide = page.sheet.length(line, page.style.typed, 4.4)
    return len(line) <= _LONG and wide < page.sheet.width - 30
