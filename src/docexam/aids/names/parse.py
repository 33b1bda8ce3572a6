"""What every naming system gives: a parse of the whole name, word by word, with its grounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SURNAME, GIVEN, PATRONYMIC = "surname", "given", "patronymic"
FIT_MEANING = (
    "how closely the spelling keeps to this system, from 0 to 1; it orders parses and is no "
    "probability, and says nothing about a person"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: its role in this parse, and the ground for that role."""

    text: str
    role: str
    says: str


@dataclass(frozen=True, slots=True)
class Parse:
    """A whole name read by one system.

    `manner` is the way of writing within the system (`kontsevich`, `north`, `popular`, …; empty
    where there is one only). `fit` is explained by FIT_MEANING. `notes` say what a person should
    know beside the parse; `data` holds what only this system gives (Hangul candidates, the
    father's name).
    """

    system: str
    words: tuple[Word, ...]
    fit: float
    manner: str = ""
    notes: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form: system, words with grounds, notes, score, and the system's own."""
        form: dict[str, Any] = {
            "system": self.system,
            "words": [{"text": w.text, "role": w.role, "grounds": w.says} for w in self.words],
            "grounds": [w.says for w in self.words] + list(self.notes),
            "score": {"value": self.fit, "meaning": FIT_MEANING},
        }
        if self.manner:
            form["manner"] = self.manner
        return form | dict(self.data)


def small(word: str) -> str:
    """Return a word in small letters, as the tables hold them."""
    return word.lower()


def dotless(word: str) -> str:
    """Return a word with ё as е, since print and typewriters leave the dots out."""
    return word.replace("ё", "е").replace("Ё", "Е")
