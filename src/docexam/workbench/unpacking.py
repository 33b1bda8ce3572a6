"""From a folder or a ZIP file of unknown origin to files that can be read without harm.

Nothing of a package is written outside a private temporary folder, and nothing is believed:
names, kinds of files, sizes and what a ZIP file says of itself are checked before the first
byte is unpacked, and again while unpacking. What is wrong is refused, never put right.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from docexam.domain.text import visible
from docexam.errors import DamagedError, InputError, MachineError
from docexam.workbench.packages_bag import BAGIT

MOST_FILES = 20_000
MOST_TOTAL = 16 << 30
MOST_NAME = 400
# A package is images; text alone never shrinks a whole one below a hundredth.
MOST_RATIO = 100
RATIO_FROM = 64 << 20
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FOLDERS_OF_FINDERS = ("__MACOSX",)


@dataclass(frozen=True, slots=True)
class Bag:
    """A package's files where they can be read: names with slashes, and their sizes."""

    root: Path
    sizes: dict[str, int]
    _hashes: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, most: int) -> bytes:
        """Return a file's bytes; raises DamagedError over `most` bytes."""
        with self.open(name) as descriptor:
            content = bytearray()
            while chunk := os.read(descriptor, _CHUNK):
                content += chunk
                if len(content) > most:
                    raise refused("A file of the package is larger than it may be.", name)
        return bytes(content)

    def sha256(self, name: str) -> str:
        """Return the SHA-256 of a file's bytes, read once."""
        if name not in self._hashes:
            digest = hashlib.sha256()
            with self.open(name) as descriptor:
                while chunk := os.read(descriptor, _CHUNK):
                    digest.update(chunk)
            self._hashes[name] = digest.hexdigest()
        return self._hashes[name]

    def path(self, name: str) -> Path:
        """Return where a file of the package lies."""
        return self.root / name

    @contextmanager
    def open(self, name: str) -> Iterator[int]:
        """Open a file of the package as a descriptor; never through a link."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            descriptor = os.open(self.path(name), flags)
        except OSError as error:
            raise refused(f"A file cannot be read: {error.strerror}.", name) from error
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise refused("This is no ordinary file.", name)
            yield descriptor
        finally:
            os.close(descriptor)


def refused(what: str, name: str = "") -> DamagedError:
    """Return the refusal of a package; `name` is the file in it that is at fault."""
    shown = visible(name if len(name) < 160 else name[:160] + "…")
    return DamagedError(
        "DX-PACKAGE", what, where=shown, todo="Nothing was taken over. Ask for the package again."
    )


def no_package(path: str) -> InputError:
    """Return the error for what is neither a bag's folder nor a ZIP file with a bag."""
    return InputError(
        "DX-NO-PACKAGE",
        "This is no package of docexam: neither a BagIt folder nor a ZIP file with one.",
        where=visible(path),
        todo="“docexam export” makes one.",
    )


@contextmanager
def opened_package(path: str) -> Iterator[Bag]:
    """Open a package for reading; a ZIP file is unpacked into a private folder meanwhile.

    Raises InputError for what is no package, DamagedError for one that is not as it should be,
    MachineError where the disk refuses.
    """
    try:
        kind = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        what = "There is no such file or folder."
        raise InputError("DX-FILE", what, where=visible(path)) from error
    if stat.S_ISDIR(kind):
        if not (Path(path) / BAGIT).is_file():
            raise no_package(path)
        yield Bag(Path(path), _walked(Path(path)))
    elif stat.S_ISREG(kind) and looks_zipped(path):
        with tempfile.TemporaryDirectory(prefix="docexam-") as private:
            yield _unpacked(path, Path(private))
    else:
        raise no_package(path)


def looks_zipped(path: str) -> bool:
    """Tell whether a file is a ZIP file, or begins like one and has lost its end."""
    try:
        with open(path, "rb") as file:
            begins = file.read(4) == b"PK\x03\x04"
        return begins or zipfile.is_zipfile(path)
    except OSError:
        return False


# --- a folder ----------------------------------------------------------------------------------


def _walked(root: Path) -> dict[str, int]:
    sizes: dict[str, int] = {}
    left = [""]
    while left:
        prefix = left.pop()
        for entry in _entries(root / prefix, prefix):
            name = f"{prefix}{entry.name}"
            _check_name(name)
            if entry.is_symlink():
                raise refused("There is a link in the package.", name)
            if entry.is_dir(follow_symlinks=False):
                left.append(f"{name}/")
            elif _is_finders(name):
                continue
            elif entry.is_file(follow_symlinks=False):
                sizes[name] = entry.stat(follow_symlinks=False).st_size
            else:
                raise refused("There is something in the package that is no file.", name)
            _check_counts(len(sizes) + len(left), 0)
    _check_counts(len(sizes), sum(sizes.values()))
    _check_twins(list(sizes))
    return sizes


