"""Errors of SQLite and the system come out in words, with the exit code scripts rely on."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from docexam.casebook.words import os_in_words, spoken, sqlite_in_words
from docexam.errors import DocexamError


def failed(name: str, text: str = "reason") -> sqlite3.Error:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("name", "code", "exit_code", "words"),
    [
        ("SQLITE_FULL", "DX-DISK-FULL", 1, "could not be written: disk full"),
        ("SQLITE_READONLY_DIRECTORY", "DX-READ-ONLY", 1, "read-only"),
        ("SQLITE_IOERR_WRITE", "DX-DISK-REFUSED", 1, "the disk refused"),
        ("SQLITE_CANTOPEN", "DX-DISK-REFUSED", 1, "the disk refused"),
        ("SQLITE_BUSY", "DX-CASEBOOK-BUSY", 1, "another program"),
        ("SQLITE_NOMEM", "DX-STORE-FAILED", 1, "reason"),
        ("SQLITE_CORRUPT_VTAB", "DX-CASEBOOK-DAMAGED", 3, "is damaged"),
        ("SQLITE_NOTADB", "DX-NOT-A-DATABASE", 3, "no casebook"),
        ("SQLITE_CONSTRAINT_TRIGGER", "DX-JOURNAL-GUARD", 3, "A guard of the journal"),
    ],
)
def test_a_sqlite_error_has_words_and_a_code(
    name: str, code: str, exit_code: int, words: str
) -> None:
    error = sqlite_in_words(failed(name), "/here", writing=True)
    assert (error.code, error.exit_code, error.where) == (code, exit_code, "/here")
    assert words in error.what
    if exit_code == 1:
        assert error.what.endswith("; nothing was recorded.")
        assert "written" in error.what
        read = sqlite_in_words(failed(name), "/here", writing=False)
        assert "recorded" not in read.what


def test_a_lost_table_is_damage() -> None:
    error = sqlite_in_words(failed("SQLITE_ERROR", "no such table: events"), "", writing=False)
    assert error.exit_code == 3


def test_an_error_without_a_name_still_has_words() -> None:
    assert "odd" in sqlite_in_words(sqlite3.ProgrammingError("odd"), "", writing=False).what


def test_text_of_the_file_in_an_error_is_made_visible() -> None:
    error = sqlite_in_words(failed("SQLITE_CORRUPT", "in \x1b[2Jtable"), "", writing=False)
    assert "\x1b" not in str(error)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "DX-DISK-FULL"),
        (errno.EFBIG, "DX-DISK-FULL"),
        (errno.EROFS, "DX-READ-ONLY"),
        (errno.EACCES, "DX-NO-PERMISSION"),
        (errno.EIO, "DX-DISK-REFUSED"),
    ],
)
def test_a_system_error_has_words_and_a_code(number: int, code: str) -> None:
    error = os_in_words(OSError(number, "reason"), "/here")
    assert (error.code, error.exit_code) == (code, 1)


def test_only_sqlite_errors_are_translated() -> None:
    with pytest.raises(DocexamError), spoken("/here"):
        raise failed("SQLITE_FULL")
    with pytest.raises(KeyError), spoken("/here"):
        raise KeyError
