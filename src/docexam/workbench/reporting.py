"""Assessment reports: from an examination to a file readable by its owner alone."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field, replace

from docexam import __version__
from docexam.domain import events as ev
from docexam.domain.comparing import Comparison, compare_examinations
from docexam.domain.events import Draft, Personal
from docexam.domain.examination import CLOSED, DISPOSED, Examination
from docexam.domain.standing import standing_of
from docexam.errors import DamagedError, InputError, NotYoursError
from docexam.reports.build import Options, build
from docexam.reports.ledger import Policy
from docexam.reports.model import NONE, PARTNER, PUBLIC, Report
from docexam.reports.pixels import PixelPlan, explained
from docexam.reports.redaction import redact
from docexam.reports.writing import write
from docexam.workbench.bench import Workbench
from docexam.workbench.cropping import write_result
from docexam.workbench.gate import own_row, refusal
from docexam.workbench.illustrating import Pictures
from docexam.workbench.originals import broken_originals
from docexam.workbench.review import Review
from docexam.workbench.specimens import all_specimens

WITH_PICTURES = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class Wish:
    """What report is wanted. `form`: markdown, json, html or pdf; see `Policy` and `Options`."""

    form: str = "markdown"
    policy: Policy = field(default_factory=Policy)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written: its size in bytes, its SHA-256, what to warn of."""

    size: int
    sha256: str
    warnings: tuple[str, ...] = ()


class Progress:
    """How far the writing of a report is: pictures made of those it will hold at most."""

    def __init__(self) -> None:
        self._pictures: Pictures | None = None
        self._most = 1

    def begins(self, pictures: Pictures, state: Examination) -> None:
        """Take note of whose pictures are to be counted."""
        regions = sum(len(f.regions) for f in state.findings.values())
        self._pictures, self._most = pictures, max(1, regions + len(state.captures))

    @property
    def share(self) -> float:
        """A share from 0 to 1."""
        return self._pictures.made / self._most if self._pictures else 0.0


def write_report(
    bench: Workbench,
    handle: str,
    wish: Wish,
    target: str,
    of: str | None = None,
    progress: Progress | None = None,
) -> Written:
    """Write a report of an examination to `target`, “-” for standard output.

    A report that is not public names its recipient, which is journalled first; it also names the
    hash of its public twin. Raises InputError and MachineError; a file is whole or not there.
    """
    review = bench.review(handle, of)
    if review.examination.state == DISPOSED:
        raise NotYoursError(
            "DX-DISPOSED",
            "This examination was disposed of.",
            todo="“docexam show” tells the fact.",
        )
    _must_be_whole(bench, review.examination)
    content = report_bytes(bench, review, wish, progress)
    if wish.policy.level != PUBLIC:
        _journal(bench, review, wish, hashlib.sha256(content).hexdigest())
    if target == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        write_result(target, content)
    return Written(
        len(content), hashlib.sha256(content).hexdigest(), _withheld(bench, review, wish)
    )


def _must_be_whole(bench: Workbench, state: Examination) -> None:
    """Refuse a report that would claim originals kept which no longer are."""
    broken = broken_originals(bench.store, state)
    if broken:
        told = "; ".join(
            f"capture {c.n} is {broken[c.sha256]}" for c in state.captures if c.sha256 in broken
        )
        raise DamagedError(
            "DX-ORIGINAL",
            f"A report would say that the originals are kept, and they are not: {told}.",
            todo="Bring the file back from a copy. The findings themselves stand in “show”.",
        )


def _withheld(bench: Workbench, review: Review, wish: Wish) -> tuple[str, ...]:
    """Say which images a report with pictures does not show, and why."""
    if wish.form not in WITH_PICTURES:
        return ()
    report = full_report(bench, review, wish.options)
    return tuple(explained(report, redact(report, wish.policy).pixels))


def report_bytes(
    bench: Workbench, review: Review, wish: Wish, progress: Progress | None = None
) -> bytes:
    """Return a report as bytes; the same examination and wish give the same bytes."""
    report = full_report(bench, review, wish.options)
    album = Album(review, progress)
    twin = ""
    if wish.policy.level in (PARTNER, NONE):
        twin = hashlib.sha256(_written(album, report, wish.form, Policy())).hexdigest()
    return _written(album, report, wish.form, wish.policy, twin)


class Album:
    """The pictures of one report, made once for a copy and its twin where they show the same."""

    def __init__(self, review: Review, progress: Progress | None) -> None:
        self._review = review
        self._progress = progress
        self._plan: PixelPlan | None = None
        self._pictures: Pictures | None = None

    def of(self, plan: PixelPlan) -> Pictures:
        """Return the pictures under a plan."""
        if self._pictures is None or self._plan != plan:
            self._plan, self._pictures = plan, self._review.pictures(plan)
            if self._progress:
                self._progress.begins(self._pictures, self._review.examination)
        return self._pictures


def _written(album: Album, report: Report, form: str, policy: Policy, twin: str = "") -> bytes:
    redacted = redact(report, policy, twin=twin)
    if form in WITH_PICTURES:
        return write(redacted.report, form, album.of(redacted.pixels))
    return write(redacted.report, form)


def full_report(bench: Workbench, review: Review, options: Options) -> Report:
    """Return the report model with nothing held back."""
    state = review.examination
    told = _in_language(bench, state, options.language)
    report = build(
        told,
        review.standing,
        tool_version=__version__,
        options=options,
        agreement=_compared(bench, review),
        citations={s.sha256: s.citation for s in all_specimens(bench)},
    )
    # The texts may be a translation's; what the examination is bound to is the frozen copy.
    frozen = replace(report.checklist, sha256=state.checklist.sha256())
    return replace(report, checklist=frozen)


def _in_language(bench: Workbench, state: Examination, language: str) -> Examination:
    """Return the examination with its checklist's texts in `language` as far as there are any."""
    if language == state.checklist.language:
        return state
    from docexam.checklists.translation import translate

    translated = translate(state.checklist, bench.library(), language)
    return replace(state, checklist=translated.checklist) if translated else state


def _compared(bench: Workbench, review: Review) -> Comparison | None:
    """Compare with the other closed examinations, where the caller may read them."""
    exhibit = bench.exhibit_row(review.handle)
    own = own_row(exhibit, bench.examiner)
    if own is None or own.state == "open" or len(exhibit.examinations) < 2:
        return None
    readable = [r for r in exhibit.examinations if not refusal(exhibit, r, bench.examiner)]
    states = [s for s in map(bench.fold_row, readable) if s.state == CLOSED]
    if len(states) < 2 or len({s.checklist.sha256() for s in states}) != 1:
        return None
    return compare_examinations(states, [standing_of(s) for s in states])


def _journal(bench: Workbench, review: Review, wish: Wish, sha256: str) -> None:
    """Record for whom a report that is not public was written, after a close too."""
    who = bench.must_know_who()
    if not wish.policy.for_whom.strip():
        raise InputError("DX-FOR", "A report that is not public names its recipient.", todo="--for")
    data = {
        "format": wish.form,
        "level": wish.policy.level,
        "for": Personal(wish.policy.for_whom),
        "sha256": sha256,
    }
    with bench.store.writing(review.examination.id) as tx:
        tx.append(Draft(ev.REPORTED, data), at=bench.now(), examiner=who)
