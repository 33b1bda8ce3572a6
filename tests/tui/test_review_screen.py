"""The review screen in Textual's own harness: few tests, each of something only a screen can do."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Region

from docexam.domain.checklist import Checklist, Choice, Indicator, Section
from docexam.errors import DamagedError, InputError, MachineError
from docexam.tui.application import ReviewApp
from docexam.tui.keyboard import Keyboard, keyboard_from
from docexam.tui.options import Options

GOLDEN = Path(__file__).resolve().parent / "golden"


def app_of(review, *, keyboard=None, **options) -> ReviewApp:
    return ReviewApp(review, Options(**options), keyboard or Keyboard())


def screen_text(app) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips) + "\n"


def finding(review, item):
    return review.examination.finding(item)


async def settled(pilot):
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize(
    ("name", "size", "keys"),
    [
        ("first-visit-120x40", (120, 40), []),
        ("photo-120x40", (120, 40), ["n", "down", "1", "1", "3"]),
        ("list-80x24", (80, 24), ["escape", "down"]),
        ("question-80x24", (80, 24), ["escape", "o", "shift+tab"]),
        ("causes-80x24", (80, 24), ["escape", "down", "v"]),
        ("too-small-79x24", (79, 24), []),
        ("close-80x24", (80, 24), ["escape", "ctrl+d"]),
        ("help-120x40", (120, 40), ["escape", "question_mark"]),
    ],
)
async def test_the_screen_is_as_it_was_drawn(review, name, size, keys):
    app = app_of(review)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await settled(pilot)
        shown = screen_text(app)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8"), (
        "the screen changed; if it should, run the tests with UPDATE_GOLDEN=1"
    )


@pytest.mark.parametrize("keys", ["гf", "ㅕf", "Гf", "uf"])
async def test_one_physical_key_is_one_command_on_every_layout(review, keys):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down", keys[0])
        await settled(pilot)
    assert finding(review, "sharp").answer == "unclear"


async def test_a_note_takes_all_printable_keys_and_escape_keeps_it(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down", "n")
        await settled(pilot)
        await pilot.press("u", "1", "question_mark", "space", "г", "q")
        assert "typing" in screen_text(app).splitlines()[0]
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.desk.writing.open is None
        assert app.screen.focused is app.screen.list
    assert finding(review, "sharp").note == "u1? гq"
    assert finding(review, "sharp").answer is None


async def test_a_write_that_fails_keeps_the_words_on_the_screen(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down", "n", "h", "i")
        await settled(pilot)
        review.failure = MachineError("DX-FULL", "The disk is full.", todo="Make room.")
        await pilot.press("escape")
        await settled(pilot)
        shown = screen_text(app)
        assert "NOT saved" in shown.splitlines()[0]
        assert "NOT saved: The disk is full. Make room." in shown.splitlines()[-1]
        assert "hi" in shown
        review.failure = None
        await pilot.press("escape")
        await settled(pilot)
        assert "saved" in screen_text(app).splitlines()[0]
    assert finding(review, "sharp").note == "hi"


async def test_a_number_typed_at_a_number_item_is_its_answer(review):
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        app.screen.desk.walk.go("count")
        await pilot.press("4")
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
    assert finding(review, "count").answer == "42"


async def test_tab_goes_round_the_tabs_of_a_narrow_screen(review):
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        seen = []
        for _ in range(3):
            await pilot.press("tab")
            seen.append(app.screen.at_pane)
            panes = {name: app.screen.pane_of(name) for name in ("list", "capture", "question")}
            assert [n for n, p in panes.items() if p.region.area] == [app.screen.at_pane]
    assert seen == ["capture", "question", "list"]


async def test_growing_and_shrinking_the_terminal_keeps_the_place(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down")
        for size in ((80, 24), (60, 10), (200, 60)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        shown = screen_text(app)
    assert "Is it sharp?" in shown
    assert "needs 80×24" not in shown


async def test_the_mouse_answers_walks_and_folds(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape")
        await pilot.click("#list", offset=(6, 4))
        await settled(pilot)
        assert app.screen.desk.walk.current == "sharp"
        await pilot.click("#question", offset=(8, 3))
        await settled(pilot)
        assert finding(review, "sharp").answer == "yes"
        await pilot.click("#list", offset=(4, 1))
        await settled(pilot)
        assert app.screen.desk.walk.rows[0].glyph == "▸"


async def test_the_palette_finds_runs_and_tells_why_not(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "ctrl+p", *"redo")
        await settled(pilot)
        assert "There is nothing to redo." in screen_text(app)
        await pilot.press("escape", "ctrl+p", *"flagged only", "enter")
        await settled(pilot)
        assert app.screen.desk.walk.only == "flagged"


async def test_closing_shows_the_head_hash_and_makes_the_screen_read_only(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "ctrl+d", "enter")
        await settled(pilot)
        assert review.examination.head[1] in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "read only" in screen_text(app).splitlines()[0]
        await pilot.press("q")
    assert review.examination.head[1] in app.farewell


async def test_a_disabled_command_says_why(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down", "p")
        await settled(pilot)
        assert "This item belongs to no place" in screen_text(app).splitlines()[-1]


async def test_a_users_key_is_used_on_the_screen(review):
    keyboard = keyboard_from({"keys": {"answer.unclear": "f6"}}, "f")
    app = app_of(review, keyboard=keyboard)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down", "u")
        assert finding(review, "sharp").answer is None
        await pilot.press("f6")
    assert finding(review, "sharp").answer == "unclear"


async def test_themes_go_round_and_change_the_cells(review):
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        names = []
        for _ in range(3):
            await pilot.press("f2")
            await settled(pilot)
            names.append(app.theme)
    assert names == ["docexam-light", "docexam-contrast", "docexam-dark"]


async def test_without_colours_no_colour_is_sent(review, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_of(review, no_color=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        filters = app.get_line_filters()
        strips = [
            strip.apply_filter(f, app.screen.background_colors[1])
            for strip in app.screen._compositor.render_strips()
            for f in filters[-1:]
        ]
        styles = [s.style for strip in strips for s in strip if s.style]
    assert styles
    colours = [c for s in styles for c in (s.color, s.bgcolor) if c and not c.is_default]
    assert colours == []


HOSTILE = "[@click=app.quit]x[/]\x1b[2J\u202eevil\x9b31m"


async def test_hostile_text_stays_text_on_every_part_of_the_screen(make_review):
    item = Indicator(
        "i", HOSTILE, section="s", choices=(Choice("a", HOSTILE), Choice("b", "plain")),
        look=(HOSTILE,), shows=HOSTILE,
    )  # fmt: skip
    checklist = Checklist("c", "1", HOSTILE, sections=(Section("s", HOSTILE),), indicators=(item,))
    review = make_review(checklist)
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "n")
        await settled(pilot)
        app.screen._editor._box.insert(HOSTILE)
        await settled(pilot)
        shown = [screen_text(app)]
        await pilot.press("escape")
        await settled(pilot)
        shown.append(screen_text(app))
        for key in ("ctrl+l", "question_mark", "ctrl+p", "ctrl+d"):
            await pilot.press(key)
            await settled(pilot)
            shown.append(screen_text(app))
            await pilot.press("escape")
        await pilot.click("#question", offset=(6, 2))
        assert app.is_running
    assert finding(review, "i").note == HOSTILE
    for text in shown:
        bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"}
        assert not bad
    assert "⟨U+202E⟩" in shown[1]


async def test_a_thousand_items_repaint_only_the_lines_that_change(make_review):
    choices = (Choice("yes", "Yes"), Choice("no", "No"))
    items = tuple(Indicator(f"i{n}", f"Is {n}?", section="s", choices=choices) for n in range(1000))
    checklist = Checklist("c", "1", "C", sections=(Section("s", "S"),), indicators=items)
    app = app_of(make_review(checklist))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape")
        await settled(pilot)
        painted: list[Region] = []
        view = app.screen.list
        refresh = view.refresh
        view.refresh = lambda *regions, **more: (painted.extend(regions), refresh(*regions, **more))
        await pilot.press("down", "1")
        await settled(pilot)
        assert app.screen.desk.walk.current == "i2"
    assert painted
    assert all(region.height == 1 for region in painted)
    assert len(painted) < 12


async def test_keys_typed_before_anything_is_seen_are_not_lost(review):
    review.remembered = {"item": "sharp"}
    review.say_seen_before("nothing")
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        app.screen.ready = False
        await pilot.press("1")
        assert finding(review, "sharp").answer is None
        app.screen.begin_keys()
        await settled(pilot)
    assert finding(review, "sharp").answer == "yes"


async def test_the_mouse_is_told_what_a_click_does(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40), tooltips=True) as pilot:
        await pilot.press("escape", "down")
        await settled(pilot)
        await pilot.hover("#question", offset=(4, 6))
        await settled(pilot)
        assert "cannot be told what it is" in str(app.screen.question.tooltip)


async def test_escape_with_a_key_close_behind_it_is_escape_and_the_key(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        review.remembered = {"item": "sharp"}
        app.screen.desk.walk.go("sharp")
        app.post_message(events.Key("alt+1", "1"))
        await settled(pilot)
        assert app.screen.desk.asking == ""
    assert finding(review, "sharp").answer == "yes"


async def test_words_typed_before_the_box_is_there_go_into_the_box(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down")
        for char in "nquick u1":
            app.post_message(events.Key("space" if char == " " else char, char))
        await settled(pilot)
        assert app.screen._editor.text == "quick u1"
        app.post_message(events.Key("alt+1", "1"))
        await settled(pilot)
    assert finding(review, "sharp").note == "quick u1"
    assert finding(review, "sharp").answer == "yes"


async def test_words_typed_before_the_palette_is_there_find_a_command(review):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down")
        app.post_message(events.Key("ctrl+p", "\x10"))
        for char in "only flagged":
            app.post_message(events.Key("space" if char == " " else char, char))
        await settled(pilot)
        assert app.screen.input.value == "only flagged"
        assert app.screen.review.desk.notice.text == ""


@pytest.mark.parametrize(
    "keys", [("n", "x", "escape"), ("slash", "s", "enter"), ("slash", "escape")]
)
async def test_after_a_text_the_focus_is_where_it_was(review, keys):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape", "down")
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        assert app.screen.focused is app.screen.list
        assert app.screen.at_pane == "list"


async def test_a_journal_that_was_damaged_meanwhile_is_told_at_once(review, monkeypatch):
    app = app_of(review)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape")

        def damaged() -> bool:
            raise DamagedError("DX-JOURNAL", "The journal changed under this examination.")

        monkeypatch.setattr(review, "refresh", damaged)
        app.screen.poll()
        await settled(pilot)
        assert "The journal changed" in screen_text(app).splitlines()[-1]


async def test_a_narrow_screen_tells_what_a_view_key_did_to_the_hidden_capture(review):
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "down", "w")
        await settled(pilot)
        assert " 1/2" in screen_text(app).splitlines()[-1], screen_text(app)
        assert app.screen.at_pane == "list"


async def test_jumping_to_a_region_brings_the_capture_to_the_front(review, region):
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "down")
        app.screen.desk.marks.drawn(region)
        await pilot.press("j")
        await settled(pilot)
        assert app.screen.at_pane == "capture"


async def test_leaving_with_a_refused_note_asks_and_shows_it(review):
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "down", "n")
        await settled(pilot)
        await pilot.press("h", "i")
        review.failure = InputError("DX-TEST", "The item went away.")
        await pilot.press("escape")
        await settled(pilot)
        review.failure = None
        assert "not saved: note on “Sharp”" in screen_text(app).splitlines()[0]
        await pilot.press("q")
        await settled(pilot)
        assert "lost when you leave" in screen_text(app)
        assert " hi " in screen_text(app)
        await pilot.press("escape", "n", "escape")
        await settled(pilot)
    assert finding(review, "sharp").note == "hi"


async def test_true_pixels_without_a_viewer_are_private_and_their_path_is_whole(
    review, monkeypatch, tmp_path
):
    deep = tmp_path / ("deep" * 20)
    (deep / "start").mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.chdir(deep / "start")
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "down", "y")
        await settled(pilot)
        (file,) = deep.glob("docexam-*/*.png")
        shown = "".join(screen_text(app).split())
        assert str(file) in shown
        assert "^swritesthem" in shown
        assert file.parent.stat().st_mode & 0o777 == 0o700
        assert list((deep / "start").iterdir()) == []
        await pilot.press("ctrl+s")
        await settled(pilot)
        (written,) = (deep / "start").iterdir()
        assert str(written) in "".join(screen_text(app).split())


async def test_reopening_the_search_replaces_its_old_text(review):
    app = app_of(review)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "slash")
        await settled(pilot)
        await pilot.press(*"seal", "enter", "slash")
        await settled(pilot)
        await pilot.press(*"cover")
        await settled(pilot)
        assert app.screen._editor.text == "cover"


async def test_the_checklist_opens_in_the_editor_and_esc_leads_back(tmp_path) -> None:
    from docexam.domain.exhibit import Provenance
    from docexam.tui.application import ReviewApp
    from docexam.tui.keyboard import Keyboard
    from docexam.tui.options import Options
    from docexam.tui.screens.editor import EditorScreen
    from docexam.workbench.bench import Workbench
    from docexam.workbench.demo import samples

    bench = Workbench(tmp_path / "casebook", "Ann", checklists=tmp_path / "own")
    image = next(s for s in samples() if s.id == "no-seals").images[1]
    review = bench.new("C/E", "open-web-image", [str(image)], Provenance(), "nothing").review
    app = ReviewApp(review, Options(), Keyboard(), workbench=bench)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.screen.desk.stage.open_window("checklist")
        await pilot.pause()
        assert isinstance(app.screen, EditorScreen)
        assert "open-web-image" in app.screen.area.text
