"""What each editing command writes, and what it refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest
import tomli

from docexam.checklists.edit import (
    EditRefusedError,
    add_choice,
    duplicate,
    move,
    new_indicator,
    remove_key,
    set_bears,
    set_key,
)
from docexam.checklists.edit_sheet import must_say
from docexam.checklists.edit_write import decimal_text, text_value

TEXT = """\
# top
schema = 1

[checklist]
id = "sample"

[[proposition]]
id = "regular"

[[section]]
id = "one"

[[section]]
id = "two"

[[answers]]
id      = "presence"
choices = [ # the set
  { id = "present", label = "Present" }, # as it stands
  { id = "absent", label = "Absent" } # last
]

# about the photograph
[[indicator]]
id       = "photo"    # its name
section  = "one"
ask      = "Is it there?"
answers  = "presence"

# ---- the seal ----

[[indicator]]
id       = "seal"
section  = "two"
ask      = "Is it round?"
replaces = ["stamp"]

  [[indicator.choice]]
  id    = "round"
  label = "Round"
  bears = { regular = 0.3 }   # a guess

[[indicator]]
id      = "edge"
section = "one"
ask     = "Is it whole?"
type    = "yesno"
# trailing remark of edge
"""


def read(text: str) -> dict:
    return tomli.loads(text, parse_float=Decimal)


def test_a_new_indicator_stands_below_the_one_named_and_in_its_section():
    edit = new_indicator(TEXT, "ink", ask="What colour?", after="photo")
    rows = read(edit.text)["indicator"]
    assert [r["id"] for r in rows] == ["photo", "ink", "seal", "edge"]
    assert rows[1]["section"] == "one"
    assert edit.text[edit.at :].startswith('What colour?"')
    assert edit.text.index("ink") < edit.text.index("# ---- the seal ----")


def test_a_new_indicator_without_one_before_goes_to_the_end():
    bare = 'schema = 1\n\n[[section]]\nid = "one"\n'
    edit = new_indicator(bare, "ink")
    assert edit.text.startswith(bare.rstrip("\n") + "\n\n[[indicator]]\n")
    assert read(edit.text)["indicator"][0]["section"] == "one"


def test_a_new_indicator_may_take_a_set():
    edit = new_indicator(TEXT, "ink", after="seal", answers="presence")
    assert read(edit.text)["indicator"][2] == {
        "id": "ink",
        "section": "two",
        "ask": "…",
        "answers": "presence",
        "status": "unverified",
        "source": "Field practice; compare with a reference specimen",
    }


@pytest.mark.parametrize("name", ["photo", "Photo", "два", "a b", "", "x" * 65, "included"])
def test_an_id_that_is_none_or_taken_is_refused(name):
    with pytest.raises(EditRefusedError):
        new_indicator(TEXT, name, after="photo", taken=("included",))


def test_a_copy_keeps_comments_and_leaves_out_what_the_original_replaces():
    edit = duplicate(TEXT, "indicator", "seal", "seal-2")
    rows = read(edit.text)["indicator"]
    assert "replaces" not in rows[2]
    assert rows[2]["choice"] == rows[1]["choice"]
    assert edit.text.count("# a guess") == 2
    assert edit.text[edit.at :].startswith("seal-2")


def test_moving_takes_the_comments_above_and_leaves_headings_in_place():
    edit = move(TEXT, "indicator", "photo", 1)
    assert [r["id"] for r in read(edit.text)["indicator"]] == ["edge", "seal", "photo"]
    lines = edit.text.splitlines()
    assert lines[lines.index('id       = "photo"    # its name') - 2] == "# about the photograph"
    assert lines.index("# ---- the seal ----") < lines.index('id       = "seal"')
    assert edit.text[edit.at :].startswith('[[indicator]]\nid       = "photo"')
    assert edit.text.endswith('answers  = "presence"\n')
    assert "# trailing remark of edge\n\n# ---- the seal" in edit.text


def test_an_indicator_moves_within_its_section_only():
    with pytest.raises(EditRefusedError, match="first of its section"):
        move(TEXT, "indicator", "seal", -1)
    with pytest.raises(EditRefusedError, match="last of its section"):
        move(TEXT, "indicator", "edge", 1)


def test_other_blocks_move_among_their_kind():
    assert [s["id"] for s in read(move(TEXT, "section", "two", -1).text)["section"]] == [
        "two",
        "one",
    ]


def test_parts_of_a_block_that_stand_elsewhere_are_not_moved():
    torn = TEXT + '\n[[section]]\nid = "three"\n\n[[indicator.choice]]\nid = "yes"\n'
    with pytest.raises(EditRefusedError, match="stand elsewhere"):
        move(torn, "indicator", "edge", -1)


def test_a_choice_joins_blocks_as_a_block_and_a_list_as_a_line():
    edit = add_choice(TEXT, "indicator", "seal", "oval", "Oval")
    assert "  bears = { regular = 0.3 }   # a guess\n\n  [[indicator.choice]]\n  id" in edit.text
    listed = add_choice(TEXT, "answers", "presence", "torn", 'Torn "off"')
    assert (
        '  { id = "absent", label = "Absent" }, # last\n'
        '  { id = "torn", label = "Torn \\"off\\"" }\n]' in listed.text
    )


def test_a_choice_of_an_item_with_a_set_gets_a_block_of_its_own():
    edit = add_choice(TEXT, "indicator", "photo", "torn", "Torn")
    assert read(edit.text)["indicator"][0]["choice"] == [{"id": "torn", "label": "Torn"}]
    assert "# ---- the seal" in edit.text


@pytest.mark.parametrize(
    ("name", "choice"), [("seal", "round"), ("seal", "unclear"), ("edge", "maybe"), ("gone", "x")]
)
def test_a_choice_that_cannot_be_is_refused(name, choice):
    with pytest.raises(EditRefusedError):
        add_choice(TEXT, "indicator", name, choice, "Label")


def test_a_weight_is_replaced_in_place():
    edit = set_bears(TEXT, "seal", "round", "regular", Decimal("-0.25"))
    assert edit.text == TEXT.replace("regular = 0.3", "regular = -0.25")


def test_a_weight_is_added_beside_others_and_taken_away_again():
    more = set_bears(TEXT, "seal", "round", "false", Decimal("0.10")).text
    assert "{ regular = 0.3, false = 0.1 }   # a guess" in more
    assert set_bears(more, "seal", "round", "false", None).text == TEXT
    less = set_bears(more, "seal", "round", "regular", None).text
    assert "{ false = 0.1 }   # a guess" in less


def test_an_answer_of_a_set_gets_words_of_its_own_for_its_weight():
    edit = set_bears(TEXT, "photo", "absent", "regular", Decimal("-0.3"))
    own = read(edit.text)["indicator"][0]["choice"]
    assert own == [{"id": "absent", "bears": {"regular": Decimal("-0.3")}}]


@pytest.mark.parametrize("weight", ["2.5", "-3", "nan", "inf"])
def test_a_weight_out_of_bounds_is_refused(weight):
    with pytest.raises(EditRefusedError):
        set_bears(TEXT, "seal", "round", "regular", Decimal(weight))


def test_a_key_is_set_added_in_the_blocks_style_and_taken_away():
    changed = set_key(TEXT, ("indicator", 0), "ask", 'Is "it" there?\n').text
    assert 'ask      = "Is \\"it\\" there?\\n"\nanswers' in changed
    added = set_key(TEXT, ("indicator", 0), "critical", True).text
    assert 'answers  = "presence"\ncritical = true\n' in added
    assert remove_key(added, ("indicator", 0), "critical").text == TEXT
    listed = set_key(TEXT, ("indicator", 0), "look", ["Zoom", "Tilt"]).text
    assert 'look     = ["Zoom", "Tilt"]' in listed


def test_line_breaks_stay_as_the_file_has_them():
    edit = add_choice(TEXT.replace("\n", "\r\n"), "indicator", "seal", "oval", "Oval")
    assert edit.text.count("\n") == edit.text.count("\r\n")


def test_a_byte_order_mark_stays():
    edit = set_key("\ufeff" + TEXT, ("indicator", 0), "critical", True)
    assert edit.text.startswith("\ufeff# top")
    assert edit.text[edit.at :].startswith("\ncritical")


def test_a_text_with_a_slip_is_not_edited_but_named():
    with pytest.raises(EditRefusedError, match="line 2"):
        set_key(TEXT.replace("schema = 1", "schema = 1,5"), ("indicator", 0), "stage", 2)


def test_a_text_out_of_bounds_is_refused_at_once():
    deep = TEXT + "deep = " + "[" * 100_000 + "]" * 100_000
    with pytest.raises(EditRefusedError):
        set_key(deep, ("indicator", 0), "stage", 2)


def test_the_guard_refuses_whatever_says_something_else():
    must_say("a = 1.50", {"a": Decimal("1.5")})
    for text, intended in [
        ("a = 1", {"a": True}),
        ("a = 1", {"a": 1, "b": 2}),
        ("a = [1, 2]", {"a": [2, 1]}),
        ('a = "x"', {"a": "x "}),
        ("a = ", {"a": ""}),
    ]:
        with pytest.raises(EditRefusedError):
            must_say(text, intended)


@pytest.mark.parametrize(
    ("number", "written"),
    [("0.30", "0.3"), ("-1", "-1.0"), ("0", "0.0"), ("0.25", "0.25"), ("1E+0", "1.0")],
)
def test_decimals_are_written_short_and_with_a_point(number, written):
    assert decimal_text(Decimal(number)) == written


def test_texts_are_written_so_that_they_read_the_same():
    said = 'a "b" \\ \n\t\x00\x7f é'
    assert tomli.loads(f"a = {text_value(said)}")["a"] == said
