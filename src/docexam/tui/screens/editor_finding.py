"""Finding one's way in a checklist's text: faults, blocks, words, and what fits at the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.checklists.edit_complete import Candidate, candidates, key_at
from docexam.checklists.edit_outline import headers, where
from docexam.checklists.faults import ERROR, WARN, Fault
from docexam.domain.text import search_key
from docexam.tui.screens.editor_ports import Offered

if TYPE_CHECKING:
    from docexam.tui.screens.editor_desk import EditorDesk

_RANK = {ERROR: 0, WARN: 1}
_INDENT = 2


class EditorFinding:
    """Moves the cursor and completes words; changes nothing else."""

    def __init__(self, desk: EditorDesk) -> None:
        self._desk = desk
        self._sought = ""

    # -- faults --------------------------------------------------------------------------------

    def fault_here(self) -> Fault | None:
        """Return the gravest fault of the cursor's line."""
        row = self._desk.stage.cursor()[0] + 1
        own = [f for f in self._desk.own_faults() if f.line == row]
        return min(own, key=lambda f: _RANK.get(f.level, 2), default=None)

    def next_fault(self, step: int) -> None:
        """Go to the next line at fault below the cursor, or the one above; round the end."""
        row = self._desk.stage.cursor()[0] + 1
        rows = sorted({f.line for f in self._desk.own_faults() if f.line})
        if not rows:
            others = self._desk.checked.faults
            self._desk.tell(others[0].message if others else "There are no faults.")
            return
        beyond = [r for r in rows if (r > row if step > 0 else r < row)]
        line = (beyond or rows)[0 if step > 0 else -1]
        self.go_to_fault(next(f for f in self._desk.own_faults() if f.line == line))

    def go_to_fault(self, fault: Fault) -> None:
        """Put the cursor where a fault is."""
        self._desk.stage.go_to(max(fault.line - 1, 0), max(fault.column - 1, 0))
        self._desk.stage.bring_up("text")

    # -- blocks and words ----------------------------------------------------------------------

    def go_to_block(self) -> None:
        """List the blocks of the file; go to the one that is picked."""
        stage = self._desk.stage
        lines = stage.lines()
        asked = self._desk.checked.names.items
        rows: list[Offered] = []
        places: list[int] = []
        for head in headers(lines, stage.inside):
            if not head.sub:
                name = where(lines, head.row, 0, stage.inside).id
                rows.append(Offered(f"{head.kind} {name}", asked.get(name, "")))
                places.append(head.row)
        stage.pick("Go to", rows, lambda row: stage.go_to(places[row], 0))

    def find(self) -> None:
        """Ask for a text and go to where it stands next."""
        self._desk.stage.ask("Find", self._sought, "whatever its case · F3 again", self._found)

    def _found(self, text: str) -> str:
        self._sought = text
        return self._seek() if text else ""

    def find_next(self) -> None:
        """Go to where the same text stands next."""
        if not self._sought:
            self.find()
            return
        problem = self._seek()
        if problem:
            self._desk.tell(problem, "warn")

    def _seek(self) -> str:
        lines = self._desk.stage.lines()
        row, column = self._desk.stage.cursor()
        wanted = search_key(self._sought)
        for step in range(len(lines) + 1):
            at = (row + step) % len(lines)
            start = column + 1 if step == 0 else 0
            plain = lines[at].casefold() if lines[at].isascii() else search_key(lines[at])
            found = plain.find(wanted, start)
            if found >= 0:
                self._desk.stage.go_to(at, min(found, len(lines[at])))
                self._desk.stage.bring_up("text")
                return ""
        return f"“{self._sought}” is not in this file."

    # -- completing ----------------------------------------------------------------------------

    def completions(self) -> list[Candidate]:
        """Return what could be written at the cursor."""
        stage = self._desk.stage
        row, column = stage.cursor()
        return candidates(stage.lines(), row, column, self._desk.checked.names, stage.inside)

    def help_here(self) -> str:
        """Return what the key of the cursor's line means."""
        stage = self._desk.stage
        row, column = stage.cursor()
        key = key_at(stage.lines(), row, column, stage.inside)
        return f"{key.name}: {key.says}" if key else ""

    def complete(self) -> None:
        """Write the first of what fits; in front of everything, or where nothing fits, indent."""
        stage = self._desk.stage
        row, column = stage.cursor()
        offered = self.completions()
        typed = stage.lines()[row][:column].strip()
        if offered and typed:
            self.write(offered[0])
        else:
            stage.write(" " * (_INDENT - column % _INDENT), column)

    def complete_list(self) -> None:
        """List what fits with what it means, and write what is picked."""
        offered = self.completions()
        if not offered:
            self._desk.tell("Nothing is known that stands here; a text of your own.", "info")
            return
        rows = [Offered(c.text.strip(), c.says) for c in offered]
        self._desk.stage.pick("What can stand here", rows, lambda row: self.write(offered[row]))

    def write(self, candidate: Candidate) -> None:
        """Write a candidate; its closing quote is not written twice."""
        stage = self._desk.stage
        row, column = stage.cursor()
        line = stage.lines()[row]
        text = candidate.text
        if text.endswith('"') and line[column : column + 1] == '"':
            text = text[:-1]
        stage.write(text, candidate.start)
