"""The drawn surface of the capture pane: pictures in cells on the line API.

`CaptureCanvas` loads captures, paints one or two of them with marks on top, and keeps title and
hint in its border. It knows nothing of commands; `capture_viewing` adds those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region as Area
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from docexam.domain.text import visible
from docexam.errors import DocexamError
from docexam.tui.widgets import capture_captions as captions
from docexam.tui.widgets.capture_loading import Arrival, Broken, Shelf, Source, load, reason_of
from docexam.tui.widgets.capture_marks import Mark, Marks, overlaid
from docexam.tui.widgets.capture_messages import Loaded, LoadFailed, ViewChanged
from docexam.tui.widgets.capture_pacing import Pacer, Stoppable, unwritten
from docexam.tui.widgets.capture_painting import Painter
from docexam.tui.widgets.capture_picture import Drawing, Picture
from docexam.tui.widgets.capture_updates import send_only_what_changed

if TYPE_CHECKING:
    from textual import events
    from textual.filter import LineFilter

    from docexam.imaging.cells import Cells, Mode
    from docexam.imaging.pyramid import Pyramid

Renderer = Literal["auto", "half", "quadrant"]
Link = Literal["fast", "slow"]
RowMarks = dict[int, dict[int, Mark]]

SETTLED_BYTES = 54_000
FAST_BYTES_PER_CELL = 36.0
SLOW_BYTES_PER_CELL = 3.5
MOVING_BYTES_PER_CELL = 2.5


class Arrived(Message, namespace="capture_canvas"):
    """Something came out of a loading thread."""

    def __init__(self, ticket: int, arrival: Arrival) -> None:
        super().__init__()
        self.ticket = ticket
        self.arrival = arrival


class CaptureCanvas(Widget, can_focus=True):
    """Paints captures; see `CapturePane` for what may be asked of it."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    CaptureCanvas { width: 1fr; height: 1fr; }
    """

    def __init__(
        self,
        *,
        renderer: Renderer = "auto",
        link: Link = "fast",
        no_color: bool = False,
        keys: Mapping[str, str] | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._renderer: Renderer = renderer
        self._plain = no_color
        self._mode: Mode = "half"
        self._link: Link = link
        self._keys = {**captions.KEYS, **(keys or {})}
        self._pictures: list[Picture] = []
        self._total = 0
        self._shelf = Shelf()
        self._views: dict[str, Mapping[str, object]] = {}
        self._tickets = 0
        self._painter = Painter()
        self._lines: list[Strip] | None = None
        self._sides: tuple[list[Segment], list[Segment]] = ([], [])
        self._framed: dict[int, tuple[Strip, Strip]] = {}
        self._marks: list[RowMarks] = []
        self._settled = True
        self._caption = ""
        self._pacer = Pacer(self._paint, self._later, self._backlog, slow=link == "slow")

    # --- life ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Choose the way of drawing that this terminal can show."""
        self._mode = self._first_mode()
        send_only_what_changed(self.screen)

    def on_unmount(self) -> None:
        """Stop timers; threads see for themselves that they are not wanted any more."""
        self._pacer.stop()
        self._pictures = []

    def _first_mode(self) -> Mode:
        if not self.in_colour:
            return "ascii"
        return "quadrant" if self._renderer == "quadrant" else "half"

    @property
    def in_colour(self) -> bool:
        """Whether pictures are drawn in colours: not under NO_COLOR, not with 16 of them."""
        few = self.app.console.color_system in ("standard", "windows") and not self.app.is_headless
        return not (self._plain or self.app.no_color or few)

    # --- loading ---------------------------------------------------------------------------

    def _open(self, picture: Picture, source: Source) -> None:
        """Show a picture kept, or decode it in a thread once the screen has been painted."""
        self._tickets += 1
        picture.ticket = self._tickets
        kept = self._shelf.get(picture.capture.sha256)
        if isinstance(source, (str, DocexamError)):
            self._refuse(picture, reason_of(source))
        elif kept is not None:
            self._receive(picture, kept)
        else:
            self.call_after_refresh(self._start, picture, source)

    def _start(self, picture: Picture, source: Source) -> None:
        ticket = picture.ticket
        if not self._unwanted(ticket):
            publish, unwanted = partial(self._publish, ticket), partial(self._unwanted, ticket)
            work = partial(load, source, publish, unwanted)
            self.run_worker(work, thread=True, group="capture", exit_on_error=False)

    def _publish(self, ticket: int, arrival: Arrival) -> None:
        self.post_message(Arrived(ticket, arrival))

    def _unwanted(self, ticket: int) -> bool:
        """Whether nobody waits any more for what the thread with this ticket decodes."""
        return not any(picture.ticket == ticket for picture in self._pictures)

    def on_capture_canvas_arrived(self, message: Arrived) -> None:
        """Show what a thread decoded, if it is still wanted."""
        message.stop()
        picture = next((p for p in self._pictures if p.ticket == message.ticket), None)
        if picture is None:
            return
        if isinstance(message.arrival, Broken):
            self._refuse(picture, message.arrival.reason)
        else:
            self._receive(picture, message.arrival.pyramid)

    def _refuse(self, picture: Picture, reason: str) -> None:
        picture.reason = reason
        picture.pyramid = None
        self.post_message(LoadFailed(picture.capture, reason))
        self.changed()

    def _receive(self, picture: Picture, pyramid: Pyramid) -> None:
        enough = picture.sharp_enough()
        picture.pyramid = pyramid
        self._arrange()
        if pyramid.complete:
            self._shelf.keep(picture.capture.sha256, pyramid)
            self.post_message(Loaded(picture.capture))
        if enough:
            self._tell()
        else:
            self.changed()

    # --- painting --------------------------------------------------------------------------

    def changed(self) -> None:
        """What is shown changed: paint the newest state as soon as the line allows."""
        self._pacer.request()

    def _later(self, seconds: float, then: Callable[[], None]) -> Stoppable:
        return self.set_timer(seconds, then)

    def _backlog(self) -> int:
        return unwritten(self.app) if self.is_mounted else 0

    def _paint(self, settled: bool) -> None:
        self._settled = settled
        self._lines = None
        self._tell()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the pictures into the new size."""
        self._arrange()
        self._lines = None
        self._tell()

    def notify_style_update(self) -> None:
        """A theme or a style changed: every colour may be another."""
        super().notify_style_update()
        self._lines = None

    def get_line_filters(self) -> list[LineFilter]:
        """Leave out the filters that only look for ANSI colours; a picture has none."""
        from textual.filter import ANSIToTruecolor

        return [f for f in super().get_line_filters() if not isinstance(f, ANSIToTruecolor)]

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return first column and width of each picture's part of the pane."""
        width = self.size.width
        if len(self._pictures) < 2:
            return ((0, width),)
        # Both parts are equally wide, or linked pictures would drift apart at the edges.
        half = max(1, (width - 1) // 2)
        return (0, half), (width - half, half)

    def _arrange(self) -> None:
        for picture, (_, columns) in zip(self._pictures, self.spans(), strict=False):
            picture.place(columns, self.size.height)

    def drawing(self) -> Drawing:
        """Return how pictures are drawn now."""
        area = max(1, self.size.width * self.size.height)
        _, background = self.background_colors
        colour = background.rgb
        return Drawing(
            self._mode,
            colour,
            min(self._bytes_per_cell(), SETTLED_BYTES / area),
            self.in_colour is False and not self.app.current_theme.dark,
        )

    def _bytes_per_cell(self) -> float:
        if self._link == "fast":
            return FAST_BYTES_PER_CELL
        return SLOW_BYTES_PER_CELL if self._settled else MOVING_BYTES_PER_CELL

    def render_line(self, y: int) -> Strip:
        """Return one row of the pictures, drawing all of them when something changed."""
        lines = self._lines
        if lines is None:
            lines = self._lines = self._draw()
        return lines[y] if y < len(lines) else Strip.blank(self.size.width, self.rich_style)

    def render_lines(self, crop: Area) -> list[Strip]:
        """Return rows with the border around them.

        Textual styles every row anew; for a picture only the border needs that, which halves
        the time a frame takes. One styled row of the picture lends its border to the others.
        """
        height, gutter = self.size.height, self.gutter
        styled = height < 2 or self.opacity != 1.0 or self.styles.tint.a or self.styles.padding
        if styled or crop.column_span != (0, self.outer_size.width):
            return super().render_lines(crop)
        first = super().render_lines(Area(0, gutter.top, crop.width, 1))[0]
        left, right = list(first)[: gutter.left], list(first)[len(first) - gutter.right :]
        if (left, right) != self._sides:
            self._sides, self._framed = (left, right), {}
        above = super().render_lines(Area(0, 0, crop.width, gutter.top))
        below = super().render_lines(Area(0, gutter.top + height, crop.width, gutter.bottom))
        rows = [*above, *map(self._framed_row, range(height)), *below]
        return rows[crop.y : crop.bottom]

    def _framed_row(self, y: int) -> Strip:
        line = self.render_line(y)
        kept = self._framed.get(y)
        if kept is None or kept[0] is not line:
            left, right = self._sides
            framed = Strip([*left, *line, *right], self.outer_size.width)
            kept = self._framed[y] = (line, framed)
        return kept[1]

    def _draw(self) -> list[Strip]:
        self._painter.plain = self.rich_style
        self._marks = self._marks_now()
        drawn = self._cells()
        return [self._row(drawn, y) for y in range(self.size.height)]

    def _cells(self) -> list[Cells | None]:
        drawing = self.drawing()
        return [picture.cells(drawing) for picture in self._pictures]

    def _row(self, drawn: list[Cells | None], y: int) -> Strip:
        spans = self.spans()
        parts = [self._part(drawn, index, y, width) for index, (_, width) in enumerate(spans)]
        if len(parts) == 1:
            return parts[0]
        gap = spans[1][0] - spans[0][1]
        between = Strip([Segment("│".ljust(gap), self._painter.plain)], gap)
        return Strip.join([parts[0], between, parts[1]])

    def _part(self, drawn: list[Cells | None], index: int, y: int, columns: int) -> Strip:
        cells = drawn[index] if index < len(drawn) else None
        if cells is None or cells.columns != columns or y >= cells.rows:
            return self._words(index, y, columns)
        marks = self._marks[index].get(y) if index < len(self._marks) else None
        line = overlaid(cells.lines[y], marks) if marks else cells.lines[y]
        return self._painter.strip(line, columns)

    def _words(self, index: int, y: int, columns: int) -> Strip:
        """Return a row of the panel that says why there is no picture (yet)."""
        picture = self._pictures[index] if index < len(self._pictures) else None
        lines = _panel(captions.panel(picture), columns, self.size.height)
        text = lines[y] if y < len(lines) else ""
        words = text.lstrip()
        blank = Segment(" " * (len(text) - len(words)), self.rich_style)
        strip = Strip([blank, Segment(words, self.rich_style)])
        return strip.adjust_cell_length(columns, self.rich_style)

    # --- marks on top ----------------------------------------------------------------------

    def marks_on(self, picture: Picture) -> Marks:
        """Return the marks over a picture; the subclasses know them."""
        return {}

    def _marks_now(self) -> list[RowMarks]:
        return [_by_row(self.marks_on(picture)) for picture in self._pictures]

    def marks_changed(self) -> None:
        """Repaint only the cells whose marks changed."""
        if self._lines is None:
            return
        before, self._marks = self._marks, self._marks_now()
        spots: set[tuple[int, int]] = set()
        for (start, _), old, new in zip(self.spans(), before, self._marks, strict=False):
            spots |= {(start + x, y) for x, y in _differing(old, new)}
        drawn = self._cells()
        for y in {y for _, y in spots if y < len(self._lines)}:
            self._lines[y] = self._row(drawn, y)
        if spots:
            self.refresh(*_areas(spots))

    # --- border ----------------------------------------------------------------------------

    def _tell(self) -> None:
        """Bring title and hint up to date and tell the screen of another caption."""
        caption = self.caption
        self._set_edge("_border_title", caption, -1)
        self._tell_hint()
        if caption != self._caption:
            self._caption = caption
            self.post_message(ViewChanged(caption))

    def _tell_hint(self) -> None:
        self._set_edge("_border_subtitle", self.hint, self.size.height)

    @property
    def caption(self) -> str:
        """The title line: “2/4 identity  ×3.2  ink channel”."""
        return captions.caption(self._pictures, self._total)

    @property
    def hint(self) -> str:
        """What the examiner should know of this view, for the lower border; often empty."""
        if not self._pictures or self._pictures[0].pyramid is None:
            return ""
        return captions.too_small(self._pictures[0], self._mode, self._keys, self.size.width - 4)

    def _set_edge(self, name: str, text: str, row: int) -> None:
        # The public setter repaints the whole pane, tens of kilobytes for a few letters.
        label = Content(visible(text)) if text else None
        if getattr(self, name) == label:
            return
        setattr(self, name, label)
        if self.gutter.top:
            self.refresh(Area(-1, row, self.outer_size.width, 1))


def _panel(text: str, columns: int, rows: int) -> list[str]:
    """Return the lines of a short text in the middle of `columns`×`rows` cells."""
    width = max(4, min(60, columns - 4))
    lines = [line for part in text.split("\n") for line in wrap(part, width) or [""]]
    top = max(0, (rows - len(lines)) // 2)
    left = " " * max(0, (columns - width) // 2)
    return [""] * top + [left + line for line in lines]


def _by_row(marks: Marks) -> RowMarks:
    rows: RowMarks = {}
    for (x, y), mark in marks.items():
        rows.setdefault(y, {})[x] = mark
    return rows


def _differing(old: RowMarks, new: RowMarks) -> Iterable[tuple[int, int]]:
    for y in old.keys() | new.keys():
        before, after = old.get(y, {}), new.get(y, {})
        if before != after:
            yield from (
                (x, y) for x in before.keys() | after.keys() if before.get(x) != after.get(x)
            )


def _areas(spots: Iterable[tuple[int, int]]) -> list[Area]:
    """Return areas one row high that cover `spots`, near ones together.

    Moving the cursor costs about as much as one cell.
    """
    areas: list[Area] = []
    for y, x in sorted((y, x) for x, y in spots):
        last = areas[-1] if areas else None
        if last is not None and last.y == y and x <= last.right + 1:
            areas[-1] = Area(last.x, y, x + 1 - last.x, 1)
        else:
            areas.append(Area(x, y, 1, 1))
    return areas


__all__ = ["CaptureCanvas", "Link", "Renderer"]
