"""The pictures of a report: crops, whole captures and views, with what is redacted filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docexam.domain.examination import Examination
from docexam.reports.illustrations import Picture
from docexam.reports.model import RegionEntry, Shape, ViewEntry
from docexam.reports.pixels import PixelPlan
from docexam.workbench.originals import verified_original

if TYPE_CHECKING:
    from PIL import Image

    from docexam.casebook.protocol import Store
    from docexam.imaging.pyramid import Pyramid
    from docexam.imaging.view import View

MOST_WHOLE = 1100
MOST_CROP = 900
_WHOLE_QUALITY = 82


class Pictures:
    """Pictures of one examination's captures under a pixel plan.

    Holds one decoded capture at a time, since a report goes through them one after the other.
    """

    def __init__(self, store: Store, examination: Examination, plan: PixelPlan) -> None:
        self._store = store
        self._captures = {c.n: c for c in examination.captures}
        self._plan = plan
        self._held: tuple[int, Image.Image] | None = None
        self._held_pyramid: tuple[int, Pyramid] | None = None
        self._made: dict[tuple[object, ...], Picture] = {}

    @property
    def made(self) -> int:
        """How many different pictures were made so far."""
        return len(self._made)

    def capture(self, n: int) -> Picture | None:
        """Return the whole capture, reduced to what a page can show; None when withheld."""
        from docexam.imaging.pictures import reduced

        key = ("whole", n)
        if key in self._made:
            return self._made[key]
        base = self._base(n)
        return self._picture(key, reduced(base, MOST_WHOLE)) if base else None

    def crop(self, region: RegionEntry) -> Picture | None:
        """Return the box around a region, plain; None when withheld."""
        from docexam.imaging.pictures import cut, reduced

        if not isinstance(region.shape, Shape):
            return None
        key = ("crop", region.capture, region.shape.points)
        if key in self._made:
            return self._made[key]
        base = self._base(region.capture)
        return (
            self._picture(key, reduced(cut(base, region.shape.points), MOST_CROP)) if base else None
        )

    def seen(self, region: RegionEntry, view: ViewEntry) -> Picture | None:
        """Return the same box with the view's turn and enhancement; None for a plain view."""
        from docexam.imaging.pictures import as_seen

        if not isinstance(region.shape, Shape) or not (view.enhancements or view.rotation):
            return None
        pyramid = self._pyramid(region.capture)
        if pyramid is None:
            return None
        shown = as_seen(pyramid, region.shape.points, _view_of(view), MOST_CROP)
        names = tuple((n.name, n.value) for n in view.enhancements)
        return self._picture(
            ("seen", region.capture, region.shape.points, view.rotation, names), shown
        )

    def _picture(self, key: tuple[object, ...], picture: Image.Image) -> Picture:
        from docexam.imaging.pictures import encoded

        if key not in self._made:
            quality = _WHOLE_QUALITY if key[0] == "whole" else 90
            width, height = picture.size
            self._made[key] = Picture(encoded(picture, quality), "image/jpeg", width, height)
        return self._made[key]

    def _base(self, n: int) -> Image.Image | None:
        from docexam.imaging.pictures import covered

        plan = self._plan.of(n)
        if plan.withheld or n not in self._captures:
            return None
        if self._held is None or self._held[0] != n:
            path = verified_original(self._store, self._captures[n].sha256)
            self._held = (n, covered(path, [c.box for c in plan.covers]))
        return self._held[1]

    def _pyramid(self, n: int) -> Pyramid | None:
        import numpy as np

        from docexam.imaging.pyramid import Pyramid

        base = self._base(n)
        if base is None:
            return None
        if self._held_pyramid is None or self._held_pyramid[0] != n:
            self._held_pyramid = (n, Pyramid.from_array(np.asarray(base)))
        return self._held_pyramid[1]


def _view_of(view: ViewEntry) -> View:
    from docexam.imaging.view import View

    values: dict[str, object] = {n.name: _value(n.value) for n in view.enhancements}
    return View.from_dict({**values, "rotation": view.rotation})


def _value(text: object) -> object:
    if not isinstance(text, str):
        return None
    if text in ("True", "true", "yes"):
        return True
    return int(text) if text.isdigit() else text
