"""A seal as it is proposed, in fractions of the upright image."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docexam.domain.geometry import Quad

_DIGITS = 5
INNER, OUTER = 0.40, 1.08  # of the radius: what the unrolled ring shows


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal.

    `box` is x, y, width, height and `outline` its corners, clockwise. `axes` are both semi-axes
    in fractions of the image's width and `angle` the turn of the longer one in degrees, clockwise
    from the right; for shapes with corners, of an ellipse as wide. `ring` is the share of the
    outline that carries ink and `gaps` where it does not, in degrees clockwise from the right as
    on the picture. `strength` is the density of its ink: 1 where a tenth of the paper's light is
    left in the channel it takes most of.
    """

    box: tuple[float, float, float, float]
    centre: tuple[float, float]
    shape: str
    ink: str
    score: float
    strength: float
    ring: float
    gaps: tuple[tuple[float, float], ...]
    outline: Quad
    axes: tuple[float, float]
    angle: float
    crosses_photo: bool | None
    cut_off: bool

    @property
    def start(self) -> float:
        """Return where the unrolled ring starts, in degrees clockwise from the right.

        That is the middle of the widest gap, or the bottom where the ring is whole.
        """
        widest = max(self.gaps, key=lambda gap: (gap[1] - gap[0]) % 360.0, default=None)
        if widest is None:
            return 90.0
        return (widest[0] + ((widest[1] - widest[0]) % 360.0) / 2) % 360.0

    def within(self, frame: tuple[float, float, float, float]) -> Seal:
        """Return the seal of a part of an image in fractions of the whole; `frame` is the part."""
        left, top, wide, high = frame
        x, y, w, h = self.box
        a, b, c, d = ((left + u * wide, top + v * high) for u, v in self.outline)
        return replace(
            self,
            box=(left + x * wide, top + y * high, w * wide, h * high),
            centre=(left + self.centre[0] * wide, top + self.centre[1] * high),
            outline=(a, b, c, d),
            axes=(self.axes[0] * wide, self.axes[1] * wide),
        )

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "box": [round(v, _DIGITS) for v in self.box],
            "ink": self.ink,
            "score": round(self.score, 3),
            "shape": self.shape,
            "strength": round(self.strength, 3),
            "ring": round(self.ring, 3),
            "gaps": [[round(a), round(b)] for a, b in self.gaps],
            "crosses_photo": self.crosses_photo,
            "cut_off": self.cut_off,
            "centre": [round(v, _DIGITS) for v in self.centre],
            "radius": round(sum(self.axes) / 2, _DIGITS),
            "axes": [round(v, _DIGITS) for v in self.axes],
            "angle": round(self.angle, 1),
            "unrolled": {"start": round(self.start), "inner": INNER, "outer": OUTER},
            "outline": [[round(v, _DIGITS) for v in point] for point in self.outline],
        }
