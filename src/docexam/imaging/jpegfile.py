"""The parts of a JPEG file that its pixels do not show: segments, comments, tables' quality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Annex K of ITU-T T.81, luminance, row by row: the table most encoders scale by quality.
_STANDARD = (
    *(16, 11, 10, 16, 24, 40, 51, 61),
    *(12, 12, 14, 19, 26, 58, 60, 55),
    *(14, 13, 16, 24, 40, 57, 69, 56),
    *(14, 17, 22, 29, 51, 87, 80, 62),
    *(18, 22, 37, 56, 68, 109, 103, 77),
    *(24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101),
    *(72, 92, 95, 98, 112, 100, 103, 99),
)
_MOST_SEGMENTS = 2_000
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SAMPLINGS = {
    (1, 1): "4:4:4",
    (2, 1): "4:2:2",
    (2, 2): "4:2:0",
    (1, 2): "4:4:0",
    (4, 1): "4:1:1",
}


@dataclass(frozen=True, slots=True)
class JpegFile:
    """What a JPEG's markers say; read leniently, nothing decoded.

    `segments`: names in file order up to the first scan (`APP1 Exif`, `DQT`, `SOF2`, …).
    `sampling`: chroma subsampling, empty where unusual. `bytes_after_end`: what follows the last
    end marker (an appended file, or padding).
    """

    segments: tuple[str, ...]
    comments: tuple[bytes, ...]
    progressive: bool
    sampling: str
    bytes_after_end: int

    @classmethod
    def read(cls, content: bytes) -> JpegFile:
        """Walk the markers of a JPEG's bytes up to its first scan."""
        names: list[str] = []
        comments: list[bytes] = []
        progressive, sampling = False, ""
        for marker, body in _segments(content):
            names.append(_name(marker, body))
            if marker == 0xFE:
                comments.append(body)
            elif marker in _FRAMES:
                progressive, sampling = marker in _PROGRESSIVE, _sampling(body)
        end = content.rfind(b"\xff\xd9")
        after = len(content) - end - 2 if end >= 0 else 0
        return cls(tuple(names), tuple(comments), progressive, sampling, after)


def _segments(content: bytes) -> list[tuple[int, bytes]]:
    found: list[tuple[int, bytes]] = []
    at = 2
    while at + 4 <= len(content) and len(found) < _MOST_SEGMENTS:
        if content[at] != 0xFF:
            at += 1
            continue
        marker = content[at + 1]
        if marker in _STANDALONE or marker in (0x00, 0xFF, 0xD8):
            at += 1 if marker == 0xFF else 2
            continue
        if marker in (0xDA, 0xD9):
            break
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        found.append((marker, content[at + 4 : at + 2 + max(length, 2)]))
        at += 2 + max(length, 2)
    return found


def _name(marker: int, body: bytes) -> str:
    if 0xE0 <= marker <= 0xEF:
        label = bytes(b for b in body[:12].split(b"\0")[0] if 32 < b < 127).decode()
        return f"APP{marker - 0xE0} {label}".strip()
    if marker in _FRAMES:
        return f"SOF{marker - 0xC0}"
    return {0xFE: "COM", 0xDB: "DQT", 0xC4: "DHT", 0xDD: "DRI"}.get(marker, f"0x{marker:02X}")


def _sampling(frame: bytes) -> str:
    if len(frame) < 12 or frame[5] != 3:
        return ""
    return _SAMPLINGS.get((frame[7] >> 4, frame[7] & 15), "")


@dataclass(frozen=True, slots=True)
class TableQuality:
    """The quality (1..100) at which the standard table is nearest, and whether it is that table."""

    quality: int | None
    standard: bool


def table_quality(tables: Sequence[Sequence[int]]) -> TableQuality:
    """Estimate the encoder's quality from the luminance table (the first), in any order.

    The Independent JPEG Group's scale; cameras and Adobe have tables of their own, for which
    the number is only the nearest (`standard` is false).
    """
    if not tables or len(tables[0]) != 64:
        return TableQuality(None, False)
    wanted = sorted(int(v) for v in tables[0])
    distance = {q: _distance(wanted, q) for q in range(1, 101)}
    best = min(distance, key=lambda q: (distance[q], q))
    return TableQuality(best, distance[best] == 0)


def _distance(wanted: Sequence[int], quality: int) -> int:
    return sum(abs(a - b) for a, b in zip(wanted, sorted(scaled_table(quality)), strict=True))


def scaled_table(quality: int) -> tuple[int, ...]:
    """Return the standard luminance table at a quality of 1..100, row by row."""
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return tuple(min(max((v * scale + 50) // 100, 1), 255) for v in _STANDARD)
