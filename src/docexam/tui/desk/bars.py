"""The words of the top and bottom lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.domain.text import visible
from docexam.tui.desk.writing import ASKED
from docexam.tui.lines import Line, Span, cells, cut, ends, line_cells, wrap

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk

TRIAGE_SIGN = "triage: aids shown first"
_LONGEST_WORD = 34
_SHORT_BELOW = 110
_GAP = "  "
_MOST_LINES = 8
_HELP_KEYS = (
    Span("? ", "key", "act:help"),
    Span("help  ", "", "act:help"),
    Span("^p ", "key", "act:palette"),
    Span("all ", "", "act:palette"),
)
_LEVELS = {"info": "", "warn": "warn", "error": "error"}
_SIGNS = {"info": "", "warn": "! ", "error": "✗ "}


def top_line(desk: Desk, width: int) -> Line:
    """Return the top line: which exhibit, how far, and whether everything is saved."""
    examination = desk.review.examination
    handle = visible(f" {examination.case} / {examination.exhibit}  ")
    title = visible(examination.checklist.title)
    counts = desk.progress
    word, role = saved_word(desk)
    triage = desk.proposals.triage
    short = triage and width < _SHORT_BELOW
    answered = f"{counts.answered} of {counts.total} answered"
    right = [
        Span(f"  {TRIAGE_SIGN} ·" if triage else " ", "warn"),
        Span(f" {counts.answered}/{counts.total} · " if short else f" {answered} · "),
        Span(f"{counts.critical_open} critical{'' if short else ' open'} · "),
        Span(f"{word} ", role),
    ]
    return ends([Span(handle, "head"), Span(title)], right, width)


def saved_word(desk: Desk) -> tuple[str, str]:
    """Return what the top line says of durability, and the role it is said in."""
    if desk.unsaved:
        return "NOT saved", "error"
    if desk.writing.open and desk.writing.open.kind not in (*ASKED, "find", "reopen"):
        return "typing", "warn"
    if lost := desk.writing.unrecorded:
        return cut(f"not saved: {desk.writing.named(next(iter(lost)))}", _LONGEST_WORD), "warn"
    if desk.answers.pending:
        return "not recorded yet", "warn"
    if desk.review.read_only:
        return "read only", "warn"
    return "saved", "good"


def bottom_line(desk: Desk, width: int, hints: Line = ()) -> Line:
    """Return the bottom line: the last message, else counts only; keys for help at its end."""
    right = (Span(_GAP), *hints, *_HELP_KEYS)
    notice = desk.notice
    if notice.text:
        left = Span(_told(desk), _LEVELS[notice.level])
        if cells(left.text) > width - line_cells(right):
            right = (Span(_GAP), *_HELP_KEYS)
        return ends([left], right, width)
    working = aids_at_work(desk, width - line_cells(right) - 1)
    if working:
        return ends([Span(f" {working}", "warn")], right, width)
    return ends([Span(f" {counts(desk)}")], right, width)


def aids_at_work(desk: Desk, width: int) -> str:
    """Return which aid is at work and how far it is; empty when none is."""
    if not desk.proposals.jobs:
        return ""
    from docexam.tui.desk.proposals_panel import at_work

    return at_work(desk, width)


def notice_lines(desk: Desk, width: int) -> list[Line]:
    """Return the last message in whole lines where the bottom line is too short; else nothing."""
    told, keys = _told(desk), (Span(_GAP), *_HELP_KEYS)
    room = width - line_cells(keys)
    if not desk.notice.text or cells(told) <= room:
        return []
    role = _LEVELS[desk.notice.level]
    words = [f" {line}" for line in wrap(told, width - 2)][:_MOST_LINES]
    if cells(words[-1]) > room:
        words.append("")
    *above, last = [Span(line, role) for line in words]
    return [*((span,) for span in above), ends([last], keys, width)]


def _told(desk: Desk) -> str:
    return f" {_SIGNS[desk.notice.level]}{desk.notice.text}"


def counts(desk: Desk) -> str:
    """Return the counts, and what narrows the list; after its reveal, the support instead."""
    progress = desk.progress
    if told := _support(desk):
        return visible(f"{progress.answered} of {progress.total} · {told}")
    entries = [e for part in desk.walk.parts for e in part.entries]
    incomplete = sum(e.state == "incomplete" for e in entries)
    waiting = sum(e.state == "waits" for e in entries)
    flagged = sum(e.flagged for e in entries)
    words = [
        f"{progress.answered} of {progress.total}",
        f"{progress.critical_open} critical open",
        f"{incomplete} incomplete" if incomplete else "",
        f"{waiting} waiting" if waiting else "",
        f"{flagged} flagged" if flagged else "",
        desk.walk.narrowed,
    ]
    return visible(" · ".join(w for w in words if w))


def _support(desk: Desk) -> str:
    state = desk.review.examination
    if not state.revealed("support") or desk.walk.narrowed:
        return ""
    from docexam.tui.desk.support_words import support_line

    return support_line(state, desk.review.standing)
