"""From parsed words to a workbench."""

from __future__ import annotations

import argparse
import os

from docexam.errors import InputError
from docexam.workbench.bench import Workbench
from docexam.workbench.folders import folders, remembered


def workbench_of(args: argparse.Namespace) -> Workbench:
    """Return the workbench that the global options and the environment name."""
    where = folders(args.casebook)
    return Workbench(where.casebook, examiner_of(args), checklists=where.checklists)


def examiner_of(args: argparse.Namespace) -> str | None:
    """Return the examiner: the option, else the environment, else what the screen remembered."""
    if args.examiner == "":
        raise InputError("DX-WHO", "The examiner has no name.", todo="Give --examiner NAME.")
    named = args.examiner or os.environ.get("DOCEXAM_EXAMINER") or None
    if named is None:
        kept = remembered(folders(args.casebook).settings).get("examiner")
        named = kept if isinstance(kept, str) else None
    return named
