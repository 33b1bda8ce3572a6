"""Import: a package's examinations taken over into a casebook, all of them or none.

An unknown exhibit is made; an unknown examination of a known exhibit is added to it, so that a
second examiner's work comes home; a known examination whose journal goes on in the package is
taken further. Where the two contradict each other, it is told and nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docexam.domain.events import DISPOSED, Event
from docexam.domain.exhibit import name_key
from docexam.domain.standing import standing_of
from docexam.domain.text import visible
from docexam.errors import DamagedError, DocexamError, InputError, NotYoursError
from docexam.workbench import packages as pk
from docexam.workbench.bench import Workbench
from docexam.workbench.journal import index_event, project
from docexam.workbench.signing_heads import FOLDER
from docexam.workbench.unpacking import opened_package
from docexam.workbench.unpacking_reading import Package, PackedExhibit, read_package
from docexam.workbench.verifying_signatures import packed_signatures

if TYPE_CHECKING:
    from docexam.casebook.adoption import Adoption, Travelling
    from docexam.casebook.records import ExhibitRow

ADDED = "added"
EXTENDED = "extended"
KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one thing: `outcome` is added, extended or known.

    `examiner` and `examination` are empty for an exhibit that came without findings.
    """

    handle: str
    outcome: str
    examination: str = ""
    examiner: str = ""


