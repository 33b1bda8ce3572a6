"""The store of everything: one SQLite file and a folder of originals."""

from __future__ import annotations

from docexam.casebook.adoption import Adoption, Travelling
from docexam.casebook.originals import Originals
from docexam.casebook.protocol import Store, Transaction
from docexam.casebook.records import (
    Disposal,
    ExaminationRow,
    ExhibitRow,
    Fault,
    Hit,
    OriginalState,
    Stored,
    Verification,
)
from docexam.casebook.rows import new_id
from docexam.casebook.store import Casebook
from docexam.casebook.writing import Writing

__all__ = [
    "Adoption",
    "Casebook",
    "Disposal",
    "ExaminationRow",
    "ExhibitRow",
    "Fault",
    "Hit",
    "OriginalState",
    "Originals",
    "Store",
    "Stored",
    "Transaction",
    "Travelling",
    "Verification",
    "Writing",
    "new_id",
]
