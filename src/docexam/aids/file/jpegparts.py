"""The parts of a JPEG in file order, past its scans to the true end of the first image.

ITU-T T.81 (markers), JFIF, Exif 2.32 (APP1), CIPA DC-007 (several images in one file). Read
leniently: what is cut off or lies about its length ends the walk and is told, nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_SEGMENTS = 4_000
MOST_COMPONENTS = 4
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_LOSSLESS = {0xC3, 0xC7, 0xCB, 0xCF}
_ARITHMETIC = set(range(0xC9, 0xD0)) - {0xCC}
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_SAMPLINGS: dict[tuple[tuple[int, int], ...], str] = {
    ((1, 1), (1, 1), (1, 1)): "4:4:4",
    ((2, 1), (1, 1), (1, 1)): "4:2:2",
    ((2, 2), (1, 1), (1, 1)): "4:2:0",
    ((1, 2), (1, 1), (1, 1)): "4:4:0",
    ((4, 1), (1, 1), (1, 1)): "4:1:1",
}
# Annex K.3: how many codes of each length the example table for luminance AC has.
_EXAMPLE_CODES = bytes((0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D))
_ZIGZAG = (
    *(0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5),
    *(12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28),
    *(35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51),
    *(58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker with its body: `at` is the position of the body in the file."""

    marker: int
    at: int
    body: bytes

    @property
    def name(self) -> str:
        """The marker's name, with an APP segment's own label (`APP1 Exif`)."""
        if 0xE0 <= self.marker <= 0xEF:
            label = bytes(b for b in self.body[:32].split(b"\0")[0] if 32 < b < 127)[:12]
            return f"APP{self.marker - 0xE0} {label.decode('ascii')}".strip()
        if self.marker in _FRAMES:
            return f"SOF{self.marker - 0xC0}"
        known = {0xFE: "COM", 0xDB: "DQT", 0xC4: "DHT", 0xDD: "DRI", 0xDA: "SOS"}
        return known.get(self.marker, f"0x{self.marker:02X}")


@dataclass(frozen=True, slots=True)
class Table:
    """A quantisation table: its number, 8 or 16 bits a value, the 64 values row by row."""

    number: int
    bits: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class JpegParts:
    """What a JPEG's markers say.

    `end`: where the first image ends in the file, after its end marker; None where it has none.
    `faults`: sentences about what is cut off or does not fit.
    """

    segments: tuple[Segment, ...]
    tables: tuple[Table, ...]
    width: int = 0
    height: int = 0
    components: tuple[tuple[int, int, int], ...] = ()
    frame: int = 0
    end: int | None = None
    example_codes: bool | None = None
    restarts: int = 0
    scans: int = 0
    faults: tuple[str, ...] = ()

    @property
    def progressive(self) -> bool:
        """Whether the picture is stored in scans of growing detail."""
        return self.frame in _PROGRESSIVE

    @property
    def coding(self) -> str:
        """How the picture is coded, in words."""
        if self.frame in _LOSSLESS:
            return "lossless"
        words = "progressive" if self.progressive else "baseline or sequential"
        return words + (", arithmetic" if self.frame in _ARITHMETIC else "")

    @property
    def sampling(self) -> str:
        """Chroma subsampling as people write it; `grey` for one component, else the factors."""
        if len(self.components) == 1:
            return "grey"
        factors = tuple((h, v) for _, h, v in self.components)
        return _SAMPLINGS.get(factors[:3], "") or " ".join(f"{h}×{v}" for h, v in factors)

    def bodies(self, marker: int, prefix: bytes = b"") -> list[Segment]:
        """Return the segments of a marker whose body begins with `prefix`."""
        return [s for s in self.segments if s.marker == marker and s.body.startswith(prefix)]


@dataclass(slots=True)
class _Reading:
    segments: list[Segment] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    end: int | None = None
    scans: int = 0


def read_jpeg(content: bytes, start: int = 0) -> JpegParts:
    """Walk a JPEG that begins at `start`; bytes that are none give empty parts with a fault."""
    walked = _Reading()
    if content[start : start + 2] != b"\xff\xd8":
        walked.faults.append("It does not begin as a JPEG does.")
    else:
        _walk(content, start + 2, walked)
    return _parts(walked)


