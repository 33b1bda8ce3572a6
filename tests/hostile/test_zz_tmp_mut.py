"""Checklists spoilt at random: always an answer, never a traceback, every fault in its place."""

from __future__ import annotations

from pathlib import Path

import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.checklists import Library, Loaded, load_text
from docexam.domain.checklist import Checklist

EXAMPLE = Path(__file__).parents[1] / "unit" / "data" / "ru-military-booklet.toml"
TEXT = EXAMPLE.read_text("utf-8")
LINES = TEXT.split("\n")
LIBRARY = Library()
relaxed = settings(deadline=None, max_examples=2500)

VALUES = st.sampled_from(
    ["1", "-0.5", "true", '""', '"x"', '"photo"', "[]", "{}", "[1]", '["x"]', "1985-05-12", "nan",
     "[[]]", "{ a = { b = 1 } }", '[{ id = "x" }]', '[ { id = "x", label = 1 }, 2 ]', "'''\n'''",
     '"not-visible"', "99999999999999999999", "0.305", '"a.b"', '"../x"', '"is"', "[true]"]
)  # fmt: skip


def judged(text: str) -> Loaded:
    loaded = load_text(text, EXAMPLE, LIBRARY)
    lines = text.split("\n")
    for fault in loaded.faults:
        assert fault.message
        assert fault.render()
        assert fault.github().count("\n") == 0
        if fault.line and fault.file == str(EXAMPLE):
            assert fault.line <= len(lines)
            assert fault.column <= len(lines[fault.line - 1]) + 1
    errors = [f for f in loaded.faults if f.level == "error"]
    assert (loaded.checklist is None) is bool(errors)
    if loaded.checklist is not None:
        tomli.loads(text)
        assert Checklist.from_dict(loaded.checklist.to_dict()) == loaded.checklist
    return loaded


@relaxed
@given(st.data())
def test_lines_left_out_or_doubled_or_moved(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        act = data.draw(st.sampled_from(["drop", "double", "move"]))
        line = lines[at] if act == "double" else lines.pop(at)
        if act != "drop":
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    judged("\n".join(lines))


@relaxed
@given(st.data())
def test_characters_changed(data: st.DataObject) -> None:
    text = TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        width = data.draw(st.integers(0, 3))
        put = data.draw(st.text(st.characters(codec="utf-8"), max_size=3))
        text = text[:at] + put + text[at + width :]
    judged(text)


@relaxed
@given(st.data())
def test_values_of_another_kind(data: st.DataObject) -> None:
    lines = list(LINES)
    pairs = [n for n, line in enumerate(lines) if " = " in line and "{" not in line]
    for at in data.draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=4)):
        key = lines[at].split(" = ")[0]
        lines[at] = f"{key} = {data.draw(VALUES)}"
    judged("\n".join(lines))


@relaxed
@given(st.integers(0, len(TEXT)))
def test_a_file_cut_anywhere(at: int) -> None:
    judged(TEXT[:at])


@relaxed
@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_lines_in_any_order(lines: list[str]) -> None:
    judged("\n".join(lines))
