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
