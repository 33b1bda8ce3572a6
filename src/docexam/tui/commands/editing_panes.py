"""Commands of the checklist editor's panes: the grid of weights, the lists, the prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docexam.tui.commands.command import Command

if TYPE_CHECKING:
    from docexam.tui.screens.editor_desk import EditorDesk


class EditorCommand(Command["EditorDesk"]):
    """A command of the checklist editor."""

    contexts: ClassVar[tuple[str, ...]] = ("editor",)


class Weigh(EditorCommand):
    """Weights of this item."""

    id = "editor.weigh"
    keys = ("ctrl+w",)
    title = "Weights of this item"
    label = "weights"
    help = "Goes to the grid of weights of the item at the cursor."
    contexts = ("editor-text", "editor-list")

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go to the grid."""
        desk.writing.to_grid()


class NextPane(EditorCommand):
    """Next pane: text, item, weights, faults."""

    id = "editor.next-pane"
    keys = ("f6",)
    title = "Next pane: text, item, weights, faults"
    label = "next pane"
    help = "Goes round the panes; on a narrow screen brings the next one to the front."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go to the next pane."""
        desk.stage.next_pane(1)


class PreviousPane(EditorCommand):
    """The pane before."""

    id = "editor.previous-pane"
    keys = ("shift+tab",)
    title = "The pane before"
    label = "pane before"
    help = "Goes round the panes the other way."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go to the pane before."""
        desk.stage.next_pane(-1)


class BackToText(EditorCommand):
    """Back to the text."""

    id = "editor.back"
    keys = ("escape",)
    title = "Back to the text"
    label = "back"
    help = "Goes back to the text."
    contexts = ("editor-grid", "editor-list")
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go back to the text."""
        desk.stage.bring_up("text")


class GridUp(EditorCommand):
    """The answer above."""

    id = "editor.grid-up"
    keys = ("up",)
    title = "The answer above"
    label = "up"
    help = "Moves in the grid."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move up."""
        desk.writing.move_cell(-1, 0)


class GridDown(EditorCommand):
    """The answer below."""

    id = "editor.grid-down"
    keys = ("down",)
    title = "The answer below"
    label = "down"
    help = "Moves in the grid."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move down."""
        desk.writing.move_cell(1, 0)


class GridLeft(EditorCommand):
    """The proposition to the left."""

    id = "editor.grid-left"
    keys = ("left",)
    title = "The proposition to the left"
    label = "left"
    help = "Moves in the grid."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move left."""
        desk.writing.move_cell(0, -1)


class GridRight(EditorCommand):
    """The proposition to the right."""

    id = "editor.grid-right"
    keys = ("right",)
    title = "The proposition to the right"
    label = "right"
    help = "Moves in the grid."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move right."""
        desk.writing.move_cell(0, 1)


class GridWrite(EditorCommand):
    """Write the weight."""

    id = "editor.grid-write"
    keys = ("enter",)
    title = "Write the weight"
    label = "write"
    help = "Asks for the weight at the grid's cursor."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Ask for the weight."""
        desk.writing.ask_weight()


class GridMore(EditorCommand):
    """A tenth more."""

    id = "editor.grid-more"
    keys = ("+", "=")
    title = "A tenth more"
    label = "more"
    help = "Makes the weight at the grid's cursor a tenth greater."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """A tenth more."""
        desk.writing.step_weight(1)


class GridLess(EditorCommand):
    """A tenth less."""

    id = "editor.grid-less"
    keys = ("-",)
    title = "A tenth less"
    label = "less"
    help = "Makes the weight at the grid's cursor a tenth less."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """A tenth less."""
        desk.writing.step_weight(-1)


class GridZero(EditorCommand):
    """Neither more nor less."""

    id = "editor.grid-zero"
    keys = ("0",)
    title = "Neither more nor less expected"
    label = "zero"
    help = "Writes the weight 0: under this proposition the answer is as expected as any."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Write 0."""
        desk.writing.zero_weight()


class GridClear(EditorCommand):
    """Take the weight away."""

    id = "editor.grid-clear"
    keys = ("delete", "backspace")
    title = "Take the weight away"
    label = "clear"
    help = "Takes the weight at the grid's cursor away."
    contexts = ("editor-grid",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Take it away."""
        desk.writing.clear_weight()


class ListUp(EditorCommand):
    """The line above."""

    id = "editor.list-up"
    keys = ("up",)
    title = "The line above"
    label = "up"
    help = "Moves in the list of faults; scrolls the item."
    contexts = ("editor-list",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move up."""
        desk.stage.step_list(-1)


class ListDown(EditorCommand):
    """The line below."""

    id = "editor.list-down"
    keys = ("down",)
    title = "The line below"
    label = "down"
    help = "Moves in the list of faults; scrolls the item."
    contexts = ("editor-list",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move down."""
        desk.stage.step_list(1)


class ListTake(EditorCommand):
    """Go to the line at fault."""

    id = "editor.list-take"
    keys = ("enter",)
    title = "Go to the line at fault"
    label = "go"
    help = "Goes to the line of the fault at the cursor."
    contexts = ("editor-list",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go there."""
        desk.stage.take_list()


class PromptLeave(EditorCommand):
    """Leave the question."""

    id = "editor.prompt-leave"
    keys = ("escape",)
    title = "Leave the question"
    label = "leave it"
    help = "Closes the line; nothing is changed."
    contexts = ("editor-prompt",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Close the line."""
        desk.stage.close_prompt()


COMMANDS = (
    Weigh,
    NextPane,
    PreviousPane,
    BackToText,
    GridUp,
    GridDown,
    GridLeft,
    GridRight,
    GridWrite,
    GridMore,
    GridLess,
    GridZero,
    GridClear,
    ListUp,
    ListDown,
    ListTake,
    PromptLeave,
)
