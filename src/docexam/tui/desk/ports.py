"""What the desk needs from the screen around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region


@dataclass(frozen=True, slots=True)
class Mark:
    """A region to show on its capture. `kind`: `region` of the item, or `place`."""

    region: Region
    label: str
    kind: str = "region"


class Picture(Protocol):
    """The capture pane."""

    @property
    def drawing(self) -> bool:
        """Whether a region is being drawn."""

    def view_kept(self) -> Mapping[str, Any] | None:
        """Return what a finding keeps of the view; None where no picture is shown."""

    def below_one_to_one(self) -> bool:
        """Whether the picture is drawn in cells at less than one sample a pixel."""

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these regions."""

    def show_region(self, region: Region) -> None:
        """Turn to a region's capture and fit the region."""

    def start_region(self, purpose: str) -> None:
        """Let the examiner draw a region; the screen hands it to the desk."""

    def cancel_region(self) -> None:
        """Stop drawing."""

    def shown_capture(self) -> Capture | None:
        """Return the capture that is shown."""

    def act(self, name: str) -> str:
        """Do one of the pane's own acts (zoom, pan, …); return what to tell, often nothing."""

    def memory(self) -> Mapping[str, Any]:
        """Return what to remember of the view between visits."""


class Stage(Protocol):
    """The screen itself."""

    def focus_pane(self, name: str) -> None:
        """Bring `list`, `capture` or `question` to the front and focus it."""

    def next_pane(self, step: int) -> None:
        """Go round the panes."""

    def open_window(self, name: str) -> None:
        """Open `help`, `palette`, `journal` or `close` over the screen."""

    def next_theme(self) -> str:
        """Change the colours; return the theme's name."""

    def move_list(self, how: str) -> None:
        """Move in the list: `page-up`, `page-down`."""

    def scroll_question(self, pages: int) -> None:
        """Scroll the question pane."""

    def show_png(self, data: bytes, name: str) -> str:
        """Open true pixels in the system's viewer; return what to tell. Raises MachineError."""

    def write_png(self, data: bytes, name: str) -> str:
        """Write true pixels beside where the program was started; return what to tell."""

    def leave(self) -> None:
        """Leave the review."""
