"""Aids at work behind a review screen: threads, progress, and when triage asks by itself.

The image aids run in processes of their own, so that no key waits for them; a thread waits for
each, and only one works at a time. Nothing of the aids is imported before the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.errors import DocexamError

if TYPE_CHECKING:
    from textual.timer import Timer

    from docexam.domain.checklist import Checklist
    from docexam.tui.desk.proposing import Job
    from docexam.tui.screens.review import ReviewScreen
    from docexam.workbench.proposing import Prepared, Proposer

# Triage asks once the examiner has stayed on an item for so long: walking past shows nothing.
LINGER_SECONDS = 0.4
PROGRESS_SECONDS = 0.2
# The toolkit and the first picture come first.
WAKE_SECONDS = 0.3


class AidWork:
    """Runs the jobs that the desk queues, and tells it what came of them."""

    def __init__(self, screen: ReviewScreen) -> None:
        self._screen = screen
        self._ticking: Timer | None = None
        self._lingering: Timer | None = None
        self._told: tuple[object, ...] = ()
        self._at: tuple[str, bool] = ("", False)
        self._checklist: Checklist | None = None

    # -- waking ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Look the checklist's aids up in a thread, a moment after the first paint."""
        self._screen.set_timer(WAKE_SECONDS, self._wake)

    def _wake(self) -> None:
        from docexam.domain.aids import aids_of

        checklist = self._checklist = self._screen.desk.review.examination.checklist
        names = [i.id for i in checklist.walk()] + [f.id for f in checklist.fields]
        if any(aids_of(checklist, name) for name in names):
            self._in_thread(self._look_up)

    def _look_up(self) -> None:
        # Importing an aid takes a moment; done here, no key waits for it.
        self._screen.desk.proposals.source.warm()
        self._screen.app.call_later(self._awake)

    def _awake(self) -> None:
        if self._screen.is_attached:
            self._screen.desk.proposals.wake()
            self._screen.sync()

    def _in_thread(self, work: object) -> None:
        self._screen.run_worker(
            work,  # type: ignore[arg-type]  # a plain callable is a thread's work
            thread=True,
            group="aids",
            exit_on_error=False,
        )

    def proposer(self) -> Proposer:
        """Return what asks the aids of this examination."""
        from docexam.workbench.proposing import Proposer

        return Proposer(self._screen.desk.review, apart=True)

    # -- working ---------------------------------------------------------------------------

    def start(self, job: Job) -> None:
        """Let an aid work in a thread of its own."""
        if self._ticking is None:
            self._ticking = self._screen.set_interval(PROGRESS_SECONDS, self._tick)
        self._in_thread(lambda: self._work(job))

    def _work(self, job: Job) -> None:
        try:
            prepared = self._screen.desk.proposals.source.prepare(job.subject, job.aid, job)
        except DocexamError as error:
            prepared = failed(job, str(error))
        except Exception as error:  # an aid may be anybody's; the review goes on
            prepared = failed(job, f"The aid broke ({type(error).__name__}: {error}).")
        self._screen.app.call_later(self._came, job, prepared)

    def _came(self, job: Job, prepared: Prepared) -> None:
        if not self._screen.is_attached:
            return
        self._screen.desk.proposals.came(job, prepared)
        if not self._screen.desk.proposals.jobs and self._ticking:
            self._ticking.stop()
            self._ticking = None
        self._screen.sync()

    def _tick(self) -> None:
        """Show how far it is, where that changed."""
        now = tuple((j.key, j.share, j.what, j.stopped) for j in self._screen.desk.proposals.jobs)
        if now != self._told:
            self._told = now
            self._screen.sync()

    def end(self) -> None:
        """Stop everything: nobody waits any more."""
        for job in self._screen.desk.proposals.jobs:
            job.stopped = True

    # -- triage ----------------------------------------------------------------------------

    def follow(self) -> None:
        """Let triage ask about an item on which the examiner stays."""
        desk = self._screen.desk
        if self._checklist not in (None, desk.review.examination.checklist):
            self._wake()
        here = (desk.walk.current, desk.proposals.triage and desk.proposals.awake)
        if here == self._at:
            return
        self._at = here
        if self._lingering:
            self._lingering.stop()
            self._lingering = None
        if here[1]:
            self._lingering = self._screen.set_timer(LINGER_SECONDS, self._stayed)

    def _stayed(self) -> None:
        if self._screen.is_current:
            self._screen.desk.proposals.linger()
            self._screen.sync()
        else:
            self._at = ("", False)


def failed(job: Job, reason: str) -> Prepared:
    """Return what a job came to that ended in an error."""
    from docexam.domain.proposing import Said
    from docexam.workbench.proposing import Prepared

    return Prepared(Said(job.subject, job.aid, "", ""), reason, broken=True)
