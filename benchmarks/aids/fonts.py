"""Where the benchmark's fonts come from: Debian packages and npm's @fontsource, never the samples.

Development and test scenes share no family. `FontBook("dev")` and `FontBook("test")` raise
`FontsMissing` with what to install; `FontBook("bare")` uses the samples' small subsets, so that
the project's tests can draw without any of these.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path

import numpy as np
from PIL import ImageDraw, ImageFont

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "fonts"
_NOTO = "/usr/share/fonts/truetype/noto/"
_CMU = "/usr/share/fonts/truetype/cmu/"
_LIBERATION = "/usr/share/fonts/truetype/liberation2/"
_LIBERTINE = "/usr/share/fonts/opentype/linux-libertine/"
_OCR = "/usr/share/fonts/opentype/ocr-b/"
_UN = "/usr/share/fonts/truetype/unfonts-"
DEBIAN = (
    "fonts-noto-core fonts-noto-mono fonts-liberation2 fonts-cmu fonts-linuxlibertine "
    "fonts-ebgaramond fonts-ocr-b fonts-unfonts-core fonts-unfonts-extra"
)
# A name is an @fontsource package, with a weight other than 400 as in lilex@200; an absolute path
# is a Debian font.
DEV: dict[str, tuple[str, ...]] = {
    "print": (_NOTO + "NotoSerif-Regular.ttf", _LIBERATION + "LiberationSans-Regular.ttf"),
    "head": (_NOTO + "NotoSerif-Bold.ttf", _LIBERATION + "LiberationSans-Bold.ttf"),
    "typed": (_LIBERATION + "LiberationMono-Regular.ttf", _NOTO + "NotoSansMono-Regular.ttf"),
    "seal": (_NOTO + "NotoSans-Bold.ttf", _NOTO + "NotoSerif-Bold.ttf"),
    "zone": (_OCR + "OCRB.otf", _LIBERATION + "LiberationMono-Regular.ttf"),
    "entry": ("neucha", "comforter"),
    "Hang": ("gaegu", "hi-melody", "nanum-pen-script"),
    "Cyrl": ("bad-script", "caveat", "neucha"),
    "Latn": ("mr-dafoe", "la-belle-aurore", "nothing-you-could-do"),
    "Hani": ("ma-shan-zheng", "zhi-mang-xing"),
    "Arab": ("aref-ruqaa", "lateef"),
}
# The handwriting families below are kept for the test: nothing may be trained or tuned on them.
TEST: dict[str, tuple[str, ...]] = {
    "print": (
        "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Regular.otf",
        _LIBERTINE + "LinBiolinum_R.otf",
        _CMU + "cmunss.ttf",
    ),
    "head": (_LIBERTINE + "LinLibertine_RB.otf", _LIBERTINE + "LinBiolinum_RB.otf", "oswald"),
    "typed": (_CMU + "cmuntt.ttf", "anonymous-pro", _CMU + "cmunvt.ttf"),
    "seal": ("oswald", "jost", _CMU + "cmunssdc.ttf"),
    "zone": (_OCR + "OCRBL.otf", _OCR + "OCRBS.otf", "anonymous-pro"),
    "entry": ("pangolin", "marck-script"),
    "Hang": ("east-sea-dokdo", "gamja-flower", _UN + "core/UnPilgi.ttf"),
    "Cyrl": ("marck-script", "pangolin", "great-vibes"),
    "Latn": ("homemade-apple", "reenie-beanie", "kristi"),
    "Hani": ("long-cang", "liu-jian-mao-cao"),
    "Arab": ("gulzar", "vibes"),
}
_HAND = str(SAMPLES / "hand-school.ttf")
BARE: dict[str, tuple[str, ...]] = {
    "print": (str(SAMPLES / "print-regular.ttf"),),
    "head": (str(SAMPLES / "print-bold.ttf"),),
    "typed": (str(SAMPLES / "typewriter.ttf"),),
    "seal": (str(SAMPLES / "seal-sans.ttf"),),
    "zone": (str(SAMPLES / "typewriter.ttf"),),
    "entry": (_HAND,),
    "Hang": (str(SAMPLES / "hand-hangul.ttf"),),
    **dict.fromkeys(("Cyrl", "Latn", "Hani", "Arab"), (_HAND,)),
}
# What the test's zones may be printed in besides: hollow letters, which no document has.
HOLLOW = (_OCR + "OCRBL.otf", _OCR + "OCRBF.otf", "anonymous-pro")
BOOKS = {"dev": DEV, "test": TEST, "bare": BARE}
# The subsets of an @fontsource package that are taken, in the order in which they are asked.
_SUBSETS = ("cyrillic", "korean", "chinese-simplified", "arabic", "latin")


class FontsMissing(RuntimeError):  # noqa: N818 - says what is missing, as its name does
    """Raised where a font is not on this machine; the message says how to get it."""


def cache_folder() -> Path:
    """Return where fetched packages lie: DOCEXAM_BENCH_FONTS, or a folder of the user's cache."""
    named = os.environ.get("DOCEXAM_BENCH_FONTS")
    return Path(named) if named else Path.home() / ".cache" / "docexam-bench"


