"""A full disk: a clear message, nothing half-written, and on it goes when there is room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docexam.casebook import Casebook, ExaminationRow

Answer = Callable[..., object]

# Answers until the disk refuses; prints what was acknowledged and what the error said.
WRITER = """
import hashlib, json, resource, sys
from pathlib import Path
from docexam.casebook import Casebook
from docexam.domain.events import Draft, Personal
from docexam.errors import DocexamError

casebook = Casebook.open(Path(sys.argv[1]))
row = casebook.examination(sys.argv[2])
if int(sys.argv[3]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
said, errors, acknowledged = [], [], row.head_seq
image = bytes(2_000_000)
for attempt in range(5000):
    try:
        with casebook.writing(row.id) as tx:
            event = tx.append(Draft("FindingRecorded", {"note": Personal("x" * 2000)}),
                at="2026", examiner="kim")
            tx.index("note:n", str(event.seq))
            tx.project(answered=event.seq)
        acknowledged = event.seq
    except DocexamError as error:
        errors.append([error.exit_code, error.code, error.what])
        if len(errors) == 3:
            break
readable = len(casebook.events(row.id))
try:
    casebook.originals.put(image, hashlib.sha256(image).hexdigest())
    original = None
except DocexamError as error:
    original = [error.exit_code, error.code, error.what]
print(json.dumps([acknowledged, readable, errors, original]))
"""


def fill(root: Path, examination: str, limit: int = 0) -> list[object]:
    ran = subprocess.run(
        [sys.executable, "-c", WRITER, str(root), examination, str(limit)],
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    result: list[object] = json.loads(ran.stdout)
    return result


def check(result: list[object], casebook: Casebook, row: ExaminationRow, answer: Answer) -> None:
    acknowledged, readable, errors, original = result
    assert isinstance(errors, list)
    assert isinstance(original, list)
    assert len(errors) == 3
    for code, _, what in errors:
        assert code == 1
        assert "could not be written" in what
        assert "full" in what
        assert "nothing was recorded" in what
    assert original[0] == 1
    assert acknowledged == readable == len(casebook.events(row.id))
    assert casebook.verify(row.id).ok
    assert casebook.unused_originals() == []
    assert os.listdir(casebook.originals.folder / ".incoming") == []


def test_a_file_size_limit_loses_nothing(
    casebook: Casebook, examined: ExaminationRow, answer: Answer, root: Path
) -> None:
    result = fill(root, examined.id, limit=600_000)
    check(result, casebook, examined, answer)
    answer(casebook, examined.id)
    assert len(casebook.events(examined.id)) == int(str(result[0])) + 1


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k,mode=700", "none", str(folder)]
    ran = subprocess.run(command, capture_output=True, check=False)
    if ran.returncode:
        pytest.skip(f"a tiny file system cannot be mounted here: {ran.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_and_goes_on_with_room(
    tiny_disk: Path, new_examination: Callable[..., ExaminationRow], answer: Answer
) -> None:
    with Casebook.open(tiny_disk / "casebook") as casebook:
        row = new_examination(casebook)
        result = fill(tiny_disk / "casebook", row.id)
        check(result, casebook, row, answer)
        assert {code for _, code, _ in result[2]} == {"DX-DISK-FULL"}  # type: ignore[attr-defined] - a list of errors
        subprocess.run(["mount", "-o", "remount,size=8m", str(tiny_disk)], check=True)
        answer(casebook, row.id)
        assert len(casebook.events(row.id)) == int(str(result[0])) + 1


def test_a_casebook_is_not_half_made_on_a_full_disk(tiny_disk: Path) -> None:
    (tiny_disk / "filler").write_bytes(bytes(1_480_000))
    script = (
        "import sys; from pathlib import Path; from docexam.casebook import Casebook\n"
        "from docexam.errors import MachineError\n"
        "try: Casebook.open(Path(sys.argv[1]))\n"
        "except MachineError as error: sys.exit(error.what)"
    )
    command = [sys.executable, "-c", script, str(tiny_disk / "casebook")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, "full" in ran.stderr) == (1, True), ran.stderr
    (tiny_disk / "filler").unlink()
    with Casebook.open(tiny_disk / "casebook") as casebook:
        assert casebook.list_exhibits() == []
