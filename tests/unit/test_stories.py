"""How the three shipped specimens come out under the shipped checklist and the rules of support."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from docexam.checklists.library import Library
from docexam.checklists.read import load_usable
from docexam.domain.checklist import Checklist
from docexam.domain.concluding import limits_of
from docexam.domain.finding import Region
from docexam.domain.support import next_best_look, openings, support_of

_SPEC = importlib.util.spec_from_file_location(
    "desk_of_units", Path(__file__).with_name("conftest.py")
)
assert _SPEC
assert _SPEC.loader
_UNITS = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_UNITS)

WHOLE = [Region(_UNITS.SHA, box=(0.1, 0.1, 0.8, 0.8))]

CLAIM_ALONE = {
    "image-origin": "open-web",
    "pages-shown": "identity,service",
    "photo": "absent",
    "empty-photo-place": "untouched",
    "issuer-seal": "absent",
    "other-seals": "absent",
    "patronymic-form": "ovich-ovna",
    "birthplace-form": "respublika-tuva",
    "birthplace-exists": "yes",
    "patronymic-derives": "yes",
}
REST_OF_THE_CLAIM = {
    "order-entry": "absent",
    "signature-script": "hangul",
    "signature-reads-as": "another-name",
    "first-weapon": "years-later",
    "chronology": "yes",
    "overwritten-entry": "single-strokes",
}
REGULAR = {
    "image-origin": "own-capture",
    "pages-shown": "cover,identity,service",
    "number-legible": "all",
    "number-repeats": "same",
    "patronymic-form": "ovich-ovna",
    "birthplace-form": "town-only",
    "birthplace-exists": "yes",
    "patronymic-derives": "yes",
    "photo": "present",
    "photo-residue": "undisturbed",
    "seal-crosses-photo": "continuous",
    "issuer-seal": "present",
    "seal-text": "same-office",
    "other-seals": "all",
    "issue-entries": "all",
    "official-signature": "present",
    "signature-script": "cyrillic",
    "signature-reads-as": "recorded-name",
    "overwritten-entry": "single-strokes",
    "erasure-traces": "background-even",
    "entry-hands": "they-vary",
    "order-entry": "all",
    "chronology": "yes",
    "first-weapon": "same-year",
}
ALTERED = REGULAR | {
    "photo-residue": "residue",
    "seal-crosses-photo": "interrupted",
    "signature-script": "latin",
    "overwritten-entry": "overwritten",
    "erasure-traces": "background-disturbed",
}


@pytest.fixture(scope="module")
def booklet() -> Checklist:
    return load_usable("ru-military-booklet", Library())


def examined(checklist: Checklist, answers: dict[str, str]) -> Any:
    desk = _UNITS.Desk(checklist)
    capture = replace(desk.state.captures[0], width=4000, height=3000)
    desk.state = replace(desk.state, captures=(capture,))
    later = {}
    for item, answer in answers.items():
        if desk.standing.items[item].stage_open:
            desk.record(item, answer, regions=WHOLE)
        else:
            later[item] = answer
    if later:
        say_unclear_to_the_rest(desk)
    for item, answer in later.items():
        desk.record(item, answer, regions=WHOLE)
    return desk


def say_unclear_to_the_rest(desk: Any) -> None:
    """Settle every open item of the first stage without saying anything on the document."""
    while rest := [
        s.id
        for s in desk.standing.items.values()
        if s.reachable and not s.answered and desk.checklist.item(s.id).stage < 2
    ]:
        for item in rest:
            desk.record(item, "unclear")


def contents(desk: Any) -> Any:
    return support_of(desk.state, desk.standing).questions["contents"]


def test_the_regular_one_is_not_beaten(booklet) -> None:
    weighed = contents(examined(booklet, REGULAR))
    assert weighed.leader in ("regular", "")
    assert all(
        sum(v.difference("regular", p) for v in weighed.counted) >= 0 for p in weighed.propositions
    )


def test_the_altered_ones_alteration_leads_and_what_is_missing_is_named(booklet) -> None:
    desk = examined(booklet, ALTERED)
    weighed = contents(desk)
    assert weighed.candidate == "altered"
    assert weighed.leader in ("altered", "")
    assert weighed.band.id in ("weak", "moderate")
    missing = limits_of(desk.state, desk.standing)
    assert any(limit.startswith("Unclear: ") for limit in missing)
    assert any(limit.startswith("Pages not shown: ") for limit in missing)


def test_missing_seals_photograph_name_and_birthplace_alone_say_at_most_weak(booklet) -> None:
    desk = examined(booklet, CLAIM_ALONE)
    weighed = contents(desk)
    against = [c for c in weighed.comparisons if {c.over, c.rival} == {"false-contents", "interim"}]
    assert weighed.leader != "false-contents" or weighed.band.id == "weak"
    assert all(c.band.id in ("none", "weak") for c in against if c.over == "false-contents")
    desk.record("signature-script", "open")
    separating = {t.item for t in openings(desk.state, desk.standing, "contents")}
    assert "signature-script" in separating
    assert next_best_look(desk.state, desk.standing, "contents")


def test_one_unfinished_booklet_is_one_speaking_group(booklet) -> None:
    weighed = contents(examined(booklet, CLAIM_ALONE | {"order-entry": "absent"}))
    group = [v for v in weighed.counted if v.group == "unfinished-filling"]
    assert len(group) == 1
    assert {v.item for v in weighed.left_out} >= {"issuer-seal", "order-entry"} - {group[0].item}


def test_the_whole_claim_is_never_told_as_more_than_moderate(booklet) -> None:
    weighed = contents(examined(booklet, CLAIM_ALONE | REST_OF_THE_CLAIM))
    assert all(c.band.id in ("none", "weak", "moderate") for c in weighed.comparisons)
    assert weighed.leader in ("false-contents", "")


def test_a_name_or_a_birthplace_alone_speaks_for_nothing(booklet) -> None:
    for item in ("patronymic-form", "birthplace-form"):
        spec = booklet.item(item)
        assert spec is not None
        assert not any(choice.bears for choice in spec.choices)
        assert spec.does_not_show


@pytest.mark.parametrize("answers", [{}, {"number-legible": "all", "photo": "present"}])
def test_an_almost_empty_examination_cannot_tell(booklet, answers) -> None:
    weighed = contents(examined(booklet, {"pages-shown": "identity", **answers}))
    assert weighed.leader == ""
    assert weighed.suggested == ""
