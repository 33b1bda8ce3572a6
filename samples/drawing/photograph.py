"""The photograph: a flat spread laid on a table and captured by an imperfect camera."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from .booklet import Place, Point
from .paper import Plane, Sheet, blur, generator, noise

Matrix = npt.NDArray[np.float64]

_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Shot:
    """One capture: what it shows and how it was taken.

    ``width`` and ``height`` are those of the upright picture; ``span`` is how many
    millimetres of the spread fit the width; ``centre`` (mm) lies in the picture's middle;
    ``tilt`` leans the camera (share of depth gained towards the right and the bottom).
    """

    file: str
    page: str
    title: str
    width: int
    height: int
    span: float
    centre: Point
    turn: float = 0.0
    tilt: Point = (0.0, 0.0)
    table: str = "wood"
    light: tuple[float, float, float] = (-0.5, -0.4, 0.22)
    glare: tuple[float, float, float] = (0.0, 0.0, 0.0)
    warmth: float = 0.0
    exposure: float = 1.0
    soft: float = 0.8
    noise: float = 2.0
    quality: int = 80
    first_quality: int = 0
    detail: bool = False
    orientation: int = 1
    exif: tuple[tuple[int, object], ...] = ()
    exposure_exif: tuple[tuple[int, object], ...] = ()


def homography(shot: Shot, scale: float) -> Matrix:
    """Return the 3 by 3 matrix from millimetres on the spread to pixels of the capture."""
    width, height = size(shot, scale)
    a = np.radians(shot.turn)
    cx, cy = shot.centre
    move = np.array([[1, 0, -cx], [0, 1, -cy], [0, 0, 1]])
    rotate = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    shrink = np.diag([1 / shot.span, 1 / shot.span, 1])
    lean = np.array([[1, 0, 0], [0, 1, 0], [shot.tilt[0], shot.tilt[1], 1]])
    frame = np.array([[width, 0, width / 2], [0, width, height / 2], [0, 0, 1]])
    return np.asarray(frame @ lean @ shrink @ rotate @ move, dtype=np.float64)


def size(shot: Shot, scale: float) -> tuple[int, int]:
    """Return the capture's width and height in pixels, upright, at ``scale``."""
    return round(shot.width * scale), round(shot.height * scale)


def project(matrix: Matrix, points: tuple[Point, ...]) -> list[Point]:
    """Return ``points`` (millimetres) as pixels of the capture."""
    flat = np.array([[x, y, 1.0] for x, y in points]) @ matrix.T
    return [(float(x / w), float(y / w)) for x, y, w in flat]


def polygons(shot: Shot, places: list[Place]) -> list[tuple[Place, list[Point]]]:
    """Return the places wholly inside the capture, as fractions of the upright picture."""
    matrix, seen = homography(shot, 1.0), []
    for place in places:
        corners = project(matrix, place.corners)
        shares = [(x / shot.width, y / shot.height) for x, y in corners]
        if all(0 <= x <= 1 and 0 <= y <= 1 for x, y in shares):
            seen.append((place, shares))
    return seen


@lru_cache(maxsize=2)
def _outline(columns: int, rows: int, corner: int) -> Image.Image:
    """Return the booklet's outline with rounded corners as an 8-bit mask."""
    image = Image.new("L", (columns, rows))
    ImageDraw.Draw(image).rounded_rectangle((0, 0, columns - 1, rows - 1), corner, fill=255)
    return image


