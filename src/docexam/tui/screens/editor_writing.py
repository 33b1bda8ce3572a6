"""What the editor writes for its user: new items and answers, moves, new names, weights."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from docexam.checklists.edit import (
    Edit,
    EditRefusedError,
    add_choice,
    duplicate,
    move,
    new_indicator,
    remove_block,
    remove_choice,
    set_bears,
)
from docexam.checklists.edit_names import KINDS, rename, rename_choice
from docexam.checklists.edit_outline import Where, ids_of
from docexam.domain.transliteration import transliterate

if TYPE_CHECKING:
    from docexam.tui.screens.editor_desk import EditorDesk

WITH_CHOICES = ("indicator", "fact", "field", "answers")
_MOVED = ("indicator", "fact", "field", "section", "proposition", "place", "group", "check")
_SMALL_WORDS = re.compile(
    r"(?:an?|the|is|are|was|were|do|does|did|ha[sd]|have|in|on|at|of|to|its?|this|that|how|what"
    r"|which|where|there|any|much|many|with|and|or|be|been)\Z"
)
_STEP = Decimal("0.1")
_WORD = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """An id under the cursor. `owner`: for a choice the kind and id of the block it answers."""

    kind: str
    id: str
    owner: tuple[str, str] = ("", "")


def slug(text: str, words: int = 3) -> str:
    """Propose an id for a text: its first words that say something, in Latin letters."""
    latin = transliterate(text) or text
    found = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", latin.lower()))
    kept = [w for w in found if not _SMALL_WORDS.match(w)] or found
    return "-".join(kept[:words])[:64]


def named_at(here: Where, line: str, column: int) -> Named | None:
    """Return the id under the cursor: the word itself where it names something, else the block."""
    owner = (here.kind, here.id)
    key = re.match(r"\s*[\"']?([a-z_]+)[\"']?\s*=", line)
    word = next((m[0] for m in _WORD.finditer(line) if m.start() <= column <= m.end()), "")
    name = key[1] if key else ""
    if word and name in ("section", "group", "place", "answers"):
        return Named(name, word)
    if word and name == "page":
        return Named("page", word)
    if word and name == "bears" and key and column >= key.end():
        return Named("proposition", word)
    if word and name in ("when", "if") and key and column >= key.end():
        return Named("item", word)
    if here.choice:
        return Named("choice", here.choice, owner)
    return Named(here.kind, here.id) if here.kind in KINDS and here.id else None


class EditorWriting:
    """The commands that change the text; each is one step that undo takes back."""

    def __init__(self, desk: EditorDesk) -> None:
        self._desk = desk

    def _do(self, act: Callable[[], Edit], back: str = "text") -> str:
        """Do an edit; return why it could not be done, or nothing."""
        try:
            edit = act()
        except EditRefusedError as error:
            return str(error)
        self._desk.stage.replace_text(edit.text, edit.at)
        self._desk.stage.bring_up(back)
        self._desk.tell(edit.told)
        return ""

    def _tried(self, act: Callable[[], Edit], back: str = "text") -> None:
        problem = self._do(act, back)
        if problem:
            self._desk.tell(problem, "warn")

    @property
    def _text(self) -> str:
        return self._desk.stage.text()

    # -- blocks --------------------------------------------------------------------------------

    def new_indicator(self) -> None:
        """Ask for the question and its id, and write the indicator below the one at the cursor."""
        here = self._desk.here()
        self._desk.stage.ask(
            "The question of the new indicator",
            "",
            "what can be seen, in neutral words · Enter goes on · Esc leaves it",
            lambda ask: self._new_id(ask.strip(), here),
        )

    def _new_id(self, ask: str, here: Where) -> str:
        if not ask:
            return "A question is needed."
        start = self._free(slug(ask))
        self._desk.stage.ask(
            "Its id",
            start,
            "lower-case Latin letters, words joined by - · Enter writes it",
            lambda name: self._do(lambda: self._new(name.strip(), ask, here)),
        )
        return ""

    def _new(self, name: str, ask: str, here: Where) -> Edit:
        after, section = "", ""
        if here.kind == "indicator":
            after = here.id
        elif here.kind == "section":
            section = here.id
            after = self._last_in(section)
        taken = self._desk.checked.included
        return new_indicator(self._text, name, ask=ask, section=section, after=after, taken=taken)

    def _last_in(self, section: str) -> str:
        draft = self._desk.checked.draft
        own = {name for name, _ in ids_of(self._desk.stage.lines(), "indicator")}
        items = draft.indicators if draft else ()
        return next((i.id for i in reversed(items) if i.section == section and i.id in own), "")

    def _free(self, name: str, kind: str = "indicator") -> str:
        taken = {*self._desk.checked.names.items, *self._desk.checked.included}
        taken |= set(self._desk.checked.names.of(kind))
        found, number = name, 2
        while found in taken:
            found, number = f"{name}-{number}", number + 1
        return found

    def duplicate(self) -> None:
        """Ask for an id and write a copy of the block at the cursor below it."""
        here = self._desk.here()
        if here.kind not in KINDS or not here.id:
            self._desk.tell("The cursor stands in no block that can be copied.", "warn")
            return
        taken = self._desk.checked.included
        self._desk.stage.ask(
            f"The id of the copy of {here.id}",
            self._free(here.id, here.kind),
            "Enter writes it · Esc leaves it",
            lambda name: self._do(
                lambda: duplicate(self._text, here.kind, here.id, name.strip(), taken)
            ),
        )

    def move(self, step: int) -> None:
        """Change places with the block before or after, in the section for an indicator."""
        here = self._desk.here()
        if here.kind not in _MOVED or not here.id:
            self._desk.tell("The cursor stands in no block that can be moved.", "warn")
            return
        self._tried(lambda: move(self._text, here.kind, here.id, step))

    def remove(self) -> None:
        """Take away the answer at the cursor, else the block with all its answers."""
        here = self._desk.here()
        if here.choice and here.id:
            self._tried(lambda: remove_choice(self._text, here.kind, here.id, here.choice))
            return
        if here.kind not in KINDS or not here.id:
            self._desk.tell("The cursor stands in no block that can be taken away.", "warn")
            return
        self._tried(lambda: remove_block(self._text, here.kind, here.id))

    # -- names ---------------------------------------------------------------------------------

    def rename(self) -> None:
        """Ask for another id for what the cursor names, and write it everywhere."""
        found = self._named()
        if found is None:
            self._desk.tell("The cursor stands on no id.", "warn")
            return
        what = "choice" if found.kind == "page" else found.kind
        self._desk.stage.ask(
            f"Another id for the {what} {found.id}",
            found.id,
            "it is changed wherever this file names it · Esc leaves it",
            lambda name: self._do(lambda: self._renamed(found, name.strip())),
        )

    def _named(self) -> Named | None:
        row, column = self._desk.stage.cursor()
        found = named_at(self._desk.here(), self._desk.stage.lines()[row], column)
        if found is None or found.kind not in ("item", "page"):
            return found
        draft = self._desk.checked.draft
        if found.kind == "page":
            fact = next((f.id for f in draft.facts if f.pages), "") if draft else ""
            return Named("choice", found.id, ("fact", fact))
        for kind in ("indicator", "fact", "field", "section", "group"):
            if any(name == found.id for name, _ in ids_of(self._desk.stage.lines(), kind)):
                return Named(kind, found.id)
        return None

    def _renamed(self, found: Named, new: str) -> Edit:
        if found.kind == "choice":
            return rename_choice(self._text, *found.owner, found.id, new)
        # An id that was never saved has no answers to carry over.
        known = found.kind == "indicator" and re.search(
            rf"(?m)^\s*id\s*=\s*[\"']{re.escape(found.id)}[\"']", self._desk.saved
        )
        taken = self._desk.checked.included
        return rename(self._text, found.kind, found.id, new, keep_old=bool(known), taken=taken)

    # -- answers -------------------------------------------------------------------------------

    def add_choice(self) -> None:
        """Ask for an answer's words and id, and write it below the others."""
        here = self._desk.here()
        if here.kind not in WITH_CHOICES or not here.id:
            self._desk.tell("The cursor stands in no item or set of answers.", "warn")
            return
        self._desk.stage.ask(
            f"A new answer for {here.id}",
            "",
            "as the examiner will read it · Enter goes on · Esc leaves it",
            lambda label: self._choice_id(label.strip(), here),
        )

    def _choice_id(self, label: str, here: Where) -> str:
        if not label:
            return "An answer needs words."
        self._desk.stage.ask(
            "Its id",
            slug(label, 2),
            "Enter writes it",
            lambda name: self._do(
                lambda: add_choice(self._text, here.kind, here.id, name.strip(), label)
            ),
        )
        return ""

    # -- weights -------------------------------------------------------------------------------

    def at_cell(self) -> tuple[str, str, str, int | None] | None:
        """Return item, choice, proposition and weight at the grid's cursor."""
        # What is weighed must be what stands there now, not what the last check saw.
        self._desk.checked_now(self._text)
        grid = self._desk.grid()
        if grid is None:
            return None
        row, column = grid.held(self._desk.at_cell)
        choice, proposition = grid.choices[row].id, grid.propositions[column][0]
        return grid.item, choice, proposition, grid.weight(row, column)

    def ask_weight(self, start: str = "") -> None:
        """Ask for the weight at the grid's cursor."""
        cell = self.at_cell()
        if cell is None:
            self._desk.tell("There are no weights here.", "warn")
            return
        item, choice, proposition, held = cell
        shown = start or ("" if held is None else f"{held / 100:g}")
        self._desk.stage.ask(
            f"How expected is “{choice}” under {proposition}, beside the others?",
            shown,
            "-1 to 1, hundredths of log10; empty takes it away · Esc leaves it",
            lambda text: self._weigh(item, choice, proposition, text),
        )

    def _weigh(self, item: str, choice: str, proposition: str, text: str) -> str:
        words = text.strip().replace(",", ".").replace("−", "-")
        try:
            weight = Decimal(words) if words else None
        except InvalidOperation:
            return "That is no number; write a decimal such as 0.3."
        if weight is not None and weight.is_finite():
            weight = weight.quantize(Decimal("0.01"))
        return self._do(lambda: set_bears(self._text, item, choice, proposition, weight), "grid")

    def step_weight(self, step: int) -> None:
        """Make the weight at the grid's cursor a tenth greater or less."""
        cell = self.at_cell()
        if cell is None:
            self._desk.tell("There are no weights here.", "warn")
            return
        item, choice, proposition, held = cell
        weight = Decimal(held or 0) / 100 + step * _STEP
        self._tried(lambda: set_bears(self._text, item, choice, proposition, weight), "grid")

    def zero_weight(self) -> None:
        """Say that the answer speaks neither way under the proposition at the grid's cursor."""
        cell = self.at_cell()
        if cell:
            self._tried(lambda: set_bears(self._text, *cell[:3], Decimal(0)), "grid")

    def clear_weight(self) -> None:
        """Take the weight at the grid's cursor away."""
        cell = self.at_cell()
        if cell and cell[3] is not None:
            self._tried(lambda: set_bears(self._text, *cell[:3], None), "grid")

    def to_grid(self) -> None:
        """Go to the grid of weights of the item at the cursor."""
        if self._desk.grid() is None:
            self._desk.tell("The cursor stands in no item whose answers are weighed.", "warn")
        else:
            self._desk.stage.bring_up("grid")

    def move_cell(self, down: int, right: int) -> None:
        """Move the grid's cursor."""
        grid = self._desk.grid()
        if grid:
            row, column = grid.held(self._desk.at_cell)
            self._desk.at_cell = (
                max(0, min(len(grid.choices) - 1, row + down)),
                max(0, min(len(grid.propositions) - 1, column + right)),
            )
