"""The list of cases: found as one types, opened with Enter, left with q."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docexam.errors import MachineError
from docexam.tui.keyboard import Keyboard
from docexam.tui.options import Options
from docexam.tui.screens.cases import CasesApp
from docexam.tui.screens.review import ReviewScreen
from docexam.workbench.bench import ExhibitLine

GOLDEN = Path(__file__).resolve().parent / "golden"
LINES = [
    ExhibitLine("2024-117", "A", "open", "small", 3, 7, 1, "2026-03-01T09:30:00.000Z", "Anna"),
    ExhibitLine(
        "Ярослав", "паспорт", "closed", "small", 7, 7, 0, "2026-02-01T09:30:00.000Z", "Anna"
    ),
    ExhibitLine("\x1b[2J", "[@click=app.quit]", "disposed", "\u202e", 0, 0, 0, "", "Anna"),
]


class FakeBench:
    examiner = "Anna"

    def __init__(self, review) -> None:
        self._review = review
        self.failure: Exception | None = None

    def exhibits(self, *, find=None, limit=None):
        if self.failure:
            raise self.failure
        return [
            e for e in LINES if not find or find.casefold() in f"{e.case}/{e.exhibit}".casefold()
        ]

    def review(self, handle, of):
        if self.failure:
            raise self.failure
        return self._review


def screen_text(app) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips) + "\n"


@pytest.fixture
def bench(review) -> FakeBench:
    return FakeBench(review)


def app_of(bench) -> CasesApp:
    return CasesApp(bench, Options(), Keyboard())


async def test_the_list_is_as_it_was_drawn(bench):
    async with app_of(bench).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = screen_text(pilot.app)
    path = GOLDEN / "cases-80x24.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")
    assert "\x1b" not in shown
    assert "\u202e" not in shown


async def test_typing_finds_and_escape_shows_all_again(bench):
    async with app_of(bench).run_test(size=(80, 24)) as pilot:
        await pilot.press(*"ПаС", "q")
        await pilot.pause()
        assert "Nothing holds that text" in screen_text(pilot.app)
        await pilot.press("backspace")
        await pilot.pause()
        assert "1 exhibits" in screen_text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert "3 exhibits" in screen_text(pilot.app)


async def test_a_slash_begins_a_search_so_that_q_is_a_letter(bench):
    async with app_of(bench).run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", "q")
        await pilot.pause()
        assert "find: q" in screen_text(pilot.app)
        assert pilot.app.is_running


async def test_enter_opens_the_review_and_q_comes_back_and_leaves(bench):
    app = app_of(bench)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("escape", "q")
        await pilot.pause()
        assert not isinstance(app.screen, ReviewScreen)
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_a_casebook_that_fails_is_told_and_nothing_crashes(bench):
    async with app_of(bench).run_test(size=(80, 24)) as pilot:
        bench.failure = MachineError("DX-X", "The casebook cannot be read.")
        await pilot.press("enter")
        await pilot.pause()
        assert "The casebook cannot be read." in screen_text(pilot.app)
        await pilot.press("a")
        await pilot.pause()
        assert "The casebook cannot be read." in screen_text(pilot.app)


async def test_the_mouse_chooses_first_and_opens_then(bench):
    app = app_of(bench)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#cases", offset=(10, 2))
        await pilot.pause()
        assert not isinstance(app.screen, ReviewScreen)
        await pilot.click("#cases", offset=(10, 2))
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
