"""The pane of proposals beside the question, and the window of an aid's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.errors import DocexamError
from docexam.tui.desk.proposals_panel import card_lines, panel
from docexam.tui.lines import Line, paragraph
from docexam.tui.screens.windows import Window
from docexam.tui.widgets.lines_view import LinesView

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk

LEAST_HEIGHT = 8
_FRAME = 2


class ProposalsView(LinesView):
    """Shows what aids proposed on an item; a click on a line says which line was meant."""

    def __init__(self) -> None:
        super().__init__(id="aid")
        self.border_title = "Proposals, none an answer"
        self._height = -1
        self._now: object = None

    def show(self, desk: Desk, width: int) -> None:
        """Show the proposals on the current item, the one at the cursor in sight."""
        proposals = desk.proposals
        jobs = tuple((j.key, j.share, j.what, j.stopped) for j in proposals.jobs)
        state = desk.review.examination
        now = (state.head, desk.walk.current, proposals.at, width, jobs, len(proposals.troubles))
        if now == self._now:
            return
        self._now = now
        shown = panel(desk, width)
        self.set_lines(shown.lines)
        self.set_cursor(shown.cursor)

    def fit_in(self, column: int) -> None:
        """Take the height that suits the lines in a column of so many; 0: all there is."""
        most = max(column * 3 // 5, LEAST_HEIGHT)
        height = max(min(len(self.lines) + _FRAME, most), LEAST_HEIGHT) if column else 0
        if height != self._height:
            self._height = height
            self.styles.height = height or "1fr"


class CardWindow(Window):
    """What a person should know before trusting an aid."""

    heading = "The aid's card"

    def text(self, width: int) -> list[Line]:
        """The card of the aid at the cursor, else of the item's first one."""
        proposals = self.review.desk.proposals
        here = proposals.here
        aid = here.shown.showing.aid if here else proposals.offers()[0].aid
        try:
            return card_lines(proposals.source.card(aid), width)
        except DocexamError as error:
            return paragraph(str(error), width, "warn", first="! ", rest="  ")
