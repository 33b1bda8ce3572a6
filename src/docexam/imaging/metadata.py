"""What an original says about itself: EXIF, colour profile, tables, comments, software, dates.

Everything is a claim of the file, exact and untrusted: texts are kept as they are (a sink makes
them visible), bounded in number and length, and whatever cannot be read becomes a note.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from PIL import ExifTags, Image, JpegImagePlugin, TiffImagePlugin

from docexam.imaging.decode import BAD_IMAGE
from docexam.imaging.jpegfile import JpegFile, table_quality

Json = dict[str, Any]

MOST_ENTRIES = 150
LONGEST_TEXT = 2_000
_LONGEST_LIST = 64
_DEEPEST = 4
_SHOWN_BYTES = 16
_DATE_TAGS = {"DateTime": "modified", "DateTimeOriginal": "taken", "DateTimeDigitized": "digitised"}
_IFDS = (("photo", ExifTags.IFD.Exif), ("gps", ExifTags.IFD.GPSInfo))
_POINTERS = {0x8769, 0x8825, 0xA005, 0x02BC, 0x8773, 0x83BB, 0x8649, 0x014A}
_NOT_TEXT = {"exif", "icc_profile", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "mp"}


def read_metadata(image: Image.Image, content: bytes, notes: list[str]) -> Json:
    """Return the metadata of a picture opened from `content`, as bounded JSON values.

    `notes` takes a plain sentence for each part that could not be read. Never raises for bad
    metadata. Parts that are absent are left out.
    """
    parts: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("exif", lambda: _exif(image)),
        ("gps", lambda: _position(image)),
        ("dates", lambda: _dates(image)),
        ("software", lambda: _software(image)),
        ("icc", lambda: _profile(image)),
        ("jpeg", lambda: _jpeg(image, content)),
        ("png", lambda: _texts(image)),
        ("xmp", lambda: _xmp(image)),
        ("density", lambda: _density(image)),
        ("thumbnail", lambda: _thumbnail(image)),
    )
    found: Json = {}
    for name, read in parts:
        try:
            value = read()
        except (*BAD_IMAGE, MemoryError) as error:
            notes.append(f"The file's {name} data are damaged ({type(error).__name__}).")
            continue
        if value:
            found[name] = value
    return found


def prefetch(image: Image.Image) -> None:
    """Read a TIFF's inner tag groups while its file is open: decoding the pixels closes it."""
    if image.format == "TIFF":
        with suppress(*BAD_IMAGE):
            for pointer in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
                image.getexif().get_ifd(pointer)


# --- plain values ------------------------------------------------------------------------------


def plain(value: object, depth: int = 0) -> Any:
    """Return `value` as bounded JSON: text exact up to `LONGEST_TEXT`, bytes summed up."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (bytes, bytearray)):
        return _bytes(bytes(value))
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else str(value)[:LONGEST_TEXT]
    if isinstance(value, TiffImagePlugin.IFDRational):
        return _rational(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if depth >= _DEEPEST:
        return f"({type(value).__name__}, not shown)"
    if isinstance(value, dict):
        return {str(k)[:80]: plain(v, depth + 1) for k, v in _first(value.items())}
    if isinstance(value, (list, tuple, set)):
        return [plain(v, depth + 1) for v in _first(value, _LONGEST_LIST)]
    return _text(str(value))


def _text(text: str) -> Any:
    text = str(text)
    if len(text) <= LONGEST_TEXT:
        return text
    return {"text": text[:LONGEST_TEXT], "length": len(text)}


def _bytes(value: bytes) -> Any:
    stripped = value.rstrip(b"\0")
    if len(value) <= LONGEST_TEXT and stripped.isascii() and stripped.decode().isprintable():
        return stripped.decode()
    return {"bytes": len(value), "begins": value[:_SHOWN_BYTES].hex()}


def _rational(value: TiffImagePlugin.IFDRational) -> Any:
    if value.denominator == 0:
        return f"{value.numerator}/0"
    number = float(value)
    return round(number, 8) if math.isfinite(number) else str(value)


def _first(items: Iterable[Any], most: int = MOST_ENTRIES) -> list[Any]:
    return [item for _, item in zip(range(most), items, strict=False)]


# --- EXIF --------------------------------------------------------------------------------------


def _named(tags: Iterable[tuple[int, object]], names: dict[int, str]) -> Json:
    named: Json = {}
    for tag, value in _first(tags):
        if tag not in _POINTERS:
            named[names.get(tag, f"0x{tag:04X}")] = plain(value)
    return named


def _exif(image: Image.Image) -> Json:
    exif = image.getexif()
    if not exif:
        return {}
    groups: Json = {}
    main = _named(exif.items(), ExifTags.TAGS)
    if main:
        groups["image"] = main
    for name, pointer in _IFDS:
        names = ExifTags.GPSTAGS if name == "gps" else ExifTags.TAGS
        inner = _named(exif.get_ifd(pointer).items(), names)
        if inner:
            groups[name] = inner
    return groups


def _position(image: Image.Image) -> Json:
    """Return the GPS position in degrees, where the file claims one that can be one."""
    gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(gps.get(2), gps.get(1), "S", 90.0)
    longitude = _degrees(gps.get(4), gps.get(3), "W", 180.0)
    if latitude is None or longitude is None:
        return {}
    return {"latitude": latitude, "longitude": longitude}


def _degrees(parts: Any, reference: Any, negative: str, limit: float) -> float | None:
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    value = 0.0
    try:
        for power, part in enumerate(parts):
            value += float(part) / 60.0**power
    except (TypeError, ValueError, ArithmeticError):
        return None
    if not math.isfinite(value) or not 0.0 <= value <= limit:
        return None
    sign = -1 if str(reference).strip("\0 ").upper() == negative else 1
    return round(sign * value, 7)


def _dates(image: Image.Image) -> Json:
    exif = image.getexif()
    tags = {**dict(exif), **exif.get_ifd(ExifTags.IFD.Exif)}
    names = {ExifTags.TAGS.get(tag, ""): value for tag, value in tags.items()}
    return {word: plain(names[tag]) for tag, word in _DATE_TAGS.items() if names.get(tag)}


def _software(image: Image.Image) -> Any:
    exif = image.getexif()
    said = exif.get(0x0131) or image.info.get("Software") or exif.get(0x000B)
    return plain(said) if said else None


def _thumbnail(image: Image.Image) -> Json:
    inner = image.getexif().get_ifd(ExifTags.IFD.IFD1)
    length = inner.get(0x0202)
    return {"bytes": length} if isinstance(length, int) and 0 < length < 2**31 else {}


# --- the rest ----------------------------------------------------------------------------------


def _profile(image: Image.Image) -> Json:
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not profile:
        return {}
    return {"description": _text(_profile_name(profile)), "bytes": len(profile)}


def _profile_name(profile: bytes) -> str:
    """Read an ICC profile's `desc` tag (versions 2 and 4); empty where there is none."""
    count = int.from_bytes(profile[128:132], "big")
    for entry in range(min(count, 100)):
        at = 132 + 12 * entry
        if profile[at : at + 4] == b"desc":
            offset = int.from_bytes(profile[at + 4 : at + 8], "big")
            return _profile_text(profile[offset : offset + 4096])
    return ""


