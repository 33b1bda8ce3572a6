"""Where text is typed: one line or several. Imported when the first text is opened."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from docexam.domain.text import visible
from docexam.tui.desk.writing import Typing


def inert(strip: Strip) -> Strip:
    """Return a strip in which characters that act or hide are drawn as `�`.

    The text being edited keeps them: a reading is kept as it was typed.
    """
    if all(s.text.isascii() and s.text.isprintable() for s in strip if not s.control):
        return strip
    shown = [
        Segment("".join(c if visible(c) == c else "�" for c in s.text), s.style, s.control)
        for s in strip
    ]
    return Strip(shown).adjust_cell_length(strip.cell_length)


class OneLine(Input):
    """A line of text."""

    takes_text = True

    def render_line(self, y: int) -> Strip:
        """Draw the text so that nothing in it can act on the terminal."""
        return inert(super().render_line(y))


class ManyLines(TextArea):
    """Several lines of text."""

    takes_text = True

    def render_line(self, y: int) -> Strip:
        """Draw the text so that nothing in it can act on the terminal."""
        return inert(super().render_line(y))


class Editor(Vertical):
    """The open text with its title and hint; posts what was typed and decides nothing."""

    class Typed(Message):
        """The text changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Finished(Message):
        """Enter was pressed in a one-line text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, typing: Typing) -> None:
        super().__init__(classes="-lines" if typing.lines else "")
        self.typing = typing
        self.border_title = visible(typing.title)
        self.border_subtitle = visible(typing.hint)
        self._box: OneLine | ManyLines = (
            ManyLines(typing.text, soft_wrap=True, show_line_numbers=False)
            if typing.lines
            else OneLine(typing.text, select_on_focus=False)
        )

    def compose(self) -> ComposeResult:
        """Hold the box."""
        yield self._box

    def on_mount(self) -> None:
        """Take the focus, with the cursor behind the text."""
        self.screen.set_focus(self._box)
        if isinstance(self._box, ManyLines):
            self._box.move_cursor(self._box.document.end)
        else:
            self._box.cursor_position = len(self._box.value)
            if self.typing.select:
                self._box.select_all()

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self._box.text if isinstance(self._box, ManyLines) else self._box.value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow the typing."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Follow the typing."""
        event.stop()
        self.post_message(self.Typed(self.text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Say that the line is finished."""
        event.stop()
        self.post_message(self.Finished(event.value))

    def on_key(self, event: events.Key) -> None:
        """Keep Tab from leaving a text half typed."""
        if event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
