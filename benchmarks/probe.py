"""A terminal of our own: runs a program in a pty and times what it paints.

Each piece of output is stamped when it is read. The screen is rebuilt with pyte only after a step
has gone quiet, so that the emulation is in no figure; a piece inside a synchronised update counts
when the update ends.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import psutil
import pyte

# What programs ask a terminal, and what a plain xterm answers.
_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
}
# What pyte would print as text.
_ODD = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[a-zA-Z]|\x1b\[\??[0-9;]*\$p|\x1b\[[0-9;]*t|\x1b\[\?u|\x1b[P_^X].*?\x1b\\",
    re.S,
)
_SYNC = re.compile(rb"\x1b\[\?2026([hl])")


class Terminal:
    """One program in a pty of `size` columns and rows."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._pieces: list[tuple[float, bytes]] = []
        self._fed = 0
        self._in_sync = False
        self.alive = True
        self.sent_bytes = 0
        self._start(command, size, {**_plain_environment(), **(env or {})})

    def _start(self, command: Sequence[str], size: tuple[int, int], env: dict[str, str]) -> None:
        master, slave = pty.openpty()
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.started = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for number in (0, 1, 2):
                os.dup2(slave, number)
            os.closerange(3, 64)
            os.execve(command[0], list(command), env)
        os.close(slave)
        self.fd = master

    # -- reading -----------------------------------------------------------------------------

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.alive = False
            return False
        self._pieces.append((time.perf_counter(), data))
        self.sent_bytes += len(data)
        for question, answer in _ANSWERS.items():
            if question in data:
                os.write(self.fd, answer)
        return True

    def until_quiet(self, quiet: float, limit: float) -> None:
        """Read until nothing came for `quiet` seconds, after something came, or `limit` passed."""
        end = time.perf_counter() + limit
        count = len(self._pieces)
        while self.alive and time.perf_counter() < end:
            came = self._read(min(quiet, end - time.perf_counter()))
            if not came and len(self._pieces) > count:
                return

    def when(self, holds: Callable[[], bool]) -> float | None:
        """Rebuild the screen; return the time of the first piece after which `holds()`."""
        found = None
        while self._fed < len(self._pieces):
            stamp, data = self._pieces[self._fed]
            self._fed += 1
            for match in _SYNC.finditer(data):
                self._in_sync = match[1] == b"h"
            self._stream.feed(_ODD.sub(b"", data))
            if found is None and not self._in_sync and holds():
                found = stamp
        return found

    def text(self) -> str:
        """Return what stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    # -- what is measured --------------------------------------------------------------------

    def seconds_to(self, words: str, limit: float = 30.0, quiet: float = 0.4) -> float:
        """Return the seconds from the start to the screen that shows `words`."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.alive:
            self.until_quiet(quiet, end - time.perf_counter())
            found = self.when(lambda: words in self.text())
            if found is not None:
                return found - self.started
        raise TimeoutError(f"“{words}” did not come:\n{self.text()}")

    def key_seconds(self, key: str, limit: float = 3.0, quiet: float = 0.06) -> float:
        """Send a key; return the seconds to the first change of the screen."""
        self.when(lambda: False)
        before = self._state()
        sent = time.perf_counter()
        os.write(self.fd, key.encode())
        self.until_quiet(quiet, limit)
        found = self.when(lambda: self._state() != before)
        if found is None:
            raise TimeoutError(f"{key!r} changed nothing:\n{self.text()}")
        return found - sent

    def _state(self) -> tuple[object, ...]:
        cells = self.screen.buffer
        rows = range(self.screen.lines)
        return tuple(
            tuple((cells[y][x].data, cells[y][x].bg, cells[y][x].fg) for x in sorted(cells[y]))
            for y in rows
        )

    def megabytes(self) -> float:
        """Return the resident memory of the program, in MB."""
        return psutil.Process(self.pid).memory_info().rss / 1e6

    def close(self) -> None:
        """End the program and wait for it."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
            end = time.perf_counter() + 3
            while self.alive and time.perf_counter() < end:
                self._read(0.05)
            if not self.alive:
                break
        os.close(self.fd)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _plain_environment() -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES", "TMUX")
    }
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
