"""What a package holds and how: the one place that knows its files and its JSON.

A package is a BagIt bag: originals, journals with salts and texts, frozen checklists, reports,
signatures of journal heads. Kinds: `full`; `blind`, which leaves out everybody's findings but
those of the examiner it is for; `public`, which holds public reports and signatures only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from docexam.domain.checklist import Checklist
from docexam.domain.events import CAPTURES_ADDED, OPENED, UPGRADED, Event
from docexam.domain.examination import Examination, fold
from docexam.domain.exhibit import Capture, Provenance
from docexam.workbench.journal import frozen_checklists

if TYPE_CHECKING:
    from docexam.casebook.adoption import Travelling
    from docexam.casebook.protocol import Store
    from docexam.casebook.records import ExhibitRow

FORMAT = 1
FULL = "full"
BLIND = "blind"
PUBLIC = "public"
KINDS = (FULL, BLIND, PUBLIC)

CONTENTS = "data/package.json"
README = "README.txt"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SHA = "[0-9a-f]{64}"
UUID = re.compile(_UUID)
ORIGINAL = re.compile(f"data/originals/({_SHA})")
JOURNAL = re.compile(f"data/journals/({_UUID})\\.json")
CHECKLIST = re.compile(f"data/checklists/({_SHA})\\.json")
RECORD = re.compile(f"data/exhibits/({_UUID})\\.json")
REPORT = re.compile(r"data/reports/([A-Za-z0-9][A-Za-z0-9._-]{0,150})")
SIGNATURE = re.compile(f"data/signatures/(({_UUID})-([1-9][0-9]{{0,9}})(\\.[2-9])?\\.(sig|txt))")
PLACES = (ORIGINAL, JOURNAL, CHECKLIST, RECORD, REPORT, SIGNATURE)


@dataclass(frozen=True, slots=True)
class Material:
    """What an examination begins with: the frozen checklist, the captures, their provenance."""

    checklist: Checklist
    captures: tuple[Capture, ...]
    provenance: Provenance


def material_of(store: Store, exhibit: ExhibitRow) -> Material | None:
    """Return what the next examination of an exhibit begins with; None once disposed of.

    The first examination tells, or, where nobody has examined the exhibit here, the record that
    a package brought.
    """
    if exhibit.examinations:
        row = exhibit.examinations[0]
        return material_in(fold(row.id, store.events(row.id), frozen_checklists(store)))
    record = store.exhibit_record(exhibit.id)
    return None if record is None else material_from(record, frozen_checklists(store))


def material_in(state: Examination) -> Material | None:
    """Return the material of an examination; None when it was disposed of."""
    if state.state == "disposed":
        return None
    return Material(state.checklist, state.captures, state.provenance)


def record_data(material: Material) -> dict[str, Any]:
    """Return the material as the JSON that travels without anybody's findings."""
    checklist = material.checklist
    return {
        "checklist": {
            "id": checklist.id,
            "version": checklist.version,
            "sha256": checklist.sha256(),
        },
        "captures": [capture_data(c) for c in material.captures],
        "provenance": {k: v for k, v in asdict(material.provenance).items() if v},
    }


def capture_data(capture: Capture) -> dict[str, Any]:
    """Return one capture as a record holds it."""
    return {
        "sha256": capture.sha256,
        "name": capture.name,
        "width": capture.width,
        "height": capture.height,
        "format": capture.format,
        "size": capture.size,
        "at": capture.at,
        "metadata": dict(capture.metadata),
        "quality": dict(capture.quality),
    }


def material_from(record: Mapping[str, Any], checklists: Any) -> Material:
    """Return the material that a record holds.

    `checklists` gives the checklist of a hash. Raises KeyError, TypeError or ValueError for a
    record that is none.
    """
    captures = tuple(_capture_from(n, data) for n, data in enumerate(record["captures"], 1))
    stated = {_text(k): _text(v) for k, v in record["provenance"].items()}
    return Material(checklists(record["checklist"]["sha256"]), captures, Provenance(**stated))


def _capture_from(n: int, data: Mapping[str, Any]) -> Capture:
    capture = Capture(
        n=n,
        sha256=data["sha256"],
        name=_text(data["name"]),
        width=data["width"],
        height=data["height"],
        format=data["format"],
        size=data["size"],
        at=_text(data["at"]),
        metadata=dict(data["metadata"]),
        quality=dict(data["quality"]),
    )
    check_capture(capture)
    return capture


