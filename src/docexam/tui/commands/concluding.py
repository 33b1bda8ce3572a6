"""Commands from findings to a conclusion: reveals, support, concluding, comparing examiners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from docexam.tui.commands.command import Command, ReviewCommand, WritingCommand

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


# -- on the review screen -------------------------------------------------------------------


def _refused(desk: Desk, what: str) -> str:
    # Imported when asked: the table of keys must load no toolkit, and words need one.
    from docexam.tui.desk.revealing import refused

    review = desk.review
    return refused(review.examination, review.standing, what, review.read_only)


class RevealMenu(ReviewCommand):
    """What can be revealed."""

    id = "reveal"
    keys = ("ctrl+r",)
    title = "Reveals: what is still closed to you, and why"
    label = "reveals"
    help = "Lists what could sway you and is closed, or was opened: support, references, claims."

    def run(self, desk: Desk, key: str) -> None:
        """Open the list."""
        desk.stage.open_window("reveal")


class _Reveal(ReviewCommand):
    what = ""

    def enabled(self, desk: Desk) -> str:
        """Support waits for the critical items; nothing is revealed where nothing is written."""
        return _refused(desk, self.what)

    def run(self, desk: Desk, key: str) -> None:
        """Ask, or show what is open already."""
        desk.stage.open_window(f"reveal:{self.what}")


class ShowSupport(_Reveal):
    """The support screen."""

    id = "support"
    keys = ("ctrl+t",)
    title = "Support: what the findings add up to"
    label = "support"
    help = "Shows the findings against the explanations; asks first, for it could sway you."
    what = "support"


class RevealReference(_Reveal):
    """Reference specimens."""

    id = "reveal.reference"
    title = "Reference specimens: reveal, or show one beside the capture"
    label = "references"
    help = "Shows a matching specimen beside the capture at one scale; asks first."
    what = "reference"


class RevealClaims(_Reveal):
    """Claims and file names."""

    id = "reveal.claims"
    title = "Case claims and file names: reveal, or show again"
    label = "claims"
    help = "Shows where the exhibit is said to come from, and its files' names; asks first."
    what = "claims"


class RevealAids(_Reveal):
    """Aids."""

    id = "reveal.aids"
    title = "Triage: let aids be shown before your answers"
    label = "triage"
    help = "From then on shows what aids propose before you answer; asks first. No need for ;."
    what = "aids"


class RevealColleague(_Reveal):
    """A colleague's work."""

    id = "reveal.colleague"
    title = "A colleague's work: say that you saw it, or were told of it"
    label = "colleague"
    help = "Records that another's work on this exhibit reached you; the report tells it."
    what = "colleague"


class Conclude(WritingCommand):
    """State a conclusion."""

    id = "conclude"
    keys = ("ctrl+k",)
    title = "Conclude: state what the findings support"
    label = "conclude"
    help = "Opens the form of a conclusion, beside what is suggested; the support comes first."

    def enabled(self, desk: Desk) -> str:
        """The support must be open, or be one that can be opened."""
        return desk.review.read_only or _refused(desk, "support")

    def run(self, desk: Desk, key: str) -> None:
        """Open the form; before that the support, where it is still closed."""
        opened = desk.review.examination.revealed("support")
        desk.stage.open_window("conclude" if opened else "reveal:support")


class CompareExaminers(ReviewCommand):
    """The comparison of examinations."""

    id = "compare"
    keys = ("ctrl+e",)
    title = "Compare the examinations of this exhibit"
    label = "examiners"
    help = "Sets the closed examinations of the exhibit side by side; yours must be closed too."

    def run(self, desk: Desk, key: str) -> None:
        """Open the comparison; the gate says why not."""
        desk.stage.open_window("compare")


# -- on the support screen ------------------------------------------------------------------


class SupportDesk(Protocol):
    """What the support screen lets commands do."""

    def shut(self) -> None:
        """Go back to the review."""

    def move(self, across: int, down: int) -> None:
        """Move the cursor in the matrix."""

    def ask(self, step: int) -> None:
        """Turn to the next question."""

    def ask_number(self, number: int) -> None:
        """Turn to a question by its number."""

    def scroll(self, pages: int) -> None:
        """Scroll the words under the matrix."""

    def go(self) -> None:
        """Go to the finding at the cursor, in the review."""

    def look(self) -> None:
        """Go to the next best look."""

    def conclude(self) -> None:
        """Open the form of a conclusion on this question."""

    def help(self) -> None:
        """Show the keys."""

    def problem(self, what: str) -> str:
        """Return why `go`, `look` or `conclude` cannot be done; empty when it can."""


