"""What an aid is handed for one item or field: which captures, which regions, which readings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docexam.aids.protocol import Aid, Reads, Region
from docexam.domain.aids import KNOWN_AIDS
from docexam.domain.examination import Examination
from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region as Marked
from docexam.domain.geometry import quad

MOST_JOBS = 60
_IMAGES = frozenset({Reads.CAPTURES, Reads.REGION})
_WORDS = frozenset({Reads.FIELDS, Reads.TEXT})


@dataclass(frozen=True, slots=True)
class Job:
    """One run of an aid: captures, a region in one of them, readings, the document's date.

    `taken_in` is when the captures were taken in, for aids that read it.
    """

    captures: tuple[Capture, ...] = ()
    region: Region | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    issued: str = ""
    kind: str = ""
    taken_in: str = ""


def jobs_for(state: Examination, subject: str, aid: Aid) -> tuple[tuple[Job, ...], str]:
    """Return the runs that an aid needs for an item or field, or why it has nothing to look at.

    An aid that looks at pictures runs once for each, so that what is known of one is kept when
    another is added; one that compares pictures (`together`) gets all of them at once.
    """
    words = _words(state) if Reads.FIELDS in aid.reads else Job()
    if not aid.reads & _IMAGES:
        return _text_jobs(state, subject, aid, words)
    regions = _regions(state, subject)
    if _within(aid) and regions:
        return tuple(_with(words, state, region) for region in regions[:MOST_JOBS]), ""
    if _within(aid) and (subject in _field_ids(state) or Reads.CAPTURES not in aid.reads):
        return (), f"Mark where “{subject}” is first: a region of it, or its place."
    captures = _captures(state, subject)
    if getattr(aid, "together", aid.id == "same"):
        return (_on(words, captures),), ""
    jobs = tuple(_on(words, (capture,)) for capture in captures[:MOST_JOBS])
    if Reads.TAKEN_IN not in aid.reads:
        return jobs, ""
    return tuple(replace(job, taken_in=job.captures[0].at) for job in jobs), ""


def _field_ids(state: Examination) -> frozenset[str]:
    return frozenset(f.id for f in state.checklist.fields)


def _within(aid: Aid) -> bool:
    known = KNOWN_AIDS.get(aid.id)
    return known.within if known else Reads.REGION in aid.reads


def _words(state: Examination) -> Job:
    readings = {name: r.value for name, r in state.fields.items() if r.value}
    dated = [f.id for f in state.checklist.fields if f.type == "date" and "issue" in f.id]
    issued = next((readings[name] for name in dated if name in readings), "")
    return Job(fields=readings, issued=issued, kind=str(state.checklist.applies.get("kind", "")))


def _text_jobs(
    state: Examination, subject: str, aid: Aid, words: Job
) -> tuple[tuple[Job, ...], str]:
    if not aid.reads & _WORDS:
        return (Job(),), ""
    if not words.fields:
        return (), "Nothing has been read yet that it could look at."
    own = words.fields.get(subject, "")
    if not own or Reads.TEXT not in aid.reads:
        return (words,), ""
    # The second is for a field whose name the aid does not know; see `Proposer`.
    return (words, Job(texts=(own,), issued=words.issued, kind=words.kind)), ""


def _regions(state: Examination, subject: str) -> tuple[Marked, ...]:
    """Return where the examiner says the thing is: regions of the finding, else its place."""
    item = state.checklist.item(subject)
    if item is not None:
        own = state.finding(subject).regions
    else:
        reading = state.fields.get(subject)
        own = reading.regions if reading else ()
    known = {c.sha256 for c in state.captures}
    return tuple(r for r in own or _marks(state, subject) if r.capture in known)


def _marks(state: Examination, subject: str) -> tuple[Marked, ...]:
    spec = state.checklist.item(subject) or state.checklist.field_of(subject)
    if spec is None or not spec.place:
        return ()
    shared = sum(f.place == spec.place for f in state.checklist.fields) > 1
    if shared and state.checklist.item(subject) is None:
        # A place with several fields in it would give one field the others' readings.
        return ()
    return tuple(r for (place, _), r in state.places.items() if place == spec.place)


def _captures(state: Examination, subject: str) -> tuple[Capture, ...]:
    """Return the captures where the thing was marked; all where it was not."""
    named = {region.capture for region in _regions(state, subject)}
    found = tuple(c for c in state.captures if c.sha256 in named)
    return found or state.captures


def _with(words: Job, state: Examination, region: Marked) -> Job:
    capture = next(c for c in state.captures if c.sha256 == region.capture)
    return _on(words, (capture,), Region(capture.n, quad(region.points)))


def _on(words: Job, captures: Sequence[Capture], region: Region | None = None) -> Job:
    return Job(tuple(captures), region, words.fields, words.texts, words.issued, words.kind)


def joined_key(keys: Sequence[str]) -> str:
    """Return the key of several runs together; that of one run is its own."""
    if len(keys) == 1:
        return keys[0]
    return hashlib.sha256("\n".join(keys).encode("ascii")).hexdigest()
