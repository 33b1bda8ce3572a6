"""Looking at a whole file: its facts in one JSON form and the remarks on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docexam.aids.file import jumbf
from docexam.aids.file.containers import Parts, format_of, read_parts
from docexam.aids.file.credentials import read_credentials
from docexam.aids.file.exif import (
    ExifFacts,
    read_exif,
    size_remarks,
    software_remarks,
    time_remarks,
)
from docexam.aids.file.jpegparts import JpegParts, pictures_in, read_jpeg
from docexam.aids.file.pdf import pdf_remarks, read_pdf
from docexam.aids.file.remark import Remark
from docexam.aids.file.sizes import size_remark
from docexam.aids.file.tables import recognise
from docexam.aids.file.trailing import appended
from docexam.aids.file.xmp import read_xmp, xmp_remarks

if TYPE_CHECKING:
    from docexam.aids.protocol import Pixels

NO_EXIF = (
    "Messengers, websites, screenshots and many programs leave no Exif: its absence is no sign "
    "of anything."
)
_MOST_SEGMENTS = 64
_MOST_EMBEDDED = 60
_SETTINGS = ("parameters", "prompt", "workflow", "sd-metadata", "invokeai_metadata")


@dataclass(slots=True)
class Looked:
    """What came of a look: the JSON form of `file`, its remarks, and the parts for later steps."""

    data: dict[str, Any]
    remarks: list[Remark] = field(default_factory=list)
    jpeg: JpegParts | None = None
    exif: ExifFacts = field(default_factory=ExifFacts)
    xmp: bytes = b""
    box: bytes = b""


def look(content: bytes, issued: str = "", taken_in: str = "") -> Looked:
    """Return the facts of a file's bytes; nothing is decoded. Never raises for bad data."""
    kind = format_of(content)
    looked = Looked({"format": kind or "unknown", "bytes": len(content), "width": 0, "height": 0})
    if kind == "JPEG":
        _look_at_jpeg(looked, content)
    elif kind == "PDF":
        _look_at_pdf(looked, content)
    elif kind:
        _look_at_parts(looked, content, read_parts(content, kind))
    else:
        says = "The file's first bytes are those of no format that is known here."
        looked.remarks.append(Remark("unknown-format", says))
    _metadata(looked, issued, taken_in)
    if kind:
        found, remarks = read_credentials(content, looked.box)
        looked.data["c2pa"] = found
        looked.remarks += remarks
    looked.data.setdefault("quantisation", [])
    looked.data.setdefault("embedded", [])
    return looked


# --- JPEG --------------------------------------------------------------------------------------


def _look_at_jpeg(looked: Looked, content: bytes) -> None:
    parts = read_jpeg(content)
    looked.jpeg = parts
    looked.data |= {"width": parts.width, "height": parts.height}
    looked.data |= jpeg_facts(parts)
    looked.remarks += [Remark("damaged", fault) for fault in parts.faults]
    blocks = parts.bodies(0xE1, b"Exif\0")
    looked.exif = read_exif(blocks[0].body[6:] if blocks else b"")
    if len(blocks) > 1:
        says = f"The file has {len(blocks)} Exif blocks; the first was read."
        looked.remarks.append(Remark("exif-twice", says, "Some editors add instead of replacing."))
    packets = parts.bodies(0xE1, b"http://ns.adobe.com/xap/1.0/\0")
    looked.xmp = packets[0].body[29:] if packets else b""
    looked.box = jumbf.box_of_jpeg(parts)
    _tables_remarks(looked, parts)
    _several(looked, content, parts)


def jpeg_facts(parts: JpegParts) -> dict[str, Any]:
    """Return tables with family and quality, sampling, coding and the list of segments."""
    tables = []
    for table in parts.tables[:8]:
        facts = recognise(table.values, chroma=table.number > 0)
        tables.append(
            {
                "number": table.number,
                "bits": table.bits,
                "family": facts.family or "its own",
                "standard": facts.family.startswith("standard"),
                "quality": facts.quality,
                "table": list(table.values),
            }
        )
    found: dict[str, Any] = {
        "coding": parts.coding,
        "progressive": parts.progressive,
        "sampling": parts.sampling if parts.components else "",
        "scans": parts.scans,
        "optimised": None if parts.example_codes is None else not parts.example_codes,
        "segments": [s.name for s in parts.segments if s.marker != 0xDA][:_MOST_SEGMENTS],
        "quantisation": tables,
        "quality": tables[0]["quality"] if tables else None,
    }
    comments = [s.body[:300].decode("utf-8", "replace") for s in parts.bodies(0xFE)[:8]]
    return found | ({"comments": comments} if comments else {})


