"""Bad input through the real program: one clear error, no traceback, nothing left behind."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
import struct
import zlib
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location(
    "docexam_of_e2e", Path(__file__).parents[1] / "e2e" / "conftest.py"
)
assert _SPEC
assert _SPEC.loader
_E2E = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_E2E)


@pytest.fixture
def docexam(tmp_path: Path):
    return _E2E.Docexam(tmp_path)


def bomb(path: Path) -> Path:
    """A PNG of 30 000 × 30 000 pixels in some hundred kilobytes at most."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    packed = zlib.compress(b"\0" * 3751 * 100, 9)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )
    return path


def hostile_files(folder: Path, good: Path) -> dict[str, Path]:
    made = {name: folder / name for name in ("text.jpg", "cut.jpg", "pipe.jpg", "dir.jpg",
                                             "loop.jpg", "empty.jpg", "eps.jpg", "gone.jpg")}  # fmt: skip
    made["text.jpg"].write_text("no image")
    made["cut.jpg"].write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    os.mkfifo(made["pipe.jpg"])
    made["dir.jpg"].mkdir()
    made["loop.jpg"].symlink_to(made["loop.jpg"])
    made["empty.jpg"].touch()
    made["eps.jpg"].write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n")
    made["bomb.png"] = bomb(folder / "bomb.png")
    made["/dev/zero"] = Path("/dev/zero")
    return made


def test_files_that_are_no_usable_images_are_refused_and_leave_nothing(docexam, tmp_path) -> None:
    good = docexam.image()
    for name, path in hostile_files(tmp_path, good).items():
        ran = docexam("new", "C/E", "--checklist", docexam.checklist, good, path, timeout=20)
        assert ran.code == 2, (name, ran.err)
        assert ran.err.startswith("docexam: error: "), name
        assert "Traceback" not in ran.err
        assert Path(name).name in ran.err
    assert docexam("list", "--json").json == []
    assert not [p for p in (docexam.casebook / "originals").rglob("*") if p.is_file()]


@pytest.mark.parametrize(
    "name", [b"a\nb.jpg", b"\x1b]0;title\x07.jpg", b"\xff\xfe.jpg", "\u202egpj.exe.jpg".encode()]
)
def test_hostile_file_names_are_kept_exactly_and_shown_inert(docexam, tmp_path, name) -> None:
    target = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(target)).write_bytes(docexam.image("plain.jpg").read_bytes())
    assert docexam("new", "C/E", "--checklist", docexam.checklist, target).code == 0
    assert os.fsencode(docexam.show()["captures"][0]["name"]) == name
    told = docexam("show", "C/E").out + docexam("log", "C/E").out
    assert not any(c in told for c in "\x1b\x07\u202e")


@pytest.mark.parametrize("handle", ["C", "C/E/F", "/E", "C/", "-C/E", ".C/E", "C/" + "x" * 65,
                                    "C/a\x1bb", "C/a\u202eb", "../E", "C/a\nb"])  # fmt: skip
def test_names_that_cannot_be_are_refused(docexam, handle) -> None:
    ran = docexam("new", "--checklist", docexam.checklist, "--", handle, docexam.image())
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err


def test_hostile_notes_stay_exact_in_json_and_inert_for_people(docexam) -> None:
    docexam.new()
    note = "[@click=app.quit]x[/] \x1b]0;t\x07 \u202eabc\u200b"
    docexam("record", "C/E", "photo", "present", "--note", note)
    assert docexam.show()["findings"]["photo"]["note"] == note
    told = docexam("show", "C/E").out
    assert "⟨U+202E⟩" in told
    assert "⟨U+001B⟩" in told
    assert not any(c in told for c in "\x1b\x07\u202e\u200b")


def without_guards(docexam) -> sqlite3.Connection:
    con = sqlite3.connect(docexam.casebook / "casebook.sqlite", isolation_level=None)
    guards = con.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'").fetchall()
    for name, _ in guards:
        con.execute(f"DROP TRIGGER {name}")
    con.create_function("putback", 0, lambda: None)
    docexam.guards = [sql for _, sql in guards]
    return con


