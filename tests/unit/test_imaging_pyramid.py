from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from docexam.errors import InputError, MachineError
from docexam.imaging import view as v
from docexam.imaging.cells import render
from docexam.imaging.decode import open_upright, to_rgb
from docexam.imaging.pyramid import CancelledError, Pyramid


def scene(width: int, height: int) -> Image.Image:
    y, x = np.mgrid[0:height, 0:width]
    red, green = x * 255 // max(width - 1, 1), y * 255 // max(height - 1, 1)
    blue = ((x // 7 + y // 7) % 2) * 200
    return Image.fromarray(np.stack([red, green, blue], axis=2).astype(np.uint8))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (37, 53), (640, 480)])
def test_levels_halve_and_keep_the_mean_colour(size: tuple[int, int]) -> None:
    image = scene(*size)
    pyramid = Pyramid.build(saved(image, "PNG"))
    assert pyramid.size == size
    assert pyramid.complete
    for level in pyramid.levels:
        height, width = level.pixels.shape[:2]
        assert (width, height) == (-(-size[0] // level.factor), -(-size[1] // level.factor))
    mean = np.asarray(image).mean()
    assert abs(pyramid.levels[-1].pixels.mean() - mean) < 6


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_quick_first_view_shows_what_the_whole_one_shows(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(scene(1601, 1203), "JPEG", quality=92, exif=exif)
    quick, whole = Pyramid.quick(content, 300), Pyramid.build(content)
    assert quick.size == whole.size == ((1203, 1601) if orientation >= 5 else (1601, 1203))
    assert not quick.complete
    assert quick.memory_bytes < whole.memory_bytes / 4
    frame = v.Frame(60, 30, *whole.size)
    view = v.fit(v.View(), frame)
    for a, b in zip(
        render(quick, view, 60, 30, "half", bytes_per_cell=1e4).lines,
        render(whole, view, 60, 30, "half", bytes_per_cell=1e4).lines,
        strict=True,
    ):
        one, other = (sum((run.bg >> 8 & 255) * len(run.text) for run in line) for line in (a, b))
        assert abs(one - other) / 60 < 12


def test_other_formats_are_complete_at_once() -> None:
    assert Pyramid.quick(saved(scene(400, 300), "PNG")).complete


def test_a_cancelled_build_stops() -> None:
    with pytest.raises(CancelledError):
        Pyramid.build(saved(scene(400, 300), "PNG"), cancelled=lambda: True)


def test_memory_is_four_bytes_a_pixel() -> None:
    pyramid = Pyramid.build(saved(scene(1000, 800), "PNG"))
    assert pyramid.memory_bytes < 4.5 * 1000 * 800


def test_a_coarse_view_reads_a_coarse_level_and_a_close_one_the_finest() -> None:
    pyramid = Pyramid.build(saved(scene(1024, 1024), "PNG"))
    assert pyramid.level_for(9.0).factor == 8
    assert pyramid.level_for(1.0).factor == 1
    assert pyramid.level_for(0.2).factor == 1


# --- decoding ----------------------------------------------------------------------------------

EXPECTED_CORNER = {
    1: "red",
    2: "green",
    3: "yellow",
    4: "blue",
    5: "red",
    6: "blue",
    7: "yellow",
    8: "green",
}
COLOURS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_exif_orientation_is_applied(orientation: int) -> None:
    image = Image.new("RGB", (40, 20))
    for name, box in {
        "red": (0, 0, 20, 10),
        "green": (20, 0, 40, 10),
        "blue": (0, 10, 20, 20),
        "yellow": (20, 10, 40, 20),
    }.items():
        image.paste(COLOURS[name], box)
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = open_upright(saved(image, "PNG", exif=exif))
    assert upright.size == ((20, 40) if orientation >= 5 else (40, 20))
    assert upright.getpixel((1, 1)) == COLOURS[EXPECTED_CORNER[orientation]]


@pytest.mark.parametrize("absurd", [0, 9, 99, 65535])
def test_an_absurd_orientation_is_upright(absurd: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = absurd
    assert open_upright(saved(scene(40, 20), "JPEG", exif=exif)).size == (40, 20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_png_mode_becomes_rgb(mode: str) -> None:
    opened = open_upright(saved(scene(30, 20).convert(mode), "PNG"))
    assert (opened.mode, opened.size) == ("RGB", (30, 20))


@pytest.mark.parametrize("mode", ["CMYK", "LAB", "F", "I", "I;16", "1", "L"])
def test_every_tiff_mode_becomes_rgb(mode: str) -> None:
    image = scene(30, 20)
    if mode in ("F", "I", "I;16"):
        image = image.convert("L").convert("I" if mode != "F" else "F")
    image = image.convert(mode)
    opened = open_upright(saved(image, "TIFF"))
    assert (opened.mode, opened.size) == ("RGB", (30, 20))


def test_cmyk_jpeg_keeps_its_colours() -> None:
    image = Image.new("RGB", (32, 32), (200, 40, 30))
    red, green, blue = open_upright(saved(image.convert("CMYK"), "JPEG")).getpixel((9, 9))
    assert red > 150
    assert max(green, blue) < 90


def test_sixteen_bits_are_scaled_not_cut() -> None:
    values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    shown = np.asarray(open_upright(saved(Image.fromarray(values), "PNG")))[..., 0]
    assert (shown == np.round(values / 257.0)).all()


def test_floats_that_are_no_numbers_do_not_break_the_picture() -> None:
    values = np.full((8, 8), np.nan, dtype=np.float32)
    values[0, 0], values[1, 1] = np.inf, 0.5
    assert to_rgb(Image.fromarray(values)).mode == "RGB"


def test_transparent_parts_are_shown_on_white() -> None:
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    image.putpixel((5, 5), (10, 20, 30, 255))
    opened = open_upright(saved(image, "PNG"))
    assert opened.getpixel((0, 0)) == (255, 255, 255)
    assert opened.getpixel((5, 5)) == (10, 20, 30)


def test_a_palette_with_a_transparent_entry_is_shown_on_white() -> None:
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 200, 10, 10] + [0] * 750)
    image.putpixel((0, 0), 0)
    opened = open_upright(saved(image, "PNG", transparency=0))
    assert opened.getpixel((0, 0)) == (255, 255, 255)
    assert opened.getpixel((1, 1)) == (200, 10, 10)


def test_an_original_damaged_later_says_so(tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(saved(scene(400, 300), "JPEG")[:4000])
    for load in (Pyramid.build, Pyramid.quick):
        with pytest.raises(InputError, match="damaged or truncated"):
            load(path)


def test_an_original_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="cannot be read: No such file"):
        Pyramid.build(tmp_path / "gone")
