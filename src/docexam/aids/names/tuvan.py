"""Tuvan names: clan surnames, listed given names, -оол and -кыс, patronymics in either manner.

The clan surnames of the list are read in a source, some are common knowledge. Most surnames in
use derive from personal names, so a surname that is not listed means little; Russian given names
and patronymics in the Russian manner are usual, with a hyphen where the father's name has one.
"""

from __future__ import annotations

from collections.abc import Sequence

from docexam.aids.names.given_names import lists_of
from docexam.aids.names.parse import GIVEN, PATRONYMIC, SURNAME, Parse, Word
from docexam.aids.names.patronymic import Patronymic, patronymic_of
from docexam.aids.names.russian import (
    Roles,
    agreement_of,
    arrangements,
    father_data,
    patronymic_ground,
    surname_form,
)
from docexam.domain.text import visible

SYSTEM = "tuvan"
LIST = "Tuvan"
CLANS_READ = frozenset(
    [
        "ак",
        "бай-кара",
        "бараан",
        "долаан",
        "донгак",
        "иргит",
        "кара-сал",
        "кол",
        "куулар",
        "кужугет",
        "кыргыс",
        "маады",
        "монгуш",
        "ондар",
        "ооржак",
        "оюн",
        "оолет",
        "саая",
        "салчак",
        "сартыыл",
        "сарыглар",
    ]
)
CLANS_COMMON = frozenset(
    [
        "сат",
        "соян",
        "тулуш",
        "тюлюш",
        "хертек",
        "ховалыг",
        "хомушку",
        "чооду",
        "байкара",
        "карасал",
        "куулар",
        "сарыг-донгак",
        "кыргыз",
        "адыг-тюлюш",
        "тумат",
        "чоодур",
        "хойлаар",
        "чамзы",
    ]
)
_OWN, _SHARED = 2, 1
_ENDINGS = ("-оол", "-кыс")


def is_clan(word: str) -> bool:
    """Return whether a surname stands in the list of Tuvan clan surnames; hyphens matter not."""
    key = word.lower()
    return key in CLANS_READ or key in CLANS_COMMON


def parse(words: Sequence[str]) -> Parse | None:
    """Return two or three words as a Tuvan name, or None.

    At least one word must be Tuvan by list or by ending, and each other one Tuvan or of a form
    that is usual beside it (a Russian given name, a patronymic in the Russian manner).
    """
    best: Parse | None = None
    for roles in arrangements(words):
        if not roles.surname:
            continue
        found = _with(roles)
        if found and (best is None or found.fit > best.fit):
            best = found
    return best


def _with(roles: Roles) -> Parse | None:
    patronymic = patronymic_of(roles.patronymic) if roles.patronymic else None
    if roles.patronymic and patronymic is None:
        return None
    judged = [(SURNAME, *_surname(roles.surname)), (GIVEN, *_given(roles.given))]
    if patronymic:
        judged.append((PATRONYMIC, _father(patronymic), patronymic_ground(patronymic)))
    marks = [mark for _, mark, _ in judged]
    # One word may be in no list beside a clan surname or a given name with an ending that no
    # other names have, or where two others are Tuvan by theirs.
    ended = roles.given.lower().endswith(_ENDINGS) and _personal(roles.given)[0] == _OWN
    enough = is_clan(roles.surname) or ended or marks.count(_OWN) > 1
    if _OWN not in marks or (0 in marks and not enough):
        return None
    texts = (roles.surname, roles.given, roles.patronymic)
    agreement, note = agreement_of(roles, _gender(roles.given), patronymic)
    usual = ("Patronymics in the Russian manner are usual in Tuva.",) if patronymic else ()
    return Parse(
        SYSTEM,
        tuple(Word(text, role, says) for text, (role, _, says) in zip(texts, judged, strict=False)),
        round(sum(marks) / (_OWN * len(marks)), 2),
        notes=((note,) if note else ()) + usual,
        data={"agreement": agreement, **father_data(patronymic)},
    )


def _surname(word: str) -> tuple[int, str]:
    shown = f"“{visible(word)}”"
    key = word.lower()
    if key in CLANS_READ:
        return _OWN, f"{shown} is in the list of Tuvan clan surnames."
    if key in CLANS_COMMON:
        return _OWN, f"{shown} is known as a Tuvan clan surname (not verified)."
    mark, said = _personal(word)
    if mark:
        return mark, f"{said} Many Tuvan surnames derive from personal names."
    if surname_form(word):
        return _SHARED, f"{shown} has a Russian ending."
    return 0, f"{shown} is no listed clan surname and has no Russian ending."


def _given(word: str) -> tuple[int, str]:
    mark, said = _personal(word)
    if mark:
        return mark, said
    lists = [title for title, _ in lists_of(word)]
    if lists:
        return _SHARED, f"“{visible(word)}” is in the list: {', '.join(lists)}."
    return 0, f"“{visible(word)}” is in none of the lists of given names."


def _personal(word: str) -> tuple[int, str]:
    """Judge a word as a Tuvan personal name; one that other lists share counts as shared."""
    shown, key = f"“{visible(word)}”", word.lower()
    ending = next((e for e in _ENDINGS if len(key) > 5 and key.endswith(e)), "")
    if ending:
        return _OWN, f"{shown} ends in {ending}."
    lists = [title for title, _ in lists_of(word)]
    if LIST not in lists and len(key) > 5 and key.endswith("маа"):
        return _SHARED, f"{shown} ends in -маа, as many Tuvan women's names do."
    if LIST not in lists:
        return 0, ""
    others = ", ".join(title for title in lists if title != LIST)
    if others:
        return _SHARED, f"{shown} is in the Tuvan list of given names and in others: {others}."
    return _OWN, f"{shown} is in the list of Tuvan given names."


def _father(patronymic: Patronymic) -> int:
    own = any(father.lists == (LIST,) for father in patronymic.fathers)
    return _OWN if own else _SHARED


def _gender(given: str) -> str:
    key = given.lower()
    if key.endswith(_ENDINGS):
        return "m" if key.endswith("-оол") else "f"
    return next((gender for _, gender in lists_of(given)), "")
