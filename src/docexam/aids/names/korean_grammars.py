"""The letters that may stand for Korean sounds, in Cyrillic and in Latin spellings.

Cost 0 is what a system writes (Kontsevich; Revised Romanization, McCune–Reischauer), 1 what
newspapers, visas and passports commonly write, 2 what is rarer or older.
"""

from __future__ import annotations

from functools import lru_cache

from docexam.aids.names import kontsevich, romanisation
from docexam.aids.names.spelling import Grammar, joints_of


def _table(rows: str) -> dict[str, dict[str, int]]:
    """Read rows of `letters: jamo+cost jamo+cost`; `-` stands for no letters or no jamo."""
    out: dict[str, dict[str, int]] = {}
    for row in rows.strip().splitlines():
        letters, _, cells = row.strip().partition(": ")
        cell = {c[:-1].replace("-", ""): int(c[-1]) for c in cells.split()}
        out[letters.replace("-", "")] = cell
    return out


_CYRILLIC_INITIALS = """
    -: ㅇ0
    к: ㄱ0 ㅋ1 ㄲ1
    г: ㄱ1
    кк: ㄲ0
    кх: ㅋ0
    н: ㄴ0 ㄹ2
    т: ㄷ0 ㅌ1 ㄸ1
    д: ㄷ1
    тт: ㄸ0
    тх: ㅌ0
    р: ㄹ0
    л: ㄹ1
    м: ㅁ0
    п: ㅂ0 ㅍ1 ㅃ1
    б: ㅂ1
    пп: ㅃ0
    пх: ㅍ0
    ф: ㅍ2
    с: ㅅ0 ㅆ1
    ш: ㅅ1
    щ: ㅅ2
    сс: ㅆ0
    ч: ㅈ0 ㅊ1 ㅉ1
    дж: ㅈ1
    чж: ㅈ1
    ж: ㅈ2
    дз: ㅈ2
    чч: ㅉ0
    чх: ㅊ0
    ц: ㅊ2
    х: ㅎ0
"""
_CYRILLIC_VOWELS = """
    а: ㅏ0
    ай: ㅐ2
    э: ㅐ0 ㅔ1 ㅖ2
    е: ㅔ0 ㅖ0 ㅕ1 ㅓ1 ㅐ1 ㅛ1 ㅚ2
    йе: ㅖ0
    я: ㅑ0
    йя: ㅒ0
    о: ㅗ0 ㅓ0
    ой: ㅚ2
    ё: ㅛ0 ㅕ0 ㅓ2
    йо: ㅛ1 ㅕ1
    у: ㅜ0 ㅡ2
    уа: ㅘ1
    уо: ㅝ1
    уи: ㅟ1 ㅢ2
    ю: ㅠ0 ㅜ2
    ы: ㅡ0 ㅢ1
    ый: ㅢ0
    и: ㅣ0 ㅢ0 ㅟ2
    ва: ㅘ0
    вэ: ㅙ0 ㅚ1 ㅞ1
    ве: ㅚ0 ㅞ0 ㅙ1
    во: ㅝ0
    ви: ㅟ0
"""
_CYRILLIC_FINALS = """
    -: -0
    к: ㄱ0
    г: ㄱ2
    н: ㄴ0 ㅇ0
    нг: ㅇ1
    нь: ㄴ1 ㅇ1
    т: ㄷ0
    ль: ㄹ0
    л: ㄹ1
    р: ㄹ1
    м: ㅁ0
    п: ㅂ0
    б: ㅂ2
"""
# ㅈ before old Ё, Е, Ю, Я was written with т or д by the clerks of the nineteenth century.
_CYRILLIC_ONSETS = {
    "те": {("ㅈ", "ㅓ"): 2, ("ㅈ", "ㅗ"): 2},
    "де": {("ㅈ", "ㅓ"): 2},
    "тя": {("ㅈ", "ㅏ"): 2, ("ㅊ", "ㅏ"): 2},
    "дя": {("ㅈ", "ㅏ"): 2},
    "тё": {("ㅈ", "ㅗ"): 2},
    "дё": {("ㅈ", "ㅗ"): 2},
    "тю": {("ㅈ", "ㅜ"): 2},
    "дю": {("ㅈ", "ㅜ"): 2},
    "ти": {("ㅈ", "ㅣ"): 2},
    "ди": {("ㅈ", "ㅣ"): 2},
}


@lru_cache(maxsize=1)
def cyrillic() -> Grammar:
    """Return the grammar of Cyrillic spellings, Kontsevich's and the popular ones."""
    initials, vowels = _table(_CYRILLIC_INITIALS), _table(_CYRILLIC_VOWELS)
    finals = _table(_CYRILLIC_FINALS)
    table = _cyrillic_joints()
    joints = joints_of(finals, initials, table, separators="ъь")
    return Grammar(initials, vowels, finals, joints, _CYRILLIC_ONSETS)


