"""Reading the ink of a crop: several views, the way up, and inks of several colours apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from docexam.aids.script.forward import CLASSES, shares
from docexam.aids.script.inks import Part, inks_of
from docexam.aids.script.judging import NOTHING, Judgement, contrary, judged, names_a_script
from docexam.aids.script.normalise import Ink, find_ink, view

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Radians added to the levelling, and looseness, of the views that are averaged.
VIEWS = ((0.0, 0.0), (0.07, 0.04), (-0.07, 0.04), (0.0, 0.1))
_STEEP = 1.3
_DOUBTFUL = 0.6
_CLEARER = 0.2
_ALONE = 0.6  # least score at which one ink alone is believed where all ink together is in doubt


@dataclass(frozen=True, slots=True)
class Reading:
    """What some ink was judged to be: scores by code, turned by so many degrees clockwise."""

    ink: Ink | None
    judgement: Judgement
    scores: Mapping[str, float]
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """What is proposed of a crop, and what each of its inks reads alone where there are several."""

    reading: Reading
    alone: tuple[tuple[Part, Reading], ...] = field(default=())


def read_crop(crop: NDArray[np.uint8]) -> Read:
    """Return what the writing on a crop (rows × columns × 3) was judged to be."""
    ink = find_ink(crop)
    whole = read_ink(ink)
    alone = tuple((part, read_ink(part.ink)) for part in inks_of(crop, ink))
    return Read(_together(whole, [reading for _, reading in alone]), alone)


def read_ink(ink: Ink | None) -> Reading:
    """Return what all of some ink was judged to be."""
    if ink is None:
        scores = dict.fromkeys(CLASSES, 0.0) | {NOTHING: 1.0}
        return Reading(None, judged(scores), scores)
    values, turned = _best_way_up(ink)
    scores = {code: float(value) for code, value in zip(CLASSES, values, strict=True)}
    return Reading(ink, judged(scores), scores, turned)


def _together(whole: Reading, alone: Sequence[Reading]) -> Reading:
    """Return the reading that inks apart and together allow.

    A seal's letters and a signature's make a script of neither: where two inks, or one and all
    together, name different scripts, none is named.
    """
    named = [one for one in alone if names_a_script(one.judgement)]
    mine = [whole] if names_a_script(whole.judgement) else []
    if len({one.judgement.code for one in named + mine}) > 1:
        return Reading(whole.ink, contrary(), whole.scores, whole.turned)
    sure = [one for one in named if one.judgement.score >= _ALONE]
    if mine or not sure:
        return whole
    return max(sure, key=lambda one: one.judgement.score)


def _best_way_up(ink: Ink) -> tuple[NDArray[np.float64], int]:
    """Return the scores upright; turned only where that is doubtful and a turn far clearer."""
    upright = _seen(ink, 0)
    left, top, right, bottom = ink.box
    steep = bottom - top > _STEEP * (right - left)
    if not steep and upright.max() >= _DOUBTFUL:
        return upright, 0
    turns = (90, -90) if steep else (180,)
    others = [(_seen(ink, turn), turn) for turn in turns]
    best, turned = max(others, key=lambda one: _lettered(one[0]))
    clearer = _lettered(best) > _lettered(upright) + _CLEARER
    return (best, turned) if clearer else (upright, 0)


def _lettered(scores: NDArray[np.float64]) -> float:
    """Return the best score of a script; scribble and nothing look alike every way up."""
    return float(scores[:5].max())


def _seen(ink: Ink, turned: int) -> NDArray[np.float64]:
    by = math.radians(turned)
    views = np.stack([view(ink, by + turn, loose) for turn, loose in VIEWS])
    return np.asarray(shares(views).mean(axis=0), np.float64)
