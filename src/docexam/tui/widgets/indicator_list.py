"""The list of indicators: sections that fold, a sign for every state, smooth with thousands."""

from __future__ import annotations

from collections.abc import Sequence

from docexam.tui.desk.outline import Row
from docexam.tui.lines import Line, Span, cells, cut
from docexam.tui.widgets.lines_view import LinesView

_STATE_ROLES = {
    "waits": "dim",
    "hidden": "dim",
    "incomplete": "warn",
    "answered": "good",
    "absent": "critical",
    "non-answer": "dim",
}


def row_line(row: Row, width: int) -> Line:
    """Return one row as a line of `width` cells; the tags keep their place at its end."""
    if row.kind == "section":
        return _head_line(row, width)
    signs = " ".join(s for s in ("!" if row.critical else "", row.tags) if s)
    role = _STATE_ROLES.get(row.state, "")
    title_role = "dim" if row.state in ("waits", "hidden") else ""
    room = max(width - 4 - (cells(signs) + 1 if signs else 0), 4)
    title = cut(row.text, room)
    said = _said(row, title, room)
    gap = width - 4 - cells(title) - cells(said) - cells(signs)
    return (
        Span(" "),
        Span(f" {row.glyph}", role),
        Span(f" {title}", title_role),
        Span(f"{said}{' ' * max(gap, 0)}", "dim"),
        Span(signs, "critical" if row.critical and row.state == "open" else "dim"),
    )


def _said(row: Row, title: str, room: int) -> str:
    column = 28
    lead = " " * max(column - cells(title), 2)
    return cut(f"{lead}{row.said}", room - cells(title)) if row.said and room > 2 * column else ""


def _head_line(row: Row, width: int) -> Line:
    title = cut(row.text, max(width - 4 - cells(row.tags), 4))
    gap = width - 3 - cells(title) - cells(row.tags)
    return (
        Span(" "),
        Span(f"{row.glyph} ", "dim"),
        Span(title, "head"),
        Span(f"{' ' * max(gap, 0)}{row.tags}", "dim"),
    )


class IndicatorList(LinesView):
    """Shows rows; which ones, and what a click on one means, the desk decides."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.border_title = "Indicators"
        self._rows: Sequence[Row] = ()
        self._width = 0
        self._made: dict[Row, Line] = {}

    def show(self, rows: Sequence[Row], cursor: int, width: int) -> None:
        """Show rows with the cursor on one; repaints what differs."""
        if rows is not self._rows or width != self._width:
            if width != self._width:
                self._made = {}
            made = self._made
            lines = [made.get(row) or row_line(row, width) for row in rows]
            self._made = dict(zip(rows, lines, strict=True))
            self._rows, self._width = rows, width
            self.set_lines(lines)
        self.set_cursor(cursor)

    def line_at(self, at: int) -> Line:
        """Return a line with a sign on the one where the cursor stands."""
        line = super().line_at(at)
        return (Span("›", "key"), *line[1:]) if at == self.cursor and line else line

    @property
    def page(self) -> int:
        """How many lines are in sight, less one to keep one's place."""
        return max(self.scrollable_content_region.height - 1, 1)
