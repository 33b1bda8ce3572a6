"""Events go in whole and come out as they went in."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.casebook import Casebook, ExaminationRow
from docexam.domain.checklist import canonical_json
from docexam.domain.events import (
    FINDING_RECORDED,
    FIRST_PREV,
    OPENED,
    Draft,
    Personal,
    event_hash,
    personal_ref,
)
from docexam.errors import InputError

AT = "2026-01-02T03:04:05Z"
Answer = Callable[..., object]
New = Callable[..., ExaminationRow]


def test_an_event_read_equals_the_event_returned(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    data = {
        "indicator": "photo-seal",
        "note": Personal("Ёлки\0‮\udcff"),
        "regions": ({"capture": "c", "box": (0.1, 0.25, 1e-9, 3)},),
        "deep": [{"a": [Personal("inner")]}, MappingProxyType({"b": None})],
        "order": {10: "ten", 9: "nine"},
    }
    with casebook.writing(examined.id) as tx:
        event = tx.append(Draft("Custom", data), at=AT, examiner="Ким Ён")
        assert tx.head == (7, event.hash)
        assert tx.events()[-1] == event
    read = casebook.events(examined.id)[-1]
    assert (read, read.texts) == (event, event.texts)
    assert read.text("note") == "Ёлки\0‮\udcff"
    assert read.resolve(read.data["deep"][0]["a"][0]) == "inner"
    assert read.data["order"] == {"10": "ten", "9": "nine"}
    assert casebook.verify(examined.id).ok


def test_no_personal_text_stands_in_an_event(
    casebook: Casebook, examined: ExaminationRow, root
) -> None:
    with casebook.writing(examined.id) as tx:
        tx.append(Draft("X", {"a": [{"b": Personal("Иван Петров")}]}), at=AT, examiner="kim")
    with sqlite3.connect(root / "casebook.sqlite") as con:
        stored = con.execute("SELECT data FROM events ORDER BY seq DESC LIMIT 1").fetchone()[0]
        ref, salt, text = con.execute(
            "SELECT ref, salt, text FROM personal WHERE text = ?", ("Иван Петров".encode(),)
        ).fetchone()
    assert json.loads(stored) == {"a": [{"b": {"ref": ref}}]}
    assert len(salt) == 16
    assert personal_ref(salt, text.decode()) == ref


def test_the_same_text_twice_has_two_refs(casebook: Casebook, examined: ExaminationRow) -> None:
    with casebook.writing(examined.id) as tx:
        event = tx.append(
            Draft("X", {"a": Personal("yes"), "b": Personal("yes")}), at=AT, examiner="kim"
        )
    assert event.data["a"] != event.data["b"]


def test_the_chain_is_the_one_the_domain_defines(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    prev = FIRST_PREV
    for number, event in enumerate(casebook.events(examined.id), start=1):
        assert (event.seq, event.prev) == (number, prev)
        prev = event_hash(
            examined.id, number, event.at, event.examiner, event.kind, event.data, prev
        )
        assert event.hash == prev
    assert (examined.head_seq, examined.head_hash) == (6, prev)


def test_the_first_event_is_bound_to_what_the_examination_belongs_to(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    first = casebook.events(examined.id)[0]
    assert first.kind == OPENED
    assert first.data["bound"] == {
        "case": "2024-117",
        "exhibit": "A",
        "exhibit_id": examined.exhibit,
        "examiner": "kim",
        "checklist": examined.checklist,
    }


def test_a_ref_of_an_earlier_event_may_be_used_again(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    note = casebook.events(examined.id)[2].data["note"]
    with casebook.writing(examined.id) as tx:
        event = tx.append(Draft("X", {"note": note}), at=AT, examiner="kim")
    assert event.text("note") == "note 2"
    assert casebook.events(examined.id)[-1].text("note") == "note 2"


def test_a_ref_to_nothing_is_refused_and_nothing_recorded(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    with pytest.raises(ValueError, match="does not exist"), casebook.writing(examined.id) as tx:
        tx.append(Draft("X", {"note": {"ref": "0" * 64}}), at=AT, examiner="kim")
    assert casebook.examination(examined.id) == examined


def test_an_exception_in_the_block_records_nothing(
    casebook: Casebook, examined: ExaminationRow
) -> None:

    def interrupted() -> None:
        with casebook.writing(examined.id) as tx:
            tx.append(Draft("X", {"note": Personal("gone")}), at=AT, examiner="kim")
            tx.index("note:x", "gone")
            tx.project(answered=99, state="closed", updated="2030")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert casebook.examination(examined.id) == examined
    assert len(casebook.events(examined.id)) == 6
    assert casebook.search("gone") == []
    assert casebook.verify(examined.id).ok


def test_a_clock_that_jumps_back_is_recorded_as_it_was(
    casebook: Casebook, examined: ExaminationRow, answer: Answer
) -> None:
    answer(casebook, examined.id, at="1999-01-01T00:00:00Z")
    assert [e.at for e in casebook.events(examined.id)][-2:] == [AT, "1999-01-01T00:00:00Z"]
    assert casebook.verify(examined.id).ok


def test_events_after_a_number_are_the_tail(casebook: Casebook, examined: ExaminationRow) -> None:
    every = casebook.events(examined.id)
    for after in range(7):
        tail = casebook.events(examined.id, after=after)
        assert tail == every[after:]
        assert [e.texts for e in tail] == [e.texts for e in every[after:]]


def test_a_transaction_refuses_use_after_its_end(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    with casebook.writing(examined.id) as tx:
        pass
    with pytest.raises(RuntimeError, match="has ended"):
        tx.append(Draft("X", {}), at=AT, examiner="kim")
    with casebook.writing(examined.id), pytest.raises(RuntimeError, match="open already"):
        casebook.save_resume(examined.id, {})


def test_a_name_that_is_no_unicode_is_refused(casebook: Casebook, examined: ExaminationRow) -> None:
    with pytest.raises(InputError, match="no Unicode"), casebook.writing(examined.id) as tx:
        tx.append(Draft("X", {}), at=AT, examiner="k\udcff")
    assert casebook.examination(examined.id) == examined


def test_an_unknown_examination_is_an_input_error(casebook: Casebook) -> None:
    for call in (casebook.events, casebook.examination, casebook.verify):
        with pytest.raises(InputError, match="no examination"):
            call("nobody")


def test_projections_change_only_what_is_given(
    casebook: Casebook, examined: ExaminationRow
) -> None:
    with casebook.writing(examined.id) as tx:
        tx.project(total=27, critical_open=3)
        tx.project(state="closed", updated="2030-01-01T00:00:00Z")
    row = casebook.examination(examined.id)
    assert (row.answered, row.total, row.critical_open) == (5, 27, 3)
    assert (row.state, row.updated, row.head_seq) == ("closed", "2030-01-01T00:00:00Z", 6)
    found = casebook.find_exhibit("2024-117", "a")
    assert found is not None
    assert found.updated == row.updated


def test_a_name_in_another_case_or_normal_form_is_taken(
    casebook: Casebook, new_examination: New
) -> None:
    new_examination(casebook, "Дело-Ё", "Straße")
    with pytest.raises(InputError, match="Дело-Ё/Straße exists already"):
        new_examination(casebook, "дело-е\u0308", "STRASSE", image=b"other")
    assert len(casebook.list_exhibits()) == 1


def test_a_refused_intake_leaves_no_row_behind(casebook: Casebook, new_examination: New) -> None:
    new_examination(casebook)
    other = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(InputError):
        new_examination(casebook, image=b"other")
    assert casebook.used_by(other) == []
    assert casebook.unused_originals() == [other]
    assert casebook.remove_unused(other)
    assert casebook.unused_originals() == []


def test_an_examination_begins_with_an_event(casebook: Casebook) -> None:
    with (
        pytest.raises(ValueError, match="begins with an event"),
        casebook.creating(
            case="c", exhibit="e", examiner="k", checklist={}, checklist_id="x", at=AT
        ),
    ):
        pass
    assert casebook.list_exhibits() == []


def test_a_second_examination_joins_its_exhibit(
    casebook: Casebook, examined: ExaminationRow, new_examination: New
) -> None:
    second = new_examination(casebook, examiner="lee", second=True, at="2026-02-01T00:00:00Z")
    found = casebook.find_exhibit("2024-117", "A")
    assert found is not None
    assert [row.id for row in found.examinations] == [examined.id, second.id]
    assert second.exhibit == examined.exhibit
    with pytest.raises(InputError, match="no exhibit"):
        new_examination(casebook, "2024-117", "B", second=True)


def test_an_upgrade_freezes_another_checklist(casebook: Casebook, examined: ExaminationRow) -> None:
    newer = {"id": "demo", "version": "2"}
    with casebook.writing(examined.id) as tx:
        digest = tx.freeze(newer)
        assert tx.freeze(newer) == digest
        tx.append(Draft("ChecklistUpgraded", {"to": digest}), at=AT, examiner="kim")
        tx.project(checklist=digest, checklist_id="demo")
    assert digest == hashlib.sha256(canonical_json(newer)).hexdigest()
    assert casebook.checklist(digest) == newer
    assert casebook.examination(examined.id).checklist == digest
    assert casebook.verify(examined.id).ok


def test_data_version_changes_when_another_has_written(
    casebook: Casebook, examined: ExaminationRow, root, answer: Answer
) -> None:
    before = casebook.data_version()
    answer(casebook, examined.id)
    assert casebook.data_version() == before
    with Casebook.open(root) as other:
        answer(other, examined.id, "theirs")
    assert casebook.data_version() != before
    assert casebook.events(examined.id, after=7)[0].text("note") == "theirs"


def test_resume_is_kept_and_a_broken_one_is_nothing(
    casebook: Casebook, examined: ExaminationRow, attack: Callable[..., None]
) -> None:
    assert casebook.load_resume(examined.id) == {}
    assert casebook.save_resume(examined.id, {"item": "photo-seal", "zoom": 3.2})
    assert casebook.load_resume(examined.id) == {"item": "photo-seal", "zoom": 3.2}
    attack("UPDATE resume SET json = '[broken'")
    assert casebook.load_resume(examined.id) == {}


def test_several_threads_share_a_casebook(
    casebook: Casebook, examined: ExaminationRow, answer: Answer
) -> None:
    def work(name: int) -> None:
        for n in range(20):
            answer(casebook, examined.id, f"{name} {n}")
            casebook.list_exhibits()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(casebook.events(examined.id)) == 66


def test_an_answer_is_flushed_to_the_disk_before_it_is_acknowledged(casebook: Casebook) -> None:
    settings = {
        name: casebook._con.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "journal_mode", "secure_delete", "foreign_keys")
    }
    assert settings == {
        "synchronous": 2,
        "journal_mode": "wal",
        "secure_delete": 1,
        "foreign_keys": 1,
    }


_texts = st.text(alphabet=st.characters(codec=None), max_size=20)
_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _texts
    | _texts.map(Personal),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(data=st.dictionaries(_texts, _values, max_size=4))
def test_whatever_goes_in_comes_out(
    data: dict[str, object], casebook: Casebook, examined: ExaminationRow
) -> None:
    after = casebook.examination(examined.id).head_seq
    with casebook.writing(examined.id) as tx:
        event = tx.append(Draft(FINDING_RECORDED, data), at=AT, examiner="kim")
    (read,) = casebook.events(examined.id, after=after)
    assert (read, read.texts) == (event, event.texts)
    assert _unfold(read.data, read.texts) == _plain(data)


def _plain(value: object) -> object:
    if isinstance(value, Personal):
        return value.text
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def _unfold(value: object, texts: object) -> object:
    if isinstance(value, dict) and set(value) == {"ref"} and value["ref"] in texts:
        return texts[value["ref"]]
    if isinstance(value, dict):
        return {k: _unfold(v, texts) for k, v in value.items()}
    return [_unfold(v, texts) for v in value] if isinstance(value, list) else value
