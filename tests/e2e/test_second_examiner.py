"""A second examiner: blind by every command, compared afterwards."""

from __future__ import annotations

import pytest

SECRET = "ANNSECRETNOTE"


@pytest.fixture
def two(docexam):
    """Ann has worked; Bob has just begun."""
    docexam.new()
    docexam("record", "C/E", "photo", "present", "--note", SECRET)
    docexam("record", "C/E", "inks", "blue")
    docexam("transcribe", "C/E", "surname", "СЕКРЕТОВ")
    docexam.examiner = "Bob"
    assert docexam("second", "C/E").code == 0
    return docexam


READERS = [
    ("show", "C/E"),
    ("log", "C/E"),
    ("list",),
    ("list", "--find", SECRET),
    ("list", "--find", "СЕКРЕТОВ"),
    ("support", "C/E"),
    ("compare", "C/E"),
    ("compare", "C"),
    ("report", "C/E", "--format", "json", "-o", "-"),
    ("report", "C/E", "--format", "markdown", "-o", "-"),
    ("record", "C/E", "inks", "violet"),
    ("undo", "C/E"),
    ("close", "C/E"),
    ("adjudicate", "C/E", "photo", "present", "--because", "x"),
]


@pytest.mark.parametrize("words", READERS, ids=lambda w: " ".join(w))
@pytest.mark.parametrize("of", [(), ("--of", "Ann Example")], ids=["own", "of"])
def test_no_command_tells_the_second_examiner_what_the_first_found(two, words, of) -> None:
    for more in ((), ("--json",)):
        ran = two(*words, *of, *more)
        assert SECRET not in ran.out + ran.err
        assert "СЕКРЕТОВ" not in ran.out.encode().decode("unicode_escape", "ignore")
        assert "\\u0421\\u0415\\u041a" not in ran.out


def test_reading_the_other_by_name_is_refused_while_the_own_is_open(two) -> None:
    ran = two("show", "C/E", "--of", "Ann Example")
    assert ran.code == 4
    assert "Your own examination" in ran.err
    assert two("compare", "C/E").code == 4
    assert two.show()["findings"] == {}


def test_a_search_for_what_the_other_wrote_finds_nothing(two) -> None:
    assert two("list", "--find", SECRET, "--json").json == []
    two.examiner = "Ann Example"
    assert len(two("list", "--find", SECRET, "--json").json) == 1


def test_without_a_name_nobody_reads_while_a_second_examination_is_open(two) -> None:
    two.examiner = None
    assert two("show", "C/E", "--of", "Ann Example").code == 4
    assert two("list", "--json").json[0]["answered"] is None


def test_the_first_examiner_is_blind_to_the_second_too(two) -> None:
    two("record", "C/E", "photo", "unclear", "--note", "BOBNOTE")
    two.examiner = "Ann Example"
    assert two("show", "C/E", "--of", "Bob").code == 4
    assert "BOBNOTE" not in two("list", "--find", "BOBNOTE").out


def test_whoever_has_read_anothers_findings_cannot_start_a_second(docexam) -> None:
    docexam.new()
    docexam.examiner = "Carol"
    assert docexam("show", "C/E").code == 0
    ran = docexam("second", "C/E")
    assert ran.code == 4
    assert "has read" in ran.err


def test_nobody_examines_twice(docexam) -> None:
    docexam.new()
    assert docexam("second", "C/E").code == 4


def test_after_both_are_closed_they_are_compared_and_settled(two) -> None:
    for answer in (("photo", "unclear"), ("inks", "blue"), ("seal-crosses", "yes")):
        assert two("record", "C/E", *answer).code == 0
    assert two("close", "C/E").code == 0
    early = two("compare", "C/E")
    assert early.code == 2
    assert "two closed" in early.err
    two.examiner = "Ann Example"
    two("record", "C/E", "seal-crosses", "yes")
    two("close", "C/E")
    data = two("compare", "C/E", "--json").json
    assert data["examiners"] == ["Ann Example", "Bob"]
    assert data["agreement"]["n"] == 2
    assert data["agreement"]["raw"] == 0.5
    photo = next(i for i in data["items"] if i["item"] == "photo")
    assert photo["same"] is False
    assert data["joint"]["unsettled"] == ["photo"]
    assert data["joint"]["questions"][0]["suggested"] == ""
    assert "examiners differ: photo" in data["joint"]["questions"][0]["sentence"]
    assert two("adjudicate", "C/E", "inks", "blue", "--because", "same").code == 2
    assert two("adjudicate", "C/E", "photo", "unclear", "--because", "glare").code == 0
    joint = two("compare", "C/E", "--json").json["joint"]
    assert (joint["settled"], joint["unsettled"]) == (["photo"], [])
    assert joint["questions"][0]["blocks"] == []
    settled = two("compare", "C/E", "--json").json["adjudicated"]
    assert settled[0] | {"at": 0} == {
        "item": "photo", "answer": "unclear", "by": "Ann Example", "at": 0, "because": "glare",
    }  # fmt: skip


def test_support_is_closed_until_revealed_and_the_critical_items_are_answered(docexam) -> None:
    docexam.new()
    assert docexam("support", "C/E").code == 2
    refused = docexam("reveal", "C/E", "support")
    assert refused.code == 2
    assert "photo" in refused.err
    docexam("record", "C/E", "photo", "absent", "--region", "1:0.1,0.1,0.5,0.5")
    assert docexam("reveal", "C/E", "support").code == 0
    data = docexam("support", "C/E", "--json").json
    contents = data["questions"][0]
    assert (contents["leader"], contents["band"]) == ("interim", "weak")
    assert "R6" not in contents["comparisons"][0]["capped"]
    assert docexam("undo", "C/E").code == 2
    assert docexam("support", "C/E").code == 0


def test_a_conclusion_stands_beside_the_suggestion_and_departures_carry_reasons(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "absent", "--region", "1:0.1,0.1,0.5,0.5")
    made = docexam("conclude", "C/E", "contents", "interim", "--because", "the frame is empty",
                   "--json").json  # fmt: skip
    assert (made["over"], made["wording"]) == ("regular", "weak")
    assert made["sentence"].endswith("something not listed stays open.")
    assert [e["kind"] for e in docexam("log", "C/E", "--json").json][-2:] == [
        "Revealed", "ConclusionStated",
    ]  # fmt: skip
    ran = docexam("conclude", "C/E", "contents", "regular", "--because", "x")
    assert ran.code == 2
    bold = ("conclude", "C/E", "contents", "interim", "--wording", "strong", "--because", "x")
    assert docexam(*bold).code == 2
    assert docexam(*bold, "--override", "a registry confirmed it").code == 0
    assert docexam("conclude", "C/E", "contents", "none", "--because", "x",
                   "--override", "too little").code == 0  # fmt: skip


def test_an_empty_examination_cannot_tell_and_an_open_critical_item_blocks(docexam) -> None:
    docexam.new()
    before = docexam("log", "C/E", "--json").json
    ran = docexam("conclude", "C/E", "contents", "none", "--because", "nothing seen")
    assert ran.code == 2
    assert "critical item open" in ran.err
    assert docexam("log", "C/E", "--json").json == before
    assert docexam("conclude", "C/E", "contents", "none", "--because", "nothing seen",
                   "--override", "the pictures show no more").code == 0  # fmt: skip
