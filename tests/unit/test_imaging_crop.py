from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from PIL.PngImagePlugin import PngInfo

from docexam.domain.geometry import box_quad
from docexam.errors import InputError
from docexam.imaging.crop import crop_png, local_sharpness, pixel_box, sharpness_nearby

PIXELS = np.random.default_rng(2).integers(0, 256, (120, 160, 3), dtype=np.uint8)


def original(kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(PIXELS).save(out, kind, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def test_a_box_gives_exactly_its_pixels() -> None:
    crop = opened(crop_png(original(), box_quad(0.25, 0.5, 0.5, 0.25)))
    assert (np.asarray(crop) == PIXELS[60:90, 40:120]).all()


def test_a_polygon_gives_the_true_pixels_of_the_box_around_it() -> None:
    points = [(0.5, 0.25), (0.75, 0.5), (0.5, 0.75), (0.25, 0.5)]
    crop = opened(crop_png(original(), points))
    assert (np.asarray(crop) == PIXELS[30:90, 40:120]).all()


def test_the_crop_is_of_the_upright_picture() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    crop = opened(crop_png(original(exif=exif), box_quad(0, 0, 0.5, 0.5)))
    assert (np.asarray(crop) == np.rot90(PIXELS, -1)[:80, :60]).all()


def test_a_crop_carries_nothing_else_of_the_original() -> None:
    info = PngInfo()
    info.add_text("Author", "secret name")
    exif = Image.Exif()
    exif[0x010F] = "secret maker"
    rich = original(pnginfo=info, exif=exif, icc_profile=b"secret profile" * 20, dpi=(300, 300))
    jpeg = original("JPEG", comment=b"secret comment", exif=exif)
    tiff = original("TIFF", description="secret text", icc_profile=b"secret profile" * 20)
    for source in (rich, jpeg, tiff):
        content = crop_png(source, box_quad(0.1, 0.1, 0.5, 0.5))
        assert b"secret" not in content
        assert opened(content).info == {}
        assert [content[i + 4 : i + 8] for i in chunk_starts(content)] == [
            b"IHDR",
            b"IDAT",
            b"IEND",
        ]


def chunk_starts(content: bytes) -> list[int]:
    at, starts = 8, []
    while at < len(content):
        starts.append(at)
        at += 12 + int.from_bytes(content[at : at + 4], "big")
    return starts


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.floats(0, 0.99),
    st.floats(0, 0.99),
    st.floats(0.001, 1),
    st.floats(0.001, 1),
)
def test_the_pixels_of_a_region_lie_in_the_picture_and_cover_it(
    width: int, height: int, x: float, y: float, w: float, h: float
) -> None:
    w, h = min(w, 1 - x), min(h, 1 - y)
    left, top, right, bottom = pixel_box(
        [(x, y), (x + w, y), (x + w, y + h), (x, y + h)], width, height
    )
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert left <= x * width + 1e-3
    assert right >= (x + w) * width - 1e-3


def test_pixel_edges_are_not_widened_by_rounding() -> None:
    assert pixel_box(box_quad(0.1, 0.1, 0.2, 0.2), 1000, 1000) == (100, 100, 300, 300)
    assert pixel_box(box_quad(1 / 3, 0.0, 1 / 3, 1.0), 3, 1) == (1, 0, 2, 1)


def test_what_is_no_region_or_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="outside"):
        crop_png(original(), [(0, 0), (2, 0), (2, 1), (0, 1)])
    with pytest.raises(InputError, match="too many for one crop"):
        crop_png(original(), box_quad(0, 0, 1, 1), out_size_cap=1000)
    with pytest.raises(InputError, match="damaged"):
        crop_png(original()[:600], box_quad(0, 0, 1, 1))


def stripes(blur: float) -> np.ndarray:
    page = np.full((400, 400), 220, np.uint8)
    page[100:200, 40:360:8] = 40
    page[100:200, 41:360:8] = 40
    page[100:200, 42:360:8] = 40
    return np.asarray(Image.fromarray(page).filter(ImageFilter.GaussianBlur(blur)).convert("RGB"))


def test_local_sharpness_tells_a_sharp_region_from_a_blurred_one_and_an_empty_one() -> None:
    printed, empty = box_quad(0.1, 0.25, 0.8, 0.25), box_quad(0.3, 0.7, 0.1, 0.1)
    sharp, soft = local_sharpness(stripes(0.3), printed), local_sharpness(stripes(2.0), printed)
    assert sharp is not None
    assert soft is not None
    assert sharp < 1.6 < soft
    assert local_sharpness(stripes(0.3), empty) is None


def test_an_empty_region_is_judged_by_the_nearest_print() -> None:
    empty = box_quad(0.3, 0.6, 0.1, 0.1)
    assert sharpness_nearby(stripes(0.3), empty) == pytest.approx(
        local_sharpness(stripes(0.3), box_quad(0.1, 0.25, 0.8, 0.25)), abs=0.8
    )
    assert sharpness_nearby(np.full((200, 200, 3), 200, np.uint8), empty) is None
