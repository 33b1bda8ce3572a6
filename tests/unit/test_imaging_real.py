"""The real specimens go through every door; what is known of them is seen."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from docexam.domain.geometry import box_quad
from docexam.imaging import cells as c
from docexam.imaging import view as v
from docexam.imaging.crop import crop_png
from docexam.imaging.intake import read_original
from docexam.imaging.pyramid import Pyramid

KNOWN = {
    "0_id-esp.png": ("PNG", "P", (408, 275)),
    "0_pass-lva.jpg": ("JPEG", "RGB", (1504, 1346)),
    "62_pass-aus.png": ("PNG", "RGB", (1600, 900)),
    "77_card-cmw.png": ("PNG", "RGBA", (984, 608)),
    "100_pass-lux.jpg": ("JPEG", "RGB", (1600, 1200)),
}


def specimens(folder: Path) -> list[Path]:
    found = sorted([*folder.glob("*.jpg"), *folder.glob("*.png")])
    assert found
    return found


def test_every_specimen_is_taken_in(real_specimens: Path) -> None:
    for path in specimens(real_specimens):
        found, content = read_original(path)
        assert content == path.read_bytes()
        assert found.quality["sharpness"]["value"] is not None
        json.dumps([found.metadata, found.quality], allow_nan=False)
        if path.name in KNOWN:
            assert (found.format, found.mode, (found.width, found.height)) == KNOWN[path.name]


def test_a_screen_photographed_and_enlarged_is_noticed(real_specimens: Path) -> None:
    found, _ = read_original(real_specimens / "62_pass-aus.png")
    assert "signs of resizing" in found.quality["upscaling"]["note"]


def test_every_specimen_is_drawn_within_its_bytes(real_specimens: Path) -> None:
    for path in specimens(real_specimens):
        pyramid = Pyramid.build(path)
        frame = v.Frame(100, 50, *pyramid.size)
        fitted = v.fit(v.View(), frame)
        for view in (fitted, v.zoom_by(fitted, frame, 4), v.one_to_one(fitted, frame)):
            for mode in c.MODES:
                assert c.estimate_bytes(c.render(pyramid, view, 100, 50, mode)) <= 60_000
            slow = c.render(pyramid, view, 100, 50, bytes_per_cell=c.FRUGAL_BYTES_PER_CELL)
            assert c.estimate_bytes(slow) <= 25_000


def test_every_specimen_is_cropped_in_true_pixels(real_specimens: Path) -> None:
    for path in specimens(real_specimens):
        crop = Image.open(io.BytesIO(crop_png(path, box_quad(0.25, 0.25, 0.5, 0.5))))
        whole = Pyramid.build(path).levels[0].pixels
        left, top = whole.shape[1] // 4, whole.shape[0] // 4
        got = np.asarray(crop)
        assert (got == whole[top : top + got.shape[0], left : left + got.shape[1]]).all()


def test_the_signature_under_the_glare_shows_in_the_ink_channel(real_specimens: Path) -> None:
    from docexam.imaging.sampling import sample

    pyramid = Pyramid.build(real_specimens / "100_pass-lux.jpg")
    frame = v.Frame(100, 50, *pyramid.size)
    around = [(0.68, 0.55), (0.93, 0.55), (0.93, 0.63), (0.68, 0.63)]
    view = v.view_for_region(v.View(channel="ink"), frame, around)
    shown = sample(pyramid, view, frame, c.GRIDS["half"], (0, 0, 0)).samples[..., 0]
    plain = sample(pyramid, v.plain(view), frame, c.GRIDS["half"], (0, 0, 0)).samples.mean(axis=2)
    assert shown.std() / 255 > plain.std() / 255
    assert (shown < 128).mean() > 0.01


@pytest.mark.parametrize("name", ["100_pass-lux.jpg", "62_pass-aus.png"])
def test_a_specimen_is_taken_in_quickly(real_specimens: Path, name: str) -> None:
    started = time.process_time()
    read_original(real_specimens / name)
    assert time.process_time() - started < 2.0
