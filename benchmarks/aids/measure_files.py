"""Measuring “the same again” on pairs, and the file aid on pictures compressed once or twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docexam.aids.protocol import Material

from .failures import Shape
from .matching import auc, caught
from .material import Picture, on_capture
from .measure_page import first
from .pairs import Pair, doubled
from .running import Runner
from .scenes import Scene

# Qualities of the first and the second JPEG; the first two are easy, the last is hard.
QUALITIES = ((85, 95), (70, 90), (90, 80), (95, 85), (75, 80))


def same(runner: Runner, made: Iterable[Pair]) -> dict[str, dict[str, list[float]]]:
    """Run the aid on each pair; return the scores of positives and negatives by what it is."""
    scores: dict[str, dict[str, list[float]]] = {}
    for one in made:
        pictures = tuple(Picture(s.jpeg(), k) for k, s in enumerate(one.scenes, 1))
        what = next((w for w in ("page", "signature") if w in one.kind), "seal")
        found = [d for d in runner.data(Material(captures=pictures), "same") if _of(d, what)]
        score = max((float(d.get("score") or 0.0) for d in found), default=0.0)
        side = "same" if one.same else "other"
        scores.setdefault(what, {"same": [], "other": []})[side].append(score)
        groups = (one.scenes[0].truth.difficulty, one.kind)
        runner.tally.add(f"{what}: said right", bool(found) == one.same, groups=groups)
        runner.tally.confuse(what, one.kind, "match" if found else "no match")
        if bool(found) != one.same:
            shapes: list[Shape] = [("true", quad) for quad in one.places]
            runner.fail(one.kind, pictures[0], shapes, f"{one.kind}: score {score:.3f}")
    for what, sides in scores.items():
        positive, negative = sides["same"], sides["other"]
        runner.tally.note(f"{what}: area under the curve", auc(positive, negative))
        runner.tally.note(f"{what}: found at no false one", caught(positive, negative))
    return scores


def _of(data: dict[str, Any], what: str) -> bool:
    said = str(data.get("what") or data.get("kind") or data.get("of") or "")
    return not said or what in said or (what == "page" and "capture" in said)


def files(runner: Runner, scenes: Iterable[Scene]) -> None:
    """Compress each scene once and twice, and compare the scores of the file aid."""
    once: list[float] = []
    twice: dict[tuple[int, int], list[float]] = {pair: [] for pair in QUALITIES}
    for scene in scenes:
        for second in sorted({q for _, q in QUALITIES}):
            said, score = _double(runner, doubled(scene, 0, second))
            runner.tally.add("compressed once: not called twice", not said)
            once.append(score)
        for pair in QUALITIES:
            said, score = _double(runner, doubled(scene, *pair))
            runner.tally.add("compressed twice: called so", said, groups=(_named(pair),))
            twice[pair].append(score)
    for pair, scores in twice.items():
        runner.tally.note("area under the curve", auc(scores, once), (_named(pair),))
    every = [score for scores in twice.values() for score in scores]
    runner.tally.note("twice found at no false one", caught(every, once))


def _named(pair: tuple[int, int]) -> str:
    return f"quality {pair[0]} then {pair[1]}"


def _double(runner: Runner, content: bytes) -> tuple[bool, float]:
    data = first(runner.data(on_capture(Picture(content)), "file"))
    said: Any = data.get("double", data.get("double_compression", data.get("doubled")))
    if isinstance(said, dict):
        verdict = said.get("found", said.get("twice", said.get("likely")))
        return bool(verdict), float(said.get("score") or 0.0)
    return bool(said), float(data.get("score") or bool(said))
