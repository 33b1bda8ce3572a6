"""The card of the numbers aid."""

from __future__ import annotations

from docexam.aids.protocol import Card

CARD = Card(title="Numbers and dates", version="1.0", purpose="", cannot=(), measured="", synthetic=True)
