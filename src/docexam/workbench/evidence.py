"""Whether a region can carry “absent”: sharp enough by the nearest print, not merely enlarged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.domain.examination import Examination
from docexam.domain.finding import Region
from docexam.domain.geometry import shorter_side_px
from docexam.workbench.originals import verified_original

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store


def evidence_notes(
    store: Store, examination: Examination, item_id: str, regions: tuple[Region, ...]
) -> tuple[str, ...]:
    """Return in words what weakens an answer that rests on its regions; empty for nothing.

    Only answers that demand a region are looked at. Opens the originals: a part of a second for a
    large one, so a screen calls it off its event loop.
    """
    item = examination.checklist.item(item_id)
    if item is None:
        return ()
    finding = examination.finding(item_id)
    demands = [c for c in map(item.choice, finding.chosen(item)) if c and c.evidence]
    if not demands or not regions:
        return ()
    notes = [note for region in regions for note in _region_notes(store, examination, region)]
    return tuple(dict.fromkeys(f"“{demands[0].label}”: {note}" for note in notes))


def _region_notes(store: Store, examination: Examination, region: Region) -> list[str]:
    import numpy as np

    from docexam.imaging.crop import sharpness_nearby
    from docexam.imaging.decode import open_upright
    from docexam.imaging.sharpness import SOFT

    capture = examination.capture(region.capture)
    if capture is None:
        return []
    notes = []
    factor = (capture.quality.get("upscaling") or {}).get("value")
    if isinstance(factor, (int, float)) and factor > 1:
        side = shorter_side_px(region.points, capture.width, capture.height) / factor
        notes.append(
            f"capture {capture.n} shows signs of being enlarged {factor:g} times, so the region "
            f"may hold only {side:.0f} pixels of real detail on its shorter side."
        )
    pixels = np.asarray(open_upright(verified_original(store, region.capture)))
    width = sharpness_nearby(pixels, region.points)
    if width is None:
        notes.append("there is no print nearby to tell whether the region is sharp enough.")
    elif width > SOFT:
        notes.append(
            f"the nearest print is soft (edges {width:.1f} pixels wide); where a faint mark could "
            "be lost in the blur, “not visible” is what the picture supports."
        )
    return notes
