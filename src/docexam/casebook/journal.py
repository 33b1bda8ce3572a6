"""The append-only journal: events into rows and back, verified on the way out."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docexam.casebook.records import ExaminationRow, Fault
from docexam.domain.checklist import canonical_json
from docexam.domain.events import (
    DISPOSED,
    FIRST_PREV,
    Draft,
    Event,
    Personal,
    event_hash,
    personal_ref,
)
from docexam.domain.text import visible
from docexam.errors import DamagedError, InputError

SALT_BYTES = 16
_REF = re.compile(r"[0-9a-f]{64}")
_MOST_PARAMETERS = 500
_COMPARE = "Compare the casebook with a copy made before, or with a head hash kept elsewhere."


def append(
    con: sqlite3.Connection, examination: str, draft: Draft, *, at: str, examiner: str
) -> Event:
    """Write the draft as the next event, inside the caller's transaction, and return it.

    Every `Personal` in the data becomes `{"ref": …}` with its text in a row of its own. Raises
    InputError when a name is no Unicode text, ValueError when the data refers to a personal
    text that does not exist, TypeError when the data is no JSON.
    """
    for name in (at, examiner, draft.kind):
        _require_text(name)
    seq, prev = head(con, examination)
    texts: dict[str, str] = {}
    salts: dict[str, bytes] = {}
    # Through JSON and back, so that the event returned equals the event read later.
    data = json.loads(canonical_json(_set_aside(draft.data, texts, salts)))
    digest = event_hash(examination, seq + 1, at, examiner, draft.kind, data, prev)
    row = (examination, seq + 1, at, examiner, draft.kind, canonical_json(data).decode(), prev)
    con.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, digest))
    con.executemany(
        "INSERT INTO personal(examination, ref, salt, text) VALUES (?, ?, ?, ?)",
        [(examination, ref, salts[ref], _to_bytes(text)) for ref, text in texts.items()],
    )
    texts.update(_earlier_texts(con, examination, refs_in(data) - texts.keys()))
    return Event(seq + 1, at, examiner, draft.kind, data, prev, digest, texts)


def head(con: sqlite3.Connection, examination: str) -> tuple[int, str]:
    """Return number and hash of the newest event, as the examination's row has them."""
    row = con.execute(
        "SELECT head_seq, head_hash FROM examinations WHERE id = ?", (examination,)
    ).fetchone()
    if row is None:
        raise no_examination(examination)
    return int(row[0]), str(row[1])


def no_examination(examination: str) -> InputError:
    """Return the error for an id that the casebook does not hold."""
    return InputError("DX-NO-EXAMINATION", f"There is no examination {examination}.")


def _require_text(name: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            "DX-NOT-UNICODE", "A name holds bytes that are no Unicode text."
        ) from error


def _set_aside(value: Any, texts: dict[str, str], salts: dict[str, bytes]) -> Any:
    """Return plain data with every Personal replaced; fill `texts` and `salts` by ref."""
    if isinstance(value, Personal):
        salt = os.urandom(SALT_BYTES)
        ref = personal_ref(salt, value.text)
        texts[ref], salts[ref] = value.text, salt
        return {"ref": ref}
    if isinstance(value, Mapping):
        return {key: _set_aside(inner, texts, salts) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_set_aside(inner, texts, salts) for inner in value]
    return value


def _earlier_texts(
    con: sqlite3.Connection, examination: str, refs: Iterable[str]
) -> dict[str, str]:
    wanted = set(refs)
    found = {ref: text for ref, _, text in texts_of(con, examination, wanted) if text is not None}
    if missing := wanted - found.keys():
        raise ValueError(f"the data refers to personal text that does not exist: {missing}")
    return found


def refs_in(data: Any) -> set[str]:
    """Return the refs of all personal texts that plain event data (dicts, lists) points to."""
    found: set[str] = set()
    left = [data]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left.extend(value)
        elif isinstance(value, dict):
            if len(value) == 1 and _REF.fullmatch(str(value.get("ref", ""))):
                found.add(str(value["ref"]))
            else:
                left.extend(value.values())
    return found


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def texts_of(
    con: sqlite3.Connection, examination: str, refs: Iterable[str]
) -> Iterator[tuple[str, bytes, str | None]]:
    """Yield ref, salt and text; the text is None where the row holds no such thing."""
    wanted = sorted(refs)
    for start in range(0, len(wanted), _MOST_PARAMETERS):
        part = wanted[start : start + _MOST_PARAMETERS]
        marks = ",".join("?" * len(part))
        rows = con.execute(
            f"SELECT ref, salt, text FROM personal WHERE examination = ? AND ref IN ({marks})",  # noqa: S608 - only question marks are put in
            (examination, *part),
        )
        for ref, salt, text in rows.fetchall():
            yield str(ref), salt, _from_bytes(text) if isinstance(salt, bytes) else None


def _from_bytes(raw: Any) -> str | None:
    try:
        return str(raw.decode("utf-8", "surrogatepass"))
    except (AttributeError, UnicodeDecodeError):
        return None


