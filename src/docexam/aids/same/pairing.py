"""Finding what stands twice within a list of captures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docexam.aids.protocol import Cancelled, CaptureImage, Run
from docexam.aids.same.prints import Confirmed, ZonePrint, confirm, matches, prints_of, zone_prints
from docexam.aids.same.zones import SEAL, SIGNATURE, Zone, part_of, share_within
from docexam.domain.geometry import area, overlap
from docexam.errors import DocexamError, MachineError

MOST_LAID = 60
_ZONES_SHARE = 0.6
_COVERED = 0.5
_ALIKE = 0.5
_WITHIN, _SMALLER = 0.9, 0.95  # share of a part that lies in its whole; of the whole's area


def find_pairs(
    captures: Sequence[CaptureImage], run: Run, troubles: list[str] | None = None
) -> list[Confirmed]:
    """Return every pair that matches in and between `captures`, the best first.

    `troubles` takes a sentence for whatever could not be looked at. Raises Cancelled, and
    MachineError where nothing matches and something could not be looked at.
    """
    lacking = [] if troubles is None else troubles
    prints: list[ZonePrint] = []
    each = _ZONES_SHARE / max(len(captures), 1)
    for index, capture in enumerate(captures):
        prints += _prints_or_trouble(capture, part_of(run, each * index, each), lacking)
    kept = tuple(prints)
    by_number = {capture.n: capture for capture in captures}
    laying = part_of(run, _ZONES_SHARE, 1 - _ZONES_SHARE)
    found = confirm_all(kept, kept, by_number.__getitem__, laying)
    if lacking and not found:
        raise MachineError("DX-AID-ZONES", f"Not everything was compared: {lacking[0]}")
    return found


def _prints_or_trouble(
    capture: CaptureImage, run: Run, troubles: list[str]
) -> tuple[ZonePrint, ...]:
    """Return a capture's prints; one that cannot be read must not cost the others theirs."""
    try:
        return all_prints(capture, run, troubles)
    except DocexamError as error:
        troubles.append(f"capture {capture.n}: {error.what}")
        return ()


def confirm_all(
    first: tuple[ZonePrint, ...],
    second: tuple[ZonePrint, ...],
    capture_of: Callable[[int], CaptureImage],
    run: Run,
) -> list[Confirmed]:
    """Lay every pair that is worth it on each other, at most `MOST_LAID`; raises Cancelled.

    `capture_of` gives the capture of a print's number.
    """
    likely = matches(first, second)[:MOST_LAID]
    found: list[Confirmed] = []
    for index, match in enumerate(likely):
        if run.cancelled():
            raise Cancelled
        one, other = first[match.a].zone, second[match.b].zone
        part = part_of(run, index / len(likely), 1 / len(likely))
        made = confirm(capture_of(one.capture), one, capture_of(other.capture), other, part)
        if made is not None:
            found.append(made)
    run.progress(1.0)
    found.sort(key=lambda f: (-f.score, f.what, f.a.capture, f.b.capture, f.a.shape))
    return [one for one in found if not any(_part_of(one, other) for other in found)]


def _part_of(one: Confirmed, other: Confirmed) -> bool:
    """Return whether a pair only says again, of parts, what another one says of the wholes."""
    if one is other or one.what != other.what:
        return False
    straight, crossed = ((one.a, other.a), (one.b, other.b)), ((one.a, other.b), (one.b, other.a))
    return any(all(_lies_in(*sides) for sides in way) for way in (straight, crossed))


def _lies_in(one: Zone, other: Zone) -> bool:
    smaller = area(one.shape) < _SMALLER * area(other.shape)
    within = smaller and share_within(one.shape, other.shape) > _WITHIN
    return one.capture == other.capture and within


def all_prints(
    capture: CaptureImage, run: Run, troubles: list[str] | None = None
) -> tuple[ZonePrint, ...]:
    """Return the prints of a capture's zones and, with OpenCV, of its repeated areas."""
    prints = zone_prints(capture, run, troubles)
    return (*prints, *prints_of(capture, _more_zones(capture, prints, run)))


def _more_zones(capture: CaptureImage, prints: Sequence[ZonePrint], run: Run) -> list[Zone]:
    """Return what stands twice by its key points and was not found as a zone on both sides.

    Where the one side is a seal that was found, the other side is taken for a seal too.
    """
    from docexam.aids.same.keypoints import available, repeated_areas

    zones: list[Zone] = []
    for pair in repeated_areas(capture, run) if available() else ():
        first, second = (_found_at(side, prints, SEAL) for side in (pair.a, pair.b))
        if all(_found_at(side, prints, SIGNATURE) for side in (pair.a, pair.b)):
            continue
        if first is None and second is None:
            zones += [pair.a, pair.b]
        elif second is None and first is not None:
            zones.append(pair.mapped(first.shape, SEAL) or pair.b)
        elif first is None and second is not None:
            zones.append(pair.mapped(second.shape, SEAL, back=True) or pair.a)
    kept: list[Zone] = []
    for zone in zones:
        if all(overlap(zone.shape, other.shape) < _ALIKE for other in kept):
            kept.append(zone)
    return kept


def _found_at(zone: Zone, prints: Sequence[ZonePrint], what: str) -> ZonePrint | None:
    found = [p for p in prints if p.what == what and share_within(zone.shape, p.shape) > _COVERED]
    return found[0] if found else None
