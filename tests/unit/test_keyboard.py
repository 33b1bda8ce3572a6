"""Keys: one table for every layout, and keymaps that cannot steal a key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docexam.errors import InputError, MachineError
from docexam.tui.commands import ALL, BY_ID, CONTEXTS, STACKS
from docexam.tui.keyboard import (
    LAYOUTS,
    Keyboard,
    bindings,
    candidates,
    key_name,
    keyboard_from,
    keys_of_char,
    load_keymap,
    same_place,
)

REVIEW = ("list", "review", "always")
SINGLE = [
    (command, key)
    for command in ALL
    for key in command.keys
    if len(key) == 1 and {"review", "always"} & set(command.contexts)
]


def command_of(char: str, contexts: tuple[str, ...] = REVIEW) -> list[str]:
    found = [Keyboard().find(key, contexts) for key in keys_of_char(char)]
    return [f[0].id for f in found if f]


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "Latin"])
@pytest.mark.parametrize(("command", "key"), SINGLE, ids=[f"{c.id}-{k}" for c, k in SINGLE])
def test_each_single_key_command_answers_to_the_same_place_on_every_layout(command, key, layout):
    char = same_place(key)[layout]
    assert command_of(char) == [command.id], f"{key} sends {char} under {layout}"


@pytest.mark.parametrize(
    ("latin", "russian", "ukrainian", "korean"),
    [
        ("u", "г", "г", "ㅕ"),
        ("v", "м", "м", "ㅍ"),
        ("f", "а", "а", "ㄹ"),
        ("x", "ч", "ч", "ㅌ"),
        ("n", "т", "т", "ㅜ"),
        ("r", "к", "к", "ㄱ"),
        ("s", "ы", "і", "ㄴ"),
        ("[", "х", "х", "["),
        ("]", "ъ", "ї", "]"),
        ("/", ".", ".", "/"),
        ("?", ",", ",", "?"),
        ("+", "+", "+", "+"),
        ("-", "-", "-", "-"),
        ("1", "1", "1", "1"),
    ],
)
def test_the_table_of_places_is_that_of_real_keyboards(latin, russian, ukrainian, korean):
    assert same_place(latin) == {
        "Latin": latin,
        "Russian": russian,
        "Ukrainian": ukrainian,
        "Korean": korean,
    }


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("Г", ["answer.unclear"]),  # Caps Lock, Russian
        ("U", ["answer.unclear"]),
        ("ㄲ", ["region.mark"]),  # Shift, Korean
        ("ㅒ", ["walk.next-open"]),
        ("１", ["answer.choice"]),  # full-width digit of an input method
        ("가", ["region.mark", "view.plain"]),  # a syllable is the keys that made it
        ("ㅘ", ["view.grey", "view.plain"]),
        ("?", ["help"]),  # typed as a character under any layout
        ("№", []),
        ("é", []),
    ],
)
def test_what_input_methods_hand_over(char, expected):
    assert command_of(char) == expected


def test_every_korean_syllable_is_two_to_five_keys():
    assert keys_of_char("뷁") == ("ㅂ", "ㅜ", "ㅔ", "ㄹ", "ㄱ")
    assert keys_of_char("아") == ("ㅇ", "ㅏ")


def test_control_keys_follow_the_place_too():
    assert key_name("ctrl+я", None) == "ctrl+z"
    assert key_name("ctrl+z", "\x1a") == "ctrl+z"
    assert key_name("question_mark", "?") == "?"
    assert key_name("space", " ") == "space"
    assert key_name("enter", "\r") == "enter"


def test_a_character_means_itself_before_its_place():
    assert candidates("/")[0] == "/"
    assert candidates("г") == ("г", "u")


# -- the commands ----------------------------------------------------------------------------


def test_ids_are_unique_and_every_command_says_what_it_does():
    assert len(BY_ID) == len(ALL)
    for command in ALL:
        assert command.id
        assert command.title
        assert command.label
        assert command.help.endswith("."), command.id
        assert set(command.contexts) <= set(CONTEXTS), command.id
        assert command.keys or command.palette, f"{command.id} cannot be reached"


def test_no_key_has_two_commands_in_one_context():
    for context in CONTEXTS:
        keys = [k for c in ALL if context in c.contexts for k in c.keys]
        assert len(keys) == len(set(keys)), context


def test_no_key_is_one_that_terminals_send_for_another():
    keys = {k for c in ALL for k in c.keys}
    assert not keys & {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}


def test_every_context_is_in_a_stack():
    assert {c for stack in STACKS for c in stack} == set(CONTEXTS)


def test_while_typing_printable_keys_are_text():
    keyboard = Keyboard()
    for key in ("u", "1", "?", "space", "г"):
        assert keyboard.find(key, ("typing", "always"), typing=True) is None
    found = keyboard.find("escape", ("typing", "always"), typing=True)
    assert found
    assert found[0].id == "typing.leave"


def test_the_table_of_keys_loads_no_toolkit():
    code = (
        "import sys, docexam.tui.keyboard as k; k.bindings(); "
        "print([m for m in sys.modules if m.split('.')[0] in ('textual', 'rich', 'PIL', 'numpy')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


# -- keymaps ---------------------------------------------------------------------------------


def test_a_keymap_changes_keys(tmp_path: Path):
    path = tmp_path / "keymap.toml"
    path.write_text('[keys]\nnote = "ctrl+n"\n"answer.unclear" = ["5", "f5"]\n', encoding="utf-8")
    with pytest.raises(InputError, match="“5” would be both"):
        load_keymap(path)
    path.write_text('[keys]\nnote = "ctrl+n"\nanswer.unclear = ["U", "f5"]\n', encoding="utf-8")
    keyboard = load_keymap(path)
    assert keyboard.find("ctrl+n", REVIEW)[0].id == "note"
    assert keyboard.find("n", REVIEW) is None
    assert keyboard.find("г", REVIEW)[0].id == "answer.unclear"
    assert keyboard.find("f5", REVIEW)[0].id == "answer.unclear"


def test_keys_may_be_exchanged():
    keyboard = keyboard_from({"keys": {"note": "r", "region.mark": "n"}}, "f")
    assert keyboard.find("r", REVIEW)[0].id == "note"
    assert keyboard.find("ㅜ", REVIEW)[0].id == "region.mark"


def test_a_remapped_positional_key_keeps_its_meaning():
    own = {"answer.choice": [f"f{n}" for n in range(3, 12)]}
    command, meant = keyboard_from({"keys": own}, "f").find("f4", REVIEW)
    assert (command.id, meant) == ("answer.choice", "2")


def test_a_key_hidden_by_a_nearer_prompt_counts_as_stolen():
    with pytest.raises(InputError, match=r"“1” would be both “answer\.none” and “cause\.choose”"):
        keyboard_from({"keys": {"answer.none": "1", "answer.choice": list("234567890")}}, "f")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"noet": "n"}, "there is no command “noet”, did you mean “note”?"),
        ({"note": "u"}, "“u” would be both “answer.unclear” and “note”"),
        ({"list": {"fold": "u"}}, "“u” would be both “answer.unclear” and “list.fold”"),
        ({"note": "q"}, "“q” would be both “note” and “leave”"),
        ({"note": "ctrl+h"}, "terminals send Backspace"),
        ({"note": "CTRL+I"}, "terminals send Tab"),
        ({"note": "ctrl+j"}, "terminals send Enter"),
        ({"note": "ctrl+m"}, "terminals send Enter"),
        ({"typing.leave": "x"}, "is text where this command acts"),
        ({"note": "."}, "is where “/” (“find”) lies on another layout"),
        ({"note": "г"}, "name the Latin key"),
        ({"note": "banana"}, "is no key"),
        ({"note": "hyper+n"}, "is no key"),
        ({"note": ""}, "is no key"),
        ({"note": 7}, "takes a key or a list of keys"),
        ({"answer.choice": ["a", "b"]}, "needs 9 keys"),
        ("n", "must be a table"),
    ],
)
def test_a_keymap_that_would_not_do_is_refused_in_words(keys, words):
    with pytest.raises(InputError) as told:
        keyboard_from({"keys": keys}, "my-keys.toml")
    assert words in str(told.value)
    assert str(told.value).startswith("my-keys.toml: ")


def test_all_faults_of_a_keymap_are_told_at_once():
    with pytest.raises(InputError) as told:
        keyboard_from({"keys": {"noet": "n", "flag": "ctrl+j"}, "colour": 1}, "f")
    for words in ("noet", "ctrl+j", "unknown table or key “colour”"):
        assert words in str(told.value)


@pytest.mark.parametrize("text", ["[keys", "x" * 200_000, "[" * 100_000])
def test_a_keymap_that_is_no_toml_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "keymap.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        load_keymap(path)


def test_a_keymap_that_is_not_there_says_so(tmp_path: Path):
    with pytest.raises(MachineError, match="cannot be read"):
        load_keymap(tmp_path / "none.toml")


def test_hostile_names_in_a_keymap_are_made_visible():
    with pytest.raises(InputError) as told:
        keyboard_from({"keys": {"\x1b[2J": "n", "note": "\u202e"}}, "f")
    assert "\x1b" not in str(told.value)
    assert "\u202e" not in str(told.value)


# -- the documentation -----------------------------------------------------------------------


def test_the_page_of_keys_is_not_stale():
    from docexam.tui.keyboard_page import page

    here = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
    assert here.read_text(encoding="utf-8") == page(), (
        "docs/keys.md is stale: run “python -m docexam.tui.keyboard_page > docs/keys.md”"
    )


def test_every_row_of_the_table_names_its_place():
    rows = bindings()
    assert {r.id for r in rows} == set(BY_ID)
    assert all(r.context and r.title and r.help for r in rows)
