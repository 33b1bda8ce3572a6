"""A loose grammar of Korean syllables in one alphabet: all the Hangul a spelling may stand for.

A grammar knows which letters may stand for which initial, vowel and final, and for the joint of
two syllables, each at a cost: 0 where a system of spelling writes it so, more the further common
use departs. Reading a word gives every sequence of syllables of names it can be cut into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docexam.aids.names.hangul import CLOSING, FINALS, NAME_SYLLABLES, put_together

LONGEST_WORD = 24
_MOST_READINGS = 4000

Costs = Mapping[str, Mapping[str, int]]
JointCosts = Mapping[str, Mapping[tuple[str, str], int]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Letters to parts of syllables, each with its cost.

    `initials`, `vowels` and `finals` map letters to jamo; `joints` maps letters to pairs of final
    and initial; `onsets` maps letters to pairs of initial and vowel, for spellings that only make
    sense together and only at the start of a word.
    """

    initials: Costs
    vowels: Costs
    finals: Costs
    joints: JointCosts
    onsets: JointCosts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word: its Hangul and the cost of the spelling."""

    hangul: str
    cost: int


def read(grammar: Grammar, word: str, most: int = 2) -> tuple[Reading, ...]:
    """Return the readings of `word` as one to `most` syllables, cheapest first.

    `word` is in small letters. A word longer than any name gives nothing.
    """
    if not 0 < len(word) <= LONGEST_WORD:
        return ()
    best: dict[str, int] = {}
    for hangul, cost in _from_start(grammar, word, most):
        if cost < best.get(hangul, cost + 1):
            best[hangul] = cost
        if len(best) >= _MOST_READINGS:
            break
    ordered = sorted(best.items(), key=lambda item: (item[1], item[0]))
    return tuple(Reading(hangul, cost) for hangul, cost in ordered)


def _from_start(grammar: Grammar, word: str, most: int) -> Iterator[tuple[str, int]]:
    for end, pair, cost in _onsets(grammar, word):
        yield from _after_vowel(grammar, word, end, pair, "", cost, most)


def _onsets(grammar: Grammar, word: str) -> Iterator[tuple[int, tuple[str, str], int]]:
    for end, initials in _matches(grammar.initials, word, 0):
        for further, vowels in _matches(grammar.vowels, word, end):
            for initial, one in initials.items():
                for vowel, two in vowels.items():
                    yield further, (initial, vowel), one + two
    for end, pairs in _matches(grammar.onsets, word, 0):
        for pair, cost in pairs.items():
            yield end, pair, cost


def _after_vowel(
    grammar: Grammar,
    word: str,
    at: int,
    open_part: tuple[str, str],
    done: str,
    cost: int,
    left: int,
) -> Iterator[tuple[str, int]]:
    for closing, more in grammar.finals.get(word[at:], {}).items():
        for syllable in _syllables(*open_part, closing):
            yield done + syllable, cost + more
    if left < 2:
        return
    for end, joints in _matches(grammar.joints, word, at):
        for (closing, initial), more in joints.items():
            for syllable in _syllables(*open_part, closing):
                for further, vowels in _matches(grammar.vowels, word, end):
                    for vowel, still in vowels.items():
                        yield from _after_vowel(
                            grammar, word, further, (initial, vowel), done + syllable,
                            cost + more + still, left - 1,
                        )  # fmt: skip


def _matches(table: Mapping[str, Mapping], word: str, at: int) -> Iterator[tuple[int, Mapping]]:  # type: ignore[type-arg] # generic over the three tables
    for length in range(min(6, len(word) - at) + 1):
        found = table.get(word[at : at + length])
        if found is not None:
            yield at + length, found


# An exact final (ㅅ) stands for itself; a closing sound for every final that closes so.
_FINALS_OF: dict[str, tuple[str, ...]] = {
    closing: tuple(f for f in FINALS if CLOSING[f] == closing) for closing in set(CLOSING.values())
}


def _syllables(initial: str, vowel: str, closing: str) -> tuple[str, ...]:
    finals = _FINALS_OF.get(closing, (closing,))
    made = (put_together(initial, vowel, final) for final in finals)
    return tuple(syllable for syllable in made if syllable in NAME_SYLLABLES)


def joints_of(
    grammar_finals: Costs,
    grammar_initials: Costs,
    table: Mapping[tuple[str, str], Iterable[str]],
    *,
    separators: str = "",
) -> JointCosts:
    """Return the joints of a grammar: those of a system at cost 0, and plain joining.

    Plain joining costs one more than its parts, since the system writes the joint otherwise.
    `separators` are letters that may stand before a vowel (ъ, ь, an apostrophe).
    """
    out: dict[str, dict[tuple[str, str], int]] = {}
    for pair, spellings in table.items():
        for letters in spellings:
            out.setdefault(letters, {})[pair] = 0
    for final_letters, finals in grammar_finals.items():
        for initial_letters, initials in grammar_initials.items():
            for gap in ("", *(separators if not initial_letters else "")):
                cell = out.setdefault(final_letters + gap + initial_letters, {})
                for final, one in finals.items():
                    for initial, two in initials.items():
                        cost = one + two + 1
                        cell[final, initial] = min(cost, cell.get((final, initial), cost))
    return out
