"""What the desk needs from the screen around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region

if TYPE_CHECKING:
    from docexam.tui.desk.proposing import Job
    from docexam.workbench.proposing import Proposer


class Mark(NamedTuple):
    """A region to show on its capture.

    `kind`: `region` of the item, `place`, or what an aid proposes: `aid`, `aid-current`.
    """

    region: Region
    label: str
    kind: str = "region"


class Shown(NamedTuple):
    """What came of showing true pixels. `opened`: a viewer has started; else a file waits."""

    told: str
    opened: bool


class ViewPane(Protocol):
    """The capture pane's own commands, which change the view and nothing else."""

    @property
    def comparing(self) -> bool:
        """Whether two captures are shown side by side."""

    def zoom_in(self) -> None:
        """Magnify by one step."""

    def zoom_out(self) -> None:
        """Show more by one step."""

    def one_to_one(self) -> None:
        """Show one pixel of the original per screen pixel."""

    def fit(self) -> None:
        """Show the whole capture."""

    def pan(self, dx: float, dy: float) -> None:
        """Look further right and down by steps of an eighth of the pane."""

    def rotate(self, quarters: int = 1) -> None:
        """Turn clockwise."""

    def toggle_grey(self) -> None:
        """Show without colours."""

    def toggle_invert(self) -> None:
        """Swap dark and light."""

    def step_contrast(self) -> None:
        """Stretch contrast harder."""

    def step_sharpen(self) -> None:
        """Sharpen more."""

    def cycle_channel(self, step: int = 1) -> None:
        """Show the next channel."""

    def reset_enhancements(self) -> None:
        """Show the plain picture."""

    def cycle_renderer(self) -> str:
        """Draw with the next kind of glyphs and return its name."""

    def toggle_linked(self) -> bool:
        """Move both pictures together, or only one; return whether together."""

    def swap_active(self) -> None:
        """Make the other picture the active one."""

    def match_scale(self, match: Literal["pixels", "width"] = "pixels") -> None:
        """Give the right picture the left one's scale."""

    def region_move(self, dx: float, dy: float) -> None:
        """Move the region being drawn, or its selected corner, by cells."""

    def region_size(self, dx: float, dy: float) -> None:
        """Make the region being drawn wider and higher by cells."""

    def region_next_corner(self, step: int = 1) -> None:
        """Select the next corner."""

    def region_accept(self) -> bool:
        """Take the region as it is drawn."""

    def region_cancel(self) -> None:
        """Stop drawing."""


class Picture(Protocol):
    """The capture pane and which captures it shows."""

    @property
    def pane(self) -> ViewPane:
        """The pane itself."""

    @property
    def drawing(self) -> bool:
        """Whether a region is being drawn."""

    def view_kept(self) -> Mapping[str, Any] | None:
        """Return what a finding keeps of the view; None where no picture is shown."""

    def below_one_to_one(self) -> bool:
        """Whether pixels of the original share screen pixels in the view that is shown."""

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these regions."""

    def show_region(self, region: Region) -> None:
        """Turn to a region's capture and show the region in the middle."""

    def start_region(self, min_px: int, remembered: Region | None) -> None:
        """Let the examiner draw a region; the screen hands it to the desk."""

    def shown_capture(self) -> Capture | None:
        """Return the capture that is shown."""

    def turn_to(self, step: int) -> str:
        """Show the next (1) or previous (-1) capture; return what to tell, often nothing."""

    def compare(self) -> str:
        """Show the next capture beside this one, or only one again; return what to tell."""

    def refresh_captures(self) -> None:
        """Take in captures that were added meanwhile."""

    def memory(self) -> Mapping[str, Any]:
        """Return what to remember of the view between visits."""


class Stage(Protocol):
    """The screen itself."""

    def focus_pane(self, name: str) -> None:
        """Bring `list`, `capture`, `question` or `aid` to the front and focus it."""

    def capture_to_front(self) -> None:
        """Bring the capture to the front where a narrow screen hides it."""

    def next_pane(self, step: int) -> None:
        """Go round the panes."""

    def open_window(self, name: str) -> None:
        """Open `help`, `palette`, `journal` or `close` over the screen."""

    def next_theme(self) -> str:
        """Change the colours; return the theme's name."""

    def list_page(self) -> int:
        """Return how many lines of the list are in sight."""

    def scroll_question(self, pages: int) -> None:
        """Scroll the question pane."""

    def show_png(self, data: bytes, name: str) -> Shown:
        """Open true pixels in the system's viewer, else keep them in a private file.

        Raises MachineError.
        """

    def write_png(self, data: bytes, name: str) -> str:
        """Write true pixels beside where the program was started; return what to tell."""

    def proposer(self) -> Proposer:
        """Return what asks aids and keeps what they proposed on this examination."""

    def start_aid(self, job: Job) -> None:
        """Let an aid work away from the keys; the desk hears of it through `Proposing.came`."""

    def leave(self) -> None:
        """Leave the review."""
