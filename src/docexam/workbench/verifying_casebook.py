"""Verification of what lies in a casebook: an exhibit, or every exhibit of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from docexam.domain.events import REPORTED, Event
from docexam.domain.examination import fold
from docexam.domain.exhibit import checked_name
from docexam.domain.text import visible
from docexam.errors import DocexamError, InputError, MachineError
from docexam.workbench import packages as pk
from docexam.workbench.bench import Workbench
from docexam.workbench.gate import refusal
from docexam.workbench.journal import frozen_checklists
from docexam.workbench.signing_heads import FOLDER
from docexam.workbench.verifying import (
    NO_NAME,
    NO_OBJECT,
    NO_TIME,
    Against,
    Verdict,
    judge,
    unsigned_tail,
)
from docexam.workbench.verifying_signatures import kept_signatures

if TYPE_CHECKING:
    from docexam.casebook.records import ExaminationRow, ExhibitRow, Fault


def verify_casebook(bench: Workbench, target: str, against: Against) -> Verdict:
    """Verify CASE/EXHIBIT or CASE; raises InputError where there is no such thing."""
    verdict = Verdict(visible(target), "exhibit" if "/" in target else "case")
    exhibits = [bench.exhibit_row(target)] if "/" in target else _of_case(bench, target)
    for exhibit in exhibits:
        for row in exhibit.examinations:
            _check_examination(bench, verdict, exhibit, row, against)
        _check_originals(bench, verdict, exhibit)
    if against.head:
        _check_head(bench, verdict, exhibits, against.head)
    verdict.not_proven += [NO_TIME, NO_NAME, NO_OBJECT]
    return verdict


def _of_case(bench: Workbench, case: str) -> list[ExhibitRow]:
    rows = bench.store.list_exhibits(case=checked_name(case, "a case")) if bench.exists else []
    if not rows:
        raise InputError(
            "DX-NOCASE",
            f"There is no file, package or case “{visible(case)}”.",
            todo="“docexam list” shows what is in the casebook.",
        )
    return rows


def _whose(exhibit: ExhibitRow, row: ExaminationRow) -> str:
    return f"the journal of {visible(row.examiner)} on {exhibit.case}/{exhibit.exhibit}"


def _check_examination(
    bench: Workbench,
    verdict: Verdict,
    exhibit: ExhibitRow,
    row: ExaminationRow,
    against: Against,
) -> None:
    whose = _whose(exhibit, row)
    found = bench.store.verify(row.id, originals=False)
    events = bench.store.events(row.id, verify=False)
    for fault in found.faults:
        verdict.fault(fault.code, f"{fault.what}{_said(events, fault)}.", whose)
    if not found.faults:
        _prove(bench, verdict, exhibit, row, events)
    _check_signatures(bench, verdict, exhibit, row, events, against)


def _said(events: Sequence[Event], fault: Fault) -> str:
    """Return in brackets which finding, field or act a fault is about."""
    event = next((e for e in events if e.seq == fault.seq), None)
    if event is None:
        return ""
    about = [str(event.data[k]) for k in ("item", "field", "place", "question") if k in event.data]
    return visible(f" ({', '.join([event.kind, *about])})")


def _prove(
    bench: Workbench,
    verdict: Verdict,
    exhibit: ExhibitRow,
    row: ExaminationRow,
    events: Sequence[Event],
) -> None:
    whose = _whose(exhibit, row)
    try:
        state = fold(row.id, events, frozen_checklists(bench.store))
    except (DocexamError, KeyError, TypeError, ValueError) as error:
        what = f"The journal cannot be read as an examination ({visible(str(error))[:120]})."
        verdict.fault("journal-unreadable", what, whose)
        return
    # How far another has come is closed to somebody whose own examination is open.
    closed = bool(refusal(exhibit, row, bench.examiner))
    entries = "" if closed else f" ({len(events)} entries)"
    verdict.proven += [
        f"{whose[0].upper()}{whose[1:]}{entries}: every entry follows the one before it, and none, "
        "nor any text in it, is other than when its hash was made.",
        f"The frozen checklist is the one that {whose} names: {state.checklist.id} "
        f"{state.checklist.version}, {state.checklist.sha256()}.",
    ]
    head = {"seq": None, "head": None} if closed else {"seq": len(events), "head": row.head_hash}
    verdict.heads.append({"examination": row.id, "examiner": row.examiner, **head})


def _check_signatures(
    bench: Workbench,
    verdict: Verdict,
    exhibit: ExhibitRow,
    row: ExaminationRow,
    events: Sequence[Event],
    against: Against,
) -> None:
    try:
        found = list(kept_signatures(bench.root, row.id, events, against.allowed))
    except MachineError as error:
        verdict.unchecked.append(f"The signatures of {_whose(exhibit, row)}: {error.what}")
        return
    if refusal(exhibit, row, bench.examiner):
        # How many entries there are, and were, is not for eyes that are to stay blind.
        whose = _whose(exhibit, row)
        hidden = [replace(s, where=FOLDER, about=whose, seq=0, entries=0) for s in found]
        judge(verdict, hidden, against)
        return
    judge(verdict, found, against)
    unsigned_tail(verdict, row.id, len(events), _whose(exhibit, row), found)


def _check_originals(bench: Workbench, verdict: Verdict, exhibit: ExhibitRow) -> None:
    numbers = _numbers(bench, exhibit)
    handle = f"{exhibit.case}/{exhibit.exhibit}"
    sound = 0
    for sha256 in bench.store.originals_of(exhibit.id):
        state = bench.store.originals.check(sha256)
        n = numbers.get(sha256)
        where = f"{handle}, capture {n}" if n else handle
        if state.ok:
            sound += 1
        else:
            what = f"The original {sha256} is {state.state}: {state.reason}."
            verdict.fault(f"original-{state.state}", what, where)
    if sound:
        told = "1 original has" if sound == 1 else f"{sound} originals have"
        verdict.proven.append(f"{handle}: {told} the bytes that were taken in.")


def _numbers(bench: Workbench, exhibit: ExhibitRow) -> dict[str, int]:
    """Return the numbers of captures by hash, as the first examination counts them."""
    for row in exhibit.examinations:
        try:
            named = pk.captures_named(bench.store.events(row.id, verify=False))
        except (KeyError, TypeError, DocexamError):
            continue
        return {sha256: n for n, sha256 in enumerate(named, 1)}
    return {}


def _check_head(
    bench: Workbench, verdict: Verdict, exhibits: Sequence[ExhibitRow], head: str
) -> None:
    wanted = head.strip().lower()
    for exhibit in exhibits:
        for row in exhibit.examinations:
            events = bench.store.events(row.id, verify=False)
            seq = next((e.seq for e in events if e.hash == wanted), 0)
            if seq and not refusal(exhibit, row, bench.examiner):
                verdict.proven.append(
                    f"The hash you kept is that of entry {seq} of {_whose(exhibit, row)}: nothing "
                    "up to there was changed since you noted it."
                )
                return
    verdict.fault(
        "head-unknown",
        "No journal has an entry with the hash you kept: it was rewritten, or it is another's.",
        visible(head[:80]),
    )


def prove_recorded(bench: Workbench, verdict: Verdict, sha256: str) -> bool:
    """Say which journals record writing a report of these very bytes; tells whether any does.

    Reports that are not public are journalled with their hash.
    """
    if not bench.exists:
        return False
    found = False
    for exhibit in bench.store.list_exhibits():
        for row in exhibit.examinations:
            if not refusal(exhibit, row, bench.examiner):
                found |= _prove_recorded(bench, verdict, exhibit, row, sha256)
    return found


def _prove_recorded(
    bench: Workbench, verdict: Verdict, exhibit: ExhibitRow, row: ExaminationRow, sha256: str
) -> bool:
    events = bench.store.events(row.id, verify=False)
    event = next((e for e in events if e.kind == REPORTED and e.data.get("sha256") == sha256), None)
    if event is None:
        return False
    whose = _whose(exhibit, row)
    found = bench.store.verify(row.id, originals=False)
    for fault in found.faults:
        verdict.fault(fault.code, f"{fault.what}.", whose)
    if not found.faults:
        verdict.proven.append(
            f"Entry {event.seq} of {whose} records a report of these very bytes "
            f"({visible(str(event.data.get('format')))}, for {visible(event.text('for'))})."
        )
    return True
