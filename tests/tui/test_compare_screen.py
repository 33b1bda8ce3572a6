"""Concluding and comparing through the real workbench and the real screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from docexam.domain import events as ev
from docexam.domain.acts import Recording
from docexam.domain.checklist import Checklist, Choice, Indicator, Proposition, Section
from docexam.domain.exhibit import Provenance
from docexam.domain.finding import Region
from docexam.tui.application import ReviewApp
from docexam.tui.desk.comparison import (
    ComparisonView,
    SettleForm,
    detail_lines,
    figure_lines,
    item_lines,
    settle_lines,
)
from docexam.tui.keyboard import Keyboard
from docexam.tui.lines import line_cells
from docexam.tui.options import Options
from docexam.workbench.bench import Workbench
from docexam.workbench.intake import open_exhibit

SECRET = "ANNSECRETNOTE"


def item(name: str, **bears: int) -> Indicator:
    choices = (Choice("no", "No, not there", bears=bears), Choice("yes", "Yes"))
    return Indicator(name, f"Is {name} there?", section="s", choices=choices)


CHECKLIST = Checklist(
    id="two",
    version="1.0.0",
    title="Two examiners",
    propositions=(
        Proposition("regular", "contents", "Regularly issued"),
        Proposition("interim", "contents", "Interim issue"),
    ),
    sections=(Section("s", "S"),),
    indicators=(
        item("photo", regular=-50, interim=20),
        item("dates", regular=-60, interim=30),
        item("seal", regular=-40, interim=10),
        Indicator("count", "How many?", type="number", section="s"),
    ),
)


@pytest.fixture
def ann(tmp_path: Path) -> Workbench:
    image = tmp_path / "a.png"
    Image.new("RGB", (400, 300), "#cbb").save(image)
    bench = Workbench(tmp_path / "book", "Ann")
    open_exhibit(
        bench.store,
        ("C", "E"),
        "Ann",
        CHECKLIST,
        [str(image)],
        Provenance(),
        "nothing",
        "2026-01-01T00:00:00Z",
    )
    return bench


def examine(bench: Workbench, box: float = 0.1, *, close: bool = True, **answers: str) -> None:
    review = bench.review("C/E")
    capture = review.examination.captures[0].sha256
    for name, answer in answers.items():
        region = Region(capture, box=(box, 0.1, 0.4, 0.4))
        review.record(Recording(name, answer, note=SECRET, regions=[region]))
    if close:
        review.close()


@pytest.fixture
def both(ann: Workbench) -> Workbench:
    """Ann and Bob have both closed their examinations."""
    bob = Workbench(ann.root, "Bob")
    bob.second("C/E").say_seen_before("nothing")
    examine(ann, photo="no", dates="no", seal="yes")
    examine(bob, 0.2, photo="no", dates="yes", seal="unclear")
    return ann


def app_of(bench: Workbench) -> ReviewApp:
    return ReviewApp(bench.review("C/E"), Options(), Keyboard(), bench)


def screen_text(app) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)


async def settled(pilot):
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def typed(pilot, text: str):
    await settled(pilot)
    await pilot.press(*("space" if c == " " else c for c in text))


# -- concluding -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_conclusion_is_stated_as_it_was_shown(ann, size):
    examine(ann, close=False, photo="no", dates="no")
    app = app_of(ann)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+k", "enter")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        shown = " ".join(screen_text(app).split())
        assert "The findings support “Interim issue” over “Regularly issued”" in shown
        await pilot.press("down", "down", "down", "down", "enter")
        await typed(pilot, "two pages are empty")
        await pilot.press("enter", "down", "enter")
        await settled(pilot)
        assert app.screen.id is None
        assert "You stated" in screen_text(app)
    stated = ann.review("C/E").examination.conclusions["contents"]
    assert (stated.proposition, stated.over, stated.wording) == ("interim", "regular", "moderate")
    assert stated.because == "two pages are empty"
    assert stated.override == ""


async def test_a_departure_is_not_stated_without_a_reason(ann):
    examine(ann, close=False, photo="no", dates="no")
    app = app_of(ann)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+k", "enter")
        await settled(pilot)
        await pilot.press("c", "down", "3")
        await pilot.press("down", "enter")
        await typed(pilot, "nothing tells")
        await pilot.press("enter", "down", "down", "enter")
        await settled(pilot)
        assert "why it departs" in screen_text(app).splitlines()[-1]
        assert not ann.review("C/E").examination.conclusions
        await pilot.press("up", "up", "enter")
        await typed(pilot, "a page is missing")
        await pilot.press("enter", "down", "enter")
        await settled(pilot)
    stated = ann.review("C/E").examination.conclusions["contents"]
    assert (stated.proposition, stated.override) == ("", "a page is missing")
    assert stated.suggested["proposition"] == "interim"


async def test_escape_from_a_text_keeps_it_and_from_the_form_states_nothing(ann):
    examine(ann, close=False, photo="no", dates="no")
    app = app_of(ann)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+k", "enter")
        await settled(pilot)
        await pilot.press("c", "down", "down", "down", "down", "enter")
        await typed(pilot, "halfq1")
        await pilot.press("escape")
        await settled(pilot)
        assert "halfq1" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "halfq1" not in screen_text(app)
        await pilot.press("ctrl+k")
        await settled(pilot)
        assert "halfq1" in screen_text(app)
    assert not ann.review("C/E").examination.conclusions


# -- the gate -------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [["ctrl+e"], ["ctrl+t"], ["ctrl+r"], ["ctrl+l"], ["ctrl+k"]])
async def test_no_screen_tells_the_second_examiner_what_the_first_found(ann, keys):
    bob = Workbench(ann.root, "Bob")
    bob.second("C/E").say_seen_before("nothing")
    examine(ann, photo="no", dates="no", seal="yes")
    app = app_of(bob)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for key in [*keys, "enter", "escape"]:
            await pilot.press(key)
            await settled(pilot)
            shown = screen_text(app)
            assert SECRET not in shown
            assert "3 of 4" not in shown
    assert not bob.review("C/E").examination.findings


async def test_the_comparison_is_refused_in_the_gate_s_words(ann):
    bob = Workbench(ann.root, "Bob")
    bob.second("C/E").say_seen_before("nothing")
    examine(ann, photo="no")
    app = app_of(bob)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e")
        await settled(pilot)
        assert "comparing would end your blindness" in " ".join(screen_text(app).split())


async def test_one_closed_examination_is_not_compared_with_nothing(ann):
    examine(ann, photo="no")
    app = app_of(ann)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e")
        await settled(pilot)
        assert "nobody to compare with" in " ".join(screen_text(app).split())


# -- comparing ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_both_answers_stand_side_by_side_and_the_raw_figure_comes_first(both, size):
    app = app_of(both)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e")
        await settled(pilot)
        lines = screen_text(app).splitlines()
    figures = [line.strip() for line in lines[1:5]]
    assert figures[0] == "Ann, Bob: 3 items answered by both"
    assert figures[1] == "raw agreement 0.33"
    assert figures[2].startswith("Cohen's kappa")
    row = next(line for line in lines if "≠" in line and "Dates" in line)
    assert "No, not there" in row
    assert "Yes" in row
    assert "0.60" in row


async def test_only_differing_items_and_back(both):
    app = app_of(both)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e", "d")
        await settled(pilot)
        assert [i["item"] for i in app.screen.model.items] == ["dates", "seal"]
        assert "2 of 4 items" in screen_text(app).splitlines()[-1]
        await pilot.press("d")
        assert len(app.screen.model.items) == 4


async def test_space_reads_on_in_an_item_and_another_item_begins_at_its_top(both):
    app = app_of(both)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e")
        await settled(pilot)
        detail = app.screen.detail
        assert detail.max_scroll_y == 0 or detail.scroll_offset.y == 0
        app.screen.model.current["answers"][0]["note"] = "long " * 200
        app.screen.sync()
        await settled(pilot)
        await pilot.press("space")
        await settled(pilot)
        assert detail.scroll_offset.y > 0
        await pilot.press("down")
        await settled(pilot)
        assert detail.scroll_offset.y == 0


async def test_enter_shows_everybody_s_regions_on_the_capture(both):
    app = app_of(both)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        review = app.screen
        await pilot.press("ctrl+e", "home", "enter")
        await settled(pilot)
        assert review.desk.walk.current == "photo"
        assert [m.label for m in review.link._marks] == ["A", "B"]


async def test_an_item_is_settled_with_an_answer_and_a_reason(both):
    app = app_of(both)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e", "a", "2", "down", "down", "enter")
        await settled(pilot)
        assert "Settling needs a reason" in screen_text(app).splitlines()[-1]
        await pilot.press("up", "enter")
        await typed(pilot, "seen again together")
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert "settled by Ann: Yes" in screen_text(app)
    (event,) = [e for e in both.review("C/E").examination.events if e.kind == ev.ADJUDICATED]
    assert event.data["item"] == "dates"
    assert event.text("because") == "seen again together"


async def test_what_was_written_and_not_settled_stands_there_again(both):
    app = app_of(both)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e", "a", "2", "down", "enter")
        await typed(pilot, "half a reason")
        await pilot.press("enter", "escape", "escape")
        await settled(pilot)
        await pilot.press("ctrl+e", "a")
        await settled(pilot)
        assert "half a reason" in screen_text(app)
        assert "stands here again" in screen_text(app).splitlines()[-1]
        await pilot.press("enter")  # at the first row again: nothing is settled by it
        await settled(pilot)
        assert "Settle it" in screen_text(app)
        await pilot.press("down", "down", "enter")
        await settled(pilot)
        assert "settled by Ann: Yes" in screen_text(app)
        await pilot.press("a")
        await settled(pilot)
        assert "half a reason" not in screen_text(app).split("settled by Ann", 1)[0]
        assert "stands here again" not in screen_text(app)


async def test_the_figures_and_who_may_settle_are_the_workbench_s(both):
    third = Workbench(both.root, "Cem")
    app = ReviewApp(third.review("C/E", "Ann"), Options(), Keyboard(), third)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+e", "a")
        await settled(pilot)
        assert "Only somebody who examined" in screen_text(app).splitlines()[-1]


# -- without a screen -----------------------------------------------------------------------


def view_of(both: Workbench, **more) -> ComparisonView:
    return ComparisonView(CHECKLIST, both.compared("C/E") | more)


def told(lines) -> str:
    return "\n".join("".join(s.text for s in line) for line in lines)


def test_it_begins_at_the_first_difference(both):
    assert view_of(both).at == "dates"


def test_an_undefined_figure_says_why(both):
    figures = {
        "n": 0,
        "raw": None,
        "kappa": None,
        "alpha": None,
        "alpha_interval": None,
        "why": {"raw": "no item was rated by two examiners", "kappa": "k", "alpha": "a"},
    }
    words = told(figure_lines(view_of(both, agreement=figures), 100))
    assert "raw agreement undefined: no item was rated by two examiners" in words
    assert "None" not in words


def test_notes_and_overlap_are_told_and_notes_are_made_harmless(both):
    view = view_of(both)
    view.data["items"][1]["answers"][0]["note"] = "x\x1b[2Jy"
    words = told(detail_lines(view, 100))
    assert "overlap by 0.60" in words
    assert "\x1b" not in words


def test_fifty_examiners_are_counted_instead_of_squeezed(both):
    data = both.compared("C/E")
    names = [f"Examiner {n}" for n in range(50)]
    answers = [
        dict(data["items"][0]["answers"][0], examiner=n, answer="no" if i < 40 else "unclear")
        for i, n in enumerate(names)
    ]
    entry = dict(data["items"][0], answers=answers, same=False)
    view = ComparisonView(CHECKLIST, data | {"examiners": names, "items": [entry]})
    (line,) = item_lines(view, 80)
    assert "40 × No, not there, 10 × unclear" in told([line])
    assert line_cells(line) <= 80
    assert "50 examiners" in told(figure_lines(view, 80))


def test_a_typed_answer_is_typed_to_settle_it_and_a_non_answer_can_be_chosen():
    form = SettleForm(CHECKLIST.item("count"))
    assert next(o for o, _ in form.options()) == "unclear"
    form.type("answer", " 12 ")
    assert form.answer == "12"
    assert "because" in form.missing()
    assert "12" in told(settle_lines(form, 60))
