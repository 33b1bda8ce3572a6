"""Names whose father's name stands with a word of its own: оглы, кызы, уулу, улы, …"""

from __future__ import annotations

from collections.abc import Sequence

from docexam.aids.names.given_names import lists_of
from docexam.aids.names.parse import GIVEN, PATRONYMIC, SURNAME, Parse, Word
from docexam.aids.names.patronymic import Patronymic, marked
from docexam.aids.names.russian import (
    Roles,
    agreement_of,
    father_data,
    patronymic_ground,
    surname_ground,
)
from docexam.domain.text import visible

SYSTEM = "turkic"


def parse(words: Sequence[str]) -> Parse | None:
    """Return the words as a name with a marked father's name, or None without a marker.

    The father's name stands last, before its marker, or joined to it; one or two words before it.
    """
    found = marked(tuple(words))
    if found is None:
        return None
    start, end, patronymic = found
    before = words[:start]
    if end != len(words) or not 1 <= len(before) <= 2:
        return None
    roles = Roles(before[0] if len(before) == 2 else "", before[-1], patronymic.text)
    return _parsed(roles, patronymic)


def _parsed(roles: Roles, patronymic: Patronymic) -> Parse:
    lists = lists_of(roles.given)
    gender = lists[0][1] if lists else ""
    agreement, note = agreement_of(roles, gender, patronymic)
    given_ground = (
        f"“{visible(roles.given)}” is in the list: {', '.join(title for title, _ in lists)}."
        if lists
        else f"“{visible(roles.given)}” is in none of the lists of given names."
    )
    parts = [Word(roles.surname, SURNAME, surname_ground(roles.surname))] if roles.surname else []
    parts += [
        Word(roles.given, GIVEN, given_ground),
        Word(patronymic.text, PATRONYMIC, _ground(patronymic)),
    ]
    fit = 0.5 + 0.25 * bool(lists) + 0.25 * bool(patronymic.fathers)
    data = {"agreement": agreement, **father_data(patronymic)}
    return Parse(SYSTEM, tuple(parts), fit, notes=(note,) if note else (), data=data)


def _ground(patronymic: Patronymic) -> str:
    kind = "son" if patronymic.gender == "m" else "daughter"
    marker = patronymic.text.split()[-1]
    return f"“{visible(marker)}” means {kind} of. " + patronymic_ground(patronymic)
