"""Cases, exhibits, captures and where they came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from docexam.domain.text import visible
from docexam.errors import InputError

LONGEST_NAME = 64
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
NOT_STATED = "not stated"


def checked_name(text: str, what: str) -> str:
    """Return `text` in NFC as a case or exhibit name; raises InputError (DX-NAME).

    1 to 64 letters, digits, spaces, `.`, `_`, `-`; not beginning with `-` or `.`.
    """
    name = unicodedata.normalize("NFC", text)
    if not name or len(name) > LONGEST_NAME or name[0] in "-." or name != name.strip():
        raise _bad_name(text, what)
    if not all(c in " ._-" or unicodedata.category(c)[0] in "LNM" for c in name):
        raise _bad_name(text, what)
    return name


def _bad_name(text: str, what: str) -> InputError:
    shown = visible(text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME] + "…")
    return InputError(
        "DX-NAME",
        f"“{shown}” cannot be the name of {what}.",
        todo="Use 1 to 64 letters, digits, spaces, “.”, “_” or “-”, not “-” or “.” first.",
    )


def split_handle(text: str) -> tuple[str, str]:
    """Split `CASE/EXHIBIT` into two checked names; raises InputError."""
    case, slash, exhibit = text.partition("/")
    if not slash or "/" in exhibit:
        raise InputError(
            "DX-HANDLE",
            f"“{visible(text[:140])}” is not CASE/EXHIBIT.",
            todo="Write the case, one slash and the exhibit, for example 2024-117/A.",
        )
    return checked_name(case, "a case"), checked_name(exhibit, "an exhibit")


def name_key(name: str) -> str:
    """Return the form under which names are unique: NFC, casefolded, NFC again."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


_MOMENT = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?Z?)?)?)?", re.ASCII)


def _is_moment(text: str) -> bool:
    """Tell whether a text is a year, a month, a day or a time that exists."""
    if not _MOMENT.fullmatch(text):
        return False
    whole = text.removesuffix("Z")
    whole += "-01" * (2 - whole.count("-"))
    try:
        datetime.fromisoformat(whole)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an exhibit came from, in the words of whoever took it in; empty for not stated."""

    source: str = ""
    url: str = ""
    obtained: str = ""
    reliability: str = ""
    credibility: str = ""
    collected_by: str = ""

    def problem(self) -> str:
        """Return what is wrong with the grades or the date, or an empty string."""
        if self.reliability and self.reliability not in RELIABILITY:
            return "The reliability of a source is one letter from A to F."
        if self.credibility and self.credibility not in CREDIBILITY:
            return "The credibility of information is one digit from 1 to 6."
        if self.obtained and not _is_moment(self.obtained):
            return "The date obtained is written YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ."
        return ""


@dataclass(frozen=True, slots=True)
class Capture:
    """One image of an exhibit. `width` × `height` after EXIF orientation; `n` counts from 1."""

    n: int
    sha256: str
    name: str
    width: int
    height: int
    format: str
    size: int = 0
    at: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)
