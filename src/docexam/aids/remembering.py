"""What several aids ask about the same capture is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from docexam.aids.protocol import CaptureImage

_MOST = 8

Answer = TypeVar("Answer")
_Key = tuple[str, int, int]
_every: list[dict[_Key, Any]] = []
_lock = Lock()


def remembered(work: Callable[[CaptureImage], Answer]) -> Callable[[CaptureImage], Answer]:
    """Keep the answers for the last few captures; `work` must depend on their pixels alone."""
    kept: dict[_Key, Answer] = {}
    _every.append(kept)

    @wraps(work)
    def asked(capture: CaptureImage) -> Answer:
        key = capture.sha256, capture.width, capture.height
        with _lock:
            if key in kept:
                return kept[key]
        answer = work(capture)
        with _lock:
            kept[key] = answer
            while len(kept) > _MOST:
                kept.pop(next(iter(kept)))
        return answer

    return asked


def forget() -> None:
    """Let go of every answer, so that the next question is worked out anew."""
    with _lock:
        for kept in _every:
            kept.clear()
