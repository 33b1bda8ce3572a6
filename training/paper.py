"""Paper under the ink, what else is on it, and the photograph of it all."""

from __future__ import annotations

import cv2
import numpy as np

from training.strokes import draw_path, smooth_noise

Rng = np.random.Generator


def sheet(rng: Rng, shape: tuple[int, int]) -> np.ndarray:
    """Return bare paper, float rows × columns × 3, with tone, light and grain."""
    tone = rng.uniform(150, 255) if rng.random() < 0.6 else rng.uniform(225, 255)
    colour = np.clip(tone + rng.normal(0, 9, 3) + [4, 2, -6], 90, 255)
    base = np.ones((*shape, 3), np.float32) * colour.astype(np.float32)
    if rng.random() < 0.6:
        base *= 1 + rng.uniform(0, 0.12) * _ramp(rng, shape)[..., None]
    if rng.random() < 0.5:
        base *= 1 + rng.uniform(0, 0.03) * smooth_noise(rng, shape, rng.uniform(2, 12))[..., None]
    if rng.random() < 0.12:
        _guilloche(rng, base)
    return base


def _ramp(rng: Rng, shape: tuple[int, int]) -> np.ndarray:
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j].astype(np.float32)
    return np.cos(angle) * x + np.sin(angle) * y


def _guilloche(rng: Rng, base: np.ndarray) -> None:
    h, w = base.shape[:2]
    mask = np.zeros((h, w), np.uint8)
    x = np.linspace(-5, w + 5, 160)
    gap = rng.uniform(3, 12)
    for y in np.arange(-h / 4, h * 1.25, gap):
        wave = y + rng.uniform(1, 6) * np.sin(x / rng.uniform(5, 40) + y * rng.uniform(0, 1))
        draw_path(mask, np.stack([x, wave], 1), 1)
    _lay(base, mask, rng.uniform(120, 220, 3), rng.uniform(0.05, 0.25))


def _lay(base: np.ndarray, mask: np.ndarray, colour: np.ndarray, strength: float) -> None:
    """Multiply a transparent colour onto the paper where the mask is."""
    share = (mask.astype(np.float32) / 255 * strength)[..., None]
    base *= 1 - share * (1 - np.asarray(colour, np.float32) / 255)


def rule(rng: Rng, base: np.ndarray) -> None:
    """Print a line for the signature, or ruled or squared lines; on the level or nearly so."""
    h, w = base.shape[:2]
    mask = np.zeros((h, w), np.uint8)
    width = max(1, round(rng.uniform(0.5, 0.035 * h)))
    lean = rng.normal(0, 0.02) * w
    kind = rng.random()
    rows = [rng.uniform(0.6, 1.0) * h] if kind < 0.6 else np.arange(rng.uniform(0, h), h, h / 2.5)
    ends = (0, w) if rng.random() < 0.6 else (rng.uniform(0, 0.2) * w, rng.uniform(0.8, 1) * w)
    for y in rows:
        path = np.array([[ends[0], y - lean / 2], [ends[1], y + lean / 2]])
        if rng.random() < 0.2:
            for x in np.arange(ends[0], ends[1], max(4, h / 14)):
                draw_path(mask, np.array([[x, y], [x + max(1, h / 40), y]]), width)
        else:
            draw_path(mask, path, width)
    if kind > 0.92:
        for x in np.arange(rng.uniform(0, h), w, h / 2.5):
            draw_path(mask, np.array([[x, 0], [x, h]]), width)
    colour = rng.uniform(0, 120, 3) if rng.random() < 0.7 else np.array([90, 120, 200])
    _lay(base, mask, colour, rng.uniform(0.25, 0.95))


def box_edge(rng: Rng, base: np.ndarray) -> None:
    """Print one or two edges of a frame."""
    h, w = base.shape[:2]
    mask = np.zeros((h, w), np.uint8)
    width = max(1, round(rng.uniform(0.5, 0.03 * h)))
    for _ in range(int(rng.integers(1, 3))):
        x, y = rng.choice((rng.uniform(0, 0.08), rng.uniform(0.92, 1)), 2) * [w, h]
        ends = np.array([[x, 0], [x, h]] if rng.random() < 0.5 else [[0, y], [w, y]], float)
        draw_path(mask, ends, width)
    _lay(base, mask, rng.uniform(0, 140, 3), rng.uniform(0.3, 0.9))


