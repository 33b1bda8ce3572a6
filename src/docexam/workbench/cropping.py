"""Regions in true pixels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docexam.domain.examination import DISPOSED, Examination
from docexam.domain.finding import Region
from docexam.domain.text import visible
from docexam.errors import InputError, MachineError, NotYoursError
from docexam.workbench.folders import write_private
from docexam.workbench.originals import verified_original

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store
    from docexam.workbench.review import Review


def crop_region(store: Store, examination: Examination, region: Region) -> bytes:
    """Return a region as PNG bytes; raises InputError for a capture the exhibit does not have."""
    from docexam.imaging.crop import crop_png

    if examination.state == DISPOSED:
        raise NotYoursError("DX-DISPOSED", "This examination was disposed of.")
    if examination.capture(region.capture) is None:
        raise InputError("DX-CAPTURE", "The region is on a capture this exhibit does not have.")
    return crop_png(verified_original(store, region.capture), region.points)


def write_crop(review: Review, region: Region, target: str) -> int:
    """Write a region as a PNG file, whole or not at all; returns its size in bytes."""
    content = review.crop(region)
    write_result(target, content)
    return len(content)


def write_result(target: str, content: bytes) -> None:
    """Write a result for the user, readable by its owner alone; raises MachineError."""
    try:
        # A link is followed, so that what it points to is written and the link stays.
        path = Path(target).resolve() if Path(target).is_symlink() else Path(target)
        if path.is_dir():
            raise InputError("DX-OUTPUT", "This is a folder.", where=visible(target))
        if path.exists() and not path.is_file():
            # A device or a pipe is written to; replacing it by a file would destroy it.
            path.write_bytes(content)
        else:
            write_private(path, content)
    except OSError as error:
        raise MachineError(
            "DX-OUTPUT",
            f"The file could not be written: {error.strerror}. Nothing was left there.",
            where=visible(target),
            todo="Choose another place with -o FILE.",
        ) from error
