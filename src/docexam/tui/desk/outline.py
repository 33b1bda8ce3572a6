"""The list of indicators and fields: what each line says of its item's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from docexam.domain import condition as cond
from docexam.domain.checklist import NON_ANSWERS, Checklist, Field, Indicator
from docexam.domain.examination import Examination
from docexam.domain.finding import Answer, Finding, Reading
from docexam.domain.standing import ItemStanding, Standing, World
from docexam.domain.text import search_key, visible

FACTS = ""
FIELDS = "~fields"  # no section's id can hold a tilde
FILTERS = ("all", "open", "critical", "flagged")

# State to the sign that tells it without colour, and the word that help gives for it.
GLYPHS: Mapping[str, tuple[str, str]] = {
    "open": ("○", "open"),
    "incomplete": ("◐", "answered, but something it demands is missing"),
    "answered": ("●", "answered"),
    "absent": ("✕", "answered: something is not there, with its region"),
    "non-answer": ("–", "a non-answer; its letter stands at the end of the line"),
    "waits": ("◌", "waits until another item is answered or its stage opens"),
    "hidden": ("⊘", "not asked; an earlier answer is kept"),
}
TAGS: Mapping[str, str] = {
    "⌖": "regions marked, with their number",
    "✎": "a note",
    "⚑": "flagged for another look",
    "!": "critical",
}
AID_SIGNS = (
    ("◇", "an aid that has proposed nothing yet"),
    ("◌", "an aid at work"),
    ("◆", "what an aid proposed"),
    ("◇a", "on a capture, with dots and round corners: a place that an aid names, no evidence"),
    ("⌖1", "on a capture, with a heavy line: a region of yours"),
)
NON_ANSWER_LETTERS = {
    "unclear": "u",
    "not-visible": "v",
    "no-reference": "f",
    "not-applicable": "x",
}


class Entry(NamedTuple):
    """One item or field in the list. `tags` stand at the end of its line.

    `said`: the answer in words, or what the item waits for; where the list is wide enough.
    """

    id: str
    kind: str
    section: str
    title: str
    state: str
    tags: str
    critical: bool
    flagged: bool
    said: str = ""

    @property
    def open(self) -> bool:
        """Whether it can and should still be answered."""
        return self.state in ("open", "incomplete")


class Row(NamedTuple):
    """One line of the list: a section's head, folded or not, or an entry."""

    id: str
    kind: str
    text: str
    glyph: str
    state: str
    tags: str = ""
    critical: bool = False
    said: str = ""
    folded: bool = False


