"""Keeping a foreign aid's faults its own: what it prints, and what it hands over.

Everything here may be handed anything. What passes is rebuilt from docexam's own and Python's
plain types, so that nothing of the aid's classes is printed, kept or sent between processes.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any, TextIO

from docexam.aids.protocol import Gives, Ground, Proposal, Reads, Score
from docexam.domain.geometry import Quad

# What the JSON form of every aid has beside the keys that the aid gives.
_TAKEN = frozenset({"aid", "version", "proposals", "reason"})
_CORNERS = 4


class UnfitError(Exception):
    """Something that an aid handed over is not what belongs there."""


# -- what it prints -------------------------------------------------------------------------


class _Aside:
    """How many aids run now, and what standard output was before the first of them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.running = 0
        self.stream: TextIO | None = None
        self.put: TextIO | None = None
        self.number = -1

    def begin(self) -> None:
        _flush()
        self.stream, self.put = sys.stdout, sys.stderr
        sys.stdout = self.put
        with suppress(OSError):
            self.number = os.dup(1)
            os.dup2(2, 1)

    def end(self) -> None:
        _flush()
        if self.number >= 0:
            with suppress(OSError):
                os.dup2(self.number, 1)
                os.close(self.number)
            self.number = -1
        if self.stream is not None:
            sys.stdout = self.stream
        self.stream = self.put = None


_ASIDE = _Aside()


@contextmanager
def prints_aside() -> Iterator[None]:
    """Send what is printed meanwhile to standard error, Python's prints and others alike.

    Aids may run in several threads and within each other: the last to end puts it back.
    """
    with _ASIDE.lock:
        if not _ASIDE.running:
            _ASIDE.begin()
        _ASIDE.running += 1
    try:
        yield
    finally:
        with _ASIDE.lock:
            _ASIDE.running -= 1
            if not _ASIDE.running:
                _ASIDE.end()


def _flush() -> None:
    for stream in (_ASIDE.stream, sys.stdout, sys.__stdout__):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()


# -- what it declares -----------------------------------------------------------------------


def description_fault(aid: Any) -> str:
    """Return what is wrong with what an aid says of itself, empty where nothing is."""
    reads = aid.reads
    if not isinstance(reads, (set, frozenset)) or not all(_is_reads(one) for one in reads):
        return "its `reads` is no set of Reads"
    gives = aid.gives
    if not isinstance(gives, (tuple, list)) or not all(_is_gives(one) for one in gives):
        return "its `gives` is no tuple of Gives"
    keys = [given.key for given in gives]
    if len(keys) != len(set(keys)) or _TAKEN & set(keys):
        return "its `gives` has a key twice, or one that every aid has"
    if not isinstance(aid.notes_only, bool):
        return "its `notes_only` is neither true nor false"
    if not callable(aid.missing) or not callable(aid.propose):
        return "its `missing` or `propose` cannot be called"
    return ""


def _is_reads(one: Any) -> bool:
    return isinstance(one, str) and one in frozenset(Reads)


def _is_gives(one: Any) -> bool:
    return (
        isinstance(one, Gives)
        and isinstance(one.key, str)
        and bool(one.key)
        and isinstance(one.many, bool)
    )


# -- what it proposes -----------------------------------------------------------------------


def own_proposals(aid: Any, made: Any) -> tuple[Proposal, ...]:
    """Return the proposals rebuilt; raises UnfitError where any is not what belongs there."""
    if not isinstance(made, (tuple, list)):
        raise UnfitError(f"it gave a {type(made).__name__} where a tuple of proposals belongs")
    keys = {given.key for given in aid.gives}
    return tuple(_proposal(aid, keys, one) for one in made)


