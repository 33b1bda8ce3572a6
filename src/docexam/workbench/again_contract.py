"""What `docexam same --json` prints, as types; see `contract`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

Fraction = Annotated[float, Field(ge=0, le=1)]
Spot = Annotated[list[Fraction], Field(min_length=2, max_length=2)]


class SamePlace(TypedDict):
    """One side of a pair: `of` names the exhibit or the file, `name` the capture's own file."""

    of: str
    capture: Annotated[int, Field(ge=1)]
    name: str
    box: Annotated[list[Fraction], Field(min_length=4, max_length=4)]
    polygon: Annotated[list[Spot], Field(min_length=4, max_length=4)]


class SamePair(TypedDict):
    """Two that match; `inliers` of `places` agree, `transform` is 2 × 3."""

    says: str
    innocent: str
    what: Literal["seal", "portrait", "signature", "page", "area"]
    a: SamePlace
    b: SamePlace
    score: float
    bits: float
    inliers: int
    places: int
    transform: Annotated[
        list[Annotated[list[float], Field(min_length=3, max_length=3)]],
        Field(min_length=2, max_length=2),
    ]


class LookedAt(TypedDict):
    """A capture that was looked at, and which zones were found on it."""

    of: str
    capture: int
    zones: list[str]


class LeftOut(TypedDict):
    """What was not looked at, or not wholly, and why."""

    of: str
    why: str


class Same(TypedDict):
    """`same`; `limits` names a missing extra."""

    aid: Literal["same"]
    version: str
    looked_at: list[LookedAt]
    left_out: list[LeftOut]
    same: list[SamePair]
    limits: str


SHAPES: dict[str, Any] = {"same": Same}
