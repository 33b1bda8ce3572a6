"""`checklist …`: the checklists and their language."""

from __future__ import annotations

import argparse
import importlib
from typing import Any

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.errors import EXIT_INPUT

ACTS = ("list", "show", "check", "new", "edit", "diff", "upgrade", "translate", "schema")


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
    diff = acts.add_parser("diff", help="what changed in meaning and in weight")
    diff.add_argument("old", metavar="A")
    diff.add_argument("new", metavar="B")
    upgrade = acts.add_parser("upgrade", help="move an examination to a newer version")
    upgrade.add_argument("handle", metavar="CASE/EXHIBIT")
    upgrade.add_argument("--to", metavar="ID|PATH", help="default: the same id at hand now")
    upgrade.add_argument("--dry-run", action="store_true", help="only show what it would do")
    upgrade.add_argument("--yes", action="store_true", help="do not ask on a terminal")
    for part in (listing, show, check, diff, upgrade, *_writing_acts(acts)):
        add_late_globals(part)


def _writing_acts(acts: Any) -> tuple[argparse.ArgumentParser, ...]:
    new = acts.add_parser("new", help="a new checklist of your own, from a template")
    new.add_argument("id", metavar="ID")
    new.add_argument("--title", default="", metavar="TEXT")
    new.add_argument("--language", default="en", metavar="LANG")
    new.add_argument("--template", default="minimal", metavar="NAME")
    edit = acts.add_parser("edit", help="open the editor; a shipped one becomes a copy of yours")
    edit.add_argument("id", metavar="ID|PATH")
    edit.add_argument("--theme", metavar="NAME", help="dark, light, contrast or plain")
    translate = acts.add_parser("translate", help="what a translation lacks or what is stale in it")
    translate.add_argument("id", metavar="ID|PATH")
    translate.add_argument("--language", default="uk", metavar="LANG")
    translate.add_argument("--write", action="store_true", help="write a skeleton of what lacks")
    schema = acts.add_parser("schema", help="the JSON Schema for editors")
    return new, edit, translate, schema


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


def _run_diff(args: argparse.Namespace) -> int:
    from docexam.workbench.upgrading import diff_data

    bench = workbench_of(args)
    changes = diff_data(bench.load_checklist(args.old), bench.load_checklist(args.new))
    if args.json:
        say_json(changes)
        return 0
    _print_changes(changes)
    if not changes:
        say("No change in meaning or weight.")
    return 0


def _print_changes(changes: list[dict[str, str]]) -> None:
    for change in changes:
        names = " → ".join(dict.fromkeys(n for n in (change["was"], change["now"]) if n))
        detail = f": {change['detail']}" if change["detail"] else ""
        say(f"{change['kind']:<8} {change['part']} {names}{detail}")


def _run_upgrade(args: argparse.Namespace) -> int:
    from docexam.workbench.upgrading import move, plan_data

    bench = workbench_of(args)
    review = bench.own_review(args.handle)
    new = bench.load_checklist(args.to or review.examination.checklist.id)
    plan = plan_data(review, new)
    if not args.json:
        _print_plan(plan)
    done = not args.dry_run and (args.yes or args.json or _agreed())
    if done:
        move(review, new)
    if args.json:
        say_json(plan | {"done": done})
    else:
        told = f"now {plan['to']}; “docexam undo” takes it back" if done else "nothing was done"
        say(f"{args.handle}: {told}")
    return 0


def _agreed() -> bool:
    """Ask on a terminal; a script that runs the command means it, and undo takes it back."""
    import sys

    if not sys.stdin.isatty():
        return True
    sys.stderr.write("Move the examination? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _print_plan(plan: dict[str, Any]) -> None:
    _print_changes(plan["changes"])
    say(f"carried over: {len(plan['carried'])} answers")
    for name, now in plan["reopened"].items():
        say(f"reopened, the question changed: {name}" + (f" → {now}" if now != name else ""))
    for name in plan["dropped"]:
        say(f"no longer asked, stays in the journal: {name}")


def _run_schema(args: argparse.Namespace) -> int:
    from docexam.workbench.checklist_language import schema_text

    say_lines(schema_text())
    return 0


def _run_new(args: argparse.Namespace) -> int:
    from docexam.workbench.checklist_files import new_checklist

    title = args.title or _asked("Title, as the examiner will read it: ") or args.id
    path = new_checklist(workbench_of(args).library(), args.id, title, args.language, args.template)
    if args.json:
        say_json({"id": args.id, "path": str(path)})
    else:
        say(str(path))
        tell(f"“docexam checklist edit {args.id}” opens it.")
    return 0


def _asked(prompt: str) -> str:
    """Ask on a terminal; empty elsewhere."""
    import sys

    if not sys.stdin.isatty():
        return ""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _run_edit(args: argparse.Namespace) -> int:
    from docexam.cli.screen import must_be_terminal, screen_options

    must_be_terminal()
    bench = workbench_of(args)
    from docexam.tui.screens.editor import run_editor

    return run_editor(bench, args.id, screen_options(args))


def _run_translate(args: argparse.Namespace) -> int:
    from docexam.workbench.checklist_language import translation_state, write_skeleton

    library = workbench_of(args).library()
    if args.write:
        path = write_skeleton(library, args.id, args.language)
        tell(f"Written: {path}")
    state = translation_state(library, args.id, args.language)
    if args.json:
        say_json(state)
        return 0
    if not state["exists"]:
        say(f"{args.id} has no translation into {args.language}; --write makes a skeleton")
        return 0
    reviewed = "read by somebody fluent" if state["reviewed"] else "not yet read by anybody fluent"
    say(f"{args.id}, {args.language}: {reviewed}")
    for name in state["lacking"]:
        say(f"  not translated: {name}")
    for name in state["stale"]:
        say(f"  the original has changed since: {name}")
    return 0
