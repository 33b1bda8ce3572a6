"""One picture in the pane: the capture, what has been decoded of it, and the view of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from docexam.domain.exhibit import Capture
from docexam.imaging import view as views
from docexam.imaging.view import Frame, View

if TYPE_CHECKING:
    from docexam.imaging.cells import Cells, Mode
    from docexam.imaging.pyramid import Pyramid

Step = Callable[[View, Frame], View]

# A capital of ordinary print is about this share of the longer side of a page that fills the
# picture: 2.5 mm on a sheet of 297 mm, 1.2 mm on a card of 86.
_PRINT_SHARE = 0.01
_LEAST_PRINT_PX = 6.0
# A draft is as good as the whole where at least four of its pixels share a screen pixel.
_DRAFT_ENOUGH = 0.25


@dataclass(frozen=True, slots=True)
class Drawing:
    """How pictures are drawn: cell mode, colours around them, bytes a cell may cost."""

    mode: Mode = "half"
    background: tuple[int, int, int] = (20, 20, 20)
    bytes_per_cell: float = 11.0
    dark_on_light: bool = False


@dataclass(slots=True)
class Picture:
    """A capture as shown in one half of the pane, or the whole of it.

    `reason` says in words why there is no picture. The first view is the whole capture; a view
    of the whole follows the size of the pane.
    """

    capture: Capture
    title: str = ""
    pyramid: Pyramid | None = None
    reason: str = ""
    view: View = field(default_factory=View)
    frame: Frame = field(default_factory=lambda: Frame(0, 0, 1, 1))
    ticket: int = 0
    _waiting: list[Step] = field(default_factory=list)
    _key: tuple[object, ...] = ()
    _cells: Cells | None = None

    @property
    def draft(self) -> bool:
        """Whether what is shown lacks the finest pixels, or everything, so far."""
        return not self.reason and (self.pyramid is None or not self.pyramid.complete)

    def place(self, columns: int, rows: int) -> None:
        """Give the picture its part of the pane, in cells; a fitted view stays fitted."""
        width, height = self.capture.width, self.capture.height
        if self.pyramid is not None:
            width, height = self.pyramid.size
        frame = Frame(columns, rows, max(width, 1), max(height, 1))
        if columns < 1 or rows < 1 or frame == self.frame:
            return
        if self.placed:
            self.view = _resized(self.view, self.frame, frame)
        else:
            self.view = views.fit(self.view, frame)
        self.frame = frame
        while self._waiting:
            self.view = self._waiting.pop(0)(self.view, frame)

    @property
    def placed(self) -> bool:
        """Whether the picture has its part of the pane yet."""
        return self.frame.columns > 0

    def kept(self, mode: Mode) -> dict[str, object]:
        """Return what a finding keeps of this view, and what `recall` understands."""
        kept = views.kept_with_finding(self.view, self.frame, mode)
        return {**kept, "capture": self.capture.sha256}

    def recall(self, kept: Mapping[str, object]) -> None:
        """Show a view kept earlier, in the pane as it is now; what was fitted is fitted again."""
        self.take(partial(_recalled, kept=kept))

    def take(self, step: Step) -> bool:
        """Change the view; return whether anything changed.

        While the picture has no part of the pane yet, the change waits until it has.
        """
        if not self.placed:
            self._waiting.append(step)
            return True
        before = self.view
        self.view = step(self.view, self.frame)
        return self.view != before

    def cells(self, drawing: Drawing) -> Cells | None:
        """Return the picture drawn in cells, from memory where nothing changed."""
        if self.pyramid is None:
            return None
        key = (id(self.pyramid), self.view, self.frame, drawing)
        if key != self._key:
            self._cells = _render(self.pyramid, self.view, self.frame, drawing)
            self._key = key
        return self._cells

    def sharp_enough(self) -> bool:
        """Whether finer pixels would make no difference to this view."""
        if self.pyramid is None:
            return False
        return self.pyramid.levels[0].factor * self.view.scale <= _DRAFT_ENOUGH

    @property
    def print_px(self) -> float:
        """Height of a capital in pixels of the original: measured at intake, else a guess."""
        measured = self.capture.quality.get("print_height")
        known = measured.get("value") if isinstance(measured, dict) else None
        if isinstance(known, (int, float)) and known > 0:
            return float(known)
        return max(_LEAST_PRINT_PX, _PRINT_SHARE * max(self.frame.width, self.frame.height))

    def print_rows(self, mode: Mode) -> float:
        """Return how many rows of samples a capital of the print gets in this view."""
        per_row = {"half": 2, "quadrant": 2, "sextant": 3, "braille": 4, "ascii": 1}[mode]
        return self.print_px * self.view.scale * per_row / 2


def _resized(view: View, before: Frame, after: Frame) -> View:
    if (before.width, before.height) != (after.width, after.height):
        # The header lied about the size: what the decoder found counts.
        return views.fit(view, after)
    return views.resized(view, before, after)


def _recalled(_: View, frame: Frame, kept: Mapping[str, object]) -> View:
    columns, rows = kept.get("columns"), kept.get("rows")
    view = View.from_dict(kept)
    if isinstance(columns, int) and isinstance(rows, int) and columns > 0 and rows > 0:
        return views.resized(view, Frame(columns, rows, frame.width, frame.height), frame)
    return views.clamp(view, frame)


def _render(pyramid: Pyramid, view: View, frame: Frame, drawing: Drawing) -> Cells:
    from docexam.imaging.cells import render

    return render(
        pyramid,
        view,
        frame.columns,
        frame.rows,
        drawing.mode,
        background=drawing.background,
        bytes_per_cell=drawing.bytes_per_cell,
        dark_on_light=drawing.dark_on_light,
    )


def plain(view: View) -> View:
    """Return the view without enhancements."""
    return replace(view, grey=False, invert=False, contrast=0, sharpen=0, channel=None)