def with_guards_again(docexam, con: sqlite3.Connection) -> None:
    for sql in docexam.guards:
        con.execute(sql)
    con.close()


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE events SET data = replace(data, 'present', 'unclear') WHERE seq = 2",
        "UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2",
        "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
        "DELETE FROM events WHERE seq = 2",
        "UPDATE personal SET text = 'other'",
        "UPDATE checklists SET json = replace(json, 'Absent', 'Present')",
        "UPDATE examinations SET examiner = 'Bob'",
    ],
)
def test_an_edit_behind_the_guards_is_found_by_show(docexam, edit) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "present", "--note", "seen")
    docexam("record", "C/E", "inks", "blue")
    con = without_guards(docexam)
    con.execute(edit)
    with_guards_again(docexam, con)
    ran = docexam("show", "C/E")
    assert ran.code == 3, (edit, ran.out, ran.err)
    assert "Traceback" not in ran.err


def test_missing_guards_are_found(docexam) -> None:
    docexam.new()
    without_guards(docexam).close()
    assert docexam("show", "C/E").code == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET kind = 'Closed'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT examination, seq, at, examiner, kind, '{}', prev, hash"
        " FROM events",
        "INSERT OR REPLACE INTO events SELECT examination, seq + 5, at, examiner, kind, data, prev,"
        " hash FROM events",
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_journal(docexam, sql) -> None:
    docexam.new()
    con = sqlite3.connect(docexam.casebook / "casebook.sqlite")
    with pytest.raises(sqlite3.DatabaseError):
        con.execute(sql)
    con.close()
    assert docexam("show", "C/E").code == 0


def test_a_damaged_original_shows_as_broken_and_is_not_cropped(docexam, tmp_path) -> None:
    docexam.new()
    original = next(p for p in (docexam.casebook / "originals").rglob("*") if p.is_file())
    original.chmod(0o600)
    original.write_bytes(original.read_bytes()[:-1] + b"x")
    ran = docexam("show", "C/E", "--json")
    assert ran.code == 3
    assert "altered" in ran.json["captures"][0]["broken"]
    assert docexam("crop", "C/E", "1:0,0,1,1", "-o", tmp_path / "c.png").code == 3
    assert docexam("record", "C/E", "photo", "unclear").code == 0


def test_disposal_leaves_no_value_in_any_file(docexam) -> None:
    page = docexam.image("secretfilename.jpg")
    docexam("new", "C/E", "--checklist", docexam.checklist, page, "--source", "SECRETSOURCE")
    docexam("record", "C/E", "photo", "present", "--note", "SECRETNOTE")
    docexam("transcribe", "C/E", "surname", "SECRETNAME")
    docexam("transcribe", "C/E", "surname", "СЕКРЕТ")
    docexam("undo", "C/E")
    content = page.read_bytes()
    assert docexam("dispose", "C/E", "--reason", "end of the case").code == 0
    secrets = [b"SECRET", b"secret", "СЕКРЕТ".encode(), "секрет".encode(), content[200:260]]
    for path in docexam.casebook.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [s for s in secrets if s in data], path
    state = docexam.show()
    assert state["state"] == "disposed"
    assert state["findings"]["photo"]["answer"] == "present"
    assert docexam("record", "C/E", "photo", "unclear").code == 4
    assert docexam("report", "C/E", "-o", docexam.folder / "r.md").code == 4


def test_a_report_that_cannot_be_written_leaves_nothing(docexam, tmp_path) -> None:
    docexam.new()
    ran = docexam("report", "C/E", "-o", tmp_path / "none" / "r.md")
    assert ran.code == 1
    assert docexam("report", "C/E", "-o", tmp_path).code == 2
    assert not (tmp_path / "none").exists()
