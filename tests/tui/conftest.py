"""A review without a store, a picture without pixels, a stage without a screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from docexam.domain import acts
from docexam.domain import events as ev
from docexam.domain import proposing as rules
from docexam.domain.acts import Recording
from docexam.domain.aids import aids_of
from docexam.domain.checklist import Checklist, Choice, Field, Indicator, Place, Section
from docexam.domain.events import Draft, Event, Personal, event_hash
from docexam.domain.examination import CLOSED, Examination, advance, fold
from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region, lacks
from docexam.domain.proposals import ShownProposal, shown_on
from docexam.domain.proposing import Said
from docexam.domain.reading import reading_note
from docexam.domain.standing import standing_of
from docexam.errors import DocexamError
from docexam.tui.desk.desk import Desk
from docexam.tui.desk.ports import Shown
from docexam.workbench.proposing import Offer, Prepared
from docexam.workbench.review import Outcome

SHA = ("a" * 64, "b" * 64)


def yes_no(item_id: str, **more: Any) -> Indicator:
    choices = (Choice("yes", "Yes"), Choice("no", "No"))
    return Indicator(item_id, f"Is it {item_id}?", choices=choices, section="one", **more)


PHOTO = Indicator(
    "photo",
    "Is a photograph present in its place?",
    section="seals",
    page="identity",
    place="photo",
    critical=True,
    min_px=50,
    look=("Fit the identity spread", "Look for glue"),
    shows="Whether one was ever there.",
    does_not_show="When it was lost.",
    status="unverified",
    source="Field practice",
    choices=(
        Choice("present", "Present"),
        Choice("partial", "Partly present"),
        Choice("absent", "No photograph there", evidence="region", innocent=("fell off",)),
    ),
)
CHECKLIST = Checklist(
    id="small",
    version="1.0.0",
    title="A small checklist",
    facts=(
        Indicator(
            "pages-shown",
            "Which pages are shown?",
            type="many",
            fact=True,
            pages=True,
            choices=(Choice("cover", "Cover"), Choice("identity", "Identity spread")),
        ),
    ),
    places=(Place("photo", "The photograph's place", "identity", "portrait"),),
    fields=(
        Field("surname", "Surname", script="Cyrl", page="identity"),
        Field("number", "Number", pattern=r"[А-Я]{2} \d{6}", section="seals"),
    ),
    sections=(Section("one", "First things"), Section("seals", "Seals and stamps")),
    indicators=(
        yes_no("sharp"),
        yes_no("cover-red", page="cover"),
        PHOTO,
        Indicator(
            "seal-crosses",
            "Does a seal cross the photograph's edge?",
            section="seals",
            when="photo is present",
            choices=(Choice("crosses", "Yes"), Choice("none", "No seal")),
        ),
        Indicator(
            "marks",
            "Which marks are there?",
            type="many",
            section="seals",
            choices=tuple(Choice(f"m{n}", f"Mark {n}") for n in range(1, 13)),
        ),
        Indicator("count", "How many seals?", type="number", section="seals"),
        yes_no("later", stage=2),
    ),
)


class FakeReview:
    """Keeps a journal in memory and folds it as the workbench does."""

    def __init__(self, checklist: Checklist, captures: int = 2, examiner: str = "Anna") -> None:
        self.examiner = examiner
        self.failure: DocexamError | None = None
        self.foreign: list[Draft] = []
        self.remembered: dict[str, Any] = {}
        self._checklist = checklist
        self._count = 0
        opened = {
            "case": "2024-117",
            "exhibit": "A",
            "exhibit_id": "x",
            "examiner": "Anna",
            "checklist": {"sha256": "-"},
            "captures": [
                {
                    "sha256": SHA[n],
                    "name": f"{n}.jpg",
                    "width": 1000,
                    "height": 800,
                    "format": "JPEG",
                }
                for n in range(captures)
            ],
        }
        first = self._event(Draft(ev.OPENED, opened), 0, ev.FIRST_PREV)
        self.examination: Examination = fold("e", [first], lambda _: checklist)
        self.standing = standing_of(self.examination)

    handle = "2024-117/A"

    @property
    def read_only(self) -> str:
        if self.examination.examiner != self.examiner:
            return "This examination belongs to Anna."
        return "This examination is closed." if self.examination.state == CLOSED else ""

    def _event(self, draft: Draft, seq: int, prev: str) -> Event:
        texts: dict[str, str] = {}
        data = self._plain(draft.data, texts)
        at = f"2026-03-01T09:{seq // 60:02}:{seq % 60:02}.000Z"
        digest = event_hash("e", seq + 1, at, self.examiner, draft.kind, data, prev)
        return Event(seq + 1, at, self.examiner, draft.kind, data, prev, digest, texts)

    def _plain(self, value: Any, texts: dict[str, str]) -> Any:
        if isinstance(value, Personal):
            self._count += 1
            texts[str(self._count)] = value.text
            return {"ref": str(self._count)}
        if isinstance(value, Mapping):
            return {k: self._plain(v, texts) for k, v in value.items()}
        return value

    def _append(self, draft: Draft) -> Event:
        event = self._event(draft, *self.examination.head)
        self.examination = advance(self.examination, [event], lambda _: self._checklist)
        self.standing = standing_of(self.examination)
        return event

    def _act(self, decide: Callable[[Examination], Draft], message: str = "saved") -> Outcome:
        if self.failure:
            raise self.failure
        acts.must_be_open(self.examination, self.examiner)
        return Outcome(self._append(decide(self.examination)), message)

    def record(self, what: Recording) -> Outcome:
        outcome = self._act(lambda s: acts.record(s, what))
        item = self._checklist.item(what.item)
        assert item
        missing = lacks(item, self.examination.finding(item.id), self.examination.captures)
        warnings = (f"Not complete yet: {missing}",) if missing else ()
        return Outcome(outcome.event, "saved", warnings)

    def transcribe(self, field_id: str, **given: Any) -> Outcome:
        return self._act(lambda s: acts.transcribe(s, field_id, **given))

    def mark_place(self, place: str, region: Region) -> Outcome:
        return self._act(lambda s: acts.mark_place(s, place, region), "place marked")

    def flag(self, item: str) -> Outcome:
        return self._act(lambda s: acts.flag(s, item))

    def undo(self) -> Outcome:
        return self._act(acts.undo, "undone")

    def redo(self) -> Outcome:
        return self._act(acts.redo, "redone")

    def reveal(self, what: str, about: str = "") -> Outcome:
        return self._act(lambda s: acts.reveal(s, what, about))

    def say_seen_before(self, text: str) -> Outcome:
        return self._act(lambda s: acts.say_seen_before(text))

    def close(self) -> Outcome:
        return self._act(acts.close, "closed")

    def reopen(self, reason: str) -> Outcome:
        draft = acts.reopen(self.examination, self.examiner, reason)
        return Outcome(self._append(draft), "open again")

    def refresh(self) -> bool:
        waiting, self.foreign = self.foreign, []
        for draft in waiting:
            self._append(draft)
        return bool(waiting)

    def resumed(self) -> dict[str, Any]:
        return dict(self.remembered)

    def remember(self, where: Mapping[str, Any]) -> None:
        self.remembered = dict(where)

    def original(self, capture: Capture) -> Path:
        raise DocexamError("DX-TEST", "no pixels here")

    def crop(self, region: Region) -> bytes:
        return b"png"

    def specimens(self) -> tuple[Any, ...]:
        return ()

    def pattern_note(self, field_id: str, reading: str) -> str:
        spec = self._checklist.field_of(field_id)
        return reading_note(spec, reading) if spec else ""


class FakePane:
    """Notes what was asked of the capture pane."""

    comparing = False

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., str]:
        def ask(*given: Any) -> str:
            self.asked.append((name, *given))
            return "half"

        return ask


class FakePicture:
    """A capture pane without pixels."""

    def __init__(self, review: FakeReview) -> None:
        self.review = review
        self.pane = FakePane()
        self.drawing = False
        self.small = False
        self.marks: Sequence[Any] = ()
        self.shown: list[Region] = []
        self.started: list[tuple[int, Region | None]] = []

    def view_kept(self) -> Mapping[str, Any]:
        return {"renderer": "half", "scale": 0.5 if self.small else 2.0}

    def below_one_to_one(self) -> bool:
        return self.small

    def set_marks(self, marks: Sequence[Any]) -> None:
        self.marks = marks

    def show_region(self, region: Region) -> None:
        self.shown.append(region)

    def start_region(self, min_px: int, remembered: Region | None) -> None:
        self.started.append((min_px, remembered))

    def shown_capture(self) -> Capture | None:
        return next(iter(self.review.examination.captures), None)

    def turn_to(self, step: int) -> str:
        return f"turned {step}"

    def compare(self) -> str:
        return "side by side"

    def refresh_captures(self) -> None:
        return

    def memory(self) -> Mapping[str, Any]:
        return {"capture": 1}


class FakeStage:
    """Notes what was asked of the screen."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    viewer = True

    def show_png(self, data: bytes, name: str) -> Shown:
        self.asked.append(("show_png", data, name))
        return Shown("opened" if self.viewer else "written", self.viewer)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*given: Any) -> Any:
            self.asked.append((name, *given))
            return 10 if name == "list_page" else f"{name} done"

        return ask


