"""Packages through the real program: out, checked by stock tools, and home again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import bagit
import jsonschema
import pytest

from docexam.domain.events import FIRST_PREV, event_hash

SECRET = "ANNSECRETNOTE"
READING = "СЕКРЕТОВ"


class Office:
    """Two examiners, each with a casebook of their own, and packages between them."""

    def __init__(self, docexam) -> None:
        self.docexam = docexam
        self.folder = docexam.folder

    def at(self, place: str, *words, examiner: str = "Ann Example", **more):
        self.docexam.examiner = examiner
        self.docexam.casebook = self.folder / place
        return self.docexam(*words, **more) if more else self.docexam.quick(*words)

    def export(self, place: str, name: str, *words, **more) -> Path:
        target = self.folder / name
        ran = self.at(place, "export", *words, "-o", target, **more)
        assert ran.code == 0, ran.err
        return target

    def state(self, place: str) -> list:
        """Return every row that an import may touch, and every file of the casebook."""
        root = self.folder / place
        tables = ("exhibits", "examinations", "events", "personal", "originals", "checklists",
                  "exhibit_records", "readers")  # fmt: skip
        with closing(sqlite3.connect(root / "casebook.sqlite")) as con:
            rows = [(t, sorted(map(repr, con.execute(f"SELECT * FROM {t}")))) for t in tables]
        kept = [p for part in ("originals", "signatures") for p in (root / part).rglob("*")]
        return [rows, sorted(str(p) for p in kept if p.is_file())]


@pytest.fixture(scope="module")
def worked(tmp_path_factory, docexam_at) -> Path:
    """Ann has worked on an exhibit of two captures and closed it."""
    docexam = docexam_at(tmp_path_factory.mktemp("worked"))
    office = Office(docexam)
    images = [docexam.image("one.jpg", n=1), docexam.image("two.png", n=2)]
    ran = office.at("ann", "new", "C/E", "--checklist", docexam.checklist, *images,
                    "--source", "a friend", "--obtained", "2026-10-01")  # fmt: skip
    assert ran.code == 0, ran.err
    office.at("ann", "record", "C/E", "photo", "absent", "--region", "1:0.1,0.1,0.5,0.5")
    office.at("ann", "record", "C/E", "inks", "blue,violet", "--note", f"{SECRET}\u202e\x1b")
    office.at("ann", "transcribe", "C/E", "surname", READING)
    office.at("ann", "undo", "C/E")
    office.at("ann", "redo", "C/E")
    assert office.at("ann", "close", "C/E").code == 0
    return office.folder / "ann"


@pytest.fixture
def office(docexam, worked) -> Office:
    shutil.copytree(worked, docexam.folder / "ann")
    return Office(docexam)


def test_a_package_is_valid_for_stock_tools_and_its_readme_works(office) -> None:
    folder = office.export("ann", "out", "C/E")
    bag = bagit.Bag(str(folder))
    assert bag.is_valid()
    assert bag.info["External-Description"] == "docexam package (full): C/E"
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(
            ["sha256sum", "-c", "--strict", name], cwd=folder, capture_output=True
        )
        assert done.returncode == 0, done.stderr
    readme = (folder / "README.txt").read_text("utf-8")
    script = readme[readme.index("import hashlib") : readme.index('print("everything holds")')]
    check = folder.parent / "check.py"
    check.write_text(script + 'print("everything holds")\n', "utf-8")

    def run() -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-I", "-S", check]
        return subprocess.run(command, cwd=folder, capture_output=True)

    assert b"everything holds" in run().stdout
    (journal,) = (folder / "data" / "journals").iterdir()
    head = office.at("ann", "show", "C/E", "--json").json["head"]["hash"]
    assert head in run().stdout.decode()
    assert head in readme
    text = journal.read_text()
    journal.write_text(text.replace("blue", "bloo"))
    assert b"entry 3 was altered" in run().stderr
    journal.write_text(text.replace(SECRET, "ANOTHERNOTE"))
    assert b"a text was altered" in run().stderr


def test_only_its_owner_can_read_a_package(office) -> None:
    folder, file = office.export("ann", "out", "C/E"), office.export("ann", "out.zip", "C/E")
    assert file.stat().st_mode & 0o077 == 0
    assert all(p.stat().st_mode & 0o077 == 0 for p in (folder, *folder.rglob("*")) if p.is_file())
    assert folder.stat().st_mode & 0o077 == 0


def test_the_same_examination_gives_the_same_bytes(office) -> None:
    one, two = office.export("ann", "a.zip", "C/E"), office.export("ann", "b.zip", "C/E")
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        archive.extractall(office.folder / "unzipped")
    folder = office.export("ann", "dir", "C/E")
    (inner,) = (office.folder / "unzipped").iterdir()
    left, right = (
        {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (inner, folder)
    )
    assert left == right
    assert bagit.Bag(str(inner)).is_valid()


def test_nothing_is_overwritten_and_a_failure_leaves_nothing(office) -> None:
    (office.folder / "taken").mkdir()
    (office.folder / "taken" / "mine.txt").write_text("mine")
    (office.folder / "taken.zip").write_text("mine")
    (office.folder / "file").write_text("mine")

    def others() -> list[Path]:
        return sorted(p for p in office.folder.rglob("*") if "ann" not in p.parts)

    before = others()
    for name in ("taken", "taken.zip", "file", "no/such/folder", "no/such.zip"):
        ran = office.at("ann", "export", "C/E", "-o", office.folder / name)
        assert ran.code == (1 if "no/" in name else 2), (name, ran.err)
    assert (office.folder / "taken.zip").read_text() == "mine"
    assert others() == before
    assert office.at("ann", "export", "C/X", "-o", office.folder / "x").code == 2
    assert office.at("ann", "export", "X", "-o", office.folder / "x").code == 2


def test_a_damaged_original_or_journal_is_not_exported(office) -> None:
    (original,) = list((office.folder / "ann" / "originals").glob("*/*"))[:1]
    original.chmod(0o600)
    original.write_bytes(original.read_bytes() + b"x")
    ran = office.at("ann", "export", "C/E", "-o", office.folder / "out")
    assert ran.code == 3
    assert original.name in ran.err
    assert not (office.folder / "out").exists()
    assert not [p for p in office.folder.iterdir() if p.name.startswith(".out")]


def test_a_whole_examination_travels_and_is_the_same_elsewhere(office) -> None:
    package = office.export("ann", "out.zip", "C/E")
    ran = office.at("far", "import", package, "--json", examiner="Carol")
    assert ran.code == 0, ran.err
    assert ran.json["originals"] == 2
    assert [t["outcome"] for t in ran.json["taken"]] == ["added"]
    for command in ("show", "log", "list"):
        words = (command, *(() if command == "list" else ("C/E",)), "--json")
        here, there = office.at("ann", *words), office.at("far", *words)
        assert here.json == there.json, command
    assert SECRET in office.at("far", "show", "C/E").out
    for sought in (SECRET, READING, "one.jpg", "a friend"):
        assert len(office.at("far", "list", "--find", sought, "--json").json) == 1, sought
    assert office.at("far", "verify", "C/E").code == 0
    assert office.at("far", "reopen", "C/E", "--reason", "more").code == 0
    again = office.at("far", "import", package)
    assert again.code == 0
    assert "known already" in again.out


def test_a_case_travels_whole(office) -> None:
    extra = office.docexam.image("three.jpg", n=3)
    checklist = office.docexam.checklist
    assert office.at("ann", "new", "C/F", "--checklist", checklist, extra).code == 0
    package = office.export("ann", "case.zip", "C")
    assert office.at("far", "import", package).code == 0
    listed = office.at("far", "list", "--json").json
    assert {row["exhibit"] for row in listed} == {"E", "F"}
    assert office.at("far", "verify", "C").code == 0


def traces(folder: Path, texts: list[str]) -> list[str]:
    forms = {
        form
        for text in texts
        for form in (text.encode(), json.dumps(text)[1:-1].encode(), text.encode("utf-16-le"))
    }
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            found += [f"{path.name}: {f!r}" for f in forms if f in path.read_bytes()]
    return found


def test_a_second_examiner_works_blind_elsewhere_and_the_work_comes_home(office) -> None:
    folder = office.export("ann", "blind", "C/E", "--blind-for", "Bob")
    answers = ['"absent"', '"blue"', '"violet"']
    found = traces(folder / "data" / "exhibits", [SECRET, READING, "Ann Example", *answers])
    found += traces(folder, [SECRET, READING, "Ann Example", "FindingRecorded"])
    assert found == []
    assert bagit.Bag(str(folder)).is_valid()
    assert office.at("bob", "import", folder, examiner="Bob").code == 0
    (listed,) = office.at("bob", "list", "--json", examiner="Bob").json
    assert (listed["state"], listed["examiner"]) == ("unexamined", "")
    ran = office.at("bob", "show", "C/E", examiner="Bob")
    assert ran.code == 2
    assert "docexam second" in ran.err
    assert office.at("bob", "verify", "C/E", examiner="Bob").code == 0
    assert office.at("bob", "second", "C/E", examiner="Bob").code == 0
    shown = office.at("bob", "show", "C/E", "--json", examiner="Bob").json
    mine = office.at("ann", "show", "C/E", "--json").json
    assert shown["captures"] == mine["captures"]
    assert shown["checklist"] == mine["checklist"]
    assert shown["provenance"] == mine["provenance"]
    office.at("bob", "record", "C/E", "photo", "unclear", "--note", "BOBNOTE", examiner="Bob")
    office.at("bob", "close", "C/E", examiner="Bob")
    home = office.export("bob", "home.zip", "C/E", examiner="Bob")
    assert office.at("ann", "import", home).code == 0
    data = office.at("ann", "compare", "C/E", "--json").json
    assert data["examiners"] == ["Ann Example", "Bob"]
    assert office.at("ann", "verify", "C/E").code == 0
    back = office.export("ann", "back.zip", "C/E")
    assert office.at("bob", "import", back, examiner="Bob").code == 0
    assert office.at("bob", "compare", "C/E", "--json", examiner="Bob").json == data


def test_what_comes_home_stays_closed_to_whom_it_would_sway(office) -> None:
    """Ann's work arrives while Bob is still at it: no command of his tells what she found."""
    folder = office.export("ann", "blind", "C/E", "--blind-for", "Bob")
    office.at("bob", "import", folder, examiner="Bob")
    office.at("bob", "second", "C/E", examiner="Bob")
    ran = office.at("bob", "import", office.export("ann", "full", "C/E"), examiner="Bob")
    assert ran.code == 0
    assert office.at("bob", "show", "C/E", "--of", "Ann Example", examiner="Bob").code == 4
    assert office.at("bob", "compare", "C/E", examiner="Bob").code == 4
    told = office.at("bob", "verify", "C/E", "--json", examiner="Bob")
    assert told.code == 0
    anns = next(h for h in told.json["heads"] if h["examiner"] == "Ann Example")
    assert (anns["seq"], anns["head"]) == (None, None)
    for words in (("C/E",), ("C",), ("C/E", "--of", "Ann Example"), ("C/E", "--redact", "public")):
        target = office.folder / "leak"
        assert office.at("bob", "export", *words, "-o", target, examiner="Bob").code == 4
        assert not target.exists()
    own = office.export("bob", "own", "C/E", "--of", "Bob", examiner="Bob")
    assert traces(own, [SECRET, READING, "Ann Example"]) == []
    again = office.export("bob", "again", "C/E", "--blind-for", "Bob", examiner="Bob")
    assert traces(again, [SECRET, READING, "Ann Example"]) == []


