"""`proposals`, `adopt`, `reject`: what aids say in a review, and what becomes of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.domain.acts import UNSET, Recording
from docexam.domain.finding import parse_region
from docexam.errors import InputError

if TYPE_CHECKING:
    from docexam.workbench.proposing import Proposer
    from docexam.workbench.review import Outcome, Review


def add_proposals(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam proposals`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("subject", metavar="INDICATOR|FIELD", nargs="?")
    parser.add_argument(
        "--aid", default="", metavar="NAME", help="one of its aids; all unless given"
    )
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_proposals(args: argparse.Namespace) -> int:
    """List the aids of an examination, or show what those of one item or field propose."""
    from docexam.workbench.proposing import Proposer

    bench = workbench_of(args)
    if not args.subject:
        review = bench.review(args.handle, args.of)
        return _list(args, review, Proposer(review))
    review = bench.review(args.handle, args.of)
    if not review.read_only:
        review = bench.own_review(args.handle, args.of)
    return _show(args, review, Proposer(review))


def _list(args: argparse.Namespace, review: Review, proposer: Proposer) -> int:
    from docexam.workbench.aid_display import offer_data

    state = review.examination
    checklist = state.checklist
    names = [i.id for i in checklist.walk()] + [f.id for f in checklist.fields]
    offers = [offer for name in names for offer in proposer.offers(name)]
    if args.aid:
        offers = [offer for offer in offers if offer.aid == args.aid]
    if args.json:
        triage = state.revealed("aids")
        say_json({"triage": triage, "offers": [offer_data(state, o) for o in offers]})
        return 0
    for offer in offers:
        told = f"shown {offer.shown_at}" if offer.shown_at else offer.why or "ready"
        say(f"{offer.subject}: {offer.aid}  {told}")
    if not offers:
        say("No aid belongs to anything in this checklist.")
    return 0


def _show(args: argparse.Namespace, review: Review, proposer: Proposer) -> int:
    from docexam.workbench.aid_display import subject_data

    offers = proposer.offers(args.subject)
    if args.aid:
        offers = tuple(o for o in offers if o.aid == args.aid)
    if not offers and (args.aid or not proposer.shown(args.subject)):
        raise InputError(
            "DX-NO-AID",
            f"No {'such ' if args.aid else ''}aid belongs to “{args.subject}”.",
            todo="“docexam proposals CASE/EXHIBIT” lists the aids of this checklist.",
        )
    reasons = (
        {} if review.read_only else _shown_now(proposer, args.subject, [o.aid for o in offers])
    )
    data = subject_data(review.examination, args.subject) | {"reasons": reasons}
    if args.json:
        say_json(data)
    else:
        _print(data)
    return 0


def _shown_now(proposer: Proposer, subject: str, aids: list[str]) -> dict[str, str]:
    """Show what the aids propose; return why some have nothing to say."""
    from docexam.cli.progress import shown

    reasons: dict[str, str] = {}
    watch = Watch()
    with shown("Asking the aids", lambda: watch.share):
        proposer.must_be_open(subject, aids)
        for number, aid in enumerate(aids):
            watch.part(number, len(aids))
            prepared = proposer.prepare(subject, aid, watch)
            if prepared.reason:
                reasons[aid] = prepared.reason
            proposer.show(prepared)
    return reasons


class Watch:
    """How far the aids are, for a line on the terminal; nobody cancels but by ending docexam."""

    def __init__(self) -> None:
        self.share = 0.0
        self._start, self._size = 0.0, 1.0

    def part(self, number: int, of: int) -> None:
        """Begin the next of several aids."""
        self._start, self._size = number / of, 1 / of

    def progress(self, share: float, what: str = "") -> None:
        """Take note of the share of this aid that is done."""
        self.share = self._start + self._size * share

    def cancelled(self) -> bool:
        """Return False."""
        return False


def _print(data: dict[str, Any]) -> None:
    for showing in data["shown"]:
        before = " (before the answer)" if showing["before_answer"] else ""
        none = "" if showing["count"] else ": nothing to propose"
        say(f"{showing['aid']} {showing['version']}, shown {showing['at']}{before}{none}")
    for one in data["proposals"]:
        say(f"  {one['proposal']}. {one.get('says', '(disposed of)')}")
        for ground in one.get("grounds", ()):
            say(f"       {ground['says']}")
        if one.get("reading"):
            say(f"       reading: {one['reading']}")
        if one.get("score"):
            say(f"       {one['score']['value']:g}: {one['score']['meaning']}")
        if one["decision"]:
            reason = f": {one['decision']['reason']}" if one["decision"]["reason"] else ""
            say(f"       {one['decision']['act']}{reason}")
    for aid, reason in data["reasons"].items():
        say(f"{aid}: {reason}")


def add_adopt(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam adopt`."""
    _add_decision(parser)
    parser.add_argument("--reason", default="", metavar="T", help="why a change")
    parser.add_argument("--text", default="", metavar="T", help="the reading as you corrected it")
    parser.add_argument("--box", type=int, metavar="N", help="take the N-th box over as a region")
    parser.add_argument("--region", metavar="CAPTURE:BOX|CAPTURE:POLYGON", help="the box corrected")
    parser.add_argument("--answer", metavar="ANSWER", help="your own answer, bound to the proposal")
    parser.add_argument("--note", metavar="T", help="with --answer")
    parser.add_argument("--cause", default="", metavar="SLUG", help="with --answer")


