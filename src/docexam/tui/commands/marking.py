"""Commands that write notes and mark regions and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.tui.commands.command import ItemCommand, ReviewCommand, WritingCommand

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


class Note(WritingCommand):
    """Write a note."""

    id = "note"
    keys = ("n",)
    title = "Write a note on this item"
    label = "note"
    help = "Opens the item's note; all printable keys are text; Esc leaves it and keeps the text."

    def enabled(self, desk: Desk) -> str:
        """A note that would be refused is not begun."""
        return desk.review.read_only or desk.writing.refused("note")

    def run(self, desk: Desk, key: str) -> None:
        """Open the note."""
        desk.writing.note()


class CorrectReading(WritingCommand):
    """Write a corrected reading."""

    id = "field.correct"
    keys = ("m",)
    title = "Mend the reading: write a corrected one beside the raw one"
    label = "mend reading"
    help = "Writes a corrected reading of a field; the raw reading is kept as it was typed."

    def enabled(self, desk: Desk) -> str:
        """Only a field that was read can be corrected."""
        if desk.review.read_only:
            return desk.review.read_only
        if desk.field is None:
            return "Only a field has a reading to correct."
        reading = desk.review.examination.fields.get(desk.field.id)
        return "" if reading and reading.raw else "There is no raw reading yet; Enter types it."

    def run(self, desk: Desk, key: str) -> None:
        """Open the corrected reading."""
        desk.writing.correct()


class MarkRegion(ItemCommand):
    """Mark a region."""

    id = "region.mark"
    keys = ("r",)
    title = "Mark a region for this item"
    label = "region"
    help = (
        "Draws a region on the capture: drag, or move and size it with the arrows; Enter takes it."
    )

    def enabled(self, desk: Desk) -> str:
        """A region needs a capture to lie on, and an item that takes it."""
        return desk.refused_here() or _no_capture(desk)

    def run(self, desk: Desk, key: str) -> None:
        """Begin to draw."""
        desk.marks.draw_region()


class MarkPlace(WritingCommand):
    """Mark the place."""

    id = "place.mark"
    keys = ("p",)
    title = "Mark this item's place on the capture"
    label = "place"
    help = "Marks once per capture where something belongs; Enter reuses it for every item there."

    def enabled(self, desk: Desk) -> str:
        """Only some items have a place."""
        none = "" if desk.marks.place() else "This item belongs to no place of the page."
        return desk.review.read_only or none or _no_capture(desk)

    def run(self, desk: Desk, key: str) -> None:
        """Begin to draw."""
        desk.marks.draw_place()


def _no_capture(desk: Desk) -> str:
    return "" if desk.picture.view_kept() else "No capture is shown yet."


class ShowRegion(ReviewCommand):
    """Jump to the region."""

    id = "region.show"
    keys = ("j",)
    title = "Jump to this item's region"
    label = "to region"
    help = "Turns to the capture and shows the item's next region, or its place, in the middle."

    def enabled(self, desk: Desk) -> str:
        """There must be something marked."""
        marked = desk.marks.regions() or desk.marks.place_region()
        return "" if marked else "Nothing is marked for this item yet."

    def run(self, desk: Desk, key: str) -> None:
        """Jump."""
        desk.marks.jump()


class RemoveRegion(ItemCommand):
    """Take the last region off."""

    id = "region.remove"
    keys = ("d",)
    title = "Take the last region off this item"
    label = "drop region"
    help = "Removes the region that was added last; undo brings it back."

    def enabled(self, desk: Desk) -> str:
        """There must be a region."""
        reason = desk.refused_here()
        return reason or ("" if desk.marks.regions() else "This item has no region.")

    def run(self, desk: Desk, key: str) -> None:
        """Remove it."""
        desk.marks.remove_last()


class Flag(WritingCommand):
    """Flag the item."""

    id = "flag"
    keys = ("g",)
    title = "Flag this item for another look, or take the flag off"
    label = "flag"
    help = "A flag is yours: a filter shows flagged items; reports do not mention it."

    def enabled(self, desk: Desk) -> str:
        """Fields cannot be flagged."""
        reason = desk.review.read_only
        return reason or ("" if desk.indicator else "A field cannot be flagged.")

    def run(self, desk: Desk, key: str) -> None:
        """Turn the flag over."""
        current = desk.walk.current
        desk.attempt(lambda: desk.review.flag(current))


class _Region(ReviewCommand):
    contexts = ("region",)
    palette = False


class RegionMove(_Region):
    """Move what is drawn."""

    id = "region.move"
    keys = ("left", "right", "up", "down")
    title = "Move the region, or its selected corner"
    label = "move"
    help = "Moves the region being drawn, or the corner that is selected, by a cell."
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Move by a cell."""
        desk.picture.pane.region_move(*STEPS[key])


class RegionLeap(_Region):
    """Move what is drawn by five cells."""

    id = "region.leap"
    keys = ("ctrl+left", "ctrl+right", "ctrl+up", "ctrl+down")
    title = "Move the region by five cells"
    label = "leap"
    help = "Moves the region being drawn, or the corner that is selected, by five cells."
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Move by five cells."""
        dx, dy = STEPS[key.removeprefix("ctrl+")]
        desk.picture.pane.region_move(5 * dx, 5 * dy)


class RegionSize(_Region):
    """Size what is drawn."""

    id = "region.size"
    keys = ("shift+left", "shift+right", "shift+up", "shift+down")
    title = "Make the region wider, narrower, higher, lower"
    label = "size"
    help = "Changes the size of the region being drawn by a cell."
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Size by a cell."""
        desk.picture.pane.region_size(*STEPS[key.removeprefix("shift+")])


class RegionCorner(_Region):
    """The next corner."""

    id = "region.corner"
    keys = ("tab", "shift+tab")
    title = "Select the next corner"
    label = "corner"
    help = "Selects a corner, so that the arrows move it alone: a region has four free corners."
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Select it."""
        desk.picture.pane.region_next_corner(1 if key == "tab" else -1)


class RegionAccept(_Region):
    """Take the region."""

    id = "region.accept"
    keys = ("enter",)
    title = "Take the region"
    label = "take it"
    help = "Records the region as it is drawn."

    def run(self, desk: Desk, key: str) -> None:
        """Take it."""
        desk.picture.pane.region_accept()


class RegionCancel(_Region):
    """Stop drawing."""

    id = "region.cancel"
    keys = ("escape",)
    title = "Stop drawing"
    label = "cancel"
    help = "Leaves the drawing; nothing is recorded."

    def run(self, desk: Desk, key: str) -> None:
        """Stop."""
        desk.picture.pane.region_cancel()


STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}

COMMANDS = (
    Note,
    CorrectReading,
    MarkRegion,
    MarkPlace,
    ShowRegion,
    RemoveRegion,
    Flag,
    RegionMove,
    RegionLeap,
    RegionSize,
    RegionCorner,
    RegionAccept,
    RegionCancel,
)
