"""What Exif says, and where it contradicts itself or the picture.

Every value is a claim of the file, exact and untrusted. Having no Exif is no sign of anything:
messengers, websites and screenshots leave none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docexam.aids.file.remark import Remark
from docexam.aids.file.tiffparts import Directories, read_directories

MODIFIED, MAKE, MODEL, SOFTWARE, ORIENTATION = 0x0132, 0x010F, 0x0110, 0x0131, 0x0112
WIDTH, HEIGHT = 0xA002, 0xA003
_TIMES = {"taken": 0x9003, "digitised": 0x9004}
_OFFSETS = {"taken": 0x9011, "digitised": 0x9012, "modified": 0x9010}
_TEXTS = (("make", "0", MAKE), ("model", "0", MODEL), ("lens", "exif", 0xA434))
_MORE_TEXTS = (
    ("software", "0", SOFTWARE),
    ("artist", "0", 0x013B),
    ("copyright", "0", 0x8298),
    ("serial", "exif", 0xA431),
)
_MOMENT = re.compile(r"(\d{4})[:\-./](\d\d)[:\-./](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")
_UNSET = ("1970-01-01", "1980-01-01", "1904-01-01", "2000-01-01", "2002-12-08")
_FIRST_YEAR = 1995
# Programs that change pictures. Being named here says that the picture went through it, no more.
EDITORS = (
    *("photoshop", "lightroom", "gimp", "affinity", "pixelmator", "paint.net", "snapseed"),
    *("picsart", "canva", "photopea", "krita", "corel", "paintshop", "capture one", "darktable"),
    *("rawtherapee", "luminar", "faceapp", "facetune", "meitu", "beautyplus", "inpaint"),
    *("acdsee", "xnview", "irfanview", "imagemagick", "photoscape", "pixlr", "vsco", "picasa"),
    *("microsoft windows photo", "movavi", "fotor", "photodirector", "acorn", "polarr"),
)
GENERATORS = (
    *("stable diffusion", "midjourney", "dall-e", "dall·e", "comfyui", "automatic1111", "novelai"),
    *("firefly", "imagen", "flux", "invokeai", "openai", "grok", "leonardo.ai", "ideogram"),
)


@dataclass(slots=True)
class ExifFacts:
    """What was read: the JSON form, the remarks, and the bytes of the thumbnail."""

    data: dict[str, Any] = field(default_factory=lambda: {"present": False})
    remarks: list[Remark] = field(default_factory=list)
    thumbnail: bytes = b""
    orientation: int = 1


def read_exif(raw: bytes) -> ExifFacts:
    """Return the facts of an Exif block (a TIFF structure, without its `Exif` label)."""
    if not raw:
        return ExifFacts()
    found = read_directories(raw)
    facts = ExifFacts(data=_data(found))
    if not found.directories:
        facts.data["present"] = False
    said = found.number("0", ORIENTATION) or 1
    facts.orientation = said if 1 <= said <= 8 else 1
    facts.thumbnail = _thumbnail(found, raw)
    if facts.thumbnail:
        facts.data["thumbnail"] = {"bytes": len(facts.thumbnail)}
    facts.remarks += [Remark("exif-damaged", f"Exif: {fault}") for fault in found.faults]
    facts.remarks += _camera(facts.data)
    return facts


def _data(found: Directories) -> dict[str, Any]:
    data: dict[str, Any] = {"present": True}
    for key, where, tag in (*_TEXTS, *_MORE_TEXTS):
        if text := found.text(where, tag):
            data[key] = text
    for key, tag in _TIMES.items():
        if text := found.text("exif", tag):
            data[key] = text
    if text := found.text("0", MODIFIED):
        data["modified"] = text
    offsets = {k: t for k, tag in _OFFSETS.items() if (t := found.text("exif", tag))}
    if offsets:
        data["offsets"] = offsets
    orientation = found.number("0", ORIENTATION)
    if orientation is not None:
        data["orientation"] = orientation
    size = (found.number("exif", WIDTH), found.number("exif", HEIGHT))
    if size[0] and size[1]:
        data["size"] = list(size)
    data["gps"] = _gps(found)
    data["maker_note"] = found.entry("exif", 0x927C) is not None
    data["entries"] = sum(len(d.entries) for d in found.directories)
    data["byte_order"] = "little" if found.little else "big"
    if found.faults:
        data["faults"] = list(found.faults)
    return data


def _gps(found: Directories) -> bool:
    """Whether a position is claimed; the position itself is in the intake's own metadata."""
    return found.entry("gps", 2) is not None and found.entry("gps", 4) is not None


def _thumbnail(found: Directories, raw: bytes) -> bytes:
    at, size = found.number("1", 0x0201), found.number("1", 0x0202)
    if not at or not size or size > 1 << 20:
        return b""
    cut = raw[at : at + size]
    return cut if cut[:2] == b"\xff\xd8" and len(cut) == size else b""


