from __future__ import annotations

from pathlib import Path

import pytest

from docexam.checklists import Library, load_text
from docexam.checklists.code_samples import BASE

ITEM = """\
[[indicator]]
id = "{id}"
section = "seals"
ask = "{ask}"
status = "unverified"
source = "Field practice"
{more}
{choices}
"""
TWO = 'choices = [ { id = "over", label = "Over it" }, { id = "beside", label = "Beside it" } ]'
THREE = TWO.replace("]", ', { id = "under", label = "Under it" } ]').replace("} , {", "}, {")


def item(id: str = "x", ask: str = "How does it lie?", more: str = "", choices: str = TWO) -> str:
    return ITEM.format(id=id, ask=ask, more=more, choices=choices)


def codes(more: str) -> list[str]:
    return [f.code for f in load_text(BASE + more, Path("/n/example.toml"), Library()).faults]


@pytest.mark.parametrize(
    "ask",
    ["Is the seal genuine?", "Isn't the seal blurred?", "Is the seal clearly forged?",
     "Is it not strange?", "Неужели печать подлинная?", "Чи очевидно, що підпис підроблено?"],
)  # fmt: skip
def test_a_leading_question_is_told(ask: str) -> None:
    assert codes(item(ask=ask)) == ["DX101"]


@pytest.mark.parametrize(
    "ask",
    ["How does the seal meet the photograph?", "Which colour is the ink?",
     "How do the seal and the stamp lie to each other?", "Is a signature or a mark there?"],
)  # fmt: skip
def test_a_plain_question_is_not(ask: str) -> None:
    assert codes(item(ask=ask)) == []


@pytest.mark.parametrize(
    "ask",
    ["Is it round and is it blue?", "Where is it? How large is it?",
     "Is it there and does it cross the edge?", "Какого он цвета и где стоит?"],
)  # fmt: skip
def test_two_questions_in_one_are_told(ask: str) -> None:
    assert codes(item(ask=ask)) == ["DX102"]


def choices_with(bears: str) -> str:
    return TWO.replace('label = "Over it"', f'label = "Over it", bears = {{ {bears} }}')


@pytest.mark.parametrize(
    ("bears", "expected"),
    [
        ("regular = 0.2, altered = 0.2", ["DX103"]),
        ("regular = 0.0, altered = 0.0", []),
        ("regular = 0.2, altered = 0.1", []),
        ("regular = 0.2", ["DX104"]),
        ("altered = 0.0", ["DX104"]),
    ],
)
def test_weights_that_say_nothing_or_half(bears: str, expected: list[str]) -> None:
    assert codes(item(choices=choices_with(bears))) == expected


def test_the_other_questions_need_not_be_named() -> None:
    pair = "".join(
        f'[[proposition]]\nid = "{i}"\nabout = "blank"\ntitle = "{i}"\n' for i in ("p", "q")
    )
    assert codes(pair + item(choices=choices_with("p = 0.1, q = 0.0"))) == []


@pytest.mark.parametrize(
    ("more", "label", "expected"),
    [
        ('id = "absent"', "Not seen at all", ["DX106"]),
        ('id = "gone"', "Absent", ["DX106"]),
        ('id = "none"', "No seal there", ["DX106"]),
        ('id = "none"', "Nothing earlier found", []),
        ('id = "absent", evidence = "region"', "Absent", []),
        ('id = "beside"', "Beside it", []),
    ],
)
def test_absent_wants_a_region(more: str, label: str, expected: list[str]) -> None:
    choices = TWO.replace('id = "beside", label = "Beside it"', f'{more}, label = "{label}"')
    assert codes(item(choices=choices)) == expected


def test_absent_in_a_shared_set_is_told_at_the_item() -> None:
    answers = f'[[answers]]\nid = "set"\n{TWO.replace("beside", "absent")}\n'
    assert codes(answers + item(choices='answers = "set"')) == ["DX106"]


def test_a_critical_item_says_how_to_look() -> None:
    assert codes(item(more="critical = true")) == ["DX105"]
    assert codes(item(more='critical = true\nlook = ["There"]')) == []


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("photo is whole and photo is torn", True),
        ("photo is whole and not photo in [whole, torn]", True),
        ("photo is torn or photo is whole", False),
        ("photo is not-visible and photo is whole", True),
        ("photo is unclear", False),
        ("photo is open and photo is whole", True),
        ("y is over and photo is whole", True),
        ("y is over and photo is torn", False),
        ("all in group g is over and photo is whole", False),
        ("count in section other is over > 3", True),
        ("count in section other is over = 1", False),
    ],
)
def test_an_item_that_is_never_asked(when: str, told: bool) -> None:
    # y is asked only where the photograph is torn; so nothing can need y and a whole one.
    others = '[[section]]\nid = "other"\ntitle = "O"\n' + item("y", more='when = "photo is torn"')
    others += item("z", more='group = "g"').replace('"seals"', '"other"')
    others += item("w", more='group = "g"').replace('"seals"', '"other"')
    found = codes(others + item("x", more=f'when = "{when}"'))
    assert ("DX108" in found) is told


