"""What of a capture is on the screen, and how: position, scale, turn and enhancement.

Pure geometry and plain values; standard library only. Three coordinate systems meet here:

- *image*: fractions 0..1 of the upright image (after EXIF orientation), x right, y down;
- *screen*: square screen pixels, one column wide and half a row tall, origin top left of the
  pane; a pane of `columns` × `rows` cells is `columns` × `2·rows` screen pixels;
- *cell*: column and row of the terminal, counted from 0.

`View.scale` is screen pixels per image pixel, whatever glyphs draw them: 1.0 is one to one
(each image pixel is one half-cell pixel), 3.2 magnifies, 0.05 shows a whole photograph.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

Point = tuple[float, float]

MAX_SCALE = 64.0
MAX_CONTRAST = 3
MAX_SHARPEN = 2
ROTATIONS = (0, 90, 180, 270)
CHANNELS: tuple[str | None, ...] = (None, "red", "green", "blue", "luma", "chroma", "ink")
_CONTRAST_WORDS = ("", "contrast", "hard contrast", "contrast, light evened")
_ONE_TO_ONE_SLACK = 1e-9
_FIT_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class Frame:
    """The pane and the picture it shows: cells of the pane, pixels of the upright image."""

    columns: int
    rows: int
    width: int
    height: int

    @property
    def screen_width(self) -> float:
        """Width of the pane in screen pixels."""
        return float(max(self.columns, 1))

    @property
    def screen_height(self) -> float:
        """Height of the pane in screen pixels, two to a row."""
        return float(max(self.rows, 1) * 2)


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking at one capture; enhancements touch the view, never the image.

    `x`, `y`: the image point in the middle of the pane. `scale`: screen pixels per image pixel.
    `rotation`: degrees clockwise that the upright image is turned for display. `contrast`: 0
    off, 1 automatic, 2 harder, 3 with uneven light evened out. `sharpen`: 0 to 2. `channel`: one
    of `CHANNELS`.
    """

    x: float = 0.5
    y: float = 0.5
    scale: float = 1.0
    rotation: int = 0
    grey: bool = False
    invert: bool = False
    contrast: int = 0
    sharpen: int = 0
    channel: str | None = None

    @property
    def below_one_to_one(self) -> bool:
        """Whether several image pixels share a screen pixel, so that detail is hidden."""
        return self.scale < 1.0 - _ONE_TO_ONE_SLACK

    @property
    def enhanced(self) -> bool:
        """Whether anything but place, scale and turn differs from the plain picture."""
        return bool(enhancements(self))

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form that is kept with a finding; `from_dict` reads it back."""
        return {
            "x": round(self.x, 6),
            "y": round(self.y, 6),
            "scale": round(self.scale, 6),
            "rotation": self.rotation,
            "grey": self.grey,
            "invert": self.invert,
            "contrast": self.contrast,
            "sharpen": self.sharpen,
            "channel": self.channel,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> View:
        """Read `to_dict` back; anything missing, absurd or unknown becomes the plain value."""
        channel = data.get("channel")
        rotation = int(_number(data.get("rotation"), 0))
        return cls(
            x=_within(_number(data.get("x"), 0.5), 0.0, 1.0),
            y=_within(_number(data.get("y"), 0.5), 0.0, 1.0),
            scale=_within(_number(data.get("scale"), 1.0), _FIT_FLOOR, MAX_SCALE),
            rotation=rotation if rotation in ROTATIONS else 0,
            grey=data.get("grey") is True,
            invert=data.get("invert") is True,
            contrast=int(_within(_number(data.get("contrast"), 0), 0, MAX_CONTRAST)),
            sharpen=int(_within(_number(data.get("sharpen"), 0), 0, MAX_SHARPEN)),
            channel=channel if isinstance(channel, str) and channel in CHANNELS else None,
        )


def _number(value: object, default: float) -> float:
    usable = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if usable and math.isfinite(value) else default  # type: ignore[arg-type]  # narrowed by `usable`


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


# --- words -------------------------------------------------------------------------------------


def scale_text(view: View) -> str:
    """Return the scale as the pane's title shows it: `×3.2`, `1:1`, `×0.08`."""
    if abs(view.scale - 1.0) < 0.005:
        return "1:1"
    digits = 0 if view.scale >= 9.95 else 1 if view.scale >= 0.995 else 2
    if view.scale < 0.095:
        digits = 3
    return f"×{view.scale:.{digits}f}"


