"""The workbench: one examiner, one casebook, and what can be done there."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.domain import acts
from docexam.domain import events as ev
from docexam.domain.events import Draft, Event
from docexam.domain.examination import Examination, fold
from docexam.domain.exhibit import Provenance, checked_name, name_key, split_handle
from docexam.domain.text import visible
from docexam.errors import InputError, NotYoursError
from docexam.workbench.clock import Clock, utc_now
from docexam.workbench.gate import own_row, pass_through, refusal
from docexam.workbench.journal import frozen_checklists
from docexam.workbench.review import Outcome, Review

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store
    from docexam.casebook.records import ExaminationRow, ExhibitRow
    from docexam.checklists.faults import Fault
    from docexam.checklists.library import Library
    from docexam.domain.checklist import Checklist


@dataclass(frozen=True, slots=True)
class ExhibitLine:
    """One line of the overview; counts are the caller's own examination's where there is one.

    They are None where the examination is closed to the caller.
    """

    case: str
    exhibit: str
    state: str
    checklist: str
    answered: int | None
    total: int | None
    critical_open: int | None
    updated: str
    examiner: str


@dataclass(frozen=True, slots=True)
class NewExhibit:
    """What an intake came to."""

    review: Review
    notes: tuple[str, ...]


class Workbench:
    """The one door to a casebook for the screen and the command line.

    `examiner` may be None for reading; a writing act then raises InputError (DX-WHO).
    """

    def __init__(
        self,
        root: Path,
        examiner: str | None,
        *,
        checklists: Path | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.root = root
        self.examiner = checked_examiner(examiner) if examiner else ""
        self._own_checklists = checklists
        self._clock = clock

    @cached_property
    def store(self) -> Store:
        """The casebook, made where there is none yet."""
        from docexam.casebook import Casebook

        return Casebook.open(self.root)

    @property
    def exists(self) -> bool:
        """Whether a casebook lies at `root`."""
        if self.root.exists() and not self.root.is_dir():
            raise InputError("DX-CASEBOOK", "A casebook is a folder.", where=str(self.root))
        return (self.root / "casebook.sqlite").exists()

    def library(self) -> Library:
        """Return the library of checklists: the user's own folder, then the shipped ones."""
        from docexam.checklists.library import Library

        return Library(self._own_checklists)

    def load_checklist(self, reference: str) -> Checklist:
        """Return a usable checklist by id or path; raises InputError with every fault."""
        from docexam.checklists.read import load_usable

        return load_usable(reference, self.library())

    def checklists(self) -> list[dict[str, Any]]:
        """Return the checklists at hand, as `docexam checklist list --json` prints them."""
        return [entry.to_dict() for entry in self.library().entries()]

    def check_checklists(self, references: Sequence[str]) -> list[Fault]:
        """Return every fault of the files and ids named; of the whole library where none is."""
        from docexam.checklists.read import check

        return check(references, self.library())

    def must_know_who(self) -> str:
        """Return the examiner's name; raises InputError (DX-WHO) where none was given."""
        if not self.examiner:
            raise InputError(
                "DX-WHO",
                "Nobody was named as the examiner.",
                todo="Give --examiner NAME, or set DOCEXAM_EXAMINER.",
            )
        return self.examiner

    def exhibits(
        self, case: str | None = None, find: str | None = None, limit: int | None = None
    ) -> list[ExhibitLine]:
        """Return the overview, newest first; `find` searches names, notes and readings."""
        if not self.exists:
            return []
        wanted = checked_name(case, "a case") if case else None
        rows = self.store.list_exhibits(case=wanted, find=find, limit=limit)
        return [self._line(row) for row in rows if not find or self._may_be_found(row, find)]

    def _may_be_found(self, row: ExhibitRow, find: str) -> bool:
        """Keep a search from telling what stands in an examination that is closed to the caller."""
        closed = {r.id for r in row.examinations if refusal(row, r, self.examiner)}
        if not closed:
            return True
        hits = self.store.search(find, limit=10_000)
        return any(h.exhibit == row.id and h.examination not in closed for h in hits)

    def _line(self, row: ExhibitRow) -> ExhibitLine:
        if not row.examinations:
            return self._unexamined(row)
        shown = own_row(row, self.examiner) or row.examinations[0]
        closed = bool(refusal(row, shown, self.examiner))
        return ExhibitLine(
            case=row.case,
            exhibit=row.exhibit,
            state=shown.state,
            checklist=shown.checklist_id,
            answered=None if closed else shown.answered,
            total=None if closed else shown.total,
            critical_open=None if closed else shown.critical_open,
            updated=shown.updated,
            examiner=shown.examiner,
        )

    def _unexamined(self, row: ExhibitRow) -> ExhibitLine:
        """Return the line of an exhibit that a package brought and nobody has examined here."""
        record = self.store.exhibit_record(row.id)
        state = "disposed" if record is None else "unexamined"
        checklist = "" if record is None else str(record["checklist"]["id"])
        return ExhibitLine(row.case, row.exhibit, state, checklist, 0, 0, 0, row.updated, "")

    def find(self, handle: str, of: str | None = None) -> ExaminationRow:
        """Return the examination that a command means: the caller's own, else the only one."""
        exhibit = self.exhibit_row(handle)
        row = self._meant(exhibit, handle, of)
        self.pass_gate(exhibit, row)
        return row

    def pass_gate(self, exhibit: ExhibitRow, row: ExaminationRow) -> None:
        """Let the caller read an examination, or raise NotYoursError; see `gate`."""
        pass_through(self.store, exhibit, row, self.examiner, self._clock)

    def now(self) -> str:
        """Return the clock's reading."""
        return self._clock()

    def _meant(self, exhibit: ExhibitRow, handle: str, of: str | None) -> ExaminationRow:
        rows = exhibit.examinations
        if of:
            named = own_row(exhibit, of)
            if named is None:
                raise InputError("DX-OF", f"{visible(of)} has no examination of this exhibit.")
            return named
        if not rows:
            raise InputError(
                "DX-UNEXAMINED",
                "Nobody has examined this exhibit here yet.",
                where=handle,
                todo="“docexam second” starts an examination of your own.",
            )
        own = own_row(exhibit, self.examiner)
        if own is None and len(rows) != 1:
            names = ", ".join(visible(r.examiner) for r in rows)
            raise InputError(
                "DX-OF",
                "Several people examined this exhibit.",
                where=handle,
                todo=f"Name one with --of: {names}.",
            )
        return own or rows[0]

    def exhibit_row(self, handle: str) -> ExhibitRow:
        """Return the exhibit of `CASE/EXHIBIT`; raises InputError with the nearest names."""
        case, exhibit = split_handle(handle)
        row = self.store.find_exhibit(case, exhibit) if self.exists else None
        if row is None:
            raise InputError(
                "DX-NOEXHIBIT",
                f"There is no exhibit {case}/{exhibit} in this casebook.",
                where=str(self.root),
                todo=self._nearest(f"{case}/{exhibit}"),
            )
        return row

    def _nearest(self, handle: str) -> str:
        names = [f"{e.case}/{e.exhibit}" for e in self.exhibits(limit=500)]
        close = difflib.get_close_matches(handle, names, n=3, cutoff=0.6)
        return f"Did you mean {' or '.join(close)}?" if close else "“docexam list” shows them."

    def review(self, handle: str, of: str | None = None) -> Review:
        """Open an examination: verified, folded, ready."""
        row = self.find(handle, of)
        return Review(self.store, row.id, self._as_written(row), self._clock)

    def _as_written(self, row: ExaminationRow) -> str:
        # Names are one examiner's when they fold alike; the journal keeps the first spelling.
        same = self.examiner and name_key(row.examiner) == name_key(self.examiner)
        return row.examiner if same else self.examiner

    def new(
        self,
        handle: str,
        checklist: str,
        images: Sequence[str],
        provenance: Provenance,
        seen: str | None = None,
    ) -> NewExhibit:
        """Take in a new exhibit; an existing one is refused and nothing changes."""
        from docexam.workbench.intake import open_exhibit

        names = split_handle(handle)
        who = self.must_know_who()
        self._must_be_new(names)
        if problem := provenance.problem():
            raise InputError("DX-PROVENANCE", problem)
        chosen = self.load_checklist(checklist)
        examination_id, taken = open_exhibit(
            self.store, names, who, chosen, images, provenance, seen, self._clock()
        )
        return NewExhibit(Review(self.store, examination_id, who, self._clock), taken.notes)

    def _must_be_new(self, names: tuple[str, str]) -> None:
        if self.exists and self.store.find_exhibit(*names):
            raise InputError(
                "DX-EXISTS",
                f"The exhibit {names[0]}/{names[1]} exists already; nothing was changed.",
                todo="Add later captures with “docexam add”, or choose another name.",
            )

    def add(self, handle: str, images: Sequence[str]) -> tuple[Review, tuple[str, ...]]:
        """Add later captures to the caller's examination."""
        from docexam.workbench.intake import add_captures

        self.must_know_who()
        review = self.own_review(handle)
        acts.must_be_open(review.examination, review.examiner)
        return review, add_captures(self.store, review, images)

    def shown(self, handle: str, of: str | None = None) -> dict[str, Any]:
        """Return the state as `docexam show --json` prints it, originals checked."""
        from docexam.workbench.display import shown
        from docexam.workbench.originals import broken_originals

        review = self.review(handle, of)
        broken = broken_originals(self.store, review.examination)
        return shown(review.examination, review.standing, broken)

    def own_review(self, handle: str, of: str | None = None) -> Review:
        """Open the caller's examination for writing.

        Raises InputError where nobody is named, and NotYoursError where it is another's: a refused
        write shows nothing of it, and so does not count as having read it.
        """
        who = self.must_know_who()
        row = self._meant(self.exhibit_row(handle), handle, of)
        if name_key(row.examiner) != name_key(who):
            raise NotYoursError(
                "DX-EXAMINER",
                f"This examination belongs to {visible(row.examiner)}.",
                where=handle,
                todo="A second examiner starts one of their own with “docexam second”.",
            )
        return Review(self.store, row.id, row.examiner, self._clock)

    def dispose(self, handle: str, reason: str) -> list[Outcome]:
        """Remove originals and personal values of an exhibit; its chains and the fact stay."""
        self.must_know_who()
        exhibit = self.exhibit_row(handle)
        if not exhibit.examinations and self.store.exhibit_record(exhibit.id) is not None:
            self.store.discard(exhibit.id)
            return [Outcome(None, f"{ev.DISPOSED}: nobody had examined it; its images are gone")]
        if exhibit.examinations and own_row(exhibit, self.examiner) is None:
            raise NotYoursError(
                "DX-EXAMINER",
                "None of this exhibit's examinations is yours.",
                todo="Only somebody who examined it disposes of it.",
            )
        left = [row for row in exhibit.examinations if row.state != "disposed"]
        if not left:
            raise NotYoursError(
                "DX-DISPOSED", "This exhibit was disposed of already.", where=handle
            )
        return [self._dispose_one(row, reason) for row in left]

    def second(self, handle: str) -> Review:
        """Start the caller's own examination of an exhibit, blind to the others' work."""
        from docexam.workbench.second import start_second

        return start_second(self, handle)

    def compared(self, handle: str) -> dict[str, Any]:
        """Return the examinations of an exhibit, or of a case, side by side with the figures."""
        from docexam.workbench.second import compared

        return compared(self, handle)

    def adjudicate(self, handle: str, item: str, answer: str, because: str) -> Event:
        """Settle one item on which examiners differ."""
        from docexam.workbench.second import adjudicate

        return adjudicate(self, handle, item, answer, because)

    def _dispose_one(self, row: ExaminationRow, reason: str) -> Outcome:
        state = self.fold_row(row)
        draft: Draft = acts.dispose(state, reason)
        disposal = self.store.dispose(row.id, draft, at=self._clock(), examiner=self.examiner)
        return Outcome(disposal.event, f"{ev.DISPOSED}: {disposal.texts} personal values removed")

    def fold_row(self, row: ExaminationRow) -> Examination:
        """Return the verified state of one examination."""
        return fold(row.id, self.store.events(row.id), frozen_checklists(self.store))


def checked_examiner(name: str) -> str:
    """Return an examiner's name in NFC; raises InputError for an empty, long or hidden one."""
    import unicodedata

    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if not plain or len(plain) > 200 or visible(plain) != plain:
        raise InputError(
            "DX-WHO",
            f"“{visible(name[:80])}” cannot be an examiner's name.",
            todo="Use 1 to 200 visible characters.",
        )
    return plain
