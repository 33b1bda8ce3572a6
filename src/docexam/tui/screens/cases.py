"""The list of cases: every exhibit with its progress, found as one types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from docexam.domain.text import visible
from docexam.errors import DocexamError
from docexam.tui.application import DocexamApp
from docexam.tui.commands import Command
from docexam.tui.desk.history import when
from docexam.tui.keyboard import Keyboard, is_printable, key_name
from docexam.tui.lines import Line, Span, cells, cut, ends
from docexam.tui.options import Options
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.screens.review import ReviewScreen
from docexam.tui.widgets.lines_view import Bar, LinesView, Picked

if TYPE_CHECKING:
    from docexam.workbench.bench import ExhibitLine, Workbench

MOST_SHOWN = 500
_STATE_SIGNS = {"open": "○", "closed": "●", "disposed": "✕", "unexamined": "◌"}


class CasesApp(DocexamApp):
    """The list of cases, and the reviews opened from it."""

    # A first screen's own stylesheet is not read by the toolkit, only a pushed one's.
    CSS_PATH: ClassVar[Any] = [*DocexamApp.CSS_PATH, Path(__file__).with_name("cases.tcss")]

    def __init__(self, workbench: Workbench, options: Options, keyboard: Keyboard) -> None:
        super().__init__(options, keyboard)
        self.workbench = workbench

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the list."""
        return CasesScreen(self.workbench)


class CasesScreen(KeyedScreen):
    """Lists exhibits, narrows by what is typed, opens a review."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self.top, self.bottom = Bar(id="top"), Bar(id="bottom")
        self.view = LinesView(id="cases")
        self.view.border_title = Content("Exhibits")
        self._find = ""
        self._finding = False
        self._told = ""
        self._lines: list[ExhibitLine] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        """A line above, the list, a line below."""
        yield self.top
        yield self.view
        yield self.bottom

    def on_mount(self) -> None:
        """Take the focus; the casebook is read when the screen comes up."""
        self.set_focus(self.view)
        self.begin_keys()

    def on_screen_resume(self) -> None:
        """Read the casebook anew after a review."""
        self._read()

    def on_resize(self) -> None:
        """Follow the terminal's size."""
        self.show_all()

    def _read(self) -> None:
        try:
            found = self._workbench.exhibits(find=self._find or None, limit=MOST_SHOWN)
        except DocexamError as error:
            self._told, found = visible(str(error)), []
        self._lines = found
        self._at = min(self._at, max(len(found) - 1, 0))
        self.show_all()

    # -- what is shown ---------------------------------------------------------------------

    def show_all(self) -> None:
        """Show the list as it is now."""
        width = self.app.size.width
        self.top.set_lines([self._top_line(width)])
        self.view.set_lines([self._row(e, width - 3) for e in self._lines] or self._nothing())
        self.view.set_cursor(self._at if self._lines else -1)
        self.bottom.set_lines([self._bottom_line(width)])

    def _top_line(self, width: int) -> Line:
        find = Span(f"find: {visible(self._find)}▏" if self._finding else "type to find", "key")
        return ends([Span(" docexam  ", "head"), find], [Span(f"{self._who()} ")], width)

    def _who(self) -> str:
        return visible(self._workbench.examiner or "no examiner named")

    def _row(self, line: ExhibitLine, width: int) -> Line:
        sign = _STATE_SIGNS.get(line.state, "?")
        name = cut(visible(f"{line.case} / {line.exhibit}"), max(width // 2 - 6, 20))
        critical = f"{line.critical_open} critical open" if line.critical_open else ""
        right = f"{line.answered:>3} of {line.total:<3} {critical:<16} {when(line.updated)[:16]}"
        checklist = cut(visible(line.checklist), max(width - cells(name) - cells(right) - 10, 0))
        left = [Span(f" {sign} ", "good" if line.state == "closed" else ""), Span(name, "head")]
        return ends([*left, Span(f"  {checklist}", "dim")], [Span(f" {right}")], width)

    def _nothing(self) -> list[Line]:
        if self._find:
            return [(Span("Nothing holds that text; Esc shows all again.", "dim"),)]
        return [
            (Span("No exhibits yet.", "ask"),),
            (Span("Take one in:  docexam new CASE/EXHIBIT --checklist ID IMAGE…", ""),),
            (Span("or look at a specimen:  docexam demo", ""),),
        ]

    def _bottom_line(self, width: int) -> Line:
        count = f" {len(self._lines)} exhibits" + (
            " (the newest)" * (len(self._lines) >= MOST_SHOWN)
        )
        left = Span(f" {self._told}", "error") if self._told else Span(count)
        keys = [Span("Enter ", "key"), Span("open  "), Span("q ", "key"), Span("leave ")]
        return ends([left], keys, width)

    # -- keys and clicks -------------------------------------------------------------------

    def contexts(self) -> tuple[str, ...]:
        """The list has keys of its own."""
        return ("cases",)

    def pressed(self, event: events.Key) -> bool:
        """Take letters into the search; q leaves only while nothing is searched for."""
        name = key_name(event.key, event.character)
        letter = " " if name == "space" else name
        if not self.ready:
            return super().pressed(event)
        if name == "/" and not self._finding:
            self._search("")
        elif name == "backspace" and self._finding:
            self._search(self._find[:-1])
        elif is_printable(name) and (self._finding or not self._is_command(name)):
            self._search(self._find + letter)
        else:
            return super().pressed(event)
        return True

    def _is_command(self, name: str) -> bool:
        return self.keyboard.find(name, self.contexts()) is not None

    def _search(self, text: str) -> None:
        self._find, self._finding, self._told, self._at = text, True, "", 0
        self._read()

    def use(self, command: Command[Any], key: str) -> None:
        """Run a command of the list."""
        self._told = command.enabled(self)
        if not self._told:
            command.run(self, key)
        self.show_all()

    def on_lines_picked(self, event: Picked) -> None:
        """Go to the exhibit that was clicked; open it at the second click."""
        event.stop()
        if event.sender is self.view and event.line < len(self._lines):
            again, self._at = self._at == event.line, event.line
            if again:
                self.open_chosen()
            self.show_all()

    # -- what the list's commands do -------------------------------------------------------

    def step(self, lines: int) -> None:
        """Move the cursor."""
        self._at = max(0, min(len(self._lines) - 1, self._at + lines))

    def page(self) -> int:
        """Return how many lines a page has."""
        return max(self.view.scrollable_content_region.height - 1, 1)

    def chosen_problem(self) -> str:
        """Nothing can be opened in an empty list."""
        return "" if self._lines else "There is no exhibit to open."

    def open_chosen(self) -> None:
        """Open the review of the exhibit at the cursor."""
        line = self._lines[self._at]
        try:
            review = self._workbench.review(f"{line.case}/{line.exhibit}", line.examiner)
        except DocexamError as error:
            self._told = visible(str(error))
            return
        self.app.push_screen(ReviewScreen(review, cast("DocexamApp", self.app).options))

    def clear_find(self) -> bool:
        """Show all exhibits again."""
        had = self._finding
        self._search("")
        self._finding = False
        self.show_all()
        return had

    def leave(self) -> None:
        """Leave the program."""
        self.app.exit(0)
