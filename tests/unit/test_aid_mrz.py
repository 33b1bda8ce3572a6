"""Machine-readable zones: every layout, every digit, what would repair it, what the page says."""

from __future__ import annotations

import pytest

from docexam.aids.mrz.aid import AID, zone_json
from docexam.aids.mrz.alphabet import check_digit, invisible_pairs, misread_for
from docexam.aids.mrz.comparison import compare_fields
from docexam.aids.mrz.formats import FORMATS
from docexam.aids.mrz.zone import Zone, read_zone
from docexam.aids.protocol import Material
from docexam.aids.running import outcome_json, run_aid
from docexam.aids.transliteration import INTERNAL, read_internal

# The specimens printed in ICAO Doc 9303.
SPECIMENS = {
    "TD3": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "TD2": "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "TD1": "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "MRV-A": "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
    "MRV-B": "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<",
    "RU-internal": "PNRUSKUZNECOVA<<9NA<IL9INI3NA<<<<<<<<<<<<<<<\n"
    "9301234567RUS8505121F<<<<<<<1110916170001<84",
}
CHECKS = {"TD3": 5, "TD2": 4, "TD1": 4, "MRV-A": 3, "MRV-B": 3, "RU-internal": 5}


def zone_of(text: str) -> Zone:
    zone = read_zone(text)
    assert zone is not None
    return zone


@pytest.mark.parametrize("name", list(SPECIMENS))
def test_every_layout_is_told_and_every_digit_of_its_specimen_agrees(name: str) -> None:
    zone = zone_of(SPECIMENS[name])
    assert zone.format.id == name
    assert zone.ok is True
    assert [check.ok for check in zone.checks] == [True] * CHECKS[name]
    assert zone.repairs == ()
    assert set(SPECIMENS) == {format_.id for format_ in FORMATS}


@pytest.mark.parametrize("name", list(SPECIMENS))
def test_a_wrong_digit_fails_its_own_check_and_no_other_field(name: str) -> None:
    lines = SPECIMENS[name].split("\n")
    zone = zone_of(SPECIMENS[name])
    for check in zone.checks:
        row = lines[check.line - 1]
        wrong = str((int(check.computed) + 1) % 10)
        changed = list(lines)
        changed[check.line - 1] = row[: check.position - 1] + wrong + row[check.position :]
        failing = {c.name for c in zone_of("\n".join(changed)).checks if c.ok is False}
        assert check.name in failing
        assert failing <= {check.name, "composite"}


