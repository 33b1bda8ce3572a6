"""Windows over the review screen: help, all commands, the journal, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from docexam.domain.text import search_key, visible
from docexam.tui.commands import ALL, CONTEXTS, Command
from docexam.tui.desk.history import journal_lines
from docexam.tui.desk.outline import AID_SIGNS, GLYPHS, TAGS
from docexam.tui.keyboard import Keyboard, shown
from docexam.tui.lines import BLANK, Line, Span, counted, cut, paragraph
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.widgets.editor import OneLine
from docexam.tui.widgets.lines_view import LinesView, Picked

if TYPE_CHECKING:
    from docexam.tui.screens.review import ReviewScreen

WIDEST = 96
_FRAME = 7


class Window(KeyedScreen, ModalScreen[Any]):
    """A window of lines that scrolls and closes."""

    CSS_PATH: ClassVar[str] = "windows.tcss"
    heading = ""

    def __init__(self, review: ReviewScreen) -> None:
        super().__init__()
        self.review = review
        self.view = LinesView(id="text")

    def compose(self) -> ComposeResult:
        """One box with its text."""
        with Vertical(id="box") as box:
            box.border_title = Content(self.heading)
            box.border_subtitle = Content(self.footing())
            yield self.view

    def on_mount(self) -> None:
        """Show the text and take the focus."""
        self.show()
        self.set_focus(self.to_focus())
        self.begin_keys()

    def on_resize(self) -> None:
        """Follow the terminal's width."""
        self.show()

    def show(self) -> None:
        """Show the text as it is now."""
        self.view.set_lines(self.text(self.width))

    def to_focus(self) -> Widget:
        """Return what has the focus at first."""
        return self.view

    @property
    def width(self) -> int:
        """Width of the text."""
        return max(min(self.app.size.width - 4, WIDEST) - _FRAME, 20)

    def text(self, width: int) -> list[Line]:
        """Return the lines of the window."""
        raise AssertionError

    def footing(self) -> str:
        """Return the words at the foot of the window."""
        return "Esc back"

    def contexts(self) -> tuple[str, ...]:
        """A window has keys of its own."""
        return ("dialog",)

    def use(self, command: Command[Any], key: str) -> None:
        """Run a window's command."""
        if not command.enabled(self):
            command.run(self, key)

    # -- what a window's commands do ---------------------------------------------------------

    def shut(self) -> None:
        """Close the window."""
        self.dismiss()
        self.review.sync()

    def scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.view.scroll_to(y=self.view.scroll_offset.y + lines, animate=False)

    def page(self) -> int:
        """Return how many lines a page has."""
        return max(self.view.scrollable_content_region.height - 1, 1)

    def confirm(self) -> None:
        """Close: nothing is asked."""
        self.shut()

    def problem(self) -> str:
        """Nothing stands in the way."""
        return ""


class HelpWindow(Window):
    """What every key does where one is, and what the signs mean."""

    def __init__(self, review: ReviewScreen) -> None:
        super().__init__(review)
        self._contexts = review.contexts()
        place = CONTEXTS[next((c for c in self._contexts if c != "many"), "always")]
        self.heading = f"Help {place}"

    def text(self, width: int) -> list[Line]:
        """Keys of the nearest place first, then the signs."""
        lines: list[Line] = []
        last = ""
        for context, command, keys in self.review.keyboard.commands(self._contexts):
            if context != last:
                words = CONTEXTS[context]
                lines += [BLANK] if lines else []
                lines.append((Span(words[0].upper() + words[1:], "head"),))
                last = context
            lines += self._row(command, keys, width)
        return [*lines, BLANK, *_legend()]

    def _row(self, command: Command[Any], keys: tuple[str, ...], width: int) -> list[Line]:
        reason = command.enabled(self.review.desk)
        words = " ".join(map(shown, keys))
        first = f"  {words:<18} "
        lines = paragraph(command.help, width, "", first=first, rest=" " * len(first))
        if reason:
            note = f"not now: {reason}"
            lines += paragraph(note, width, "dim", first=" " * len(first), rest=" " * len(first))
        head = lines[0][0].text
        lines[0] = (Span(head[: len(first)], "key"), Span(head[len(first) :]))
        return lines


