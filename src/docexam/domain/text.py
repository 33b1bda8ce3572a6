"""Untrusted text made visible and inert, and text folded for comparison and search."""

from __future__ import annotations

import unicodedata

# Letters and spaces that draw nothing although their category says they are harmless:
# combining grapheme joiner, Hangul fillers, Mongolian separators, braille blank.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u2800\u3164\uffa0")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST_MARK_RUN = 4


def visible(text: str, *, lines: bool = False) -> str:
    """Return `text` with every character that acts or hides written as `⟨U+XXXX⟩`.

    Controls, bidirectional and zero-width characters, surrogates (bytes of a file name that
    are no UTF-8 show as `⟨0xNN⟩`), private-use and unassigned code points, blank letters, and
    runs of more than four combining marks are replaced. With `lines`, line feeds stay.
    The result still needs the escaping of the sink it goes to.
    """
    if text.isascii() and text.isprintable():
        return text
    # A text has few different characters, so looking at each of those once is what is cheap.
    kinds = {char: _kind(char) for char in set(text)}
    if lines:
        kinds["\n"] = _PLAIN
    if not any(kinds.values()):
        return text
    out: list[str] = []
    marks = 0
    for char in text:
        kind = kinds[char]
        marks = marks + 1 if kind == _MARK else 0
        shown = kind == _PLAIN or (kind == _MARK and marks <= _LONGEST_MARK_RUN)
        out.append(char if shown else _code_point(char))
    return "".join(out)


_PLAIN, _MARK, _HIDDEN = 0, 1, 2


def _kind(char: str) -> int:
    category = unicodedata.category(char)
    if category in _HIDDEN_CATEGORIES or char in _BLANK or _is_variation(char):
        return _HIDDEN
    return _MARK if category in ("Mn", "Me") else _PLAIN


def _is_variation(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _code_point(char: str) -> str:
    number = ord(char)
    if 0xDC80 <= number <= 0xDCFF:
        return f"⟨0x{number - 0xDC00:02X}⟩"
    return f"⟨U+{number:04X}⟩"


def search_key(text: str) -> str:
    """Fold `text` for search: NFKD, combining marks dropped, casefolded.

    Finds ё as е, й as и, NFD as NFC, and full-width digits as plain ones.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return kept.casefold()


def comparable(text: str) -> str:
    """Normalise a reading for comparison: NFC, outer space dropped, inner runs made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def scripts_of(text: str) -> tuple[str, ...]:
    """Return the ISO 15924 codes of the letters in `text`, in order of first appearance.

    Covers the scripts that meet on the documents this tool is for; others are `Zyyy`.
    """
    found: dict[str, None] = {}
    for char in text:
        if char.isalpha():
            found.setdefault(_script(char), None)
    return tuple(found)


_SCRIPT_NAMES = {
    "CYRILLIC": "Cyrl",
    "LATIN": "Latn",
    "FULLWIDTH LATIN": "Latn",
    "HANGUL": "Hang",
    "HALFWIDTH HANGUL": "Hang",
    "CJK": "Hani",
    "ARABIC": "Arab",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "MONGOLIAN": "Mong",
    "DEVANAGARI": "Deva",
    "THAI": "Thai",
}


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((code for start, code in _SCRIPT_NAMES.items() if name.startswith(start)), "Zyyy")