def _camera(data: dict[str, Any]) -> list[Remark]:
    remarks = []
    if data.get("make") or data.get("model"):
        named = " ".join(p for p in (data.get("make", ""), data.get("model", "")) if p)
        remarks.append(
            Remark(
                "camera",
                f"The file says it was taken with “{named}”.",
                "Exif can be written by anybody and is copied along by many programs.",
            )
        )
    if data.get("gps"):
        remarks.append(Remark("gps", "The file says where it was taken (GPS position in Exif)."))
    if data.get("software"):
        remarks += software_remarks(str(data["software"]), "Exif")
    return remarks


def software_remarks(said: str, where: str) -> list[Remark]:
    """Return the remark on a program that a file names, `where` it is named."""
    folded = said.casefold()
    if any(name in folded for name in GENERATORS):
        return [
            Remark(
                "generator",
                f"{where} names a program that makes pictures: “{said[:120]}”.",
                "Some of these programs also only retouch or enlarge a photograph.",
            )
        ]
    if any(name in folded for name in EDITORS):
        return [
            Remark(
                "editor",
                f"{where} names a program that edits pictures: “{said[:120]}”.",
                "Turning, cropping, developing and saving a copy leave the same name.",
            )
        ]
    return []


# --- contradictions ----------------------------------------------------------------------------


def day_of(text: str) -> str:
    """Return the day `YYYY-MM-DD` of an Exif or ISO moment; empty where it is none."""
    found = _MOMENT.match(text.strip()) or re.match(r"(\d{4})-(\d\d)-(\d\d)", text.strip())
    if not found or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        return ""
    return f"{found[1]}-{found[2]}-{found[3]}"


def time_remarks(data: dict[str, Any], issued: str, taken_in: str) -> list[Remark]:
    """Return what does not fit between the times, the document's date and the day of intake.

    `issued` and `taken_in`: ISO days, possibly partial or empty.
    """
    remarks: list[Remark] = []
    taken, changed = data.get("taken", ""), data.get("modified", "")
    for key in ("taken", "digitised", "modified"):
        if text := data.get(key, ""):
            remarks += _one_time(key, text, taken_in)
    if day_of(taken) and day_of(changed):
        if _order(changed) < _order(taken):
            remarks.append(
                Remark(
                    "times-reversed",
                    f"Exif says it was changed ({changed}) before it was taken ({taken}).",
                    "A clock set anew in between, or a time zone written into one of them.",
                )
            )
        elif _order(changed) > _order(taken):
            remarks.append(
                Remark(
                    "changed-later",
                    f"Exif says it was taken {taken} and written again {changed}.",
                    "Any program that saves a copy sets the later time.",
                )
            )
    if len(issued) == 10 and day_of(taken) and day_of(taken) < issued:
        remarks.append(
            Remark(
                "before-issue",
                f"Exif says it was taken {taken}, before the document's date of {issued}.",
                "A camera whose clock was never set; or the date was misread.",
            )
        )
    return remarks


def _one_time(key: str, text: str, taken_in: str) -> list[Remark]:
    day = day_of(text)
    if not day:
        if text.strip(" :0\0"):
            return [Remark("time-odd", f"The time {key} is no time: “{text[:40]}”.")]
        return []
    if int(day[:4]) < _FIRST_YEAR or day in _UNSET:
        return [
            Remark(
                "clock-unset",
                f"The time {key} ({text}) is one that clocks show when they were never set.",
                "A new battery, or a phone without network.",
            )
        ]
    if len(taken_in) >= 10 and day > _next_day(taken_in[:10]):
        return [
            Remark(
                "after-intake",
                f"The time {key} ({text}) lies after the day it was taken in ({taken_in[:10]}).",
                "A camera whose clock is wrong.",
            )
        ]
    return []


def _next_day(day: str) -> str:
    from datetime import date, timedelta

    try:
        # A time zone can put a true local time a day ahead of the clock in UTC.
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return "9999-12-31"


def _order(text: str) -> str:
    found = _MOMENT.match(text.strip())
    return "".join(g or "00" for g in found.groups()) if found else day_of(text)


def size_remarks(data: dict[str, Any], width: int, height: int) -> list[Remark]:
    """Return whether Exif claims another size than the picture has (as it is stored)."""
    claimed = data.get("size")
    if not claimed or not width or sorted(claimed) == sorted((width, height)):
        return []
    return [
        Remark(
            "size-differs",
            f"Exif says {claimed[0]} × {claimed[1]} pixels; the picture has {width} × {height}.",
            "Messengers and programs that reduce, crop or turn a picture often leave the old "
            "figures.",
        )
    ]
