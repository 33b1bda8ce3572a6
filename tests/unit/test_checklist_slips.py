from __future__ import annotations

from pathlib import Path

import pytest

from docexam.checklists import Library, load_text
from docexam.checklists.code_samples import BASE
from docexam.checklists.faults import Fault


def errors(text: str, levels: tuple[str, ...] = ("error",)) -> list[Fault]:
    found = load_text(text, Path("/nowhere/example.toml"), Library(), craft=False).faults
    return [f for f in found if f.level in levels]


def after_base(text: str) -> list[Fault]:
    return errors(BASE + text)


GROUP = '[[group]]\nid = "damage"\ntitle = {}\n'


@pytest.mark.parametrize(
    ("text", "code", "meant", "help_"),
    [
        (GROUP.format("“One”"), "DX010", "“", "straight quotes"),
        (GROUP.format("«One»"), "DX010", "«", "straight quotes"),
        (GROUP.format('"One”'), "DX010", "”", "straight quotes"),
        (GROUP.format('"\\d"'), "DX009", "\\d", "single quotes"),
        (GROUP.format('"a \\u12"'), "DX009", "\\u", "single quotes"),
        (GROUP.format("One"), "DX006", "One", '"One"'),
        (GROUP.format("True"), "DX006", "True", "`true`"),
        (GROUP.format('"One'), "DX006", None, "quote"),
        (GROUP.format('"He said "no" to it"'), "DX006", None, "one value|`key = value`"),
        (GROUP.format('"a"').replace("title =", "title:"), "DX006", ":", "key = value"),
        (GROUP.format('"a"').replace("[[group]]", "[[group]"), "DX006", "[[group]", "[[group]]"),
        (GROUP.format('"a"').replace("[[group]]", "[group]]"), "DX006", "[group]]", "[[group]]"),
        (GROUP.format('"a"').replace("title", "titl\u0435"), "DX011", "\u0435", "Cyrillic"),
        (GROUP.format('"a"').replace("title", "заголовок"), "DX011", "з", "Latin"),
        (GROUP.format('"a"').replace("group", "gr\u043eup"), "DX011", "\u043e", "Cyrillic"),
        (GROUP.format('"a"') + 'title = "b"\n', "DX027", "title", "Keep one"),
        (GROUP.format('"a"').replace("[[group]]", "[group]"), "DX014", "[group]", "[[group]]"),
    ],
)
def test_a_slip_is_told_in_its_own_words(
    text: str, code: str, meant: str | None, help_: str
) -> None:
    faults = after_base(text)
    assert [f.code for f in faults] == [code]
    told = faults[0]
    if meant is not None:
        start = told.column - 1
        assert told.line_text[start : start + told.width] == meant
    assert any(part in told.help for part in help_.split("|"))


@pytest.mark.parametrize(
    ("written", "right"),
    [("0,5", "`0.5`"), ("-0,25", "`-0.25`"), (".5", "`0.5`"), ("-.5", "`-0.5`"), ("1.", "`1.0`")],
)
@pytest.mark.parametrize("rest", ["", ", altered = 0.1"])
def test_a_weight_written_by_hand_is_told_how_to_write_it(
    written: str, right: str, rest: str
) -> None:
    text = BASE.replace("regular = 0.1, altered = -0.1", f"regular = {written}{rest}")
    faults = errors(text)
    assert len(faults) == 1
    assert faults[0].code in ("DX007", "DX008")
    assert right in faults[0].help
    start = faults[0].column - 1
    assert faults[0].line_text[start : start + faults[0].width] == written


def test_many_slips_are_all_told() -> None:
    faults = after_base(GROUP.format("“One”") + "x = .5\ny = 0,5\nz: 1\n" + 'w = "\\d"\n')
    assert [(f.line - faults[0].line, f.code) for f in faults] == [
        (0, "DX010"),
        (1, "DX012"),
        (1, "DX008"),
        (2, "DX012"),
        (2, "DX007"),
        (3, "DX006"),
        (4, "DX009"),
    ]


