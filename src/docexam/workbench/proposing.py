"""Proposals in a review: which aids apply, what they say, when it may be shown, what becomes of it.

Preparing runs an aid and leaves no trace; it is slow, so a screen calls it in a worker thread.
Showing is the act: it is in the journal when it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import TYPE_CHECKING, Any

from docexam.aids.protocol import Aid, Alone, Card, Material, Proposal, Run
from docexam.aids.registry import load_aid
from docexam.aids.running import Outcome as AidOutcome
from docexam.aids.running import cache_key, run_aid
from docexam.domain import proposing as rules
from docexam.domain.acts import Recording
from docexam.domain.aids import aids_of
from docexam.domain.events import Draft
from docexam.domain.examination import DISPOSED, Examination
from docexam.domain.exhibit import Capture
from docexam.domain.finding import Region
from docexam.domain.proposals import Shown as Shown
from docexam.domain.proposals import ShownProposal, shown_on
from docexam.domain.proposing import CANNOT, READY, Said
from docexam.errors import DocexamError
from docexam.workbench.aid_cache import ProposalCache
from docexam.workbench.aid_images import Album
from docexam.workbench.aid_material import Job, jobs_for, joined_key
from docexam.workbench.aid_words import card_data, named_by_capture, shown_proposals, spoken_of
from docexam.workbench.review import Outcome, Review

if TYPE_CHECKING:
    from docexam.workbench.aid_process import Errand

SHOWN = "shown"
Runner = Callable[[Aid, Job, Run], AidOutcome]


@dataclass(frozen=True, slots=True)
class Offer:
    """An aid that belongs to an item or field, and where it stands.

    `state`: `shown`, `ready`, `waits` or `cannot`; `why` says why for the last two.
    """

    subject: str
    aid: str
    title: str
    state: str
    why: str = ""
    shown_at: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an aid said on an item or field, not shown to anybody yet.

    `reason` says why there is nothing; `broken` and `cancelled` tell how that came.
    """

    said: Said
    reason: str = ""
    broken: bool = False
    cancelled: bool = False

    @property
    def subject(self) -> str:
        """The item or field."""
        return self.said.subject

    @property
    def aid(self) -> str:
        """The aid's id."""
        return self.said.aid

    @property
    def version(self) -> str:
        """The aid's version."""
        return self.said.version

    @property
    def key(self) -> str:
        """What the proposals are kept under: the hash of aid, version and material."""
        return self.said.key

    @property
    def proposals(self) -> tuple[ShownProposal, ...]:
        """What the aid said."""
        return self.said.proposals


@dataclass(frozen=True, slots=True)
class _Loaded:
    aid: Aid | None = None
    title: str = ""
    missing: str = ""
    known: bool = True


@dataclass
class _Memory:
    """What was worked out in this program's run; gone with it."""

    aids: dict[str, _Loaded] = field(default_factory=dict)
    said: dict[str, tuple[ShownProposal, ...]] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)


