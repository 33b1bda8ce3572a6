from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from docexam.imaging import lettering, recompression, resampling, sharpness
from docexam.imaging.intake import examine

Resampling = Image.Resampling


def sheet(width: int = 900, height: int = 700, noise: float = 1.5) -> Image.Image:
    """Draw print-like marks of all sizes on toned paper, softened as by a lens."""
    rng = np.random.default_rng(7)
    out = np.full((height, width), 205.0)
    out += 12 * np.sin(np.arange(width) / 90)[None, :]
    for _ in range(900):
        x, y = rng.integers(0, width - 30), rng.integers(0, height - 30)
        w, h = rng.integers(2, 26, 2)
        out[y : y + h, x : x + w] = rng.integers(30, 190)
    image = Image.fromarray(out.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    grain = np.asarray(image) + rng.normal(0, noise, (height, width))
    return Image.fromarray(grain.clip(0, 255).astype(np.uint8)).convert("RGB")


def grey(image: Image.Image) -> npt.NDArray[np.uint8]:
    return np.asarray(image.convert("L"))


def encoded(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out)


def quality_of(image: Image.Image, kind: str = "PNG", **options: object) -> dict[str, dict]:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return examine(out.getvalue()).quality


# --- sharpness ---------------------------------------------------------------------------------


def test_edge_widths_follow_the_blur() -> None:
    widths = []
    for blur in (0, 1, 2, 4):
        found = sharpness.measure(grey(sheet().filter(ImageFilter.GaussianBlur(blur))))
        assert found is not None
        widths.append(found.width)
    assert widths == sorted(widths)
    assert widths[0] < sharpness.SHARP
    assert widths[3] > sharpness.BLURRED


def test_sharpness_compares_across_sizes() -> None:
    soft = sheet().filter(ImageFilter.GaussianBlur(2))
    whole = sharpness.measure(grey(soft))
    part = sharpness.measure(grey(soft.crop((0, 0, 450, 350))))
    assert whole is not None
    assert part is not None
    assert part.width == pytest.approx(whole.width, rel=0.25)


def test_noise_does_not_pass_as_sharpness() -> None:
    blurred = grey(sheet(noise=0).filter(ImageFilter.GaussianBlur(4))).astype(float)
    noisy = blurred + np.random.default_rng(1).normal(0, 5, blurred.shape)
    found = sharpness.measure(noisy.clip(0, 255).astype(np.uint8))
    assert found is not None
    assert found.width > sharpness.SOFT


def test_one_sharp_zone_counts() -> None:
    image = sheet().filter(ImageFilter.GaussianBlur(6))
    image.paste(sheet().crop((0, 0, 450, 300)), (200, 200))
    found = sharpness.measure(grey(image))
    assert found is not None
    assert found.width < sharpness.SHARP
    assert found.typical > found.width


@pytest.mark.parametrize("size", [(1, 1), (5, 900), (63, 63), (64, 64), (300, 40)])
def test_small_and_even_pictures_cannot_be_judged(size: tuple[int, int]) -> None:
    assert sharpness.measure(np.full((size[1], size[0]), 128, np.uint8)) is None
    note = quality_of(Image.new("RGB", size, (128, 128, 128)))["sharpness"]
    assert note["value"] is None
    assert "too little contrast" in note["note"]


# --- print -------------------------------------------------------------------------------------


def lettered(size: int) -> Image.Image:
    page = Image.new("L", (1200, 900), 215)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size)
    for row in range(0, 860, size * 2):
        draw.text((30, row), "HAMBURG SPECIMEN 1234 BOOKLET NAME", fill=40, font=font)
    return page


@pytest.mark.parametrize("size", [16, 24, 40])
def test_the_height_of_capitals_is_measured(size: int) -> None:
    box = ImageFont.load_default(size).getbbox("H")
    found = lettering.capital_height(np.asarray(lettered(size)))
    assert found == pytest.approx(box[3] - box[1], rel=0.2)


def test_the_height_of_capitals_holds_on_a_turned_page_and_doubles_with_the_picture() -> None:
    page = lettered(24)
    found = lettering.capital_height(np.asarray(page))
    assert found is not None
    assert lettering.capital_height(np.asarray(page.rotate(90, expand=True))) == found
    doubled = page.resize((2400, 1800))
    assert lettering.capital_height(np.asarray(doubled)) == pytest.approx(2 * found, rel=0.1)


def test_without_print_no_height_is_claimed() -> None:
    assert lettering.capital_height(np.full((300, 300), 200, np.uint8)) is None
    noise = np.random.default_rng(0).integers(0, 256, (300, 300), dtype=np.uint8)
    lettering.capital_height(noise)


@given(st.integers(0, 2**32 - 1), st.integers(1, 24), st.integers(1, 24), st.floats(0.1, 0.7))
def test_components_are_those_a_flood_fill_finds(
    seed: int, height: int, width: int, share: float
) -> None:
    marks = np.random.default_rng(seed).random((height, width)) < share
    found = lettering._components(marks)
    wanted = sorted(flooded(marks))
    if found is None:
        assert not wanted
        return
    assert sorted(zip(*(part.tolist() for part in found), strict=True)) == wanted


def flooded(marks: npt.NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(marks), strict=True)}
    boxes = []
    while left:
        stack, seen = [left.pop()], []
        while stack:
            y, x = stack.pop()
            seen.append((y, x))
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= near
            stack.extend(near)
        rows, columns = [p[0] for p in seen], [p[1] for p in seen]
        high, wide = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        boxes.append((high, wide, len(seen)))
    return boxes


