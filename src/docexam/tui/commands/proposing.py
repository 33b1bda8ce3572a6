"""Commands of proposals: ask an aid, look at what it points at, take it over or reject it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.tui.commands.command import ReviewCommand

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


class AskAid(ReviewCommand):
    """Ask the item's aids."""

    id = "aid.ask"
    keys = (";",)
    title = "Ask the aid: what does a program propose on this item?"
    label = "ask aid"
    help = (
        "Shows what aids propose, after your own answer; on an item without one, or not answered "
        "yet, goes back to the item answered last."
    )

    def enabled(self, desk: Desk) -> str:
        """The examiner answers first."""
        return desk.proposals.refused()

    def run(self, desk: Desk, key: str) -> None:
        """Ask."""
        desk.proposals.ask()


class AskAnew(ReviewCommand):
    """Ask the item's aids again."""

    id = "aid.again"
    keys = (";",)
    title = "Ask the aids of this item anew"
    label = "ask anew"
    help = "Asks again, on what is marked and read by now; what is the same is not shown twice."
    contexts = ("aid",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Ask again."""
        desk.proposals.ask(anew=True)


class NextPlace(ReviewCommand):
    """The next place that is proposed."""

    id = "aid.next-place"
    keys = ("'",)
    title = "Go to the next place that an aid names"
    label = "next place"
    help = "Goes round the places that shown proposals name on the captures, from any pane."

    def enabled(self, desk: Desk) -> str:
        """Something must have been shown."""
        return "" if desk.proposals.shown() else "No proposal was shown on this item."

    def run(self, desk: Desk, key: str) -> None:
        """Go there."""
        desk.proposals.next_place()


class StopAid(ReviewCommand):
    """Stop the aids at work."""

    id = "aid.stop"
    keys = ("ctrl+x",)
    title = "Stop the aid that is at work, and those that wait"
    label = "stop aid"
    help = "Stops what is being computed; nothing is proposed, and the aid can be asked again."

    def enabled(self, desk: Desk) -> str:
        """One must be at work."""
        return "" if desk.proposals.jobs else "No aid is at work."

    def run(self, desk: Desk, key: str) -> None:
        """Stop."""
        desk.proposals.stop()


class _Proposals(ReviewCommand):
    contexts = ("aid",)


class ProposalUp(_Proposals):
    """The line above."""

    id = "aid.up"
    keys = ("up",)
    title = "The proposal or ground above"
    label = "up"
    help = "Moves between the proposals and their grounds."
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move up."""
        desk.proposals.move(-1)


class ProposalDown(_Proposals):
    """The line below."""

    id = "aid.down"
    keys = ("down",)
    title = "The proposal or ground below"
    label = "down"
    help = "Moves between the proposals and their grounds."
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move down."""
        desk.proposals.move(1)


class ShowPlace(_Proposals):
    """Go to the place."""

    id = "aid.place"
    keys = ("enter",)
    title = "Show the place of the ground on the capture"
    label = "place"
    help = "Turns to the capture and shows what the ground points at; it is no evidence by itself."
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Show it."""
        desk.proposals.go()


class _Deciding(_Proposals):
    def enabled(self, desk: Desk) -> str:
        """A proposal must be in sight, and the examination open."""
        return desk.deciding.undecidable()


class Adopt(_Deciding):
    """Take the proposal over."""

    id = "aid.adopt"
    keys = ("a",)
    title = "Adopt the proposal, through your own form"
    label = "adopt"
    help = (
        "Opens a proposed reading in the form of the reading, a proposed place as a region to be "
        "drawn; with neither, binds the answer that you give next. Nothing is taken over silently."
    )

    def run(self, desk: Desk, key: str) -> None:
        """Begin to take it over."""
        desk.deciding.adopt()


class TakePlace(_Deciding):
    """Take the place as a region."""

    id = "aid.region"
    title = "Take the proposed place as a region to draw from"
    label = "region"
    help = "Begins a region of yours with the corners that the aid gave; Enter takes it."

    def run(self, desk: Desk, key: str) -> None:
        """Begin to draw."""
        desk.deciding.take_place()


class Reject(_Deciding):
    """Reject the proposal."""

    id = "aid.reject"
    keys = ("d",)
    title = "Reject the proposal, with a reason"
    label = "reject"
    help = "Asks for the reason in a line and records it; the proposal stays to be seen."

    def run(self, desk: Desk, key: str) -> None:
        """Ask for the reason."""
        desk.deciding.reject()


class AidCard(_Proposals):
    """The aid's card."""

    id = "aid.card"
    keys = ("i",)
    title = "The aid's card: what it cannot do, and how it was measured"
    label = "card"
    help = "Shows what the aid is for, what it cannot do, and its figures with what they rest on."

    def enabled(self, desk: Desk) -> str:
        """There must be an aid."""
        return "" if desk.proposals.offers() else "No aid is named for this item."

    def run(self, desk: Desk, key: str) -> None:
        """Open the card."""
        desk.stage.open_window("card")


class LeaveProposals(_Proposals):
    """Back."""

    id = "aid.leave"
    keys = ("escape",)
    title = "Back from the proposals; while an aid works, stop it"
    label = "back"
    help = "Puts the proposals out of sight, decided or not; while an aid works here, stops it."
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Close them."""
        desk.proposals.close()


COMMANDS = (
    AskAid,
    AskAnew,
    NextPlace,
    StopAid,
    ProposalUp,
    ProposalDown,
    ShowPlace,
    Adopt,
    TakePlace,
    Reject,
    AidCard,
    LeaveProposals,
)
