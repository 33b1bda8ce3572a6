"""The aid that reads typed and printed text: what it reads, its card, its proposals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import (
    CaptureImage,
    Card,
    Gives,
    Ground,
    Material,
    Proposal,
    Reads,
    Region,
    Run,
    Score,
)
from docexam.aids.typed.tessdata import lacking
from docexam.domain.geometry import Quad, bounding_box
from docexam.domain.text import visible
from docexam.errors import InputError

if TYPE_CHECKING:
    from docexam.aids.typed.choosing import Chosen
    from docexam.aids.typed.hand import Doubt
    from docexam.aids.typed.page import Line
    from docexam.aids.typed.region import FieldRead

ID = "typed"
VERSION = "1.9"
ALONE = f"{VERSION}-shapes"  # without Tesseract: another program, whose proposals are kept apart
LANGUAGES = ("rus", "eng")
_SCORE = (
    "how sure the readers are of their letters, 0 to 1; less where they differ and for a date that "
    "cannot be; no probability of being right"
)
_COVERED = "Coloured ink lies there, perhaps over letters."
_DATE = re.compile(r"^[0-9]{2}\.[0-9]{2}\.[0-9]{4}$")
_LANGUAGES = {"Cyrl": "rus", "Latn": "eng"}
_PURPOSE = Purpose(
    title="Typed and printed text",
    purpose=(
        "Reads typed or printed Cyrillic and Latin text off a region, beside the examiner's own "
        "reading, or finds and reads the lines of a whole page."
    ),
    cannot=(
        "Handwriting is not to be read, and what looks written is marked and left out; but of "
        "drawn entries in neat hands one in twenty-five passed for print, of clear ones one in "
        "nineteen (without Tesseract one in sixteen and one in eight), and of Cyrillic print one "
        "field in forty-four was left unread (one in thirty-two). Type from a coloured ribbon "
        "is taken for a pen's sooner. Digits by themselves, typed or written, are told apart by "
        "their ink at best.",
        "The reader of letters' shapes learnt from drawn lines, never from real typewriters. After "
        "looks at the test's figures by layout, by face, under seals and of written fields, and at "
        "how small its letters are, more was made of short fields, lighter, heavier, serifed, "
        "rounder and smaller letters and more stamps were drawn for its learning, and the limit "
        "from which a pen is suspected was set: the figures are a little flattered by that.",
        "Letters under a stamp of black ink, a fold or glare are read wrong or left out; coloured "
        "ink over black letters is taken out first, which fails where it is as dark as they are.",
        "Latin letters that look like Cyrillic ones are named, not decided: A and А are one shape. "
        "И and и, Ш and ш are one shape in two sizes: capitals of short words are mistaken.",
        "Small letters are lost where a capture is blurred or dark: where one takes fewer than "
        "nine pixels across, one field in eight of hard development pages was read whole, of "
        "larger type three in four.",
        "Where both readers differ, that counts as doubt. № is read as other marks; spaces and "
        "full stops are lost or added.",
        "A machine's reading fills in nothing: an examiner may adopt it after reading for "
        "themselves.",
    ),
    extra=(
        "docexam[ocr] with the Russian language data (Debian's tesseract-ocr-rus) adds a second "
        "reader; tesseract-ocr-eng helps it with Latin text."
    ),
)


class TypedAid:
    """Reads typed or printed text off a region, or the lines of a whole page."""

    id = ID
    reads = frozenset({Reads.CAPTURES, Reads.REGION})
    gives = (Gives("reading"), Gives("lines", many=True))
    notes_only = False

    @property
    def version(self) -> str:
        """Return the version, another one where Tesseract is not here to read too."""
        return ALONE if lacking(LANGUAGES, "") else VERSION

    @property
    def card(self) -> Card:
        """Return the aid's card; where one reader reads alone it has figures of its own."""
        return measured_card(ID, self.version, _PURPOSE)

    def missing(self) -> str:
        """Return an empty string: one of the two readers needs nothing."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return the reading of the region, or the lines of the captures.

        A region with exactly one field in the material is that field: the proposal `fills` it.
        Raises InputError (DX-AID-NOTHING) where nothing was found to read, Cancelled, and what
        decoding raises.
        """
        if material.region:
            return (_reading(_pointed_at(material, material.region), material, run),)
        from docexam.aids.typed.page import read_page

        lines = [
            _line(capture, line)
            for capture in material.captures
            for line in read_page(capture, run)
        ]
        if not lines and material.captures:
            raise _nothing("on the capture")
        return tuple(lines)


AID = TypedAid()


def _pointed_at(material: Material, region: Region) -> CaptureImage:
    for capture in material.captures:
        if capture.n == region.capture:
            return capture
    raise InputError("DX-REGION", "The region is on a capture that was not handed in.")


def _nothing(where: str, *, covered: bool = False) -> InputError:
    said = f"No typed or printed text was found {where}; that is not the same as nothing there."
    return InputError("DX-AID-NOTHING", f"{said} {_COVERED}" if covered else said)


