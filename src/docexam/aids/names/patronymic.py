"""Patronymics: their form, their gender, and the given names they can derive from.

The forms are common knowledge of the language. A patronymic is not mandatory, and one that
derives from no listed name may derive from a name the lists lack.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from docexam.aids.names.given_names import lists_of

MALE, FEMALE = "m", "f"
# Ending, gender, what may stand in its place in the father's name (longest ending first).
_ENDINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("инична", FEMALE, ("а", "я")),
    ("ьевич", MALE, ("ий", "ь", "ье")),
    ("ьевна", FEMALE, ("ий", "ь", "ье")),
    ("иевич", MALE, ("ий", "и", "ия", "ие")),
    ("иевна", FEMALE, ("ий", "и", "ия", "ие")),
    ("ович", MALE, ("", "о", "а", "у")),
    ("овна", FEMALE, ("", "о", "а", "у")),
    ("евич", MALE, ("й", "ь", "", "е", "я")),
    ("евна", FEMALE, ("й", "ь", "", "е", "я")),
    ("ична", FEMALE, ("а", "я")),
    ("ич", MALE, ("а", "я")),
)
# Patronymics whose stem is not that of the name.
_IRREGULAR = {
    "львов": ("лев",),
    "павлов": ("павел",),
    "петров": ("петр",),
    "яковлев": ("яков",),
    "гаврилов": ("гавриил", "гаврила"),
    "данилов": ("даниил", "данила", "данил"),
    "михайлов": ("михаил",),
    "самойлов": ("самуил",),
    "измайлов": ("измаил",),
    "исмайлов": ("исмаил",),
    "иль": ("илья",),
    "маркелов": ("маркел",),
    "иосифов": ("иосиф",),
    "исаев": ("исай", "иса"),
    "эммануилов": ("эмануил",),
    "прокофьев": ("прокофий",),
    "аксенов": ("аксен",),
}
# Words of other languages for son and daughter of, with their gender.
MARKERS: dict[str, str] = {
    **dict.fromkeys(("оглы", "оглу", "углы", "улы", "ұлы", "уулу", "угли"), MALE),
    **dict.fromkeys(("кызы", "гызы", "қызы", "кизи"), FEMALE),
}
_WITH_DOTS = {
    n.replace("ё", "е"): n for n in ("пётр", "семён", "артём", "фёдор", "аксён", "парфён")
}


@dataclass(frozen=True, slots=True)
class Father:
    """A listed given name that a patronymic can derive from, and the lists it stands in."""

    name: str
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patronymic:
    """A word in the form of a patronymic.

    `manner` is `russian` (-ович, -евич, -ич and their feminine forms) or `marker` (оглы, кызы,
    …). `fathers` are the listed names it can derive from, `tried` the forms looked for.
    """

    text: str
    gender: str
    manner: str
    fathers: tuple[Father, ...]
    tried: tuple[str, ...]


@lru_cache(maxsize=4096)
def patronymic_of(word: str) -> Patronymic | None:
    """Return `word` as a patronymic in the Russian manner, or None for another word.

    Байлак-оолович derives from Байлак-оол, Юрьевич from Юрий, Ильинична from Илья.
    """
    key = word.lower().replace("ё", "е")
    for ending, gender, replacements in _ENDINGS:
        if key.endswith(ending):
            if len(key) - len(ending) < 2:
                return None
            tried = _candidates(key, ending, replacements)
            return Patronymic(word, gender, "russian", _fathers(tried), tried)
    return None


def _candidates(key: str, ending: str, replacements: tuple[str, ...]) -> tuple[str, ...]:
    stem = key[: -len(ending)]
    tried = [stem + replacement for replacement in replacements]
    # Илья gives Ильич, Доржи gives Доржиевич: the irregular stem, or the stem with its vowel.
    tried += _IRREGULAR.get(_full_stem(key), ())
    if ending in ("иевич", "иевна", "ьевич", "ьевна"):
        tried.append(stem + ending[0])
    return tuple(dict.fromkeys(tried))


def _full_stem(key: str) -> str:
    for cut in ("инична", "ична", "ич", "на"):
        if key.endswith(cut):
            return key[: -len(cut)]
    return key


def _fathers(tried: tuple[str, ...]) -> tuple[Father, ...]:
    found = []
    for name in tried:
        lists = tuple(title for title, gender in lists_of(name) if MALE in gender)
        if not lists and _is_compound(name):
            lists = ("Tuvan",)
        if lists:
            found.append(Father(_titled(name), lists))
    return tuple(found)


def _is_compound(name: str) -> bool:
    """Return whether the name ends in -оол, which makes a Tuvan man's name of any word."""
    return len(name) > 5 and name.endswith("-оол")


def _titled(name: str) -> str:
    head, dash, tail = _WITH_DOTS.get(name, name).partition("-")
    return head.capitalize() + dash + (tail if tail in ("оол", "кыс") else tail.capitalize())


def marked(words: tuple[str, ...]) -> tuple[int, int, Patronymic] | None:
    """Return where a father's name with a marker begins and ends among `words`, and its reading.

    The marker stands apart (Рашид оглы), after a hyphen (Рашид-оглы) or joined (Нурланулы); joined
    it counts only where the rest is a listed name.
    """
    for index, word in enumerate(words):
        key = word.lower().replace("ё", "е")
        if key in MARKERS and index:
            return index - 1, index + 1, _marked(words[index - 1], word, MARKERS[key])
        found = _joined(word, key)
        if found:
            return index, index + 1, found
    return None


def _joined(word: str, key: str) -> Patronymic | None:
    for marker, gender in MARKERS.items():
        if len(key) > len(marker) and key.endswith(marker):
            head = key.removesuffix(marker).rstrip("-")
            if head and (key.endswith("-" + marker) or lists_of(head)):
                return _marked(word[: len(head)], marker, gender)
    return None


def _marked(father: str, marker: str, gender: str) -> Patronymic:
    key = father.lower().replace("ё", "е")
    return Patronymic(f"{father} {marker}", gender, "marker", _fathers((key,)), (key,))
