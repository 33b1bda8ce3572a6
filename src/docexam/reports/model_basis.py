"""What every part of the report model is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that stood here and was taken out; `rule` is the id of the rule that did it."""

    rule: str


Said = str | Withheld
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Named:
    """One named value of metadata, a view or a suggestion, as recorded."""

    name: str
    value: Said
