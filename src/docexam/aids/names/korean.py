"""Korean names in Cyrillic, Latin and Hangul: surname of the closed list, one or two syllables.

A parse says that the spelling can stand for Korean syllables, and for which. Russian citizens of
Korean descent, Chinese, Vietnamese, Tuvan and Buryat names parse too; see the aid's card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docexam.aids.names import kontsevich
from docexam.aids.names.hangul import is_hangul, rarity
from docexam.aids.names.korean_grammars import cyrillic, latin
from docexam.aids.names.korean_surnames import (
    COMMON_SURNAMES,
    CYRILLIC,
    LATIN,
    SURNAMES,
    WITH_GAI,
)
from docexam.aids.names.parse import GIVEN, SURNAME, Parse, Word, dotless
from docexam.aids.names.romanisation import mccune_reischauer_name, revised_name
from docexam.aids.names.spelling import Grammar, Reading, read

SYSTEM = "korean"
KONTSEVICH, NORTH, POPULAR, HANGUL, ROMAN = "kontsevich", "north", "popular", "hangul", "latin"
SHOWN = 12
_MOST = 1500
# More departures from the systems than this are no common spelling any more.
_MOST_GIVEN_COST, _MOST_COST = 3, 4
_FIT = {KONTSEVICH: 1.0, HANGUL: 1.0, NORTH: 0.9, POPULAR: 0.6, ROMAN: 0.6}
_MANNERS = {
    KONTSEVICH: "spelled by the system of Kontsevich",
    NORTH: "syllables apart, first letters voiceless: the spelling used in the North",
    POPULAR: "a popular spelling",
    HANGUL: "written in Hangul",
    ROMAN: "written in Latin letters",
}


@dataclass(frozen=True, slots=True)
class Name:
    """One Hangul name a spelling may stand for; a lower `cost` departs less from the systems."""

    surname: str
    given: str
    cost: int
    manner: str

    @property
    def hangul(self) -> str:
        """Return surname and given name as written in Korean, without a space."""
        return self.surname + self.given


def names_of(words: Sequence[str]) -> tuple[Name, ...]:
    """Return every Hangul name that the words (surname first) may spell, likeliest first."""
    if not words:
        return ()
    if all(is_hangul(char) for word in words for char in word):
        return _of_hangul("".join(words))
    cyrillic_words = all("а" <= c <= "я" or c == "ё" for w in words for c in w.lower() if c != "-")
    found = _cyrillic_names(words) if cyrillic_words else _latin_names(words)
    return tuple(sorted(found, key=_order)[:_MOST])


def _order(name: Name) -> tuple[float, int, int, str]:
    rank = SURNAMES.index(name.surname)
    return -_FIT[name.manner], name.cost, rank + rarity(name.given), name.hangul


def parse(words: Sequence[str]) -> Parse | None:
    """Return the words (surname first) as a Korean name, or None where they cannot be one."""
    found = names_of(words)
    if not found:
        return None
    manner = found[0].manner
    shown = found[:SHOWN]
    surnames = dict.fromkeys(name.surname for name in found)
    given_text = " ".join(words[1:]) or "".join(words)[len(found[0].surname) :]
    first = words[0] if len(words) > 1 else found[0].surname
    notes = [f"“{' '.join(words)}” is {_MANNERS[manner]}.", *_gai_note(words[0])]
    return Parse(
        SYSTEM,
        (
            Word(first, SURNAME, f"“{first}” can stand for {_listed(surnames)}, listed surnames."),
            Word(given_text, GIVEN, _given_ground(given_text, found)),
        ),
        _FIT[manner],
        manner,
        tuple(notes),
        {"candidates": [candidate(name) for name in shown], "more": len(found) - len(shown)},
    )


def candidate(name: Name) -> dict[str, Any]:
    """Return one candidate with its spellings: Hangul, Kontsevich, RR and McCune–Reischauer."""
    surname = kontsevich.surname_spellings(name.surname)[0].capitalize()
    given = [g.capitalize() for g in kontsevich.given_spellings(name.given, name.surname)]
    return {
        "hangul": name.hangul,
        "surname": name.surname,
        "given": name.given,
        "spelling": name.manner,
        "kontsevich": f"{surname} {given[0]}",
        "apart": f"{surname} {_titled(kontsevich.apart(name.given))}",
        "rr": revised_name(name.surname, name.given),
        "mr": mccune_reischauer_name(name.surname, name.given),
    }


def surname_in(word: str) -> tuple[str, ...]:
    """Return the Hangul surnames that a Cyrillic or Latin word may spell, likeliest first."""
    found = _surnames(word.lower(), _is_cyrillic(word))
    return tuple(dict.fromkeys(r.hangul for r in sorted(found, key=lambda r: r.cost)))


def syllables(word: str) -> tuple[str, ...]:
    """Return the Hangul that one word may spell, one or two syllables, without a surname."""
    if all(is_hangul(char) for char in word):
        return (word,) if word else ()
    grammar = cyrillic() if _is_cyrillic(word) else latin()
    parts = [part for part in word.lower().split("-") if part]
    return tuple(r.hangul for r in _given(grammar, parts))


def _is_cyrillic(word: str) -> bool:
    return any("а" <= char <= "я" or char == "ё" for char in word.lower())


def _listed(surnames: Iterable[str]) -> str:
    return ", ".join(list(surnames)[:6])


def _given_ground(text: str, found: tuple[Name, ...]) -> str:
    count = len(found[0].given)
    number = "one syllable" if count == 1 else "two syllables"
    return f"“{text}” can be read as {number}, for example {found[0].given}."


def _gai_note(surname: str) -> tuple[str, ...]:
    if surname.lower() not in WITH_GAI:
        return ()
    return (f"“{surname}” ends in -гай, a form given to surnames of Koreans in Russia.",)


def _titled(text: str) -> str:
    return " ".join(word.capitalize() for word in text.split())


# --- Hangul ------------------------------------------------------------------------------------


def _of_hangul(text: str) -> tuple[Name, ...]:
    found = []
    for length in (2, 1):
        surname, given = text[:length], text[length:]
        if surname in SURNAMES and 1 <= len(given) <= 2:
            found.append(Name(surname, given, 0, HANGUL))
    return tuple(found)


# --- Cyrillic ----------------------------------------------------------------------------------


def _cyrillic_names(words: Sequence[str]) -> list[Name]:
    tokens = [part for word in words for part in word.lower().split("-") if part]
    if not 2 <= len(tokens) <= 3 or len(words) > 3:
        return []
    surnames = _surnames(tokens[0], cyrillic_letters=True)
    given = _given(cyrillic(), tokens[1:]) if surnames else ()
    return [
        Name(one.hangul, two.hangul, one.cost + two.cost, _manner(one.hangul, two.hangul, tokens))
        for one in surnames
        for two in given
        if one.cost + two.cost <= _MOST_COST
    ]


def _given(grammar: Grammar, tokens: Sequence[str]) -> tuple[Reading, ...]:
    if len(tokens) == 1:
        found = read(grammar, tokens[0], 2)
    elif len(tokens) == 2:
        first, second = (read(grammar, token, 1) for token in tokens)
        joined = (Reading(a.hangul + b.hangul, a.cost + b.cost) for a in first for b in second)
        found = tuple(sorted(joined, key=lambda r: (r.cost, r.hangul)))
    else:
        found = ()
    return tuple(reading for reading in found if reading.cost <= _MOST_GIVEN_COST)


@lru_cache(maxsize=4096)
def _surnames(word: str, cyrillic_letters: bool) -> tuple[Reading, ...]:
    fixed = _fixed(cyrillic_letters).get(word, ())
    best = dict.fromkeys(fixed, 1)
    grammar = cyrillic() if cyrillic_letters else latin()
    for reading in read(grammar, word, 2):
        # A rare surname counts only where the spelling departs little from the system.
        if reading.hangul in SURNAMES and (reading.cost <= 2 or reading.hangul in COMMON_SURNAMES):
            best[reading.hangul] = min(reading.cost, best.get(reading.hangul, reading.cost))
    return tuple(Reading(hangul, cost) for hangul, cost in sorted(best.items()))


@lru_cache(maxsize=2)
def _fixed(cyrillic_letters: bool) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for hangul, spellings in (CYRILLIC if cyrillic_letters else LATIN).items():
        for spelling in spellings:
            out.setdefault(spelling, []).append(hangul)
    if cyrillic_letters:
        for spelling, hangul in WITH_GAI.items():
            out.setdefault(spelling, []).append(hangul)
    return {spelling: tuple(names) for spelling, names in out.items()}


def _manner(surname: str, given: str, tokens: Sequence[str]) -> str:
    if dotless(tokens[0]) not in {dotless(s) for s in kontsevich.surname_spellings(surname)}:
        return POPULAR
    written = [dotless(token) for token in tokens[1:]]
    if len(written) == 1:
        forms = kontsevich.given_spellings(given, surname)
        return KONTSEVICH if written[0] in {dotless(form) for form in forms} else POPULAR
    return NORTH if written == dotless(kontsevich.apart(given)).split() else POPULAR


# --- Latin -------------------------------------------------------------------------------------


def _latin_names(words: Sequence[str]) -> list[Name]:
    tokens = [part for word in words for part in word.lower().split("-") if part]
    if not 2 <= len(tokens) <= 3 or len(words) > 3:
        return []
    found: dict[tuple[str, str], int] = {}
    # On visas and in the press the surname may stand last.
    for family, rest in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        for one in _surnames(family, cyrillic_letters=False):
            for two in _given(latin(), rest):
                key, cost = (one.hangul, two.hangul), one.cost + two.cost
                found[key] = min(cost, found.get(key, cost))
    return [Name(*key, cost, ROMAN) for key, cost in found.items()]
