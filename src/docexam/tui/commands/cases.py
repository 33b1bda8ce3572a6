"""Commands of the list of cases."""

from __future__ import annotations

from typing import Protocol

from docexam.tui.commands.command import Command


class CasesDesk(Protocol):
    """What the list of cases lets commands do."""

    def step(self, lines: int) -> None:
        """Move the cursor."""

    def page(self) -> int:
        """Return how many lines a page has."""

    def open_chosen(self) -> None:
        """Open the review of the exhibit at the cursor."""

    def clear_find(self) -> bool:
        """Show all exhibits; False where they were shown already."""

    def leave(self) -> None:
        """Leave the program."""

    def chosen_problem(self) -> str:
        """Return why nothing can be opened; empty when it can."""


class CasesCommand(Command[CasesDesk]):
    """A command of the list of cases."""

    contexts = ("cases",)
    palette = False


class CasesUp(CasesCommand):
    """The line above."""

    id = "cases.up"
    keys = ("up",)
    title = "The exhibit above"
    label = "up"
    help = "Moves in the list."

    def run(self, desk: CasesDesk, key: str) -> None:
        """Move up."""
        desk.step(-1)


class CasesDown(CasesCommand):
    """The line below."""

    id = "cases.down"
    keys = ("down",)
    title = "The exhibit below"
    label = "down"
    help = "Moves in the list."

    def run(self, desk: CasesDesk, key: str) -> None:
        """Move down."""
        desk.step(1)


class CasesPageUp(CasesCommand):
    """A page back."""

    id = "cases.page-up"
    keys = ("pageup",)
    title = "A page back"
    label = "page up"
    help = "Moves a page back."

    def run(self, desk: CasesDesk, key: str) -> None:
        """Move a page up."""
        desk.step(-desk.page())


class CasesPageDown(CasesCommand):
    """A page on."""

    id = "cases.page-down"
    keys = ("pagedown",)
    title = "A page on"
    label = "page down"
    help = "Moves a page on."

    def run(self, desk: CasesDesk, key: str) -> None:
        """Move a page down."""
        desk.step(desk.page())


class CasesOpen(CasesCommand):
    """Open the review."""

    id = "cases.open"
    keys = ("enter",)
    title = "Open the review"
    label = "open"
    help = "Opens the review of the exhibit at the cursor."

    def enabled(self, desk: CasesDesk) -> str:
        """There must be an exhibit."""
        return desk.chosen_problem()

    def run(self, desk: CasesDesk, key: str) -> None:
        """Open it."""
        desk.open_chosen()


class CasesEscape(CasesCommand):
    """Show all, or leave."""

    id = "cases.escape"
    keys = ("escape",)
    title = "Show all exhibits again"
    label = "all"
    help = "Takes the search away."

    def run(self, desk: CasesDesk, key: str) -> None:
        """Clear the search."""
        desk.clear_find()


class CasesQuit(CasesCommand):
    """Leave the program."""

    id = "cases.quit"
    keys = ("ctrl+q", "q")
    title = "Leave"
    label = "leave"
    help = "Leaves the program. While you find by typing, q is a letter; ctrl+q always leaves."

    def run(self, desk: CasesDesk, key: str) -> None:
        """Leave."""
        desk.leave()


COMMANDS = (CasesUp, CasesDown, CasesPageUp, CasesPageDown, CasesOpen, CasesEscape, CasesQuit)
