"""The doctor says of every extra whether it is here, what it adds, and imports none of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docexam.aids.registry import Trouble
from docexam.workbench import doctor


def told() -> list[doctor.Diagnosis]:
    return list(doctor._aids())


def test_every_extra_is_named_with_what_it_adds_where_none_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    monkeypatch.setattr("docexam.aids.typed.tessdata.folder_of", lambda language: None)
    found = told()
    assert not any(one.level == "bad" for one in found)
    for extra in ("ocr", "face", "files", "same"):
        note = next(one for one in found if f"“{extra}”" in one.what)
        assert note.level == "note"
        assert f"pip install 'docexam[{extra}]'" in note.todo
        assert "adds" in note.todo
    for language in ("rus", "eng"):
        assert any(f"tesseract-ocr-{language}" in one.todo for one in found)


def test_an_extra_that_is_here_is_ok_and_language_data_has_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: object())
    monkeypatch.setattr("docexam.aids.typed.tessdata.folder_of", lambda language: tmp_path)
    found = told()
    assert sum(one.level == "ok" for one in found) >= 6
    assert sum(str(tmp_path) in one.what for one in found) == 2


def test_the_extras_are_those_the_package_declares() -> None:
    import tomllib

    root = Path(__file__).resolve().parents[2]
    declared = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    extras = set(declared["project"]["optional-dependencies"]) - {"all", "test", "dev"}
    assert {name for name, _, _ in doctor._EXTRAS} == extras


def test_an_aid_that_cannot_load_or_run_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd:
        id = "odd\x1b[2J"

        def missing(self) -> str:
            raise RuntimeError("never")

    class Lame:
        id = "lame"

        def missing(self) -> str:
            return "It needs a crystal."

    monkeypatch.setattr(
        "docexam.aids.registry.all_aids", lambda: ((Odd(), Lame()), (Trouble("gone", "no torch"),))
    )
    found = {one.what: one for one in told()}
    assert any("“gone”" in what and "no torch" in what for what in found)
    assert found["The aid “lame” does not run here"].todo == "It needs a crystal."
    assert not any("\x1b" in what for what in found)


def test_nothing_of_an_extra_is_imported() -> None:
    code = (
        "import sys\nfrom docexam.workbench.doctor import _aids\nlist(_aids())\n"
        "heavy = {'tesserocr', 'onnxruntime', 'cv2', 'c2pa', 'pypdfium2', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
