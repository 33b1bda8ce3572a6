"""Widgets that show styled lines and repaint only the lines that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from docexam.domain.text import visible
from docexam.tui.lines import Line, Span, cells

if TYPE_CHECKING:
    from docexam.tui.application import DocexamApp


class Picked(Message, namespace="lines"):
    """Something was clicked. `target`: what the clicked words mean; `line`: the line's number."""

    def __init__(self, sender: Widget, target: str, line: int) -> None:
        super().__init__()
        self.sender = sender
        self.target = target
        self.line = line


class Painter:
    """Turns lines into strips, in the styles that the application's palette gives to roles."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[str, Style] = {}

    def forget(self) -> None:
        """Look the styles up anew, after a change of theme."""
        self._styles.clear()

    def style(self, role: str) -> Style:
        """Return the style of a role on this widget; the widget's own for an unknown one."""
        style = self._styles.get(role)
        if style is None:
            roles = cast("DocexamApp", self._widget.app).palette.roles
            style = self._widget.rich_style + roles.get(role, Style.null())
            self._styles[role] = style
        return style

    def laid_over(self, role: str) -> Style | None:
        """Return the style of a role that lies over a whole line."""
        return cast("DocexamApp", self._widget.app).palette.roles.get(role) if role else None

    def strip(self, line: Line, width: int, over: str = "") -> Strip:
        """Return one line at `width` cells; `over` is a role laid over the whole line."""
        on_top = self.laid_over(over)
        segments = [self._segment(span, on_top) for span in line]
        plain = self.style("")
        return Strip(segments).adjust_cell_length(width, plain + on_top if on_top else plain)

    def _segment(self, span: Span, on_top: Style | None) -> Segment:
        # The last gate before the terminal: whatever reached a span, nothing in it can act.
        style = self.style(span.role)
        return Segment(visible(span.text), style + on_top if on_top else style)


def target_at(line: Line, x: int) -> str:
    """Return the target of the span under column `x`; of the line's last target right of it."""
    at = 0
    for span in line:
        at += cells(span.text)
        if x < at:
            return span.target
    return ""


def show_tip(widget: Widget, tips: Mapping[str, str], target: str) -> None:
    """Let the mouse's tip say what a click on `target` would do."""
    words = tips.get(target, "")
    tip = Content(visible(words)) if words else None
    if widget.tooltip != tip:
        widget.tooltip = tip


class LinesView(ScrollView, can_focus=True):
    """A scrollable pane of lines; posts `Picked` for clicks. `tips`: what a target does."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self.tips: Mapping[str, str] = {}
        self.cursor = -1
        self._painter = Painter(self)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; only those that differ from what was shown are painted."""
        old, self.lines = self.lines, lines
        if len(old) != len(lines):
            self.virtual_size = Size(self.scrollable_content_region.width, len(lines))
            self.refresh()
            return
        for y, (before, now) in enumerate(zip(old, lines, strict=True)):
            if before is not now and before != now:
                self.paint(y)

    def paint(self, y: int, count: int = 1) -> None:
        """Repaint some lines, if they are in sight."""
        top = y - self.scroll_offset.y
        if -count < top < self.size.height:
            self.refresh(Region(0, top, self.size.width, count))

    def set_cursor(self, y: int) -> None:
        """Put the cursor on a line and bring it into sight."""
        if y == self.cursor:
            return
        old, self.cursor = self.cursor, y
        for line in (old, y):
            if 0 <= line < len(self.lines):
                self.paint(line)
        self.bring_into_sight(y)

    def bring_into_sight(self, y: int) -> None:
        """Scroll as little as needed to show a line, with one line around it."""
        height = self.scrollable_content_region.height
        if y < 0 or height < 1:
            return
        top = self.scroll_offset.y
        if y < top + 1:
            self.scroll_to(y=max(0, y - 1), animate=False, force=True)
        elif y > top + height - 2:
            self.scroll_to(y=y - height + 2, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Return one line of what is in sight."""
        at = y + self.scroll_offset.y
        line = self.line_at(at)
        over = ""
        if at == self.cursor:
            over = "line-focus" if self.has_focus else "line"
        return self._painter.strip(line, self.scrollable_content_region.width, over)

    def line_at(self, at: int) -> Line:
        """Return a line by its number; an empty one past the end."""
        return self.lines[at] if at < len(self.lines) else ()

    def notify_style_update(self) -> None:
        """Follow a change of theme."""
        super().notify_style_update()
        self._painter.forget()

    def on_focus(self) -> None:
        """Show by the cursor's line who has the focus."""
        self._repaint_cursor()

    def on_blur(self) -> None:
        """Show by the cursor's line that the focus went."""
        self._repaint_cursor()

    def _repaint_cursor(self) -> None:
        if 0 <= self.cursor < len(self.lines):
            self.paint(self.cursor)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight at another size."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.lines))
        self.bring_into_sight(self.cursor)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell what is under the mouse."""
        offset = event.get_content_offset(self) if self.tips else None
        if offset is not None:
            line = self.line_at(offset.y + self.scroll_offset.y)
            show_tip(self, self.tips, target_at(line, offset.x))

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = offset.y + self.scroll_offset.y
        if line < len(self.lines):
            self.post_message(Picked(self, target_at(self.lines[line], offset.x), line))


class Bar(Widget):
    """A few lines that do not scroll: a top line, a bottom line, a strip. `tips` as above."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[Line] = ()
        self.tips: Mapping[str, str] = {}
        self._painter = Painter(self)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell what is under the mouse."""
        offset = event.get_content_offset(self) if self.tips else None
        if offset is not None and offset.y < len(self.lines):
            show_tip(self, self.tips, target_at(self.lines[offset.y], offset.x))

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; only those that changed are painted."""
        old, self.lines = self.lines, lines
        for y in range(max(len(old), len(lines))):
            before = old[y] if y < len(old) else ()
            now = lines[y] if y < len(lines) else ()
            if before != now and y < self.size.height:
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        line = self.lines[y] if y < len(self.lines) else ()
        return self._painter.strip(line, self.size.width)

    def notify_style_update(self) -> None:
        """Follow a change of theme."""
        super().notify_style_update()
        self._painter.forget()

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self.lines):
            self.post_message(Picked(self, target_at(self.lines[offset.y], offset.x), offset.y))
