"""Format, size and inner parts of files that are no JPEG: PNG, WebP, TIFF, HEIC and AVIF.

Only headers and the table of parts are read, each within bounds; nothing is decoded and nothing
raises for bad data.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from docexam.aids.file.tiffparts import read_directories

MOST_PARTS = 2_000
_LONGEST_TEXT = 2_000
_MOST_UNPACKED = 1 << 16
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "HEIC"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    **dict.fromkeys((b"mif1", b"msf1"), "HEIF"),
}
C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


@dataclass(slots=True)
class Parts:
    """What a file's parts say: names in order, texts, and the blocks others look into.

    `end`: where the format's own data end in the file; None where they are cut off.
    """

    format: str
    width: int = 0
    height: int = 0
    names: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    exif: bytes = b""
    xmp: bytes = b""
    c2pa: bytes = b""
    end: int | None = None
    lossless: bool | None = None
    pages: int = 1
    faults: list[str] = field(default_factory=list)


def format_of(content: bytes) -> str:
    """Return the format that the first bytes tell; empty for none that is known here."""
    if content[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "TIFF"
    if content[4:8] == b"ftyp":
        return _brand(content)
    if b"%PDF-" in content[:1024]:
        return "PDF"
    return {b"GIF8": "GIF", b"BM": "BMP"}.get(content[:4], "BMP" if content[:2] == b"BM" else "")


def _brand(content: bytes) -> str:
    size = min(int.from_bytes(content[:4], "big"), 256)
    brands = [content[8:12], *(content[i : i + 4] for i in range(16, size, 4))]
    named = [_BRANDS[b] for b in brands if b in _BRANDS]
    specific = [n for n in named if n != "HEIF"]
    return (specific or named or ["ISO media"])[0]


def read_parts(content: bytes, kind: str) -> Parts:
    """Return the parts of a file of a `format_of` kind; empty ones for a kind without a reader."""
    readers = {"PNG": _png, "WEBP": _webp, "TIFF": _tiff}
    if kind in readers:
        return readers[kind](content)
    if kind in ("HEIC", "AVIF", "HEIF", "ISO media"):
        return _media(content, kind)
    return Parts(kind)


# --- PNG ---------------------------------------------------------------------------------------


def _png(content: bytes) -> Parts:
    parts = Parts("PNG", lossless=True)
    at = 8
    while len(parts.names) < MOST_PARTS:
        head = content[at : at + 8]
        if len(head) < 8:
            parts.faults.append("The file stops before its end mark.")
            return parts
        length, name = int.from_bytes(head[:4], "big"), head[4:8]
        body = content[at + 8 : at + 8 + length]
        if len(body) < length or length >= 2**31:
            parts.faults.append(f"The part {_ascii(name)} lies about its length.")
            return parts
        _chunk(parts, name, body)
        at += 12 + length
        if name == b"IEND":
            parts.end = min(at, len(content))
            return parts
    parts.faults.append("There are more parts than were read.")
    return parts


def _chunk(parts: Parts, name: bytes, body: bytes) -> None:
    if not parts.names or parts.names[-1] != _ascii(name):
        parts.names.append(_ascii(name))
    if name == b"IHDR" and len(body) >= 13:
        parts.width, parts.height = (int.from_bytes(body[i : i + 4], "big") for i in (0, 4))
    elif name == b"eXIf":
        parts.exif = body
    elif name == b"caBX":
        parts.c2pa = body
    elif name in (b"tEXt", b"zTXt", b"iTXt"):
        _png_text(parts, name, body)


def _png_text(parts: Parts, name: bytes, body: bytes) -> None:
    key, _, rest = body.partition(b"\0")
    if name == b"zTXt":
        rest = _unpacked(rest[1:])
    elif name == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        _language, _, rest = rest.partition(b"\0")
        _translated, _, rest = rest.partition(b"\0")
        rest = _unpacked(rest) if packed else rest
    label = _ascii(key)[:80]
    if label == "XML:com.adobe.xmp":
        parts.xmp = rest
    elif len(parts.texts) < 50:
        encoding = "utf-8" if name == b"iTXt" else "latin-1"
        parts.texts.setdefault(label, rest[:_LONGEST_TEXT].decode(encoding, "replace"))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_UNPACKED)
    except zlib.error:
        return b""


# --- WebP --------------------------------------------------------------------------------------


def _webp(content: bytes) -> Parts:
    parts = Parts("WEBP")
    stop = 8 + int.from_bytes(content[4:8], "little")
    at = 12
    while at + 8 <= min(stop, len(content)) and len(parts.names) < MOST_PARTS:
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + length]
        if len(body) < length:
            parts.faults.append(f"The part {_ascii(name)} lies about its length.")
            return parts
        _riff(parts, name, body)
        at += 8 + length + length % 2
    if stop > len(content):
        parts.faults.append("The file stops before its stated length.")
    else:
        parts.end = stop
    return parts


def _riff(parts: Parts, name: bytes, body: bytes) -> None:
    parts.names.append(_ascii(name).strip())
    if name == b"VP8X" and len(body) >= 10:
        parts.width = int.from_bytes(body[4:7], "little") + 1
        parts.height = int.from_bytes(body[7:10], "little") + 1
    elif name == b"VP8 " and len(body) >= 10:
        parts.lossless = False
        if not parts.width:
            parts.width = int.from_bytes(body[6:8], "little") & 0x3FFF
            parts.height = int.from_bytes(body[8:10], "little") & 0x3FFF
    elif name == b"VP8L" and len(body) >= 5:
        parts.lossless = True
        bits = int.from_bytes(body[1:5], "little")
        if not parts.width:
            parts.width, parts.height = (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    elif name == b"EXIF":
        parts.exif = body.removeprefix(b"Exif\0\0")
    elif name == b"XMP ":
        parts.xmp = body
    elif name == b"C2PA":
        parts.c2pa = body


# --- TIFF --------------------------------------------------------------------------------------


def _tiff(content: bytes) -> Parts:
    parts = Parts("TIFF")
    if content[2:4] in (b"+\0", b"\0+"):
        parts.faults.append("It is a BigTIFF; its tags were not read.")
        return parts
    found = read_directories(content)
    parts.faults += found.faults
    parts.exif = content
    parts.width = found.number("0", 0x0100) or 0
    parts.height = found.number("0", 0x0101) or 0
    parts.pages = max(1, sum(d.name.isdigit() for d in found.directories))
    packing = found.number("0", 0x0103)
    parts.lossless = None if packing is None else packing not in (6, 7, 34892)
    for tag, name in ((700, "xmp"), (0xCD41, "c2pa")):
        value = found.entry("0", tag)
        if isinstance(value, bytes):
            setattr(parts, name, value)
    parts.names = [f"directory {d.name}" for d in found.directories]
    return parts


# --- ISO media: HEIC, AVIF ---------------------------------------------------------------------


def _media(content: bytes, kind: str) -> Parts:
    parts = Parts(kind)
    for name, start, stop in _boxes(content, 0, len(content)):
        parts.names.append(_ascii(name))
        if name == b"meta":
            _meta(parts, content, start + 4, stop)
        elif name == b"uuid" and content[start : start + 16] == C2PA_BOX:
            parts.c2pa = content[start + 16 : stop]
        parts.end = stop
    if parts.end is not None and parts.end < len(content) and not parts.faults:
        parts.faults.append("The table of parts does not reach the end of the file.")
    return parts


def _boxes(content: bytes, at: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    for _ in range(MOST_PARTS):
        if at + 8 > stop:
            return
        size, name, head = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        size = size or stop - at
        if size < head or at + size > stop:
            return
        yield name, at + head, at + size
        at += size


def _meta(parts: Parts, content: bytes, start: int, stop: int) -> None:
    """Take the largest image extent and the positions of Exif; items are not followed deeper."""
    for name, inner, end in _boxes(content, start, stop):
        if name != b"iprp":
            continue
        for kind, first, last in _boxes(content, inner, end):
            if kind == b"ipco":
                _extents(parts, content, first, last)


def _extents(parts: Parts, content: bytes, start: int, stop: int) -> None:
    for name, inner, end in _boxes(content, start, stop):
        if name == b"ispe" and end - inner >= 12:
            width = int.from_bytes(content[inner + 4 : inner + 8], "big")
            height = int.from_bytes(content[inner + 8 : inner + 12], "big")
            if width * height > parts.width * parts.height:
                parts.width, parts.height = width, height


def _ascii(name: bytes) -> str:
    return "".join(chr(b) if 32 <= b < 127 else "?" for b in name)
