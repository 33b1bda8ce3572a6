"""The words of the question pane, and that nothing in them can act."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from docexam.domain.checklist import Checklist, Choice, Field, Indicator, Section
from docexam.tui.desk.bars import bottom_line, top_line
from docexam.tui.desk.history import journal_lines
from docexam.tui.desk.question import question_lines, question_title, strip_lines
from docexam.tui.lines import cells, wrap
from docexam.tui.widgets.indicator_list import row_line

WIDTH = 34


def shown(desk, width=WIDTH, focused=False):
    return ["".join(s.text for s in line) for line in question_lines(desk, width, focused=focused)]


def test_a_question_is_shown_as_the_design_draws_it(desk):
    desk.walk.go("photo")
    assert shown(desk) == [
        "Is a photograph present in its",
        "place?                    critical",
        "",
        " 1   Present",
        " 2   Partly present",
        " 3   No photograph there   needs ⌖",
        "",
        " u unclear        v not visible",
        " f no reference   x n/a",
        "",
        "Look",
        "· Fit the identity spread",
        "· Look for glue",
        "",
        "Shows",
        "Whether one was ever there.",
        "",
        "Does not show",
        "When it was lost.",
        "",
        "Innocent explanations of “No",
        "photograph there”",
        "· fell off",
        "",
        "Source: Field practice; not",
        "verified; compare with a reference",
    ]
    assert question_title(desk) == "Seals and stamps"


def test_what_an_answer_lacks_is_said_under_it(desk, press):
    desk.walk.go("photo")
    press(desk, "3")
    said = "\n".join(shown(desk))
    assert " 3 ● No photograph there" in said
    assert "◐ Not complete: “No photograph\n  there” needs a marked region." in said


def test_causes_are_numbered_while_they_are_asked(desk, press):
    desk.walk.go("sharp")
    press(desk, "u")
    said = shown(desk)
    assert "●u unclear        v not visible" in said
    assert "  5 not photographed" in said
    press(desk, "5")
    desk.walk.go("sharp")
    assert "   because: not photographed" in shown(desk)


def test_choices_past_nine_have_no_number(desk):
    desk.walk.go("marks")
    said = shown(desk, focused=True)
    assert "›1 □ Mark 1" in said
    assert "   □ Mark 12" in said


def test_pages_not_yet_recorded_say_so(desk, press):
    desk.walk.go("pages-shown")
    press(desk, "2")
    assert "›2 ■ Identity spread" in shown(desk)
    assert "   not recorded yet: Enter or" in shown(desk)


def test_a_waiting_item_says_what_it_waits_for(desk):
    desk.walk.go("seal-crosses")
    assert "◌ once “Photo” is answered" in shown(desk)


def test_an_item_of_a_later_stage_says_when_it_opens(desk):
    desk.walk.go("later")
    assert "◌ stage 2 opens when every item of" in shown(desk)


def test_the_first_answer_stays_visible_after_a_change(desk, press):
    desk.walk.go("sharp")
    press(desk, "1")
    desk.review.reveal("reference")
    desk.walk.go("sharp")
    press(desk, "2")
    desk.writing.finish("seen better")
    desk.walk.go("sharp")
    said = shown(desk)
    assert "First answer: Yes" in said
    assert "Changed because: seen better" in said


def test_regions_and_notes_are_listed(desk, press, region):
    desk.walk.go("sharp")
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "n")
    desk.writing.leave("a scratch")
    said = "\n".join(shown(desk))
    assert "⌖1 capture 1, 80 px on its shorter" in said
    assert "✎ a scratch" in said


def test_a_field_shows_reading_script_and_what_does_not_match(desk, press):
    desk.walk.go("number")
    press(desk, "enter")
    desk.writing.finish("AB 123456")
    desk.walk.go("number")
    said = "\n".join(shown(desk))
    assert " raw   AB 123456" in said
    assert "script Latn" in said
    assert "Does not match" in said


def test_an_item_that_comes_from_the_claim_says_so(make_review, make_desk, press, small_checklist):
    item = replace(small_checklist.indicators[0], from_claim=True)
    checklist = replace(small_checklist, indicators=(item, *small_checklist.indicators[1:]))
    desk = make_desk(make_review(checklist))
    desk.asking = ""
    desk.walk.go("sharp")
    assert "comes from the claim" in "\n".join(shown(desk, 60))


def test_no_line_is_wider_than_the_pane(desk, press):
    for width in (30, 34, 76):
        for entry in [e for part in desk.walk.parts for e in part.entries]:
            desk.walk.go(entry.id)
            for line in question_lines(desk, width, focused=True):
                assert sum(cells(s.text) for s in line) <= width, line
            for line in strip_lines(desk, width, 4):
                assert sum(cells(s.text) for s in line) <= width


def test_words_of_wide_letters_are_broken_by_cells():
    assert wrap("군인신분증명서 발급", 6) == ["군인신", "분증명", "서", "발급"]
    assert all(cells(line) <= 6 for line in wrap("군인신분증명서 발급", 6))


# -- hostile text ----------------------------------------------------------------------------

HOSTILE = [
    "[@click=app.quit]leave[/]",
    "[/]",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202egnp.exe",
    "a\u200bb\x9b31m",
    "line one\nline two\r\tend",
    "x" * 5000,
]


def hostile_checklist(text: str) -> Checklist:
    choices = (Choice("a", text, evidence="region", innocent=(text,)), Choice("b", text))
    return Checklist(
        "hostile",
        text,
        text,
        sections=(Section("s", text),),
        fields=(Field("f", text, source=text, status=text, help=text, script=text),),
        indicators=(
            Indicator(
                "i",
                text,
                section="s",
                choices=choices,
                look=(text, text),
                shows=text,
                does_not_show=text,
                source=text,
                status=text,
                critical=True,
                from_claim=True,
            ),
        ),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_visible_and_inert_everywhere(make_review, make_desk, press, text, region):
    desk = make_desk(make_review(hostile_checklist(text)))
    desk.writing.nothing_seen()
    desk.walk.go("i")
    press(desk, "n")
    desk.writing.leave(text)
    desk.marks.draw_region()
    desk.marks.drawn(region)
    press(desk, "1")
    lines = question_lines(desk, WIDTH, focused=True) + strip_lines(desk, WIDTH, 4)
    desk.walk.go("f")
    press(desk, "enter")
    desk.writing.finish(text)
    desk.walk.go("f")
    desk.tell(text)
    lines += question_lines(desk, WIDTH, focused=True)
    lines += [top_line(desk, 100), bottom_line(desk, 100)]
    lines += [row_line(row, 30) for row in desk.walk.rows]
    lines += journal_lines(desk.review.examination, 90)
    for line in lines:
        for span in line:
            bad = [c for c in span.text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co")]
            assert not bad, (bad, span)
