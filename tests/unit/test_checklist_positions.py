from __future__ import annotations

from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.checklists.positions import Positions, scan, string_offset, unquoted

HARD = '''\
# a comment with "quotes" and [brackets]
schema = 1
"quoted key" = "a # no comment" # a comment
dotted.key."part three" = [1, 2, # inside
  3, ]
empty = []
inline = { a = 1, b.c = "}", "d e" = [ { x = ']' } ] }
broken = {
  one = 1, # comment, with comma
  two = 2,
}
ml = """
first "" line
second \\
   joined"""
lit = \'\'\'it's
raw\\d\'\'\'
quotes = """a""""
day = 1985-05-12
moment = 1985-05-12 10:00:00
float = -0.5e3

[table]
key = true
[[list]]
id = "one"
  [[list.sub]]
  id = "deep"
  [list.single]
  x = 1
[[list]]
id = "two"
[ spaced . "head er" ]
y = 2
[[ list . sub ]]
id = "late"
'''


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += paths_of(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += paths_of(inner, (*path, number))
    return found


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data


def assert_true_to(text: str, positions: Positions) -> None:
    data = tomli.loads(text)
    for path, span in positions.values.items():
        written = text[span.start : span.end]
        assert tomli.loads(f"x = {written}")["x"] == at(data, path), path
    for path in paths_of(data):
        known = path in positions.keys or path in positions.values
        assert known or not isinstance(at(data, path), str | int | float | bool), path
    for path, span in positions.keys.items():
        at(data, path)
        assert text[span.start : span.end].strip()


def test_every_value_stands_where_the_scanner_says() -> None:
    assert_true_to(HARD, scan(HARD))


def test_headers_stand_in_order_with_their_numbers() -> None:
    paths = [path for path, _ in scan(HARD).tables]
    assert paths == [
        ("table",),
        ("list", 0),
        ("list", 0, "sub", 0),
        ("list", 0, "single"),
        ("list", 1),
        ("spaced", "head er"),
        ("list", 1, "sub", 0),
    ]


def test_what_toml_1_0_does_not_allow_in_braces_is_noted_once_each() -> None:
    found = scan(HARD).loose
    assert [what for _, what in found] == ["a line break", "a trailing comma"]
    line, _ = scan(HARD).line_column(found[0][0].start)
    assert line == 8


def test_a_path_without_a_place_of_its_own_falls_back_to_what_holds_it() -> None:
    positions = scan('[[list]]\nid = "one"\n')
    assert positions.key(("list", 0, "lacking", 3)) == positions.keys["list", 0]
    assert positions.key(("nothing",)).start == 0


@pytest.mark.parametrize(
    ("raw", "offset", "at_"),
    [
        ('"abc"', 1, 2),
        ("'a\\d'", 2, 3),
        (r'"a\tb"', 1, 2),
        (r'"a\tb"', 2, 4),
        (r'"\u0416b"', 1, 7),
        ('"""\nab"""', 1, 5),
        ('"abc"', 3, 4),
    ],
)
def test_an_offset_in_a_string_is_found_in_its_writing(raw: str, offset: int, at_: int) -> None:
    assert string_offset(raw, offset) == at_


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30), st.integers(0, 30))
def test_escapes_are_read_and_placed_as_toml_reads_them(text: str, offset: int) -> None:
    escaped = "".join(f"\\U{ord(c):08X}" if not c.isprintable() or c in '"\\' else c for c in text)
    raw = f'"{escaped}"'
    assert unquoted(raw) == tomli.loads(f"x = {raw}")["x"] == text
    if offset < len(text) and text[offset].isprintable() and text[offset] not in '"\\':
        assert raw[string_offset(raw, offset)] == text[offset]


keys = st.one_of(
    st.from_regex(r"[a-z][a-z_-]{0,4}", fullmatch=True),
    st.sampled_from(['"q k"', "'l.k'", '"\\u0416"', "1"]),
)
scalars = st.sampled_from(
    ["1", "-0.5", "true", '"x"', "'it # is'", '"a ] } b"', "1985-05-12", '"""a\nb"""', "[]", "{}",
     "1985-05-12 10:00:00", '"\\""', "'''\n'q' '''"]
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda v: "[" + ", \n # c\n".join(v) + "]"),
        st.lists(inner, max_size=3).map(
            lambda v: "{ " + ", ".join(f"k{n} = {x}" for n, x in enumerate(v)) + " }"
        ),
    ),
    max_leaves=5,
)
lines = st.one_of(
    st.tuples(keys, values).map(" = ".join),
    st.tuples(keys, keys, values).map(lambda t: f"{t[0]} . {t[1]} = {t[2]}"),
    keys.map(lambda k: f"[{k}]"),
    keys.map(lambda k: f"[[ {k} ]] # head"),
    st.tuples(keys, keys).map(lambda t: f"[[{t[0]}.{t[1]}]]"),
    st.just("# [comment] = 1"),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(lines, max_size=10).map("\n".join))
def test_any_document_tomli_accepts_is_placed_truly(text: str) -> None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    assert_true_to(text, scan(text))
