"""The editor's desk: what is being written, what is wrong with it, and what a command does.

The desk decides; the screen shows. It never imports the toolkit, so its rules are tested without
a screen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from docexam.checklists.edit_complete import Names, names_of
from docexam.checklists.edit_outline import Where, ids_by_kind, where
from docexam.checklists.faults import ERROR, WARN, Fault
from docexam.checklists.library import Library
from docexam.domain.checklist import Checklist
from docexam.domain.text import visible
from docexam.errors import DocexamError, MachineError
from docexam.tui.screens.editor_finding import EditorFinding
from docexam.tui.screens.editor_ports import EditorStage, Offered
from docexam.tui.screens.editor_preview import Grid, grid_of
from docexam.tui.screens.editor_writing import EditorWriting
from docexam.workbench.checklist_files import ChecklistFile, Kept, follow_names, stamp_of

_ITEMS = ("indicator", "fact", "field")


@dataclass(frozen=True, slots=True)
class Notice:
    """What was told last. `level`: `info`, `warn` or `error`."""

    text: str = ""
    level: str = "info"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text came to. `draft`: what can be shown of it.

    `included`: ids of items that come from other files. `propositions`: those of this file.
    """

    text: str = ""
    draft: Checklist | None = None
    faults: tuple[Fault, ...] = ()
    names: Names = field(default_factory=Names)
    included: tuple[str, ...] = ()
    propositions: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many errors keep it from being used."""
        return sum(f.level == ERROR for f in self.faults)

    @property
    def warnings(self) -> int:
        """How many warnings it has."""
        return sum(f.level == WARN for f in self.faults)


class EditorDesk:
    """One checklist being edited."""

    def __init__(self, file: ChecklistFile, library: Library, stage: EditorStage) -> None:
        self.file = file
        self.library = library
        self.stage = stage
        self.writing = EditorWriting(self)
        self.finding = EditorFinding(self)
        self.notice = Notice()
        self.checked = Checked()
        self.saved = file.text
        self.unsaved = ""
        self.at_cell = (0, 0)
        self._outside: tuple[int, int, int] | None = None
        self._warned = ""
        self._others: tuple[str, ...] | None = None

    # -- telling -------------------------------------------------------------------------------

    def tell(self, text: str, level: str = "info") -> None:
        """Put a message into the bottom line."""
        self.notice = Notice(visible(text), level)

    def attempt(self, act: Callable[[], str]) -> bool:
        """Do something that may fail; tell what came of it."""
        try:
            self.tell(act())
        except DocexamError as error:
            level = "error" if isinstance(error, MachineError) else "warn"
            self.tell(str(error), level)
            return False
        return True

    # -- what stands where ---------------------------------------------------------------------

    @property
    def modified(self) -> bool:
        """Whether the text is another than the saved one."""
        return self.stage.text() != self.saved

    def here(self) -> Where:
        """Return the block at the cursor."""
        row, column = self.stage.cursor()
        return where(self.stage.lines(), row, column, self.stage.inside)

    def grid(self) -> Grid | None:
        """Return the weights of the indicator at the cursor."""
        return grid_of(self.checked.draft, self.here(), self.checked.propositions)

    def own_faults(self) -> list[Fault]:
        """Return the faults of this file; those of included ones lie elsewhere."""
        return [f for f in self.checked.faults if f.file == str(self.file.target)]

    # -- checking ------------------------------------------------------------------------------

    def check(self, text: str, library: Library) -> Checked:
        """Read a text as if it were saved; slow, and safe to run beside the screen."""
        from docexam.checklists.read import load_text

        loaded = load_text(text, self.file.target, library)
        lines = text.split("\n")
        if self._others is None:
            mine = self.file.target.stem
            self._others = tuple(e.id for e in library.entries() if e.id != mine)
        own = ids_by_kind(lines)
        sets = [name for name, _ in own.get("answers", ()) if name]
        names = names_of(loaded.draft, sets, self._others)
        written = {name for kind in _ITEMS for name, _ in own.get(kind, ())}
        included = tuple(n for n in names.items if n not in written)
        propositions = tuple(name for name, _ in own.get("proposition", ()) if name)
        return Checked(text, loaded.draft, loaded.faults, names, included, propositions)

    def take(self, checked: Checked) -> None:
        """Take what a check found; what could be shown before stays where nothing can be now."""
        if checked.draft is None and self.checked.draft is not None:
            before = self.checked
            checked = replace(
                checked, draft=before.draft, names=before.names, included=before.included,
                propositions=before.propositions,
            )  # fmt: skip
        self.checked = checked

    # -- saving --------------------------------------------------------------------------------

    def begin(self) -> None:
        """Offer what was not saved last time; else take up a draft."""
        kept = self.file.recovery()
        if kept:
            self._offer(kept)
        else:
            self._take_up_draft()

    def _take_up_draft(self) -> None:
        draft = self.file.draft()
        if draft is None:
            if self.file.copies:
                self.tell("Shipped with docexam: saving makes a copy of your own.")
            return
        self.attempt(lambda: self._draft_text(draft))

    def _draft_text(self, draft: Kept) -> str:
        self.stage.replace_text(draft.text(), 0)
        return f"This is your draft of {_when(draft.at)}; the saved version is in use."

    def _offer(self, kept: Kept) -> None:
        rows = [
            Offered("Take it up", f"written {_when(kept.at)}, not saved"),
            Offered("Put it aside", "it goes to the previous versions"),
        ]

        def chosen(row: int) -> None:
            if row == 0:
                self.attempt(lambda: self._recovered(kept))
            elif row == 1:
                self.attempt(lambda: f"Put aside: {self.file.refuse_recovery(kept).name}.")
                self._take_up_draft()

        self.stage.pick("There is text that was not saved", rows, chosen)

    def _recovered(self, kept: Kept) -> str:
        text = kept.text()
        self.stage.replace_text(text, 0)
        self.file.keep_recovery(text)
        self.file.settle_recovery(kept)
        return "Taken up where you left it; it is not saved yet."

    def save(self) -> None:
        """Save; a text with errors becomes a draft, and the version in use stays."""
        text = self.stage.text()
        self.checked_now(text)
        if self.checked.errors:
            self.save_draft()
            return
        if self.file.changed_on_disk() and self._warned != text:
            self._warned = text
            self.tell(
                "Another program changed the file. Save again to write over it; its text is "
                "kept among the previous versions.",
                "warn",
            )
            return
        self.attempt(lambda: self._saved(text))

    def _saved(self, text: str) -> str:
        copied = self.file.copies
        kept = self.file.save(text)
        self.saved, self.unsaved, self._outside = text, "", None
        self.file.drop_recovery()
        words = ["Saved."]
        if copied and self.file.shadows:
            name = self.file.target.stem
            words = [f"Saved as your own copy; it now comes before the shipped {name}."]
        followed = follow_names(self.file.target, self.library)
        words += [f"{path.name} follows the new names." for path in followed]
        if kept:
            words.append(f"The version before is {kept.parent.name}/{kept.name}.")
        if self.checked.warnings:
            count = self.checked.warnings
            words.append(f"{count} warning{'s' * (count != 1)}; F8 shows them.")
        return " ".join(words)

    def save_draft(self) -> None:
        """Save beside the version in use."""
        text = self.stage.text()
        self.attempt(lambda: self._saved_draft(text))

    def _saved_draft(self, text: str) -> str:
        path = self.file.save_draft(text)
        self.file.drop_recovery()
        self.unsaved = ""
        errors = self.checked.errors
        why = f"{errors} error{'s' * (errors != 1)} (F8 shows them); " if errors else ""
        self.tell(f"Saved as a draft, {path.parent.name}/{path.name}: {why}it is not used.", "warn")
        return self.notice.text

    def checked_now(self, text: str) -> None:
        """Have the text checked, at once where the last check was of another."""
        if self.checked.text != text:
            self.take(self.check(text, self.library))

    def keep(self) -> None:
        """Keep what is not saved, should anything happen; tell when that fails."""
        text = self.stage.text()
        try:
            if text == self.saved or self._is_draft(text):
                self.file.drop_recovery()
            else:
                self.file.keep_recovery(text)
            self.unsaved = ""
        except DocexamError as error:
            self.unsaved = error.what
            self.tell(str(error), "error")

    def _is_draft(self, text: str) -> bool:
        draft = self.file.draft()
        return draft is not None and draft.text() == text

    def leave(self) -> None:
        """Keep what is not saved, and go."""
        self.keep()
        if self.unsaved and self._warned != self.unsaved:
            self._warned = self.unsaved
            self.tell(f"NOT kept: {self.unsaved} Leave again to go all the same.", "error")
            return
        self.stage.leave()

    def farewell(self) -> str:
        """Return what to tell once the editor is left."""
        if not self.modified:
            return ""
        name = self.file.target.stem
        if self._is_draft(self.stage.text()):
            return f"The draft is kept; “docexam checklist edit {name}” goes on with it."
        return f"Not saved, but kept: “docexam checklist edit {name}” offers it again."

    def poll(self) -> None:
        """See whether another program wrote the file, or the draft that it was given."""
        if self._outside is not None and self._draft_changed():
            return
        if not self.file.changed_on_disk():
            return
        if self.modified:
            if self._warned != "disk":
                self._warned = "disk"
                self.tell("Another program changed the file; what you write is kept.", "warn")
            return
        self.attempt(self._reloaded)

    def _reloaded(self) -> str:
        if not self.file.target.is_file():
            self.file.stamp = None
            return "The file is gone; saving writes it again."
        text = self.file.read_again()
        self.saved = text
        self._put(text)
        return "Loaded anew: another program saved the file."

    def _put(self, text: str) -> None:
        row, column = self.stage.cursor()
        self.stage.replace_text(text, -1)
        self.stage.go_to(row, column)

    def _draft_changed(self) -> bool:
        stamp = stamp_of(self.file.draft_path)
        if stamp is None or stamp == self._outside:
            return False
        self._outside = stamp
        draft = self.file.draft()
        if draft:
            self.attempt(lambda: self._from_outside(draft))
        return True

    def _from_outside(self, draft: Kept) -> str:
        self._put(draft.text())
        return "Loaded from your editor; save to use it."

    def edit_outside(self) -> None:
        """Hand the text to the user's own editor, as the draft, and follow every save there."""
        text = self.stage.text()
        try:
            path = self.file.save_draft(text)
        except DocexamError as error:
            self.tell(str(error), "error")
            return
        self._outside = stamp_of(path)
        self.tell(self.stage.edit_outside(path))
        self._draft_changed()
        if self.stage.text() == self.saved:
            self.attempt(self._same_again)

    def _same_again(self) -> str:
        self.file.drop_draft()
        self._outside = None
        return "Nothing was changed in your editor."

    def revert(self) -> None:
        """Offer the versions to go back to; the one taken can be undone like any edit."""
        kept = self.file.previous()
        rows = [Offered("The saved version", "what is in use now")] if self.modified else []
        rows += [Offered(k.path.name, _when(k.at)) for k in kept]
        if not rows:
            self.tell("There is no version to go back to.", "warn")
            return
        skip = len(rows) - len(kept)

        def chosen(row: int) -> None:
            def back() -> str:
                text = self.saved if row < skip else kept[row - skip].text()
                self.stage.replace_text(text, 0)
                return f"This is {rows[row].text}, not saved yet; undo goes back."

            self.attempt(back)

        self.stage.pick("Go back to", rows, chosen)


def _when(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
