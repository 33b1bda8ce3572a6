"""`report` and `crop`: what leaves the tool."""

from __future__ import annotations

import argparse

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.domain.finding import parse_region


def add_report(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam report`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="“-” prints it")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_report(args: argparse.Namespace) -> int:
    """Write an assessment report, readable by its owner alone."""
    from docexam.workbench.reporting import write_report

    written = write_report(workbench_of(args), args.handle, args.format, args.output, args.of)
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
