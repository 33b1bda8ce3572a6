"""What stands around writing, as the network sees it: print, rests of lines, frames, seal edges.

`bank` draws it once; training lays pieces of it over writing anew in every pass, and shows it alone
as paper without handwriting. Drawn at the size of a view, which photographing each would not be
worth its time.
"""

from __future__ import annotations

import cv2
import numpy as np

from docexam.aids.script.normalise import HEIGHT, WIDTH, view
from docexam.aids.script.normalise import ink_of as found
from training import strokes
from training.draw import Faces, _caption

Rng = np.random.Generator


def bank(rng: Rng, faces: Faces, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return surroundings to lay over writing, and as many views of surroundings alone.

    Both n × rows × columns, 8 bits.
    """
    beside = np.zeros((size, HEIGHT, WIDTH), np.uint8)
    alone = np.zeros((size, HEIGHT, WIDTH), np.uint8)
    for n in range(size):
        beside[n] = _surroundings(rng, faces, (HEIGHT, WIDTH))
        alone[n] = _alone(rng, faces)
    return beside, alone


def _alone(rng: Rng, faces: Faces) -> np.ndarray:
    """Return surroundings cut out and scaled as a crop without writing is."""
    while True:
        high = int(np.exp(rng.uniform(np.log(40), np.log(150))))
        canvas = _surroundings(rng, faces, (high, int(high * rng.uniform(1.2, 4.5))))
        ink = found(canvas.astype(np.float32) / 255)
        if ink is not None:
            return view(ink, rng.normal(0, 0.05), rng.uniform(0, 0.08))


def _surroundings(rng: Rng, faces: Faces, shape: tuple[int, int]) -> np.ndarray:
    canvas = np.zeros(shape, np.uint8)
    makers = (_print, _print, _print, _line, _line, _frame, _seal, _seal, _grain)
    for _ in range(1 if rng.random() < 0.55 else int(rng.integers(2, 4))):
        piece = np.zeros(shape, np.uint8)
        makers[int(rng.integers(len(makers)))](rng, faces, piece)
        weight = rng.uniform(0.35, 1.0)
        np.maximum(canvas, (piece * weight).astype(np.uint8), out=canvas)
    if rng.random() < 0.4:
        canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.3, 1.3))
    return canvas


def _print(rng: Rng, faces: Faces, piece: np.ndarray) -> None:
    """A printed line at an edge, the more seldom the larger."""
    text = _caption(rng, faces)
    high, wide = piece.shape
    tall = float(np.clip(high * (0.09 + 0.36 * rng.random() ** 1.8), 5, high))
    factor = tall / text.shape[0]
    size = max(3, round(text.shape[1] * factor)), max(3, round(tall))
    text = cv2.resize(text, size, interpolation=cv2.INTER_AREA)
    edge = rng.uniform(-0.3, 0.9) * tall
    y = edge if rng.random() < 0.5 else high - tall - edge
    x = rng.uniform(-0.15, 0.7) * wide if rng.random() < 0.8 else (wide - size[0]) / 2
    lean = rng.normal(0, 0.05)
    to = np.array([[1, -lean, x], [lean, 1, y - lean * x]], np.float32)
    np.maximum(piece, cv2.warpAffine(text, to, (wide, high)), out=piece)


def _line(rng: Rng, _: Faces, piece: np.ndarray) -> None:
    """One ruled line or several, whole, or the dashes and dots left of them."""
    high, wide = piece.shape
    lean = rng.normal(0, 0.04) * wide
    rows = [rng.uniform(0.05, 1)] if rng.random() < 0.6 else np.arange(rng.uniform(0, 0.3), 1, 0.28)
    for y in np.asarray(rows) * high:
        ends = np.array([[0.0, y - lean / 2], [wide, y + lean / 2]])
        strokes.draw_path(piece, ends, 1 if rng.random() < 0.7 else 2)
    if rng.random() < 0.6:
        gaps = strokes.smooth_noise(rng, piece.shape, rng.uniform(3, 25))
        piece *= (gaps > rng.uniform(-0.6, 0.6)).astype(np.uint8)


def _frame(rng: Rng, _: Faces, piece: np.ndarray) -> None:
    """An edge of a frame, or a corner."""
    high, wide = piece.shape
    x, lean = rng.choice((rng.uniform(0, 0.12), rng.uniform(0.88, 1))) * wide, rng.normal(0, 3)
    strokes.draw_path(piece, np.array([[x, 0.0], [x + lean, high]]), 1)
    if rng.random() < 0.4:
        y = rng.choice((rng.uniform(0, 0.15), rng.uniform(0.85, 1))) * high
        strokes.draw_path(piece, np.array([[0.0, y], [wide, y + lean]]), 1)


def _seal(rng: Rng, faces: Faces, piece: np.ndarray) -> None:
    """The edge of a seal: rings with letters between them, or the side of a framed stamp."""
    high, wide = piece.shape
    radius = high * rng.uniform(0.5, 1.6)
    side = -1 if rng.random() < 0.5 else 1
    centre = np.array([wide / 2 + side * (wide / 2 + radius * rng.uniform(0.1, 0.9)), 0.0])
    centre[1] = high * rng.uniform(0, 1)
    if rng.random() < 0.25:
        corners = radius * np.array([[-1, -0.5], [1, -0.5], [1, 0.5], [-1, 0.5], [-1, -0.5]])
        turn = rng.normal(0, 0.2)
        to = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        strokes.draw_path(piece, centre + corners @ to, max(1, round(0.03 * radius)))
        return
    t = np.linspace(0, 2 * np.pi, 120)
    for share in (1.0, rng.uniform(0.68, 0.93)):
        ring = centre + share * radius * np.stack([np.cos(t), np.sin(t)], 1)
        strokes.draw_path(piece, ring, max(1, round(radius * rng.uniform(0.01, 0.05))))
    _lettered(rng, piece, centre, radius)
    wear = np.clip(1.2 + 0.6 * strokes.smooth_noise(rng, piece.shape, high / 4), 0.1, 1)
    piece[:] = (piece * wear).astype(np.uint8)


def _lettered(rng: Rng, piece: np.ndarray, centre: np.ndarray, radius: float) -> None:
    """Strew marks like letters between the rings."""
    for angle in np.arange(0, 2 * np.pi, rng.uniform(0.12, 0.25)):
        for _ in range(int(rng.integers(1, 4))):
            far = rng.uniform(0.75, 0.95, 2) * radius
            turn = angle + rng.uniform(-0.05, 0.05, 2)
            mark = centre + np.stack([far * np.cos(turn), far * np.sin(turn)], 1)
            strokes.draw_path(piece, mark, max(1, round(0.02 * radius)))


def _grain(rng: Rng, _: Faces, piece: np.ndarray) -> None:
    """Grain, specks, the soft edge of a shadow that passed for ink."""
    if rng.random() < 0.5:
        piece[:] = 255 * (rng.random(piece.shape) < rng.uniform(0.002, 0.02))
        return
    field = strokes.smooth_noise(rng, piece.shape, rng.uniform(4, 40))
    piece[:] = np.clip(255 * (field - rng.uniform(1.2, 2.2)), 0, 255)
