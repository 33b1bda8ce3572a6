"""The sentences of a report, kept in one table per language.

A table maps a key to a sentence with `{named}` places. Codes that stand in the model (answers,
causes, states, …) are keys too, `group.code`. Tables of all languages have the same keys and the
same places; a test holds them to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from docexam.domain.checklist import ENFSI_2015
from docexam.errors import InputError

ENGLISH = "en"
UKRAINIAN = "uk"
LANGUAGES = (ENGLISH, UKRAINIAN)
_ENFSI = frozenset(band.words for band in ENFSI_2015.bands)
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of `key` with its places filled."""
        return self.table[key].format(**values)

    def code(self, group: str, code: str) -> str:
        """Return the words for a code of a group; an unknown code stands for itself."""
        return self.table.get(f"{group}.{code}", code)

    def band(self, band: str, declared: str) -> str:
        """Return the words of a band of a scale; those its checklist declares, if it is its own."""
        return self.table.get(f"band.{band}", declared) if declared in _ENFSI else declared

    def declared(self, words: str) -> str:
        """Return the words of a scale's band in this language, found by the English ones."""
        band = next((b.id for b in ENFSI_2015.bands if b.words == words), "")
        return self.band(band, words)

    def count(self, key: str, n: int, /, **values: object) -> str:
        """Return the sentence of `key` in the form that goes with `n`."""
        form = _plural(self.language, n)
        template = self.table.get(f"{key}.{form}", self.table[f"{key}.many"])
        return template.format(n=n, **values)

    def when(self, at: str) -> str:
        """Return a recorded time as people read it; UTC, as recorded."""
        found = _TIME.fullmatch(at)
        return f"{found[1]} {found[2]} UTC" if found else at

    def number(self, n: int) -> str:
        """Return a whole number with its thousands set apart."""
        return f"{n:,}".replace(",", self.table["thousands"])

    def quoted(self, text: str) -> str:
        """Return `text` in the quotation marks of the language."""
        return self.table["quote"].format(text=text)


def _plural(language: str, n: int) -> str:
    if language != UKRAINIAN:
        return "one" if n == 1 else "many"
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"


def words_for(language: str) -> Words:
    """Return the words of one of `LANGUAGES`; raises InputError (DX-LANGUAGE) for another."""
    if language in LANGUAGES:
        module = import_module(f"docexam.reports.words_{language}")
        return Words(language, module.TABLE)
    raise InputError(
        "DX-LANGUAGE",
        "There is no report in that language.",
        todo=f"Use one of: {', '.join(LANGUAGES)}.",
    )
