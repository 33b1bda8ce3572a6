"""Commands of the forms of a conclusion, and of the comparison of examinations."""

from __future__ import annotations

from typing import Protocol

from docexam.tui.commands.command import Command

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
