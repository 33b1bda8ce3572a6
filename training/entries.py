"""Invented entries of forms: names, dates, numbers, places, offices, words drawn at random.

Words of no language are among them, so that a network reads shapes and learns no vocabulary. No
entry is taken from a document. The words of `words()` are those of Debian's hunspell-ru.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from docexam.aids.typed.reader import ALPHABET
from training.words import WRITERS, Rng

DIGITS, MARKS = ALPHABET[1:11], ALPHABET[11:24]
CYRILLIC, LATIN = ALPHABET[24:90], ALPHABET[90:]
_DICTIONARY = Path(os.environ.get("DOCEXAM_WORDS", "/usr/share/hunspell/ru_RU.dic"))
_MONTHS = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
).split()
_PLACES = "г. г. г. с. пос. дер. ул. ст. пгт. д. обл. м. х. аул р. п.".split()
_BETWEEN = (" ", ", ", " № ", ". ", " с ", " по ", " в ", ", рожд. ")  # the first two for Latin
_BEFORE = (
    "г. с. пос. дер. ул. д. кв. обл. р-н Респ. ОВД РОВД ОВД УВД МВД РФ УФМС ГУ ТП № Отдел отдел "
    "отделом Отделение военный комиссариат района области края республики города по в на и от "
    "сержант рядовой капитан лейтенант майор прапорщик ст. мл. в/ч"
).split()


@cache
def words() -> tuple[str, ...]:
    """Return Russian words of 2 to 14 letters. Ends the command where the dictionary is not here."""
    if not _DICTIONARY.exists():
        raise SystemExit(f"{_DICTIONARY} is not here: install hunspell-ru or set DOCEXAM_WORDS")
    lines = _DICTIONARY.read_text("utf-8").split("\n")[1:]
    found = (line.split("/")[0].strip() for line in lines)
    known = set(CYRILLIC)
    return tuple(word for word in found if 2 <= len(word) <= 14 and known.issuperset(word))


def entry(rng: Rng, *, cyrillic: bool = True) -> str:
    """Return one line of an entry, at most 56 letters; Latin where the face has nothing else."""
    made = _one(rng, cyrillic=cyrillic)
    if rng.random() < 0.22:
        between = _BETWEEN[int(rng.integers(len(_BETWEEN) if cyrillic else 2))]
        made = f"{made}{between}{_one(rng, cyrillic=cyrillic)}"
    if rng.random() < 0.2:
        made = made.upper()
    return _kept(made)[:56].strip() or "-"


def _one(rng: Rng, *, cyrillic: bool) -> str:
    kind = rng.random()
    if kind < 0.03:
        made = _some(rng, DIGITS, int(rng.integers(1, 3)))
    elif kind < 0.16:
        made = date(rng)
    elif kind < 0.26:
        made = number(rng, cyrillic=cyrillic)
    elif kind < 0.4:
        made = _noise(rng, cyrillic=cyrillic)
    elif not cyrillic or kind < 0.5:
        made = WRITERS["Latn"](rng)
    elif kind < 0.66:
        made = " ".join(WRITERS["Cyrl"](rng) for _ in range(int(rng.integers(1, 3))))
    elif kind < 0.78:
        made = _place(rng)
    else:
        made = _phrase(rng)
    return made


def _kept(text: str) -> str:
    known = set(ALPHABET)
    return " ".join("".join(letter for letter in text if letter in known).split())


def date(rng: Rng) -> str:
    """Return a date in one of the forms that entries give it."""
    day, month = int(rng.integers(1, 32)), int(rng.integers(1, 13))
    year = int(rng.integers(1900, 2060))
    forms = (
        f"{day:02}.{month:02}.{year}",
        f"{day:02}.{month:02}.{year}",
        f"{day:02}.{month:02}.{year}",
        f"{day:02}.{month:02}.{year % 100:02}",
        f"{day}.{month}.{year} г.",
        f"{day} {_MONTHS[month - 1]} {year}",
        f"{day} {_MONTHS[month - 1]} {year} г.",
        f"{day:02}/{month:02}/{year}",
        f"{day:02}-{month:02}-{year}",
        f"{year}",
        f"{day:02}.{month:02}.{str(year)[:2]}",
    )
    return forms[int(rng.integers(len(forms)))]


def number(rng: Rng, *, cyrillic: bool) -> str:
    """Return a number or a series and a number."""
    letters = CYRILLIC[:33] if cyrillic else LATIN[:26]
    two = _some(rng, letters, 2)
    forms = (
        _some(rng, DIGITS, int(rng.integers(1, 12))),
        f"{_some(rng, DIGITS, 4)} {_some(rng, DIGITS, 6)}",
        f"{_some(rng, DIGITS, 2)} {_some(rng, DIGITS, 2)} {_some(rng, DIGITS, 6)}",
        f"№ {_some(rng, DIGITS, int(rng.integers(1, 8)))}",
        f"{two} № {_some(rng, DIGITS, 7)}",
        f"{two} {_some(rng, DIGITS, 7)}",
        f"{_some(rng, 'IVX', int(rng.integers(1, 4)))}-{two} № {_some(rng, DIGITS, 6)}",
        f"{_some(rng, DIGITS, 3)}-{_some(rng, DIGITS, 3)}",
        f"{_some(rng, letters, 1)}-{_some(rng, DIGITS, 6)}",
        f"в/ч {_some(rng, DIGITS, 5)}" if cyrillic else _some(rng, DIGITS, 5),
    )
    return forms[int(rng.integers(len(forms)))]


def _some(rng: Rng, letters: str, count: int) -> str:
    return "".join(letters[int(rng.integers(len(letters)))] for _ in range(count))


def _noise(rng: Rng, *, cyrillic: bool) -> str:
    """Return letters drawn at random, cased as words are; every letter is as frequent."""
    letters = CYRILLIC[33:] if cyrillic and rng.random() < 0.8 else LATIN[26:]
    made = []
    for _ in range(int(rng.integers(1, 4))):
        word = _some(rng, letters, int(rng.integers(1, 9)))
        way = rng.random()
        made.append(word.capitalize() if way < 0.45 else word.upper() if way < 0.65 else word)
        if rng.random() < 0.25:
            made[-1] += MARKS[int(rng.integers(len(MARKS)))]
    return " ".join(made)


def _place(rng: Rng) -> str:
    """Return what stands for a place: "г. Кострома", "пос. Новый, д. 4"."""
    known = words()
    name = known[int(rng.integers(len(known)))].capitalize()
    start = _PLACES[int(rng.integers(len(_PLACES)))]
    blank = "" if rng.random() < 0.12 else " "
    more = f", д. {_some(rng, DIGITS, int(rng.integers(1, 3)))}" if rng.random() < 0.15 else ""
    return f"{start}{blank}{name}{more}"


def _phrase(rng: Rng) -> str:
    """Return words as an office or a place would be given."""
    made = []
    for _ in range(int(rng.integers(1, 5))):
        if rng.random() < 0.3:
            made.append(_BEFORE[int(rng.integers(len(_BEFORE)))])
        known = words()
        word = known[int(rng.integers(len(known)))]
        made.append(word.capitalize() if rng.random() < 0.4 else word)
    text = " ".join(made)
    return text[0].upper() + text[1:] if rng.random() < 0.6 else text


WORDY = (date, _place, _phrase)  # ways to invent what stands in running text
