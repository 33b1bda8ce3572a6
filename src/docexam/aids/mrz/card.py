"""The card of the aid for machine-readable zones."""

from __future__ import annotations

from docexam.aids.protocol import Card

CARD = Card(
    title="Machine-readable zones",
    version="1.0",
    purpose="",
    cannot=(),
    measured="",
    synthetic=True,
)
