"""Reveals and the support screen, in Textual's own harness."""

from __future__ import annotations

import pytest

from docexam.domain.checklist import Checklist, Choice, Indicator, Proposition, Section
from docexam.domain.finding import Region
from docexam.domain.specimen import Specimen
from docexam.tui.application import ReviewApp
from docexam.tui.desk.question import question_lines
from docexam.tui.keyboard import Keyboard
from docexam.tui.options import Options


def item(name: str, *, critical: bool = False, kind: str = "observe", **bears: int) -> Indicator:
    return Indicator(
        name,
        f"Is {name} as it should be?",
        section="s",
        critical=critical,
        kind=kind,
        choices=(
            Choice("no", "No", bears=bears),
            Choice("yes", "Yes", bears={"regular": 20, "interim": 0}),
        ),
    )


CHECKLIST = Checklist(
    id="weighed",
    version="1.0.0",
    title="Weighed",
    propositions=(
        Proposition("regular", "contents", "Regularly issued"),
        Proposition("interim", "contents", "Interim issue"),
    ),
    sections=(Section("s", "S"),),
    indicators=(
        item("layout", kind="compare", regular=-10, interim=10),
        item("photo", critical=True, regular=-50, interim=20),
        item("dates", regular=-60, interim=30),
        item("seal", regular=-40, interim=10),
    ),
)
SPECIMEN = Specimen("c" * 64, "RU", "booklet", "2005", name="ref.jpg", width=100, height=80)


def app_of(review) -> ReviewApp:
    return ReviewApp(review, Options(), Keyboard())


def screen_text(app) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)


async def settled(pilot):
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def kinds(review):
    return [e.data["what"] for e in review.examination.events if e.kind == "Revealed"]


@pytest.fixture
def weighed(make_review):
    """An examination whose critical item is answered."""
    from docexam.domain.acts import Recording

    review = make_review(CHECKLIST)
    review.say_seen_before("nothing")
    for name in ("photo", "dates"):
        region = Region("a" * 64, box=(0.1, 0.1, 0.2, 0.2))
        review.record(Recording(name, answer="no", regions=[region]))
    return review


