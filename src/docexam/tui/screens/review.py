"""The review screen: indicators, capture and question, and the lines that say how far one is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from docexam.domain.text import visible
from docexam.tui.commands import BY_ID, Command
from docexam.tui.desk.bars import bottom_line, notice_lines, top_line
from docexam.tui.desk.desk import Desk, Notice
from docexam.tui.desk.question import (
    LATER,
    aid_word,
    question_lines,
    question_title,
    strip_lines,
)
from docexam.tui.keyboard import shown_together
from docexam.tui.lines import Line, Span, paragraph
from docexam.tui.screens.aid_work import AidWork
from docexam.tui.screens.keyed import KeyedScreen
from docexam.tui.screens.pane_link import PaneLink
from docexam.tui.screens.picking import pick, tips
from docexam.tui.screens.stage import ScreenStage
from docexam.tui.widgets.capture_messages import LoadFailed, RegionAccepted
from docexam.tui.widgets.capture_pane import CapturePane
from docexam.tui.widgets.indicator_list import IndicatorList
from docexam.tui.widgets.lines_view import Bar, LinesView, Picked

if TYPE_CHECKING:
    from docexam.tui.options import Options
    from docexam.tui.screens.proposals import ProposalsView
    from docexam.tui.widgets.editor import Editor
    from docexam.workbench.review import Review

PANES = ("list", "capture", "question")
TITLES = {
    "list": "Indicators",
    "capture": "Capture",
    "question": "Question",
    "aid": "Proposals",
}
# Keys of the proposals in the bottom line; fewer where it is narrow.
AID_HINTS = {
    False: ("aid.place", "aid.next-place", "aid.adopt", "aid.reject", "aid.card", "aid.leave"),
    True: ("aid.place", "aid.adopt", "aid.reject", "aid.card", "aid.leave"),
}
LEAST = (80, 24)
WIDE, ROOMY = 120, 160
POLL_SECONDS = 1.0
# Widths outside a pane's text: border, gutter of the scroll bar, padding.
_LIST, _SIDE = {False: 32, True: 38}, {False: 38, True: 46}
_LIST_FRAME, _SIDE_FRAME = 3, 4


def _size_classes(width: int, height: int) -> str:
    """Return the classes of a screen of that size, at its first pane."""
    # Given at once and not after mounting: every change of a class restyles the whole screen.
    names = {
        "-small": width < LEAST[0] or height < LEAST[1],
        "-narrow": width < WIDE,
        "-roomy": width >= ROOMY,
        "-at-list": True,
    }
    return " ".join(name for name, holds in names.items() if holds)


class QuestionView(LinesView):
    """The question pane. `showing`: the item whose question it shows."""

    showing = ""


class ReviewScreen(KeyedScreen):
    """Shows what the desk says, and hands it what was pressed, picked or drawn."""

    def __init__(self, review: Review, options: Options) -> None:
        super().__init__(classes=_size_classes(*shutil.get_terminal_size()))
        self.list = IndicatorList(id="list")
        self.question = QuestionView(id="question")
        self.pane = CapturePane(
            renderer="quadrant" if options.renderer == "quadrant" else "auto",
            link="slow" if options.link == "slow" else "fast",
            no_color=options.plain,
            keys={"zoom_in": "+", "one_to_one": "a", "crop": "y to see true pixels"},
            id="capture",
        )
        self.top, self.bottom, self.told = Bar(id="top"), Bar(id="bottom"), Bar(id="told")
        self.tabs, self.strip, self.small = Bar(id="tabs"), Bar(id="strip"), Bar(id="small")
        self.stage = ScreenStage(self)
        self.link = PaneLink(self.pane, review, lambda: self.bring_up("capture"))
        self.desk = Desk(review, self.link, self.stage)
        self.at_pane = "list"
        self._came_from = "list"
        self._before_aid = "list"
        self.aids = AidWork(self)
        self.proposals: ProposalsView | None = None
        self.head_hash = ""
        self._for_text: list[events.Key] = []
        self._title = ""
        self._editor: Editor | None = None

    # -- life ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the panes out; which are seen at what width, the stylesheet says."""
        yield self.top
        yield self.tabs
        yield self.small
        with Horizontal(id="body"):
            yield self.list
            yield self.pane
            with Vertical(id="side"):
                yield self.question
        yield self.strip
        yield self.bottom
        yield self.told

    def on_mount(self) -> None:
        """Take up the review."""
        self.desk.begin()
        self._fit_to(self.app.size.width, self.app.size.height)
        self.sync()
        self.set_focus(self.list)
        self.begin_keys()
        self.call_after_refresh(self._give_tips)
        self.set_interval(POLL_SECONDS, self.poll)
        self.call_after_refresh(self._show_capture)
        self.call_after_refresh(self.aids.begin)

    def on_unmount(self) -> None:
        """Let no aid go on for nobody."""
        self.aids.end()

    def _show_capture(self) -> None:
        # After the first paint, so that the question does not wait for the picture.
        self.link.begin(self.desk.review.resumed())
        self.desk.marks.show()

    def _give_tips(self) -> None:
        for part in (self.question, self.strip, self.bottom):
            part.tips = tips(self.keyboard)

    def on_resize(self, event: events.Resize) -> None:
        """Follow the terminal's size."""
        self._fit_to(event.size.width, event.size.height)
        self.sync()

    def _fit_to(self, width: int, height: int) -> None:
        wanted = set(_size_classes(width, height).split())
        wanted = wanted - {"-at-list"} | {f"-at-{self.at_pane}"}
        if wanted != set(self.classes):
            self.set_classes(wanted)
        if "-small" in wanted:
            text = f"docexam needs {LEAST[0]}×{LEAST[1]}; this window is {width}×{height}."
            lines = paragraph(f"{text} Make it larger; nothing is lost.", max(width - 4, 10))
            self.small.set_lines(lines)

    def poll(self) -> None:
        """See whether another program wrote."""
        before, told = self.desk.review.examination, self.desk.notice
        self.desk.poll()
        if self.desk.review.examination is not before:
            self.link.refresh_captures()
            self.desk.marks.show()
        if self.desk.review.examination is not before or self.desk.notice != told:
            self.sync()

    # -- keys and clicks -------------------------------------------------------------------

    def contexts(self) -> tuple[str, ...]:
        """Return where keys act now."""
        return self.desk.contexts(self.at_pane)

    def use(self, command: Command[Any], key: str) -> None:
        """Run a command, or say why it cannot be run."""
        reason = command.enabled(self.desk)
        self.desk.notice = Notice()
        if reason:
            self.desk.tell(reason, "warn")
        else:
            command.run(self.desk, key)
            if command.looks and not self.desk.notice.text and not self._capture_in_sight:
                self.desk.tell(self.pane.caption)
        self.sync()

    @property
    def _capture_in_sight(self) -> bool:
        return not self.has_class("-narrow") or self.at_pane == "capture"

    def use_id(self, command_id: str, key: str = "") -> None:
        """Run a command by its id."""
        command = BY_ID[command_id]
        self.use(command, key or next(iter(command.keys), ""))

    def unknown(self, name: str) -> bool:
        """Say what is waited for, where a question of the screen is open."""
        if self.desk.asking in ("seen", "offer"):
            self.desk.tell("A question is open at the top of the question pane; Esc leaves it.")
            self.sync()
            return True
        return False

    @on(Picked)
    def _picked(self, event: Picked) -> None:
        event.stop()
        pick(self, event)

    def on_capture_pane_region_accepted(self, event: RegionAccepted) -> None:
        """Record the region that was drawn."""
        self.desk.marks.drawn(event.region)
        self.bring_up(self._came_from)
        self.sync()

    def on_capture_pane_region_cancelled(self) -> None:
        """Go back to where one was."""
        self.desk.tell("Nothing was marked.")
        self.bring_up(self._came_from)
        self.sync()

    def on_capture_pane_load_failed(self, event: LoadFailed) -> None:
        """Say that a capture is broken."""
        self.desk.tell(f"Capture {event.capture.n}: {event.reason}", "error")
        self.sync()

    @property
    def typing(self) -> bool:
        """Whether a text is open; its box may have to come up yet."""
        return self.desk.writing.open is not None

    def pressed(self, event: events.Key) -> bool:
        """Run the command of a key; keep keys for a text whose box is coming up."""
        here = getattr(self.focused, "takes_text", False)
        if self.typing and (self._for_text or not here):
            self._for_text.append(event)
            return True
        return super().pressed(event)

    def _box_has_come(self) -> None:
        waiting, self._for_text = self._for_text, []
        for event in waiting:
            if not super().pressed(event):
                self.hand_on(event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Know which pane has the focus, when the mouse gave it."""
        if getattr(event.widget, "takes_text", False):
            self._box_has_come()
        # What has the focus now: an event may be older than the last change.
        name = self.focused.id if self.focused else None
        if name in self.panes and name != self.at_pane:
            self.at_pane = name
            self.sync()

    # -- panes -----------------------------------------------------------------------------

    @property
    def panes(self) -> tuple[str, ...]:
        """The panes that Tab goes round; the proposals' while it is in sight."""
        return (*PANES, "aid") if self.desk.proposals.open else PANES

    def bring_up(self, name: str) -> None:
        """Focus a pane; on a narrow screen bring it to the front."""
        if name == "aid":
            self._before_aid = self.at_pane if self.at_pane != "aid" else self._before_aid
            self._show_proposals()
        if name == "capture":
            self._came_from = self.at_pane if self.at_pane != "capture" else self._came_from
        self.at_pane = name
        self._fit_to(self.app.size.width, self.app.size.height)
        self.set_focus(self.pane_of(name))

    def pane_of(self, name: str) -> Widget:
        """Return a pane by its name."""
        panes = {"list": self.list, "capture": self.pane, "aid": self.proposals}
        return panes.get(name) or self.question

    # -- what is shown ---------------------------------------------------------------------

    def sync(self) -> None:
        """Show what the desk says now; widgets repaint only what differs."""
        width = self.app.size.width
        desk = self.desk
        self.top.set_lines([top_line(desk, width)])
        desk.walk.speak(self.has_class("-narrow"))
        self.list.show(desk.walk.rows, desk.walk.cursor, self._width_of("list"))
        self._sync_question()
        self._sync_proposals()
        if self.has_class("-narrow"):
            self.tabs.set_lines([self._tab_line()])
            self.strip.set_lines(strip_lines(desk, width - 2, 4, capture=self.at_pane == "capture"))
        self.bottom.set_lines([bottom_line(desk, width, self._hints())])
        self._sync_told(notice_lines(desk, width))
        self._sync_editor()

    def _sync_told(self, lines: list[Line]) -> None:
        # Over the other lines: panes keep their size, so the capture its picture.
        if lines:
            self.told.styles.height = len(lines)
            self.told.set_lines(lines)
        if self.told.display != bool(lines):
            self.told.display = bool(lines)

    def _sync_question(self) -> None:
        width = self._width_of("question")
        title = question_title(self.desk)
        if title != self._title:
            # A title repaints its whole pane, so only when it differs.
            self._title = title
            self.question.border_title = Content(visible(title))
        focused = self.at_pane == "question"
        current = self.desk.walk.current
        if current != self.question.showing:
            self.question.scroll_to(y=0, animate=False, force=True)
            self.question.showing = current
        self.question.set_lines(question_lines(self.desk, width, focused=focused))

    def _sync_proposals(self) -> None:
        self.aids.follow()
        if self.at_pane == "aid" and not self.desk.proposals.open:
            self.bring_up(self._before_aid)
        if self.desk.proposals.open or self.proposals:
            self._show_proposals()

    def _show_proposals(self) -> None:
        from docexam.tui.screens.proposals import ProposalsView

        if self.proposals is None:
            self.proposals = ProposalsView()
            self.proposals.tips = self.question.tips
            self.question.parent.mount(self.proposals, after=self.question)  # type: ignore[union-attr]  # it is mounted
        view, narrow = self.proposals, self.has_class("-narrow")
        in_front = not narrow or self.at_pane == "aid"
        view.display = self.desk.proposals.open and in_front
        self.question.display = not narrow or self.at_pane != "aid"
        if view.display:
            view.show(self.desk, self._width_of("question"))
            view.fit_in(0 if narrow else self.app.size.height - 2)

    def _width_of(self, name: str) -> int:
        """Return the text width of a pane; worked out, for the first paint comes before layout."""
        width, roomy = self.app.size.width, self.app.size.width >= ROOMY
        if self.has_class("-narrow"):
            return width - (_LIST_FRAME if name == "list" else _SIDE_FRAME)
        if name == "list":
            return _LIST[roomy] - _LIST_FRAME
        return _SIDE[roomy] - _SIDE_FRAME

    def _tab_line(self) -> Line:
        spans = [Span(" ")]
        for name in self.panes:
            role = "chosen" if name == self.at_pane else ""
            sign = "▸ " if name == self.at_pane else "  "
            spans += [Span(f"{sign}{TITLES[name]} ", role, f"tab:{name}"), Span(" ")]
        return (*spans, Span("  Tab goes round", "dim"))

    def _hints(self) -> Line:
        """Return the keys of an open mode, for the bottom line."""
        context = self.contexts()[0]
        wanted = {
            "region": (
                "region.move",
                "region.size",
                "region.corner",
                "region.accept",
                "region.cancel",
            ),
            "typing": ("typing.leave",),
            "aid": self._aid_keys(),
        }.get(context, ())
        spans: list[Span] = []
        for name in wanted:
            command = BY_ID[name]
            keys = self.keyboard.keys_for(command)
            spans += [Span(f" {shown_together(keys)}", "key"), Span(f" {command.label} ")]
        return (*spans, Span("  ")) if spans else self._aid_hint()

    def _aid_keys(self) -> tuple[str, ...]:
        if not self.desk.proposals.spots():
            return ("aid.card", "aid.leave")
        return AID_HINTS[self.has_class("-narrow")]

    def _aid_hint(self) -> Line:
        words = aid_word(self.desk) if self.app.size.width >= WIDE else ""
        if not words or self.desk.asking:
            return ()
        keys = self.keyboard.keys_for(BY_ID["aid.ask"])
        sign = Span("◇ ", "dim") if words == LATER or not keys else Span(f"{keys[0]} ", "key")
        return (sign, Span(f"{words}   ", "dim" if words == LATER else "", "act:aid.ask"))

    # -- typing ----------------------------------------------------------------------------

    def on_editor_typed(self, event: Editor.Typed) -> None:
        """Follow the typing."""
        self.desk.writing.typed(event.text)
        self.sync()

    def on_editor_finished(self, event: Editor.Finished) -> None:
        """Take a line at Enter."""
        self.desk.notice = Notice()
        self.desk.writing.finish(event.text)
        self.sync()

    def _sync_editor(self) -> None:
        wanted = self.desk.writing.open
        if self._editor and (wanted is None or self._editor.typing is not wanted):
            if wanted is None:
                # Before the box goes: the toolkit would give the focus to its neighbour.
                self.set_focus(self.pane_of(self.at_pane))
            self._editor.remove()
            self._editor = None
        if wanted and self._editor is None:
            from docexam.tui.widgets.editor import Editor

            self._editor = Editor(wanted)
            if self.has_class("-narrow"):
                self.mount(self._editor, before=self.bottom)
            else:
                # Beside the capture, which then keeps its size and its picture.
                self.question.parent.mount(self._editor)  # type: ignore[union-attr]  # it is mounted
