"""Entering a worksheet: another's answers, written down by whoever types them in.

Every row is checked before anything is recorded, every fault is told at once, and either all
rows are recorded or none. Each entry of the journal says who entered it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docexam.domain import acts
from docexam.domain.acts import UNSET, Recording
from docexam.domain.checklist import NON_ANSWERS, OPEN, Indicator
from docexam.domain.events import Draft
from docexam.domain.examination import Examination, advance, fold
from docexam.domain.finding import Region, lacks, parse_region
from docexam.domain.standing import standing_of
from docexam.domain.text import comparable, visible
from docexam.errors import InputError
from docexam.reports.sheet import FACT, FIELD
from docexam.workbench.bench import Workbench, checked_examiner
from docexam.workbench.entering_sheet import Entry, FilledSheet, kind_faults, read_sheet
from docexam.workbench.gate import own_row
from docexam.workbench.journal import frozen_checklists, index_event, project

if TYPE_CHECKING:
    from docexam.casebook.protocol import Transaction
    from docexam.casebook.records import ExaminationRow

_MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Entered:
    """What a worksheet came to: whose answers, who entered them, how many, what is incomplete."""

    examination: str
    examiner: str
    entered_by: str
    findings: int
    fields: int
    warnings: tuple[str, ...]


def enter(bench: Workbench, handle: str, path: str, for_whom: str = "") -> Entered:
    """Record a filled-in worksheet in the examination of whoever filled it in.

    That is `for_whom`, else who stands in the sheet, else the caller. Raises InputError with
    every fault; nothing is recorded then.
    """
    who = bench.must_know_who()
    sheet = read_sheet(path)
    row = _examination(bench, handle, sheet, for_whom or sheet.examined_by or who)
    entries = [entry for entry in sheet.entries if not entry.blank]
    if not entries:
        raise InputError("DX-SHEET", "Nothing is filled in.", where=visible(path))
    faults = kind_faults(sheet.entries)
    with bench.store.writing(row.id) as tx:
        entering = _Entering(bench, tx, row, who)
        faults += entering.misfits(sheet)
        if not faults:
            faults += entering.enter(entries)
        if faults:
            raise _refused(path, faults)
        entering.finish()
    return entering.told()


def _examination(
    bench: Workbench, handle: str, sheet: FilledSheet, for_whom: str
) -> ExaminationRow:
    exhibit = bench.exhibit_row(handle)
    if sheet.exhibit_id != exhibit.id:
        raise InputError(
            "DX-SHEET",
            f"The worksheet is of another exhibit: {visible(sheet.handle[:140])}.",
            where=f"{exhibit.case}/{exhibit.exhibit}",
        )
    name = checked_examiner(for_whom)
    if own_row(exhibit, name) is None:
        raise InputError(
            "DX-SHEET-WHO",
            f"{visible(name)} has no examination of this exhibit.",
            where=handle,
            todo=f"Start one for them: docexam second {handle} --examiner “{visible(name)}”; or "
            "name somebody else with --for NAME.",
        )
    return bench.find(handle, of=name)


def _refused(path: str, faults: Sequence[str]) -> InputError:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    listed = "\n".join(faults[:_MOST_TOLD])
    return InputError(
        "DX-SHEET",
        f"{count}; nothing was recorded.\n{listed}",
        where=visible(path),
        todo="Put them right in the file and give the command again.",
    )


class _Entering:
    """One worksheet on its way into a journal, within one transaction."""

    def __init__(
        self, bench: Workbench, tx: Transaction, row: ExaminationRow, entered_by: str
    ) -> None:
        self._tx = tx
        self._clock = bench.now
        self._checklists = frozen_checklists(bench.store)
        self._who = entered_by
        self._state = fold(row.id, tx.events(), self._checklists)
        acts.must_be_open(self._state, row.examiner)
        self._recorded: list[str] = []
        self._fields = 0

    def misfits(self, sheet: FilledSheet) -> list[str]:
        """Return what keeps the whole sheet from being entered."""
        if sheet.checklist == self._state.checklist.sha256():
            return []
        return [
            "the worksheet was made for another version of the checklist; make a new one and copy "
            "the answers that still fit"
        ]

    def enter(self, entries: Sequence[Entry]) -> list[str]:
        """Append every entry in the order of the checklist; return the faults met on the way."""
        order = {item.id: n for n, item in enumerate(self._state.checklist.walk())}
        ranks = {FACT: 0, FIELD: 1}
        faults = []
        for entry in sorted(
            entries, key=lambda e: (ranks.get(e.kind, 2), order.get(e.id, 0), e.row)
        ):
            try:
                self._append(self._draft(entry))
            except InputError as error:
                todo = f" {error.todo}" if error.todo else ""
                faults.append((entry.row, f"{visible(entry.id[:80])}: {error.what}{todo}"))
            else:
                self._count(entry)
        return [f"row {row}, {what}" for row, what in sorted(faults)]

    def _count(self, entry: Entry) -> None:
        if entry.kind == FIELD:
            self._fields += 1
        else:
            self._recorded.append(entry.id)

    def _draft(self, entry: Entry) -> Draft:
        regions = _regions(entry.region, self._state)
        if entry.kind == FIELD:
            draft = self._field_draft(entry, regions)
            return Draft(draft.kind, {**draft.data, "entered_by": self._who})
        item = self._state.checklist.item(entry.id)
        if item is not None and item.fact != (entry.kind == FACT):
            raise InputError("DX-SHEET", "The row is of the wrong kind.")
        recording = Recording(
            entry.id,
            answer=_spelled(item, entry.answer) if entry.answer else UNSET,
            note=entry.note or UNSET,
            regions=regions or UNSET,
            cause=entry.cause,
            reason=entry.reason,
            entered_by=self._who,
        )
        if entry.cause and not entry.answer:
            raise InputError("DX-CAUSE", "A cause says why something was no answer.")
        return acts.record(self._state, recording)

    def _field_draft(self, entry: Entry, regions: Sequence[Region]) -> Draft:
        non_answer = _slug(entry.answer)
        given: dict[str, Any] = {"cause": entry.cause, "reason": entry.reason}
        if non_answer:
            given["non_answer"] = non_answer
        elif entry.answer:
            given["raw"] = entry.answer
        if entry.note:
            given["note"] = entry.note
        if regions:
            given["regions"] = regions
        return acts.transcribe(self._state, entry.id, **given)

    def _append(self, draft: Draft) -> None:
        event = self._tx.append(draft, at=self._clock(), examiner=self._state.examiner)
        self._state = advance(self._state, [event], self._checklists)
        index_event(self._tx, self._state, event)

    def finish(self) -> None:
        """Bring the overview up to date."""
        project(self._tx, self._state, standing_of(self._state))

    def told(self) -> Entered:
        """Return what was recorded, and what each finding still lacks."""
        state = self._state
        missing = [
            f"{name}: {what}"
            for name in self._recorded
            if (item := state.checklist.item(name))
            and (what := lacks(item, state.finding(name), state.captures))
        ]
        return Entered(
            examination=state.id,
            examiner=state.examiner,
            entered_by=self._who,
            findings=len(self._recorded),
            fields=self._fields,
            warnings=tuple(missing),
        )


def _regions(text: str, state: Examination) -> list[Region]:
    return [parse_region(part.strip(), state.captures) for part in text.split("|") if part.strip()]


def _slug(answer: str) -> str:
    """Return the non-answer that a cell stands for, written with or without its hyphens."""
    word = "-".join(answer.casefold().replace("-", " ").split())
    return word if word in (*NON_ANSWERS, OPEN) else ""


def _spelled(item: Indicator | None, answer: str) -> str:
    """Return an answer as the command line wants it: ids for labels, slugs for words."""
    slug = _slug(answer)
    if slug or item is None or not item.choices:
        return slug or answer
    if item.type != "many":
        return _id(item, answer)
    return ",".join(_id(item, part) for part in answer.replace(";", ",").split(","))


def _id(item: Indicator, answer: str) -> str:
    """Return the id of the one choice whose label stands in a cell, else the cell."""
    wanted = comparable(answer).casefold()
    if any(choice.id == wanted for choice in item.choices):
        return wanted
    labelled = [c.id for c in item.choices if comparable(c.label).casefold() == wanted]
    return labelled[0] if len(labelled) == 1 else answer
