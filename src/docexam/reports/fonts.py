"""The fonts a PDF is set in, and which characters they can show.

They come with packages, so that Cyrillic, Ukrainian letters and Hangul show after a plain
installation, whatever the system has. Coverage is read from the `cmap` tables of the font files
(formats 4 and 12, the ones in use).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from docexam.errors import MachineError

# In the order they are tried for a character; the first is the face of the text.
FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("Noto Sans", "manimgx_fonts", "NotoSans[wght].ttf"),
    ("Noto Sans KR", "pylopdf_fonts_ko", "NotoSansKR-Regular.otf"),
    ("Noto Sans Symbols", "manimgx_fonts", "NotoSansSymbols[wght].ttf"),
    ("Noto Sans Armenian", "manimgx_fonts", "NotoSansArmenian[wght].ttf"),
    ("Noto Sans Georgian", "manimgx_fonts", "NotoSansGeorgian[wght].ttf"),
    ("Noto Sans Hebrew", "manimgx_fonts", "NotoSansHebrew[wght].ttf"),
    ("Noto Sans Arabic", "manimgx_fonts", "NotoSansArabic[wght].ttf"),
    ("Noto Sans Devanagari", "manimgx_fonts", "NotoSansDevanagari[wght].ttf"),
    ("Noto Sans Thai", "manimgx_fonts", "NotoSansThai[wght].ttf"),
    ("Noto Sans Bengali", "manimgx_fonts", "NotoSansBengali[wght].ttf"),
    ("Noto Sans Ethiopic", "manimgx_fonts", "NotoSansEthiopic[wght].ttf"),
    ("Noto Sans Gujarati", "manimgx_fonts", "NotoSansGujarati[wght].ttf"),
    ("Noto Sans Gurmukhi", "manimgx_fonts", "NotoSansGurmukhi[wght].ttf"),
    ("Noto Sans Kannada", "manimgx_fonts", "NotoSansKannada[wght].ttf"),
    ("Noto Sans Khmer", "manimgx_fonts", "NotoSansKhmer[wght].ttf"),
    ("Noto Sans Lao", "manimgx_fonts", "NotoSansLao[wght].ttf"),
    ("Noto Sans Malayalam", "manimgx_fonts", "NotoSansMalayalam[wght].ttf"),
    ("Noto Sans Myanmar", "manimgx_fonts", "NotoSansMyanmar[wght].ttf"),
    ("Noto Sans Oriya", "manimgx_fonts", "NotoSansOriya[wght].ttf"),
    ("Noto Sans Sinhala", "manimgx_fonts", "NotoSansSinhala[wght].ttf"),
    ("Noto Sans Tamil", "manimgx_fonts", "NotoSansTamil[wght].ttf"),
    ("Noto Sans Telugu", "manimgx_fonts", "NotoSansTelugu[wght].ttf"),
    ("Noto Emoji", "manimgx_fonts", "NotoEmoji[wght].ttf"),
)


# The brackets of `visible()`: typst carries a font of its own that has them.
_BUILT_IN = frozenset("⟨⟩")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file."""

    family: str
    path: Path


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """Return the font files; raises MachineError (DX-FONTS) where a package is missing."""
    return tuple(Face(family, _file(package, name)) for family, package, name in FAMILIES)


def _file(package: str, name: str) -> Path:
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = next((p for place in places if (p := Path(place) / name).is_file()), None)
    if found is None:
        raise MachineError(
            "DX-FONTS",
            f"The font {name} for PDF reports is not installed.",
            todo=f"Install the package {package.replace('_', '-')}, or write another format.",
        )
    return found


def font_folders() -> list[str]:
    """Return the folders the fonts lie in."""
    return sorted({str(face.path.parent) for face in faces()})


@lru_cache(maxsize=1 << 16)
def is_covered(char: str, *, main_only: bool = False) -> bool:
    """Tell whether a font can show a character; `main_only` asks the text's own face."""
    if char in _BUILT_IN:
        return True
    number = ord(char)
    wanted = faces()[:1] if main_only else faces()
    return any(number in covered_by(str(face.path)) for face in wanted)


@lru_cache(maxsize=len(FAMILIES))
def covered_by(path: str) -> frozenset[int]:
    """Return the code points a font file maps to a glyph."""
    data = Path(path).read_bytes()
    cmap = _table(data, b"cmap")
    found: set[int] = set()
    for index in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * index)
        # Unicode subtables: platform 0, or Microsoft's full and basic ones.
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            found |= _subtable(data, cmap + offset)
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise MachineError("DX-FONTS", "A font file for PDF reports is damaged.", todo="Reinstall it.")


def _subtable(data: bytes, at: int) -> set[int]:
    form = struct.unpack_from(">H", data, at)[0]
    if form == 4:
        return _segments(data, at)
    return _groups(data, at) if form == 12 else set()


def _segments(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    base = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, base)
    found: set[int] = set()
    for n, (start, end, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for code in range(start, min(end, 0xFFFE) + 1):
            where = base + 2 * n + offset + 2 * (code - start)
            glyph = struct.unpack_from(">H", data, where)[0] if offset else (code + delta) & 0xFFFF
            if glyph:
                found.add(code)
    return found


def _groups(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">L", data, at + 12)[0]
    found: set[int] = set()
    for index in range(count):
        start, end, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * index)
        found.update(range(start + (not glyph), min(end, 0x10FFFF) + 1))
    return found
