"""Casebooks to test on, and ways to attack them."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from docexam.casebook import Casebook, ExaminationRow
from docexam.domain.events import FINDING_RECORDED, OPENED, Draft, Event, Personal

AT = "2026-01-02T03:04:05Z"
CHECKLIST = {"id": "demo", "version": "1", "title": "Демо"}
Answer = Callable[..., Event]
Attack = Callable[..., None]


@pytest.fixture(autouse=True)
def _private_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "casebook"


@pytest.fixture
def casebook(root: Path) -> Iterator[Casebook]:
    with Casebook.open(root) as opened:
        yield opened


@pytest.fixture
def new_examination() -> Callable[..., ExaminationRow]:
    def make(
        casebook: Casebook,
        case: str = "2024-117",
        exhibit: str = "A",
        *,
        image: bytes = b"the image",
        name: str = "IMG_0001.jpg",
        examiner: str = "kim",
        at: str = AT,
        **more: object,
    ) -> ExaminationRow:
        digest = hashlib.sha256(image).hexdigest()
        casebook.originals.put(image, digest)
        opened = Draft(OPENED, {"captures": [{"sha256": digest, "name": Personal(name)}]})
        return casebook.create_examination(
            case=case,
            exhibit=exhibit,
            examiner=examiner,
            checklist=CHECKLIST,
            checklist_id="demo",
            at=at,
            drafts=[opened],
            originals=[digest],
            **more,  # type: ignore[arg-type] - passed through as given
        )

    return make


@pytest.fixture
def answer() -> Answer:
    def record(
        casebook: Casebook, examination: str, note: str = "a note", at: str = AT, n: int = 1
    ) -> Event:
        with casebook.writing(examination) as tx:
            data = {"indicator": f"i{n}", "answer": "yes", "note": Personal(note)}
            event = tx.append(Draft(FINDING_RECORDED, data), at=at, examiner="kim")
            tx.index(f"note:i{n}", note)
            tx.project(answered=n, updated=at)
        return event

    return record


@pytest.fixture
def examined(casebook: Casebook, new_examination: Callable[..., ExaminationRow], answer: Answer):
    """An examination of six events, in a casebook that is open."""
    row = new_examination(casebook)
    for n in range(1, 6):
        answer(casebook, row.id, f"note {n}", n=n)
    return casebook.examination(row.id)


@pytest.fixture
def attack(root: Path) -> Attack:
    """Run SQL on the file as an outsider: no foreign keys, no recursive triggers."""

    def run(*statements: str, values: tuple[object, ...] = ()) -> None:
        with closing(sqlite3.connect(root / "casebook.sqlite", isolation_level=None)) as con:
            con.execute("PRAGMA recursive_triggers = OFF")
            con.execute("PRAGMA foreign_keys = OFF")
            for statement in statements:
                con.execute(statement, values if "?" in statement else ())

    return run


@pytest.fixture
def unguarded(root: Path) -> Attack:
    """Run SQL on the file with every guard taken off before and put back after."""

    def run(*statements: str) -> None:
        with closing(sqlite3.connect(root / "casebook.sqlite", isolation_level=None)) as con:
            guards = con.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _ in guards:
                con.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                con.execute(statement)
            for _, sql in guards:
                con.execute(sql)

    return run
