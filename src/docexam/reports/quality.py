"""What intake measured on an image, told in words."""

from __future__ import annotations

from collections.abc import Sequence

from docexam.reports import model as m
from docexam.reports.words import Words


def quality_notes(quality: Sequence[m.QualityEntry], words: Words) -> list[str]:
    """Return what the measures of an image remark on; measures without a remark say nothing."""
    return [entry.note for entry in quality if entry.note]