def add_reject(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam reject`."""
    _add_decision(parser)
    parser.add_argument("--reason", required=True, metavar="T")


def _add_decision(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("subject", metavar="INDICATOR|FIELD")
    parser.add_argument(
        "--proposal", type=int, metavar="N", help="which one; needed where several were shown"
    )
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_adopt(args: argparse.Namespace) -> int:
    """Take a reading or a box over, or bind an answer of one's own to a proposal."""
    from docexam.workbench.proposing import Proposer

    review = workbench_of(args).own_review(args.handle, args.of)
    proposer = Proposer(review)
    number = _number(args, proposer)
    return _told(args, review, _adopted(args, review, proposer, number), number)


def _adopted(args: argparse.Namespace, review: Review, proposer: Proposer, number: int) -> Outcome:
    field = review.examination.checklist.field_of(args.subject) is not None
    if args.answer is not None and args.box is not None:
        raise InputError("DX-CALL", "Give --answer or --box, not both.")
    if args.box is not None:
        corrected = args.region
        region = parse_region(corrected, review.examination.captures) if corrected else None
        return proposer.adopt_region(args.subject, number, args.box - 1, args.reason, region=region)
    if field:
        return proposer.adopt_reading(args.subject, number, args.reason, text=args.text)
    recording = Recording(
        args.subject,
        answer=UNSET if args.answer is None else args.answer,
        note=UNSET if args.note is None else args.note,
        cause=args.cause,
        reason=args.reason,
    )
    return proposer.adopt_answer(args.subject, number, recording)


def run_reject(args: argparse.Namespace) -> int:
    """Reject a proposal, with a reason."""
    from docexam.workbench.proposing import Proposer

    review = workbench_of(args).own_review(args.handle, args.of)
    proposer = Proposer(review)
    number = _number(args, proposer)
    return _told(args, review, proposer.reject(args.subject, number, args.reason), number)


def _number(args: argparse.Namespace, proposer: Proposer) -> int:
    if args.proposal is not None:
        return int(args.proposal)
    rows = proposer.shown(args.subject)
    if len(rows) > 1:
        raise InputError(
            "DX-PROPOSAL",
            f"{len(rows)} proposals were shown on “{args.subject}”.",
            todo="Say which with --proposal N.",
        )
    return 1


def _told(args: argparse.Namespace, review: Review, outcome: Outcome, number: int) -> int:
    for warning in outcome.warnings:
        tell(f"docexam: warning: {warning}")
    last = review.examination.events[-1]
    act = str(last.data["act"])
    if args.json:
        say_json(
            {
                "seq": last.seq,
                "act": act,
                "subject": args.subject,
                "proposal": number,
                "entry": last.data.get("entry"),
                "warnings": list(outcome.warnings),
            }
        )
    else:
        say(f"{act}: proposal {number} on {args.subject}")
    return 0
