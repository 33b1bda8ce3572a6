"""The worksheet on paper: set by typst, words as JSON data, pictures newly encoded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docexam.domain.checklist import NON_ANSWERS
from docexam.domain.text import visible
from docexam.errors import MachineError
from docexam.reports.fonts import faces, font_folders, is_covered
from docexam.reports.sheet import FACT, FIELD, Row, Sheet

_TEMPLATE = "sheet.typ"
_WORDS = {
    "blank": "blank worksheet",
    "intro": (
        "Look at the images on the next pages and answer what you can. Where no answer is "
        "possible, tick why: unclear, not visible, nothing to compare with, or not applicable. "
        "“Absent” is not the same as “not visible”. Do not ask others what they found."
    ),
    "by": "Examined by",
    "on": "on",
    "signature": "Signature",
    "note": "Note",
}
_PARTS = {FACT: "About the images", FIELD: "What stands in the document"}


def sheet_pdf(sheet: Sheet, pictures: Mapping[int, bytes]) -> bytes:
    """Return the worksheet as PDF; `pictures` are JPEG bytes by the number of the capture.

    The same worksheet gives the same bytes. Raises MachineError where typst or a font is missing.
    """
    with TemporaryDirectory(prefix="docexam-sheet-") as folder:
        place = Path(folder)
        (place / _TEMPLATE).write_bytes(files("docexam.reports").joinpath(_TEMPLATE).read_bytes())
        for n, content in pictures.items():
            (place / f"{n}.jpg").write_bytes(content)
        return _compile(place, _data(sheet, pictures))


def _compile(folder: Path, data: dict[str, Any]) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise MachineError(
            "DX-PDF",
            "A worksheet as PDF needs typst, which is not installed.",
            todo="Install the package typst, or write a CSV file: -o FILE.csv.",
        ) from error
    compiler = typst.Compiler(
        str(folder / _TEMPLATE),
        root=str(folder),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=True)},
        package_path=str(folder),
        package_cache_path=str(folder),
    )
    try:
        made = compiler.compile(format="pdf")
    except typst.TypstError as error:
        what = f"The worksheet could not be set: {visible(str(error))[:300]}"
        raise MachineError("DX-PDF", what, todo="Write a CSV file: -o FILE.csv.") from error
    if not isinstance(made, bytes):
        raise MachineError("DX-PDF", "The worksheet could not be set: no single file came back.")
    return made


def _data(sheet: Sheet, pictures: Mapping[int, bytes]) -> dict[str, Any]:
    name, version, sha256 = sheet.checklist
    return {
        "title": _shown(sheet.title),
        "handle": _shown(sheet.handle),
        "checklist": _shown(f"{name} {version} ({sha256[:12]}…)"),
        "language": sheet.language,
        "fonts": [face.family for face in faces()],
        "words": {key: _shown(text) for key, text in _WORDS.items()},
        "non_answers": [_shown(slug.replace("-", " ")) for slug in NON_ANSWERS],
        "captures": [
            {
                "title": f"Capture {c.n}",
                "hash": f"SHA-256 {c.sha256}, {c.width} × {c.height}, {_shown(c.format)}",
                "file": f"{c.n}.jpg" if c.n in pictures else "",
            }
            for c in sheet.captures
        ],
        "parts": [
            {"title": _shown(title), "questions": [_question(row) for row in rows]}
            for title, rows in groupby(sheet.rows, key=_part)
        ],
    }


def _part(row: Row) -> str:
    return _PARTS.get(row.kind, row.section)


def _question(row: Row) -> dict[str, Any]:
    hints = [*row.hints, "more than one may be ticked"] if row.many else row.hints
    return {
        "id": _shown(row.id),
        "question": _shown(row.question),
        "hints": [_shown(hint) for hint in hints],
        "choices": [{"id": _shown(name), "label": _shown(label)} for name, label in row.choices],
        "asks": _shown(row.asks),
    }


def _shown(text: str) -> str:
    """Return text with what acts, hides, or no font has, written as code points."""
    return "".join(c if c == " " or is_covered(c) else f"<U+{ord(c):04X}>" for c in visible(text))
