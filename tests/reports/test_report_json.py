from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.domain.events import Personal
from docexam.reports.json_report import write_json
from docexam.reports.schema import report_schema, schema_text

GOLDEN = Path(__file__).parent / "golden" / "specimen.json"
VALIDATOR = jsonschema.Draft202012Validator(report_schema())
SCHEMA = Path(__file__).parents[2] / "schema" / "report.schema.json"


def valid(content):
    data = json.loads(content)
    VALIDATOR.validate(data)
    return data


def test_the_published_schema_is_the_models_own():
    jsonschema.Draft202012Validator.check_schema(report_schema())
    assert SCHEMA.read_text(encoding="ascii") == schema_text(), (
        "the schema is stale: python -m docexam.reports.schema > schema/report.schema.json"
    )


def test_the_report_of_the_fixed_story_is_valid_and_golden(specimen):
    content = write_json(specimen)
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_bytes(content)
    assert content == GOLDEN.read_bytes()
    assert valid(content)["report_schema"] == 1


def test_the_first_line_says_that_the_report_names_people(specimen):
    assert b"UNREDACTED: names people" in write_json(specimen).splitlines()[0]


def test_an_unknown_key_is_no_report(specimen):
    data = json.loads(write_json(specimen)) | {"verdict": "genuine"}
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(data)


def test_hostile_text_is_exact_and_escaped(made):
    for name, text in made.ATTACKS.items():
        content = write_json(made.hostile_report(text))
        assert content.isascii(), name
        assert not any(c < 0x20 and c != 0x0A for c in content), name
        data = valid(content)
        assert data["fields"][0]["raw"] == f"{text}.", name
        assert data["fields"][0]["first"] == text, name
        assert data["captures"][0]["name"] == text, name
        assert data["marking"] == text, name


@given(st.text(max_size=200))
@settings(max_examples=25)
def test_any_note_comes_back_from_json_as_it_was(made, text):
    drafts = [
        made.opened(made.specimen_checklist()),
        made.answer("hands", ["ink"], note=Personal(text)),
    ]
    data = valid(write_json(made.report_of(drafts)))
    finding = next(f for s in data["sections"] for f in s["findings"] if f["item"] == "hands")
    assert finding["note"] == text