def desk_of(review: FakeReview) -> Desk:
    desk = Desk(review, FakePicture(review), FakeStage())  # type: ignore[arg-type]
    desk.begin()
    return desk


@pytest.fixture
def review() -> FakeReview:
    return FakeReview(CHECKLIST)


@pytest.fixture
def desk(review: FakeReview) -> Desk:
    """A desk whose examiner has just begun and said that nothing was seen before."""
    desk = desk_of(review)
    desk.writing.nothing_seen()
    return desk


@pytest.fixture
def make_review() -> Callable[..., FakeReview]:
    return FakeReview


@pytest.fixture
def make_desk() -> Callable[[FakeReview], Desk]:
    return desk_of


@pytest.fixture
def small_checklist() -> Checklist:
    return CHECKLIST


@pytest.fixture
def region() -> Region:
    """A region of the first capture, 100 × 80 pixels."""
    return Region(SHA[0], box=(0.1, 0.1, 0.1, 0.1))


@pytest.fixture
def press() -> Callable[..., None]:
    """Press keys at a desk as the screen would, without a screen."""
    from docexam.tui.desk.desk import Notice
    from docexam.tui.keyboard import Keyboard

    def pressed(desk: Desk, *keys: str, focus: str = "list") -> None:
        for key in keys:
            found = Keyboard().find(key, desk.contexts(focus))
            assert found, f"{key} means nothing in {desk.contexts(focus)}"
            command, meant = found
            reason = command.enabled(desk)
            desk.notice = Notice()
            if reason:
                desk.tell(reason, "warn")
            else:
                command.run(desk, meant)

    return pressed


