"""The lists of a report: sections, limits, what was not asked, what waits, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docexam.domain import condition as cond
from docexam.domain.checklist import Check, Indicator, Place
from docexam.domain.condition import Truth
from docexam.domain.examination import Examination
from docexam.domain.standing import Standing, World
from docexam.reports import model as m
from docexam.reports.entries import answer_entry, finding_entry, region_entry

SCREEN = "screen"
_OUTCOMES = {Truth.T: "speaks", Truth.F: "silent", Truth.U: "undetermined", Truth.W: "waits"}


def asked_items(examination: Examination, standing: Standing) -> list[Indicator]:
    """Return the items that count, in walking order: neither hidden nor waiting."""
    return [i for i in examination.checklist.walk() if standing.items[i.id].visible]


def sections(
    examination: Examination, standing: Standing, citations: Mapping[str, str]
) -> tuple[m.SectionEntry, ...]:
    """Return the facts, then each section, with every item that is asked."""
    titled = [("", ""), *((s.id, s.title) for s in examination.checklist.sections)]
    made = (_section(examination, standing, citations, *which) for which in titled)
    return tuple(s for s in made if s.findings)


def _section(
    examination: Examination,
    standing: Standing,
    citations: Mapping[str, str],
    section: str,
    title: str,
) -> m.SectionEntry:
    items = [
        i for i in asked_items(examination, standing) if (i.fact and not section) or _in(i, section)
    ]
    progress = standing.section_progress(examination.checklist, section)
    return m.SectionEntry(
        id=section,
        title=title,
        answered=progress.answered,
        total=progress.total,
        findings=tuple(finding_entry(examination, i, citations) for i in items),
    )


def _in(item: Indicator, section: str) -> bool:
    return bool(section) and not item.fact and item.section == section


def progress(examination: Examination, standing: Standing) -> m.ProgressEntry:
    """Return the counts, and whether this is no more than the screening pass."""
    counts = standing.progress()
    asked = asked_items(examination, standing)
    findings = [examination.finding(i.id) for i in asked]
    return m.ProgressEntry(
        answered=counts.answered,
        total=counts.total,
        critical_open=counts.critical_open,
        non_answers=sum(f.answered and bool(f.non_answer) for f in findings),
        incomplete=sum(f.answer is not None and not f.complete for f in findings),
        screening=_is_screening(examination, asked),
    )


def _is_screening(examination: Examination, asked: Iterable[Indicator]) -> bool:
    """Tell whether the examiner answered items of the screening pass and no others."""
    answered: set[str] = set()
    left: set[str] = set()
    for item in asked:
        if item.fact:
            continue
        finding = examination.finding(item.id)
        by_examiner = finding.answer is not None and not finding.by_fact
        (answered if by_examiner else left).add(item.level)
    return answered == {SCREEN} and bool(left - {SCREEN})


def limits(examination: Examination, standing: Standing) -> tuple[m.LimitEntry, ...]:
    """Return the non-answers of items and fields, those of one kind and cause together."""
    found: dict[tuple[str, str, str], list[m.ItemEntry]] = {}
    for item in asked_items(examination, standing):
        finding = examination.finding(item.id)
        if finding.non_answer:
            key = (finding.non_answer, finding.cause, finding.by_fact)
            found.setdefault(key, []).append(m.ItemEntry(item.id, item.ask, item.critical))
    for spec in examination.checklist.fields:
        reading = examination.fields.get(spec.id)
        if reading and reading.answer:
            key = (reading.answer, reading.cause, reading.by_fact)
            found.setdefault(key, []).append(m.ItemEntry(spec.id, spec.label, False))
    return tuple(m.LimitEntry(*key, tuple(items)) for key, items in found.items())


def not_asked(examination: Examination, standing: Standing) -> tuple[m.NotAskedEntry, ...]:
    """Return the items a condition excludes, with the condition and any answer kept."""
    hidden = [i for i in examination.checklist.walk() if standing.items[i.id].hidden]
    return tuple(
        m.NotAskedEntry(i.id, i.ask, cond.canonical_text(i.when), _kept(examination, i))
        for i in hidden
    )


def _kept(examination: Examination, item: Indicator) -> m.AnswerEntry | None:
    answer = examination.finding(item.id).answer
    return None if answer is None else answer_entry(item, answer)


def waiting(examination: Examination, standing: Standing) -> tuple[m.WaitingEntry, ...]:
    """Return the items that are asked only once others are answered."""
    world = World(examination)
    items = [i for i in examination.checklist.walk() if standing.items[i.id].waits]
    return tuple(
        m.WaitingEntry(
            item=i.id,
            question=i.ask,
            condition=cond.canonical_text(i.when),
            on=tuple(_label(examination, c) for c in cond.causes(cond.parse(i.when), world)),
        )
        for i in items
    )


def open_items(examination: Examination, standing: Standing) -> tuple[m.ItemEntry, ...]:
    """Return the items that are asked and have no answer."""
    return tuple(
        m.ItemEntry(i.id, i.ask, i.critical, standing.items[i.id].stage_open)
        for i in asked_items(examination, standing)
        if examination.finding(i.id).answer is None
    )


def incomplete(examination: Examination, standing: Standing) -> tuple[m.ItemEntry, ...]:
    """Return the items whose answer lacks what it demands, and so does not count."""
    return tuple(
        m.ItemEntry(i.id, i.ask, i.critical)
        for i in asked_items(examination, standing)
        if standing.items[i.id].incomplete
    )


def pages(examination: Examination) -> tuple[m.PageEntry, ...]:
    """Return the pages that the fact about pages names, and whether they are shown."""
    fact = next((f for f in examination.checklist.facts if f.pages), None)
    if fact is None:
        return ()
    finding = examination.finding(fact.id)
    told = finding.answer is not None and not finding.non_answer
    shown = set(finding.chosen(fact))
    states = {c.id: "shown" if c.id in shown else "not-shown" for c in fact.choices}
    return tuple(
        m.PageEntry(c.id, c.label, states[c.id] if told else "not-stated") for c in fact.choices
    )


def places(examination: Examination) -> tuple[m.PlaceEntry, ...]:
    """Return the checklist's places, each with where it was marked, by capture."""
    return tuple(_place(examination, place) for place in examination.checklist.places)


