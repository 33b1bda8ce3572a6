"""`same`: what stands twice in images, in an exhibit, or in two exhibits of the casebook."""

from __future__ import annotations

import argparse
from typing import Any

from docexam.cli.output import say, say_json, tell
from docexam.errors import InputError


def add_same(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam same`."""
    parser.add_argument("inputs", metavar="IMAGE|CASE/EXHIBIT", nargs="+")
    parser.add_argument(
        "--all", action="store_true", help="also compare with every other exhibit here"
    )


def run_same(args: argparse.Namespace) -> int:
    """Print the seals, portraits, handwriting and pages that match; nothing is recorded."""
    from docexam.cli.progress import shown
    from docexam.workbench.again import Watch

    watch = Watch()
    try:
        with shown("comparing", lambda: watch.share):
            data = _searched(args, watch)
    finally:
        # Ctrl-C ends the search here too, should it run on elsewhere.
        watch.stopped = True
    if args.json:
        say_json(data)
        return 0
    _print(data)
    return 0


def _searched(args: argparse.Namespace, watch: Any) -> dict[str, Any]:
    from docexam.workbench import again

    inputs = list(args.inputs)
    if len(inputs) == 1 and again.is_handle(inputs[0]):
        from docexam.cli.context import workbench_of

        bench = workbench_of(args)
        return again.same_in_exhibit(bench, inputs[0], everywhere=args.all, run=watch)
    if args.all:
        raise InputError(
            "DX-SAME",
            "“--all” compares one exhibit with the others.",
            todo="docexam same CASE/EXHIBIT --all",
        )
    return again.same_in_files(inputs, watch)


def _print(data: dict[str, Any]) -> None:
    for one in data["left_out"]:
        tell(f"docexam: left out: {one['of']}: {one['why']}")
    for pair in data["same"]:
        say(pair["says"])
        for side in ("a", "b"):
            box = ",".join(f"{v:.3f}" for v in pair[side]["box"])
            say(f"    {pair[side]['of']} capture {pair[side]['capture']}: {box}")
        say(f"    {pair['inliers']} of {pair['places']} places agree. {pair['innocent']}")
    zones = sum(len(one["zones"]) for one in data["looked_at"])
    if not data["same"]:
        say(f"No two of the {zones} places found match; that proves no difference.")
    if data["limits"]:
        tell(f"docexam: {data['limits']}")
