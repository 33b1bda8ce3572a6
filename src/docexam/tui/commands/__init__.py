"""Every command of the screen; a command is a class."""

from __future__ import annotations

from typing import Any

from docexam.tui.commands import (
    answering,
    cases,
    concluding,
    concluding_forms,
    dialogs,
    editing,
    general,
    marking,
    proposing,
    viewing,
    walking,
)
from docexam.tui.commands.command import CONTEXTS, STACKS, Command

__all__ = ["ALL", "BY_ID", "CONTEXTS", "STACKS", "Command"]

ALL: tuple[Command[Any], ...] = tuple(
    command()
    for module in (
        answering,
        walking,
        marking,
        viewing,
        proposing,
        general,
        concluding,
        concluding_forms,
        cases,
        dialogs,
        editing,
    )
    for command in module.COMMANDS
)
BY_ID: dict[str, Command[Any]] = {command.id: command for command in ALL}