def _wood(width: int, height: int, rng: np.random.Generator) -> Plane:
    long = np.asarray(noise(width, height * 12, width / 2.2, rng)[::12], dtype=np.float32)
    fine = noise(height, width, max(2.0, height / 700), rng).T[:, :]
    fine = np.asarray(
        Image.fromarray(fine[:, :: max(1, width // 40)].copy()).resize(
            (width, height), Image.Resampling.BICUBIC
        )
    )
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    rings = np.sin((y * 30 + 1.9 * long) * 2.4)
    tone = 1 + 0.10 * rings + 0.07 * fine
    return np.asarray(tone[..., None] * np.asarray((0.46, 0.31, 0.20)), dtype=np.float32)


def _cloth(width: int, height: int, rng: np.random.Generator) -> Plane:
    pitch = width / 330
    x = np.arange(width, dtype=np.float32)[None, :] / pitch
    y = np.arange(height, dtype=np.float32)[:, None] / pitch
    wander = noise(width, height, width / 16, rng)
    weave = np.sin((x + 0.5 * wander) * 2 * np.pi) * np.sin((y + 0.5 * wander) * 2 * np.pi)
    tone = (
        1
        + 0.11 * weave
        + 0.10 * noise(width, height, width / 5, rng)
        + 0.05 * noise(width, height, 3, rng)
    )
    return np.asarray(tone[..., None] * np.asarray((0.27, 0.30, 0.25)), dtype=np.float32)


def _laminate(width: int, height: int, rng: np.random.Generator) -> Plane:
    tone = (
        1
        + 0.03 * noise(width, height, width / 4, rng)
        + 0.035 * noise(width, height, width / 420, rng)
    )
    return np.asarray(tone[..., None] * np.asarray((0.62, 0.62, 0.60)), dtype=np.float32)


_TABLES = {"wood": _wood, "cloth": _cloth, "laminate": _laminate}


def _light(shot: Shot, width: int, height: int, rng: np.random.Generator) -> Plane:
    """Return the uneven light: a slope, a fall-off to the corners, a broad soft shadow."""
    y, x = np.mgrid[0:90, 0:120].astype(np.float32)
    x, y = x / 119 * 2 - 1, y / 89 * 2 - 1
    toward_x, toward_y, slope = shot.light
    tone = 1 + slope * (x * toward_x + y * toward_y) - 0.10 * (x * x + y * y)
    tone += 0.03 * noise(120, 90, 45, rng)
    gx, gy, strength = shot.glare
    tone += strength * np.exp(-(((x - gx) / 0.22) ** 2) - ((y - gy) / 0.16) ** 2)
    image = Image.fromarray(np.asarray(tone, dtype=np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)


def _laid(
    shot: Shot, sheet: Sheet, width: int, height: int, scale: float
) -> tuple[Image.Image, Plane]:
    """Return the sheet seen through the homography, and where it covers the table."""
    to_sheet = np.linalg.inv(homography(shot, scale) @ np.diag([1 / sheet.ppm, 1 / sheet.ppm, 1]))
    way = tuple((to_sheet / to_sheet[2, 2]).ravel()[:8].tolist())
    picture = sheet.pixels()
    outline = _outline(picture.width, picture.height, sheet.px(3.2))
    how = (Image.Transform.PERSPECTIVE, way, Image.Resampling.BICUBIC)
    seen = picture.transform((width, height), *how)
    cover = outline.transform((width, height), *how)
    return seen, np.asarray(cover, dtype=np.float32) / 255


def _scene(shot: Shot, sheet: Sheet, scale: float, rng: np.random.Generator) -> Plane:
    """Return the lit scene as the lens would see it, values from 0 to 1."""
    width, height = size(shot, scale)
    ground = _TABLES[shot.table](width, height, rng)
    seen, cover = _laid(shot, sheet, width, height, scale)
    reach = width / 70
    down, right = round(0.7 * reach), round(0.8 * reach)
    shadow = np.pad(blur(cover, reach), ((down, 0), (right, 0)), mode="edge")[:height, :width]
    ground *= (1 - 0.62 * shadow)[..., None]
    scene = ground + cover[..., None] * (np.asarray(seen, dtype=np.float32) / 255 - ground)
    scene *= _light(shot, width, height, rng)[..., None] * shot.exposure
    balance = np.asarray((1 + shot.warmth, 1.0, 1 - 1.3 * shot.warmth), dtype=np.float32)
    return np.asarray(np.clip(scene * balance, 0, 1), dtype=np.float32)


def _sensed(scene: Plane, shot: Shot, scale: float, rng: np.random.Generator) -> Image.Image:
    """Return the scene after lens blur and sensor noise, 8 bits a channel."""
    height, width = scene.shape[:2]
    image = Image.fromarray((scene * 255 + 0.5).astype(np.uint8))
    image = image.filter(ImageFilter.GaussianBlur(shot.soft * min(1.0, max(scale, 0.4))))
    bright = rng.standard_normal((height, width)).astype(np.float32) * shot.noise
    stained = (
        np.stack([noise(width, height, 3, rng) for _ in range(3)], axis=-1) * shot.noise * 0.35
    )
    values = np.asarray(image, dtype=np.float32) + bright[..., None] + stained
    return Image.fromarray(np.clip(values + 0.5, 0, 255).astype(np.uint8))


def _exif(shot: Shot) -> bytes:
    """Return the capture's EXIF block, empty when the picture was stripped."""
    if not shot.exif and shot.orientation == 1:
        return b""
    block = Image.Exif()
    for tag, value in shot.exif:
        block[tag] = value
    for tag, value in shot.exposure_exif:
        block.get_ifd(0x8769)[tag] = value
    block[_ORIENTATION] = shot.orientation
    return block.tobytes()


def take(shot: Shot, sheet: Sheet, seed: int, scale: float) -> bytes:
    """Return the capture as JPEG bytes, as stored: turned where the EXIF says so."""
    rng = generator(seed, shot.file)
    image = _sensed(_scene(shot, sheet, scale, rng), shot, scale, rng)
    if shot.orientation == 6:
        image = image.transpose(Image.Transpose.ROTATE_90)
    if shot.first_quality:
        first = io.BytesIO()
        image.save(first, "JPEG", quality=shot.first_quality, subsampling=2)
        image = Image.open(io.BytesIO(first.getvalue())).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=shot.quality, subsampling=2, optimize=True, exif=_exif(shot))
    return out.getvalue()
