"""From scores to what may be said: a script, "Cyrillic or Latin", or unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UNSURE = "Zyyy"
NOTHING = "Zxxx"
SCRIBBLE = "Zzzz"
PAIR = ("Cyrl", "Latn")
# Chosen on the validation families (training/README.md): the least score at which a script is
# named, and the least sum at which the pair is.
LEAST = 0.5
LEAST_PAIR = 0.6
NAMES = {
    "Hang": "Hangul",
    "Cyrl": "Cyrillic",
    "Latn": "Latin",
    "Hani": "Han characters",
    "Arab": "Arabic",
    SCRIBBLE: "a scribble without letters",
    NOTHING: "no handwriting",
}
_SAYS = {
    "Hang": "The writing looks like Hangul.",
    "Cyrl": "The writing looks like Cyrillic.",
    "Latn": "The writing looks like Latin letters.",
    "Hani": "The writing looks like Han characters.",
    "Arab": "The writing looks like Arabic script.",
    SCRIBBLE: "The ink looks like a scribble: no letters of a script it knows were made out.",
    NOTHING: (
        "No handwriting was found here; lines, shadow or print may be. That is not the same as "
        "absent."
    ),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The code that may be named, the pair where it stays open, and the sentence."""

    code: str
    merged: tuple[str, ...]
    says: str
    score: float


def judged(scores: Mapping[str, float]) -> Judgement:
    """Return what the scores allow to say."""
    best = max(scores, key=lambda code: scores[code])
    pair = sum(scores[code] for code in PAIR)
    if scores[best] >= LEAST:
        return Judgement(best, (), _SAYS[best], scores[best])
    if pair >= LEAST_PAIR:
        says = "The writing looks like Cyrillic or Latin; which of the two cannot be told."
        return Judgement(UNSURE, PAIR, says, pair)
    order = sorted(scores, key=lambda code: -scores[code])
    says = (
        f"The script cannot be told; nearest are {NAMES[order[0]]} and {NAMES[order[1]]}, in that "
        "order."
    )
    return Judgement(UNSURE, (), says, scores[best])


def names_a_script(judgement: Judgement) -> bool:
    """Return whether a script is named, not a scribble, nothing or doubt."""
    return judgement.code not in (UNSURE, NOTHING, SCRIBBLE)


def contrary() -> Judgement:
    """Return what is said where inks of several colours read as different scripts."""
    says = "The script cannot be told: ink of several colours stands here and reads differently."
    return Judgement(UNSURE, (), says, 0.0)
