"""The desk: what the examiner is doing on the review screen, and what the screen must show.

The desk decides; widgets show it and post what was pressed or picked. It never imports the
toolkit, so its rules are tested without a screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from docexam.domain.checklist import Field, Indicator
from docexam.domain.standing import Progress
from docexam.domain.text import visible
from docexam.errors import DamagedError, DocexamError, MachineError
from docexam.tui.desk.answering import Answering
from docexam.tui.desk.deciding import Deciding
from docexam.tui.desk.marking import Marking
from docexam.tui.desk.outline import refused_now, title_of
from docexam.tui.desk.ports import Picture, Stage
from docexam.tui.desk.proposing import Proposing
from docexam.tui.desk.referring import Referring
from docexam.tui.desk.walking import Walking
from docexam.tui.desk.writing import Writing

if TYPE_CHECKING:
    from docexam.tui.desk.comparison import SettleForm
    from docexam.tui.desk.stating import ConclusionDraft
    from docexam.workbench.review import Outcome, Review


class Notice(NamedTuple):
    """What was told last. `level`: `info`, `warn` or `error`; errors stay until the next act."""

    text: str = ""
    level: str = "info"


class Desk:
    """One review under way: the parts that act on it, and what they share.

    `asking` names an open question of the screen itself: `seen`, `causes`, `offer`, or nothing.
    `unsaved` says why the last act could not be made durable; empty when everything is.
    `conclusions` keeps what was written on a question and not stated, `settlements` what was
    written on an item and not settled, while the program runs.
    """

    def __init__(self, review: Review, picture: Picture, stage: Stage) -> None:
        self.review = review
        self.picture = picture
        self.stage = stage
        self.asking = ""
        self.notice = Notice()
        self.unsaved = ""
        self.walk = Walking(self)
        self.answers = Answering(self)
        self.writing = Writing(self)
        self.marks = Marking(self)
        self.references = Referring(self)
        self.proposals = Proposing(self)
        self.deciding = Deciding(self)
        self.conclusions: dict[str, ConclusionDraft] = {}
        self.settlements: dict[str, SettleForm] = {}

    def begin(self) -> None:
        """Take up the review: where one left, else at the first open item; ask what was seen."""
        self.walk.resume(self.review.resumed())
        if self.review.examination.seen_before is None and not self.review.read_only:
            self.asking = "seen"

    # -- what the parts share --------------------------------------------------------------

    @property
    def indicator(self) -> Indicator | None:
        """The indicator or fact that the examiner is at; None at a field."""
        return self.review.examination.checklist.item(self.walk.current)

    @property
    def field(self) -> Field | None:
        """The field that the examiner is at."""
        return self.review.examination.checklist.field_of(self.walk.current)

    @property
    def progress(self) -> Progress:
        """The counts that every front end shows."""
        return self.review.standing.progress()

    def title_of(self, item_id: str) -> str:
        """Return a short name of an item or field, ready for the screen."""
        return title_of(self.review.examination.checklist, item_id)

    def refused_here(self) -> str:
        """Return why nothing can be recorded on the current item; empty when something can."""
        if self.review.read_only:
            return self.review.read_only
        if self.walk.out_of_sight:
            return "No item is listed, so none is answered; Esc shows all items."
        return refused_now(self.review.standing, self.indicator) if self.indicator else ""

    def tell(self, text: str, level: str = "info") -> None:
        """Put a message into the bottom line."""
        self.notice = Notice(visible(text), level)

    def attempt(self, act: Callable[[], Outcome], done: str = "") -> Outcome | None:
        """Do a durable act; tell what came of it. None where it failed: nothing was recorded."""
        try:
            outcome = act()
        except DocexamError as error:
            self._failed(error)
            return None
        self.unsaved = ""
        self.walk.changed()
        # Plain “saved” stands in the top line already, and the counts tell the rest.
        words = done or ("" if outcome.message == "saved" else outcome.message)
        told = " ".join(w for w in (words, *outcome.warnings) if w)
        self.tell(told, "warn" if outcome.warnings else "info")
        return outcome

    def _failed(self, error: DocexamError) -> None:
        if isinstance(error, MachineError):
            self.unsaved = error.what
            self.tell(f"NOT saved: {error}", "error")
        elif isinstance(error, DamagedError):
            self.unsaved = error.what
            self.tell(f"NOT saved, stop here: {error}", "error")
        else:
            self.tell(f"Not recorded: {error}", "warn")

    def poll(self) -> None:
        """Fold in what another program wrote, about once a second."""
        try:
            changed = self.review.refresh()
        except DocexamError as error:
            self.tell(str(error), "error")
            return
        if changed:
            self.walk.changed()
            self.tell(
                "Another program wrote to this examination; what you see includes it.", "warn"
            )

    def contexts(self, focus: str) -> tuple[str, ...]:
        """Return where keys act now, the nearest first; `focus` is the pane that has it."""
        if self.writing.open:
            return ("typing", "always")
        if self.asking in ("seen", "offer"):
            return (self.asking, "always")
        if self.picture.drawing:
            return ("region", "always")
        causes = ("causes",) if self.asking == "causes" else ()
        item = self.indicator
        many = ("many",) if item and item.type == "many" and focus in ("list", "question") else ()
        return (*causes, *many, focus, "review", "always")

    def leaving(self) -> bool:
        """Settle everything before the screen goes; False where something could not be kept."""
        kept = self.writing.keep()
        settled = self.answers.settle()
        self.remember()
        return kept and settled and not self.writing.unrecorded

    def remember(self) -> None:
        """Keep where the examiner is for the next visit."""
        self.review.remember({"item": self.walk.current, **self.picture.memory()})
