"""What `proposals`, `adopt` and `reject` print with --json, as types; see `contract`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

Utc = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
Kind = Literal["item", "field"]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]


class OfferShown(TypedDict):
    """An aid of an item or field, and whether what it proposes may be shown."""

    subject: str
    kind: Kind
    aid: str
    title: str
    state: Literal["shown", "ready", "waits", "cannot"]
    why: str
    shown_at: str


class Decided(TypedDict):
    """What the examiner did with a proposal; `entry`: the finding or reading it is bound to."""

    act: Literal["adopted", "rejected"]
    reason: str
    at: Utc
    seq: int
    entry: int | None
    altered: bool


class ShowingShown(TypedDict):
    """One act of showing; `also`: other fields that the proposals speak of."""

    seq: int
    at: Utc
    aid: str
    version: str
    key: str
    count: int
    before_answer: bool
    also: list[str]


class GroundShown(TypedDict):
    """A sentence, and where on a capture or in a text it can be checked."""

    says: str
    capture: NotRequired[int]
    polygon: NotRequired[Annotated[list[Pair], Field(min_length=4, max_length=4)]]
    span: NotRequired[list[int]]
    of: NotRequired[str]


class ScoreShown(TypedDict):
    """A number and what it means; it is no probability."""

    value: float
    meaning: str


class ProposalShown(TypedDict):
    """One proposal; its words are lacking where they were disposed of."""

    proposal: Annotated[int, Field(ge=1)]
    aid: str
    version: str
    seq: int
    at: Utc
    before_answer: bool
    decision: Decided | None
    disposed: bool
    says: NotRequired[str]
    key: NotRequired[str]
    grounds: NotRequired[list[GroundShown]]
    score: NotRequired[ScoreShown | None]
    fills: NotRequired[str]
    reading: NotRequired[str]
    data: NotRequired[dict[str, Any]]


class ProposalListed(TypedDict):
    """One entry of `proposals` in `show`."""

    subject: str
    kind: Kind
    proposal: Annotated[int, Field(ge=1)]
    aid: str
    version: str
    seq: int
    at: Utc
    before_answer: bool
    decision: Decided | None
    disposed: bool
    says: str


class ProposalsOfSubject(TypedDict):
    """`proposals CASE/EXHIBIT ITEM`; `reasons`: why aids had nothing to say, by aid."""

    subject: str
    kind: Kind
    triage: bool
    shown: list[ShowingShown]
    proposals: list[ProposalShown]
    reasons: dict[str, str]


class Offers(TypedDict):
    """`proposals CASE/EXHIBIT`: the aids of the checklist's items and fields."""

    triage: bool
    offers: list[OfferShown]


class DecidedNow(TypedDict):
    """`adopt` and `reject`."""

    seq: int
    act: Literal["adopted", "rejected"]
    subject: str
    proposal: int
    entry: int | None
    warnings: list[str]


SHAPES: dict[str, Any] = {
    "proposals": Offers,
    "proposals-subject": ProposalsOfSubject,
    "adopt": DecidedNow,
    "reject": DecidedNow,
}
