"""Commands of the checklist editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.tui.commands.editing_panes import COMMANDS as PANES
from docexam.tui.commands.editing_panes import EditorCommand

if TYPE_CHECKING:
    from docexam.tui.screens.editor_desk import EditorDesk


class Save(EditorCommand):
    """Save."""

    id = "editor.save"
    keys = ("ctrl+s",)
    title = "Save"
    label = "save"
    help = "Saves; a text with errors is saved as a draft, and the version in use stays."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Save, or keep as a draft."""
        desk.save()


class SaveDraft(EditorCommand):
    """Save as a draft, not to be used yet."""

    id = "editor.save-draft"
    title = "Save as a draft, not to be used yet"
    label = "draft"
    help = "Saves the text beside the version in use, which stays as it is."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Save as a draft."""
        desk.save_draft()


class NewIndicator(EditorCommand):
    """New indicator."""

    id = "editor.new-indicator"
    keys = ("ctrl+n",)
    title = "New indicator"
    label = "item"
    help = "Asks for the question and its id and writes an indicator below the one at the cursor."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Write a new indicator."""
        desk.writing.new_indicator()


class AddChoice(EditorCommand):
    """Add an answer."""

    id = "editor.add-choice"
    keys = ("f9",)
    title = "Add an answer"
    label = "answer"
    help = "Asks for the words and the id of an answer and writes it below the others."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Add an answer."""
        desk.writing.add_choice()


class Duplicate(EditorCommand):
    """Copy the block."""

    id = "editor.duplicate"
    keys = ("ctrl+d",)
    title = "Copy the block"
    label = "copy"
    help = "Writes a copy of the block at the cursor below it, under another id."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Copy the block at the cursor."""
        desk.writing.duplicate()


class Remove(EditorCommand):
    """Take the block away."""

    id = "editor.remove"
    keys = ("ctrl+t",)
    title = "Take the answer or the block away"
    label = "take away"
    help = "Takes away the answer at the cursor, else the whole block; undo brings it back."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Take the block away."""
        desk.writing.remove()


class MoveUp(EditorCommand):
    """Move the block up."""

    id = "editor.move-up"
    keys = ("alt+up",)
    title = "Move the block up"
    label = "move up"
    help = "Changes places with the block before; an indicator stays in its section."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move the block up."""
        desk.writing.move(-1)


class MoveDown(EditorCommand):
    """Move the block down."""

    id = "editor.move-down"
    keys = ("alt+down",)
    title = "Move the block down"
    label = "move down"
    help = "Changes places with the block after; an indicator stays in its section."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Move the block down."""
        desk.writing.move(1)


class Rename(EditorCommand):
    """Rename the id everywhere."""

    id = "editor.rename"
    keys = ("f4",)
    title = "Rename the id everywhere"
    label = "rename"
    help = "Gives what the cursor names another id, wherever this file names it."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Rename an id."""
        desk.writing.rename()


class NextFault(EditorCommand):
    """Next fault."""

    id = "editor.next-fault"
    keys = ("f8",)
    title = "Next fault"
    label = "fault"
    help = "Goes to the next line at fault, round the end."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go to the next fault."""
        desk.finding.next_fault(1)


class PreviousFault(EditorCommand):
    """The fault before."""

    id = "editor.previous-fault"
    keys = ("f7",)
    title = "The fault before"
    label = "fault before"
    help = "Goes to the line at fault before, round the beginning."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go to the fault before."""
        desk.finding.next_fault(-1)


class GoTo(EditorCommand):
    """Go to an item or block."""

    id = "editor.go-to"
    keys = ("ctrl+g",)
    title = "Go to an item or block"
    label = "go to"
    help = "Lists every block of the file; type to narrow, Enter goes there."

    def run(self, desk: EditorDesk, key: str) -> None:
        """List the blocks."""
        desk.finding.go_to_block()


class ToTop(EditorCommand):
    """To the first line."""

    id = "editor.top"
    keys = ("ctrl+home",)
    title = "To the first line"
    label = "top"
    help = "Goes to the first line of the file."
    contexts = ("editor-text",)

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go to the top."""
        desk.stage.go_to(0, 0)


class ToEnd(EditorCommand):
    """To the last line."""

    id = "editor.end"
    keys = ("ctrl+end",)
    title = "To the last line"
    label = "end"
    help = "Goes to the last line of the file."
    contexts = ("editor-text",)

    def run(self, desk: EditorDesk, key: str) -> None:
        """Go to the end."""
        lines = desk.stage.lines()
        desk.stage.go_to(len(lines) - 1, len(lines[-1]))


class Find(EditorCommand):
    """Find a text."""

    id = "editor.find"
    keys = ("ctrl+f",)
    title = "Find a text"
    label = "find"
    help = "Finds a text from the cursor on, whatever its case."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Ask for a text."""
        desk.finding.find()


