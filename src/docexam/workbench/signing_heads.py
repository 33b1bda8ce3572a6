"""Signatures of journal heads: the text that is signed, and where signatures are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docexam.errors import InputError, MachineError
from docexam.workbench.folders import write_private

FOLDER = "signatures"
MOST_SIGNERS = 9
_NAME = re.compile(r"([0-9a-f-]{36})-([1-9][0-9]{0,9})(?:\.([2-9]))?\.sig")


@dataclass(frozen=True, slots=True)
class HeadSignature:
    """One kept signature: over the examination's entries 1 to `seq`."""

    path: Path
    examination: str
    seq: int


def head_text(examination: str, seq: int, head: str) -> bytes:
    """Return the text that a signature of a journal's head is made over."""
    lines = ("docexam journal head", f"examination {examination}", f"entries {seq}", f"head {head}")
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def signature_files(root: Path, examination: str) -> list[Path]:
    """Return the kept signatures of an examination, sorted by name."""
    return sorted((root / FOLDER).glob(f"{examination}-*.sig"))


def head_signatures(root: Path, examination: str) -> Iterator[HeadSignature]:
    """Yield the kept signatures of an examination that are named as they should be."""
    for path in signature_files(root, examination):
        match = _NAME.fullmatch(path.name)
        if match and match[1] == examination:
            yield HeadSignature(path, examination, int(match[2]))


def free_name(root: Path, examination: str, seq: int, signature: bytes) -> Path:
    """Return where a signature is to be kept; where the very same one lies already, that path.

    Raises InputError when nine people have signed this head.
    """
    for n in range(1, MOST_SIGNERS + 1):
        ending = "" if n == 1 else f".{n}"
        path = root / FOLDER / f"{examination}-{seq}{ending}.sig"
        if not path.exists() or path.read_bytes() == signature:
            return path
    raise InputError("DX-SIGNERS", f"This head has {MOST_SIGNERS} signatures already.")


def keep(root: Path, examination: str, seq: int, head: str, signature: bytes) -> tuple[Path, bool]:
    """Keep a signature in the casebook, the signed text beside it; returns its path.

    The second value tells whether it is new. Raises InputError and MachineError.
    """
    try:
        (root / FOLDER).mkdir(mode=0o700, exist_ok=True)
        path = free_name(root, examination, seq, signature)
        if path.exists():
            return path, False
        text = root / FOLDER / f"{examination}-{seq}.txt"
        write_private(text, head_text(examination, seq, head))
        write_private(path, signature)
    except OSError as error:
        raise MachineError(
            "DX-OUTPUT",
            f"The signature could not be kept: {error.strerror}.",
            where=str(root / FOLDER),
        ) from error
    return path, True
