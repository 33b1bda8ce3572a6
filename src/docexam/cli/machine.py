"""`keys`, `doctor`, `locate`: the screen's keys, this machine, the folders."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json
from docexam.workbench.folders import folders


def add_keys(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam keys`."""
    parser.add_argument("--keymap", metavar="FILE", help="with your own keys, a TOML file")


def run_keys(args: argparse.Namespace) -> int:
    """Print every command of the screen with its keys."""
    from docexam.tui.keyboard import bindings

    own = folders(args.casebook).keymap
    rows = bindings(args.keymap or (own if own.is_file() else None))
    if args.json:
        say_json([row._asdict() for row in rows])
        return 0
    context = None
    for row in rows:
        if row.context != context:
            context = row.context
            say(f"\n{context}".lstrip("\n"))
        say(f"  {', '.join(row.keys):<18} {row.title}  [{row.id}]")
    return 0


def add_doctor(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam doctor`."""


def run_doctor(args: argparse.Namespace) -> int:
    """Say what works here and what would help; exit 1 when something needed is missing."""
    from docexam.workbench.doctor import examine_machine

    findings = examine_machine(workbench_of(args))
    if args.json:
        say_json([asdict(f) for f in findings])
    else:
        marks = {"ok": "✓", "note": "·", "bad": "✗"}
        for finding in findings:
            say(f"{marks[finding.level]} {finding.what}")
            if finding.todo:
                say(f"    {finding.todo}")
    return 1 if any(f.level == "bad" for f in findings) else 0


def add_locate(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam locate`."""


def run_locate(args: argparse.Namespace) -> int:
    """Print the folders docexam uses."""
    where = folders(args.casebook).as_dict()
    if args.json:
        say_json(where)
    else:
        for name, path in where.items():
            say(f"{name:<11} {path}")
    return 0
