"""The mouse: what a click on words of the review screen does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docexam.tui.commands import ALL, BY_ID, Command
from docexam.tui.keyboard import Keyboard, shown

if TYPE_CHECKING:
    from docexam.tui.screens.review import ReviewScreen
    from docexam.tui.widgets.lines_view import Picked

_NON_ANSWERS = {
    "unclear": "answer.unclear",
    "not-visible": "answer.not-visible",
    "no-reference": "answer.no-reference",
    "not-applicable": "answer.not-applicable",
}


def tips(keyboard: Keyboard) -> dict[str, str]:
    """Return what each target on the review screen does, for the mouse's tip."""
    found = {f"act:{c.id}": _tip(c, keyboard) for c in ALL}
    found |= {f"non:{slug}": _tip(BY_ID[name], keyboard) for slug, name in _NON_ANSWERS.items()}
    found |= {f"choice:{n}": _tip(BY_ID["answer.choice"], keyboard) for n in range(1, 10)}
    found |= {f"cause:{n}": _tip(BY_ID["cause.choose"], keyboard) for n in range(1, 8)}
    return found | {"note": _tip(BY_ID["note"], keyboard)}


def _tip(command: Command[Any], keyboard: Keyboard) -> str:
    keys = " ".join(map(shown, keyboard.keys_for(command)[:2]))
    return f"{keys}  {command.help}".strip()


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
    elif kind == "spot":
        desk.proposals.pick(int(name))
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
