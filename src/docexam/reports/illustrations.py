"""The pictures of a report, made by somebody else: reports never open an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from docexam.reports import model as m

MEDIA = frozenset({"image/png", "image/jpeg", "image/webp"})


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture without metadata, already redacted. Sizes in pixels."""

    data: bytes
    media: str
    width: int
    height: int


class Illustrations(Protocol):
    """Where a writer gets pictures from. None where there is no picture to show.

    Every picture is newly encoded from true pixels, upright, with the boxes of the pixel plan
    filled in; the same region gives the same bytes.
    """

    def capture(self, n: int) -> Picture | None:
        """Return the whole capture, reduced to what a page can show."""

    def crop(self, region: m.RegionEntry) -> Picture | None:
        """Return the box around a region, plain."""

    def seen(self, region: m.RegionEntry, view: m.ViewEntry) -> Picture | None:
        """Return the same box with the view's turn and enhancement; None for a plain view."""


class NoIllustrations:
    """A report without pictures."""

    def capture(self, n: int) -> Picture | None:
        """Return None."""
        return None

    def crop(self, region: m.RegionEntry) -> Picture | None:
        """Return None."""
        return None

    def seen(self, region: m.RegionEntry, view: m.ViewEntry) -> Picture | None:
        """Return None."""
        return None