def test_a_many_item_may_have_several_answers_at_once() -> None:
    many = item("m", more='type = "many"', choices=THREE)
    assert codes(many + item(more='when = "m is over and m is beside and not m is under"')) == []


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("y is not over", True),
        ("any in group g is not over", True),
        ("y is not unclear", False),
        ("photo is not whole", False),
        ("not y is over", False),
    ],
)
def test_is_not_on_more_than_two_choices(when: str, told: bool) -> None:
    others = item("y", more='group = "g"', choices=THREE) + item("z", more='group = "g"')
    assert ("DX109" in codes(others + item(more=f'when = "{when}"'))) is told


def test_a_group_used_once_is_told_unless_declared() -> None:
    declared = '[[group]]\nid = "g"\ntitle = "One cause"\n'
    assert codes(item(more='group = "g"')) == ["DX039"]
    assert codes(item(more='group = "g"') + item("y", more='group = "g"')) == []
    assert codes(declared + item(more='group = "g"')) == []
    assert codes(declared) == ["DX111"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('[[answers]]\nid = "s"\n' + TWO, ["DX111"]),
        ('[[place]]\nid = "p"\ntitle = "P"\n', ["DX111"]),
        ('[[section]]\nid = "t"\ntitle = "T"\n', ["DX111"]),
    ],
)
def test_what_is_declared_and_not_used_is_noted(more: str, expected: list[str]) -> None:
    assert codes(more) == expected


def test_one_choice_and_no_source_are_told() -> None:
    one = 'choices = [ { id = "over", label = "Over" } ]'
    assert codes(item(choices=one)) == ["DX112"]
    assert codes(item().replace('source = "Field practice"', "")) == ["DX110"]
    compared = item(more='kind = "compare"').replace('source = "Field practice"', "")
    assert codes(compared) == ["DX107"]


def aid_faults(more: str) -> list[tuple[str, str, str]]:
    found = load_text(BASE + more, Path("/n/example.toml"), Library()).faults
    return [(f.code, f.level, f.help) for f in found]


def test_an_aid_close_to_a_shipped_one_is_a_slip_and_another_may_be_a_packages() -> None:
    ((code, level, help_),) = aid_faults(item(more='aid = "sels"'))
    assert (code, level) == ("DX113", "warn")
    assert "`seals`" in help_
    ((code, level, _),) = aid_faults(item(more='aid = "watermark"'))
    assert (code, level) == ("DX113", "note")
    assert codes(item(more='aid = "seals"')) == []


def test_the_aids_of_a_field_are_looked_at_too() -> None:
    field = '[[field]]\nid = "surname"\nlabel = "Surname"\naids = ["names", "tipyed"]\n'
    ((code, level, help_),) = aid_faults(field)
    assert (code, level) == ("DX113", "warn")
    assert "`typed`" in help_
    assert codes(field.replace("tipyed", "typed")) == []
    assert codes(field.replace('["names", "tipyed"]', '"names"')) == ["DX021"]


def test_names_beside_answers_that_bear_are_an_error_wherever_the_answers_come_from() -> None:
    bearing = item(more='aid = "names"').replace(
        'label = "Over it" }', 'label = "Over it", bears = { regular = 0.1, altered = 0.0 } }'
    )
    assert "DX057" in codes(bearing)
    assert "DX057" not in codes(bearing.replace('"names"', '"places"'))
    assert codes(item(more='aid = "names"')) == []


def test_an_aid_changes_neither_what_an_item_asks_nor_how_it_weighs() -> None:
    from docexam.domain.checklist import question_hash, weight_hash

    def loaded(more: str):
        checklist = load_text(BASE + item(more=more), Path("/n/example.toml"), Library()).usable()
        return checklist.item("x")

    one, other = loaded(""), loaded('aid = "seals"')
    assert other.aid == "seals"
    assert question_hash(one) == question_hash(other)
    assert weight_hash(one) == weight_hash(other)
