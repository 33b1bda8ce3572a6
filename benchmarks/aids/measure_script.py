"""Measuring the script aid on crops of handwriting: confusion, merged classes, calibration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .material import Picture, on_capture
from .measure_page import first
from .running import Runner
from .scenes import Scene
from .signatures import CODES, Sign
from .tally import groups_of

SIX = CODES[:6]
_BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 1.01))
_MERGED = {"Cyrl": "Cyrl or Latn", "Latn": "Cyrl or Latn"}


def script(runner: Runner, crops: Iterable[Sign]) -> None:
    """Run the aid on each crop and count."""
    for low, high in _BINS:  # known in this order, whichever comes up first
        runner.tally.add(_bin(low, high), 0, 0)
    for sign in crops:
        picture = Picture(sign.jpeg())
        data = first(runner.data(on_capture(picture), "script"))
        _count(runner, sign, data)
        if best_of(data) != sign.code:
            caption = f"{sign.code} ({sign.family}, {sign.reads}) taken for {best_of(data)}"
            runner.fail(f"{sign.code}-as-{best_of(data)}", picture, [], caption)


def best_of(data: dict[str, Any]) -> str:
    """Return the class with the best score; the code itself where nothing is there."""
    code, scores = str(data.get("code", "none")), data.get("scores")
    if code in ("Zxxx", "none") or not isinstance(scores, dict) or not scores:
        return code
    return str(max(sorted(scores), key=lambda k: float(scores[k])))


def _count(runner: Runner, sign: Sign, data: dict[str, Any]) -> None:
    groups = (sign.difficulty,)
    tally, code, best = runner.tally, str(data.get("code", "none")), best_of(data)
    tally.confuse("code (unsure allowed)", sign.code, code)
    tally.confuse("best score", sign.code, best)
    if sign.code == "Zxxx":
        more = (*groups, "print or stamp around" if sign.busy else "paper and lines only")
        tally.add("empty paper called empty", code == "Zxxx", groups=more)
        return
    merged = _MERGED.get(best, best) == _MERGED.get(sign.code, sign.code)
    named = (*groups, f"family {sign.family}" if sign.family else "scribble")
    tally.add("six classes, best score", best == sign.code, groups=named)
    tally.add("six classes, Cyrillic and Latin merged", merged, groups=groups)
    tally.add("five scripts, best score", best == sign.code, float(sign.code != "Zzzz"), groups)
    tally.add("Hangul recall", best == "Hang", float(sign.code == "Hang"), groups)
    tally.add("Hangul precision", sign.code == "Hang", float(best == "Hang"), groups)
    tally.add("writing called empty", code == "Zxxx", groups=groups)
    answered = code not in ("Zyyy", "none")
    tally.add("answered with one class", answered, groups=groups)
    tally.add("right where answered", code == sign.code, float(answered), groups)
    merge = data.get("merged")
    helped = answered or bool(merge)
    fits = code == sign.code or (bool(merge) and sign.code in ("Cyrl", "Latn"))
    tally.add("answered, “Cyrillic or Latin” counted", helped, groups=groups)
    tally.add("right where answered, “Cyrillic or Latin” counted", fits, float(helped), groups)
    _binned(runner, sign, data, best)


def _binned(runner: Runner, sign: Sign, data: dict[str, Any], best: str) -> None:
    scores = data.get("scores")
    value = scores.get(best) if isinstance(scores, dict) else None
    if not isinstance(value, int | float):
        return
    for low, high in _BINS:
        if low <= value < high:
            runner.tally.add(_bin(low, high), best == sign.code)


def _bin(low: float, high: float) -> str:
    return f"right at best score {low:.2f} to {min(high, 1):.2f}"


def on_pages(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Run the aid on the signature of a drawn page, pointed at."""
    signature = scene.truth.signature
    if signature is None:
        return
    data = first(runner.data(on_capture(picture, signature.quad, 0.25), "script"))
    best = best_of(data)
    groups = groups_of(scene.truth)
    runner.tally.add("signature on a page, best score", best == signature.script, groups=groups)
    code = str(data.get("code", "none"))
    said = code not in ("Zyyy", "none")
    runner.tally.add("signature on a page, answered", said, groups=groups)
    right = code == signature.script
    runner.tally.add("signature on a page, right where answered", right, float(said), groups)
    runner.tally.confuse("signature on a page", signature.script, best)
    if best != signature.script:
        caption = f"{scene.truth.split} {scene.truth.n}: {signature.script} ({signature.reads})"
        runner.fail("on a page", picture, [("true", signature.quad)], f"{caption} taken for {best}")
