"""What a workbench needs of a store, so that another one can stand behind it.

`Casebook` (SQLite and a folder) is the first. A second, for several people at once, must keep
the same promises: an event is durable before its transaction's block ends, numbers of one
examination follow each other without a gap, each event carries the hash of the one before, and
nothing but a disposal ever removes a personal text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from docexam.casebook.adoption import Adoption, Travelling
from docexam.casebook.originals import Originals
from docexam.casebook.records import Disposal, ExaminationRow, ExhibitRow, Hit, Verification
from docexam.domain.events import Draft, Event


class Transaction(Protocol):
    """One transaction on one examination; see `writing.Writing` for each method's terms."""

    examination: ExaminationRow

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the newest event."""

    def events(self, after: int = 0, *, verify: bool = True) -> list[Event]:
        """Return the events after number `after`."""

    def append(self, draft: Draft, *, at: str, examiner: str) -> Event:
        """Write the draft as the next event."""

    def project(
        self,
        *,
        state: str | None = None,
        answered: int | None = None,
        total: int | None = None,
        critical_open: int | None = None,
        updated: str | None = None,
        checklist: str | None = None,
        checklist_id: str | None = None,
    ) -> None:
        """Set what the lists show."""

    def index(self, key: str, text: str) -> None:
        """Make a text findable."""

    def unindex(self, key: str) -> None:
        """Take a text out of the search."""

    def freeze(self, checklist: Mapping[str, Any]) -> str:
        """Keep a checklist and return its hash."""

    def use_original(self, sha256: str) -> None:
        """Record that the exhibit uses an original."""


class Store(Protocol):
    """A store of examinations; see `store.Casebook` for each method's terms."""

    @property
    def originals(self) -> Originals:
        """The files of the originals."""

    def close(self) -> None:
        """Let go of the store."""

    def creating(
        self,
        *,
        case: str,
        exhibit: str,
        examiner: str,
        checklist: Mapping[str, Any],
        checklist_id: str,
        at: str,
        second: bool = False,
        examination_id: str | None = None,
        exhibit_id: str | None = None,
    ) -> AbstractContextManager[Transaction]:
        """Open the transaction that makes an examination."""

    def create_examination(
        self,
        *,
        case: str,
        exhibit: str,
        examiner: str,
        checklist: Mapping[str, Any],
        checklist_id: str,
        at: str,
        drafts: Sequence[Draft],
        originals: Sequence[str] = (),
        second: bool = False,
        examination_id: str | None = None,
        exhibit_id: str | None = None,
    ) -> ExaminationRow:
        """Make an examination with its first events."""

    def writing(self, examination_id: str) -> AbstractContextManager[Transaction]:
        """Open a transaction on an examination."""

    def adopting(self) -> AbstractContextManager[Adoption]:
        """Open the transaction that takes over examinations from elsewhere."""

    def travelling(self, examination_id: str) -> Travelling:
        """Return an examination whole, with its salts, verified."""

    def exhibit_record(self, exhibit_id: str) -> dict[str, Any] | None:
        """Return what a package told of an exhibit that nobody had examined here."""

    def discard(self, exhibit_id: str) -> list[str]:
        """Remove what is kept of an exhibit that nobody has examined here."""

    def events(self, examination_id: str, *, after: int = 0, verify: bool = True) -> list[Event]:
        """Return an examination's events, verified."""

    def verify(self, examination_id: str, *, originals: bool = True) -> Verification:
        """Return everything that is wrong with an examination."""

    def examination(self, examination_id: str) -> ExaminationRow:
        """Return one examination."""

    def find_exhibit(self, case: str, exhibit: str) -> ExhibitRow | None:
        """Return the exhibit of those names."""

    def exhibit(self, exhibit_id: str) -> ExhibitRow | None:
        """Return the exhibit of that id."""

    def examinations_of(self, exhibit_id: str) -> tuple[ExaminationRow, ...]:
        """Return the examinations of an exhibit."""

    def list_exhibits(
        self,
        case: str | None = None,
        find: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[ExhibitRow]:
        """Return exhibits, the last changed first."""

    def search(self, find: str, limit: int = 200) -> list[Hit]:
        """Return the places that hold every word."""

    def rebuild_search(self) -> None:
        """Make the search index anew."""

    def checklist(self, sha256: str) -> dict[str, Any]:
        """Return a frozen checklist's data."""

    def data_version(self) -> int:
        """Return a number that changes when somebody else has written."""

    def note_reader(self, exhibit_id: str, examiner_key: str, at: str) -> None:
        """Remember that somebody has read another's findings on an exhibit."""

    def reader_since(self, exhibit_id: str, examiner_key: str) -> str:
        """Return when somebody first read another's findings on an exhibit; empty for never."""

    def add_specimen(self, sha256: str, data: Mapping[str, Any], *, examiner: str, at: str) -> None:
        """Keep what a reference specimen is."""

    def specimens(self) -> list[tuple[str, dict[str, Any]]]:
        """Return hash and data of every reference specimen."""

    def used_by(self, sha256: str) -> list[ExhibitRow]:
        """Return the exhibits that use an original."""

    def originals_of(self, exhibit_id: str) -> list[str]:
        """Return the originals an exhibit uses."""

    def unused_originals(self) -> list[str]:
        """Return originals that nothing uses."""

    def remove_unused(self, sha256: str) -> bool:
        """Remove an original that nothing uses."""

    def save_resume(self, examination_id: str, where: Mapping[str, Any]) -> bool:
        """Keep where the examiner left."""

    def load_resume(self, examination_id: str) -> dict[str, Any]:
        """Return where the examiner left."""

    def dispose(self, examination_id: str, draft: Draft, *, at: str, examiner: str) -> Disposal:
        """Record a disposal and remove what it is about."""

    def unfinished(self) -> list[str]:
        """Return what disposals have left to remove."""