def test_a_text_that_is_never_closed_ends_the_reading_with_one_fault() -> None:
    faults = after_base(GROUP.format('"""One'))
    assert [f.code for f in faults] == ["DX006"]
    assert "not closed" in faults[0].message
    assert faults[0].line == BASE.count("\n") + 3


@pytest.mark.parametrize(
    ("line", "closing"),
    [
        ('look = ["One", "Two"', "`]`"),
        ("needs = { min_px = 80", "`}`"),
        ('choices = [ { id = "a", label = "[" }, { id = "b", label = "B" }', "`]`"),
    ],
)
def test_what_is_not_closed_is_told_where_it_opens_and_hides_nothing(
    line: str, closing: str
) -> None:
    text = f'[[indicator]]\nid = "x"\n{line}\nsection = "nowhere"\ncolour = 1\n'
    found = [(f.line - BASE.count("\n"), f.code) for f in after_base(text)]
    assert found == [(3, "DX006"), (5, "DX012")]
    assert closing in after_base(text)[0].help


# Blocks and keys that lost their way ---------------------------------------------------------


def test_a_key_under_a_choice_is_told_the_line_to_move_above() -> None:
    faults = after_base(
        """\
[[indicator]]
id = "x"
section = "seals"
ask = "What?"
  [[indicator.choice]]
  id = "a"
  label = "A"
  [[indicator.choice]]
  id = "b"
  label = "B"
  when = "photo is whole"
  look = ["There"]
"""
    )
    first = BASE.count("\n") + 5
    assert [f.code for f in faults] == ["DX013", "DX013"]
    assert all(f"above line {first}" in f.help for f in faults)


def test_group_under_a_choice_is_the_choices_own() -> None:
    text = BASE.replace('evidence = "region"', 'evidence = "region"\n  group = "damage"')
    assert errors(text) == []


@pytest.mark.parametrize("name", ["indicator", "field", "section", "check", "proposition", "fact"])
def test_single_brackets_are_told_even_when_double_ones_follow(name: str) -> None:
    text = f'schema = 1\n[checklist]\nid = "x"\nversion = "1"\ntitle = "T"\n[{name}]\nid = "a"\n'
    text += f'[[{name}]]\nid = "b"\n'
    faults = [f for f in errors(text) if f.code == "DX014"]
    assert [(f.line, f.help) for f in faults] == [(6, f"Write `[[{name}]]`.")]


def test_single_brackets_twice_and_for_choices() -> None:
    text = BASE.replace("[[indicator.choice]]", "[indicator.choice]")
    faults = errors(text)
    assert [(f.code, f.help) for f in faults] == [("DX014", "Write `[[indicator.choice]]`.")] * 2


def test_a_choice_before_its_indicator() -> None:
    text = 'schema = 1\n[[indicator.choice]]\nid = "a"\nlabel = "A"\n'
    found = [f for f in errors(text) if f.code == "DX015"]
    assert [f.line for f in found] == [2]


def test_include_after_a_block_is_told_where_it_belongs() -> None:
    faults = after_base(
        '[[group]]\nid = "g"\ntitle = "G"\ninclude = ["open-web-image"]\nscale = "x"\n'
    )
    assert [f.code for f in faults] == ["DX016", "DX016"]
    assert "under `[checklist]`" in faults[0].help


def test_include_at_the_top_of_the_file_is_told_too() -> None:
    faults = errors('include = ["open-web-image"]\n' + BASE)
    assert [f.code for f in faults] == ["DX016"]


