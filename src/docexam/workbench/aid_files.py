"""Files that only the file aid can look at: PDF, HEIC, AVIF, and pictures too damaged to decode."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.errors import DocexamError, InputError

if TYPE_CHECKING:
    from docexam.aids.protocol import CaptureImage, Pixels


class PlainFile:
    """The bytes of a regular file as an aid sees them; it has no size in pixels and no pixels.

    Raises InputError or MachineError where the file cannot be read.
    """

    width = 0
    height = 0

    def __init__(self, n: int, path: Path) -> None:
        from docexam.imaging.intake import read_file

        self.n = n
        self._content = read_file(path)
        self.sha256 = hashlib.sha256(self._content).hexdigest()

    def rgb(self, longest: int = 0) -> Pixels:
        """Raise InputError: nothing here decodes it."""
        raise InputError("DX-IMAGE-FORMAT", "This file is not decoded, only its bytes are read.")

    def original(self) -> bytes:
        """Return the untouched bytes."""
        return self._content


def any_file(n: int, path: Path) -> CaptureImage:
    """Return an image file as aids see it, or its bytes alone where it is no image of ours."""
    from docexam.workbench.aiding import FileImage

    try:
        return FileImage(n, path)
    except DocexamError as error:
        if not error.code.startswith("DX-IMAGE-"):
            raise
    return PlainFile(n, path)
