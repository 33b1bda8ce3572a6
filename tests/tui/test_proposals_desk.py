"""Proposals at the desk: after one's own answer, in words, through the ordinary forms; no screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docexam.domain import events as ev
from docexam.domain.proposals import ShownGround, ShownProposal
from docexam.errors import InputError
from docexam.tui.desk.bars import bottom_line, top_line
from docexam.tui.desk.history import event_words
from docexam.tui.desk.proposals_panel import card_lines, panel, place_lines
from docexam.tui.desk.proposing import MOST_SPOTS
from docexam.tui.desk.question import question_lines, strip_lines
from docexam.tui.desk.revealing import reveal_lines

QUAD = ((0.1, 0.1), (0.3, 0.1), (0.3, 0.3), (0.1, 0.3))
SEAL = ShownProposal(
    "An ink seal in violet.",
    key="photo",
    score=0.93,
    meaning="share of its ring that was found",
    grounds=(
        ShownGround("A ring of violet ink.", 2, QUAD),
        ShownGround("Its hue is that of stamp ink."),
        ShownGround("A second, fainter ring.", 1, QUAD),
    ),
)
READING = ShownProposal(
    "The typed text reads so.",
    key="lines",
    fills="surname",
    reading="Ким",
    grounds=(ShownGround("The last letter is in doubt.", span=(2, 3), of="Ким"),),
)


def words(lines: Any) -> str:
    return "\n".join("".join(s.text for s in line) for line in lines)


def question(desk: Any, width: int = 60) -> str:
    return words(question_lines(desk, width, focused=False))


def shown_panel(desk: Any, width: int = 60) -> str:
    return words(panel(desk, width).lines)


@pytest.fixture
def aided(make_review, make_desk, small_checklist, make_proposer):
    """A desk whose checklist names aids, at “photo”, and the fake proposer behind it."""

    def made(item: str = "photo") -> Any:
        photo = replace(small_checklist.item("photo"), aid="photo")
        fields = tuple(
            replace(f, aids=("typed", "numbers") if f.id == "surname" else ("numbers",))
            for f in small_checklist.fields
        )
        items = tuple(photo if i.id == "photo" else i for i in small_checklist.indicators)
        checklist = replace(small_checklist, indicators=items, fields=fields)
        review = make_review(checklist)
        desk = make_desk(review)
        desk.writing.nothing_seen()
        says = {"photo": (SEAL,), "typed": (READING,), "numbers": ()}
        desk.proposals._source = make_proposer(review, says)
        desk.proposals.awake = True
        desk.walk.go(item)
        return desk

    return made


def work(desk: Any) -> None:
    """Let the job that was started last come to its end, as a thread would."""
    while desk.proposals.jobs:
        job = desk.proposals.jobs[0]
        source = desk.proposals.source
        desk.proposals.came(job, source.prepare(job.subject, job.aid, job))


def test_before_the_first_answer_nothing_of_a_proposal_is_seen_or_run(aided, press):
    desk = aided()
    press(desk, ";")
    assert "Answer “photo” first" in desk.notice.text
    assert "Photo: can be asked after your answer" in question(desk)
    assert "violet" not in question(desk)
    assert desk.proposals.source.runs == []
    assert not desk.proposals.open


def test_after_it_one_key_runs_the_aid_and_shows_it_as_an_act(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    assert ("focus_pane", "aid") in desk.stage.asked
    assert "violet" not in shown_panel(desk), "nothing is seen before the act"
    work(desk)
    last = desk.review.examination.events[-1]
    assert (last.kind, last.data["act"], last.data["item"]) == (ev.AID_ACT, "shown", "photo")
    told = shown_panel(desk)
    assert "An ink seal in violet." in told
    assert "score 0.93: share of its ring that was found" in told
    assert " a A ring of violet ink. · capture 2" in told
    assert " · Its hue is that of stamp ink." in told
    assert " b A second, fainter ring. · capture 1" in told


def test_a_capture_named_at_the_head_is_not_named_again_at_each_ground(aided, press):
    desk = aided()
    named = replace(SEAL, says=f"Capture 2: {SEAL.says}")
    desk.proposals.source.says["photo"] = (named,)
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    told = shown_panel(desk)
    assert " a A ring of violet ink." in told
    assert " · capture 2" not in told
    assert " b A second, fainter ring. · capture 1" in told


def test_how_many_proposals_there_are_is_never_cut_off(aided, press):
    desk = aided()
    desk.proposals.source.says["photo"] = tuple(replace(SEAL, says=f"No {n}.") for n in range(63))
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    assert desk.proposals.open
    told = " ".join(question(desk, width=14).split())
    assert "Photo: 63 proposals" in told


def test_a_score_is_never_told_without_its_meaning(aided, press):
    desk = aided()
    other = replace(SEAL, says="Another.", meaning="something else")
    bare = replace(SEAL, says="A third.", meaning="")
    desk.proposals.source.says["photo"] = (SEAL, SEAL, other, bare)
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    told = [line for line in shown_panel(desk).splitlines() if "score" in line]
    assert [line.split(": ")[1] for line in told] == [
        "share of its ring that was found",
        "meaning as above",
        "something else",
        "its meaning is not told",
    ]


def test_the_key_goes_back_to_the_item_answered_last(aided, press):
    desk = aided()
    press(desk, "1")
    assert desk.walk.current != "photo"
    assert "aid on “Photo”" in words(strip_lines(desk, 200, 4))
    press(desk, ";")
    assert desk.walk.current == "photo"
    assert [j.aid for j in desk.proposals.jobs] == ["photo"]


def test_what_comes_while_one_is_elsewhere_is_kept_and_shown_when_asked_there(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    desk.walk.go("sharp")
    count = len(desk.review.examination.events)
    work(desk)
    assert "Photo is done on “Photo”" in desk.notice.text
    assert len(desk.review.examination.events) == count, "nothing was shown to anybody"
    desk.walk.go("photo")
    assert "◇ ; shows Photo, done" in question(desk)
    press(desk, ";")
    assert "An ink seal in violet." in shown_panel(desk)
    assert desk.proposals.source.runs == [("photo", "photo")]


def test_one_aid_works_at_a_time_and_stopping_drops_those_that_wait(aided, press):
    desk = aided("surname")
    desk.review.transcribe("surname", raw="Ким")
    desk.walk.changed()
    press(desk, ";")
    assert [j.aid for j in desk.proposals.jobs] == ["typed", "numbers"]
    assert [a[1].aid for a in desk.stage.asked if a[0] == "start_aid"] == ["typed"]
    job = desk.proposals.jobs[0]
    job.progress(0.6, "second line")
    bottom = words([bottom_line(desk, 120)])
    assert "◌ Typed ▰▰▰▱▱ second line, 1 waiting, ^x stops" in bottom
    press(desk, "ctrl+x")
    assert job.stopped
    assert desk.proposals.jobs == [job]
    work(desk)
    assert "stopped; nothing was proposed" in desk.notice.text
    assert desk.review.examination.showings == ()
    press(desk, ";")
    assert len(desk.proposals.jobs) == 2, "a stopped aid can be asked again"


def test_an_aid_that_breaks_says_so_in_the_panel_and_nothing_is_recorded(aided, press):
    desk = aided()
    desk.proposals.source.says["photo"] = "The aid “photo” broke (\x1b[2J); nothing was proposed."
    press(desk, "1")
    desk.walk.go("photo")
    count = len(desk.review.examination.events)
    press(desk, ";")
    work(desk)
    assert "! Photo: The aid “photo” broke (⟨U+001B⟩[2J)" in shown_panel(desk)
    assert len(desk.review.examination.events) == count
    press(desk, "2", focus="aid")
    assert desk.review.examination.finding("photo").answer == "partial"


def test_nothing_found_is_shown_as_such(aided, press):
    desk = aided("number")
    desk.review.transcribe("number", raw="АБ 123456")
    desk.walk.changed()
    press(desk, ";")
    work(desk)
    assert "◆ Numbers: nothing to propose" in shown_panel(desk)
    assert desk.review.examination.showings[-1].count == 0


def test_grounds_lead_to_their_places_which_are_marked_apart_from_evidence(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    press(desk, "enter", focus="aid")
    assert desk.picture.shown[-1].capture == "b" * 64
    marks = [(m.kind, m.label) for m in desk.picture.marks]
    assert ("aid-current", "a") in marks
    assert ("aid", "b") in marks
    press(desk, "'", focus="capture")
    assert desk.picture.shown[-1].capture == "a" * 64
    assert "◆ b A second, fainter ring." in words(place_lines(desk, 60))
    press(desk, "up", "enter", focus="aid")
    assert "no place" in desk.notice.text
    press(desk, "escape", focus="aid")
    assert not [m for m in desk.picture.marks if m.kind.startswith("aid")]
    assert desk.review.examination.finding("photo").regions == ()


def test_a_place_is_taken_over_as_a_region_that_begins_there(aided, press):
    desk = aided()
    press(desk, "3")
    assert desk.walk.current == "photo", "an answer that needs a region stays"
    press(desk, ";")
    work(desk)
    press(desk, "down", "a", focus="aid")
    least, begun = desk.picture.started[-1]
    assert (least, begun.capture, begun.box) == (50, "b" * 64, (0.1, 0.1, 0.2, 0.2))
    assert desk.review.examination.finding("photo").regions == (), "nothing is taken silently"
    desk.marks.drawn(replace(begun, box=(0.1, 0.1, 0.25, 0.2)))
    found = desk.review.examination.finding("photo")
    assert [r.box for r in found.regions] == [(0.1, 0.1, 0.25, 0.2)]
    assert "✓ adopted" in shown_panel(desk)


def test_a_reading_is_taken_over_in_its_form_with_the_aid_named_and_a_reason(aided, press):
    desk = aided("surname")
    desk.review.transcribe("surname", raw="Кин")
    desk.walk.changed()
    press(desk, ";")
    work(desk)
    press(desk, "a", focus="aid")
    form = desk.writing.open
    assert (form.title, form.text) == ("Reading proposed by typed 1", "Ким")
    assert desk.review.examination.fields["surname"].raw == "Кин", "nothing is taken silently"
    desk.writing.finish("Ким")
    assert desk.writing.open.title == "Why does this change?"
    assert desk.writing.open.text == "proposed by typed 1"
    desk.writing.finish(desk.writing.open.text)
    reading = desk.review.examination.fields["surname"]
    assert (reading.raw, reading.first, reading.aid) == ("Ким", "Кин", "typed 1")
    assert "adopted from typed 1" in question(desk)


def test_leaving_the_form_of_a_proposed_reading_changes_nothing(aided, press):
    desk = aided("surname")
    desk.review.transcribe("surname", raw="Кин")
    desk.walk.changed()
    press(desk, ";")
    work(desk)
    press(desk, "a", focus="aid")
    desk.writing.leave("Ким")
    assert desk.review.examination.fields["surname"].raw == "Кин"
    assert "Nothing was changed" in desk.notice.text
    assert "✓" not in shown_panel(desk)


def test_the_span_of_a_text_is_pointed_at_without_colour(aided, press):
    desk = aided("surname")
    desk.review.transcribe("surname", raw="Ким")
    desk.walk.changed()
    press(desk, ";")
    work(desk)
    press(desk, "down", focus="aid")
    lines = shown_panel(desk).splitlines()
    at = next(n for n, line in enumerate(lines) if line == "    Ким")
    assert lines[at + 1] == "      ▔"


def test_a_rejection_needs_a_reason_and_keeps_the_proposal_in_sight(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    press(desk, "d", focus="aid")
    desk.writing.finish("  ")
    assert desk.writing.open is not None
    desk.writing.finish("that is a coffee stain")
    told = shown_panel(desk)
    assert "✗ rejected" in told
    assert "that is a coffee stain" in told
    assert "An ink seal in violet." in told


def test_an_answer_can_be_bound_to_a_proposal_without_a_place(aided, press):
    desk = aided()
    desk.proposals.source.says["photo"] = (replace(SEAL, grounds=()),)
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    press(desk, "a", focus="aid")
    assert "Answer now" in desk.notice.text
    press(desk, "2", focus="aid")
    desk.writing.finish("half of it is torn off")
    finding = desk.review.examination.finding("photo")
    assert (finding.answer, finding.first, finding.aided) == ("partial", "present", "shown")
    assert desk.review.examination.decisions[-1].act == "adopted"


def test_after_a_showing_a_change_of_that_item_needs_a_reason_and_others_do_not(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    press(desk, "2", focus="aid")
    assert desk.writing.open.title == "Why does this change?"
    desk.writing.leave("")
    desk.walk.go("sharp")
    press(desk, "1")
    desk.walk.go("sharp")
    press(desk, "2")
    assert desk.writing.open is None
    assert desk.review.examination.finding("sharp").answer == "no"


def test_regions_changed_after_a_showing_ask_for_the_reason_and_lose_nothing(aided, press, region):
    desk = aided()
    press(desk, "3")
    desk.marks.drawn(region)
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    press(desk, "r", focus="list")
    desk.marks.drawn(replace(region, box=(0.4, 0.4, 0.2, 0.2)))
    desk.writing.finish("closer to the edge")
    assert len(desk.review.examination.finding("photo").regions) == 2


def test_triage_asks_by_itself_once_one_stays_and_says_so_all_the_time(aided):
    desk = aided()
    desk.proposals.linger()
    assert desk.proposals.jobs == [], "closed, nothing is asked"
    desk.review.reveal("aids")
    assert "triage: aids shown first" in words([top_line(desk, 120)])
    assert "triage: aids shown first" in words([top_line(desk, 80)])
    desk.proposals.linger()
    work(desk)
    assert desk.review.examination.showings[-1].before_answer
    assert "An ink seal in violet." in question(desk)
    assert "before your answer" in shown_panel(desk)
    assert not any(a[0] == "focus_pane" for a in desk.stage.asked), "the focus stays"


def test_in_triage_what_comes_late_is_not_shown_on_another_item(aided):
    desk = aided()
    desk.review.reveal("aids")
    desk.proposals.linger()
    desk.walk.go("sharp")
    work(desk)
    assert desk.review.examination.showings == ()


def test_the_reveal_says_what_triage_costs(review):
    told = words(reveal_lines(review.examination, review.standing, "aids", 70))
    assert "before you answer it" in told
    assert "It costs your first look" in told
    assert "once you have answered it" in told


def test_the_journal_tells_the_acts_in_words(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    press(desk, "d", focus="aid")
    desk.writing.finish("a stain")
    state = desk.review.examination
    told = [event_words(state, e) for e in state.events if e.kind == ev.AID_ACT]
    assert told == [
        "Photo: shown what photo 1 proposes, 1 proposal",
        "Photo: proposal 1 of photo 1 rejected, reason “a stain”",
    ]


def test_a_closed_examination_shows_what_was_shown_and_decides_nothing(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    desk.review.close()
    desk.walk.changed()
    press(desk, "d", focus="aid")
    assert "closed" in desk.notice.text
    assert desk.writing.open is None
    press(desk, "escape", focus="aid")
    press(desk, ";")
    assert "An ink seal in violet." in shown_panel(desk)


def test_hostile_words_of_an_aid_are_made_visible(aided, press):
    desk = aided()
    bad = ShownProposal(
        "\x1b]0;x\x07 [@click=app.quit]",
        grounds=(ShownGround("\u202eA", span=(-5, 10**9), of="\x9bB" * 500),),
    )
    desk.proposals.source.says["photo"] = (bad,)
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    press(desk, "down", focus="aid")
    for width in (12, 34, 76):
        told = shown_panel(desk, width)
        assert not set(told) & {"\x1b", "\x07", "\u202e", "\x9b"}
        assert all(len(line) <= width for line in told.splitlines())


def test_asked_before_the_aids_are_looked_up_it_is_asked_then(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    desk.proposals.awake = False
    press(desk, ";")
    assert "being looked up" in desk.notice.text
    desk.proposals.wake()
    assert desk.proposals.open
    work(desk)
    assert "An ink seal in violet." in shown_panel(desk)
    desk.walk.go("sharp")
    desk.proposals.awake = False
    press(desk, ";")
    assert "No aid is named" in desk.notice.text


def test_comparing_whole_exhibits_is_no_matter_of_the_screen(aided, press):
    desk = aided()
    checklist = desk.review.examination.checklist
    same = replace(checklist.item("photo"), aid="same")
    items = tuple(same if i.id == "photo" else i for i in checklist.indicators)
    changed = replace(checklist, indicators=items)
    desk.review.examination = replace(desk.review.examination, checklist=changed)
    desk.walk.changed()
    press(desk, ";")
    assert "docexam aid same" in desk.notice.text
    desk.proposals.linger()
    assert desk.proposals.jobs == []


def test_an_aid_that_says_thousands_of_things_does_not_hold_the_screen_up(aided, press):
    desk = aided()
    ground = SEAL.grounds[0]
    desk.proposals.source.says["photo"] = (replace(SEAL, grounds=(ground,) * 100),) * 200
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")
    work(desk)
    assert len(desk.proposals.spots()) == MOST_SPOTS
    told = shown_panel(desk)
    assert "and 23 proposals more" in told
    assert " + A ring" in told


def test_the_card_tells_figures_with_their_number_and_material():
    from docexam.aids.protocol import Card, Figure

    figure = Figure("seals found", 0.95, 400, "drawn")
    card = Card("Seals", "1.2", "Finds seals.", ("Tells no age.",), "On scenes.", True, (figure,))
    told = words(card_lines(card, 60))
    assert "seals found: 0.95 (n = 400, drawn)" in told
    assert "Drawn material" in told
    assert "· Tells no age." in told


def test_a_showing_that_the_rules_refuse_is_told_and_shows_nothing(aided, press):
    desk = aided()
    press(desk, "1")
    desk.walk.go("photo")
    press(desk, ";")

    def refuse(_prepared: Any) -> Any:
        raise InputError("DX-AID-FIRST", "Answer first.")

    desk.proposals.source.show = refuse
    work(desk)
    assert "Answer first." in desk.notice.text
    assert "violet" not in shown_panel(desk)
