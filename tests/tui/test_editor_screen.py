"""The editor on a screen: typing, faults as one types, panes, commands, leaving."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from docexam.checklists import Library
from docexam.tui.keyboard import Keyboard
from docexam.tui.options import Options
from docexam.tui.screens.editor import EditorApp
from docexam.tui.screens.editor_windows import PickWindow
from docexam.tui.widgets.toml_area import TomlDocument
from docexam.tui.widgets.toml_tokens import BASIC, LITERAL, PLAIN, States, tokens
from docexam.workbench.checklist_files import new_checklist, open_checklist


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "own")
    new_checklist(library, "sample", "A sample", "en", "document-with-photo")
    return library


@asynccontextmanager
async def opened(library: Library, name: str = "sample", size: tuple[int, int] = (120, 40)):
    app = EditorApp(open_checklist(name, library), library, Options(), Keyboard())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app.screen_stack[0], pilot


async def settled(pilot) -> None:
    for _ in range(60):
        await pilot.pause(0.05)
        screen = pilot.app.screen_stack[0]
        if not screen._checking and screen.desk.checked.text == screen.area.text:
            return
    raise AssertionError("the check never ended")


def lines_of(widget) -> str:
    return "\n".join("".join(span.text for span in line) for line in widget.lines)


def drawn(screen) -> list[str]:
    return [screen.area.render_line(y).text for y in range(screen.area.size.height)]


async def test_the_text_the_item_and_its_weights_stand_side_by_side(library):
    async with opened(library) as (screen, pilot):
        screen.go_to(next(n for n, t in enumerate(screen.lines()) if '"photo-edge"' in t), 0)
        await pilot.pause()
        assert "What does the background print" in lines_of(screen.item)
        assert "Goes on" in lines_of(screen.grid)
        assert screen.area.region.right <= screen.item.region.x
        assert screen.item.region.bottom <= screen.grid.region.y
        assert lines_of(screen.faults) == "No faults."
        assert "saved" in lines_of(screen.top)


async def test_a_fault_is_shown_at_its_line_and_in_the_list_and_goes_again(library):
    async with opened(library) as (screen, pilot):
        row = next(n for n, t in enumerate(screen.lines()) if t.startswith("critical"))
        screen.go_to(row, len("critical = "))
        before = screen.area.size
        await pilot.press("x")
        await settled(pilot)
        assert screen.area.marks == {row: "error"}
        assert [t for t in drawn(screen) if f"{row + 1}✕" in t.replace(" ", "")]
        assert f"✕  {row + 1}" in lines_of(screen.faults).replace("   ", "  ")
        assert "without quotes" in lines_of(screen.hint)
        assert "✕1" in lines_of(screen.top)
        assert "not saved" in lines_of(screen.top)
        await pilot.press("backspace")
        await settled(pilot)
        assert screen.area.marks == {}
        assert lines_of(screen.faults) == "No faults."
        assert screen.area.size == before


async def test_what_fits_is_offered_and_tab_writes_it(library):
    async with opened(library) as (screen, pilot):
        row = next(n for n, t in enumerate(screen.lines()) if t.startswith('id       = "photo"'))
        screen.go_to(row, len(screen.lines()[row]))
        await pilot.press("enter", "k", "i")
        await pilot.pause()
        assert lines_of(screen.hint).startswith("Tab kind")
        await pilot.press("tab", '"', "o")
        await pilot.press("tab")
        assert screen.lines()[row + 1] == 'kind     = "observe"'


async def test_undo_takes_back_what_a_command_wrote_in_one_step(library):
    async with opened(library) as (screen, pilot):
        before = screen.area.text
        screen.go_to(next(n for n, t in enumerate(screen.lines()) if '"photo-edge"' in t), 0)
        await pilot.press("f9", *"Torn", "enter", "enter")
        await settled(pilot)
        assert 'label = "Torn"' in screen.area.text
        await pilot.press("ctrl+z")
        assert screen.area.text == before
        await pilot.press("ctrl+y")
        assert 'label = "Torn"' in screen.area.text


async def test_a_question_that_is_left_changes_nothing_and_gives_the_focus_back(library):
    async with opened(library) as (screen, pilot):
        before = screen.area.text
        await pilot.press("ctrl+n", "x", "escape", "y")
        await pilot.pause()
        assert screen.area.text == "y" + before
        assert not screen.prompt.display


async def test_a_weight_is_changed_in_the_grid_and_stands_in_the_text(library):
    async with opened(library) as (screen, pilot):
        screen.go_to(next(n for n, t in enumerate(screen.lines()) if '"photo-edge"' in t), 0)
        await pilot.press("ctrl+w", "right", "right", "right", "down", "+")
        await settled(pilot)
        assert "bears = { regular = -0.2, altered = 0.3 }" in screen.area.text
        assert "›+0.3" in lines_of(screen.grid)
        await pilot.press("enter")
        await pilot.press(*["backspace"] * 4, *"-0.5", "enter")
        await settled(pilot)
        assert "altered = -0.5" in screen.area.text
        assert screen.at_pane == "grid"
        await pilot.press("escape")
        assert screen.focused is screen.area


async def test_eighty_columns_have_a_tab_for_each_pane(library):
    async with opened(library, size=(80, 24)) as (screen, pilot):
        screen.go_to(next(n for n, t in enumerate(screen.lines()) if '"photo-edge"' in t), 0)
        await pilot.press("down", "end", "x")
        await settled(pilot)
        assert "Faults 1" in lines_of(screen.tabs)
        seen = []
        for _ in range(4):
            panes = (screen.area, screen.item, screen.grid, screen.faults)
            seen.append([p.id for p in panes if p.region.area])
            await pilot.press("f6")
            await pilot.pause()
        assert seen == [["text"], ["item", "grid"], ["item", "grid"], ["faults"]]
        assert screen.bottom.region.bottom == 24


async def test_a_smaller_window_says_what_it_needs(library):
    async with opened(library, size=(70, 20)) as (screen, _):
        assert "80×24" in lines_of(screen.small)
        assert not screen.area.region.area


async def test_every_row_of_the_faults_is_reached_and_leads_to_its_line(library):
    async with opened(library) as (screen, pilot):
        wrong = screen.area.text.replace('answers  = "presence"', 'answers  = "x y"')
        screen.replace_text(wrong.replace('holds = "portrait"', "holds = 5"), 0)
        await settled(pilot)
        assert len(screen.desk.checked.faults) > 1
        screen.bring_up("faults")
        await pilot.press("down", "enter")
        fault = screen.desk.checked.faults[1]
        assert screen.cursor() == (fault.line - 1, fault.column - 1)
        assert screen.focused is screen.area


async def test_the_palette_finds_a_command_and_runs_it(library):
    async with opened(library) as (screen, pilot):
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PickWindow)
        await pilot.press(*"draft", "enter")
        await pilot.pause()
        assert screen.desk.file.draft() is not None


async def test_help_shows_the_keys_of_where_one_is(library):
    async with opened(library) as (_, pilot):
        await pilot.press("f1")
        await pilot.pause()
        said = lines_of(pilot.app.screen.view)
        assert "In the text of a checklist" in said
        assert "^s" in said


async def test_leaving_keeps_what_is_not_saved_and_the_next_start_offers_it(library, monkeypatch):
    async with opened(library) as (screen, pilot):
        await pilot.press(*"# x", "enter")
        text = screen.area.text
        await pilot.press("ctrl+q")
        assert "offers it again" in pilot.app.farewell
    # As if the editor that kept it had ended: this test's process still runs.
    monkeypatch.setattr("docexam.workbench.checklist_files._runs", lambda pid: False)
    async with opened(library) as (screen, pilot):
        assert isinstance(pilot.app.screen, PickWindow)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.area.text == text
        assert "not saved yet" in lines_of(screen.bottom)


async def test_a_pause_keeps_what_is_typed(library):
    async with opened(library) as (screen, pilot):
        await pilot.press("#")
        await pilot.pause(1.2)
        assert screen.desk.file.recovery_path.read_text("utf-8") == screen.area.text


async def test_typing_ahead_of_the_first_paint_is_not_lost(library):
    app = EditorApp(open_checklist("sample", library), library, Options(), Keyboard())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"#a")
        await pilot.pause(0.3)
        assert app.screen.area.text.startswith("#a")


async def test_cyrillic_is_text_and_control_keys_follow_their_place(library):
    async with opened(library) as (screen, pilot):
        await pilot.press("#", "ы", "enter", "ctrl+ы")
        await settled(pilot)
        assert screen.desk.file.target.read_text("utf-8").startswith("#ы")


async def test_what_acts_on_a_terminal_is_drawn_inert_and_saved_as_it_is(library):
    path = library.user / "sample.toml"
    text = "# \u202eevil\x1b[31m \u200b\n" + path.read_text("utf-8")
    path.write_text(text, "utf-8")
    async with opened(library) as (screen, _):
        assert "# �evil�[31m �" in drawn(screen)[0]
        assert screen.area.text == text


async def test_without_colours_every_state_still_has_a_sign(library):
    app = EditorApp(open_checklist("sample", library), library, Options(no_color=True), Keyboard())
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.screen.go_to(0, 0)
        await pilot.press("x")
        await settled(pilot)
        assert drawn(app.screen)[0].startswith("  1✕") or "✕" in drawn(app.screen)[0]


# The document --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "\n", "a\nb", "a\r\nb\r\n", "a\r\nb\n", "a\u2028b\x85c\x0bd\n", "\ufeffa\n\n"]
)
def test_what_is_read_is_what_is_written(text):
    document = TomlDocument(text)
    assert document.text == text
    document.replace_range((0, 0), (0, 0), "x\ny")
    end = document.get_text_range((0, 0), (1, 1))
    assert end == f"x{document.newline}y"
    document.replace_range((0, 0), (1, 1), "")
    assert document.text == text


def test_pasted_line_breaks_become_those_of_the_file():
    document = TomlDocument("a\r\nb\r\n")
    assert document.replace_range((0, 1), (1, 0), "x\ny").end_location == (1, 1)
    assert document.text == "ax\r\nyb\r\n"


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ('id = "a # b" # c', ["key", "text", "comment"]),
        ("[[indicator.choice]] # x", ["header", "comment"]),
        ('bears = { regular = 0.3, "b" = -1 }', ["key", "key", "number", "text", "number"]),
        ("when = '''a", ["key", "text"]),
        ("critical = true", ["key", "number"]),
        ("day = 1985-05-12", ["key", "number"]),
        ("odd = maybe", ["key", "word"]),
        ('open = "never closed', ["key", "text"]),
    ],
)
def test_tokens_of_a_line(line, kinds):
    assert [t.kind for t in tokens(line, PLAIN)[0]] == kinds


def test_texts_of_several_lines_are_followed_as_far_as_is_asked():
    lines = ['a = """one', '[[no]] # "" no', 'two""" # yes', "b = '''x", "y'''", "c = 1"]
    states = States()
    assert [states.at(lines, n) for n in range(6)] == [
        PLAIN, BASIC, BASIC, PLAIN, LITERAL, PLAIN,
    ]  # fmt: skip
    lines[0] = "a = 1"
    states.forget_after(0)
    assert states.at(lines, 1) == PLAIN
