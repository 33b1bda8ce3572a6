"""The one gate: who may read whose examination of an exhibit.

An examiner whose own examination of an exhibit is open is blind to the others' work on it, and
while a second examination is open nobody reads without saying who they are. Whoever has read
another's findings is remembered, and cannot start an examination of their own afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.domain.exhibit import name_key
from docexam.domain.text import visible
from docexam.errors import NotYoursError
from docexam.workbench.clock import Clock

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store
    from docexam.casebook.records import ExaminationRow, ExhibitRow


def own_row(exhibit: ExhibitRow, examiner: str) -> ExaminationRow | None:
    """Return the examiner's own examination of an exhibit, or None."""
    key = name_key(examiner)
    return next((r for r in exhibit.examinations if key and name_key(r.examiner) == key), None)


def refusal(exhibit: ExhibitRow, row: ExaminationRow, examiner: str) -> str:
    """Return why `examiner` may not read an examination now; empty when they may."""
    own = own_row(exhibit, examiner)
    if own is not None and own.id == row.id:
        return ""
    if own is not None and own.state == "open":
        return "Your own examination of this exhibit is open, so the others' work is closed to you."
    if not examiner and _second_is_open(exhibit):
        return "A second examination is open: nobody reads findings without saying who they are."
    return ""


def _second_is_open(exhibit: ExhibitRow) -> bool:
    return any(r.state == "open" for r in exhibit.examinations[1:])


def pass_through(
    store: Store, exhibit: ExhibitRow, row: ExaminationRow, examiner: str, clock: Clock
) -> None:
    """Let a reader through, remembering whose eyes saw another's work; raises NotYoursError."""
    why = refusal(exhibit, row, examiner)
    if why:
        raise NotYoursError(
            "DX-BLIND",
            why,
            where=f"{exhibit.case}/{exhibit.exhibit}",
            todo="Close your own first; “docexam compare” then sets them side by side."
            if examiner
            else "Give --examiner NAME.",
        )
    if examiner and name_key(row.examiner) != name_key(examiner):
        store.note_reader(exhibit.id, name_key(examiner), clock())


def must_be_unswayed(store: Store, exhibit: ExhibitRow, examiner: str) -> None:
    """Raise NotYoursError where the examiner has an examination already or saw another's."""
    where = f"{exhibit.case}/{exhibit.exhibit}"
    if own_row(exhibit, examiner):
        raise NotYoursError(
            "DX-SECOND", f"{visible(examiner)} examines this exhibit already.", where=where
        )
    seen = store.reader_since(exhibit.id, name_key(examiner))
    if seen:
        raise NotYoursError(
            "DX-SWAYED",
            f"{visible(examiner)} has read another's findings on this exhibit (first on {seen}).",
            where=where,
            todo="Somebody who has not can be the second examiner.",
        )
