"""The capture pane: a photograph in cells, to look at closely and to mark regions on."""

from __future__ import annotations

from docexam.tui.widgets import capture_messages as messages
from docexam.tui.widgets.capture_viewing import CaptureViewer


class CapturePane(CaptureViewer):
    """Shows the capture; posts messages and decides nothing."""

    ViewChanged = messages.ViewChanged
    LoadFailed = messages.LoadFailed
    Loaded = messages.Loaded
    RegionAccepted = messages.RegionAccepted
    RegionCancelled = messages.RegionCancelled
