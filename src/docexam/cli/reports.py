"""`report` and `crop`: what leaves the tool."""

from __future__ import annotations

import argparse

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.domain.finding import parse_region


def add_report(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam report`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("--format", choices=FORMATS, default="markdown")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="“-” prints it")
    parser.add_argument("--redact", choices=("public", "partner", "none"), default="public")
    parser.add_argument("--for", dest="for_whom", default="", metavar="WHO", help="the recipient")
    parser.add_argument("--release", action="append", default=[], metavar="KEY")
    parser.add_argument("--withhold", action="append", default=[], metavar="PLACE")
    parser.add_argument("--language", choices=("en", "uk"), default="en")
    parser.add_argument("--marking", default="", metavar="TEXT", help="on every page")
    parser.add_argument("--question", default="", metavar="TEXT", help="the question asked")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


FORMATS = ("markdown", "json", "html", "pdf")


def run_report(args: argparse.Namespace) -> int:
    """Write an assessment report, readable by its owner alone."""
    from docexam.cli.progress import shown
    from docexam.reports.build import Options
    from docexam.reports.ledger import Policy
    from docexam.workbench.reporting import Progress, Wish, write_report

    policy = Policy(args.redact, args.for_whom, frozenset(args.release), frozenset(args.withhold))
    options = Options(language=args.language, marking=args.marking, question=args.question)
    wish = Wish(args.format, policy, options)
    progress = Progress()
    with shown("Writing the report", lambda: progress.share):
        bench = workbench_of(args)
        written = write_report(bench, args.handle, wish, args.output, args.of, progress)
    for warning in written.warnings:
        tell(f"docexam: warning: {warning}")
    if args.output == "-":
        return 0
    if args.json:
        say_json({"file": args.output, "sha256": written.sha256, "bytes": written.size})
    else:
        say(f"{args.output}: {written.size} bytes, sha256 {written.sha256}")
    return 0


def add_crop(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam crop`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("region", metavar="CAPTURE:BOX")
    parser.add_argument("-o", "--output", required=True, metavar="FILE")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_crop(args: argparse.Namespace) -> int:
    """Write a region as PNG: true pixels of the original, metadata stripped."""
    from docexam.workbench.cropping import write_crop

    review = workbench_of(args).review(args.handle, args.of)
    region = parse_region(args.region, review.examination.captures)
    size = write_crop(review, region, args.output)
    if args.json:
        say_json({"file": args.output, "bytes": size, **region.to_dict()})
    else:
        say(f"{args.output}: {size} bytes")
    return 0
