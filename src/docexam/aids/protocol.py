"""What every aid is: what it reads, what it proposes on which grounds, and its card.

An aid proposes and never decides. It writes no finding, answers no indicator and carries no
weight: a `Proposal` has no place for either. The workbench hands the material in and decides when
a proposal may be shown; the aid knows neither casebook nor screen nor files.

A third party's aid is any object with the attributes of `Aid`, named by an entry point of the
group `docexam.aids`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from docexam.domain.geometry import Quad

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels: TypeAlias = NDArray[np.uint8]


class Reads(StrEnum):
    """What an aid can be handed."""

    CAPTURES = "captures"
    REGION = "region"
    FIELDS = "fields"
    TEXT = "text"
    TAKEN_IN = "taken-in"


class CaptureImage(Protocol):
    """One capture as the workbench hands it in; pixels are decoded when asked for."""

    @property
    def n(self) -> int:
        """Return the capture's number in its exhibit, from 1."""

    @property
    def sha256(self) -> str:
        """Return the hash of the original's bytes, lower-case hexadecimal."""

    @property
    def width(self) -> int:
        """Return the width in pixels of the upright image."""

    @property
    def height(self) -> int:
        """Return the height in pixels of the upright image."""

    def rgb(self, longest: int = 0) -> Pixels:
        """Return the upright image as rows × columns × 3, 8 bits a channel, sRGB.

        EXIF orientation is applied, transparency is laid on white. With `longest`, the longer
        side has at most that many pixels; 0 means all of them. Read-only.
        Raises DocexamError where the original cannot be decoded.
        """

    def original(self) -> bytes:
        """Return the untouched bytes of the file, for aids that look at the file itself."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a capture: its number, and four corners in fractions of the upright image."""

    capture: int
    shape: Quad


@dataclass(frozen=True, slots=True)
class Material:
    """What an aid is handed; parts it does not read stay empty.

    `fields` maps field ids of the checklist to readings, `texts` are readings without a field,
    `issued` is the document's date as it was read (partial dates allowed, empty for unknown),
    `kind` the kind of document as the checklist names it (`military-booklet`, …), `taken_in` when
    the captures came into the casebook (ISO 8601, empty outside one).
    """

    captures: tuple[CaptureImage, ...] = ()
    region: Region | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    issued: str = ""
    kind: str = ""
    taken_in: str = ""


class Run(Protocol):
    """How a running aid tells how far it is and learns that nobody waits any more."""

    def progress(self, share: float, what: str = "") -> None:
        """Tell the share done, 0 to 1, and what is being done."""

    def cancelled(self) -> bool:
        """Return whether the aid should stop."""


class Cancelled(Exception):  # noqa: N818 - an outcome that was asked for, not an error
    """Raised by an aid that stops because `Run.cancelled()` said so."""


@dataclass(frozen=True, slots=True)
class Alone:
    """A `Run` for an aid that runs on its own: nobody watches, nobody cancels."""

    def progress(self, share: float, what: str = "") -> None:
        """Tell nobody."""

    def cancelled(self) -> bool:
        """Return False."""
        return False


@dataclass(frozen=True, slots=True)
class Score:
    """How strongly an aid holds its proposal, and what that number means.

    `value` orders proposals of one aid and version. It is no probability, and nothing may show
    it without `meaning`.
    """

    value: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing a person can check: on the image, in the text, or in a table.

    `says` is a sentence. `capture` (from 1) and `shape` (fractions of the upright image) place it
    on a capture; `span` (start, end, in characters of the text `of`) places it in a text.
    """

    says: str
    capture: int = 0
    shape: Quad | None = None
    span: tuple[int, int] | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an aid says about the material.

    `key` is the key of the JSON form it belongs to (`parses`, `mrz`, `seals`, …) and `data` what
    stands there. `says` is one sentence for people, made of the material's own text: it goes
    through `visible()` like any other. `fills` (a field's id) and `reading` are for aids that read
    text off a capture; an examiner may adopt the reading, the aid cannot.
    """

    aid: str
    version: str
    key: str
    says: str
    grounds: tuple[Ground, ...] = ()
    score: Score | None = None
    fills: str = ""
    reading: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: `of` `n` things `value` did what `name` says, on `material`."""

    name: str
    value: float
    n: int
    material: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a person should know before trusting an aid.

    `purpose` says what it is for, `cannot` what it cannot do, `measured` how and on what it was
    measured, `synthetic` whether that material was made up, `command` what reproduces the
    figures, `extra` which optional package would add what (empty: none).
    """

    title: str
    version: str
    purpose: str
    cannot: tuple[str, ...]
    measured: str
    synthetic: bool
    figures: tuple[Figure, ...] = ()
    command: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Gives:
    """A key of an aid's JSON form: one object (or null), or with `many` a list."""

    key: str
    many: bool = False


@runtime_checkable
class Aid(Protocol):
    """A program that proposes.

    `id` is a slug; `version` changes with every change of what is proposed, because proposals are
    kept by content and version. `reads` says what `propose` uses of the material, `gives` which
    keys its JSON form has. `notes_only` marks an aid whose proposals may stand beside a reading
    but never beside an answer that bears on a proposition (names).
    """

    id: str
    version: str
    reads: frozenset[Reads]
    gives: tuple[Gives, ...]
    notes_only: bool

    @property
    def card(self) -> Card:
        """Return the aid's card."""

    def missing(self) -> str:
        """Return what this machine lacks for the aid, as a sentence; empty where it can run."""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return the proposals on the material, the same ones for the same material.

        Finding nothing is an empty tuple. Raises DocexamError with a reason where the material
        cannot be read, and Cancelled where `run` said so.
        """
