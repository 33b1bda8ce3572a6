"""`show`, `log`, `close`, `reopen`, `reveal`: the state of one examination."""

from __future__ import annotations

import argparse
from typing import Any

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.errors import EXIT_DAMAGED


def _add_handle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


add_show = add_log = add_close = _add_handle


def run_show(args: argparse.Namespace) -> int:
    """Print the state, folded anew from the verified journal; damaged originals exit 3."""
    data = workbench_of(args).shown(args.handle, args.of)
    if args.json:
        say_json(data)
    else:
        _print_state(data)
    broken = [c for c in data["captures"] if "broken" in c]
    for capture in broken:
        tell(f"docexam: error: capture {capture['n']} is broken: {capture['broken']}")
    return EXIT_DAMAGED if broken else 0


def _print_state(data: dict[str, Any]) -> None:
    progress = data["progress"]
    checklist = data["checklist"]
    say(f"{data['case']}/{data['exhibit']}  {data['state']}  examiner {data['examiner']}")
    say(f"checklist {checklist['id']} {checklist['version']}")
    counts = f"{progress['answered']} of {progress['total']} answered"
    say(f"{counts}, {progress['critical_open']} critical open")
    for capture in data["captures"]:
        size = f"{capture['width']} × {capture['height']}"
        say(f"capture {capture['n']}: {capture['name']}  {capture['format']}  {size}")
    for name, finding in data["findings"].items():
        say(_finding_line(name, finding))
    for name, reading in data["fields"].items():
        say(f"  {name}: {reading['answer'] or reading['corrected'] or reading['raw']}")
    say(f"journal: {data['head']['seq']} entries, head {data['head']['hash']}")


def _finding_line(name: str, finding: dict[str, Any]) -> str:
    answer = finding["answer"]
    told = ", ".join(answer) if isinstance(answer, list) else answer
    marks = [
        f" ({finding['cause']})" if finding["cause"] else "",
        "" if finding["complete"] else "  incomplete",
        "  hidden" if finding["hidden"] else "",
        f"  regions {len(finding['regions'])}" if finding["regions"] else "",
        f"  — {finding['note']}" if finding["note"] else "",
    ]
    return f"  {name}: {told}{''.join(marks)}"


def run_log(args: argparse.Namespace) -> int:
    """Print the journal."""
    entries = workbench_of(args).review(args.handle, args.of).log()
    if args.json:
        say_json(entries)
        return 0
    for entry in entries:
        what = _what(entry)
        say(f"{entry['seq']:>5}  {entry['at']}  {entry['examiner']}  {entry['kind']}{what}")
    return 0


def _what(entry: dict[str, Any]) -> str:
    data = entry["data"]
    if entry["kind"] == "AidActed":
        return f"  {_aid_act(data)}"
    names = [str(data[k]) for k in ("item", "field", "place", "what", "target") if k in data]
    answer = data.get("answer")
    if isinstance(answer, dict):
        answer = entry["texts"].get(answer.get("ref"), "(disposed of)")
    if answer is not None:
        names.append("= " + (", ".join(answer) if isinstance(answer, list) else str(answer)))
    return "  " + " ".join(names) if names else ""


def _aid_act(data: dict[str, Any]) -> str:
    about = data.get("item") or data.get("field") or ""
    aid = f"{data.get('aid', '')} {data.get('version', '')}".strip()
    if data.get("act") == "shown":
        count = int(data.get("count", 0))
        said = "nothing to propose" if not count else f"{count} proposal{'s'[: count != 1]}"
        return f"{about}: shown {said} of {aid}"
    where = f"proposal {data.get('proposal')} of {aid}, shown in entry {data.get('shown')}"
    bound = f", in entry {data['entry']}" if data.get("entry") else ""
    return f"{about}: {data.get('act')} {where}{bound}"


def run_close(args: argparse.Namespace) -> int:
    """Freeze the examination and print the head hash, to be kept elsewhere."""
    review = workbench_of(args).own_review(args.handle, args.of)
    for number, why in review.broken().items():
        tell(f"docexam: warning: capture {number} is {why}")
    review.close()
    seq, head = review.examination.head
    if args.json:
        say_json({"state": "closed", "seq": seq, "head": head})
    else:
        say(head)
        tell("Closed. Keep this head hash elsewhere: it binds every entry of the journal.")
    return 0


def add_reopen(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam reopen`."""
    _add_handle(parser)
    parser.add_argument("--reason", required=True, metavar="T")


def run_reopen(args: argparse.Namespace) -> int:
    """Open a closed examination again."""
    review = workbench_of(args).own_review(args.handle, args.of)
    review.reopen(args.reason)
    if args.json:
        say_json({"state": "open", "seq": review.examination.head[0]})
    else:
        say(f"{review.handle}: open again; changes need a reason from now on")
    return 0


def add_reveal(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam reveal`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("what", metavar="support|reference|claims|aids|colleague")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_reveal(args: argparse.Namespace) -> int:
    """Journal that something which could sway the examiner is shown from now on."""
    from docexam.workbench.concluding import reveal

    review = workbench_of(args).own_review(args.handle, args.of)
    outcome = reveal(review, args.what)
    if args.json:
        say_json({"what": args.what, "seq": outcome.event.seq if outcome.event else None})
    else:
        say(f"{review.handle}: {outcome.message}; changes need a reason from now on")
    return 0
