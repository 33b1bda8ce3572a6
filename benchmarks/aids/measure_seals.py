"""Measuring seals by position, ink, shape, and whether they cross the photograph's edge."""

from __future__ import annotations

from typing import Any

from .failures import Shape
from .matching import centre, inside, paired
from .material import Picture, box_pixels, on_capture
from .running import Runner
from .scenes import Scene
from .tally import groups_of
from .truth import Box, Seal, rect


def seals(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Compare the seals proposed on a page with those struck on it."""
    truth, tally, groups = scene.truth, runner.tally, groups_of(scene.truth)
    found = [d for d in runner.data(on_capture(picture), "seals") if d.get("box")]
    boxes = [box_pixels(d["box"], picture.size) for d in found]
    pairs = paired(boxes, [(s.box, s.radius) for s in truth.seals])
    hit = {k for _, k in pairs}
    clear = {k for k, s in enumerate(truth.seals) if s.clear}
    false = len(boxes) - len(pairs)
    for k, seal in enumerate(truth.seals):
        more = (*groups, f"shape {seal.shape}", f"ink {seal.ink}")
        tally.add("recall, clear ink", k in hit if k in clear else 0, float(k in clear), more)
        tally.add("recall, all ink", k in hit, groups=more)
    sure = len(hit & clear)
    tally.add("precision, clear ink", sure, sure + false, groups)
    tally.add("precision, all ink", len(pairs), len(boxes), groups)
    exact = len(boxes) == len(truth.seals) and not runner.broke
    tally.add("exact count", exact, groups=groups)
    if len(clear) == len(truth.seals):
        tally.add("exact count, pages of clear ink", exact, groups=groups)
    for i, k in pairs:
        _described(runner, found[i], truth.seals[k], groups)
    _tell(runner, scene, picture, boxes, pairs)


def _described(runner: Runner, said: dict[str, Any], true: Seal, groups: tuple[str, ...]) -> None:
    tally = runner.tally
    tally.confuse("ink", true.ink, str(said.get("ink")))
    tally.add("ink's colour right", said.get("ink") == true.ink, groups=groups)
    tally.confuse("shape", true.shape, str(said.get("shape")))
    tally.add("shape right", said.get("shape") == true.shape, groups=groups)
    if said.get("crosses_photo") is not None:
        crosses = bool(said["crosses_photo"])
        tally.confuse("crosses the photograph's edge", str(true.crosses_photo), str(crosses))
        tally.add("crossing the photo's edge right", crosses == true.crosses_photo, groups=groups)
    ring = said.get("ring")
    if isinstance(ring, int | float):
        tally.note("share of the ring, difference (median)", abs(ring - true.ring), groups)


def _tell(
    runner: Runner, scene: Scene, picture: Picture, boxes: list[Box], pairs: list[tuple[int, int]]
) -> None:
    """Count what false seals lay on, and keep pictures of what went wrong."""
    truth = scene.truth
    missed = [s for k, s in enumerate(truth.seals) if all(k != b for _, b in pairs)]
    wrong = [box for i, box in enumerate(boxes) if all(i != a for a, _ in pairs)]
    for box in wrong:
        runner.tally.confuse("what false seals lay on", "nothing struck", _under(box, scene))
    name = f"{truth.split} {truth.n}, {truth.layout}, {truth.difficulty}"
    shapes: list[Shape] = [("said", rect(*box)) for box in boxes]
    shapes += [("true", s.quad) for s in truth.seals]
    if wrong:
        runner.fail("false", picture, shapes, f"{name}: {_under(wrong[0], scene)}")
    for seal in missed[:1]:
        what = f"{seal.ink} {seal.shape}, strength {seal.strength:.2f}, ring {seal.ring:.2f}"
        kind = "missed clear" if seal.clear else "missed faint"
        runner.fail(kind, picture, shapes, f"{name}: {what}")


def _under(box: Box, scene: Scene) -> str:
    middle = centre(box)
    truth = scene.truth
    for lure in truth.lures:
        if inside(middle, lure.quad):
            return lure.kind
    for seal in truth.seals:
        if inside(middle, seal.quad):
            return "a seal, off centre"
    if truth.photo.quad and inside(middle, truth.photo.quad):
        return "photo"
    if truth.mrz and inside(middle, truth.mrz.quad):
        return "zone"
    if truth.signature and inside(middle, truth.signature.quad):
        return "signature"
    for one in truth.fields:
        if inside(middle, one.quad):
            return f"{one.made} entry"
    return "page" if inside(middle, truth.corners) else "outside the page"
