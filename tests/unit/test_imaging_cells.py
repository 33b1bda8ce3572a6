from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docexam.imaging import cells as c
from docexam.imaging import view as v
from docexam.imaging.pyramid import Pyramid
from docexam.imaging.sampling import sample

Pixels = npt.NDArray[np.uint8]
COLOURED = ("half", "quadrant", "sextant")
FREE = 10_000.0


def picture(width: int, height: int, seed: int = 0) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def page(width: int = 1200, height: int = 1600) -> Pixels:
    """Draw a page: cream paper under uneven light, black marks, a violet bar, a little noise."""
    rng = np.random.default_rng(3)
    out = np.full((height, width, 3), (232, 222, 196), dtype=np.float32)
    for top in range(100, height - 100, 60):
        for left in range(80, width - 80, 30):
            out[top : top + 24, left : left + int(rng.integers(4, 20))] = (40, 38, 36)
    out[700:760, 200:900] = np.minimum(out[700:760, 200:900], (90, 70, 190))
    out *= np.linspace(0.6, 1.0, width, dtype=np.float32)[None, :, None]
    out += rng.normal(0, 3, out.shape).astype(np.float32)
    return out.clip(0, 255).astype(np.uint8)


def painted(cells: c.Cells) -> Pixels:
    """Turn coloured cells back into samples, h×w×3, as a terminal would show them."""
    grid = c.GRIDS[cells.mode]
    patterns = {glyph: i for i, glyph in enumerate(c._glyphs(cells.mode).tolist())}
    out = np.zeros((cells.rows * grid.down, cells.columns * grid.across, 3), dtype=np.uint8)
    for row, line in enumerate(cells.lines):
        column = 0
        for run in line:
            for glyph in run.text:
                for bit in range(grid.across * grid.down):
                    y, x = divmod(bit, grid.across)
                    colour = run.fg if patterns[glyph] >> bit & 1 else run.bg
                    assert colour != c.NO_COLOUR
                    rgb = (colour >> 16, colour >> 8 & 255, colour & 255)
                    out[row * grid.down + y, column * grid.across + x] = rgb
                column += 1
        assert column == cells.columns
    return out


