"""An aid in a process of its own: what it gives, how it ends, and what of it reaches nobody."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docexam.workbench.aid_process import Errand, run_apart

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
FOREIGN = """
import os, sys, time
from docexam.aids.protocol import Card, Gives, Proposal, Reads

class Odd:
    id, version, reads, notes_only = "odd", "1", frozenset({Reads.TEXT}), False
    gives = (Gives("odd"),)
    card = Card("Odd", "1", "Behaves oddly.", (), "", True)
    def missing(self): return ""
    def propose(self, material, run):
        what = material.texts[0]
        print("noise"); os.write(1, b"noise"); os.write(2, b"noise")
        run.progress(0.5, "half")
        if what == "crash": os.abort()
        if what == "raise": raise ValueError("seven")
        if what == "exit": sys.exit(0)
        if what == "gone": os._exit(0)
        if what == "ground": return (Proposal("odd", "1", "odd", what, grounds="text"),)
        if what == "list": return (Proposal("odd", "1", "odd", what, data=[1]),)
        if what == "object": return (Proposal("odd", "1", "odd", what, data={"a": Odd()}),)
        if what == "sleep": time.sleep(60)
        return (Proposal("odd", "1", "odd", what + " " + str(os.getpid())),)

ODD = Odd()
"""


class Watching:
    def __init__(self, *, until: str = "") -> None:
        self.told: list[tuple[float, str]] = []
        self._until = until

    def progress(self, share: float, what: str = "") -> None:
        self.told.append((share, what))

    def cancelled(self) -> bool:
        return bool(self._until) and any(what == self._until for _, what in self.told)


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An aid of a third party, found by its entry point."""
    (tmp_path / "odd_aid.py").write_text(FOREIGN, "utf-8")
    info = tmp_path / "odd_aid-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-aid\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text("[docexam.aids]\nodd = odd_aid:ODD\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_the_proposals_and_the_progress_come_back(foreign, capfd):
    run = Watching()
    outcome = run_apart(Errand("odd", "1", texts=("hello",)), run)
    said, pid = outcome.proposals[0].says.split()
    assert said == "hello"
    assert int(pid) != os.getpid()
    assert run.told == [(0.5, "half")]
    assert capfd.readouterr() == ("", ""), "what an aid prints reaches no screen"


def test_a_shipped_aid_says_the_same_as_in_this_process():
    from docexam.aids.protocol import Material
    from docexam.aids.registry import load_aid
    from docexam.aids.running import run_aid

    here = run_aid(load_aid("mrz"), Material(texts=(ZONE,)))
    assert run_apart(Errand("mrz", here.version, texts=(ZONE,)), Watching()) == here


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("crash", "ended early, with code -6"),
        ("gone", "ended early, with code 0"),
        ("raise", "ValueError: seven"),
        ("exit", "SystemExit: 0"),
        ("ground", "str where a tuple of grounds"),
        ("list", "list where an object"),
        ("object", "Odd, which JSON has not"),
    ],
)
def test_one_that_breaks_is_told_as_broken(foreign, what, told):
    outcome = run_apart(Errand("odd", "1", texts=(what,)), Watching())
    assert outcome.broken
    assert told in outcome.reason
    assert "DX-AID-BROKEN" in outcome.reason
    assert outcome.proposals == ()


@pytest.mark.parametrize("what", ["exit", "ground", "list", "object"])
def test_on_the_command_line_the_answer_stays_json(foreign, what):
    code = "import sys; from docexam.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "aid", "odd", what, "--json"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert b"DX-BUG" not in done.stderr
    assert "DX-AID-BROKEN" in json.loads(done.stdout)["reason"]


def test_one_that_nobody_waits_for_is_ended_at_once(foreign):
    started = time.monotonic()
    outcome = run_apart(Errand("odd", "1", texts=("sleep",)), Watching(until="half"))
    assert outcome.cancelled
    assert time.monotonic() - started < 30


def test_an_unknown_aid_and_a_missing_file_are_reasons():
    assert "no aid" in run_apart(Errand("nope", "1"), Watching()).reason
    outcome = run_apart(Errand("page", "1", captures=((1, "/nowhere.jpg"),)), Watching())
    assert "cannot be read" in outcome.reason
    assert not outcome.broken


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see processes")
def test_it_ends_with_the_program_that_started_it(foreign):
    code = (
        "import os, sys\n"
        "from docexam.workbench.aid_process import Errand, run_apart\n"
        "class Run:\n"
        "    def progress(self, share, what=''): print('working', flush=True)\n"
        "    def cancelled(self): return False\n"
        "run_apart(Errand('odd', '1', texts=('sleep',)), Run())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"working\n"
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    child = int(children.read_text().split()[0])
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < end:
        if " Z " in Path(f"/proc/{child}/stat").read_text():
            break
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{child}").exists()