def test_whoever_has_read_the_findings_gets_no_blind_package(office) -> None:
    assert office.at("ann", "show", "C/E", examiner="Bob").code == 0
    ran = office.at("ann", "export", "C/E", "--blind-for", "Bob", "-o", office.folder / "x")
    assert ran.code == 4
    assert "has read" in ran.err


def test_exporting_anothers_work_is_reading_it(office) -> None:
    office.export("ann", "out", "C/E", examiner="Carol")
    assert office.at("ann", "second", "C/E", examiner="Carol").code == 4


def test_a_longer_journal_takes_the_known_one_further_and_a_shorter_changes_nothing(office) -> None:
    early = office.export("ann", "early.zip", "C/E")
    office.at("far", "import", early)
    later = office.docexam.image("late.png", n=9)
    office.at("ann", "reopen", "C/E", "--reason", "a later capture")
    assert office.at("ann", "add", "C/E", later).code == 0
    office.at("ann", "record", "C/E", "photo", "present", "--note", "LATER", "--reason", "seen")
    ran = office.at("far", "import", office.export("ann", "late.zip", "C/E"), "--json")
    assert [t["outcome"] for t in ran.json["taken"]] == ["extended"]
    assert ran.json["originals"] == 1
    assert (
        office.at("far", "show", "C/E", "--json").json
        == office.at("ann", "show", "C/E", "--json").json
    )
    assert len(office.at("far", "list", "--find", "LATER", "--json").json) == 1
    assert office.at("far", "verify", "C/E").code == 0
    before = office.state("far")
    assert office.at("far", "import", early).code == 0
    assert office.state("far") == before


