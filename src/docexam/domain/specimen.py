"""Reference specimens: what a questioned document may be compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docexam.domain.checklist import Checklist


@dataclass(frozen=True, slots=True)
class Specimen:
    """One image of a reference specimen in the casebook, named by its original's SHA-256.

    `issued`: a year or a range of years, `1998`, `1998..2010`, `1998..`. `may_export`: whether its
    licence lets it stand in a report; otherwise it is cited only.
    """

    sha256: str
    issuer: str
    kind: str
    issued: str = ""
    source: str = ""
    licence: str = ""
    may_export: bool = False
    name: str = ""
    width: int = 0
    height: int = 0
    format: str = ""

    @property
    def citation(self) -> str:
        """How a report names the specimen without showing it."""
        parts = (self.issuer, self.kind, self.issued, self.source, self.licence)
        return ", ".join(p for p in parts if p) + f" (sha256 {self.sha256[:16]}…)"


_YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?")


def years(text: str) -> tuple[int, int] | None:
    """Read a year or a range of years as first and last; None where it is neither."""
    found = _YEARS.fullmatch(text.strip())
    if not found or not (found[1] or found[3]):
        return None
    first = int(found[1]) if found[1] else 0
    last = int(found[3]) if found[3] else (9999 if found[2] else first)
    return (first, last) if first <= last else None


def matches(specimen: Specimen, applies: Mapping[str, str]) -> bool:
    """Tell whether a specimen is of the issuer, kind and years a checklist applies to."""
    for key in ("issuer", "kind"):
        wanted = applies.get(key, "")
        if wanted and wanted.casefold() != str(getattr(specimen, key)).casefold():
            return False
    wanted_years, own_years = years(applies.get("issued", "")), years(specimen.issued)
    if wanted_years is None or own_years is None:
        return True
    return own_years[0] <= wanted_years[1] and wanted_years[0] <= own_years[1]


def matching(specimens: tuple[Specimen, ...], checklist: Checklist) -> tuple[Specimen, ...]:
    """Return the specimens that a checklist's documents may be compared with.

    A checklist that says nothing about what it applies to matches none: anything would.
    """
    if not any(checklist.applies.get(key) for key in ("issuer", "kind")):
        return ()
    return tuple(s for s in specimens if matches(s, checklist.applies))


def specimen_from(sha256: str, data: Mapping[str, Any]) -> Specimen:
    """Build a specimen from what the store keeps of it."""
    known = {k: data[k] for k in data if k in Specimen.__slots__ and k != "sha256"}
    return Specimen(sha256, **known)
