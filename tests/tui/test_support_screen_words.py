"""The matrix and the words of support, without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docexam.domain.checklist import (
    Check,
    Checklist,
    Choice,
    Group,
    Indicator,
    Proposition,
    Section,
)
from docexam.domain.examination import Examination, Reveal
from docexam.domain.finding import Finding
from docexam.domain.standing import standing_of
from docexam.domain.support import footing_of, openings, sensitivity, support_of, turns_of
from docexam.tui.desk.support_matrix import (
    COLUMN,
    Place,
    cell_lines,
    columns_in_sight,
    matrix_lines,
    matrix_of,
    moved,
)
from docexam.tui.desk.support_words import (
    Deeper,
    checks_for_item,
    support_line,
    support_lines,
)
from docexam.tui.lines import line_cells

PROPOSITIONS = (
    Proposition("regular", "contents", "Regularly issued"),
    Proposition("interim", "contents", "Interim issue"),
    Proposition("altered", "contents", "Altered later"),
    Proposition("own", "bearer", "The bearer's own"),
    Proposition("others", "bearer", "Another's"),
)


def item(name: str, group: str = "", critical: bool = False, **bears: int) -> Indicator:
    return Indicator(
        name,
        f"Is {name} as it should be?",
        section="s",
        group=group,
        critical=critical,
        choices=(Choice("no", "No", bears=bears), Choice("yes", "Yes", bears={"regular": 20})),
    )


CHECKLIST = Checklist(
    id="weighed",
    version="1.0.0",
    title="Weighed",
    propositions=PROPOSITIONS,
    groups=(Group("one-act", "One act"),),
    sections=(Section("s", "S"),),
    indicators=(
        item("photo", group="one-act", critical=True, regular=-50, interim=20),
        item("seal", group="one-act", regular=-30, interim=10),
        item("order-of-dates", regular=-60, interim=30),
        item("ink", regular=-20, interim=20),
        item("paper"),
    ),
    checks=(
        Check("both", "photo is no and seal is no", "Both are missing: look again.", level="warn"),
    ),
)


def examined(
    make_review, checklist: Checklist = CHECKLIST, *, revealed: bool = True, **answers: str
) -> Examination:
    state = make_review(checklist).examination
    findings = {
        name.replace("_", "-"): Finding(name.replace("_", "-"), answer=answer, complete=True)
        for name, answer in answers.items()
    }
    reveals = (Reveal("support", "2026-01-01T00:00:00Z", 2),) if revealed else ()
    return replace(state, findings=findings, reveals=reveals)


def weighed(state: Examination, question: str = "contents"):
    return support_of(state, standing_of(state)).questions[question]


def told(lines) -> str:
    return "\n".join("".join(s.text for s in line).rstrip() for line in lines)


# -- the matrix -----------------------------------------------------------------------------


def test_propositions_are_rows_and_findings_columns_in_walking_order(make_review):
    state = examined(make_review, photo="no", seal="no", order_of_dates="no")
    matrix = matrix_of(state, weighed(state))
    assert matrix.rows == ("regular", "interim", "altered")
    assert [c.item for c in matrix.columns] == ["photo", "seal", "order-of-dates"]
    assert matrix.leader == "interim"


def test_a_left_out_finding_stays_in_the_matrix_and_says_why(make_review):
    state = examined(make_review, photo="no", seal="no")
    photo, seal = matrix_of(state, weighed(state)).columns
    assert (photo.letter, photo.left_out) == ("a", "")
    assert seal.marks == "a out"
    assert "“Photo” of the same group speaks more strongly" in seal.left_out
    assert seal.group == "One act"


def test_a_finding_alone_in_its_group_has_no_letter(make_review):
    state = examined(make_review, photo="no", ink="no")
    assert [c.marks for c in matrix_of(state, weighed(state)).columns] == ["", ""]


def test_a_cell_tells_zero_apart_from_nothing_said(make_review):
    zero = item("photo", regular=0, interim=30)
    state = examined(make_review, replace(CHECKLIST, indicators=(zero,), checks=()), photo="no")
    text = told(matrix_lines(matrix_of(state, weighed(state)), 80, Place()))
    assert [line.split()[-1] for line in text.splitlines()[-3:]] == ["0.00", "+0.30", "·"]
    assert "◌Altered" in text


def test_left_out_values_stand_in_brackets(make_review):
    state = examined(make_review, photo="no", seal="no")
    text = told(matrix_lines(matrix_of(state, weighed(state)), 80, Place()))
    assert "-0.50" in text
    assert "(-0.30)" in text


@pytest.mark.parametrize("width", [80, 120, 45])
def test_no_line_of_a_wide_matrix_is_wider_than_the_screen(make_review, width):
    many = tuple(item(f"a-rather-long-name-{n}", regular=-30, interim=n % 7) for n in range(40))
    checklist = replace(CHECKLIST, indicators=many, checks=())
    state = examined(make_review, checklist, **{i.id.replace("-", "_"): "no" for i in many})
    matrix = matrix_of(state, weighed(state))
    place = moved(matrix, Place(), width, across=23)
    lines = matrix_lines(matrix, width, place)
    assert len(lines) == matrix.height
    assert max(map(line_cells, lines)) <= width
    shown = place.first <= place.column < place.first + columns_in_sight(matrix, width)
    assert shown


def test_the_cursor_stays_in_the_matrix_and_scrolls_no_more_than_needed(make_review):
    state = examined(make_review, photo="no", seal="no", order_of_dates="no", ink="no")
    matrix = matrix_of(state, weighed(state))
    narrow = 12 + 2 * (COLUMN + 1)
    assert moved(matrix, Place(), narrow, across=99, down=99) == Place(2, 3, 2)
    back = moved(matrix, Place(2, 3, 2), narrow, across=-1)
    assert back == Place(2, 2, 2)
    assert moved(matrix, back, narrow, across=-99, down=-99) == Place(0, 0, 0)


def test_only_columns_in_sight_are_worked_out(make_review):
    many = tuple(item(f"i{n}", regular=-30, interim=10) for n in range(1000))
    checklist = replace(CHECKLIST, indicators=many, checks=())
    state = examined(make_review, checklist, **{i.id: "no" for i in many})
    matrix = matrix_of(state, weighed(state))
    spans = sum(len(line) for line in matrix_lines(matrix, 120, Place()))
    assert len(matrix.columns) == 1000
    assert spans < 250


def test_the_cell_at_the_cursor_tells_question_answer_group_and_note(make_review):
    state = examined(make_review, photo="no", seal="no")
    noted = replace(state.findings["seal"], note="torn\x1b[2J off")
    state = replace(state, findings={**state.findings, "seal": noted})
    text = told(cell_lines(state, matrix_of(state, weighed(state)), Place(0, 1), 100))
    assert "Is seal as it should be? — No" in text
    assert "(-0.30) for “Regularly issued”" in text
    assert "group “One act”" in text
    assert "\x1b" not in text
    assert "torn" in text


def test_the_cell_never_takes_more_lines_than_the_screen_gives_it(make_review):
    long = "Is it " + "very " * 60 + "long?"
    indicators = tuple(replace(i, ask=long) for i in CHECKLIST.indicators)
    state = examined(make_review, replace(CHECKLIST, indicators=indicators), photo="no", seal="no")
    noted = replace(state.findings["seal"], note="torn off " * 40)
    state = replace(state, findings={**state.findings, "seal": noted})
    lines = cell_lines(state, matrix_of(state, weighed(state)), Place(0, 1), 78)
    assert len(lines) <= 5
    assert "Seal — No" in told(lines)
    assert "left out (R4)" in told(lines)
    assert "✎ torn off" in told(lines)
    assert max(line_cells(line) for line in lines) <= 78


# -- the bottom line ------------------------------------------------------------------------


def test_the_bottom_line_says_nothing_of_support_before_its_reveal(make_review):
    state = examined(make_review, revealed=False, photo="no", order_of_dates="no")
    assert support_line(state, standing_of(state)) == ""


def test_the_bottom_line_names_both_sides_the_band_and_what_was_not_assessed(make_review):
    state = examined(make_review, photo="no", order_of_dates="no")
    line = support_line(state, standing_of(state))
    assert line == (
        "contents: interim over regular, moderate; not assessed: altered · nothing said on: bearer"
    )


def test_the_bottom_line_never_pretends_while_something_blocks(make_review):
    state = examined(make_review, order_of_dates="no", ink="no")
    line = support_line(state, standing_of(state))
    assert line == "no suggestion: critical item open: photo"
    assert "interim" not in line


def test_the_bottom_line_says_that_it_cannot_tell(make_review):
    state = examined(make_review, photo="unclear", ink="yes")
    assert support_line(state, standing_of(state)).startswith("contents: cannot tell")


# -- the words ------------------------------------------------------------------------------


def words(state: Examination, deeper: Deeper | None = None) -> str:
    standing = standing_of(state)
    lines = support_lines(state, standing, weighed(state), deeper or Deeper(), 100)
    assert max(map(line_cells, lines)) <= 100
    return told(lines)


def test_the_words_do_the_sum_so_that_it_can_be_done_again(make_review):
    group = CHECKLIST.indicators
    contrary = item("seal", group="one-act", regular=10, interim=-10)
    checklist = replace(CHECKLIST, indicators=(group[0], contrary, *group[2:]))
    state = examined(make_review, checklist, photo="no", seal="no", order_of_dates="no", ink="no")
    text = " ".join(words(state).split())
    assert "“Interim issue” over “Regularly issued”: +1.80" in text
    assert "3 speaking groups" in text
    assert "0.20 taken off for “Seal: No”, left out in its group (R4)" in text
    assert "neither leads nor is beaten" in text
    assert "Left out: another finding of the group counts (R4)" in text


def test_a_cap_is_told_with_its_rule(make_review):
    strong = item("photo", regular=-100, interim=50)
    state = examined(make_review, replace(CHECKLIST, indicators=(strong,), checks=()), photo="no")
    assert "told as weak support: one speaking group suggests at most weak (R6)" in words(state)


def test_small_differences_are_told_as_held_within_their_limit(make_review):
    small = tuple(item(f"i{n}", regular=-10, interim=0) for n in range(6))
    state = examined(
        make_review,
        replace(CHECKLIST, indicators=small, checks=()),
        **{i.id: "no" for i in small},
    )
    assert "smaller ones +0.30, held within ±0.30 of +0.60 (R5)" in " ".join(words(state).split())


def test_contradictions_name_whom_they_speak_against(make_review):
    against = item("paper", regular=30, interim=-20)
    checklist = replace(CHECKLIST, indicators=(*CHECKLIST.indicators[:4], against))
    state = examined(make_review, checklist, photo="no", order_of_dates="no", paper="no")
    assert "Paper: No (-0.50 against “Regularly issued”)" in words(state)


def test_blocks_and_limits_are_named(make_review):
    state = examined(make_review, order_of_dates="no", ink="not-visible")
    text = words(state)
    assert "No suggestion is made, because\n ! critical item open: photo" in text
    assert "Suggested:" not in text
    assert "Not visible: 1 item." in text


def test_what_takes_long_says_how_far_it_is_and_then_what_came_of_it(make_review):
    state = examined(make_review, photo="no", order_of_dates="no")
    assert "Working out what would change this: 20 of 1000 …" in words(
        state, Deeper(done=20, total=1000)
    )
    standing = standing_of(state)
    deeper = Deeper(
        sensitivity(state, standing, "contents"), openings(state, standing, "contents"), "ink", 5, 5
    )
    text = words(state, deeper)
    assert "Next best look: Ink" in text
    assert "Photo: Yes instead of No →" in text


def test_item_by_item_gives_what_the_whole_gives(make_review):
    state = examined(make_review, photo="no", order_of_dates="no", paper="not-visible")
    standing = standing_of(state)
    single = [
        turn
        for i in state.checklist.walk()
        for turn in turns_of(state, standing, footing_of(state, standing, "contents"), i.id)
    ]
    whole = (*sensitivity(state, standing, "contents"), *openings(state, standing, "contents"))
    assert sorted(single, key=repr) == sorted(whole, key=repr)
    assert single


# -- checks where they arise ----------------------------------------------------------------


def test_a_check_is_told_at_every_item_it_names_and_nowhere_else(make_review):
    state = examined(make_review, photo="no", seal="no")
    for name in ("photo", "seal"):
        assert checks_for_item(state, name) == ["Both are missing: look again."]
    assert checks_for_item(state, "ink") == []


def test_a_check_that_could_not_be_done_says_why(make_review):
    state = examined(make_review, photo="no", seal="unclear")
    assert checks_for_item(state, "photo")[0].startswith("Could not be checked (")


def test_a_silent_check_says_nothing(make_review):
    assert checks_for_item(examined(make_review, photo="yes", seal="no"), "photo") == []


def test_a_check_over_a_section_is_told_at_its_items(make_review):
    over = Check("many", "any in section s is no", "Much is missing.")
    checklist = replace(CHECKLIST, checks=(over,))
    state = examined(make_review, checklist, photo="no", seal="no")
    assert checks_for_item(state, "ink") == ["Much is missing."]
