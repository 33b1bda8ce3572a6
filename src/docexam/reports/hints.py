"""What would let a guess at a withheld value be tried, and is withheld with it.

Checks that read a withheld value, and items that are asked or not depending on one, and so on
down. Counts are taken anew without them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from docexam.domain import condition as cond
from docexam.domain.proposals import TRIAGE
from docexam.reports import model as m
from docexam.reports.ledger import CHECK_VALUE, CONDITION, Ledger

T = TypeVar("T")
_ABOUT_ITEMS = ("aid", "adjudicated")


def without_hints(report: m.Report, ledger: Ledger) -> m.Report:
    """Return the report without what would let a guess at a withheld value be tried."""
    hidden = _withheld_ids(report)
    items = _hinting_items(report, hidden, ledger)
    checks = tuple(_check_entry(c, hidden | items, ledger) for c in report.checks)
    report = replace(report, checks=checks)
    return _without_items(report, items, ledger) if items else report


def _withheld_ids(report: m.Report) -> set[str]:
    fields = {f.id for f in report.fields if any(map(_is_withheld, (f.raw, f.corrected)))}
    answers = {f.item: f.answer for f in report.findings()}
    answers |= {n.item: n.kept for n in report.not_asked if n.kept is not None}
    typed = {
        i for i, a in answers.items() if isinstance(a, m.AnswerEntry) and _is_withheld(a.value)
    }
    return fields | typed


def _is_withheld(value: object) -> bool:
    return isinstance(value, m.Withheld)


def _check_entry(check: m.CheckEntry, hidden: set[str], ledger: Ledger) -> m.CheckEntry:
    key = f"check:{check.id}"
    if not _reads(check.condition, hidden) or not ledger.holds(CHECK_VALUE, key):
        return check
    ledger.note(CHECK_VALUE, "check", key)
    return replace(check, outcome="withheld", because=())


def _reads(condition: str, names: set[str]) -> bool:
    return bool(cond.names(cond.parse(condition)).items & names)


def _hinting_items(report: m.Report, hidden: set[str], ledger: Ledger) -> set[str]:
    conditions = {f.item: f.condition for f in report.findings() if f.condition}
    conditions |= {n.item: n.condition for n in report.not_asked}
    conditions |= {w.item: w.condition for w in report.waiting}
    found: set[str] = set()
    more = True
    while more:
        names = hidden | found
        new = {
            item for item, text in conditions.items() if item not in found and _reads(text, names)
        }
        new = {item for item in new if ledger.holds(CONDITION, f"item:{item}")}
        found |= new
        more = bool(new)
    return found


def _without_items(report: m.Report, items: set[str], ledger: Ledger) -> m.Report:
    listed = tuple(m.ItemEntry(*pair, critical=False) for pair in _questions(report, items))
    for entry in listed:
        ledger.note(CONDITION, "item", f"item:{entry.item}")
    sections = tuple(_section_without(s, items) for s in report.sections)
    limits = (replace(x, items=_left(x.items, items)) for x in report.limits)
    report = replace(
        report,
        sections=tuple(s for s in sections if s.findings),
        limits=tuple(x for x in limits if x.items),
        not_asked=_left(report.not_asked, items),
        waiting=_left(report.waiting, items),
        open_items=_left(report.open_items, items),
        incomplete=_left(report.incomplete, items),
        changed=tuple(c for c in report.changed if c.id not in items),
        support=_support_left(report.support, items),
        agreement=_agreement_left(report.agreement, items),
        withheld_items=listed,
        # That something was proposed on an item would tell that it is asked.
        order=tuple(s for s in report.order if s.kind not in _ABOUT_ITEMS or s.what not in items),
    )
    report = _aids_left(report)
    return replace(report, progress=_counted(report))


def _aids_left(report: m.Report) -> m.Report:
    """Count what aids did anew, over what is left."""
    findings = report.findings()
    shown = [s for f in findings for s in f.proposals]
    shown += [s for f in report.fields for s in f.proposals]
    counts = {(a.aid, a.version): 0 for a in report.aids}
    for showing in shown:
        counts[(showing.aid, showing.version)] += 1
    aids = (replace(a, showings=counts[(a.aid, a.version)]) for a in report.aids)
    triage = report.triage
    if triage:
        triage = replace(triage, answers=sum(f.aided == TRIAGE for f in findings))
    return replace(report, aids=tuple(a for a in aids if a.showings), triage=triage)


def _questions(report: m.Report, items: set[str]) -> list[tuple[str, str]]:
    # In the order of their ids: where an item stood would tell whether it is asked.
    asked = [(f.item, f.question) for f in report.findings()]
    hidden = [(n.item, n.question) for n in report.not_asked]
    waiting = [(w.item, w.question) for w in report.waiting]
    return sorted(pair for pair in (*asked, *hidden, *waiting) if pair[0] in items)


def _left(entries: tuple[T, ...], items: set[str]) -> tuple[T, ...]:
    return tuple(e for e in entries if getattr(e, "item", "") not in items)


def _support_left(entry: m.SupportEntry | None, items: set[str]) -> m.SupportEntry | None:
    """Leave out a question where a withheld answer speaks: its sums would tell it."""
    if entry is None:
        return None
    left = tuple(
        q for q in entry.questions if not {v.item for v in (*q.counted, *q.left_out)} & items
    )
    turns = (replace(q, sensitivity=_left(q.sensitivity, items)) for q in left)
    return replace(entry, questions=tuple(turns))


def _agreement_left(entry: m.AgreementEntry | None, items: set[str]) -> m.AgreementEntry | None:
    return None if entry is None else replace(entry, differ=_left(entry.differ, items))


def _section_without(section: m.SectionEntry, items: set[str]) -> m.SectionEntry:
    left = _left(section.findings, items)
    answered = sum(f.answered for f in left)
    return replace(section, findings=left, answered=answered, total=len(left))


def _counted(report: m.Report) -> m.ProgressEntry:
    findings = report.findings()
    return replace(
        report.progress,
        answered=sum(f.answered for f in findings),
        total=len(findings),
        critical_open=sum(f.critical and not f.answered for f in findings),
        non_answers=sum(f.non_answer != "" for f in findings),
        incomplete=len(report.incomplete),
    )
