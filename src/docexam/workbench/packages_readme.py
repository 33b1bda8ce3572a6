"""The README of a package: for somebody who has the folder and has never heard of docexam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docexam import __version__
from docexam.workbench import packages as pk

HEAD_NAMESPACE = "journal-head@docexam"
REPORT_NAMESPACE = "report@docexam"

_WHAT = {
    pk.FULL: (
        "This folder holds everything that belongs to the examinations listed below: the images\n"
        "as they were received, every entry of every examiner's journal, the checklists they\n"
        "worked by, reports, and signatures where there are any. It names people: treat it like\n"
        "the documents themselves."
    ),
    pk.BLIND: (
        "This folder holds what a second examiner needs to look at a document without knowing\n"
        "what others found: the images as they were received and the checklist. The findings of\n"
        "others were left out on purpose. It may name people: treat it like the document itself."
    ),
    pk.PUBLIC: (
        "This folder holds reports that were made to be given away, and signatures of the\n"
        "journals behind them. The journals and the images themselves are not in it."
    ),
}

_FILES = {
    pk.FULL: (
        ("data/originals/", "the images, byte for byte; each is named by its SHA-256"),
        ("data/journals/", "one file per examination: every entry, oldest first"),
        ("data/checklists/", "the questions, frozen; each is named by its SHA-256"),
        ("data/reports/", "reports made from the journals, fit to be given away"),
        ("data/signatures/", "signed statements about the last entry of a journal"),
    ),
    pk.BLIND: (
        ("data/originals/", "the images, byte for byte; each is named by its SHA-256"),
        ("data/exhibits/", "what was received: images, checklist, where they came from"),
        ("data/checklists/", "the questions, frozen; each is named by its SHA-256"),
        ("data/journals/", "the second examiner's own work, if there is any yet"),
    ),
    pk.PUBLIC: (
        ("data/reports/", "the reports"),
        ("data/signatures/", "signed statements about the last entry of a journal"),
    ),
}

# What stands between the two marks is run by a test exactly as a reader would run it.
SCRIPT = """\
import hashlib, json, pathlib

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()

for path in sorted(pathlib.Path("data/journals").glob("*.json")):
    journal, before = json.loads(path.read_text("ascii")), "0" * 64
    for number, entry in enumerate(journal["events"], 1):
        body = dict(entry, examination=journal["examination"])
        if body.pop("hash") != sha256(canonical(body)):
            raise SystemExit(f"{path}: entry {number} was altered")
        if entry["seq"] != number or entry["prev"] != before:
            raise SystemExit(f"{path}: an entry before entry {number} is missing or was exchanged")
        before = entry["hash"]
    for ref, kept in journal["texts"].items():
        text = bytes.fromhex(kept["bytes"]) if "bytes" in kept else kept["text"].encode()
        if sha256(bytes.fromhex(kept["salt"]) + text) != ref:
            raise SystemExit(f"{path}: a text was altered: {text!r}")
    print(f"{path}: {len(journal['events'])} entries hold; the last is {before}")
for path in sorted(pathlib.Path("data/checklists").glob("*.json")):
    if sha256(canonical(json.loads(path.read_text("ascii")))) != path.stem:
        raise SystemExit(f"{path}: the checklist was altered")
for path in sorted(pathlib.Path("data/originals").glob("*")):
    if sha256(path.read_bytes()) != path.name:
        raise SystemExit(f"{path}: the image was altered")
print("everything holds")
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One examination as the README lists it. `signed` are the signed texts in the package."""

    handle: str
    examination: str
    examiner: str
    seq: int
    head: str
    signed: tuple[str, ...] = ()


def readme(
    kind: str, exhibits: Sequence[str], examinations: Sequence[Listed], names: Sequence[str]
) -> str:
    """Return the README of a package whose payload is `names`; the same contents, the same text."""
    parts = [
        _title("A PACKAGE OF DOCUMENT EXAMINATIONS"),
        _WHAT[kind],
        _title("What is in it"),
        "\n".join(
            f"{folder:<18} {what}"
            for folder, what in _FILES[kind]
            if any(name.startswith(folder) for name in names)
        ),
        _listed(exhibits, examinations),
        _title("Has anything been changed?"),
        _FIRST_CHECK,
    ]
    if any(name.startswith("data/journals/") for name in names):
        parts += [_title("Do the journals hold together?"), _CHAIN, SCRIPT.rstrip(), _AFTER_CHAIN]
    signed = [name for e in examinations for name in e.signed]
    if signed:
        parts += [_title("Who signed?"), _signatures(signed[0])]
    parts += [_title("What none of this proves"), _limits(kind), f"Made by docexam {__version__}."]
    return "\n\n".join(parts) + "\n"


def _title(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"


def _listed(exhibits: Sequence[str], examinations: Sequence[Listed]) -> str:
    lines = [f"Exhibits (case/exhibit): {', '.join(exhibits)}"]
    for e in examinations:
        lines += [
            f"Examination {e.examination}",
            f"  of {e.handle} by {e.examiner} (the name as entered)",
            f"  {e.seq} entries; the last has the hash",
            f"  {e.head}",
        ]
    return "\n".join(lines)


_FIRST_CHECK = """\
In this folder, run (on macOS: shasum -a 256 -c):

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

Every line must end in OK. This finds accidents and clumsy edits. Somebody who changes a file and
the lists with it is not found by this: for that compare the last hash of a journal (above) with
the one its examiner noted elsewhere, or check a signature. The folder is a BagIt bag (RFC 8493);
any BagIt tool validates it too."""

_CHAIN = """\
Each entry of a journal carries the hash of the one before it. What people wrote (notes, readings)
stands beside the entries under "texts"; the entry holds the SHA-256 of a random salt and the
text. Save these lines as check.py and run "python3 check.py" in this folder:"""

_AFTER_CHAIN = """\
An entry's hash is the SHA-256 of the entry without its "hash" and with the examination's id, as
JSON with sorted keys and no spaces. A checklist's hash is taken of its JSON in the same form."""


def _signatures(first: str) -> str:
    signature = f"{first.removesuffix('.txt')}.sig"
    return (
        "A signature is made by OpenSSH over a small text that names an examination, the number\n"
        "of its last entry then, and that entry's hash. Compare the text with the journal, then:\n"
        "\n"
        f"    ssh-keygen -Y check-novalidate -n {HEAD_NAMESPACE} \\\n"
        f"        -s {signature} < {first}\n"
        "\n"
        "prints the key's fingerprint. Whose key it is, only a list of keys that you trust can\n"
        "tell (ssh-keygen -Y verify -f ALLOWED_SIGNERS …).\n"
        "\n"
        f"A signed report has its signature beside it (.sig); its namespace is {REPORT_NAMESPACE}."
    )


def _limits(kind: str) -> str:
    lines = [
        "- When something was done: the times are those of the examiner's machine.",
        "- Who sat at the keyboard: names are as entered, unless a signature says more.",
        "- That the images show the object: an examination of images says nothing beyond them.",
    ]
    if kind == pk.PUBLIC:
        lines.append("- That the reports follow from the journals: these are not in this package.")
    if kind == pk.BLIND:
        lines.append("- What others found: that was left out.")
    return "\n".join(lines)
