"""Assessment reports: from an examination to a file readable by its owner alone."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass

from docexam import __version__
from docexam.domain.examination import DISPOSED
from docexam.errors import NotYoursError
from docexam.workbench.bench import Workbench
from docexam.workbench.cropping import write_result


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written: its size in bytes, its SHA-256, what to warn of."""

    size: int
    sha256: str
    warnings: tuple[str, ...] = ()


def write_report(
    bench: Workbench, handle: str, form: str, target: str, of: str | None = None
) -> Written:
    """Write a report of an examination to `target`, “-” for standard output.

    `form`: markdown or json. Raises InputError and MachineError; a file is whole or not there.
    """
    content = report_bytes(bench, handle, form, of)
    if target == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        write_result(target, content)
    return Written(len(content), hashlib.sha256(content).hexdigest())


def report_bytes(bench: Workbench, handle: str, form: str, of: str | None = None) -> bytes:
    """Return a report as bytes; the same examination gives the same bytes."""
    from docexam.reports.build import build
    from docexam.reports.json_report import write_json
    from docexam.reports.markdown import write_markdown

    review = bench.review(handle, of)
    if review.examination.state == DISPOSED:
        raise NotYoursError(
            "DX-DISPOSED",
            "This examination was disposed of.",
            todo="“docexam show” tells the fact.",
        )
    report = build(review.examination, review.standing, tool_version=__version__)
    if form == "json":
        return write_json(report)
    return write_markdown(report).encode("utf-8", "backslashreplace")