def test_the_second_line_alone_is_read_with_all_its_checks() -> None:
    zone = zone_of("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    assert zone.format.id == "TD3"
    assert [(c.name, c.found, c.ok) for c in zone.checks] == [
        ("number", "6", True),
        ("birth", "2", True),
        ("expiry", "9", True),
        ("optional", "1", True),
        ("composite", "0", True),
    ]
    assert zone.fields["number"] == "L898902C3"
    assert any("second line" in note for note in zone.notes)


def test_the_fields_are_cut_where_the_layout_has_them() -> None:
    fields = zone_of(SPECIMENS["TD3"]).fields
    assert (fields["surname"], fields["given"]) == ("ERIKSSON", "ANNA MARIA")
    assert (fields["birth"], fields["sex"], fields["expiry"]) == ("740812", "F", "120415")
    assert fields["optional"] == "ZE184226B"


def test_the_internal_passport_is_read_back_to_cyrillic_by_its_own_table() -> None:
    fields = zone_of(SPECIMENS["RU-internal"]).fields
    assert fields["surname-cyrillic"] == "КУЗНЕЦОВА"
    assert fields["given-cyrillic"] == "ЬНА"
    assert fields["patronymic-cyrillic"] == "ИЛЬИНИЧНА"
    assert (fields["series"], fields["number"]) == ("9301", "123456")
    assert (fields["issued"], fields["office"]) == ("110916", "170001")


def test_the_internal_table_is_one_to_one() -> None:
    assert len(set(INTERNAL.values())) == 33
    assert read_internal("".join(INTERNAL.values())) == "".join(INTERNAL)


def test_a_number_longer_than_nine_runs_on_into_the_optional_field() -> None:
    zone = zone_of(
        "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
    )
    assert zone.ok is True
    assert zone.fields["number"] == "D23145890734"
    assert zone.checks[0].position == 19


@pytest.mark.parametrize(
    ("line", "position", "was", "read"),
    [(2, 6, "0", "O"), (2, 15, "4", "A"), (2, 24, "0", "O"), (2, 9, "3", "8"), (2, 1, "L", "I")],
)
def test_the_misreading_that_was_made_is_among_the_repairs_and_marked_as_mending_all(
    line: int, position: int, was: str, read: str
) -> None:
    rows = SPECIMENS["TD3"].split("\n")
    row = rows[line - 1]
    assert row[position - 1] == was
    rows[line - 1] = row[: position - 1] + read + row[position:]
    repairs = zone_of("\n".join(rows)).repairs
    found = [r for r in repairs if (r.line, r.position, r.instead) == (line, position, was)]
    assert len(found) == 1
    assert found[0].all_pass
    assert "composite" in found[0].repairs


def test_repairs_that_mend_every_check_come_first() -> None:
    rows = SPECIMENS["TD3"].replace("L898902C3", "L8989O2C3")
    flags = [repair.all_pass for repair in zone_of(rows).repairs]
    assert flags == sorted(flags, reverse=True)
    assert (zone_of(rows).repairs[0].found, zone_of(rows).repairs[0].instead) == ("O", "0")


def test_a_letter_is_never_proposed_where_only_digits_belong() -> None:
    zone = zone_of(SPECIMENS["TD3"].replace("7408122", "7408222"))
    dates = [r for r in zone.repairs if r.line == 2 and 14 <= r.position <= 20]
    assert dates
    assert all(r.instead.isdigit() or r.instead == "<" for r in dates)


def test_pairs_of_one_value_cannot_be_told_apart_by_any_check() -> None:
    assert {frozenset(pair) for pair in invisible_pairs()} == {
        frozenset("<K"),
        frozenset("0U"),
        frozenset("1L"),
        frozenset("6G"),
    }
    assert "0" in misread_for("O")
    assert misread_for("?") == ()


def test_the_weights_are_seven_three_one() -> None:
    assert check_digit("L898902C3") == 6
    assert check_digit("740812") == 2
    assert check_digit("<<<<<<") == 0
    with pytest.raises(KeyError):
        check_digit("É")


# --- finding the lines -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        SPECIMENS["TD3"].replace("\n", ""),
        SPECIMENS["TD3"].replace("\n", "\\n"),
        SPECIMENS["TD3"].replace("\n", "\r\n"),
        SPECIMENS["TD3"].lower(),
        SPECIMENS["TD3"].replace("<", "«"),
        "PASSPORT\nUTOPIA\n" + SPECIMENS["TD3"] + "\nsignature of bearer",
        " ".join(SPECIMENS["TD3"].split("\n")[0]) + "\n" + SPECIMENS["TD3"].split("\n")[1],
        SPECIMENS["TD3"].replace("ANNA", "АNNА"),
    ],
)
def test_a_zone_is_found_however_its_lines_were_written_down(text: str) -> None:
    zone = zone_of(text)
    assert zone.ok is True
    assert zone.fields["given"] == "ANNA MARIA"


def test_cyrillic_letters_read_as_latin_ones_are_named() -> None:
    notes = zone_of(SPECIMENS["TD3"].replace("ANNA", "АNNА")).notes
    assert any("Cyrillic" in note for note in notes)


def test_a_wrong_number_of_fillers_is_mended_and_named() -> None:
    one, two = SPECIMENS["TD3"].split("\n")
    zone = zone_of(f"{one[:-2]}\n{two.replace('<<<<<', '<<<<<<')}")
    assert zone.ok is True
    assert sum("characters" in note for note in zone.notes) == 2


def test_a_line_too_short_without_fillers_leaves_its_checks_open() -> None:
    one, two = SPECIMENS["TD2"].split("\n")
    zone = zone_of(f"{one}\n{two.replace('<<<<<<<', 'ABCDE')}")
    assert zone.ok is None or zone.ok is False
    assert {c.name: c.ok for c in zone.checks}["composite"] is None


@pytest.mark.parametrize("text", ["", "Ivanov Ivan", "P<UTO", "<" * 10, "A" * 44, "1\n2\n3"])
def test_text_without_a_zone_gives_none_and_a_reason(text: str) -> None:
    assert read_zone(text) is None
    form = zone_json([text])
    assert isinstance(form, dict)
    assert form["mrz"] is None
    assert form["reason"]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("UTO7408122", "QQQ7408122", "in no list"),
        ("F1204159", "Q1204159", "M, F"),
        ("ANNA<MARIA", "ANN4<MARIA", "digit among the names"),
        ("MARIA<<<<", "MARIA<<K<", "misread filler"),
        ("UTO7408122", "SUN7408122", "no longer"),
        ("7408122", "7413322", "no day"),
    ],
)
def test_what_a_zone_cannot_hold_is_remarked(old: str, new: str, word: str) -> None:
    text = SPECIMENS["TD3"].replace(old, new)
    if word == "misread filler":
        text = SPECIMENS["TD3"].replace("MARIA" + "<" * 19, "MARIA" + "<" * 17 + "K<")
    assert any(word in note for note in zone_of(text).notes)


def test_agreeing_digits_are_said_to_be_no_authenticity() -> None:
    assert any("not authenticity" in note for note in zone_of(SPECIMENS["TD3"]).notes)


