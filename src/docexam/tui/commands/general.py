"""Commands of the whole screen: undo, panes, help, colours, closing and leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.domain.events import Event
from docexam.errors import DocexamError
from docexam.tui.commands.command import ReviewCommand, WritingCommand

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


class Undo(WritingCommand):
    """Take back the last act."""

    id = "undo"
    keys = ("ctrl+z",)
    title = "Undo the last act"
    label = "undo"
    help = "Takes back the last act, as an act of its own; not what was seen or closed."

    def enabled(self, desk: Desk) -> str:
        """There must be something to undo."""
        examination = desk.review.examination
        stays = ": proposals that were shown stay shown" if examination.showings else ""
        if examination.needs_reason:
            stays = ": what was revealed or closed stays so"
        nothing = "" if examination.undoable else f"There is nothing to undo{stays}."
        return desk.review.read_only or nothing

    def run(self, desk: Desk, key: str) -> None:
        """Undo, and go where it happened."""
        desk.asking = ""
        desk.answers.pending.clear()
        outcome = desk.attempt(desk.review.undo)
        if outcome:
            _go_to(desk, outcome.event, "undone")


class Redo(WritingCommand):
    """Bring back what was undone."""

    id = "redo"
    keys = ("ctrl+y",)
    title = "Redo what was undone last"
    label = "redo"
    help = "Brings back the act that was undone last."

    def enabled(self, desk: Desk) -> str:
        """There must be something to redo."""
        redoable = desk.review.examination.redoable
        return desk.review.read_only or ("" if redoable else "There is nothing to redo.")

    def run(self, desk: Desk, key: str) -> None:
        """Redo, and go where it happened."""
        desk.asking = ""
        outcome = desk.attempt(desk.review.redo)
        if outcome:
            _go_to(desk, outcome.event, "redone")


def _go_to(desk: Desk, event: Event | None, word: str) -> None:
    events = desk.review.examination.events
    target = event.data.get("target") if event else None
    taken = next((e for e in events if e.seq == target), None)
    item = str(taken.data.get("item", taken.data.get("field", ""))) if taken else ""
    if item:
        desk.walk.go(item)
    desk.answers.arrived()
    desk.marks.show()
    desk.tell(f"saved: {word}" + (f": {desk.title_of(item)}" if item else ""))


class NextPane(ReviewCommand):
    """The next pane."""

    id = "pane.next"
    keys = ("tab",)
    title = "Next pane: indicators, capture, question"
    label = "next pane"
    help = "Goes round the three panes; on a narrow screen brings the next one to the front."

    def run(self, desk: Desk, key: str) -> None:
        """Go on."""
        desk.stage.next_pane(1)


class PreviousPane(ReviewCommand):
    """The pane before."""

    id = "pane.previous"
    keys = ("shift+tab",)
    title = "The pane before"
    label = "pane before"
    help = "Goes round the three panes the other way."

    def run(self, desk: Desk, key: str) -> None:
        """Go back."""
        desk.stage.next_pane(-1)


class Help(ReviewCommand):
    """Help."""

    id = "help"
    keys = ("?", "f1")
    title = "Help for what has the focus"
    label = "help"
    help = "Shows what every key does where you are, and what the signs mean."
    contexts = ("always",)

    def run(self, desk: Desk, key: str) -> None:
        """Open the help."""
        desk.stage.open_window("help")


class Palette(ReviewCommand):
    """All commands."""

    id = "palette"
    keys = ("ctrl+p",)
    title = "All commands"
    label = "all"
    help = "Finds any command by its words, runs it, and says why one cannot be used now."
    contexts = ("always",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Open the palette."""
        desk.stage.open_window("palette")


class NextTheme(ReviewCommand):
    """Other colours."""

    id = "theme.next"
    keys = ("f2",)
    title = "Colours: dark, light, high contrast, plain"
    label = "colours"
    help = (
        "Goes round the themes; every state has a sign of its own, so colours are a comfort only."
    )
    contexts = ("always",)

    def run(self, desk: Desk, key: str) -> None:
        """Change the theme."""
        desk.tell(f"Colours: {desk.stage.next_theme()}.")


