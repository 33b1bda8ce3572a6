"""The tag directories of TIFF and Exif, read without trusting a single offset.

TIFF 6.0 and Exif 2.32. Bounded in directories, entries and bytes; directories that point back to
themselves are told and not followed. Nothing raises for bad data.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TypeAlias

MOST_DIRECTORIES = 24
MOST_ENTRIES = 400
MOST_BYTES = 1 << 16
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_POINTERS = {0x8769: "exif", 0x8825: "gps", 0xA005: "interoperability", 0x014A: "sub"}
_NUMBERS = {3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I"}

Value: TypeAlias = str | bytes | tuple[float, ...] | tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory: where it belongs (`0` and `1` for the main ones, `exif`, `gps`), its tags.

    Texts are str without their NULs, undefined data and bytes are bytes, numbers tuples,
    fractions tuples of (numerator, denominator).
    """

    name: str
    entries: dict[int, Value]


@dataclass(frozen=True, slots=True)
class Directories:
    """All directories in the order they were met, and sentences about what does not fit."""

    directories: tuple[Directory, ...] = ()
    little: bool = True
    faults: tuple[str, ...] = ()

    def entry(self, name: str, tag: int) -> Value | None:
        """Return a tag's value from the first directory of that name, or None."""
        return next((d.entries.get(tag) for d in self.directories if d.name == name), None)

    def text(self, name: str, tag: int) -> str:
        """Return a tag's text without surrounding blanks; empty where there is none."""
        value = self.entry(name, tag)
        if isinstance(value, bytes):
            value = value.decode("latin-1").strip("\0")
        return value.strip()[:500] if isinstance(value, str) else ""

    def number(self, name: str, tag: int) -> int | None:
        """Return a tag's first whole number, or None."""
        value = self.entry(name, tag)
        if isinstance(value, tuple) and value and isinstance(value[0], int):
            return value[0]
        return None


@dataclass(slots=True)
class _Walk:
    data: bytes
    order: str
    found: list[Directory] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


def read_directories(data: bytes) -> Directories:
    """Read the directories of a TIFF structure that begins at the first byte of `data`."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2], "")
    if not order or len(data) < 8:
        return Directories(faults=("The tags do not begin as they must.",) if data else ())
    walk = _Walk(data, order)
    magic = struct.unpack(order + "H", data[2:4])[0]
    if magic not in (42, 0x4F52, 0x5352, 0x55):
        walk.faults.append("The tags do not begin as they must.")
    else:
        _chain(walk, struct.unpack(order + "I", data[4:8])[0], 0)
    faults = tuple(dict.fromkeys(walk.faults))[:20]
    return Directories(tuple(walk.found), order == "<", faults)


def _chain(walk: _Walk, at: int, number: int) -> None:
    while at:
        at = _directory(walk, at, str(number), depth=0)
        number += 1


def _directory(walk: _Walk, at: int, name: str, depth: int) -> int:
    """Read the directory at `at` and those it points to; return where the next one is."""
    if at in walk.seen:
        walk.faults.append("The tag directories lead round in a circle.")
        return 0
    if len(walk.found) >= MOST_DIRECTORIES or depth > 4:
        walk.faults.append("There are more tag directories than were read.")
        return 0
    if at + 2 > len(walk.data):
        walk.faults.append("A tag directory lies outside the file.")
        return 0
    walk.seen.add(at)
    count = struct.unpack(walk.order + "H", walk.data[at : at + 2])[0]
    if count > MOST_ENTRIES:
        walk.faults.append(f"A tag directory claims {count} entries; {MOST_ENTRIES} were read.")
    directory = Directory(name, {})
    walk.found.append(directory)
    for index in range(min(count, MOST_ENTRIES)):
        _entry(walk, directory, walk.data[at + 2 + 12 * index : at + 14 + 12 * index], depth)
    after = walk.data[at + 2 + 12 * count : at + 6 + 12 * count]
    return struct.unpack(walk.order + "I", after)[0] if len(after) == 4 else 0


def _entry(walk: _Walk, directory: Directory, raw: bytes, depth: int) -> None:
    if len(raw) < 12:
        walk.faults.append("A tag directory is cut off.")
        return
    tag, kind, count = struct.unpack(walk.order + "HHI", raw[:8])
    size = _SIZES.get(kind, 0) * count
    if not size:
        if kind not in _SIZES:
            walk.faults.append(f"A tag (0x{tag:04X}) is of an unknown type.")
        return
    inline = size <= 4
    at = 0 if inline else struct.unpack(walk.order + "I", raw[8:12])[0]
    source = raw[8:12] if inline else walk.data[at : at + min(size, MOST_BYTES)]
    if len(source) < min(size, MOST_BYTES):
        walk.faults.append(f"A tag (0x{tag:04X}) points outside the file.")
        return
    value = _value(walk.order, kind, source[: min(size, MOST_BYTES)])
    directory.entries.setdefault(tag, value)
    if tag in _POINTERS and isinstance(value, tuple):
        for pointer in value[:4]:
            if isinstance(pointer, int) and pointer:
                _directory(walk, pointer, _POINTERS[tag], depth + 1)


def _value(order: str, kind: int, raw: bytes) -> Value:
    if kind == 2:
        return raw.split(b"\0")[0].decode("utf-8", "replace")
    if kind in (1, 7):
        return bytes(raw)
    if kind in (5, 10):
        letter = "I" if kind == 5 else "i"
        whole = len(raw) // 8
        flat = struct.unpack(f"{order}{2 * whole}{letter}", raw[: 8 * whole])
        return tuple(zip(flat[::2], flat[1::2], strict=True))
    size = _SIZES[kind]
    whole = len(raw) // size
    return struct.unpack(f"{order}{whole}{_NUMBERS[kind]}", raw[: whole * size])