def _profile_text(tag: bytes) -> str:
    if tag[:4] == b"desc":
        length = int.from_bytes(tag[8:12], "big")
        return tag[12 : 12 + length].split(b"\0")[0].decode("ascii", "replace")
    if tag[:4] == b"mluc":
        length, offset = (int.from_bytes(tag[a : a + 4], "big") for a in (20, 24))
        return tag[offset : offset + length].decode("utf-16-be", "replace").rstrip("\0")
    return ""


def _jpeg(image: Image.Image, content: bytes) -> Json:
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return {}
    found = JpegFile.read(content)
    tables = list(image.quantization.values())[:4]
    estimate = table_quality(tables)
    said: Json = {
        "progressive": found.progressive,
        "segments": list(found.segments[:_LONGEST_LIST]),
        "quantisation": [{"sum": sum(t), "first": [int(v) for v in t[:3]]} for t in tables],
        "quality": estimate.quality,
        "standard_tables": estimate.standard,
        "bytes_after_end": found.bytes_after_end,
    }
    if found.sampling:
        said["sampling"] = found.sampling
    if found.comments:
        said["comments"] = [_comment(c) for c in found.comments[:_LONGEST_LIST]]
    if "adobe_transform" in image.info:
        said["adobe_transform"] = plain(image.info["adobe_transform"])
    return said


def _comment(comment: bytes) -> Any:
    try:
        return _text(comment.decode("utf-8"))
    except UnicodeDecodeError:
        return _text(comment.decode("latin-1"))


def _texts(image: Image.Image) -> Json:
    """Return a PNG's text chunks and the like (WebP and TIFF have none)."""
    if image.format != "PNG":
        return {}
    texts = {k: v for k, v in image.info.items() if isinstance(v, str) and k not in _NOT_TEXT}
    return {str(k)[:80]: _text(v) for k, v in _first(texts.items())}


def _xmp(image: Image.Image) -> Any:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(packet, bytes):
        packet = packet.decode("utf-8", "replace")
    return _text(packet.strip("\0 \r\n")) if isinstance(packet, str) else None


def _density(image: Image.Image) -> Json:
    """Return the dots per inch the file claims and, for JFIF, the raw pair and its unit."""
    said: Json = {}
    if image.info.get("dpi"):
        said["dpi"] = [round(float(v), 2) for v in image.info["dpi"][:2]]
    if image.info.get("jfif_density"):
        unit = int(image.info.get("jfif_unit", 0))
        said["jfif"] = [int(v) for v in image.info["jfif_density"][:2]]
        said["jfif_unit"] = {0: "aspect", 1: "inch", 2: "cm"}.get(unit, str(unit))
    return said
