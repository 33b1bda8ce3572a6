"""Whether a PNG file is whole: every chunk's checksum, and the end it must have."""

from __future__ import annotations

import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FRAME = 12


def png_problem(content: bytes) -> str:
    """Return what a PNG lacks, in words; empty for a whole one.

    A decoder is content with the pixels; a file cut just behind them lost its end all the same.
    """
    at = len(_SIGNATURE)
    if not content.startswith(_SIGNATURE):
        return "it does not begin as a PNG does"
    while at + _FRAME <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, end = content[at + 4 : at + 8], at + _FRAME + length
        if end > len(content):
            return "a part of it is cut off"
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            return "a checksum in it does not agree"
        if kind == b"IEND":
            return ""
        at = end
    return "its end is missing"