class SupportCommand(Command[SupportDesk]):
    """A command of the support screen."""

    contexts = ("support",)
    palette = False


class SupportBack(SupportCommand):
    """Back."""

    id = "support.back"
    keys = ("escape", "q", "ctrl+t")
    title = "Back to the review"
    label = "back"
    help = "Goes back to the review, where one was."

    def run(self, desk: SupportDesk, key: str) -> None:
        """Go back."""
        desk.shut()


class SupportMove(SupportCommand):
    """Move in the matrix."""

    id = "support.move"
    keys = ("left", "right", "up", "down")
    title = "Move over findings and explanations"
    label = "move"
    help = "Moves from finding to finding, and between explanations."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Move."""
        steps = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
        desk.move(*steps[key])


class SupportEnds(SupportCommand):
    """The first or last finding."""

    id = "support.ends"
    keys = ("home", "end")
    title = "The first or the last finding"
    label = "first, last"
    help = "Goes to the first or to the last finding of the matrix."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Leap."""
        desk.move(-1_000_000 if key == "home" else 1_000_000, 0)


class SupportQuestion(SupportCommand):
    """Another question."""

    id = "support.question"
    keys = ("[", "]")
    title = "The question before, the next question"
    label = "question"
    help = "Goes between image, blank, contents and bearer: each has a matrix of its own."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Turn."""
        desk.ask(-1 if key == "[" else 1)


class SupportNumber(SupportCommand):
    """A question by its number."""

    id = "support.question-number"
    keys = ("1", "2", "3", "4")
    title = "A question by its number"
    label = "question"
    help = "Goes to the question of that number in the top line."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Turn to it."""
        desk.ask_number(int(key))


class SupportScroll(SupportCommand):
    """Scroll the words."""

    id = "support.scroll"
    keys = ("pageup", "pagedown", "space")
    title = "Scroll the words under the matrix"
    label = "scroll"
    help = "Scrolls what the findings come to, and what would change it."
    positional = True

    def run(self, desk: SupportDesk, key: str) -> None:
        """Scroll."""
        desk.scroll(-1 if key == "pageup" else 1)


class SupportGo(SupportCommand):
    """To the finding."""

    id = "support.go"
    keys = ("enter",)
    title = "Go to the finding and its pixels"
    label = "its pixels"
    help = "Goes back to the review, to the finding at the cursor and its region."

    def enabled(self, desk: SupportDesk) -> str:
        """There must be a finding."""
        return desk.problem("go")

    def run(self, desk: SupportDesk, key: str) -> None:
        """Go."""
        desk.go()


class SupportLook(SupportCommand):
    """To the next best look."""

    id = "support.look"
    keys = ("o",)
    title = "Go to the next best look"
    label = "next look"
    help = "Goes to the open item that could change this question most."

    def enabled(self, desk: SupportDesk) -> str:
        """There must be one."""
        return desk.problem("look")

    def run(self, desk: SupportDesk, key: str) -> None:
        """Go there."""
        desk.look()


class SupportConclude(SupportCommand):
    """Conclude on this question."""

    id = "support.conclude"
    keys = ("c", "ctrl+k")
    title = "Conclude on this question"
    label = "conclude"
    help = "Opens the form of a conclusion on the question that is shown."

    def enabled(self, desk: SupportDesk) -> str:
        """The examination must be open and one's own."""
        return desk.problem("conclude")

    def run(self, desk: SupportDesk, key: str) -> None:
        """Open the form."""
        desk.conclude()


class SupportHelp(SupportCommand):
    """Keys."""

    id = "support.help"
    keys = ("?", "f1")
    title = "The keys of this screen, and its signs"
    label = "help"
    help = "Shows what every key does here."

    def run(self, desk: SupportDesk, key: str) -> None:
        """Show them."""
        desk.help()


COMMANDS = (
    RevealMenu,
    ShowSupport,
    RevealReference,
    RevealClaims,
    RevealAids,
    RevealColleague,
    Conclude,
    CompareExaminers,
    SupportBack,
    SupportMove,
    SupportEnds,
    SupportQuestion,
    SupportNumber,
    SupportScroll,
    SupportGo,
    SupportLook,
    SupportConclude,
    SupportHelp,
)
