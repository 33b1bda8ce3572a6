"""The reports that go into a package: public ones, which anybody may be given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docexam.workbench.bench import Workbench

if TYPE_CHECKING:
    from docexam.casebook.records import ExaminationRow, ExhibitRow

_ENDINGS = {"markdown": "md", "json": "json", "html": "html", "pdf": "pdf"}


def public_reports(
    bench: Workbench, exhibit: ExhibitRow, row: ExaminationRow
) -> Iterator[tuple[str, bytes]]:
    """Yield file ending and bytes of each public report; the same examination, the same bytes."""
    from docexam.reports.writing import FORMATS
    from docexam.workbench.reporting import Wish, report_bytes

    review = bench.review(f"{exhibit.case}/{exhibit.exhibit}", of=row.examiner)
    for form in FORMATS:
        yield _ENDINGS[form], report_bytes(bench, review, Wish(form))
