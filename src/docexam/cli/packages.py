"""`sign`, `verify`, `export`, `import`, `sheet`: what leaves a casebook and what comes in."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.cli.context import workbench_of
from docexam.cli.output import say, say_json, tell
from docexam.errors import InputError

if TYPE_CHECKING:
    from docexam.workbench.verifying import Verdict


def add_sign(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam sign`."""
    parser.add_argument("target", metavar="FILE|CASE/EXHIBIT")
    parser.add_argument("--key", required=True, metavar="PATH", help="private or public key file")
    parser.add_argument("-o", "--output", metavar="SIG", help="default: FILE.sig")
    parser.add_argument("--of", metavar="NAME", help="the examiner whose examination is meant")


def run_sign(args: argparse.Namespace) -> int:
    """Sign a file, or every entry of a journal so far, by `ssh-keygen -Y sign`."""
    from docexam.workbench.signing import is_file, sign_file, sign_head

    bench = workbench_of(args)
    if is_file(bench, args.target) or "/" not in args.target:
        signed = sign_file(args.target, args.key, args.output)
    else:
        if args.output:
            raise InputError("DX-CALL", "-o is for files; a head's signature has its own place.")
        signed = sign_head(bench, args.target, args.key, args.of)
    if args.json:
        say_json(signed.data())
        return 0
    what = f"entries 1 to {signed.seq} of {signed.target}" if signed.seq else signed.target
    say(f"{signed.signature}: {what}, signed by the key {signed.key}")
    tell("A signature tells no time, and whose key it is only to those who know the key.")
    return 0


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam verify`."""
    parser.add_argument("target", metavar="FILE|PACKAGE|CASE/EXHIBIT|CASE")
    parser.add_argument("--allowed-signers", metavar="FILE", help="keys you trust, with names")
    parser.add_argument("--signature", default="", metavar="SIG", help="default: FILE.sig")
    parser.add_argument("--head", default="", metavar="HASH", help="a head hash you kept")


def run_verify(args: argparse.Namespace) -> int:
    """Say in words what is proven and what is not; exit 3 when something does not hold."""
    from docexam.workbench.verifying import Against, verify

    allowed = Path(args.allowed_signers) if args.allowed_signers else None
    against = Against(allowed, args.signature, args.head)
    verdict = verify(workbench_of(args), args.target, against)
    if args.json:
        say_json(verdict.data())
    else:
        _print_verdict(verdict)
    for fault in verdict.faults:
        where = f"{fault.where}: " if fault.where else ""
        tell(f"docexam: error: {where}{fault.what} [{fault.code}]")
    for what in verdict.unchecked:
        tell(f"docexam: error: not checked: {what}")
    return verdict.exit_code


def _print_verdict(verdict: Verdict) -> None:
    say(f"{verdict.target} ({verdict.kind})")
    if verdict.proven:
        say("Proven:")
    for line in verdict.proven:
        say(f"  + {line}")
    say("Not proven:")
    for line in verdict.not_proven:
        say(f"  - {line}")
    if verdict.faults:
        say("Does not hold:")
    for fault in verdict.faults:
        where = f"{fault.where}: " if fault.where else ""
        say(f"  ! {where}{fault.what}")


def add_export(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam export`."""
    parser.add_argument("handle", metavar="CASE|CASE/EXHIBIT")
    parser.add_argument("-o", "--output", required=True, metavar="DIR|ZIP")
    parser.add_argument("--blind-for", default="", metavar="NAME", help="without others' findings")
    parser.add_argument("--redact", choices=("public",), help="public reports and signatures only")
    parser.add_argument("--of", default="", metavar="NAME", help="this examiner's work only")


def run_export(args: argparse.Namespace) -> int:
    """Write a package: a BagIt folder, or a ZIP file with one."""
    from docexam.workbench.packing import Wanted, export

    if sum(map(bool, (args.blind_for, args.redact, args.of))) > 1:
        raise InputError("DX-CALL", "--blind-for, --redact and --of exclude each other.")
    wanted = Wanted(args.handle, args.output, args.blind_for, args.redact == "public", args.of)
    done = export(workbench_of(args), wanted)
    if args.json:
        say_json(asdict(done))
        return 0
    say(
        f"{done.target}: {done.kind} package of {', '.join(done.exhibits)}: "
        f"{done.examinations} examinations, {done.originals} originals, {done.size} bytes"
    )
    if done.kind != "public":
        tell("It holds images and texts that may name people: give it to nobody who may not know.")
    return 0


def add_import(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam import`."""
    parser.add_argument("package", metavar="PACKAGE", help="a BagIt folder or a ZIP file")


def run_import(args: argparse.Namespace) -> int:
    """Take a package over into the casebook: verified whole, or nothing."""
    from docexam.workbench.unpacking_adopting import take_in

    done = take_in(workbench_of(args), args.package)
    if args.json:
        say_json(asdict(done))
        return 0
    for taken in done.taken:
        whose = f", examination of {taken.examiner}" if taken.examiner else ", without findings"
        say(f"{taken.handle}{whose}: {_OUTCOMES[taken.outcome]}")
    say(f"{done.originals} originals and {done.signatures} signatures are new here")
    return 0


_OUTCOMES = {
    "added": "taken in",
    "extended": "taken further",
    "known": "known already",
}


def add_sheet(parser: argparse.ArgumentParser) -> None:
    """Describe `docexam sheet`."""
    parser.add_argument("handle", metavar="CASE/EXHIBIT")
    parser.add_argument("-o", "--output", required=True, metavar="FILE.pdf|csv")


def run_sheet(args: argparse.Namespace) -> int:
    """Write a blank worksheet: the questions and the captures, nobody's answers."""
    from docexam.workbench.sheet import write_sheet

    size = write_sheet(workbench_of(args), args.handle, args.output)
    if args.json:
        say_json({"file": args.output, "bytes": size})
    else:
        say(f"{args.output}: {size} bytes")
    return 0
