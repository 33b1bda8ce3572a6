"""One line that the editor asks for, at the foot of the screen."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from docexam.domain.text import visible
from docexam.tui.widgets.editor import OneLine


class PromptBar(Vertical):
    """A line with a title and a hint; hidden while nothing is asked."""

    class Finished(Message):
        """Enter was pressed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._box = OneLine("", select_on_focus=False)
        self._accept: Callable[[str], str] | None = None

    def compose(self) -> ComposeResult:
        """Hold the line."""
        yield self._box

    @property
    def is_open(self) -> bool:
        """Whether something is asked."""
        return self._accept is not None

    def open(self, title: str, start: str, hint: str, accept: Callable[[str], str]) -> None:
        """Ask; `accept` returns why a line will not do, or nothing when it did."""
        self._accept = accept
        self.border_title = Content(visible(title))
        self.border_subtitle = Content(visible(hint))
        self._box.value = start
        self._box.cursor_position = len(start)
        self.add_class("-open")
        self._box.focus()

    def close(self) -> None:
        """Ask no more."""
        self._accept = None
        self.remove_class("-open")

    def finish(self, text: str) -> str:
        """Hand the line over; close unless it will not do, or something else is asked now."""
        accept = self._accept
        if accept is None:
            return ""
        problem = accept(text)
        if not problem and self._accept is accept:
            self.close()
        return problem

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Say that the line is finished."""
        event.stop()
        self.post_message(self.Finished(event.value))
