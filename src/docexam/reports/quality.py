"""What intake measured on an image, told in the words of the report's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from docexam.reports import model as m
from docexam.reports.words import Words

_NUMBER = r"(\d+(?:\.\d+)?)"
_GRADES = {
    "sharp": "quality.sharp",
    "slightly soft": "quality.slightly-soft",
    "soft": "quality.soft",
    "blurred": "quality.blurred",
}
# The remarks that intake keeps are English sentences; a report in another language knows them.
_PLAIN: Mapping[str, str] = {
    "few pixels: small print and fine detail will not show": "quality.few-pixels",
    "no print to measure": "quality.no-print",
    "small": "quality.small",
    "too little contrast to judge sharpness": "quality.no-contrast",
    "a large part is blown out: glare, or white exposed to the limit": "quality.large.glare",
    "part is blown out: glare, or white exposed to the limit": "quality.part.glare",
    "a large part is black without detail": "quality.large.dark",
    "part is black without detail": "quality.part.dark",
    "a large part is white without detail": "quality.large.bright",
    "part is white without detail": "quality.part.bright",
    "enlarged, or out of focus": "quality.enlarged-or-blurred",
    "signs that it was compressed more than once": "quality.doubled",
    "signs that it was a JPEG before": "quality.was-jpeg",
    **_GRADES,
}
_MEASURED: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), key, names)
    for pattern, key, names in (
        (rf"capitals are about {_NUMBER} px high", "quality.print", ("height",)),
        (rf"small: capitals are about {_NUMBER} px high", "quality.small-print", ("height",)),
        (
            rf"signs of resizing, such as enlarging about {_NUMBER} times",
            "quality.enlarged",
            ("factor",),
        ),
        (
            rf"signs of resizing, such as enlarging about {_NUMBER} times \(or {_NUMBER}\)",
            "quality.enlarged.or",
            ("factor", "other"),
        ),
        (
            rf"no sharper than a picture enlarged {_NUMBER} times: enlarged, or out of focus",
            "quality.no-sharper",
            ("factor",),
        ),
        (rf"JPEG, quality about {_NUMBER}", "quality.jpeg", ("quality",)),
        (rf"JPEG, own tables, nearest to quality {_NUMBER}", "quality.jpeg.own", ("quality",)),
        (
            rf"signs of an older JPEG grid, shifted by {_NUMBER} and {_NUMBER}",
            "quality.grid",
            ("across", "down"),
        ),
    )
)
_EDGES = re.compile(rf"([a-z ]+): the sharpest edges are {_NUMBER} px wide")


def quality_notes(quality: Sequence[m.QualityEntry], words: Words) -> list[str]:
    """Return what the measures of an image remark on; measures without a remark say nothing."""
    clauses = [part for entry in quality for part in entry.note.split("; ") if part]
    return [quality_words(clause, words) for clause in clauses]


def quality_words(clause: str, words: Words) -> str:
    """Return one remark of intake in a language; one that is not known stands as it is."""
    if clause in _PLAIN:
        return words(_PLAIN[clause])
    edges = _EDGES.fullmatch(clause)
    if edges and edges[1] in _GRADES:
        return words("quality.edges", word=words(_GRADES[edges[1]]), width=edges[2])
    for pattern, key, names in _MEASURED:
        found = pattern.fullmatch(clause)
        if found:
            return words(key, **dict(zip(names, found.groups(), strict=True)))
    return clause
