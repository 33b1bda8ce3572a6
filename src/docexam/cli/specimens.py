"""`reference add|list`: reference specimens of the casebook."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.domain.specimen import Specimen


def add_reference(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam reference`."""
    from docexam.cli.dispatch import add_late_globals

    acts = parser.add_subparsers(dest="act", metavar="add|list", required=True)
    add = acts.add_parser("add", help="take images in as reference specimens")
    add.add_argument("images", metavar="IMAGE", nargs="+")
    add.add_argument("--issuer", required=True, help="as a checklist's “applies” writes it: RU")
    add.add_argument("--kind", required=True, help="as a checklist's “applies” writes it")
    add.add_argument("--issued", default="", metavar="YEARS", help="2005, 1998..2010, 1998..")
    add.add_argument("--source", default="", metavar="TEXT")
    add.add_argument("--licence", default="", metavar="TEXT")
    add.add_argument("--may-export", action="store_true", help="may stand in a report")
    listing = acts.add_parser("list", help="the specimens of this casebook")
    listing.add_argument("--for", dest="checklist", metavar="ID|PATH", help="matching a checklist")
    for part in (add, listing):
        add_late_globals(part)


def run_reference(args: argparse.Namespace) -> int:
    """Add or list reference specimens."""
    return _add(args) if args.act == "add" else _list(args)


def _add(args: argparse.Namespace) -> int:
    from docexam.workbench.specimens import add_specimens

    terms = Specimen(
        "", args.issuer, args.kind, args.issued, args.source, args.licence, args.may_export
    )
    added = add_specimens(workbench_of(args), args.images, terms)
    if args.json:
        say_json([asdict(s) for s in added])
    else:
        for specimen in added:
            say(f"{specimen.name}: {specimen.citation}")
    return 0


def _list(args: argparse.Namespace) -> int:
    from docexam.workbench.specimens import all_specimens, specimens_for

    bench = workbench_of(args)
    chosen = args.checklist
    found = specimens_for(bench, bench.load_checklist(chosen)) if chosen else all_specimens(bench)
    if args.json:
        say_json([asdict(s) for s in found])
        return 0
    for specimen in found:
        export = "" if specimen.may_export else "  (cited only)"
        say(f"{specimen.citation}{export}")
    if not found:
        tell("No reference specimens. “docexam reference add” takes your own in.")
    return 0
