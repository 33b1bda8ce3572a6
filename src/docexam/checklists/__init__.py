"""Checklists: from files to ideas.

Names are taken from their modules when first asked for, so that importing this package costs
nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docexam.checklists.faults import Fault
    from docexam.checklists.library import Library, LibraryEntry, shipped_dir
    from docexam.checklists.read import Loaded, check, load, load_text, load_usable

__all__ = [
    "Fault",
    "Library",
    "LibraryEntry",
    "Loaded",
    "check",
    "load",
    "load_text",
    "load_usable",
    "shipped_dir",
]

_HOMES = {
    "Fault": "faults",
    "Library": "library",
    "LibraryEntry": "library",
    "shipped_dir": "library",
    "Loaded": "read",
    "check": "read",
    "load": "read",
    "load_text": "read",
    "load_usable": "read",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
