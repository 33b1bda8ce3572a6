"""What the program prints with --json, held against the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pydantic
import pytest

from docexam.workbench.contract import check, schema_text

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "cli.schema.json").read_text())


def validate(name: str, data: object) -> None:
    check(name, data)
    jsonschema.validate(data, {**SCHEMA, "$ref": f"#/$defs/{name}"})


def test_the_published_schema_is_the_one_made_from_the_types() -> None:
    assert json.loads(schema_text()) == SCHEMA


def test_the_state_the_journal_and_the_overview_are_as_published(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "absent", "--region", "1:0.1,0.1;0.5,0.1;0.6,0.6;0.1,0.5")
    docexam("record", "C/E", "inks", "blue", "--note", "\u202e\x1b")
    docexam("transcribe", "C/E", "surname", "Юрьев")
    docexam("transcribe", "C/E", "number", "--non-answer", "unclear")
    docexam("undo", "C/E")
    validate("show", docexam.show())
    validate("log", docexam("log", "C/E", "--json").json)
    validate("list", docexam("list", "--json").json)


def test_checklists_are_as_published(docexam) -> None:
    validate("checklist-list", docexam("checklist", "list", "--json").json)
    validate("checklist-show", docexam("checklist", "show", "ru-military-booklet", "--json").json)
    (docexam.folder / "bad.toml").write_text("schema = 1\n[checklist]\nid = 5\nnope = 1\n")
    ran = docexam("checklist", "check", docexam.folder / "bad.toml", "--json")
    assert ran.code == 2
    assert ran.json
    validate("checklist-check", ran.json)


def test_the_schema_refuses_what_it_should(docexam) -> None:
    docexam.new()
    state = docexam.show()
    ajar = {**state, "state": "ajar"}
    with pytest.raises(pydantic.ValidationError):
        check("show", ajar)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(ajar, {**SCHEMA, "$ref": "#/$defs/show"})