def packages() -> tuple[str, ...]:
    """Return the @fontsource packages that both splits need."""
    names = {n for book in (DEV, TEST) for role in book.values() for n in role if "/" not in n}
    return tuple(sorted({package(n) for n in names}))


def package(name: str) -> str:
    """Return the @fontsource package of a family's name, which may hold a weight."""
    return name.partition("@")[0]


def fetch() -> list[str]:
    """Fetch the npm packages that are missing, and return what is still lacking, as sentences."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm")
    wanted = [n for n in packages() if not _unpacked(n) and not _archive(n)]
    if wanted and npm:
        for name in wanted:
            subprocess.run([npm, "pack", "--silent", f"@fontsource/{name}"], cwd=folder, check=True)
    return missing()


def missing(split: str | None = None) -> list[str]:
    """Return what is lacking for a split (both where none is named), as sentences."""
    books = [BOOKS[split]] if split else [DEV, TEST]
    names = sorted({n for book in books for role in book.values() for n in role})
    lacking = [n for n in names if not _paths(n)]
    debian = [n for n in lacking if "/" in n]
    told = []
    if debian:
        told.append(f"{', '.join(map(_short, debian))}: apt-get install {DEBIAN}")
    if npm := [n for n in lacking if "/" not in n]:
        told.append(f"{', '.join(npm)}: python -m benchmarks.aids --fonts (needs npm)")
    return told


def _short(path: str) -> str:
    return Path(path).name


def _archive(name: str) -> Path | None:
    return next(iter(sorted(cache_folder().glob(f"fontsource-{name}-[0-9]*.tgz"))), None)


def _unpacked(name: str) -> list[Path]:
    folder = cache_folder() / package(name)
    return [folder / file for file in _files(name) if (folder / file).is_file()]


def _files(name: str) -> list[str]:
    """Return the names of a family's files, in the order in which they are asked for a letter."""
    weight = name.partition("@")[2] or "400"
    return [f"{package(name)}-{subset}-{weight}-normal.woff2" for subset in _SUBSETS]


@cache
def _paths(name: str) -> tuple[Path, ...]:
    if "/" in name:
        return (Path(name),) if Path(name).is_file() else ()
    if not _unpacked(name) and (archive := _archive(package(name))):
        _unpack(name, archive)
    return tuple(_unpacked(name))


def _unpack(name: str, archive: Path) -> None:
    wanted = {f"package/files/{file}" for file in _files(name)}
    folder = cache_folder() / package(name)
    folder.mkdir(exist_ok=True)
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name in wanted and (content := tar.extractfile(member)):
                (folder / Path(member.name).name).write_bytes(content.read())


class Face:
    """One family at one size; text runs through the first of its files that has the letter."""

    def __init__(self, paths: tuple[Path, ...], size: int) -> None:
        self.size = size
        self._paths = paths
        self._fonts = [ImageFont.truetype(str(path), size) for path in paths]
        self._covers: dict[str, int] = {}

    def runs(self, text: str) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """Return the text as runs of one font each."""
        if len(self._fonts) == 1:
            return [(text, self._fonts[0])]
        runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
        for letter in text:
            font = self._fonts[self._cover(letter)]
            if runs and (runs[-1][1] is font or letter == " "):
                runs[-1] = (runs[-1][0] + letter, runs[-1][1])
            else:
                runs.append((letter, font))
        return runs

    def _cover(self, letter: str) -> int:
        if letter not in self._covers:
            blank = [bytes(font.getmask("\U0010ffff")) for font in self._fonts]
            shapes = [bytes(font.getmask(letter)) for font in self._fonts]
            has = [k for k, shape in enumerate(shapes) if any(shape) and shape != blank[k]]
            self._covers[letter] = has[0] if has else len(self._fonts) - 1
        return self._covers[letter]

    def at(self, size: int) -> Face:
        """Return the same family at another size."""
        return Face(self._paths, size)

    def length(self, text: str) -> float:
        """Return the advance width in pixels."""
        return sum(font.getlength(run) for run, font in self.runs(text))

    def draw(self, draw: ImageDraw.ImageDraw, xy: tuple[float, float], text: str) -> float:
        """Draw white text with its baseline's left end at `xy`; return where it ends."""
        x, y = xy
        for run, font in self.runs(text):
            draw.text((x, y), run, fill=255, font=font, anchor="ls")
            x += font.getlength(run)
        return x


class FontBook:
    """The families of one split, by role; `pick` draws a family, `face` opens it."""

    def __init__(self, split: str) -> None:
        if lacking := missing(split):
            raise FontsMissing("Fonts are missing: " + "; ".join(lacking))
        self.split = split
        self._roles = BOOKS[split]

    def pick(self, role: str, rng: np.random.Generator) -> str:
        """Return one family of a role."""
        names = self._roles[role]
        return names[int(rng.integers(len(names)))]

    def face(self, name: str, size: float) -> Face:
        """Return a family at a size in pixels."""
        return _face(name, stepped(size))


def stepped(size: float) -> int:
    """Return a size in whole pixels; large ones in steps of 4 %, so that faces are opened once."""
    return max(4, round(size)) if size < 25 else round(1.04 ** round(math.log(size, 1.04)))


@cache
def _face(name: str, size: int) -> Face:
    return Face(_paths(name), size)
