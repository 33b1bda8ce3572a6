"""Where a cursor stands in a text that is being written, and what could be written there."""

from __future__ import annotations

import time

import pytest

from docexam.checklists.edit_complete import Names, candidates, key_at
from docexam.checklists.edit_outline import ids_of, where
from docexam.tui.screens.editor_writing import named_at
from docexam.tui.widgets.toml_tokens import PLAIN, tokens

TEXT = """\
schema = 1
sch

[checklist]
id = "sample"

[[answers]]
id = "presence"

[[indicator]]
ask     = "Is it?"
id      = 'photo'
section = "s
answers = "
page    = ""
when    = "
kind    = "c
look    = ["[[group]]",
  "x"]

  [[indicator.choice]]
  id    = "round"
  evid
  bears = { regular = 0.1, al

  [indicator.choice.bears]
  altered = 0.2

[[fact]]
id      = "pages"
choices = [ { id = "front", label = "Front" }, { id = "back", ev
note = \"\"\"
[[group]]
id = "no"
\"\"\"
# [[group]]

[[
[[section]]
broken = = =
id = "one"
"""
LINES = TEXT.split("\n")
NAMES = Names(
    items={"photo": "Is it?", "seal": "Round?", "number": "Number"},
    choices={"photo": {"present": "Present", "absent": "Absent"}, "seal": {"round": "Round"}},
    by_kind={
        "section": {"seals": "Seals", "signature": "Signature"},
        "answers": {"presence": ""},
        "page": {"front": "Front"},
        "group": {"cause": "Cause"},
        "proposition": {"regular": "contents: Regular", "altered": "contents: Altered"},
    },
)


def inside(row: int) -> bool:
    start = LINES.index('note = """')
    return start < row <= start + 3


def row_of(start: str) -> int:
    return next(n for n, line in enumerate(LINES) if line.strip().startswith(start))


def offered(line: str, column: int | None = None, lines: list[str] = LINES) -> list[str]:
    row = next(n for n, one in enumerate(lines) if one.strip() == line.strip())
    at = len(lines[row]) if column is None else column
    return [c.text for c in candidates(lines, row, at, NAMES, inside)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("schema", ("file", "", "", "")),
        ("ask ", ("indicator", "photo", "", "")),
        ("evid", ("indicator", "photo", "choice", "round")),
        ("altered", ("indicator", "photo", "choice.bears", "round")),
        ("broken", ("section", "one", "", "")),
        ("[[section", ("section", "one", "", "")),
    ],
)
def test_where_a_line_belongs(line, expected):
    here = where(LINES, row_of(line), 0, inside)
    assert (here.kind, here.id, here.sub, here.choice) == expected


def test_an_answer_in_braces_is_known_by_the_column():
    row = row_of("choices")
    assert where(LINES, row, LINES[row].index("Front"), inside).choice == "front"
    assert where(LINES, row, LINES[row].index("ev"), inside).choice == "back"
    assert where(LINES, row, 2, inside).choice == ""


def test_headers_in_texts_and_comments_are_none():
    assert ids_of(LINES, "group", inside) == []
    assert [name for name, _ in ids_of(LINES, "section", inside)] == ["one"]


def test_keys_of_the_block_are_offered_that_it_lacks():
    keys = offered("evid")
    assert keys[0] == "evidence = "
    assert "checklist = " not in offered("sch")
    assert "schema = " not in offered("sch")
    blank = [*LINES[: row_of("look")], "", *LINES[row_of("look") :]]
    row = row_of("look")
    found = [c.text for c in candidates(blank, row, 0, NAMES)]
    assert "shows   = " in found
    assert not {"id", "ask", "choice"} & {text.split()[0] for text in found}


def test_ids_are_offered_in_their_quotes():
    assert offered('section = "s') == ['"seals"', '"signature"']
    assert offered('answers = "') == ['"presence"']
    assert offered('page    = ""', len('page    = "')) == ['"front"']
    assert offered('kind    = "c') == ['"compare"']


def test_propositions_that_have_no_weight_yet_are_offered():
    assert offered("bears = { regular = 0.1, al") == ["altered = "]
    assert offered('choices = [ { id = "front", label = "Front" }, { id = "back", ev') == [
        "evidence = "
    ]


def test_headers_are_offered():
    row = LINES.index("[[")
    found = [c.text for c in candidates(LINES, row, 2, NAMES, inside)]
    assert found[0] == "[[fact.choice]]"
    assert "[[indicator]]" in found


@pytest.mark.parametrize(
    ("written", "first", "absent"),
    [
        ("", "seal", "photo"),
        ("se", "seal", "number"),
        ("seal", " is ", "seal"),
        ("seal ", "is ", "seal"),
        ("seal is ", "round", "present"),
        ("seal is not ", "round", "not "),
        ("seal in [", "round", "absent"),
        ("seal is round ", "and ", "seal"),
        ("not ", "seal", "is "),
        ("number = 1 and nu", "number", "seal"),
        ("any in section ", "seals", "cause"),
        ("count in group ", "cause", "seals"),
        ("any in section seals is ", "present", "seals"),
    ],
)
def test_a_condition_is_completed_word_by_word(written, first, absent):
    lines = ["[[indicator]]", 'id = "photo"', f'when = "{written}']
    found = [c.text for c in candidates(lines, 2, len(lines[2]), NAMES)]
    assert found[0] == first
    assert absent not in found


def test_nothing_is_offered_in_comments_and_long_texts():
    lines = ["[[indicator]]", "# se", 'ask = "section" # se']
    assert candidates(lines, 1, 4, NAMES) == []
    assert candidates(lines, 2, len(lines[2]), NAMES) == []
    assert candidates(LINES, row_of('id = "no"'), 1, NAMES, inside) == []


def test_the_key_of_a_line_is_known():
    key = key_at(LINES, row_of("kind"), 0)
    assert key is not None
    assert key.words == ("observe", "compare")
    assert key_at(LINES, row_of("evid"), 0) is None


@pytest.mark.parametrize(
    "line",
    [
        "x 1" + "a" * 20_000,
        "bears = { " + "a, " * 6_000,
        "a." * 10_000,
        "a" + " " * 20_000 + "b",
        'when = "' + "(" * 20_000,
        "[[" * 10_000,
        'a = "' + "\\" * 20_000,
        'id = "' * 4_000 + "{" * 4_000,
    ],
)
def test_a_line_made_to_be_slow_is_not(line):
    lines = ["[[indicator]]", line]
    start = time.process_time()
    for column in (10, 1_900, len(line)):
        candidates(lines, 1, column, NAMES)
        where(lines, 1, column)
        named_at(where(lines, 1, column), line, column)
    tokens(line, PLAIN)
    key_at(lines, 1, 0)
    assert time.process_time() - start < 2
