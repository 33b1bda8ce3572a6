"""What reaches standard output and standard error: exact in JSON, visible for people."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from docexam.domain.text import visible
from docexam.errors import DocexamError


def prepare_streams() -> None:
    """Keep a terminal of any encoding from turning a character into a crash."""
    # A program may be started with either stream closed; what it says then goes nowhere.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def say(line: str = "") -> None:
    """Print one line for people to standard output; hidden characters are made visible."""
    sys.stdout.write(visible(line) + "\n")


def say_json(data: Any) -> None:
    """Print data as JSON, the exact text ASCII-escaped."""
    sys.stdout.write(json.dumps(data, ensure_ascii=True, indent=2) + "\n")


def tell(line: str) -> None:
    """Print one message to standard error."""
    sys.stderr.write(visible(line) + "\n")


def tell_error(error: DocexamError) -> None:
    """Print an error: what happened, where, what to do, and its code."""
    where = f"{error.where}: " if error.where else ""
    lines = f"{where}{error.what}".splitlines() or [""]
    tell(f"docexam: error: {lines[0]} [{error.code}]")
    for line in lines[1:]:
        tell(f"  {line}")
    for line in error.todo.splitlines():
        tell(f"  {line}")
