"""Commands that change how a capture is looked at; none changes the capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.tui.commands.command import ReviewCommand
from docexam.tui.commands.marking import STEPS

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


class _View(ReviewCommand):
    contexts = ("review", "region")
    looks = True


class Compare(ReviewCommand):
    """Side by side."""

    id = "view.compare"
    keys = ("space",)
    title = "Side by side at the same scale: two captures, or a reference specimen"
    label = "compare"
    help = (
        "Shows the next capture beside this one; they move together. On an item to be compared "
        "with a reference it offers the matching specimens. Again: one capture."
    )

    def enabled(self, desk: Desk) -> str:
        """Two captures are needed, or a specimen."""
        return desk.references.problem()

    def run(self, desk: Desk, key: str) -> None:
        """Compare, or stop."""
        desk.references.compare()


class ZoomIn(_View):
    """Magnify."""

    id = "view.zoom-in"
    keys = ("+", "=")
    title = "Zoom in"
    label = "zoom in"
    help = "Magnifies, down to the pixel; stops once at 1:1."

    def run(self, desk: Desk, key: str) -> None:
        """Zoom in."""
        desk.picture.pane.zoom_in()


class ZoomOut(_View):
    """Show more."""

    id = "view.zoom-out"
    keys = ("-",)
    title = "Zoom out"
    label = "zoom out"
    help = "Shows more of the capture."

    def run(self, desk: Desk, key: str) -> None:
        """Zoom out."""
        desk.picture.pane.zoom_out()


class OneToOne(_View):
    """1:1."""

    id = "view.actual"
    keys = ("a",)
    title = "Actual pixels: 1:1"
    label = "1:1"
    help = "Shows one pixel of the original per half cell."

    def run(self, desk: Desk, key: str) -> None:
        """Show 1:1."""
        desk.picture.pane.one_to_one()


class Fit(_View):
    """The whole capture."""

    id = "view.whole"
    keys = ("w",)
    title = "The whole capture"
    label = "whole"
    help = "Fits the capture into the pane."

    def run(self, desk: Desk, key: str) -> None:
        """Fit."""
        desk.picture.pane.fit()


class Pan(ReviewCommand):
    """Look elsewhere."""

    id = "view.pan"
    keys = ("left", "right", "up", "down")
    title = "Look further left, right, up, down"
    label = "pan"
    help = "Moves over the capture by an eighth of the pane."
    contexts = ("capture",)
    palette = False
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Pan."""
        desk.picture.pane.pan(*STEPS[key])


class PanAnywhere(ReviewCommand):
    """Look elsewhere from any pane."""

    id = "view.pan-anywhere"
    keys = ("ctrl+left", "ctrl+right", "ctrl+up", "ctrl+down")
    title = "Move over the capture from any pane"
    label = "pan"
    help = "Moves over the capture while the list or the question keeps the focus."
    looks = True
    palette = False
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Pan."""
        desk.picture.pane.pan(*STEPS[key.removeprefix("ctrl+")])


class PanPage(ReviewCommand):
    """Look far elsewhere."""

    id = "view.pan-page"
    keys = ("pageup", "pagedown", "shift+left", "shift+right", "shift+up", "shift+down")
    title = "Move over the capture by half a pane"
    label = "leap"
    help = "Moves over the capture by half a pane."
    contexts = ("capture",)
    palette = False
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Pan by half a pane."""
        pages = {"pageup": "up", "pagedown": "down"}
        dx, dy = STEPS[pages.get(key, key.removeprefix("shift+"))]
        desk.picture.pane.pan(4 * dx, 4 * dy)


class Turn(_View):
    """Turn by a quarter."""

    id = "view.turn"
    keys = ("t",)
    title = "Turn the capture by a quarter"
    label = "turn"
    help = "Turns the picture clockwise on the screen."

    def run(self, desk: Desk, key: str) -> None:
        """Turn."""
        desk.picture.pane.rotate()


class Enhance(_View):
    """Contrast."""

    id = "view.enhance"
    keys = ("e",)
    title = "Enhance: raise the contrast, step by step"
    label = "contrast"
    help = "Stretches the contrast harder, off after the hardest. The finding keeps it."

    def run(self, desk: Desk, key: str) -> None:
        """Step the contrast."""
        desk.picture.pane.step_contrast()


class Sharpen(_View):
    """Sharpness."""

    id = "view.sharpen"
    keys = ("s",)
    title = "Enhance: sharpen, step by step"
    label = "sharpen"
    help = "Sharpens more, off after the most. The finding keeps it."

    def run(self, desk: Desk, key: str) -> None:
        """Step the sharpening."""
        desk.picture.pane.step_sharpen()


class Channel(_View):
    """One channel."""

    id = "view.channel"
    keys = ("c",)
    title = "Next channel: red, green, blue, lightness, colour, ink"
    label = "channel"
    help = "Shows one channel alone; ink separates blue and violet ink from print."

    def run(self, desk: Desk, key: str) -> None:
        """Show the next channel."""
        desk.picture.pane.cycle_channel()


class Grey(_View):
    """Without colours."""

    id = "view.grey"
    keys = ("h",)
    title = "Show without hues (grey), or with them again"
    label = "grey"
    help = "Shows the capture in greys."

    def run(self, desk: Desk, key: str) -> None:
        """Turn grey over."""
        desk.picture.pane.toggle_grey()