def _proposal(aid: Any, keys: set[str], one: Any) -> Proposal:
    if not isinstance(one, Proposal):
        raise UnfitError(f"it gave a {type(one).__name__} where a proposal belongs")
    if (one.aid, one.version) != (aid.id, aid.version):
        raise UnfitError("a proposal names another aid or version than the one that ran")
    key = text(one.key, "a key")
    if key not in keys:
        raise UnfitError(f"it proposed “{key}”, which it does not declare")
    if not isinstance(one.grounds, (tuple, list)):
        raise UnfitError(f"it gave a {type(one.grounds).__name__} where a tuple of grounds belongs")
    if not isinstance(one.data, Mapping):
        raise UnfitError(f"it gave a {type(one.data).__name__} where an object of data belongs")
    return Proposal(
        aid=text(one.aid, "its id"),
        version=text(one.version, "its version"),
        key=key,
        says=text(one.says, "what a proposal says"),
        grounds=tuple(_ground(ground) for ground in one.grounds),
        score=_score(one.score),
        fills=text(one.fills, "the field it fills"),
        reading=text(one.reading, "a reading"),
        data=_data(one.data),
    )


def _ground(one: Any) -> Ground:
    if not isinstance(one, Ground):
        raise UnfitError(f"it gave a {type(one).__name__} where a ground belongs")
    shape = None if one.shape is None else _shape(one.shape)
    span = None if one.span is None else _span(one.span)
    says, of = text(one.says, "what a ground says"), text(one.of, "the text of a ground")
    return Ground(says, whole(one.capture, "the capture of a ground"), shape, span, of)


def _shape(shape: Any) -> Quad:
    if not isinstance(shape, (tuple, list)) or len(shape) != _CORNERS:
        raise UnfitError("the shape of a ground has not four corners")
    a, b, c, d = (_point(corner) for corner in shape)
    return a, b, c, d


def _point(corner: Any) -> tuple[float, float]:
    if not isinstance(corner, (tuple, list)) or len(corner) != 2:
        raise UnfitError("a corner of a shape is no pair of numbers")
    x, y = (number(value, "a corner of a shape") for value in corner)
    return x, y


def _span(span: Any) -> tuple[int, int]:
    if not isinstance(span, (tuple, list)) or len(span) != 2:
        raise UnfitError("the span of a ground is no pair of numbers")
    start, end = (whole(value, "the span of a ground") for value in span)
    return start, end


def _score(score: Any) -> Score | None:
    if score is None:
        return None
    if not isinstance(score, Score):
        raise UnfitError(f"it gave a {type(score).__name__} where a score belongs")
    return Score(number(score.value, "a score"), text(score.meaning, "the meaning of a score"))


def _data(data: Mapping[Any, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(data)
    try:
        json.dumps(plain, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnfitError(f"its data cannot be written as JSON ({error})") from error
    return plain


def _plain(value: Any) -> Any:
    """Return the value made of Python's own types, lists and tuples as they are."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text(value, "a text of its data")
    if isinstance(value, (int, float)):
        return number(value, "a number of its data")
    if isinstance(value, Mapping):
        return {_key(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    raise UnfitError(f"its data has a {type(value).__name__}, which JSON has not")


def _key(key: Any) -> str:
    if isinstance(key, int) and not isinstance(key, bool):
        return str(int(key))
    return text(key, "a key of its data")


def text(value: Any, what: str) -> str:
    """Return a text as Python's own; raises UnfitError naming `what` it was to be."""
    if not isinstance(value, str):
        raise UnfitError(f"{what} is a {type(value).__name__} where a text belongs")
    # Not str(), which a class may answer with anything.
    return str.__str__(value)


def number(value: Any, what: str) -> float:
    """Return a finite number, whole ones as int; raises UnfitError."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UnfitError(f"{what} is a {type(value).__name__} where a number belongs")
    if isinstance(value, int):
        return int(value)
    if not math.isfinite(value):
        raise UnfitError(f"{what} is not finite")
    return float(value)


def whole(value: Any, what: str) -> int:
    """Return a whole number from 0; raises UnfitError."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UnfitError(f"{what} is no whole number from 0")
    return int(value)
