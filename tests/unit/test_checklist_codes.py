from __future__ import annotations

import re
from pathlib import Path

import pytest

import docexam.checklists
from docexam.checklists import Library, load_text
from docexam.checklists.code_samples import BASE, Code
from docexam.checklists.codes import CODES
from docexam.checklists.faults import Fault

ROOT = Path(docexam.checklists.__file__).parents[3]
SHOWN = [code for code in CODES.values() if code.wrong]
# These need several files or things TOML cannot hold; other tests bring them about.
ELSEWHERE = {"DX001", "DX002", "DX003", "DX004", "DX031", "DX044", "DX045", "DX064",
             "DX120", "DX121", "DX122", "DX123"}  # fmt: skip


def faults_of(text: str) -> tuple[Fault, ...]:
    return load_text(text, Path("/nowhere/example.toml"), Library()).faults


def test_the_base_of_the_examples_is_sound() -> None:
    assert faults_of(BASE) == ()


@pytest.mark.parametrize("code", SHOWN, ids=lambda c: c.id)
def test_the_example_of_a_code_gives_that_code(code: Code) -> None:
    faults = faults_of(code.wrong if code.whole else BASE + code.wrong)
    found = [f for f in faults if f.code == code.id]
    assert found
    assert found[0].level == code.level
    assert found[0].line > 0
    assert found[0].help


@pytest.mark.parametrize("code", SHOWN, ids=lambda c: c.id)
def test_an_example_brings_about_nothing_graver_than_its_own_fault(code: Code) -> None:
    faults = faults_of(code.wrong if code.whole else BASE + code.wrong)
    others = {f.code for f in faults if f.level == "error"} - {code.id}
    assert others <= {"DX050"}  # a choice gone astray leaves its indicator without any


def test_codes_without_an_example_are_tested_elsewhere() -> None:
    assert {c.id for c in CODES.values() if not c.wrong} == ELSEWHERE


def test_every_code_is_told_somewhere_and_every_told_code_is_known() -> None:
    source = "".join(
        path.read_text("utf-8")
        for path in Path(docexam.checklists.__file__).parent.glob("*.py")
        if not path.name.startswith("codes")
    )
    assert set(re.findall(r'"(DX\d{3})"', source)) == set(CODES)


def test_the_page_of_faults_is_what_the_codes_say() -> None:
    from docexam.checklists.pages import faults_page

    page = (ROOT / "docs" / "faults.md").read_text("utf-8")
    assert page == faults_page(), "run: python -m docexam.checklists.pages"


def test_the_page_of_the_language_lists_every_key() -> None:
    from docexam.checklists.pages import with_keys

    page = (ROOT / "docs" / "checklist-language.md").read_text("utf-8")
    assert page == with_keys(page), "run: python -m docexam.checklists.pages"


def test_the_schema_checked_in_is_what_the_keys_say() -> None:
    from docexam.checklists.schema import schema_text

    stored = (ROOT / "schema" / "checklist.schema.json").read_text("utf-8")
    assert stored == schema_text(), "run: python -m docexam.checklists.pages"
