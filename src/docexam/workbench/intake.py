"""Intake: images become captures of an exhibit, their bytes kept as they came."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docexam.domain import events as ev
from docexam.domain.acts import say_seen_before
from docexam.domain.checklist import Checklist
from docexam.domain.events import Draft, Personal
from docexam.domain.examination import fold
from docexam.domain.exhibit import Provenance
from docexam.domain.standing import standing_of
from docexam.errors import InputError
from docexam.workbench.journal import index_event, project

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store, Transaction
    from docexam.imaging.intake import Intake
    from docexam.workbench.review import Review


@dataclass(frozen=True, slots=True)
class Taken:
    """What an intake came to: captures taken, and what to tell about each."""

    captures: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]


def read_images(paths: Sequence[str]) -> list[tuple[Intake, bytes]]:
    """Read and check every image before anything is written; raises InputError."""
    from docexam.imaging.intake import read_original

    return [read_original(Path(p)) for p in paths]


def opening(
    handle: tuple[str, str],
    exhibit_id: str,
    examiner: str,
    checklist: Checklist,
    captures: Sequence[dict[str, Any]],
    provenance: Provenance,
) -> Draft:
    """Return the first event: it binds examiner, checklist and captures to the examination."""
    stated = {k: v for k, v in asdict(provenance).items() if v}
    return Draft(
        ev.OPENED,
        {
            "case": handle[0],
            "exhibit": handle[1],
            "exhibit_id": exhibit_id,
            "examiner": examiner,
            "checklist": checklist_reference(checklist),
            "captures": list(captures),
            "provenance": {k: _personal(k, v) for k, v in stated.items()},
        },
    )


def _personal(key: str, value: str) -> Personal | str:
    return value if key in ("reliability", "credibility") else Personal(value)


def checklist_reference(checklist: Checklist) -> dict[str, str]:
    """Return how an event names a checklist."""
    return {"id": checklist.id, "version": checklist.version, "sha256": checklist.sha256()}


def capture_data(intake: Intake, path: str) -> dict[str, Any]:
    """Return what an event keeps of one image; what it may tell of people stays forgettable."""
    metadata = json.dumps(intake.metadata, sort_keys=True, ensure_ascii=True)
    return {
        "sha256": intake.sha256,
        "name": Personal(os.path.basename(path)),
        "width": intake.width,
        "height": intake.height,
        "format": intake.format,
        "size": intake.size,
        "metadata": Personal(metadata),
        "quality": intake.quality,
    }


def without_repeats(
    images: Sequence[tuple[Intake, bytes]], paths: Sequence[str], present: Sequence[str]
) -> tuple[list[tuple[Intake, bytes, str]], list[str]]:
    """Drop originals that the exhibit has already; returns those to take, and notes."""
    seen = {sha: n for n, sha in enumerate(present, 1)}
    taken: list[tuple[Intake, bytes, str]] = []
    notes: list[str] = []
    for (intake, content), path in zip(images, paths, strict=True):
        if intake.sha256 in seen:
            notes.append(f"{os.path.basename(path)} is capture {seen[intake.sha256]} already.")
            continue
        seen[intake.sha256] = len(seen) + 1
        taken.append((intake, content, path))
    return taken, notes


def keep_originals(
    store: Store, taken: Sequence[tuple[Intake, bytes, str]]
) -> tuple[list[str], list[str]]:
    """Write originals; returns the hashes that are new to the casebook, and notes on the others."""
    fresh: list[str] = []
    notes: list[str] = []
    for intake, content, path in taken:
        notes += [f"{os.path.basename(path)}: {note}" for note in intake.notes]
        users = store.used_by(intake.sha256)
        if users:
            where = ", ".join(f"{u.case}/{u.exhibit}" for u in users[:3])
            notes.append(f"{os.path.basename(path)} is the same original as in {where}.")
        if not store.originals.put(content, intake.sha256).known:
            fresh.append(intake.sha256)
    return fresh, notes


def open_exhibit(
    store: Store,
    handle: tuple[str, str],
    examiner: str,
    checklist: Checklist,
    paths: Sequence[str],
    provenance: Provenance,
    seen: str | None,
    at: str,
) -> tuple[str, Taken]:
    """Take in a new exhibit; returns the examination's id. Nothing is left behind on a refusal."""
    if not paths:
        raise InputError("DX-NOIMAGE", "An exhibit needs at least one image.")
    images = read_images(paths)
    taken, notes = without_repeats(images, paths, ())
    data = [capture_data(intake, path) for intake, _, path in taken]
    exhibit_id, examination_id = str(uuid.uuid4()), str(uuid.uuid4())
    drafts = [opening(handle, exhibit_id, examiner, checklist, data, provenance)]
    if seen is not None:
        drafts.append(say_seen_before(seen))
    fresh, known = keep_originals(store, taken)
    try:
        with store.creating(
            case=handle[0],
            exhibit=handle[1],
            exhibit_id=exhibit_id,
            examination_id=examination_id,
            examiner=examiner,
            checklist=checklist.to_dict(),
            checklist_id=checklist.id,
            at=at,
        ) as tx:
            begin(tx, examination_id, drafts, checklist, at, examiner)
            for intake, _, _ in taken:
                tx.use_original(intake.sha256)
    except BaseException:
        for sha256 in fresh:
            store.remove_unused(sha256)
        raise
    return examination_id, Taken(tuple(data), (*notes, *known))


def begin(
    tx: Transaction,
    examination_id: str,
    drafts: Sequence[Draft],
    checklist: Checklist,
    at: str,
    examiner: str,
) -> None:
    """Append an examination's first events, and bring overview and search up to date."""
    events = [tx.append(draft, at=at, examiner=examiner) for draft in drafts]
    state = fold(examination_id, events, lambda _sha256: checklist)
    project(tx, state, standing_of(state))
    for event in events:
        index_event(tx, state, event)


def add_captures(store: Store, review: Review, paths: Sequence[str]) -> tuple[str, ...]:
    """Add images to an examination as one event; returns what to tell about them."""
    if not paths:
        raise InputError("DX-NOIMAGE", "Name at least one image to add.")
    images = read_images(paths)
    present = [c.sha256 for c in review.examination.captures]
    taken, notes = without_repeats(images, paths, present)
    if not taken:
        return tuple(notes)
    fresh, known = keep_originals(store, taken)
    data = [capture_data(intake, path) for intake, _, path in taken]
    try:
        review.add_captures(data)
    except BaseException:
        for sha256 in fresh:
            store.remove_unused(sha256)
        raise
    return (*notes, *known)