def _tables_remarks(looked: Looked, parts: JpegParts) -> None:
    tables = looked.data["quantisation"]
    if not tables:
        return
    first = tables[0]
    if first["family"] == "its own":
        says = (
            "The quantisation tables are not the standard's; the nearest standard quality is "
            f"{first['quality']}."
        )
        innocent = "Most cameras and phones, and Adobe's programs, have tables of their own."
    elif first["family"] == "mozjpeg":
        says = f"The quantisation tables are mozjpeg's at quality {first['quality']}."
        innocent = "Websites, messengers and image optimisers use that encoder."
    else:
        says = f"The quantisation tables are the standard's at quality {first['quality']}."
        innocent = "Most programs use them, some cameras and phones too."
    looked.remarks.append(Remark("tables", says, innocent))
    if len(parts.tables) > 1 and parts.tables[0].values == parts.tables[1].values:
        looked.data["quantisation"][1]["same_as_first"] = True
    if ducky := parts.bodies(0xEC, b"Ducky"):
        body = ducky[0].body
        if body[5:9] == b"\0\1\0\4" and len(body) >= 13:
            looked.data["adobe_quality"] = int.from_bytes(body[9:13], "big")
    if parts.bodies(0xED, b"Photoshop 3.0") or ducky:
        looked.remarks.append(
            Remark(
                "adobe-segment",
                "The file has a segment of the kind Photoshop writes.",
                "Other programs write or copy it too, for captions (IPTC) and resolution.",
            )
        )


def _several(looked: Looked, content: bytes, parts: JpegParts) -> None:
    """List the images of a multi-picture file and whatever else follows the end."""
    pictures = pictures_in(parts)
    embedded: list[dict[str, Any]] = []
    covered = parts.end or 0
    for picture in pictures[1:]:
        inner = read_jpeg(content, picture.at) if 0 < picture.at < len(content) else None
        form: dict[str, Any] = {"format": "JPEG", "at": picture.at, "bytes": picture.size}
        form |= {"what": f"further image of the file: {picture.kind}"}
        if inner is not None and inner.width:
            form |= {"width": inner.width, "height": inner.height}
            covered = max(covered, min(picture.at + picture.size, len(content)))
        else:
            form["missing"] = True
        embedded.append(form)
    if embedded:
        says = f"The file's own index names {len(pictures)} images in it."
        innocent = "Phones keep a preview, a depth map or a brightness map in the same file."
        looked.remarks.append(Remark("several-images", says, innocent))
    _behind(looked, content, covered, embedded)
    looked.data["embedded"] = embedded[:_MOST_EMBEDDED]


def _behind(looked: Looked, content: bytes, end: int, embedded: list[dict[str, Any]]) -> None:
    looked.data["bytes_after_end"] = len(content) - end if end else 0
    if not end or end >= len(content):
        return
    for piece in appended(content, end):
        embedded.append({"what": "after the end", **piece.as_json()})
        kind = f"a {piece.format}" if piece.format else "something of unknown form"
        looked.remarks.append(
            Remark(
                "appended",
                f"After the picture's end {kind} follows ({piece.bytes} bytes).",
                "Phones append a short film, a second picture or data of their own.",
            )
        )


# --- other formats -----------------------------------------------------------------------------