class FindNext(EditorCommand):
    """Find it again."""

    id = "editor.find-next"
    keys = ("f3",)
    title = "Find it again"
    label = "find next"
    help = "Finds the same text further on, round the end."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Find again."""
        desk.finding.find_next()


class Complete(EditorCommand):
    """Complete the word."""

    id = "editor.complete"
    keys = ("tab",)
    title = "Complete the word"
    label = "complete"
    help = "Writes the first of the words offered below the text; two spaces where none fits."
    contexts = ("editor-text",)
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Complete, or indent."""
        desk.finding.complete()


class CompleteList(EditorCommand):
    """What can stand here."""

    id = "editor.complete-list"
    keys = ("ctrl+@", "ctrl+space")
    title = "What can stand here"
    label = "what fits"
    help = "Lists the keys, ids or answers that can stand at the cursor, with what they mean."
    contexts = ("editor-text",)

    def run(self, desk: EditorDesk, key: str) -> None:
        """List what fits."""
        desk.finding.complete_list()


class Undo(EditorCommand):
    """Undo."""

    id = "editor.undo"
    keys = ("ctrl+z",)
    title = "Undo"
    label = "undo"
    help = "Takes the last change of the text back; what a command wrote is one change."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Undo."""
        desk.stage.undo()


class Redo(EditorCommand):
    """Redo."""

    id = "editor.redo"
    keys = ("ctrl+y",)
    title = "Redo"
    label = "redo"
    help = "Brings back what was undone."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Redo."""
        desk.stage.redo()


class Revert(EditorCommand):
    """Go back to a version before."""

    id = "editor.revert"
    keys = ("ctrl+r",)
    title = "Go back to a version before"
    label = "versions"
    help = "Lists the versions that saving kept; the one taken is not saved until you save."

    def run(self, desk: EditorDesk, key: str) -> None:
        """List the versions."""
        desk.revert()


class EditOutside(EditorCommand):
    """Open in your own editor."""

    id = "editor.outside"
    keys = ("f12",)
    title = "Open in your own editor"
    label = "$EDITOR"
    help = "Opens the text in the editor that $VISUAL or $EDITOR names, and loads every save."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Open the user's editor."""
        desk.edit_outside()


class Wrap(EditorCommand):
    """Wrap long lines, or not."""

    id = "editor.wrap"
    title = "Wrap long lines, or not"
    label = "wrap"
    help = (
        "Breaks long lines on the screen, or lets them run out of sight; the file stays as it is."
    )

    def run(self, desk: EditorDesk, key: str) -> None:
        """Change the wrapping."""
        desk.stage.toggle_wrap()


class Help(EditorCommand):
    """Help for what has the focus."""

    id = "editor.help"
    keys = ("f1",)
    title = "Help for what has the focus"
    label = "help"
    help = "Shows what every key does where you are."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Open the help."""
        desk.stage.open_window("help")


class Palette(EditorCommand):
    """All commands."""

    id = "editor.palette"
    keys = ("ctrl+p",)
    title = "All commands"
    label = "all"
    help = "Finds any command by its words and runs it."
    palette = False

    def run(self, desk: EditorDesk, key: str) -> None:
        """Open the palette."""
        desk.stage.open_window("palette")


class NextTheme(EditorCommand):
    """Colours: dark, light, high contrast, plain."""

    id = "editor.theme"
    keys = ("f2",)
    title = "Colours: dark, light, high contrast, plain"
    label = "colours"
    help = (
        "Goes round the themes; every state has a sign of its own, so colours are a comfort only."
    )

    def run(self, desk: EditorDesk, key: str) -> None:
        """Change the theme."""
        desk.tell(f"Colours: {desk.stage.next_theme()}.")


class Leave(EditorCommand):
    """Leave the editor."""

    id = "editor.leave"
    keys = ("ctrl+q",)
    title = "Leave the editor"
    label = "leave"
    help = "Leaves; what is not saved is kept and offered at the next start."

    def run(self, desk: EditorDesk, key: str) -> None:
        """Leave."""
        desk.leave()


COMMANDS = (
    Save,
    SaveDraft,
    NewIndicator,
    AddChoice,
    Duplicate,
    Remove,
    MoveUp,
    MoveDown,
    Rename,
    NextFault,
    PreviousFault,
    GoTo,
    ToTop,
    ToEnd,
    Find,
    FindNext,
    Complete,
    CompleteList,
    Undo,
    Redo,
    Revert,
    EditOutside,
    Wrap,
    Help,
    Palette,
    NextTheme,
    Leave,
    *PANES,
)
