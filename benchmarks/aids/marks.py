"""What lies on a page besides its entries, and must not be taken for a seal."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from . import emblems
from .sheet import Colour, Rng, Sheet, blur, noise, plane
from .truth import Quad, rect


def guilloche(sheet: Sheet, colour: Colour, rng: Rng, density: float = 0.5) -> None:
    """Print fine interlaced waves over the whole sheet."""
    height, width = sheet.rgb.shape[:2]
    image = Image.new("L", (width, height))
    draw = ImageDraw.Draw(image)
    step = sheet.px(float(rng.uniform(2.2, 4.0)))
    x = np.arange(0, width + 12, 12)
    long, high = float(rng.uniform(0.006, 0.02)), sheet.px(float(rng.uniform(1.5, 4)))
    for k, y in enumerate(range(-high, height + high, step)):
        wave = y + high * np.sin(x * long + 0.35 * k) * np.sin(x * long * 0.37 + k)
        draw.line(
            list(zip(x.tolist(), wave.tolist(), strict=True)), fill=round(255 * density), width=1
        )
    sheet.ink(plane(image), 0, 0, colour)


def tint(sheet: Sheet, box: tuple[float, float, float, float], colour: Colour, fade: bool) -> None:
    """Print a flat or fading tint over a part of the page."""
    x, y, w, h = box
    mask = np.full((sheet.px(h), sheet.px(w)), 0.8, dtype=np.float32)
    if fade:
        mask *= np.linspace(1, 0.1, mask.shape[1], dtype=np.float32)[None, :]
    sheet.ink(mask, x * sheet.ppm, y * sheet.ppm, colour)


def emblem(sheet: Sheet, at: tuple[float, float], mm: float, colour: Colour, rng: Rng) -> Quad:
    """Print a round emblem of radius `mm`: even, without letters; return its box in mm."""
    side = 2 * max(6, sheet.px(mm))
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side * 2 - 1
    shape = emblems.emblem(sheet.book.split, (x, y), rng)
    if rng.random() < 0.4:
        shape = np.maximum(shape, (np.abs(np.hypot(x, y) - 0.95) < 0.02).astype(np.float32))
    sheet.ink(0.9 * shape, at[0] * sheet.ppm - side / 2, at[1] * sheet.ppm - side / 2, colour)
    return rect(at[0] - mm, at[1] - mm, 2 * mm, 2 * mm)


def coffee(sheet: Sheet, at: tuple[float, float], mm: float, rng: Rng) -> Quad:
    """Leave the ring of a wet cup."""
    side = 2 * sheet.px(mm * 1.15)
    y, x = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side * 2.3 - 1.15
    r, angle = np.hypot(x, y), np.arctan2(x, y)
    wobble = 0.02 * noise(rng, side, side, 0.4 * side)
    edge = np.exp(-(((r + wobble - 0.97) / 0.035) ** 2)) + 0.25 * np.exp(
        -(((r - 0.88) / 0.07) ** 2)
    )
    around = np.clip(0.7 + 0.5 * np.cos(angle - float(rng.uniform(-3, 3))), 0.1, 1)
    stain = (0.55 * edge * around + 0.05 * (r < 0.95)).astype(np.float32)
    sheet.ink(stain, at[0] * sheet.ppm - side / 2, at[1] * sheet.ppm - side / 2, (0.55, 0.36, 0.18))
    return rect(at[0] - mm, at[1] - mm, 2 * mm, 2 * mm)


def thumb(sheet: Sheet, at: tuple[float, float], colour: Colour, rng: Rng) -> Quad:
    """Press an inked thumb on the page."""
    width, height = sheet.px(15), sheet.px(21)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = x / width * 2 - 1, y / height * 2 - 1
    core = float(rng.uniform(0.0, 0.35))
    bend = np.hypot(u * 1.1, (v - core) * 0.9) + 0.08 * noise(rng, width, height, 0.3 * width)
    ridges = 0.5 + 0.5 * np.sin(bend * float(rng.uniform(52, 66)))
    inside = np.clip((0.95 - np.hypot(u, v)) * 5, 0, 1)
    mask = ridges * inside * np.clip(0.7 + 0.3 * noise(rng, width, height, 0.25 * width), 0, 1)
    left, top = at[0] * sheet.ppm - width / 2, at[1] * sheet.ppm - height / 2
    sheet.ink(0.8 * blur(mask.astype(np.float32), 0.06 * sheet.ppm), left, top, colour)
    return rect(at[0] - 7.5, at[1] - 10.5, 15, 21)


def specimen(sheet: Sheet, text: str, colour: Colour, mm: float, turn: float) -> Quad:
    """Print large slanting letters across the page."""
    side = round(min(sheet.rgb.shape[:2]) * 0.98)
    image = Image.new("L", (side, side))
    face = sheet.book.face(sheet.book.pick("head", sheet.rng), mm * sheet.ppm)
    face.draw(ImageDraw.Draw(image), ((side - face.length(text)) / 2, side * 0.55), text)
    mask = plane(image.rotate(turn, Image.Resampling.BICUBIC))
    height, width = sheet.rgb.shape[:2]
    sheet.ink(0.85 * mask, (width - side) / 2, (height - side) / 2, colour)
    w, h = side / sheet.ppm, side / sheet.ppm
    return rect((sheet.width - w) / 2, (sheet.height - h) / 2, w, h)


def wear(sheet: Sheet, rng: Rng, much: float) -> None:
    """Age the paper: fibres, foxing, dirt at the edges, a crease."""
    height, width = sheet.rgb.shape[:2]
    tone = 1 + 0.008 * noise(rng, width, height, 0.5 * sheet.ppm)
    tone += 0.014 * much * noise(rng, width, height, 14 * sheet.ppm)
    x = np.minimum(np.arange(width), np.arange(width)[::-1]) / (5 * sheet.ppm)
    y = np.minimum(np.arange(height), np.arange(height)[::-1]) / (5 * sheet.ppm)
    tone *= 1 - 0.07 * much * (np.exp(-x)[None, :] + np.exp(-y)[:, None])
    sheet.tone(tone.astype(np.float32))
    if much > 0.6 and rng.random() < 0.6:
        _crease(sheet, rng)


def _crease(sheet: Sheet, rng: Rng) -> None:
    height, width = sheet.rgb.shape[:2]
    y = np.arange(height, dtype=np.float32)[:, None]
    at = height * float(rng.uniform(0.3, 0.7)) + np.arange(width, dtype=np.float32) * float(
        rng.normal(0, 0.02)
    )
    away = (y - at[None, :]) / (0.35 * sheet.ppm)
    sheet.tone(
        (1 - 0.13 * np.exp(-(away**2)) + 0.06 * np.exp(-((away - 2.2) ** 2))).astype(np.float32)
    )


def gutter(sheet: Sheet, at: float, rng: Rng) -> None:
    """Darken the fold of a booklet at `at` mm."""
    width = sheet.rgb.shape[1]
    x = np.arange(width, dtype=np.float32) / sheet.ppm - at
    deep = float(rng.uniform(0.2, 0.42))
    line = 1 - deep * np.exp(-np.abs(x) / 3.0) - 0.3 * np.exp(-((x / 0.35) ** 2))
    sheet.tone(np.broadcast_to(line.astype(np.float32), sheet.rgb.shape[:2]))


def glue(sheet: Sheet, box: tuple[float, float, float, float], rng: Rng) -> None:
    """Leave what a torn-off photograph leaves: yellow glue in patches."""
    x, y, w, h = box
    spots = np.clip(noise(rng, sheet.px(w), sheet.px(h), 5 * sheet.ppm) - 0.2, 0, 1)
    sheet.ink((0.5 * spots).astype(np.float32), x * sheet.ppm, y * sheet.ppm, (0.82, 0.72, 0.45))
