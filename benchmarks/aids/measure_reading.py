"""Measuring what reads: typed and printed fields, and machine-readable zones."""

from __future__ import annotations

from pathlib import Path

from docexam.aids.running import Outcome

from .failures import Shape
from .matching import distance, touches
from .material import Picture, on_capture
from .running import Runner
from .scenes import Scene
from .tally import groups_of
from .truth import Field, Truth

_GROW = 0.3


def fields(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Read each typed or printed field pointed at; those under a seal are told apart.

    Fields written by hand are to be left unread.
    """
    for one in scene.truth.fields:
        if one.made == "written":
            unread = not reading_of(runner.run(on_capture(picture, one.quad, _GROW)))
            quiet = unread and not runner.broke
            groups = (*groups_of(scene.truth), _face(one.face))
            runner.tally.add("written fields left unread", quiet, groups=groups)
        else:
            _field(runner, scene, picture, one)


def _field(runner: Runner, scene: Scene, picture: Picture, one: Field) -> None:
    truth, tally = scene.truth, runner.tally
    covered = any(touches(one.quad, seal.quad) for seal in truth.seals)
    under = "under a seal" if covered else "free of seals"
    groups = (*groups_of(truth), one.made, under, _face(one.face))
    read = squeezed(reading_of(runner.run(on_capture(picture, one.quad, _GROW))))
    true = squeezed(one.text)
    wrong = min(distance(read, true), len(true))
    kind = "Cyrillic" if one.script == "Cyrl" else "Latin and digits"
    tally.add(f"characters right, {kind}", len(true) - wrong, len(true), groups)
    tally.add(f"fields whole, {kind}", read == true, groups=groups)
    tally.add(f"fields read, {kind}", bool(read), groups=groups)
    if read:
        tally.add(f"whole where something was read, {kind}", read == true, groups=groups)
    if one.script == "Cyrl" and one.made == "typed":
        tally.add("characters right, typed Cyrillic", len(true) - wrong, len(true), groups)
        tally.add("fields whole, typed Cyrillic", read == true, groups=groups)
    if read != true:
        kind = "under a seal" if covered else "free"
        shapes: list[Shape] = [("true", one.quad)]
        caption = f"{truth.split} {truth.n}, {truth.difficulty}: “{true}” read “{read}”"
        runner.fail(kind, picture, shapes, caption)


def reading_of(outcome: Outcome) -> str:
    """Return the reading of the first proposal that has one."""
    for proposal in outcome.proposals:
        if proposal.reading:
            return proposal.reading
        for key in ("reading", "text", "value"):
            if isinstance(said := proposal.data.get(key), str):
                return said
    return ""


def _face(name: str) -> str:
    return f"face {Path(name).stem}"


def squeezed(text: str) -> str:
    """Return text with its blanks single."""
    return " ".join(text.split())


def zone(runner: Runner, scene: Scene, picture: Picture) -> None:
    """Read the zone of a page; pages without one should give none."""
    truth, tally = scene.truth, runner.tally
    outcome = runner.run(on_capture(picture))
    data = [dict(p.data) for p in outcome.proposals if p.key == "mrz" and p.data]
    if truth.mrz is None:
        quiet = not data and not runner.broke
        tally.add("pages without a zone where none was read", quiet, groups=groups_of(truth))
        return
    lines = tuple(str(line) for line in (data[0].get("lines") or ())) if data else ()
    covered = any(touches(truth.mrz.quad, seal.quad) for seal in truth.seals)
    under = "under a seal" if covered else "free of seals"
    groups = (*groups_of(truth), f"format {truth.mrz.format}", _face(truth.mrz.face), under)
    true = "".join(truth.mrz.lines)
    wrong = min(distance("".join(lines), true), len(true))
    tally.add("zone read whole", lines == truth.mrz.lines, groups=groups)
    tally.add("zone found", bool(lines), groups=groups)
    tally.add("characters right", len(true) - wrong, len(true), groups)
    if lines:
        _checked(runner, truth, lines, data[0].get("checks"))
    if lines != truth.mrz.lines:
        said = " / ".join(lines) or outcome.reason or "nothing"
        caption = f"{truth.split} {truth.n}, {truth.mrz.format}, {truth.difficulty}: {said}"
        runner.fail(under, picture, [("true", truth.mrz.quad)], caption)


def _checked(runner: Runner, truth: Truth, lines: tuple[str, ...], checks: object) -> None:
    """Count how far "every check digit agrees" can be trusted to mean "read right"."""
    if not isinstance(checks, list | tuple) or not checks or truth.mrz is None:
        return
    agrees = all(isinstance(c, dict) and c.get("ok") is True for c in checks)
    if agrees:
        same = lines == truth.mrz.lines
        runner.tally.add("read whole where every check agrees", same, groups=groups_of(truth))
