"""The checklist language for other programs: its schema, and the state of translations."""

from __future__ import annotations

from typing import Any

from docexam.checklists.library import Library
from docexam.workbench.checklist_files import write_skeleton

__all__ = ["schema_text", "translation_state", "write_skeleton"]


def schema_text() -> str:
    """Return the JSON Schema of checklist files, for editors that complete and check."""
    from docexam.checklists.schema import schema_text as text

    return text()


def translation_state(library: Library, reference: str, language: str) -> dict[str, Any]:
    """Return what a translation lacks and what is stale in it, as plain data.

    Raises InputError where there is no checklist of that name.
    """
    from docexam.checklists.read import load_usable
    from docexam.checklists.translation import load_translated

    checklist = load_usable(reference, library)
    translated = load_translated(reference, library, language)
    return {
        "id": checklist.id,
        "language": language,
        "exists": translated is not None,
        "reviewed": translated.reviewed if translated else False,
        "lacking": list(translated.lacking) if translated else [],
        "stale": list(translated.stale) if translated else [],
    }
