"""Hangul written in Cyrillic by the system of Kontsevich, and by its exceptions for names.

The tables are those of the system as published: initials, vowels, finals, and the letters at the
joint of two syllables. Sources differ, or are silent, on the joints of finals that close with т
and on ъ before iotated vowels; there the writer gives the likelier form and the parser takes all.
"""

from __future__ import annotations

from itertools import pairwise

from docexam.aids.names.hangul import Jamo, is_hangul, taken_apart

INITIALS = {
    "ㄱ": "к", "ㄲ": "кк", "ㄴ": "н", "ㄷ": "т", "ㄸ": "тт", "ㄹ": "р", "ㅁ": "м", "ㅂ": "п",
    "ㅃ": "пп", "ㅅ": "с", "ㅆ": "сс", "ㅇ": "", "ㅈ": "ч", "ㅉ": "чч", "ㅊ": "чх", "ㅋ": "кх",
    "ㅌ": "тх", "ㅍ": "пх", "ㅎ": "х",
}  # fmt: skip
VOWELS = {
    "ㅏ": "а", "ㅐ": "э", "ㅑ": "я", "ㅒ": "йя", "ㅓ": "о", "ㅔ": "е", "ㅕ": "ё", "ㅖ": "е",
    "ㅗ": "о", "ㅘ": "ва", "ㅙ": "вэ", "ㅚ": "ве", "ㅛ": "ё", "ㅜ": "у", "ㅝ": "во", "ㅞ": "ве",
    "ㅟ": "ви", "ㅠ": "ю", "ㅡ": "ы", "ㅢ": "и", "ㅣ": "и",
}  # fmt: skip
FIRST_VOWELS = {"ㅖ": "йе", "ㅢ": "ый"}
FINALS = {"": "", "ㄱ": "к", "ㄴ": "н", "ㄷ": "т", "ㄹ": "ль", "ㅁ": "м", "ㅂ": "п", "ㅇ": "н"}
VOICED = {"ㄱ": "г", "ㄷ": "д", "ㅂ": "б", "ㅈ": "дж"}
# Final (by its sound) against initial; the order is that of _COLUMNS, ㅇ being a vowel.
_COLUMNS = "ㄱㄴㄷㄹㅁㅂㅅㅈㅊㅋㅌㅍㅎㅇ"
_JOINTS = {
    "ㄱ": "кк нн кт нн нм кп кс кч кчх ккх ктх кпх кх г",
    "ㄴ": "нг нн нд лл нм нб нс ндж нчх нкх нтх нпх нх н",
    "ㄹ": "льг лл льтт лл льм льб льсс льчч льчх лькх льтх льпх рх р",
    "ㅁ": "мг мн мд мн мм мб мс мдж мчх мкх мтх мпх мх м",
    "ㅂ": "пк мн пт мн мм пп пс пч пчх пкх птх ппх пх б",
    "ㅇ": "нг нн нд нн нм нб нс ндж нчх нкх нтх нпх нх нъ",
    "ㄷ": "тк нн тт нн нм тп сс тч тчх ткх ттх тпх тх д",
}
JOINTS = {
    (final, initial): letters
    for final, row in _JOINTS.items()
    for initial, letters in zip(_COLUMNS, row.split(), strict=True)
}
# In names the tense forms after ль are commonly not written.
NAME_JOINTS = {("ㄹ", "ㄷ"): "льд", ("ㄹ", "ㅅ"): "льс", ("ㄹ", "ㅈ"): "льдж"}
# What comes out of a т-closing final before a vowel.
_LIAISON = {"ㄷ": "д", "ㅅ": "с", "ㅆ": "сс", "ㅈ": "дж", "ㅊ": "чх", "ㅌ": "тх", "ㅎ": ""}
# Surnames for which a custom stands beside the rule; the commoner form first.
SURNAME_CUSTOM = {
    "이": ("ли", "и"),
    "리": ("ри", "ли"),
    "임": ("лим", "им"),
    "림": ("рим", "лим"),
}


def written(hangul: str) -> str:
    """Return a Hangul word in Cyrillic small letters, joints applied; 평양 gives пхёнъян.

    Raises ValueError where `hangul` holds anything but composed syllables.
    """
    return _joined([taken_apart(syllable) for syllable in hangul], JOINTS)


def surname_spellings(hangul: str) -> tuple[str, ...]:
    """Return the system's spellings of a surname: 이 gives ли and и, 리 gives ри and ли."""
    return SURNAME_CUSTOM.get(hangul) or (written(hangul),)


def given_spellings(hangul: str, surname: str = "") -> tuple[str, ...]:
    """Return the spellings of a given name, first the one after this surname.

    The first letter is voiced after a surname that ends in a vowel or a sonorant (Пан Гукчин); the
    North leaves it voiceless, writes the syllables apart, and so both forms follow.
    """
    parts = [taken_apart(syllable) for syllable in hangul]
    forms: dict[str, None] = {}
    for joints in (JOINTS | NAME_JOINTS, JOINTS):
        voiceless = _joined(parts, joints)
        forms.setdefault(_voiced_after(surname, parts[0], voiceless))
        forms.setdefault(voiceless)
    return tuple(forms)


def apart(hangul: str) -> str:
    """Return the syllables each written as if alone, a space between: the North's spelling."""
    return " ".join(written(syllable) for syllable in hangul)


def _voiced_after(surname: str, first: Jamo, spelled: str) -> str:
    if not surname or not is_hangul(surname[-1]) or first.initial not in VOICED:
        return spelled
    if taken_apart(surname[-1]).closing in ("ㄱ", "ㄷ", "ㅂ"):
        return spelled
    return VOICED[first.initial] + spelled[len(INITIALS[first.initial]) :]


def _joined(parts: list[Jamo], joints: dict[tuple[str, str], str]) -> str:
    out = INITIALS[parts[0].initial] + _vowel(parts[0], first=True)
    for before, after in pairwise(parts):
        out += _joint(before, after, joints) + _vowel(after, first=False)
    return out + FINALS[parts[-1].closing]


def _vowel(part: Jamo, *, first: bool) -> str:
    if first and part.initial == "ㅇ":
        return FIRST_VOWELS.get(part.vowel, VOWELS[part.vowel])
    return VOWELS[part.vowel]


def _joint(before: Jamo, after: Jamo, joints: dict[tuple[str, str], str]) -> str:
    if not before.closing:
        return VOICED.get(after.initial, INITIALS[after.initial])
    if before.closing == "ㄷ" and after.initial == "ㅇ":
        return _LIAISON[before.final]
    plain = FINALS[before.closing] + INITIALS[after.initial]
    return joints.get((before.closing, after.initial), plain)