class Journal(ReviewCommand):
    """The journal."""

    id = "journal"
    keys = ("ctrl+l",)
    title = "The journal: what was recorded, and when"
    label = "journal"
    help = "Shows every act that is recorded, with its number and time."

    def run(self, desk: Desk, key: str) -> None:
        """Open the journal."""
        desk.stage.open_window("journal")


class EditChecklist(ReviewCommand):
    """The checklist editor."""

    id = "checklist.edit"
    title = "Edit the checklist in the library"
    label = "edit checklist"
    help = (
        "Opens the editor on the checklist of the same name. The examination keeps its frozen "
        "copy until it is upgraded."
    )

    def run(self, desk: Desk, key: str) -> None:
        """Open the editor, or say why it cannot be."""
        try:
            desk.stage.open_window("checklist")
        except DocexamError as error:
            desk.tell(str(error), "warn")


class CloseExamination(WritingCommand):
    """Close the examination."""

    id = "examination.close"
    keys = ("ctrl+d",)
    title = "Close the examination"
    label = "close"
    help = "Freezes the examination and shows the journal's head hash, to be kept elsewhere."

    def run(self, desk: Desk, key: str) -> None:
        """Ask for it."""
        if desk.answers.settle():
            desk.stage.open_window("close")


class ReopenExamination(ReviewCommand):
    """Open a closed examination again."""

    id = "examination.reopen"
    title = "Open the closed examination again"
    label = "reopen"
    help = "Opens a closed examination again; needs a reason, and the journal keeps both."

    def enabled(self, desk: Desk) -> str:
        """Only the examiner's own closed examination."""
        state = desk.review.examination
        if state.state != "closed":
            return "The examination is not closed."
        return "" if state.examiner == desk.review.examiner else desk.review.read_only

    def run(self, desk: Desk, key: str) -> None:
        """Ask for the reason."""
        desk.writing.reopen()


class SeenBefore(WritingCommand):
    """Say what was seen before."""

    id = "seen.say"
    title = "Say what you had seen or been told before"
    label = "seen before"
    help = "Records what you had seen or been told before you looked."

    def run(self, desk: Desk, key: str) -> None:
        """Open the line."""
        desk.writing.seen()


class Leave(ReviewCommand):
    """Leave the review."""

    id = "leave"
    keys = ("q", "ctrl+q")
    title = "Leave the review"
    label = "leave"
    help = "Leaves; everything is saved already, and the next visit begins where you are now."
    contexts = ("always",)

    def run(self, desk: Desk, key: str) -> None:
        """Leave."""
        desk.stage.leave()


class Interrupt(ReviewCommand):
    """How to leave."""

    id = "leave.how"
    keys = ("ctrl+c",)
    title = "How to leave"
    label = "how to leave"
    help = "Says how to leave: Ctrl+C ends nothing, so that it loses nothing."
    contexts = ("review", "seen", "offer", "region")
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Say it."""
        desk.tell("q leaves, from a text ctrl+q; everything is saved already.")


class LeaveTyping(ReviewCommand):
    """Leave the text."""

    id = "typing.leave"
    keys = ("escape",)
    title = "Leave the text and keep it"
    label = "leave, kept"
    help = "Leaves the text; a note, an answer or a reading is recorded as it stands."
    contexts = ("typing",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Leave the text."""
        desk.writing.leave(desk.writing.now)


COMMANDS = (
    Undo,
    Redo,
    NextPane,
    PreviousPane,
    Help,
    Palette,
    NextTheme,
    Journal,
    EditChecklist,
    CloseExamination,
    ReopenExamination,
    SeenBefore,
    Leave,
    Interrupt,
    LeaveTyping,
)