def _entries(folder: Path, name: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise refused(f"A folder cannot be read: {error.strerror}.", name) from error


# --- names and numbers -------------------------------------------------------------------------


def _check_name(name: str) -> None:
    """Raise DamagedError unless a name stays inside and means the same everywhere."""
    parts = name.rstrip("/").split("/")
    if not name or name.startswith("/") or "\\" in name or ":" in parts[0]:
        raise refused("A name in the package leads out of it.", name)
    if any(part in ("", ".", "..") for part in parts):
        raise refused("A name in the package leads out of it.", name)
    if len(name) > MOST_NAME or visible(name) != name:
        raise refused("A name in the package is too long or holds hidden characters.", name)


def _check_counts(files: int, total: int) -> None:
    if files > MOST_FILES:
        raise refused(f"The package holds more than {MOST_FILES:,} files.")
    if total > MOST_TOTAL:
        raise refused(f"The package unpacks to more than {MOST_TOTAL >> 30} GB.")


def _check_twins(names: list[str]) -> None:
    """Refuse names that are one on some file systems, and files that are folders too."""
    seen: set[str] = set()
    for name in names:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if key in seen:
            raise refused("A name stands twice in the package.", name)
        seen.add(key)
    for key in seen:
        parts = key.split("/")
        above = {"/".join(parts[:n]) for n in range(1, len(parts))}
        if above & seen:
            raise refused("A name in the package is both a file and a folder.", key)


# --- a ZIP file --------------------------------------------------------------------------------


def _unpacked(path: str, private: Path) -> Bag:
    try:
        with zipfile.ZipFile(path) as archive:
            files = _checked_entries(archive, os.path.getsize(path))
            top = _top(list(files))
            sizes = {name.removeprefix(top): _extract(archive, files[name], private, name)
                     for name in files}  # fmt: skip
    except (DamagedError, MachineError):
        raise
    except MemoryError as error:
        raise MachineError("DX-MEMORY", "There is not enough memory to unpack this.") from error
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise refused("The ZIP file is damaged: it points outside of itself.") from error
        raise MachineError(
            "DX-UNPACK", f"The package could not be unpacked: {error.strerror or error}."
        ) from error
    except Exception as error:
        # zipfile answers malformed archives with whatever comes up; all of it means the same.
        raise refused(f"The ZIP file is damaged: {visible(str(error))[:120]}.") from error
    if BAGIT not in sizes:
        raise no_package(path)
    return Bag(private / top, sizes)


def _checked_entries(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by name, all that it says of itself checked."""
    entries = archive.infolist()
    _check_counts(len(entries), sum(entry.file_size for entry in entries))
    for entry in entries:
        _check_entry(entry)
    files = [e for e in entries if not e.is_dir() and not _is_finders(e.filename)]
    _check_twins([entry.filename for entry in files])
    packed = sum(entry.compress_size for entry in entries)
    if packed > size:
        raise refused("The ZIP file says that it holds more than it does.")
    total = sum(entry.file_size for entry in files)
    if total > RATIO_FROM and total > MOST_RATIO * size:
        raise refused("The ZIP file unpacks to more than a hundred times its size.")
    return {entry.filename: entry for entry in files}


def _check_entry(entry: zipfile.ZipInfo) -> None:
    # zipfile cuts a name at a NUL, so what it shows need not be what another tool would write.
    _check_name(entry.orig_filename)
    _check_name(entry.filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise refused("There is a link in the package.", entry.filename)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise refused("There is something in the package that is no file.", entry.filename)
    if entry.flag_bits & _ENCRYPTED:
        raise refused("The ZIP file is encrypted; unpack it first.", entry.filename)
    if entry.compress_type not in _METHODS:
        raise refused("The ZIP file is packed by an unusual method.", entry.filename)


def _is_finders(name: str) -> bool:
    return name.split("/")[0] in _FOLDERS_OF_FINDERS or name.split("/")[-1] == ".DS_Store"


def _top(names: list[str]) -> str:
    """Return the one folder that holds everything, with its slash; empty where there is none."""
    tops = {name.split("/")[0] for name in names}
    if BAGIT in names or len(tops) != 1:
        return ""
    return f"{tops.pop()}/"


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, private: Path, name: str) -> int:
    """Unpack one file and return its size; stops at the first byte over what was announced."""
    target = private / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    total = 0
    with archive.open(entry) as packed, open(target, "xb", opener=_private) as file:
        while chunk := packed.read(_CHUNK):
            total += len(chunk)
            if total > entry.file_size:
                raise refused("A file unpacks to more than the ZIP file says.", name)
            file.write(chunk)
    if total != entry.file_size:
        raise refused("A file unpacks to less than the ZIP file says.", name)
    return total


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