def stamp_edge(rng: Rng, base: np.ndarray) -> None:
    """Let a seal's rings, with marks between them, cross the crop."""
    h, w = base.shape[:2]
    mask = np.zeros((h, w), np.uint8)
    radius = h * rng.uniform(0.6, 2.2)
    side = -1 if rng.random() < 0.5 else 1
    centre = np.array([w / 2 + side * rng.uniform(0.2, 0.6) * w, h / 2 + rng.normal(0, 0.6) * h])
    t = np.linspace(0, 2 * np.pi, 200)
    width = max(1, round(radius * rng.uniform(0.015, 0.05)))
    for share in (1.0, rng.uniform(0.68, 0.93)):
        draw_path(mask, centre + share * radius * np.stack([np.cos(t), np.sin(t)], 1), width)
    for angle in np.arange(0, 2 * np.pi, rng.uniform(0.09, 0.16)):
        points = rng.uniform(0.84, 0.96, 3) * radius
        turn = angle + rng.uniform(-0.03, 0.03, 3)
        path = centre + np.stack([points * np.cos(turn), points * np.sin(turn)], 1)
        draw_path(mask, path, max(1, width // 2))
    mask = (mask * np.clip(1.2 + 0.5 * smooth_noise(rng, mask.shape, h / 3), 0.2, 1)).astype(
        np.uint8
    )
    colours = ([40, 60, 170], [90, 50, 150], [180, 40, 50], [60, 60, 70])
    colour = np.array(colours[int(rng.integers(4))]) + rng.normal(0, 15, 3)
    _lay(base, mask, np.clip(colour, 0, 255), rng.uniform(0.25, 0.8))


def smudge(rng: Rng, base: np.ndarray) -> None:
    """Add a soft stain."""
    h, w = base.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    cx, cy, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0.1, 0.7) * h
    spot = np.exp(-(((x - cx) / (r * rng.uniform(0.7, 2.5))) ** 2) - ((y - cy) / r) ** 2)
    spot *= np.clip(1 + 0.4 * smooth_noise(rng, (h, w), h / 5), 0, 2)
    _lay(
        base,
        np.clip(spot * 255, 0, 255).astype(np.uint8),
        rng.uniform(30, 190, 3),
        rng.uniform(0.1, 0.6),
    )


def shadow(rng: Rng, base: np.ndarray) -> None:
    """Let a shadow's soft edge fall across, or a fold's dark line."""
    h, w = base.shape[:2]
    away = _ramp(rng, (h, w)) + rng.uniform(-0.7, 0.7)
    soft = rng.uniform(0.02, 0.4)
    base *= (1 - rng.uniform(0.1, 0.5) / (1 + np.exp(np.clip(-away / soft, -40, 40))))[..., None]


def specks(rng: Rng, base: np.ndarray) -> None:
    """Strew dust and pen dots."""
    h, w = base.shape[:2]
    mask = np.zeros((h, w), np.uint8)
    for _ in range(int(rng.integers(1, 14))):
        spot = int(rng.integers(w)), int(rng.integers(h))
        cv2.circle(mask, spot, int(rng.integers(0, max(1, h // 40) + 1)), 255, -1, cv2.LINE_AA)
    _lay(base, mask, rng.uniform(0, 120, 3), rng.uniform(0.3, 1))


def printed(rng: Rng, base: np.ndarray, text: np.ndarray) -> None:
    """Print a caption above, below, beside or a little into the writing."""
    h, w = base.shape[:2]
    size = float(np.clip(h * rng.uniform(0.1, 0.42), 7, h))
    factor = size / text.shape[0]
    text = cv2.resize(
        text,
        (max(2, round(text.shape[1] * factor)), max(2, round(size))),
        interpolation=cv2.INTER_AREA,
    )
    y = rng.choice(
        (rng.uniform(-0.3 * size, 0.12 * h), h - size - rng.uniform(-0.4 * size, 0.12 * h))
    )
    lean = rng.normal(0, 0.02)
    to = np.array([[1, 0, rng.uniform(-0.15, 0.75) * w], [lean, 1, y]], np.float32)
    mask = cv2.warpAffine(text, to, (w, h), flags=cv2.INTER_LINEAR)
    _lay(base, mask, rng.uniform(0, 90, 3), rng.uniform(0.5, 0.98))


def inked(rng: Rng, base: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """Return the paper with ink on it, in some pen's colour."""
    inks = (
        [25, 25, 30],
        [15, 15, 20],
        [30, 45, 140],
        [40, 60, 170],
        [70, 50, 130],
        [60, 60, 65],
        [150, 30, 40],
        [25, 90, 60],
    )
    chances = (0.3, 0.16, 0.2, 0.14, 0.07, 0.07, 0.03, 0.03)
    colour = np.array(inks[int(rng.choice(8, p=chances))]) + rng.normal(0, 12, 3)
    strength = rng.uniform(0.75, 1.0) if rng.random() < 0.75 else rng.uniform(0.3, 0.75)
    out = base.copy()
    _lay(out, ink, np.clip(colour, 0, 255), strength)
    return out


def photographed(rng: Rng, image: np.ndarray) -> np.ndarray:
    """Return the sheet as a capture: light, blur, grain, JPEG; grey or inverted at times."""
    from training.draw import jpeg

    if rng.random() < 0.15:
        shadow(rng, image)
    image = image * rng.uniform(0.55, 1.05)
    high = image.shape[0]
    if rng.random() < 0.5:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.4 + 0.011 * min(high, 140)))
    if rng.random() < 0.06:
        side = max(2, int(0.05 * high))
        image = cv2.filter2D(image, -1, np.eye(side, dtype=np.float32) / side)
    if rng.random() < 0.6:
        grain = rng.normal(0, rng.uniform(0.5, 9), image.shape[:2] + (1,))
        image = image + grain.astype(np.float32)
    shot = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.12:
        shot = np.repeat(shot.mean(2, keepdims=True).astype(np.uint8), 3, 2)
    if rng.random() < 0.05:
        shot = 255 - shot
    return jpeg(rng, shot, int(rng.integers(28, 96))) if rng.random() < 0.6 else shot
