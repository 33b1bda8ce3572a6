"""`record`, `transcribe`, `undo`, `redo`: the acts of an examiner."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.domain.acts import UNSET, Recording, Unset
from docexam.domain.finding import Region, parse_region
from docexam.errors import InputError
from docexam.workbench.display import plain_answer
from docexam.workbench.review import Outcome, Review


def add_record(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam record`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    one = (
        parser.add_argument("indicator", metavar="INDICATOR"),
        parser.add_argument(
            "answer", metavar="ANSWER", help="a choice, a value, a non-answer, open"
        ),
    )
    parser.add_argument(
        "--from", dest="sheet", metavar="FILE.csv", action=_from_sheet(one), help="a worksheet"
    )
    parser.add_argument("--for", dest="for_whom", default="", metavar="NAME", help="with --from")
    parser.add_argument("--note", metavar="T")
    parser.add_argument("--region", action="append", metavar="CAPTURE:BOX|CAPTURE:POLYGON")
    parser.add_argument("--cause", default="", metavar="SLUG", help="why a non-answer")
    parser.add_argument("--reason", default="", metavar="T", help="why a change")
    parser.add_argument("--reference", default="", metavar="SHA256", help="specimen compared with")
    _add_of(parser)


def _from_sheet(one: Sequence[argparse.Action]) -> type[argparse.Action]:
    """Return an option that takes the place of the indicator and the answer."""

    class FromSheet(argparse.Action):
        def __call__(
            self,
            parser: argparse.ArgumentParser,
            namespace: argparse.Namespace,
            values: object,
            option_string: str | None = None,
        ) -> None:
            for action in one:
                action.nargs, action.required = "?", False
            setattr(namespace, self.dest, values)

    return FromSheet


def _add_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_record(args: argparse.Namespace) -> int:
    """Record one finding, or with --from a whole worksheet."""
    if args.sheet is not None:
        return _run_sheet(args)
    if args.for_whom:
        raise InputError("DX-CALL", "--for belongs to --from FILE.csv.")
    review = workbench_of(args).own_review(args.handle, args.of)
    recording = Recording(
        args.indicator,
        answer=args.answer,
        note=UNSET if args.note is None else args.note,
        regions=_regions(args.region, review),
        cause=args.cause,
        reason=args.reason,
        reference=_specimen(args.reference, review),
    )
    outcome = review.record(recording)
    finding = review.examination.finding(args.indicator)
    if args.region:
        for note in review.evidence_notes(args.indicator):
            tell(f"docexam: note: {note}")
    return _told(args, review, outcome, args.indicator, plain_answer(finding.answer))


def _specimen(start: str, review: Review) -> str:
    """Return the whole hash of the specimen that a hash or its beginning names."""
    found = [s.sha256 for s in review.specimens() if start and s.sha256.startswith(start.lower())]
    if start and len(found) != 1:
        raise InputError(
            "DX-SPECIMEN",
            f"“{start[:64]}” names no specimen that fits this document.",
            todo="“docexam reference list --for CHECKLIST” shows those that do.",
        )
    return found[0] if found else ""


def _run_sheet(args: argparse.Namespace) -> int:
    from dataclasses import asdict

    from docexam.workbench.entering import enter

    single = (args.indicator, args.answer, args.note, args.region, args.cause, args.reason)
    if any(single):
        raise InputError("DX-CALL", "--from takes everything from the worksheet.")
    done = enter(workbench_of(args), args.handle, args.sheet, args.for_whom or args.of or "")
    for warning in done.warnings:
        tell(f"docexam: warning: Not complete yet: {warning}")
    if args.json:
        say_json(asdict(done))
    else:
        say(
            f"saved: {done.findings} findings and {done.fields} readings of {done.examiner}, "
            f"entered by {done.entered_by}"
        )
    return 0


def _regions(texts: Sequence[str] | None, review: Review) -> Sequence[Region] | Unset:
    if texts is None:
        return UNSET
    return [parse_region(text, review.examination.captures) for text in texts]


def _told(
    args: argparse.Namespace, review: Review, outcome: Outcome, item: str, answer: object
) -> int:
    for warning in outcome.warnings:
        tell(f"docexam: warning: {warning}")
    progress = review.standing.progress()
    if args.json:
        finding = review.examination.findings.get(item)
        say_json(
            {
                "seq": outcome.event.seq if outcome.event else None,
                "hash": outcome.event.hash if outcome.event else None,
                "item": item,
                "answer": answer,
                "complete": finding.complete if finding else None,
                "warnings": list(outcome.warnings),
                "progress": {
                    "answered": progress.answered,
                    "total": progress.total,
                    "critical_open": progress.critical_open,
                },
            }
        )
    else:
        told = ", ".join(answer) if isinstance(answer, list) else answer
        say(f"{outcome.message}: {item} = {told}  ({progress.answered} of {progress.total})")
    return 0


def add_transcribe(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam transcribe`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("field", metavar="FIELD")
    parser.add_argument("text", metavar="TEXT", nargs="?")
    parser.add_argument("--corrected", metavar="T", help="beside the raw reading, which stays")
    parser.add_argument("--non-answer", default="", metavar="SLUG")
    parser.add_argument("--cause", default="", metavar="SLUG", help="why a non-answer")
    parser.add_argument("--region", action="append", metavar="CAPTURE:BOX|CAPTURE:POLYGON")
    parser.add_argument("--note", metavar="T")
    parser.add_argument("--reason", default="", metavar="T", help="why a change")
    _add_of(parser)


def run_transcribe(args: argparse.Namespace) -> int:
    """Transcribe one field."""
    if args.text is not None and args.non_answer:
        raise InputError("DX-FIELD", "A field has a reading or a non-answer, not both.")
    review = workbench_of(args).own_review(args.handle, args.of)
    outcome = review.transcribe(
        args.field,
        raw=UNSET if args.text is None else args.text,
        corrected=UNSET if args.corrected is None else args.corrected,
        non_answer=args.non_answer,
        cause=args.cause,
        regions=_regions(args.region, review),
        note=UNSET if args.note is None else args.note,
        reason=args.reason,
    )
    reading = review.examination.fields.get(args.field)
    told = (reading.answer or reading.value) if reading else "open"
    return _told(args, review, outcome, args.field, told)


def add_undo(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam undo`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    _add_of(parser)


add_redo = add_undo


def run_undo(args: argparse.Namespace) -> int:
    """Take back the last act."""
    review = workbench_of(args).own_review(args.handle, args.of)
    return _act_told(args, review, review.undo())


def run_redo(args: argparse.Namespace) -> int:
    """Bring back the act undone last."""
    review = workbench_of(args).own_review(args.handle, args.of)
    return _act_told(args, review, review.redo())


def _act_told(args: argparse.Namespace, review: Review, outcome: Outcome) -> int:
    for warning in outcome.warnings:
        tell(f"docexam: warning: {warning}")
    event = outcome.event
    target = event.data.get("target") if event else None
    if args.json:
        say_json({"seq": event.seq if event else None, "target": target})
    else:
        progress = review.standing.progress()
        say(f"{outcome.message}: entry {target}  ({progress.answered} of {progress.total})")
    return 0
