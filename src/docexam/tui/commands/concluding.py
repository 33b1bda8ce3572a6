"""Commands from findings to a conclusion: reveals, support, concluding, comparing examiners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from docexam.tui.commands.command import Command, ReviewCommand, WritingCommand

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


# -- on the review screen -------------------------------------------------------------------


def _refused(desk: Desk, what: str) -> str:
    # Imported when asked: the table of keys must load no toolkit, and words need one.
    from docexam.tui.desk.revealing import refused

    review = desk.review
    return refused(review.examination, review.standing, what, review.read_only)


class RevealMenu(ReviewCommand):
    """What can be revealed."""

    id = "reveal"
    keys = ("ctrl+r",)
    title = "Reveals: what is still closed to you, and why"
    label = "reveals"
    help = "Lists what could sway you and is closed, or was opened: support, references, claims."

    def run(self, desk: Desk, key: str) -> None:
        """Open the list."""
        desk.stage.open_window("reveal")


class _Reveal(ReviewCommand):
    what = ""

    def enabled(self, desk: Desk) -> str:
        """Support waits for the critical items; nothing is revealed where nothing is written."""
        return _refused(desk, self.what)

    def run(self, desk: Desk, key: str) -> None:
        """Ask, or show what is open already."""
        desk.stage.open_window(f"reveal:{self.what}")


class ShowSupport(_Reveal):
    """The support screen."""

    id = "support"
    keys = ("ctrl+t",)
    title = "Support: what the findings add up to"
    label = "support"
    help = "Shows the findings against the explanations; asks first, for it could sway you."
    what = "support"


class RevealReference(_Reveal):
    """Reference specimens."""

    id = "reveal.reference"
    title = "Reference specimens: reveal, or show one beside the capture"
    label = "references"
    help = "Shows a matching specimen beside the capture at one scale; asks first."
    what = "reference"


class RevealClaims(_Reveal):
    """Claims and file names."""

    id = "reveal.claims"
    title = "Case claims and file names: reveal, or show again"
    label = "claims"
    help = "Shows where the exhibit is said to come from, and its files' names; asks first."
    what = "claims"


class RevealAids(_Reveal):
    """Aids."""

    id = "reveal.aids"
    title = "Aids: reveal"
    label = "aids"
    help = "Lets programs propose readings and places; asks first."
    what = "aids"


class RevealColleague(_Reveal):
    """A colleague's work."""

    id = "reveal.colleague"
    title = "A colleague's work: say that you saw it, or were told of it"
    label = "colleague"
    help = "Records that another's work on this exhibit reached you; the report tells it."
    what = "colleague"


class Conclude(WritingCommand):
    """State a conclusion."""

    id = "conclude"
    keys = ("ctrl+k",)
    title = "Conclude: state what the findings support"
    label = "conclude"
    help = "Opens the form of a conclusion, beside what is suggested; the support comes first."

    def enabled(self, desk: Desk) -> str:
        """The support must be open, or be one that can be opened."""
        return desk.review.read_only or _refused(desk, "support")

    def run(self, desk: Desk, key: str) -> None:
        """Open the form; before that the support, where it is still closed."""
        opened = desk.review.examination.revealed("support")
        desk.stage.open_window("conclude" if opened else "reveal:support")


class CompareExaminers(ReviewCommand):
    """The comparison of examinations."""

    id = "compare"
    keys = ("ctrl+e",)
    title = "Compare the examinations of this exhibit"
    label = "examiners"
    help = "Sets the closed examinations of the exhibit side by side; yours must be closed too."

    def run(self, desk: Desk, key: str) -> None:
        """Open the comparison; the gate says why not."""
        desk.stage.open_window("compare")


# -- on the support screen ------------------------------------------------------------------


