"""The bar of long work: nothing away from a terminal, a line on one, cleared at the end."""

from __future__ import annotations

import io
import time

import pytest

from docexam.cli import progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_shows_its_share_and_stays_within_its_width() -> None:
    assert progress.bar("Writing", 0.5) == "Writing [##########..........]"
    assert progress.bar("Writing", 7.0).count("#") == 20


def test_nothing_is_drawn_away_from_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with progress.shown("Writing", lambda: 0.5):
        pass
    assert stream.getvalue() == ""


def test_long_work_is_drawn_and_cleared_short_work_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Screen()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "_AFTER_S", 0.05)
    monkeypatch.setattr(progress, "_EVERY_S", 0.01)
    with progress.shown("Writing", lambda: 0.5):
        time.sleep(0.3)
    assert "Writing [##########" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")
