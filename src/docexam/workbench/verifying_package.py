"""Verification of a package, without any casebook."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from docexam.domain.text import visible
from docexam.errors import DamagedError, InputError, MachineError
from docexam.workbench import packages as pk
from docexam.workbench.packages_bag import BAGIT
from docexam.workbench.unpacking import looks_zipped, opened_package
from docexam.workbench.unpacking_reading import Package, read_package
from docexam.workbench.verifying import (
    NO_NAME,
    NO_OBJECT,
    NO_TIME,
    Against,
    Verdict,
    file_signature,
    judge,
    unsigned_tail,
)
from docexam.workbench.verifying_signatures import packed_signatures

_LISTS = (
    "That files and the lists of their hashes were not exchanged together: a bag shows edits, not "
    "its maker."
)


def is_package(target: str) -> bool:
    """Tell whether a path is to be verified as a package: a folder, or a ZIP file with a bag."""
    if os.path.isdir(target):
        return True
    if not looks_zipped(target):
        return False
    try:
        with zipfile.ZipFile(target) as archive:
            return any(name.split("/")[-1] == BAGIT for name in archive.namelist())
    except Exception:
        # One that cannot even be listed: reading it as a package says what is wrong.
        return Path(target).suffix.casefold() == ".zip"


def verify_package(target: str, against: Against) -> Verdict:
    """Verify a package; raises InputError for what is none."""
    verdict = Verdict(visible(target), "package")
    try:
        with opened_package(target) as bag:
            package = read_package(bag)
            _judge(verdict, package, against)
    except DamagedError as error:
        verdict.fault("package-refused", error.what, error.where)
    _check_own_signature(verdict, target, against)
    verdict.not_proven += [NO_TIME, NO_NAME, NO_OBJECT]
    return verdict


def _check_own_signature(verdict: Verdict, target: str, against: Against) -> None:
    """Check the signature beside a ZIP file, where there is one: it covers the whole package."""
    place = against.signature or f"{target}.sig"
    if os.path.isdir(target) or not os.path.isfile(place):
        if against.signature:
            what = "There is no such signature of a package file."
            raise InputError("DX-UNSIGNED", what, where=visible(place))
        if not verdict.faults:
            verdict.not_proven.append(_LISTS)
        return
    try:
        told = file_signature(target, place, against)
    except MachineError as error:
        verdict.unchecked.append(f"The signature of the package: {error.what}")
        return
    judge(verdict, [told], against)


def _judge(verdict: Verdict, package: Package, against: Against) -> None:
    for fault in package.faults:
        verdict.fault(fault.code, f"{fault.what.rstrip('.')}.", fault.where)
    if not package.faults:
        _prove(verdict, package)
    try:
        found = list(packed_signatures(package, against.allowed))
    except MachineError as error:
        verdict.unchecked.append(f"The signatures in the package: {error.what}")
        found = []
    judge(verdict, found, against)
    for examination, travelling in package.journals.items():
        entries = len(travelling.events)
        unsigned_tail(verdict, examination, entries, f"the journal {examination}", found)
    if against.head:
        _check_head(verdict, package, against.head)


def _prove(verdict: Verdict, package: Package) -> None:
    names = ", ".join(f"{e.case}/{e.exhibit}" for e in package.exhibits.values())
    verdict.proven.append(
        f"The package ({package.kind}; {names}) is whole: of its {len(package.bag.sizes)} files "
        "those that its lists name have the bytes they had when it was made."
    )
    for examination, state in package.states.items():
        seq, head = state.head
        verdict.proven.append(
            f"The journal of {visible(state.examiner)} on {state.case}/{state.exhibit} ({seq} "
            "entries): every entry follows the one before it, and none, nor any text in it, is "
            "other than when its hash was made."
        )
        verdict.heads.append(
            {"examination": examination, "examiner": state.examiner, "seq": seq, "head": head}
        )
    if package.originals:
        count = len(package.originals)
        told = "1 image has" if count == 1 else f"{count} images have"
        verdict.proven.append(f"{told} the bytes that journals and records name.")
    if package.reports:
        how = "these are not in a public package" if package.kind == pk.PUBLIC else "compare them"
        verdict.not_proven.append(f"That the reports follow from the journals: {how}.")


def _check_head(verdict: Verdict, package: Package, head: str) -> None:
    wanted = head.strip().lower()
    for examination, travelling in package.journals.items():
        seq = next((e.seq for e in travelling.events if e.hash == wanted), 0)
        if seq:
            verdict.proven.append(
                f"The hash you kept is that of entry {seq} of the journal {examination}: nothing "
                "up to there was changed since you noted it."
            )
            return
    what = "No journal has an entry with the hash you kept: it was rewritten, or it is another's."
    verdict.fault("head-unknown", what, visible(head[:80]))
