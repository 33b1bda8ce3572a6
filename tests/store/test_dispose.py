"""Disposal: the values are gone from every file; chain and fact stay and verify."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from docexam.casebook import Casebook, ExaminationRow, folder, originals
from docexam.domain.events import DISPOSED, FIELD_TRANSCRIBED, Draft, Personal
from docexam.domain.text import search_key
from docexam.errors import DamagedError, MachineError

AT = "2026-01-02T03:04:05Z"
REASON = Draft(DISPOSED, {"reason": Personal("retention period over")})
New = Callable[..., ExaminationRow]
Answer = Callable[..., object]
# A letter that stands nowhere else: even one trigram that holds it would show in the file.
RARE = "ꙮ"
# Of sizes that lie in a leaf page, in overflow pages, and among their neighbours.
VALUES = [
    "Сидоренко Порфирий Ыыкович",
    f"Zxqwvu{RARE}tsrq Holder",
    "황보혜린",
    "long Qjxkwvz " + "Фэфэфэ-маркер " * 700,
]


def traces(root: Path, values: list[str]) -> list[str]:
    """Return which values (as typed, folded, or as UTF-16) stand in any file of the casebook."""
    forms = {
        form
        for value in values
        for text in (value[:40], search_key(value[:40]))
        for form in (
            text.encode("utf-8", "surrogatepass"),
            text.encode("utf-16-le", "surrogatepass"),
        )
    }
    found = []
    for path in (p for p in root.rglob("*") if p.is_file()):
        content = path.read_bytes()
        found += [f"{path.name}: {form!r}" for form in forms if form in content]
    return found


def trigrams(root: Path) -> set[str]:
    with closing(sqlite3.connect(root / "casebook.sqlite")) as con:
        con.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'search_index', 'row')")
        return {term for (term,) in con.execute("SELECT term FROM temp.v")}


@pytest.fixture
def crowded(casebook: Casebook, new_examination: New, answer: Answer) -> ExaminationRow:
    """An examination full of values among others that stay, with every kind of residue."""
    row = new_examination(casebook, image=b"the questioned image", name=f"{VALUES[0]}.jpg")
    stays = new_examination(casebook, "stays", image=b"another image", name="stays.jpg")
    for n in range(120):
        answer(casebook, row.id, f"{VALUES[n % 4]} {n}", n=n % 30)
        answer(casebook, stays.id, f"this stays {n}", n=n % 30)
    with casebook.writing(row.id) as tx:
        tx.append(Draft(FIELD_TRANSCRIBED, {"raw": Personal(VALUES[2])}), at=AT, examiner="kim")
        tx.unindex("note:i3")
    with suppress(ZeroDivisionError), casebook.writing(row.id) as tx:
        for n in range(50):
            tx.append(Draft("X", {"raw": Personal(VALUES[n % 4])}), at=AT, examiner="kim")
            tx.index(f"rolled:{n}", VALUES[n % 4])
        _ = 1 / 0
    casebook.save_resume(row.id, {"typing": VALUES[1]})
    for key in (row.id, hashlib.sha256(b"the questioned image").hexdigest()):
        folder = casebook.originals.cache_folder(key)
        folder.mkdir(parents=True)
        (folder / "crop.png").write_text(VALUES[1])
    return casebook.examination(row.id)


def test_a_search_of_every_file_finds_nothing(
    casebook: Casebook, crowded: ExaminationRow, root: Path
) -> None:
    assert traces(root, VALUES), "the search must find the values before the disposal"
    before = trigrams(root)
    report = casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
    assert traces(root, [*VALUES, RARE, "the questioned image"]) == []
    # The log holds no more than the note that the scrub is done.
    assert (root / "casebook.sqlite-wal").stat().st_size < 3 * 4200
    gone = {"ыык", "qjx", "zxq", f"{RARE}ts"}
    assert gone <= before
    assert not gone & trigrams(root)
    assert report.texts == 122
    assert report.originals == (hashlib.sha256(b"the questioned image").hexdigest(),)


def test_with_the_casebook_closed_no_file_holds_a_value_either(
    root: Path, casebook: Casebook, crowded: ExaminationRow
) -> None:
    casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
    casebook.close()
    assert traces(root, VALUES) == []
    names = sorted(p.name for p in root.iterdir() if p.is_file())
    assert names == ["casebook.sqlite"]
    with closing(sqlite3.connect(root / "casebook.sqlite")) as con:
        assert con.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_chain_and_fact_stay_and_verify(casebook: Casebook, crowded: ExaminationRow) -> None:
    before = casebook.events(crowded.id)
    report = casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
    after = casebook.events(crowded.id)
    assert after[:-1] == before
    assert after[-1] == report.event
    assert after[-1].kind == DISPOSED
    assert after[-1].text("reason") == "retention period over"
    assert [event.text("note") for event in after[1:-1]] == [""] * (len(before) - 1)
    assert after[1].is_disposed("note")
    row = casebook.examination(crowded.id)
    assert (row.state, row.head_seq, row.head_hash) == ("disposed", after[-1].seq, after[-1].hash)
    verified = casebook.verify(crowded.id)
    assert (verified.faults, verified.disposed, verified.forgotten) == ((), True, 122)
    assert casebook.load_resume(crowded.id) == {}
    assert not casebook.save_resume(crowded.id, {"again": 1})


def test_others_keep_everything(casebook: Casebook, crowded: ExaminationRow) -> None:
    (stays,) = casebook.list_exhibits("stays")
    casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
    (row,) = stays.examinations
    assert casebook.verify(row.id).ok
    assert casebook.events(row.id)[-1].text("note") == "this stays 119"
    assert len(casebook.search("this stays 119")) == 1
    assert casebook.search("Порфирий") == []
    assert [r.case for r in casebook.list_exhibits(find="2024-117")] == ["2024-117"]


def test_a_shared_original_stays_until_its_last_user_is_disposed_of(
    casebook: Casebook, new_examination: New
) -> None:
    first = new_examination(casebook, "one")
    second = new_examination(casebook, "two")
    (sha,) = casebook.originals_of(first.exhibit)
    report = casebook.dispose(first.id, REASON, at=AT, examiner="kim")
    assert (report.originals, report.kept) == ((), (sha,))
    assert casebook.originals.check(sha).ok
    assert casebook.dispose(second.id, REASON, at=AT, examiner="kim").originals == (sha,)
    assert not casebook.originals.path(sha).exists()


def test_an_original_stays_while_another_examination_of_the_exhibit_needs_it(
    casebook: Casebook, examined: ExaminationRow, new_examination: New
) -> None:
    second = new_examination(casebook, examiner="lee", second=True)
    (sha,) = casebook.originals_of(examined.exhibit)
    report = casebook.dispose(examined.id, REASON, at=AT, examiner="kim")
    assert (report.originals, report.kept) == ((), (sha,))
    assert casebook.verify(second.id).ok
    assert casebook.dispose(second.id, REASON, at=AT, examiner="lee").originals == (sha,)


def test_a_second_disposal_adds_no_event(casebook: Casebook, examined: ExaminationRow) -> None:
    first = casebook.dispose(examined.id, REASON, at=AT, examiner="kim")
    again = casebook.dispose(examined.id, REASON, at="later", examiner="lee")
    assert again.event == first.event
    assert again.texts == 0
    assert casebook.events(examined.id)[-1].text("reason") == "retention period over"


def test_only_a_disposed_event_disposes(casebook: Casebook, examined: ExaminationRow) -> None:
    with pytest.raises(ValueError, match="Disposed event"):
        casebook.dispose(examined.id, Draft("Closed", {}), at=AT, examiner="kim")
    assert casebook.examination(examined.id) == examined


def test_a_disposal_whose_scrub_was_cut_short_is_finished_by_the_next_opening(
    casebook: Casebook, crowded: ExaminationRow, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, sha256: str) -> bool:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(originals.Originals, "remove", fail)
        with pytest.raises(MachineError):
            casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
    assert casebook.events(crowded.id)[-1].kind == DISPOSED
    assert len(casebook.unfinished()) == 2
    casebook.close()
    with Casebook.open(root) as again:
        assert again.unfinished() == []
        assert traces(root, [*VALUES, "the questioned image"]) == []
        assert again.verify(crowded.id).ok


def test_a_reader_that_keeps_the_log_is_named_and_the_scrub_finished_later(
    casebook: Casebook, crowded: ExaminationRow, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "BUSY_MS", 100)
    with closing(sqlite3.connect(root / "casebook.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchall()
        with pytest.raises(MachineError) as caught:
            casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
        assert caught.value.code in ("DX-DISPOSAL-UNFINISHED", "DX-CASEBOOK-BUSY")
    assert casebook.verify(crowded.id).disposed
    assert casebook.unfinished()
    casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
    assert casebook.unfinished() == []
    assert traces(root, VALUES) == []


def test_an_open_casebook_elsewhere_does_not_hinder_a_disposal(
    casebook: Casebook, crowded: ExaminationRow, root: Path
) -> None:
    with Casebook.open(root) as other:
        seen = len(other.events(crowded.id))
        casebook.dispose(crowded.id, REASON, at=AT, examiner="kim")
        assert traces(root, VALUES) == []
        assert len(other.events(crowded.id)) == seen + 1
        assert other.verify(crowded.id).ok


def test_a_text_that_comes_back_after_the_disposal_is_found(
    casebook: Casebook, examined: ExaminationRow, root: Path, attack: Callable[..., None]
) -> None:
    with closing(sqlite3.connect(root / "casebook.sqlite")) as con:
        kept = con.execute("SELECT * FROM personal LIMIT 1").fetchone()
    casebook.dispose(examined.id, REASON, at=AT, examiner="kim")
    attack("INSERT INTO personal VALUES (?, ?, ?, ?)", values=kept)
    assert [f.code for f in casebook.verify(examined.id).faults] == ["disposal-unfinished"]


def test_a_disposed_chain_still_shows_tampering(
    casebook: Casebook, examined: ExaminationRow, unguarded: Callable[..., None]
) -> None:
    casebook.dispose(examined.id, REASON, at=AT, examiner="kim")
    unguarded("UPDATE events SET data = replace(data, 'yes', 'no') WHERE seq = 3")
    with pytest.raises(DamagedError, match="Event 3 was altered"):
        casebook.events(examined.id)
