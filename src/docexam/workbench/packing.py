"""Export: from a casebook to a package that anybody can check without docexam."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from docexam import __version__
from docexam.domain.exhibit import checked_name, name_key
from docexam.domain.text import visible
from docexam.errors import InputError, NotYoursError
from docexam.workbench import packages as pk
from docexam.workbench import packages_bag as bag
from docexam.workbench.bench import Workbench, checked_examiner
from docexam.workbench.gate import own_row, refusal
from docexam.workbench.originals import verified_original
from docexam.workbench.packages_readme import Listed, readme
from docexam.workbench.packing_files import must_be_free, write_package
from docexam.workbench.signing_heads import head_text, signature_files

if TYPE_CHECKING:
    from docexam.casebook.adoption import Travelling
    from docexam.casebook.records import ExaminationRow, ExhibitRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is to hold. `blind_for` and `public` exclude each other.

    `of`: only this examiner's examinations.
    """

    handle: str
    target: str
    blind_for: str = ""
    public: bool = False
    of: str = ""

    @property
    def kind(self) -> str:
        """One of the kinds of packages."""
        return pk.PUBLIC if self.public else pk.BLIND if self.blind_for else pk.FULL


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export came to. `size` is the payload's bytes; the rest counts what is in it."""

    target: str
    kind: str
    exhibits: tuple[str, ...]
    examinations: int
    originals: int
    files: int
    size: int


@dataclass
class _Load:
    """What is being put together: files by name, and what the README lists."""

    kind: str
    parts: dict[str, bag.Part] = field(default_factory=dict)
    exhibits: list[ExhibitRow] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    def put(self, name: str, content: bytes) -> None:
        self.parts.setdefault(name, bag.part(name, content))


def export(bench: Workbench, wanted: Wanted) -> Exported:
    """Write a package; whole or not at all, and never over something that is there.

    Raises NotYoursError where the gate is closed to the caller, DamagedError where a journal or
    an original does not hold, InputError and MachineError for the target.
    """
    must_be_free(Path(wanted.target))
    exhibits = _exhibits(bench, wanted.handle)
    chosen = [(exhibit, _chosen(bench, exhibit, wanted)) for exhibit in exhibits]
    for exhibit, rows in chosen:
        _must_be_readable(bench, exhibit, rows)
    if not wanted.blind_for and not any(rows for _, rows in chosen):
        raise InputError("DX-EXPORT", "Nobody has examined this here; there is nothing to export.")
    load = _Load(wanted.kind)
    for exhibit, rows in chosen:
        _pack_exhibit(bench, load, exhibit, rows)
    parts = _sealed(load)
    write_package(Path(wanted.target), _name(wanted), parts)
    return _told(load, wanted, parts)


def _exhibits(bench: Workbench, handle: str) -> list[ExhibitRow]:
    if "/" in handle:
        return [bench.exhibit_row(handle)]
    case = checked_name(handle, "a case")
    rows = bench.store.list_exhibits(case=case) if bench.exists else []
    if not rows:
        raise InputError("DX-NOCASE", f"There is no case “{visible(handle)}” in this casebook.")
    return sorted(rows, key=lambda row: name_key(row.exhibit))


def _chosen(bench: Workbench, exhibit: ExhibitRow, wanted: Wanted) -> list[ExaminationRow]:
    """Return the examinations that go along."""
    only = wanted.blind_for or wanted.of
    if wanted.blind_for:
        _must_be_blind(bench, exhibit, checked_examiner(wanted.blind_for))
    if not only:
        return list(exhibit.examinations)
    own = own_row(exhibit, checked_examiner(only))
    if own is None and wanted.of:
        where = f"{exhibit.case}/{exhibit.exhibit}"
        what = f"{visible(wanted.of)} has no examination of this exhibit."
        raise InputError("DX-OF", what, where=where)
    return [own] if own else []


def _must_be_blind(bench: Workbench, exhibit: ExhibitRow, name: str) -> None:
    seen = bench.store.reader_since(exhibit.id, name_key(name))
    if seen and own_row(exhibit, name) is None:
        raise NotYoursError(
            "DX-SWAYED",
            f"{visible(name)} has read another's findings on this exhibit (first on {seen}).",
            where=f"{exhibit.case}/{exhibit.exhibit}",
            todo="Somebody who has not can be the second examiner.",
        )


def _must_be_readable(
    bench: Workbench, exhibit: ExhibitRow, rows: Sequence[ExaminationRow]
) -> None:
    """Ask the gate for every examination before anything is written or remembered."""
    closed = [why for row in rows if (why := refusal(exhibit, row, bench.examiner))]
    if closed:
        raise NotYoursError(
            "DX-BLIND",
            closed[0],
            where=f"{exhibit.case}/{exhibit.exhibit}",
            todo="Close your own first, or export it alone with --of YOUR-NAME."
            if bench.examiner
            else "Give --examiner NAME.",
        )


def _pack_exhibit(
    bench: Workbench, load: _Load, exhibit: ExhibitRow, rows: Sequence[ExaminationRow]
) -> None:
    load.exhibits.append(exhibit)
    for row in rows:
        bench.pass_gate(exhibit, row)
        if load.kind == pk.PUBLIC:
            _pack_public(bench, load, exhibit, row)
        else:
            _pack_examination(bench, load, exhibit, row)
    if load.kind == pk.BLIND:
        _pack_record(bench, load, exhibit)


