"""Typing: notes, readings, typed answers, reasons, the search, and what was seen before.

What is typed is never lost: leaving with Esc keeps it, a refused text stays as a draft, and a
text that could not be written stays on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from docexam.domain.acts import Recording
from docexam.domain.finding import Reading

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk

NOTHING_SEEN = "nothing"
NOTHING_FOUND = "Nothing holds that text."
# Texts that belong to the record; the others are asked for by an act that is dropped without them.
KEPT = {"note": "note", "answer": "answer", "raw": "reading", "corrected": "corrected reading"}
# What is asked for by an act: with what is told where nothing was typed.
ASKED = {
    "reason": "A change needs a reason; Esc leaves everything as it was.",
    "reject": "A rejection needs a reason; Esc leaves everything as it was.",
    "adopt": "An empty reading is none; Esc leaves everything as it was.",
}


class Typing(NamedTuple):
    """A text that is being typed. `lines`: Enter makes a new line and Esc finishes.

    `select`: what stands in it is selected at first, so that typing replaces it.
    """

    kind: str
    item: str
    title: str
    text: str
    hint: str
    lines: bool = False
    select: bool = False


class Writing:
    """The one text that is open for typing, and the drafts of texts that were refused."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.open: Typing | None = None
        self.drafts: dict[tuple[str, str], str] = {}
        self.now = ""
        self._then: Callable[[str], object] | None = None

    # -- opening ---------------------------------------------------------------------------

    def _start(self, kind: str, title: str, text: str, hint: str, *, lines: bool = False) -> None:
        item = self._desk.walk.current
        if refused := self.refused(kind):
            self._desk.tell(refused, "warn")
            return
        kept = self.drafts.get((kind, item), text)
        self.open = Typing(kind, item, title, kept, hint, lines)
        self.now = kept
        self._then = None

    def refused(self, kind: str) -> str:
        """Return why a text would be refused once typed; a draft can always be taken up again."""
        if kind not in KEPT or (kind, self._desk.walk.current) in self.drafts:
            return ""
        return self._desk.refused_here()

    @property
    def unrecorded(self) -> dict[tuple[str, str], str]:
        """The texts that were refused and stand only here, as (kind, item): text."""
        return {at: text for at, text in self.drafts.items() if at[0] in KEPT and text.strip()}

    def lost(self) -> dict[tuple[str, str], str]:
        """Return what would be lost by leaving now: the drafts, and an open text."""
        was = self.open
        here = {(was.kind, was.item): self.now} if was and was.kind in KEPT else {}
        return self.unrecorded | {at: text for at, text in here.items() if text.strip()}

    def named(self, at: tuple[str, str]) -> str:
        """Return a text's name: what it is, and of which item."""
        return f"{KEPT[at[0]]} on “{self._desk.title_of(at[1])}”"

    def answered(self, item: str) -> None:
        """Drop drafts of an answer that another one has taken the place of."""
        self.drafts.pop(("answer", item), None)
        self.drafts.pop(("raw", item), None)

    def note(self) -> None:
        """Write the note of the current item."""
        title = f"Note: {self._desk.title_of(self._desk.walk.current)}"
        self._start("note", title, self.note_now(), "Esc keeps it", lines=True)

    def note_now(self) -> str:
        """Return the note of the current item as it is recorded."""
        examination, current = self._desk.review.examination, self._desk.walk.current
        if self._desk.indicator:
            return examination.finding(current).note
        reading = examination.fields.get(current)
        return reading.note if reading else ""

    def answer(self, begun: str = "") -> None:
        """Type the answer of a text, number or date item, or a field's raw reading."""
        item, field = self._desk.indicator, self._desk.field
        examination = self._desk.review.examination
        if item:
            answer = examination.finding(item.id).answer
            kept = answer if isinstance(answer, str) and not self._is_non_answer() else ""
            hints = {"number": "a number", "date": "a date, such as 1985-05-12 or ??.05.1985"}
            hint = f"{hints.get(item.type, 'text')}; Enter records"
            self._start("answer", "Answer", begun or kept, hint)
        elif field:
            reading = examination.fields.get(field.id) or Reading(field.id)
            hint = "exactly as it stands there; Enter records"
            self._start("raw", "Reading", begun or reading.raw, hint)

    def _is_non_answer(self) -> bool:
        return bool(self._desk.review.examination.finding(self._desk.walk.current).non_answer)

    def correct(self) -> None:
        """Write a corrected reading beside the raw one."""
        field = self._desk.field
        if field:
            reading = self._desk.review.examination.fields.get(field.id) or Reading(field.id)
            text = reading.corrected or reading.raw
            self._start("corrected", "Corrected reading", text, "the raw one is kept")

    def reason(self, then: Callable[[str], object], begun: str = "") -> None:
        """Ask why something changes, then go on with the reason; `begun` stands there already."""
        self.ask("reason", "Why does this change?", begun, "the first answer is kept", then)
        if self.open and begun:
            self.open = self.open._replace(select=True)

    def ask(
        self, kind: str, title: str, text: str, hint: str, then: Callable[[str], object]
    ) -> None:
        """Ask for a line of `ASKED`, then go on with it."""
        self._start(kind, title, text, hint)
        self._then = then

    def seen(self) -> None:
        """Write what was seen or told before the examination."""
        self._desk.asking = ""
        self._start("seen", "Seen or told before", "", "Enter records; Esc leaves it open")

    def reopen(self) -> None:
        """Ask why a closed examination is opened again."""
        self._start("reopen", "Why is it opened again?", "", "Enter opens it")

    def find(self) -> None:
        """Find items by text, as one types."""
        self._start("find", "Find", self._desk.walk.find, "Enter goes there; Esc shows all again")
        if self.open:
            self.open = self.open._replace(select=True)

    # -- closing ---------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Follow the typing: the search narrows the list at once."""
        self.now = text
        if self.open and self.open.kind == "find":
            self._desk.walk.search(text)
            self._desk.tell("" if self._desk.walk.any_found else NOTHING_FOUND, "warn")

    def finish(self, text: str) -> None:
        """Take what was typed, at Enter; a text that is refused or not written stays open."""
        was = self.open
        if was is None:
            return
        self.now = text
        then = self._then
        if was.kind in ASKED and not text.strip():
            self._desk.tell(ASKED[was.kind], "warn")
        elif then:
            self._shut()
            if then(text) is True:
                self._desk.answers.move_on()
        elif was.kind == "find":
            self._desk.walk.search(text)
            if self._desk.walk.any_found:
                self._shut()
                self._desk.walk.to_listed()
            else:
                self._desk.tell(NOTHING_FOUND, "warn")
        elif self._record(was, text):
            self._shut()
            if was.kind in ("answer", "raw", "corrected") and text.strip():
                self._desk.answers.move_on()

    def leave(self, text: str) -> None:
        """Leave the typing at Esc: a note or a reading is kept and recorded."""
        was = self.open
        if was is None:
            return
        self.now = text
        if was.kind == "find":
            self._desk.walk.search("")
            self._shut()
        elif was.kind in (*ASKED, "seen", "reopen"):
            self._shut()
            if was.kind != "adopt":
                self.drafts[was.kind, was.item] = text
            self._desk.tell("Nothing was changed." if was.kind != "seen" else "Left open.")
        elif self._record(was, text):
            self._shut()
        elif self.open is was and not self._desk.unsaved:
            # Refused, not failed: the words stay as a draft and come back with the same key.
            self.drafts[was.kind, was.item] = text
            self._shut(keep_draft=True)

    def keep(self) -> bool:
        """Record what is being typed, when the screen must go; False where it could not be."""
        was = self.open
        if was is None or was.kind in (*ASKED, "find", "reopen", "seen"):
            return True
        return self._record(was, self.now)

    def _shut(self, *, keep_draft: bool = False) -> None:
        if self.open and not keep_draft:
            self.drafts.pop((self.open.kind, self.open.item), None)
        self.open = None
        self._then = None

    # -- recording -------------------------------------------------------------------------

    def _record(self, was: Typing, text: str) -> bool:
        """Record a text; True where it stands now, or where nothing was there to record."""
        match was.kind:
            case "note":
                return self._record_note(was.item, text)
            case "answer":
                return self._record_answer(was.item, text)
            case "raw" | "corrected":
                return self._record_reading(was, text)
            case "seen":
                return self._record_seen(text)
            case _:
                done = self._desk.attempt(lambda: self._desk.review.reopen(text))
                return done is not None

    def _record_note(self, item: str, text: str) -> bool:
        review = self._desk.review
        if text == self.note_now():
            return True
        if review.examination.checklist.item(item):
            return bool(self._desk.attempt(lambda: review.record(Recording(item, note=text))))
        return bool(self._desk.attempt(lambda: review.transcribe(item, note=text)))

    def _record_answer(self, item: str, text: str) -> bool:
        review = self._desk.review
        old = review.examination.finding(item).answer
        if not text.strip() or text == old:
            return True
        if old is not None and review.examination.needs_reason_for(item):
            self._desk.writing.reason(lambda why: self._answered(item, text, why))
            return False
        return self._answered(item, text, "")

    def _answered(self, item: str, text: str, reason: str) -> bool:
        review, view = self._desk.review, self._desk.picture.view_kept()
        what = Recording(item, answer=text, view=view, reason=reason)
        return bool(self._desk.attempt(lambda: review.record(what)))

    def _record_reading(self, was: Typing, text: str) -> bool:
        examination = self._desk.review.examination
        reading = examination.fields.get(was.item) or Reading(was.item)
        old = reading.raw if was.kind == "raw" else reading.corrected
        if text == old or not (text.strip() or old):
            return True
        if was.item in examination.fields and examination.needs_reason_for(was.item):
            self._desk.writing.reason(lambda why: self._read(was, text, why))
            return False
        return self._read(was, text, "")

    def _read(self, was: Typing, text: str, reason: str) -> bool:
        review = self._desk.review
        if was.kind == "corrected":
            done = self._desk.attempt(
                lambda: review.transcribe(was.item, corrected=text, reason=reason)
            )
        else:
            done = self._desk.attempt(lambda: review.transcribe(was.item, raw=text, reason=reason))
        return done is not None

    def transcribe(self, text: str) -> None:
        """Record a field's reading that was chosen, and move on."""
        was = Typing("raw", self._desk.walk.current, "", text, "")
        if self._record_reading(was, text) and not self.open:
            self._desk.answers.move_on()

    def _record_seen(self, text: str) -> bool:
        if not text.strip():
            self._desk.tell("Left open.")
            return True
        return bool(self._desk.attempt(lambda: self._desk.review.say_seen_before(text)))

    def nothing_seen(self) -> None:
        """Record that nothing was seen or told before."""
        self._desk.asking = ""
        self._record_seen(NOTHING_SEEN)
