"""The same-again aid: what stands twice in the captures, and its card."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from docexam.aids.figures import Purpose, measured_card
from docexam.aids.protocol import Card, Gives, Ground, Material, Proposal, Reads, Run, Score

if TYPE_CHECKING:
    from docexam.aids.same.prints import Confirmed
    from docexam.aids.same.zones import Zone

ID = "same"
VERSION = "1.6"
MEANING = (
    "three quarters of the places that both fill correlate at least so well once one is laid on "
    "the other, 0 to 1; told from 0.74 on, of seals from 0.70 and of handwriting from 0.90"
)
INNOCENT = {
    "seal": "Two strikes of one stamp match as a copied seal does.",
    "portrait": "Prints of one photograph match, and so do two captures of one page.",
    "signature": "A facsimile stamp and letters of a font match as a copied signature does.",
    "page": "Two captures of one page match, whoever made them.",
    "area": "Print, patterns and emblems repeat on many documents.",
}
_SEVERAL = {"signature": "pieces of handwriting"}
_ONE = {"signature": "piece of handwriting"}
EXTRA = (
    "same (opencv-python-headless): also finds areas in coloured ink that stand twice in one "
    "capture and are neither seal nor portrait nor page. Seals, portraits and pages are compared "
    "without it."
)
_PURPOSE = Purpose(
    title="The same again",
    purpose=(
        "Proposes which two seals, portraits, pieces of handwriting, pages or areas match when one "
        "is laid on the other, within one capture or between captures."
    ),
    cannot=(
        "It does not tell a copied seal from a second strike of the same stamp.",
        "Stamps of one office that differ in a small part only can pass for the same one; look "
        "at the number.",
        "It compares what the aids for seals, photographs and pages find; what they miss is not "
        "compared.",
        "No match is no proof of two stamps: a weak or smeared strike matches nothing.",
        "Of handwriting it compares what stands by itself in blue or violet ink, signature or not; "
        "across print, a seal or other writing a copy is mostly missed.",
        "Two signatures of one hand do not match; that they do not says nothing about the hand.",
        "After a look at its figures the agreement asked of two seals was lowered, on other drawn "
        "pairs: the figure for seals is a little flattered by that.",
    ),
    extra=EXTRA,
)


class SameAid:
    """Pairs that match when laid on each other."""

    id = ID
    version = VERSION
    reads = frozenset({Reads.CAPTURES})
    gives = (Gives("same", many=True),)
    notes_only = False

    @property
    def card(self) -> Card:
        """Return the aid's card."""
        return measured_card(ID, VERSION, _PURPOSE)

    def missing(self) -> str:
        """Return an empty string: without the extra the aid looks at fewer things."""
        return ""

    def propose(self, material: Material, run: Run) -> tuple[Proposal, ...]:
        """Return a proposal for each pair that matches; raises Cancelled and DocexamError."""
        from docexam.aids.same.pairing import find_pairs

        troubles: list[str] = []
        pairs = find_pairs(material.captures, run, troubles)
        return tuple(_proposal(pair, troubles) for pair in pairs) or (_none(troubles),)


AID = SameAid()


def lacking() -> str:
    """Return what the missing extra would add; empty where it is there."""
    return "" if find_spec("cv2") else f"Not installed: the extra {EXTRA}"


def pair_json(pair: Confirmed) -> dict[str, Any]:
    """Return the JSON form of a pair that matches."""
    return {
        "what": pair.what,
        "a": _place(pair.a),
        "b": _place(pair.b),
        "score": pair.score,
        "bits": pair.bits,
        "inliers": pair.inliers,
        "places": pair.places,
        "transform": [list(row) for row in pair.transform],
    }


def pair_says(pair: Confirmed) -> str:
    """Return the sentence for a pair that matches."""
    where = (
        f"of capture {pair.a.capture}"
        if pair.a.capture == pair.b.capture
        else f"of captures {pair.a.capture} and {pair.b.capture}"
    )
    return f"These two {_SEVERAL.get(pair.what, f'{pair.what}s')} {where} match."


def _place(zone: Zone) -> dict[str, Any]:
    return {
        "capture": zone.capture,
        "box": [round(v, 5) for v in zone.box],
        "polygon": [[round(x, 5), round(y, 5)] for x, y in zone.shape],
    }


def _none(troubles: list[str]) -> Proposal:
    says = ["Nothing was found to stand here twice; that is not the same as nothing there."]
    return Proposal(ID, VERSION, "same", " ".join([*says, *troubles, *filter(None, [lacking()])]))


def _proposal(pair: Confirmed, troubles: list[str]) -> Proposal:
    what = _ONE.get(pair.what, pair.what)
    agreeing = f"{pair.inliers} of {pair.places} places agree."
    grounds = (
        Ground(f"The first {what}. {agreeing}", pair.a.capture, pair.a.shape),
        Ground(f"The second {what}. {INNOCENT[pair.what]}", pair.b.capture, pair.b.shape),
    )
    score = Score(pair.score, MEANING)
    data, says = pair_json(pair), pair_says(pair)
    if troubles:
        data["not_compared"] = list(troubles)
        says += f" Not everything was compared: {'; '.join(t.rstrip('.') for t in troubles)}."
    return Proposal(ID, VERSION, "same", says, grounds, score, data=data)
