"""What may be asked of the picture: zoom, pan, turn, enhance, compare, jump.

Every command changes the view and asks for one repaint; none touches an original. With two
pictures side by side the commands move both, as long as they are linked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from docexam.imaging import view as views
from docexam.imaging.compare import same_scale
from docexam.imaging.view import Frame, Point, View
from docexam.tui.widgets import capture_captions as captions
from docexam.tui.widgets.capture_canvas import CaptureCanvas, Renderer
from docexam.tui.widgets.capture_picture import Picture, Step, plain

if TYPE_CHECKING:
    from docexam.domain.exhibit import Capture
    from docexam.domain.finding import Region
    from docexam.imaging.cells import Mode
    from docexam.tui.widgets.capture_loading import Source

Match = Literal["pixels", "width"]

KEY_ZOOM = 1.5
WHEEL_ZOOM = 1.25
PAN_SHARE = 0.125
COLOUR_MODES: tuple[Mode, ...] = ("half", "quadrant")
GLYPH_MODES: tuple[Mode, ...] = ("ascii", "braille")


class CaptureViewer(CaptureCanvas):
    """The canvas with its commands."""

    _linked = True
    _active = 0
    _match: Match = "pixels"

    # --- which capture ---------------------------------------------------------------------

    @property
    def capture(self) -> Capture | None:
        """The capture shown (the left one while comparing), or None."""
        return self._pictures[0].capture if self._pictures else None

    @property
    def view(self) -> View:
        """The view of the capture shown; the plain one while there is none."""
        return self._pictures[0].view if self._pictures else View()

    def show_capture(
        self,
        capture: Capture,
        source: Source,
        *,
        title: str = "",
        total: int = 0,
        view: Mapping[str, object] | None = None,
    ) -> None:
        """Show a capture; the picture comes in later, first a draft, then whole.

        `source`: the original as path or bytes, a callable that returns it (called in a
        thread, so it may verify the file), or the error or text that says why there is none.
        `title` and `total` make the caption “2/4 identity”. A capture seen before returns to
        the view it had, unless `view` (as `view_kept` gives it) says otherwise. Ends a
        comparison.
        """
        self._remember_view()
        picture = Picture(capture, title)
        self._pictures = [picture]
        self._total = total
        self._active = 0
        self._arrange()
        kept = view or self._views.get(capture.sha256)
        if kept is not None:
            picture.recall(kept)
        self._open(picture, source)
        self.changed()

    def _remember_view(self) -> None:
        for picture in self._pictures[:1]:
            if not picture.reason and picture.placed:
                self._views[picture.capture.sha256] = picture.kept(self._mode)

    def clear(self) -> None:
        """Show no capture."""
        self._remember_view()
        self._pictures = []
        self.changed()

    # --- changing the view -----------------------------------------------------------------

    def _take(self, step: Step, *, both: bool = True) -> None:
        """Let `step` change the active picture's view, and the other's when linked."""
        if not self._pictures:
            return
        chosen = self._pictures if both and self._linked else [self._active_picture()]
        moved = [picture.take(step) for picture in chosen]
        if any(moved):
            self.changed()

    def _active_picture(self) -> Picture:
        return self._pictures[min(self._active, len(self._pictures) - 1)]

    def zoom_in(self, about: Point | None = None) -> None:
        """Magnify by one step, about a screen position of the picture's part or its middle."""
        self.zoom_by(KEY_ZOOM, about)

    def zoom_out(self, about: Point | None = None) -> None:
        """Show more by one step."""
        self.zoom_by(1 / KEY_ZOOM, about)

    def zoom_by(self, factor: float, about: Point | None = None) -> None:
        """Magnify by `factor`; stops once at 1:1 on the way."""
        self._take(lambda view, frame: views.zoom_by(view, frame, factor, about))

    def zoom_to(self, scale: float) -> None:
        """Show `scale` screen pixels per pixel of the original."""
        self._take(lambda view, frame: views.zoom_to(view, frame, scale))

    def one_to_one(self) -> None:
        """Show one pixel of the original per screen pixel (half a cell)."""
        self._take(views.one_to_one)

    def fit(self) -> None:
        """Show the whole capture."""
        self._take(views.fit)

    def pan(self, dx: float, dy: float) -> None:
        """Look further right and down by steps of an eighth of the pane."""
        across, down = dx * PAN_SHARE, dy * PAN_SHARE
        self._take(lambda view, frame: views.pan_fraction(view, frame, across, down))

    def pan_pixels(self, dx: float, dy: float) -> None:
        """Look further right and down by screen pixels (one column, half a row)."""
        self._take(lambda view, frame: views.pan_by(view, frame, dx, dy))

    def rotate(self, quarters: int = 1) -> None:
        """Turn the active picture clockwise by quarter turns."""
        self._take(lambda view, frame: views.rotate(view, frame, quarters), both=False)

    def jump_to(self, region: Region, *, margin: float = 0.6) -> None:
        """Show a region of the capture in the middle, with `margin` of its size around it.

        A region of another capture is left alone: the screen shows that capture first.
        """
        picture = next((p for p in self._pictures if p.capture.sha256 == region.capture), None)
        if picture is None:
            return
        points = region.points
        step = partial(_to_region, points=points, margin=margin)
        if picture.take(step):
            self.changed()

    def go_to(self, kept: Mapping[str, object]) -> None:
        """Show a view that `view_kept` gave: a finding's, or one from the last visit."""
        if self._pictures:
            self._pictures[0].recall(kept)
            self.changed()

    # --- enhancing -------------------------------------------------------------------------

    def toggle_grey(self) -> None:
        """Show without colours, or with them again."""
        self._take(lambda view, _: replace(view, grey=not view.grey))

    def toggle_invert(self) -> None:
        """Swap dark and light."""
        self._take(lambda view, _: replace(view, invert=not view.invert))

    def step_contrast(self) -> None:
        """Stretch contrast harder; off after the hardest."""
        self._take(lambda view, _: views.next_contrast(view))

    def step_sharpen(self) -> None:
        """Sharpen more; off after the most."""
        self._take(lambda view, _: views.next_sharpen(view))

    def cycle_channel(self, step: int = 1) -> None:
        """Show the next channel: red, green, blue, luma, chroma, ink, all."""
        self._take(lambda view, _: views.next_channel(view, step))

    def reset_enhancements(self) -> None:
        """Show the plain picture; place, scale and turn stay."""
        self._take(lambda view, _: plain(view))

    def cycle_renderer(self) -> Mode:
        """Draw with the next kind of glyphs and return it: half, quadrant; ascii, braille."""
        modes = COLOUR_MODES if self.in_colour else GLYPH_MODES
        at = modes.index(self._mode) if self._mode in modes else -1
        self._mode = modes[(at + 1) % len(modes)]
        self.changed()
        return self._mode

    def set_renderer(self, renderer: Renderer) -> None:
        """Choose the kind of glyphs; NO_COLOUR terminals keep theirs."""
        self._renderer = renderer
        self._mode = self._first_mode()
        self.changed()

    # --- side by side ----------------------------------------------------------------------

    @property
    def comparing(self) -> bool:
        """Whether two pictures are shown."""
        return len(self._pictures) == 2

    @property
    def linked(self) -> bool:
        """Whether commands move both pictures."""
        return self._linked

    def compare_with(
        self, capture: Capture, source: Source, *, title: str = "", match: Match | None = None
    ) -> None:
        """Show another capture or a reference to the right of this one, moving with it.

        `match`: "pixels" for the same scale, pixel for pixel; "width" so that both pictures
        are equally wide. Without it, "width" only where one was taken with far more pixels than
        the other: pixel for pixel the same page would be a dwarf beside a giant.
        """
        if not self._pictures:
            return
        other = Picture(capture, title)
        self._pictures = [self._pictures[0], other]
        self._linked, self._active = True, 0
        self._arrange()
        self.match_scale(match or captions.fitting_match(*self._pictures))
        self._open(other, source)

    def stop_comparing(self) -> None:
        """Show one picture again."""
        if self.comparing:
            self._pictures = self._pictures[:1]
            self._active, self._linked = 0, True
            self._arrange()
            self.changed()

    def match_scale(self, match: Match = "pixels") -> None:
        """Give the right picture the left one's scale, by "pixels" or by "width"."""
        if not self.comparing:
            return
        self._match = match
        left, right = self._pictures
        units = (left.frame.width, right.frame.width) if match == "width" else (1, 1)
        right.take(partial(_scaled_as, leader=left, units=units))
        self.changed()

    def toggle_linked(self) -> bool:
        """Move both pictures together, or only the active one; return whether linked."""
        self._linked = not self._linked
        self._tell_hint()
        return self._linked

    def swap_active(self) -> None:
        """Make the other picture the active one."""
        if self.comparing:
            self._active = 1 - self._active
            self._tell_hint()

    @property
    def hint(self) -> str:
        """What the lower border says: how the two pictures belong together, else of the view."""
        if not self.comparing:
            return super().hint
        if not self._linked:
            side = "right" if self._active else "left"
            return f"not linked: only the {side} one moves"
        left, right = self._pictures
        return captions.side_by_side(left, right, self._match)

    # --- what a finding keeps --------------------------------------------------------------

    def view_kept(self) -> dict[str, Any]:
        """Return what a finding keeps of what is on the screen; empty before anything was.

        The view (place, scale, rotation, enhancement), `renderer`, size in cells, the
        capture's SHA-256 and whether pixels of the original shared screen pixels
        (`below_one_to_one`). `beside`: the SHA-256 of the picture shown next to it. `hidden`:
        true where the pane was behind another tab when it was asked.
        """
        if not self._pictures or self._pictures[0].pyramid is None:
            return {}
        if not self._pictures[0].placed:
            return {}
        kept: dict[str, Any] = self._pictures[0].kept(self._mode)
        if self.comparing:
            kept["beside"] = self._pictures[1].capture.sha256
        if not self.is_on_screen:
            kept["hidden"] = True
        return kept

    def shown(self) -> Sequence[str]:
        """Return the SHA-256 of the captures whose pixels are on the screen."""
        return [p.capture.sha256 for p in self._pictures if p.pyramid is not None]


def _to_region(view: View, frame: Frame, points: Sequence[Point], margin: float) -> View:
    return views.view_for_region(view, frame, points, margin)


def _scaled_as(view: View, frame: Frame, leader: Picture, units: tuple[int, int]) -> View:
    _, scaled = same_scale(leader.view, view, unit_a=units[0], unit_b=units[1])
    return views.clamp(scaled, frame)
