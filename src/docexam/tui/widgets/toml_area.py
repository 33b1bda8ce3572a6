"""Where a checklist is typed: coloured as far as it is visible, with a sign at lines at fault.

Textual's own highlighting works the whole document through at every key. Here a line is coloured
when it is drawn, and drawn anew only when something about it has changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.document._document import Document, EditResult, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.document._wrapped_document import WrappedDocument
from textual.strip import Strip
from textual.widgets import TextArea

from docexam.domain.text import visible
from docexam.tui.widgets.toml_tokens import LONGEST_KEPT, SIGNS, States, tokens

KINDS = ("key", "header", "text", "number", "word", "comment")
LEVELS = ("error", "warn", "note")


def inert_text(text: str) -> str:
    """Return a line in which each character that acts or hides is drawn as `�`."""
    if text.isascii() and text.replace("\t", "").isprintable():
        return text
    return "".join(map(_inert, text))


@lru_cache(maxsize=8192)
def _inert(char: str) -> str:
    return char if char == "\t" or visible(char) == char else "�"


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


class TomlDocument(Document):
    """Lines as they stand: only line feeds end a line, and what is read is written again.

    In a file whose line breaks are all CRLF they are kept so; where they are mixed, a carriage
    return is a character of its line.
    """

    def __init__(self, text: str) -> None:
        feeds = text.count("\n")
        self._newline = "\r\n" if feeds and text.count("\r\n") == feeds else "\n"
        self._lines = text.split(self._newline)
        self._text: str | None = text

    @property
    def text(self) -> str:
        """The whole text."""
        if self._text is None:
            self._text = self._newline.join(self._lines)
        return self._text

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace what stands between two places."""
        (top_row, top_column), (bottom_row, bottom_column) = sorted((start, end))
        replaced = self.get_text_range((top_row, top_column), (bottom_row, bottom_column))
        if self._newline == "\r\n":
            text = text.replace("\r\n", "\n")
        parts = text.split("\n")
        column = len(parts[-1]) + (top_column if len(parts) == 1 else 0)
        parts[0] = self._lines[top_row][:top_column] + parts[0]
        parts[-1] += self._lines[bottom_row][bottom_column:]
        self._lines[top_row : bottom_row + 1] = parts
        self._text = None
        return EditResult((top_row + len(parts) - 1, column), replaced)


