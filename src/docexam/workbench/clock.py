"""The clock: UTC, ISO 8601 with milliseconds and `Z`."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], str]


def utc_now() -> str:
    """Return the time now, for example `2026-03-01T09:30:00.125Z`."""
    seconds, fraction = divmod(time.time_ns() // 1_000_000, 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{fraction:03d}Z"
