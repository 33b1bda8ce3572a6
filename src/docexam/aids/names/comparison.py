"""Two spellings of a name compared, across scripts, with the reason why they may be one name.

A reason is a rule that leads from one spelling to the other. Spellings without one may still be
of one person, and spellings with one of two: the comparison is of spellings, not of people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docexam.aids.lookalikes import TO_CYRILLIC, latin_among_cyrillic, replaced
from docexam.aids.names import korean
from docexam.aids.names.hangul import rarity
from docexam.aids.names.parse import dotless
from docexam.aids.names.words import Words, words_of
from docexam.aids.transliteration import TABLES, letters_only
from docexam.domain.text import visible

SAME, LINKED, NEAR, UNLINKED = "same", "linked", "near", "unlinked"
_NEAR_EDITS = 2
_LONGEST_NEAR = 60
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """What links two spellings.

    `verdict` is `same` (letter for letter), `linked` (by the rules in `reasons`), `near` (a letter
    or two apart) or `unlinked`. `rules` are the ids of the rules, in the order of `reasons`.
    """

    one: str
    other: str
    verdict: str
    rules: tuple[str, ...]
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the JSON form, seen from the first spelling."""
        return {
            "with": self.other,
            "verdict": self.verdict,
            "rules": list(self.rules),
            "reasons": list(self.reasons),
        }


def compare(one: str, other: str, issued: str = "") -> Comparison:
    """Compare two spellings; `issued` is a date as read, for the tables in use then."""
    left, right = words_of(one), words_of(other)
    found = _same_letters(left, right)
    if found:
        return Comparison(one, other, SAME, ("letters",), (found,))
    linked = [link for link in _links(left, right, issued) if link[1]]
    if linked:
        rules, reasons = zip(*linked, strict=True)
        return Comparison(one, other, LINKED, tuple(rules), tuple(reasons))
    near = _near(left, right)
    if near:
        return Comparison(one, other, NEAR, ("edits",), (near,))
    said = "No rule of this aid leads from one spelling to the other."
    return Comparison(one, other, UNLINKED, (), (said,))


def _links(left: Words, right: Words, issued: str) -> list[tuple[str, str]]:
    return [
        ("lookalikes", _lookalikes(left, right)),
        ("dots", _dots(left, right)),
        ("spacing", _spacing(left, right)),
        ("order", _order(left, right)),
        *_tables(left, right, issued),
        ("korean", _korean(left, right)),
    ]


def _key(words: Sequence[str]) -> str:
    return " ".join(words).casefold()


def _same_letters(left: Words, right: Words) -> str:
    if left.words and _key(left.words) == _key(right.words):
        return "The two spellings have the same letters."
    return ""


def _lookalikes(left: Words, right: Words) -> str:
    if _scripts(left) == _scripts(right) and not (_mixed(left) or _mixed(right)):
        return ""
    if not (left.words and _key(_as_cyrillic(left)) == _key(_as_cyrillic(right))):
        return ""
    return "They differ in letters of another script that look alike, and in nothing else."


def _scripts(words: Words) -> tuple[bool, bool]:
    return words.cyrillic, words.latin


def _mixed(words: Words) -> bool:
    return words.cyrillic and words.latin


def _as_cyrillic(words: Words) -> list[str]:
    return ["".join(TO_CYRILLIC.get(char, char) for char in word.upper()) for word in words.words]


def _dots(left: Words, right: Words) -> str:
    def flat(words: Words) -> str:
        return dotless(_key(words.words)).replace("й", "и")

    if left.words and flat(left) == flat(right):
        return "They differ in е and ё, or in и and й, only; print often leaves the marks out."
    return ""


def _spacing(left: Words, right: Words) -> str:
    one, two = (dotless(_key(words.words)) for words in (left, right))
    joined = _run_together(one)
    if joined and one != two and joined == _run_together(two):
        return "They differ in spaces or hyphens only."
    return ""


def _run_together(text: str) -> str:
    return text.replace("-", "").replace(" ", "")


def _order(left: Words, right: Words) -> str:
    one, two = ([dotless(word.casefold()) for word in w.words] for w in (left, right))
    if one != two and sorted(one) == sorted(two):
        return "They have the same words in another order."
    return ""


# --- transliteration ---------------------------------------------------------------------------


def _tables(left: Words, right: Words, issued: str) -> list[tuple[str, str]]:
    if left.cyrillic == right.cyrillic or left.hangul or right.hangul:
        return []
    cyrillic, latin = (left, right) if left.cyrillic else (right, left)
    plain = latin_among_cyrillic(cyrillic.text)
    source = words_of(replaced(cyrillic.text, plain)) if plain else cyrillic
    wanted = [letters_only(word) for word in latin.words]
    return [
        (table.id, _table_reason(table.title, table.status, table.in_use(issued), missing))
        for table in TABLES
        for missing in [_missing(source.words, wanted, table.write)]
        if missing is not None
    ]


def _missing(
    words: Sequence[str], wanted: Sequence[str], write: Callable[[str], str]
) -> tuple[str, ...] | None:
    """Return the words that have no counterpart, or None where the table does not link them."""
    written = {letters_only(write(word)): word for word in words}
    if "".join(written) == "".join(wanted):
        return ()
    if len(wanted) < 2 or not all(word in written for word in wanted):
        return None
    return tuple(word for key, word in written.items() if key not in wanted)


def _table_reason(title: str, status: str, in_use: bool | None, missing: tuple[str, ...]) -> str:
    said = f"The Latin spelling follows {title}"
    said += "" if status == "verified" else f" ({status})"
    said += {True: ", in use on that date.", False: ", not in use on that date.", None: "."}[in_use]
    if missing:
        said += f" Without a counterpart: {visible(' '.join(missing))}."
    return said


# --- Korean ------------------------------------------------------------------------------------


def _korean(left: Words, right: Words) -> str:
    common = _readings(left) & _readings(right)
    if not common:
        return ""
    shown = sorted(common, key=lambda name: (rarity(name[1:]), name))[:_SHOWN]
    more = len(common) - len(shown)
    tail = f" and {more} more" if more else ""
    return f"Both can be spellings of one Korean name: {', '.join(shown)}{tail}."


def _readings(words: Words) -> set[str]:
    if not words.words or len(words.text) > _LONGEST_NEAR:
        return set()
    found = {name.hangul for name in korean.names_of(words.words)}
    if not found and len(words.words) == 1:
        word = words.words[0]
        found = {*korean.syllables(word), *korean.surname_in(word)}
    return found


# --- nearly the same ---------------------------------------------------------------------------


def _near(left: Words, right: Words) -> str:
    one, two = dotless(_key(left.words)), dotless(_key(right.words))
    longest = max(len(one), len(two))
    if not one or not two or longest > _LONGEST_NEAR or _scripts(left) != _scripts(right):
        return ""
    edits = _edits(one, two)
    if edits > _NEAR_EDITS or edits * 4 > longest:
        return ""
    letters = "one letter" if edits == 1 else "two letters"
    return f"They are {letters} apart; no rule of this aid explains it."


def _edits(one: str, two: str) -> int:
    row = list(range(len(two) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(two, 1):
            best = min(row[j] + 1, row[j - 1] + 1, before + (left != right))
            before, row[j] = row[j], best
    return row[-1]
