"""The mouse: what a click on words of the review screen does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docexam.tui.screens.review import ReviewScreen
    from docexam.tui.widgets.lines_view import Picked

_NON_ANSWERS = {
    "unclear": "answer.unclear",
    "not-visible": "answer.not-visible",
    "no-reference": "answer.no-reference",
    "not-applicable": "answer.not-applicable",
}


def pick(screen: ReviewScreen, event: Picked) -> None:
    """Do what was clicked, as the key for it would."""
    if event.sender is screen.list:
        _pick_row(screen, event.line)
    else:
        kind, _, name = event.target.partition(":")
        _pick_target(screen, kind, name)
    screen.sync()


def _pick_row(screen: ReviewScreen, line: int) -> None:
    walk = screen.desk.walk
    if screen.desk.asking in ("seen", "offer") or screen.desk.writing.open:
        return
    if line < len(walk.rows):
        walk.at(line)
        if walk.rows[line].kind == "section":
            walk.toggle_fold()


def _pick_target(screen: ReviewScreen, kind: str, name: str) -> None:
    desk = screen.desk
    allowed = {command.id for _, command, _ in screen.keyboard.commands(screen.contexts())}
    if kind == "act":
        if name in allowed:
            screen.use_id(name)
    elif kind == "tab":
        screen.bring_up(name)
    elif desk.asking in ("seen", "offer") or desk.writing.open or desk.review.read_only:
        return
    elif kind == "choice":
        desk.answers.choose(int(name))
    elif kind == "non":
        screen.use_id(_NON_ANSWERS[name])
    elif kind == "cause":
        desk.answers.cause(int(name))
    elif kind == "region":
        desk.picture.show_region(desk.marks.regions()[int(name)])
    elif kind == "note":
        screen.use_id("note")
    elif kind == "answer":
        desk.writing.answer()
