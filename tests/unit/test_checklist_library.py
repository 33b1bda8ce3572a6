from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import tomli

from docexam.checklists import Library, check, load_usable, shipped_dir
from docexam.checklists.schema import schema
from docexam.domain.checklist import Checklist, canonical_json
from docexam.domain.condition import parse

SHIPPED = sorted(p for p in shipped_dir().glob("*.toml") if p.name.count(".") == 1)
ROOT = Path(__file__).parents[2]


def test_there_are_shipped_checklists() -> None:
    names = {p.stem for p in SHIPPED}
    assert {"ru-military-booklet", "open-web-image"} <= names


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_shipped_checklist_has_no_fault(path: Path) -> None:
    assert [f.render() for f in check([path], Library())] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_shipped_checklist_fits_the_schema_for_editors(path: Path) -> None:
    jsonschema.Draft7Validator(schema()).validate(tomli.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_frozen_copy_survives_the_way_through_json(path: Path) -> None:
    checklist = load_usable(path, Library())
    copy = Checklist.from_dict(json.loads(canonical_json(checklist.to_dict())))
    assert copy == checklist
    assert copy.sha256() == checklist.sha256()
    for item in copy.walk():
        if item.when:
            parse(item.when)


def test_the_schema_is_one_and_refuses_what_the_reader_refuses() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    text = (shipped_dir() / "open-web-image.toml").read_text("utf-8")
    wrong = [
        text.replace("critical =", "critcal ="),
        text.replace('about = "image"', 'about = "picture"', 1),
        text.replace("schema = 1", "schema = 2"),
        text.replace('title = "The picture itself"', "title = 3"),
        text.replace("image-as-stated = 0.2", "image-as-stated = 2.5", 1),
    ]
    validator = jsonschema.Draft7Validator(schema())
    assert all(not validator.is_valid(tomli.loads(one)) for one in wrong)


def test_entries_tell_id_version_title_and_origin() -> None:
    entry = next(e for e in Library().entries() if e.id == "open-web-image")
    data = entry.to_dict()
    assert data["shipped"] is True
    assert data["shadowed"] is False
    assert data["version"]
    assert data["title"]
    assert Path(str(data["path"])).is_file()


def test_a_users_copy_shadows_the_shipped_one_and_both_are_listed(tmp_path: Path) -> None:
    text = (shipped_dir() / "open-web-image.toml").read_text("utf-8")
    (tmp_path / "open-web-image.toml").write_text(text, "utf-8")
    found = [e for e in Library(tmp_path).entries() if e.id == "open-web-image"]
    assert [(e.shipped, e.shadowed) for e in found] == [(False, False), (True, True)]
    assert Library(tmp_path).find("open-web-image").path.parent == tmp_path  # type: ignore[union-attr]


def test_a_checklist_is_found_by_the_id_inside_its_file(tmp_path: Path) -> None:
    text = (shipped_dir() / "open-web-image.toml").read_text("utf-8")
    (tmp_path / "renamed.toml").write_text(text.replace("open-web-image", "other-id"), "utf-8")
    assert load_usable("other-id", Library(tmp_path)).id == "other-id"


def test_a_file_that_is_no_toml_is_listed_and_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("= = =", "utf-8")
    entry = next(e for e in Library(tmp_path).entries() if not e.shipped)
    assert (entry.id, entry.version) == ("broken", "")


def test_a_missing_folder_is_an_empty_one(tmp_path: Path) -> None:
    assert Library(tmp_path / "nowhere", tmp_path / "neither").entries() == []


def test_checking_loads_neither_the_screen_nor_imaging_nor_pydantic() -> None:
    code = (
        "import sys; from docexam.checklists import check, Library; check([], Library());"
        "print([m for m in ('textual', 'rich', 'PIL', 'numpy', 'pydantic', 'tree_sitter')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_checklist_of_the_language_page_is_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "checklist-language.md").read_text("utf-8")
    block = page.split("```toml\n", 1)[1].split("```", 1)[0]
    path = tmp_path / "parcel-label.toml"
    path.write_text(block, "utf-8")
    assert [f.render() for f in check([path], Library())] == []


def test_the_conditions_of_the_language_page_can_be_read() -> None:
    page = (ROOT / "docs" / "checklist-language.md").read_text("utf-8")
    block = page.split("## Conditions", 1)[1].split("```toml\n", 1)[1].split("```", 1)[0]
    conditions = [line.split("=", 1)[1].strip().strip('"') for line in block.strip().splitlines()]
    assert len(conditions) >= 7
    for text in conditions:
        parse(text)