class Reading:
    """One walk over the events of an examination in the caller's transaction.

    Collects the faults it meets in `faults`; the events that could be read are in `events`.
    """

    def __init__(
        self, con: sqlite3.Connection, row: ExaminationRow, *, after: int = 0, verify: bool = True
    ):
        self.con = con
        self.row = row
        self.events: list[Event] = []
        self.faults: list[Fault] = []
        self.refs: set[str] = set()
        self.forgotten: set[str] = set()
        self._altered: set[str] = set()
        self._texts_of: dict[int, dict[str, str]] = {}
        self._verify = verify
        self._read(after)

    def _read(self, after: int) -> None:
        seq, prev = after, self._anchor(after)
        rows = self.con.execute(
            "SELECT seq, at, examiner, kind, data, prev, hash FROM events"
            " WHERE examination = ? AND seq > ? ORDER BY seq",
            (self.row.id, after),
        ).fetchall()
        for raw in rows:
            event = self._event(raw)
            if event is None:
                continue
            if self._verify:
                self._check(event, seq + 1, prev)
            self.events.append(event)
            seq, prev = event.seq, event.hash
        if self._verify:
            self._check_head(seq, prev)
        self._give_texts()

    def _anchor(self, after: int) -> str:
        if after == 0:
            return FIRST_PREV
        row = self.con.execute(
            "SELECT hash FROM events WHERE examination = ? AND seq = ?", (self.row.id, after)
        ).fetchone()
        return str(row[0]) if row else ""

    def _fault(self, code: str, what: str, seq: int = 0) -> None:
        self.faults.append(Fault(code, what[:1].upper() + what[1:], seq))

    def _event(self, raw: tuple[Any, ...]) -> Event | None:
        seq, at, examiner, kind, text, prev, digest = raw
        try:
            number, data = int(seq), json.loads(text)
        except (ValueError, TypeError, RecursionError):
            number, data = 0, None
        if not isinstance(data, dict):
            self._fault("event-unreadable", f"event {visible(str(seq))} cannot be read", number)
            return None
        # Filled once all refs are known and their texts can be read in one go.
        texts = self._texts_of.setdefault(number, {})
        return Event(number, str(at), str(examiner), str(kind), data, str(prev), str(digest), texts)

    def _check(self, event: Event, seq: int, prev: str) -> None:
        number = event.seq
        if number != seq:
            missing = f"event {seq}" if number == seq + 1 else f"events {seq} to {number - 1}"
            self._fault("event-missing", f"{missing} missing before event {number}", number)
        elif event.prev != prev:
            self._fault("chain-broken", f"event {number} does not follow event {seq - 1}", number)
        digest = event_hash(
            self.row.id, number, event.at, event.examiner, event.kind, event.data, event.prev
        )
        if digest != event.hash:
            self._fault("event-altered", f"event {number} was altered after it was made", number)

    def _check_head(self, seq: int, digest: str) -> None:
        head_seq = self.row.head_seq
        if head_seq > seq:
            lost = f"event {head_seq}" if head_seq == seq + 1 else f"events {seq + 1} to {head_seq}"
            self._fault("tail-cut", f"{lost} missing at the end", head_seq)
        elif head_seq < seq:
            what = f"The examination knows {head_seq} events, the journal holds {seq}"
            self._fault("head-behind", what, seq)
        elif digest != self.row.head_hash:
            what = f"Event {seq} is not the one the examination knows as its last"
            self._fault("head-differs", what, seq)

    def _give_texts(self) -> None:
        refs_of = [refs_in(event.data) for event in self.events]
        self.refs = set().union(*refs_of)
        pairs = zip(reversed(self.events), reversed(refs_of), strict=True)
        texts = self._sound_texts({ref: event.seq for event, refs in pairs for ref in refs})
        disposed = max((e.seq for e in self.events if e.kind == DISPOSED), default=0)
        for event, refs in zip(self.events, refs_of, strict=True):
            mine = {ref: texts[ref] for ref in refs if ref in texts}
            self._texts_of[event.seq].update(mine)
            self._check_texts(event, refs, mine, disposed)

    def _sound_texts(self, first: Mapping[str, int]) -> dict[str, str]:
        """Return the texts that fit their refs; `first` is the event each ref first stands in."""
        texts = {}
        for ref, salt, text in texts_of(self.con, self.row.id, self.refs):
            if text is not None and not (self._verify and personal_ref(salt, text) != ref):
                texts[ref] = text
            else:
                self._altered.add(ref)
                what = f"the personal text {ref[:12]}… was altered"
                self._fault("text-altered", what, first[ref])
        return texts

    def _check_texts(
        self, event: Event, refs: set[str], mine: Mapping[str, str], disposed: int
    ) -> None:
        absent = refs - mine.keys()
        if event.seq < disposed:
            self.forgotten |= absent
        elif self._verify and absent - self._altered:
            what = f"A personal text of event {event.seq} is missing and was not disposed of"
            self._fault("text-missing", what, event.seq)


def first_fault(reading: Reading, place: str) -> None:
    """Raise DamagedError for the first fault of a reading, if it has one."""
    if reading.faults:
        fault = reading.faults[0]
        raise DamagedError(f"DX-{fault.code.upper()}", f"{fault.what}.", where=place, todo=_COMPARE)
