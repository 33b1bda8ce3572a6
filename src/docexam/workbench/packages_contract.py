"""What `sign`, `verify`, `export`, `import`, `sheet` and `record --from` print with --json."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict


class Signed(TypedDict):
    """`sign`; the last three only for the head of a journal."""

    target: str
    signature: str
    namespace: Literal["report@docexam", "journal-head@docexam"]
    key: str
    examination: NotRequired[str]
    seq: NotRequired[int]
    head: NotRequired[str]


class VerdictFault(TypedDict):
    """One thing that does not hold: a stable slug, a sentence, and where."""

    code: str
    what: str
    where: str


class SignatureChecked(TypedDict):
    """One signature; `name` comes from the allowed signers only, `seq` is 0 for a file's."""

    where: str
    about: str
    good: bool
    key: str
    name: str
    why: str
    seq: int
    entries: int


class JournalHead(TypedDict):
    """A journal's last entry; null where the examination is closed to the caller."""

    examination: str
    examiner: str
    seq: int | None
    head: str | None


class Verdict(TypedDict):
    """`verify`; `ok` when nothing failed and nothing was left unchecked."""

    target: str
    kind: Literal["file", "exhibit", "case", "package"]
    ok: bool
    proven: list[str]
    not_proven: list[str]
    faults: list[VerdictFault]
    signatures: list[SignatureChecked]
    heads: list[JournalHead]
    unchecked: list[str]


class Exported(TypedDict):
    """`export`; `size` in bytes of what the manifest lists."""

    target: str
    kind: Literal["full", "blind", "public"]
    exhibits: list[str]
    examinations: int
    originals: int
    files: int
    size: int


class Taken(TypedDict):
    """What became of one examination, or (both empty) of an exhibit without findings."""

    handle: str
    outcome: Literal["added", "extended", "known"]
    examination: str
    examiner: str


class Imported(TypedDict):
    """`import`; how many originals and signatures are new here."""

    kind: Literal["full", "blind"]
    taken: list[Taken]
    originals: int
    signatures: int


class SheetWritten(TypedDict):
    """`sheet`."""

    file: str
    bytes: int


class Entered(TypedDict):
    """`record --from`: whose answers, who entered them, and what is not complete yet."""

    examination: str
    examiner: str
    entered_by: str
    findings: int
    fields: int
    warnings: list[str]


SHAPES: dict[str, Any] = {
    "sign": Signed,
    "verify": Verdict,
    "export": Exported,
    "import": Imported,
    "sheet": SheetWritten,
    "record-from": Entered,
}
