"""`support`, `conclude`, `second`, `compare`, `adjudicate`: from findings to a conclusion."""

from __future__ import annotations

import argparse
from typing import Any

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.domain.acts import UNSET
from docexam.domain.concluding import Statement, sentence


def add_support(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam support`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_support(args: argparse.Namespace) -> int:
    """Print what the findings add up to; closed before its reveal."""
    from docexam.workbench.concluding import support_data

    review = workbench_of(args).review(args.handle, args.of)
    data = support_data(review.examination, review.standing)
    if args.json:
        say_json(data)
        return 0
    if data["screening"]:
        say(data["screening"])
    for question in data["questions"]:
        _print_question(question)
    for check in data["checks"]:
        say(f"check {check['level']}: {check['say']}")
    return 0


def _print_question(question: dict[str, Any]) -> None:
    say(f"{question['question']}: {question['sentence']}")
    for c in question["comparisons"]:
        off = f", {c['taken_off']:.2f} taken off ({c['taken_off_item']})" if c["taken_off"] else ""
        capped = f"; {c['capped']}" if c["capped"] else ""
        say(
            f"  {c['over']} over {c['rival']}: {c['net']:+.2f} {c['band']} "
            f"({c['groups']} speaking groups{off}{capped})"
        )
    if question["not_assessed"]:
        say(f"  not assessed: {', '.join(question['not_assessed'])}")
    for vote in question["left_out"]:
        say(f"  left out: {vote['item']} = {vote['answer']} (group {vote['group']})")
    if question["next_best_look"]:
        say(f"  next best look: {question['next_best_look']}")


def add_conclude(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam conclude`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("question", metavar="QUESTION", help="image, blank, contents or bearer")
    parser.add_argument("proposition", metavar="PROPOSITION|none")
    parser.add_argument("--over", metavar="PROPOSITION", help="default: the least separated one")
    parser.add_argument("--wording", metavar="BAND", help="default: what the findings are told as")
    parser.add_argument("--because", required=True, metavar="TEXT")
    parser.add_argument("--override", default="", metavar="TEXT", help="why you depart")
    parser.add_argument("--limit", action="append", default=[], metavar="TEXT")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_conclude(args: argparse.Namespace) -> int:
    """State a conclusion on one question."""
    from docexam.workbench.concluding import state_conclusion

    review = workbench_of(args).own_review(args.handle, args.of)
    statement = Statement(
        args.question,
        args.proposition,
        args.because,
        over=UNSET if args.over is None else args.over,
        wording=UNSET if args.wording is None else args.wording,
        override=args.override,
        limits=tuple(args.limit),
    )
    state_conclusion(review, statement)
    stated = review.examination.conclusions[args.question]
    told = sentence(review.examination.checklist, stated.proposition, stated.over, stated.wording)
    if args.json:
        say_json(
            {
                "question": stated.question,
                "proposition": stated.proposition or "none",
                "over": stated.over,
                "wording": stated.wording,
                "sentence": told,
                "suggested": dict(stated.suggested),
                "limits": list(stated.limits),
            }
        )
    else:
        say(told)
        suggested = stated.suggested.get("proposition") or "none"
        tell(f"suggested: {suggested} ({stated.suggested.get('wording')})")
    return 0


def add_second(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam second`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")


def run_second(args: argparse.Namespace) -> int:
    """Start an examination of the same exhibit, blind to the others' work."""
    review = workbench_of(args).second(args.handle)
    if args.json:
        say_json({"examination": review.examination.id, "examiner": review.examiner})
    else:
        say(f"{review.handle}: an examination of your own; the others' work stays closed to you")
    return 0


def add_compare(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam compare`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT|CASE")


def run_compare(args: argparse.Namespace) -> int:
    """Set the examinations of an exhibit, or of a case, side by side."""
    data = workbench_of(args).compared(args.handle)
    if args.json:
        say_json(data)
        return 0
    figures = data["agreement"]
    say(f"examiners: {', '.join(data['examiners'])}")
    say(f"raw agreement {_figure(figures, 'raw')} over {figures['n']} items")
    say(f"Cohen's kappa {_figure(figures, 'kappa')}")
    interval = figures["alpha_interval"]
    ends = f" (95 of 100 draws: {interval[0]:.2f} to {interval[1]:.2f})" if interval else ""
    say(f"Krippendorff's alpha {_figure(figures, 'alpha')}{ends}")
    for name in data.get("triage", ()):
        say(f"{name} had the proposals of aids open before answering (triage)")
    for item in data["items"]:
        if item["same"] is False:
            told = "; ".join(f"{a['examiner']}: {_answer(a['answer'])}" for a in item["answers"])
            say(f"  {item['item']}: {told}")
    for settled in data.get("adjudicated", ()):
        say(f"  {settled['item']} settled as {_answer(settled['answer'])} by {settled['by']}")
    for question in data.get("joint", {}).get("questions", ()):
        say(f"jointly, {question['question']}: {question['sentence']}")
    return 0


def _figure(figures: dict[str, Any], name: str) -> str:
    value = figures[name]
    return f"{value:.2f}" if value is not None else f"undefined: {figures['why'][name]}"


def _answer(answer: Any) -> str:
    return ", ".join(answer) if isinstance(answer, list) else str(answer)


def add_adjudicate(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam adjudicate`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("indicator", metavar="INDICATOR")
    parser.add_argument("answer", metavar="ANSWER")
    parser.add_argument("--because", required=True, metavar="T")


def run_adjudicate(args: argparse.Namespace) -> int:
    """Settle one item on which examiners differ, with who and why."""
    event = workbench_of(args).adjudicate(args.handle, args.indicator, args.answer, args.because)
    if args.json:
        say_json({"seq": event.seq, "item": args.indicator, "answer": args.answer})
    else:
        say(f"{args.handle}: {args.indicator} = {args.answer}, adjudicated")
    return 0
