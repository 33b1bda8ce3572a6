"""Real processes, killed at any moment: no acknowledged act is lost, nothing is half-written.

A round starts a process that works on the casebook and writes a byte to a pipe after each
acknowledged act, kills it with SIGKILL at a random moment, and looks at what it left.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from docexam.casebook import Casebook, ExaminationRow

ANSWER_ROUNDS = 120
INTAKE_ROUNDS = 40
DISPOSAL_ROUNDS = 30
BOTH_ROUNDS = 20
SEED = 20260102
New = Callable[..., ExaminationRow]
Answer = Callable[..., object]

# The worker forks for every round, so that a round costs no start of Python.
WORKER = """
import hashlib, os, sys
from pathlib import Path
from docexam.casebook import Casebook
from docexam.domain.events import DISPOSED, FINDING_RECORDED, OPENED, Draft, Personal

root, AT = Path(sys.argv[1]), "2026-01-02T03:04:05Z"

def say(text):
    os.write(1, (text + "\\n").encode())

def answers(examination):
    with Casebook.open(root) as casebook:
        while True:
            with casebook.writing(examination) as tx:
                seq = tx.head[0] + 1
                draft = Draft(FINDING_RECORDED, {"n": seq, "note": Personal(f"answer {seq} " * 20)})
                tx.append(draft, at=AT, examiner="kim")
                tx.index(f"note:{seq % 40}", f"answer {seq}")
                tx.project(answered=seq, updated=AT)
            say(f"{seq}")

def intakes(prefix):
    with Casebook.open(root) as casebook:
        n = 0
        while True:
            n += 1
            image = f"{prefix} image {n} ".encode() * 9000
            digest = hashlib.sha256(image).hexdigest()
            casebook.originals.put(image, digest)
            casebook.create_examination(case=prefix, exhibit=f"e{n}", examiner="kim",
                checklist={"id": "c", "of": prefix}, checklist_id="c", at=AT, originals=[digest],
                drafts=[Draft(OPENED, {"sha256": digest, "name": Personal(f"{prefix} {n}.jpg")})])
            say(f"e{n}")

def disposal(examination):
    with Casebook.open(root) as casebook:
        say("ready")
        casebook.dispose(examination, Draft(DISPOSED, {}), at=AT, examiner="kim")
        say("disposed")
        sys.stdin.read()

for line in sys.stdin:
    act, value = line.split()
    child = os.fork()
    if child == 0:
        {"answers": answers, "intakes": intakes, "disposal": disposal}[act](value)
    say(f"pid {child}")
    os.waitpid(child, 0)
    say("killed")
