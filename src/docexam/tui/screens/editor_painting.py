"""The editor's single lines: the head, the tabs, what fits, the faults, the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docexam.checklists.edit_complete import Candidate
from docexam.checklists.faults import Fault
from docexam.domain.text import visible
from docexam.tui.commands import BY_ID
from docexam.tui.keyboard import Keyboard, shown
from docexam.tui.lines import Line, Span, cut, ends, line_cells
from docexam.tui.widgets.toml_tokens import SIGNS

if TYPE_CHECKING:
    from docexam.tui.screens.editor_desk import EditorDesk

LEVEL_ROLES = {"error": "error", "warn": "warn", "note": "dim"}
_KEYS = {
    "grid": ("back", "grid-write", "grid-more", "grid-less", "grid-zero", "grid-clear"),
    "": (
        "palette", "help", "save", "new-indicator", "add-choice", "rename", "weigh",
        "next-fault",
    ),
}  # fmt: skip


def top_line(desk: EditorDesk, width: int) -> Line:
    """Return whose file it is, what is wrong with it, and whether it is saved."""
    words = [Span(f" {visible(desk.file.target.stem)}", "head")]
    if desk.file.copies:
        words.append(Span("  shipped; saving makes your own copy", "dim"))
    elif desk.file.shadows:
        words.append(Span("  your own, before the shipped one", "warn"))
    errors, warnings = desk.checked.errors, desk.checked.warnings
    right = [Span(f"✕{errors} ", "error")] if errors else []
    right += [Span(f"!{warnings} ", "warn")] if warnings else []
    state = "NOT KEPT" if desk.unsaved else "not saved" if desk.modified else "saved"
    role = "error" if desk.unsaved else "warn" if desk.modified else "good"
    return ends(words, [*right, Span(f" {state} ", role)], width)


def tab_line(panes: Sequence[str], at: str, faults: int) -> Line:
    """Return a tab for each pane, for screens too narrow for all of them."""
    titles = {"text": "Text", "item": "Item", "grid": "Weights", "faults": f"Faults {faults}"}
    spans = [Span(" ")]
    for name in panes:
        words = f"{'▸ ' if name == at else '  '}{titles[name]} "
        spans += [Span(words, "chosen" if name == at else "", f"tab:{name}"), Span(" ")]
    return (*spans, Span("  F6 goes round", "dim"))


def fault_lines(faults: Sequence[Fault], width: int) -> list[Line]:
    """Return a line for each fault; a word where there is none."""
    return [_fault_line(f, width) for f in faults] or [(Span("No faults.", "dim"),)]


def _fault_line(fault: Fault, width: int) -> Line:
    lead = f"{SIGNS[fault.level]} {fault.line or '':>4} "
    words = cut(f"{fault.message}. {fault.help}", max(width - len(lead) - 6, 8))
    return (Span(lead, LEVEL_ROLES[fault.level]), Span(words), Span(f" {fault.code}", "dim"))


def marks_of(faults: Sequence[Fault]) -> dict[int, str]:
    """Return the gravest level of each line at fault, lines from 0."""
    marks: dict[int, str] = {}
    for fault in faults:
        row, held = fault.line - 1, marks.get(fault.line - 1)
        if row >= 0 and (held is None or list(SIGNS).index(fault.level) < list(SIGNS).index(held)):
            marks[row] = fault.level
    return marks


def hint_line(desk: EditorDesk, pane: str, width: int) -> Line:
    """Return what fits at the cursor, else what is wrong with its line, else what its key means."""
    row, _ = desk.stage.cursor()
    offered = desk.finding.completions() if pane == "text" else []
    if offered and desk.stage.lines()[row].strip():
        return _offered_line(offered, width)
    fault = desk.finding.fault_here()
    if fault:
        words = f"{SIGNS[fault.level]} {fault.message}. {fault.help}"
        return (Span(cut(words, width), LEVEL_ROLES[fault.level]),)
    return (Span(cut(desk.finding.help_here(), width), "dim"),)


def _offered_line(offered: Sequence[Candidate], width: int) -> Line:
    first = offered[0]
    spans = [Span("Tab ", "key"), Span(first.text.strip(" ="), "head")]
    for other in offered[1:8]:
        more = Span(f"  {other.text.strip(' =')}")
        if line_cells([*spans, more]) <= width * 2 // 3:
            spans.append(more)
    room = max(width - line_cells(spans) - 3, 0)
    return ends(spans, [Span(cut(first.says, room), "dim")] if room > 12 else [], width)


def bottom_line(desk: EditorDesk, keyboard: Keyboard, pane: str, asking: bool, width: int) -> Line:
    """Return where the cursor is and what was told; else the keys that are wanted most."""
    row, column = desk.stage.cursor()
    role = {"error": "error", "warn": "warn"}.get(desk.notice.level, "")
    left = [Span(f" {row + 1}:{column + 1}  ", "dim"), Span(desk.notice.text, role)]
    if desk.notice.text or asking:
        return ends(left, [], width)
    return ends(left, _keys(keyboard, pane, width - line_cells(left)), width)


def _keys(keyboard: Keyboard, pane: str, room: int) -> list[Span]:
    spans: list[Span] = []
    for name in _KEYS.get(pane, _KEYS[""]):
        command = BY_ID[f"editor.{name}"]
        keys = keyboard.keys_for(command)
        more = [Span(shown(keys[0]), "key"), Span(f" {command.label}  ")] if keys else []
        if line_cells([*more, *spans]) < room:
            spans = [*more, *spans]
    return spans
