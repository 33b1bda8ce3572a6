"""One door to every format: a report in, the bytes of a file out."""

from __future__ import annotations

from docexam.domain.text import visible
from docexam.errors import InputError
from docexam.reports import model as m

FORMATS = ("markdown", "json")


def write(report: m.Report, form: str) -> bytes:
    """Return the report in one of `FORMATS`; raises InputError (DX-FORMAT) for another."""
    if form == "markdown":
        from docexam.reports.markdown import write_markdown

        return write_markdown(report).encode("utf-8")
    if form == "json":
        from docexam.reports.json_report import write_json

        return write_json(report)
    raise InputError(
        "DX-FORMAT",
        f"There is no report format “{visible(form[:40])}”.",
        todo=f"Formats: {', '.join(FORMATS)}.",
    )