class FakeProposer:
    """Says what it was told to say, under the true rules of when it may be shown."""

    def __init__(self, review: FakeReview, says: dict[str, tuple[ShownProposal, ...] | str]):
        self.review = review
        self.says = says
        self.runs: list[tuple[str, str]] = []

    def warm(self) -> None:
        return

    def offers(self, subject: str) -> tuple[Offer, ...]:
        state = self.review.examination
        return tuple(self._offer(state, subject, a) for a in aids_of(state.checklist, subject))

    def _offer(self, state: Examination, subject: str, aid: str) -> Offer:
        shown = [s for s in state.showings if s.aid == aid and subject in s.subjects]
        if shown:
            return Offer(subject, aid, aid.capitalize(), "shown", shown_at=shown[-1].at)
        verdict = (
            ("cannot", self.review.read_only)
            if self.review.read_only
            else rules.gate(state, subject, aid)
        )
        return Offer(subject, aid, aid.capitalize(), *verdict)

    def prepare(self, subject: str, aid: str, run: Any) -> Prepared:
        self.runs.append((subject, aid))
        run.progress(0.5, "half of it")
        said = self.says[aid]
        if isinstance(said, str):
            return Prepared(Said(subject, aid, "1", ""), said, broken=True)
        return Prepared(Said(subject, aid, "1", "key", said), cancelled=run.cancelled())

    def show(self, prepared: Prepared) -> Outcome:
        return self.review._act(lambda s: rules.show(s, prepared.said), "shown")

    def shown(self, subject: str) -> tuple[Any, ...]:
        return shown_on(self.review.examination, subject)

    def adoptable(self, shown: Any) -> str:
        item = self.review.examination.checklist.item(shown.showing.subject)
        return rules.adoptable(shown, item=item is not None)

    def _both(self, decide: Callable[[Examination], tuple[Draft, ...]]) -> Outcome:
        first, *more = decide(self.review.examination)
        outcome = self.review._act(lambda _: first, "adopted")
        for draft in more:
            self.review._append(draft)
        return outcome

    def adopt_reading(self, subject: str, number: int, why: str = "", *, text: str = "") -> Outcome:
        return self._both(lambda s: rules.adopt_reading(s, subject, number, why, text))

    def adopt_region(
        self, subject: str, number: int, ground: int = 0, why: str = "", *, region: Any = None
    ) -> Outcome:
        return self._both(lambda s: rules.adopt_region(s, subject, number, ground, why, region))

    def adopt_answer(self, subject: str, number: int, recording: Recording) -> Outcome:
        return self._both(lambda s: rules.adopt_answer(s, number, recording))

    def reject(self, subject: str, number: int, reason: str) -> Outcome:
        return self.review._act(lambda s: rules.reject(s, subject, number, reason), "rejected")


@pytest.fixture
def make_proposer() -> type[FakeProposer]:
    return FakeProposer
