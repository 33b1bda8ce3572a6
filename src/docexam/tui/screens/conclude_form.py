"""A form: rows that are chosen or written, and one that states what the form says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.app import ComposeResult

from docexam.tui.commands import Command
from docexam.tui.desk.writing import Typing
from docexam.tui.lines import Line, Span, ends, line_cells
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.widgets.lines_view import Bar, LinesView, Picked

if TYPE_CHECKING:
    from docexam.tui.screens.review import ReviewScreen
    from docexam.tui.widgets.editor import Editor

_HINTS = {False: "Enter keeps it", True: "Esc keeps it; one on a line"}


class FormModel(Protocol):
    """What a form screen asks of the form it shows."""

    at: str

    def step(self, lines: int) -> None:
        """Move the cursor between rows."""

    def turn(self, step: int) -> None:
        """Choose the next option of the row at the cursor."""

    def pick(self, number: int) -> bool:
        """Choose an option by its number."""

    def text(self, row: str) -> str:
        """Return what is typed in a row."""

    def type(self, row: str, text: str) -> None:
        """Take what was typed in a row."""

    def missing(self) -> str:
        """Return what is missing before it can be stated."""


class FormScreen(KeyedScreen):
    """Shows a form and opens texts in it; what is stated, the forms themselves know."""

    CSS_PATH: ClassVar[str] = "conclude.tcss"
    heading = ""

    def __init__(self, review: ReviewScreen, form: FormModel) -> None:
        super().__init__()
        self.review = review
        self.form = form
        self.top, self.bottom = Bar(id="top"), Bar(id="bottom")
        self.view, self.side = LinesView(id="form"), Bar(id="side")
        self._editor: Editor | None = None
        self._now = ""
        self.told = ""

    # -- what a form gives -----------------------------------------------------------------

    def rows(self, width: int) -> list[Line]:
        """Return the lines of the form."""
        raise AssertionError

    def beside(self, width: int) -> list[Line]:
        """Return the lines that stay in sight under the form."""
        return []

    def typed(self) -> dict[str, str]:
        """Return the rows that are written, with the title of their text."""
        raise AssertionError

    @property
    def last(self) -> str:
        """The row that states the form."""
        raise AssertionError

    def state_it(self) -> None:
        """State it: nothing is missing."""
        raise AssertionError

    # -- life ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The form, and under it what it comes to."""
        yield self.top
        yield self.view
        yield self.side
        yield self.bottom

    def on_mount(self) -> None:
        """Take the focus."""
        self.view.focus()
        self.sync()
        self.begin_keys()

    def on_resize(self) -> None:
        """Follow the terminal's size."""
        self.sync()

    def sync(self) -> None:
        """Show the form as it is now."""
        width = max(self.app.size.width - 5, 20)
        lines = self.rows(width)
        self.view.set_lines(lines)
        beside = self.beside(width)
        self.side.styles.height = min(len(beside), max(self.app.size.height // 2, 1))
        self.side.set_lines(beside)
        self.top.set_lines([ends([Span(f" {self.heading}", "head")], [], self.app.size.width)])
        self.bottom.set_lines([self._bottom_line()])
        here = [n for n, line in enumerate(lines) if _row_of(line) == self.form.at]
        if here:
            self.view.bring_into_sight(here[-1])
            self.view.bring_into_sight(here[0])

    def _bottom_line(self) -> Line:
        keys = [
            *(Span("↑↓ ", "key"), Span("rows  ")),
            *(Span("1–9 ←→ ", "key"), Span("choose  ")),
            *(Span("Enter ", "key"), Span("write, state  ")),
            *(Span("Esc ", "key"), Span("back ")),
        ]
        if self._editor:
            keys = [Span("Esc ", "key"), Span("leaves the text and keeps it ")]
        width = self.app.size.width
        told = [Span(f" ! {self.told}  ", "warn")] if self.told else []
        if line_cells([*told, *keys]) > width:
            keys = keys[-2:]  # what is said goes before how to go on
        return ends(told, keys, width)

    # -- keys and clicks -------------------------------------------------------------------

    def contexts(self) -> tuple[str, ...]:
        """A form has keys of its own, and others while one types in it."""
        return ("form-text",) if self._editor else ("form",)

    def use(self, command: Command[Any], key: str) -> None:
        """Run a command of the form."""
        self.told = command.enabled(self)
        if not self.told:
            command.run(self, key)
        if self.is_current:
            self.sync()

    def on_lines_picked(self, event: Picked) -> None:
        """Go to the row, or choose the option, that was clicked."""
        event.stop()
        kind, _, name = event.target.partition(":")
        if self._editor:
            return
        if kind == "row":
            again, self.form.at = self.form.at == name, name
            if again:
                self.enter()
        elif kind == "option":
            self.pick(int(name))
        if self.is_current:
            self.sync()

    # -- what the form's commands do -------------------------------------------------------

    def shut(self) -> None:
        """Leave the form."""
        self.dismiss()

    def step(self, lines: int) -> None:
        """Move between rows."""
        self.form.step(lines)

    def turn(self, step: int) -> None:
        """Choose the next option."""
        self.form.turn(step)

    def pick(self, number: int) -> None:
        """Choose an option by its number."""
        if not self.form.pick(number):
            self.told = f"There is no option {number} in this row."

    def scroll(self, pages: int) -> None:
        """Scroll the form."""
        height = max(self.view.scrollable_content_region.height - 1, 1)
        self.view.scroll_to(y=self.view.scroll_offset.y + pages * height, animate=False)

    def enter(self) -> None:
        """Write in the row, go on, or state it."""
        row = self.form.at
        if row in self.typed():
            self._open(row)
        elif row != self.last:
            self.form.step(1)
        else:
            self.told = self.form.missing()
            if not self.told:
                self.state_it()

    # -- typing ----------------------------------------------------------------------------

    def _open(self, row: str) -> None:
        from docexam.tui.widgets.editor import Editor

        lines = row == "limits"
        self._now = self.form.text(row)
        title = self.typed()[row]
        self._editor = Editor(Typing("form", row, title, self._now, _HINTS[lines], lines))
        self.mount(self._editor, before=self.bottom)

    def on_editor_typed(self, event: Editor.Typed) -> None:
        """Follow the typing."""
        self._now = event.text

    def on_editor_finished(self, event: Editor.Finished) -> None:
        """Take a line at Enter, and go on."""
        self._now = event.text
        self.leave_text()
        self.form.step(1)
        self.sync()

    def leave_text(self) -> None:
        """Leave the text and keep it in the form."""
        if self._editor:
            self.form.type(self._editor.typing.item, self._now)
            self._editor.remove()
            self._editor = None
            self.view.focus()


def _row_of(line: Line) -> str:
    kinds = (span.target.partition(":") for span in line if span.target)
    return next((name for kind, _, name in kinds if kind == "row"), "")
