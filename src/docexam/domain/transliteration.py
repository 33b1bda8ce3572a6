"""Cyrillic readings written in Latin letters, by the table of ICAO Doc 9303, part 3.

The table is the one passports use for Russian and Ukrainian. It is many-to-one (Е, Ё and Э all
become E), so the Latin form never proves which letter stood on the document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

RUSSIAN = "ru"
UKRAINIAN = "uk"
TS_TODAY = "TS"
TS_IN_2010 = "TC"

_COMMON: Mapping[str, str] = {
    "А": "A",
    "Б": "B",
    "В": "V",
    "Г": "G",
    "Ґ": "G",
    "Д": "D",
    "Е": "E",
    "Ё": "E",
    "Є": "IE",
    "Ж": "ZH",
    "З": "Z",
    "И": "I",
    "І": "I",
    "Ї": "I",
    "Й": "I",
    "К": "K",
    "Л": "L",
    "М": "M",
    "Н": "N",
    "О": "O",
    "П": "P",
    "Р": "R",
    "С": "S",
    "Т": "T",
    "У": "U",
    "Ф": "F",
    "Х": "KH",
    "Ц": TS_TODAY,
    "Ч": "CH",
    "Ш": "SH",
    "Щ": "SHCH",
    "Ъ": "IE",
    "Ы": "Y",
    "Ь": "",
    "Э": "E",
    "Ю": "IU",
    "Я": "IA",
}
_UKRAINIAN: Mapping[str, str] = {"Г": "H", "И": "Y"}
_UKRAINIAN_FIRST: Mapping[str, str] = {"Є": "YE", "Ї": "YI", "Й": "Y", "Ю": "YU", "Я": "YA"}
_ONLY_UKRAINIAN = frozenset("ҐЄІЇ")
_APOSTROPHES = frozenset("'\u2019\u02bc")


def transliterate(
    text: str, script: str = "Cyrl", *, language: str = "", ts: str = TS_TODAY
) -> str:
    """Return `text` with its Cyrillic letters in Latin ones; empty where it has none.

    `script` is the ISO 15924 code the reading is expected in; only `Cyrl` and the empty string
    (not stated) are served. `language` is `ru` or `uk`; left out, a text with Ґ, Є, І or Ї is
    read as Ukrainian, any other as Russian. `ts` is what Ц becomes: `TS_TODAY`, or `TS_IN_2010`
    for a document issued under the rule in force in 2010. Case is kept (Щ in a word written
    small gives Shch). Letters outside the table, such as Tuvan Ө, stay as they are.
    """
    composed = unicodedata.normalize("NFC", text)
    if script not in ("", "Cyrl") or not any(c.upper() in _COMMON for c in composed):
        return ""
    ukrainian = (language or _guessed(composed)) == UKRAINIAN
    return "".join(
        _letter(composed, index, ukrainian=ukrainian, ts=ts) for index in range(len(composed))
    )


def _guessed(text: str) -> str:
    return UKRAINIAN if _ONLY_UKRAINIAN & set(text.upper()) else RUSSIAN


def _letter(text: str, index: int, *, ukrainian: bool, ts: str) -> str:
    char = text[index]
    if ukrainian and char in _APOSTROPHES and _within_word(text, index):
        return ""
    upper = char.upper()
    if upper not in _COMMON:
        return char
    latin = ts if upper == "Ц" else _COMMON[upper]
    if ukrainian:
        first = _UKRAINIAN_FIRST.get(upper) if _starts_word(text, index) else None
        latin = first or _UKRAINIAN.get(upper, latin)
    return _cased(latin, text, index)


def _starts_word(text: str, index: int) -> bool:
    return index == 0 or not (text[index - 1].isalpha() or text[index - 1] in _APOSTROPHES)


def _within_word(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and text[index - 1].isalpha() and text[index + 1].isalpha()


def _cased(latin: str, text: str, index: int) -> str:
    if not text[index].isupper():
        return latin.lower()
    if len(latin) < 2:
        return latin
    around = text[index + 1 : index + 2] or text[max(index - 1, 0) : index]
    return latin if around.isupper() or not around.isalpha() else latin.capitalize()
