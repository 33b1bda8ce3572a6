"""The pictures inside a PDF: their own bytes, never the page drawn anew.

With the extra `files` (pypdfium2, in a process of its own) every page and picture is listed;
without it, JPEG streams are found by their bytes.
"""

from __future__ import annotations

import base64
import re
from importlib.util import find_spec
from typing import Any

from docexam.aids.file.apart import ask
from docexam.aids.file.exif import software_remarks
from docexam.aids.file.jpegparts import read_jpeg
from docexam.aids.file.remark import Remark

MOST_CARVED = 60
_STREAM = re.compile(rb"stream\r?\n(?=\xff\xd8\xff)")
_CLAIM = re.compile(rb"/(Producer|Creator|CreationDate|ModDate)\s*\(([^()]{1,200})\)")


def read_pdf(content: bytes) -> tuple[dict[str, Any], list[tuple[dict[str, Any], bytes]], str]:
    """Return the document's facts, its pictures with the bytes of each, and why that is not all.

    The bytes are empty for what is no JPEG; of a large one they are its beginning.
    """
    reason = "The extra “files” (pypdfium2) is needed to list the pages and every picture."
    if find_spec("pypdfium2") is not None:
        told, trouble = ask("pdf", content)
        if not trouble:
            return _told(told)
        reason = f"The PDF could not be read whole: {trouble}."
    return {"claims": _claims(content)}, _carved(content), reason


def _told(
    told: dict[str, Any],
) -> tuple[dict[str, Any], list[tuple[dict[str, Any], bytes]], str]:
    pictures = []
    for form in told.pop("pictures", ()):
        head = base64.b64decode(form.pop("head", ""))
        form = {"format": "JPEG" if head else "/".join(form.get("filters", ())) or "raw"} | form
        pictures.append((form, head))
    return told, pictures, ""


def _claims(content: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in _CLAIM.findall(content[: 8 << 20])[:20] + _CLAIM.findall(content[-65536:]):
        found.setdefault(key.decode(), _text(value))
    return found


def _text(raw: bytes) -> str:
    if raw[:2] == b"\xfe\xff":
        return raw[2:].decode("utf-16-be", "replace")
    return raw.decode("latin-1")


def _carved(content: bytes) -> list[tuple[dict[str, Any], bytes]]:
    found = []
    for match in _STREAM.finditer(content):
        parts = read_jpeg(content, match.end())
        stop = parts.end or len(content)
        form = {
            "format": "JPEG",
            "at": match.end(),
            "bytes": stop - match.end(),
            "width": parts.width,
            "height": parts.height,
        }
        found.append((form, content[match.end() : stop]))
        if len(found) >= MOST_CARVED:
            break
    return found


def pdf_remarks(facts: dict[str, Any]) -> list[Remark]:
    """Return what the document's own claims tell."""
    claims = facts.get("claims", {})
    remarks: list[Remark] = []
    for key in ("Producer", "Creator"):
        if said := str(claims.get(key, "")).strip():
            remarks += software_remarks(said, f"The PDF's {key}")
    return remarks
