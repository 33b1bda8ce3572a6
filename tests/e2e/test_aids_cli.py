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


def test_one_bad_picture_of_several_costs_the_others_nothing(docexam, tmp_path) -> None:
    from PIL import Image

    good, bad = tmp_path / "good.png", tmp_path / "bad.jpg"
    Image.new("RGB", (300, 200), (230, 226, 210)).save(good)
    bad.write_bytes(b"\xff\xd8\xff no picture")
    ran = docexam("aid", "page", str(bad), str(good), str(tmp_path / "none.jpg"), "--json")
    assert ran.code == 2
    first, second, third = ran.json
    assert first["proposals"] == third["proposals"] == []
    assert first["error"].startswith("DX-IMAGE")
    assert third["error"].startswith("DX-")
    assert second["page"]["corners"]
    assert "error" not in second
    said = docexam("aid", "page", str(bad), str(good))
    assert said.code == 2
    assert str(good) in said.out
    assert str(bad) in said.out


def test_an_option_that_would_be_passed_over_is_refused(docexam) -> None:
    assert docexam("aid", "names", "Ким Чен Ын", "--born", "1990").code == 2
    assert docexam("aid", "names", "Ким Чен Ын", "--region", "0,0,1,1").code == 2
    assert docexam("aid", "places", "Кызыл", "--born", "1990").code == 0


def test_a_text_that_is_no_zone_is_told_so(docexam) -> None:
    assert "nothing to propose" not in docexam("aid", "mrz", "P<UTO").out
