"""One aid in a process of its own, for a screen whose keys must stay quick.

Libraries in C print to the terminal that a screen draws on, hold the interpreter's lock for long
and may bring the whole program down. In a child they can do none of that: its standard output and
error lead nowhere, it yields to the screen, it is killed when nobody waits any more, and it ends
when the program that started it does.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.aids.protocol import Material, Region, Run
from docexam.aids.running import Outcome, broken_reason

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_POLL_SECONDS = 0.05
_NICE = 5
# One core is the screen's: these keep the libraries of some aids from taking all of them.
_ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Errand:
    """What a child is sent to do: which aid, in which version, on what.

    `captures`: number and path of each original; the rest as in `Material`.
    """

    aid: str
    version: str
    captures: tuple[tuple[int, str], ...] = ()
    region: Region | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    issued: str = ""
    kind: str = ""
    taken_in: str = ""


def run_apart(errand: Errand, run: Run) -> Outcome:
    """Run an aid in a child and return what came of it; blocks, so it is called in a thread.

    `run` is told the progress and asked whether to go on. A child that ends without an answer is
    a broken aid. Raises nothing.
    """
    try:
        child = _started()
    except OSError as error:
        return _broken(errand, f"no process could be started for it: {error.strerror}")
    try:
        return _awaited(child, errand, run)
    except (OSError, EOFError):
        child.kill()
        return _broken(errand, f"its process ended early, with code {child.wait()}")
    except Exception as error:  # what anybody's aid answered may not be readable here
        return _broken(errand, f"{type(error).__name__}: {error}")
    finally:
        _ended(child)


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        # Without the current folder in its path: nothing lying there is ever imported.
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **dict.fromkeys(_ONE_THREAD, "1")},
    )


def _awaited(child: subprocess.Popen[bytes], errand: Errand, run: Run) -> Outcome:
    from multiprocessing.connection import Connection

    assert child.stdin is not None
    assert child.stdout is not None
    orders = Connection(os.dup(child.stdin.fileno()), readable=False)
    answers = Connection(os.dup(child.stdout.fileno()), writable=False)
    with orders, answers:
        orders.send(errand)
        while not run.cancelled():
            if not answers.poll(_POLL_SECONDS):
                continue
            told = answers.recv()
            if isinstance(told, Outcome):
                return told
            run.progress(*told)
    return Outcome(errand.aid, errand.version, reason="Stopped before it was done.", cancelled=True)


def _ended(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    for stream in (child.stdin, child.stdout):
        if stream:
            with suppress(OSError):
                stream.close()
    child.wait()


def _broken(errand: Errand, what: str) -> Outcome:
    said = broken_reason(errand.aid, what)
    return Outcome(errand.aid, errand.version, reason=said, broken=True)


# -- in the child ---------------------------------------------------------------------------


class _Telling:
    """The child's `Run`: tells the parent, which kills it instead of asking it to stop."""

    def __init__(self, answers: Connection[Any, Any]) -> None:
        self._answers = answers
        self._last = -1.0

    def progress(self, share: float, what: str = "") -> None:
        """Tell the share done, where it grew by a hundredth."""
        share = float(share)
        if not math.isfinite(share):
            return
        if share - self._last >= 0.01 or share < self._last:
            self._last = share
            self._answers.send((share, str.__str__(str(what))))

    def cancelled(self) -> bool:
        """Return False."""
        return False


def main() -> int:
    """Do one errand read from standard input, and answer on standard output."""
    from multiprocessing.connection import Connection

    orders, answers = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    _cut_off()
    errand = orders.recv()
    _end_with_parent(orders)
    answers.send(_done(errand, _Telling(answers)))
    return 0


def _cut_off() -> None:
    """Let whatever is printed lead nowhere, and let the screen go first."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    with suppress(OSError, AttributeError):
        os.nice(_NICE)


def _end_with_parent(orders: Connection[Any, Any]) -> None:
    from threading import Thread

    def watch() -> None:
        with suppress(EOFError, OSError):
            orders.recv()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _done(errand: Errand, run: Run) -> Outcome:
    from docexam.aids.registry import load_aid
    from docexam.aids.running import run_aid
    from docexam.errors import DocexamError

    try:
        aid = load_aid(errand.aid)
        material = material_of(errand)
    except DocexamError as error:
        broken = error.code == "DX-AID-BROKEN"
        return Outcome(errand.aid, errand.version, reason=str(error), broken=broken)
    except OSError as error:
        why = f"An original cannot be read: {error.strerror}."
        return Outcome(errand.aid, errand.version, reason=why)
    return run_aid(aid, material, run)


def material_of(errand: Errand) -> Material:
    """Return the material of an errand, its captures read; raises DocexamError."""
    from docexam.workbench.aid_images import StoredImage

    return Material(
        captures=tuple(StoredImage(n, Path(path)) for n, path in errand.captures),
        region=errand.region,
        fields=dict(errand.fields),
        texts=errand.texts,
        issued=errand.issued,
        kind=errand.kind,
        taken_in=errand.taken_in,
    )


if __name__ == "__main__":
    sys.exit(main())
