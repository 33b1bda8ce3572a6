"""The casebook's folder on disk: made private, opened with the settings durability needs."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import suppress
from pathlib import Path

from docexam.casebook import schema
from docexam.casebook.words import os_in_words
from docexam.errors import DamagedError, InputError, MachineError

FILE = "casebook.sqlite"
_MAGIC = b"SQLite format 3\0"
ORIGINALS = "originals"
CACHE = "cache"
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
BUSY_MS = 10_000
_SWITCH_TRIES = 200
_SWITCH_PAUSE_S = 0.02
_TRY_PAUSE_S = 0.001

_SETTINGS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA synchronous = FULL",
    # On macOS an ordinary fsync does not reach the platter.
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -16000",
    # Lets REPLACE fire the guards on DELETE too.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    # Temporary files would hold personal texts outside the private folder.
    "PRAGMA temp_store = MEMORY",
)


def prepare(root: Path, *, create: bool) -> None:
    """Make sure `root` holds a casebook file that can be opened; make both when allowed.

    Raises InputError when it is not there or no casebook, MachineError when the system refuses.
    """
    try:
        _prepare(root, create=create)
    except OSError as error:
        raise os_in_words(error, str(root)) from error


def _prepare(root: Path, *, create: bool) -> None:
    file = root / FILE
    if not os.path.lexists(file):
        _make(root, create=create)
    elif not stat.S_ISREG(file.stat().st_mode):
        raise _no_casebook(root, f"{FILE} there is no ordinary file.")
    elif not _looks_like_a_database(file):
        raise DamagedError("DX-NOT-A-DATABASE", f"{FILE} there is no database.", where=str(root))
    if not (os.access(file, os.R_OK) and os.access(root, os.R_OK | os.X_OK)):
        raise MachineError("DX-UNREADABLE", "The casebook may not be read.", where=str(root))
    if not (os.access(file, os.W_OK) and os.access(root, os.W_OK)):
        todo = "Check owner and permissions; to read it where it cannot be written, copy it."
        raise MachineError("DX-READ-ONLY", "The casebook is read-only.", where=str(root), todo=todo)
    _make_private(root)


def _looks_like_a_database(file: Path) -> bool:
    # SQLite takes a file of a few bytes for an empty one and writes over it.
    if not os.access(file, os.R_OK):
        return True
    with open(file, "rb") as opened:
        return opened.read(len(_MAGIC)) in (b"", _MAGIC)


def _make(root: Path, *, create: bool) -> None:
    if os.path.lexists(root) and not root.is_dir():
        raise _no_casebook(root, "This is no folder.")
    if not create:
        raise _no_casebook(root, "There is no casebook here.")
    if root.is_dir() and any(name != ".DS_Store" for name in os.listdir(root)):
        # A casebook that another process is just making is no stranger's folder.
        if not os.path.lexists(root / FILE):
            raise _no_casebook(root, "The folder holds other things and no casebook.")
        return
    root.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    root.chmod(PRIVATE_FOLDER)
    # SQLite gives its -wal and -shm files the mode of this one.
    os.close(os.open(root / FILE, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    sync_folder(root)
    # A parent that may be entered but not listed cannot be synced by us.
    with suppress(PermissionError):
        sync_folder(root.parent)


def _no_casebook(root: Path, what: str) -> InputError:
    todo = "Name another folder with --casebook; `docexam new` makes a casebook in an empty one."
    return InputError("DX-NOT-A-CASEBOOK", what, where=str(root), todo=todo)


def _make_private(root: Path) -> None:
    for path, mode in ((root, PRIVATE_FOLDER), (root / FILE, PRIVATE_FILE)):
        if not path.exists():
            continue
        held = path.stat()
        if held.st_uid == os.geteuid() and stat.S_IMODE(held.st_mode) & 0o077:
            path.chmod(mode)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def connect(root: Path) -> sqlite3.Connection:
    """Open the casebook file of a prepared folder; raises sqlite3.Error.

    Transactions are explicit (no implicit BEGIN). Changes nothing in the file.
    """
    if sqlite3.sqlite_version_info < schema.OLDEST_SQLITE:
        need = ".".join(str(n) for n in schema.OLDEST_SQLITE)
        what = f"This Python has SQLite {sqlite3.sqlite_version}; docexam needs {need} or newer."
        raise MachineError("DX-SQLITE-TOO-OLD", what, todo="Use a newer Python.")
    con = sqlite3.connect(
        root / FILE, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in _SETTINGS:
            con.execute(setting)
    except BaseException:
        con.close()
        raise
    return con


def begin(con: sqlite3.Connection, wait_ms: int | None = None) -> None:
    """Begin a transaction that writes; waits so long for another writer to end.

    SQLite's own waiting grows to 100 ms a try and can lose against a busy writer for seconds;
    short tries get their turn within a few of the other's transactions.
    """
    patience = BUSY_MS if wait_ms is None else wait_ms
    until = time.monotonic() + patience / 1000
    con.execute("PRAGMA busy_timeout = 0")
    try:
        while not _begun(con, last_try=time.monotonic() >= until):
            # Uneven, so that two who wait do not keep step.
            time.sleep(_TRY_PAUSE_S * (0.5 + os.urandom(1)[0] / 256))
    finally:
        con.execute(f"PRAGMA busy_timeout = {patience}")


def _begun(con: sqlite3.Connection, *, last_try: bool) -> bool:
    try:
        con.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last_try or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise
        return False
    return True


def use_log(con: sqlite3.Connection) -> None:
    """Make the file keep a write-ahead log; raises sqlite3.Error."""
    for attempt in range(_SWITCH_TRIES):
        # The switch does not wait for other processes as statements do.
        try:
            con.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or attempt == _SWITCH_TRIES - 1:
                raise
            time.sleep(_SWITCH_PAUSE_S)
