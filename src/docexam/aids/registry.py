"""The aids there are: those shipped, imported when asked for, and those of third parties.

A third party adds an aid by an entry point of the group `docexam.aids` that names an object with
the attributes of `docexam.aids.protocol.Aid`. One that cannot be loaded is told as a trouble and
disturbs nothing; one with the id of a shipped aid is refused, so that nobody's proposals can pass
for ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from docexam.aids.containing import description_fault, prints_aside
from docexam.aids.protocol import Aid, Card, Figure
from docexam.aids.running import card_json, told_error
from docexam.domain.text import visible
from docexam.errors import InputError, MachineError

GROUP = "docexam.aids"
# id: module and attribute. Nothing here is imported before somebody asks for that aid.
BUILT_IN: dict[str, str] = {
    "names": "docexam.aids.names.aid:AID",
    "places": "docexam.aids.places.aid:AID",
    "numbers": "docexam.aids.numbers.aid:AID",
    "mrz": "docexam.aids.mrz.aid:AID",
    "page": "docexam.aids.page.aid:AID",
    "seals": "docexam.aids.seals.aid:AID",
    "photo": "docexam.aids.photo.aid:AID",
    "face": "docexam.aids.face.aid:AID",
    "script": "docexam.aids.script.aid:AID",
    "ink": "docexam.aids.ink.aid:AID",
    "typed": "docexam.aids.typed.aid:AID",
    "file": "docexam.aids.file.aid:AID",
    "same": "docexam.aids.same.aid:AID",
}
_ATTRIBUTES = ("id", "version", "reads", "gives", "notes_only", "card", "missing", "propose")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Trouble:
    """An aid that could not be loaded: its name and why."""

    name: str
    what: str


def aid_ids() -> tuple[str, ...]:
    """Return the ids of the shipped aids, then the entry-point names of the others."""
    others = (point.name for point in _entry_points() if point.name not in BUILT_IN)
    return (*BUILT_IN, *sorted(set(others)))


def load_aid(aid_id: str) -> Aid:
    """Return one aid.

    Raises InputError (DX-AID-UNKNOWN) for a name nobody registered and MachineError
    (DX-AID-BROKEN) for an aid that cannot be loaded.
    """
    if aid_id in BUILT_IN:
        return _built_in(aid_id)
    point = next((p for p in _entry_points() if p.name == aid_id), None)
    if point is None:
        raise _unknown(aid_id)
    aid, fault = _foreign(point)
    if aid is None:
        raise MachineError(
            "DX-AID-BROKEN",
            f"The aid “{visible(aid_id)}” cannot be loaded: {fault}.",
            todo="Update or remove the package that brings it; every other aid works.",
        )
    return aid


def all_aids() -> tuple[tuple[Aid, ...], tuple[Trouble, ...]]:
    """Return every aid that loads, and what is the matter with the others."""
    aids: list[Aid] = []
    troubles: list[Trouble] = []
    for aid_id in BUILT_IN:
        try:
            aids.append(_built_in(aid_id))
        except MachineError as error:
            troubles.append(Trouble(aid_id, error.what))
    for point in sorted(_entry_points(), key=lambda p: str(p.name)):
        aid, fault = _foreign(point)
        if aid is None:
            troubles.append(Trouble(visible(str(point.name)[:_LONGEST]), fault))
        else:
            aids.append(aid)
    return tuple(aids), tuple(troubles)


def _built_in(aid_id: str) -> Aid:
    module, _, attribute = BUILT_IN[aid_id].partition(":")
    try:
        aid = getattr(import_module(module), attribute)
    except ImportError as error:  # an incomplete installation, or an extra that is missing
        raise MachineError(
            "DX-AID-BROKEN",
            f"The aid “{aid_id}” cannot be loaded: {visible(str(error)[:_LONGEST])}.",
            todo="Run docexam doctor to see what is missing.",
        ) from error
    if not isinstance(aid, Aid):
        raise MachineError("DX-AID-BROKEN", f"“{aid_id}” is registered but is no aid.")
    return aid


def _entry_points() -> tuple[Any, ...]:
    # importlib.metadata costs tens of milliseconds and only the aids need it.
    from importlib.metadata import entry_points

    return tuple(entry_points(group=GROUP))


def _foreign(point: Any) -> tuple[Aid | None, str]:
    if point.name in BUILT_IN:
        return None, "its name is that of a shipped aid"
    try:
        # What is printed while it is imported belongs no more to an answer than later.
        with prints_aside():
            aid = point.load()
            return (None, fault) if (fault := _fault(aid, point.name)) else (aid, "")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # anybody's code: it may raise anything, SystemExit too
        return None, visible(told_error(error)[:_LONGEST])


def _fault(aid: Any, name: str) -> str:
    lacking = [wanted for wanted in _ATTRIBUTES if not hasattr(aid, wanted)]
    if lacking:
        return f"it lacks {', '.join(lacking)}"
    if not isinstance(aid.id, str) or aid.id != name:
        return "its id is not the name it is registered under"
    if not isinstance(aid.version, str):
        return "its version is no text"
    if fault := description_fault(aid):
        return fault
    if not isinstance(aid.card, Card):
        return "its card is no Card"
    if aid.card.version != aid.version:
        return "its card is of another version"
    return _card_fault(aid)


def _card_fault(aid: Aid) -> str:
    card = aid.card
    texts = (card.title, card.purpose, card.measured, card.command, card.extra)
    lists = isinstance(card.cannot, (tuple, list)) and isinstance(card.figures, (tuple, list))
    if not lists or not all(isinstance(one, str) for one in (*texts, *card.cannot)):
        return "its card has something else where text belongs"
    for figure in card.figures:
        fit = isinstance(figure, Figure) and isinstance(figure.name, str)
        if not fit or not isinstance(figure.value, (int, float)) or not isinstance(figure.n, int):
            return "its card has something else where figures belong"
    json.dumps(card_json(aid))  # odd numbers are made plain where a card is kept
    return ""


def _unknown(aid_id: str) -> InputError:
    from difflib import get_close_matches

    shown = visible(aid_id[:_LONGEST])
    near = get_close_matches(aid_id[:_LONGEST], aid_ids(), n=1)
    hint = f"Did you mean {near[0]}?" if near else "docexam aid list names them all."
    return InputError("DX-AID-UNKNOWN", f"There is no aid “{shown}”.", todo=hint)
