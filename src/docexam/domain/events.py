"""Events of an examination's journal and the chain that binds them.

An event's hash covers the examination's id, the event's number, time, examiner, kind, data and
the previous hash. Personal text never stands in an event: it is kept in a row of its own, and
the event holds `{"ref": H}`, where H is the SHA-256 of a random salt and the text. Removing the
row forgets the text and leaves the chain verifiable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docexam.domain.checklist import canonical_json

FIRST_PREV = "0" * 64

# The kinds of events, in the past tense: each says what somebody did.
OPENED = "ExaminationOpened"
CAPTURES_ADDED = "CapturesAdded"
FINDING_RECORDED = "FindingRecorded"
FIELD_TRANSCRIBED = "FieldTranscribed"
PLACE_MARKED = "PlaceMarked"
FLAGGED = "Flagged"
UNDONE = "Undone"
REDONE = "Redone"
REVEALED = "Revealed"
CONCLUDED = "ConclusionStated"
CLOSED = "Closed"
REOPENED = "Reopened"
DISPOSED = "Disposed"
UPGRADED = "ChecklistUpgraded"
REPORTED = "ReportWritten"
AID_ACT = "AidActed"
ADJUDICATED = "Adjudicated"

# Acts that undo can take back; everything else stands once it is in the journal.
UNDOABLE = frozenset({FINDING_RECORDED, FIELD_TRANSCRIBED, PLACE_MARKED, FLAGGED, UPGRADED})


@dataclass(frozen=True, slots=True)
class Personal:
    """Text that must be forgettable: kept beside the journal, its salted hash in it."""

    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before the store gives it a number. `data` may hold `Personal` anywhere."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the journal. `data` is exactly what was hashed; `texts` maps ref to text.

    A ref that is missing in `texts` was disposed of.
    """

    seq: int
    at: str
    examiner: str
    kind: str
    data: Mapping[str, Any]
    prev: str
    hash: str
    texts: Mapping[str, str] = field(default_factory=dict, compare=False)

    def text(self, key: str) -> str:
        """Return the personal text under `key` of the data; empty when absent or disposed."""
        return self.resolve(self.data.get(key))

    def resolve(self, value: Any) -> str:
        """Return the text a `{"ref": …}` stands for, or a plain string as it is."""
        if isinstance(value, Mapping):
            return self.texts.get(str(value.get("ref", "")), "")
        return "" if value is None else str(value)

    def is_disposed(self, key: str) -> bool:
        """Tell whether the text under `key` once stood here and has been disposed of."""
        value = self.data.get(key)
        return isinstance(value, Mapping) and value.get("ref") not in self.texts


def event_hash(
    examination: str,
    seq: int,
    at: str,
    examiner: str,
    kind: str,
    data: Mapping[str, Any],
    prev: str,
) -> str:
    """Return the SHA-256 (hex) that binds an event to its examination and its predecessor."""
    body = {
        "examination": examination,
        "seq": seq,
        "at": at,
        "examiner": examiner,
        "kind": kind,
        "data": data,
        "prev": prev,
    }
    return hashlib.sha256(canonical_json(body)).hexdigest()


def personal_ref(salt: bytes, text: str) -> str:
    """Return the salted hash of a personal text; `salt` is 16 random bytes.

    Surrogates (file names that are no UTF-8) are hashed as they are stored.
    """
    return hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).hexdigest()
