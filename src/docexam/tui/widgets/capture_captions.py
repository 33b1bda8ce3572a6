"""The words around a picture: title, hint, and what stands where no picture is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

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


def fitting_match(left: Picture, right: Picture) -> Literal["pixels", "width"]:
    """Return how two pictures are best given one scale: by width where their pixels differ much."""
    share = left.frame.width / right.frame.width
    return "pixels" if _ALIKE[0] <= share <= _ALIKE[1] else "width"


def side_by_side(left: Picture, right: Picture, match: str) -> str:
    """Say how two linked pictures belong together, and when their pixels differ much."""
    share = left.frame.width / right.frame.width
    alike = _ALIKE[0] <= share <= _ALIKE[1]
    if match == "width":
        return "linked, same width" if alike else f"linked, same width{_finer(share)}"
    return "linked, same scale" if alike else f"linked, same scale{_finer(share)}"


def _finer(share: float) -> str:
    side, times = ("left", share) if share > 1 else ("right", 1 / share)
    return f"; the {side} one has {times:.1f} times the pixels across"


def too_small(picture: Picture, mode: Mode, keys: Mapping[str, str], width: int) -> str:
    """Say that print cannot be read in this view, and what helps; empty when it can.

    In the longest words that fit `width` cells.
    """
    if picture.print_rows(mode) >= READABLE_ROWS:
        return ""
    zoom, actual, crop = keys["zoom_in"], keys["one_to_one"], keys["crop"]
    true = f", {actual} for 1:1" if picture.view.below_one_to_one else ""
    wordings = (
        f"print is below 5 rows a capital here: {zoom} to zoom{true}, or {crop}",
        f"print below 5 rows: {zoom} to zoom{true}, or {crop}",
        f"print below 5 rows: {zoom}, {crop}",
        "print below 5 rows",
    )
    return next((text for text in wordings if len(text) <= width), wordings[-1])


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
