"""The application: keys before widgets, colours, signals, the ways out."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.screen import Screen

from docexam.errors import EXIT_DONE
from docexam.tui.keyboard import Keyboard
from docexam.tui.options import Options
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.screens.review import ReviewScreen
from docexam.tui.themes import PLAIN, THEMES, Palette

if TYPE_CHECKING:
    from docexam.workbench.bench import Workbench
    from docexam.workbench.review import Review

_HERE = Path(__file__).resolve().parent
ENDINGS = (signal.SIGTERM, signal.SIGHUP)
GRACE_SECONDS = 2.0


class DocexamApp(App[int], inherit_bindings=False):
    """Holds the keys, the colours and the ways out."""

    # Whole paths: a subclass in another folder would look beside itself.
    CSS_PATH: ClassVar[Any] = [
        _HERE / "screens" / "review.tcss",
        _HERE / "widgets" / "capture_pane.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "docexam"

    palette: Palette

    def __init__(self, options: Options, keyboard: Keyboard) -> None:
        if options.plain:
            os.environ["NO_COLOR"] = "1"
        # Native colours under NO_COLOR: then no colour code is sent, instead of greys.
        super().__init__(ansi_color=True if options.plain else None)
        self.options = options
        self.keyboard = keyboard
        self.farewell = ""
        self._colours = options.theme if options.theme and options.theme in THEMES else "dark"
        self.palette = PLAIN
        self._take_colours()

    def _take_colours(self) -> None:
        if not self.options.plain:
            self.palette = THEMES[self._colours]
            self.register_theme(self.palette.theme)
        self.theme = self.palette.theme.name

    def on_mount(self) -> None:
        """Meet the signals that would end the program and leave the terminal broken."""
        loop = asyncio.get_running_loop()
        for number in ENDINGS:
            loop.add_signal_handler(number, self._ended_by, number)
        self.call_after_refresh(_collect_again)

    def _ended_by(self, number: int) -> None:
        """Keep what is typed, restore the terminal, go; by force where that hangs."""
        loop = asyncio.get_running_loop()
        loop.call_later(GRACE_SECONDS, self._end_by_force, number)
        for screen in self.screen_stack:
            if isinstance(screen, ReviewScreen):
                with suppress(Exception):
                    screen.desk.leaving()
                    screen.stage.tidy()
        self.exit(128 + number)

    def _end_by_force(self, number: int) -> None:
        with suppress(Exception):
            if self._driver:
                self._driver.stop_application_mode()
        os._exit(128 + number)

    async def on_event(self, event: events.Event) -> None:
        """Let the screen's commands have each key before any widget."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            screen = self.screen
            if isinstance(screen, KeyedScreen) and screen.pressed(event):
                return
        await super().on_event(event)

    def _fatal_error(self) -> None:
        # A fault of ours: leave the terminal clean; who started the screen tells it in words.
        self._close_messages_no_wait()

    def next_theme(self) -> str:
        """Go round the themes; return the name of the one that is now shown."""
        if self.options.plain:
            return "plain, as NO_COLOR asks"
        names = list(THEMES)
        self._colours = names[(names.index(self._colours) + 1) % len(names)]
        self._take_colours()
        return self._colours

    def leave_review(self, screen: ReviewScreen) -> None:
        """Leave a review: back to the list of cases, or out."""
        screen.stage.tidy()
        if screen.head_hash:
            self.farewell = f"Closed. The journal's head hash: {screen.head_hash}"
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit(EXIT_DONE)


def _collect_again() -> None:
    # What the start made lives as long as the program; no collection need walk it again.
    gc.freeze()
    gc.enable()


class ReviewApp(DocexamApp):
    """One review and nothing else."""

    def __init__(
        self,
        review: Review,
        options: Options,
        keyboard: Keyboard,
        workbench: Workbench | None = None,
    ) -> None:
        super().__init__(options, keyboard)
        self._review = review
        self.workbench = workbench

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the review."""
        return ReviewScreen(self._review, self.options)
