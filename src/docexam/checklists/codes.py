"""The codes of faults: stable numbers, each with its level, its meaning and an example.

`docs/faults.md` is made from these tables, and a test proves that every example gives its code.
"""

from __future__ import annotations

from docexam.checklists.code_samples import Code
from docexam.checklists.codes_craft import CRAFT, TRANSLATIONS, UNKNOWN_AID
from docexam.checklists.codes_file import FILE, SHAPE
from docexam.checklists.codes_names import AIDS, CONDITIONS, ITEMS, NAMES, WEIGHTS

CODES: dict[str, Code] = {
    code.id: code
    for code in (
        *FILE, *SHAPE, *NAMES, *ITEMS, *AIDS, *WEIGHTS, *CONDITIONS, *CRAFT, *UNKNOWN_AID,
        *TRANSLATIONS,
    )
}  # fmt: skip


def level_of(code: str) -> str:
    """Return the level of a code unless its complaint says otherwise."""
    return CODES[code].level
