"""The card of the names aid."""

from __future__ import annotations

from docexam.aids.protocol import Card

CARD = Card(
    title="Names against naming systems",
    version="1.0",
    purpose="",
    cannot=(),
    measured="",
    synthetic=True,
)