class Proposer:
    """The aids of one open examination.

    With `apart` the image aids run in a process of their own, and no aid is loaded before it is
    prepared or `warm` was called: for a screen whose keys must stay quick. `runner` replaces the
    running altogether.
    """

    def __init__(
        self, review: Review, *, apart: bool = False, runner: Runner | None = None
    ) -> None:
        self._review = review
        self._memory = _Memory()
        self._album = Album(lambda capture: review.original(capture).read_bytes())
        self._cache = ProposalCache(review.store, review.examination.id)
        self._runner = runner or (self._run_apart if apart else self._run_here)
        self._lazy = apart

    # What there is ---------------------------------------------------------------------------

    def offers(self, subject: str) -> tuple[Offer, ...]:
        """Return the aids of an item or field and whether they may be shown; runs nothing.

        Raises InputError for a subject that the checklist does not have.
        """
        state = self._review.examination
        if state.state == DISPOSED:
            self.forget()
        return tuple(self._offer(state, subject, aid) for aid in aids_of(state.checklist, subject))

    def _offer(self, state: Examination, subject: str, aid: str) -> Offer:
        loaded = self._memory.aids.get(aid) if self._lazy else self._loaded(aid)
        if loaded is None:
            loaded = _Loaded(title=aid.replace("-", " ").capitalize(), known=False)
        shown = [s for s in state.showings if s.aid == aid and subject in s.subjects]
        if shown:
            return Offer(subject, aid, loaded.title, SHOWN, shown_at=shown[-1].at)
        verdict, why = self._verdict(state, subject, aid, loaded)
        return Offer(subject, aid, loaded.title, verdict, why)

    def _verdict(
        self, state: Examination, subject: str, aid: str, loaded: _Loaded
    ) -> tuple[str, str]:
        if loaded.known and loaded.aid is None:
            return CANNOT, loaded.missing
        if self._review.read_only:
            return CANNOT, self._review.read_only
        only = bool(loaded.aid and loaded.aid.notes_only)
        verdict, why = rules.gate(state, subject, aid, notes_only=only)
        if verdict != READY or loaded.aid is None:
            return verdict, why
        if loaded.missing:
            return CANNOT, loaded.missing
        jobs, nothing = jobs_for(state, subject, loaded.aid)
        return (READY, "") if jobs else (CANNOT, nothing)

    def _loaded(self, aid_id: str) -> _Loaded:
        with self._memory.lock:
            if aid_id not in self._memory.aids:
                self._memory.aids[aid_id] = _load(aid_id)
            return self._memory.aids[aid_id]

    def warm(self) -> None:
        """Load every aid of the checklist; some milliseconds each, so a screen does it apart."""
        checklist = self._review.examination.checklist
        named = [i.id for i in checklist.walk()] + [f.id for f in checklist.fields]
        for aid in dict.fromkeys(a for name in named for a in aids_of(checklist, name)):
            self._loaded(aid)

    def card(self, aid: str) -> Card:
        """Return an aid's card; raises DocexamError for one that cannot be loaded."""
        return load_aid(aid).card

    # Running ---------------------------------------------------------------------------------

    def prepare(self, subject: str, aid: str, run: Run | None = None) -> Prepared:
        """Run an aid on an item's or field's material; blocks, and leaves no trace.

        What was worked out before on the same content by the same version is not run again.
        Troubles of the aid are told in the result. Raises InputError for an unknown subject.
        """
        state = self._review.examination
        loaded = self._loaded(aid)
        empty = Said(subject, aid, loaded.aid.version if loaded.aid else "", "")
        rules.gate(state, subject, aid)
        if loaded.aid is None or loaded.missing:
            return Prepared(empty, loaded.missing, broken=loaded.aid is None)
        jobs, nothing = jobs_for(state, subject, loaded.aid)
        if not jobs:
            return Prepared(empty, nothing)
        return self._prepared(state, subject, loaded.aid, jobs, run or Alone())

    def _prepared(
        self, state: Examination, subject: str, aid: Aid, jobs: Sequence[Job], run: Run
    ) -> Prepared:
        found: list[tuple[ShownProposal, int]] = []
        keys: list[str] = []
        reasons: list[AidOutcome] = []
        for number, job in enumerate(jobs):
            if job.texts and found:
                # A field's own text is looked at only where its name told the aid nothing.
                break
            keys.append(cache_key(aid, _stub(job)))
            outcome = self._outcome(aid, job, keys[-1], _Part(run, number, len(jobs)))
            if outcome.cancelled:
                return Prepared(Said(subject, aid.id, aid.version, ""), outcome.reason, False, True)
            if outcome.reason:
                reasons.append(outcome)
            kept = self._memory.said.get(keys[-1], ())
            # Named here, not where kept: the same capture may be the only one elsewhere.
            capture = job.captures[0].n if job.captures and len(jobs) > 1 else 0
            found += [(p, capture) for p in kept]
        said = named_by_capture(found)
        return self._worded(state, subject, aid, joined_key(keys), said, jobs[0], reasons)

    def _worded(
        self,
        state: Examination,
        subject: str,
        aid: Aid,
        key: str,
        found: Sequence[ShownProposal],
        job: Job,
        reasons: Sequence[AidOutcome],
    ) -> Prepared:
        # What is read off a region speaks of nothing else, whatever else was at hand.
        handed = {} if job.region else job.fields
        spoken = [(p, spoken_of(state, subject, aid.id, p, handed)) for p in found]
        kept = [(p, names) for p, names in spoken if names is not None]
        also = sorted({n for _, names in kept for n in names or ()} - {subject})
        said = Said(
            subject=subject,
            aid=aid.id,
            version=aid.version,
            key=key,
            proposals=tuple(p for p, _ in kept),
            also=tuple(also),
            notes_only=bool(aid.notes_only),
            card=card_data(aid),
        )
        why = reasons[0] if reasons and not kept else None
        return Prepared(said, why.reason if why else "", bool(why and why.broken))

    def _outcome(self, aid: Aid, job: Job, key: str, run: Run) -> AidOutcome:
        memory = self._memory
        if key not in memory.said:
            kept = self._cache.get(key)
            if kept is not None:
                memory.said[key] = kept
        if key in memory.said:
            return AidOutcome(aid.id, aid.version)
        outcome = self._runner(aid, job, run)
        if not outcome.reason:
            memory.said[key] = shown_proposals(outcome.proposals)
            self._cache.put(key, memory.said[key])
        return outcome

    def _run_here(self, aid: Aid, job: Job, run: Run) -> AidOutcome:
        images = tuple(self._album.image(capture) for capture in job.captures)
        return run_aid(aid, _material(job, images), run)

    def _run_apart(self, aid: Aid, job: Job, run: Run) -> AidOutcome:
        if not job.captures:
            return self._run_here(aid, job, run)
        from docexam.workbench.aid_process import run_apart

        try:
            return run_apart(self._errand(aid, job), run)
        except DocexamError as error:
            return AidOutcome(aid.id, aid.version, reason=str(error))

    def _errand(self, aid: Aid, job: Job) -> Errand:
        from docexam.workbench.aid_process import Errand

        captures = tuple((c.n, str(self._review.original(c))) for c in job.captures)
        rest = (job.region, job.fields, job.texts, job.issued, job.kind, job.taken_in)
        return Errand(aid.id, aid.version, captures, *rest)

    # Acts ------------------------------------------------------------------------------------

    def show(self, prepared: Prepared) -> Outcome:
        """Show what an aid said: an act that undo does not take back.

        Nothing is recorded where the very same was shown before, or where the aid could say
        nothing (`reason`). Raises InputError where the examiner has not answered first.
        """
        if prepared.reason:
            return Outcome(None, prepared.reason)
        if rules.same_as_shown(self._review.examination, prepared.said):
            return Outcome(None, "shown before")
        return self._review.act(lambda state: rules.show(state, prepared.said), "shown")

    def must_be_open(self, subject: str, aids: Sequence[str]) -> None:
        """Raise InputError where what these aids propose may not be shown yet; runs none."""
        state = self._review.examination
        for aid in aids:
            rules.must_be_ready(state, Said(subject, aid, "", ""))

    def shown(self, subject: str) -> tuple[Shown, ...]:
        """Return every proposal shown on an item or field so far, oldest first."""
        return shown_on(self._review.examination, subject)

    def adoptable(self, shown: Shown) -> str:
        """Return what adopting takes over: `reading`, `region`, `answer`, or nothing."""
        item = self._review.examination.checklist.item(shown.showing.subject) is not None
        return rules.adoptable(shown, item=item)

    def adopt_reading(
        self, subject: str, number: int, reason: str = "", *, text: str = ""
    ) -> Outcome:
        """Take a machine reading over as the field's reading, the aid named.

        `text`: the reading as the examiner corrected it.
        """
        return self._adopt(lambda state: rules.adopt_reading(state, subject, number, reason, text))

    def adopt_region(
        self,
        subject: str,
        number: int,
        ground: int = 0,
        reason: str = "",
        *,
        region: Region | None = None,
    ) -> Outcome:
        """Add a proposal's box to the regions of a finding or reading.

        `ground` counts the grounds with a shape; `region`: the box as the examiner corrected it.
        """
        return self._adopt(
            lambda state: rules.adopt_region(state, subject, number, ground, reason, region)
        )

    def adopt_answer(self, subject: str, number: int, recording: Recording) -> Outcome:
        """Record the examiner's own answer, bound to the proposal it goes along with."""
        what = replace(recording, item=subject)
        return self._adopt(lambda state: rules.adopt_answer(state, number, what))

    def reject(self, subject: str, number: int, reason: str) -> Outcome:
        """Reject a proposal, with a reason."""
        return self._review.act(
            lambda state: rules.reject(state, subject, number, reason), "rejected"
        )

    def _adopt(self, decide: Callable[[Examination], tuple[Draft, ...]]) -> Outcome:
        return self._review.act_together(decide, "adopted")

    def forget(self) -> None:
        """Let go of what is in memory, and of the kept files where all was disposed of."""
        with self._memory.lock:
            self._memory.said.clear()
        self._album.forget()
        if self._review.examination.state == DISPOSED:
            self._cache.drop()


