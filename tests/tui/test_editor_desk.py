"""What the editor's commands do, without a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from docexam.checklists import Library
from docexam.checklists.edit_outline import where
from docexam.tui.commands import ALL
from docexam.tui.commands.editing import COMMANDS
from docexam.tui.keyboard import FORBIDDEN, is_printable
from docexam.tui.screens.editor_desk import EditorDesk
from docexam.tui.screens.editor_ports import Offered
from docexam.tui.screens.editor_preview import (
    block_lines,
    grid_lines,
    grid_of,
    weight_words,
)
from docexam.tui.screens.editor_writing import Named, named_at, slug
from docexam.workbench.checklist_files import new_checklist, open_checklist


class FakeStage:
    """Holds a text and a cursor; answers what is asked from a list."""

    def __init__(self) -> None:
        self.value = ""
        self.at = (0, 0)
        self.answers: list[str] = []
        self.asked: list[str] = []
        self.problems: list[str] = []
        self.picks: list[int] = []
        self.offered: Sequence[Offered] = ()
        self.pane = "text"
        self.outside: Callable[[Path], None] = lambda _: None
        self.left = False

    def text(self) -> str:
        return self.value

    def lines(self) -> list[str]:
        return self.value.split("\n")

    def inside(self, row: int) -> bool:
        return False

    def cursor(self) -> tuple[int, int]:
        return self.at

    def replace_text(self, text: str, at: int) -> None:
        self.value = text
        if at >= 0:
            before = text[:at].split("\n")
            self.at = (len(before) - 1, len(before[-1]))

    def write(self, text: str, start: int) -> None:
        row, column = self.at
        lines = self.lines()
        lines[row] = lines[row][:start] + text + lines[row][column:]
        self.value = "\n".join(lines)
        self.at = (row, start + len(text))

    def go_to(self, row: int, column: int) -> None:
        self.at = (row, column)

    def ask(self, title: str, start: str, hint: str, accept: Callable[[str], str]) -> None:
        self.asked.append(title)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            self.problems.append(accept(answer or start))

    def pick(self, title: str, rows: Sequence[Offered], chosen: Callable[[int], None]) -> None:
        self.asked.append(title)
        self.offered = rows
        if self.picks:
            chosen(self.picks.pop(0))

    def bring_up(self, pane: str) -> None:
        self.pane = pane

    def edit_outside(self, path: Path) -> str:
        self.outside(path)
        return "Back."

    def leave(self) -> None:
        self.left = True


class Desk(EditorDesk):
    stage: Any

    def on(self, words: str, after: str = "") -> Desk:
        """Put the cursor on the first line that begins with some words."""
        lines = self.stage.lines()
        start = next((n for n, line in enumerate(lines) if line.strip() == after), 0)
        row = next(n for n in range(start, len(lines)) if lines[n].strip().startswith(words))
        self.stage.at = (row, lines[row].index(words.split()[0]))
        return self

    def read(self) -> Any:
        """Check the text as it is now and return what it says."""
        self.checked_now(self.stage.text())
        return self.checked.draft


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "own")


@pytest.fixture
def desk(library: Library) -> Desk:
    new_checklist(library, "sample", "A sample", "en", "document-with-photo")
    return opened("sample", library)


def opened(name: str, library: Library) -> Desk:
    stage: Any = FakeStage()
    file = open_checklist(name, library)
    desk = Desk(file, library, stage)
    stage.value = file.text
    desk.begin()
    desk.checked_now(stage.text())
    return desk


# Writing -------------------------------------------------------------------------------------


def test_a_new_indicator_is_asked_for_by_its_question_and_gets_an_id(desk):
    desk.stage.answers = ["How is the seal's rim drawn?", ""]
    desk.on('id       = "number-print"').writing.new_indicator()
    items = [i for i in desk.read().indicators if i.section == "print"]
    assert [i.id for i in items] == ["number-print", "seals-rim-drawn"]
    assert items[1].ask == "How is the seal's rim drawn?"
    assert desk.notice.text == "A new indicator: `seals-rim-drawn`."


def test_a_new_indicator_on_a_section_comes_last_in_it(desk):
    desk.stage.answers = ["What colour?", "colour"]
    desk.on('id    = "print"', "[[section]]").writing.new_indicator()
    assert [i.id for i in desk.read().indicators][:2] == ["number-print", "colour"]


def test_a_refused_id_keeps_the_question_open_and_the_text_as_it_was(desk):
    before = desk.stage.value
    desk.stage.answers = ["Is it?", "Not An Id"]
    desk.on('id       = "photo"').writing.new_indicator()
    assert "cannot be an id" in desk.stage.problems[0]
    assert desk.stage.value == before


def test_an_answer_is_asked_for_by_its_words(desk):
    desk.stage.answers = ["Слегка смещены", ""]
    desk.on('id       = "number-print"').writing.add_choice()
    item = desk.read().item("number-print")
    assert (item.choices[-1].id, item.choices[-1].label) == ("slegka-smeshcheny", "Слегка смещены")


def test_what_the_cursor_names_is_renamed_everywhere(desk):
    desk.stage.answers = ["portrait"]
    desk.on('id       = "photo"').writing.rename()
    item = desk.read().item("portrait")
    assert item.replaces == ("photo",)
    assert desk.read().item("photo-edge").when == "portrait in [present, partial]"


def test_an_id_that_was_never_saved_leaves_no_trace(desk):
    desk.stage.answers = ["Is it?", "fresh", "better"]
    desk.on('id       = "photo"').writing.new_indicator()
    desk.on('id      = "fresh"').writing.rename()
    assert desk.read().item("better").replaces == ()


def test_words_of_a_line_are_renamed_rather_than_the_block(desk):
    desk.stage.answers = ["foto"]
    desk.on('section  = "photograph"')
    desk.stage.at = (desk.stage.at[0], 14)
    desk.writing.rename()
    assert [s.id for s in desk.read().sections] == ["print", "foto"]
    desk.stage.answers = ["face"]
    desk.on('page     = "front"')
    desk.stage.at = (desk.stage.at[0], 14)
    desk.writing.rename()
    assert desk.read().item("photo").page == "face"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ('when = "photo is present"', 9, Named("item", "photo")),
        ("bears = { regular = 0.1, altered = 0 }", 27, Named("proposition", "altered")),
        ('group = "one-cause"', 12, Named("group", "one-cause")),
        ('id = "seal"', 7, Named("indicator", "seal")),
    ],
)
def test_which_id_the_cursor_is_on(line, column, expected):
    lines = ["[[indicator]]", 'id = "seal"', line]
    assert named_at(where(lines, 2, column), line, column) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many of the seals are round?", "seals-round"),
        ("Цела ли печать", "tsela-li-pechat"),
        ("", ""),
        ("the", "the"),
    ],
)
def test_ids_are_proposed_from_what_a_text_says(text, expected):
    assert slug(text) == expected


def test_weights_are_written_from_the_grid(desk):
    desk.on('id       = "photo"')
    assert [p for p, _ in desk.grid().propositions][2:] == ["regular", "altered"]
    desk.writing.to_grid()
    desk.writing.move_cell(1, 2)
    desk.stage.answers = ["-0,25"]
    desk.writing.ask_weight()
    assert desk.read().item("photo").choice("partial").bears == {"regular": -25}
    desk.writing.step_weight(-1)
    desk.writing.step_weight(-1)
    assert desk.read().item("photo").choice("partial").bears == {"regular": -45}
    desk.writing.clear_weight()
    assert desk.read().item("photo").choice("partial").bears == {}
    desk.writing.zero_weight()
    assert desk.read().item("photo").choice("partial").bears == {"regular": 0}
    assert desk.stage.pane == "grid"


def test_a_weight_that_is_no_number_is_told(desk):
    desk.on('id       = "photo"')
    desk.stage.answers = ["much", "9"]
    desk.writing.ask_weight()
    desk.writing.ask_weight()
    assert "no number" in desk.stage.problems[0]
    assert "between -2 and 2" in desk.stage.problems[1]


# Finding and completing ----------------------------------------------------------------------


def test_faults_are_gone_through_in_a_ring(desk):
    desk.stage.value = desk.stage.value.replace('answers  = "presence"', 'answers  = "presense"')
    desk.stage.value += "\n[[section]]\nid = 5\n"
    desk.read()
    lines = sorted({f.line for f in desk.own_faults()})
    assert len(lines) >= 2
    desk.stage.at = (0, 0)
    gone = []
    for _ in lines:
        desk.finding.next_fault(1)
        gone.append(desk.stage.at[0] + 1)
        assert desk.finding.fault_here().line == gone[-1]
    assert gone == lines
    desk.finding.next_fault(1)
    assert desk.stage.at[0] + 1 == lines[0]
    desk.finding.next_fault(-1)
    assert desk.stage.at[0] + 1 == lines[-1]


def test_completion_writes_the_word_and_not_its_closing_quote_twice(desk):
    row = desk.on("answers  =").stage.at[0]
    rest = desk.stage.lines()[row].removeprefix('answers  = "presence"')
    desk.stage.value = desk.stage.value.replace('answers  = "presence"', 'answers  = "pr"')
    desk.stage.at = (row, len('answers  = "pr'))
    desk.finding.complete()
    assert desk.stage.lines()[row] == 'answers  = "presence"' + rest


def test_tab_indents_where_nothing_fits(desk):
    desk.stage.at = (1, 0)
    desk.finding.complete()
    assert desk.stage.lines()[1].startswith("  ")


def test_a_text_is_found_whatever_its_case_round_the_end(desk):
    desk.stage.at = (len(desk.stage.lines()) - 1, 0)
    desk.stage.answers = ["PAGES-SHOWN", "nowhere to be found"]
    desk.finding.find()
    assert "pages-shown" in desk.stage.lines()[desk.stage.at[0]]
    desk.finding.find()
    assert "is not in this file" in desk.stage.problems[1]


def test_blocks_are_listed_with_what_they_ask(desk):
    desk.stage.picks = [1]
    desk.finding.go_to_block()
    assert desk.stage.offered[0].text == "checklist sample"
    assert desk.stage.lines()[desk.stage.at[0]].startswith("[[proposition]]")
    assert any(r.text == "indicator photo" and "photograph" in r.says for r in desk.stage.offered)


# Saving --------------------------------------------------------------------------------------


def test_a_sound_text_is_saved_and_warnings_are_told(desk):
    desk.stage.value = desk.stage.value.replace("How much of a", "Is there obviously a")
    assert desk.modified
    desk.save()
    assert desk.file.target.read_text("utf-8") == desk.stage.value
    assert not desk.modified
    assert "1 warning;" in desk.notice.text
    assert "previous/sample.1.toml" in desk.notice.text


def test_a_text_with_errors_becomes_a_draft_and_is_taken_up_again(desk, library):
    before = desk.file.target.read_bytes()
    desk.stage.value += "\n[[sektion]]\n"
    desk.save()
    assert desk.file.target.read_bytes() == before
    assert "Saved as a draft" in desk.notice.text
    assert desk.modified
    again = opened("sample", library)
    assert again.stage.value == desk.stage.value
    assert "your draft" in again.notice.text
    again.stage.value = again.stage.value.replace("\n[[sektion]]\n", "# done\n")
    again.save()
    assert opened("sample", library).notice.text == ""


def test_a_change_by_another_program_is_not_written_over_unasked(desk):
    desk.stage.value += "# mine\n"
    desk.file.target.write_text(desk.saved + "# theirs\n", "utf-8")
    desk.save()
    assert "Another program" in desk.notice.text
    assert desk.file.target.read_text("utf-8").endswith("# theirs\n")
    desk.save()
    assert desk.file.target.read_text("utf-8").endswith("# mine\n")
    assert desk.file.previous()[0].text().endswith("# theirs\n")


def test_an_untouched_text_follows_the_file(desk):
    desk.file.target.write_text(desk.saved + "# theirs\n", "utf-8")
    desk.poll()
    assert desk.stage.value.endswith("# theirs\n")
    assert not desk.modified
    desk.stage.value += "# mine\n"
    desk.file.target.write_text(desk.saved + "# again\n", "utf-8")
    desk.poll()
    assert desk.stage.value.endswith("# mine\n")
    assert "what you write is kept" in desk.notice.text


def test_the_users_own_editor_gets_a_draft_and_every_save_comes_back(desk):
    desk.stage.value += "# before\n"
    desk.stage.outside = lambda path: path.write_text(path.read_text() + "# outside\n") and None
    desk.edit_outside()
    assert desk.stage.value.endswith("# before\n# outside\n")
    path = desk.file.draft_path
    path.write_text(path.read_text("utf-8") + "# later\n", "utf-8")
    desk.poll()
    assert desk.stage.value.endswith("# later\n")
    assert "# before" not in desk.file.target.read_text("utf-8")


def test_leaving_without_a_change_in_the_own_editor_leaves_no_draft(desk):
    desk.edit_outside()
    assert desk.file.draft() is None
    assert "Nothing was changed" in desk.notice.text


def test_what_is_not_saved_is_kept_and_said_on_leaving(desk):
    desk.stage.value += "# unsaved\n"
    desk.leave()
    assert desk.stage.left
    assert desk.file.recovery_path.read_text("utf-8") == desk.stage.value
    assert "offers it again" in desk.farewell()
    desk.stage.value = desk.saved
    desk.keep()
    assert not desk.file.recovery_path.exists()
    assert desk.farewell() == ""


def test_leaving_waits_where_nothing_could_be_kept(desk, monkeypatch):
    import os

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    desk.stage.value += "# unsaved\n"
    monkeypatch.setattr(os, "fsync", full)
    desk.leave()
    assert not desk.stage.left
    assert "NOT kept" in desk.notice.text
    desk.leave()
    assert desk.stage.left


def test_versions_are_offered_and_the_one_taken_is_not_saved_yet(desk):
    first = desk.saved
    desk.stage.value = first + "# one\n"
    desk.save()
    desk.stage.value += "# two\n"
    desk.stage.picks = [1]
    desk.revert()
    assert [r.text for r in desk.stage.offered] == ["The saved version", "sample.1.toml"]
    assert desk.stage.value == first
    assert desk.modified


def test_a_shipped_checklist_says_that_saving_makes_a_copy(library):
    desk = opened("official-letter", library)
    assert "copy of your own" in desk.notice.text
    desk.stage.value += "# mine\n"
    desk.save()
    assert "comes before the shipped" in desk.notice.text
    assert desk.file.target == library.user / "official-letter.toml"


# What is shown -------------------------------------------------------------------------------


def shown(desk: Desk, words: str, after: str = "", width: int = 40) -> str:
    desk.on(words, after)
    return "\n".join(
        "".join(s.text for s in line) for line in block_lines(desk.read(), desk.here(), width)
    )


def test_the_item_is_shown_as_the_examiner_will_see_it(desk):
    said = shown(desk, 'id       = "photo-edge"')
    assert "What does the background print do at" in said
    assert "1   Goes on across the edge" in said
    assert "once “Photo” is answered" in said
    assert "Raw" not in said
    assert "transcribe" in shown(desk, 'id        = "number"')
    assert "Which pages are shown?" in shown(desk, 'id      = "pages-shown"')


def test_other_blocks_tell_what_they_are_for(desk):
    assert "How much of a photograph" in shown(desk, 'id    = "photograph"')
    assert "Breaks off at\n  the edge" in shown(desk, 'id    = "photo-exchanged"')
    assert "is not after the date" in shown(desk, 'id    = "issued-before-birth"')
    assert "How are the characters" in shown(desk, 'id    = "altered"')
    assert "3 to be observed" in shown(desk, "title    =")
    assert "The shared answers" in shown(desk, 'id      = "presence"')


@pytest.mark.parametrize("when", ["photo is is", "nobody is yes", "photo-edge is broken", ""])
def test_a_condition_that_makes_no_sense_yet_does_not_hide_the_item(desk, when):
    desk.stage.value = desk.stage.value.replace("photo in [present, partial]", when)
    assert "What does the background print" in shown(desk, 'id       = "photo-edge"')


def test_text_that_acts_on_a_terminal_is_made_visible(desk):
    desk.stage.value = desk.stage.value.replace("How much of a", "How\\u202e much [red]of a")
    said = shown(desk, 'id       = "photo"')
    assert "⟨U+202E⟩" in said
    assert "[red]of" in said


def test_a_column_of_the_grid_stays_where_it_is_while_it_is_filled(desk):
    desk.on('id       = "photo"')
    before = desk.grid().propositions
    desk.writing.move_cell(0, 1)
    desk.writing.step_weight(1)
    desk.writing.step_weight(1)
    desk.read()
    assert desk.grid().propositions == before
    assert desk.grid().weight(0, 1) == 20


def test_what_is_included_comes_after_the_files_own_propositions(library):
    desk = opened("ru-military-booklet", library).on('id       = "photo"')
    names = [p for p, _ in desk.grid().propositions]
    assert names[0] == "regular"
    assert names[-1].startswith("image-")


def test_the_grid_fits_its_width_and_says_where_one_is(desk):
    desk.on('id       = "photo-edge"')
    grid = grid_of(desk.read(), desk.here())
    lines = ["".join(s.text for s in line) for line in grid_lines(grid, (1, 3), 44, True)]
    assert lines[1].split() == ["genuine", "imitat…", "regular", "altered"]
    assert lines[2].split()[-4:] == ["·", "·", "+0.1", "−0.1"]
    assert "›+0.2" in lines[3]
    assert "contents: Changed after it was issued" in " ".join(lines[4:])
    assert all(len(line) <= 44 for line in lines)


def test_the_grid_follows_its_cursor_where_columns_do_not_fit(desk):
    desk.on('id       = "photo-edge"')
    grid = grid_of(desk.read(), desk.here())
    lines = ["".join(s.text for s in line) for line in grid_lines(grid, (0, 3), 30, True)]
    assert "altered" in lines[1]
    assert "genuine" not in lines[0] + lines[1]


@pytest.mark.parametrize(
    ("weight", "said"), [(None, "·"), (0, "0"), (30, "+0.3"), (-25, "−0.25"), (100, "+1")]
)
def test_weights_are_written_short(weight, said):
    assert weight_words(weight) == said


# Keys ----------------------------------------------------------------------------------------


def test_no_key_of_the_editor_is_one_that_terminals_cannot_tell_apart():
    keys = [k for c in COMMANDS for k in c.keys]
    assert not set(keys) & set(FORBIDDEN)
    typed = {c.id for c in COMMANDS if {"editor", "editor-text"} & set(c.contexts)}
    assert not [k for c in COMMANDS if c.id in typed for k in c.keys if is_printable(k)]


def test_every_command_of_the_editor_is_in_the_table():
    assert {c.id for c in ALL if c.id.startswith("editor.")} == {c.id for c in COMMANDS}
