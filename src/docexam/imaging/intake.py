"""Taking in an original: every guard between a path and evidence, in one place.

Nothing here imports Pillow or numpy before the file proved to be a regular one of sane size.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import threading
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docexam.domain.text import visible
from docexam.errors import DocexamError, InputError, MachineError
from docexam.imaging.pngfile import png_problem

MOST_BYTES = 300 * 1024 * 1024
_CHUNK = 1 << 20
_MOST_NOTES = 20
# warnings.catch_warnings swaps process-wide state: two intakes at once would leave it swapped.
_WARNINGS_LOCK = threading.Lock()
_KINDS = (
    (stat.S_ISDIR, "a directory", "Name the image files in it."),
    (stat.S_ISFIFO, "a pipe", "Save the image to a file first."),
    (stat.S_ISSOCK, "a socket", "Save the image to a file first."),
    (stat.S_ISCHR, "a device", "Save the image to a file first."),
    (stat.S_ISBLK, "a device", "Save the image to a file first."),
)


@dataclass(frozen=True, slots=True)
class Intake:
    """What is known of an original after it was opened, decoded whole and measured.

    `name`: the bytes of its file name, nothing else of its path. `width` and `height` are after
    EXIF orientation, `raw_width` and `raw_height` as stored. `metadata` and `quality` are
    JSON values; the texts in `metadata` are exact and untrusted. `notes`: what to tell the
    examiner, in plain sentences.
    """

    sha256: str
    size: int
    name: bytes
    format: str
    width: int
    height: int
    raw_width: int
    raw_height: int
    orientation: int
    mode: str
    frames: int
    metadata: dict[str, Any]
    quality: dict[str, Any]
    notes: tuple[str, ...]


def read_original(path: Path) -> tuple[Intake, bytes]:
    """Open, check and measure an image file; returns what is known and the bytes as they are.

    JPEG, PNG, TIFF and WebP, at most 300 MB and 80 megapixels, decoded whole. Raises InputError
    for whatever is wrong with the file, MachineError where the machine would not let us read.
    """
    try:
        content = read_file(path)
        return examine(content, os.fsencode(path.name)), content
    except DocexamError as error:
        error.where = error.where or visible(os.fsdecode(path))
        raise


# --- the file ----------------------------------------------------------------------------------


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file of at most `MOST_BYTES`; a link to one will do.

    Never blocks on a pipe and never opens a device. Raises InputError or MachineError.
    """
    try:
        _require_regular(os.stat(path))
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        descriptor = os.open(path, flags)
        try:
            # Between stat and open another file may have taken the name.
            _require_regular(os.fstat(descriptor))
            return _read(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unreadable(error, path) from None
    except ValueError:
        raise InputError("DX-FILE-NAME", "This cannot be the name of a file.") from None


def _require_regular(status: os.stat_result) -> None:
    for is_kind, what, todo in _KINDS:
        if is_kind(status.st_mode):
            raise InputError("DX-FILE-KIND", f"This is {what}, not an image file.", todo=todo)
    if not stat.S_ISREG(status.st_mode):
        raise InputError("DX-FILE-KIND", "This is not a regular file.")
    if status.st_size > MOST_BYTES:
        raise _too_many_bytes()
    if status.st_size == 0:
        raise InputError("DX-FILE-EMPTY", "The file is empty.", todo="Fetch it again.")


def _read(descriptor: int) -> bytes:
    parts: list[bytes] = []
    total = 0
    while chunk := os.read(descriptor, _CHUNK):
        parts.append(chunk)
        total += len(chunk)
        if total > MOST_BYTES:
            raise _too_many_bytes()
    return b"".join(parts)


def _too_many_bytes() -> InputError:
    return InputError(
        "DX-FILE-SIZE",
        f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.",
        todo="Cut the picture into parts and add those as captures.",
    )


def _unreadable(error: OSError, path: Path) -> DocexamError:
    if error.errno == errno.ENOENT:
        if path.is_symlink():
            return InputError("DX-FILE-LINK", "The link points to nothing.", todo="Name the file.")
        return InputError("DX-FILE-MISSING", "There is no such file.", todo="Check the path.")
    if error.errno == errno.ELOOP:
        return InputError(
            "DX-FILE-LINK", "The links lead round in a circle.", todo="Name the file."
        )
    if error.errno in (errno.ENOTDIR, errno.ENAMETOOLONG):
        return InputError("DX-FILE-MISSING", f"{error.strerror}.", todo="Check the path.")
    if error.errno in (errno.EACCES, errno.EPERM):
        todo = "Ask for permission to read it, or copy it to a folder of yours."
        return MachineError("DX-FILE-DENIED", "You may not read this file.", todo=todo)
    todo = "Check the disk or the share it lies on."
    return MachineError("DX-FILE-READ", f"Reading failed: {error.strerror}.", todo=todo)


# --- the picture -------------------------------------------------------------------------------


def examine(content: bytes, name: bytes = b"") -> Intake:
    """Decode and measure the bytes of an image; raises InputError or MachineError."""
    from docexam.imaging import decode
    from docexam.imaging.metadata import prefetch

    notes: list[str] = []
    with _WARNINGS_LOCK, warnings.catch_warnings(record=True) as warned, decode.decoding():
        warnings.simplefilter("always")
        image = decode.open_guarded(content)
        raw_width, raw_height = image.size
        frames = _frames(image, notes)
        prefetch(image)
        image.load()
        if image.format == "PNG" and (missing := png_problem(content)):
            raise decode.damaged(ValueError(missing))
        rgb = decode.to_rgb(image)
        orientation = decode.orientation_of(image)
        metadata, quality = _described(image, rgb, content, notes)
    notes += [f"Odd in the file: {visible(str(w.message))[:160]}." for w in warned]
    width, height = decode.upright_size((raw_width, raw_height), orientation)
    return Intake(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        name=name,
        format=str(image.format),
        width=width,
        height=height,
        raw_width=raw_width,
        raw_height=raw_height,
        orientation=orientation,
        mode=image.mode,
        frames=frames,
        metadata=metadata,
        quality=quality,
        notes=tuple(dict.fromkeys(notes))[:_MOST_NOTES],
    )


def _frames(image: Any, notes: list[str]) -> int:
    """Return how many frames or pages there are; only the first is examined."""
    from docexam.imaging.decode import BAD_IMAGE

    try:
        count = int(getattr(image, "n_frames", 1))
        image.seek(0)
    except BAD_IMAGE:
        notes.append("The file's further frames are damaged; the first one is examined.")
        return 1
    if count > 1:
        notes.append(f"The file holds {count} frames or pages; only the first is examined.")
    return count


def _described(
    image: Any, rgb: Any, content: bytes, notes: list[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    from docexam.imaging.metadata import read_metadata
    from docexam.imaging.quality import read_quality

    if image.has_transparency_data:
        notes.append("The picture has transparent parts; they are shown on white.")
    return read_metadata(image, content, notes), read_quality(image, rgb)