def enhancements(view: View) -> tuple[str, ...]:
    """Return the enhancements that are on, in the order they are applied, in words."""
    words = []
    if view.channel:
        words.append(f"{view.channel} channel")
    if view.grey:
        words.append("grey")
    if view.contrast:
        words.append(_CONTRAST_WORDS[min(view.contrast, MAX_CONTRAST)])
    if view.sharpen:
        words.append(f"sharpened {view.sharpen}")
    if view.invert:
        words.append("inverted")
    return tuple(words)


def describe(view: View) -> str:
    """Return scale, turn and enhancements in one line, for the pane's title and reports."""
    parts = [scale_text(view)]
    if view.rotation:
        parts.append(f"turned {view.rotation}°")
    return "  ".join([*parts, *enhancements(view)])


# --- the mapping, both ways ---------------------------------------------------------------------


def turned_size(frame: Frame, rotation: int) -> tuple[int, int]:
    """Return the image's width and height in image pixels as displayed under `rotation`."""
    if rotation % 180:
        return frame.height, frame.width
    return frame.width, frame.height


def _turn(dx: float, dy: float, rotation: int) -> Point:
    if rotation == 90:
        return -dy, dx
    if rotation == 180:
        return -dx, -dy
    if rotation == 270:
        return dy, -dx
    return dx, dy


def image_to_screen(view: View, frame: Frame, point: Point) -> Point:
    """Return where an image point (fractions) lies in screen pixels; may be off the pane."""
    dx = (point[0] - view.x) * frame.width * view.scale
    dy = (point[1] - view.y) * frame.height * view.scale
    sx, sy = _turn(dx, dy, view.rotation)
    return sx + frame.screen_width / 2, sy + frame.screen_height / 2


def screen_to_image(view: View, frame: Frame, point: Point) -> Point:
    """Return the image point (fractions, may lie outside 0..1) under a screen pixel position."""
    sx = (point[0] - frame.screen_width / 2) / view.scale
    sy = (point[1] - frame.screen_height / 2) / view.scale
    dx, dy = _turn(sx, sy, -view.rotation % 360)
    return view.x + dx / frame.width, view.y + dy / frame.height


def cell_to_image(view: View, frame: Frame, column: float, row: float) -> Point:
    """Return the image point under the middle of a cell, kept within the image."""
    x, y = screen_to_image(view, frame, (column + 0.5, row * 2 + 1.0))
    return _within(x, 0.0, 1.0), _within(y, 0.0, 1.0)


def image_to_cell(view: View, frame: Frame, point: Point) -> tuple[int, int]:
    """Return column and row of the cell that shows an image point; may be off the pane."""
    sx, sy = image_to_screen(view, frame, point)
    return math.floor(sx), math.floor(sy / 2)


def to_box(view: View, frame: Frame) -> tuple[float, float, float, float]:
    """Return the part of the image the pane shows, as `x, y, w, h` in fractions within 0..1."""
    ax, ay = screen_to_image(view, frame, (0.0, 0.0))
    bx, by = screen_to_image(view, frame, (frame.screen_width, frame.screen_height))
    left, right = (_within(v, 0.0, 1.0) for v in sorted((ax, bx)))
    top, bottom = (_within(v, 0.0, 1.0) for v in sorted((ay, by)))
    return left, top, right - left, bottom - top


# --- moving ------------------------------------------------------------------------------------


def fit_scale(frame: Frame, rotation: int = 0) -> float:
    """Return the scale at which the whole image just fits the pane (at most `MAX_SCALE`)."""
    width, height = turned_size(frame, rotation)
    scale = min(frame.screen_width / max(width, 1), frame.screen_height / max(height, 1))
    return _within(scale, _FIT_FLOOR, MAX_SCALE)


def fit(view: View, frame: Frame) -> View:
    """Return the view with the whole image in the pane, turn and enhancements kept."""
    return replace(view, x=0.5, y=0.5, scale=fit_scale(frame, view.rotation))


def one_to_one(view: View, frame: Frame) -> View:
    """Return the view at one image pixel per screen pixel, about the same middle."""
    return clamp(replace(view, scale=1.0), frame)


def zoom_by(view: View, frame: Frame, factor: float, about: Point | None = None) -> View:
    """Zoom by `factor`, keeping the image point under screen position `about` where it is.

    `about` defaults to the middle of the pane. The scale stays between half of "fit" and
    `MAX_SCALE`, and stops once at 1:1 when a step would jump over it.
    """
    wanted = view.scale * factor
    crosses = (view.scale - 1.0) * (wanted - 1.0) < 0
    scale = 1.0 if crosses else wanted
    return zoom_to(view, frame, scale, about)


