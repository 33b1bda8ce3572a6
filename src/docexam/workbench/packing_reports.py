"""The reports that go into a package: public ones, which anybody may be given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docexam import __version__
from docexam.domain.standing import standing_of
from docexam.workbench.bench import Workbench

if TYPE_CHECKING:
    from docexam.casebook.records import ExaminationRow

_ENDINGS = (("markdown", "md"), ("json", "json"))


def public_reports(bench: Workbench, row: ExaminationRow) -> Iterator[tuple[str, bytes]]:
    """Yield file ending and bytes of each public report; the same examination, the same bytes."""
    from docexam.reports.build import build
    from docexam.reports.ledger import Policy
    from docexam.reports.redaction import redact
    from docexam.reports.writing import write

    state = bench.fold_row(row)
    full = build(state, standing_of(state), tool_version=__version__)
    public = redact(full, Policy()).report
    for form, ending in _ENDINGS:
        yield ending, write(public, form)
