"""Originals: the untouched bytes of captures, files named by their SHA-256.

An original is written once into `originals/ab/abcd…`, read-only, and durable before `put`
returns. Files on their way lie in `originals/.incoming` under a lock, so that what a killed
process left is told from what another one is writing.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from docexam.casebook.folder import PRIVATE_FOLDER, sync_folder
from docexam.casebook.records import ALTERED, INTACT, MISSING, OriginalState, Stored
from docexam.casebook.words import os_in_words
from docexam.errors import InputError

READ_ONLY = 0o444
INCOMING = ".incoming"
_CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file's bytes; raises OSError."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Originals:
    """The folder of originals and the caches made from them. Knows nothing of their use."""

    def __init__(self, folder: Path, cache: Path):
        self.folder = folder
        self.cache = cache

    def path(self, sha256: str) -> Path:
        """Return where the original of that hash lies or would lie; raises InputError."""
        if not _SHA256.fullmatch(sha256):
            raise InputError("DX-NOT-A-HASH", "An original is named by 64 hexadecimal digits.")
        return self.folder / sha256[:2] / sha256

    def cache_folder(self, key: str) -> Path:
        """Return the folder for what is derived from an original or kept for an examination.

        `key` is the original's SHA-256 or the examination's id. The folder need not exist; it
        goes when the original or the examination is disposed of.
        """
        if not re.fullmatch(r"[0-9a-zA-Z-]+", key):
            raise InputError("DX-NOT-A-KEY", "A cache is named by a hash or an id.")
        return self.cache / key

    def put(self, source: bytes | Path, sha256: str) -> Stored:
        """Copy the bytes in and return where they are; durable when this returns.

        Putting the same bytes again changes nothing; a damaged file in their place is put
        right. Raises InputError when the bytes are not those of `sha256` (the source changed
        while it was read) or the source is no ordinary file, MachineError when the system
        refuses; nothing is left behind then.
        """
        target = self.path(sha256)
        try:
            before = self.check(sha256)
            if before.ok:
                _compare(source, sha256)
                return Stored(target, target.stat().st_size, known=True)
            size = self._bring_in(source, sha256, target)
        except OSError as error:
            raise os_in_words(error, str(target)) from error
        return Stored(target, size, restored=before.state == ALTERED)

    def _bring_in(self, source: bytes | Path, sha256: str, target: Path) -> int:
        self._make_folders(target.parent)
        with self._incoming() as (path, file):
            size = _copy(source, file, sha256)
            os.fchmod(file.fileno(), READ_ONLY)
            _sync(file)
            # A directory put in the way is moved by nobody: the error says so.
            os.replace(path, target)
            sync_folder(target.parent)
        return size

    def _make_folders(self, parent: Path) -> None:
        for folder in (self.folder, self.folder / INCOMING, parent):
            if not folder.is_dir():
                folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
                sync_folder(folder.parent)

    @contextmanager
    def _incoming(self) -> Iterator[tuple[Path, IO[bytes]]]:
        path = self.folder / INCOMING / os.urandom(8).hex()
        with open(path, "xb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield path, file
            finally:
                with suppress(FileNotFoundError):
                    path.unlink()

    def sweep(self, *, older_than_s: float = 60) -> int:
        """Remove what killed processes left on its way in; return how many files.

        Young files are left alone unless told: a process may be about to lock one.
        """
        removed, now = 0, time.time()
        with suppress(OSError):
            for entry in list(os.scandir(self.folder / INCOMING)):
                if now - entry.stat(follow_symlinks=False).st_mtime >= older_than_s:
                    removed += _remove_if_dead(Path(entry.path))
        return removed

    def check(self, sha256: str) -> OriginalState:
        """Read the original and say whether it is intact, missing or altered, and why."""
        path = self.path(sha256)
        try:
            held = path.lstat()
            if not stat.S_ISREG(held.st_mode):
                return OriginalState(sha256, ALTERED, "something else stands in its place")
            found = sha256_of(path)
        except FileNotFoundError:
            return OriginalState(sha256, MISSING, "the file is gone")
        except OSError as error:
            reason = error.strerror or str(error)
            return OriginalState(sha256, MISSING, f"the file cannot be read: {reason}")
        if found != sha256:
            return OriginalState(sha256, ALTERED, "its bytes are not those that were taken in")
        return OriginalState(sha256, INTACT)

    def all(self) -> list[str]:
        """Return the hashes under which files lie here, sorted; reads names only."""
        names = (path.name for path in self.folder.glob("[0-9a-f][0-9a-f]/*"))
        return sorted(name for name in names if _SHA256.fullmatch(name))

    def remove(self, sha256: str) -> bool:
        """Remove an original and its cache; return whether the file was there.

        The caller makes sure, under the casebook's write lock, that nothing uses it.
        """
        path = self.path(sha256)
        self.drop_cache(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def drop_cache(self, key: str) -> None:
        """Remove what is cached under a key."""
        import shutil

        with suppress(FileNotFoundError):
            shutil.rmtree(self.cache_folder(key))


def _compare(source: bytes | Path, sha256: str) -> None:
    with open(os.devnull, "wb") as nowhere:
        _copy(source, nowhere, sha256)


def _copy(source: bytes | Path, file: IO[bytes], sha256: str) -> int:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(source):
        digest.update(chunk)
        file.write(chunk)
        size += len(chunk)
    if digest.hexdigest() != sha256:
        place = "" if isinstance(source, bytes) else str(source)
        what = "The file changed while it was read; nothing was recorded."
        raise InputError("DX-FILE-CHANGED", what, where=place, todo="Do it again.")
    return size


def _chunks(source: bytes | Path) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with _ordinary_file(source) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _ordinary_file(source: Path) -> IO[bytes]:
    try:
        # O_NONBLOCK: a FIFO put in the file's place must not block for ever.
        handle = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise InputError("DX-UNREADABLE", what, where=str(source)) from error
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return open(handle, "rb")
    os.close(handle)
    raise InputError("DX-NOT-A-FILE", "This is no ordinary file.", where=str(source))


def _sync(file: IO[bytes]) -> None:
    file.flush()
    if hasattr(fcntl, "F_FULLFSYNC"):
        fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
    else:
        os.fsync(file.fileno())


def _remove_if_dead(path: Path) -> int:
    with suppress(OSError), open(path, "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
        return 1
    return 0
