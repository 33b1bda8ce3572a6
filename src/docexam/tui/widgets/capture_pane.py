"""The capture pane: a photograph in cells, to look at closely and to mark regions on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from docexam.domain import geometry
from docexam.domain.finding import Region
from docexam.errors import InputError
from docexam.imaging import view as views
from docexam.imaging.view import Point, View
from docexam.tui.widgets import capture_captions as captions
from docexam.tui.widgets import capture_messages as messages
from docexam.tui.widgets import capture_overview as overview
from docexam.tui.widgets import capture_region as regions
from docexam.tui.widgets.capture_marks import INKS, NO_INKS, Marks, Overlay, outlines, sketched
from docexam.tui.widgets.capture_picture import Picture
from docexam.tui.widgets.capture_region import Sketch
from docexam.tui.widgets.capture_viewing import WHEEL_ZOOM, CaptureViewer

if TYPE_CHECKING:
    from textual import events

    from docexam.domain.exhibit import Capture
    from docexam.tui.widgets.capture_loading import Source

Drag = Callable[[Point], None]


class CapturePane(CaptureViewer):
    """Shows a capture, or two side by side; posts messages and decides nothing.

    It binds no keys: the screen's commands call its methods. The mouse is its own: the wheel
    zooms about the pointer, a drag pans, or draws and moves corners while a region is drawn.
    """

    ViewChanged = messages.ViewChanged
    LoadFailed = messages.LoadFailed
    Loaded = messages.Loaded
    RegionAccepted = messages.RegionAccepted
    RegionCancelled = messages.RegionCancelled

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._overlays: tuple[Overlay, ...] = ()
        self._sketch: Sketch | None = None
        self._sketched: Picture | None = None
        self._problem = ""
        self._min_px = 0
        self._drag: Drag | None = None
        self._begin: Callable[[], bool] | None = None
        self._overview = overview.Overview()
        self.overview_on = True

    # --- marks -----------------------------------------------------------------------------

    def set_overlays(self, overlays: Iterable[Overlay]) -> None:
        """Show these regions over the pictures they belong to, and no others."""
        self._overlays = tuple(overlays)
        self.marks_changed()

    def marks_on(self, picture: Picture) -> Marks:
        """Return the outlines over a picture, what is being drawn on top."""
        inks = INKS if self.in_colour else NO_INKS
        view, frame = picture.view, picture.frame
        marks = outlines(self._overlays, picture.capture.sha256, view, frame, inks)
        if self._sketch is not None and self._sketched is picture:
            marks |= sketched(self._sketch, view, frame, inks)
        elif self._sketch is None and self.overview_on and overview.wanted(picture):
            marks |= self._overview.marks(picture, self.drawing(), inks)
        return marks

    def toggle_overview(self) -> bool:
        """Show the map of the whole capture in deep zooms, or not; return whether it is on."""
        self.overview_on = not self.overview_on
        self.marks_changed()
        return self.overview_on

    @property
    def hint(self) -> str:
        """What the lower border says: of the region being drawn, else of the view."""
        if self._sketch is None or self._sketched is None:
            return super().hint
        side = self._sketch.shorter_side(self._sketched.frame)
        return captions.drawing(side, self._min_px, self._sketch.corner, self._problem)

    # --- drawing a region ------------------------------------------------------------------

    @property
    def drawing_region(self) -> bool:
        """Whether a region is being drawn."""
        return self._sketch is not None or self._begin is not None

    def start_region(self, *, min_px: int = 0, remembered: Region | None = None) -> bool:
        """Begin a region on the active picture; False while there is no picture.

        It starts at the remembered region of this capture, else in the middle of the view.
        `min_px`: what the item asks of the shorter side, in pixels of the original.
        """
        if not self._pictures or self._active_picture().pyramid is None:
            return False
        picture = self._sketched = self._active_picture()
        if not picture.placed:
            # Behind another tab so far: the pane gets its size when it is brought up.
            self._begin = partial(self.start_region, min_px=min_px, remembered=remembered)
            return True
        known = remembered is not None and remembered.capture == picture.capture.sha256
        points = remembered.points if remembered is not None and known else ()
        self._min_px = min_px
        self._sketch = regions.started(picture.view, picture.frame, points)
        self._follow()
        self._sketch_changed()
        return True

    def region_move(self, dx: float, dy: float) -> None:
        """Move the selected corner, or the whole region, by cells; the view follows."""
        self._change(partial(_moved, dx=dx, dy=dy))

    def region_size(self, dx: float, dy: float) -> None:
        """Make the region wider and taller by cells, or narrower and lower."""
        self._change(partial(_sized, dx=dx, dy=dy))

    def region_next_corner(self, step: int = 1) -> None:
        """Select the next corner to move; after the last, the whole region again."""
        self._change(lambda sketch, _: regions.next_corner(sketch, step))

    def region_accept(self) -> bool:
        """Take the region and post it; False, with the reason shown, where it is none."""
        if self._sketch is None or self._sketched is None:
            return False
        try:
            region = self._sketch.region(self._sketched.capture.sha256)
        except InputError as error:
            self._problem = error.what
            self._tell_hint()
            return False
        self._end_sketch()
        self.post_message(self.RegionAccepted(region))
        return True

    def region_cancel(self) -> None:
        """Give the region up and say so."""
        if self.drawing_region:
            self._end_sketch()
            self.post_message(self.RegionCancelled())

    def _end_sketch(self) -> None:
        self._sketch = self._sketched = self._begin = None
        self._problem = ""
        self._end_drag()
        self._sketch_changed()

    def _change(self, change: Callable[[Sketch, Picture], Sketch]) -> None:
        if self._sketch is None or self._sketched is None:
            return
        self._sketch = change(self._sketch, self._sketched)
        self._problem = self._sketch.problem()
        self._follow()
        self._sketch_changed()

    def _follow(self) -> None:
        picture, sketch = self._sketched, self._sketch
        if picture is None or sketch is None or self._drag is not None:
            return
        if picture.take(partial(_followed, sketch=sketch)):
            self.changed()

    def _sketch_changed(self) -> None:
        self.marks_changed()
        self._tell_hint()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the pictures into the new size; begin a region that waited for one."""
        super().on_resize(event)
        begin = self._begin
        if begin is not None and self.size.width:
            self._begin = None
            begin()

    def show_capture(self, capture: Capture, source: Source, **options: Any) -> None:
        """Show a capture; gives up a region that was being drawn on another."""
        self.region_cancel()
        super().show_capture(capture, source, **options)

    def stop_comparing(self) -> None:
        """Show one picture again; gives up a region that was being drawn on the other."""
        if self.comparing and self._sketched is self._pictures[1]:
            self.region_cancel()
        super().stop_comparing()

    # --- mouse -----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to pan, or to draw or change a region."""
        if event.button != 1 or not self._pictures:
            return
        event.stop()
        index = self._part_at(event)
        spot = self._spot(event, index)
        if not (self.comparing and self._linked):
            self._active = index
        picture = self._pictures[index]
        on_region = self._sketch is not None and picture is self._sketched
        self._drag = self._region_drag(picture, spot) if on_region else self._pan_drag(spot)
        self._dragged_part = index
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with what the button began."""
        if self._drag is not None:
            event.stop()
            self._drag(self._spot(event, self._dragged_part))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End what the button began."""
        if self._drag is not None:
            event.stop()
            self._end_drag()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Magnify about the pointer."""
        self._wheel(event, WHEEL_ZOOM)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show more, about the pointer."""
        self._wheel(event, 1 / WHEEL_ZOOM)

    def _wheel(self, event: events.MouseEvent, factor: float) -> None:
        if self._pictures:
            event.stop()
            event.prevent_default()
            self.zoom_by(factor, self._spot(event, self._part_at(event)))

    _dragged_part = 0

    def _end_drag(self) -> None:
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def _part_at(self, event: events.MouseEvent) -> int:
        column = event.get_content_offset_capture(self).x
        spans = self.spans()
        return 1 if len(spans) == 2 and column >= spans[1][0] else 0

    def _spot(self, event: events.MouseEvent, index: int) -> Point:
        """Return the pointer's place in screen pixels of a picture's part of the pane."""
        start = self.spans()[min(index, len(self.spans()) - 1)][0]
        x, y = event.pointer_x - self.gutter.left, event.pointer_y - self.gutter.top
        # Terminals that report whole cells mean their middle.
        x = x + 0.5 if x == int(x) else x
        y = y + 0.5 if y == int(y) else y
        return x - start, y * 2

    def _pan_drag(self, start: Point) -> Drag:
        at = [start]

        def drag(spot: Point) -> None:
            dx, dy = at[0][0] - spot[0], at[0][1] - spot[1]
            at[0] = spot
            self.pan_pixels(dx, dy)

        return drag

    def _region_drag(self, picture: Picture, start: Point) -> Drag:
        sketch = self._sketch
        if sketch is None:
            return self._pan_drag(start)
        view, frame = picture.view, picture.frame
        corner = regions.corner_at(sketch, view, frame, int(start[0]), int(start[1] // 2))
        origin = views.screen_to_image(view, frame, start)
        if corner is not None:
            self._change(lambda now, _: Sketch(now.points, corner))
            return lambda spot: self._change(partial(_corner_put, corner=corner, spot=spot))
        if geometry.contains(sketch.points, origin):
            return lambda spot: self._change(
                partial(_carried, before=sketch, origin=origin, spot=spot)
            )
        return lambda spot: self._change(
            lambda _, shown: regions.boxed(shown.view, shown.frame, start, spot)
        )


def _moved(sketch: Sketch, picture: Picture, dx: float, dy: float) -> Sketch:
    return regions.moved(sketch, picture.view, picture.frame, dx, dy)


def _sized(sketch: Sketch, picture: Picture, dx: float, dy: float) -> Sketch:
    return regions.sized(sketch, picture.view, picture.frame, dx, dy)


def _corner_put(sketch: Sketch, picture: Picture, corner: int, spot: Point) -> Sketch:
    point = views.screen_to_image(picture.view, picture.frame, spot)
    return regions.put_corner(sketch, corner, point, picture.frame)


def _carried(_: Sketch, picture: Picture, before: Sketch, origin: Point, spot: Point) -> Sketch:
    here = views.screen_to_image(picture.view, picture.frame, spot)
    width, height = picture.frame.width, picture.frame.height
    dx = round((here[0] - origin[0]) * width) / width
    dy = round((here[1] - origin[1]) * height) / height
    return Sketch(geometry.nudge(before.points, dx, dy), before.corner)


def _followed(view: View, frame: views.Frame, sketch: Sketch) -> View:
    return regions.followed(sketch, view, frame)