class _Part:
    """The share of one run among several."""

    def __init__(self, run: Run, number: int, of: int) -> None:
        self._run, self._number, self._of = run, number, of

    def progress(self, share: float, what: str = "") -> None:
        """Tell the share of the whole."""
        self._run.progress((self._number + min(max(share, 0.0), 1.0)) / self._of, what)

    def cancelled(self) -> bool:
        """Return whether nobody waits any more."""
        return self._run.cancelled()


def _load(aid_id: str) -> _Loaded:
    try:
        aid = load_aid(aid_id)
        return _Loaded(aid, str(aid.card.title), str(aid.missing() or ""))
    except DocexamError as error:
        return _Loaded(missing=str(error))
    except Exception as error:  # anybody's code; the review goes on without it
        return _Loaded(missing=f"The aid “{aid_id}” broke ({type(error).__name__}: {error}).")


def _material(job: Job, images: Sequence[Any]) -> Material:
    return Material(
        tuple(images), job.region, job.fields, job.texts, job.issued, job.kind, job.taken_in
    )


def _stub(job: Job) -> Material:
    """Return the material as far as its hash goes; no picture is opened for it."""
    stubs: list[Capture] = list(job.captures)
    return _material(job, stubs)


__all__ = ["Offer", "Prepared", "Proposal", "Proposer", "Shown"]
