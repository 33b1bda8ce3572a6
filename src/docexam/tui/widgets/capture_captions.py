"""The words around a picture: title, hint, and what stands where no picture is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docexam.imaging import view as views

if TYPE_CHECKING:
    from docexam.imaging.cells import Mode
    from docexam.tui.widgets.capture_picture import Picture

READABLE_ROWS = 5.0
_ALIKE = (0.67, 1.5)
KEYS: Mapping[str, str] = {"zoom_in": "+", "one_to_one": "1", "crop": "crop"}


def caption(pictures: Sequence[Picture], total: int) -> str:
    """Return the title: which capture of how many, its title, scale, turn, enhancements."""
    return " │ ".join(_one(picture, total if not at else 0) for at, picture in enumerate(pictures))


def _one(picture: Picture, total: int) -> str:
    number = f"{picture.capture.n}/{total}" if total else f"{picture.capture.n}"
    name = " ".join(part for part in (number if picture.capture.n else "", picture.title) if part)
    if picture.reason:
        return f"{name}  broken"
    words = [name, views.describe(picture.view)] if picture.pyramid is not None else [name]
    if picture.draft:
        words.append("opening …" if picture.pyramid is None else "draft …")
    return "  ".join(words)


def same_pixels(left: Picture, right: Picture) -> str:
    """Say that two pictures have one scale, and when that makes one far smaller."""
    share = right.frame.width / left.frame.width
    if _ALIKE[0] <= share <= _ALIKE[1]:
        return "same scale, linked"
    return f"same scale, linked; the right one is {share:.2g} times as many pixels wide"


def too_small(picture: Picture, mode: Mode, keys: Mapping[str, str]) -> str:
    """Say that print cannot be read in this view, and what helps; empty when it can."""
    if picture.print_rows(mode) >= READABLE_ROWS:
        return ""
    closer = f"{keys['zoom_in']} to zoom"
    true = f", {keys['one_to_one']} for 1:1" if picture.view.below_one_to_one else ""
    return f"print is below 5 rows a capital here: {closer}{true}, or {keys['crop']}"


def panel(picture: Picture | None) -> str:
    """Return the text that stands where no picture is."""
    if picture is None:
        return "No capture to show."
    if picture.reason:
        return f"This picture cannot be shown.\n\n{picture.reason}"
    capture = picture.capture
    return f"Opening capture {capture.n} ({capture.width} × {capture.height} pixels) …"


def drawing(side: float, min_px: int, corner: int | None, problem: str) -> str:
    """Say how large the region being drawn is, and whether that is enough."""
    if problem:
        return problem
    which = f"corner {corner + 1} · " if corner is not None else ""
    size = f"{which}{side:.0f} px of the original on the shorter side"
    if side < min_px:
        return f"{size}, {min_px} needed: draw it larger"
    return size
