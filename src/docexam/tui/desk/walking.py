"""Moving through the list: where the examiner is, what is shown, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docexam.domain.examination import Examination
from docexam.tui.desk.outline import (
    FIELDS,
    FILTERS,
    Entry,
    Part,
    Row,
    found,
    outline,
    passes,
    rows_of,
    spec_of,
)
from docexam.tui.lines import counted

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk

_LONGEST_TRAIL = 100


class Walking:
    """Where the examiner is in the list, and how it is narrowed.

    `current` is the id of an item or field; `at_head` the id of a section's head while the
    cursor stands on one, else None. `out_of_sight`: the list was narrowed to lines of which none
    is the current item's, so that no key may answer it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.current = ""
        self.at_head: str | None = None
        self.only = "all"
        self.find: str = ""
        self._found: frozenset[str] | None = None
        self._folded: frozenset[str] = frozenset()
        self._trail: list[str] = []
        self._seen: Examination | None = None
        self._spoken = False
        self.out_of_sight = False
        self._parts: tuple[Part, ...] = ()
        self._entries: dict[str, Entry] = {}
        self._rows: tuple[Row, ...] | None = None

    # -- what is shown ---------------------------------------------------------------------

    @property
    def parts(self) -> tuple[Part, ...]:
        """The whole list in its parts."""
        self._work_out()
        return self._parts

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines that are shown now."""
        self._work_out()
        if self._rows is None:
            self._rows = rows_of(self._parts, self._folded, self.only, self._found)
        return self._rows

    @property
    def cursor(self) -> int:
        """The index in `rows` of the line where the cursor stands; the nearest where it is gone."""
        wanted = ("section", self.at_head) if self.at_head is not None else ("", self.current)
        for at, row in enumerate(self.rows):
            if row.id == wanted[1] and (row.kind == "section") == (wanted[0] == "section"):
                return at
        return self._near()

    def _near(self) -> int:
        section = self.section_of(self.current)
        for at, row in enumerate(self.rows):
            if row.kind == "section" and row.id == section:
                return at
        return 0

    def entry(self, item_id: str) -> Entry | None:
        """Return the line of an item, shown or not; None where the list has none."""
        self._work_out()
        return self._entries.get(item_id)

    def section_of(self, item_id: str) -> str:
        """Return the id of the part that an item stands in."""
        for part in self.parts:
            if any(e.id == item_id for e in part.entries):
                return part.id
        return FIELDS

    def changed(self) -> None:
        """Work the list out anew when it is next asked for."""
        self._seen = None

    def speak(self, spoken: bool) -> None:
        """Let each line tell its answer in words, or not."""
        if spoken != self._spoken:
            self._spoken = spoken
            self.changed()

    def _work_out(self) -> None:
        examination = self._desk.review.examination
        if self._seen is examination:
            return
        self._seen = examination
        standing = self._desk.review.standing
        self._parts = outline(examination, standing, spoken=self._spoken)
        self._entries = {e.id: e for part in self._parts for e in part.entries}
        self._rows = None
        if self._found is not None:
            self._found = found(examination, self.find)

    # -- moving ----------------------------------------------------------------------------

    def resume(self, kept: Mapping[str, Any]) -> None:
        """Go where the examiner left, else to the first open item, else to the first."""
        item = kept.get("item")
        if isinstance(item, str) and self.entry(item):
            self._arrive(item)
            return
        first = next((e.id for e in self._ordered() if e.open), "")
        self._arrive(first or next((e.id for e in self._ordered()), ""))

    def go(self, item_id: str) -> bool:
        """Leave the current item for another; False where it could not be left."""
        if item_id == self.current and self.at_head is None:
            return True
        if not self._desk.answers.settle():
            return False
        if not self.entry(item_id):
            return False
        self._trail = [*self._trail[1 - _LONGEST_TRAIL :], self.current]
        self._arrive(item_id)
        return True

    def _arrive(self, item_id: str) -> None:
        self.current = item_id
        self.at_head = None
        self.out_of_sight = False
        section = self.section_of(item_id)
        if section in self._folded:
            self._folded -= {section}
            self._rows = None
        if self._desk.asking == "causes":
            self._desk.asking = ""
        self._desk.answers.arrived()
        self._desk.proposals.arrived()
        self._desk.marks.show()

    def back(self) -> None:
        """Go back to the item before."""
        if not self._trail:
            self._desk.tell("There is no item before.")
            return
        trail = self._trail[:-1]
        if self.go(self._trail[-1]):
            self._trail = trail

    def step(self, lines: int) -> None:
        """Move the cursor by lines; of the sections' heads it stops at folded ones only."""
        rows = self.rows
        here = self.cursor
        wanted = max(0, min(len(rows) - 1, here + lines))
        ahead = range(wanted, len(rows)) if lines > 0 else range(wanted, -1, -1)
        back = range(wanted, here, -1) if lines > 0 else range(wanted, here)
        for at in (*ahead, *back):
            if rows[at].kind != "section" or rows[at].folded:
                self.at(at)
                return

    def at(self, index: int) -> None:
        """Put the cursor on a line."""
        row = self.rows[index]
        if row.kind != "section":
            self.go(row.id)
        elif self._desk.answers.settle():
            self.at_head = row.id

    def next_open(self) -> bool:
        """Go to the next open item after this one, round the end; False where none is left."""
        if not self._desk.answers.settle():
            return False
        ordered = [e for e in self._ordered() if self._kept(e)]
        here = next((i for i, e in enumerate(ordered) if e.id == self.current), -1)
        if here < 0:
            here = self._place_before(ordered)
        for entry in [*ordered[here + 1 :], *ordered[: here + 1]]:
            if entry.open and entry.id != self.current:
                return self.go(entry.id)
        return False

    def _place_before(self, ordered: list[Entry]) -> int:
        # The current item may be filtered out: go on from where it would stand.
        places = {e.id: i for i, e in enumerate(self._ordered())}
        here = places.get(self.current, -1)
        return sum(places[e.id] < here for e in ordered) - 1

    def _kept(self, entry: Entry) -> bool:
        return passes(entry, self.only) and (self._found is None or entry.id in self._found)

    def _ordered(self) -> list[Entry]:
        return [e for part in self.parts for e in part.entries]

    # -- narrowing -------------------------------------------------------------------------

    def fold(self, closed: bool) -> None:
        """Close or open the part at the cursor."""
        part = self.at_head if self.at_head is not None else self.section_of(self.current)
        self._folded = self._folded | {part} if closed else self._folded - {part}
        if closed and self._desk.answers.settle():
            self.at_head = part
        self._rows = None

    def toggle_fold(self) -> None:
        """Turn the part at the cursor over."""
        self.fold(self.at_head not in self._folded)

    def show_only(self, name: str) -> None:
        """Narrow the list by a filter of `FILTERS`."""
        self.only = name
        self._rows = None
        self.to_listed()
        kept = sum(self._kept(e) for e in self._ordered())
        total = len(self._entries)
        told = f"Only {name}: {kept} of {counted(total, 'item')}."
        self._desk.tell("All items are shown." if name == "all" else told)

    def next_filter(self) -> None:
        """Go round the filters."""
        self.show_only(FILTERS[(FILTERS.index(self.only) + 1) % len(FILTERS)])

    def search(self, text: str) -> None:
        """Narrow the list to items that hold `text`; empty shows all again."""
        self.find = text
        self._found = found(self._desk.review.examination, text) if text.strip() else None
        self._rows = None
        if self._found is None and self.only == "all":
            self.out_of_sight = False

    @property
    def any_found(self) -> bool:
        """Whether the search left anything in the list."""
        return self._found is None or any(self._kept(e) for e in self._ordered())

    def to_listed(self) -> None:
        """Go to the first item that is listed, unless the current one is."""
        kept = [e.id for e in self._ordered() if self._kept(e)]
        self.out_of_sight = self.current not in kept
        if self.out_of_sight and kept:
            self.go(kept[0])

    @property
    def narrowed(self) -> str:
        """What narrows the list, in words; empty when nothing does."""
        words = [f"only {self.only}" if self.only != "all" else ""]
        words.append(f"find “{self.find}”" if self._found is not None else "")
        return ", ".join(w for w in words if w)

    def spec(self) -> object:
        """Return the indicator or field that the examiner is at."""
        return spec_of(self._desk.review.examination.checklist, self.current)