def test_an_upgraded_checklist_travels_with_its_examination(office) -> None:
    office.at("ann", "reopen", "C/E", "--reason", "new checklist")
    newer = office.folder / "newer.toml"
    text = office.docexam.checklist.read_text("utf-8")
    newer.write_text(text.replace("1.0.0", "1.1.0").replace("How many pages", "How many leaves"))
    moved = office.at("ann", "checklist", "upgrade", "C/E", "--to", newer)
    assert moved.code == 0, moved.err
    assert office.at("far", "import", office.export("ann", "up.zip", "C/E")).code == 0
    there = office.at("far", "show", "C/E", "--json").json
    assert there["checklist"]["version"] == "1.1.0"
    assert there == office.at("ann", "show", "C/E", "--json").json
    # Bob, given the newer checklist blind, agrees with an exhibit that began with the older one.
    folder = office.export("ann", "blind", "C/E", "--blind-for", "Bob")
    office.at("bob", "import", folder, examiner="Bob")
    office.at("bob", "second", "C/E", examiner="Bob")
    home = office.export("bob", "home", "C/E", examiner="Bob")
    assert office.at("ann", "import", home).code == 0


def test_journals_that_part_are_told_and_nothing_is_changed(office) -> None:
    package = office.export("ann", "out.zip", "C/E")
    office.at("far", "import", package)
    for place in ("ann", "far"):
        office.at(place, "reopen", "C/E", "--reason", place)
    before = office.state("far")
    ran = office.at("far", "import", office.export("ann", "other.zip", "C/E"))
    assert ran.code == 2
    assert "differ from entry 8 on" in ran.err
    assert office.state("far") == before