async def test_support_is_refused_with_the_reason_while_a_critical_item_is_open(make_review):
    review = make_review(CHECKLIST)
    review.say_seen_before("nothing")
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+t")
        await settled(pilot)
        told = " ".join(" ".join(screen_text(app).splitlines()[-3:]).split())
        assert "Support stays closed until the critical items" in told
        await pilot.press("ctrl+r", "1", "enter")
        await settled(pilot)
        assert "Support stays closed" in screen_text(app)
    assert kinds(review) == ["seen-before"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_key_reveals_it_and_the_journal_keeps_that(weighed, size):
    app = app_of(weighed)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "interim" not in screen_text(app).lower()
        await pilot.press("ctrl+t")
        await settled(pilot)
        asked = " ".join(screen_text(app).replace("│", " ").split())
        assert "needs a reason" in asked
        assert "undo does not close it" in asked
        await pilot.press("enter")
        await settled(pilot)
        shown = screen_text(app)
        assert "Interim" in shown
        assert "+0.20" in shown
        await pilot.press("escape")
        await settled(pilot)
        assert "contents: interim over regular" in screen_text(app).splitlines()[-1]
    assert kinds(weighed) == ["seen-before", "support"]


async def test_escape_leaves_it_closed(weighed):
    app = app_of(weighed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+t", "escape")
        await settled(pilot)
    assert kinds(weighed) == ["seen-before"]


async def test_undo_does_not_close_it_and_a_change_then_needs_a_reason(weighed):
    app = app_of(weighed)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+t", "enter")
        await settled(pilot)
        await pilot.press("escape", "ctrl+z")
        await settled(pilot)
        assert "nothing to undo: what was revealed" in screen_text(app).splitlines()[-1]
        app.screen.desk.walk.go("photo")
        await pilot.press("2")
        await settled(pilot)
        assert app.screen.desk.writing.open.kind == "reason"
    assert weighed.examination.revealed("support")
    assert weighed.examination.finding("photo").answer == "no"


async def test_enter_goes_to_the_finding_and_its_pixels(weighed):
    app = app_of(weighed)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        review = app.screen
        await pilot.press("ctrl+t", "enter")
        await settled(pilot)
        await pilot.press("right", "enter")
        await settled(pilot)
        assert app.screen is review
        assert review.desk.walk.current == "dates"


async def test_the_next_best_look_is_one_key_away(weighed):
    app = app_of(weighed)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        review = app.screen
        await pilot.press("ctrl+t", "enter")
        await settled(pilot)
        assert "Next best look: Seal" in screen_text(app)
        await pilot.press("o")
        await settled(pilot)
        assert review.desk.walk.current == "seal"


async def test_file_names_stay_closed_until_the_claims_are_revealed(weighed):
    app = app_of(weighed)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for keys in (["question_mark", "escape"], ["ctrl+l", "escape"], ["ctrl+r", "escape"]):
            await pilot.press(keys[0])
            await settled(pilot)
            assert "0.jpg" not in screen_text(app)
            await pilot.press(keys[1])
        await pilot.press("ctrl+r", "3")
        await settled(pilot)
        assert "0.jpg" not in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        shown = screen_text(app)
        assert "0.jpg" in shown
        assert "Source: not stated" in shown
    assert kinds(weighed)[-1] == "claims"


async def test_the_keys_of_the_support_screen_are_told(weighed):
    app = app_of(weighed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+t", "enter", "question_mark")
        await settled(pilot)
        assert "Moves from finding to finding" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "Support" in screen_text(app).splitlines()[0]


# -- the order of looking, and reference specimens ------------------------------------------


def test_items_to_compare_come_after_what_is_seen_in_the_document_itself(make_review, make_desk):
    desk = make_desk(make_review(CHECKLIST))
    assert [r.id for r in desk.walk.rows if r.kind == "item"] == [
        "photo",
        "dates",
        "seal",
        "layout",
    ]
    desk.writing.nothing_seen()
    desk.walk.go("seal")
    assert desk.walk.next_open()
    assert desk.walk.current == "layout"


def answers(desk) -> list[str]:
    lines = question_lines(desk, 60, focused=False)
    return [s.target for line in lines for s in line if s.target.startswith("non:")]


def test_no_reference_is_offered_first_where_no_specimen_matches(make_review, make_desk, press):
    desk = make_desk(make_review(CHECKLIST))
    desk.writing.nothing_seen()
    desk.walk.go("layout")
    assert answers(desk)[0] == "non:no-reference"
    press(desk, "space")
    assert "No reference specimen of the casebook matches" in desk.notice.text


def test_a_matching_specimen_is_offered_and_asks_for_the_reveal_first(
    make_review, make_desk, press
):
    review = make_review(CHECKLIST)
    review.specimens = lambda: (SPECIMEN,)
    desk = make_desk(review)
    desk.writing.nothing_seen()
    desk.walk.go("layout")
    assert answers(desk)[0] == "non:unclear"
    press(desk, "space")
    assert desk.stage.asked[-1] == ("open_window", "reveal:reference")
    review.reveal("reference")
    press(desk, "space")
    assert desk.stage.asked[-1] == ("open_window", "specimens")


def test_a_finding_made_beside_a_specimen_cites_it(make_review, make_desk, press):
    review = make_review(CHECKLIST)
    review.specimens = lambda: (SPECIMEN,)
    desk = make_desk(review)
    desk.writing.nothing_seen()
    review.reveal("reference")
    desk.references.specimens()
    desk.walk.go("layout")
    desk.picture.view_kept = lambda: {"beside": SPECIMEN.sha256}
    press(desk, "1")
    assert review.examination.finding("layout").reference == SPECIMEN.sha256
    desk.picture.view_kept = lambda: {"beside": "b" * 64}
    desk.walk.go("seal")
    press(desk, "1")
    assert review.examination.finding("seal").reference == ""


def test_no_region_is_taken_from_a_specimen(make_review, make_desk):
    desk = make_desk(make_review(CHECKLIST))
    desk.writing.nothing_seen()
    desk.walk.go("photo")
    desk.marks.draw_region()
    desk.marks.drawn(Region(SPECIMEN.sha256, box=(0.1, 0.1, 0.2, 0.2)))
    assert desk.marks.regions() == ()
    assert "not on what it is compared with" in desk.notice.text
