"""Packages made to do harm: refused with one clear error, nothing written, nothing recorded."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import bagit
import pytest

from docexam.casebook.journal import refs_in
from docexam.domain.events import event_hash, personal_ref
from docexam.errors import DocexamError
from docexam.workbench import unpacking
from docexam.workbench.bench import Workbench
from docexam.workbench.packing import Wanted, export
from docexam.workbench.unpacking import opened_package
from docexam.workbench.unpacking_adopting import take_in
from docexam.workbench.verifying import Against, verify

_SPEC = importlib.util.spec_from_file_location(
    "docexam_of_e2e_packages", Path(__file__).parents[1] / "e2e" / "conftest.py"
)
assert _SPEC
assert _SPEC.loader
_E2E = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_E2E)


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> Path:
    """A sound package as a folder."""
    docexam = _E2E.Docexam(tmp_path_factory.mktemp("made"))
    docexam.new()
    docexam.quick("record", "C/E", "inks", "blue", "--note", "a note")
    target = docexam.folder / "sound"
    bench = Workbench(docexam.casebook, docexam.examiner)
    export(bench, Wanted("C/E", str(target)))
    return target


@pytest.fixture
def folder(packed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(packed, tmp_path / "package"))


@pytest.fixture
def far(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path / "far", "Carol")


def reseal(folder: Path) -> None:
    bagit.Bag(str(folder)).save(manifests=True)


def surroundings(tmp_path: Path) -> list[str]:
    return sorted(str(p) for p in tmp_path.rglob("*") if "package" not in p.parts)


def refused(far: Workbench, package: Path, code: int = 3) -> DocexamError:
    """Take a package in: it must be refused, and no casebook may come of it."""
    with pytest.raises(DocexamError) as caught:
        take_in(far, str(package))
    assert caught.value.exit_code == code, caught.value
    assert not (far.root / "casebook.sqlite").exists() or far.exhibits() == []
    return caught.value


# --- ZIP files ---------------------------------------------------------------------------------


def zipped(folder: Path, target: Path, extra: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, f"top/{path.relative_to(folder)}")
        extra(archive)
    return target


def named(name: str) -> Callable[[zipfile.ZipFile], None]:
    return lambda archive: archive.writestr(name, "harm")


def link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("top/data/originals/link")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def device(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("top/data/pipe")
    info.create_system = 3
    info.external_attr = (stat.S_IFIFO | 0o666) << 16
    archive.writestr(info, "")


def twice(archive: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("top/bagit.txt", "another")


def bomb(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("top/data/zeros")
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as file:
        for _ in range(200):
            file.write(bytes(1 << 20))


def unusual(archive: zipfile.ZipFile) -> None:
    archive.writestr("top/data/x", "x" * 99, compress_type=zipfile.ZIP_BZIP2)


ARCHIVES = {
    "up": (named("top/../../up.txt"), "leads out"),
    "up alone": (named("../up.txt"), "leads out"),
    "absolute": (named("/tmp/docexam-absolute.txt"), "leads out"),
    "drive": (named("C:/up.txt"), "leads out"),
    "backslash": (named("top\\..\\..\\up.txt"), "leads out"),
    "dot": (named("top/./x"), "leads out"),
    "empty part": (named("top//x"), "leads out"),
    "escape": (named("top/data/\x1b[2J"), "hidden characters"),
    "bidi": (named("top/data/\u202etxt.exe"), "hidden characters"),
    "long": (named("top/" + "x" * 500), "too long"),
    "case twin": (named("top/BAGIT.txt"), "stands twice"),
    "file and folder": (named("top/bagit.txt/x"), "both a file and a folder"),
    "two tops": (named("other/x"), "no package"),
    "link": (link, "a link"),
    "device": (device, "no file"),
    "twice": (twice, "stands twice"),
    "bomb": (bomb, "a hundred times"),
    "method": (unusual, "unusual method"),
}


@pytest.mark.parametrize(("attack", "why"), ARCHIVES.values(), ids=ARCHIVES.keys())
def test_a_hostile_archive_is_refused_and_nothing_is_written(
    folder, far, tmp_path, attack, why
) -> None:
    package = zipped(folder, tmp_path / "package.zip", attack)
    before = surroundings(tmp_path)
    absolute = Path("/tmp/docexam-absolute.txt")
    assert why in str(refused(far, package, code=2 if why == "no package" else 3))
    assert surroundings(tmp_path) == before
    assert not absolute.exists()


def central(content: bytearray, name: bytes) -> int:
    """Return where the central directory's entry of a name begins."""
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        length = struct.unpack_from("<H", content, at + 28)[0]
        if content[at + 46 : at + 46 + length] == name:
            return at
    raise AssertionError(name)