def test_a_namesake_is_a_conflict(office) -> None:
    image = office.docexam.image("other.jpg", n=7)
    office.at("far", "new", "C/E", "--checklist", office.docexam.checklist, image)
    before = office.state("far")
    ran = office.at("far", "import", office.export("ann", "out.zip", "C/E"))
    assert ran.code == 2
    assert "another exhibit has this name" in ran.err
    assert office.state("far") == before


def test_one_conflict_keeps_out_a_whole_package(office) -> None:
    extra = office.docexam.image("three.jpg", n=3)
    checklist = office.docexam.checklist
    office.at("ann", "new", "C/F", "--checklist", checklist, extra)
    office.at("far", "new", "C/F", "--checklist", checklist, extra)
    before = office.state("far")
    assert office.at("far", "import", office.export("ann", "case", "C")).code == 2
    assert office.state("far") == before


def test_a_disposal_stays_a_disposal(office) -> None:
    package = office.export("ann", "out.zip", "C/E")
    office.at("far", "import", package)
    assert office.at("far", "dispose", "C/E", "--reason", "over").code == 0
    before = office.state("far")
    ran = office.at("far", "import", package)
    assert ran.code == 4
    assert "disposed of here" in ran.err
    assert office.state("far") == before
    gone = office.export("far", "gone.zip", "C/E")
    assert office.at("new", "import", gone).code == 0
    (listed,) = office.at("new", "list", "--json").json
    assert listed["state"] == "disposed"
    assert office.at("new", "verify", "C/E").code == 0
    # A disposal elsewhere never removes anything here: anybody could write one.
    ran = office.at("ann", "import", gone)
    assert ran.code == 2
    assert "disposed of elsewhere" in ran.err
    assert office.at("ann", "verify", "C/E").code == 0


