"""A blank worksheet for a colleague without the tool: CSV for a spreadsheet, PDF for paper."""

from __future__ import annotations

from pathlib import Path

from docexam.domain.text import visible
from docexam.errors import InputError, NotYoursError
from docexam.reports.sheet import Sheet, sheet_csv, sheet_of
from docexam.workbench.bench import Workbench
from docexam.workbench.cropping import write_result
from docexam.workbench.gate import own_row
from docexam.workbench.originals import verified_original
from docexam.workbench.packages import Material, material_in, material_of

_MOST_SIDE = 1600
_QUALITY = 85


def write_sheet(bench: Workbench, handle: str, target: str) -> int:
    """Write a worksheet to a `.csv` or `.pdf` file; returns its size in bytes.

    It holds nobody's answers, so anybody may have it whose business the exhibit is.
    """
    ending = Path(target).suffix.casefold()
    if ending not in (".csv", ".pdf"):
        raise InputError(
            "DX-SHEET",
            "A worksheet is a PDF or a CSV file.",
            where=visible(target),
            todo="Give -o FILE.pdf or -o FILE.csv.",
        )
    sheet = blank_sheet(bench, handle)
    content = sheet_csv(sheet) if ending == ".csv" else _pdf(bench, sheet)
    write_result(target, content)
    return len(content)


def blank_sheet(bench: Workbench, handle: str) -> Sheet:
    """Return the worksheet of an exhibit by the caller's checklist, else the first examiner's."""
    exhibit = bench.exhibit_row(handle)
    own = own_row(exhibit, bench.examiner)
    material: Material | None
    if own is not None:
        material = material_in(bench.fold_row(own))
    else:
        material = material_of(bench.store, exhibit)
    if material is None:
        raise NotYoursError("DX-DISPOSED", "This exhibit was disposed of.", where=handle)
    name = f"{exhibit.case}/{exhibit.exhibit}"
    return sheet_of(name, exhibit.id, material.checklist, material.captures)


def _pdf(bench: Workbench, sheet: Sheet) -> bytes:
    from docexam.imaging.pictures import covered, encoded, reduced
    from docexam.reports.sheet_pdf import sheet_pdf

    pictures = {}
    for capture in sheet.captures:
        path = verified_original(bench.store, capture.sha256)
        pictures[capture.n] = encoded(reduced(covered(path, ()), _MOST_SIDE), _QUALITY)
    return sheet_pdf(sheet, pictures)
