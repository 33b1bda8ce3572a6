"""What the screen does for the desk: panes, windows, files, colours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docexam.errors import MachineError
from docexam.tui.commands import BY_ID
from docexam.tui.desk.ports import Shown
from docexam.tui.keyboard import shown

if TYPE_CHECKING:
    from docexam.tui.application import DocexamApp
    from docexam.tui.desk.proposing import Job
    from docexam.tui.screens.review import ReviewScreen
    from docexam.workbench.proposing import Proposer


# How long an opener is watched: one that finds no viewer gives up within it.
_VIEWER_SECONDS = 0.4


class ScreenStage:
    """The desk's `Stage` on a review screen."""

    def __init__(self, screen: ReviewScreen) -> None:
        self._screen = screen
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def focus_pane(self, name: str) -> None:
        """Bring a pane to the front and focus it."""
        self._screen.bring_up(name)

    def next_pane(self, step: int) -> None:
        """Go round the panes."""
        panes = self._screen.panes
        at = panes.index(self._screen.at_pane)
        self._screen.bring_up(panes[(at + step) % len(panes)])

    def open_window(self, name: str) -> None:
        """Open `help`, `palette`, `journal` or `close` over the screen."""
        from docexam.tui.screens.windows import window

        desk = self._screen.desk
        if desk.writing.open:
            desk.writing.leave(desk.writing.now)
        if desk.writing.open is None:
            self._screen.app.push_screen(window(name, self._screen))

    def next_theme(self) -> str:
        """Change the colours; return the theme's name."""
        return cast("DocexamApp", self._screen.app).next_theme()

    def list_page(self) -> int:
        """Return how many lines of the list are in sight."""
        return self._screen.list.page

    def scroll_question(self, pages: int) -> None:
        """Scroll the question pane."""
        view = self._screen.question
        height = max(view.scrollable_content_region.height - 1, 1)
        view.scroll_to(y=view.scroll_offset.y + pages * height, animate=False)

    def capture_to_front(self) -> None:
        """Bring the capture to the front where a narrow screen hides it."""
        if self._screen.has_class("-narrow"):
            self._screen.bring_up("capture")

    def show_png(self, data: bytes, name: str) -> Shown:
        """Open true pixels in the system's viewer, else keep them in a private file."""
        opener = next((o for o in ("xdg-open", "open", "wslview") if shutil.which(o)), "")
        reachable = bool(opener) and (sys.platform != "linux" or _has_display())
        # A folder of our own, removed when the program ends: crops show people.
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="docexam-")
        path = _written(Path(self._folder.name), name, data)
        if reachable and _started(opener, path):
            return Shown("The true pixels are opened in the system's viewer.", True)
        key = shown(next(iter(self._screen.keyboard.keys_for(BY_ID["crop.write"])), ""))
        return Shown(
            f"No viewer can be opened here. Until you leave, the true pixels are in {path} ; "
            f"{key or 'the palette'} writes them where docexam was started.",
            False,
        )

    def write_png(self, data: bytes, name: str) -> str:
        """Write true pixels where the program was started; return what to tell."""
        path = _written(Path.cwd(), name, data)
        return f"The true pixels are in {path}"

    def proposer(self) -> Proposer:
        """Return what asks the aids of this examination."""
        return self._screen.aids.proposer()

    def start_aid(self, job: Job) -> None:
        """Let an aid work in a thread."""
        self._screen.aids.start(job)

    def leave(self) -> None:
        """Leave the review, once everything is kept."""
        from docexam.tui.screens.windows import UnsavedWindow

        desk = self._screen.desk
        if desk.leaving():
            self.go()
        elif desk.writing.lost():
            self._screen.app.push_screen(UnsavedWindow(self._screen))

    def go(self) -> None:
        """Leave the review, whatever is not kept."""
        cast("DocexamApp", self._screen.app).leave_review(self._screen)

    def tidy(self) -> None:
        """Remove what was written for the viewer, and stop the aids."""
        self._screen.aids.end()
        if self._folder:
            self._folder.cleanup()


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _started(opener: str, path: Path) -> bool:
    """Start the viewer; False where it could not be started, or gave up at once."""
    try:
        process = subprocess.Popen(
            [opener, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return process.wait(_VIEWER_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False


def _written(folder: Path, name: str, data: bytes) -> Path:
    """Write a new file, private and never over another; raises MachineError."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(1, 1000):
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
        except FileExistsError:
            continue
        except OSError as error:
            raise MachineError(
                "DX-CROP", f"The crop could not be written: {error.strerror}.", where=path.name
            ) from None
        return path
    raise MachineError("DX-CROP", "There are a thousand crops of this name here.", where=name)
