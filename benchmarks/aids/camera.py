"""The camera: where the sheet lies in the picture, the table under it, light, lens, sensor."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from . import things
from .sheet import Colour, Plane, Rng, grain, noise
from .truth import Point, Quad


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture is taken. Angles in degrees; light and noise in parts of full scale."""

    size: tuple[int, int]
    share: float
    turn: float
    tilt: tuple[float, float]
    shift: tuple[float, float]
    ground: str
    tint: Colour
    warmth: float
    gradient: float
    vignette: float
    shadow: float
    glare: float
    exposure: float
    focus: float
    noise: float
    quality: int
    bend: float = 0.0
    rounded: float = 0.0
    clutter: bool = False
    finger: bool = False
    fills: bool = False


_LINEAR = Image.Resampling.BILINEAR
GROUNDS = {
    "dev": ("wood", "desk", "cloth", "dark", "light"),
    "test": ("planks", "leather", "check", "stone", "white"),
}
_TINTS: dict[str, Colour] = {
    "wood": (0.50, 0.34, 0.21),
    "desk": (0.62, 0.62, 0.60),
    "cloth": (0.24, 0.34, 0.30),
    "dark": (0.13, 0.13, 0.14),
    "light": (0.80, 0.79, 0.76),
    "planks": (0.66, 0.51, 0.34),
    "leather": (0.33, 0.20, 0.15),
    "check": (0.55, 0.30, 0.30),
    "stone": (0.45, 0.45, 0.47),
    "white": (0.86, 0.85, 0.83),
}


def shot(split: str, rng: Rng, size: tuple[int, int], *, hard: bool) -> Shot:
    """Draw at random how a picture is taken; hard ones are darker, softer and more askew."""
    grounds = GROUNDS["test" if split == "test" else "dev"]
    shares = (0.24, 0.24, 0.24, 0.2, 0.08) if not hard else (0.2, 0.2, 0.2, 0.15, 0.25)
    ground = str(rng.choice(grounds, p=shares))
    wild = hard and rng.random() < 0.3
    fills = hard and not wild and rng.random() < 0.08
    turn = float(
        rng.uniform(-180, 180) if wild else np.clip(rng.normal(0, 11 if hard else 6), -25, 25)
    )
    lean = 20 if hard else 9
    tint = np.asarray(_TINTS[ground]) * rng.uniform(0.8, 1.12) + rng.normal(0, 0.025, 3)
    made = Shot(
        size=size,
        share=float(rng.uniform(0.68, 0.9) if hard else rng.uniform(0.78, 0.93)),
        turn=turn,
        tilt=(float(rng.normal(0, lean / 2)), float(rng.normal(0, lean / 2))),
        shift=(float(rng.uniform(-1, 1)), float(rng.uniform(-1, 1))),
        ground=ground,
        tint=tuple(float(v) for v in np.clip(tint, 0.06, 0.93)),
        warmth=float(np.clip(rng.normal(0.02, 0.08 if hard else 0.04), -0.13, 0.17)),
        gradient=float(rng.uniform(0.05, 0.42 if hard else 0.22)),
        vignette=float(rng.uniform(0, 0.32 if hard else 0.2)),
        shadow=float(rng.uniform(0.15, 0.45)) if rng.random() < (0.5 if hard else 0.12) else 0.0,
        glare=float(rng.uniform(0.15, 0.55)) if rng.random() < (0.35 if hard else 0.08) else 0.0,
        exposure=float(rng.uniform(0.7, 1.08) if hard else rng.uniform(0.86, 1.04)),
        focus=float(rng.uniform(0.5, 1.7) if hard else rng.uniform(0.2, 0.8)),
        noise=float(rng.uniform(0.012, 0.035) if hard else rng.uniform(0.003, 0.013)),
        quality=int(rng.integers(58, 86) if hard else rng.integers(82, 96)),
        clutter=bool(rng.random() < (0.25 if hard else 0.08)),
        finger=bool(rng.random() < (0.15 if hard else 0.05)),
    )
    if not fills:
        return made
    share = float(rng.uniform(1.005, 1.04))
    return replace(made, fills=True, share=share, turn=0.0, tilt=(0.0, 0.0), finger=False)


class View:
    """Where points of a sheet (mm) come to lie in the picture (pixels)."""

    def __init__(self, one: Shot, width: float, height: float) -> None:
        self._bend, self.width, self.height = one.bend, width, height
        self.size = one.size
        self.matrix = _fitted(one, width, height)

    def flat(self, point: Point) -> Point:
        """Return where a point lies on the bent sheet laid flat: both halves of a spread bulge."""
        x, y = point
        return x, y - self.lift(x)

    def lift(self, x: float | Plane) -> float:
        """Return how far the paper is bent up, in mm on the flat sheet, at `x` mm."""
        half = self.width / 2
        return self._bend * abs(np.sin(np.pi * x / half))

    def place(self, point: Point) -> Point:
        """Return the pixel of a point."""
        x, y = self.flat(point)
        u, v, w = self.matrix @ np.array([x, y, 1.0])
        return float(u / w), float(v / w)

    def quad(self, points: Quad) -> Quad:
        """Return the pixels of four points."""
        a, b, c, d = (self.place(p) for p in points)
        return a, b, c, d


