"""Proposals on the screen itself: panes, threads, tabs, timers; with a fake aid, few and fast."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from typing import Any

import pytest

from docexam.domain.proposals import ShownGround, ShownProposal
from docexam.tui.application import ReviewApp
from docexam.tui.keyboard import Keyboard
from docexam.tui.options import Options
from docexam.tui.screens import aid_work

QUAD = ((0.1, 0.1), (0.3, 0.1), (0.3, 0.3), (0.1, 0.3))
SEAL = ShownProposal("An ink seal in violet.", grounds=(ShownGround("Its ring.", 1, QUAD),))


@pytest.fixture
def app(make_review, small_checklist, make_proposer, monkeypatch):
    """An application on a checklist with one aid, which answers with one seal."""
    photo = replace(small_checklist.item("photo"), aid="photo")
    items = tuple(photo if i.id == "photo" else i for i in small_checklist.indicators)
    review = make_review(replace(small_checklist, indicators=items))
    review.remembered = {"item": "photo"}
    review.say_seen_before("nothing")
    monkeypatch.setattr(aid_work, "WAKE_SECONDS", 0.01)
    monkeypatch.setattr(aid_work, "LINGER_SECONDS", 0.05)
    fake = make_proposer(review, {"photo": (SEAL,)})
    monkeypatch.setattr(aid_work.AidWork, "proposer", lambda _self: fake)
    made = ReviewApp(review, Options(), Keyboard())
    made.fake = fake  # type: ignore[attr-defined]  # for the tests below
    return made


def text(app: Any) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)


async def until(pilot: Any, holds: Any) -> None:
    for _ in range(200):
        await pilot.pause(0.02)
        if holds():
            return
    raise AssertionError(f"it did not come:\n{text(pilot.app)}")


async def test_the_panel_opens_beside_the_question_and_closes_to_where_one_was(app):
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Photo: can be asked" in text(app))
        assert "◇ aid after your answer" in text(app)
        await pilot.press("1", "b")
        assert "; ask aid" in text(app)
        await pilot.press(";")
        await until(pilot, lambda: "An ink seal in violet." in text(app))
        assert "Is a photograph present" in text(app), "the question stays in sight"
        assert app.screen.focused is app.screen.proposals
        assert "a adopt" in text(app).splitlines()[-1]
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.focused is app.screen.list
        assert not app.screen.proposals.display
        assert "◆ Photo: An ink seal in violet." in text(app)


async def test_at_80_columns_the_proposals_are_a_tab_and_a_place_brings_the_capture(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "b")
        await until(pilot, lambda: app.screen.desk.proposals.awake)
        await pilot.press(";")
        await until(pilot, lambda: "An ink seal in violet." in text(app))
        assert "▸ Proposals" in text(app)
        assert "1 ●Present" in text(app), "the strip tells the question"
        await pilot.press("enter")
        await pilot.pause()
        assert "▸ Capture" in text(app)
        assert "◆ a Its ring." in text(app)
        await pilot.press("tab", "tab")
        assert "▸ Proposals" in text(app)
        await pilot.press("tab")
        assert "▸ Indicators" in text(app)


async def test_a_click_picks_a_line_and_a_second_one_shows_its_place(app):
    app.fake.says["photo"] = (SEAL, replace(SEAL, says="Another one."))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "b")
        await until(pilot, lambda: app.screen.desk.proposals.awake)
        await pilot.press(";")
        await until(pilot, lambda: "Another one." in text(app))
        shown = []
        app.screen.link.show_region = shown.append
        row = next(
            y for y, line in enumerate(app.screen.proposals.lines) if "Another" in line[0].text
        )
        await pilot.click("#aid", offset=(8, row + 1))
        await until(pilot, lambda: app.screen.desk.proposals.at == 1)
        assert shown == []
        await pilot.click("#aid", offset=(8, row + 1))
        await until(pilot, lambda: len(shown) == 1)


async def test_answering_among_the_proposals_moves_on_and_gives_the_focus_back(app):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "b")
        await until(pilot, lambda: app.screen.desk.proposals.awake)
        await pilot.press(";")
        await until(pilot, lambda: "An ink seal in violet." in text(app))
        await pilot.press("down", "o")
        await pilot.pause()
        assert app.screen.desk.walk.current != "photo"
        assert app.screen.at_pane == "list"
        assert "violet" not in text(app)


async def test_keys_work_while_an_aid_does_and_its_progress_is_told_and_stopped(app):
    gate = threading.Event()
    prepare = app.fake.prepare

    def slow(subject: str, aid: str, run: Any) -> Any:
        run.progress(0.4, "looking for rings")
        while not gate.wait(0.01) and not run.cancelled():
            pass
        return prepare(subject, aid, run)

    app.fake.prepare = slow
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "b")
        await until(pilot, lambda: app.screen.desk.proposals.awake)
        await pilot.press(";")
        await until(pilot, lambda: "▰▰▱▱▱ looking for rings" in text(app).splitlines()[-1])
        await pilot.press("tab", "down")
        assert app.screen.desk.walk.current != "photo", "the list goes on"
        await pilot.press("ctrl+x")
        await until(pilot, lambda: "stopped; nothing was proposed" in text(app))
    assert app.screen_stack == [] or app.fake.review.examination.showings == ()


async def test_in_triage_an_item_is_asked_about_only_where_one_stays(app):
    app.fake.review.reveal("aids")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "◆ Photo: An ink seal in violet." in text(app))
        assert "triage: aids shown first" in text(app).splitlines()[0]
        assert app.screen.focused is app.screen.list
    assert app.fake.review.examination.showings[-1].before_answer


async def test_an_aid_that_raises_is_told_and_the_screen_goes_on(app):
    def raising(*_given: Any) -> Any:
        raise ZeroDivisionError("seven")

    app.fake.prepare = raising
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "b")
        await until(pilot, lambda: app.screen.desk.proposals.awake)
        await pilot.press(";")
        await until(pilot, lambda: "The aid broke" in text(app))
        await pilot.press("2")
        await pilot.pause()
    assert app.fake.review.examination.finding("photo").answer == "partial"


async def test_a_smaller_terminal_keeps_the_proposals(app):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "b")
        await until(pilot, lambda: app.screen.desk.proposals.awake)
        await pilot.press(";")
        await until(pilot, lambda: "An ink seal in violet." in text(app))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "▸ Proposals" in text(app))
        assert "An ink seal in violet." in text(app)
        await pilot.resize_terminal(160, 50)
        await until(pilot, lambda: "Indicators" in text(app) and "Tab goes" not in text(app))
        assert "An ink seal in violet." in text(app)


async def test_leaving_stops_what_is_at_work(app):
    stopped = threading.Event()

    def slow(_subject: str, _aid: str, run: Any) -> Any:
        while not run.cancelled():
            time.sleep(0.01)
        stopped.set()
        raise RuntimeError

    app.fake.prepare = slow
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "b")
        await until(pilot, lambda: app.screen.desk.proposals.awake)
        await pilot.press(";", "q")
    assert stopped.wait(2)


def test_the_screen_imports_no_aid_and_no_numpy_before_it_is_asked():
    code = (
        "import sys, docexam.tui.application, docexam.tui.screens.aid_work;"
        "bad = [m for m in sys.modules if m.startswith(('docexam.aids', 'numpy', 'PIL'))"
        " or m == 'docexam.workbench.proposing'];"
        "sys.exit(repr(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
