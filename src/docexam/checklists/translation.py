"""Translations."""

from __future__ import annotations

from pathlib import Path

from docexam.checklists.faults import Fault
from docexam.checklists.library import Library


def check_translation(path: Path, library: Library) -> tuple[Fault, ...]:
    """Tell faults."""
    return ()
