"""Commands that move through the list and narrow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.tui.commands.command import ReviewCommand

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


class ListUp(ReviewCommand):
    """The line above."""

    id = "list.up"
    keys = ("up",)
    title = "The line above"
    label = "up"
    help = "Moves in the list of indicators."
    contexts = ("list",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move up."""
        desk.walk.step(-1)


class ListDown(ReviewCommand):
    """The line below."""

    id = "list.down"
    keys = ("down",)
    title = "The line below"
    label = "down"
    help = "Moves in the list of indicators."
    contexts = ("list",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move down."""
        desk.walk.step(1)


class ListPageUp(ReviewCommand):
    """A page back."""

    id = "list.page-up"
    keys = ("pageup",)
    title = "A page back in the list"
    label = "page up"
    help = "Moves a page back in the list."
    contexts = ("list",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move a page up."""
        desk.walk.step(-desk.stage.list_page())


class ListPageDown(ReviewCommand):
    """A page on."""

    id = "list.page-down"
    keys = ("pagedown",)
    title = "A page on in the list"
    label = "page down"
    help = "Moves a page on in the list."
    contexts = ("list",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move a page down."""
        desk.walk.step(desk.stage.list_page())


class ListFirst(ReviewCommand):
    """The first line."""

    id = "list.first"
    keys = ("home",)
    title = "The first line"
    label = "first"
    help = "Goes to the beginning of the list."
    contexts = ("list",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move to the top."""
        desk.walk.step(-len(desk.walk.rows))


class ListLast(ReviewCommand):
    """The last line."""

    id = "list.last"
    keys = ("end",)
    title = "The last line"
    label = "last"
    help = "Goes to the end of the list."
    contexts = ("list",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move to the bottom."""
        desk.walk.step(len(desk.walk.rows))


class Fold(ReviewCommand):
    """Close the section."""

    id = "list.fold"
    keys = ("left",)
    title = "Close the section"
    label = "close section"
    help = "Closes the section at the cursor; its counts stay in sight."
    contexts = ("list",)

    def run(self, desk: Desk, key: str) -> None:
        """Fold."""
        desk.walk.fold(True)


class Unfold(ReviewCommand):
    """Open the section."""

    id = "list.unfold"
    keys = ("right",)
    title = "Open the section"
    label = "open section"
    help = "Opens the section at the cursor."
    contexts = ("list",)

    def run(self, desk: Desk, key: str) -> None:
        """Unfold."""
        desk.walk.fold(False)


class NextOpen(ReviewCommand):
    """The next open item."""

    id = "walk.next-open"
    keys = ("o",)
    title = "Go to the next open item"
    label = "next open"
    help = "Goes to the next item that is open or incomplete, round the end of the list."

    def run(self, desk: Desk, key: str) -> None:
        """Go there."""
        desk.answers.move_on()


class Back(ReviewCommand):
    """The item before."""

    id = "walk.back"
    keys = ("b",)
    title = "Go back to the item before"
    label = "back"
    help = "Goes back to where you were before, as often as you like."

    def run(self, desk: Desk, key: str) -> None:
        """Go back."""
        desk.walk.back()


class Find(ReviewCommand):
    """Find by text."""

    id = "find"
    keys = ("/",)
    title = "Find items by text"
    label = "find"
    help = (
        "Narrows the list to items whose question, answers, note or reading hold the text; "
        "Enter goes there, Esc shows all again."
    )

    def run(self, desk: Desk, key: str) -> None:
        """Open the search."""
        desk.writing.find()


class NextFilter(ReviewCommand):
    """The next filter."""

    id = "filter.next"
    keys = ("l",)
    title = "Narrow the list: all, open, critical, flagged"
    label = "filter"
    help = "Goes round: all items, open ones, critical ones, flagged ones."

    def run(self, desk: Desk, key: str) -> None:
        """Change the filter."""
        desk.walk.next_filter()


class _Only(ReviewCommand):
    only = ""

    def run(self, desk: Desk, key: str) -> None:
        """Set the filter."""
        desk.walk.show_only(self.only)


class OnlyOpen(_Only):
    """Open items only."""

    id = "filter.open"
    title = "Show open items only"
    label = "open only"
    help = "Narrows the list to open and incomplete items."
    only = "open"


class OnlyCritical(_Only):
    """Critical items only."""

    id = "filter.critical"
    title = "Show critical items only"
    label = "critical only"
    help = "Narrows the list to critical items."
    only = "critical"


class OnlyFlagged(_Only):
    """Flagged items only."""

    id = "filter.flagged"
    title = "Show flagged items only"
    label = "flagged only"
    help = "Narrows the list to items that you flagged for another look."
    only = "flagged"


class ShowAll(ReviewCommand):
    """All items."""

    id = "filter.all"
    keys = ("escape",)
    title = "Show all items"
    label = "all items"
    help = "Takes the filter and the search away."

    def run(self, desk: Desk, key: str) -> None:
        """Show everything."""
        if desk.walk.narrowed:
            desk.walk.search("")
            desk.walk.show_only("all")


COMMANDS = (
    ListUp,
    ListDown,
    ListPageUp,
    ListPageDown,
    ListFirst,
    ListLast,
    Fold,
    Unfold,
    NextOpen,
    Back,
    Find,
    NextFilter,
    OnlyOpen,
    OnlyCritical,
    OnlyFlagged,
    ShowAll,
)
