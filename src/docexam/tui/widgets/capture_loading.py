"""Decoding a capture in a thread: a quick draft first, then the whole; a few are kept.

This module is light to import; numpy, Pillow and `docexam.imaging` come in only inside the
thread, so that the first paint of a screen does not pay for them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.domain.text import visible
from docexam.errors import DocexamError

if TYPE_CHECKING:
    from docexam.imaging.pyramid import Pyramid

Original = Path | bytes
Source = Original | Callable[[], Original] | DocexamError | str

DRAFT_PIXELS = 1024
KEPT_BYTES = 192_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A picture that arrived; `pyramid.complete` is false for the quick one."""

    pyramid: Pyramid


@dataclass(frozen=True, slots=True)
class Broken:
    """Why no picture can be shown, in words, already visible()."""

    reason: str


Arrival = Draft | Broken


def reason_of(error: BaseException | str) -> str:
    """Return why an original cannot be shown, for people: what happened and what to do."""
    if isinstance(error, str):
        return visible(error)
    if isinstance(error, DocexamError):
        return visible(str(error))
    if isinstance(error, MemoryError):
        return "There is not enough memory to open this picture."
    words = visible(" ".join(str(error).split())[:200])
    return f"The picture could not be opened ({words or type(error).__name__})."


def load(source: Source, publish: Callable[[Arrival], None], cancelled: Callable[[], bool]) -> None:
    """Decode `source`, publishing a draft first where that is quicker. Runs in a thread.

    `source` may be a callable that finds (and verifies) the original; an error or a text is
    published as the reason. Whatever goes wrong is published, never raised: a thread that
    dies would take the screen with it.
    """
    try:
        _decode(_original(source), publish, cancelled)
    except Exception as error:  # the boundary of a thread
        if not cancelled():
            publish(Broken(reason_of(error)))


def _original(source: Source) -> Original:
    if isinstance(source, DocexamError):
        raise source
    if isinstance(source, str):
        raise DocexamError("DX-ORIGINAL", source)
    return source() if callable(source) else source


def _decode(
    original: Original, publish: Callable[[Arrival], None], cancelled: Callable[[], bool]
) -> None:
    from docexam.imaging.pyramid import CancelledError, Pyramid

    try:
        draft = Pyramid.quick(original, DRAFT_PIXELS, cancelled)
        publish(Draft(draft))
        if not draft.complete:
            publish(Draft(Pyramid.build(original, cancelled)))
    except CancelledError:
        return


class Shelf:
    """The pictures decoded last, by SHA-256 of the original, within a bound of memory."""

    def __init__(self, bound: int = KEPT_BYTES) -> None:
        self._bound = bound
        self._kept: OrderedDict[str, Pyramid] = OrderedDict()

    def get(self, sha256: str) -> Pyramid | None:
        """Return the picture kept under `sha256`, or None."""
        if sha256 in self._kept:
            self._kept.move_to_end(sha256)
        return self._kept.get(sha256)

    def keep(self, sha256: str, pyramid: Pyramid) -> None:
        """Keep a whole picture; the oldest go when the bound is passed, never the newest."""
        if not pyramid.complete:
            return
        self._kept[sha256] = pyramid
        self._kept.move_to_end(sha256)
        while len(self._kept) > 1 and self._held() > self._bound:
            self._kept.popitem(last=False)

    def _held(self) -> int:
        return sum(pyramid.memory_bytes for pyramid in self._kept.values())
