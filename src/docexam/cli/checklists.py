"""`checklist …`: the checklists and their language."""

from __future__ import annotations

import argparse
import importlib

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.errors import EXIT_INPUT

ACTS = ("list", "show", "check")


def add_checklist(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam checklist`."""
    acts = parser.add_subparsers(dest="act", metavar="|".join(ACTS), required=True)
    from docexam.cli.dispatch import add_late_globals

    listing = acts.add_parser("list", help="the checklists at hand")
    show = acts.add_parser("show", help="a checklist, includes resolved, in walking order")
    show.add_argument("id", metavar="ID|PATH")
    check = acts.add_parser("check", help="every fault of every file")
    check.add_argument("targets", metavar="PATH|ID", nargs="*")
    check.add_argument("--strict", action="store_true", help="warnings count as errors")
    check.add_argument("--format", choices=("text", "github"), default="text")
    for part in (listing, show, check):
        add_late_globals(part)


def run_checklist(args: argparse.Namespace) -> int:
    """Run one of the acts on checklists."""
    module = importlib.import_module(__name__)
    result: int = getattr(module, f"_run_{args.act}")(args)
    return result


def _run_list(args: argparse.Namespace) -> int:
    entries = workbench_of(args).checklists()
    if args.json:
        say_json(entries)
        return 0
    for entry in entries:
        origin = "shipped" if entry["shipped"] else entry["path"]
        say(f"{entry['id']:<28} {entry['version']:<8} {entry['title']}  ({origin})")
    return 0


def _run_show(args: argparse.Namespace) -> int:
    from docexam.workbench.display import checklist_shown

    data = checklist_shown(workbench_of(args).load_checklist(args.id))
    if args.json:
        say_json(data)
        return 0
    say(f"{data['title']}  ({data['id']} {data['version']})")
    say(f"sha256 {data['sha256']}")
    section = None
    titles = {s["id"]: s["title"] for s in data["sections"]}
    for item in data["indicators"]:
        if item["section"] != section:
            section = item["section"]
            say(f"\n{titles.get(section, 'About the material')}".strip("\n"))
        critical = "  critical" if item["critical"] else ""
        say(f"  {item['id']}: {item['ask']}{critical}")
        answers = ", ".join(c["id"] for c in item["choices"]) or item["type"]
        say(f"      {answers}")
    return 0


def _run_check(args: argparse.Namespace) -> int:
    bench = workbench_of(args)
    faults = bench.check_checklists(args.targets)
    if args.json:
        say_json([fault.to_dict() for fault in faults])
    else:
        for fault in faults:
            say_lines(fault.github() if args.format == "github" else fault.render())
    errors = [f for f in faults if f.level == "error"]
    warnings = [f for f in faults if f.level == "warn"]
    if not args.json:
        tell(f"{len(errors)} errors, {len(warnings)} warnings")
    return EXIT_INPUT if errors or (args.strict and warnings) else 0


def say_lines(text: str) -> None:
    """Print a text of several lines."""
    for line in text.splitlines():
        say(line)