class SupportDesk(Protocol):
    """What the support screen lets commands do."""

    def shut(self) -> None:
        """Go back to the review."""

    def move(self, across: int, down: int) -> None:
        """Move the cursor in the matrix."""

    def ask(self, step: int) -> None:
        """Turn to the next question."""

    def ask_number(self, number: int) -> None:
        """Turn to a question by its number."""

    def scroll(self, pages: int) -> None:
        """Scroll the words under the matrix."""

    def go(self) -> None:
        """Go to the finding at the cursor, in the review."""

    def look(self) -> None:
        """Go to the next best look."""

    def conclude(self) -> None:
        """Open the form of a conclusion on this question."""

    def help(self) -> None:
        """Show the keys."""

    def problem(self, what: str) -> str:
        """Return why `go`, `look` or `conclude` cannot be done; empty when it can."""


class SupportCommand(Command[SupportDesk]):
    """A command of the support screen."""

    contexts = ("support",)
    palette = False


class SupportBack(SupportCommand):
    """Back."""

    id = "support.back"
    keys = ("escape", "q", "ctrl+t")
    title = "Back to the review"
    label = "back"
    help = "Goes back to the review, where one was."

    def run(self, desk: SupportDesk, key: str) -> None:
        """Go back."""
        desk.shut()


class SupportMove(SupportCommand):
    """Move in the matrix."""

    id = "support.move"
    keys = ("left", "right", "up", "down")
    title = "Move over findings and explanations"
    label = "move"
    help = "Moves from finding to finding, and between explanations."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Move."""
        steps = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
        desk.move(*steps[key])


class SupportEnds(SupportCommand):
    """The first or last finding."""

    id = "support.ends"
    keys = ("home", "end")
    title = "The first or the last finding"
    label = "first, last"
    help = "Goes to the first or to the last finding of the matrix."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Leap."""
        desk.move(-1_000_000 if key == "home" else 1_000_000, 0)


class SupportQuestion(SupportCommand):
    """Another question."""

    id = "support.question"
    keys = ("[", "]")
    title = "The question before, the next question"
    label = "question"
    help = "Goes between image, blank, contents and bearer: each has a matrix of its own."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Turn."""
        desk.ask(-1 if key == "[" else 1)


class SupportNumber(SupportCommand):
    """A question by its number."""

    id = "support.question-number"
    keys = ("1", "2", "3", "4")
    title = "A question by its number"
    label = "question"
    help = "Goes to the question of that number in the top line."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Turn to it."""
        desk.ask_number(int(key))


class SupportScroll(SupportCommand):
    """Scroll the words."""

    id = "support.scroll"
    keys = ("pageup", "pagedown", "space")
    title = "Scroll the words under the matrix"
    label = "scroll"
    help = "Scrolls what the findings come to, and what would change it."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Scroll."""
        desk.scroll(-1 if key == "pageup" else 1)


class SupportGo(SupportCommand):
    """To the finding."""

    id = "support.go"
    keys = ("enter",)
    title = "Go to the finding and its pixels"
    label = "its pixels"
    help = "Goes back to the review, to the finding at the cursor and its region."

    def enabled(self, desk: SupportDesk) -> str:
        """There must be a finding."""
        return desk.problem("go")

    def run(self, desk: SupportDesk, key: str) -> None:
        """Go."""
        desk.go()


class SupportLook(SupportCommand):
    """To the next best look."""

    id = "support.look"
    keys = ("o",)
    title = "Go to the next best look"
    label = "next look"
    help = "Goes to the open item that could change this question most."

    def enabled(self, desk: SupportDesk) -> str:
        """There must be one."""
        return desk.problem("look")

    def run(self, desk: SupportDesk, key: str) -> None:
        """Go there."""
        desk.look()


class SupportConclude(SupportCommand):
    """Conclude on this question."""

    id = "support.conclude"
    keys = ("c", "ctrl+k")
    title = "Conclude on this question"
    label = "conclude"
    help = "Opens the form of a conclusion on the question that is shown."

    def enabled(self, desk: SupportDesk) -> str:
        """The examination must be open and one's own."""
        return desk.problem("conclude")

    def run(self, desk: SupportDesk, key: str) -> None:
        """Open the form."""
        desk.conclude()