def _walk(content: bytes, at: int, walked: _Reading) -> None:
    while len(walked.segments) < MOST_SEGMENTS:
        found = _NEXT_MARKER.search(content, at)
        if found is None:
            walked.faults.append("The file stops before the picture's end marker.")
            return
        if found.start() != at and not walked.scans:
            walked.faults.append(f"{found.start() - at} stray bytes stand between segments.")
        marker, at = content[found.end() - 1], found.end()
        if marker == 0xD9:
            walked.end = at
            return
        if marker in _STANDALONE or marker == 0xD8:
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        body = content[at + 2 : at + max(length, 2)]
        if length < 2 or len(body) != length - 2:
            walked.faults.append(f"A segment (0x{marker:02X}) lies about its length.")
            return
        walked.segments.append(Segment(marker, at + 2, body))
        walked.scans += marker == 0xDA
        at += length
    walked.faults.append(f"More than {MOST_SEGMENTS} segments; the rest was not read.")


def _parts(walked: _Reading) -> JpegParts:
    frame = next((s for s in walked.segments if s.marker in _FRAMES), None)
    width, height, components = _frame(frame.body) if frame else (0, 0, ())
    restarts = next((s.body for s in walked.segments if s.marker == 0xDD), b"")
    return JpegParts(
        segments=tuple(walked.segments),
        tables=tuple(t for s in walked.segments if s.marker == 0xDB for t in _tables(s.body)),
        width=width,
        height=height,
        components=components,
        frame=frame.marker if frame else 0,
        end=walked.end,
        example_codes=_example_codes(walked.segments),
        restarts=int.from_bytes(restarts[:2], "big"),
        scans=walked.scans,
        faults=tuple(dict.fromkeys(walked.faults))[:20],
    )


def _frame(body: bytes) -> tuple[int, int, tuple[tuple[int, int, int], ...]]:
    if len(body) < 6:
        return 0, 0, ()
    count = min(body[5], MOST_COMPONENTS)
    parts = [body[6 + 3 * i : 9 + 3 * i] for i in range(count)]
    components = tuple((p[0], p[1] >> 4, p[1] & 15) for p in parts if len(p) == 3)
    return int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"), components


def _tables(body: bytes) -> list[Table]:
    found: list[Table] = []
    at = 0
    while at < len(body) and len(found) < 8:
        wide = body[at] >> 4
        size = 2 if wide else 1
        raw = body[at + 1 : at + 1 + 64 * size]
        if wide > 1 or len(raw) != 64 * size:
            break
        values = [0] * 64
        for i, position in enumerate(_ZIGZAG):
            values[position] = int.from_bytes(raw[i * size : (i + 1) * size], "big")
        found.append(Table(body[at] & 15, 8 * size, tuple(values)))
        at += 1 + 64 * size
    return found


def _example_codes(segments: list[Segment]) -> bool | None:
    """Whether the luminance codes are the standard's example, or None where there are none."""
    found = False
    for segment in segments:
        body, at = segment.body if segment.marker == 0xC4 else b"", 0
        while at + 17 <= len(body):
            found = True
            counts = body[at + 1 : at + 17]
            if body[at] == 0x10:
                return counts == _EXAMPLE_CODES
            at += 17 + sum(counts)
    return False if found else None


# --- several images in one ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """An image of a multi-picture file: `at` and `size` in the file, `kind` in words."""

    at: int
    size: int
    kind: str


_KINDS = {
    0x010001: "large preview",
    0x010002: "larger preview",
    0x020001: "panorama",
    0x020002: "disparity",
    0x020003: "multiple angles",
    0x030000: "primary",
    0x000000: "undefined (gain map, depth or the like)",
}


def pictures_in(parts: JpegParts) -> list[Part]:
    """Return the images a multi-picture index (MPF, APP2) names, the first one included."""
    from docexam.aids.file.tiffparts import read_directories

    for segment in parts.bodies(0xE2, b"MPF\0"):
        base = segment.at + 4
        directories = read_directories(segment.body[4:]).directories
        entries = directories[0].entries.get(0xB002) if directories else None
        if not isinstance(entries, bytes):
            return []
        order = "little" if segment.body[4:6] == b"II" else "big"
        return [_part(entries[i : i + 16], base, order) for i in range(0, len(entries) - 15, 16)][
            :32
        ]
    return []


def _part(entry: bytes, base: int, order: str) -> Part:
    little = order == "little"
    attribute, size, offset = (
        int.from_bytes(entry[i : i + 4], "little" if little else "big") for i in (0, 4, 8)
    )
    kind = _KINDS.get(attribute & 0xFFFFFF, f"type 0x{attribute & 0xFFFFFF:06X}")
    return Part(base + offset if offset else 0, size, kind)