def test_sizes_that_lie_are_refused(folder, far, tmp_path) -> None:
    """A size in the directory smaller or larger than what unpacks, stored and deflated."""
    (original,) = (folder / "data" / "originals").iterdir()
    name = f"top/data/originals/{original.name}"
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        for lie in (10, 1 << 24, 0xFFFFFFF0):
            package = tmp_path / "package.zip"
            with zipfile.ZipFile(package, "w", method) as archive:
                for path in (p for p in folder.rglob("*") if p.is_file()):
                    archive.write(path, f"top/{path.relative_to(folder)}")
            content = bytearray(package.read_bytes())
            struct.pack_into("<I", content, central(content, name.encode()) + 24, lie)
            package.write_bytes(content)
            refused(far, package)


def test_entries_that_share_their_bytes_are_refused(folder, far, tmp_path) -> None:
    """A quoted-overlap bomb in small: many names for one and the same packed bytes."""
    payload = zlib.compress(bytes(1 << 16), 9)[2:-4]
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, zlib.crc32(bytes(1 << 16)),
                        len(payload), 1 << 16, 1, 0) + b"a" + payload  # fmt: skip
    entries = b"".join(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33,
                    zlib.crc32(bytes(1 << 16)), len(payload), 1 << 16, 5, 0, 0, 0, 0, 0, 0)
        + b"a%04d" % n
        for n in range(500)
    )  # fmt: skip
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 500, 500, len(entries), len(local), 0)
    package = tmp_path / "package.zip"
    package.write_bytes(local + entries + end)
    assert "more than it does" in str(refused(far, package))


def test_archives_cut_or_spoilt_anywhere_never_crash(folder, far, tmp_path) -> None:
    package = zipped(folder, tmp_path / "package.zip", lambda _archive: None)
    content = package.read_bytes()
    directory = content.index(b"PK\x01\x02")
    places = [*range(directory, len(content), 23), len(content) - 1, len(content) - 20]
    for at in places:
        spoilt = bytearray(content)
        spoilt[at] ^= 0xFF
        package.write_bytes(spoilt)
        # Either it opens, or it is refused in words; anything else fails the test.
        with suppress(DocexamError), opened_package(str(package)):
            pass
    for end in range(len(content) - 200, len(content), 61):
        package.write_bytes(content[:end])
        with pytest.raises(DocexamError):
            take_in(far, str(package))


def test_a_byte_changed_anywhere_in_an_archive_is_found_or_changes_no_file(
    packed, far, tmp_path
) -> None:
    """A ZIP file has bytes that mean nothing to its files; every other one is found."""
    package = zipped(packed, tmp_path / "package.zip", lambda _archive: None)
    content = package.read_bytes()
    with opened_package(str(package)) as bag:
        pristine = {name: bag.sha256(name) for name in bag.sizes}
    places = {*range(0, len(content), 2999), *range(len(content) - 120, len(content), 7)}
    told = set()
    for at in sorted(places):
        package.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        verdict = verify(far, str(package), Against())
        told.add(verdict.exit_code)
        assert verdict.exit_code in (0, 3), at
        if verdict.exit_code == 0:
            with opened_package(str(package)) as bag:
                assert {name: bag.sha256(name) for name in bag.sizes} == pristine
    assert told == {0, 3}


def test_too_many_files_and_too_much_in_all_are_refused(folder, far, tmp_path, monkeypatch) -> None:
    package = zipped(folder, tmp_path / "package.zip", lambda _archive: None)
    monkeypatch.setattr(unpacking, "MOST_FILES", 5)
    assert "more than 5 files" in str(refused(far, package))
    assert "more than 5 files" in str(refused(far, folder))
    monkeypatch.setattr(unpacking, "MOST_FILES", 5000)
    monkeypatch.setattr(unpacking, "MOST_TOTAL", 100)
    refused(far, package)
    refused(far, folder)


def test_an_encrypted_archive_is_refused(folder, far, tmp_path) -> None:
    package = zipped(folder, tmp_path / "package.zip", lambda _archive: None)
    content = bytearray(package.read_bytes())
    at = central(content, b"top/bagit.txt")
    content[at + 8] |= 1
    package.write_bytes(content)
    assert "encrypted" in str(refused(far, package))


