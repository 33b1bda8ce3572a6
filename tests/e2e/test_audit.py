"""What an audit found once, and what must not come back."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import time

import pytest


def test_a_refused_write_does_not_count_as_having_read(docexam) -> None:
    docexam.new()
    docexam.examiner = "Bob"
    for words in (("record", "C/E", "inks", "blue"), ("undo", "C/E"), ("close", "C/E"),
                  ("add", "C/E", docexam.image("b.png", n=2))):  # fmt: skip
        assert docexam(*words).code == 4
    assert docexam("second", "C/E").code == 0


def test_results_are_written_into_pipes_and_behind_links_never_in_their_place(docexam) -> None:
    docexam.new()
    real, link, pipe = (docexam.folder / name for name in ("real.md", "link.md", "pipe"))
    real.write_text("old")
    link.symlink_to(real)
    assert docexam("report", "C/E", "-o", link).code == 0
    assert link.is_symlink()
    assert "PUBLIC" in real.read_text("utf-8")
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    assert docexam("report", "C/E", "-o", pipe).code == 0
    assert b"PUBLIC" in reader.communicate(timeout=20)[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_long_chain_of_conditions_is_checked_quickly(docexam) -> None:
    text = 'schema = 1\n[checklist]\nid = "chain"\nversion = "1.0.0"\ntitle = "Chain"\n[[section]]\nid = "s"\ntitle = "S"\n'
    for n in range(700):
        when = f'when = "i{n - 1} is yes"\n' if n else ""
        text += (
            f'[[indicator]]\nid = "i{n}"\nsection = "s"\nask = "Seen {n}?"\ntype = "yesno"\n{when}'
        )
    path = docexam.folder / "chain.toml"
    path.write_text(text)
    start = time.monotonic()
    assert docexam("checklist", "check", path).code == 0
    assert time.monotonic() - start < 15


def test_a_report_is_refused_when_an_original_is_gone(docexam) -> None:
    docexam.new()
    original = next(p for p in (docexam.casebook / "originals").rglob("*") if p.is_file())
    original.unlink()
    assert docexam("report", "C/E", "-o", docexam.folder / "r.md").code == 3
    assert "missing" in docexam("close", "C/E").err


@pytest.mark.parametrize("cut", [4, 12, 16, 20])
def test_a_png_that_lost_its_end_is_refused(docexam, cut) -> None:
    whole = docexam.image("whole.png").read_bytes()
    short = docexam.folder / "short.png"
    short.write_bytes(whole[:-cut])
    ran = docexam("new", "C/E", "--checklist", docexam.checklist, short)
    assert ran.code == 2
    assert "truncated" in ran.err


def test_after_a_reveal_readings_regions_and_detours_need_a_reason(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "photo", "absent", "--region", "1:0.1,0.1,0.5,0.5")
    docexam("record", "C/E", "inks", "unclear", "--cause", "glare")
    docexam("transcribe", "C/E", "surname", "Иванов")
    docexam("reveal", "C/E", "claims")
    assert docexam("transcribe", "C/E", "surname", "Петров").code == 2
    assert docexam("transcribe", "C/E", "surname", "Петров", "--reason", "clearer").code == 0
    assert docexam.show()["fields"]["surname"]["first"] == "Иванов"
    moved = ("record", "C/E", "photo", "absent", "--region", "1:0.2,0.2,0.5,0.5")
    assert docexam(*moved).code == 2
    assert docexam(*moved, "--reason", "the frame is there").code == 0
    assert docexam("record", "C/E", "inks", "unclear", "--note", "hm").code == 0
    assert docexam.show()["findings"]["inks"]["cause"] == "glare"
    assert docexam("record", "C/E", "inks", "open", "--reason", "r").code == 0
    assert docexam("record", "C/E", "inks", "blue").code == 2
    assert docexam("record", "C/E", "inks", "blue", "--reason", "seen now").code == 0
    assert docexam.show()["findings"]["inks"]["first"] == "unclear"


def test_a_blocked_question_is_told_as_blocked(docexam) -> None:
    text = docexam.checklist.read_text("utf-8")
    text += '\n[[check]]\nid = "odd"\nif = "photo is absent"\nlevel = "error"\nsay = "Odd."\n'
    docexam.checklist.write_text(text, "utf-8")
    docexam.new()
    docexam("record", "C/E", "photo", "absent", "--region", "1:0.1,0.1,0.5,0.5")
    docexam("reveal", "C/E", "support")
    question = docexam("support", "C/E", "--json").json["questions"][0]
    assert question["suggested"] == ""
    assert question["sentence"].startswith("No suggestion is made: check in error: odd")


def test_what_was_disposed_of_is_closed_to_crop_and_to_a_second_disposal(docexam) -> None:
    docexam.new()
    docexam("dispose", "C/E", "--reason", "end")
    assert docexam("crop", "C/E", "1:0,0,1,1", "-o", docexam.folder / "c.png").code == 4
    assert docexam("dispose", "C/E", "--reason", "end").code == 4


@pytest.mark.parametrize("date", ["2024-13-01", "2024-02-31", "yesterday"])
def test_dates_that_do_not_exist_are_refused(docexam, date) -> None:
    ran = docexam(
        "new", "C/E", "--checklist", docexam.checklist, docexam.image(), "--obtained", date
    )
    assert ran.code == 2


def test_a_closed_stdout_a_file_as_casebook_and_a_lost_version_are_told(docexam) -> None:
    docexam.new()
    command = f"{sys.executable} -m docexam --casebook '{docexam.casebook}' list >&-"
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0
    (docexam.folder / "file").touch()
    assert docexam("--casebook", docexam.folder / "file", "list").code == 2
    con = sqlite3.connect(docexam.casebook / "casebook.sqlite")
    con.execute("PRAGMA user_version = 0")
    con.close()
    assert docexam("list").code == 3
