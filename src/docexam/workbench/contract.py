"""What the command line prints with --json, as types that pydantic checks and describes.

The published `schema/cli.schema.json` is made from these; the tests hold the program's real
output against them. Imported by nothing that a command runs: pydantic costs more to load than
`show` takes in all. Run `python -m docexam.workbench.contract` to write the schema anew.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from docexam.workbench.again_contract import SHAPES as SAME_SHAPES
from docexam.workbench.aid_contract import SHAPES as AID_SHAPES
from docexam.workbench.aid_contract import ProposalListed
from docexam.workbench.packages_contract import SHAPES as PACKAGE_SHAPES

Sha = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Utc = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]
State = Literal["open", "closed", "disposed"]
NonAnswer = Literal["", "unclear", "not-visible", "no-reference", "not-applicable"]


class Region(TypedDict):
    """Where a finding rests: a box or four points, in fractions of the upright image."""

    capture: Sha
    box: NotRequired[Annotated[list[float], Field(min_length=4, max_length=4)]]
    polygon: NotRequired[Annotated[list[Pair], Field(min_length=4, max_length=4)]]


class ChecklistName(TypedDict):
    """Which checklist an examination uses."""

    id: str
    version: str
    sha256: Sha


class Capture(TypedDict):
    """One image; `broken` only where its original is damaged."""

    n: Annotated[int, Field(ge=1)]
    sha256: Sha
    name: str
    width: int
    height: int
    format: str
    size: int
    quality: dict[str, Any]
    metadata: dict[str, Any]
    broken: NotRequired[str]


class Finding(TypedDict):
    """One finding; `first` only where an answer was changed after a reveal or a close."""

    answer: str | list[str]
    complete: bool
    hidden: bool
    note: str
    cause: str
    reason: str
    examiner: str
    at: Utc
    regions: list[Region]
    first: NotRequired[str | list[str]]
    by_fact: NotRequired[str]
    view: NotRequired[dict[str, Any]]
    crop_seen: NotRequired[bool]
    reference: NotRequired[Sha]
    entered_by: NotRequired[str]
    aided: NotRequired[Literal["triage", "shown"]]


class Reading(TypedDict):
    """One field: raw as typed, corrected beside it; `answer` is a non-answer or empty."""

    raw: str
    corrected: str
    transliteration: str
    answer: NonAnswer
    cause: str
    note: str
    examiner: str
    at: Utc
    regions: list[Region]
    remark: str
    first: NotRequired[str]
    aided: NotRequired[Literal["triage", "shown"]]
    aid: NotRequired[str]


class Progress(TypedDict):
    """Counts over visible items."""

    answered: int
    total: int
    critical_open: int


class Head(TypedDict):
    """The last entry of the journal."""

    seq: int
    hash: Sha


class PlaceMark(Region):
    """A place marked on a capture."""

    place: str


class RevealMark(TypedDict):
    """Something that was shown, and when."""

    what: str
    at: Utc
    seq: int


class Show(TypedDict):
    """`show`."""

    case: str
    exhibit: str
    examination: str
    examiner: str
    state: State
    checklist: ChecklistName
    captures: list[Capture]
    provenance: dict[str, str]
    findings: dict[str, Finding]
    fields: dict[str, Reading]
    places: list[PlaceMark]
    flags: list[str]
    reveals: list[RevealMark]
    proposals: list[ProposalListed]
    seen_before: str | None
    progress: Progress
    head: Head


class LogEntry(TypedDict):
    """One entry of `log`."""

    seq: int
    at: Utc
    examiner: str
    kind: str
    data: dict[str, Any]
    texts: dict[str, str]
    hash: Sha
    prev: Sha


class Line(TypedDict):
    """One entry of `list`; counts are null where the examination is closed to the caller.

    `unexamined`: a package brought it, and nobody has examined it here.
    """

    case: str
    exhibit: str
    state: State | Literal["unexamined"]
    checklist: str
    answered: int | None
    total: int | None
    critical_open: int | None
    updated: Utc
    examiner: str


class ChoiceShown(TypedDict):
    """One answer of an indicator."""

    id: str
    label: str
    evidence: NotRequired[str]
    bears: NotRequired[dict[str, float]]
    innocent: NotRequired[list[str]]


class IndicatorShown(TypedDict):
    """One indicator or fact of `checklist show`."""

    id: str
    section: str
    ask: str
    type: Literal["choice", "yesno", "many", "text", "number", "date"]
    choices: list[ChoiceShown]
    critical: bool
    stage: int
    look: list[str]
    shows: str
    does_not_show: str
    fact: bool
    kind: str
    when: str
    page: str
    place: str
    level: str
    min_px: int
    from_claim: bool
    aid: str
    status: str
    source: str


class ChecklistShown(ChecklistName):
    """`checklist show`."""

    title: str
    language: str
    summary: str
    propositions: list[dict[str, str]]
    fields: list[dict[str, Any]]
    sections: list[dict[str, str]]
    places: list[dict[str, str]]
    checks: list[dict[str, str]]
    indicators: list[IndicatorShown]


class LibraryLine(TypedDict):
    """One entry of `checklist list`."""

    id: str
    version: str
    title: str
    path: str
    shipped: bool
    shadowed: NotRequired[bool]


class FaultShown(TypedDict):
    """One entry of `checklist check`."""

    file: str
    line: int
    column: int
    level: Literal["error", "warn", "note"]
    code: Annotated[str, Field(pattern="^DX")]
    message: str
    help: str


class Figures(TypedDict):
    """The figures of `compare`; undefined ones are null and `why` says why."""

    n: int
    raw: float | None
    kappa: float | None
    alpha: float | None
    alpha_interval: list[float] | None
    why: dict[str, str]


class Compared(TypedDict):
    """`compare` of an exhibit, or with `indicators` of a case."""

    case: str
    examiners: list[str]
    agreement: Figures
    items: list[dict[str, Any]]
    exhibit: NotRequired[str]
    triage: NotRequired[list[str]]
    adjudicated: NotRequired[list[dict[str, Any]]]
    joint: NotRequired[dict[str, Any]]
    indicators: NotRequired[list[dict[str, Any]]]


SHAPES: dict[str, Any] = {
    "show": Show,
    "log": list[LogEntry],
    "list": list[Line],
    "checklist-show": ChecklistShown,
    "checklist-list": list[LibraryLine],
    "checklist-check": list[FaultShown],
    "compare": Compared,
    **AID_SHAPES,
    **SAME_SHAPES,
    **PACKAGE_SHAPES,
}


def check(command: str, data: Any) -> None:
    """Raise pydantic's ValidationError where `data` is not what `command` prints."""
    TypeAdapter(SHAPES[command]).validate_python(data, strict=True)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of every shape, by command, under `$defs`."""
    keyed, made = TypeAdapter.json_schemas(
        [(name, "validation", TypeAdapter(shape)) for name, shape in SHAPES.items()],
        title="What docexam prints with --json, by command",
        ref_template="#/$defs/{model}",
    )
    commands = {name: shape for (name, _), shape in keyed.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "$defs": {**made.get("$defs", {}), **commands},
    }


def schema_text() -> str:
    """Return the published schema as text."""
    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
