"""What the capture pane tells the screen; handlers are named `on_capture_pane_…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from docexam.domain.exhibit import Capture
    from docexam.domain.finding import Region


class ViewChanged(Message, namespace="capture_pane"):
    """Another view is shown. `caption` is the title line: “2/4 identity  ×3.2  ink channel”."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.caption = caption


class LoadFailed(Message, namespace="capture_pane"):
    """A capture could not be shown; `reason` is in words, already visible()."""

    def __init__(self, capture: Capture, reason: str) -> None:
        super().__init__()
        self.capture = capture
        self.reason = reason


class Loaded(Message, namespace="capture_pane"):
    """A capture is decoded whole and shown at its full resolution."""

    def __init__(self, capture: Capture) -> None:
        super().__init__()
        self.capture = capture


class RegionAccepted(Message, namespace="capture_pane"):
    """The examiner drew a region and took it."""

    def __init__(self, region: Region) -> None:
        super().__init__()
        self.region = region


class RegionCancelled(Message, namespace="capture_pane"):
    """The examiner gave the drawing of a region up."""
