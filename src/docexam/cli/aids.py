"""`aid list` and `aid NAME INPUT…`: programs that propose, run on their own."""

from __future__ import annotations

import argparse
from typing import Any

from docexam.cli.output import say, say_json, tell
from docexam.errors import InputError


def add_aid(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam aid`."""
    parser.add_argument("name", metavar="list|NAME")
    parser.add_argument("inputs", metavar="TEXT|IMAGE", nargs="*")
    parser.add_argument("--region", metavar="X,Y,W,H", help="of an image, in fractions")
    parser.add_argument("--issued", default="", metavar="DATE", help="when the document was issued")
    parser.add_argument("--born", default="", metavar="DATE", help="for places: the date of birth")
    parser.add_argument("--kind", default="", metavar="KIND", help="for numbers: the document")


def run_aid(args: argparse.Namespace) -> int:
    """Print the cards, or what one aid proposes; nothing is recorded."""
    from docexam.workbench import aiding

    if args.name == "list":
        return _list(args)
    _refuse_idle(args)
    box = _box(args.region)
    if args.json:
        told = {"issued": args.issued, "born": args.born, "kind": args.kind}
        made = aiding.run_on_its_own(args.name, args.inputs, box=box, **told)
        say_json(made)
        return aiding.exit_code(made)
    shown = aiding.told(args.name, args.inputs, box, args.issued, args.kind)
    for one in shown:
        _print(one)
    return aiding.exit_code(shown)


def _refuse_idle(args: argparse.Namespace) -> None:
    """Refuse an option that the aid would pass over: somebody meant something by it."""
    from docexam.aids.text import TEXT_AIDS

    if args.born and args.name != "places":
        raise InputError("DX-CALL", f"--born is for places; “{args.name}” has no use for it.")
    if args.region and args.name in TEXT_AIDS and args.name != "mrz":
        raise InputError("DX-CALL", f"--region is of a picture; “{args.name}” looks at text.")


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    from docexam.domain.finding import Region, checked_region

    if text is None:
        return None
    try:
        x, y, w, h = (float(part) for part in text.split(","))
    except ValueError:
        raise InputError(
            "DX-REGION",
            "A region of an image is X,Y,W,H in fractions.",
            todo="Write four numbers from 0 to 1, such as 0.1,0.2,0.5,0.1, or leave out --region.",
        ) from None
    checked_region(Region("", box=(x, y, w, h)), "--region")
    return x, y, w, h


def _list(args: argparse.Namespace) -> int:
    from docexam.workbench.aiding import cards

    found, troubles = cards()
    for trouble in troubles:
        tell(f"docexam: warning: {trouble}")
    if args.json:
        say_json(found)
        return 0
    for card in found:
        say(f"{card['id']} {card['version']}: {card['purpose']}")
        for limit in card["cannot"]:
            say(f"  cannot: {limit}")
        say(f"  measured: {card['measured']}")
        for figure in card["figures"]:
            made = ", synthetic" if card["synthetic"] else ""
            of = f", {figure['material']}" if figure.get("material") else ""
            say(f"    {figure['name']}: {figure['value']:g} (n = {figure['n']}{of}{made})")
    return 0


def _print(one: dict[str, Any]) -> None:
    if one.get("of"):
        for line in str(one["of"]).splitlines() or [""]:
            say(line)
    for proposal in one.get("proposals", ()):
        say(f"  {proposal['says']}")
        for ground in proposal["grounds"]:
            say(f"      {ground['says']}")
    if not one.get("proposals"):
        say(f"  {one.get('reason') or 'nothing to propose'}")
