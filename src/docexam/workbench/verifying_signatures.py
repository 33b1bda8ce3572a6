"""Signatures of journal heads, looked at beside the journals that they are about."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.domain.events import Event
from docexam.domain.text import visible
from docexam.workbench import packages as pk
from docexam.workbench.signing_heads import head_signatures, head_text
from docexam.workbench.signing_tool import HEAD_NAMESPACE, MOST_SIGNATURE, Checked, check

if TYPE_CHECKING:
    from docexam.workbench.unpacking_reading import Package

_TEXT = re.compile(
    r"docexam journal head\nexamination ([0-9a-f-]{36})\nentries ([1-9][0-9]{0,9})\n"
    r"head ([0-9a-f]{64})\n"
)
REWRITTEN = "the journal it was made over was another one: entries were changed or cut off"


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """One signature and what it proves: `seq` of `entries` entries of a journal are covered.

    `about` names a file for a signature of one; then `seq` is 0. `why` says what is wrong.
    """

    where: str
    about: str
    good: bool
    key: str = ""
    name: str = ""
    why: str = ""
    seq: int = 0
    entries: int = 0


def kept_signatures(
    root: Path, examination: str, events: Sequence[Event], allowed: Path | None
) -> Iterator[SignatureCheck]:
    """Check the signatures that a casebook keeps of an examination's journal."""
    for kept in head_signatures(root, examination):
        where = f"{kept.path.parent.name}/{kept.path.name}"
        if kept.seq > len(events):
            yield SignatureCheck(
                where, examination, False, why=REWRITTEN, seq=kept.seq, entries=len(events)
            )
            continue
        text = head_text(examination, kept.seq, events[kept.seq - 1].hash)
        yield _checked(where, examination, kept.seq, len(events), text, kept.path, allowed)


def packed_signatures(package: Package, allowed: Path | None) -> Iterator[SignatureCheck]:
    """Check the signatures in a package; where it holds no journals, only that they were made."""
    for name in package.signatures:
        match = pk.SIGNATURE.fullmatch(name)
        if match and name.endswith(".sig"):
            yield _packed(package, name, match[2], int(match[3]), allowed)


def _packed(
    package: Package, name: str, examination: str, seq: int, allowed: Path | None
) -> SignatureCheck:
    text = _text_of(package, f"data/signatures/{examination}-{seq}.txt")
    told = _TEXT.fullmatch(text.decode("ascii", "replace"))
    entries = 0
    if told is None or (told[1], int(told[2])) != (examination, seq):
        why = "the signed text beside it is missing or about something else"
        return SignatureCheck(name, examination, False, why=why, seq=seq)
    travelling = package.journals.get(examination)
    if travelling is not None:
        entries = len(travelling.events)
        held = travelling.events[seq - 1].hash if seq <= entries else ""
        if held != told[3]:
            return SignatureCheck(name, examination, False, why=REWRITTEN, seq=seq, entries=entries)
    elif package.kind != pk.PUBLIC:
        why = "its journal is not in the package"
        return SignatureCheck(name, examination, False, why=why, seq=seq)
    return _checked(name, examination, seq, entries, text, package.bag.path(name), allowed)


def _text_of(package: Package, name: str) -> bytes:
    return package.bag.read(name, MOST_SIGNATURE) if name in package.bag.sizes else b""


def _checked(
    where: str,
    examination: str,
    seq: int,
    entries: int,
    text: bytes,
    signature: Path,
    allowed: Path | None,
) -> SignatureCheck:
    with tempfile.TemporaryFile() as file:
        file.write(text)
        file.flush()
        found: Checked = check(file, signature, HEAD_NAMESPACE, allowed)
    return SignatureCheck(
        where=visible(where),
        about=examination,
        good=found.good,
        key=found.key,
        name=found.name,
        why=found.why,
        seq=seq,
        entries=entries,
    )
