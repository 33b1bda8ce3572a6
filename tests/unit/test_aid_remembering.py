"""What aids share about a capture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from docexam.aids.remembering import forget, remembered


@dataclass
class Seen:
    sha256: str
    width: int = 40
    height: int = 30
    n: int = 1

    def rgb(self, longest: int = 0) -> Any:
        return np.zeros((self.height, self.width, 3), np.uint8)

    def original(self) -> bytes:
        return b""


def test_a_question_is_worked_out_once_for_each_capture() -> None:
    asked: list[str] = []

    @remembered
    def work(capture: Any) -> str:
        asked.append(capture.sha256)
        return f"of {capture.sha256}"

    assert [work(Seen(name)) for name in "abab"] == ["of a", "of b", "of a", "of b"]
    assert asked == ["a", "b"]
    assert work(Seen("a", 41)) == "of a"
    assert asked == ["a", "b", "a"]
    forget()
    work(Seen("b"))
    assert asked == ["a", "b", "a", "b"]


def test_only_the_last_few_are_kept_and_nothing_of_one_that_failed() -> None:
    asked: list[str] = []

    @remembered
    def work(capture: Any) -> int:
        asked.append(capture.sha256)
        if capture.sha256 == "bad" and len(asked) == 1:
            raise ValueError("once")
        return len(asked)

    with pytest.raises(ValueError, match="once"):
        work(Seen("bad"))
    assert work(Seen("bad")) == 2
    for number in range(20):
        work(Seen(str(number)))
    assert work(Seen("19")) == len(asked)
    work(Seen("bad"))
    assert asked[-1] == "bad"
