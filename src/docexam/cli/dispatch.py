"""The table of commands and the way from words to a command's function."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from docexam.cli.main import VERSION
from docexam.cli.output import prepare_streams, tell, tell_error
from docexam.errors import EXIT_INPUT, EXIT_MACHINE, DocexamError, InputError


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module that defines it and one line of help.

    The module has `add_NAME(parser)` and `run_NAME(args) -> int`, dashes as underscores.
    """

    module: str
    help: str


COMMANDS = {
    "list": Command("exhibits", "the exhibits of this casebook"),
    "demo": Command("screen", "open the review of a shipped specimen"),
    "new": Command("exhibits", "take in images as a new exhibit"),
    "add": Command("exhibits", "add later captures to an exhibit"),
    "review": Command("screen", "open the review screen"),
    "record": Command("findings", "record one finding"),
    "transcribe": Command("findings", "transcribe one field"),
    "undo": Command("findings", "take back the last act"),
    "redo": Command("findings", "bring back the act undone last"),
    "show": Command("states", "the state of an examination, verified"),
    "log": Command("states", "the journal of an examination"),
    "close": Command("states", "freeze an examination and print its head hash"),
    "reopen": Command("states", "open a closed examination again"),
    "dispose": Command("exhibits", "remove originals and personal values, keep the fact"),
    "report": Command("reports", "write an assessment report"),
    "crop": Command("reports", "write a region in true pixels"),
    "checklist": Command("checklists", "list, show and check checklists"),
    "reveal": Command("states", "be shown what could sway you; an act of its own"),
    "support": Command("conclusions", "what the findings add up to, once revealed"),
    "conclude": Command("conclusions", "state a conclusion on one question"),
    "second": Command("conclusions", "examine the same exhibit, blind to the others' work"),
    "compare": Command("conclusions", "set examinations side by side, with agreement"),
    "adjudicate": Command("conclusions", "settle an item on which examiners differ"),
    "reference": Command("specimens", "reference specimens of your own"),
    "sign": Command("packages", "sign a report, or the head of a journal"),
    "verify": Command("packages", "say what is proven, by which key, and what is not"),
    "export": Command("packages", "write a package that anybody can check"),
    "import": Command("packages", "take a package into this casebook"),
    "sheet": Command("packages", "a blank worksheet for a colleague without the tool"),
    "aid": Command("aids", "programs that propose, run on their own"),
    "same": Command("same", "seals, portraits, handwriting and pages that stand twice"),
    "proposals": Command("proposals", "show what aids propose; an act of its own"),
    "adopt": Command("proposals", "take a proposal over, or answer along with it"),
    "reject": Command("proposals", "reject a proposal, with a reason"),
    "keys": Command("machine", "the keys of the screen"),
    "doctor": Command("machine", "what works here and what would help"),
    "locate": Command("machine", "the folders docexam uses"),
}
GLOBALS_WITH_VALUE = frozenset({"--casebook", "--examiner"})


def run(words: list[str]) -> int:
    """Run the command that `words` name and return its exit code."""
    prepare_streams()
    debug = "--debug" in words
    try:
        return _run(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_INPUT
    except DocexamError as error:
        if debug:
            raise
        tell_error(error)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone; nothing is left to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_MACHINE
    except KeyboardInterrupt:
        tell("docexam: stopped; everything acknowledged before is kept")
        return EXIT_MACHINE
    except OSError as error:
        if debug:
            raise
        tell_error(_machine(error))
        return EXIT_MACHINE
    except Exception as error:
        if debug:
            raise
        tell(f"docexam: error: something unforeseen: {type(error).__name__}: {error} [DX-BUG]")
        tell("  This is a fault of docexam. Run the command again with --debug and report it.")
        return EXIT_MACHINE


def _machine(error: OSError) -> DocexamError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    what = "The disk is full." if full else f"The machine could not: {error.strerror}."
    return DocexamError("DX-MACHINE", what, where=str(error.filename or ""))


def _run(words: list[str]) -> int:
    position = _command_at(words)
    if position is None:
        if {"-h", "--help"} & set(words):
            sys.stdout.write(overview())
            return 0
        words = [*words, "list"] if not sys.stdout.isatty() else [*words, "cases"]
        position = len(words) - 1
    name = words[position]
    command = COMMANDS.get(name) or (Command("screen", "") if name == "cases" else None)
    if command is None:
        raise _unknown(name)
    module = importlib.import_module(f"docexam.cli.{command.module}")
    parser = _parser(name, command.help)
    attribute = name.replace("-", "_")
    getattr(module, f"add_{attribute}")(parser)
    args = _parsed(parser, words[:position] + words[position + 1 :])
    runner: Callable[[Any], int] = getattr(module, f"run_{attribute}")
    return runner(args)


def _parsed(parser: argparse.ArgumentParser, words: list[str]) -> argparse.Namespace:
    """Return the arguments; options may stand before, between and after a list of inputs."""
    args, rest = parser.parse_known_args(words)
    if not rest:
        return args
    try:
        # Reads a list on after an option, where plain parsing takes it to end.
        return parser.parse_intermixed_args(words)
    except TypeError:  # a command with commands of its own cannot be read so
        parser.error(f"unrecognized arguments: {' '.join(rest)}")


def _command_at(words: list[str]) -> int | None:
    """Return where the first word stands that is neither an option nor an option's value."""
    skip = False
    for at, word in enumerate(words):
        if skip:
            skip = False
        elif word in GLOBALS_WITH_VALUE:
            skip = True
        elif not word.startswith("-"):
            return at
    return None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError("DX-CALL", f"{self.prog}: {message}", todo=f"See “{self.prog} --help”.")


def _parser(name: str, help_line: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=f"docexam {name}", description=help_line, allow_abbrev=False)
    add_globals(parser)
    return parser


def add_globals(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command takes, before and after its name."""
    parser.add_argument("--casebook", metavar="DIR", help="the casebook's folder")
    parser.add_argument("--examiner", metavar="NAME", help="who is examining")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    parser.add_argument("--version", action="version", version=f"docexam {VERSION}")


def add_late_globals(parser: argparse.ArgumentParser) -> None:
    """Let a subcommand take the global options too, without undoing those given before it."""
    for name in ("--casebook", "--examiner"):
        parser.add_argument(name, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    for name in ("--json", "--debug"):
        parser.add_argument(
            name, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )


def _unknown(name: str) -> InputError:
    import difflib

    close = difflib.get_close_matches(name, COMMANDS, n=2, cutoff=0.5)
    hint = f"Did you mean {' or '.join(close)}? " if close else ""
    return InputError(
        "DX-COMMAND", f"There is no command “{name[:60]}”.", todo=f"{hint}See “docexam --help”."
    )


def overview() -> str:
    """Return the help of the program: every command in one line."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "usage: docexam [--casebook DIR] [--examiner NAME] [--json] [--debug] COMMAND …",
            "",
            "A terminal workbench for examining captured documents and defending the result.",
            "Without a command: the list of cases.",
            "",
            *lines,
            "",
            "“docexam COMMAND --help” tells more of one command.",
            "",
        ]
    )
