"""Partial updates that send what changed and no more.

Textual 8.2.8 starts a partial update of a row at the left edge of the widget that the row
belongs to, and once more for every further span of the row. For a picture that is most of a
frame where two cells changed. Here the compositor of the screen that holds the pane is given
an update that cuts spans on both sides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.console import Console
    from textual.screen import Screen


class TrimmedUpdate(ChopsUpdate):
    """A partial update cut to the extents of its spans on both sides."""

    def render_segments(self, console: Console) -> str:
        """Return the bytes for the terminal, as text."""
        out: list[str] = []
        for y, x1, x2 in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= x2 or end <= x1:
                    continue
                first, last = max(x, x1), min(end, x2)
                part = strip if (first, last) == (x, end) else strip.crop(first - x, last - x)
                out.append(Control.move_to(first, y).segment.text)
                out.append(part.render(console))
        return "".join(out)


class TrimmingCompositor(Compositor):
    """A compositor whose partial updates are trimmed."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return the partial update that Textual would send, trimmed."""
        update = super().render_partial_update()
        if update is None:
            return None
        return TrimmedUpdate(update.chops, update.spans, update.chop_ends)


def send_only_what_changed(screen: Screen[Any]) -> None:
    """Let the partial updates of `screen` be trimmed. Leaves an unknown compositor alone."""
    compositor = getattr(screen, "_compositor", None)
    if type(compositor) is Compositor:
        compositor.__class__ = TrimmingCompositor