@dataclass
class Imported:
    """What an import came to."""

    kind: str
    taken: list[Taken] = field(default_factory=list)
    originals: int = 0
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with one examination: its events after number `after` are new."""

    travelling: Travelling
    exhibit: PackedExhibit
    outcome: str
    after: int = 0


def take_in(bench: Workbench, path: str) -> Imported:
    """Import a package; raises DamagedError where it does not hold, InputError on a conflict.

    Nothing is recorded, and no file left behind, unless everything was taken over.
    """
    with opened_package(path) as bag:
        package = read_package(bag)
        _must_hold(package)
        if package.kind == pk.PUBLIC:
            raise InputError(
                "DX-PUBLIC-PACKAGE",
                "A public package holds reports only; there is nothing to import.",
                where=visible(path),
            )
        plans = _plans(bench, package)
        return _adopt(bench, package, plans)


def _must_hold(package: Package) -> None:
    faults = [f"{f.where}: {f.what}" if f.where else f.what for f in package.faults]
    for told in [] if faults else packed_signatures(package, None):
        if not told.good:
            faults.append(f"{told.where}: the signature does not hold: {told.why}")
    if faults:
        listed = "\n".join(faults[:20])
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise DamagedError(
            "DX-PACKAGE",
            f"The package does not hold ({count}):\n{listed}",
            todo="Nothing was taken over. Ask for the package again.",
        )


# --- what is to be done ------------------------------------------------------------------------


def _plans(bench: Workbench, package: Package) -> list[_Plan]:
    """Work out what is new, from the casebook as it is; raises InputError on any conflict."""
    conflicts: list[str] = []
    plans: list[_Plan] = []
    for exhibit in package.exhibits.values():
        conflicts += _exhibit_conflicts(bench, package, exhibit)
        for travelling in _of(package, exhibit.id):
            plan = _plan(bench, exhibit, travelling)
            if isinstance(plan, str):
                conflicts.append(plan)
            else:
                plans.append(plan)
    if conflicts:
        listed = "\n".join(conflicts)
        raise InputError(
            "DX-CONFLICT",
            f"The package and this casebook contradict each other; nothing was changed:\n{listed}",
            todo="Both stay as they are; “docexam verify PACKAGE” shows what the package says.",
        )
    return plans


def _of(package: Package, exhibit_id: str) -> list[Travelling]:
    return [t for t in package.journals.values() if t.bound["exhibit_id"] == exhibit_id]


def _exhibit_conflicts(bench: Workbench, package: Package, exhibit: PackedExhibit) -> Iterator[str]:
    handle = f"{exhibit.case}/{exhibit.exhibit}"
    known = bench.store.exhibit(exhibit.id)
    if known is None:
        namesake = bench.store.find_exhibit(exhibit.case, exhibit.exhibit)
        if namesake is not None:
            yield f"{handle}: another exhibit has this name here."
        return
    if (known.case, known.exhibit) != (exhibit.case, exhibit.exhibit):
        yield f"{handle}: the same exhibit is called {known.case}/{known.exhibit} here."
        return
    _must_not_be_disposed(bench, known)
    if not _same_material(bench, package, known):
        yield f"{handle}: its captures or its checklist are others here."


def _must_not_be_disposed(bench: Workbench, known: ExhibitRow) -> None:
    rows = known.examinations
    gone = all(any(e.kind == DISPOSED for e in bench.store.events(r.id)) for r in rows)
    if gone and (rows or bench.store.exhibit_record(known.id) is None):
        raise NotYoursError(
            "DX-DISPOSED",
            "This exhibit was disposed of here; importing would bring it back. Nothing changed.",
            where=f"{known.case}/{known.exhibit}",
        )


def _same_material(bench: Workbench, package: Package, known: ExhibitRow) -> bool:
    """Tell whether captures and checklist agree: what one side began with, the other has."""
    here_first, here_all, here_lists = _here(bench, known)
    there_first, there_all, there_lists = _there(package, known.id)
    captures = there_first <= here_all or here_first <= there_all
    return captures and bool(here_lists & there_lists)


def _here(bench: Workbench, known: ExhibitRow) -> tuple[set[str], set[str], set[str]]:
    journals = [bench.store.events(row.id) for row in known.examinations]
    record = bench.store.exhibit_record(known.id) or {}
    captures = [str(c["sha256"]) for c in record.get("captures", ())]
    lists = {str(record["checklist"]["sha256"])} if record else set()
    return _material(journals, captures, lists)


def _there(package: Package, exhibit_id: str) -> tuple[set[str], set[str], set[str]]:
    journals = [t.events for t in package.journals.values() if t.bound["exhibit_id"] == exhibit_id]
    record = package.records.get(exhibit_id)
    captures = [c.sha256 for c in record.captures] if record else []
    lists = {record.checklist.sha256()} if record else set()
    return _material(journals, captures, lists)


def _material(
    journals: Sequence[Sequence[Event]], captures: Sequence[str], lists: set[str]
) -> tuple[set[str], set[str], set[str]]:
    """Return the captures one began with, all captures, and all checklists that are named."""
    first, every = set(captures), set(captures)
    for events in journals:
        first = first or set(pk.captures_named(events[:1]))
        every |= pk.captures_named(events).keys()
        lists = lists | set(pk.checklists_named(events))
    return first, every, lists


def _plan(bench: Workbench, exhibit: PackedExhibit, travelling: Travelling) -> _Plan | str:
    """Return what is to be done with one examination, or the conflict in words."""
    whose = f"{exhibit.case}/{exhibit.exhibit}, examination of {visible(_examiner(travelling))}"
    known = bench.store.exhibit(exhibit.id)
    rows = known.examinations if known else ()
    if not any(row.id == travelling.id for row in rows):
        key = name_key(_examiner(travelling))
        if any(name_key(row.examiner) == key for row in rows):
            return f"{whose}: the same examiner has another examination of it here."
        return _Plan(travelling, exhibit, ADDED)
    here = bench.store.events(travelling.id)
    for mine, theirs in zip(here, travelling.events, strict=False):
        if mine.hash != theirs.hash:
            return f"{whose}: the journals differ from entry {mine.seq} on."
    newer = travelling.events[len(here) :]
    if any(event.kind == DISPOSED for event in newer):
        return f"{whose}: it was disposed of elsewhere; “docexam dispose” does that here."
    if newer and any(event.kind == DISPOSED for event in here):
        return f"{whose}: it was disposed of here and goes on in the package."
    return _Plan(travelling, exhibit, EXTENDED if newer else KNOWN, after=len(here))


def _examiner(travelling: Travelling) -> str:
    return str(travelling.bound["examiner"])


# --- doing it ----------------------------------------------------------------------------------


def _adopt(bench: Workbench, package: Package, plans: Sequence[_Plan]) -> Imported:
    done = Imported(package.kind)
    fresh: list[str] = []
    written: list[str] = []
    try:
        for sha256 in sorted(package.originals):
            path = package.bag.path(f"data/originals/{sha256}")
            if not bench.store.originals.put(path, sha256).known:
                fresh.append(sha256)
        with bench.store.adopting() as tx:
            for exhibit in package.exhibits.values():
                _adopt_exhibit(tx, package, exhibit, done, at=bench.now())
            for plan in plans:
                _adopt_examination(tx, package, plan, done)
            for name in package.signatures:
                _keep_signature(bench, package, name, written)
    except BaseException:
        _undo(bench, fresh, written)
        raise
    done.originals = len(fresh)
    done.signatures = sum(1 for name in written if name.endswith(".sig"))
    for sha256 in fresh:
        # One that only examinations known already name may not be used by anything new.
        bench.store.remove_unused(sha256)
    return done


def _undo(bench: Workbench, fresh: Sequence[str], written: Sequence[str]) -> None:
    # What went wrong is to be told, not what cleaning up met.
    for name in written:
        with suppress(OSError):
            (bench.root / FOLDER / name).unlink()
    for sha256 in fresh:
        with suppress(DocexamError, OSError):
            bench.store.remove_unused(sha256)


def _adopt_exhibit(
    tx: Adoption, package: Package, exhibit: PackedExhibit, done: Imported, *, at: str
) -> None:
    handle = f"{exhibit.case}/{exhibit.exhibit}"
    known = tx.exhibit(exhibit.id)
    if known is None:
        tx.add_exhibit(exhibit.id, exhibit.case, exhibit.exhibit, exhibit.created)
    record = package.records.get(exhibit.id)
    if record is None:
        return
    if known is None:
        tx.freeze(record.checklist.to_dict())
        tx.keep_record(exhibit.id, pk.record_data(record), at)
        for capture in record.captures:
            tx.use_original(exhibit.id, capture.sha256)
    done.taken.append(Taken(handle, KNOWN if known else ADDED))


def _adopt_examination(tx: Adoption, package: Package, plan: _Plan, done: Imported) -> None:
    travelling, state = plan.travelling, package.states[plan.travelling.id]
    handle = f"{plan.exhibit.case}/{plan.exhibit.exhibit}"
    if plan.outcome != KNOWN:
        for sha256 in pk.checklists_named(travelling.events):
            tx.freeze(package.checklist(sha256).to_dict())
        if not travelling.disposed:
            for capture in state.captures:
                tx.use_original(plan.exhibit.id, capture.sha256)
        if plan.outcome == ADDED:
            first = package.checklist(str(travelling.bound["checklist"]))
            tx.adopt(travelling, first.id)
        else:
            tx.extend(travelling, after=plan.after)
        _bring_up(tx, package, travelling, plan.after)
        tx.check(travelling.id)
    done.taken.append(Taken(handle, plan.outcome, travelling.id, _examiner(travelling)))


def _bring_up(tx: Adoption, package: Package, travelling: Travelling, after: int) -> None:
    """Bring lists and search up to what the journal says."""
    state = package.states[travelling.id]
    writing = tx.writing(travelling.id)
    project(writing, state, standing_of(state))
    checklist = state.checklist
    writing.project(checklist=checklist.sha256(), checklist_id=checklist.id)
    if not travelling.disposed:
        for event in travelling.events[after:]:
            index_event(writing, state, event)


def _keep_signature(bench: Workbench, package: Package, name: str, written: list[str]) -> None:
    """Keep a signature; one of another signer under the same name gets a name of its own."""
    from docexam.workbench.folders import write_private
    from docexam.workbench.signing_heads import free_name

    match = pk.SIGNATURE.fullmatch(name)
    if match is None:
        return
    folder = bench.root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    content = package.bag.read(name, 1 << 16)
    target = folder / match[1]
    if match[5] == "sig":
        target = free_name(bench.root, match[2], int(match[3]), content)
    if not target.exists():
        written.append(target.name)
        write_private(target, content)
