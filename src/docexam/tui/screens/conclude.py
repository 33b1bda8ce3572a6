"""Windows and forms from findings to a conclusion: reveals, claims, specimens, stating."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from docexam.tui.desk.referring import specimen_rows
from docexam.tui.desk.revealing import KINDS, claims_lines, menu_rows, refused, reveal_lines
from docexam.tui.desk.stating import TITLES, TYPED, ConclusionForm, form_lines, side_lines
from docexam.tui.lines import BLANK, Line, paragraph
from docexam.tui.screens.conclude_form import FormScreen
from docexam.tui.screens.windows import Window
from docexam.tui.widgets.lines_view import Picked
from docexam.workbench.concluding import reveal, state_conclusion

if TYPE_CHECKING:
    from docexam.tui.screens.review import ReviewScreen


class RevealWindow(Window):
    """Asks whether something should be revealed, and says what that means."""

    def __init__(self, review: ReviewScreen, what: str) -> None:
        super().__init__(review)
        self.what = what
        self.heading = f"Reveal: {KINDS[what].title.lower()}"

    def footing(self) -> str:
        """Say what Enter does."""
        return (
            "Esc leaves it closed" if self.problem() else "Enter reveals it · Esc leaves it closed"
        )

    def text(self, width: int) -> list[Line]:
        """What is shown, and what it costs."""
        review = self.review.desk.review
        return reveal_lines(review.examination, review.standing, self.what, width, review.read_only)

    def problem(self) -> str:
        """Support waits for the critical items."""
        review = self.review.desk.review
        return refused(review.examination, review.standing, self.what, review.read_only)

    def confirm(self) -> None:
        """Reveal it, and show it."""
        desk = self.review.desk
        done = desk.attempt(lambda: reveal(desk.review, self.what))
        self.shut()
        if done:
            show_revealed(self.review, self.what)


def show_revealed(review: ReviewScreen, what: str) -> None:
    """Show what was revealed, where the screen has something to show for it."""
    screens: dict[str, str] = {"support": "support", "reference": "specimens", "claims": "claims"}
    if what in screens:
        review.app.push_screen(screen_of(screens[what], review))


class ListWindow(Window):
    """A window with a cursor on one of its lines."""

    def __init__(self, review: ReviewScreen) -> None:
        super().__init__(review)
        self.at = 0

    def rows(self) -> int:
        """Return how many lines can be chosen."""
        raise AssertionError

    def on_mount(self) -> None:
        """Put the cursor on the first line."""
        super().on_mount()
        self.view.set_cursor(0 if self.rows() else -1)

    def scroll(self, lines: int) -> None:
        """Move the cursor."""
        if self.rows():
            self.at = max(0, min(self.rows() - 1, self.at + lines))
            self.view.set_cursor(self.at)

    def on_lines_picked(self, event: Picked) -> None:
        """Choose what was clicked."""
        event.stop()
        if event.line < self.rows():
            self.at = event.line
            self.confirm()

    def unknown(self, name: str) -> bool:
        """Choose a line by its number."""
        if name.isdigit() and 1 <= int(name) <= self.rows():
            self.at = int(name) - 1
            self.confirm()
            return True
        return False


class RevealMenu(ListWindow):
    """What could sway the examiner: closed, or open since when."""

    heading = "Reveals"

    def footing(self) -> str:
        """Say what Enter does."""
        return "Enter asks about it, or shows it · Esc back"

    def rows(self) -> int:
        """There are five of them."""
        return len(KINDS)

    def text(self, width: int) -> list[Line]:
        """One line each, and what they have in common."""
        review = self.review.desk.review
        rows = menu_rows(review.examination, review.standing, width, review.read_only)
        told = "You answer first. What is closed is opened by an act that the journal keeps."
        return [*rows, BLANK, *paragraph(told, width, "dim")]

    def confirm(self) -> None:
        """Ask about the one at the cursor, or show it."""
        what = list(KINDS)[self.at]
        self.dismiss()
        self.review.app.push_screen(screen_of(f"reveal:{what}", self.review))


class ClaimsWindow(Window):
    """Where the exhibit is said to come from, and the names of its files."""

    heading = "Claims and file names"

    def text(self, width: int) -> list[Line]:
        """What was stated at the intake."""
        return claims_lines(self.review.desk.review.examination, width)


class SpecimensWindow(ListWindow):
    """The matching reference specimens; one is shown beside the capture."""

    heading = "Reference specimens"

    def footing(self) -> str:
        """Say what Enter does."""
        return "Enter shows it beside the capture · Esc back" if self.rows() else "Esc back"

    def rows(self) -> int:
        """Every specimen that matches."""
        return len(self.review.desk.references.specimens())

    def text(self, width: int) -> list[Line]:
        """One line for each."""
        return specimen_rows(self.review.desk.references.specimens(), width)

    def confirm(self) -> None:
        """Show it beside the capture."""
        desk = self.review.desk
        specimens = desk.references.specimens()
        self.dismiss()
        if specimens:
            desk.tell(self.review.link.show_specimen(specimens, self.at))
        self.review.sync()


class ConcludeScreen(FormScreen):
    """States a conclusion on one question; what is suggested stands beside it."""

    form: ConclusionForm

    def __init__(self, review: ReviewScreen, question: str = "") -> None:
        of, drafts = review.desk.review, review.desk.conclusions
        form = ConclusionForm(of.examination, of.standing, question, drafts=drafts)
        super().__init__(review, form)
        if form.question in form.drafts:
            self.told = "What you wrote before and did not state stands here again."
        self.heading = f"Conclude  {of.handle}"

    def rows(self, width: int) -> list[Line]:
        """The form."""
        return form_lines(self.form, width)

    def beside(self, width: int) -> list[Line]:
        """What is suggested and what would be stated."""
        return side_lines(self.form, width)

    def typed(self) -> dict[str, str]:
        """The reasons and the limits."""
        return {row: TITLES[row] for row in TYPED}

    @property
    def last(self) -> str:
        """The row that states it."""
        return "state"

    def state_it(self) -> None:
        """State the conclusion; a refusal stays in the form."""
        desk = self.review.desk
        statement = self.form.statement()
        done = desk.attempt(
            lambda: state_conclusion(desk.review, statement),
            f"stated on {statement.question}: {self.form.preview().told}",
        )
        if done:
            desk.conclusions.pop(statement.question, None)
            self.dismiss()
            self.review.sync()
        else:
            self.told = desk.notice.text


# -- by name --------------------------------------------------------------------------------


def _revealing(review: ReviewScreen, what: str) -> Screen[Any]:
    if not review.desk.review.examination.revealed(what):
        return RevealWindow(review, what)
    shown = {"support": "support", "reference": "specimens", "claims": "claims"}.get(what)
    return screen_of(shown, review) if shown else RevealMenu(review)


def _support(review: ReviewScreen) -> Screen[Any]:
    from docexam.tui.screens.support import SupportScreen

    return SupportScreen(review)


def _compare(review: ReviewScreen) -> Screen[Any]:
    from docexam.tui.screens.compare import comparison_screen

    return comparison_screen(review)


SCREENS: dict[str, Callable[[ReviewScreen], Screen[Any]]] = {
    "reveal": RevealMenu,
    "claims": ClaimsWindow,
    "specimens": SpecimensWindow,
    "conclude": ConcludeScreen,
    "support": _support,
    "compare": _compare,
}


def screen_of(name: str, review: ReviewScreen) -> Screen[Any]:
    """Return one of these screens by its name; `reveal:WHAT` asks, or shows what is open."""
    kind, _, what = name.partition(":")
    return _revealing(review, what) if what else SCREENS[kind](review)
