"""The comparison screen: the closed examinations of an exhibit, item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from docexam.errors import DocexamError
from docexam.tui.commands import Command
from docexam.tui.desk.comparison import (
    ComparisonView,
    SettleForm,
    detail_lines,
    figure_lines,
    head_line,
    item_lines,
    settle_lines,
)
from docexam.tui.lines import Line, Span, ends, line_cells, paragraph
from docexam.tui.screens.conclude_form import FormScreen
from docexam.tui.screens.conclude_ways import KeysHelp, show_item
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.screens.windows import Window
from docexam.tui.widgets.lines_view import Bar, LinesView, Picked

if TYPE_CHECKING:
    from docexam.domain.checklist import Indicator
    from docexam.tui.screens.review import ReviewScreen
    from docexam.workbench.bench import Workbench


_SIGNS = " = same  ≠ differ  · one answer  ✓ settled"


_ALONE = (
    "There is nobody to compare with: this exhibit has one examination only. A second examiner "
    "starts one of their own with “docexam second”."
)


def comparison_screen(review: ReviewScreen) -> Screen[Any]:
    """Return the comparison of the review's exhibit, or a window that says why there is none."""
    bench: Workbench | None = getattr(review.app, "workbench", None)
    if bench is None:
        return Refused(review, "The comparison needs the casebook; use “docexam compare”.")
    try:
        if len(bench.exhibit_row(review.desk.review.handle).examinations) < 2:
            return Refused(review, _ALONE)
        data = bench.compared(review.desk.review.handle)
    except DocexamError as error:
        return Refused(review, str(error))
    return ComparisonScreen(review, bench, data)


class Refused(Window):
    """Why the examinations cannot be compared now."""

    heading = "Compare the examinations"

    def __init__(self, review: ReviewScreen, why: str) -> None:
        super().__init__(review)
        self._why = why

    def text(self, width: int) -> list[Line]:
        """The gate's words."""
        return paragraph(self._why, width, "warn")


