"""Ways between the review and the screens of a conclusion: to an item, to the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docexam.tui.commands import CONTEXTS, Command
from docexam.tui.keyboard import shown
from docexam.tui.lines import Line, Span, paragraph
from docexam.tui.screens.windows import Window

if TYPE_CHECKING:
    from docexam.tui.desk.ports import Mark
    from docexam.tui.screens.review import ReviewScreen


def show_item(review: ReviewScreen, item: str, marks: Sequence[Mark] = ()) -> None:
    """Go to an item in the review and show its pixels; `marks`: regions to show in their place."""
    desk = review.desk
    if desk.walk.go(item):
        regions = [m.region for m in marks] or list(desk.marks.regions())
        if marks:
            desk.picture.set_marks(marks)
        if regions:
            desk.picture.show_region(regions[0])
            if review.has_class("-narrow"):
                review.bring_up("capture")
    review.sync()


class KeysHelp(Window):
    """What every key does on a screen that is not the review."""

    def __init__(self, review: ReviewScreen, contexts: tuple[str, ...], desk: Any) -> None:
        super().__init__(review)
        self._contexts = contexts
        self._desk = desk
        self.heading = f"Keys {CONTEXTS[contexts[0]]}"

    def text(self, width: int) -> list[Line]:
        """One entry for each command, with why it cannot be used now."""
        lines: list[Line] = []
        for _, command, keys in self.review.keyboard.commands(self._contexts):
            lines += self._row(command, keys, width)
        return lines

    def _row(self, command: Command[Any], keys: tuple[str, ...], width: int) -> list[Line]:
        first = f"{' '.join(map(shown, keys)):<18} "
        rest = " " * len(first)
        lines = paragraph(command.help, width, "", first=first, rest=rest)
        head = lines[0][0].text
        lines[0] = (Span(head[: len(first)], "key"), Span(head[len(first) :]))
        reason = command.enabled(self._desk)
        if reason:
            lines += paragraph(f"not now: {reason}", width, "dim", first=rest, rest=rest)
        return lines

    def shut(self) -> None:
        """Close the window; the screen below stays as it is."""
        self.dismiss()