class TomlArea(TextArea, inherit_bindings=True):
    """The text of a checklist. `marks`: the gravest level of the faults of each line, from 0."""

    takes_text = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"toml--{k}" for k in (*KINDS, *LEVELS)}

    def __init__(self, text: str, *, id: str | None = None) -> None:
        self._states = States()
        self._looks: dict[str, Style] = {}
        self._drawn: dict[Any, Strip] = {}
        self.marks: Mapping[int, str] = {}
        super().__init__(
            text, soft_wrap=True, show_line_numbers=True, tab_behavior="focus", id=id,
            max_checkpoints=500,
        )  # fmt: skip

    # -- the document --------------------------------------------------------------------------

    def _set_document(self, text: str, language: str | None) -> None:
        self.document = TomlDocument(text)
        self.wrapped_document = WrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._states = States()
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    @property
    def lines(self) -> list[str]:
        """The lines without their breaks; not to be changed."""
        return self.document.lines

    def state_at(self, row: int) -> int:
        """Return whether a line begins inside a text of several lines; see `toml_tokens`."""
        return self._states.at(self.document.lines, row)

    def edit(self, edit: Edit) -> EditResult:
        """Perform an edit; colours below it are worked out anew."""
        self._states.forget_after(min(edit.top[0], edit.bottom[0]))
        return super().edit(edit)

    def _undo_batch(self, edits: Any) -> None:
        self._states = States()
        super()._undo_batch(edits)

    def _redo_batch(self, edits: Any) -> None:
        self._states = States()
        super()._redo_batch(edits)

    async def _on_paste(self, event: events.Paste) -> None:
        # Terminals send a carriage return for a line break in what is pasted.
        event.prevent_default()
        text = re.sub(r"\r\n?", "\n", event.text)
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)
            self.focus()

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.read_only:
            # A new line begins where the one before began.
            event.prevent_default()
            event.stop()
            line = self.document.lines[self.cursor_location[0]]
            indent = line[: len(line) - len(line.lstrip())][: self.cursor_location[1]]
            self._replace_via_keyboard(f"\n{indent}", *self.selection)

    def become(self, text: str) -> None:
        """Put another text in place of this one: only what differs, as one step of undo."""
        old = self.text
        if text == old:
            return
        start = _common(old, text)
        end = _common(old[start:][::-1], text[start:][::-1])
        # Never between the two characters of a line break.
        while start and old[start - 1] == "\r":
            start -= 1
        while end and old[len(old) - end] == "\n":
            end -= 1
        self.history.checkpoint()
        self.replace(
            text[start : len(text) - end],
            self._place(start),
            self._place(len(old) - end),
            maintain_selection_offset=True,
        )
        self.history.checkpoint()

    def go_to_index(self, at: int) -> None:
        """Put the cursor on a character of the whole text."""
        self.move_cursor(self._place(min(at, len(self.text))), center=True)

    def _place(self, at: int) -> Location:
        before = self.text[:at].split(self.document.newline)
        return len(before) - 1, len(before[-1])

    def set_marks(self, marks: Mapping[int, str]) -> None:
        """Show a sign beside these lines."""
        if marks != self.marks:
            self.marks = marks
            self.refresh()

    # -- drawing -------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Follow a change of theme."""
        self._looks.clear()
        self._drawn.clear()
        super().notify_style_update()

    def look(self, kind: str) -> Style:
        """Return the style of a kind of token or level of fault."""
        if kind not in self._looks:
            self._looks[kind] = self.get_component_rich_style(f"toml--{kind}", partial=True)
        return self._looks[kind]

    def get_line(self, line_index: int) -> Text:
        """Return a line in its colours."""
        line = self.document.get_line(line_index)
        text = Text(inert_text(line), end="", no_wrap=True)
        coloured = len(line) <= LONGEST_KEPT
        for token in tokens(line, self.state_at(line_index))[0] if coloured else ():
            text.stylize(self.look(token.kind), token.start, token.end)
        return text

    def render_line(self, y: int) -> Strip:
        """Draw a line of the view, or take it as it was drawn while nothing about it changed."""
        at = y + self.scroll_offset.y
        rows = self.wrapped_document._offset_to_line_info
        if at >= len(rows):
            return self._render_line(y)
        row, section = rows[at]
        line = self.document.get_line(row)
        if len(line) > LONGEST_KEPT:
            return self._marked(self._render_line(y), row, section)
        key = (line, section, self.state_at(row), row, self.size, self.scroll_offset.x,
               self._cursor_key(row), self.marks.get(row), self.gutter_width)  # fmt: skip
        strip = self._drawn.get(key)
        if strip is None:
            if len(self._drawn) > 2000:
                self._drawn.clear()
            strip = self._drawn[key] = self._marked(self._render_line(y), row, section)
        return strip

    def _cursor_key(self, row: int) -> Any:
        """Return what cursor and selection do to a line; None where nothing."""
        selection = self.selection
        bracket = self._matching_bracket_location
        beside = bracket is not None and bracket[0] == row
        if selection.end[0] != row and not beside:
            top, bottom = sorted(selection)
            if not top[0] <= row <= bottom[0] or selection.is_empty:
                return None
        return selection, self._draw_cursor, bracket, self.has_focus

    def _marked(self, strip: Strip, row: int, section: int) -> Strip:
        level = self.marks.get(row)
        if level is None or section:
            return strip
        at = self.gutter_width - 2
        under = next(iter(strip.crop(at, at + 1)), Segment(" ")).style or Style()
        sign = Segment(SIGNS[level], under + self.look(level))
        parts = [strip.crop(0, at), Strip([sign], 1), strip.crop(at + 1, None)]
        return Strip.join(parts)