# --- folders -----------------------------------------------------------------------------------


def test_links_and_pipes_in_a_folder_are_refused(folder, far, tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for name, make in {
        "data/originals/link": lambda p: p.symlink_to(secret),
        "data/linked": lambda p: p.symlink_to(tmp_path, target_is_directory=True),
        "data/pipe": os.mkfifo,
    }.items():
        path = folder / name
        make(path)
        assert ("no file" if "pipe" in name else "a link") in str(refused(far, folder))
        path.unlink()
    (original,) = (folder / "data" / "originals").iterdir()
    moved = tmp_path / "moved"
    original.rename(moved)
    original.symlink_to(moved)
    assert "a link" in str(refused(far, folder))


def journal_of(folder: Path) -> Path:
    (path,) = (folder / "data" / "journals").iterdir()
    return path


def rehash(journal: dict[str, Any]) -> None:
    """Give a changed journal hashes that fit, as a liar would."""
    prev = "0" * 64
    for event in journal["events"]:
        event["prev"] = prev
        parts = (event["seq"], event["at"], event["examiner"], event["kind"], event["data"])
        event["hash"] = prev = event_hash(journal["examination"], *parts, prev)
    journal["head"] = {"seq": journal["events"][-1]["seq"], "hash": prev}


def edited(
    change: Callable[[dict[str, Any]], object], *, prune: bool = True
) -> Callable[[Path], None]:
    """Change a journal and everything that would give the change away."""

    def edit(folder: Path) -> None:
        path = journal_of(folder)
        journal = json.loads(path.read_text())
        change(journal)
        if prune:
            used = set().union(*(refs_in(e["data"]) for e in journal["events"]))
            journal["texts"] = {k: v for k, v in journal["texts"].items() if k in used}
        rehash(journal)
        path.write_text(json.dumps(journal))

    return edit


def set_in(event: int, *keys: str, to: Any) -> Callable[[Path], None]:
    def change(journal: dict[str, Any]) -> None:
        place: Any = journal["events"][event]
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = to

    return edited(change)


def bound_to(key: str, value: str) -> Callable[[Path], None]:
    """Bind a journal to something else, wherever its first entry says so."""

    def change(journal: dict[str, Any]) -> None:
        data = journal["events"][0]["data"]
        data[key] = data["bound"][key] = value

    return edited(change)


def rewritten(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def rewrite(folder: Path) -> None:
        (path,) = folder.glob(name)
        path.write_text(change(path.read_text()))

    return rewrite


def foreign_original(folder: Path) -> None:
    (folder / "data" / "originals" / ("a" * 64)).write_bytes(b"not of that hash")


def loose_original(folder: Path) -> None:
    import hashlib

    content = b"nobody names these bytes"
    (folder / "data" / "originals" / hashlib.sha256(content).hexdigest()).write_bytes(content)


def no_picture(folder: Path) -> None:
    """The journal names bytes that are no image at all, all hashes fitting."""
    import hashlib

    content = b"%!PS-Adobe-3.0 EPSF-3.0\nshowpage\n"
    sha256 = hashlib.sha256(content).hexdigest()
    (original,) = (folder / "data" / "originals").iterdir()
    original.unlink()
    (folder / "data" / "originals" / sha256).write_bytes(content)
    set_in(0, "data", "captures", to=[{"sha256": sha256, "name": "x", "width": 9, "height": 9,
                                       "format": "EPS", "size": len(content)}])(folder)  # fmt: skip


def wider(folder: Path) -> None:
    def change(journal: dict[str, Any]) -> None:
        journal["events"][0]["data"]["captures"][0]["width"] = 90_000

    edited(change)(folder)


def unknown_text(journal: dict[str, Any]) -> None:
    ref = personal_ref(bytes(16), "left over")
    journal["texts"][ref] = {"salt": bytes(16).hex(), "text": "left over"}


def taken_back(journal: dict[str, Any]) -> None:
    """A finding without an item, undone: nothing folds it, and everything else reads it."""
    first = journal["events"][0]
    for kind, data in (("FindingRecorded", {}), ("Undone", {"target": 3})):
        number = len(journal["events"]) + 1
        journal["events"].append({**first, "seq": number, "kind": kind, "data": data})


def lost_texts(journal: dict[str, Any]) -> None:
    journal["texts"].clear()


def deep(_text: str) -> str:
    return "[" * 200_000 + "]" * 200_000


CONTENTS = {
    "kind unknown": rewritten("data/package.json", lambda t: t.replace('"full"', '"other"')),
    "exhibit with slashes": rewritten("data/package.json", lambda t: t.replace('"C"', '"../C"')),
    "exhibit in two scripts": rewritten("data/package.json", lambda t: t.replace('"C"', '"C\\u202e"')),
    "contents deep": rewritten("data/package.json", deep),
    "contents twice": rewritten("data/package.json", lambda t: t.replace("{", '{"kind": "x",', 1)),
    "contents a list": rewritten("data/package.json", lambda _t: "[]"),
    "contents no JSON": rewritten("data/package.json", lambda _t: "\0\0"),
    "journal deep": rewritten("data/journals/*", deep),
    "journal huge number": rewritten("data/journals/*", lambda t: t.replace("1", "1" * 9999, 1)),
    "journal no number": rewritten("data/journals/*", lambda t: t.replace('"seq": 1', '"seq": NaN')),
    "journal empty": rewritten("data/journals/*", lambda _t: "{}"),
    "journal of another": set_in(0, "data", "bound", "exhibit_id", to="x"),
    "journal of nobody": set_in(0, "data", "bound", "examiner", to="\u202enn"),
    "two examiners": set_in(0, "data", "examiner", to="Somebody"),
    "time that is none": set_in(1, "at", to="yesterday"),
    "item that is none": set_in(1, "data", "item", to=["x"]),
    "kind of bytes": set_in(1, "kind", to="\udcff"),
    "an act taken back that was none": edited(taken_back),
    "captures that are none": edited(
        lambda j: j["events"][0]["data"]["captures"][0].update(sha256=5)
    ),
    "target that is none": set_in(1, "data", to={"answer": {"a": {}}}),
    "checklist that is none": set_in(0, "data", "checklist", "sha256", to="0" * 64),
    "texts lost": edited(lost_texts),
    "text left over": edited(unknown_text, prune=False),
    "events out of order": edited(lambda j: j["events"].reverse()),
    "no events": rewritten("data/journals/*", lambda t: json.dumps({**json.loads(t), "events": []})),
    "exhibit not in the package": bound_to("exhibit_id", "0" * 8 + "-0000-4000-8000-" + "0" * 12),
    "exhibit of another name": bound_to("exhibit", "F"),
    "examiner with hidden letters": bound_to("examiner", "Ann\u200b"),
    "original of another hash": foreign_original,
    "original that nobody names": loose_original,
    "original that is no picture": no_picture,
    "capture larger than its picture": wider,
    "original missing": lambda f: next((f / "data" / "originals").iterdir()).unlink(),
    "checklist missing": lambda f: next((f / "data" / "checklists").iterdir()).unlink(),
    "file with no place": lambda f: (f / "data" / "run.sh").write_text("rm -rf /"),
    "signature without a text": lambda f: (
        (f / "data" / "signatures").mkdir(),
        (f / "data" / "signatures" / f"{journal_of(f).stem}-1.sig").write_text("x"),
    ),
    "fetch": lambda f: (f / "fetch.txt").write_text("http://example.org/x 5 data/x\n"),
}  # fmt: skip


@pytest.mark.parametrize("attack", CONTENTS.values(), ids=CONTENTS.keys())
def test_contents_that_lie_are_refused_though_the_bag_is_valid(folder, far, attack) -> None:
    attack(folder)
    if attack is not CONTENTS["fetch"]:
        reseal(folder)
        assert bagit.Bag(str(folder)).is_valid()
    error = refused(far, folder)
    assert not any(c in str(error) for c in "\x1b\u202e\0")


MANIFESTS = {
    "a path out": "0" * 64 + "  ../../../etc/passwd\n",
    "an absolute path": "0" * 64 + "  /etc/passwd\n",
    "no manifest": "this is no manifest\n",
    "a path twice": "{line}\n{line}\n",
    "no bytes of text": "\udcff",
}


@pytest.mark.parametrize("text", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_manifests_that_lie_are_refused(folder, far, text) -> None:
    path = folder / "manifest-sha256.txt"
    old = path.read_text()
    line = old.splitlines()[0]
    path.write_text(old + text.replace("{line}", line), errors="surrogateescape")
    refused(far, folder)


def test_a_public_package_with_more_in_it_than_it_says_is_refused(folder, far) -> None:
    rewritten("data/package.json", lambda t: t.replace('"full"', '"public"'))(folder)
    reseal(folder)
    refused(far, folder)


def test_a_known_exhibit_with_other_captures_is_no_home_for_an_examination(
    packed, far, tmp_path
) -> None:
    """Somebody gives an examination of another document the identity of one that is known."""
    take_in(far, str(packed))
    docexam = _E2E.Docexam(tmp_path)
    docexam.examiner = "Mallory"
    docexam.new("C/E", docexam.image("other.jpg", n=77))
    folder = tmp_path / "package"
    export(Workbench(docexam.casebook, "Mallory"), Wanted("C/E", str(folder)))
    known = json.loads((packed / "data" / "package.json").read_text())["exhibits"][0]["id"]
    mine = json.loads((folder / "data" / "package.json").read_text())["exhibits"][0]["id"]
    bound_to("exhibit_id", known)(folder)
    rewritten("data/package.json", lambda t: t.replace(mine, known))(folder)
    shutil.rmtree(folder / "data" / "signatures", ignore_errors=True)
    reseal(folder)
    before = [p for p in far.root.rglob("*") if p.is_file() and "originals" in p.parts]
    with pytest.raises(DocexamError) as caught:
        take_in(far, str(folder))
    assert caught.value.exit_code == 2
    assert "its captures or its checklist are others here" in str(caught.value)
    assert [p for p in far.root.rglob("*") if p.is_file() and "originals" in p.parts] == before


def test_a_failure_at_the_last_step_leaves_nothing_behind(folder, far, monkeypatch) -> None:
    from docexam.casebook.adoption import Adoption

    def fail(*_args: object) -> None:
        raise OSError("the disk has gone")

    monkeypatch.setattr(Adoption, "check", fail)
    with pytest.raises(OSError, match="disk has gone"):
        take_in(far, str(folder))
    assert far.store.list_exhibits() == []
    assert not [p for p in (far.root / "originals").rglob("*") if p.is_file()]
    monkeypatch.undo()
    assert take_in(far, str(folder)).originals == 1


def test_damage_known_originals_heal_and_stay_when_a_package_fails(packed, far, tmp_path) -> None:
    """What the casebook had before an import that fails, it has afterwards."""
    assert take_in(far, str(packed)).originals == 1
    kept = [p for p in (far.root / "originals").rglob("*") if p.is_file()]
    folder = Path(shutil.copytree(packed, tmp_path / "package"))
    set_in(1, "data", "answer", to=["violet"])(folder)
    reseal(folder)
    with pytest.raises(DocexamError) as caught:
        take_in(far, str(folder))
    assert "differ from entry 2" in str(caught.value)
    assert [p for p in (far.root / "originals").rglob("*") if p.is_file()] == kept


def test_hostile_texts_come_through_exactly_and_are_shown_inert(tmp_path) -> None:
    docexam = _E2E.Docexam(tmp_path)
    docexam.new()
    hostile = "<script>\x1b]0;x\x07\u202e[@click=app.quit]\u200b=HYPERLINK(1)\U0001f600\udcff"
    docexam.quick("record", "C/E", "inks", "blue", "--note", "ok")
    bench = Workbench(docexam.casebook, docexam.examiner)
    from docexam.domain.acts import Recording

    bench.own_review("C/E").record(Recording("inks", note=hostile))
    package = tmp_path / "out.zip"
    export(bench, Wanted("C/E", str(package)))
    docexam.casebook = tmp_path / "far"
    told = docexam.quick("import", package)
    assert told.code == 0, told.err
    assert docexam.show()["findings"]["inks"]["note"] == hostile
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if name.endswith((".json", ".txt")):
                content = archive.read(name).decode("utf-8")
                assert not any(c in content for c in "\x1b\x07\u202e\u200b"), name
    verified = docexam.quick("verify", "C/E")
    assert not any(c in verified.out + verified.err for c in "\x1b\x07\u202e")


def test_the_reader_never_holds_a_file_open_to_a_link_put_in_its_place(folder) -> None:
    with opened_package(str(folder)) as bag:
        path = folder / "bagit.txt"
        path.unlink()
        path.symlink_to("/etc/passwd")
        with pytest.raises(DocexamError):
            bag.read("bagit.txt", 1 << 20)


def test_reading_stops_at_the_cap(folder) -> None:
    with opened_package(str(folder)) as bag, pytest.raises(DocexamError, match="larger"):
        bag.read("README.txt", 10)
