"""The form of a conclusion, without a screen: what is suggested, what is missing, what departs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docexam.domain.acts import UNSET
from docexam.domain.checklist import Checklist, Choice, Indicator, Proposition, Section
from docexam.domain.examination import Examination, Reveal
from docexam.domain.finding import Finding
from docexam.domain.standing import standing_of
from docexam.tui.desk.revealing import KINDS, claims_lines, menu_rows, refused, reveal_lines
from docexam.tui.desk.stating import ConclusionForm, form_lines, side_lines
from docexam.tui.lines import line_cells


def item(name: str, *, critical: bool = False, **bears: int) -> Indicator:
    choices = (Choice("no", "No", bears=bears), Choice("yes", "Yes", bears={"regular": 20}))
    return Indicator(name, "Well?", section="s", critical=critical, choices=choices)


CHECKLIST = Checklist(
    id="weighed",
    version="1.0.0",
    title="Weighed",
    propositions=(
        Proposition("pristine", "image", "Unaltered picture"),
        Proposition("edited", "image", "Altered picture"),
        Proposition("regular", "contents", "Regularly issued"),
        Proposition("interim", "contents", "Interim issue"),
        Proposition("altered", "contents", "Altered later"),
    ),
    sections=(Section("s", "S"),),
    indicators=(
        item("photo", critical=True, regular=-50, interim=20, altered=0),
        item("dates", regular=-60, interim=30, altered=10),
    ),
)


def examined(make_review, **answers: str) -> Examination:
    state = make_review(CHECKLIST).examination
    findings = {n: Finding(n, answer=a, complete=True) for n, a in answers.items()}
    reveals = (Reveal("support", "2026-01-01T00:00:00Z", 2),)
    return replace(state, findings=findings, reveals=reveals)


@pytest.fixture
def form(make_review) -> ConclusionForm:
    state = examined(make_review, photo="no", dates="no")
    return ConclusionForm(state, standing_of(state))


def told(lines) -> str:
    return " ".join(" ".join("".join(s.text for s in line) for line in lines).split())


def test_it_begins_with_what_is_suggested_on_the_question_most_was_said_on(form):
    assert (form.question, form.proposition) == ("contents", "interim")
    assert form.chosen("over") == "altered"
    assert form.chosen("wording") == "weak"
    assert form.preview().departs == ()
    assert "This is what is suggested." in told(side_lines(form, 90))


def test_the_sentence_that_is_shown_is_the_sentence_that_is_stated(form):
    assert form.preview().told == (
        "The findings support “Interim issue” over “Altered later” (weak support), "
        "among the explanations listed; something not listed stays open."
    )


def test_a_reason_is_always_asked_for_and_a_second_one_only_for_a_departure(form):
    assert "fill in “because”" in form.missing()
    assert "override" not in form.rows()
    form.type("because", "no photograph")
    assert form.missing() == ""
    form.choose("wording", "moderate")
    assert "override" in form.rows()
    assert "fill in “why it departs”" in form.missing()
    form.type("override", "seen under UV")
    assert form.missing() == ""


def test_suggestion_and_statement_stand_side_by_side_where_they_differ(form):
    form.propose("regular")
    form.choose("wording", "weak")
    words = told(side_lines(form, 200))
    assert "Suggested: The findings support “Interim issue”" in words
    assert "To state: The findings support “Regularly issued”" in words
    assert "the suggestion is “interim”" in words


def test_a_proposition_without_support_is_refused_in_the_form_s_own_words(form):
    form.propose("regular")
    preview = form.preview()
    assert preview.told == ""
    assert "Choose the words yourself" in preview.problem
    assert "--" not in preview.problem


def test_a_block_demands_a_reason_to_override_it(make_review):
    state = examined(make_review, dates="no")
    form = ConclusionForm(state, standing_of(state))
    assert form.proposition == "none"
    form.type("because", "x")
    assert "why it departs" in form.missing()
    words = told(side_lines(form, 200))
    assert "none is made, because" in words
    assert "critical item open: photo" in words


def test_none_asks_neither_for_a_rival_nor_for_words(form):
    form.propose("none")
    assert not {"over", "wording"} & set(form.rows())
    assert "the suggestion is “interim”, not none" in form.preview().departs


def test_another_proposition_takes_the_earlier_rival_and_wording_away(form):
    form.choose("over", "regular")
    form.choose("wording", "strong")
    form.propose("altered")
    assert (form.over, form.wording) == ("", "")


def test_the_statement_holds_what_was_shown(form):
    form.type("because", "x")
    form.type("override", "left over from another choice")
    form.type("limits", "one page only\n\n no original ")
    statement = form.statement()
    assert (statement.over, statement.wording) == ("altered", "weak")
    assert statement.override == ""
    assert statement.limits == ("one page only", "no original")


def test_keys_move_and_choose(form):
    form.step(1)
    assert form.at == "proposition"
    assert form.pick(4)
    assert form.proposition == "none"
    assert not form.pick(9)
    form.turn(1)
    assert form.proposition == "regular"
    form.at = "question"
    form.turn(1)
    assert (form.question, form.proposition) == ("image", "none")


def test_limits_of_the_findings_are_filled_in_and_own_ones_are_marked(form):
    form.type("limits", "one page only")
    words = told(form_lines(form, 100))
    assert "· Photographs only" in words
    assert "+ one page only" in words


@pytest.mark.parametrize("width", [40, 75, 115])
def test_no_line_of_the_form_is_too_wide(form, width):
    for row in form.rows():
        form.at = row
        lines = [*form_lines(form, width), *side_lines(form, width)]
        assert max(map(line_cells, lines)) <= width


def test_a_checklist_without_explanations_says_so(make_review, small_checklist):
    review = make_review(small_checklist)
    form = ConclusionForm(review.examination, review.standing)
    assert "two explanations" in form.missing()
    assert "two explanations" in told(form_lines(form, 100))
    assert side_lines(form, 80) == []


def test_none_is_stated_without_a_rival(form):
    form.propose("none")
    statement = form.statement()
    assert (statement.over, statement.wording) == (UNSET, UNSET)


# -- reveals --------------------------------------------------------------------------------


def test_only_support_waits_for_the_critical_items(make_review):
    review = make_review(CHECKLIST)
    refusals = {what: refused(review.examination, review.standing, what) for what in KINDS}
    assert [what for what, why in refusals.items() if why] == ["support"]
    assert "Photo" in refusals["support"]
    assert "A non-answer counts" in refusals["support"]


def test_what_is_open_already_is_not_refused_later(make_review):
    state = examined(make_review, dates="no")
    assert refused(state, standing_of(state), "support", "closed") == ""
    assert refused(state, standing_of(state), "claims", "closed") == "closed"


def test_the_question_says_what_the_reveal_costs_and_how_much_is_open(make_review):
    review = make_review(CHECKLIST)
    words = told(reveal_lines(review.examination, review.standing, "claims", 80))
    assert "every change of an answer after it needs a reason" in words
    assert "2 items are still open" in words


def test_the_list_of_reveals_tells_what_is_open_since_when(make_review):
    state = examined(make_review, photo="no")
    words = told(menu_rows(state, standing_of(state), 80, ""))
    assert "● Support open since 2026-01-01 00:00" in words
    assert "○ Reference specimens closed" in words


def test_claims_are_made_harmless_before_they_are_shown(make_review):
    state = make_review(CHECKLIST).examination
    given = replace(state.provenance, source="\x1b[2Jtold by \u202eX", reliability="B")
    words = told(claims_lines(replace(state, provenance=given), 80))
    assert "\x1b" not in words
    assert "\u202e" not in words
    assert "B usually reliable" in words
    assert "1 0.jpg" in words


def test_what_was_written_comes_back_with_the_question_it_was_written_on(form):
    form.choose("proposition", "regular")
    form.type("because", "no photograph")
    form.type("limits", "seen at night")
    form.choose("question", "image")
    assert (form.because, form.limits) == ("", [])
    again = ConclusionForm(form.state, form.standing, "contents", drafts=form.drafts)
    assert (again.proposition, again.because) == ("regular", "no photograph")
    assert again.limits == ["seen at night"]


def test_what_was_written_and_taken_out_again_is_no_draft(form):
    form.type("because", "no photograph")
    form.type("because", "")
    assert form.drafts == {}
