"""BagIt 1.0 (RFC 8493), the part of it that packages use: one SHA-256 manifest, tag files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

BAGIT = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
FETCH = "fetch.txt"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)")
_ESCAPES = {"%0A": "\n", "%0a": "\n", "%0D": "\r", "%0d": "\r", "%25": "%"}


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bag: its name with slashes, its bytes or where they lie, size and hash."""

    name: str
    content: bytes | Path
    size: int
    sha256: str


def part(name: str, content: bytes) -> Part:
    """Return a part whose bytes are at hand."""
    return Part(name, content, len(content), hashlib.sha256(content).hexdigest())


def tag_parts(
    payload: Sequence[Part], info: Sequence[tuple[str, str]], more: Sequence[Part]
) -> list[Part]:
    """Return the tag files of a bag with that payload; `more` are tag files of our own."""
    octets = sum(p.size for p in payload)
    lines = [*info, ("Payload-Oxum", f"{octets}.{len(payload)}")]
    tags = [
        part(BAGIT, DECLARATION),
        part(INFO, "".join(f"{k}: {v}\n" for k, v in lines).encode()),
        part(MANIFEST, manifest(payload)),
        *more,
    ]
    return [*tags, part(TAG_MANIFEST, manifest(tags))]


def manifest(parts: Sequence[Part]) -> bytes:
    """Return a manifest that `sha256sum -c` reads, sorted by name."""
    lines = sorted((p.name, p.sha256) for p in parts)
    return "".join(f"{sha256}  {name}\n" for name, sha256 in lines).encode()


def read_manifest(content: bytes) -> dict[str, str]:
    """Return the hash of each file a manifest names; raises ValueError for another text."""
    found: dict[str, str] = {}
    for line in content.decode("utf-8").splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"“{line[:80]}” is no line of a manifest")
        name = re.sub("%(0A|0D|25)", lambda m: _ESCAPES[m[0]], match[2], flags=re.IGNORECASE)
        if name in found:
            raise ValueError(f"“{name[:80]}” stands twice in the manifest")
        found[name] = match[1].lower()
    return found
