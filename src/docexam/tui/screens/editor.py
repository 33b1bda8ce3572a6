"""The checklist editor: the text, the item as the examiner will see it, its weights, the faults."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea
from textual.worker import Worker, WorkerState

from docexam.checklists.library import Library
from docexam.domain.text import visible
from docexam.tui.app import _keyboard, _run, must_have_terminal
from docexam.tui.application import DocexamApp
from docexam.tui.commands import Command
from docexam.tui.keyboard import Keyboard
from docexam.tui.lines import paragraph
from docexam.tui.options import Options
from docexam.tui.screens.editor_desk import Checked, EditorDesk, Notice
from docexam.tui.screens.editor_painting import (
    bottom_line,
    fault_lines,
    hint_line,
    marks_of,
    tab_line,
    top_line,
)
from docexam.tui.screens.editor_ports import Offered
from docexam.tui.screens.editor_preview import block_lines, grid_lines
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.widgets.lines_view import Bar, LinesView, Picked
from docexam.tui.widgets.toml_area import TomlArea
from docexam.tui.widgets.toml_prompt import PromptBar

if TYPE_CHECKING:
    from docexam.workbench.bench import Workbench
    from docexam.workbench.checklist_files import ChecklistFile

PANES = ("text", "item", "grid", "faults")
LEAST = (80, 24)
WIDE, ROOMY, TALL = 120, 160, 50
CHECK_AFTER, KEEP_AFTER, POLL_EVERY = 0.02, 0.8, 1.0
_SIDE = {False: 48, True: 64}
_FRAME = 4


class EditorScreen(KeyedScreen):
    """Shows what the desk says, and hands it what was pressed, picked or typed."""

    CSS_PATH: ClassVar[str] = "editor.tcss"

    class Told(Message):
        """A check is done."""

        def __init__(self, checked: Checked) -> None:
            super().__init__()
            self.checked = checked

    def __init__(self, file: ChecklistFile, library: Library) -> None:
        super().__init__()
        self.area = TomlArea(file.text, id="text")
        self.item, self.grid = LinesView(id="item"), LinesView(id="grid")
        self.faults = LinesView(id="faults")
        self.prompt = PromptBar(id="prompt")
        self.top, self.bottom = Bar(id="top"), Bar(id="bottom")
        self.tabs, self.hint, self.small = Bar(id="tabs"), Bar(id="hint"), Bar(id="small")
        self.desk = EditorDesk(file, library, self)
        self.at_pane = "text"
        self._shown: Any = None
        self._draft: Any = None
        self._written = ""
        self._own = Library(library.user, library.shipped)
        self._checking = False
        self._check_timer: Timer | None = None
        self._keep_timer: Timer | None = None

    # -- life ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the panes out; which are seen at what width, the stylesheet says."""
        yield self.top
        yield self.tabs
        yield self.small
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self.area
                yield self.faults
                yield self.hint
            with Vertical(id="right"):
                yield self.item
                yield self.grid
        yield self.prompt
        yield self.bottom

    def on_mount(self) -> None:
        """Take up the text."""
        self.area.border_title = Content(visible(self.desk.file.target.name))
        self.faults.border_title = "Faults"
        self.item.border_title, self.grid.border_title = "As the examiner sees it", "Weights"
        self._fit_to(self.app.size.width, self.app.size.height)
        self.area.focus()
        self.begin_keys()
        self.desk.begin()
        self._check()
        self.sync()
        self.set_interval(POLL_EVERY, self._poll)

    def on_resize(self, event: events.Resize) -> None:
        """Follow the terminal's size."""
        self._fit_to(event.size.width, event.size.height)
        self._shown = None
        self.sync()

    def _fit_to(self, width: int, height: int) -> None:
        small = width < LEAST[0] or height < LEAST[1]
        self.set_class(small, "-small")
        self.set_class(width < WIDE, "-narrow")
        self.set_class(width >= ROOMY, "-roomy")
        self.set_class(height >= TALL, "-tall")
        for pane in PANES:
            self.set_class(self.at_pane == pane, f"-at-{pane}")
        if small:
            text = f"The editor needs {LEAST[0]}×{LEAST[1]}; this window is {width}×{height}."
            lines = paragraph(f"{text} Make it larger; nothing is lost.", max(width - 4, 10))
            self.small.set_lines(lines)

    def _poll(self) -> None:
        before = self.desk.notice
        self.desk.poll()
        if self.desk.notice is not before:
            self.sync()

    # -- checking and keeping --------------------------------------------------------------

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._check_timer:
            self._check_timer.stop()
        self._check_timer = self.set_timer(CHECK_AFTER, self._check)
        if self._keep_timer:
            self._keep_timer.stop()
        self._keep_timer = self.set_timer(KEEP_AFTER, self._keep)
        if self.area.text != self._written:
            self.desk.notice = Notice()
        self.sync()

    @on(TextArea.SelectionChanged)
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self.sync()

    def _check(self) -> None:
        if self._checking:
            return
        self._checking = True
        text = self.area.text
        self.run_worker(
            lambda: self.post_message(self.Told(self.desk.check(text, self._own))),
            thread=True,
            exit_on_error=False,
            group="check",
        )

    def on_editor_screen_told(self, event: Told) -> None:
        """Show what a check found; check again where the text went on meanwhile."""
        event.stop()
        self._checking = False
        self.desk.take(event.checked)
        if event.checked.text != self.area.text:
            self._check()
        self.sync()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say when a check could not be done; the text is not touched by it."""
        if event.worker.group == "check" and event.state is WorkerState.ERROR:
            self._checking = False
            self.desk.tell(f"The check failed: {event.worker.error}", "error")
            self.sync()

    def _keep(self) -> None:
        self.desk.keep()
        self.sync()

    # -- keys and clicks -------------------------------------------------------------------

    def contexts(self) -> tuple[str, ...]:
        """Return where keys act now."""
        if self.prompt.is_open:
            return ("editor-prompt",)
        pane = {"text": "editor-text", "grid": "editor-grid"}.get(self.at_pane, "editor-list")
        return (pane, "editor")

    def use(self, command: Command[Any], key: str) -> None:
        """Run a command, or say why it cannot be run."""
        reason = command.enabled(self.desk)
        self.desk.notice = Notice()
        if reason:
            self.desk.tell(f"{command.title}: {reason}", "warn")
        else:
            command.run(self.desk, key)
        self.sync()

    @on(Picked)
    def _picked(self, event: Picked) -> None:
        event.stop()
        kind, _, rest = event.target.partition(":")
        if event.sender is self.faults:
            self.faults.set_cursor(event.line)
            self.take_list()
        elif kind == "tab":
            self.bring_up(rest)
        elif kind == "cell":
            row, _, column = rest.partition(":")
            self.desk.at_cell = (int(row), int(column))
            self.bring_up("grid")
        self.sync()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Know which pane has the focus, when the mouse gave it."""
        if event.widget.id in PANES and event.widget.id != self.at_pane:
            self._be_at(str(event.widget.id))
            self.sync()

    def on_prompt_bar_finished(self, event: PromptBar.Finished) -> None:
        """Take a line at Enter."""
        event.stop()
        problem = self.prompt.finish(event.text)
        if not self.prompt.is_open:
            self._pane(self.at_pane).focus()
        if problem:
            self.desk.tell(problem, "warn")
        self.sync()

    # -- what the desk needs ---------------------------------------------------------------

    def text(self) -> str:
        """Return the whole text."""
        return self.area.text

    def lines(self) -> Sequence[str]:
        """Return the lines of the text."""
        return self.area.lines

    def inside(self, row: int) -> bool:
        """Whether a line begins inside a text of several lines."""
        return bool(self.area.state_at(row))

    def cursor(self) -> tuple[int, int]:
        """Return row and column of the cursor."""
        return self.area.cursor_location

    def replace_text(self, text: str, at: int) -> None:
        """Put a new text in place of the old one, as one step that undo takes back."""
        # What a command tells of its own change stays until something else is typed.
        self._written = text
        self.area.become(text)
        if at >= 0:
            self.area.go_to_index(at)

    def write(self, text: str, start: int) -> None:
        """Write at the cursor, in place of what stands from column `start` to it."""
        row, column = self.area.cursor_location
        self.area.replace(text, (row, start), (row, column), maintain_selection_offset=False)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor somewhere and show it."""
        last = self.area.document.line_count - 1
        at = min(row, last)
        self.area.move_cursor((at, min(column, len(self.area.lines[at]))), center=True)

    def undo(self) -> None:
        """Take the last change back."""
        self.area.undo()

    def redo(self) -> None:
        """Bring back what was undone."""
        self.area.redo()

    def ask(self, title: str, start: str, hint: str, accept: Callable[[str], str]) -> None:
        """Ask for one line."""
        self.prompt.open(title, start, hint, accept)

    def close_prompt(self) -> None:
        """Close the line that was asked for."""
        self.prompt.close()
        self._pane(self.at_pane).focus()

    def pick(self, title: str, rows: Sequence[Offered], chosen: Callable[[int], None]) -> None:
        """Let one of several be picked."""
        from docexam.tui.screens.editor_windows import PickWindow

        self.app.push_screen(PickWindow(self, title, rows, chosen))

    def open_window(self, name: str) -> None:
        """Open `help` or `palette` over the screen."""
        from docexam.tui.screens.editor_windows import EditorHelp, EditorPalette

        self.app.push_screen(EditorHelp(self) if name == "help" else EditorPalette(self))

    def bring_up(self, pane: str) -> None:
        """Focus a pane; on a narrow screen bring it to the front."""
        panes = self._panes()
        pane = pane if pane in panes else "text"
        # A pane that is not displayed could not take the focus.
        self.set_class("grid" not in panes, "-no-grid")
        self._be_at(pane)
        if pane == "faults" and self.faults.cursor < 0:
            self.faults.set_cursor(0)
        if not self.prompt.is_open:
            self._pane(pane).focus()

    def _be_at(self, pane: str) -> None:
        self.at_pane = pane
        for one in PANES:
            self.set_class(one == pane, f"-at-{one}")

    def next_pane(self, step: int) -> None:
        """Go round the panes that have something to show."""
        panes = self._panes()
        at = panes.index(self.at_pane) if self.at_pane in panes else 0
        self.bring_up(panes[(at + step) % len(panes)])

    def _panes(self) -> list[str]:
        # The faults stay, even when there are none: a pane that comes and goes as one types
        # would move the text under the cursor.
        return [p for p in PANES if p != "grid" or self.desk.grid() is not None]

    def _pane(self, name: str) -> Widget:
        panes: dict[str, Widget] = {"text": self.area, "item": self.item}
        panes |= {"grid": self.grid, "faults": self.faults}
        return panes[name]

    def step_list(self, step: int) -> None:
        """Move in the list of faults, or scroll the item."""
        if self.at_pane == "faults":
            last = len(self.desk.checked.faults) - 1
            self.faults.set_cursor(max(0, min(last, self.faults.cursor + step)))
        else:
            self.item.scroll_to(y=self.item.scroll_offset.y + step, animate=False)

    def take_list(self) -> None:
        """Go to the fault at the list's cursor."""
        faults = self.desk.checked.faults
        if self.at_pane != "faults" or not 0 <= self.faults.cursor < len(faults):
            self.bring_up("text")
            return
        fault = faults[self.faults.cursor]
        if fault in self.desk.own_faults():
            self.desk.finding.go_to_fault(fault)
        else:
            self.desk.tell(f"That is in another file: {fault.place}.", "warn")

    def toggle_wrap(self) -> None:
        """Break long lines on the screen, or not."""
        self.area.soft_wrap = not self.area.soft_wrap

    def next_theme(self) -> str:
        """Change the colours; return the theme's name."""
        return cast("DocexamApp", self.app).next_theme()

    def edit_outside(self, path: Path) -> str:
        """Open the user's editor on a file and wait until it is left."""
        named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
        command = shlex.split(named) or [n for n in ("nano", "vi") if shutil.which(n)][:1]
        if not command:
            return "No editor is known here: set $EDITOR."
        try:
            with self.app.suspend():
                code = subprocess.call([*command, str(path)])
        except SuspendNotSupported:
            return f"Another editor cannot be opened in this terminal; the text is in {path}."
        except OSError as error:
            return f"{command[0]} could not be started: {error.strerror}."
        self.refresh(layout=True)
        return "Back from your editor." if code == 0 else f"{command[0]} ended with {code}."

    def leave(self) -> None:
        """Leave the editor: back to where one was, or out."""
        app = cast("DocexamApp", self.app)
        app.farewell = self.desk.farewell()
        if len(app.screen_stack) > 1:
            app.pop_screen()
        else:
            app.exit(0)

    # -- what is shown ---------------------------------------------------------------------

    def sync(self) -> None:
        """Show what the desk says now; widgets repaint only what differs."""
        width, desk = self.app.size.width, self.desk
        left = width if self.has_class("-narrow") else width - self._side()
        self.top.set_lines([top_line(desk, width)])
        self._sync_faults(left - _FRAME)
        self._sync_item()
        if self.has_class("-narrow"):
            self.tabs.set_lines([tab_line(self._panes(), self.at_pane, len(desk.checked.faults))])
        self.hint.set_lines([hint_line(desk, self.at_pane, left - 2)])
        asking = self.prompt.is_open
        self.bottom.set_lines([bottom_line(desk, self.keyboard, self.at_pane, asking, width)])

    def _side(self) -> int:
        return _SIDE[self.app.size.width >= ROOMY]

    def _sync_faults(self, width: int) -> None:
        faults = self.desk.checked.faults
        self.faults.set_lines(fault_lines(faults, width))
        if faults and self.faults.cursor >= len(faults):
            self.faults.set_cursor(0)
        self.area.set_marks(marks_of(self.desk.own_faults()))

    def _sync_item(self) -> None:
        grid = self.desk.grid()
        self.set_class(grid is None, "-no-grid")
        if grid is None and self.at_pane == "grid":
            self.bring_up("text")
        if self.at_pane == "text" and self.has_class("-narrow"):
            return
        here, draft = self.desk.here(), self.desk.checked.draft
        width = (self.app.size.width if self.has_class("-narrow") else self._side()) - _FRAME
        place = (here.kind, here.id)
        key = (id(draft), place, width, self.desk.at_cell, self.at_pane)
        if key == self._shown:
            return
        if self._shown is None or self._shown[1] != place:
            self.item.scroll_to(y=0, animate=False, force=True)
        # The draft is held, so that no other takes its id.
        self._shown, self._draft = key, draft
        self.item.set_lines(block_lines(draft, here, width))
        if grid:
            focused = self.at_pane == "grid"
            self.grid.set_lines(grid_lines(grid, grid.held(self.desk.at_cell), width, focused))


class EditorApp(DocexamApp):
    """The checklist editor and nothing else."""

    # The stylesheet of a first screen is not read otherwise.
    CSS_PATH: ClassVar[Any] = [*DocexamApp.CSS_PATH, Path(__file__).with_name("editor.tcss")]

    def __init__(
        self, file: ChecklistFile, library: Library, options: Options, keyboard: Keyboard
    ) -> None:
        super().__init__(options, keyboard)
        self._file = file
        self._library = library

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the text."""
        return EditorScreen(self._file, self._library)

    def _ended_by(self, number: int) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, EditorScreen):
                screen.desk.keep()
        super()._ended_by(number)


def run_editor(workbench: Workbench, reference: str, options: Options) -> int:
    """Open the editor on a checklist by id or path; return the exit code.

    Raises DocexamError before it opens.
    """
    from docexam.workbench.checklist_files import open_checklist

    must_have_terminal()
    library = workbench.library()
    file = open_checklist(reference, library)
    return _run(EditorApp(file, library, options, _keyboard(options)))
