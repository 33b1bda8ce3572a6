"""Opening a casebook: private, clear about what is wrong, and brought up step by step."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from docexam.casebook import Casebook, ExaminationRow, folder, schema
from docexam.errors import DamagedError, InputError, MachineError

New = Callable[..., ExaminationRow]
RELEASED = sorted((Path(__file__).parent / "released").glob("v*.sql"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_casebook_is_private(root: Path, new_examination: New) -> None:
    with Casebook.open(root / "deep" / "er") as casebook:
        new_examination(casebook)
        found = {
            p.relative_to(casebook.root).as_posix().split("/")[0]: mode(p)
            for p in casebook.root.iterdir()
        }
        assert mode(casebook.root) == 0o700
    assert found.pop("originals") == 0o700
    assert found == dict.fromkeys(
        ("casebook.sqlite", "casebook.sqlite-wal", "casebook.sqlite-shm"), 0o600
    )


def test_an_empty_folder_becomes_a_private_casebook(root: Path) -> None:
    root.mkdir(mode=0o755)
    Casebook.open(root).close()
    assert mode(root) == 0o700


def test_a_casebook_made_readable_by_others_is_made_private_again(root: Path) -> None:
    Casebook.open(root).close()
    root.chmod(0o755)
    (root / "casebook.sqlite").chmod(0o644)
    Casebook.open(root).close()
    assert (mode(root), mode(root / "casebook.sqlite")) == (0o700, 0o600)


def test_without_create_nothing_is_made(root: Path) -> None:
    with pytest.raises(InputError, match="no casebook here"):
        Casebook.open(root, create=False)
    assert not root.exists()


def test_a_folder_of_other_things_is_left_alone(root: Path) -> None:
    root.mkdir(mode=0o755)
    (root / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="holds other things"):
        Casebook.open(root)
    assert [p.name for p in root.iterdir()] == ["letter.txt"]
    assert mode(root) == 0o755


def test_a_file_is_no_casebook(root: Path) -> None:
    root.write_text("x")
    with pytest.raises(InputError, match="no folder"):
        Casebook.open(root)


@pytest.mark.parametrize("content", [b"not a database, whatever its name says" * 40, b"S"])
def test_a_file_that_is_no_database_is_named(root: Path, content: bytes) -> None:
    root.mkdir()
    (root / "casebook.sqlite").write_bytes(content)
    with pytest.raises(DamagedError) as caught:
        Casebook.open(root)
    assert caught.value.where == str(root)
    assert (root / "casebook.sqlite").read_bytes() == content


def test_a_fifo_in_place_of_the_file_does_not_block(root: Path) -> None:
    root.mkdir()
    os.mkfifo(root / "casebook.sqlite")
    with pytest.raises(InputError, match="no ordinary file"):
        Casebook.open(root)


def test_a_looping_link_in_place_of_the_file_is_an_error_in_words(root: Path) -> None:
    root.mkdir()
    (root / "casebook.sqlite").symlink_to("casebook.sqlite")
    with pytest.raises(MachineError):
        Casebook.open(root)


def test_another_programs_database_is_left_alone(root: Path) -> None:
    root.mkdir()
    with closing(sqlite3.connect(root / "casebook.sqlite")) as con:
        con.execute("CREATE TABLE recipes(name)")
        con.commit()
    before = (root / "casebook.sqlite").read_bytes()
    with pytest.raises(InputError, match="no casebook"):
        Casebook.open(root)
    assert (root / "casebook.sqlite").read_bytes() == before
    assert [path.name for path in root.iterdir()] == ["casebook.sqlite"]


def test_a_newer_casebook_asks_for_a_newer_program(root: Path) -> None:
    Casebook.open(root).close()
    with closing(sqlite3.connect(root / "casebook.sqlite")) as con:
        con.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(InputError, match="Update docexam") as caught:
        Casebook.open(root)
    assert caught.value.exit_code == 2


def test_a_page_overwritten_is_damage(root: Path, new_examination: New) -> None:
    with Casebook.open(root) as casebook:
        row = new_examination(casebook)
    file = root / "casebook.sqlite"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(DamagedError), Casebook.open(root) as casebook:
        casebook.events(row.id)


def test_a_half_made_casebook_is_finished(root: Path) -> None:
    """Killed between making the file and its tables."""
    root.mkdir()
    (root / "casebook.sqlite").touch()
    with Casebook.open(root) as casebook:
        assert casebook.list_exhibits() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_casebook_is_named(root: Path) -> None:
    Casebook.open(root).close()
    root.chmod(0o500)
    try:
        with pytest.raises(MachineError, match="read-only"):
            Casebook.open(root)
    finally:
        root.chmod(0o700)


def test_a_casebook_the_system_calls_read_only_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Casebook.open(root).close()
    monkeypatch.setattr(folder.os, "access", lambda path, how: not how & os.W_OK)
    with pytest.raises(MachineError, match="read-only") as caught:
        Casebook.open(root)
    assert caught.value.exit_code == 1


def test_an_old_sqlite_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 30, 0))
    with pytest.raises(MachineError, match=r"needs 3\.34"):
        Casebook.open(root)


def test_a_lock_that_is_never_released_is_named(
    casebook: Casebook, examined: ExaminationRow, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "BUSY_MS", 50)
    with closing(sqlite3.connect(root / "casebook.sqlite", isolation_level=None)) as con:
        con.execute("BEGIN IMMEDIATE")
        with pytest.raises(MachineError, match="nothing was recorded") as caught:
            casebook.remove_unused("0" * 64)
    assert caught.value.code == "DX-CASEBOOK-BUSY"


def test_many_processes_make_the_same_casebook_at_once(root: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from docexam.casebook import Casebook\n"
        "with Casebook.open(Path(sys.argv[1])) as c: c.list_exhibits()"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, root], stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    results = [(p.communicate()[1], p.returncode) for p in running]
    assert results == [(b"", 0)] * 6
    with Casebook.open(root, create=False) as casebook:
        assert schema.guard_faults(casebook._con) == []


def test_a_casebook_made_meanwhile_is_not_taken_for_another_programs(root: Path) -> None:
    folder.prepare(root, create=True)
    with closing(folder.connect(root)) as con, closing(folder.connect(root)) as other:
        other.execute("PRAGMA busy_timeout = 0")
        asked: list[str] = []

        def meanwhile(statement: str) -> None:
            if "application_id" in statement and not asked:
                asked.append(statement)
                with suppress(sqlite3.OperationalError):
                    schema.bring_up(other, "there")

        con.set_trace_callback(meanwhile)
        assert not schema.is_current(con, "here")
        assert asked
        con.set_trace_callback(None)
        if other.in_transaction:  # it had to wait; now it need not
            other.execute("COMMIT")
        assert schema.is_current(con, "here")


def _tables(con: sqlite3.Connection) -> list[tuple[str, str]]:
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    return con.execute(query).fetchall()


def test_every_schema_version_has_its_released_dump() -> None:
    assert [path.name for path in RELEASED] == [f"v{n}.sql" for n in range(1, schema.VERSION + 1)]


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_casebook_of_an_earlier_version_is_brought_up(released: Path, root: Path) -> None:
    """The dumps hold an examination of four events with texts and search rows."""
    root.mkdir()
    with closing(sqlite3.connect(root / "casebook.sqlite", isolation_level=None)) as con:
        con.executescript(released.read_text("utf-8"))
        before = con.execute("SELECT * FROM events ORDER BY seq").fetchall()
    with Casebook.open(root) as casebook:
        (exhibit,) = casebook.list_exhibits(find="елка")
        (row,) = exhibit.examinations
        assert casebook.verify(row.id, originals=False).faults == ()
        assert casebook.events(row.id)[1].text("note") == "Ёлка на печати"
        assert casebook._con.execute("SELECT * FROM events ORDER BY seq").fetchall() == before
        brought_up = _tables(casebook._con)
    with Casebook.open(root.parent / "fresh") as fresh:
        assert brought_up == _tables(fresh._con)


def test_a_step_is_climbed_once_and_guards_are_made_anew(
    root: Path, new_examination: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rehearsal of the next version: tables change, events and guards stand."""
    with Casebook.open(root) as casebook:
        row = new_examination(casebook)
        before = casebook.events(row.id)
    step = ("CREATE TABLE later(id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, step))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    for _ in range(2):
        with Casebook.open(root) as casebook:
            assert casebook.events(row.id) == before
            assert ("later", step[0]) in _tables(casebook._con)
            assert schema.guard_faults(casebook._con) == []


def test_a_step_that_fails_leaves_the_casebook_as_it_was(
    root: Path, new_examination: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Casebook.open(root) as casebook:
        row = new_examination(casebook)
        tables = _tables(casebook._con)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", (*schema.STEPS, ("CREATE TABLE a(b)", "no such thing")))
        patched.setattr(schema, "VERSION", schema.VERSION + 1)
        with pytest.raises(MachineError):
            Casebook.open(root)
    with Casebook.open(root) as casebook:
        assert _tables(casebook._con) == tables
        assert casebook.verify(row.id).ok
