"""Aids on the command line: they propose, record nothing, and say what they cannot do."""

from __future__ import annotations


def test_every_card_says_what_the_aid_cannot_do(docexam) -> None:
    cards = docexam("aid", "list", "--json").json
    assert {"names", "places", "numbers", "mrz"} <= {c["id"] for c in cards}
    assert all(c["cannot"] and c["measured"] for c in cards)


def test_one_input_is_an_object_and_several_are_a_list(docexam) -> None:
    one = docexam("aid", "names", "Ким Чен Ын", "--json").json
    assert "korean" in [p["system"] for p in one["parses"]]
    two = docexam("aid", "names", "Ким Чен Ын", "Иван Петров", "--json").json
    assert len(two) == 2


def test_a_zone_is_checked_digit_by_digit(docexam) -> None:
    lines = (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )
    zone = docexam("aid", "mrz", *lines, "--json").json["mrz"]
    assert zone["format"] == "TD3"
    assert len(zone["checks"]) == 5


def test_an_unknown_aid_names_those_there_are_and_nothing_is_recorded(docexam) -> None:
    docexam.new()
    before = docexam.show()
    assert docexam("aid", "oracle", "x").code == 2
    assert docexam("aid", "names").code == 2
    assert docexam.show() == before


def test_hostile_text_comes_out_inert(docexam) -> None:
    ran = docexam("aid", "names", "\x1b]0;t\x07Ким\u202e Чен Ын")
    assert ran.code == 0
    assert not any(c in ran.out for c in "\x1b\x07\u202e")


def test_options_may_stand_between_the_inputs(docexam) -> None:
    between = docexam("aid", "names", "Ким Чен Ын", "--json", "Иван Петров")
    before = docexam("aid", "names", "--issued", "2020-01-01", "--json", "Ким Чен Ын")
    assert [form["text"] for form in between.json] == ["Ким Чен Ын", "Иван Петров"]
    assert before.json["text"] == "Ким Чен Ын"
    assert docexam("aid", "names", "--colour", "Ким").code == 2
    assert docexam("show", "--json", "no/such", "more").code == 2


def test_every_one_of_many_names_is_answered(docexam) -> None:
    names = [f"Ким{letter}" for letter in "абвгдежзиклмнопрстуфхцчшщэюя" for _ in range(4)]
    assert [form["text"] for form in docexam("aid", "names", *names, "--json").json] == names


def test_a_picture_that_is_not_there_is_an_error_and_no_text(docexam) -> None:
    ran = docexam("aid", "mrz", "missing.jpg")
    assert ran.code == 2
    assert "DX-FILE-MISSING" in ran.err


def test_a_text_that_is_no_zone_is_told_so(docexam) -> None:
    assert "nothing to propose" not in docexam("aid", "mrz", "P<UTO").out
