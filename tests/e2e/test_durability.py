"""The real program under a full disk, a clock that jumps, and two of it at once."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from docexam.domain.acts import Recording
from docexam.workbench.bench import Workbench


def test_a_full_disk_is_told_and_nothing_is_half_written(docexam) -> None:
    docexam.new()
    docexam("record", "C/E", "inks", "blue")
    before = docexam("log", "C/E", "--json").json
    size = sum(p.stat().st_size for p in docexam.casebook.glob("casebook.sqlite*"))

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 4, size // 4))

    ran = docexam("record", "C/E", "photo", "present", "--note", "x" * 90_000, preexec_fn=no_room)
    assert ran.code == 1, ran.err
    assert "nothing was recorded" in ran.err.lower() or "full" in ran.err.lower()
    assert "Traceback" not in ran.err
    assert docexam("log", "C/E", "--json").json == before
    assert docexam("record", "C/E", "photo", "present").code == 0


def test_a_full_disk_at_intake_leaves_neither_exhibit_nor_original(docexam) -> None:
    docexam.new("C/first")
    big = docexam.image("big.png", size=(2500, 2500))

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    ran = docexam("new", "C/E", "--checklist", docexam.checklist, big, preexec_fn=no_room)
    assert ran.code == 1
    assert [line["exhibit"] for line in docexam("list", "--json").json] == ["first"]
    assert len([p for p in (docexam.casebook / "originals").rglob("*") if p.is_file()]) == 1


def test_a_clock_that_jumps_back_loses_nothing_and_is_told(docexam) -> None:
    docexam.new()
    times = iter(["2031-01-01T00:00:00.000Z", "1999-01-01T00:00:00.000Z"])
    bench = Workbench(docexam.casebook, docexam.examiner, clock=lambda: next(times))
    review = bench.own_review("C/E")
    assert review.record(Recording("photo", "present")).warnings == ()
    told = review.record(Recording("inks", "blue")).warnings
    assert "clock" in told[0]
    state = docexam.show()
    assert state["findings"]["inks"]["at"].startswith("1999")
    assert state["progress"]["answered"] == 2


WRITER = """
import sys
from pathlib import Path
from docexam.domain.acts import Recording
from docexam.workbench.bench import Workbench
review = Workbench(Path(sys.argv[1]), "Ann Example").own_review("C/E")
for n in range(int(sys.argv[3])):
    review.record(Recording("inks", ("blue", "violet", "")[n % 3], note=f"{sys.argv[2]} {n}"))
    print(n, flush=True)
"""


def test_two_programs_at_one_examination_lose_no_answer(docexam) -> None:
    docexam.new()
    count = 400
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, docexam.casebook, name, str(count)],
            stdout=subprocess.DEVNULL,
        )
        for name in ("one", "two")
    ]
    assert [w.wait(timeout=120) for w in writers] == [0, 0]
    entries = docexam("log", "C/E", "--json").json
    notes = [t for e in entries if e["kind"] == "FindingRecorded" for t in e["texts"].values()]
    assert len(set(notes)) == 2 * count


def test_an_open_review_takes_in_what_another_program_wrote(docexam) -> None:
    docexam.new()
    bench = Workbench(Path(docexam.casebook), docexam.examiner)
    review = bench.own_review("C/E")
    assert not review.refresh()
    docexam("record", "C/E", "photo", "present")
    assert review.refresh()
    assert review.examination.findings["photo"].answer == "present"
    docexam("record", "C/E", "photo", "unclear")
    review.record(Recording("inks", "blue"))
    assert review.examination.findings["photo"].answer == "unclear"
