"""The capture pane on a screen: loading, commands, marks, the mouse, and what it sends."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region
from docexam.errors import DamagedError
from docexam.imaging import view as views
from docexam.tui.widgets import capture_captions as captions
from docexam.tui.widgets.capture_marks import Overlay
from docexam.tui.widgets.capture_pane import CapturePane
from docexam.tui.widgets.capture_picture import Picture

SIZE = (102, 52)
KB = 1024


class Bench(App[None]):
    """A screen with nothing but the pane; keeps its messages and what a terminal would be sent."""

    CSS = "CapturePane { border: round blue; }"

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.options = options
        self.heard: list[Message] = []
        self.sent: list[int] = []

    def compose(self) -> ComposeResult:
        yield CapturePane(**self.options)

    @property
    def pane(self) -> CapturePane:
        return self.query_one(CapturePane)

    def _display(self, screen: Any, renderable: Any) -> None:
        # Without a terminal Textual drops the frame here; the tests count its bytes instead.
        if hasattr(renderable, "render_segments"):
            self.sent.append(len(renderable.render_segments(self.console).encode()))

    def on_event_heard(self, message: Message) -> None:
        self.heard.append(message)

    on_capture_pane_view_changed = on_event_heard
    on_capture_pane_loaded = on_event_heard
    on_capture_pane_load_failed = on_event_heard
    on_capture_pane_region_accepted = on_event_heard
    on_capture_pane_region_cancelled = on_event_heard

    def named(self, kind: type[Message]) -> list[Any]:
        return [message for message in self.heard if isinstance(message, kind)]


def photograph(path: Path, size: tuple[int, int] = (1200, 900), seed: int = 0) -> Capture:
    """Draw something with detail everywhere and save it as JPEG."""
    coarse = (size[0] // 8, size[1] // 8)
    noise = Image.merge("RGB", [Image.effect_noise(coarse, 70 + seed) for _ in range(3)])
    image = noise.resize(size, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(image)
    for at in range(0, size[0], 60):
        pen.line((at, 0, size[0] - at, size[1]), fill=(at % 255, 40, 160), width=9)
    image.save(path, quality=90)
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    return Capture(1 + seed, sha, path.name, *size, "JPEG")


@pytest.fixture(autouse=True)
def _true_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Capture, Path]:
    path = tmp_path_factory.mktemp("photo") / "one.jpg"
    return photograph(path), path


@asynccontextmanager
async def shown(
    photo: tuple[Capture, Path], **options: Any
) -> AsyncIterator[tuple[Bench, Pilot[None]]]:
    app = Bench(**options)
    async with app.run_test(size=SIZE) as pilot:
        app.pane.show_capture(*photo, title="identity", total=4)
        await until(pilot, lambda: app.named(CapturePane.Loaded))
        await pilot.pause(0.05)
        yield app, pilot


async def until(pilot: Pilot[None], true: Callable[[], object], tries: int = 200) -> None:
    for _ in range(tries):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not happen in time")


async def settled(app: Bench, pilot: Pilot[None]) -> int:
    """Let everything that waits be painted; return the bytes sent since the last call."""
    await pilot.pause(0.06)
    await pilot.pause(0.06)
    total = sum(app.sent)
    app.sent.clear()
    return total


def screen_text(app: Bench) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


# --- loading -----------------------------------------------------------------------------------


def test_importing_the_pane_loads_no_image_library() -> None:
    code = (
        "import sys, docexam.tui.widgets.capture_pane\n"
        "print([m for m in ('numpy', 'PIL', 'docexam.imaging.cells') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_capture_is_shown_whole_with_its_caption(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, _):
        assert "▀" in screen_text(app) or "▄" in screen_text(app)
        assert app.pane.caption == "1/4 identity  ×0.083"
        assert app.named(CapturePane.ViewChanged)[-1].caption == app.pane.caption
        assert "1/4 identity  ×0.083" in screen_text(app)


async def test_what_cannot_be_read_in_cells_is_said(photo: tuple[Capture, Path]) -> None:
    async with shown(photo, keys={"one_to_one": "a"}) as (app, pilot):
        await pilot.pause()
        assert "print is below 5 rows a capital here: + to zoom, a for 1:1" in screen_text(app)
        app.pane.one_to_one()
        await pilot.pause(0.05)
        assert "print is below" not in screen_text(app)


async def test_a_broken_original_says_why_and_its_text_stays_text(
    tmp_path: Path, photo: tuple[Capture, Path]
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photo[1].read_bytes()[:20_000])
    app = Bench()
    async with app.run_test(size=SIZE) as pilot:
        app.pane.show_capture(photo[0], broken)
        await until(pilot, lambda: app.named(CapturePane.LoadFailed))
        await pilot.pause(0.05)
        assert "truncated" in screen_text(app)
        error = DamagedError("DX-X", "The file \x1b[31m[red]a[/] is gone.\u202e")
        app.pane.show_capture(photo[0], error)
        await pilot.pause(0.05)
        assert "[red]a[/] is gone.⟨U+202E⟩" in screen_text(app)
        assert "\x1b" not in screen_text(app)
        assert app.pane.view_kept() == {}


async def test_an_original_found_by_a_callable_may_fail_in_words(
    photo: tuple[Capture, Path],
) -> None:
    def find() -> Path:
        raise DamagedError("DX-X", "The original was altered.")

    app = Bench()
    async with app.run_test(size=SIZE) as pilot:
        app.pane.show_capture(photo[0], find)
        await until(pilot, lambda: app.named(CapturePane.LoadFailed))
        assert app.named(CapturePane.LoadFailed)[0].reason == "The original was altered."


async def test_a_capture_seen_before_comes_back_at_once_and_as_it_was_left(
    tmp_path: Path, photo: tuple[Capture, Path]
) -> None:
    other = tmp_path / "two.jpg"
    second = photograph(other, (800, 600), 1)
    async with shown(photo) as (app, pilot):
        app.pane.zoom_in()
        app.pane.pan(2, 1)
        left = app.pane.view_kept()
        app.pane.show_capture(second, other)
        await until(pilot, lambda: len(app.named(CapturePane.Loaded)) == 2)
        app.pane.show_capture(photo[0], tmp_path / "is not read again")
        await pilot.pause(0.05)
        assert app.pane.view_kept() == left
        assert app.pane.shown() == [photo[0].sha256]


async def test_a_view_kept_is_shown_again_also_before_the_first_layout(
    photo: tuple[Capture, Path],
) -> None:
    async with shown(photo) as (app, _):
        app.pane.zoom_to(0.7)
        app.pane.cycle_channel()
        app.pane.rotate()
        kept = app.pane.view_kept()
    again = Bench()
    async with again.run_test(size=SIZE) as pilot:
        again.pane.show_capture(*photo, view=kept)
        await until(pilot, lambda: again.named(CapturePane.Loaded))
        assert again.pane.view_kept() == kept


# --- commands ----------------------------------------------------------------------------------


async def test_a_finding_keeps_what_was_on_the_screen(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, _):
        pane = app.pane
        pane.toggle_grey()
        pane.step_contrast()
        pane.rotate()
        kept = pane.view_kept()
        assert kept["capture"] == photo[0].sha256
        assert kept["renderer"] == "half"
        assert (kept["grey"], kept["contrast"], kept["rotation"]) == (True, 1, 90)
        assert kept["below_one_to_one"] is True
        pane.one_to_one()
        assert pane.view_kept()["below_one_to_one"] is False
        pane.reset_enhancements()
        assert pane.view_kept()["grey"] is False
        assert pane.view_kept()["rotation"] == 90


async def test_quadrants_are_drawn_on_demand(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, pilot):
        assert app.pane.cycle_renderer() == "quadrant"
        await pilot.pause(0.05)
        assert set("▘▝▖▗▚▞") & set(screen_text(app))
        assert app.pane.view_kept()["renderer"] == "quadrant"


async def test_without_colours_glyphs_draw_the_picture(photo: tuple[Capture, Path]) -> None:
    async with shown(photo, no_color=True) as (app, pilot):
        app.pane.set_overlays([Overlay(Region(photo[0].sha256, box=(0.2, 0.2, 0.5, 0.5)), "⌖1")])
        await pilot.pause(0.05)
        text = screen_text(app)
        assert set("@%#*+=-:.") & set(text)
        assert "⌖1" in text
        styles = {segment.style for y in range(50) for segment in app.pane.render_line(y)}
        assert len(styles) == 1


async def test_a_region_is_jumped_to(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, _):
        app.pane.jump_to(Region(photo[0].sha256, box=(0.6, 0.6, 0.1, 0.1)))
        assert app.pane.view.x == pytest.approx(0.65)
        assert app.pane.view.y == pytest.approx(0.65)
        here = app.pane.view
        app.pane.jump_to(Region("f" * 64, box=(0.1, 0.1, 0.1, 0.1)))
        assert app.pane.view == here


async def test_commands_without_a_capture_do_nothing() -> None:
    app = Bench()
    async with app.run_test(size=SIZE) as pilot:
        pane = app.pane
        for command in (
            pane.zoom_in,
            pane.fit,
            pane.rotate,
            pane.toggle_grey,
            pane.clear,
            pane.stop_comparing,
            pane.region_cancel,
            pane.region_next_corner,
        ):
            command()
        assert pane.start_region() is False
        assert pane.region_accept() is False
        await pilot.pause()
        assert "No capture to show." in screen_text(app)
        assert not app.named(CapturePane.RegionCancelled)


async def test_a_map_shows_where_one_is_until_it_is_turned_off(
    photo: tuple[Capture, Path],
) -> None:
    async with shown(photo, no_color=True) as (app, pilot):
        assert "┏" not in screen_text(app)
        app.pane.zoom_to(0.5)
        await settled(app, pilot)
        assert "┏" in screen_text(app)
        app.pane.toggle_overview()
        await settled(app, pilot)
        assert "┏" not in screen_text(app)


@pytest.mark.parametrize(("width", "words"), [(100, "5 rows a capital here"), (34, "5 rows: +, x")])
def test_the_hint_finds_words_that_fit(width: int, words: str) -> None:
    picture = Picture(Capture(1, "a" * 64, "", 4000, 3000, "JPEG"))
    picture.place(width, 20)
    keys = {"zoom_in": "+", "one_to_one": "a", "crop": "x"}
    hint = captions.too_small(picture, "half", keys, width - 4)
    assert words in hint
    assert len(hint) <= width - 4


# --- side by side ------------------------------------------------------------------------------


async def test_two_captures_move_together_at_one_scale(
    tmp_path: Path, photo: tuple[Capture, Path]
) -> None:
    other = tmp_path / "two.jpg"
    second = photograph(other, (1200, 900), 1)
    async with shown(photo) as (app, pilot):
        pane = app.pane
        pane.compare_with(second, other, title="reference")
        await until(pilot, lambda: len(app.named(CapturePane.Loaded)) == 2)
        pane.zoom_in()
        pane.zoom_in()
        pane.pan(1, 1)
        left, right = (picture.view for picture in pane._pictures)
        assert left.scale == right.scale
        assert (left.x, left.y) == pytest.approx((right.x, right.y))
        assert pane.toggle_linked() is False
        pane.swap_active()
        pane.pan(-1, 0)
        assert pane._pictures[0].view == left
        assert pane._pictures[1].view.x < right.x
        assert pane.view_kept()["beside"] == second.sha256
        pane.stop_comparing()
        assert pane.shown() == [photo[0].sha256]


async def test_pictures_of_other_sizes_can_be_made_equally_wide(
    tmp_path: Path, photo: tuple[Capture, Path]
) -> None:
    other = tmp_path / "two.jpg"
    second = photograph(other, (400, 300), 1)
    async with shown(photo) as (app, pilot):
        app.pane.compare_with(second, other, match="width")
        await until(pilot, lambda: len(app.named(CapturePane.Loaded)) == 2)
        left, right = (picture.view.scale for picture in app.pane._pictures)
        assert right == pytest.approx(3 * left)
        app.pane.match_scale("pixels")
        left, right = (picture.view.scale for picture in app.pane._pictures)
        assert right == pytest.approx(left)


# --- drawing a region --------------------------------------------------------------------------


async def test_a_region_is_drawn_with_keys_and_taken(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, pilot):
        pane = app.pane
        assert pane.start_region(min_px=500)
        await pilot.pause(0.05)
        assert "500 needed: draw it larger" in screen_text(app)
        pane.region_size(20, 20)
        await pilot.pause(0.05)
        assert "needed" not in screen_text(app)
        pane.region_next_corner()
        pane.region_move(-3, -2)
        pane.zoom_in()
        assert pane.region_accept()
        await pilot.pause()
        region = app.named(CapturePane.RegionAccepted)[0].region
        assert region.capture == photo[0].sha256
        assert region.polygon is not None
        assert not pane.drawing_region


async def test_crossed_corners_are_not_taken_and_the_reason_is_shown(
    photo: tuple[Capture, Path],
) -> None:
    async with shown(photo) as (app, pilot):
        app.pane.start_region()
        app.pane.region_next_corner()
        app.pane.region_move(40, 10)
        assert app.pane.region_accept() is False
        await pilot.pause(0.05)
        assert "crosses itself" in screen_text(app)
        assert app.pane.drawing_region
        app.pane.region_cancel()
        await pilot.pause()
        assert app.named(CapturePane.RegionCancelled)


async def test_turning_to_another_capture_gives_the_region_up(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, pilot):
        app.pane.start_region()
        app.pane.show_capture(*photo)
        await pilot.pause()
        assert app.named(CapturePane.RegionCancelled)
        assert not app.pane.drawing_region


async def test_behind_another_tab_nothing_counts_as_seen_and_commands_wait_for_the_size(
    photo: tuple[Capture, Path],
) -> None:
    app = Bench()
    async with app.run_test(size=SIZE) as pilot:
        app.pane.display = False
        await pilot.pause()
        other = CapturePane()
        other.display = False
        await app.mount(other)
        other.show_capture(*photo)
        await until(pilot, lambda: app.named(CapturePane.Loaded))
        assert other.view_kept() == {}
        other.jump_to(Region(photo[0].sha256, box=(0.6, 0.6, 0.1, 0.1)))
        assert other.start_region()
        assert other.drawing_region
        other.display = True
        await until(pilot, lambda: other.view_kept())
        assert other.view.x == pytest.approx(0.65)
        assert other.region_accept()
        await until(pilot, lambda: app.named(CapturePane.RegionAccepted))
        x, y, width, height = app.named(CapturePane.RegionAccepted)[0].region.box
        assert (x + width / 2, y + height / 2) == pytest.approx((0.65, 0.65), abs=0.01)
        other.display = False
        await pilot.pause(0.05)
        assert other.view_kept()["hidden"] is True


async def test_the_mouse_draws_a_box_and_moves_its_corner(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, pilot):
        pane = app.pane
        pane.start_region()
        await drag(pilot, (10, 10), (40, 30))
        pane.region_accept()
        await pilot.pause()
        box = app.named(CapturePane.RegionAccepted)[0].region.box
        assert box is not None
        assert box[2] * 1200 * pane.view.scale == pytest.approx(30, abs=1.0)
        pane.start_region(remembered=app.named(CapturePane.RegionAccepted)[0].region)
        await drag(pilot, (40, 30), (60, 40))
        pane.region_accept()
        await pilot.pause()
        polygon = app.named(CapturePane.RegionAccepted)[1].region.polygon
        assert polygon is not None
        assert polygon[0] == pytest.approx(box[:2], abs=1e-5)
        assert (polygon[2][0] - box[0]) * 1200 * pane.view.scale == pytest.approx(50, abs=1.0)


async def test_the_mouse_pans_and_the_wheel_keeps_the_point_under_it(
    photo: tuple[Capture, Path],
) -> None:
    async with shown(photo) as (app, pilot):
        pane = app.pane
        pane.one_to_one()
        before = pane.view
        await drag(pilot, (50, 20), (30, 20))
        assert (pane.view.x - before.x) * 1200 == pytest.approx(20, abs=0.01)
        assert not pane.drawing_region
        pane.zoom_to(0.5)
        spot = (20.5, 31.0)
        held = views.screen_to_image(pane.view, pane._pictures[0].frame, spot)
        # Offsets of events count from the widget's corner, its border included.
        wheel = events.MouseScrollUp(pane, 21, 16, 0, 0, 0, False, False, False, 21, 16)
        pane.post_message(wheel)
        await pilot.pause()
        assert pane.view.scale > 0.5
        after = views.screen_to_image(pane.view, pane._pictures[0].frame, spot)
        assert after == pytest.approx(held, abs=1e-6)


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
    await pilot.mouse_down(CapturePane, offset=start)
    for spot in (middle, end):
        await pilot.hover(CapturePane, offset=spot)
    await pilot.mouse_up(CapturePane, offset=end)


# --- what is sent ------------------------------------------------------------------------------


async def test_a_view_is_at_most_60_kilobytes_and_far_less_on_a_slow_line(
    photo: tuple[Capture, Path],
) -> None:
    sizes = {}
    for link in ("fast", "slow"):
        async with shown(photo, link=link) as (app, pilot):
            app.pane.zoom_in()
            await pilot.pause(0.7)
            app.sent.clear()
            app.pane._paint(True)
            sizes[link] = await settled(app, pilot)
    assert 40 * KB < sizes["fast"] <= 60 * KB
    assert sizes["slow"] <= 24 * KB


async def test_repeated_keys_are_painted_once(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, pilot):
        app.pane.zoom_in()
        await settled(app, pilot)
        for _ in range(20):
            app.pane.pan(0.1, 0.1)
        assert await settled(app, pilot) <= 60 * KB


async def test_dragging_a_corner_sends_only_what_changed(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, pilot):
        app.pane.start_region()
        app.pane.region_size(66, 33)
        app.pane.region_next_corner()
        app.pane.region_next_corner()
        app.pane.region_next_corner()
        await settled(app, pilot)
        for step in range(4):
            app.pane.region_move(-2, -1 if step % 2 else 1)
            assert 0 < await settled(app, pilot) <= 25 * KB


async def test_a_changed_hint_does_not_repaint_the_picture(photo: tuple[Capture, Path]) -> None:
    async with shown(photo) as (app, pilot):
        app.pane.start_region()
        await settled(app, pilot)
        app.pane.region_next_corner()
        assert 0 < await settled(app, pilot) <= 3 * KB


async def test_a_partial_repaint_leaves_the_same_screen_as_a_whole_one(
    photo: tuple[Capture, Path],
) -> None:
    async with shown(photo) as (app, pilot):
        app.pane.start_region()
        await settled(app, pilot)
        app.pane.region_move(5, 3)
        await settled(app, pilot)
        partly = screen_text(app)
        app.pane._paint(True)
        await settled(app, pilot)
        assert screen_text(app) == partly