def _pack_examination(
    bench: Workbench, load: _Load, exhibit: ExhibitRow, row: ExaminationRow
) -> None:
    travelling = bench.store.travelling(row.id)
    load.put(f"data/journals/{row.id}.json", pk.json_bytes(pk.journal_data(travelling)))
    for sha256 in pk.checklists_named(travelling.events):
        _pack_checklist(bench, load, sha256)
    if not travelling.disposed:
        for sha256 in pk.captures_named(travelling.events):
            _pack_original(bench, load, sha256)
        _pack_reports(bench, load, exhibit, row)
    load.dates.append(travelling.events[-1].at)
    load.listed.append(_listed(exhibit, row, _pack_signatures(bench, load, travelling)))


def _pack_public(bench: Workbench, load: _Load, exhibit: ExhibitRow, row: ExaminationRow) -> None:
    travelling = bench.store.travelling(row.id)
    if travelling.disposed:
        raise NotYoursError(
            "DX-DISPOSED",
            "An examination was disposed of: there is nothing to report on.",
            where=f"{exhibit.case}/{exhibit.exhibit}",
        )
    _pack_reports(bench, load, exhibit, row)
    load.dates.append(travelling.events[-1].at)
    load.listed.append(_listed(exhibit, row, _pack_signatures(bench, load, travelling)))


def _listed(exhibit: ExhibitRow, row: ExaminationRow, signed: Sequence[str]) -> Listed:
    handle = f"{exhibit.case}/{exhibit.exhibit}"
    return Listed(handle, row.id, row.examiner, row.head_seq, row.head_hash, tuple(signed))


def _pack_record(bench: Workbench, load: _Load, exhibit: ExhibitRow) -> None:
    material = pk.material_of(bench.store, exhibit)
    if material is None:
        where = f"{exhibit.case}/{exhibit.exhibit}"
        raise NotYoursError("DX-DISPOSED", "This exhibit was disposed of.", where=where)
    load.put(f"data/exhibits/{exhibit.id}.json", pk.json_bytes(pk.record_data(material)))
    _pack_checklist(bench, load, material.checklist.sha256())
    for capture in material.captures:
        _pack_original(bench, load, capture.sha256)
        load.dates.append(capture.at)


def _pack_checklist(bench: Workbench, load: _Load, sha256: str) -> None:
    load.put(f"data/checklists/{sha256}.json", pk.json_bytes(bench.store.checklist(sha256)))


def _pack_original(bench: Workbench, load: _Load, sha256: str) -> None:
    name = f"data/originals/{sha256}"
    if name not in load.parts:
        path = verified_original(bench.store, sha256)
        load.parts[name] = bag.Part(name, path, path.stat().st_size, sha256)


def _pack_reports(bench: Workbench, load: _Load, exhibit: ExhibitRow, row: ExaminationRow) -> None:
    from docexam.workbench.packing_reports import public_reports

    for ending, content in public_reports(bench, exhibit, row):
        load.put(f"data/reports/{row.id}.public.{ending}", content)


def _pack_signatures(bench: Workbench, load: _Load, travelling: Travelling) -> list[str]:
    signed = []
    for path in signature_files(bench.root, travelling.id):
        match = pk.SIGNATURE.fullmatch(f"data/signatures/{path.name}")
        seq = int(match[3]) if match else 0
        if 1 <= seq <= len(travelling.events):
            load.put(f"data/signatures/{path.name}", path.read_bytes())
            text = f"data/signatures/{travelling.id}-{seq}.txt"
            load.put(text, head_text(travelling.id, seq, travelling.events[seq - 1].hash))
            signed.append(text)
    return list(dict.fromkeys(signed))


def _sealed(load: _Load) -> list[bag.Part]:
    """Return every file of the package: the payload and the tag files around it."""
    handles = [f"{e.case}/{e.exhibit}" for e in load.exhibits]
    contents = {
        "package": pk.FORMAT,
        "kind": load.kind,
        "docexam": __version__,
        "exhibits": [
            {"id": e.id, "case": e.case, "exhibit": e.exhibit, "created": e.created}
            for e in load.exhibits
        ],
    }
    load.put(pk.CONTENTS, pk.json_bytes(contents))
    payload = [load.parts[name] for name in sorted(load.parts)]
    info = [
        ("Bag-Software-Agent", f"docexam {__version__}"),
        # The newest entry's day: the same examination gives the same package on any day.
        ("Bagging-Date", max(load.dates)[:10]),
        ("External-Description", f"docexam package ({load.kind}): {', '.join(handles)}"),
    ]
    words = readme(load.kind, handles, load.listed, [p.name for p in payload])
    told = bag.part(pk.README, words.encode())
    return [*payload, *bag.tag_parts(payload, info, [told])]


def _name(wanted: Wanted) -> str:
    case, _, exhibit = wanted.handle.partition("/")
    return "-".join(part for part in (case, exhibit, wanted.kind) if part)


def _told(load: _Load, wanted: Wanted, parts: Sequence[bag.Part]) -> Exported:
    payload = [p for p in parts if p.name.startswith("data/")]
    return Exported(
        target=os.fspath(wanted.target),
        kind=load.kind,
        exhibits=tuple(f"{e.case}/{e.exhibit}" for e in load.exhibits),
        examinations=len(load.listed),
        originals=sum(1 for p in payload if pk.ORIGINAL.fullmatch(p.name)),
        files=len(parts),
        size=sum(p.size for p in payload),
    )
