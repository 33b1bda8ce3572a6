"""Reference specimens at the desk: which match, when they may be seen, what a finding keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docexam.domain.specimen import Specimen
from docexam.errors import DocexamError
from docexam.tui.lines import Line, Span, paragraph

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk

NONE_MATCHES = (
    "No reference specimen of the casebook matches this document: “no reference” is the answer, "
    "and the question of the blank cannot be assessed without one."
)


class Referring:
    """What there is to compare with, and the way there: closed, revealed, shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: tuple[Specimen, ...] | None = None

    def specimens(self, *, anew: bool = False) -> tuple[Specimen, ...]:
        """Return the matching specimens; read once, and again where asked to."""
        if self._known is None or anew:
            try:
                self._known = tuple(self._desk.review.specimens())
            except DocexamError as error:
                self._desk.tell(str(error), "error")
                return ()
        return self._known

    @property
    def comparing_item(self) -> bool:
        """Whether the current item is to be compared with a reference."""
        item = self._desk.indicator
        return item is not None and item.kind == "compare"

    def none_first(self) -> bool:
        """Whether “no reference” should be offered first: nothing matches on a compare item."""
        return self.comparing_item and not self.specimens()

    def problem(self) -> str:
        """Return why nothing can be shown beside the capture; empty when something can."""
        if self._desk.picture.pane.comparing or len(self._desk.review.examination.captures) > 1:
            return ""
        if self.comparing_item and self.specimens():
            return ""
        if self.comparing_item:
            return NONE_MATCHES
        return "There is only one capture; a second one is needed."

    def compare(self) -> None:
        """Compare: on a compare item with a specimen, where one matches; else two captures."""
        desk = self._desk
        if not desk.picture.pane.comparing and self.comparing_item and self.specimens(anew=True):
            self.choose()
            return
        beside = desk.picture.pane.comparing
        told = desk.picture.compare()
        if self.comparing_item and not beside and not self.specimens():
            told = f"{told} {NONE_MATCHES}"
        if told:
            desk.tell(told)

    def cited(self, view: Mapping[str, Any] | None) -> str:
        """Return the SHA-256 of the specimen that a kept view shows beside the capture, or ""."""
        beside = str((view or {}).get("beside", ""))
        opened = self._desk.review.examination.revealed("reference")
        known = {s.sha256 for s in self._known or ()}
        return beside if opened and beside in known else ""

    def choose(self) -> None:
        """Ask which specimen to show; first, where they are closed, whether to open them."""
        opened = self._desk.review.examination.revealed("reference")
        self._desk.stage.open_window("specimens" if opened else "reveal:reference")


def specimen_rows(specimens: tuple[Specimen, ...], width: int) -> list[Line]:
    """Return one line for each specimen: what it is, and where it comes from."""
    if not specimens:
        return paragraph(NONE_MATCHES, width)
    return [
        (Span(f" {n} ", "key"), Span(f"{s.name}  "), Span(s.citation, "dim"))
        for n, s in enumerate(specimens, 1)
    ]
