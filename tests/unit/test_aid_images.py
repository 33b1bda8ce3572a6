"""Captures as aids see them: the same pixels whoever asks first, and no more than needed."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from docexam.imaging import decode
from docexam.imaging.pictures import reduced
from docexam.workbench.aid_images import KEPT, Upright

SIDEWAYS = 6


def drawn(size: tuple[int, int], kind: str, orientation: int = 1, mode: str = "RGB") -> bytes:
    picture = Image.new("RGB", size, (228, 222, 205))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((size[0] // 8, size[1] // 8, size[0] // 2, size[1] // 3), fill=(30, 40, 120))
    box = (size[0] // 2, size[1] // 2, size[0] - 1, size[1] - 1)
    pen.ellipse(box, outline="red", width=30)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("size", [(4000, 3000), (2999, 4001), (1900, 1400), (9000, 700), (2001, 3)])
def test_a_reduced_jpeg_looks_as_if_it_had_been_decoded_whole(
    size: tuple[int, int], mode: str
) -> None:
    content = drawn(size, "JPEG", mode=mode)
    near = Upright(lambda: content).rgb(KEPT)
    whole = np.asarray(reduced(decode.open_upright(content), KEPT))
    assert near.shape == whole.shape
    away = np.abs(near.astype(int) - whole.astype(int))
    assert away.mean() < 1.0


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_same_pixels_whatever_was_asked_for_before(kind: str) -> None:
    content = drawn((4100, 3000), kind)
    first, second = Upright(lambda: content), Upright(lambda: content)
    second.rgb()
    second.rgb(3000)
    for longest in (KEPT, 1400, 420):
        assert np.array_equal(first.rgb(longest), second.rgb(longest))


def test_a_large_jpeg_is_never_decoded_whole_for_a_small_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = []
    upright = decode.upright
    monkeypatch.setattr(
        decode, "upright", lambda image, way: sizes.append(image.size) or upright(image, way)
    )
    content = drawn((8400, 3000), "JPEG")
    image = Upright(lambda: content)
    assert image.rgb(420).shape == (150, 420, 3)
    assert image.whole_bytes == 0
    assert sizes == [(2100, 750)]


def test_a_small_picture_is_decoded_once() -> None:
    asked = []
    content = drawn((1900, 1400), "JPEG")
    image = Upright(lambda: asked.append(1) or content)
    assert image.rgb(420).shape == (309, 420, 3)
    assert image.rgb().shape == (1400, 1900, 3)
    assert len(asked) == 1


def test_a_reduced_jpeg_is_turned_upright() -> None:
    content = drawn((4800, 3200), "JPEG", SIDEWAYS)
    image = Upright(lambda: content)
    assert image.rgb(KEPT).shape == (2000, 1333, 3)
    assert image.rgb().shape == (4800, 3200, 3)


def test_pixels_are_not_to_be_written_to() -> None:
    content = drawn((1000, 1300), "PNG")
    image = Upright(lambda: content)
    for longest in (0, 2000, 500):
        with pytest.raises(ValueError, match="read-only"):
            image.rgb(longest)[0, 0] = 0