def sharp_view(width: int, height: int) -> v.View:
    return v.clamp(v.View(scale=1.0), v.Frame(width, height // 2, width, height))


def test_at_one_to_one_every_sample_is_the_pixel_itself() -> None:
    pixels = picture(40, 40)
    pyramid = Pyramid.from_array(pixels)
    shown = sample(pyramid, sharp_view(40, 40), v.Frame(40, 20, 40, 40), c.GRIDS["half"], (0, 0, 0))
    assert (shown.samples == pixels).all()
    assert shown.inside.all()


@pytest.mark.parametrize("scale", [2, 3, 8])
def test_magnified_pixels_stay_square_and_untouched(scale: int) -> None:
    pixels = picture(12, 12)
    pyramid = Pyramid.from_array(pixels)
    columns, rows = 12 * scale, 12 * scale // 2
    frame = v.Frame(columns, rows, 12, 12)
    shown = sample(pyramid, v.View(scale=scale), frame, c.GRIDS["half"], (0, 0, 0))
    assert (shown.samples == pixels.repeat(scale, axis=0).repeat(scale, axis=1)).all()


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("scale", [0.07, 0.5, 1.0, 3.0])
def test_a_turned_view_is_the_turned_picture(rotation: int, scale: float) -> None:
    pyramid = Pyramid.from_array(page(300, 300))
    frame = v.Frame(40, 20, 300, 300)
    grid = c.GRIDS["half"]
    plain = sample(pyramid, v.View(0.5, 0.5, scale), frame, grid, (1, 2, 3)).samples
    turned = sample(pyramid, v.View(0.5, 0.5, scale, rotation), frame, grid, (1, 2, 3)).samples
    assert np.abs(np.rot90(plain, -rotation // 90) - turned).max() <= 1.0


@settings(max_examples=40)
@given(
    st.integers(1, 90),
    st.integers(1, 90),
    st.integers(1, 50),
    st.integers(1, 20),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0.02, 40),
    st.sampled_from(v.ROTATIONS),
    st.sampled_from(c.MODES),
    st.sampled_from(v.CHANNELS),
    st.integers(0, 3),
)
def test_any_view_of_any_picture_fills_its_pane_exactly(
    width: int,
    height: int,
    columns: int,
    rows: int,
    x: float,
    y: float,
    scale: float,
    rotation: int,
    mode: c.Mode,
    channel: str | None,
    contrast: int,
) -> None:
    pyramid = Pyramid.from_array(picture(width, height))
    view = v.View(x, y, scale, rotation, channel=channel, contrast=contrast, sharpen=1)
    cells = c.render(pyramid, view, columns, rows, mode)
    assert len(cells.lines) == rows
    assert all(len(cells.text(row)) == columns for row in range(rows))
    assert all(run.text for line in cells.lines for run in line)


def test_what_lies_beside_the_image_is_background() -> None:
    pyramid = Pyramid.from_array(np.full((10, 10, 3), 200, dtype=np.uint8))
    cells = c.render(pyramid, v.View(scale=1.0), 30, 10, "half", background=(0, 0, 0))
    shown = painted(cells)
    assert (shown[:, :10] == 0).all()
    assert (shown[:, 20:] == 0).all()
    assert (shown[5:15, 10:20] > 190).all()


@pytest.mark.parametrize("mode", COLOURED)
def test_two_colours_a_cell_are_drawn_as_they_are(mode: c.Mode) -> None:
    rng = np.random.default_rng(5)
    pixels = np.where(rng.random((60, 60, 1)) < 0.5, 0, 255).repeat(3, axis=2).astype(np.uint8)
    pyramid = Pyramid.from_array(pixels)
    grid = c.GRIDS[mode]
    frame = v.Frame(60, 30, 60, 60)
    wanted = sample(pyramid, v.View(), frame, grid, (0, 0, 0)).samples
    if mode == "sextant":
        # Three samples over two pixels blend: only clear black and white can be compared.
        clear = (wanted < 1) | (wanted > 254)
        shown = painted(c.render(pyramid, v.View(), 60, 30, mode, bytes_per_cell=FREE))
        assert (np.abs(shown[clear] - wanted[clear]) < 120).mean() > 0.95
        return
    shown = painted(c.render(pyramid, v.View(), 60, 30, mode, bytes_per_cell=FREE))
    assert np.abs(shown - wanted).max() <= 4


@pytest.mark.parametrize("mode", COLOURED)
def test_the_worst_picture_still_keeps_to_its_bytes(mode: c.Mode) -> None:
    pyramid = Pyramid.from_array(picture(1000, 1000))
    view = v.View(scale=1.0)
    cells = c.render(pyramid, view, 100, 50, mode)
    assert c.estimate_bytes(cells) <= 60_000
    slow = c.render(pyramid, view, 100, 50, mode, bytes_per_cell=c.FRUGAL_BYTES_PER_CELL)
    assert c.estimate_bytes(slow) <= 25_000


@pytest.mark.parametrize("mode", COLOURED)
def test_a_page_keeps_to_its_bytes_and_close_to_its_colours(mode: c.Mode) -> None:
    pyramid = Pyramid.from_array(page())
    frame = v.Frame(100, 50, 1200, 1600)
    view = v.zoom_to(v.View(), frame, 0.4)
    wanted = sample(pyramid, view, frame, c.GRIDS[mode], (20, 20, 20)).samples
    normal = c.render(pyramid, view, 100, 50, mode)
    slow = c.render(pyramid, view, 100, 50, mode, bytes_per_cell=c.FRUGAL_BYTES_PER_CELL)
    assert c.estimate_bytes(normal) <= 57_000
    assert c.estimate_bytes(slow) <= 20_500
    assert np.sqrt(((painted(normal) - wanted) ** 2).mean()) < 9
    assert np.sqrt(((painted(slow) - wanted) ** 2).mean()) < 22


def test_a_flat_picture_costs_one_run_a_row() -> None:
    pyramid = Pyramid.from_array(np.full((100, 100, 3), 90, dtype=np.uint8))
    cells = c.render(pyramid, v.View(scale=1.0), 50, 20, "quadrant")
    assert [len(line) for line in cells.lines] == [1] * 20
    assert cells.lines[0][0].fg == c.NO_COLOUR
    assert cells.lines[0][0].text == " " * 50


def test_a_gentle_gradient_is_not_torn_into_bands() -> None:
    ramp = np.linspace(60, 200, 400).astype(np.uint8)
    pixels = np.repeat(np.repeat(ramp[None, :, None], 400, axis=0), 3, axis=2)
    pyramid = Pyramid.from_array(pixels)
    frame = v.Frame(100, 50, 400, 400)
    shown = painted(c.render(pyramid, v.fit(v.View(), frame), 100, 50, "half"))
    wanted = sample(pyramid, v.fit(v.View(), frame), frame, c.GRIDS["half"], (0, 0, 0)).samples
    assert np.abs(shown - wanted).max() <= 12


@pytest.mark.parametrize("mode", COLOURED)
def test_the_estimate_of_bytes_is_what_the_escape_codes_take(mode: c.Mode) -> None:
    cells = c.render(Pyramid.from_array(page(300, 300)), v.View(scale=0.5), 60, 20, mode)
    sent = 0
    for line in cells.lines:
        sent += 10
        for run in line:
            codes = [
                f"{kind};2;{colour >> 16};{colour >> 8 & 255};{colour & 255}"
                for kind, colour in ((38, run.fg), (48, run.bg))
                if colour != c.NO_COLOUR
            ]
            sent += len(f"\x1b[{';'.join(codes)}m{run.text}\x1b[0m".encode())
    assert abs(c.estimate_bytes(cells) - sent) <= sum(len(line) for line in cells.lines)


@pytest.mark.parametrize("mode", ["braille", "ascii"])
def test_without_colours_ink_becomes_marks_and_paper_stays_empty(mode: c.Mode) -> None:
    pixels = np.full((200, 200, 3), 230, dtype=np.uint8)
    pixels[90:110, 40:160] = 30
    pyramid = Pyramid.from_array(pixels)
    frame = v.Frame(50, 25, 200, 200)
    cells = c.render(pyramid, v.fit(v.View(), frame), 50, 25, mode)
    assert cells.text(12)[15:35].strip() != ""
    assert cells.text(3).strip() == ""
    assert all(run.fg == run.bg == c.NO_COLOUR for line in cells.lines for run in line)


def test_braille_dots_stand_where_the_ink_is() -> None:
    pixels = np.full((40, 20, 3), 230, dtype=np.uint8)
    pixels[:, 10:11] = 0
    cells = c.render(Pyramid.from_array(pixels), v.View(scale=1.0), 20, 20, "braille")
    text = cells.text(10)
    assert text[10] != " "
    assert text[:9].strip() == ""
    assert text[12:].strip() == ""


# --- enhancement -------------------------------------------------------------------------------


def shown_grey(view: v.View, pixels: Pixels) -> npt.NDArray[np.float32]:
    height, width = pixels.shape[:2]
    frame = v.Frame(width, height // 2, width, height)
    pyramid = Pyramid.from_array(pixels)
    view = replace(view, scale=1.0)
    return sample(pyramid, view, frame, c.GRIDS["half"], (0, 0, 0)).samples


def test_the_ink_channel_keeps_violet_ink_and_drops_black_print() -> None:
    pixels = page(1000, 1000)
    ink = shown_grey(v.View(channel="ink"), pixels)[..., 0]
    violet = ink[710:750, 250:850]
    print_dark = shown_grey(v.View(), pixels)[100:124, 80:900].mean(axis=2) < 60
    black = ink[100:124, 80:900][print_dark]
    paper = ink[5:90, 100:900]
    assert violet.mean() < 110
    assert black.mean() > 200
    assert paper.mean() > 235


def test_single_channels_are_the_channels() -> None:
    pixels = picture(40, 40)
    for name, index in (("red", 0), ("green", 1), ("blue", 2)):
        shown = shown_grey(v.View(channel=name), pixels)
        assert (shown == pixels[..., index : index + 1]).all()


def test_inverting_and_grey() -> None:
    pixels = picture(40, 40)
    assert (shown_grey(v.View(invert=True), pixels) == 255 - pixels.astype(int)).all()
    grey = shown_grey(v.View(grey=True), pixels)
    assert np.ptp(grey, axis=2).max() < 1e-3


def test_contrast_spreads_a_dull_picture_and_leaves_an_even_one_alone() -> None:
    dull = (picture(60, 60) // 8 + 100).astype(np.uint8)
    for step in (1, 2):
        shown = shown_grey(v.View(contrast=step), dull)
        assert np.ptp(shown) > 200
    even = np.full((60, 60, 3), 120, dtype=np.uint8)
    assert (shown_grey(v.View(contrast=2), even) == 120).all()


def test_the_hardest_contrast_evens_out_the_light() -> None:
    pixels = page(1000, 1000)
    paper = (slice(2, 60), slice(20, 980))
    lit = shown_grey(v.View(), pixels)[paper].mean(axis=(0, 2))
    evened = shown_grey(v.View(contrast=3), pixels)[paper].mean(axis=(0, 2))
    assert lit[-50:].mean() - lit[:50].mean() > 60
    assert abs(evened[-50:].mean() - evened[:50].mean()) < 12


def test_sharpening_steepens_an_edge() -> None:
    soft = np.repeat(
        np.repeat(
            np.array([60, 60, 60, 90, 150, 180, 180, 180], np.uint8)[None, :, None], 8, axis=0
        ),
        3,
        axis=2,
    )
    plain, sharp = (shown_grey(v.View(sharpen=n), soft)[4, :, 0] for n in (0, 2))
    assert np.diff(sharp).max() > np.diff(plain).max()


# --- marks and words ---------------------------------------------------------------------------


def test_marks_replace_their_cells_and_leave_every_other_cell_as_it_was() -> None:
    line = (c.Run("▀▀▄", 1, 2), c.Run("   ", c.NO_COLOUR, 3), c.Run("▀", 4, 5))
    marked = c.with_marks(line, {0: c.Mark("┌", 9), 4: c.Mark("x", 9, 8), 6: c.Mark("┐", 9)})
    assert "".join(run.text for run in marked) == "┌▀▄ x ┐"
    assert marked[0] == c.Run("┌", 9, 2)
    assert c.Run("x", 9, 8) in marked
    assert marked[-1] == c.Run("┐", 9, 5)
    assert c.with_marks(line, {}) is line


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.sets(st.integers(0, 40)))
def test_marking_never_changes_the_width_of_a_row(widths: list[int], at: set[int]) -> None:
    line = tuple(c.Run("▀" * w, i, i + 1) for i, w in enumerate(widths))
    total = sum(widths)
    marked = c.with_marks(line, {column: c.Mark("x", 7) for column in at})
    text = "".join(run.text for run in marked)
    assert len(text) == total
    assert {i for i, glyph in enumerate(text) if glyph == "x"} == {i for i in at if i < total}


def test_print_rows_say_when_print_cannot_be_read() -> None:
    view = v.View(scale=0.25)
    assert c.print_rows(view, "half", 20) == 5.0
    assert c.print_rows(view, "braille", 20) == 10.0
    assert c.print_rows(view, "quadrant", c.readable_height_px(view, "quadrant")) == pytest.approx(
        c.READABLE_ROWS
    )


def test_every_sextant_has_its_own_glyph() -> None:
    glyphs = c._glyphs("sextant").tolist()
    assert len(set(glyphs)) == 64
    assert glyphs[0] == " "
    assert glyphs[63] == "█"
    assert glyphs[1] == "\U0001fb00"
    assert glyphs[62] == "\U0001fb3b"
