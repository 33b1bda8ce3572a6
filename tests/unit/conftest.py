"""A desk without a store: acts become events in memory, states are folded from them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from docexam.domain import acts
from docexam.domain import events as ev
from docexam.domain.checklist import Checklist, Choice, Field, Indicator, Place, Section
from docexam.domain.events import Draft, Event, Personal, event_hash, personal_ref
from docexam.domain.examination import Examination, advance, fold
from docexam.domain.standing import Standing, standing_of

SHA = "a" * 64


def small_checklist() -> Checklist:
    """A checklist with a fact, a condition, evidence, a many item, two stages and fields."""
    presence = (
        Choice("present", "Present"),
        Choice("absent", "Absent", evidence="region", bears={"regular": -50, "interim": 20}),
    )
    yesno = (Choice("yes", "Yes"), Choice("no", "No"))
    pages = (Choice("cover", "Cover"), Choice("identity", "Identity"))
    return Checklist(
        id="small",
        version="1.0.0",
        title="A small checklist",
        sections=(Section("seals", "Seals"), Section("late", "Late")),
        places=(Place("photo", "Photograph", "identity", "portrait"),),
        fields=(
            Field("surname", "Surname", script="Cyrl", page="identity", sensitive=True),
            Field("birth-date", "Born", type="date"),
        ),
        facts=(
            Indicator(
                "pages", "Which pages?", type="many", choices=pages, fact=True, pages=True, stage=0
            ),
        ),
        indicators=(
            Indicator("photo", "A photograph?", section="seals", place="photo", choices=presence,
                      critical=True, min_px=100),
            Indicator("seal", "A seal across it?", type="yesno", section="seals", choices=yesno,
                      when="photo is present"),
            Indicator("inks", "Which inks?", type="many", section="seals",
                      choices=(Choice("blue", "Blue"), Choice("violet", "Violet"))),
            Indicator("weight", "Weight?", type="number", section="seals"),
            Indicator("compare", "Like the reference?", type="yesno", section="late",
                      choices=yesno, stage=2),
        ),
    )  # fmt: skip


class Desk:
    """Acts on an examination in memory."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.texts: dict[str, str] = {}
        self.events: list[Event] = []
        capture = {"sha256": SHA, "name": "a.jpg", "width": 1000, "height": 800, "format": "JPEG"}
        self.write(
            Draft(
                ev.OPENED,
                {
                    "case": "C",
                    "exhibit": "E",
                    "exhibit_id": "x",
                    "examiner": "Ann",
                    "checklist": {"id": "small", "version": "1.0.0", "sha256": checklist.sha256()},
                    "captures": [capture],
                    "provenance": {},
                },
            )
        )
        self.state = self.folded()

    def write(self, draft: Draft) -> Event:
        data = self._aside(draft.data)
        seq = len(self.events) + 1
        prev = self.events[-1].hash if self.events else ev.FIRST_PREV
        at = f"2026-01-01T00:00:{seq % 60:02d}Z"
        digest = event_hash("id", seq, at, "Ann", draft.kind, data, prev)
        event = Event(seq, at, "Ann", draft.kind, data, prev, digest, self.texts)
        self.events.append(event)
        return event

    def _aside(self, value: Any) -> Any:
        if isinstance(value, Personal):
            ref = personal_ref(secrets.token_bytes(16), value.text)
            self.texts[ref] = value.text
            return {"ref": ref}
        if isinstance(value, dict):
            return {k: self._aside(v) for k, v in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._aside(v) for v in value]
        return value

    def folded(self) -> Examination:
        return fold("id", self.events, lambda _sha: self.checklist)

    def do(self, decide: Callable[[Examination], Draft]) -> Examination:
        acts.must_be_open(self.state, "Ann")
        event = self.write(decide(self.state))
        self.state = advance(self.state, [event], lambda _sha: self.checklist)
        return self.state

    def record(self, item: str, answer: str | acts.Unset = acts.UNSET, **more: Any) -> Examination:
        return self.do(lambda s: acts.record(s, acts.Recording(item, answer, **more)))

    @property
    def standing(self) -> Standing:
        return standing_of(self.state)

    def same_as_folded(self) -> bool:
        return replace(self.state, events=()) == replace(self.folded(), events=())


@pytest.fixture
def checklist() -> Checklist:
    return small_checklist()


@pytest.fixture
def desk(checklist: Checklist) -> Desk:
    return Desk(checklist)
