"""The parts of a package on the disk: a folder or a ZIP file, whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from docexam.domain.text import visible
from docexam.errors import DamagedError, InputError, MachineError
from docexam.workbench.packages_bag import Part

_CHUNK = 1 << 20
_FILE = 0o600
_FOLDER = 0o700
# The oldest date a ZIP file can hold: the package's bytes do not tell when it was made.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def write_package(target: Path, name: str, parts: Sequence[Part]) -> None:
    """Write the parts to `target`: a ZIP file where it ends in `.zip`, else a folder.

    `name`: the folder within the ZIP file. Readable by its owner alone. Raises InputError where
    something is there already, MachineError where the disk refuses; nothing is left behind.
    """
    must_be_free(target)
    zipped = target.suffix.casefold() == ".zip"
    try:
        if zipped:
            _write_zip(target, name, parts)
        else:
            _write_folder(target, parts)
    except OSError as error:
        raise MachineError(
            "DX-OUTPUT",
            f"The package could not be written: {error.strerror}. Nothing was left there.",
            where=visible(str(target)),
            todo="Choose another place with -o DIR or -o FILE.zip.",
        ) from error


def must_be_free(target: Path) -> None:
    """Raise InputError where something stands at `target`; an empty folder does no harm."""
    try:
        empty = target.is_dir() and not target.is_symlink() and not any(target.iterdir())
        taken = os.path.lexists(target) and not empty
    except (OSError, ValueError):
        taken = True
    if taken:
        raise InputError(
            "DX-OUTPUT",
            "Something is there already; nothing was overwritten.",
            where=visible(str(target)),
            todo="Choose a new name with -o DIR or -o FILE.zip.",
        )


def _write_folder(target: Path, parts: Sequence[Part]) -> None:
    parent = target.parent
    made = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=parent))
    try:
        for part in parts:
            path = made / part.name
            path.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
            with open(path, "xb", opener=_private) as file:
                for chunk in _chunks(part):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        os.rename(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _FILE)


def _write_zip(target: Path, name: str, parts: Sequence[Part]) -> None:
    handle, made = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            # Stored, not packed: photographs do not shrink, and the bytes stay reproducible.
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for part in sorted(parts, key=lambda p: p.name):
                    _add(archive, f"{name}/{part.name}", part)
            file.flush()
            os.fsync(file.fileno())
        os.rename(made, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(made)
        raise


def _add(archive: zipfile.ZipFile, name: str, part: Part) -> None:
    info = zipfile.ZipInfo(name, _NO_DATE)
    info.create_system = 3
    info.external_attr = (0o100000 | _FILE) << 16
    info.file_size = part.size
    with archive.open(info, "w") as file:
        for chunk in _chunks(part):
            file.write(chunk)


def _chunks(part: Part) -> Iterator[bytes]:
    """Yield a part's bytes; raises DamagedError where a file's are not those of its hash."""
    if isinstance(part.content, bytes):
        yield part.content
        return
    digest = hashlib.sha256()
    with open(part.content, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            yield chunk
    if digest.hexdigest() != part.sha256:
        what = "An original changed while it was copied; nothing was exported."
        raise DamagedError("DX-ORIGINAL", what, where=part.sha256)