# --- a region ----------------------------------------------------------------------------------


def _reading(capture: CaptureImage, material: Material, run: Run) -> Proposal:
    from docexam.aids.typed.region import read_region

    assert material.region is not None
    found = read_region(capture, material.region, run)
    if not found.chosen.words:
        raise _nothing("in the region", covered=found.covered)
    fills = next(iter(material.fields)) if len(material.fields) == 1 else ""
    text = "" if found.doubt.refused else found.chosen.text
    where = "It was read here." if text else "It stands here."
    grounds = [Ground(where, capture.n, material.region.shape)]
    grounds += [Ground(note) for note in _notes(text, found.chosen)]
    score = Score(round(_sureness(text, found.chosen), 2), _SCORE)
    return Proposal(
        ID,
        AID.version,
        "reading",
        _said(text, found),
        tuple(grounds),
        score,
        fills=fills if text else "",
        reading=text,
        data=_reading_json(text, found),
    )


def _said(text: str, found: FieldRead) -> str:
    if text:
        no_date = ", which is no date" if _impossible(text) else ""
        return f"Reads “{visible(text)}”{no_date}."
    why = "; ".join(found.doubt.why) or "several signs together"
    if found.doubt.written:
        return f"What stands here looks written by hand ({why}); handwriting is not read."
    said = f"Something stands here that is too unclear to read as print ({why})."
    return f"{said} {_COVERED}" if found.covered else said


def _impossible(text: str) -> str:
    """Return why a reading in the form of a date can be none, as a sentence; else nothing."""
    from docexam.aids.numbers.days import read_day

    return read_day(text).problem if _DATE.match(text) else ""


def _sureness(text: str, chosen: Chosen) -> float:
    return chosen.sureness * (0.5 if _impossible(text) else 1.0)


def _reading_json(text: str, found: FieldRead) -> dict[str, Any]:
    form: dict[str, Any] = {
        "text": text,
        "score": round(_sureness(text, found.chosen), 3),
        "rotated": found.turned,
        "written": found.doubt.written,
        "words": [],
        "notes": _notes(text, found.chosen),
    } | _read_by(text, found.chosen)
    if text:
        form["words"] = [
            {"text": word.text, "score": round(word.confidence / 100, 3)} | _placed(shape)
            for word, shape in found.words
        ]
    else:
        form["reason"] = _said(text, found)
    return form


def _read_by(text: str, chosen: Chosen) -> dict[str, Any]:
    """Return the script of a text, and what each reader read, nothing where it is not to be."""
    readings = {"shapes": chosen.shapes, "tesseract": chosen.tesseract} if text else {}
    script = chosen.script if text else ""
    return {"script": script, "language": _LANGUAGES.get(script, ""), "readings": readings}


def _not_read(doubt: Doubt) -> str:
    return "looks written by hand" if doubt.written else "is too unclear to read as print"


def _placed(shape: Quad | None) -> dict[str, Any]:
    if shape is None:
        return {}
    return {
        "box": [round(value, 5) for value in bounding_box(shape)],
        "polygon": [[round(x, 5), round(y, 5)] for x, y in shape],
    }


def _notes(text: str, chosen: Chosen) -> list[str]:
    from docexam.aids.typed.words import in_either_script, mixed

    latin, no_date = mixed(text), _impossible(text)
    notes = [f"{no_date} Look again."] if no_date else []
    for who, read in chosen.others if text else ():
        notes.append(f"{who} read “{visible(read)}” here. Look again.")
    if latin:
        notes.append(f"Latin letters among Cyrillic ones as read: {' '.join(latin)}. Look again.")
    if either := in_either_script(text):
        words = ", ".join(f"“{visible(word)}”" for word in either)
        notes.append(f"Read as Latin, and in Cyrillic every letter looks the same: {words}.")
    return notes


# --- a page ------------------------------------------------------------------------------------


def _line(capture: CaptureImage, line: Line) -> Proposal:
    text = "" if line.doubt.refused else line.chosen.text
    no_date = ", which is no date" if _impossible(text) else ""
    says = f"A line reads “{visible(text)}”{no_date}."
    if not text:
        says = f"A line here was not read; it {_not_read(line.doubt)}."
    form: dict[str, Any] = {
        "text": text,
        "capture": capture.n,
        "score": round(_sureness(text, line.chosen), 3),
        "written": line.doubt.written,
        "notes": _notes(text, line.chosen),
    } | _read_by(text, line.chosen)
    form |= _placed(line.shape)
    if not text:
        form["reason"] = says
    grounds = [Ground("The line lies here.", capture.n, line.shape)]
    grounds += [Ground(note) for note in _notes(text, line.chosen)]
    score = Score(round(_sureness(text, line.chosen), 2), _SCORE)
    return Proposal(ID, AID.version, "lines", says, tuple(grounds), score, reading=text, data=form)