def test_checklist_in_double_brackets() -> None:
    faults = errors(BASE.replace("[checklist]", "[[checklist]]"))
    assert [f.code for f in faults] == ["DX021"]
    assert "single brackets" in faults[0].help


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("needs = { min_px = 80, }", "a trailing comma"),
        ("needs = {\n  min_px = 80 }", "a line break"),
        ("needs = { min_px = 80\n}", "a line break"),
    ],
)
def test_what_only_toml_1_1_allows_is_a_warning(text: str, what: str) -> None:
    changed = BASE.replace('status  = "unverified"', f'status  = "unverified"\n{text}')
    faults = errors(changed, ("error", "warn"))
    assert [(f.code, f.level) for f in faults] == [("DX017", "warn")]
    assert faults[0].message.startswith(what)


def test_braces_in_texts_and_comments_are_no_tables() -> None:
    changed = BASE.replace('status  = "unverified"', 'status  = "unverified" # { a,\n# }')
    changed = changed.replace("Fit the page", "Fit { the, }")
    assert errors(changed, ("error", "warn")) == []


# Conditions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "code", "help_"),
    [
        ("photo is not visible", "DX079", "`photo is not-visible`"),
        ("photo is not applicable", "DX079", "`photo is not-applicable`"),
        ("photo = whole", "DX076", "`photo is whole`"),
        ("photo != whole", "DX076", "`photo is not whole`"),
        ("photo = 'torn'", "DX076", "`photo is torn`"),
        ("photo is wohle", "DX072", "`whole`"),
        ("foto is whole", "DX071", "`photo`"),
        ("any in section seal is whole", "DX075", "`seals`"),
        ("any in section seals is gone", "DX072", "`torn`"),
        ("name is Ivan", "DX070", "`ivan`"),
        ("name is ivan", "DX077", "name is answered"),
        ("born = 12", "DX078", "ISO"),
        ("born > name", "DX078", "dates with dates"),
        ("name = 1985-05-12", "DX078", "quotes"),
        ("name > 'A'", "DX078", "`=` or `!=`"),
        ("later is whole", "DX073", "stage"),
        ("any in group late is whole", "DX073", "stage"),
    ],
)
def test_a_slip_in_a_condition_is_told(when: str, code: str, help_: str) -> None:
    item = (
        '[[indicator]]\nid = "{id}"\nsection = "other"\nask = "What?"\n{more}\n'
        'choices = [ {{ id = "whole", label = "W" }}, {{ id = "torn", label = "T" }} ]\n'
    )
    text = (
        BASE
        + '[[section]]\nid = "other"\ntitle = "O"\n[[field]]\nid = "name"\nlabel = "N"\n'
        + '[[field]]\nid = "born"\nlabel = "B"\ntype = "date"\n'
        + item.format(id="later", more='stage = 2\ngroup = "late"')
        + item.format(id="x", more=f'when = "{when}"')
    )
    faults = errors(text)
    assert [f.code for f in faults] == [code]
    assert help_ in faults[0].help


@pytest.mark.parametrize(
    "when",
    ["seal is a", "any in section seals is a", "x is a", "any in group g is a"],
)
def test_loops_of_conditions_are_told_once(when: str) -> None:
    item = (
        '[[indicator]]\nid = "{}"\nsection = "seals"\nask = "What?"\nwhen = "{}"\ngroup = "g"\n'
        'choices = [ {{ id = "a", label = "A" }}, {{ id = "b", label = "B" }} ]\n'
    )
    faults = after_base(item.format("seal", "x is a") + item.format("x", when))
    assert [f.code for f in faults] == ["DX074"]


def test_a_condition_inside_escapes_is_pointed_at_exactly() -> None:
    text = BASE + '[[check]]\nid = "c"\nsay = "S"\nif = "photo is \\u0077hole or foto is x"\n'
    fault = errors(text)[0]
    assert fault.line_text[fault.column - 1 :].startswith("foto")


def test_a_condition_over_several_lines_is_pointed_at_exactly() -> None:
    text = BASE + '[[check]]\nid = "c"\nsay = "S"\nif = """\nphoto is whole\n  or foto is x"""\n'
    fault = errors(text)[0]
    assert fault.line == BASE.count("\n") + 6
    assert fault.line_text[fault.column - 1 :].startswith("foto")
