"""Originals stay byte for byte what was taken in, or say what became of them."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docexam.casebook import Casebook, ExaminationRow, Originals
from docexam.domain.events import DISPOSED, Draft
from docexam.errors import DamagedError, InputError, MachineError

BYTES = os.urandom(3_000_000)
SHA = hashlib.sha256(BYTES).hexdigest()
New = Callable[..., ExaminationRow]


@pytest.fixture
def originals(casebook: Casebook) -> Originals:
    return casebook.originals


def incoming(originals: Originals) -> list[str]:
    return os.listdir(originals.folder / ".incoming")


@pytest.mark.parametrize("as_file", [True, False])
def test_an_original_is_kept_read_only_under_its_hash(
    as_file: bool, originals: Originals, tmp_path: Path
) -> None:
    source = tmp_path / "image.jpg"
    source.write_bytes(BYTES)
    stored = originals.put(source if as_file else BYTES, SHA)
    assert stored.path == originals.path(SHA) == originals.folder / SHA[:2] / SHA
    assert stored.path.read_bytes() == BYTES
    assert stat.S_IMODE(stored.path.stat().st_mode) == 0o444
    assert (stored.size, stored.known, stored.restored) == (len(BYTES), False, False)
    assert originals.check(SHA).ok
    assert (originals.all(), incoming(originals)) == ([SHA], [])


def test_the_same_original_twice_is_recognised(originals: Originals) -> None:
    first = originals.put(BYTES, SHA)
    before = first.path.stat()
    again = originals.put(BYTES, SHA)
    assert (again.known, again.path) == (True, first.path)
    assert first.path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("known", [True, False])
def test_bytes_that_are_not_the_hash_are_refused(known: bool, originals: Originals) -> None:
    if known:
        originals.put(BYTES, SHA)
    with pytest.raises(InputError, match="changed while it was read"):
        originals.put(BYTES[:-1], SHA)
    assert originals.check(SHA).state == ("intact" if known else "missing")
    assert not originals.folder.joinpath(".incoming").exists() or incoming(originals) == []


@pytest.mark.parametrize("name", ["fifo", "folder", "device", "nothing", "loop"])
def test_a_source_that_is_no_file_is_refused_without_blocking(
    name: str, originals: Originals, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    source = Path("/dev/zero") if name == "device" else tmp_path / name
    with pytest.raises(InputError) as caught:
        originals.put(source, SHA)
    assert caught.value.where == str(source)
    assert originals.all() == []


@pytest.mark.parametrize("name", ["../../x", "A" * 64, "", "abc", "0" * 64 + "\n"])
def test_a_name_that_is_no_hash_reaches_no_file(name: str, originals: Originals) -> None:
    for call in (originals.path, originals.check, originals.remove):
        with pytest.raises(InputError):
            call(name)


def test_an_altered_original_is_found_and_put_right_by_its_bytes(originals: Originals) -> None:
    path = originals.put(BYTES, SHA).path
    path.chmod(0o644)
    path.write_bytes(BYTES[:-1] + b"!")
    state = originals.check(SHA)
    assert (state.state, state.ok) == ("altered", False)
    assert "not those that were taken in" in state.reason
    assert originals.put(BYTES, SHA).restored
    assert originals.check(SHA).ok
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_a_missing_original_and_a_stranger_in_its_place_are_told_apart(
    originals: Originals, tmp_path: Path
) -> None:
    path = originals.put(BYTES, SHA).path
    path.unlink()
    assert originals.check(SHA).state == "missing"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(BYTES)
    path.symlink_to(elsewhere)
    assert (originals.check(SHA).state, originals.check(SHA).reason) == (
        "altered",
        "something else stands in its place",
    )


def test_something_in_the_way_is_an_error_in_words(originals: Originals) -> None:
    originals.path(SHA).mkdir(parents=True)
    with pytest.raises(MachineError):
        originals.put(BYTES, SHA)
    assert incoming(originals) == []


def test_verification_names_a_damaged_original(casebook: Casebook, new_examination: New) -> None:
    row = new_examination(casebook)
    (sha,) = casebook.originals_of(row.exhibit)
    path = casebook.originals.path(sha)
    path.chmod(0o600)
    path.write_bytes(b"")
    assert [f.code for f in casebook.verify(row.id).faults] == ["original-altered"]
    path.unlink()
    assert [f.code for f in casebook.verify(row.id).faults] == ["original-missing"]
    assert casebook.verify(row.id, originals=False).ok


def test_an_original_in_use_is_not_removed(casebook: Casebook, new_examination: New) -> None:
    row = new_examination(casebook)
    new_examination(casebook, "other")
    (sha,) = casebook.originals_of(row.exhibit)
    assert {r.case for r in casebook.used_by(sha)} == {"2024-117", "other"}
    assert not casebook.remove_unused(sha)
    assert casebook.originals.check(sha).ok


def test_a_reference_specimen_is_in_use(
    casebook: Casebook, new_examination: New, attack: Callable[..., None]
) -> None:
    row = new_examination(casebook)
    (sha,) = casebook.originals_of(row.exhibit)
    casebook.originals.put(BYTES, SHA)
    for digest in (sha, SHA):
        attack("INSERT INTO specimens VALUES (?, '{}', 'kim', 'now')", values=(digest,))
    assert casebook.unused_originals() == []
    assert not casebook.remove_unused(SHA)
    report = casebook.dispose(row.id, Draft(DISPOSED, {}), at="now", examiner="kim")
    assert (report.originals, report.kept) == ((), (sha,))
    assert casebook.originals.check(sha).ok


def test_an_original_that_went_before_it_was_recorded_stops_the_intake(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    casebook.originals.put(BYTES, SHA)
    assert casebook.remove_unused(SHA)
    with (
        pytest.raises(MachineError, match="nothing was recorded"),
        casebook.writing(examined.id) as tx,
    ):
        tx.use_original(SHA)
    assert casebook.used_by(SHA) == []


def test_opening_sweeps_what_a_killed_process_left_but_not_what_another_writes(
    root: Path, casebook: Casebook
) -> None:
    casebook.originals.put(BYTES, SHA)
    folder = casebook.originals.folder / ".incoming"
    for name in ("dead", "alive", "young"):
        (folder / name).write_bytes(b"part of an image")
        if name != "young":
            os.utime(folder / name, (time.time() - 3600,) * 2)
    with open(folder / "alive", "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        Casebook.open(root).close()
        assert sorted(os.listdir(folder)) == ["alive", "young"]


def test_caches_are_named_by_hash_or_id_only(casebook: Casebook) -> None:
    assert casebook.originals.cache_folder(SHA).parent == casebook.root / "cache"
    for name in ("../x", "a/b", "", "."):
        with pytest.raises(InputError):
            casebook.originals.cache_folder(name)


def test_a_frozen_checklist_that_is_not_there_is_damage(casebook: Casebook) -> None:
    with pytest.raises(DamagedError, match="is gone"):
        casebook.checklist("0" * 64)
