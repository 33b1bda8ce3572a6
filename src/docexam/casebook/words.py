"""Errors of SQLite and of the operating system, said in words and given an exit code."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from docexam.domain.text import visible
from docexam.errors import DamagedError, DocexamError, MachineError

NOTHING_RECORDED = "nothing was recorded."
_FULL = "Free some space, then do it again."
_CHECK = "Check the disk; a copy of the casebook made before is the way back."


def sqlite_in_words(error: sqlite3.Error, place: str, *, writing: bool) -> DocexamError:
    """Return what a SQLite error means for the person; `place` is the casebook's path."""
    name = getattr(error, "sqlite_errorname", None) or ""
    damaged = _damage_in_words(name, error, place)
    return damaged or _machine_in_words(name, error, place, writing=writing)


def _damage_in_words(name: str, error: sqlite3.Error, place: str) -> DamagedError | None:
    if name == "SQLITE_NOTADB":
        return DamagedError(
            "DX-NOT-A-DATABASE", "The file is no casebook.", where=place, todo=_CHECK
        )
    if name.startswith("SQLITE_CORRUPT") or _lacks_schema(name, error):
        what = f"The casebook is damaged ({visible(str(error))})."
        return DamagedError("DX-CASEBOOK-DAMAGED", what, where=place, todo=_CHECK)
    if name == "SQLITE_CONSTRAINT_TRIGGER":
        what = f"A guard of the journal refused this: {visible(str(error))}; {NOTHING_RECORDED}"
        return DamagedError("DX-JOURNAL-GUARD", what, where=place, todo="`docexam show` says more.")
    return None


def _lacks_schema(name: str, error: sqlite3.Error) -> bool:
    return name == "SQLITE_ERROR" and str(error).startswith("no such ")


def _machine_in_words(
    name: str, error: sqlite3.Error, place: str, *, writing: bool
) -> MachineError:
    aftermath = f"; {NOTHING_RECORDED}" if writing else "."
    could_not = "The casebook could not be written" if writing else "The casebook could not be read"
    if name == "SQLITE_FULL":
        what = f"The casebook could not be written: disk full{aftermath}"
        return MachineError("DX-DISK-FULL", what, where=place, todo=_FULL)
    if name.startswith("SQLITE_READONLY"):
        what = f"The casebook could not be written: it is read-only{aftermath}"
        return MachineError("DX-READ-ONLY", what, where=place, todo="Check its permissions.")
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        what = f"{could_not}: the disk refused (full, over a limit, or failing){aftermath}"
        return MachineError("DX-DISK-REFUSED", what, where=place, todo=_FULL)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        what = f"{could_not}: another program has kept it locked{aftermath}"
        return MachineError("DX-CASEBOOK-BUSY", what, where=place, todo="Try again in a moment.")
    what = f"{could_not}: {visible(str(error))}{aftermath}"
    return MachineError("DX-STORE-FAILED", what, where=place)


def os_in_words(error: OSError, place: str) -> MachineError:
    """Return what an operating system error means for the person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        what = f"The file could not be written: disk full or over a limit; {NOTHING_RECORDED}"
        return MachineError("DX-DISK-FULL", what, where=place, todo=_FULL)
    if error.errno == errno.EROFS:
        return MachineError(
            "DX-READ-ONLY", "The file could not be written: it is read-only.", where=place
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        todo = "Check its owner and permissions."
        return MachineError("DX-NO-PERMISSION", "Access is not permitted.", where=place, todo=todo)
    reason = visible(error.strerror or str(error))
    return MachineError("DX-DISK-REFUSED", f"The system refused: {reason}.", where=place)


@contextmanager
def spoken(place: str, *, writing: bool = False) -> Iterator[None]:
    """Turn errors of SQLite inside the block into the program's own."""
    try:
        yield
    except sqlite3.Error as error:
        raise sqlite_in_words(error, place, writing=writing) from error