"""


class Killer:
    """Starts acts in a process and kills them."""

    def __init__(self, root: Path):
        self.worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.kills = 0

    def round(
        self,
        act: str,
        value: str,
        *,
        words: int = 1,
        then_s: float = 0.0,
        during: Callable[[], None] | None = None,
    ) -> list[str]:
        """Run an act, kill it `then_s` after so many words; return what it acknowledged."""
        assert self.worker.stdin is not None
        assert self.worker.stdout is not None
        self.worker.stdin.write(f"{act} {value}\n")
        self.worker.stdin.flush()
        said: list[str] = []
        pid = 0
        while not pid or len(said) < words:
            line = self.worker.stdout.readline().strip()
            assert line not in ("", "killed"), "the worker ended by itself"
            pid, said = (int(line[4:]), said) if line[:4] == "pid " else (pid, [*said, line])
        time.sleep(then_s)
        if during:
            during()
        os.kill(pid, signal.SIGKILL)
        self.kills += 1
        said += [line.strip() for line in iter(self.worker.stdout.readline, "killed\n")]
        return [word for word in said if word != "ready"]

    def close(self) -> None:
        assert self.worker.stdin is not None
        self.worker.stdin.close()
        assert self.worker.wait(10) == 0


@pytest.fixture
def killer(root: Path, casebook: Casebook):
    made = Killer(root)
    yield made
    made.close()


def test_no_acknowledged_answer_is_lost(
    casebook: Casebook, new_examination: New, killer: Killer
) -> None:
    chance = random.Random(SEED)
    acknowledged = 0
    for number in range(ANSWER_ROUNDS):
        if number % 8 == 0:
            row = new_examination(casebook, f"case {number}")
            last = 1
        said = killer.round(
            "answers", row.id, words=chance.randint(1, 12), then_s=chance.random() * 0.004
        )
        acknowledged += len(said)
        assert [int(word) for word in said] == list(range(last + 1, last + 1 + len(said)))
        # Every acknowledged answer is there; at most one more, whose word was cut off.
        events = casebook.events(row.id)
        assert len(events) - int(said[-1]) in (0, 1)
        last = len(events)
        assert [e.text("note") for e in events[1:]] == [f"answer {e.seq} " * 20 for e in events[1:]]
        found = casebook.examination(row.id)
        assert (found.answered, found.head_seq) == (last, last)
        assert casebook.search(f"answer {last}")
    assert killer.kills == ANSWER_ROUNDS
    assert acknowledged > 5 * ANSWER_ROUNDS
    for exhibit in casebook.list_exhibits():
        assert casebook.verify(exhibit.examinations[0].id).faults == ()


def test_an_intake_is_whole_or_not_there(casebook: Casebook, killer: Killer, root: Path) -> None:
    chance = random.Random(SEED)
    for number in range(INTAKE_ROUNDS):
        said = killer.round(
            "intakes", f"case{number}", words=chance.randint(1, 3), then_s=chance.random() * 0.01
        )
        exhibits = {row.exhibit: row for row in casebook.list_exhibits(f"case{number}")}
        assert set(said) <= set(exhibits)
        assert len(exhibits) - len(said) in (0, 1)
        for exhibit in exhibits.values():
            (row,) = exhibit.examinations
            assert casebook.verify(row.id).faults == ()
            assert len(casebook.originals_of(exhibit.id)) == 1
    # What was taken in and not yet recorded is whole, too.
    unused = casebook.unused_originals()
    assert len(unused) <= INTAKE_ROUNDS
    assert all(casebook.originals.check(sha).ok for sha in unused)
    assert casebook.originals.sweep(older_than_s=0) <= INTAKE_ROUNDS
    assert os.listdir(root / "originals" / ".incoming") == []


def test_a_disposal_is_finished_after_any_kill(
    casebook: Casebook, new_examination: New, answer: Answer, killer: Killer, root: Path
) -> None:
    chance = random.Random(SEED)
    cut_short = 0
    for number in range(DISPOSAL_ROUNDS):
        name, image = f"Qzjx{number}wvk Holder", f"image {number}".encode()
        row = new_examination(casebook, f"case {number}", name=name, image=image)
        for n in range(4):
            answer(casebook, row.id, f"{name} {n}", n=n)
        said = killer.round("disposal", row.id, then_s=chance.random() * 0.04)
        state = casebook.examination(row.id).state
        assert state == "disposed" or not said
        assert casebook.verify(row.id, originals=state != "disposed").faults == ()
        if state == "disposed":
            cut_short += bool(casebook.unfinished())
            Casebook.open(root).close()
            assert casebook.unfinished() == []
            left = [p for p in root.rglob("*") if p.is_file() and name.encode() in p.read_bytes()]
            assert left == []
            assert not casebook.originals.path(hashlib.sha256(image).hexdigest()).exists()
    assert cut_short, "no kill met a disposal at work: shorten the waits"


def test_two_writers_of_four_hundred_answers_each(
    casebook: Casebook, examined: ExaminationRow, root: Path
) -> None:
    script = """
import sys, time
from pathlib import Path
from docexam.casebook import Casebook
from docexam.domain.events import Draft, Personal
name = sys.argv[3]
with Casebook.open(Path(sys.argv[1])) as casebook:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(400):
        time.sleep(0.0005)
        with casebook.writing(sys.argv[2]) as tx:
            tx.append(Draft("FindingRecorded", {"n": n, "note": Personal(f"{name} {n}")}),
                at="2026-01-02T03:04:05Z", examiner=name)
            tx.index(f"note:{n % 27}", f"{name} {n}")
            tx.project(answered=n, updated=str(n))
"""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(root), examined.id, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for name in ("kim", "lee")
    ]
    assert [w.stdout.readline() for w in writers if w.stdout] == [b"ready\n"] * 2
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    assert [(w.communicate()[0], w.returncode) for w in writers] == [(b"", 0)] * 2
    events = casebook.events(examined.id)
    assert len(events) == 6 + 800
    for name in ("kim", "lee"):
        mine = [e for e in events[6:] if e.examiner == name]
        assert [e.data["n"] for e in mine] == list(range(400))
        assert mine[-1].text("note") == f"{name} 399"
    interleaved = sum(a.examiner != b.examiner for a, b in pairwise(events[6:]))
    assert interleaved > 10
    assert casebook.verify(examined.id).ok


def test_a_killed_writer_does_not_hinder_another(
    casebook: Casebook, examined: ExaminationRow, answer: Answer, killer: Killer
) -> None:
    chance = random.Random(SEED)
    theirs: list[int] = []
    mine = 0

    def answer_meanwhile() -> None:
        nonlocal mine
        for _ in range(chance.randint(1, 6)):
            answer(casebook, examined.id, "mine")
            mine += 1

    for _ in range(BOTH_ROUNDS):
        said = killer.round("answers", examined.id, during=answer_meanwhile)
        theirs += [int(word) for word in said]
    events = casebook.events(examined.id)
    ours = {e.seq for e in events[6:] if e.data.get("indicator")}
    assert len(ours) == mine
    assert set(theirs) <= {e.seq for e in events} - ours
    assert len(events) - 6 - mine - len(theirs) <= BOTH_ROUNDS
    assert len(theirs) > BOTH_ROUNDS
    assert casebook.verify(examined.id).ok