def _legend() -> list[Line]:
    lines: list[Line] = [(Span("Signs in the list", "head"),)]
    lines += [(Span(f"  {sign}  ", "key"), Span(words)) for sign, words in GLYPHS.values()]
    lines += [(Span(f"  {sign}  ", "key"), Span(words)) for sign, words in TAGS.items()]
    lines += [BLANK, (Span("Signs of aids", "head"),)]
    return lines + [(Span(f"  {sign}  ", "key"), Span(words)) for sign, words in AID_SIGNS]


class JournalWindow(Window):
    """What was recorded, and when; the last act first."""

    heading = "Journal"

    def text(self, width: int) -> list[Line]:
        """The head, then every event in words."""
        state = self.review.desk.review.examination
        head = paragraph(f"Head {state.head[0]}: {state.head[1]}", width, "dim")
        return [*head, BLANK, *journal_lines(state, width)]


class UnsavedWindow(Window):
    """Asks before one leaves what could not be recorded."""

    heading = "Not saved"

    def footing(self) -> str:
        """Say what Enter does."""
        return "Enter leaves and drops it · Esc back"

    def text(self, width: int) -> list[Line]:
        """Every text that would be lost, in full."""
        writing = self.review.desk.writing
        lines = paragraph("This could not be recorded and is lost when you leave:", width, "warn")
        for at, text in writing.lost().items():
            lines += [BLANK, *paragraph(writing.named(at), width, "head")]
            lines += paragraph(text, width, first="  ", rest="  ")
        return lines

    def confirm(self) -> None:
        """Leave."""
        self.dismiss()
        self.review.stage.go()


class CloseWindow(Window):
    """Asks for the closing, shows what is open, and afterwards the head hash."""

    heading = "Close the examination"

    def __init__(self, review: ReviewScreen) -> None:
        super().__init__(review)
        self._head = ""

    def footing(self) -> str:
        """Say what Enter does."""
        return "Esc back" if self._head else "Enter closes it · Esc back"

    def text(self, width: int) -> list[Line]:
        """What stays open; after closing, what to keep."""
        return self._after(width) if self._head else self._before(width)

    def _before(self, width: int) -> list[Line]:
        desk = self.review.desk
        opened = [e for part in desk.walk.parts for e in part.entries if e.open]
        progress = desk.progress
        lines = paragraph(
            f"{progress.answered} of {counted(progress.total, 'item')} answered, "
            f"{progress.critical_open} critical open.",
            width,
        )
        if opened:
            lines += [BLANK, (Span("Open or incomplete", "head"),)]
            lines += [
                (
                    Span(f"  {GLYPHS[e.state][0]} "),
                    Span(e.title),
                    Span("  critical" * e.critical, "critical"),
                )
                for e in opened
            ]
        lines.append(BLANK)
        lines += paragraph(
            "Closing freezes the examination. It can be opened again with a reason; every change "
            "after that needs one too, and keeps the first answer.",
            width,
        )
        return lines

    def _after(self, width: int) -> list[Line]:
        lines = [*paragraph("The examination is closed.", width, "ask"), BLANK]
        lines += paragraph("The journal's head hash, to be kept elsewhere:", width)
        lines += [BLANK, *paragraph(self._head, width, "head", first="  ", rest="  "), BLANK]
        return lines + paragraph(
            "Whoever holds this hash can show later that the journal was not changed. It is "
            "printed again when you leave.",
            width,
        )

    def confirm(self) -> None:
        """Close the examination; a second time, the window."""
        desk = self.review.desk
        if self._head:
            self.shut()
        elif desk.attempt(desk.review.close, "closed"):
            self._head = self.review.head_hash = desk.review.examination.head[1]
            self.query_one("#box").border_subtitle = Content(self.footing())
            self.view.set_lines(self.text(self.width))
        else:
            self.shut()


