"""Commands that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.tui.commands.command import ItemCommand, ReviewCommand, WritingCommand

if TYPE_CHECKING:
    from docexam.tui.desk.desk import Desk


class AnswerChoice(ItemCommand):
    """Answer with a numbered choice."""

    id = "answer.choice"
    keys = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
    title = "Answer with the choice of that number"
    label = "answer"
    help = (
        "Answers and moves on to the next open item. On an item with several answers the number "
        "turns an answer on or off; on a number, a date or a text it begins to type."
    )
    palette = False
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Choose by number."""
        desk.answers.choose(int(key))


class AnswerNone(ItemCommand):
    """Nothing of the list applies."""

    id = "answer.none"
    keys = ("0",)
    title = "Answer: none of these"
    label = "none"
    help = "On an item with several answers: says that nothing of the list applies, and moves on."

    def run(self, desk: Desk, key: str) -> None:
        """Record the empty answer."""
        desk.answers.none_of_these()


class NonAnswer(ItemCommand):
    """A non-answer; its slug is in `slug`."""

    slug = ""

    def run(self, desk: Desk, key: str) -> None:
        """Record the non-answer and ask for its cause."""
        desk.answers.non_answer(self.slug)


class Unclear(NonAnswer):
    """It is in the picture, and cannot be told."""

    id = "answer.unclear"
    keys = ("u",)
    title = "Answer: unclear"
    label = "unclear"
    help = "It is in the picture, and it cannot be told what it is. A cause may follow."
    slug = "unclear"


class NotVisible(NonAnswer):
    """The picture does not show it."""

    id = "answer.not-visible"
    keys = ("v",)
    title = "Answer: not visible"
    label = "not visible"
    help = (
        "This material does not show it, which never means that it is absent. A cause may follow."
    )
    slug = "not-visible"


class NoReference(NonAnswer):
    """Nothing to compare with."""

    id = "answer.no-reference"
    keys = ("f",)
    title = "Answer: no reference"
    label = "no reference"
    help = "There is nothing to compare it with. A cause may follow."
    slug = "no-reference"


class NotApplicable(NonAnswer):
    """The question does not fit."""

    id = "answer.not-applicable"
    keys = ("x",)
    title = "Answer: not applicable"
    label = "n/a"
    help = "The question does not fit this document. A cause may follow."
    slug = "not-applicable"


class Clear(ItemCommand):
    """Make the item open again."""

    id = "answer.open"
    keys = ("delete",)
    title = "Make this item open again"
    label = "clear"
    help = "Takes the answer away; note and regions stay, and the journal keeps what was said."

    def run(self, desk: Desk, key: str) -> None:
        """Record `open`."""
        desk.answers.clear()


class Enter(WritingCommand):
    """Go on from the list."""

    id = "item.enter"
    keys = ("enter",)
    title = "Go into the item"
    label = "go into"
    help = (
        "Takes the marked place as the item's region; begins to type where something is typed; "
        "on an item with several answers moves on; on a section opens or closes it; otherwise goes "
        "to the choices."
    )
    contexts = ("list",)
    palette = False

    def enabled(self, desk: Desk) -> str:
        """Sections open and close in a closed examination too."""
        return ""

    def run(self, desk: Desk, key: str) -> None:
        """Do what the item needs."""
        if desk.walk.at_head is not None:
            desk.walk.toggle_fold()
        elif desk.review.read_only:
            desk.stage.focus_pane("question")
        else:
            enter_item(desk)


def enter_item(desk: Desk) -> None:
    """Do what Enter means at the current item, seen from the list."""
    item, field = desk.indicator, desk.field
    if not desk.answers.choices() and (refused := desk.writing.refused("answer")):
        desk.tell(refused, "warn")
        return
    if not desk.refused_here() and desk.marks.use_place():
        return
    if item and item.type == "many":
        desk.answers.move_on()
    elif desk.answers.choices():
        desk.stage.focus_pane("question")
    elif item or field:
        desk.writing.answer()


