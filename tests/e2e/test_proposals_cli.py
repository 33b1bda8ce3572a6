"""Proposals on the command line: shown after one's own word, journalled, told in the report."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from docexam.workbench.contract import check

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "cli.schema.json").read_text())
AIDED = """
schema = 1
[checklist]
id = "aided"
version = "1.0.0"
title = "With aids"

[[field]]
id = "surname"
label = "Surname"
script = "Cyrl"
sensitive = true
aids = ["names"]

[[field]]
id = "given-name"
label = "Given name"
sensitive = true
aids = ["names"]

[[field]]
id = "birth-date"
label = "Born"
type = "date"

[[section]]
id = "seals"
title = "Seals"

[[indicator]]
id = "seal"
section = "seals"
ask = "Is a seal there?"
type = "yesno"
aid = "watch"

[[indicator]]
id = "dates"
section = "seals"
ask = "Are the dates possible?"
type = "yesno"
aid = "numbers"
"""


def validated(name: str, data: Any) -> Any:
    check(name, data)
    jsonschema.validate(data, {**SCHEMA, "$ref": f"#/$defs/{name}"})
    return data


def events(docexam: Any, act: str) -> list[Any]:
    return [e for e in docexam.quick("log", "C/E", "--json").json if e["data"].get("act") == act]


@pytest.fixture
def aided(docexam: Any) -> Any:
    checklist = docexam.folder / "aided.toml"
    checklist.write_text(AIDED, "utf-8")
    made = docexam.quick("new", "C/E", "--checklist", checklist, docexam.image())
    assert made.code == 0, made.err
    return docexam


def test_listing_the_aids_shows_and_records_nothing(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "surname", "Ким")
    listed = validated("proposals", aided.quick("proposals", "C/E", "--json").json)
    states = {(o["subject"], o["aid"]): o["state"] for o in listed["offers"]}
    assert states[("surname", "names")] == "ready"
    assert states[("given-name", "names")] == "waits"
    assert states[("seal", "watch")] == "cannot"
    assert not listed["triage"]
    assert "Ким" not in aided.quick("proposals", "C/E").out
    assert events(aided, "shown") == []


def test_before_the_own_reading_nothing_is_shown(aided: Any) -> None:
    ran = aided.quick("proposals", "C/E", "surname")
    assert ran.code == 2
    assert "first" in ran.err
    assert "reveal" in ran.err
    assert ran.out == ""
    assert events(aided, "shown") == []


def test_what_is_shown_is_in_the_journal_and_costs_a_reason(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "surname", "Ким")
    aided.quick("transcribe", "C/E", "given-name", "Виктор")
    ran = aided.quick("proposals", "C/E", "surname", "--json")
    shown = validated("proposals-subject", ran.json)
    assert [p["data"]["system"] for p in shown["proposals"]] == ["russian"]
    (event,) = events(aided, "shown")
    assert event["kind"] == "AidActed"
    assert "Ким" not in json.dumps(event["data"], ensure_ascii=False)
    assert "Ким" in json.loads(next(iter(event["texts"].values())))[0]["says"]
    assert aided.quick("proposals", "C/E", "surname").code == 0
    assert len(events(aided, "shown")) == 1
    assert aided.quick("transcribe", "C/E", "surname", "Кин").code == 2
    assert aided.quick("transcribe", "C/E", "given-name", "Виктория").code == 2
    assert aided.quick("undo", "C/E").code == 2
    changed = aided.quick("transcribe", "C/E", "surname", "Кин", "--reason", "the last letter")
    assert changed.code == 0
    state = validated("show", aided.quick("show", "C/E", "--json").json)
    assert state["fields"]["surname"]["first"] == "Ким"
    assert state["fields"]["surname"]["aided"] == "shown"
    assert state["proposals"][0]["subject"] == "surname"
    log = aided.quick("log", "C/E").out
    assert "surname: shown 1 proposal of names" in log


def test_rejecting_and_adopting(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "birth-date", "31.02.1985")
    aided.quick("proposals", "C/E", "birth-date")
    assert aided.quick("reject", "C/E", "birth-date").code == 2
    ran = aided.quick("reject", "C/E", "birth-date", "--reason", "I read 21", "--json")
    assert validated("reject", ran.json)["act"] == "rejected"
    assert aided.quick("adopt", "C/E", "birth-date").code == 2  # it holds no reading
    aided.quick("record", "C/E", "dates", "yes")
    aided.quick("proposals", "C/E", "dates")
    bare = aided.quick("adopt", "C/E", "dates")
    assert (bare.code, "--answer" in bare.err) == (2, True)
    assert aided.quick("adopt", "C/E", "dates", "--answer", "no").code == 2
    ran = aided.quick("adopt", "C/E", "dates", "--answer", "no", "--reason", "31 Feb", "--json")
    done = validated("adopt", ran.json)
    assert done["entry"] == done["seq"] - 1
    finding = aided.quick("show", "C/E", "--json").json["findings"]["dates"]
    assert (finding["answer"], finding["first"], finding["aided"]) == ("no", "yes", "shown")
    log = aided.quick("log", "C/E").out
    assert "dates: adopted proposal 1 of numbers" in log
    assert "birth-date: rejected proposal 1 of numbers" in log


def test_triage_shows_first_and_the_report_says_so(aided: Any) -> None:
    assert aided.quick("reveal", "C/E", "aids").code == 0
    aided.quick("transcribe", "C/E", "birth-date", "31.02.1985")
    aided.quick("proposals", "C/E", "dates")
    aided.quick("record", "C/E", "dates", "no")
    shown = aided.quick("proposals", "C/E", "dates", "--json").json
    assert shown["triage"]
    assert shown["shown"][0]["before_answer"]
    report = aided.quick("report", "C/E", "-o", "-").out
    assert report.count("Triage: since") == 2
    assert "1 answers, 1 readings" in report
    assert "BEFORE any answer" in report


def test_a_public_report_tells_no_name_and_a_full_one_tells_the_proposal(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "surname", "Ким")
    aided.quick("transcribe", "C/E", "given-name", "Виктор")
    aided.quick("proposals", "C/E", "surname")
    aided.quick("reject", "C/E", "surname", "--reason", "Ким is no reason")
    for form in ("markdown", "json", "html"):
        public = aided.quick("report", "C/E", "--format", form, "-o", "-").out
        for word in ("Ким", "Виктор"):
            assert word not in public
            assert json.dumps(word)[1:-1] not in public
        assert "rejected" in public
        full = ("--redact", "none", "--for", "the file")
        told = aided.quick("report", "C/E", "--format", form, "-o", "-", *full).out
        said = "Ким Виктор" if form != "json" else json.dumps("Ким Виктор")[1:-1]
        assert said in told
        assert "Names against naming systems" in told


def test_a_second_examiner_sees_nothing_of_it_before_closing(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "birth-date", "31.02.1985")
    aided.quick("proposals", "C/E", "birth-date")
    aided.examiner = "Bea"
    assert aided.quick("second", "C/E").code == 0
    own = aided.quick("proposals", "C/E", "--json").json["offers"]
    assert {o["state"] for o in own if o["subject"] == "birth-date"} == {"waits"}
    assert aided.quick("proposals", "C/E", "--of", "Ann Example").code == 4
    assert aided.quick("proposals", "C/E", "birth-date", "--of", "Ann Example").code == 4
    assert aided.quick("show", "C/E", "--json").json["proposals"] == []
    aided.quick("close", "C/E")
    seen = aided.quick("proposals", "C/E", "birth-date", "--of", "Ann Example")
    assert "no day 31" in seen.out
    assert (
        aided.quick("reject", "C/E", "birth-date", "--reason", "x", "--of", "Ann Example").code == 4
    )


def test_a_closed_examination_tells_what_was_shown_and_shows_nothing_more(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "birth-date", "31.02.1985")
    aided.quick("proposals", "C/E", "birth-date")
    aided.quick("transcribe", "C/E", "surname", "Ким")
    aided.quick("close", "C/E")
    assert "no day 31" in aided.quick("proposals", "C/E", "birth-date").out
    assert aided.quick("proposals", "C/E", "surname", "--json").json["proposals"] == []
    assert len(events(aided, "shown")) == 1


def test_disposal_and_verification(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "surname", "Щербаков")
    aided.quick("proposals", "C/E", "surname")
    assert list(aided.casebook.glob("cache/*/proposals/*.json"))
    assert aided.quick("verify", "C/E").code == 0
    assert aided.quick("dispose", "C/E", "--reason", "done").code == 0
    assert not list(aided.casebook.glob("cache/*/proposals/*.json"))
    marks = ("Щербаков".encode(), json.dumps("Щербаков")[1:-1].encode())
    for path in aided.casebook.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(mark in content for mark in marks), path
    assert aided.quick("verify", "C/E").code == 0
    listed = aided.quick("show", "C/E", "--json").json["proposals"]
    assert [(p["disposed"], p["says"]) for p in listed] == [(True, "")] * len(listed)
    assert listed


def test_a_package_takes_what_was_shown_along(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "birth-date", "31.02.1985")
    aided.quick("proposals", "C/E", "birth-date")
    aided.quick("reject", "C/E", "birth-date", "--reason", "I read 21")
    before = aided.quick("show", "C/E", "--json").json["proposals"]
    assert aided.quick("export", "C/E", "-o", aided.folder / "out").code == 0
    aided.casebook = aided.folder / "elsewhere"
    assert aided.quick("import", aided.folder / "out").code == 0
    assert aided.quick("show", "C/E", "--json").json["proposals"] == before


def test_hostile_words_of_an_aid_come_out_inert(aided: Any) -> None:
    aided.quick("transcribe", "C/E", "surname", "\x1b]0;t\x07Ким\u202e")
    ran = aided.quick("proposals", "C/E", "surname")
    assert ran.code == 0
    assert not any(c in ran.out for c in "\x1b\x07\u202e")


AID = """
from docexam.aids.protocol import Card, Gives, Ground, Proposal, Reads

