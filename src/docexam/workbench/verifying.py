"""Verification: what is proven, by which key, and what is not, in words.

A verdict never says more than was checked. Everything that does not hold is named; nothing is
repaired.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from docexam.domain.text import visible
from docexam.errors import EXIT_DAMAGED, EXIT_DONE, EXIT_MACHINE, InputError
from docexam.workbench.bench import Workbench
from docexam.workbench.signing import is_file, opened
from docexam.workbench.signing_tool import REPORT_NAMESPACE, check
from docexam.workbench.verifying_signatures import SignatureCheck

NO_TIME = "When anything was done: times are the clock of the machine, and a signature holds none."
NO_NAME = "Who sat at the keyboard: examiners' names are as entered."
NO_OBJECT = "Anything about the object itself: only images of it were examined."


@dataclass(frozen=True, slots=True)
class VerdictFault:
    """One thing that does not hold: a stable slug, a sentence, and where."""

    code: str
    what: str
    where: str = ""


@dataclass
class Verdict:
    """What a verification came to. `heads`: the journals' last entries, for comparison."""

    target: str
    kind: str
    proven: list[str] = field(default_factory=list)
    not_proven: list[str] = field(default_factory=list)
    faults: list[VerdictFault] = field(default_factory=list)
    signatures: list[SignatureCheck] = field(default_factory=list)
    heads: list[dict[str, Any]] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """3 where something does not hold, 1 where something could not be checked, else 0."""
        if self.faults:
            return EXIT_DAMAGED
        return EXIT_MACHINE if self.unchecked else EXIT_DONE

    def fault(self, code: str, what: str, where: str = "") -> None:
        """Note something that does not hold; said once however often it is met."""
        found = VerdictFault(code, what, where)
        if found not in self.faults:
            self.faults.append(found)

    def data(self) -> dict[str, Any]:
        """Return what `docexam verify --json` prints."""
        return {
            "target": self.target,
            "kind": self.kind,
            "ok": not self.faults and not self.unchecked,
            "proven": self.proven,
            "not_proven": self.not_proven,
            "faults": [asdict(f) for f in self.faults],
            "signatures": [asdict(s) for s in self.signatures],
            "heads": self.heads,
            "unchecked": self.unchecked,
        }


@dataclass(frozen=True, slots=True)
class Against:
    """What a verification compares with, as given by the caller; all of it optional.

    `allowed`: a file of allowed signers. `signature`: where a file's signature lies. `head`: a
    journal's head hash that was kept elsewhere.
    """

    allowed: Path | None = None
    signature: str = ""
    head: str = ""


def verify(bench: Workbench, target: str, against: Against) -> Verdict:
    """Verify a file, a package, CASE/EXHIBIT or CASE.

    Raises InputError where there is nothing to verify, MachineError where ssh-keygen is needed
    and missing. What does not hold is no exception but stands in the verdict.
    """
    if against.allowed is not None and not against.allowed.is_file():
        where = visible(str(against.allowed))
        raise InputError("DX-ALLOWED", "There is no such file of allowed signers.", where=where)
    if is_file(bench, target):
        from docexam.workbench.verifying_package import is_package, verify_package

        if is_package(target):
            return verify_package(target, against)
        return verify_file(bench, target, against)
    from docexam.workbench.verifying_casebook import verify_casebook

    return verify_casebook(bench, target, against)


def verify_file(bench: Workbench, target: str, against: Against) -> Verdict:
    """Verify a file: by the signature beside it, and by the journals that record writing it."""
    from docexam.workbench.verifying_casebook import prove_recorded

    place = against.signature or f"{target}.sig"
    verdict = Verdict(visible(target), "file")
    with opened(target) as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    signed = Path(place).is_file()
    if signed:
        judge(verdict, [file_signature(target, place, against)], against)
    recorded = prove_recorded(bench, verdict, sha256)
    if (against.signature and not signed) or not (signed or recorded):
        raise InputError(
            "DX-UNSIGNED",
            "There is no signature beside this file, and no journal here records writing it: "
            "there is nothing to verify it by.",
            where=visible(target),
            todo="“docexam sign FILE --key PATH” makes one; --signature SIG names one elsewhere.",
        )
    verdict.not_proven += [
        NO_TIME,
        "That what the file says is true: it is as it was signed or written, no more.",
    ]
    return verdict


def file_signature(target: str, place: str, against: Against) -> SignatureCheck:
    """Check one signature of a whole file."""
    with opened(target) as content:
        found = check(content, Path(place), REPORT_NAMESPACE, against.allowed)
    return SignatureCheck(
        visible(place), visible(target), found.good, found.key, found.name, found.why
    )


def judge(verdict: Verdict, signatures: Iterable[SignatureCheck], against: Against) -> None:
    """Put signatures into a verdict: what each proves, or that it does not hold."""
    for told in signatures:
        verdict.signatures.append(told)
        if not told.good:
            code = "signer-unknown" if told.key else "signature-broken"
            verdict.fault(code, f"The signature does not hold: {told.why}", told.where)
            continue
        whose = f" ({told.name}, by {against.allowed})" if told.name else ""
        verdict.proven.append(f"{_covered(told)} signed by the key {told.key}{visible(whose)}.")
    if any(s.good for s in verdict.signatures) and against.allowed is None:
        verdict.not_proven.append(
            "Whose key it is: a name comes from a list of keys you trust, --allowed-signers FILE."
        )


def _covered(told: SignatureCheck) -> str:
    if not told.seq:
        return f"{told.about} has the very bytes that were"
    covered = f"Entries 1 to {told.seq}" if told.seq > 1 else "Entry 1"
    return f"{covered} of the journal {told.about} were"


def unsigned_tail(
    verdict: Verdict, examination: str, entries: int, whose: str, signatures: Sequence[Any]
) -> None:
    """Say how much of a journal no good signature covers."""
    covered = max((s.seq for s in signatures if s.good and s.about == examination), default=0)
    if not covered:
        verdict.not_proven.append(
            f"That {whose} was not rewritten whole: nobody signed it. Compare its head with one "
            "kept elsewhere (--head HASH)."
        )
    elif covered < entries:
        tail = (
            f"entry {entries}" if covered + 1 == entries else f"entries {covered + 1} to {entries}"
        )
        verdict.not_proven.append(f"{whose}: {tail} came after the last signature.")
