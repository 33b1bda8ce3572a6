"""The few things of an XMP packet that tell a file's history; read by pattern, never as XML.

An XML parser on hostile packets brings entity bombs; the fields looked for here are plain
attributes or elements with text.
"""

from __future__ import annotations

import re
from typing import Any

from docexam.aids.file.exif import software_remarks
from docexam.aids.file.remark import Remark

MOST_BYTES = 1 << 20
_FIELDS = {
    "creator_tool": "xmp:CreatorTool",
    "created": "xmp:CreateDate",
    "modified": "xmp:ModifyDate",
    "document": "xmpMM:DocumentID",
    "original_document": "xmpMM:OriginalDocumentID",
    "source_type": "Iptc4xmpExt:DigitalSourceType",
}
_MADE_UP = ("trainedalgorithmicmedia", "compositewithtrainedalgorithmicmedia")


def read_xmp(packet: bytes) -> dict[str, Any]:
    """Return the fields found, `agents` (programs in the history) among them."""
    text = packet[:MOST_BYTES].decode("utf-8", "replace")
    found: dict[str, Any] = {}
    for key, name in _FIELDS.items():
        if value := _field(text, name):
            found[key] = value
    agents = re.findall(r"stEvt:softwareAgent(?:=\"([^\"<]{1,200})\"|>([^<]{1,200})<)", text)
    if named := list(dict.fromkeys((a or b).strip() for a, b in agents[:200])):
        found["agents"] = named[:20]
    if "MotionPhoto" in text or "MicroVideo" in text:
        found["motion_photo"] = True
    if "hdrgm:" in text:
        found["gain_map"] = True
    return found


def _field(text: str, name: str) -> str:
    found = re.search(rf"{re.escape(name)}(?:=\"([^\"<]{{1,300}})\"|>([^<]{{1,300}})<)", text)
    return (found[1] or found[2]).strip() if found else ""


def xmp_remarks(found: dict[str, Any]) -> list[Remark]:
    """Return what the fields tell of the file's history."""
    remarks: list[Remark] = []
    named = [str(found.get("creator_tool", "")), *map(str, found.get("agents", ()))]
    for said in dict.fromkeys(n for n in named if n):
        remarks += software_remarks(said, "XMP")
    kind = str(found.get("source_type", "")).rpartition("/")[2]
    if kind.casefold() in _MADE_UP:
        remarks.append(
            Remark(
                "generator",
                f"The file declares that a trained model made it or part of it ({kind}).",
                "The declaration is the file's own; phones also set it for a retouched detail.",
            )
        )
    first, now = found.get("original_document", ""), found.get("document", "")
    if first and now and first != now:
        remarks.append(
            Remark(
                "derived",
                "XMP says that this file was derived from another document.",
                "Developing a raw photograph and saving under a new name do that.",
            )
        )
    return remarks
