"""Proposals at the desk: asked of an aid after one's own answer, shown, then taken over or not.

An aid runs away from the keys; what it proposes is shown by an act of its own, on the item it was
asked on and nowhere else. A proposal is never an answer: taking one over goes through the same
forms as a reading or a region of one's own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from docexam.domain.aids import aids_of
from docexam.domain.finding import Region, region_of
from docexam.domain.text import visible
from docexam.errors import InputError
from docexam.tui.desk.ports import Mark
from docexam.tui.lines import counted

if TYPE_CHECKING:
    from docexam.domain.proposals import Showing, ShownGround
    from docexam.tui.desk.desk import Desk
    from docexam.workbench.proposing import Offer, Prepared, Proposer, Shown

TRIAGE = "aids"
NONE_HERE = "No aid is named for this item."
# Aids that take too long to wait for at an item, and what to do instead.
ELSEWHERE = {"same": "It compares whole exhibits and takes long: use “docexam aid same”."}
# An aid of anybody's may say any number of things; a person goes through so many.
MOST_SPOTS = 200
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Key = tuple[str, str]
Name = tuple[int, int | None]


class Job:
    """An aid asked on an item and not done yet; the thread that runs it writes the progress.

    `unasked`: triage asked, not the examiner.
    """

    __slots__ = ("aid", "share", "stopped", "subject", "title", "unasked", "what")

    def __init__(self, subject: str, aid: str, title: str, *, unasked: bool = False) -> None:
        self.subject = subject
        self.aid = aid
        self.title = title
        self.unasked = unasked
        self.share = 0.0
        self.what = ""
        self.stopped = False

    @property
    def key(self) -> Key:
        """Item and aid."""
        return self.subject, self.aid

    def progress(self, share: float, what: str = "") -> None:
        """Note the share done, 0 to 1, and what is being done."""
        self.share, self.what = min(max(share, 0.0), 1.0), what

    def cancelled(self) -> bool:
        """Whether nobody waits any more."""
        return self.stopped


class Spot(NamedTuple):
    """Where the cursor can stand: a proposal, one of its grounds, or with `both` the two in one."""

    shown: Shown
    ground: int | None = None
    both: bool = False

    @property
    def name(self) -> Name:
        """The numbers of the proposal and of the ground in it."""
        return self.shown.number, self.ground

    @property
    def of(self) -> ShownGround | None:
        """The ground; None on the proposal itself."""
        proposal = self.shown.proposal
        return None if self.ground is None or proposal is None else proposal.grounds[self.ground]

    @property
    def placed(self) -> bool:
        """Whether it is a ground with a place on a capture."""
        return self.of is not None and self.of.shape is not None and self.of.capture > 0


class Proposing:
    """The proposals on the current item, and the aids that are at work.

    `awake`: nothing is looked up before the first paint. `open`: the proposals are in sight.
    `at`: index in `spots`. `behind`: the item answered last, where an aid can be asked.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._source: Proposer | None = None
        self._offers: dict[str, tuple[Offer, ...]] = {}
        self._shown: dict[str, tuple[Shown, ...]] = {}
        self._seen: object = None
        self._listed: tuple[tuple[Shown, ...] | None, tuple[Spot, ...], dict[Name, str]]
        self._listed = (None, (), {})
        self._done: dict[Key, Prepared] = {}
        self.troubles: dict[Key, str] = {}
        self.awake = False
        self.open = False
        self.at = 0
        self.behind = ""
        self.jobs: list[Job] = []
        self._running: Job | None = None
        self._early = False

    # -- what there is ---------------------------------------------------------------------

    @property
    def source(self) -> Proposer:
        """The workbench's proposer, made when first asked for."""
        if self._source is None:
            self._source = self._desk.stage.proposer()
        return self._source

    @property
    def triage(self) -> bool:
        """Whether aids are shown before the examiner's own answer."""
        return self._desk.review.examination.revealed(TRIAGE)

    def _current(self) -> str:
        return self._desk.walk.current

    def _fresh(self) -> None:
        examination = self._desk.review.examination
        if self._seen is not examination:
            self._seen = examination
            self._offers, self._shown = {}, {}

    def offers(self, subject: str = "") -> tuple[Offer, ...]:
        """Return which aids there are on an item, and whether they can be asked now."""
        if not self.awake:
            return ()
        self._fresh()
        subject = subject or self._current()
        if subject not in self._offers:
            self._offers[subject] = tuple(map(_on_screen, self.source.offers(subject)))
        return self._offers[subject]

    def shown(self) -> tuple[Shown, ...]:
        """Return what was shown on the current item so far."""
        if not self.awake:
            return ()
        self._fresh()
        subject = self._current()
        if subject not in self._shown:
            self._shown[subject] = self.source.shown(subject) if self.offers() else ()
        return self._shown[subject]

    def job(self, key: Key) -> Job | None:
        """Return the work on an item by an aid, if there is any."""
        return next((j for j in self.jobs if j.key == key), None)

    def nothing(self) -> tuple[Showing, ...]:
        """Return the showings on the current item in which an aid had nothing to propose."""
        showings = self._desk.review.examination.showings
        return tuple(s for s in showings if self._current() in s.subjects and not s.count)

    def waiting(self, key: Key) -> bool:
        """Whether an aid is done and its proposals were not shown yet."""
        return key in self._done

    def spots(self) -> tuple[Spot, ...]:
        """Return where the cursor can stand: each proposal, then its grounds; bounded."""
        shown = self.shown()
        if self._listed[0] is not shown:
            spots = self._list(shown)
            placed = (s for s in spots if s.placed)
            letters = {s.name: LETTERS[n : n + 1] or "+" for n, s in enumerate(placed)}
            self._listed = (shown, spots, letters)
        return self._listed[1]

    def _list(self, all_shown: tuple[Shown, ...]) -> tuple[Spot, ...]:
        found: list[Spot] = []
        for shown in all_shown:
            count = len(shown.proposal.grounds) if shown.proposal else 0
            if count == 1:
                found.append(Spot(shown, 0, both=True))
            else:
                found += [Spot(shown), *(Spot(shown, n) for n in range(count))]
            if len(found) >= MOST_SPOTS:
                break
        return tuple(found[:MOST_SPOTS])

    @property
    def here(self) -> Spot | None:
        """Where the cursor stands; None while nothing is shown."""
        spots = self.spots()
        return spots[min(self.at, len(spots) - 1)] if spots else None

    def letter(self, spot: Spot) -> str:
        """Return the letter that a place has in the list and on the capture; empty for none."""
        self.spots()
        return self._listed[2].get(spot.name, "")

    # -- asking ----------------------------------------------------------------------------

    def meant(self) -> str:
        """Return the item that asking is about: this one, else the one answered last."""
        current = self._current()
        for subject in (current, self.behind):
            if subject and any(o.state in ("ready", "shown") for o in self.offers(subject)):
                return subject
        return current

    def refused(self) -> str:
        """Return why no aid can be asked now; empty when one can."""
        if not self.awake:
            checklist = self._desk.review.examination.checklist
            return "" if aids_of(checklist, self._current()) else NONE_HERE
        offers = self.offers(self.meant())
        if any(o.state in ("ready", "shown") for o in offers):
            return ""
        return visible(next((o.why for o in offers if o.why), NONE_HERE))

    def ask(self, *, anew: bool = False) -> None:
        """Show what is proposed on the item; run what was not run yet, or all `anew`."""
        if not self.awake:
            self._early = True
            self._desk.tell("The aids are being looked up; what they propose comes then.")
            return
        subject = self.meant()
        if not self._desk.walk.go(subject):
            return
        self.open = True
        for offer in self.offers():
            if offer.state == "ready" or (anew and offer.state == "shown"):
                self._request(offer)
        self._desk.marks.show()
        self._desk.stage.focus_pane("aid")

    def _request(self, offer: Offer, *, unasked: bool = False) -> None:
        key = (offer.subject, offer.aid)
        if key in self._done:
            self._show(self._done.pop(key))
        elif (job := self.job(key)) is None or job.stopped:
            self.troubles.pop(key, None)
            self.jobs.append(Job(*key, visible(offer.title or offer.aid), unasked=unasked))
            self._start_next()

    def _start_next(self) -> None:
        if self._running is None and self.jobs:
            self._running = self.jobs[0]
            self._desk.stage.start_aid(self._running)

    def wake(self) -> None:
        """Begin to look aids up, now that doing so holds no key up; ask if that was asked for."""
        self.awake = True
        self._desk.marks.show()
        if self._early and not self.refused():
            self.ask()
        self._early = False

    def arrived(self) -> None:
        """Close what belonged to the item before."""
        self.open, self.at, self._early = False, 0, False
        self._desk.deciding.bound = 0

    def linger(self) -> None:
        """Ask the aids of an item on which the examiner has stayed, in triage."""
        if self.triage and not self._desk.review.read_only:
            for offer in self.offers():
                if offer.state == "ready":
                    self._request(offer, unasked=True)

    def leaving(self) -> None:
        """Remember an item that was answered and is left, if an aid can be asked about it."""
        if any(o.state == "ready" for o in self.offers()):
            self.behind = self._current()

    # -- what comes of it ------------------------------------------------------------------

    def came(self, job: Job, prepared: Prepared) -> None:
        """Take what an aid came to; it is shown if the examiner is still there."""
        self.jobs = [j for j in self.jobs if j is not job]
        self._running = None
        self._start_next()
        if prepared.cancelled or job.stopped:
            self._desk.tell(f"{job.title}: stopped; nothing was proposed.")
        elif job.subject == self._current() and (self.open or job.unasked):
            self._show(prepared, unasked=job.unasked)
        elif not job.unasked:
            self._done[job.key] = prepared
            item = self._desk.title_of(job.subject)
            self._desk.tell(f"{job.title} is done on “{item}”; ; there shows it.")

    def _show(self, prepared: Prepared, *, unasked: bool = False) -> None:
        key = (prepared.subject, prepared.aid)
        if prepared.reason and not prepared.proposals:
            self.troubles[key] = visible(prepared.reason)
            if not unasked:
                self._desk.tell(prepared.reason, "warn")
            return
        before = len(self.spots())
        told = counted(len(prepared.proposals), "proposal") if prepared.proposals else "nothing"
        if self._desk.attempt(lambda: self.source.show(prepared), f"proposed: {told}"):
            self.at = before if len(self.spots()) > before else self.at
            self._desk.marks.show()

    def stop(self) -> None:
        """Stop what is at work and drop what waits."""
        self.jobs = [j for j in self.jobs if j is self._running]
        for job in self.jobs:
            job.stopped = True
        self._desk.tell("Stopping." if self.jobs else "No aid is at work.")

    def close(self) -> None:
        """Put the proposals out of sight; they stay shown. While an aid works on them, stop it."""
        if any(j.subject == self._current() and not j.stopped for j in self.jobs):
            self.stop()
            return
        self.open, self._desk.deciding.bound = False, 0
        self._desk.marks.show()

    # -- moving ----------------------------------------------------------------------------

    def move(self, step: int) -> None:
        """Move the cursor."""
        last = len(self.spots()) - 1
        self.at = max(0, min(last, self.at + step))
        self._desk.marks.show()

    def pick(self, at: int) -> None:
        """Put the cursor on a line by its number; on the same line again, show its place."""
        again, self.at = at == self.at, at
        self._desk.marks.show()
        if again:
            self.go()

    def go(self) -> None:
        """Show the place of the ground at the cursor, or of the proposal's first one."""
        here = self.here
        if here is None:
            return
        spot = here if here.ground is not None else self.first_placed(here)
        if spot is None or not spot.placed:
            self._desk.tell("This has no place on a capture.", "warn")
        else:
            self._go_to(spot)

    def first_placed(self, here: Spot) -> Spot | None:
        """Return the first ground with a place of the same proposal."""
        mine = (s for s in self.spots() if s.shown.number == here.shown.number)
        return next((s for s in mine if s.placed), None)

    def next_place(self) -> None:
        """Go round the places that are named, from any pane."""
        spots = self.spots()
        placed = [n for n, s in enumerate(spots) if s.placed]
        if not placed:
            self._desk.tell("Nothing that was proposed here has a place on a capture.", "warn")
            return
        self.open = True
        self._go_to(spots[next((n for n in placed if n > self.at), placed[0])])

    def _go_to(self, spot: Spot) -> None:
        self.at = self.spots().index(spot)
        region = self.region_at(spot)
        if region is None:
            self._desk.tell("The capture of this place is not here.", "warn")
            return
        self._desk.marks.show()
        self._desk.stage.capture_to_front()
        self._desk.picture.show_region(region)

    def region_at(self, spot: Spot) -> Region | None:
        """Return where a ground lies on its capture; None where it lies on none of ours."""
        ground = spot.of
        captures = self._desk.review.examination.captures
        capture = next((c for c in captures if ground and c.n == ground.capture), None)
        if ground is None or ground.shape is None or capture is None:
            return None
        try:
            return region_of(capture.sha256, ground.shape)
        except InputError:
            return None

    def marks(self) -> list[Mark]:
        """Return the places that are proposed, while the proposals are in sight."""
        if not self.open:
            return []
        here, found = self.here, []
        for spot in self.spots():
            region = self.region_at(spot) if spot.placed else None
            if region:
                kind = "aid-current" if here and spot.name == here.name else "aid"
                found.append(Mark(region, self.letter(spot), kind))
        return found


def _on_screen(offer: Offer) -> Offer:
    """Return an offer as the screen makes it: some aids have a command of their own only."""
    elsewhere = ELSEWHERE.get(offer.aid)
    if elsewhere is None or offer.state == "shown":
        return offer
    return replace(offer, state="cannot", why=elsewhere)
