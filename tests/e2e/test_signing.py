"""Signatures, each proof checked by OpenSSH's own tool too."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from docexam.casebook import schema
from docexam.domain.events import FIRST_PREV, event_hash

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="OpenSSH's ssh-keygen is not installed"
)
REPORT = "report@docexam"
HEAD = "journal-head@docexam"


def make_key(folder: Path, name: str = "key", passphrase: str = "") -> Path:
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", path]
    subprocess.run(command, check=True)
    return path


def stock(words: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", "-Y", *words], input=content, capture_output=True)


def fingerprint(key: Path) -> str:
    told = subprocess.run(["ssh-keygen", "-l", "-f", key], capture_output=True, check=True)
    return told.stdout.decode().split()[1]


def allowed(folder: Path, name: str, key: Path, options: str = "") -> Path:
    path = folder / "allowed"
    public = Path(f"{key}.pub").read_text()
    path.write_text(" ".join(filter(None, (name, options, public))))
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return make_key(tmp_path)


@pytest.fixture
def report(docexam) -> Path:
    docexam.new()
    docexam.quick("record", "C/E", "photo", "present", "--note", "SECRET")
    path = docexam.folder / "report.md"
    assert docexam.quick("report", "C/E", "--format", "markdown", "-o", path).code == 0
    return path


def test_a_signed_report_is_proven_by_the_stock_tool_and_by_us(docexam, report, key) -> None:
    ran = docexam("sign", report, "--key", key, "--json")
    assert ran.code == 0, ran.err
    signature = ran.json["signature"]
    assert signature == f"{report}.sig"
    assert fingerprint(key) in ran.json["key"]
    content = report.read_bytes()
    told = stock(["check-novalidate", "-n", REPORT, "-s", signature], content)
    assert told.returncode == 0
    assert fingerprint(key).encode() in told.stdout
    ours = docexam("verify", report)
    assert ours.code == 0
    assert fingerprint(key) in ours.out
    assert "a signature holds none" in ours.out
    assert "--allowed-signers" in ours.out


def test_one_changed_byte_in_a_report_is_found_and_named(docexam, report, key) -> None:
    docexam("sign", report, "--key", key)
    content = bytearray(report.read_bytes())
    content[len(content) // 2] ^= 1
    report.write_bytes(content)
    ran = docexam.quick("verify", report, "--json")
    assert ran.code == 3
    assert ran.json["ok"] is False
    assert ran.json["proven"] == []
    assert ran.json["faults"][0]["code"] == "signature-broken"
    assert "report.md" in ran.json["faults"][0]["where"]
    assert stock(
        ["check-novalidate", "-n", REPORT, "-s", f"{report}.sig"], bytes(content)
    ).returncode


def test_a_name_comes_from_the_allowed_signers_only(docexam, report, key, tmp_path) -> None:
    docexam("sign", report, "--key", key)
    assert docexam.quick("verify", report, "--json").json["signatures"][0]["name"] == ""
    listed = allowed(tmp_path, "ann@example.org", key)
    ran = docexam.quick("verify", report, "--allowed-signers", listed)
    assert ran.code == 0
    assert "ann@example.org" in ran.out
    told = stock(
        ["verify", "-I", "ann@example.org", "-n", REPORT, "-f", str(listed), "-s", f"{report}.sig"],
        report.read_bytes(),
    )
    assert told.returncode == 0


@pytest.mark.parametrize("options", ["", f'namespaces="{HEAD}"', 'valid-before="20200101"'])
def test_a_key_that_may_not_sign_this_is_a_fault(docexam, report, key, tmp_path, options) -> None:
    """With a list of trusted keys, a report altered and signed anew by another is no proof."""
    docexam("sign", report, "--key", key)
    signer = key if options else make_key(tmp_path, "another")
    ran = docexam.quick(
        "verify", report, "--allowed-signers", allowed(tmp_path, "ann", signer, options)
    )
    assert ran.code == 3
    assert "signer-unknown" in ran.err
    assert "Proven" not in ran.out


def test_signing_never_overwrites_and_says_what_is_missing(docexam, report, key) -> None:
    assert docexam("verify", report).code == 2
    assert docexam("sign", report, "--key", key).code == 0
    before = Path(f"{report}.sig").read_bytes()
    assert docexam("sign", report, "--key", key).code == 2
    assert Path(f"{report}.sig").read_bytes() == before
    assert docexam("sign", report, "--key", docexam.folder / "none").code == 2
    assert docexam("sign", docexam.folder, "--key", key).code == 2
    assert docexam("sign", "nothing.md", "--key", key, cwd=docexam.folder).code == 2


def test_a_head_is_signed_as_it_stands_in_the_journal(docexam, key) -> None:
    docexam.new()
    docexam.quick("record", "C/E", "photo", "present")
    docexam.quick("close", "C/E")
    made = docexam("sign", "C/E", "--key", key, "--json").json
    last = docexam.quick("log", "C/E", "--json").json[-1]
    assert (made["seq"], made["head"]) == (last["seq"], last["hash"])
    signature = Path(made["signature"])
    assert signature.parent == docexam.casebook / "signatures"
    text = signature.with_suffix(".txt").read_bytes()
    assert text.decode() == (
        f"docexam journal head\nexamination {made['examination']}\n"
        f"entries {made['seq']}\nhead {made['head']}\n"
    )
    words = ["check-novalidate", "-s", str(signature)]
    assert stock([*words, "-n", HEAD], text).returncode == 0
    # A head's signature is none of a report, and the other way round.
    assert stock([*words, "-n", REPORT], text).returncode
    ran = docexam.quick("verify", "C/E")
    assert ran.code == 0
    assert f"Entries 1 to {made['seq']}" in ran.out
    assert fingerprint(key) in ran.out
    again = docexam("sign", "C/E", "--key", key, "--json").json
    assert again["signature"] == made["signature"]


def test_another_signer_signs_the_same_head_beside_the_first(docexam, key, tmp_path) -> None:
    docexam.new()
    first = docexam("sign", "C/E", "--key", key, "--json").json
    other = make_key(tmp_path, "other")
    second = docexam("sign", "C/E", "--key", other, "--json").json
    assert second["signature"] != first["signature"]
    ran = docexam.quick("verify", "C/E", "--json")
    assert ran.code == 0
    assert {fingerprint(k) for k in (key, other)} == {
        s["key"].split()[1] for s in ran.json["signatures"]
    }


def test_what_came_after_the_signature_is_not_covered(docexam, key) -> None:
    docexam.new()
    docexam("sign", "C/E", "--key", key)
    docexam.quick("record", "C/E", "photo", "present")
    docexam.quick("record", "C/E", "inks", "blue")
    ran = docexam.quick("verify", "C/E")
    assert ran.code == 0
    assert "entries 2 to 3 came after the last signature" in ran.out
    unsigned = docexam.quick("verify", "C", "--json").json
    assert not any("nobody signed it" in line for line in unsigned["not_proven"])


def rewrite(casebook: Path, change, keep: int = 1000) -> None:
    """Rewrite a whole journal with fitting hashes, as somebody who can write the file would."""
    with closing(sqlite3.connect(casebook / "casebook.sqlite", isolation_level=None)) as con:
        for name in schema.GUARDS:
            con.execute(f"DROP TRIGGER {name}")
        prev = FIRST_PREV
        rows = con.execute("SELECT * FROM events ORDER BY seq").fetchall()
        con.execute("DELETE FROM events")
        con.execute("UPDATE examinations SET head_seq = min(head_seq, ?)", (keep,))
        for examination, seq, at, examiner, kind, data, _prev, _hash in rows[:keep]:
            plain = change(seq, json.loads(data))
            digest = event_hash(examination, seq, at, examiner, kind, plain, prev)
            text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
            row = (examination, seq, at, examiner, kind, text, prev, digest)
            con.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            con.execute("UPDATE examinations SET head_hash = ? WHERE id = ?", (digest, examination))
            prev = digest
        for guard in schema.GUARDS.values():
            con.execute(guard)


def test_a_journal_rewritten_whole_deceives_the_chain_but_not_the_signature(docexam, key) -> None:
    docexam.new()
    docexam.quick("record", "C/E", "photo", "present")
    head = docexam.quick("close", "C/E").out.strip()
    docexam("sign", "C/E", "--key", key)

    def lie(seq: int, data):
        return {**data, "answer": "absent"} if seq == 2 else data

    rewrite(docexam.casebook, lie)
    assert docexam.show()["findings"]["photo"]["answer"] == "absent"
    ran = docexam.quick("verify", "C/E")
    assert ran.code == 3, ran.err
    assert "signature" in ran.err
    kept = docexam.quick("verify", "C/E", "--head", head)
    assert "head-unknown" in kept.err


def test_a_journal_cut_short_whole_is_shorter_than_what_was_signed(docexam, key) -> None:
    docexam.new()
    docexam.quick("record", "C/E", "inks", "blue")
    docexam.quick("record", "C/E", "inks", "violet")
    docexam("sign", "C/E", "--key", key)
    rewrite(docexam.casebook, lambda _seq, data: data, keep=2)
    assert docexam.quick("show", "C/E").code == 0
    ran = docexam.quick("verify", "C/E")
    assert ran.code == 3
    assert "cut off" in ran.err


def test_signatures_tell_the_blind_nothing_of_how_far_the_other_is(docexam, key) -> None:
    docexam.new()
    for answer in ("blue", "violet", "blue"):
        docexam.quick("record", "C/E", "inks", answer)
    docexam("sign", "C/E", "--key", key)
    docexam.quick("record", "C/E", "photo", "present")
    docexam.examiner = "Bob"
    docexam.quick("second", "C/E")
    ran = docexam.quick("verify", "C/E", "--json")
    assert ran.code == 0
    (told,) = ran.json["signatures"]
    assert (told["good"], told["seq"], told["entries"]) == (True, 0, 0)
    assert "-4" not in told["where"]
    words = " ".join([*ran.json["proven"], *ran.json["not_proven"]])
    assert "5 entries" not in words
    assert "1 to 4" not in words
    assert "came after" not in words


def test_a_head_kept_elsewhere_is_compared(docexam) -> None:
    docexam.new()
    docexam.quick("record", "C/E", "photo", "present")
    head = docexam.quick("close", "C/E").out.strip()
    docexam.quick("reopen", "C/E", "--reason", "more to see")
    ran = docexam.quick("verify", "C/E", "--head", head.upper())
    assert ran.code == 0
    assert "The hash you kept is that of entry 3" in ran.out
    assert docexam.quick("verify", "C/E", "--head", "0" * 64).code == 3


def test_a_passphrase_is_asked_by_the_stock_tool_on_the_terminal(docexam, report, tmp_path) -> None:
    locked = make_key(tmp_path, "locked", "correct horse")
    words = ["-m", "docexam", "--casebook", str(docexam.casebook), "sign", str(report)]
    child = pexpect.spawn(sys.executable, [*words, "--key", str(locked)], timeout=30)
    child.expect("passphrase")
    child.sendline("correct horse")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert docexam("verify", report).code == 0


def test_a_wrong_passphrase_leaves_nothing(docexam, report, tmp_path) -> None:
    locked = make_key(tmp_path, "locked", "correct horse")
    words = ["-m", "docexam", "--casebook", str(docexam.casebook), "sign", str(report)]
    child = pexpect.spawn(sys.executable, [*words, "--key", str(locked)], timeout=30)
    child.expect("passphrase")
    child.sendline("wrong")
    child.expect("DX-NOT-SIGNED")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    assert not Path(f"{report}.sig").exists()


@pytest.mark.skipif(shutil.which("ssh-agent") is None, reason="OpenSSH's ssh-agent is missing")
def test_an_agent_signs_for_a_public_key(docexam, report, key, tmp_path) -> None:
    # A socket's path may be short only, and a test's folder is long.
    socket = Path("/tmp") / f"docexam-test-{os.getpid()}"
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL)
    try:
        env = {**os.environ, "SSH_AUTH_SOCK": str(socket)}
        for _ in range(100):
            added = subprocess.run(["ssh-add", "-q", key], env=env, capture_output=True)
            if added.returncode == 0:
                break
            time.sleep(0.05)
        key.unlink()
        ran = docexam("sign", report, "--key", f"{key}.pub", env=env)
        assert ran.code == 0, ran.err
    finally:
        agent.send_signal(signal.SIGTERM)
        agent.wait(10)
        socket.unlink(missing_ok=True)
    assert docexam("verify", report).code == 0


def test_without_ssh_keygen_it_is_said_and_nothing_is_taken_for_checked(
    docexam, report, key
) -> None:
    docexam("sign", report, "--key", key)
    docexam("sign", "C/E", "--key", key)
    nowhere = {**os.environ, "PATH": str(docexam.folder)}
    for words in (("sign", "C/E", "--key", key), ("verify", report)):
        ran = docexam(*words, env=nowhere)
        assert ran.code == 1
        assert "DX-SSH-KEYGEN" in ran.err
        assert "OpenSSH" in ran.err
    ran = docexam("verify", "C/E", "--json", env=nowhere)
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert ran.json["unchecked"]


def test_heads_are_signed_by_whoever_may_read_them(docexam, key) -> None:
    docexam.new()
    docexam.examiner = "Bob"
    assert docexam.quick("second", "C/E").code == 0
    assert docexam("sign", "C/E", "--of", "Ann Example", "--key", key).code == 4
    assert docexam("sign", "C/E", "--key", key).code == 0
    docexam.quick("close", "C/E")
    assert docexam("sign", "C/E", "--of", "Ann Example", "--key", key).code == 0


def test_a_name_that_could_be_a_file_or_an_exhibit_is_asked_back(docexam, key) -> None:
    docexam.new()
    (docexam.folder / "C").mkdir()
    (docexam.folder / "C" / "E").write_text("a file")
    ran = docexam("sign", "C/E", "--key", key, cwd=docexam.folder)
    assert ran.code == 2
    assert "./C/E" in ran.err
    assert docexam("sign", "./C/E", "--key", key, cwd=docexam.folder).code == 0


def test_a_signature_that_is_none_is_a_fault_not_a_crash(docexam, report) -> None:
    junk = hashlib.sha256(b"").digest() * 4000
    for content in (b"", b"-----BEGIN SSH SIGNATURE-----\n", junk, b"-----BEGIN" * 9):
        Path(f"{report}.sig").write_bytes(content)
        ran = docexam("verify", report)
        assert ran.code == 3, content[:20]
        assert "Traceback" not in ran.err


def test_a_signature_beside_a_package_covers_the_whole_of_it(docexam, key) -> None:
    docexam.new()
    package = docexam.folder / "out.zip"
    assert docexam.quick("export", "C/E", "-o", package).code == 0
    unsigned = docexam.quick("verify", package)
    assert "not exchanged together" in unsigned.out
    assert docexam("sign", package, "--key", key).code == 0
    told = stock(["check-novalidate", "-n", REPORT, "-s", f"{package}.sig"], package.read_bytes())
    assert told.returncode == 0
    signed = docexam.quick("verify", package)
    assert signed.code == 0
    assert fingerprint(key) in signed.out
    assert "not exchanged together" not in signed.out
    with zipfile.ZipFile(package, "a") as archive:
        archive.comment = b"a comment changes no file of the bag"
    changed = docexam.quick("verify", package, "--json")
    assert changed.code == 3
    assert [f["code"] for f in changed.json["faults"]] == ["signature-broken"]


def test_an_unsigned_report_is_known_by_the_journal_that_records_it(docexam) -> None:
    docexam.new()
    report = docexam.folder / "partner.json"
    words = ("--format", "json", "--redact", "partner", "--for", "The Editor", "-o", report)
    assert docexam.quick("report", "C/E", *words).code == 0
    ran = docexam.quick("verify", report)
    assert ran.code == 0
    assert "Entry 2 of the journal of Ann Example on C/E records" in ran.out
    assert "The Editor" in ran.out
    report.write_bytes(report.read_bytes().replace(b"C", b"D", 1))
    assert docexam.quick("verify", report).code == 2
