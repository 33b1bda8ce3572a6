"""Answering: one key answers and moves on; what an answer still needs is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from docexam.domain.acts import Recording, parse_answer
from docexam.domain.checklist import CAUSES, NON_ANSWERS, OPEN, Choice, Field, Indicator
from docexam.domain.finding import Region
from docexam.errors import InputError
from docexam.tui.lines import counted

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk
    from docexam.workbench.review import Outcome

TYPED = ("text", "number", "date")


class Offer(NamedTuple):
    """An answer for which the true pixels are offered. `stands`: it is recorded already."""

    item: Indicator
    answer: str
    reason: str = ""
    stands: bool = False


class Answering:
    """Records answers of the item that the examiner is at.

    `pending`: choices of a `many` item that act when it is left (the fact about pages, or a
    change that needs a reason). `focused`: index of the choice where the cursor stands.
    `looked`: the regions, each with its item, whose true pixels were looked at in this session;
    `written`: those that were put into a file, which says nothing of a look.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.pending: dict[str, tuple[str, ...]] = {}
        self.focused = 0
        self.looked: set[tuple[str, Region]] = set()
        self.written: set[tuple[str, Region]] = set()
        self.offer: Offer | None = None

    # -- what stands -----------------------------------------------------------------------

    def arrived(self) -> None:
        """Put the cursor on the answer that stands, when the examiner comes to an item."""
        item = self._desk.indicator
        chosen = self.chosen(item) if item else ()
        ids = [c.id for c in self.choices()]
        self.focused = next((ids.index(c) for c in chosen if c in ids), 0)
        self.offer = None

    def choices(self) -> tuple[Choice, ...]:
        """Return the numbered choices of the current item or field."""
        item = self._desk.indicator
        if item:
            return () if item.type in TYPED else item.choices
        field = self._desk.field
        return field.choices if field and field.type == "choice" else ()

    def chosen(self, item: Indicator) -> tuple[str, ...]:
        """Return the ids chosen, those not yet recorded included."""
        kept = self.pending.get(item.id)
        return self._desk.review.examination.finding(item.id).chosen(item) if kept is None else kept

    # -- choices ---------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Answer with the choice of that number, from 1; in a `many` item turn it over."""
        choices = self.choices()
        if not choices:
            self._desk.writing.answer(str(number))
            return
        if not 1 <= number <= len(choices):
            self._desk.tell(f"There is no answer {number} here.", "warn")
            return
        self.focused = number - 1
        item = self._desk.indicator
        if item and item.type == "many":
            self._turn(item, choices[number - 1].id)
        elif item:
            self.give(choices[number - 1].id)
        else:
            self._desk.writing.transcribe(choices[number - 1].id)

    def move(self, step: int) -> None:
        """Move the cursor between the choices."""
        count = len(self.choices())
        if count:
            self.focused = max(0, min(count - 1, self.focused + step))

    def choose_focused(self) -> None:
        """Answer with the choice where the cursor stands."""
        self.choose(self.focused + 1)

    def none_of_these(self) -> None:
        """Say of a `many` item that nothing of the list applies."""
        item = self._desk.indicator
        if item and item.type == "many":
            self._set_many(item, ())
            self.move_on()
        else:
            self.choose(0)

    def _turn(self, item: Indicator, choice: str) -> None:
        chosen = set(self.chosen(item))
        chosen ^= {choice}
        self._set_many(item, tuple(c.id for c in item.choices if c.id in chosen))

    def _set_many(self, item: Indicator, chosen: tuple[str, ...]) -> None:
        if item.pages or self._reason_due(item, chosen):
            self.pending[item.id] = chosen
            self._desk.tell("Not recorded yet: this acts when you leave the item.")
            return
        self._record(Recording(item.id, answer=",".join(chosen)))

    def settle(self) -> bool:
        """Record what waits until the current item is left; False where it could not be."""
        item = self._desk.indicator
        if item is None or item.id not in self.pending:
            return True
        chosen = self.pending[item.id]
        if chosen == self._desk.review.examination.finding(item.id).answer:
            del self.pending[item.id]
            return True
        if self._reason_due(item, chosen):
            self._desk.writing.reason(lambda reason: self._settle(item, chosen, reason))
            return False
        return self._settle(item, chosen, "")

    def _settle(self, item: Indicator, chosen: tuple[str, ...], reason: str) -> bool:
        what = Recording(item.id, answer=",".join(chosen), reason=reason)
        outcome = self._record(what)
        if outcome is None:
            return False
        self.pending.pop(item.id, None)
        self._tell_pages(outcome)
        return True

    def _tell_pages(self, outcome: Outcome) -> None:
        data = outcome.event.data if outcome.event else {}
        also, back = len(data.get("also", ())), len(data.get("withdrawn", ()))
        words = [
            f"{counted(also, 'item')} of pages not shown answered “not visible”" if also else "",
            f"{back} given back" if back else "",
        ]
        if told := ", ".join(w for w in words if w):
            self._desk.tell(f"saved: {told}; ctrl+z takes it back")

    # -- answers ---------------------------------------------------------------------------

    def give(self, answer: str, reason: str = "") -> None:
        """Answer the current indicator and move on; asks for a reason or a look where due."""
        item = self._desk.indicator
        if item is None:
            return
        try:
            parsed = parse_answer(item, answer)
        except InputError as error:
            self._desk.tell(str(error), "warn")
            return
        if not reason and self._reason_due(item, parsed):
            self._desk.writing.reason(lambda text: self.give(answer, text))
        elif self._look_due(item, answer):
            self._offer(Offer(item, answer, reason))
        else:
            self._given(item, answer, reason)

    def _given(self, item: Indicator, answer: str, reason: str) -> None:
        what = Recording(item.id, answer=answer, reason=reason)
        if self._record(what):
            self._after(item)

    def _record(self, what: Recording) -> Outcome | None:
        view = self._desk.picture.view_kept()
        full = replace(
            what,
            view=view,
            crop_seen=what.answer not in NON_ANSWERS and self.has_looked(what.item),
            reference=self._desk.references.cited(view),
        )
        outcome = self._desk.attempt(lambda: self._desk.deciding.record(full))
        if outcome:
            self._desk.writing.answered(what.item)
        return outcome

    def _after(self, item: Indicator) -> None:
        finding = self._desk.review.examination.finding(item.id)
        if finding.non_answer:
            self._desk.asking = "causes"
        elif finding.answer is not None and finding.complete:
            self.move_on()

    def move_on(self) -> None:
        """Go to the next open item; say so when none is left."""
        self._desk.proposals.leaving()
        if not self.settle() or self._desk.walk.next_open():
            return
        if any(e.open for part in self._desk.walk.parts for e in part.entries):
            self._desk.tell("Nothing else is open here.")
        else:
            self._desk.tell("saved: every item is answered; ctrl+p, “Close the examination”.")

    def _reason_due(self, item: Indicator, answer: object) -> bool:
        examination = self._desk.review.examination
        old = examination.finding(item.id).answer
        changes = old is not None and old != answer
        return changes and examination.needs_reason_for(item.id)

    # -- non-answers -----------------------------------------------------------------------

    def non_answer(self, slug: str) -> None:
        """Give a non-answer; its cause may follow. The same again leaves the cause open."""
        item, field = self._desk.indicator, self._desk.field
        given = self._non_answer_given()
        if self._desk.asking == "causes" and given == slug:
            self.cause_open()
        elif item:
            self.pending.pop(item.id, None)
            self.give(slug)
        elif field:
            self._field_non_answer(field, slug)

    def _non_answer_given(self) -> str:
        examination = self._desk.review.examination
        if self._desk.indicator:
            return examination.finding(self._desk.walk.current).non_answer
        reading = examination.fields.get(self._desk.walk.current)
        return reading.answer if reading else ""

    def _field_non_answer(self, field: Field, slug: str, reason: str = "") -> None:
        examination = self._desk.review.examination
        reading = examination.fields.get(field.id)
        changes = reading and (reading.raw, reading.corrected, reading.answer) != ("", "", slug)
        if changes and not reason and examination.needs_reason_for(field.id):
            self._desk.writing.reason(lambda text: self._field_non_answer(field, slug, text))
            return
        done = self._desk.attempt(
            lambda: self._desk.review.transcribe(field.id, non_answer=slug, reason=reason)
        )
        if done:
            self._desk.writing.answered(field.id)
        if done and slug != OPEN:
            self._desk.asking = "causes"

    def cause(self, number: int) -> None:
        """Say why it was no answer, by the number in the list, and move on."""
        cause, slug = CAUSES[number - 1], self._non_answer_given()
        review, item = self._desk.review, self._desk.indicator
        if item:
            view = self._desk.picture.view_kept()
            what = Recording(item.id, answer=slug, cause=cause, view=view)
            done = self._desk.attempt(lambda: review.record(what))
        else:
            current = self._desk.walk.current
            done = self._desk.attempt(
                lambda: review.transcribe(current, non_answer=slug, cause=cause)
            )
        if done:
            self.cause_open()

    def cause_open(self) -> None:
        """Leave the cause open and move on."""
        self._desk.asking = ""
        self.move_on()

    def clear(self) -> None:
        """Make the item open again."""
        item, field = self._desk.indicator, self._desk.field
        self._desk.asking = ""
        if item:
            self.pending.pop(item.id, None)
            self.give(OPEN)
        elif field:
            self._field_non_answer(field, OPEN)

    # -- a look at the true pixels ---------------------------------------------------------

    def _newest(self, item_id: str) -> tuple[str, Region] | None:
        regions = self._desk.review.examination.finding(item_id).regions
        return (item_id, regions[-1]) if regions else None

    def has_looked(self, item_id: str) -> bool:
        """Whether the true pixels of the region that the item rests on were looked at."""
        return self._newest(item_id) in self.looked

    @property
    def file_waits(self) -> bool:
        """Whether the true pixels of the current item's region were put into a file."""
        return self._newest(self._desk.walk.current) in self.written

    def confirm_look(self) -> None:
        """Take the examiner's word that the file was looked at."""
        newest = self._newest(self._desk.walk.current)
        if newest in self.written:
            self.looked.add(newest)

    def _look_due(self, item: Indicator, answer: str) -> bool:
        choice = item.choice(answer)
        if not choice or choice.evidence != "region" or self.has_looked(item.id):
            return False
        has_region = bool(self._desk.review.examination.finding(item.id).regions)
        return has_region and self._desk.picture.below_one_to_one()

    def offer_after_region(self, item: Indicator) -> bool:
        """Offer the true pixels where a region has just completed an answer seen below 1:1."""
        answer = self._desk.review.examination.finding(item.id).answer
        if not isinstance(answer, str) or not self._look_due(item, answer):
            return False
        self._offer(Offer(item, answer, stands=True))
        return True

    def _offer(self, offer: Offer) -> None:
        self._desk.asking = "offer"
        self.offer = offer

    def let_stand(self) -> None:
        """Record the answer for which the true pixels were offered, and whether they were seen."""
        offer, self.offer, self._desk.asking = self.offer, None, ""
        if offer and offer.stands and not self.has_looked(offer.item.id):
            self.move_on()
        elif offer:
            self._given(offer.item, offer.answer, offer.reason)

    def drop_offer(self) -> None:
        """Go back from the offer without an answer."""
        offer, self.offer, self._desk.asking = self.offer, None, ""
        stands = bool(offer and offer.stands)
        self._desk.tell("The answer stands as it was." if stands else "Nothing was recorded.")
