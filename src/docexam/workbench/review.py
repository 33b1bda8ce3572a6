"""One examiner at one examination: every act is durable when its method returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.domain import acts
from docexam.domain.acts import UNSET, Recording, Unset
from docexam.domain.events import CAPTURES_ADDED, Draft, Event
from docexam.domain.events import DISPOSED as DISPOSED_EVENT
from docexam.domain.examination import CLOSED, DISPOSED, Examination, advance, fold
from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region, lacks
from docexam.domain.specimen import Specimen, matching, specimen_from
from docexam.domain.standing import Standing, standing_of
from docexam.domain.text import visible
from docexam.errors import DamagedError
from docexam.workbench.clock import Clock, utc_now
from docexam.workbench.journal import frozen_checklists, index_event, log_entries, project
from docexam.workbench.originals import broken_originals, verified_original

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store, Transaction
    from docexam.reports.pixels import PixelPlan
    from docexam.workbench.illustrating import Pictures

Decide = Callable[[Examination], Draft]
DecideTogether = Callable[[Examination], Sequence[Draft]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to: the durable event, what to tell, what to warn of."""

    event: Event | None
    message: str
    warnings: tuple[str, ...] = ()


class Review:
    """The open examination that a screen or a command works on.

    State is folded from verified events. Before each act the events that another program wrote
    meanwhile are folded in, inside the same write transaction, so two programs never overwrite
    each other.
    """

    def __init__(
        self, store: Store, examination_id: str, examiner: str | None, clock: Clock = utc_now
    ) -> None:
        self._store = store
        self._clock = clock
        self._checklists = frozen_checklists(store)
        self._version = store.data_version()
        self.examiner = examiner or ""
        events = store.events(examination_id)
        self.examination = fold(examination_id, events, self._checklists)
        self.standing: Standing = standing_of(self.examination)

    @property
    def store(self) -> Store:
        """The casebook it is kept in."""
        return self._store

    @property
    def handle(self) -> str:
        """The exhibit as `CASE/EXHIBIT`."""
        return f"{self.examination.case}/{self.examination.exhibit}"

    @property
    def read_only(self) -> str:
        """Why nothing can be recorded, in words; empty when it can."""
        if self.examination.state == DISPOSED:
            return "This examination was disposed of."
        if self.examination.examiner != self.examiner:
            return f"This examination belongs to {visible(self.examination.examiner)}."
        if self.examination.state == CLOSED:
            return "This examination is closed; reopen it with a reason to change anything."
        return ""

    @property
    def saved_at(self) -> str:
        """The time of the last durable event."""
        return self.examination.events[-1].at

    def record(self, what: Recording) -> Outcome:
        """Record a finding; the outcome warns of what the answer still lacks."""
        outcome = self.act(lambda state: acts.record(state, what), "saved")
        return Outcome(outcome.event, "saved", (*outcome.warnings, *self._missing(what.item)))

    def _missing(self, item_id: str) -> tuple[str, ...]:
        item = self.examination.checklist.item(item_id)
        if item is None:
            return ()
        missing = lacks(item, self.examination.finding(item_id), self.examination.captures)
        return (f"Not complete yet: {missing}",) if missing else ()

    def transcribe(
        self,
        field_id: str,
        *,
        raw: str | Unset = UNSET,
        corrected: str | Unset = UNSET,
        non_answer: str = "",
        cause: str = "",
        regions: Sequence[Region] | Unset = UNSET,
        note: str | Unset = UNSET,
        reason: str = "",
    ) -> Outcome:
        """Record a field's reading; the outcome tells what does not match, as a note."""

        def decide(state: Examination) -> Draft:
            return acts.transcribe(
                state,
                field_id,
                raw=raw,
                corrected=corrected,
                non_answer=non_answer,
                cause=cause,
                regions=regions,
                note=note,
                reason=reason,
            )

        outcome = self.act(decide, "saved")
        reading = self.examination.fields.get(field_id)
        told = self.pattern_note(field_id, reading.value) if reading and reading.value else ""
        return Outcome(outcome.event, "saved", (*outcome.warnings, *([told] if told else [])))

    def pattern_note(self, field_id: str, reading: str) -> str:
        """Return in words how a reading departs from its field's pattern or type; else empty."""
        from docexam.domain.reading import reading_note

        spec = self.examination.checklist.field_of(field_id)
        return reading_note(spec, reading) if spec else ""

    def mark_place(self, place_id: str, region: Region) -> Outcome:
        """Mark once where something belongs on a capture."""
        return self.act(lambda state: acts.mark_place(state, place_id, region), "place marked")

    def flag(self, item_id: str) -> Outcome:
        """Flag an item for another look, or take the flag off."""
        return self.act(lambda state: acts.flag(state, item_id), "saved")

    def undo(self) -> Outcome:
        """Take back the last act, as an event of its own."""
        return self.act(acts.undo, "undone")

    def redo(self) -> Outcome:
        """Bring back the act undone last."""
        return self.act(acts.redo, "redone")

    def reveal(self, what: str, about: str = "") -> Outcome:
        """Be shown what could sway the examiner; undo never takes this back."""
        return self.act(lambda state: acts.reveal(state, what, about), f"revealed: {what}")

    def say_seen_before(self, text: str) -> Outcome:
        """Keep what the examiner had seen or been told before looking."""
        return self.act(lambda _state: acts.say_seen_before(text), "saved")

    def close(self) -> Outcome:
        """Freeze the examination; `examination.head` then is what to keep elsewhere."""
        return self.act(acts.close, "closed")

    def reopen(self, reason: str) -> Outcome:
        """Open a closed examination again."""
        return self._write(lambda state: (acts.reopen(state, self.examiner, reason),), "open again")

    def add_captures(self, captures: Sequence[Mapping[str, Any]]) -> Outcome:
        """Bind later captures to the examination; their originals are stored already."""

        def decide(state: Examination) -> Draft:
            return Draft(CAPTURES_ADDED, {"captures": list(captures)})

        def use(tx: Transaction) -> None:
            for capture in captures:
                tx.use_original(str(capture["sha256"]))

        return self.act(decide, "added", use)

    def act(
        self,
        decide: Decide,
        message: str,
        also: Callable[[Transaction], None] | None = None,
        before: Callable[[Transaction], None] | None = None,
    ) -> Outcome:
        """Do one act of the owner in an open examination: decided, appended, durable.

        `decide` sees the newest state; `before` and `also` may write more in the same
        transaction, before the event and after it.
        """

        return self.act_together(lambda state: (decide(state),), message, also, before)

    def act_together(
        self,
        decide: DecideTogether,
        message: str,
        also: Callable[[Transaction], None] | None = None,
        before: Callable[[Transaction], None] | None = None,
    ) -> Outcome:
        """Do several acts of the owner as one: all of them are durable, or none.

        The outcome's event is the first of them.
        """

        def checked(state: Examination) -> Sequence[Draft]:
            acts.must_be_open(state, self.examiner)
            return decide(state)

        return self._write(checked, message, also, before)

    def _write(
        self,
        decide: DecideTogether,
        message: str,
        also: Callable[[Transaction], None] | None = None,
        before: Callable[[Transaction], None] | None = None,
    ) -> Outcome:
        with self._store.writing(self.examination.id) as tx:
            state = self._caught_up(tx.events(after=self.examination.head[0]))
            drafts = decide(state)
            if before:
                before(tx)
            at, earlier = self._clock(), state.events[-1].at
            written = [tx.append(draft, at=at, examiner=self.examiner) for draft in drafts]
            state = advance(state, written, self._checklists)
            standing = standing_of(state)
            if also:
                also(tx)
            project(tx, state, standing)
            for event in written:
                index_event(tx, state, event)
        self.examination, self.standing = state, standing
        return Outcome(written[0], message, _clock_warning(earlier, at))

    def _caught_up(self, newer: Sequence[Event]) -> Examination:
        if newer and newer[0].prev != self.examination.head[1]:
            raise DamagedError(
                "DX-JOURNAL",
                "The journal changed under this examination: an entry no longer follows the last "
                "one seen.",
                where=self.handle,
                todo="Stop working and run “docexam show” on it.",
            )
        return advance(self.examination, newer, self._checklists)

    def refresh(self) -> bool:
        """Fold in what another program wrote; True when there was something."""
        version = self._store.data_version()
        if version == self._version:
            return False
        self._version = version
        newer = self._store.events(self.examination.id, after=self.examination.head[0])
        if not newer:
            return False
        if any(event.kind == DISPOSED_EVENT for event in newer):
            # Forgotten texts leave this program's memory too.
            everything = self._store.events(self.examination.id)
            self.examination = fold(self.examination.id, everything, self._checklists)
        else:
            self.examination = self._caught_up(newer)
        self.standing = standing_of(self.examination)
        return True

    def resumed(self) -> dict[str, Any]:
        """Return where the examiner left; empty at the first visit."""
        return self._store.load_resume(self.examination.id)

    def remember(self, where: Mapping[str, Any]) -> None:
        """Keep where the examiner is; best effort, never an error."""
        self._store.save_resume(self.examination.id, where)

    def original(self, capture: Capture) -> Path:
        """Return the verified original of a capture; DamagedError says what is wrong with it."""
        return verified_original(self._store, capture.sha256)

    def broken(self) -> dict[int, str]:
        """Return the captures whose originals are damaged, by number, with the reason."""
        found = broken_originals(self._store, self.examination)
        return {c.n: found[c.sha256] for c in self.examination.captures if c.sha256 in found}

    def crop(self, region: Region) -> bytes:
        """Return the region as PNG bytes: true pixels of the original, metadata stripped."""
        from docexam.workbench.cropping import crop_region

        return crop_region(self._store, self.examination, region)

    def specimens(self) -> tuple[Specimen, ...]:
        """Return the reference specimens this document may be compared with."""
        kept = tuple(specimen_from(sha, data) for sha, data in self._store.specimens())
        return matching(kept, self.examination.checklist)

    def specimen_image(self, specimen: Specimen) -> Path:
        """Return the verified image of a specimen; DamagedError says what is wrong with it."""
        return verified_original(self._store, specimen.sha256)

    def evidence_notes(self, item_id: str) -> tuple[str, ...]:
        """Return what weakens an answer that rests on its regions; opens originals, so is slow."""
        from docexam.workbench.evidence import evidence_notes

        regions = self.examination.finding(item_id).regions
        return evidence_notes(self._store, self.examination, item_id, regions)

    def pictures(self, plan: PixelPlan) -> Pictures:
        """Return the pictures of this examination's captures under a plan of what to hide."""
        from docexam.workbench.illustrating import Pictures

        return Pictures(self._store, self.examination, plan)

    def log(self) -> list[dict[str, Any]]:
        """Return the journal as `docexam log --json` prints it."""
        return log_entries(self.examination)


def _clock_warning(before: str, now: str) -> tuple[str, ...]:
    if now >= before:
        return ()
    return (
        f"The clock reads {now}, earlier than the entry before ({before}). The order of the "
        "journal is kept by its numbers; check the clock.",
    )