class AnswerFocused(WritingCommand):
    """Answer with the choice at the cursor."""

    id = "answer.focused"
    keys = ("enter",)
    title = "Answer with the choice at the cursor"
    label = "answer"
    help = "Answers with the choice at the cursor; on an item with several answers moves on."
    contexts = ("question",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Answer."""
        item = desk.indicator
        if item and item.type == "many":
            desk.answers.move_on()
        elif not desk.answers.choices():
            enter_item(desk)
        elif refused := desk.refused_here():
            desk.tell(refused, "warn")
        else:
            desk.answers.choose_focused()


class ChoiceUp(ReviewCommand):
    """The choice above."""

    id = "question.up"
    keys = ("up",)
    title = "The choice above"
    label = "up"
    help = "Moves between the choices; innocent explanations are those of the choice at the cursor."
    contexts = ("question",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move up."""
        desk.answers.move(-1)


class ChoiceDown(ReviewCommand):
    """The choice below."""

    id = "question.down"
    keys = ("down",)
    title = "The choice below"
    label = "down"
    help = "Moves between the choices."
    contexts = ("question",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move down."""
        desk.answers.move(1)


class QuestionPageUp(ReviewCommand):
    """Scroll the question back."""

    id = "question.page-up"
    keys = ("pageup",)
    title = "Scroll the question back"
    label = "back"
    help = "Scrolls the question's text."
    contexts = ("question",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Scroll up."""
        desk.stage.scroll_question(-1)


class QuestionPageDown(ReviewCommand):
    """Scroll the question on."""

    id = "question.page-down"
    keys = ("pagedown",)
    title = "Scroll the question on"
    label = "on"
    help = "Scrolls the question's text."
    contexts = ("question",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Scroll down."""
        desk.stage.scroll_question(1)


class Toggle(ItemCommand):
    """Turn the answer at the cursor on or off."""

    id = "answer.toggle"
    keys = ("space",)
    title = "Turn the answer at the cursor on or off"
    label = "on/off"
    help = "On an item with several answers: turns the one at the cursor on or off."
    contexts = ("many",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Turn it over."""
        desk.answers.choose_focused()


class Cause(WritingCommand):
    """Why it was no answer."""

    id = "cause.choose"
    keys = ("1", "2", "3", "4", "5", "6", "7")
    title = "Say why, by number"
    label = "cause"
    help = "Cropped, glare, blur, covered, not photographed, too small, other; then moves on."
    contexts = ("causes",)
    palette = False
    positional = True

    def run(self, desk: Desk, key: str) -> None:
        """Record the cause."""
        desk.answers.cause(int(key))


class CauseOpen(ReviewCommand):
    """Leave the cause open."""

    id = "cause.leave-open"
    keys = ("escape", "enter")
    title = "Leave the cause open"
    label = "leave open"
    help = "Gives no cause and moves on. The same non-answer key again does it too."
    contexts = ("causes",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Move on."""
        desk.answers.cause_open()


class SeenNothing(WritingCommand):
    """Nothing was seen before."""

    id = "seen.nothing"
    keys = ("n",)
    title = "Nothing was seen or told before"
    label = "nothing"
    help = "Records that you had seen and been told nothing before you looked."
    contexts = ("seen",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Record it."""
        desk.writing.nothing_seen()


class SeenWrite(WritingCommand):
    """Write what was seen before."""

    id = "seen.write"
    keys = ("enter", "w")
    title = "Write what you have seen or been told"
    label = "write"
    help = "Opens a line to write what you had seen or been told before you looked."
    contexts = ("seen",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Open the line."""
        desk.writing.seen()


class SeenLater(ReviewCommand):
    """Leave it open what was seen before."""

    id = "seen.later"
    keys = ("escape",)
    title = "Leave it open"
    label = "leave open"
    help = "Records nothing; you are asked again at the next visit."
    contexts = ("seen",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Close the prompt."""
        desk.asking = ""


class OfferOpen(ReviewCommand):
    """Look at the true pixels."""

    id = "offer.open"
    keys = ("o",)
    title = "Open the true pixels"
    label = "open"
    help = (
        "Opens the region in true pixels in the system's viewer; the finding keeps that you looked."
    )
    contexts = ("offer",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Open the crop."""
        desk.marks.open_crop()


class OfferWrite(ReviewCommand):
    """Write the true pixels to a file."""

    id = "offer.write"
    keys = ("w",)
    title = "Write the true pixels to a file"
    label = "write"
    help = "Writes the region in true pixels to a PNG where the program was started."
    contexts = ("offer",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Write the crop."""
        desk.marks.write_crop()


class OfferLooked(WritingCommand):
    """The file was looked at."""

    id = "offer.looked"
    keys = ("l",)
    title = "I looked at the file, and the answer stands"
    label = "looked"
    help = "After a file was written: records the answer, and that you looked at the file."
    contexts = ("offer",)
    palette = False

    def enabled(self, desk: Desk) -> str:
        """There must be a file to have looked at."""
        return "" if desk.answers.file_waits else "Open the true pixels, or write a file, first."

    def run(self, desk: Desk, key: str) -> None:
        """Record both."""
        desk.answers.confirm_look()
        desk.answers.let_stand()


class OfferStand(WritingCommand):
    """Let the answer stand."""

    id = "offer.stand"
    keys = ("enter",)
    title = "The answer stands"
    label = "it stands"
    help = "Records the answer, and whether the true pixels were looked at."
    contexts = ("offer",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Record it."""
        desk.answers.let_stand()


class OfferBack(ReviewCommand):
    """Go back without an answer."""

    id = "offer.back"
    keys = ("escape",)
    title = "Go back"
    label = "go back"
    help = "Goes back to the question; what was not recorded stays unrecorded."
    contexts = ("offer",)
    palette = False

    def run(self, desk: Desk, key: str) -> None:
        """Drop the offer."""
        desk.answers.drop_offer()


COMMANDS = (
    AnswerChoice,
    AnswerNone,
    Unclear,
    NotVisible,
    NoReference,
    NotApplicable,
    Clear,
    Enter,
    AnswerFocused,
    ChoiceUp,
    ChoiceDown,
    QuestionPageUp,
    QuestionPageDown,
    Toggle,
    Cause,
    CauseOpen,
    SeenNothing,
    SeenWrite,
    SeenLater,
    OfferOpen,
    OfferWrite,
    OfferLooked,
    OfferStand,
    OfferBack,
)
