"""Vietnamese names in Cyrillic: listed surname, then one to three syllables written apart.

Here because some of its names also parse as Korean: Хо Ши Мин. Common knowledge of the field.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from docexam.aids.names.parse import GIVEN, SURNAME, Parse, Word
from docexam.domain.text import visible

SYSTEM = "vietnamese"
_SURNAMES = """
нгуен чан ле фам хоанг хюинь хуинь хуинг фан ву во данг буй до хо нго зыонг ли дао доан динь май
лам чинь чыонг ха лыонг та тхай као фунг тыонг куать хыа ванг тонг кхук зиеп ты тан чьеу чиеу лыу
ша вуонг выонг куат бач лыонг тон ань
"""
_INITIALS = [
    "",
    "б",
    "в",
    "г",
    "д",
    "з",
    "к",
    "кх",
    "л",
    "м",
    "н",
    "нг",
    "нь",
    "п",
    "р",
    "с",
    "т",
    "тх",
    "ф",
    "х",
    "ч",
    "ш",
    "ть",
    "зь",
]
_RHYMES = """
а ак ам ан анг ань ап ат ать ать ай ао ау ау ать ек ем ен ен ет эн энь э эт ень и иа иеу иен ием иет
иек иенг ик им ин инь инг ип ит иу о ок ом он онг оп от ой оа оан оанг оай оань оат у уа ук ум ун
унг уп ут уй уи уе уен уан уанг уат уок уом уон уонг уой ы ыа ык ынг ынь ыт ыу ыок ыон ыонг ыой ыоу
юен юет юе юинь е еу я як ям ян янг яп яу ю юк юнг ёнг ье ьет ьен ьем ьеу уинь уиньх уонь уи ынг
"""


@lru_cache(maxsize=1)
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    syllables = {initial + rhyme for initial in _INITIALS for rhyme in _RHYMES.split()}
    return frozenset(_SURNAMES.split()), frozenset(syllables)


def parse(words: Sequence[str]) -> Parse | None:
    """Return two to four words as a Vietnamese name, or None."""
    surnames, syllables = _tables()
    if not 2 <= len(words) <= 4 or words[0].lower() not in surnames:
        return None
    if not all(word.lower() in syllables for word in words[1:]):
        return None
    text = " ".join(words[1:])
    return Parse(
        SYSTEM,
        (
            Word(
                words[0], SURNAME, f"“{visible(words[0])}” is in the list of Vietnamese surnames."
            ),
            Word(text, GIVEN, f"“{visible(text)}” is made of possible Vietnamese syllables."),
        ),
        0.9 if len(words) > 2 else 0.6,
    )
