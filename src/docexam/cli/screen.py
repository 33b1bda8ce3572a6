"""`review`, `demo` and the list of cases: the commands that open the screen."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from docexam.cli.context import examiner_of, workbench_of
from docexam.cli.output import say, tell
from docexam.errors import InputError, MachineError
from docexam.tui.options import Options
from docexam.workbench.bench import Workbench, checked_examiner
from docexam.workbench.folders import folders, remember


def _add_screen_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--theme", metavar="NAME", help="dark, light, contrast or none")
    parser.add_argument("--keymap", metavar="FILE", help="your own keys, a TOML file")
    parser.add_argument(
        "--renderer", choices=("auto", "half", "quadrant"), default="auto", help="picture cells"
    )
    parser.add_argument("--link", choices=("fast", "slow"), default="fast", help="slow: for ssh")


def add_review(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam review`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")
    _add_screen_options(parser)


def run_review(args: argparse.Namespace) -> int:
    """Open the review screen of an examination."""
    must_be_terminal()
    _ask_who(args)
    bench = workbench_of(args)
    bench.find(args.handle, args.of)
    from docexam.tui.app import run_review as run_screen

    return run_screen(bench, args.handle, screen_options(args), of=args.of)


def add_cases(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam` without a command."""
    _add_screen_options(parser)


def run_cases(args: argparse.Namespace) -> int:
    """Open the list of cases."""
    must_be_terminal()
    _ask_who(args)
    from docexam.tui.app import run_cases as run_screen

    return run_screen(workbench_of(args), screen_options(args))


def add_demo(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam demo`."""
    parser.add_argument("--fresh", action="store_true", help="begin anew")
    _add_screen_options(parser)


def run_demo(args: argparse.Namespace) -> int:
    """Open the review of a shipped specimen in a casebook of its own."""
    from docexam.workbench.demo import DEMO_EXAMINER, DEMO_HANDLE, prepare_demo

    where = folders()
    bench = Workbench(where.demo, DEMO_EXAMINER, checklists=where.checklists)
    if sys.stdout.isatty():
        say("Preparing the demonstration …")
    bench = prepare_demo(bench, fresh=args.fresh)
    must_be_terminal()
    from docexam.tui.app import run_review as run_screen

    return run_screen(bench, DEMO_HANDLE, screen_options(args), of=None)


def must_be_terminal() -> None:
    """Raise MachineError (DX-TERMINAL) where no screen can be shown."""
    # The screen is drawn on standard error, keys are read from standard input.
    if sys.stdin.isatty() and sys.stderr.isatty():
        return
    raise MachineError(
        "DX-TERMINAL",
        "The review screen needs a terminal for keys (standard input) and pictures (standard "
        "error).",
        todo="Run it in a terminal, or use record, show and report, which need none.",
    )


def _ask_who(args: argparse.Namespace) -> None:
    """Ask for the examiner's name once, and remember it for the next start."""
    if examiner_of(args):
        return
    sys.stderr.write("Your name, as it shall stand in reports: ")
    sys.stderr.flush()
    try:
        name = checked_examiner(input())
    except EOFError:
        raise InputError(
            "DX-WHO", "Nobody was named as the examiner.", todo="Give --examiner NAME."
        ) from None
    remember(folders(args.casebook).settings, examiner=name)
    tell(f"Remembered: {name}. --examiner NAME takes another one.")
    args.examiner = name


def screen_options(args: argparse.Namespace) -> Options:
    """Return the screen's options that the call names; those it lacks are the usual ones."""
    own = folders(args.casebook).keymap
    named = getattr(args, "keymap", None)
    keymap = Path(named) if named else (own if own.is_file() else None)
    return Options(
        theme=args.theme,
        keymap=keymap,
        renderer=getattr(args, "renderer", "auto"),
        link=getattr(args, "link", "fast"),
        no_color=bool(os.environ.get("NO_COLOR")),
    )