def check_capture(capture: Capture) -> None:
    """Raise TypeError or ValueError for a capture that a hostile journal or record describes."""
    if not re.fullmatch(_SHA, _text(capture.sha256)):
        raise ValueError("a capture is named by no hash")
    for number in (capture.width, capture.height, capture.size):
        _count(number)
    _text(capture.format)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("no count")
    return value


def journal_data(travelling: Travelling) -> dict[str, Any]:
    """Return an examination as its file in a package holds it."""
    seq, head = travelling.head
    return {
        "journal": FORMAT,
        "examination": travelling.id,
        "head": {"seq": seq, "hash": head},
        "events": [_event_data(event) for event in travelling.events],
        "texts": {
            ref: {"salt": salt.hex(), **_text_data(text)}
            for ref, (salt, text) in sorted(travelling.personal.items())
        },
    }


def _text_data(text: str) -> dict[str, str]:
    # JSON joins two halves of a surrogate pair: what is no Unicode travels as its bytes.
    try:
        text.encode()
    except UnicodeEncodeError:
        return {"bytes": text.encode("utf-8", "surrogatepass").hex()}
    return {"text": text}


def _text_from(kept: Mapping[str, Any]) -> str:
    if "bytes" in kept:
        return bytes.fromhex(_text(kept["bytes"])).decode("utf-8", "surrogatepass")
    return _text(kept["text"])


def _event_data(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at,
        "examiner": event.examiner,
        "kind": event.kind,
        "data": event.data,
        "prev": event.prev,
        "hash": event.hash,
    }


def travelling_from(data: Mapping[str, Any], examination: str) -> Travelling:
    """Return the examination that a journal's JSON holds; nothing in it is verified yet.

    Raises KeyError, TypeError or ValueError for JSON of another shape.
    """
    from docexam.casebook.adoption import Travelling

    if data["journal"] != FORMAT or data["examination"] != examination:
        raise ValueError("another format or another examination")
    personal = {
        _text(ref): (bytes.fromhex(_text(kept["salt"])), _text_from(kept))
        for ref, kept in data["texts"].items()
    }
    events = tuple(_event_from(raw, personal) for raw in data["events"])
    travelling = Travelling(examination, events, personal)
    if travelling.head != (data["head"]["seq"], data["head"]["hash"]):
        raise ValueError("the head is not the last entry's")
    return travelling


def _event_from(raw: Mapping[str, Any], personal: Mapping[str, tuple[bytes, str]]) -> Event:
    from docexam.casebook.journal import refs_in

    data = raw["data"]
    if not isinstance(data, dict):
        raise TypeError("no data")
    return Event(
        seq=_count(raw["seq"]),
        at=_text(raw["at"]),
        examiner=_text(raw["examiner"]),
        kind=_text(raw["kind"]),
        data=data,
        prev=_text(raw["prev"]),
        hash=_text(raw["hash"]),
        texts={ref: personal[ref][1] for ref in refs_in(data) if ref in personal},
    )


def json_bytes(data: Any) -> bytes:
    """Return data as the ASCII JSON that packages hold: sorted keys, one value to a line."""
    text = json.dumps(data, ensure_ascii=True, sort_keys=True, indent=1, allow_nan=False)
    return text.encode("ascii") + b"\n"


def captures_named(events: Sequence[Event]) -> dict[str, Mapping[str, Any]]:
    """Return every capture that a journal names, by hash, in the order they were taken in."""
    found: dict[str, Mapping[str, Any]] = {}
    for event in events:
        if event.kind in (OPENED, CAPTURES_ADDED):
            for capture in event.data.get("captures", ()):
                found.setdefault(str(capture["sha256"]), capture)
    return found


def checklists_named(events: Sequence[Event]) -> list[str]:
    """Return the hashes of every checklist that a journal names."""
    named: dict[str, None] = {}
    for event in events:
        reference = event.data.get("checklist") if event.kind in (OPENED, UPGRADED) else None
        if isinstance(reference, Mapping) and "sha256" in reference:
            named[str(reference["sha256"])] = None
    return list(named)
