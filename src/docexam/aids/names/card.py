"""The card of the names aid: what it is for, what it cannot do, and its measured figures.

The figures are those that `benchmarks/aids_text.py` prints; a test keeps the two together.
"""

from __future__ import annotations

from docexam.aids.protocol import Card, Figure

COMMAND = "python benchmarks/aids_text.py"
_SYSTEMS = ("korean", "russian", "tuvan", "turkic", "chinese", "vietnamese")
# Spelling: names, parsed, right Hangul among all readings, right Hangul among those shown.
KOREAN: dict[str, tuple[int, int, int, int]] = {
    "kontsevich": (360, 360, 360, 360),
    "voiceless": (360, 360, 360, 360),
    "popular": (360, 360, 360, 351),
}
# List: names, then how many of them each of _SYSTEMS takes; full names and first two words.
FULL: dict[str, tuple[int, ...]] = {
    "russian": (600, 0, 600, 0, 0, 0, 0),
    "tuvan": (200, 0, 196, 189, 0, 0, 0),
    "buryat": (200, 0, 200, 6, 0, 0, 0),
    "korean-russian": (200, 0, 200, 0, 0, 0, 0),
    "yakut": (100, 0, 100, 0, 0, 0, 0),
    "kalmyk": (100, 0, 100, 8, 0, 0, 0),
    "kazakh": (100, 0, 100, 0, 0, 0, 0),
    "chinese": (150, 29, 8, 0, 0, 150, 1),
    "vietnamese": (150, 13, 0, 0, 0, 1, 150),
}
TWO_WORDS: dict[str, tuple[int, ...]] = {
    "russian": (600, 0, 600, 0, 0, 0, 0),
    "tuvan": (200, 0, 61, 186, 0, 0, 0),
    "buryat": (200, 0, 62, 1, 0, 0, 0),
    "korean-russian": (200, 42, 196, 0, 0, 2, 0),
    "yakut": (100, 0, 28, 0, 0, 0, 0),
    "kalmyk": (100, 0, 5, 6, 0, 0, 0),
    "kazakh": (100, 0, 9, 0, 0, 0, 0),
    "chinese": (150, 29, 8, 0, 0, 150, 1),
    "vietnamese": (150, 36, 0, 0, 0, 4, 150),
}


def _figures() -> tuple[Figure, ...]:
    out = []
    for spelling, (n, parsed, right, shown) in KOREAN.items():
        material = f"invented Korean names, {spelling} spelling"
        out += [
            Figure("parses as Korean", parsed, n, material),
            Figure("right Hangul among the readings", right, n, material),
            Figure("right Hangul among those shown", shown, n, material),
        ]
    for title, rates in (("full names", FULL), ("first two words", TWO_WORDS)):
        for people, (n, *counts) in rates.items():
            out += [
                Figure(f"parses as {system}", count, n, f"invented {people} list, {title}")
                for system, count in zip(_SYSTEMS, counts, strict=True)
            ]
    return tuple(out)


CARD = Card(
    title="Names against naming systems",
    version="1.1",
    purpose=(
        "Says which naming systems a name parses by and on what grounds: Russian surname, given "
        "name and patronymic, marked patronymics, Tuvan names, Korean names in Cyrillic, Chinese "
        "and Vietnamese names in Cyrillic; finds Latin letters among Cyrillic ones; says what "
        "links two spellings."
    ),
    cannot=(
        "It cannot tell where a person is from, nor whether a name is anybody's.",
        "A parse as Korean fits many Chinese and Vietnamese names, and the two-word names of "
        "Russian citizens of Korean descent; see the figures.",
        "Its lists are short: a name that is in none of them may be a common one.",
        "Korean is read as a surname and one or two syllables; a surname with a Russian given "
        "name is not.",
        "Several Hangul names share one Cyrillic spelling: the candidates are no reading.",
        "It never feeds an answer that bears on a proposition.",
    ),
    measured=(
        "On lists of invented names, combined from common parts by hand-written rules apart from "
        "the program's tables, but by the same people. The figures show the treatment of common "
        "names; they are no rates in any population."
    ),
    synthetic=True,
    figures=_figures(),
    command=COMMAND,
)
