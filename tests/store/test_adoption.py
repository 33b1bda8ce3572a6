"""Examinations that travel between casebooks: verbatim, through the same guards."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from docexam.casebook import Casebook, ExaminationRow, Travelling
from docexam.casebook.adoption import faults_of
from docexam.domain.events import DISPOSED, Draft, Personal
from docexam.errors import DamagedError, InputError

AT = "2026-01-02T03:04:05Z"
IMAGE = b"the image"
New = Callable[..., ExaminationRow]
Answer = Callable[..., object]


@pytest.fixture
def away(tmp_path: Path):
    with Casebook.open(tmp_path / "away") as opened:
        yield opened


@pytest.fixture
def travelling(casebook: Casebook, new_examination: New, answer: Answer) -> Travelling:
    row = new_examination(casebook)
    for n in range(3):
        answer(casebook, row.id, f"Ёлка\0\u202e {n}", n=n)
    return casebook.travelling(row.id)


def adopt(casebook: Casebook, travelling: Travelling, checklist: dict[str, object]) -> None:
    bound = travelling.bound
    casebook.originals.put(IMAGE, hashlib.sha256(IMAGE).hexdigest())
    with casebook.adopting() as tx:
        tx.add_exhibit(bound["exhibit_id"], bound["case"], bound["exhibit"], AT)
        tx.use_original(bound["exhibit_id"], hashlib.sha256(IMAGE).hexdigest())
        tx.freeze(checklist)
        tx.adopt(travelling, "demo")
        tx.check(travelling.id)


def test_an_adopted_journal_is_the_same_and_verifies(
    casebook: Casebook, away: Casebook, travelling: Travelling
) -> None:
    frozen = casebook.checklist(travelling.bound["checklist"])
    adopt(away, travelling, frozen)
    assert away.events(travelling.id) == casebook.events(travelling.id)
    assert [e.texts for e in away.events(travelling.id)] == [
        e.texts for e in casebook.events(travelling.id)
    ]
    assert away.travelling(travelling.id) == travelling
    assert away.verify(travelling.id).ok
    here, there = casebook.examination(travelling.id), away.examination(travelling.id)
    assert replace(there, answered=here.answered) == here


def test_the_journal_goes_on_where_it_was_adopted_and_comes_back(
    casebook: Casebook, away: Casebook, travelling: Travelling, answer: Answer
) -> None:
    adopt(away, travelling, casebook.checklist(travelling.bound["checklist"]))
    answer(away, travelling.id, "written away")
    longer = away.travelling(travelling.id)
    with casebook.adopting() as tx:
        tx.extend(longer, after=travelling.head[0])
        tx.check(longer.id)
    assert casebook.travelling(travelling.id) == longer


@pytest.mark.parametrize("after", [0, 2, 3, 9])
def test_events_are_only_added_behind_the_last(
    casebook: Casebook, away: Casebook, travelling: Travelling, answer: Answer, after: int
) -> None:
    adopt(away, travelling, casebook.checklist(travelling.bound["checklist"]))
    answer(away, travelling.id, "away")
    answer(away, travelling.id, "away too")
    longer = away.travelling(travelling.id)
    gap = Travelling(longer.id, (*longer.events[:4], longer.events[5]), longer.personal)
    before = casebook.events(travelling.id)
    with pytest.raises(DamagedError), casebook.adopting() as tx:
        tx.extend(gap if after == 9 else longer, after=4 if after == 9 else after)
    assert casebook.events(travelling.id) == before


def altered(travelling: Travelling, number: int, **changes: object) -> Travelling:
    events = list(travelling.events)
    events[number] = replace(events[number], **changes)  # type: ignore[arg-type]
    return replace(travelling, events=tuple(events))


def test_every_fault_of_a_travelling_journal_is_found(travelling: Travelling) -> None:
    assert faults_of(travelling) == []
    ref = next(iter(travelling.personal))
    salt, text = travelling.personal[ref]
    cases = {
        "event-altered": altered(travelling, 1, examiner="somebody"),
        "chain-broken": altered(travelling, 2, prev="0" * 64),
        "event-missing": replace(travelling, events=travelling.events[1:]),
        "text-altered": replace(
            travelling, personal={**travelling.personal, ref: (salt, text + "x")}
        ),
        "text-missing": replace(travelling, personal={}),
        "text-loose": replace(travelling, personal={**travelling.personal, "0" * 64: (salt, "x")}),
        "not-bound": replace(travelling, events=travelling.events[1:2]),
    }
    for code, wrong in cases.items():
        found = {fault.code for fault in faults_of(wrong)}
        assert code in found, (code, found)


def test_an_altered_journal_is_not_adopted(
    casebook: Casebook, away: Casebook, travelling: Travelling
) -> None:
    frozen = casebook.checklist(travelling.bound["checklist"])
    for wrong in (
        altered(travelling, 1, examiner="somebody"),
        altered(travelling, 3, hash="0" * 64),
        replace(travelling, personal={}),
    ):
        with pytest.raises(DamagedError):
            adopt(away, wrong, frozen)
        assert away.list_exhibits() == []
        assert away.search("Ёлка") == []


def test_an_examination_is_adopted_once(
    casebook: Casebook, away: Casebook, travelling: Travelling
) -> None:
    frozen = casebook.checklist(travelling.bound["checklist"])
    adopt(away, travelling, frozen)
    with pytest.raises(InputError):
        adopt(away, travelling, frozen)
    with pytest.raises(DamagedError), away.adopting() as tx:
        tx.adopt(travelling, "demo")
    assert away.verify(travelling.id).ok


def test_a_disposed_examination_travels_without_its_texts(
    casebook: Casebook, away: Casebook, travelling: Travelling
) -> None:
    frozen = casebook.checklist(travelling.bound["checklist"])
    draft = Draft(DISPOSED, {"reason": Personal("over")})
    casebook.dispose(travelling.id, draft, at=AT, examiner="kim")
    gone = casebook.travelling(travelling.id)
    assert [text for _, text in gone.personal.values()] == ["over"]
    assert faults_of(gone) == []
    adopt(away, gone, frozen)
    found = away.verify(gone.id)
    assert found.ok
    assert found.disposed


def test_a_record_of_an_exhibit_stays_as_it_is_until_it_is_disposed_of(
    casebook: Casebook, examined: ExaminationRow, root: Path
) -> None:
    record = {"captures": [], "note": "A Person's Name"}
    with casebook.adopting() as tx:
        tx.keep_record(examined.exhibit, record, AT)
    assert casebook.exhibit_record(examined.exhibit) == record
    with pytest.raises(DamagedError), casebook.adopting() as tx:
        tx.keep_record(examined.exhibit, {}, AT)
    with closing(sqlite3.connect(root / "casebook.sqlite")) as con:
        for statement in ("DELETE FROM exhibit_records", "UPDATE exhibit_records SET json = '{}'"):
            with pytest.raises(sqlite3.IntegrityError):
                con.execute(statement)
    with pytest.raises(ValueError, match="not discarded"):
        casebook.discard(examined.exhibit)
    casebook.dispose(examined.id, Draft(DISPOSED, {"reason": "over"}), at=AT, examiner="kim")
    assert casebook.exhibit_record(examined.exhibit) is None
    assert not any(b"Person's Name" in p.read_bytes() for p in root.rglob("*") if p.is_file())


def test_an_exhibit_that_nobody_examined_is_discarded_without_a_trace(
    casebook: Casebook, root: Path
) -> None:
    sha256 = hashlib.sha256(IMAGE).hexdigest()
    casebook.originals.put(IMAGE, sha256)
    with casebook.adopting() as tx:
        tx.add_exhibit("an-id", "C", "E", AT)
        tx.use_original("an-id", sha256)
        tx.keep_record("an-id", {"name": "A Person's Name"}, AT)
    assert casebook.unused_originals() == []
    assert casebook.discard("an-id") == [sha256]
    assert casebook.originals.all() == []
    assert casebook.find_exhibit("C", "E") is not None
    assert not any(b"Person's Name" in p.read_bytes() for p in root.rglob("*") if p.is_file())
    with pytest.raises(RuntimeError):
        tx.keep_record("an-id", {}, AT)