class ComparisonScreen(KeyedScreen):
    """Shows figures, every item with all answers, and the item at the cursor in full."""

    CSS_PATH: ClassVar[str] = "compare.tcss"

    def __init__(self, review: ReviewScreen, bench: Workbench, data: dict[str, Any]) -> None:
        super().__init__()
        self.review = review
        self.bench = bench
        self.model = ComparisonView(review.desk.review.examination.checklist, data)
        self.top, self.figures, self.head = Bar(id="top"), Bar(id="figures"), Bar(id="head")
        self.view, self.detail = LinesView(id="items"), LinesView(id="detail")
        self.bottom = Bar(id="bottom")
        self._told = ""
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Figures, the list, the item at the cursor."""
        yield self.top
        yield self.figures
        yield self.head
        yield self.view
        yield self.detail
        yield self.bottom

    def on_mount(self) -> None:
        """Take the focus."""
        self.view.focus()
        self.sync()
        self.begin_keys()

    def on_resize(self) -> None:
        """Follow the terminal's size."""
        self.sync()

    # -- what is shown ---------------------------------------------------------------------

    def sync(self) -> None:
        """Show the comparison as it is now."""
        width = self.app.size.width
        figures = figure_lines(self.model, width - 2)
        self.figures.styles.height = len(figures)
        self.figures.set_lines(figures)
        self.head.set_lines([head_line(self.model, width - 5)])
        self.view.set_lines(item_lines(self.model, width - 5))
        self.view.set_cursor(self.model.cursor if self.model.items else -1)
        self.detail.set_lines(detail_lines(self.model, width - 6))
        if self.model.at != self._shown:
            self._shown = self.model.at
            self.detail.scroll_to(y=0, animate=False, force=True)
        handle = self.review.desk.review.handle
        self.top.set_lines([ends([Span(f" {handle}  Examinations compared", "head")], [], width)])
        self.bottom.set_lines([self._bottom_line(width)])

    def _bottom_line(self, width: int) -> Line:
        keys = [
            *(Span("d ", "key"), Span("differing  ")),
            *(Span("a ", "key"), Span("settle  ")),
            *(Span("Enter ", "key"), Span("regions  ")),
            *(Span("Esc ", "key"), Span("back  ")),
            *(Span("? ", "key"), Span("help ")),
        ]
        if self._told:
            return ends([Span(f" {self._told}", "warn")], keys[-4:], width)
        signs = _SIGNS if len(_SIGNS) <= width - line_cells(keys) else ""
        return ends([Span(signs, "dim")], keys, width)

    # -- keys and clicks -------------------------------------------------------------------

    def contexts(self) -> tuple[str, ...]:
        """The screen has keys of its own."""
        return ("comparison",)

    def use(self, command: Command[Any], key: str) -> None:
        """Run a command, or say why it cannot be run."""
        self._told = command.enabled(self)
        if not self._told:
            command.run(self, key)
        if self.is_current:
            self.sync()

    def on_lines_picked(self, event: Picked) -> None:
        """Go to the item that was clicked."""
        event.stop()
        if event.sender is self.view and event.line < len(self.model.items):
            self.step(event.line - self.model.cursor)
            self.sync()

    # -- what the screen's commands do -----------------------------------------------------

    def shut(self) -> None:
        """Go back to the review."""
        self.dismiss()
        self.review.sync()

    def step(self, lines: int) -> None:
        """Move the cursor."""
        self.model.step(lines)

    def page(self) -> int:
        """Return how many lines a page has."""
        return max(self.view.scrollable_content_region.height - 1, 1)

    def read_on(self) -> None:
        """Scroll the item at the cursor, round its end."""
        at, most = self.detail.scroll_offset.y, self.detail.max_scroll_y
        height = max(self.detail.scrollable_content_region.height - 1, 1)
        self.detail.scroll_to(y=0 if at >= most else at + height, animate=False, force=True)

    def differing(self) -> None:
        """Show only what differs, or all."""
        self._told = self.model.filter()

    def go(self) -> None:
        """Show everybody's regions of the item in the review."""
        entry = self.model.current
        if entry:
            self.dismiss()
            show_item(self.review, entry["item"], self.model.marks(entry["item"]))

    def settle(self) -> None:
        """Open the form that settles the item."""
        entry = self.model.current
        item = self.model.checklist.item(entry["item"]) if entry else None
        if item:
            self.app.push_screen(SettleScreen(self, item))

    def read_anew(self) -> None:
        """Read the comparison again, with what was settled; keep the place."""
        data = self.bench.compared(self.review.desk.review.handle)
        self.model = ComparisonView(
            self.model.checklist, data, self.model.only_differing, self.model.at
        )
        self.sync()

    def help(self) -> None:
        """Show the keys."""
        self.app.push_screen(KeysHelp(self.review, self.contexts(), self))

    def problem(self, what: str) -> str:
        """Only somebody who examined the exhibit settles its items."""
        if self.model.current is None:
            return "There is no item here."
        if self.bench.examiner not in self.model.examiners:
            return "Only somebody who examined this exhibit settles an item of it."
        return ""


class SettleScreen(FormScreen):
    """Settles one item on which examiners differ."""

    form: SettleForm

    def __init__(self, comparison: ComparisonScreen, item: Indicator) -> None:
        drafts = comparison.review.desk.settlements
        super().__init__(comparison.review, drafts.setdefault(item.id, SettleForm(item)))
        self.form.at = self.form.ROWS[0]
        if self.form.answer or self.form.because:
            self.told = "What you wrote before and did not settle stands here again."
        self._comparison = comparison
        self.heading = f"Settle an item  {comparison.review.desk.review.handle}"

    def rows(self, width: int) -> list[Line]:
        """The form."""
        return settle_lines(self.form, width)

    def beside(self, width: int) -> list[Line]:
        """What everybody answered."""
        return detail_lines(self._comparison.model, width)

    def typed(self) -> dict[str, str]:
        """The reason, and an answer that is typed."""
        rows = {"because": "because"}
        return rows | ({"answer": "Answer"} if self.form.typed else {})

    @property
    def last(self) -> str:
        """The row that settles it."""
        return "settle"

    def state_it(self) -> None:
        """Settle it; a refusal stays in the form."""
        comparison, form = self._comparison, self.form
        try:
            handle = self.review.desk.review.handle
            comparison.bench.adjudicate(handle, form.item.id, form.answer, form.because)
        except DocexamError as error:
            self.told = str(error)
            return
        self.review.desk.settlements.pop(form.item.id, None)
        self.dismiss()
        comparison.read_anew()