def test_an_exhibit_that_nobody_examined_can_be_given_up(office) -> None:
    folder = office.export("ann", "blind", "C/E", "--blind-for", "Bob")
    office.at("bob", "import", folder, examiner="Bob")
    assert office.at("bob", "dispose", "C/E", "--reason", "over", examiner="Bob").code == 0
    assert traces(office.folder / "bob", ["one.jpg", "a friend"]) == []
    assert not [p for p in (office.folder / "bob" / "originals").rglob("*") if p.is_file()]
    for words in (("second", "C/E"), ("import", folder), ("dispose", "C/E", "--reason", "x")):
        assert office.at("bob", *words, examiner="Bob").code == 4, words


def test_a_public_package_holds_reports_and_signatures_only(office) -> None:
    key = office.folder / "key"
    if shutil.which("ssh-keygen"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        assert office.at("ann", "sign", "C/E", "--key", key).code == 0
    folder = office.export("ann", "public", "C/E", "--redact", "public")
    parts = {p.relative_to(folder / "data").parts[0] for p in (folder / "data").rglob("*.*")}
    assert parts <= {"package.json", "reports", "signatures"}
    shown = office.at("ann", "show", "C/E", "--json").json
    hashes = [c["sha256"] for c in shown["captures"]]
    assert traces(folder, [SECRET, READING, "one.jpg", "a friend", *hashes]) == []
    assert bagit.Bag(str(folder)).is_valid()
    ran = office.at("ann", "verify", folder)
    assert ran.code == 0
    assert "not in a public package" in ran.out
    refused = office.at("far", "import", folder)
    assert refused.code == 2
    assert not (office.folder / "far").exists()


def test_signatures_travel_and_are_checked_on_the_way_in(office) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH's ssh-keygen is not installed")
    key = office.folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    office.at("ann", "sign", "C/E", "--key", key)
    folder = office.export("ann", "out", "C/E")
    told = office.at("ann", "verify", folder, "--json").json
    assert [s["good"] for s in told["signatures"]] == [True]
    assert office.at("far", "import", folder).code == 0
    assert office.at("far", "verify", "C/E", "--json").json["signatures"][0]["good"]
    (signature,) = (folder / "data" / "signatures").glob("*.sig")
    other = office.folder / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", other], check=True)
    with open(office.folder / "other", "rb"):
        forged = subprocess.run(
            ["ssh-keygen", "-Y", "sign", "-f", other, "-n", "journal-head@docexam"],
            input=b"something else", capture_output=True, check=True,
        ).stdout  # fmt: skip
    signature.write_bytes(forged)
    reseal(folder)
    assert bagit.Bag(str(folder)).is_valid()
    ran = office.at("new", "import", folder)
    assert ran.code == 3
    assert "signature does not hold" in ran.err
    assert not (office.folder / "new" / "signatures").exists()
    no_tool = {**os.environ, "PATH": str(office.folder / "nowhere")}
    assert office.at("new", "import", office.export("ann", "x", "C/E"), env=no_tool).code == 1


def test_a_rewritten_journal_does_not_keep_its_signature(office) -> None:
    """All hashes fit and the signature fits its text; only the two do not fit each other."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("OpenSSH's ssh-keygen is not installed")
    key = office.folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    office.at("ann", "sign", "C/E", "--key", key)
    folder = office.export("ann", "out", "C/E")
    (path,) = (folder / "data" / "journals").iterdir()
    journal, prev = json.loads(path.read_text()), FIRST_PREV
    journal["events"][2]["data"]["answer"] = ["blue"]
    for event in journal["events"]:
        parts = (event["seq"], event["at"], event["examiner"], event["kind"], event["data"], prev)
        event["prev"], event["hash"] = prev, event_hash(journal["examination"], *parts)
        prev = event["hash"]
    journal["head"]["hash"] = prev
    path.write_text(json.dumps(journal))
    reseal(folder)
    ran = office.at("far", "verify", folder, "--json")
    assert ran.code == 3
    assert [f["code"] for f in ran.json["faults"]] == ["signature-broken"]
    assert "rewritten" in ran.err or "another one" in ran.err
    assert office.at("far", "import", folder).code == 3


def test_two_examinations_by_one_name_do_not_meet(office) -> None:
    folder = office.export("ann", "blind", "C/E", "--blind-for", "Bob")
    office.at("elsewhere", "import", folder)
    assert office.at("elsewhere", "second", "C/E").code == 0
    home = office.export("elsewhere", "home", "C/E")
    before = office.state("ann")
    ran = office.at("ann", "import", home)
    assert ran.code == 2
    assert "the same examiner has another examination" in ran.err
    assert office.state("ann") == before


def test_an_export_that_is_refused_counts_as_reading_nothing(office) -> None:
    extra = office.docexam.image("three.jpg", n=3)
    office.at("ann", "new", "C/F", "--checklist", office.docexam.checklist, extra)
    office.at("ann", "second", "C/F", examiner="Carol")
    ran = office.at("ann", "export", "C", "-o", office.folder / "x", examiner="Carol")
    assert ran.code == 4
    assert office.at("ann", "second", "C/E", examiner="Carol").code == 0


def reseal(folder: Path) -> None:
    """Write manifests anew, as somebody would who wants a change to pass."""
    bag = bagit.Bag(str(folder))
    bag.save(manifests=True)


def flip(path: Path, at: int | None = None) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def test_every_changed_byte_of_a_package_is_found_and_the_file_is_named(office) -> None:
    pristine = office.export("ann", "pristine", "C/E")
    names = [p.relative_to(pristine) for p in pristine.rglob("*") if p.is_file()]
    assert len(names) >= 10
    for name in names:
        folder = office.folder / "changed"
        shutil.copytree(pristine, folder)
        flip(folder / name)
        ran = office.at("far", "verify", folder, "--json")
        assert ran.code == 3, name
        told = [f"{f['where']} {f['what']}" for f in ran.json["faults"]]
        assert any(name.name in line for line in told), (name, told)
        shutil.rmtree(folder)


def test_a_changed_package_that_was_sealed_anew_still_does_not_hold(office) -> None:
    pristine = office.export("ann", "pristine", "C/E")
    changes = {
        "event-altered": ("journals", lambda t: t.replace('"blue"', '"bloo"')),
        "text-altered": ("journals", lambda t: t.replace(SECRET, "NOTHING TO SEE")),
        "file-unreadable": ("checklists", lambda t: t.replace("Seals", "Steals")),
    }
    for code, (part, change) in changes.items():
        folder = office.folder / code
        shutil.copytree(pristine, folder)
        (path,) = (folder / "data" / part).iterdir()
        path.write_text(change(path.read_text()))
        reseal(folder)
        ran = office.at("far", "verify", folder, "--json")
        assert ran.code == 3
        faults = [f for f in ran.json["faults"] if f["code"] == code]
        assert faults, ran.json["faults"]
        assert path.name in faults[0]["where"]
        if part == "journals":
            assert "inks" in faults[0]["what"]
        assert office.at("far", "import", folder).code == 3
    assert not (office.folder / "far").exists()


def unguarded(casebook: Path, statement: str, *values: object) -> None:
    """Change a row as somebody would who takes the guards off and puts them back."""
    with closing(sqlite3.connect(casebook / "casebook.sqlite", isolation_level=None)) as con:
        guards = con.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in guards:
            con.execute(f"DROP TRIGGER {name}")
        assert con.execute(statement, values).rowcount == 1
        for _, sql in guards:
            con.execute(sql)


EDITS = [
    ("event-altered", "FindingRecorded, inks",
     "UPDATE events SET data = replace(data, 'violet', 'viulet') WHERE seq = 3"),
    ("text-altered", "FindingRecorded, inks",
     "UPDATE personal SET text = CAST('x' AS BLOB) WHERE instr(text, 'ANNSECRETNOTE')"),
    ("text-missing", "FieldTranscribed, surname",
     "DELETE FROM personal WHERE instr(text, CAST('СЕКРЕТОВ' AS BLOB))"),
    ("tail-cut", "", "DELETE FROM events WHERE kind = 'Closed'"),
    ("checklist-altered", "", "UPDATE checklists SET json = replace(json, 'Seals', 'Steals')"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "about", "statement"), EDITS, ids=[e[0] for e in EDITS])
def test_every_change_in_a_casebook_is_found_and_named(office, code, about, statement) -> None:
    unguarded(office.folder / "ann", statement)
    ran = office.at("ann", "verify", "C/E", "--json")
    assert ran.code == 3
    faults = [f for f in ran.json["faults"] if f["code"] == code]
    assert faults, ran.json["faults"]
    assert about in faults[0]["what"]
    assert "Ann Example on C/E" in faults[0]["where"]
    assert office.at("ann", "export", "C/E", "-o", office.folder / "x").code == 3


def test_a_changed_original_is_named_by_its_capture(office) -> None:
    sha256 = office.at("ann", "show", "C/E", "--json").json["captures"][1]["sha256"]
    flip(office.folder / "ann" / "originals" / sha256[:2] / sha256)
    ran = office.at("ann", "verify", "C", "--json")
    assert ran.code == 3
    (fault,) = ran.json["faults"]
    assert (fault["code"], fault["where"]) == ("original-altered", "C/E, capture 2")
    assert sha256 in fault["what"]


def test_what_is_no_package_and_nothing_known_is_the_callers_fault(office) -> None:
    (office.folder / "text.zip").write_text("no archive")
    (office.folder / "empty").mkdir()
    with zipfile.ZipFile(office.folder / "other.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    for name in ("text.zip", "empty", "other.zip", "nothing"):
        ran = office.at("far", "import", office.folder / name)
        assert ran.code == 2, (name, ran.err)
    assert office.at("far", "verify", "nothing").code == 2
    assert not (office.folder / "far").exists()


def test_what_the_commands_print_is_as_published(office) -> None:
    schema = json.loads((Path(__file__).parents[2] / "schema" / "cli.schema.json").read_text())

    def validate(name: str, ran) -> None:
        assert ran.code in (0, 3), ran.err
        jsonschema.validate(ran.json, {**schema, "$ref": f"#/$defs/{name}"})

    folder = office.folder / "out"
    if shutil.which("ssh-keygen"):
        key = office.folder / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        validate("sign", office.at("ann", "sign", "C/E", "--key", key, "--json"))
        report = office.folder / "report.md"
        office.at("ann", "report", "C/E", "--format", "markdown", "-o", report)
        validate("sign", office.at("ann", "sign", report, "--key", key, "--json"))
        validate("verify", office.at("ann", "verify", report, "--json"))
    validate("export", office.at("ann", "export", "C/E", "-o", folder, "--json"))
    validate("verify", office.at("ann", "verify", folder, "--json"))
    validate("verify", office.at("ann", "verify", "C", "--json"))
    validate("import", office.at("far", "import", folder, "--json"))
    flip(folder / "README.txt")
    validate("verify", office.at("ann", "verify", folder, "--json"))
    blind = office.export("ann", "blind", "C/E", "--blind-for", "Bob")
    validate("import", office.at("bob", "import", blind, "--json"))
    validate("list", office.at("bob", "list", "--json"))
    sheet = office.folder / "sheet.csv"
    validate("sheet", office.at("bob", "sheet", "C/E", "-o", sheet, "--json"))
    office.at("bob", "second", "C/E", examiner="Bob")
    lines = sheet.read_text("utf-8-sig").splitlines(keepends=True)
    filled = [
        line.replace(',"","","","",""', ',"blue","","","",""') if '"inks"' in line else line
        for line in lines
    ]
    sheet.write_text("".join(filled), "utf-8")
    words = ("record", "--from", sheet, "C/E", "--json")
    validate("record-from", office.at("bob", *words, examiner="Bob"))
