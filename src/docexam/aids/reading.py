"""Readings made ready for an aid: bounded, composed, hidden characters set aside and named."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LONGEST = 2000
_DASHES = {"Pd"}
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼʹ`´", "'"))


@dataclass(frozen=True, slots=True)
class Tidied:
    """A reading without what cannot be seen.

    `given` is the reading up to the bound, `text` the tidied one (NFC, plain spaces, dashes as
    `-`), `hidden` the code points taken out, `cut` whether the reading was longer than the bound.
    """

    given: str
    text: str
    hidden: tuple[str, ...] = ()
    cut: bool = False

    def notes(self) -> tuple[str, ...]:
        """Return what was done to the reading, as sentences."""
        out = []
        if self.cut:
            out.append(f"Only the first {len(self.given)} characters were looked at.")
        if self.hidden:
            points = ", ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(self.hidden))
            out.append(f"Characters that cannot be seen were left out: {points}.")
        return tuple(out)


def tidy(text: str, longest: int = LONGEST) -> Tidied:
    """Return `text` tidied; time and memory are bounded by `longest`, not by the text."""
    given = text[:longest]
    kept: list[str] = []
    hidden: list[str] = []
    for char in unicodedata.normalize("NFC", given):
        category = unicodedata.category(char)
        if char.isspace() or category in ("Zl", "Zp", "Zs"):
            kept.append("\n" if char in "\n\r\u2028\u2029\u0085\v\f" else " ")
        elif category in _DROPPED:
            hidden.append(char)
        else:
            kept.append("-" if category in _DASHES else char)
    plain = "".join(kept).translate(_APOSTROPHES)
    return Tidied(given, plain, tuple(hidden), len(text) > longest)
