"""Hangul in Latin letters: Revised Romanization and McCune–Reischauer.

Revised Romanization by its rule for names: surname first and apart, no sound changes between the
syllables of a given name (반국진 is Ban Gukjin). McCune–Reischauer with the sound changes within a
word, none between surname and given name.
"""

from __future__ import annotations

from itertools import pairwise

from docexam.aids.names.hangul import Jamo, taken_apart

RR_INITIALS = dict(
    zip(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
        ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
         "p", "h"),
        strict=True,
    )
)  # fmt: skip
_VOWEL_ORDER = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_RR_VOWELS = dict(
    zip(
        _VOWEL_ORDER,
        [
            "a",
            "ae",
            "ya",
            "yae",
            "eo",
            "e",
            "yeo",
            "ye",
            "o",
            "wa",
            "wae",
            "oe",
            "yo",
            "u",
            "wo",
            "we",
            "wi",
            "yu",
            "eu",
            "ui",
            "i",
        ],
        strict=True,
    )
)
RR_FINALS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}

_MR_INITIALS = RR_INITIALS | {
    "ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch", "ㅉ": "tch", "ㅊ": "ch'", "ㅋ": "k'", "ㅌ": "t'",
    "ㅍ": "p'",
}  # fmt: skip
_MR_VOWELS = dict(
    zip(
        _VOWEL_ORDER,
        [
            "a",
            "ae",
            "ya",
            "yae",
            "ŏ",
            "e",
            "yŏ",
            "ye",
            "o",
            "wa",
            "wae",
            "oe",
            "yo",
            "u",
            "wŏ",
            "we",
            "wi",
            "yu",
            "ŭ",
            "ŭi",
            "i",
        ],
        strict=True,
    )
)
MR_VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
_MR_COLUMNS = "ㄱㄴㄷㄹㅁㅂㅅㅈㅊㅋㅌㅍㅎㅇ"
MR_JOINTS = {
    (final, initial): letters
    for final, row in {
        "ㄱ": "kk ngn kt ngn ngm kp ks kch kch' kk' kt' kp' kh g",
        "ㄴ": "n'g nn nd ll nm nb ns nj nch' nk' nt' np' nh n",
        "ㄹ": "lg ll lt ll lm lb ls lch lch' lk' lt' lp' rh r",
        "ㅁ": "mg mn md mn mm mb ms mj mch' mk' mt' mp' mh m",
        "ㅂ": "pk mn pt mn mm pp ps pch pch' pk' pt' pp' ph b",
        "ㅇ": "ngg ngn ngd ngn ngm ngb ngs ngj ngch' ngk' ngt' ngp' ngh ng",
        "ㄷ": "tk nn tt nn nm tp ss tch tch' tk' tt' tp' th d",
    }.items()
    for initial, letters in zip(_MR_COLUMNS, row.split(), strict=True)
}


def revised(hangul: str) -> str:
    """Return `hangul` by Revised Romanization, small letters, syllable by syllable."""
    return "".join(_revised_one(taken_apart(syllable)) for syllable in hangul)


def _revised_one(part: Jamo) -> str:
    return RR_INITIALS[part.initial] + _RR_VOWELS[part.vowel] + RR_FINALS[part.closing]


def mccune_reischauer(hangul: str) -> str:
    """Return `hangul` by McCune–Reischauer, small letters, with the joints within the word."""
    parts = [taken_apart(syllable) for syllable in hangul]
    out = _MR_INITIALS[parts[0].initial] + _MR_VOWELS[parts[0].vowel]
    for before, after in pairwise(parts):
        out += _mr_joint(before, after) + _MR_VOWELS[after.vowel]
    out += RR_FINALS[parts[-1].closing]
    return out.replace("swi", "shwi")


def _mr_joint(before: Jamo, after: Jamo) -> str:
    if not before.closing:
        return MR_VOICED.get(after.initial, _MR_INITIALS[after.initial])
    plain = RR_FINALS[before.closing] + _MR_INITIALS[after.initial]
    return MR_JOINTS.get((before.closing, after.initial), plain)


def revised_name(surname: str, given: str) -> str:
    """Return a full name by Revised Romanization: `Ban Gukjin`."""
    return f"{revised(surname).capitalize()} {revised(given).capitalize()}".strip()


def mccune_reischauer_name(surname: str, given: str) -> str:
    """Return a full name by McCune–Reischauer: `Pan Kukchin`; 이 is Yi, as its users write it."""
    family = "yi" if surname == "이" else mccune_reischauer(surname)
    return f"{family.capitalize()} {mccune_reischauer(given).capitalize()}".strip()
