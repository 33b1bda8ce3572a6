"""What intake measured on an image, told in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from docexam.reports import model as m
from docexam.reports.words import Words


def quality_lines(quality: Sequence[m.Named], words: Words) -> list[str]:
    """Return one sentence for each measurement; one without words of its own is named as it is."""
    told = []
    for named in quality:
        value = named.value if isinstance(named.value, str) else ""
        sentence = words.table.get(f"quality.{named.name}.{value}")
        told.append(sentence or f"{named.name}: {value}.")
    return told