def _look_at_parts(looked: Looked, content: bytes, parts: Parts) -> None:
    looked.data |= {"width": parts.width, "height": parts.height, "parts": parts.names[:64]}
    if parts.lossless is not None:
        looked.data["lossless"] = parts.lossless
    if parts.pages > 1:
        looked.data["pages"] = parts.pages
    looked.remarks += [Remark("damaged", fault) for fault in parts.faults]
    looked.exif, looked.xmp, looked.box = read_exif(parts.exif), parts.xmp, parts.c2pa
    if parts.texts:
        looked.data["texts"] = dict(parts.texts)
        _text_remarks(looked, parts.texts)
    embedded: list[dict[str, Any]] = []
    if parts.end is not None:
        _behind(looked, content, parts.end, embedded)
    looked.data["embedded"] = embedded


def _text_remarks(looked: Looked, texts: dict[str, str]) -> None:
    for key, text in texts.items():
        if key.casefold() in _SETTINGS:
            looked.remarks.append(
                Remark(
                    "generator",
                    f"The text “{key}” is where programs that generate pictures keep settings.",
                    "The same programs also only enlarge or retouch a photograph.",
                )
            )
        elif key in ("Software", "Creator", "Source", "Comment"):
            looked.remarks += software_remarks(text, f"The text “{key}”")


def _look_at_pdf(looked: Looked, content: bytes) -> None:
    facts, pictures, reason = read_pdf(content)
    embedded = []
    for form, head in pictures[:_MOST_EMBEDDED]:
        inner = {"what": "picture in the PDF", **form}
        if head:
            parts = read_jpeg(head)
            inner |= jpeg_facts(parts)
            if parts.end is None:
                # Of a large picture only the beginning was read: its scans are not known.
                del inner["scans"]
            exif = parts.bodies(0xE1, b"Exif\0")
            if exif:
                inner["exif"] = read_exif(exif[0].body[6:]).data
        embedded.append(inner)
    looked.data |= {"pdf": facts, "embedded": embedded}
    if embedded and len({e.get("page") for e in embedded}) == 1 and len(embedded) == 1:
        looked.data |= {k: embedded[0].get(k, 0) for k in ("width", "height")}
    looked.remarks += pdf_remarks(facts)
    jpegs = sum(e["format"] == "JPEG" for e in embedded)
    says = f"The PDF holds {len(embedded)} pictures that were found, {jpegs} of them JPEGs."
    looked.remarks.append(Remark("pdf-pictures", says, "A scanner writes one picture a page."))
    if reason:
        looked.remarks.append(Remark("limited", reason))


# --- what every format shares ------------------------------------------------------------------


def _metadata(looked: Looked, issued: str, taken_in: str) -> None:
    data, exif = looked.data, looked.exif
    data["exif"] = exif.data
    looked.remarks += exif.remarks
    if exif.data.get("present"):
        looked.remarks += time_remarks(exif.data, issued, taken_in)
        looked.remarks += size_remarks(exif.data, data["width"], data["height"])
    elif data["format"] in ("JPEG", "WEBP", "HEIC", "HEIF", "AVIF"):
        looked.remarks.append(Remark("no-exif", "The file has no Exif.", NO_EXIF))
    if looked.xmp:
        data["xmp"] = read_xmp(looked.xmp)
        looked.remarks += xmp_remarks(data["xmp"])
    near = size_remark(data["width"], data["height"], bool(exif.data.get("present")))
    if near:
        looked.remarks.append(near)
    if exif.orientation >= 5:
        data["stored"] = [data["width"], data["height"]]
        data["width"], data["height"] = data["height"], data["width"]


def look_at_thumbnail(looked: Looked, pixels: Callable[[], Pixels]) -> None:
    """Compare the thumbnail with the picture and add what comes of it."""
    if not looked.exif.thumbnail:
        return
    from docexam.aids.file.thumbnail import compare

    said = looked.exif.data["thumbnail"]
    found = compare(looked.exif.thumbnail, looked.exif.orientation, pixels)
    if found is None:
        said["damaged"] = True
        return
    said |= {"width": found.width, "height": found.height, "alike": found.alike}
    said["differs"] = found.differs
    if found.differs:
        looked.remarks.append(
            Remark(
                "thumbnail-differs",
                "The thumbnail in Exif does not show what the picture shows.",
                "Programs that crop, turn or retouch often leave the first thumbnail behind.",
            )
        )
