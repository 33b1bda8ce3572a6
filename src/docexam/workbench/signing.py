"""Signing: a report or another file, or the head of a journal."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from docexam.domain.text import visible
from docexam.errors import InputError, MachineError
from docexam.workbench.bench import Workbench
from docexam.workbench.cropping import write_result
from docexam.workbench.signing_heads import head_text, keep
from docexam.workbench.signing_tool import HEAD_NAMESPACE, REPORT_NAMESPACE, check, sign


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was made: of what, where it lies, by which key, what it covers."""

    target: str
    signature: str
    namespace: str
    key: str
    examination: str = ""
    seq: int = 0
    head: str = ""

    def data(self) -> dict[str, Any]:
        """Return what `docexam sign --json` prints."""
        data: dict[str, Any] = {
            "target": self.target,
            "signature": self.signature,
            "namespace": self.namespace,
            "key": self.key,
        }
        if self.examination:
            data |= {"examination": self.examination, "seq": self.seq, "head": self.head}
        return data


def is_file(bench: Workbench, target: str) -> bool:
    """Tell whether a word of the command line names a file rather than CASE or CASE/EXHIBIT.

    Raises InputError where it could be either: `./` before the name makes it a file.
    """
    path = Path(target)
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if path.is_absolute() or target.startswith(("./", "../")):
        return True
    if exists and _names_something(bench, target):
        raise InputError(
            "DX-EITHER",
            "This is a file and also a name in the casebook.",
            where=visible(target),
            todo=f"Write ./{visible(target)} for the file.",
        )
    return exists


def _names_something(bench: Workbench, target: str) -> bool:
    if not bench.exists:
        return False
    case, slash, exhibit = target.partition("/")
    if slash:
        return "/" not in exhibit and bench.store.find_exhibit(case, exhibit) is not None
    return bool(bench.store.list_exhibits(case=case, limit=1))


def sign_file(target: str, key: str, output: str | None = None) -> Signed:
    """Sign a file; the signature is written beside it as FILE.sig. Never overwrites one."""
    place = output or f"{target}.sig"
    if Path(place).exists() or Path(place).is_symlink():
        raise InputError(
            "DX-SIGNED",
            "There is a signature already; nothing was overwritten.",
            where=visible(place),
            todo="Give another name with -o SIG.",
        )
    with opened(target) as content:
        signature = sign(content, key, REPORT_NAMESPACE)
        write_result(place, signature)
        proof = check(content, Path(place), REPORT_NAMESPACE)
    if not proof.good:
        Path(place).unlink(missing_ok=True)
        what = "The file changed while it was signed; no signature was kept."
        raise MachineError("DX-NOT-SIGNED", what, where=visible(target), todo="Sign it again.")
    return Signed(target, place, REPORT_NAMESPACE, proof.key)


def opened(target: str) -> BufferedReader:
    """Open a file to be signed or checked; raises InputError."""
    path = Path(target)
    try:
        if not path.is_file():
            what = "This is a folder." if path.is_dir() else "There is no such file."
            raise InputError("DX-FILE", what, where=visible(target))
        return open(path, "rb")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can have this name"
        raise InputError(
            "DX-FILE", f"The file cannot be read: {why}.", where=visible(target)
        ) from error


def sign_head(bench: Workbench, handle: str, key: str, of: str | None = None) -> Signed:
    """Sign the head of a journal: every entry so far. The signature is kept in the casebook.

    The signer need not be the examiner; the gate decides who may read the journal.
    """
    row = bench.find(handle, of)
    events = bench.store.events(row.id)
    seq, head = events[-1].seq, events[-1].hash
    signature = _sign_bytes(head_text(row.id, seq, head), key)
    path, _ = keep(bench.root, row.id, seq, head, signature)
    with open(path.parent / f"{row.id}-{seq}.txt", "rb") as text:
        proof = check(text, path, HEAD_NAMESPACE)
    if not proof.good:
        what = f"The signature just made does not hold: {proof.why}."
        raise MachineError("DX-NOT-SIGNED", what, where=visible(handle))
    return Signed(handle, str(path), HEAD_NAMESPACE, proof.key, row.id, seq, head)


def _sign_bytes(content: bytes, key: str) -> bytes:
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return sign(file, key, HEAD_NAMESPACE)