class PaletteWindow(Window):
    """Every command, found by its words; says why one cannot be used now."""

    heading = "All commands"

    def __init__(self, review: ReviewScreen) -> None:
        super().__init__(review)
        self.input = OneLine(placeholder="find a command", id="find")
        self._at = 0
        self._offered: list[Command[Any]] = []
        self._narrow("")

    def compose(self) -> ComposeResult:
        """The search above the list."""
        with Vertical(id="box", classes="-palette") as box:
            box.border_title = Content(self.heading)
            box.border_subtitle = Content("Enter runs it · Esc back")
            yield self.input
            yield self.view

    def to_focus(self) -> Widget:
        """Type to narrow."""
        return self.input

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._narrow(event.value)
        self.show()

    def _narrow(self, text: str) -> None:
        wanted = search_key(text).split()
        contexts = {"always", "review", "list", "question", "capture", "aid"}
        offered = [c for c in ALL if c.palette and contexts & set(c.contexts)]
        self._offered = [c for c in offered if all(w in search_key(_words(c)) for w in wanted)]
        self._offered.sort(key=lambda c: self._rank(c, wanted))
        self._at = 0

    def _rank(self, command: Command[Any], wanted: list[str]) -> tuple[bool, bool]:
        """Put what can be done first, then what has the words in its title."""
        title = search_key(command.title)
        return bool(command.enabled(self.review.desk)), not all(w in title for w in wanted)

    def show(self) -> None:
        """Show what was found, with the cursor."""
        super().show()
        self.view.set_cursor(self._at if self._offered else -1)

    def text(self, width: int) -> list[Line]:
        """One line for each command that was found."""
        return [self._row(c) for c in self._offered] or [(Span("Nothing found.", "dim"),)]

    def _row(self, command: Command[Any]) -> Line:
        keyboard: Keyboard = self.review.keyboard
        keys = " ".join(map(shown, keyboard.keys_for(command)[:2]))
        reason = command.enabled(self.review.desk)
        title = cut(visible(command.title), self.width - 11)
        told = cut(f"  {visible(reason)}", max(self.width - 10 - len(title), 0)) if reason else ""
        role = "dim" if reason else ""
        return (Span(f" {keys:<8} ", "key"), Span(title, role), Span(told, "warn"))

    def scroll(self, lines: int) -> None:
        """Move the cursor."""
        if self._offered:
            self._at = max(0, min(len(self._offered) - 1, self._at + lines))
            self.view.set_cursor(self._at)

    def confirm(self) -> None:
        """Run the command at the cursor."""
        if self._offered:
            command = self._offered[self._at]
            self.dismiss()
            self.review.use(command, next(iter(command.keys), ""))

    def on_lines_picked(self, event: Picked) -> None:
        """Run what was clicked."""
        event.stop()
        if event.line < len(self._offered):
            self._at = event.line
            self.confirm()


def _words(command: Command[Any]) -> str:
    return " ".join([command.title, command.label, command.help, command.id, *command.keys])


WINDOWS: dict[str, Callable[[ReviewScreen], Window]] = {
    "help": HelpWindow,
    "journal": JournalWindow,
    "close": CloseWindow,
    "palette": PaletteWindow,
}


def window(name: str, review: ReviewScreen) -> Screen[Any]:
    """Return a window, or a screen from findings to a conclusion, by its name."""
    if name in WINDOWS:
        return WINDOWS[name](review)
    if name == "checklist":
        return _checklist_editor(review)
    if name == "card":
        from docexam.tui.screens.proposals import CardWindow

        return CardWindow(review)
    from docexam.tui.screens.conclude import screen_of

    return screen_of(name, review)


def _checklist_editor(review: ReviewScreen) -> Screen[Any]:
    """Return the editor on the library's checklist; raises DocexamError where there is none."""
    from docexam.checklists.library import Library
    from docexam.tui.screens.editor import EditorScreen
    from docexam.workbench.checklist_files import open_checklist

    workbench = getattr(review.app, "workbench", None)
    library = workbench.library() if workbench else Library()
    return EditorScreen(
        open_checklist(review.desk.review.examination.checklist.id, library), library
    )