def _fitted(one: Shot, width: float, height: float) -> NDArray[np.float64]:
    """Return the homography from mm to pixels of a pinhole camera over a tilted sheet."""
    a, (tx, ty) = np.radians(one.turn), np.radians(one.tilt)
    spin = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    about_x = np.array([[1, 0, 0], [0, np.cos(tx), -np.sin(tx)], [0, np.sin(tx), np.cos(tx)]])
    about_y = np.array([[np.cos(ty), 0, np.sin(ty)], [0, 1, 0], [-np.sin(ty), 0, np.cos(ty)]])
    turned = about_x @ about_y @ spin
    far = 2.4 * max(width, height)
    plane_to_space = np.column_stack([turned[:, 0], turned[:, 1], [0, 0, far]])
    centred = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1.0]])
    raw = plane_to_space @ centred
    corners = raw @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1.0]])
    points = corners[:2] / corners[2]
    low, high = points.min(1), points.max(1)
    size = np.array(one.size, dtype=float)
    fit_in = (size / (high - low)).max() if one.fills else (size / (high - low)).min()
    zoom = one.share * fit_in
    room = np.maximum((size - zoom * (high - low)) / 2 - 14, 0)  # none where the page fills it
    middle = size / 2 + np.array(one.shift) * room
    move = middle - zoom * (low + high) / 2
    fit = np.array([[zoom, 0, move[0]], [0, zoom, move[1]], [0, 0, 1]])
    made: NDArray[np.float64] = fit @ raw
    return made / made[2, 2]


def scale_of(view: View) -> float:
    """Return about how many pixels of the picture a millimetre of the sheet takes."""
    a, b, c, d = view.quad(_page(view))
    twice = (c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])
    return float(np.sqrt(abs(twice) / 2 / (view.width * view.height)))


def _page(view: View) -> Quad:
    w, h = view.width, view.height
    return (0.0, 0.0), (w, 0.0), (w, h), (0.0, h)


def take(rgb: Plane, ppm: float, view: View, one: Shot, rng: Rng) -> Image.Image:
    """Return the picture of a sheet whose pixels are `rgb`."""
    sheet = Image.fromarray((np.clip(rgb, 0, 1) * np.float32(255)).astype(np.uint8))
    alpha = Image.new("L", sheet.size)
    corner = one.rounded * ppm
    rim = (0, 0, sheet.width - 1, sheet.height - 1)
    ImageDraw.Draw(alpha).rounded_rectangle(rim, corner, fill=255)
    pad = round((one.bend + 2) * ppm)
    sheet, alpha = _padded(sheet, pad), _padded(alpha, pad)
    if one.bend:
        sheet, alpha = _lifted(sheet, view, ppm, pad), _lifted(alpha, view, ppm, pad)
    to_mm = np.array([[1 / ppm, 0, -pad / ppm], [0, 1 / ppm, -pad / ppm], [0, 0, 1]])
    back = np.linalg.inv(view.matrix @ to_mm)
    way = (back / back[2, 2]).ravel()[:8].tolist()
    laid = sheet.transform(one.size, Image.Transform.PERSPECTIVE, way, _LINEAR)
    mask = alpha.transform(one.size, Image.Transform.PERSPECTIVE, way, _LINEAR)
    under = ImageChops.multiply(ground(one, rng), _cast(mask, one, rng))
    if one.clutter:
        under = things.clutter(under, rng)
    scene = Image.composite(laid, under, mask)
    if one.finger:
        scene = things.finger(scene, view.quad(_page(view)), scale_of(view), rng)
    return _developed(scene, one, rng)


def _padded(image: Image.Image, pad: int) -> Image.Image:
    wide = Image.new(image.mode, (image.width + 2 * pad, image.height + 2 * pad))
    if image.mode == "RGB":  # repeat the rim, so that the edge does not blend with black
        wide.paste(image.resize(wide.size, Image.Resampling.NEAREST), (0, 0))
    wide.paste(image, (pad, pad))
    return wide


def _lifted(image: Image.Image, view: View, ppm: float, pad: int) -> Image.Image:
    pixels = np.asarray(image)
    height, width = pixels.shape[:2]
    x = (np.arange(width) - pad) / ppm
    lift = np.round(np.where((x > 0) & (x < view.width), view.lift(x), 0) * ppm).astype(np.int64)
    rows = np.clip(np.arange(height)[:, None] + lift[None, :], 0, height - 1)
    return Image.fromarray(pixels[rows, np.arange(width)[None, :]])


