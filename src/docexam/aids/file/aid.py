"""The file aid: what the bytes of a capture tell, beside what its pixels show."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import (
    Cancelled,
    CaptureImage,
    Card,
    Gives,
    Ground,
    Material,
    Proposal,
    Reads,
    Run,
    Score,
)
from docexam.errors import DocexamError

if TYPE_CHECKING:
    from docexam.aids.file.looking import Looked

ID = "file"
VERSION = "1.2"
_MEANING = (
    "nats per hundred coefficients by which two compressions explain the file better than one; "
    "0.1 and more is a sign, clear pairs give several"
)
LIMITS = (
    "Cannot be seen: the same quality again, an earlier one whose steps divide the later ones "
    "(95, then 75 or below), and anything resized, turned or cropped off the 8-pixel grid in "
    "between. Every messenger and website compresses again."
)
_PURPOSE = Purpose(
    title="The file itself",
    purpose=(
        "Tells what a file says of its origin: Exif with its contradictions, the JPEG's tables "
        "and parts, whether it was compressed twice, what is appended or embedded, Content "
        "Credentials (C2PA), and the pictures inside a PDF."
    ),
    cannot=(
        "Everything in a file can be written by anybody; nothing here proves an origin.",
        "No Exif, two compressions and an editor's name are common in honest files.",
        LIMITS,
        "Whether a drawn page or a screen shot, mostly even, was compressed twice cannot be told; "
        "nor is a faint sign believed where much of the picture is even or clipped.",
        "Content Credentials are checked offline and without a list of trusted signers.",
        "Of a HEIC or AVIF file only the size, the parts and Content Credentials are told.",
    ),
    extra=(
        "files (c2pa-python, pypdfium2): reads and checks Content Credentials; lists every "
        "picture and page of a PDF. Without it their presence is found by the bytes alone."
    ),
)


class FileAid:
    """Facts of the file, each with its innocent explanation where there is one."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES, Reads.TAKEN_IN})
    gives = (Gives("file"),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return measured_card(ID, VERSION, _PURPOSE)

    def missing(self) -> str:
        """Return an empty string: the aid runs without the extra and says what it would add."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return one proposal for each capture."""
        made = []
        for index, capture in enumerate(material.captures):
            if run.cancelled():
                raise Cancelled
            run.progress(index / len(material.captures), "reading the file")
            made.append(_proposal(capture, material, run))
        run.progress(1.0)
        return tuple(made)


AID = FileAid()


def lacking() -> str:
    """Return which part of the extra is missing, as a sentence; empty where none is."""
    names = {"c2pa": "c2pa-python", "pypdfium2": "pypdfium2"}
    absent = [shown for name, shown in names.items() if find_spec(name) is None]
    return f"Not installed: {', '.join(absent)} (extra “files”)." if absent else ""


def _proposal(capture: CaptureImage, material: Material, run: Run) -> Proposal:
    from docexam.aids.file.looking import look, look_at_thumbnail

    content = capture.original()
    looked = look(content, material.issued, material.taken_in)
    if capture.width:
        # A thumbnail is compared with the picture only where that can be decoded.
        try:
            look_at_thumbnail(looked, lambda: capture.rgb(256))
        except DocexamError as error:
            looked.data["not_decoded"] = error.what
    if run.cancelled():
        raise Cancelled
    run.progress(0.3, "counting coefficients")
    score = _doubling(looked, content, run)
    data = looked.data | {
        "capture": capture.n,
        "remarks": [remark.as_json() for remark in looked.remarks],
    }
    grounds = tuple(
        Ground(f"{r.says} {r.innocent}".strip(), capture=capture.n) for r in looked.remarks
    )
    return Proposal(ID, VERSION, "file", _says(looked), grounds, score, data=data)


def _doubling(looked: Looked, content: bytes, run: Run) -> Score | None:
    from docexam.aids.file.twice import look_at_doubling

    def told(share: float) -> None:
        if run.cancelled():
            raise Cancelled
        run.progress(0.3 + 0.7 * share, "counting coefficients")

    value = look_at_doubling(looked, content, LIMITS, told)
    return None if value is None else Score(value, _MEANING)


def _says(looked: Looked) -> str:
    data: dict[str, Any] = looked.data
    size = f"{data['width']} × {data['height']} pixels, " if data["width"] else ""
    parts = [f"{data['format']}, {size}{data['bytes']} bytes"]
    if data.get("quality"):
        parts.append(f"quality about {data['quality']}")
    if (data.get("double") or {}).get("found"):
        parts.append("signs of two compressions")
    # Innocent commonplaces stay in the grounds; the sentence names what deserves a look.
    notable = {
        "generator": "names a program that makes pictures",
        "editor": "names an editor",
        "thumbnail-differs": "thumbnail differs from the picture",
        "appended": "something follows its end",
        "c2pa": "Content Credentials",
        "c2pa-broken": "Content Credentials that do not fit",
        "times-reversed": "times contradict each other",
        "before-issue": "taken before the document's date",
        "size-differs": "Exif of another size",
    }
    whats = {remark.what for remark in looked.remarks}
    parts += [words for what, words in notable.items() if what in whats]
    return "; ".join(parts) + "."
