"""What a command is: one class gives its key, palette entry, help row, footer label and docs row.

Nothing in this package imports the screen's toolkit, so that `docexam keys` can print the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk

# Contexts that are in force together, the nearest first: a key of a nearer one hides the others.
STACKS = (
    ("causes", "many", "list", "review", "always"),
    ("causes", "many", "question", "review", "always"),
    ("causes", "capture", "review", "always"),
    ("causes", "aid", "review", "always"),
    ("region", "always"),
    ("seen", "always"),
    ("offer", "always"),
    ("typing", "always"),
    ("dialog",),
    ("cases",),
    ("support",),
    ("form",),
    ("form-text",),
    ("comparison",),
    ("editor-text", "editor"),
    ("editor-grid", "editor"),
    ("editor-list", "editor"),
    ("editor-prompt",),
)

# Where a command's keys act, from anywhere on a screen to one open prompt.
CONTEXTS = {
    "always": "anywhere on the review screen",
    "review": "on the review screen, while nothing is asked or typed",
    "list": "in the list of indicators",
    "question": "in the question",
    "capture": "in the capture",
    "aid": "in the proposals of an aid",
    "many": "on an item with several answers",
    "region": "while a region is drawn",
    "causes": "while a non-answer's cause is asked",
    "seen": "while it is asked what you have seen before",
    "offer": "while the true pixels are offered",
    "typing": "while you type",
    "dialog": "in a window over the screen",
    "cases": "in the list of cases",
    "support": "on the support screen",
    "form": "in a form",
    "form-text": "while you type in a form",
    "comparison": "in the comparison of examinations",
    "editor": "anywhere in the checklist editor",
    "editor-text": "in the text of a checklist",
    "editor-grid": "in the grid of weights",
    "editor-list": "in the faults and the item",
    "editor-prompt": "while the editor asks for a line",
}

DeskT = TypeVar("DeskT")


class Command(Generic[DeskT]):
    """Something an examiner can do, and all that any place says about it.

    `id` never changes: keymaps name it. `keys`: `a`, `?`, `space`, `enter`, `ctrl+z`, `pageup`.
    `title`: the palette's entry. `label`: two or three words for the bottom line. `help`: one
    sentence. `contexts`: keys of `CONTEXTS`. `palette`: whether the palette offers it.
    `positional`: each key means something of its own by its place in `keys`, so that a keymap
    gives as many keys in the same order; `run` always gets the key of `keys`. `looks`: it only
    changes how the capture is looked at, which is told where the capture is hidden.
    """

    id: ClassVar[str] = ""
    keys: ClassVar[tuple[str, ...]] = ()
    title: ClassVar[str] = ""
    label: ClassVar[str] = ""
    help: ClassVar[str] = ""
    contexts: ClassVar[tuple[str, ...]] = ("review",)
    palette: ClassVar[bool] = True
    positional: ClassVar[bool] = False
    looks: ClassVar[bool] = False

    def enabled(self, desk: DeskT) -> str:
        """Return why the command cannot be used now; empty when it can."""
        return ""

    def run(self, desk: DeskT, key: str) -> None:
        """Do it. `key`: which of `keys` was meant, the first where it does not matter."""


class ReviewCommand(Command["Desk"]):
    """A command of the review screen."""


class WritingCommand(ReviewCommand):
    """A command that records something: not in an examination that is read only."""

    def enabled(self, desk: Desk) -> str:
        """Return why nothing can be recorded; empty when it can."""
        return desk.review.read_only


class ItemCommand(WritingCommand):
    """A command that records something on the current item: not while that would be refused."""

    def enabled(self, desk: Desk) -> str:
        """Return why nothing can be recorded on the item; empty when it can."""
        return desk.refused_here()
