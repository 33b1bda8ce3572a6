"""What the editor's desk needs from the screen around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Offered:
    """One row of something to pick from."""

    text: str
    says: str = ""


class EditorStage(Protocol):
    """What the desk needs from the screen."""

    def text(self) -> str:
        """Return the whole text."""

    def lines(self) -> Sequence[str]:
        """Return the lines of the text without their breaks."""

    def inside(self, row: int) -> bool:
        """Whether a line begins inside a text of several lines."""

    def cursor(self) -> tuple[int, int]:
        """Return row and column of the cursor, from 0."""

    def replace_text(self, text: str, at: int) -> None:
        """Put a new text in place of the old one, as one step that can be undone."""

    def write(self, text: str, start: int) -> None:
        """Write at the cursor, in place of what stands from column `start` to it."""

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor somewhere and show it."""

    def undo(self) -> None:
        """Take the last change back."""

    def redo(self) -> None:
        """Bring back what was undone."""

    def ask(self, title: str, start: str, hint: str, accept: Callable[[str], str]) -> None:
        """Ask for one line; `accept` returns why it will not do, or nothing when it did."""

    def pick(self, title: str, rows: Sequence[Offered], chosen: Callable[[int], None]) -> None:
        """Let one of several be picked."""

    def bring_up(self, pane: str) -> None:
        """Focus `text`, `item`, `grid` or `faults`."""

    def next_pane(self, step: int) -> None:
        """Go round the panes."""

    def open_window(self, name: str) -> None:
        """Open `help` or `palette` over the screen."""

    def close_prompt(self) -> None:
        """Close the line that was asked for."""

    def step_list(self, step: int) -> None:
        """Move in the list of faults, or scroll the item."""

    def take_list(self) -> None:
        """Go to the fault at the list's cursor."""

    def toggle_wrap(self) -> None:
        """Break long lines on the screen, or not."""

    def next_theme(self) -> str:
        """Change the colours; return the theme's name."""

    def edit_outside(self, path: Path) -> str:
        """Open the user's editor on a file; return what to tell."""

    def leave(self) -> None:
        """Leave the editor."""
