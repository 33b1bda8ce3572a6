"""Measuring what looks at a whole page: its outline, the photograph, faces, inks."""

from __future__ import annotations

from typing import Any

from docexam.aids.running import Outcome

from .failures import Shape
from .matching import box_of, corner_error, overlap
from .material import Picture, box_pixels, on_capture, pixels
from .running import Runner
from .scenes import Scene
from .tally import groups_of

CORNER_PX = 25.0
_WHOLE = "photo present or not, whole page"
_POINTED = "photo present or not, its place pointed at"


def first(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the first data of a key, empty where there is none."""
    return found[0] if found else {}


def outline(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Corners within 25 px of the truth, the first corner free; how often it is the top left."""
    truth, groups = scene.truth, groups_of(scene.truth)
    data = first(runner.data(on_capture(picture), "page"))
    corners = pixels(data.get("corners") or [], picture.size)
    error, upright = corner_error(corners, truth.corners)
    good = error <= CORNER_PX
    runner.tally.add("corners within 25 px", good, groups=groups)
    runner.tally.note("largest corner error, px (median)", min(error, 9999.0), groups)
    if good:
        runner.tally.add("first corner is the page's top left", upright, groups=groups)
    else:
        shapes: list[Shape] = [("true", truth.corners)]
        if corners:
            shapes.append(("said", corners))
        runner.fail("corners", picture, shapes, f"{_named(scene)}: corner error {error:.0f} px")


def photo(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Whether a photograph is there, on the whole page and where its place is pointed at."""
    truth, groups = scene.truth, groups_of(scene.truth)
    data = first(runner.data(on_capture(picture), "photo"))
    quad = truth.photo.quad
    right = _presence(runner, scene, picture, data, _WHOLE)
    if right and truth.photo.present and quad and data.get("box"):
        box = box_pixels(data["box"], picture.size)
        runner.tally.add("box overlaps by half", overlap(box, box_of(quad)) >= 0.5, groups=groups)
    if quad:
        data = first(runner.data(on_capture(picture, quad, 0.06), "photo"))
        _presence(runner, scene, picture, data, _POINTED)


def _presence(
    runner: Runner, scene: Scene, picture: Picture, data: dict[str, Any], name: str
) -> bool:
    truth = scene.truth
    true = "present" if truth.photo.present else "absent"
    present = data.get("present", False)
    said = "unclear" if present is None else "present" if present else "absent"
    right = said == true and not runner.broke
    runner.tally.add(name, right, groups=groups_of(truth))
    runner.tally.confuse(name, true, said)
    if not right:
        shapes: list[Shape] = [("true", truth.photo.quad)] if truth.photo.quad else []
        caption = f"{_named(scene)}: {true}, said {said}"
        runner.fail(name.rsplit(", ", 1)[1], picture, shapes, caption)
    return right


def face(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Faces found in photographs, and faces found where there is none."""
    truth, groups = scene.truth, groups_of(scene.truth)
    found = [d for d in runner.data(on_capture(picture), "faces") if d.get("box")]
    boxes = [box_pixels(d["box"], picture.size) for d in found]
    aim = box_of(truth.photo.quad) if truth.photo.face and truth.photo.quad else None
    right = sum(1 for box in boxes if aim and _within(box, aim))
    if aim:
        runner.tally.add("faces found", bool(right), groups=groups)
        if not right:
            runner.fail("missed", picture, [("true", truth.photo.quad or ())], _named(scene))
    quiet = right == len(boxes) and not runner.broke
    runner.tally.add("pages without a false face", quiet, groups=groups)


def _within(box: tuple[float, ...], aim: tuple[float, ...]) -> bool:
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    return aim[0] <= x <= aim[0] + aim[2] and aim[1] <= y <= aim[1] + aim[3]


def ink(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Whether signature and written entries share an ink, the signature pointed at."""
    truth, groups = scene.truth, groups_of(scene.truth)
    if not truth.signature or not truth.entries_ink or truth.signature.script == "Zxxx":
        return
    outcome = runner.run(on_capture(picture, truth.signature.quad, 0.1))
    said = _verdict(outcome)
    true = "same" if truth.signature.same_ink else "another"
    runner.tally.confuse("signature's ink against the entries'", true, said)
    runner.tally.add("signature's ink: same or another, right", said == true, groups=groups)
    if said in ("same", "another"):
        runner.tally.add("right where it was said", said == true, groups=groups)
    runner.tally.add("said at all", said in ("same", "another"), groups=groups)
    if said not in (true, "unsure"):
        inks = f"entries {truth.entries_ink}, signature {truth.signature.ink}"
        shapes: list[Shape] = [("true", truth.signature.quad)]
        runner.fail("ink", picture, shapes, f"{_named(scene)}: {inks}, said {said}")


def _verdict(outcome: Outcome) -> str:
    data = first([dict(p.data) for p in outcome.proposals if p.key == "ink"])
    said = data.get("same", data.get("shared"))
    if isinstance(said, bool):
        return "same" if said else "another"
    return "unsure"


def _named(scene: Scene) -> str:
    t = scene.truth
    return f"{t.split} {t.n}, {t.layout}, {t.difficulty}"
