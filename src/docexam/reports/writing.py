"""One door to every format: a report in, the bytes of a file out."""

from __future__ import annotations

from docexam.domain.text import visible
from docexam.errors import InputError
from docexam.reports import model as m
from docexam.reports.illustrations import Illustrations

FORMATS = ("markdown", "json", "html", "pdf")
# The formats that show pictures; the others need none made.
ILLUSTRATED = frozenset({"html", "pdf"})


def write(report: m.Report, form: str, illustrations: Illustrations | None = None) -> bytes:
    """Return the report in one of `FORMATS`, in the language it was built for.

    `illustrations` must hold the pixels of the same redaction as the report. Raises InputError
    (DX-FORMAT) for another format, MachineError where a PDF cannot be set on this machine.
    """
    if form == "markdown":
        from docexam.reports.markdown import write_markdown

        return write_markdown(report).encode("utf-8")
    if form == "json":
        from docexam.reports.json_report import write_json

        return write_json(report)
    if form == "html":
        from docexam.reports.html_report import write_html

        return write_html(report, illustrations)
    if form == "pdf":
        from docexam.reports.pdf_report import write_pdf

        return write_pdf(report, illustrations)
    raise InputError(
        "DX-FORMAT",
        f"There is no report format “{visible(form[:40])}”.",
        todo=f"Formats: {', '.join(FORMATS)}.",
    )
