"""Deciding on a proposal: taking it over through one's own forms, or rejecting it with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from docexam.domain.acts import Recording
from docexam.domain.finding import Region
from docexam.domain.text import visible

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk
    from docexam.tui.desk.proposing import Spot
    from docexam.workbench.proposing import Proposer, Shown
    from docexam.workbench.review import Outcome


class Deciding:
    """Decides on the proposal at the cursor.

    `bound`: number of the proposal that the next answer goes along with, 0 for none.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.bound = 0

    @property
    def _source(self) -> Proposer:
        return self._desk.proposals.source

    @property
    def _here(self) -> Spot | None:
        return self._desk.proposals.here

    def undecidable(self) -> str:
        """Return why nothing can be decided on the proposal; empty when something can."""
        proposals = self._desk.proposals
        here = proposals.here if proposals.open else None
        if self._desk.review.read_only:
            return self._desk.review.read_only
        if here is None:
            return "No proposal is in sight; ; asks an aid."
        return "" if here.shown.proposal else "Nothing was proposed here."

    def takes(self) -> str:
        """Return what taking over would do: `reading`, `region` or `answer`; empty for nothing."""
        here = self._here
        if here is None or here.shown.proposal is None:
            return ""
        return self._source.adoptable(here.shown)

    def adopt(self) -> None:
        """Take the proposal over, through the form in which one would enter it oneself."""
        here, kind = self._here, self.takes()
        if here is None:
            return
        if kind == "reading":
            self._take_reading(here.shown)
        elif kind == "region":
            self.take_place()
        elif self._desk.indicator:
            self.bound = here.shown.number
            self._desk.tell("Answer now: your answer is recorded as following this proposal.")
        else:
            self._desk.tell("There is nothing in it to take over.", "warn")

    def _take_reading(self, shown: Shown) -> None:
        proposal = shown.proposal
        if proposal is None:
            return
        aid = visible(f"{shown.showing.aid} {shown.showing.version}")
        self._desk.writing.ask(
            "adopt",
            f"Reading proposed by {aid}",
            proposal.reading,
            "compare each character; Enter records",
            lambda text: self._adopt_reading(shown, text),
        )

    def _adopt_reading(self, shown: Shown, text: str) -> None:
        subject = self._desk.walk.current
        reading = self._desk.review.examination.fields.get(subject)
        plain = _proposed_by(shown)
        self._with_reason(
            bool(reading and (reading.raw or reading.answer)),
            lambda why: self._source.adopt_reading(subject, shown.number, why, text=text),
            plain,
        )

    def take_place(self) -> None:
        """Begin to draw a region from the place at the cursor."""
        here = self._here
        spot = here if here is None or here.placed else self._desk.proposals.first_placed(here)
        region = self._desk.proposals.region_at(spot) if spot else None
        if spot is None or region is None:
            self._desk.tell("This has no place on a capture.", "warn")
            return
        if (shown := self._desk.picture.shown_capture()) and shown.sha256 != region.capture:
            self._desk.picture.show_region(region)
        self._desk.marks.draw_from(region, lambda drawn: self._adopt_region(spot, drawn))
        if not self._desk.picture.drawing:
            self._desk.tell("The capture is still being read; once more, please.", "warn")

    def _adopt_region(self, spot: Spot, drawn: Region) -> None:
        subject, number = self._desk.walk.current, spot.shown.number
        proposal = spot.shown.proposal
        grounds = proposal.grounds[: spot.ground] if proposal and spot.ground is not None else ()
        at = sum(g.shape is not None for g in grounds)
        self._with_reason(
            self._desk.indicator is not None and bool(self._desk.marks.regions()),
            lambda why: self._source.adopt_region(subject, number, at, why, region=drawn),
            _proposed_by(spot.shown),
        )

    def _with_reason(self, changes: bool, act: Callable[[str], Outcome], plain: str) -> None:
        """Do an act, asking first for the reason where it changes what was said before."""
        examination = self._desk.review.examination
        if changes and examination.needs_reason_for(self._desk.walk.current):
            self._desk.writing.reason(lambda why: self._decide(act, why), plain)
        else:
            self._decide(act, "")

    def _decide(self, act: Callable[[str], Outcome], why: str) -> bool:
        self.bound = 0
        self._desk.attempt(lambda: act(why))
        self._desk.marks.show()
        return False

    def reject(self) -> None:
        """Ask why the proposal is rejected, and record it."""
        here, subject = self._here, self._desk.walk.current
        if here is None:
            return
        number = here.shown.number
        self._desk.writing.ask(
            "reject",
            "Why is it rejected?",
            "",
            "one line; Enter records",
            lambda why: self._decide(lambda w: self._source.reject(subject, number, w), why),
        )

    def record(self, what: Recording) -> Outcome:
        """Record an answer, as following a proposal where the examiner said so."""
        number, self.bound = self.bound, 0
        if number and what.item == self._desk.walk.current and what.answer:
            return self._source.adopt_answer(what.item, number, what)
        return self._desk.review.record(what)


def _proposed_by(shown: Shown) -> str:
    return f"proposed by {shown.showing.aid} {shown.showing.version}"