def zoom_to(view: View, frame: Frame, scale: float, about: Point | None = None) -> View:
    """Set the scale, keeping the image point under screen position `about` where it is."""
    least = min(fit_scale(frame, view.rotation) / 2, 1.0)
    scale = _within(scale, least, MAX_SCALE)
    spot = about or (frame.screen_width / 2, frame.screen_height / 2)
    held = screen_to_image(view, frame, spot)
    moved = replace(view, scale=scale)
    x, y = screen_to_image(moved, frame, spot)
    moved = replace(moved, x=view.x + held[0] - x, y=view.y + held[1] - y)
    return clamp(moved, frame)


def pan_by(view: View, frame: Frame, dx: float, dy: float) -> View:
    """Move what the pane shows by screen pixels: positive `dx` looks further right."""
    middle = (frame.screen_width / 2 + dx, frame.screen_height / 2 + dy)
    x, y = screen_to_image(view, frame, middle)
    return clamp(replace(view, x=x, y=y), frame)


def pan_fraction(view: View, frame: Frame, across: float, down: float) -> View:
    """Move by fractions of the pane (`0.25` is a quarter of what is shown)."""
    return pan_by(view, frame, across * frame.screen_width, down * frame.screen_height)


def rotate(view: View, frame: Frame, quarters: int = 1) -> View:
    """Turn the display clockwise by quarter turns; a fitted view stays fitted."""
    was_fit = math.isclose(view.scale, fit_scale(frame, view.rotation), rel_tol=1e-3)
    turned = replace(view, rotation=(view.rotation + 90 * quarters) % 360)
    return fit(turned, frame) if was_fit else clamp(turned, frame)


def clamp(view: View, frame: Frame) -> View:
    """Keep the image in the pane: no emptiness beside it that panning could fill.

    An image smaller than the pane in one direction is centred in that direction.
    """
    width, height = turned_size(frame, view.rotation)
    half_x = frame.screen_width / 2 / (width * view.scale)
    half_y = frame.screen_height / 2 / (height * view.scale)
    if view.rotation % 180:
        half_x, half_y = half_y, half_x
    return replace(view, x=_hold(view.x, half_x), y=_hold(view.y, half_y))


def _hold(middle: float, half: float) -> float:
    return 0.5 if half >= 0.5 else _within(middle, half, 1.0 - half)


def view_for_region(
    view: View, frame: Frame, points: Iterable[Point], margin: float = 0.15
) -> View:
    """Return the view that shows a region (points in fractions) as large as fits.

    `margin` of the region's own size is left on each side; turn and enhancements stay.
    """
    spots = list(points)
    left, right = min(p[0] for p in spots), max(p[0] for p in spots)
    top, bottom = min(p[1] for p in spots), max(p[1] for p in spots)
    wide = max((right - left) * frame.width * (1 + 2 * margin), 1.0)
    tall = max((bottom - top) * frame.height * (1 + 2 * margin), 1.0)
    if view.rotation % 180:
        wide, tall = tall, wide
    scale = min(frame.screen_width / wide, frame.screen_height / tall, MAX_SCALE)
    middle = replace(view, x=(left + right) / 2, y=(top + bottom) / 2, scale=scale)
    return clamp(middle, frame)


def resized(view: View, before: Frame, after: Frame) -> View:
    """Return the view for a pane of another size: a fitted view stays fitted."""
    was_fit = math.isclose(view.scale, fit_scale(before, view.rotation), rel_tol=1e-3)
    return fit(view, after) if was_fit else clamp(view, after)


# --- enhancing ---------------------------------------------------------------------------------


def next_channel(view: View, step: int = 1) -> View:
    """Return the view with the next (or previous) channel of `CHANNELS`."""
    at = CHANNELS.index(view.channel)
    return replace(view, channel=CHANNELS[(at + step) % len(CHANNELS)])


def next_contrast(view: View) -> View:
    """Return the view with the next contrast step, off after the last."""
    return replace(view, contrast=(view.contrast + 1) % (MAX_CONTRAST + 1))


def next_sharpen(view: View) -> View:
    """Return the view with the next sharpening step, off after the last."""
    return replace(view, sharpen=(view.sharpen + 1) % (MAX_SHARPEN + 1))


def plain(view: View) -> View:
    """Return the view with every enhancement off; place, scale and turn stay."""
    return View(x=view.x, y=view.y, scale=view.scale, rotation=view.rotation)


def kept_with_finding(view: View, frame: Frame, renderer: str) -> dict[str, object]:
    """Return what a finding keeps of the view: `View.to_dict` and how it was drawn.

    `renderer` is the cell mode or the name of the system viewer.
    """
    return {
        **view.to_dict(),
        "renderer": renderer,
        "columns": frame.columns,
        "rows": frame.rows,
        "below_one_to_one": view.below_one_to_one,
    }
