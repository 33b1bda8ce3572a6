"""How good a capture is as evidence: each measure a number, its unit and a plain note.

Measured in file orientation on the decoded first frame. Nothing here is a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from docexam.imaging import recompression, resampling, sharpness
from docexam.imaging.jpegfile import table_quality
from docexam.imaging.lettering import capital_height

Json = dict[str, Any]

_GLARE_SIDE = 320
_BLOWN = 250
_DARK, _BRIGHT = 4, 251
_NOTABLE_SHARE = 0.02
_LARGE_SHARE = 0.10
_LITTLE = 1.0
_SMALL_PRINT = 10.0
_ENLARGED_WIDTH = 3.0
_SHARP_WIDTH = 1.6


def read_quality(image: Image.Image, rgb: Image.Image) -> Json:
    """Return the measures of a decoded picture: `image` as opened, `rgb` its 8-bit RGB.

    Each is `{"value": number or None, "unit": …, "note": …}` and sometimes more numbers.
    """
    grey_image = rgb.convert("L")
    grey = np.asarray(grey_image)
    tables = list(getattr(image, "quantization", {}).values())
    sharp = sharpness.measure(grey)
    return {
        "megapixels": _megapixels(rgb.size),
        "sharpness": _sharpness(sharp),
        "print_height": _print_height(capital_height(grey)),
        "glare": _glare(rgb),
        **_clipping(grey_image),
        "upscaling": _upscaling(grey, sharp),
        "recompression": _recompression(grey, tables),
    }


def _measure(value: float | None, unit: str, note: str, **more: object) -> Json:
    return {"value": value, "unit": unit, "note": note, **more}


def _megapixels(size: tuple[int, int]) -> Json:
    value = round(size[0] * size[1] / 1e6, 2)
    note = "few pixels: small print and fine detail will not show" if value < _LITTLE else ""
    return _measure(value, "megapixels", note)


def _sharpness(found: sharpness.Sharpness | None) -> Json:
    if found is None:
        return _measure(None, "pixels", "too little contrast to judge sharpness")
    word = sharpness.words(found.width)
    note = f"{word}: the sharpest edges are {found.width:g} px wide"
    return _measure(found.width, "pixels", note, typical=found.typical, noise=found.noise)


def _print_height(height: float | None) -> Json:
    if height is None:
        return _measure(None, "pixels", "no print to measure")
    small = "small: " if height < _SMALL_PRINT else ""
    return _measure(height, "pixels", f"{small}capitals are about {height:g} px high")


def _share_note(share: float, what: str) -> str:
    if share >= _LARGE_SHARE:
        return f"a large part is {what}"
    return f"part is {what}" if share >= _NOTABLE_SHARE else ""


def _glare(rgb: Image.Image) -> Json:
    """Measure blown-out areas several pixels wide, on a reduced copy."""
    shrink = max(1, max(rgb.size) // _GLARE_SIDE)
    small = np.asarray(rgb.reduce(shrink))
    blown = Image.fromarray(((small.min(axis=2) >= _BLOWN) * 255).astype(np.uint8))
    wide = blown.filter(ImageFilter.MinFilter(5)).filter(ImageFilter.MaxFilter(5))
    share = round(float((np.asarray(wide) > 0).mean()), 4)
    note = _share_note(share, "blown out: glare, or white exposed to the limit")
    return _measure(share, "share of the picture", note)


def _clipping(grey: Image.Image) -> Json:
    counts = grey.histogram()
    total = sum(counts)
    dark = round(sum(counts[: _DARK + 1]) / total, 4)
    bright = round(sum(counts[_BRIGHT:]) / total, 4)
    unit = "share of the picture"
    return {
        "clipped_dark": _measure(dark, unit, _share_note(dark, "black without detail")),
        "clipped_bright": _measure(bright, unit, _share_note(bright, "white without detail")),
    }


def _upscaling(grey: sharpness.Grey, sharp: sharpness.Sharpness | None) -> Json:
    width = sharp.width if sharp else None
    found = resampling.find(grey, width)
    unit = "times enlarged"
    if found is not None:
        other = f" (or {found.other:g})" if found.other else ""
        note = f"signs of resizing, such as enlarging about {found.factor:g} times{other}"
        return _measure(found.factor, unit, note, strength=found.strength)
    if width is not None and width >= _ENLARGED_WIDTH:
        excess = width / _SHARP_WIDTH
        note = f"no sharper than a picture enlarged {excess:.1f} times: enlarged, or out of focus"
        return _measure(None, unit, note)
    return _measure(None, unit, "")


def _recompression(grey: sharpness.Grey, tables: list[Sequence[int]]) -> Json:
    grid = recompression.find_grid(grey)
    notes = []
    quality, doubled = None, None
    if tables:
        estimate = table_quality(tables)
        quality = estimate.quality
        doubled = recompression.doubling(grey, tables[0])
        kind = "quality about" if estimate.standard else "own tables, nearest to quality"
        notes.append(f"JPEG, {kind} {quality}")
    if doubled is not None and doubled >= recompression.DOUBLED:
        notes.append("signs that it was compressed more than once")
    if grid and grid.shifted:
        notes.append(f"signs of an older JPEG grid, shifted by {grid.across} and {grid.down}")
    elif grid and not tables:
        notes.append("signs that it was a JPEG before")
    return _measure(quality, "JPEG quality, 1 to 100", "; ".join(notes), doubling=doubled)