class SupportHelp(SupportCommand):
    """Keys."""

    id = "support.help"
    keys = ("?", "f1")
    title = "The keys of this screen, and its signs"
    label = "help"
    help = "Shows what every key does here."

    def run(self, desk: SupportDesk, key: str) -> None:
        """Show them."""
        desk.help()


# -- in a form ------------------------------------------------------------------------------


class FormDesk(Protocol):
    """What a form lets commands do."""

    def shut(self) -> None:
        """Leave the form without stating anything."""

    def step(self, lines: int) -> None:
        """Move between rows."""

    def turn(self, step: int) -> None:
        """Choose the next option of the row."""

    def pick(self, number: int) -> None:
        """Choose an option by its number."""

    def enter(self) -> None:
        """Write in the row, go on, or state it."""

    def leave_text(self) -> None:
        """Leave the text and keep it."""

    def scroll(self, pages: int) -> None:
        """Scroll the form."""


class FormCommand(Command[FormDesk]):
    """A command of a form."""

    contexts = ("form",)
    palette = False


class FormBack(FormCommand):
    """Leave the form."""

    id = "form.back"
    keys = ("escape", "q")
    title = "Leave without stating anything"
    label = "back"
    help = "Leaves the form; nothing is recorded."

    def run(self, desk: FormDesk, key: str) -> None:
        """Leave."""
        desk.shut()


class FormRow(FormCommand):
    """Another row."""

    id = "form.row"
    keys = ("up", "down", "shift+tab", "tab")
    title = "The row above, the row below"
    label = "row"
    help = "Moves between the rows of the form."
    positional = True

    def run(self, desk: FormDesk, key: str) -> None:
        """Move."""
        desk.step(-1 if key in ("up", "shift+tab") else 1)


class FormTurn(FormCommand):
    """Another option."""

    id = "form.turn"
    keys = ("left", "right")
    title = "The option before, the next option"
    label = "option"
    help = "Chooses among the options of the row."
    positional = True

    def run(self, desk: FormDesk, key: str) -> None:
        """Choose."""
        desk.turn(-1 if key == "left" else 1)


class FormPick(FormCommand):
    """An option by its number."""

    id = "form.pick"
    keys = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
    title = "Choose an option by its number"
    label = "choose"
    help = "Chooses the option of that number in the row at the cursor."
    positional = True

    def run(self, desk: FormDesk, key: str) -> None:
        """Choose."""
        desk.pick(int(key))


class FormEnter(FormCommand):
    """Write, go on, or state."""

    id = "form.enter"
    keys = ("enter",)
    title = "Write in this row, go on, or state it"
    label = "write, state"
    help = "Opens the text of a row that is written; elsewhere goes on; in the last row states it."

    def run(self, desk: FormDesk, key: str) -> None:
        """Do it."""
        desk.enter()


class FormScroll(FormCommand):
    """Scroll."""

    id = "form.scroll"
    keys = ("pageup", "pagedown")
    title = "Scroll the form"
    label = "scroll"
    help = "Scrolls the form."
    positional = True

    def run(self, desk: FormDesk, key: str) -> None:
        """Scroll."""
        desk.scroll(-1 if key == "pageup" else 1)


class FormLeaveText(FormCommand):
    """Leave the text."""

    id = "form.leave-text"
    keys = ("escape",)
    title = "Leave the text and keep it"
    label = "leave, kept"
    help = "Leaves the text; it stands in the form, and nothing is recorded before it is stated."
    contexts = ("form-text",)

    def run(self, desk: FormDesk, key: str) -> None:
        """Leave it."""
        desk.leave_text()


# -- on the comparison screen ---------------------------------------------------------------


class ComparisonDesk(Protocol):
    """What the comparison screen lets commands do."""

    def shut(self) -> None:
        """Go back to the review."""

    def step(self, lines: int) -> None:
        """Move the cursor."""

    def page(self) -> int:
        """Return how many lines a page has."""

    def read_on(self) -> None:
        """Scroll the item at the cursor."""

    def differing(self) -> None:
        """Show only the items that differ, or all."""

    def go(self) -> None:
        """Show the item's regions on the capture."""

    def settle(self) -> None:
        """Open the form that settles the item."""

    def help(self) -> None:
        """Show the keys."""

    def problem(self, what: str) -> str:
        """Return why `settle` cannot be done; empty when it can."""


