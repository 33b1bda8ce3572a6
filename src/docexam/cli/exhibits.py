"""`new`, `add`, `list`, `dispose`: exhibits as a whole."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.domain.exhibit import Provenance
from docexam.workbench.bench import ExhibitLine


def add_new(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam new`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("images", metavar="IMAGE", nargs="+", help="JPEG, PNG, TIFF or WebP")
    parser.add_argument("--checklist", metavar="ID|PATH", required=True)
    parser.add_argument("--source", default="", metavar="TEXT", help="where the images came from")
    parser.add_argument("--url", default="")
    parser.add_argument("--obtained", default="", metavar="DATE", help="when, YYYY-MM-DD")
    parser.add_argument("--reliability", default="", metavar="A-F", help="of the source")
    parser.add_argument("--credibility", default="", metavar="1-6", help="of the information")
    parser.add_argument("--collected-by", default="", metavar="NAME")
    parser.add_argument("--seen", metavar="TEXT", help="what you have already seen or been told")


def run_new(args: argparse.Namespace) -> int:
    """Take in images as a new exhibit."""
    provenance = Provenance(
        source=args.source,
        url=args.url,
        obtained=args.obtained,
        reliability=args.reliability.upper(),
        credibility=args.credibility,
        collected_by=args.collected_by,
    )
    made = workbench_of(args).new(args.handle, args.checklist, args.images, provenance, args.seen)
    for note in made.notes:
        tell(note)
    state = made.review.examination
    if args.json:
        say_json(_summary(made.review.handle, state.id, len(state.captures)))
    else:
        count = len(state.captures)
        images = "1 capture" if count == 1 else f"{count} captures"
        say(f"{made.review.handle}: {images} taken in, checklist {state.checklist.id}")
    return 0


def _summary(handle: str, examination: str, captures: int) -> dict[str, object]:
    case, _, exhibit = handle.partition("/")
    return {"case": case, "exhibit": exhibit, "examination": examination, "captures": captures}


def add_add(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam add`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("images", metavar="IMAGE", nargs="+")


def run_add(args: argparse.Namespace) -> int:
    """Add later captures to an exhibit."""
    review, notes = workbench_of(args).add(args.handle, args.images)
    for note in notes:
        tell(note)
    state = review.examination
    if args.json:
        say_json(_summary(review.handle, state.id, len(state.captures)))
    else:
        say(f"{review.handle}: {len(state.captures)} captures")
    return 0


def add_list(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam list`."""
    parser.add_argument("case", metavar="CASE", nargs="?")
    parser.add_argument("--find", metavar="T", help="in names, notes and readings")


def run_list(args: argparse.Namespace) -> int:
    """Print the exhibits, newest first."""
    lines = workbench_of(args).exhibits(args.case, args.find)
    if args.json:
        say_json([asdict(line) for line in lines])
        return 0
    for line in lines:
        say(_line(line))
    if not lines:
        tell("No exhibits. “docexam new” takes one in; “docexam demo” shows one.")
    return 0


def _line(line: ExhibitLine) -> str:
    critical = f", {line.critical_open} critical open" if line.critical_open else ""
    counts = "closed to you" if line.total is None else f"{line.answered} of {line.total}{critical}"
    return (
        f"{line.case}/{line.exhibit}  {line.state}  {counts}  "
        f"{line.checklist}  {line.examiner}  {line.updated}"
    )


def add_dispose(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam dispose`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("--reason", required=True, help="stays in the journal: name nobody")


def run_dispose(args: argparse.Namespace) -> int:
    """Remove originals and personal values of an exhibit for good."""
    outcomes = workbench_of(args).dispose(args.handle, args.reason)
    if args.json:
        say_json([{"seq": o.event.seq, "hash": o.event.hash} for o in outcomes if o.event])
    else:
        for outcome in outcomes:
            say(f"{args.handle}: {outcome.message}")
    return 0