def _place(examination: Examination, place: Place) -> m.PlaceEntry:
    marked = [r for (name, _), r in examination.places.items() if name == place.id]
    regions = sorted((region_entry(examination, r) for r in marked), key=lambda r: r.capture)
    return m.PlaceEntry(
        id=place.id,
        title=place.title,
        holds=place.holds,
        page=place.page,
        sensitive=place.sensitive,
        marked=tuple(regions),
    )


def checks(examination: Examination) -> tuple[m.CheckEntry, ...]:
    """Return every consistency rule with what it comes to."""
    world = World(examination)
    return tuple(_check(examination, world, check) for check in examination.checklist.checks)


def _check(examination: Examination, world: World, check: Check) -> m.CheckEntry:
    condition = cond.parse(check.condition)
    truth = cond.evaluate(condition, world)
    return m.CheckEntry(
        id=check.id,
        level=check.level,
        say=check.say,
        condition=cond.to_text(condition),
        outcome=_OUTCOMES[truth],
        because=tuple(_cause(examination, world, name) for name in cond.causes(condition, world)),
        source=check.source,
        status=check.status,
    )


def _cause(examination: Examination, world: World, name: str) -> m.CauseEntry:
    return m.CauseEntry(name, _label(examination, name), world.state(name).kind)


def _label(examination: Examination, name: str) -> str:
    item = examination.checklist.item(name)
    if item:
        return item.ask
    spec = examination.checklist.field_of(name)
    return spec.label if spec else name
