from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.domain.checklist import Choice, Field, Indicator
from docexam.domain.events import AID_ACT, Personal
from docexam.domain.proposals import ShownProposal, proposals_to
from docexam.reports.build import Options
from docexam.reports.json_report import write_json
from docexam.reports.markdown import write_markdown
from docexam.reports.redaction import Policy, redact

GOLDEN = Path(__file__).parent / "golden" / "aided.md"
HEAD = re.compile(r"[0-9a-f]{64}|\b\d+-[0-9a-f]{16}\b")
CARD = {
    "title": "Ink seals",
    "measured": "On drawn pages in six layouts.",
    "synthetic": True,
    "figures": [
        {"name": "seals found, clear ink", "value": 0.987, "n": 400, "material": "six layouts"},
        {"name": "odd", "value": None, "n": 1},
        *({"name": f"other {n}", "value": n, "n": 10} for n in range(9)),
    ],
    "more": 100,
}


def shown(subject, *says, kind="item", aid="seals", **more):
    text = proposals_to([ShownProposal(s) for s in says])
    return AID_ACT, {
        "act": "shown", "aid": aid, "version": "1.0", kind: subject, "key": "k",
        "count": len(says), "proposals": Personal(text), **more,
    }  # fmt: skip


def decided(act, shown_seq, n, subject, kind="item", aid="seals", **more):
    return AID_ACT, {
        "act": act, kind: subject, "shown": shown_seq, "proposal": n, "aid": aid,
        "version": "1.0", **more,
    }  # fmt: skip


def aided_drafts(made, name="Щербаков"):
    return [
        made.opened(made.specimen_checklist()),
        made.answer("seal-text", "whole"),
        shown("seal-text", "Two blue seals; one is cut by the page's edge.", card=CARD),
        decided("rejected", 3, 1, "seal-text", reason=Personal("The second is a shadow")),
        made.reading("surname", raw=Personal(name)),
        shown("surname", f"“{name}” parses as russian.", f"“{name}” has no look-alikes.",
              kind="field", aid="names"),
        decided("rejected", 6, 2, "surname", kind="field", aid="names",
                reason=Personal("it has one")),
        made.reading("number", raw=Personal("АБ 12345")),
        shown("number", "It reads АБ 123456.", kind="field", aid="typed"),
        made.reading("number", raw=Personal("АБ 123456"), reason=Personal("one more digit"),
                     proposal={"shown": 9, "proposal": 1, "aid": "typed", "version": "1.0"}),
        decided("adopted", 9, 1, "number", kind="field", aid="typed", entry=10),
        ("Revealed", {"what": "aids"}),
        shown("photo"),
        made.answer("photo", "present"),
        made.answer("hands", ["ink"]),
        shown("hands", f"The zone names {name}.", aid="mrz"),
        made.answer("hands", ["ink", "hand"], reason=Personal("so it does"),
                    proposal={"shown": 16, "proposal": 1, "aid": "mrz", "version": "1.0"}),
        decided("adopted", 16, 1, "hands", aid="mrz", entry=17, altered=True),
    ]  # fmt: skip


@pytest.fixture
def aided(made):
    return made.report_of(aided_drafts(made))


def public(report, *release):
    return redact(report, Policy(release=frozenset(release))).report


def both(report):
    return write_markdown(report) + write_json(report).decode("ascii")


def test_the_aided_story_is_the_golden_one(aided):
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(write_markdown(aided), encoding="utf-8")
    assert write_markdown(aided) == GOLDEN.read_text(encoding="utf-8")


def test_each_finding_tells_what_was_proposed_when_and_what_became_of_it(aided):
    findings = {f.item: f for f in aided.findings()}
    (on_seal,) = findings["seal-text"].proposals
    assert (on_seal.title, on_seal.before_answer) == ("Ink seals", False)
    assert (on_seal.proposals[0].act, on_seal.proposals[0].reason) == (
        "rejected", "The second is a shadow",
    )  # fmt: skip
    assert findings["photo"].proposals[0].before_answer
    assert findings["photo"].proposals[0].proposals == ()
    assert findings["photo"].aided == "triage"
    number = next(f for f in aided.fields if f.id == "number")
    assert (number.aid, number.aided, number.first) == ("typed 1.0", "shown", "АБ 12345")
    assert number.proposals[0].proposals[0].act == "adopted"


def test_the_cards_stand_in_the_report_and_made_up_material_is_called_so(aided):
    told = write_markdown(aided)
    assert "seals found, clear ink: 0.987 (n = 400, six layouts)" in told
    assert "102 more figures" in told
    assert "made up (synthetic)" in told
    assert [a.aid for a in aided.aids] == ["seals", "names", "typed", "mrz"]
    assert not any(f.name == "odd" for f in aided.aids[0].figures)


def test_triage_stands_in_the_summary_and_the_limits(aided, made):
    told = write_markdown(aided)
    assert told.count("Triage: since") == 2
    assert (aided.triage.answers, aided.triage.readings) == (2, 0)
    without = [d for d in aided_drafts(made) if d[0] != "Revealed"]
    assert made.report_of(without).triage is None