# --- light -------------------------------------------------------------------------------------


def test_glare_is_a_blown_out_area_not_scattered_white() -> None:
    image = sheet(noise=0)
    clean = quality_of(image)["glare"]["value"]
    image.paste((255, 255, 255), (100, 100, 400, 400))
    assert clean == 0.0
    assert quality_of(image)["glare"]["value"] == pytest.approx(300 * 300 / (900 * 700), abs=0.02)
    dots = np.asarray(sheet(noise=0)).copy()
    dots[::7, ::7] = 255
    assert quality_of(Image.fromarray(dots))["glare"]["value"] == 0.0


def test_clipping_at_both_ends_is_a_share() -> None:
    image = Image.new("RGB", (100, 100), (120, 120, 120))
    image.paste((0, 0, 0), (0, 0, 100, 25))
    image.paste((255, 255, 255), (0, 90, 100, 100))
    found = quality_of(image)
    assert found["clipped_dark"]["value"] == 0.25
    assert found["clipped_bright"]["value"] == 0.1
    assert "black without detail" in found["clipped_dark"]["note"]


def test_every_measure_has_a_number_or_none_a_unit_and_a_note() -> None:
    for measure in quality_of(sheet(), "JPEG").values():
        assert measure["value"] is None or isinstance(measure["value"], (int, float))
        assert measure["unit"]
        assert isinstance(measure["note"], str)


# --- enlarging ---------------------------------------------------------------------------------


def enlarged(factor: float, method: Resampling) -> Image.Image:
    image = sheet(700, 560)
    return image.resize((round(700 * factor), round(560 * factor)), method)


@pytest.mark.parametrize(
    ("factor", "method"),
    [
        (1.25, Resampling.BICUBIC),
        (1.25, Resampling.BILINEAR),
        (1.5, Resampling.BICUBIC),
        (1.5, Resampling.BILINEAR),
        (2.0, Resampling.BICUBIC),
        (3.0, Resampling.BICUBIC),
        (3.0, Resampling.BILINEAR),
    ],
)
def test_enlargement_leaves_its_factor(factor: float, method: Resampling) -> None:
    picture = grey(enlarged(factor, method))
    found = resampling.find(picture, sharpness.measure(picture).width)
    assert found is not None
    assert factor == pytest.approx(found.factor, rel=0.02) or (
        found.other is not None and factor == pytest.approx(found.other, rel=0.02)
    )


@pytest.mark.parametrize("factor", [2.0, 4.0])
def test_repeated_pixels_are_found(factor: float) -> None:
    found = resampling.find(grey(enlarged(factor, Resampling.NEAREST)), None)
    assert found is not None
    assert found.factor == factor


@pytest.mark.parametrize("quality", [None, 95, 85, 70])
def test_a_picture_as_it_was_taken_shows_no_enlargement(quality: int | None) -> None:
    image = sheet(1000, 800)
    shown = encoded(image, quality) if quality else image
    assert resampling.find(grey(shown), 1.5) is None


def test_a_picture_out_of_focus_is_called_either() -> None:
    note = quality_of(sheet().filter(ImageFilter.GaussianBlur(3)))["upscaling"]
    assert note["value"] is None
    assert "or out of focus" in note["note"]


# --- compressing -------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), [(70, 85), (85, 95), (80, 90), (60, 92)])
def test_a_finer_second_compression_leaves_signs(first: int, second: int) -> None:
    twice = encoded(encoded(sheet(1000, 800), first), second)
    found = recompression.doubling(grey(twice), twice.quantization[0])
    assert found is not None
    assert found > recompression.DOUBLED


@pytest.mark.parametrize("quality", [70, 80, 85, 92, 95])
def test_one_compression_leaves_none(quality: int) -> None:
    once = encoded(sheet(1000, 800), quality)
    found = recompression.doubling(grey(once), once.quantization[0])
    assert found is None or found < recompression.DOUBLED


def test_an_old_grid_is_found_where_it_lies() -> None:
    once = encoded(sheet(1000, 800), 60).convert("RGB")
    whole, cut = (
        recompression.find_grid(grey(once)),
        recompression.find_grid(grey(once.crop((3, 5, 1000, 800)))),
    )
    assert whole is not None
    assert not whole.shifted
    assert cut is not None
    assert (cut.across, cut.down) == (5, 3)
    assert recompression.find_grid(grey(sheet(1000, 800))) is None


def test_signs_are_worded_as_signs() -> None:
    cut = encoded(sheet(1000, 800), 60).convert("RGB").crop((3, 5, 1000, 800))
    assert (
        "signs of an older JPEG grid, shifted by 5 and 3"
        in quality_of(cut)["recompression"]["note"]
    )
    twice = encoded(encoded(sheet(1000, 800), 80), 90)
    note = quality_of(twice, "JPEG", quality="keep")["recompression"]["note"]
    assert note == "JPEG, quality about 90; signs that it was compressed more than once"
    enlarged_note = quality_of(enlarged(1.5, Resampling.BICUBIC))["upscaling"]["note"]
    assert enlarged_note.startswith("signs of resizing, such as enlarging about")


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (159, 400), (2000, 10)])
def test_small_pictures_are_measured_without_failing(size: tuple[int, int]) -> None:
    for kind in ("PNG", "JPEG"):
        assert quality_of(sheet().resize(size), kind)["megapixels"]["value"] >= 0