def _cyrillic_joints() -> dict[tuple[str, str], list[str]]:
    table: dict[tuple[str, str], list[str]] = {}
    for pair, letters in (*kontsevich.JOINTS.items(), *kontsevich.NAME_JOINTS.items()):
        table.setdefault(pair, []).append(letters)
    for initial, letters in kontsevich.INITIALS.items():
        table["", initial] = [kontsevich.VOICED.get(initial, letters)]
    # Joints on which the sources are silent: both the voiced and the voiceless form.
    for final, letters in {"ㄷ": "д", "ㅅ": "с", "ㅆ": "сс", "ㅈ": "дж", "ㅊ": "чх"}.items():
        table[final, "ㅇ"] = [letters]
    table["ㅌ", "ㅇ"] = ["тх", "чх"]
    table["ㄴ", "ㅇ"] = ["н", "нъ"]
    return table


_LATIN_INITIALS = """
    -: ㅇ0
    g: ㄱ0
    k: ㄱ0 ㅋ0 ㄲ1
    k': ㅋ0
    kk: ㄲ0
    gg: ㄲ1
    n: ㄴ0 ㄹ2
    d: ㄷ0
    t: ㄷ0 ㅌ0 ㄸ1
    t': ㅌ0
    th: ㅌ1
    tt: ㄸ0
    dd: ㄸ1
    r: ㄹ0
    l: ㄹ1
    rh: ㄹ1
    m: ㅁ0
    b: ㅂ0
    p: ㅂ0 ㅍ0 ㅃ1
    p': ㅍ0
    ph: ㅍ1
    pp: ㅃ0
    bb: ㅃ1
    s: ㅅ0 ㅆ1
    sh: ㅅ0
    ss: ㅆ0
    j: ㅈ0
    ch: ㅈ0 ㅊ0
    ch': ㅊ0
    chh: ㅊ1
    z: ㅈ2
    jj: ㅉ0
    tch: ㅉ0
    h: ㅎ0
"""
_LATIN_VOWELS = """
    a: ㅏ0
    ah: ㅏ1
    ae: ㅐ0
    ai: ㅐ1
    ay: ㅐ2
    e: ㅔ0 ㅐ1
    eh: ㅐ2
    ya: ㅑ0
    yae: ㅒ0
    yea: ㅖ2
    eo: ㅓ0
    ŏ: ㅓ0
    o: ㅗ0 ㅓ1
    oh: ㅗ1
    uh: ㅓ1
    u: ㅜ0 ㅓ1 ㅡ1
    oo: ㅜ1
    ou: ㅜ1 ㅓ1
    woo: ㅜ1
    wu: ㅜ1
    eu: ㅡ0
    ŭ: ㅡ0
    yeo: ㅕ0
    yŏ: ㅕ0
    yo: ㅛ0 ㅕ1
    you: ㅕ1 ㅠ1
    yu: ㅠ0 ㅕ1
    yoo: ㅠ1
    iu: ㅠ2
    ye: ㅖ0
    wa: ㅘ0
    wae: ㅙ0
    oe: ㅚ0
    oi: ㅚ1
    we: ㅞ0 ㅚ1
    wo: ㅝ0
    wŏ: ㅝ0
    weo: ㅝ1
    wi: ㅟ0
    ui: ㅢ0 ㅟ1
    ŭi: ㅢ0
    eui: ㅢ1
    i: ㅣ0 ㅢ1
    ee: ㅣ1 ㅢ1
    yi: ㅣ1
"""
_LATIN_FINALS = """
    -: -0
    k: ㄱ0
    g: ㄱ1
    n: ㄴ0
    ng: ㅇ0
    t: ㄷ0
    d: ㄷ2
    l: ㄹ0
    r: ㄹ1
    m: ㅁ0
    p: ㅂ0
    b: ㅂ1
"""


@lru_cache(maxsize=1)
def latin() -> Grammar:
    """Return the grammar of Latin spellings: the two systems and the popular ones."""
    initials, vowels = _table(_LATIN_INITIALS), _table(_LATIN_VOWELS)
    finals = _table(_LATIN_FINALS)
    joints = joints_of(finals, initials, _latin_joints(), separators="'")
    return Grammar(initials, vowels, finals, joints)


def _latin_joints() -> dict[tuple[str, str], list[str]]:
    table = {pair: [letters] for pair, letters in romanisation.MR_JOINTS.items()}
    for final, closing in romanisation.RR_FINALS.items():
        for initial, letters in romanisation.RR_INITIALS.items():
            table.setdefault((final, initial), []).append(closing + letters)
    for initial, letters in romanisation.MR_VOICED.items():
        table["", initial].append(letters)
    return table
