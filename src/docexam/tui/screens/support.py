"""The support screen: the findings against the explanations, and what would change that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from docexam.domain.examination import Examination
from docexam.domain.support import QuestionSupport, Turn, footing_of, next_best_look, turns_of
from docexam.tui.commands import Command
from docexam.tui.desk.stating import most_spoken
from docexam.tui.desk.support_matrix import (
    Matrix,
    Place,
    cell_lines,
    matrix_lines,
    matrix_of,
    moved,
)
from docexam.tui.desk.support_words import Deeper, support_lines, support_now
from docexam.tui.lines import Line, Span, ends, line_cells
from docexam.tui.screens.conclude_ways import KeysHelp, show_item
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.widgets.lines_view import Bar, LinesView, Picked
from docexam.workbench.concluding import screening_words

if TYPE_CHECKING:
    from docexam.domain.standing import Standing
    from docexam.tui.desk.desk import Desk
    from docexam.tui.screens.review import ReviewScreen

POLL_SECONDS = 1.0
_CELL_LINES = 5
_SIGNS = " · says nothing  () left out  » leads  ◌ not assessed"
# How many items are gone through between two looks at whether anybody still waits.
_STRIDE = 20
_MOST_KEPT = 32
_KEPT: dict[tuple[str, str], Deeper] = {}


class SupportScreen(KeyedScreen):
    """Shows one question's matrix, the finding at the cursor, and what it all comes to."""

    CSS_PATH: ClassVar[str] = "support.tcss"

    def __init__(self, review: ReviewScreen, question: str = "") -> None:
        super().__init__()
        self.review = review
        self.top, self.bottom = Bar(id="top"), Bar(id="bottom")
        self.matrix_bar, self.cell = Bar(id="matrix"), Bar(id="cell")
        self.view = LinesView(id="words")
        self.question = question
        self.place = Place()
        self._told = ""
        self._seen: Examination | None = None
        self._matrix = Matrix("", (), (), frozenset(), "")
        self._deeper = Deeper(total=1)

    # -- what it rests on ------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """The review's desk."""
        return self.review.desk

    @property
    def state(self) -> Examination:
        """The newest state."""
        return self.desk.review.examination

    @property
    def standing(self) -> Standing:
        """Where each item stands."""
        return self.desk.review.standing

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions in use."""
        return tuple(support_now(self.state, self.standing).questions)

    @property
    def weighed(self) -> QuestionSupport | None:
        """The support on the question that is shown; None where no question is in use."""
        return support_now(self.state, self.standing).questions.get(self.question)

    # -- life ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The matrix above, the finding at the cursor, the words below."""
        yield self.top
        yield self.matrix_bar
        yield self.cell
        yield self.view
        yield self.bottom

    def on_mount(self) -> None:
        """Begin with the question on which most was said."""
        if self.question not in self.questions:
            self.question = most_spoken(support_now(self.state, self.standing).questions)
        self.view.border_title = Content("What it comes to")
        self.view.focus()
        self.sync()
        self.begin_keys()
        self.set_interval(POLL_SECONDS, self._follow)

    def on_screen_resume(self) -> None:
        """Show what was stated meanwhile."""
        self.sync()

    def on_resize(self, event: events.Resize) -> None:
        """Follow the terminal's size."""
        self.sync()

    def _follow(self) -> None:
        if self.state is not self._seen and self.is_current:
            self.sync()

    # -- what is shown ---------------------------------------------------------------------

    @property
    def width(self) -> int:
        """Width of the text."""
        return max(self.app.size.width - 2, 20)

    def sync(self) -> None:
        """Show the question as it is now."""
        weighed = self.weighed
        if self._seen is not self.state or self._matrix.question != self.question:
            self._seen = self.state
            if weighed:
                self._matrix = matrix_of(self.state, weighed)
            self._begin_deeper()
        self.place = moved(self._matrix, self.place, self.width)
        self.matrix_bar.styles.height = max(min(self._matrix.height, self.app.size.height // 2), 1)
        self._show_matrix()
        self._show_words()

    def _show_matrix(self) -> None:
        self.matrix_bar.set_lines(matrix_lines(self._matrix, self.width, self.place))
        lines = cell_lines(self.state, self._matrix, self.place, self.width)
        self.cell.styles.height = _CELL_LINES
        self.cell.set_lines(lines)
        self.top.set_lines([self._top_line()])
        self.bottom.set_lines([self._bottom_line()])

    def _show_words(self) -> None:
        weighed = self.weighed
        lines: list[Line] = [(Span("No question of this checklist has two explanations."),)]
        if weighed:
            width = self.width - 4
            lines = support_lines(self.state, self.standing, weighed, self._deeper, width)
        self.view.set_lines(lines)

    def _top_line(self) -> Line:
        spans = [Span(f" {self.desk.review.handle}  Support  ", "head")]
        for n, question in enumerate(self.questions, 1):
            here = question == self.question
            spans.append(Span(f" {'›' if here else ' '}{n} ", "key", f"ask:{n}"))
            spans.append(Span(f"{question} ", "chosen" if here else "", f"ask:{n}"))
        screening = screening_words(self.state, self.standing)
        return ends(spans, [Span(f" {screening} ", "warn")], self.app.size.width)

    def _bottom_line(self) -> Line:
        keys = [
            *(Span("←→ ", "key"), Span("findings  ")),
            *(Span("Enter ", "key"), Span("its pixels  ")),
            *(Span("c ", "key"), Span("conclude  ")),
            *(Span("Esc ", "key"), Span("back  ")),
            *(Span("? ", "key"), Span("help ")),
        ]
        if self._told:
            return ends([Span(f" ! {self._told}", "warn")], keys[-4:], self.app.size.width)
        room = self.app.size.width - line_cells(keys)
        signs = _SIGNS if len(_SIGNS) <= room else ""
        return ends([Span(signs, "dim")], keys, self.app.size.width)

    # -- what takes long -------------------------------------------------------------------

    def _begin_deeper(self) -> None:
        """Work out in a thread which single answers matter; kept for each state of the journal."""
        key = (self.state.head[1], self.question)
        kept = _KEPT.get(key)
        items = [i.id for i in self.state.checklist.walk()]
        self._deeper = kept or Deeper(total=len(items) or 1)
        if kept is None and self.weighed:
            state, standing, question = self.state, self.standing, self.question
            self.run_worker(
                lambda: self._work(state, standing, question, items),
                thread=True,
                exclusive=True,
                group="deeper",
                exit_on_error=False,
            )

    def _work(
        self, state: Examination, standing: Standing, question: str, items: list[str]
    ) -> None:
        from textual.worker import get_current_worker

        worker = get_current_worker()
        turns: list[Turn] = []
        footing = footing_of(state, standing, question)
        for n, item in enumerate(items):
            if n % _STRIDE == 0:
                if worker.is_cancelled:
                    return
                self._post_deeper(state, question, Deeper(done=n, total=len(items)))
            turns += turns_of(state, standing, footing, item)
        answered = {i for i in items if standing.items[i].answered}
        done = Deeper(
            tuple(t for t in turns if t.item in answered),
            tuple(t for t in turns if t.item not in answered),
            next_best_look(state, standing, question),
            len(items),
            len(items),
        )
        self._post_deeper(state, question, done)

    def _post_deeper(self, state: Examination, question: str, deeper: Deeper) -> None:
        self.app.call_later(self._take_deeper, state, question, deeper)

    def _take_deeper(self, state: Examination, question: str, deeper: Deeper) -> None:
        if deeper.ready:
            if len(_KEPT) >= _MOST_KEPT:
                _KEPT.clear()
            _KEPT[state.head[1], question] = deeper
        if state is self._seen and question == self.question and self.is_attached:
            self._deeper = deeper
            self._show_words()

    # -- keys and clicks -------------------------------------------------------------------

    def contexts(self) -> tuple[str, ...]:
        """The screen has keys of its own."""
        return ("support",)

    def use(self, command: Command[Any], key: str) -> None:
        """Run a command, or say why it cannot be run."""
        self._told = command.enabled(self)
        if not self._told:
            command.run(self, key)
        if self.is_current:
            self._show_matrix()

    def on_lines_picked(self, event: Picked) -> None:
        """Go to the cell, the question or the item that was clicked."""
        event.stop()
        kind, _, name = event.target.partition(":")
        if kind == "cell":
            row, column = map(int, name.split(":"))
            again = (row, column) == self.place[:2]
            self.move(column - self.place.column, row - self.place.row)
            if again:
                self.go()
                return
        elif kind == "ask":
            self.ask_number(int(name))
        elif kind == "go":
            self._leave_for(name)
            return
        self._show_matrix()

    # -- what the screen's commands do -----------------------------------------------------

    def shut(self) -> None:
        """Go back to the review."""
        self.dismiss()
        self.review.sync()

    def move(self, across: int, down: int) -> None:
        """Move the cursor."""
        self.place = moved(self._matrix, self.place, self.width, across, down)

    def ask(self, step: int) -> None:
        """Turn to the next question."""
        if self.questions:
            at = self.questions.index(self.question) + step
            self.ask_number(at % len(self.questions) + 1)

    def ask_number(self, number: int) -> None:
        """Turn to a question by its number."""
        if 1 <= number <= len(self.questions):
            self.question, self.place = self.questions[number - 1], Place()
            self.view.scroll_to(y=0, animate=False, force=True)
            self.sync()

    def scroll(self, pages: int) -> None:
        """Scroll the words."""
        height = max(self.view.scrollable_content_region.height - 1, 1)
        self.view.scroll_to(y=self.view.scroll_offset.y + pages * height, animate=False)

    def go(self) -> None:
        """Go to the finding at the cursor."""
        if self._matrix.columns:
            self._leave_for(self._matrix.columns[self.place.column].item)

    def look(self) -> None:
        """Go to the next best look."""
        self._leave_for(self._deeper.next_look)

    def _leave_for(self, item: str) -> None:
        self.dismiss()
        show_item(self.review, item)

    def conclude(self) -> None:
        """Open the form on this question."""
        from docexam.tui.screens.conclude import ConcludeScreen

        self.app.push_screen(ConcludeScreen(self.review, self.question))

    def help(self) -> None:
        """Show the keys."""
        self.app.push_screen(KeysHelp(self.review, self.contexts(), self))

    def problem(self, what: str) -> str:
        """Return why something cannot be done now."""
        if what == "go" and not self._matrix.columns:
            return "No answer speaks on this question yet."
        if what == "look" and not self._deeper.ready:
            return "It is still being worked out."
        if what == "look" and not self._deeper.next_look:
            return "No open item would change this question."
        return self.desk.review.read_only if what == "conclude" else ""
