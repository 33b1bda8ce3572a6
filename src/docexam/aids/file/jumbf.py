"""Content Credentials by their bytes alone: is a JUMBF box there, and what are its labels.

ISO 19566-5 (JUMBF) as C2PA 2.x embeds it: APP11 segments in JPEG, `caBX` in PNG, `C2PA` in WebP,
a `uuid` box in ISO media, tag 0xCD41 in TIFF. Nothing is validated here.
"""

from __future__ import annotations

from docexam.aids.file.jpegparts import JpegParts

MOST_LABELS = 40
_MOST_BYTES = 8 << 20
_DEEPEST = 8


def box_of_jpeg(parts: JpegParts) -> bytes:
    """Return the JUMBF box that APP11 segments carry in pieces; empty where there is none."""
    pieces: dict[int, list[tuple[int, bytes]]] = {}
    for segment in parts.bodies(0xEB, b"JP"):
        body = segment.body
        if len(body) < 16:
            continue
        number = int.from_bytes(body[2:4], "big")
        order = int.from_bytes(body[4:8], "big")
        held = pieces.setdefault(number, [])
        # Every later piece repeats the box's length and type.
        held.append((order, body[8:] if not held else body[16:]))
    for number in sorted(pieces):
        box = b"".join(piece for _, piece in sorted(pieces[number], key=lambda p: p[0]))
        if box[4:8] == b"jumb":
            return box[:_MOST_BYTES]
    return b""


def labels(box: bytes) -> list[str]:
    """Return the labels of a JUMBF box and of those within, in file order."""
    found: list[str] = []
    _walk(box, 0, len(box), found, 0)
    return found


def is_credentials(box: bytes) -> bool:
    """Whether a box is a C2PA manifest store."""
    return box[4:8] == b"jumb" and (b"c2pa" in box[:64] or "c2pa" in labels(box)[:1])


def _walk(box: bytes, at: int, stop: int, found: list[str], depth: int) -> None:
    while at + 8 <= stop and len(found) < MOST_LABELS and depth < _DEEPEST:
        size, name = int.from_bytes(box[at : at + 4], "big"), box[at + 4 : at + 8]
        head = 8
        if size == 1:
            size, head = int.from_bytes(box[at + 8 : at + 16], "big"), 16
        if size < head or at + size > stop:
            return
        if name == b"jumb":
            _walk(box, at + head, at + size, found, depth + 1)
        elif name == b"jumd" and size > head + 17 and box[at + head + 16] & 2:
            label = box[at + head + 17 : at + size].split(b"\0")[0]
            found.append(label[:120].decode("utf-8", "replace"))
        at += size
