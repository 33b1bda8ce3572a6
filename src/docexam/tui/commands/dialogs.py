"""Commands of windows over the screen."""

from __future__ import annotations

from typing import Protocol

from docexam.tui.commands.command import Command


class Dialog(Protocol):
    """What a window over the screen lets commands do."""

    def shut(self) -> None:
        """Close the window."""

    def scroll(self, lines: int) -> None:
        """Scroll its text."""

    def page(self) -> int:
        """Return how many lines a page has."""

    def confirm(self) -> None:
        """Do what the window asks about."""

    def problem(self) -> str:
        """Return why it cannot be done; empty when it can."""


class DialogCommand(Command[Dialog]):
    """A command of a window."""

    contexts = ("dialog",)
    palette = False


class DialogShut(DialogCommand):
    """Close the window."""

    id = "window.shut"
    keys = ("escape", "q")
    title = "Back to the screen"
    label = "back"
    help = "Closes the window."

    def run(self, desk: Dialog, key: str) -> None:
        """Close."""
        desk.shut()


class DialogUp(DialogCommand):
    """Scroll back."""

    id = "window.up"
    keys = ("up",)
    title = "Scroll back"
    label = "up"
    help = "Scrolls the window's text."

    def run(self, desk: Dialog, key: str) -> None:
        """Scroll up."""
        desk.scroll(-1)


class DialogDown(DialogCommand):
    """Scroll on."""

    id = "window.down"
    keys = ("down",)
    title = "Scroll on"
    label = "down"
    help = "Scrolls the window's text."

    def run(self, desk: Dialog, key: str) -> None:
        """Scroll down."""
        desk.scroll(1)


class DialogPageUp(DialogCommand):
    """A page back."""

    id = "window.page-up"
    keys = ("pageup",)
    title = "A page back"
    label = "page up"
    help = "Scrolls the window's text by a page."

    def run(self, desk: Dialog, key: str) -> None:
        """Scroll a page up."""
        desk.scroll(-desk.page())


class DialogPageDown(DialogCommand):
    """A page on."""

    id = "window.page-down"
    keys = ("pagedown", "space")
    title = "A page on"
    label = "page down"
    help = "Scrolls the window's text by a page."

    def run(self, desk: Dialog, key: str) -> None:
        """Scroll a page down."""
        desk.scroll(desk.page())


class DialogConfirm(DialogCommand):
    """Yes."""

    id = "window.confirm"
    keys = ("enter",)
    title = "Do what the window asks about"
    label = "yes"
    help = "Does what the window asks about; in a window that asks nothing, closes it."

    def enabled(self, desk: Dialog) -> str:
        """The window knows."""
        return desk.problem()

    def run(self, desk: Dialog, key: str) -> None:
        """Confirm."""
        desk.confirm()


COMMANDS = (DialogShut, DialogUp, DialogDown, DialogPageUp, DialogPageDown, DialogConfirm)
