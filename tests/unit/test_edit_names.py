"""Renaming an id everywhere it is named."""

from __future__ import annotations

import pytest
import tomli

from docexam.checklists.edit import EditRefusedError
from docexam.checklists.edit_names import rename, rename_choice

TEXT = """\
schema = 1

[checklist]
id    = "sample"
scale = "own"

[[scale]]
id    = "own"
bands = [{ id = "some", from = 0, words = "some" }]

[[proposition]]
id = "regular"

[[fact]]
id      = "pages"
ask     = "Which?"
type    = "many"
pages   = true
choices = [ { id = "front", label = "Front" }, { id = "back", label = "Back" } ]

[[place]]
id   = "corner"
page = "front"

[[field]]
id    = "number"
place = "corner"
section = 'one'

[[section]]
id = "one"

[[group]]
id = "cause"

[[answers]]
id      = "presence"
choices = [ { id = "present", label = "Present" }, { id = "absent", label = "Absent" } ]

[[indicator]]
id      = "photo"
section = "one"
page    = "front"
place   = "corner"
answers = "presence"
group   = "cause"

[[indicator]]
id      = "seal"
section = "one"
when    = '''photo is present and (any in section one is absent or
  count in group cause is answered >= 1) and number != "front" and pages is front'''

  [[indicator.choice]]
  id    = "round"
  label = "Round"
  group = "cause"
  bears = { "regular" = 0.3 }

[[check]]
id  = "odd"
if  = "number = number-two or \\u0070hoto is present"
say = "photo"
"""


def read(text: str) -> dict:
    return tomli.loads(text)


def test_an_indicator_is_renamed_in_conditions_and_says_what_it_replaces():
    text = rename(TEXT, "indicator", "photo", "portrait").text
    data = read(text)
    assert data["indicator"][0]["id"] == "portrait"
    assert data["indicator"][0]["replaces"] == ["photo"]
    assert data["indicator"][1]["when"].startswith("portrait is present and")
    assert data["check"][0]["if"].endswith("portrait is present")
    assert data["check"][0]["say"] == "photo"


def test_an_id_taken_up_again_leaves_what_is_replaced():
    once = rename(TEXT, "indicator", "photo", "portrait").text
    back = rename(once, "indicator", "portrait", "photo").text
    assert read(back)["indicator"][0]["replaces"] == ["portrait"]
    thrice = rename(once, "indicator", "portrait", "picture").text
    assert read(thrice)["indicator"][0]["replaces"] == ["photo", "portrait"]


def test_without_answers_to_carry_over_nothing_is_replaced():
    data = read(rename(TEXT, "indicator", "photo", "portrait", keep_old=False).text)
    assert "replaces" not in data["indicator"][0]


def test_a_section_is_renamed_in_items_fields_and_scopes():
    data = read(rename(TEXT, "section", "one", "uno").text)
    assert data["field"][0]["section"] == "uno"
    assert {i["section"] for i in data["indicator"]} == {"uno"}
    assert "any in section uno is absent" in data["indicator"][1]["when"]


def test_a_group_is_renamed_in_items_choices_and_scopes():
    data = read(rename(TEXT, "group", "cause", "why").text)
    assert data["indicator"][0]["group"] == "why"
    assert data["indicator"][1]["choice"][0]["group"] == "why"
    assert "count in group why is answered" in data["indicator"][1]["when"]


def test_a_proposition_keeps_the_quotes_of_its_key():
    text = rename(TEXT, "proposition", "regular", "normal").text
    assert 'bears = { "normal" = 0.3 }' in text


@pytest.mark.parametrize(
    ("kind", "old", "expected"),
    [
        ("place", "corner", {("field", "place"), ("indicator", "place")}),
        ("answers", "presence", {("indicator", "answers")}),
    ],
)
def test_references_follow(kind, old, expected):
    data = read(rename(TEXT, kind, old, "new-one").text)
    found = {
        (k, key)
        for k in ("field", "indicator")
        for block in data[k]
        for key, value in block.items()
        if value == "new-one"
    }
    assert found == expected


def test_a_field_and_a_scale_are_renamed_where_they_are_named():
    data = read(rename(TEXT, "field", "number", "no").text)
    assert data["check"][0]["if"].startswith("no = number-two")
    assert 'and no != "front"' in data["indicator"][1]["when"]
    assert read(rename(TEXT, "scale", "own", "mine").text)["checklist"]["scale"] == "mine"


def test_a_page_is_renamed_wherever_it_is_named_but_not_in_texts():
    data = read(rename_choice(TEXT, "fact", "pages", "front", "face").text)
    assert data["fact"][0]["choices"][0]["id"] == "face"
    assert data["place"][0]["page"] == data["indicator"][0]["page"] == "face"
    assert data["indicator"][1]["when"].endswith('number != "front" and pages is face')


def test_an_answer_of_a_set_is_renamed_for_every_item_that_takes_it():
    data = read(rename_choice(TEXT, "answers", "presence", "present", "there").text)
    assert data["answers"][0]["choices"][0]["id"] == "there"
    assert data["indicator"][1]["when"].startswith("photo is there and")
    assert data["check"][0]["if"].endswith("photo is there")


def test_an_answer_that_a_scope_asks_of_several_items_is_refused():
    both = TEXT.replace('id    = "round"', 'id    = "absent"')
    with pytest.raises(EditRefusedError, match="several items at once"):
        rename_choice(both, "indicator", "seal", "absent", "gone")


def test_an_answer_of_a_set_is_not_renamed_in_one_item_only():
    with pytest.raises(EditRefusedError, match="Rename it there"):
        rename_choice(TEXT, "indicator", "photo", "present", "there")


def test_a_condition_that_cannot_be_read_stands_in_the_way_only_where_it_names_the_id():
    broken = TEXT.replace("number = number-two or", "number = number-two and or")
    with pytest.raises(EditRefusedError, match="cannot be read"):
        rename(broken, "field", "number", "no")
    assert rename(broken, "group", "cause", "why").text.count("why") == 4


def test_a_name_in_use_is_refused():
    for kind, old, new in [("indicator", "photo", "number"), ("section", "one", "One")]:
        with pytest.raises(EditRefusedError):
            rename(TEXT, kind, old, new)
    with pytest.raises(EditRefusedError):
        rename(TEXT, "indicator", "photo", "ours", taken=("ours",))
    with pytest.raises(EditRefusedError):
        rename_choice(TEXT, "answers", "presence", "present", "absent")
