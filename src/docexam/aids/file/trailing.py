"""What stands behind a picture's end: another file, a phone's own data, or filling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docexam.aids.file.containers import format_of
from docexam.aids.file.jpegparts import read_jpeg

MOST_FOUND = 16
_MARKS = (
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"ftyp", "ISO media"),
    (b"SEFH", "Samsung trailer"),
    (b"<?php", "script"),
    (b"<html", "HTML"),
)


@dataclass(frozen=True, slots=True)
class Appended:
    """Something behind the end: its format (empty: unknown), place and size in bytes."""

    format: str
    at: int
    bytes: int
    width: int = 0
    height: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        size = {"width": self.width, "height": self.height} if self.width else {}
        return {"format": self.format, "at": self.at, "bytes": self.bytes, **size}


def appended(content: bytes, end: int) -> list[Appended]:
    """Return what follows `end`; filling with one repeated byte counts as nothing."""
    rest = content[end:]
    if len(set(rest[:4096])) <= 1 and rest.count(rest[:1]) == len(rest):
        return []
    found: list[Appended] = []
    at = end
    while at < len(content) and len(found) < MOST_FOUND:
        kind, start = _next(content, at)
        if kind != "JPEG":
            found.append(Appended(kind, start, len(content) - start))
            break
        parts = read_jpeg(content, start)
        stop = parts.end or len(content)
        found.append(Appended("JPEG", start, stop - start, parts.width, parts.height))
        at = stop
        if len(set(content[at : at + 4096])) <= 1:
            break
    return found


def _next(content: bytes, at: int) -> tuple[str, int]:
    hits = [(content.find(mark, at, at + (1 << 20)), kind) for mark, kind in _MARKS]
    near = sorted((where, kind) for where, kind in hits if where >= 0)
    if not near:
        return "", at
    where, kind = near[0]
    if kind == "ISO media":
        return (format_of(content[where - 4 : where + 60]) or kind), max(where - 4, at)
    return kind, where
