"""Windows over the editor: help, all commands, and one of several to pick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from docexam.domain.text import search_key, visible
from docexam.tui.commands import ALL, CONTEXTS, Command
from docexam.tui.keyboard import shown
from docexam.tui.lines import BLANK, Line, Span, cut, paragraph
from docexam.tui.screens.editor_ports import Offered
from docexam.tui.screens.windows import Window
from docexam.tui.widgets.editor import OneLine
from docexam.tui.widgets.lines_view import Picked

if TYPE_CHECKING:
    from docexam.tui.screens.editor import EditorScreen
    from docexam.tui.screens.review import ReviewScreen

EDITOR_CONTEXTS = ("editor", "editor-text", "editor-grid", "editor-list")
_FEW = 8
_LEGEND = (
    ("✕", "an error: the checklist cannot be used"),
    ("!", "a warning: it can be used, and could be better"),
    ("·", "a note; in the grid: no weight given"),
)


class EditorWindow(Window):
    """A window over the editor."""

    def __init__(self, editor: EditorScreen) -> None:
        # A window asks its screen for nothing but `sync`, which both screens have.
        super().__init__(cast("ReviewScreen", editor))
        self.editor = editor


class EditorHelp(EditorWindow):
    """What every key does where one is, and what the signs mean."""

    heading = "Help"

    def text(self, width: int) -> list[Line]:
        """Keys of the nearest place first, then the signs."""
        lines: list[Line] = []
        last = ""
        for context, command, keys in self.editor.keyboard.commands(self.editor.contexts()):
            if context != last:
                words = CONTEXTS[context]
                lines += [BLANK] if lines else []
                lines.append((Span(words[0].upper() + words[1:], "head"),))
                last = context
            first = f"  {' '.join(map(shown, keys)):<14} "
            row = paragraph(command.help, width, "", first=first, rest=" " * len(first))
            head = row[0][0].text
            row[0] = (Span(head[: len(first)], "key"), Span(head[len(first) :]))
            lines += row
        lines += [BLANK, (Span("Signs", "head"),)]
        return lines + [(Span(f"  {sign}  ", "key"), Span(words)) for sign, words in _LEGEND]


class PickWindow(EditorWindow):
    """A list that narrows as one types; Enter takes the line at the cursor."""

    def __init__(
        self,
        editor: EditorScreen,
        heading: str,
        rows: Sequence[Offered],
        chosen: Callable[[int], None],
    ) -> None:
        super().__init__(editor)
        self.heading = heading
        self.input = OneLine(placeholder="type to narrow", id="find")
        self._rows = rows
        self._chosen = chosen
        self._left = list(range(len(rows)))
        self._long = len(rows) > _FEW
        self._at = 0

    def compose(self) -> ComposeResult:
        """The search above the list."""
        with Vertical(id="box", classes="-palette" if self._long else "") as box:
            box.border_title = Content(visible(self.heading))
            box.border_subtitle = Content("Enter takes it · Esc back")
            if self._long:
                yield self.input
            yield self.view

    def to_focus(self) -> Widget:
        """Type to narrow, where there is much."""
        return self.input if self._long else self.view

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        wanted = search_key(event.value).split()
        known = [search_key(f"{r.text} {r.says}") for r in self._rows]
        self._left = [n for n, words in enumerate(known) if all(w in words for w in wanted)]
        self._at = 0
        self.show()

    def show(self) -> None:
        """Show what is left of the list."""
        lines = [self._line(self._rows[n]) for n in self._left]
        self.view.set_lines(lines or [(Span("Nothing found.", "dim"),)])
        self.view.set_cursor(self._at if self._left else -1)

    def _line(self, row: Offered) -> Line:
        text = cut(visible(row.text), self.width)
        return (Span(f" {text:<24} ", "head"), Span(cut(visible(row.says), self.width - 26), "dim"))

    def scroll(self, lines: int) -> None:
        """Move the cursor."""
        if self._left:
            self._at = max(0, min(len(self._left) - 1, self._at + lines))
            self.view.set_cursor(self._at)

    def confirm(self) -> None:
        """Take the line at the cursor."""
        if self._left:
            self.dismiss()
            self._chosen(self._left[self._at])
            self.editor.sync()

    def on_lines_picked(self, event: Picked) -> None:
        """Take what was clicked."""
        event.stop()
        if event.line < len(self._left):
            self._at = event.line
            self.confirm()


class EditorPalette(PickWindow):
    """Every command, found by its words."""

    def __init__(self, editor: EditorScreen) -> None:
        wanted = set(EDITOR_CONTEXTS)
        self._commands = [c for c in ALL if c.palette and wanted & set(c.contexts)]
        rows = [Offered(c.title, self._says(editor, c)) for c in self._commands]
        super().__init__(editor, "All commands", rows, self._run)

    @staticmethod
    def _says(editor: EditorScreen, command: Command[Any]) -> str:
        return " ".join(map(shown, editor.keyboard.keys_for(command)[:1]))

    def _line(self, row: Offered) -> Line:
        return (Span(f" {row.says:<8} ", "key"), Span(cut(row.text, self.width - 11)))

    def _run(self, row: int) -> None:
        self.editor.use(self._commands[row], "")
