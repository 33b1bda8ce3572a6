"""When a view may be painted: at once on a fast line, seldom and late on a slow one.

A frame costs 20 to 55 KB. Painting every repeat of a held key would fill the line with views
that nobody sees any more, so only the newest state is painted: after the terminal has taken
what was sent, on a slow line at most a few times a second, and once more, better, when the
keys rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.app import App

BUSY_WRITES = 2
FAST_RETRY = 0.03
SLOW_STEP = 0.2
REST = 0.4


class Stoppable(Protocol):
    """A timer that can be stopped."""

    def stop(self) -> None:
        """Let the timer not fire."""


Later = Callable[[float, Callable[[], None]], Stoppable]


class Pacer:
    """Decides when the newest state is painted.

    `paint(settled)` does it. `later` starts a one-shot timer. `backlog` tells how many writes
    the terminal has not taken yet.
    """

    def __init__(
        self,
        paint: Callable[[bool], None],
        later: Later,
        backlog: Callable[[], int],
        *,
        slow: bool,
    ) -> None:
        self._paint = paint
        self._later = later
        self._backlog = backlog
        self.slow = slow
        self._waiting: Stoppable | None = None
        self._rest: Stoppable | None = None
        self._stale = False

    def request(self) -> None:
        """The state changed: paint as soon as the line allows."""
        if self.slow:
            self._restart_rest()
        self._stale = True
        if self._waiting is None:
            self._try()

    def stop(self) -> None:
        """Forget everything that waits."""
        for timer in (self._waiting, self._rest):
            if timer is not None:
                timer.stop()
        self._waiting = self._rest = None

    def _try(self) -> None:
        if self._backlog() >= BUSY_WRITES:
            self._wait(FAST_RETRY, self._again)
            return
        self._stale = False
        self._paint(not self.slow)
        if self.slow:
            self._wait(SLOW_STEP, self._free)

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        self._waiting = self._later(seconds, then)

    def _again(self) -> None:
        self._waiting = None
        self._try()

    def _free(self) -> None:
        self._waiting = None
        if self._stale:
            self._try()

    def _restart_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self._later(REST, self._settle)

    def _settle(self) -> None:
        self._rest = None
        if self._backlog() >= BUSY_WRITES:
            self._rest = self._later(REST, self._settle)
            return
        self._stale = False
        self._paint(True)


def unwritten(app: App[Any]) -> int:
    """Return how many frames the terminal has not taken yet; 0 where that cannot be known.

    Textual has no public word for it; its writer thread's queue is looked at, carefully.
    """
    writer = getattr(getattr(app, "_driver", None), "_writer_thread", None)
    queue = getattr(writer, "_queue", None)
    return int(queue.qsize()) if queue is not None else 0