class Watch:
    id, version = "watch", "0.3"
    reads = frozenset({Reads.CAPTURES})
    gives = (Gives("watch"),)
    notes_only = False
    card = Card("Watermarks", version, "Finds.", ("Cannot.",), "By hand.", True)
    def missing(self): return ""
    def propose(self, material, run):
        one = material.captures[0]
        box = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5))
        says = f"a mark on {one.width} by {one.height}"
        return (Proposal("watch", "0.3", "watch", says, (Ground("here", one.n, box),)),)

AID = Watch()
"""


def test_an_aid_of_a_third_party_works_by_its_entry_point(aided: Any) -> None:
    site = aided.folder / "site"
    info = site / "watch-0.3.dist-info"
    info.mkdir(parents=True)
    (site / "watch_aid.py").write_text(AID, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: watch\nVersion: 0.3\n")
    (info / "entry_points.txt").write_text("[docexam.aids]\nwatch = watch_aid:AID\n")
    env = {**os.environ, "PYTHONPATH": str(site)}
    aided.quick("record", "C/E", "seal", "yes")
    ran = aided("proposals", "C/E", "seal", env=env)
    assert ran.code == 0, ran.err
    assert "a mark on 900 by 700" in ran.out
    ran = aided("adopt", "C/E", "seal", "--box", "1", env=env)
    assert ran.code == 0, ran.err
    # Without the package what was shown still stands, and nothing new can be shown.
    state = aided.quick("show", "C/E", "--json").json
    assert state["findings"]["seal"]["regions"][0]["box"] == [0.1, 0.1, 0.4, 0.4]
    assert "Watermarks (watch 0.3)" in aided.quick("report", "C/E", "-o", "-").out
