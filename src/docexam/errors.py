"""One family of errors: a code, what happened, where, and what to do about it."""

from __future__ import annotations

EXIT_DONE = 0
EXIT_MACHINE = 1
EXIT_INPUT = 2
EXIT_DAMAGED = 3
EXIT_NOT_YOURS = 4


class DocexamError(Exception):
    """An error written for the person who reads it.

    `code` is stable and greppable, `what` one sentence, `where` a place (file, case, option) or
    an empty string, `todo` what the reader can do next.
    """

    exit_code = EXIT_MACHINE

    def __init__(self, code: str, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.todo}" if self.todo else ""
        return f"{place}{self.what}{advice}"


class MachineError(DocexamError):
    """The machine could not: disk full, permissions, no terminal. Exit code 1."""

    exit_code = EXIT_MACHINE


class LackingError(MachineError):
    """What this needs, an optional package or its data, is not installed. Exit code 1."""


class InputError(DocexamError):
    """The call or the input is at fault. Exit code 2."""

    exit_code = EXIT_INPUT


class DamagedError(DocexamError):
    """The store, an original or a package is damaged or was tampered with. Exit code 3."""

    exit_code = EXIT_DAMAGED


class NotYoursError(DocexamError):
    """The examination is closed or belongs to another examiner. Exit code 4."""

    exit_code = EXIT_NOT_YOURS