def test_the_order_of_looking_names_each_act(aided):
    steps = [(s.act, s.what, s.aid) for s in aided.order if s.kind == "aid"]
    assert steps[:2] == [
        ("shown", "seal-text", "seals 1.0"),
        ("rejected", "seal-text", "seals 1.0"),
    ]
    assert ("shown-first", "photo", "seals 1.0") in steps
    told = write_markdown(aided)
    assert "Proposals of names 1.0 were shown on “Surname”." in told


def test_without_aids_a_report_says_nothing_of_them(specimen):
    told = write_markdown(specimen)
    assert "Programs that proposed" not in told
    assert (specimen.aids, specimen.triage) == ((), None)


def test_in_ukrainian_every_act_has_words(made):
    report = made.report_of(aided_drafts(made), options=Options(language="uk"))
    told = write_markdown(report)
    assert "Програми, що пропонували" in told
    assert "ДО будь-якої відповіді" in told
    assert "Сортування" in told


@pytest.mark.parametrize("level", ["public", "partner"])
def test_what_names_people_is_held_back_and_what_sees_ink_is_told(aided, level):
    told = both(redact(aided, Policy(level=level, for_whom="them")).report)
    for secret in ("Щербаков", "parses as russian", "look-alikes", "123456", "The zone names"):
        assert secret not in told
        assert json.dumps(secret)[1:-1] not in told
    assert "Two blue seals" in told
    assert ("The second is a shadow" in told) == (level == "partner")


def test_a_person_can_release_what_was_proposed(aided):
    told = both(public(aided, "field:surname", "proposal:hands"))
    assert "parses as russian" in told
    assert "The zone names" in told
    assert "It reads АБ 123456." not in told


def test_a_proposal_that_speaks_of_two_fields_is_out_only_with_both(made):
    drafts = aided_drafts(made)
    drafts[5][1]["also"] = ["number"]
    report = made.report_of(drafts)
    assert "parses as" not in both(public(report, "field:surname"))
    assert "parses as" in both(public(report, "field:surname", "field:number"))


TEXT = st.text(min_size=1, max_size=40)


@given(name=TEXT, count=st.integers(1, 5))
@settings(max_examples=25)
def test_what_is_withheld_leaves_no_trace(made, name, count):
    def told(who, n):
        drafts = aided_drafts(made, who)
        says = [f"{who} {i}" for i in range(n)]
        drafts[5] = shown("surname", *says, kind="field", aid="names")
        drafts[6] = decided("rejected", 6, 1, "surname", kind="field", aid="names")
        drafts[15] = shown("hands", *says, aid="mrz")
        return HEAD.sub("#", both(public(made.report_of(drafts))))

    assert told("Ив", 1) == told(name, count)


def test_an_item_that_hangs_on_a_withheld_value_is_not_betrayed_by_its_proposals(made):
    checklist = made.specimen_checklist()
    hanging = Indicator(
        "old", "Is it old?", section="seals", type="yesno", when='surname = "Ив"',
        choices=(Choice("yes", "Yes"), Choice("no", "No")),
    )  # fmt: skip
    checklist = replace(
        checklist,
        fields=(Field("surname", "Surname", sensitive=True),),
        indicators=(*checklist.indicators, hanging),
        checks=(),
    )

    def told(who):
        drafts = [
            made.opened(checklist),
            made.reading("surname", raw=Personal(who)),
            ("Revealed", {"what": "aids"}),
            made.answer("old", "yes"),
            shown("old", "It looks old.", card=CARD),
        ]
        return made.report_of(drafts, checklist)

    assert "It looks old." in both(told("Ив"))
    hidden = both(public(told("Ив")))
    assert "It looks old." not in hidden
    assert "Ink seals" not in hidden
    assert HEAD.sub("#", hidden) == HEAD.sub("#", both(public(told("Петров"))))


def test_hostile_words_in_a_proposal_are_inert(made):
    for text in made.ATTACKS.values():
        drafts = aided_drafts(made)
        drafts[2] = shown("seal-text", text, card={**CARD, "title": text, "measured": text})
        told = write_markdown(made.report_of(drafts))
        assert "\x1b" not in told
        assert not re.search(r"(?<!\\)<script", told)
        assert "\u202e" not in told


def test_agreement_is_not_called_independent_where_the_aids_were_open(made):
    from docexam.domain.comparing import compare_examinations
    from docexam.domain.standing import standing_of
    from docexam.reports.build import build

    with_aids = made.examination_of(aided_drafts(made))
    without = made.examination_of(aided_drafts(made)[:2])
    compared = compare_examinations(
        [with_aids, without], [standing_of(e) for e in (with_aids, without)]
    )
    report = build(without, standing_of(without), tool_version="0", agreement=compared)
    assert "1 of the examiners had the proposals of programs open" in write_markdown(report)
    alone = compare_examinations([without, without], [standing_of(without)] * 2)
    again = build(without, standing_of(without), tool_version="0", agreement=alone)
    assert "had the proposals" not in write_markdown(again)