class Part(NamedTuple):
    """A foldable part of the list and its counts."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    answered: int
    total: int


@lru_cache(maxsize=4096)
def humanised(slug: str) -> str:
    """Return an id as words: `photo-seal` as `Photo seal`."""
    words = slug.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def outline(
    examination: Examination, standing: Standing, *, spoken: bool = False
) -> tuple[Part, ...]:
    """Return the whole list: facts first, then the sections, then fields that have no section.

    With `spoken` each entry tells its answer, or what it waits for, in words.
    """
    checklist = examination.checklist
    by_section: dict[str, list[Entry]] = {}
    for item in checklist.walk():
        entry = _item(examination, standing.items[item.id], item)
        if entry:
            by_section.setdefault(FACTS if item.fact else item.section, []).append(entry)
    known = {s.id for s in checklist.sections}
    for field in checklist.fields:
        section = field.section if field.section in known else FIELDS
        by_section.setdefault(section, []).append(_field(examination, field))
    # What is seen in the document itself comes before what is seen beside a reference.
    compared = {i.id for i in checklist.indicators if i.kind == "compare"}
    for entries in by_section.values():
        entries.sort(key=lambda e: e.id in compared)
    heads = [(FACTS, "About the material"), *((s.id, s.title) for s in checklist.sections)]
    heads.append((FIELDS, "Transcription"))
    if spoken:
        by_section = {
            name: [e._replace(said=_said(examination, standing, e)) for e in entries]
            for name, entries in by_section.items()
        }
    counts = {name: _counts(standing, entries) for name, entries in by_section.items()}
    return tuple(
        Part(i, visible(title), tuple(by_section[i]), *counts[i])
        for i, title in heads
        if i in by_section
    )


def _counts(standing: Standing, entries: Sequence[Entry]) -> tuple[int, int]:
    """Return (answered, all) of a part, so that the parts add up to what the top line says.

    Fields count only where nothing else stands: the top line counts indicators.
    """
    items = [standing.items[e.id] for e in entries if e.kind == "item"]
    counted = [i for i in items if i.visible]
    if items:
        return sum(i.answered for i in counted), len(counted)
    return sum(not e.open for e in entries), len(entries)


def _said(examination: Examination, standing: Standing, entry: Entry) -> str:
    item = examination.checklist.item(entry.id)
    if item is None:
        reading = examination.fields.get(entry.id) or Reading(entry.id)
        return visible(reading.value or reading.answer.replace("-", " "))
    if entry.state == "waits":
        return why_waiting(examination, standing, item)
    answer = examination.finding(item.id).answer
    return "" if answer is None else answer_words(item, answer)


def answer_words(item: Indicator, answer: Answer) -> str:
    """Return an answer as people read it: labels of choices, or the typed value."""
    if answer is None:
        return "open"
    if not isinstance(answer, tuple):
        choice = item.choice(answer)
        plain = answer.replace("-", " ") if answer in NON_ANSWERS else answer
        return visible(choice.label if choice else plain)
    labels = [c.label for c in item.choices if c.id in answer]
    return visible(", ".join(labels) or "none of these")


def why_waiting(examination: Examination, standing: Standing, item: Indicator) -> str:
    """Return why an item cannot be answered yet, or is not asked; empty when it can."""
    where = standing.items[item.id]
    if where.hidden:
        return "Not asked: its condition does not hold. An earlier answer is kept."
    if where.waits:
        names = cond.causes(_parsed(item.when), World(examination))
        titles = " and ".join(f"“{title_of(examination.checklist, n)}”" for n in names)
        return f"once {titles} is answered"
    if not where.stage_open:
        return f"once every item of stage {item.stage - 1} is answered"
    return ""


def stage_words(item: Indicator) -> str:
    """Return when the stage of an item opens."""
    return f"stage {item.stage} opens when every item of stage {item.stage - 1} is answered"


def refused_now(standing: Standing, item: Indicator) -> str:
    """Return why nothing can be recorded on an item now; empty when something can."""
    where = standing.items[item.id]
    if where.hidden:
        return "This item is not asked: its condition does not hold."
    if not where.stage_open:
        return f"Not open yet: {stage_words(item)}."
    return ""


_parsed = lru_cache(maxsize=1024)(cond.parse)


def title_of(checklist: Checklist, item_id: str) -> str:
    """Return the short name of an item or field."""
    field = checklist.field_of(item_id)
    return visible(field.label) if field and field.label else humanised(item_id)


def _item(examination: Examination, where: ItemStanding, item: Indicator) -> Entry | None:
    finding = examination.finding(item.id)
    if where.hidden and finding.answer is None:
        return None
    flagged = item.id in examination.flags
    return Entry(
        id=item.id,
        kind="item",
        section=item.section,
        title=humanised(item.id),
        state=item_state(where, item, finding),
        tags=_tags(len(finding.regions), finding.note, flagged, finding.non_answer),
        critical=item.critical,
        flagged=flagged,
    )


def item_state(where: ItemStanding, item: Indicator, finding: Finding) -> str:
    """Return the key of `GLYPHS` for an indicator or fact."""
    if where.hidden:
        return "hidden"
    if not where.reachable and finding.answer is None:
        return "waits"
    if finding.answer is None:
        return "open"
    if not finding.complete:
        return "incomplete"
    if finding.non_answer:
        return "non-answer"
    chosen = (item.choice(c) for c in finding.chosen(item))
    return "absent" if any(c and c.evidence == "region" for c in chosen) else "answered"


def _field(examination: Examination, field: Field) -> Entry:
    reading = examination.fields.get(field.id) or Reading(field.id)
    flagged = field.id in examination.flags
    return Entry(
        id=field.id,
        kind="field",
        section=field.section,
        title=title_of(examination.checklist, field.id),
        state=field_state(reading),
        tags=_tags(len(reading.regions), reading.note, flagged, reading.answer),
        critical=False,
        flagged=flagged,
    )


def field_state(reading: Reading) -> str:
    """Return the key of `GLYPHS` for a field."""
    if reading.answer:
        return "non-answer"
    return "answered" if reading.value else "open"


def _tags(regions: int, note: str, flagged: bool, non_answer: str) -> str:
    parts = [
        f"⌖{regions}" if regions else "",
        "✎" if note else "",
        "⚑" if flagged else "",
        NON_ANSWER_LETTERS.get(non_answer, ""),
    ]
    return " ".join(p for p in parts if p)


def rows_of(
    parts: Sequence[Part],
    folded: frozenset[str],
    only: str = "all",
    find: frozenset[str] | None = None,
) -> tuple[Row, ...]:
    """Return the lines to show. `find`: the ids that were found, or None when not finding.

    A filter or a search shows what it keeps unfolded, and no empty parts.
    """
    narrowed = only != "all" or find is not None
    rows: list[Row] = []
    for part in parts:
        kept = [e for e in part.entries if passes(e, only) and (find is None or e.id in find)]
        if narrowed and not kept:
            continue
        closed = part.id in folded and not narrowed
        rows.append(_head(part, closed))
        if not closed:
            rows.extend(_row(e) for e in kept)
    return tuple(rows)


def passes(entry: Entry, only: str) -> bool:
    """Whether an entry is shown under a filter of `FILTERS`."""
    if only == "open":
        return entry.open
    if only == "critical":
        return entry.critical
    if only == "flagged":
        return entry.flagged
    return True


def _head(part: Part, closed: bool) -> Row:
    counts = f"{part.answered}/{part.total}"
    glyph = "▸" if closed else "▾"
    return Row(part.id, "section", part.title, glyph, "section", counts, folded=closed)


def _row(entry: Entry) -> Row:
    glyph = GLYPHS[entry.state][0]
    return Row(
        entry.id,
        entry.kind,
        entry.title,
        glyph,
        entry.state,
        entry.tags,
        entry.critical,
        entry.said,
    )


def found(examination: Examination, text: str) -> frozenset[str]:
    """Return the ids of items and fields whose words hold `text`, folded for search."""
    wanted = search_key(text.strip())
    checklist = examination.checklist
    words = {i.id: _item_words(examination, i) for i in checklist.walk()}
    words |= {f.id: _field_words(examination, f) for f in checklist.fields}
    return frozenset(name for name, said in words.items() if wanted in search_key(said))


def _item_words(examination: Examination, item: Indicator) -> str:
    finding = examination.finding(item.id)
    typed = finding.answer if isinstance(finding.answer, str) else ""
    labels = (c.label for c in item.choices)
    return "\n".join([item.id, humanised(item.id), item.ask, finding.note, typed, *labels])


def _field_words(examination: Examination, field: Field) -> str:
    reading = examination.fields.get(field.id) or Reading(field.id)
    return "\n".join([field.id, field.label, reading.raw, reading.corrected, reading.note])


def spec_of(checklist: Checklist, item_id: str) -> Indicator | Field | None:
    """Return the indicator, fact or field of an id."""
    return checklist.item(item_id) or checklist.field_of(item_id)
