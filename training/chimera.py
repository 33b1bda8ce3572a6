"""Cyrillic letters put together from a Latin font's own, by mirroring, turning and joining.

Most formal hands have Latin letters only; a network trained on fonts as they are takes the style
for the script. Written Cyrillic shares its strokes with them: и is a u, т an m, Я a mirrored R.
A recipe is a row of parts; a part is a letter and what is done to it: `m` mirrored, `f` flipped
upside down, `t` turned round, `s` brought down to small-letter height, `o` laid over the part
before, `l` left lower by a third.
"""

from __future__ import annotations

RECIPES: dict[str, tuple[str, ...]] = {
    "А": ("A",),
    "Б": ("E:m", "6"),
    "В": ("B",),
    "Г": ("L:f", "T"),
    "Д": ("D", "D"),
    "Е": ("E",),
    "Ё": ("Ë", "E"),
    "Ж": ("X l:o", "K:m I:o K:o"),
    "З": ("3", "E:m"),
    "И": ("N:m", "U"),
    "Й": ("N:m", "Ŭ", "U"),
    "К": ("K",),
    "Л": ("V:f",),
    "М": ("M",),
    "Н": ("H",),
    "О": ("O",),
    "П": ("U:f", "N"),
    "Р": ("P",),
    "С": ("C",),
    "Т": ("T", "M"),
    "У": ("Y", "y"),
    "Ф": ("O I:o", "O l:o"),
    "Х": ("X",),
    "Ц": ("U ,",),
    "Ч": ("h:t", "Y"),
    "Ш": ("W", "U I"),
    "Щ": ("W ,",),
    "Э": ("C:m -:o", "E:m"),
    "Ю": ("I - O", "I O"),
    "Я": ("R:m",),
    "а": ("a",),
    "б": ("6:s", "d", "6"),
    "в": ("b", "B:s"),
    "г": ("s:m", "L:fs", "r"),
    "д": ("g", "d", "g"),
    "е": ("e",),
    "ё": ("ë", "e"),
    "ж": ("x l:so", "x i:o"),
    "з": ("z", "3:l", "3:s"),
    "и": ("u", "N:ms"),
    "й": ("ŭ", "ü", "N:ms"),
    "к": ("K:s", "k:s"),
    "л": ("V:fs", "A:s"),
    "м": ("M:s", "m"),
    "н": ("H:s",),
    "о": ("o",),
    "п": ("n", "U:fs"),
    "р": ("p",),
    "с": ("c",),
    "т": ("m", "T:s"),
    "у": ("y",),
    "ф": ("o l:o", "q p:o"),
    "х": ("x",),
    "ц": ("u ,", "U:s ,"),
    "ч": ("h:t", "r:f"),
    "ш": ("w", "u i", "W:s"),
    "щ": ("w ,", "W:s ,"),
    "ъ": ("b",),
    "ы": ("b i", "b l:s"),
    "ь": ("b:s", "b"),
    "э": ("c:m -:o", "e:m"),
    "ю": ("i o", "I:s - o"),
    "я": ("R:ms", "R:ms"),
}
# Without one of these a chimera is as good as Latin.
TELLING = frozenset("БГДЖЗИЙЛПФЦЧШЩЭЮЯбвгджзийклнптфцчшщъыьэюя")


def recipe(letter: str, pick: float) -> list[tuple[str, str]]:
    """Return the parts of a letter, each with its operations; the letter itself where it has none."""
    ways = RECIPES.get(letter)
    if ways is None:
        return [(letter, "")]
    parts = ways[int(pick * len(ways))].split()
    return [(part.partition(":")[0], part.partition(":")[2]) for part in parts]
