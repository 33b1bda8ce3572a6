"""Decoding for the capture pane: a draft first, reasons in words, a bounded memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from docexam.errors import DamagedError
from docexam.tui.widgets.capture_loading import Arrival, Broken, Draft, Shelf, Source, load


def arrivals(source: Source, cancelled: bool = False) -> list[Arrival]:
    found: list[Arrival] = []
    load(source, found.append, lambda: cancelled)
    return found


def photograph(path: Path, size: tuple[int, int]) -> Path:
    Image.effect_noise(size, 80).convert("RGB").save(path, quality=80)
    return path


def test_a_large_photograph_comes_as_a_draft_and_then_whole(tmp_path: Path) -> None:
    found = arrivals(photograph(tmp_path / "large.jpg", (3000, 2000)))
    sizes = [(a.pyramid.size, a.pyramid.complete) for a in found if isinstance(a, Draft)]
    assert sizes == [((3000, 2000), False), ((3000, 2000), True)]


def test_a_small_one_comes_whole_at_once(tmp_path: Path) -> None:
    found = arrivals(photograph(tmp_path / "small.png", (300, 200)))
    assert [a.pyramid.complete for a in found if isinstance(a, Draft)] == [True]


def fails() -> Path:
    raise DamagedError("DX-X", "The original was altered.", todo="Restore it.")


def breaks() -> Path:
    raise RuntimeError("\x1b[2Jboom")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (fails, "The original was altered. Restore it."),
        ("it lies \u202eelsewhere", "it lies ⟨U+202E⟩elsewhere"),
        (b"GIF89a not at all", "not an image"),
        (Path("/nowhere/at/all.jpg"), "cannot be read"),
        (breaks, "could not be opened (⟨U+001B⟩[2Jboom)"),
    ],
)
def test_whatever_goes_wrong_arrives_as_a_reason_in_visible_words(
    source: Source, reason: str
) -> None:
    found = arrivals(source)
    assert len(found) == 1
    assert isinstance(found[0], Broken)
    assert reason in found[0].reason
    assert "\x1b" not in found[0].reason


def test_nothing_arrives_for_what_is_not_wanted_any_more(tmp_path: Path) -> None:
    assert arrivals(photograph(tmp_path / "a.png", (300, 200)), cancelled=True) == []
    assert arrivals(fails, cancelled=True) == []


class Held:
    """Stands in for a pyramid of a given size in memory."""

    def __init__(self, size: int, complete: bool = True) -> None:
        self.memory_bytes = size
        self.complete = complete


def test_the_shelf_drops_the_oldest_beyond_its_bound_but_never_the_newest() -> None:
    shelf = Shelf(bound=100)
    shelf.keep("a", Held(40))  # type: ignore[arg-type]  # only size and completeness count
    shelf.keep("b", Held(40))  # type: ignore[arg-type]  # as above
    assert shelf.get("a") is not None
    shelf.keep("c", Held(40))  # type: ignore[arg-type]  # as above
    assert shelf.get("b") is None
    assert shelf.get("a") is not None
    shelf.keep("huge", Held(500))  # type: ignore[arg-type]  # as above
    assert shelf.get("huge") is not None
    assert shelf.get("a") is None


def test_a_draft_is_not_kept() -> None:
    shelf = Shelf()
    shelf.keep("a", Held(1, complete=False))  # type: ignore[arg-type]  # as above
    assert shelf.get("a") is None
