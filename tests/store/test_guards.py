"""The journal's guards hold against SQL; what gets past them is found when it is read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable

import pytest

from docexam.casebook import Casebook, ExaminationRow, schema
from docexam.domain.events import FINDING_RECORDED, FIRST_PREV, Draft, event_hash
from docexam.errors import DamagedError

Attack = Callable[..., None]
SQL_ON_EVENTS = [
    "UPDATE events SET at = '2020' WHERE seq = 2",
    "UPDATE events SET data = data",
    "UPDATE OR REPLACE events SET seq = 3 WHERE seq = 2",
    "UPDATE OR IGNORE events SET kind = 'x'",
    "DELETE FROM events WHERE seq = 6",
    "DELETE FROM events",
    "REPLACE INTO events SELECT examination, seq, 'x', examiner, kind, data, prev, hash"
    " FROM events WHERE seq = 3",
    "INSERT OR REPLACE INTO events SELECT examination, seq, at, examiner, kind, '{}', prev, hash"
    " FROM events WHERE seq = 6",
    "INSERT OR IGNORE INTO events SELECT examination, seq + 2, at, examiner, kind, data, hash,"
    " hash FROM events WHERE seq = 6",
    "INSERT INTO events SELECT examination, seq, at, examiner, kind, data, prev, hash"
    " FROM events WHERE seq = 6 ON CONFLICT DO UPDATE SET at = 'x'",
    "INSERT INTO events SELECT examination, 7, at, examiner, kind, data, prev, 'h'"
    " FROM events WHERE seq = 6",
    "INSERT INTO events SELECT examination, 8, at, examiner, kind, data, hash, 'h'"
    " FROM events WHERE seq = 6",
    "INSERT INTO events SELECT examination, 0, at, examiner, kind, data, prev, 'h'"
    " FROM events WHERE seq = 1",
    "INSERT INTO events SELECT 'another', 1, at, examiner, kind, data, prev, 'h'"
    " FROM events WHERE seq = 1",
]
SQL_ON_THE_REST = [
    "UPDATE examinations SET head_seq = 5",
    "UPDATE examinations SET head_seq = head_seq + 1",
    "UPDATE examinations SET head_hash = 'x'",
    "UPDATE examinations SET disposed = 3",
    "UPDATE examinations SET examiner = 'another'",
    "UPDATE examinations SET exhibit = 'another'",
    "DELETE FROM examinations",
    "REPLACE INTO examinations SELECT id, exhibit, examiner, checklist, checklist_id, 0,"
    f" '{FIRST_PREV}', 0, state, 0, 0, 0, created, updated FROM examinations",
    "UPDATE exhibits SET case_name = 'x'",
    "DELETE FROM exhibits",
    "REPLACE INTO exhibits SELECT 'another', case_name, exhibit_name, case_key, exhibit_key,"
    " created, updated FROM exhibits",
    "UPDATE personal SET text = x'00'",
    "REPLACE INTO personal SELECT examination, ref, salt, x'00' FROM personal",
    "DELETE FROM personal",
    "UPDATE checklists SET json = '{}'",
    "REPLACE INTO checklists SELECT sha256, '{}' FROM checklists",
    "DELETE FROM checklists",
    "UPDATE originals SET exhibit = 'another'",
    "DELETE FROM originals",
]
SAID_BY_GUARDS = {
    said for guard in schema.GUARDS.values() for said in re.findall(r"ABORT, '([^']+)'", guard)
}


@pytest.mark.parametrize("statement", SQL_ON_EVENTS + SQL_ON_THE_REST)
def test_a_guard_refuses(
    statement: str, casebook: Casebook, examined: ExaminationRow, attack: Attack
) -> None:
    before = casebook.events(examined.id)
    with pytest.raises(sqlite3.IntegrityError) as caught:
        attack(statement)
    assert str(caught.value) in SAID_BY_GUARDS
    assert casebook.events(examined.id) == before
    assert casebook.verify(examined.id).ok
    assert casebook.examination(examined.id) == examined


@pytest.mark.parametrize("rowid", ["rowid", "oid", "_rowid_"])
def test_the_journal_has_no_rowid_to_replace_through(
    rowid: str, casebook: Casebook, examined: ExaminationRow, attack: Attack
) -> None:
    columns = "examination, seq, at, examiner, kind, data, prev, hash"
    with pytest.raises(sqlite3.OperationalError, match="has no column named"):
        attack(
            f"REPLACE INTO events({rowid}, {columns}) SELECT 1, examination, 7, at, examiner,"
            " kind, data, hash, 'h' FROM events WHERE seq = 6"
        )


def test_the_journal_has_one_unique_constraint_only(casebook: Casebook, root) -> None:
    with sqlite3.connect(root / "casebook.sqlite") as con:
        indexes = con.execute("PRAGMA index_list(events)").fetchall()
    assert [(row[3], row[4]) for row in indexes] == [("pk", 0)]


def test_a_well_formed_forgery_by_sql_is_admitted_only_as_the_next_event(
    casebook: Casebook, examined: ExaminationRow, attack: Attack
) -> None:
    """An outsider may add what anybody may add, and the chain binds it; nothing else."""
    args = (examined.id, 7, "t", "kim", FINDING_RECORDED, {}, examined.head_hash)
    values = (*args[:5], "{}", args[6], event_hash(*args))
    attack("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values=values)
    assert casebook.events(examined.id)[-1].seq == 7
    assert casebook.examination(examined.id).head_seq == 7


PAST_THE_GUARDS = [
    ("UPDATE events SET data = replace(data, 'yes', 'no') WHERE seq = 3", "event-altered"),
    ("UPDATE events SET at = '2020-01-01T00:00:00Z' WHERE seq = 3", "event-altered"),
    ("UPDATE events SET examiner = 'lee' WHERE seq = 3", "event-altered"),
    ("UPDATE events SET kind = 'Flagged' WHERE seq = 6", "event-altered"),
    ("UPDATE events SET hash = prev WHERE seq = 3", "event-altered"),
    ("UPDATE events SET prev = hash WHERE seq = 1", "chain-broken"),
    ("UPDATE events SET data = '[]' WHERE seq = 3", "event-unreadable"),
    ("UPDATE events SET data = x'ff' WHERE seq = 3", "event-unreadable"),
    ("UPDATE events SET data = '{' WHERE seq = 3", "event-unreadable"),
    ("UPDATE events SET seq = 'three' WHERE seq = 3", "event-missing"),
    ("UPDATE events SET seq = 9 WHERE seq = 6", "event-missing"),
    ("DELETE FROM events WHERE seq = 3", "event-missing"),
    ("DELETE FROM events WHERE seq = 1", "event-missing"),
    ("DELETE FROM events WHERE seq = 6", "tail-cut"),
    ("DELETE FROM events WHERE seq > 2", "tail-cut"),
    ("DELETE FROM events", "tail-cut"),
    ("UPDATE examinations SET head_seq = 5", "head-behind"),
    ("UPDATE examinations SET head_seq = 7", "tail-cut"),
    (f"UPDATE examinations SET head_hash = '{FIRST_PREV}'", "head-differs"),
    ("UPDATE examinations SET examiner = 'lee'", "bond-broken"),
    ("UPDATE exhibits SET case_name = '2024-118'", "bond-broken"),
    ("UPDATE exhibits SET exhibit_name = 'B'", "bond-broken"),
    ("UPDATE personal SET text = x'00'", "text-altered"),
    ("UPDATE personal SET text = 'a note'", "text-altered"),
    ("UPDATE personal SET salt = 'salt'", "text-altered"),
    ("DELETE FROM personal", "text-missing"),
]


@pytest.mark.parametrize(("statement", "code"), PAST_THE_GUARDS)
def test_reading_finds_what_got_past_the_guards(
    statement: str, code: str, casebook: Casebook, examined: ExaminationRow, unguarded: Attack
) -> None:
    unguarded(statement)
    with pytest.raises(DamagedError) as caught:
        casebook.events(examined.id)
    assert caught.value.code == f"DX-{code.upper()}"
    report = casebook.verify(examined.id)
    assert code in {fault.code for fault in report.faults}
    assert not report.ok


def test_the_error_says_which_event_and_what(
    casebook: Casebook, examined: ExaminationRow, unguarded: Attack
) -> None:
    unguarded("UPDATE events SET at = 'earlier' WHERE seq = 4")
    with pytest.raises(DamagedError, match="Event 4 was altered"):
        casebook.events(examined.id)
    faults = casebook.verify(examined.id).faults
    assert [(fault.code, fault.seq) for fault in faults] == [("event-altered", 4)]


def test_a_tail_cut_together_with_its_head_is_beyond_an_unsigned_chain(
    casebook: Casebook, examined: ExaminationRow, unguarded: Attack
) -> None:
    """What the documents say an unsigned chain does not prove: hence the hash kept elsewhere."""
    unguarded(
        "DELETE FROM events WHERE seq = 6",
        "UPDATE examinations SET head_seq = 5, head_hash = (SELECT hash FROM events WHERE seq = 5)",
    )
    assert len(casebook.events(examined.id)) == 5
    assert casebook.examination(examined.id).head_hash != examined.head_hash


def test_a_cut_tail_can_not_be_written_over(
    casebook: Casebook, examined: ExaminationRow, unguarded: Attack
) -> None:
    unguarded("DELETE FROM events WHERE seq = 6")
    with pytest.raises(DamagedError) as caught, casebook.writing(examined.id) as tx:
        tx.append(Draft(FINDING_RECORDED, {}), at="t", examiner="kim")
    assert caught.value.code == "DX-JOURNAL-GUARD"


def test_an_altered_frozen_checklist_is_found(
    casebook: Casebook, examined: ExaminationRow, unguarded: Attack
) -> None:
    unguarded("UPDATE checklists SET json = replace(json, 'demo', 'dem0')")
    with pytest.raises(DamagedError, match="was altered"):
        casebook.checklist(examined.checklist)
    assert {f.code for f in casebook.verify(examined.id).faults} == {"checklist-altered"}


def test_an_exchanged_checklist_is_found(
    casebook: Casebook, examined: ExaminationRow, unguarded: Attack
) -> None:
    with casebook.writing(examined.id) as tx:
        other = tx.freeze({"id": "other"})
    unguarded(f"UPDATE examinations SET checklist = '{other}'")
    assert {f.code for f in casebook.verify(examined.id).faults} == {"checklist-foreign"}


def test_a_text_that_belongs_to_no_event_is_found(
    casebook: Casebook, examined: ExaminationRow, attack: Attack
) -> None:
    attack("INSERT INTO personal VALUES (?, 'r', x'00', x'00')", values=(examined.id,))
    assert [f.code for f in casebook.verify(examined.id).faults] == ["text-loose"]


@pytest.mark.parametrize("guard", sorted(schema.GUARDS))
def test_opening_names_a_missing_guard(
    guard: str, casebook: Casebook, root, attack: Attack
) -> None:
    attack(f"DROP TRIGGER {guard}")
    with pytest.raises(DamagedError, match=f"{guard} missing"):
        Casebook.open(root)


TAMPERED_SCHEMA = [
    (
        "DROP TRIGGER events_never_updated; CREATE TRIGGER events_never_updated"
        " BEFORE UPDATE ON events WHEN 0 BEGIN SELECT 1; END",
        "events_never_updated altered",
    ),
    (
        "CREATE TRIGGER helper AFTER INSERT ON events BEGIN SELECT 1; END",
        "helper foreign",
    ),
    ("CREATE UNIQUE INDEX helper ON events(examination, kind)", "helper foreign"),
    ("ALTER TABLE events ADD COLUMN more", "events altered"),
    ("DROP TABLE events", "events missing"),
    ("ALTER TABLE personal RENAME TO persons", "personal missing"),
]


@pytest.mark.parametrize(("script", "found"), TAMPERED_SCHEMA)
def test_opening_names_a_tampered_table_or_trigger(
    script: str, found: str, casebook: Casebook, root, attack: Attack
) -> None:
    head, semicolon, rest = script.partition("; CREATE")
    attack(head, *([f"CREATE{rest}"] if semicolon else []))
    with pytest.raises(DamagedError) as caught:
        Casebook.open(root)
    assert found in caught.value.what
    assert caught.value.exit_code == 3


def test_verification_names_a_guard_taken_off_while_the_casebook_is_open(
    casebook: Casebook, examined: ExaminationRow, attack: Attack
) -> None:
    attack("DROP TRIGGER events_never_deleted")
    assert "guards-altered" in {f.code for f in casebook.verify(examined.id).faults}
