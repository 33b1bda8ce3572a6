"""Names in the Russian manner: surname by its ending, listed given name, patronymic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from docexam.aids.names.given_names import lists_of
from docexam.aids.names.parse import GIVEN, PATRONYMIC, SURNAME, Parse, Word
from docexam.aids.names.patronymic import Patronymic, patronymic_of
from docexam.domain.text import visible

SYSTEM = "russian"
LIST = "Russian"
_MALE, _FEMALE = "m", "f"
# Ending and the gender it shows ("" for none); longer endings first.
_SURNAME_ENDINGS: tuple[tuple[str, str], ...] = (
    ("ского", ""), ("енко", ""), ("швили", ""), ("дзе", ""), ("ская", _FEMALE),
    ("цкая", _FEMALE), ("ский", _MALE), ("цкий", _MALE), ("ской", _MALE), ("цкой", _MALE),
    ("ова", _FEMALE), ("ева", _FEMALE), ("ина", _FEMALE), ("ына", _FEMALE), ("ная", _FEMALE),
    ("вая", _FEMALE), ("ов", _MALE), ("ев", _MALE), ("ин", _MALE), ("ын", _MALE), ("ный", _MALE),
    ("вой", _MALE), ("той", _MALE), ("ный", _MALE), ("ных", ""), ("ских", ""), ("вых", ""),
    ("их", ""), ("ых", ""), ("чук", ""), ("щук", ""), ("ук", ""), ("юк", ""), ("ко", ""),
    ("ич", ""), ("як", ""), ("ак", ""), ("ец", ""), ("ый", _MALE), ("ой", _MALE), ("ая", _FEMALE),
)  # fmt: skip
_MONOSYLLABIC = 4


@dataclass(frozen=True, slots=True)
class Roles:
    """One way to give the words of a name their roles; empty for a role not filled."""

    surname: str
    given: str
    patronymic: str = ""


def arrangements(words: Sequence[str]) -> tuple[Roles, ...]:
    """Return the ways two or three words may be surname, given name and patronymic."""
    if len(words) == 2:
        one, two = words
        with_patronymic = (Roles("", one, two),) if patronymic_of(two) else ()
        return (*with_patronymic, Roles(one, two), Roles(two, one))
    if len(words) == 3:
        one, two, three = words
        return (Roles(one, two, three), Roles(three, one, two))
    return ()


@lru_cache(maxsize=4096)
def surname_form(word: str) -> tuple[str, str] | None:
    """Return the Russian (or Ukrainian, Georgian) ending of a surname and the gender it shows."""
    key = word.lower().replace("ё", "е")
    if len(key) <= _MONOSYLLABIC and not key.endswith(("ов", "ев", "ин", "ова", "ева", "ина")):
        return None
    for ending, gender in _SURNAME_ENDINGS:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            return ending, gender
    return None


def parse(words: Sequence[str]) -> Parse | None:
    """Return two or three words as a name in the Russian manner, or None.

    `listed`: the given name is in the Russian list, or the patronymic derives from a name in it
    and the surname has a Russian ending. `form`: a patronymic of Russian form stands with a given
    name of another list or a surname of Russian ending, or derives from a Russian name; names of
    every descent are so written.
    """
    found = [parse for roles in arrangements(words) if (parse := _with(roles))]
    return max(found, key=lambda parse: parse.fit, default=None)


def _with(roles: Roles) -> Parse | None:
    patronymic = patronymic_of(roles.patronymic) if roles.patronymic else None
    if roles.patronymic and patronymic is None:
        return None
    given = _in_list(roles.given)
    father = patronymic is not None and any(LIST in f.lists for f in patronymic.fathers)
    form = surname_form(roles.surname) is not None
    manner = "listed" if given or (father and form) else "form"
    if manner == "form" and not (patronymic and (form or father or lists_of(roles.given))):
        return None
    known = [bool(given)] + [father] * bool(patronymic) + [form] * bool(roles.surname)
    agreement, note = agreement_of(roles, given, patronymic)
    return Parse(
        SYSTEM,
        tuple(_words(roles, given, patronymic)),
        round(sum(known) / len(known), 2),
        manner,
        (note,) if note else (),
        {"agreement": agreement, **father_data(patronymic)},
    )


def _in_list(name: str) -> str:
    """Return a name's gender in the Russian list; of a double name every part must be there."""
    found = ""
    for part in [name] if lists_of(name) else name.split("-"):
        found = next((gender for title, gender in lists_of(part) if title == LIST), "")
        if not found:
            return ""
    return found


def _words(roles: Roles, given: str, patronymic: Patronymic | None) -> list[Word]:
    words = [Word(roles.given, GIVEN, _given_ground(roles.given, given))]
    if roles.surname:
        words.insert(0, Word(roles.surname, SURNAME, surname_ground(roles.surname)))
    if patronymic:
        words.append(Word(patronymic.text, PATRONYMIC, patronymic_ground(patronymic)))
    return words


def surname_ground(surname: str) -> str:
    """Return what the form of a surname shows, as a sentence."""
    form = surname_form(surname)
    if form is None:
        return f"“{visible(surname)}” has none of the common Russian endings."
    return f"“{visible(surname)}” ends in -{form[0]}."


def _given_ground(given: str, gender: str) -> str:
    if not gender:
        others = ", ".join(title for title, _ in lists_of(given))
        other = f" It is in the list: {others}." if others else ""
        return f"“{visible(given)}” is not in the Russian list of given names.{other}"
    words = {"m": "a man's", "f": "a woman's"}.get(gender, "a man's and a woman's")
    return f"“{visible(given)}” is in the Russian list, as {words} name."


def patronymic_ground(patronymic: Patronymic) -> str:
    """Return from which listed names a patronymic can derive, as a sentence."""
    text = visible(patronymic.text)
    if patronymic.fathers:
        names = ", ".join(f"{f.name} ({'; '.join(f.lists)} list)" for f in patronymic.fathers)
        return f"“{text}” derives from {names}."
    tried = ", ".join(name.capitalize() for name in patronymic.tried[:3])
    return (
        f"“{text}” has the form of a patronymic; no listed given name gives it (looked for "
        f"{visible(tried)})."
    )


def father_data(patronymic: Patronymic | None) -> dict[str, object]:
    """Return the JSON data of a patronymic: the names it can derive from, its gender."""
    if patronymic is None:
        return {}
    return {
        "patronymic": {
            "text": patronymic.text,
            "gender": patronymic.gender,
            "manner": patronymic.manner,
            "derives_from": [{"name": f.name, "lists": list(f.lists)} for f in patronymic.fathers],
        }
    }


def agreement_of(roles: Roles, given: str, patronymic: Patronymic | None) -> tuple[str, str]:
    """Return `agree`, `disagree` or `undetermined`, and where they disagree a sentence.

    Compares the genders that the surname's ending, the given name and the patronymic show.
    """
    form = surname_form(roles.surname) if roles.surname else None
    shown = {
        "surname": form[1] if form else "",
        "given name": given if len(given) == 1 else "",
        "patronymic": patronymic.gender if patronymic else "",
    }
    told = {part: gender for part, gender in shown.items() if gender}
    if len(told) < 2:
        return "undetermined", ""
    if len(set(told.values())) == 1:
        return "agree", ""
    words = {"m": "masculine", "f": "feminine"}
    said = ", ".join(f"{part} {words[gender]}" for part, gender in told.items())
    return "disagree", f"The genders do not agree: {said}."