def _cast(mask: Image.Image, one: Shot, rng: Rng) -> Image.Image:
    """Return what the sheet's shadow leaves of the light on the table."""
    small = mask.resize((mask.width // 4, mask.height // 4), _LINEAR)
    off = round(float(rng.uniform(1, 5))), round(float(rng.uniform(1, 5)))
    soft = ImageChops.offset(small, *off).filter(
        ImageFilter.GaussianBlur(float(rng.uniform(1.5, 5)))
    )
    deep = float(rng.uniform(0.3, 0.6))
    left = soft.point([round(255 - deep * v) for v in range(256)]).resize(mask.size, _LINEAR)
    return Image.merge("RGB", (left, left, left))


def ground(one: Shot, rng: Rng) -> Image.Image:
    """Return what the sheet lies on."""
    w, h = one.size[0] // 2, one.size[1] // 2
    tone = 1 + 0.02 * noise(rng, w, h, 90)
    if one.ground in ("wood", "planks"):
        rings = noise(rng, w, h, 26 if one.ground == "wood" else 9, 22)
        tone += 0.10 * np.sin(5 * rings) * 0.5 + 0.05 * noise(rng, w, h, 2.5, 30)
        if one.ground == "planks":
            tone *= np.where(np.arange(h) % 170 < 3, 0.55, 1)[:, None]
    elif one.ground in ("cloth", "check"):
        y, x = np.arange(h, dtype=np.float32)[:, None], np.arange(w, dtype=np.float32)
        tone += 0.05 * np.sin(x * 1.3) * np.sin(y * 1.3) + 0.04 * noise(rng, w, h, 5)
        if one.ground == "check":
            tone *= 1 + 0.14 * np.sign(np.sin(x / 34)) + 0.14 * np.sign(np.sin(y / 34))
    elif one.ground in ("leather", "stone"):
        rough = noise(rng, w, h, 6 if one.ground == "leather" else 3)
        tone += 0.07 * np.tanh(rough) + 0.05 * noise(rng, w, h, 30)
    else:
        tone += 0.012 * noise(rng, w, h, 3)
    grey = Image.fromarray(np.clip(tone * 128, 0, 255).astype(np.uint8)).resize(one.size, _LINEAR)
    bands = [grey.point([min(255, round(v * c * 255 / 128)) for v in range(256)]) for c in one.tint]
    return Image.merge("RGB", bands)


def _light(one: Shot, rng: Rng) -> tuple[Plane, Plane]:
    """Return the light over the picture and the glare that is added, at an eighth of its size."""
    width, height = one.size[0] // 8, one.size[1] // 8
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = x / width * 2 - 1, y / height * 2 - 1
    a = float(rng.uniform(-np.pi, np.pi))
    field = 1 + one.gradient * 0.5 * (np.cos(a) * u + np.sin(a) * v)
    field *= 1 - one.vignette * 0.45 * (u**2 + v**2)
    if one.shadow:
        b, far = float(rng.uniform(-np.pi, np.pi)), float(rng.uniform(-0.2, 0.7))
        edge = (np.cos(b) * u + np.sin(b) * v - far + 0.06 * np.sin(4 * v + b)) / 0.10
        field *= 1 - one.shadow / (1 + np.exp(-np.clip(edge, -30, 30)))
    shine = np.zeros_like(field)
    if one.glare:
        cx, cy = rng.uniform(-0.6, 0.6, 2)
        thin, long = float(rng.uniform(0.06, 0.2)), float(rng.uniform(0.2, 0.9))
        along = (u - cx) * np.cos(b := float(rng.uniform(-np.pi, np.pi))) + (v - cy) * np.sin(b)
        across = -(u - cx) * np.sin(b) + (v - cy) * np.cos(b)
        shine = one.glare * np.exp(-((along / long) ** 2) - (across / thin) ** 2)
    return field.astype(np.float32), shine.astype(np.float32)


def _developed(scene: Image.Image, one: Shot, rng: Rng) -> Image.Image:
    """Lay light over the scene, and take it with a lens and a sensor."""
    field, shine = _light(one, rng)
    top = float(field.max())
    scene = ImageChops.multiply(scene, _grey(field / top, one.size))
    warm = (1 + one.warmth, 1.0, 1 - one.warmth * 1.25)
    gains = [top * one.exposure * w for w in warm]
    scene = scene.point([min(255, round(v * gain)) for gain in gains for v in range(256)])
    if one.glare:
        scene = ImageChops.add(scene, _grey(shine, one.size))
    if one.focus >= 0.3:
        scene = scene.filter(ImageFilter.GaussianBlur(one.focus))
    return ImageChops.add(scene, _sensor(one, rng), 1.0, -128)


def _sensor(one: Shot, rng: Rng) -> Image.Image:
    """Return the sensor's noise around 128, mostly the same in the three channels."""
    width, height = one.size
    common = grain(rng, width, height)
    bands = []
    for part in (0.7, 0.35, 0.9):
        mixed = common + part * grain(rng, width, height)
        level = np.clip(mixed * np.float32(one.noise * 230) + np.float32(128.5), 0, 255)
        bands.append(Image.fromarray(level.astype(np.uint8)))
    return Image.merge("RGB", bands)


def _grey(field: Plane, size: tuple[int, int]) -> Image.Image:
    small = Image.fromarray(np.clip(field * 255, 0, 255).astype(np.uint8))
    wide = small.resize(size, _LINEAR)
    return Image.merge("RGB", (wide, wide, wide))
