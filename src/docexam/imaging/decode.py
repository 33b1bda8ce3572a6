"""The one place that turns the bytes of an original into upright RGB pixels, guarded."""

from __future__ import annotations

import io
import logging
import math
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from docexam.domain.text import visible
from docexam.errors import InputError, MachineError

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
MAX_PIXELS = 80_000_000
_CAP = MAX_PIXELS // 1_000_000
_ORIENTATION_TAG = 0x0112
_PAPER = (255, 255, 255)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow is seen to raise on broken pictures, NotImplementedError for unknown codings among it.
BAD_IMAGE = (
    ValueError,
    SyntaxError,
    struct.error,
    OSError,
    EOFError,
    Warning,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    Image.DecompressionBombError,
)


# Pillow warns and logs on stderr, which is where the screen is drawn. What matters of it is
# looked at elsewhere: the size against our own cap, and at intake every warning.
warnings.filterwarnings("ignore", module=r"PIL\.")
logging.getLogger("PIL").addHandler(logging.NullHandler())


@contextmanager
def decoding() -> Iterator[None]:
    """Turn whatever Pillow raises on bad pictures into one clear InputError.

    Running out of memory becomes a MachineError.
    """
    try:
        yield
    except (InputError, MachineError):
        raise
    except UnidentifiedImageError:
        raise not_an_image() from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many_pixels(None) from None
    except MemoryError:
        raise MachineError(
            "DX-IMAGE-MEMORY",
            "There is not enough memory to open this picture.",
            todo="Close other programs, or work with a smaller copy as a capture of its own.",
        ) from None
    except BAD_IMAGE as error:
        raise damaged(error) from None


def not_an_image() -> InputError:
    """Return the error for bytes that are none of the formats docexam reads."""
    return InputError(
        "DX-IMAGE-FORMAT",
        "This is not an image docexam reads (JPEG, PNG, TIFF or WebP).",
        todo="Give the photograph itself, or convert a copy to PNG and keep the original too.",
    )


def too_many_pixels(size: tuple[int, int] | None) -> InputError:
    """Return the error for a picture over the pixel cap; `size` as its header claims it."""
    claimed = f"{size[0]} × {size[1]} pixels" if size else "far too many pixels"
    return InputError(
        "DX-IMAGE-PIXELS",
        f"The picture claims {claimed}; docexam opens at most {_CAP} megapixels.",
        todo="Cut it into parts, or reduce a copy, and add those as captures.",
    )


def damaged(error: BaseException) -> InputError:
    """Return the error for a picture that starts well and cannot be decoded whole."""
    if "MAX_TEXT" in str(error):
        return InputError(
            "DX-IMAGE-METADATA",
            "The file's texts or colour profile unpack to an absurd size; it is not opened.",
            todo="Fetch the file again from its source, or strip a copy of its metadata.",
        )
    reason = visible(" ".join(str(error).split())[:160]) or type(error).__name__
    return InputError(
        "DX-IMAGE-DAMAGED",
        f"The picture is damaged or truncated and cannot be decoded whole ({reason}).",
        todo="Fetch the file again from its source; docexam takes no partial originals.",
    )


def open_guarded(source: bytes | Path) -> Image.Image:
    """Open a picture lazily, of our formats only, its claimed size checked, nothing decoded.

    Call inside `decoding()`. Raises InputError over `MAX_PIXELS`, MachineError for a file that
    cannot be read.
    """
    content = source if isinstance(source, bytes) else _bytes_of(source)
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    width, height = image.size
    if width < 1 or height < 1 or width * height > MAX_PIXELS:
        raise too_many_pixels(image.size)
    return image


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MachineError(
            "DX-FILE-READ",
            f"The file cannot be read: {error.strerror or type(error).__name__}.",
            todo="Check the disk it lies on.",
        ) from None


def orientation_of(image: Image.Image) -> int:
    """Return the EXIF orientation 1..8; 1 where it is missing, absurd or unreadable."""
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except BAD_IMAGE:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return width and height after the EXIF orientation is applied."""
    return (size[1], size[0]) if orientation >= 5 else size


def open_upright(source: bytes | Path) -> Image.Image:
    """Return the first frame, decoded whole, as 8-bit RGB after EXIF orientation.

    Transparency is laid on white, palettes and CMYK are converted, deeper samples scaled to
    8 bits. Raises InputError (not an image, damaged, too large) or MachineError (memory).
    """
    with decoding():
        image = open_guarded(source)
        orientation = orientation_of(image)
        image.load()
        return upright(image, orientation)


def open_reduced(source: bytes | Path, longest: int) -> tuple[Image.Image, bool]:
    """Return what `open_upright` does, at least `longest` pixels wide or high, and if it is whole.

    A JPEG far larger than that is decoded at a half, a quarter or an eighth of its size, which
    takes a fraction of the time and memory; anything else is decoded whole.
    """
    with decoding():
        image = open_guarded(source)
        orientation, size = orientation_of(image), image.size
        if isinstance(image, JpegImageFile):
            share = min(1.0, longest / max(size))
            image.draft(image.mode, (math.ceil(size[0] * share), math.ceil(size[1] * share)))
        image.load()
        return upright(image, orientation), image.size == size


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return a decoded image as 8-bit RGB, turned by its EXIF `orientation`."""
    flat = to_rgb(image)
    turn = _TURNS.get(orientation)
    return flat.transpose(turn) if turn is not None else flat


def to_rgb(image: Image.Image) -> Image.Image:
    """Return `image` as 8-bit RGB of the same size, whatever its mode."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled(image)
    if image.has_transparency_data:
        return _on_paper(image)
    return image.convert("RGB")


def _on_paper(image: Image.Image) -> Image.Image:
    layered = image.convert("RGBA")
    paper = Image.new("RGB", image.size, _PAPER)
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper


def _scaled(image: Image.Image) -> Image.Image:
    values = np.asarray(image).astype(np.float32)
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    if image.mode.startswith("I;16") or (image.mode == "I" and low >= 0 and high <= 65535):
        low, high = 0.0, 65535.0
    elif low >= 0.0 and high <= 1.0:
        low, high = 0.0, 1.0
    span = (high - low) or 1.0
    grey = ((values - low) * (255.0 / span)).round().clip(0, 255).astype(np.uint8)
    return Image.fromarray(grey).convert("RGB")