class Invert(_View):
    """Dark and light swapped."""

    id = "view.invert"
    keys = ("i",)
    title = "Invert: swap dark and light"
    label = "invert"
    help = "Shows the capture as a negative."

    def run(self, desk: Desk, key: str) -> None:
        """Invert."""
        desk.picture.pane.toggle_invert()


class Plain(_View):
    """No enhancement."""

    id = "view.plain"
    keys = ("k",)
    title = "Plain picture: no enhancement"
    label = "plain"
    help = "Takes every enhancement off; place, scale and turn stay."

    def run(self, desk: Desk, key: str) -> None:
        """Reset."""
        desk.picture.pane.reset_enhancements()


class SharpCells(_View):
    """Another way of drawing cells."""

    id = "view.cells"
    keys = ("z",)
    title = "Draw the capture with other glyphs"
    label = "glyphs"
    help = (
        "Goes between half cells (▀, everywhere) and quadrants (▚, sharper, if your font has them)."
    )

    def run(self, desk: Desk, key: str) -> None:
        """Cycle and show a sample."""
        mode = desk.picture.pane.cycle_renderer()
        samples = {"half": "▀▄", "quadrant": "▚▞▛▟", "braille": "⡇⣿⢸", "ascii": "#=."}
        desk.tell(f"Drawn with {mode} glyphs: {samples.get(mode, '')}")


class PreviousCapture(_View):
    """The capture before."""

    id = "view.previous-capture"
    keys = ("[",)
    title = "The capture before"
    label = "capture before"
    help = "Shows the capture before; while two are compared, changes the right one."

    def run(self, desk: Desk, key: str) -> None:
        """Turn to it."""
        _tell(desk, desk.picture.turn_to(-1))


class NextCapture(_View):
    """The next capture."""

    id = "view.next-capture"
    keys = ("]",)
    title = "The next capture"
    label = "next capture"
    help = "Shows the next capture; while two are compared, changes the right one."

    def run(self, desk: Desk, key: str) -> None:
        """Turn to it."""
        _tell(desk, desk.picture.turn_to(1))


class _WhileComparing(ReviewCommand):
    def enabled(self, desk: Desk) -> str:
        """Two captures must be side by side."""
        return "" if desk.picture.pane.comparing else "Two captures are not side by side."


class Link(_WhileComparing):
    """Move together, or not."""

    id = "view.link"
    title = "Side by side: move both together, or only one"
    label = "link"
    help = "While two captures are compared: the keys move both, or only the active one."

    def run(self, desk: Desk, key: str) -> None:
        """Link or unlink."""
        together = desk.picture.pane.toggle_linked()
        desk.tell("Both move together." if together else "Only one moves.")


class Swap(_WhileComparing):
    """The other picture."""

    id = "view.swap"
    title = "Side by side: let the keys move the other capture"
    label = "other side"
    help = "While two captures are compared: makes the other one the one that turns and moves."

    def run(self, desk: Desk, key: str) -> None:
        """Swap."""
        desk.picture.pane.swap_active()


class MatchWidth(_WhileComparing):
    """The same width."""

    id = "view.same-width"
    title = "Side by side: make both equally wide"
    label = "same width"
    help = "For captures taken with very different numbers of pixels."

    def run(self, desk: Desk, key: str) -> None:
        """Match widths."""
        desk.picture.pane.match_scale("width")


class MatchPixels(_WhileComparing):
    """The same scale."""

    id = "view.same-scale"
    title = "Side by side: the same scale, pixel for pixel"
    label = "same scale"
    help = "Gives the right capture the left one's scale."

    def run(self, desk: Desk, key: str) -> None:
        """Match scales."""
        desk.picture.pane.match_scale("pixels")


class OpenCrop(ReviewCommand):
    """True pixels in a viewer."""

    id = "crop.open"
    keys = ("y",)
    title = "Look at the true pixels in the system's viewer"
    label = "true pixels"
    help = "Opens the item's region, its place, or the whole capture as it is, outside the cells."

    def run(self, desk: Desk, key: str) -> None:
        """Open the crop."""
        desk.marks.open_crop()


class WriteCrop(ReviewCommand):
    """True pixels in a file."""

    id = "crop.write"
    keys = ("ctrl+s",)
    title = "Write the true pixels to a PNG file"
    label = "write crop"
    help = (
        "Writes the item's region, its place, or the whole capture where the program was started."
    )

    def run(self, desk: Desk, key: str) -> None:
        """Write the crop."""
        desk.marks.write_crop()


def _tell(desk: Desk, text: str) -> None:
    if text:
        desk.tell(text)


COMMANDS = (
    Compare,
    ZoomIn,
    ZoomOut,
    OneToOne,
    Fit,
    Pan,
    PanAnywhere,
    PanPage,
    Turn,
    Enhance,
    Sharpen,
    Channel,
    Grey,
    Invert,
    Plain,
    SharpCells,
    PreviousCapture,
    NextCapture,
    Link,
    Swap,
    MatchWidth,
    MatchPixels,
    OpenCrop,
    WriteCrop,
)