class ComparisonCommand(Command[ComparisonDesk]):
    """A command of the comparison screen."""

    contexts = ("comparison",)
    palette = False


class ComparisonBack(ComparisonCommand):
    """Back."""

    id = "comparison.back"
    keys = ("escape", "q", "ctrl+e")
    title = "Back to the review"
    label = "back"
    help = "Goes back to the review."

    def run(self, desk: ComparisonDesk, key: str) -> None:
        """Go back."""
        desk.shut()


class ComparisonStep(ComparisonCommand):
    """Another item."""

    id = "comparison.step"
    keys = ("up", "down", "pageup", "pagedown", "home", "end")
    title = "Move over the items"
    label = "move"
    help = "Moves from item to item, by pages, to the first and to the last."
    positional = True

    def run(self, desk: ComparisonDesk, key: str) -> None:
        """Move."""
        leap = 1_000_000
        steps = {"up": -1, "down": 1, "home": -leap, "end": leap}
        pages = {"pageup": -desk.page(), "pagedown": desk.page()}
        desk.step((steps | pages)[key])


class ComparisonReadOn(ComparisonCommand):
    """More of the item."""

    id = "comparison.read-on"
    keys = ("space",)
    title = "Read on in the item at the cursor"
    label = "read on"
    help = "Scrolls what everybody said of the item at the cursor."

    def run(self, desk: ComparisonDesk, key: str) -> None:
        """Scroll."""
        desk.read_on()


class ComparisonDiffering(ComparisonCommand):
    """Only what differs."""

    id = "comparison.differing"
    keys = ("l", "d")
    title = "Only items whose answers differ, or all"
    label = "only differing"
    help = "Narrows the list to the items on which examiners differ."

    def run(self, desk: ComparisonDesk, key: str) -> None:
        """Narrow, or not."""
        desk.differing()


class ComparisonGo(ComparisonCommand):
    """The pixels."""

    id = "comparison.go"
    keys = ("enter",)
    title = "Show everybody's regions of the item on the capture"
    label = "regions"
    help = "Goes back to the review, to the item, with every examiner's regions on the capture."

    def run(self, desk: ComparisonDesk, key: str) -> None:
        """Go."""
        desk.go()


class ComparisonSettle(ComparisonCommand):
    """Settle an item."""

    id = "comparison.settle"
    keys = ("a",)
    title = "Settle the item: which answer stands, and why"
    label = "settle"
    help = "Adjudicates the item at the cursor, in your name and with a reason."

    def enabled(self, desk: ComparisonDesk) -> str:
        """Only somebody who examined the exhibit settles its items."""
        return desk.problem("settle")

    def run(self, desk: ComparisonDesk, key: str) -> None:
        """Open the form."""
        desk.settle()


class ComparisonHelp(ComparisonCommand):
    """Keys."""

    id = "comparison.help"
    keys = ("?", "f1")
    title = "The keys of this screen"
    label = "help"
    help = "Shows what every key does here."

    def run(self, desk: ComparisonDesk, key: str) -> None:
        """Show them."""
        desk.help()


COMMANDS = (
    RevealMenu,
    ShowSupport,
    RevealReference,
    RevealClaims,
    RevealAids,
    RevealColleague,
    Conclude,
    CompareExaminers,
    SupportBack,
    SupportMove,
    SupportEnds,
    SupportQuestion,
    SupportNumber,
    SupportScroll,
    SupportGo,
    SupportLook,
    SupportConclude,
    SupportHelp,
    FormBack,
    FormRow,
    FormTurn,
    FormPick,
    FormEnter,
    FormScroll,
    FormLeaveText,
    ComparisonBack,
    ComparisonStep,
    ComparisonReadOn,
    ComparisonDiffering,
    ComparisonGo,
    ComparisonSettle,
    ComparisonHelp,
)