# --- the page ----------------------------------------------------------------------------------

RUSSIAN = (
    "P<RUSTCVETKOVA<<IULIIA<<<<<<<<<<<<<<<<<<<<<<\nL898902C36RUS7408122F1204159ZE184226B<<<<<10"
)


def verdicts(text: str, issued: str = "", **fields: str) -> dict[str, str]:
    named = {key.replace("_", "-"): value for key, value in fields.items()}
    return {m.field: m.verdict for m in compare_fields(zone_of(text), named, issued)}


def test_the_table_of_the_date_decides_how_a_name_is_written() -> None:
    assert verdicts(RUSSIAN, "15.04.2011", surname="ЦВЕТКОВА") == {"surname": "same"}
    assert verdicts(RUSSIAN, "15.04.2019", surname="ЦВЕТКОВА") == {"surname": "open"}
    today = RUSSIAN.replace("TCVETKOVA<<IULIIA<", "TSVETKOVA<<IULIIA<")
    assert verdicts(today, "15.04.2019", surname="Цветкова") == {"surname": "same"}
    assert verdicts(today, "15.04.2011", surname="Цветкова") == {"surname": "open"}
    assert verdicts(today, surname="Цветкова") == {"surname": "same"}
    assert verdicts(today, surname="Цветаева") == {"surname": "differs"}


def test_fields_that_agree_and_differ_are_told() -> None:
    assert verdicts(
        RUSSIAN,
        given_name="Юлия",
        birth_date="12.08.1974",
        expiry_date="15.04.2013",
        sex="Ж/F",
        number="L 898902 C3",
        nationality="RUS",
    ) == {
        "given-name": "same",
        "birth-date": "same",
        "expiry-date": "differs",
        "sex": "same",
        "number": "same",
        "nationality": "same",
    }


def test_a_partial_date_and_a_word_for_the_state_stay_open() -> None:
    assert verdicts(RUSSIAN, birth_date="??.08.1974", nationality="Российская Федерация") == {
        "birth-date": "open",
        "nationality": "open",
    }


def test_the_internal_passport_is_compared_by_its_own_table() -> None:
    found = verdicts(
        SPECIMENS["RU-internal"],
        surname="Кузнецова",
        patronymic="Ильинична",
        number="93 01 123456",
        issue_date="16.09.2011",
        issuer_code="170-001",
        given_name="Анна",
    )
    assert found == {
        "surname": "same",
        "given-name": "differs",
        "patronymic": "same",
        "issue-date": "same",
        "number": "same",
        "issuer-code": "same",
    }


def test_a_name_cut_off_at_the_end_of_its_field_agrees_with_the_longer_one() -> None:
    names = "P<UTO" + "BENEDIKTOVSKAIA<<KONSTANTINAALEKSANDROV"
    assert len(names) == 44
    text = names + "\n" + SPECIMENS["TD3"].split("\n")[1]
    assert verdicts(text, given_name="KONSTANTINA ALEKSANDROVNA") == {"given-name": "same"}
    whole = SPECIMENS["TD3"]
    assert verdicts(whole, given_name="ANNA MARIA LOUISE") == {"given-name": "differs"}


# --- JSON and the aid --------------------------------------------------------------------------


def test_the_lines_of_one_zone_given_apart_are_one_input() -> None:
    form = zone_json(SPECIMENS["TD1"].split("\n"))
    assert isinstance(form, dict)
    assert form["mrz"]["format"] == "TD1"
    assert len(form["mrz"]["lines"]) == 3
    assert {check["name"] for check in form["mrz"]["checks"]} == {
        "number", "birth", "expiry", "composite",
    }  # fmt: skip
    assert all(check["ok"] is True for check in form["mrz"]["checks"])


def test_several_zones_are_a_list() -> None:
    form = zone_json([SPECIMENS["TD3"], SPECIMENS["TD2"]])
    assert isinstance(form, list)
    assert [one["mrz"]["format"] for one in form] == ["TD3", "TD2"]


def test_the_aid_reads_the_zone_fields_and_grounds_every_check_in_its_line() -> None:
    one, two = SPECIMENS["TD3"].split("\n")
    fields = {"zone-line-1": one, "zone-line-2": two.replace("C36", "C37"), "surname": "Eriksson"}
    outcome = run_aid(AID, Material(fields=fields))
    form = outcome_json(AID, outcome)
    assert form["mrz"]["ok"] is False
    first = outcome.proposals[0]
    assert "number" in first.says
    failing = next(g for g in first.grounds if "belongs there" in g.says)
    assert failing.span is not None
    assert failing.of[failing.span[0] : failing.span[1]] == "7"
    assert form["compared"][0]["verdict"] == "same"
    assert form["repairs"]
