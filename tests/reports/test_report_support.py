from __future__ import annotations

from dataclasses import replace

import pytest

from docexam.domain import events as ev
from docexam.domain.checklist import Choice
from docexam.domain.checks import check_blocks
from docexam.domain.comparing import compare_examinations
from docexam.domain.concluding import Statement, conclude, sentence
from docexam.domain.events import Personal
from docexam.domain.standing import standing_of
from docexam.reports.build import build
from docexam.reports.markdown import write_markdown
from docexam.reports.redaction import Policy, redact
from docexam.reports.words import words_for


@pytest.fixture
def weighed(made):
    """The checklist of the fixed story with weights, its check in error left out."""
    clean = made.specimen_checklist()
    bears = {
        "hands": {"ink": {"regular": -20, "false-contents": 40}},
        "photo": {"present": {"regular": 10}, "absent": {"regular": -50, "false-contents": 30}},
        "seal-text": {"whole": {"regular": 20, "false-contents": -10}},
    }
    items = tuple(
        replace(i, choices=tuple(_with(c, bears.get(i.id, {})) for c in i.choices))
        for i in clean.indicators
    )
    return replace(clean, indicators=items, checks=())


def _with(choice: Choice, bears):
    return replace(choice, bears=bears.get(choice.id, {}))


def drafts(made, checklist, *, reveal=True):
    told = [
        made.opened(checklist),
        made.answer("photo", "absent", regions=[made.box(made.INSIDE, 0.1, 0.1, 0.2, 0.2)]),
        made.answer("hands", ["ink"]),
        made.answer("seal-text", "whole"),
    ]
    return [*told, (ev.REVEALED, {"what": "support"})] if reveal else told


def concluded(made, checklist, **more):
    told = drafts(made, checklist)
    state = made.examination_of(told, checklist)
    statement = Statement("contents", "false-contents", "The photograph is absent.", **more)
    draft = conclude(state, standing_of(state), statement, check_blocks(state))
    return made.report_of([*told, (draft.kind, dict(draft.data))], checklist)


def test_support_is_told_only_where_it_was_revealed(made, weighed):
    assert made.report_of(drafts(made, weighed, reveal=False), weighed).support is None
    report = made.report_of(drafts(made, weighed), weighed)
    assert report.support is not None
    (contents, bearer) = report.support.questions
    assert contents.leader == "false-contents"
    assert [(c.rival, c.net) for c in contents.comparisons] == [("regular", 110)]
    assert [v.item for v in contents.counted] == ["photo", "seal-text", "hands"]
    assert bearer.not_assessed == ("own", "other")


def test_the_sums_can_be_done_again_from_the_report(made, weighed):
    text = write_markdown(made.report_of(drafts(made, weighed), weighed))
    assert (
        "A: Regularly issued; its contents are true; B: Genuine blank with false contents" in text
    )
    assert "| Is a photograph present in its place? | Absent |  | −0.50 | +0.30 | yes |" in text
    assert "| moderate support | +1.10 | large +1.10, small 0.00" in text
    assert "they are no measure of how sure anybody is" in text


def test_a_conclusion_is_told_in_the_one_sentence_of_the_program(made, weighed):
    report = concluded(made, weighed)
    (stated,) = report.conclusions
    told = sentence(weighed, stated.proposition, stated.over, stated.wording)
    assert f"The contents: {told}" in write_markdown(report)
    assert stated.suggested.proposition == "false-contents"


def test_a_departure_shows_suggestion_and_reason_side_by_side(made, weighed):
    report = concluded(made, weighed, wording="weak", override="The picture is poor.")
    text = write_markdown(report)
    assert "(weak support)" in text
    assert "- Suggested by the program: The findings support" in text
    assert "(moderate support)" in text
    assert "departing from the program's suggestion: “The picture is poor.”" in text


def test_the_words_for_nothing_told_apart_are_the_programs(made, weighed):
    assert words_for("en")("support.none-leads") == sentence(weighed, "", "", "")


def test_a_public_copy_keeps_the_conclusion_and_withholds_the_reasons_in_words(made, weighed):
    report = redact(concluded(made, weighed), Policy()).report
    text = write_markdown(report)
    assert "over “Regularly issued; its contents are true” (moderate support)" in text
    assert "The photograph is absent." not in text
    released = redact(concluded(made, weighed), Policy(release=frozenset({"because:contents"})))
    assert "The photograph is absent." in write_markdown(released.report)


def test_the_weights_of_a_withheld_answer_are_withheld_too(made, weighed):
    number = replace(
        weighed,
        indicators=tuple(
            replace(i, when='number = "1"') if i.id == "hands" else i for i in weighed.indicators
        ),
    )
    told = [
        made.opened(number),
        made.reading("number", raw=Personal("1")),
        *drafts(made, number)[1:],
    ]
    report = redact(made.report_of(told, number), Policy()).report
    assert report.support is not None
    assert [q.question for q in report.support.questions] == ["bearer"]


def compared(made, checklist, second):
    one = made.examination_of(drafts(made, checklist), checklist)
    two = replace(made.examination_of(second, checklist), examiner="Bohdan")
    standings = [standing_of(one), standing_of(two)]
    comparison = compare_examinations([one, two], standings)
    return build(one, standings[0], tool_version="0", agreement=comparison)


def test_agreement_is_told_raw_first_with_n_and_what_differs(made, weighed):
    second = [
        made.opened(weighed),
        made.answer("photo", "absent", regions=[made.box(made.INSIDE, 0.1, 0.1, 0.2, 0.2)]),
        made.answer("seal-text", "unclear"),
    ]
    text = write_markdown(compared(made, weighed, second))
    raw, kappa = text.index("Raw agreement: 0.50"), text.index("Cohen's kappa")
    assert text.index("Items that at least two answered: 2") < raw < kappa
    row = "| Can the text of the seal be read? | **Yes, wholly** | No answer: unclear |"
    assert row in text


def test_a_public_copy_does_not_name_the_second_examiner(made, weighed):
    report = redact(compared(made, weighed, drafts(made, weighed)), Policy()).report
    text = write_markdown(report)
    assert "Bohdan" not in text
    assert "Olena Kovalenko" in text
