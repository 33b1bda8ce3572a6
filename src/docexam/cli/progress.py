"""A line that shows long work going on; only on a terminal, and only after a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AFTER_S = 1.0
_EVERY_S = 0.2
_WIDTH = 20


@contextmanager
def shown(what: str, share: Callable[[], float]) -> Iterator[None]:
    """Draw a bar of `share()` (0 to 1) on standard error while the block runs; then clear it."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    drawer = threading.Thread(target=_draw, args=(what, share, done), daemon=True)
    drawer.start()
    try:
        yield
    finally:
        done.set()
        drawer.join()


def _draw(what: str, share: Callable[[], float], done: threading.Event) -> None:
    if done.wait(_AFTER_S):
        return
    while not done.wait(_EVERY_S):
        sys.stderr.write("\r" + bar(what, share()))
        sys.stderr.flush()
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()


def bar(what: str, share: float) -> str:
    """Return one line: what is done, and how far it is."""
    filled = round(max(0.0, min(1.0, share)) * _WIDTH)
    return f"{what} [{'#' * filled}{'.' * (_WIDTH - filled)}]"
