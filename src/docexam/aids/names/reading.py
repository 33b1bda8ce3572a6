"""One name against every naming system: all the parses, what single words are, look-alikes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docexam.aids.lookalikes import Lookalike, latin_among_cyrillic, replaced
from docexam.aids.names import chinese, korean, russian, turkic, tuvan, vietnamese
from docexam.aids.names.given_names import lists_of
from docexam.aids.names.parse import Parse
from docexam.aids.names.patronymic import patronymic_of
from docexam.aids.names.words import Words, words_of
from docexam.domain.text import visible

SYSTEMS = (korean, russian, tuvan, turkic, chinese, vietnamese)
SYSTEM_IDS = tuple(system.SYSTEM for system in SYSTEMS)
_GENDERS = {"m": "a man's", "f": "a woman's", "mf": "a man's and a woman's"}


@dataclass(frozen=True, slots=True)
class Part:
    """What single words of a name are known as, whatever the whole parses as."""

    text: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameReading:
    """What the systems make of one name. `parses` holds every system that takes it whole."""

    text: str
    parses: tuple[Parse, ...]
    parts: tuple[Part, ...]
    lookalikes: tuple[Lookalike, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form: text, parses, parts, lookalikes, notes."""
        return {
            "text": self.text,
            "parses": [parse.as_json() for parse in self.parses],
            "parts": [{"text": part.text, "known": list(part.known)} for part in self.parts],
            "lookalikes": [
                {"at": one.at, "found": one.found, "looks_like": one.looks_like}
                for one in self.lookalikes
            ],
            "notes": list(self.notes),
        }


@lru_cache(maxsize=512)
def read_name(text: str) -> NameReading:
    """Read `text` as a full name: surname first, or given name first where a system allows it."""
    words = words_of(text)
    found = latin_among_cyrillic(words.tidied.text)
    plain = words_of(replaced(words.tidied.text, found)) if found else words
    parses = tuple(parse for system in SYSTEMS if (parse := system.parse(plain.words)))
    return NameReading(
        words.tidied.given,
        parses,
        tuple(_part(word) for word in plain.words),
        found,
        (*words.tidied.notes(), *_notes(plain, found, parses)),
    )


def _notes(words: Words, found: tuple[Lookalike, ...], parses: tuple[Parse, ...]) -> list[str]:
    notes = []
    if found:
        letters = ", ".join(f"{one.found} at {one.at + 1}" for one in found[:8])
        notes.append(
            f"Latin letters that look Cyrillic: {letters}. Read here as Cyrillic; a keyboard can "
            "cause this."
        )
    if words.words and not parses:
        notes.append("None of the systems of this aid takes the whole name; that is common.")
    if parses:
        notes.append("A parse is about spelling. It names no nationality and no origin.")
    return notes


def _part(word: str) -> Part:
    known = [f"{title} list of given names, as {_GENDERS[g]}" for title, g in lists_of(word)]
    if tuvan.is_clan(word):
        known.append("Tuvan clan surname")
    surnames = korean.surname_in(word)
    if surnames:
        known.append(f"spelling of the Korean surname {', '.join(surnames[:4])}")
    patronymic = patronymic_of(word)
    if patronymic and patronymic.fathers:
        known.append(f"patronymic of {patronymic.fathers[0].name}")
    form = russian.surname_form(word)
    if form and not (patronymic and patronymic.fathers):
        known.append(f"ends in -{form[0]}, as Russian surnames do")
    return Part(word, tuple(known))


def sentence(reading: NameReading) -> str:
    """Return in one sentence which systems take the name."""
    shown = visible(reading.text.strip())
    if not reading.parses:
        return f"“{shown}” parses by none of the systems of this aid."
    systems = ", ".join(
        parse.system + (f" ({parse.manner})" if parse.manner else "") for parse in reading.parses
    )
    return f"“{shown}” parses as: {systems}."
