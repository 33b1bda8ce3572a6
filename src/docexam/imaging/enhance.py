"""Enhancements of a view's samples: channel, grey, contrast, sharpening, inversion.

All work on the few samples a pane shows (float32 h×w×3, 0..255), never on the capture.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from docexam.imaging.pyramid import LOG_OFFSET, log_ink
from docexam.imaging.view import View

Samples = npt.NDArray[np.float32]

_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_CUT_PERCENT = (0.0, 0.4, 2.0, 1.0)
# The hardest contrast step also divides by the local paper colour: uneven light disappears.
EVENED = 3
_OWN_PAPER = ("ink", "chroma")
_PAPER_WHITE = np.float32(235.0)
_LEAST_SPAN = 6.0
_SHARPEN_AMOUNT = (0.0, 0.6, 1.4)
_CHROMA_SPAN = 0.7
_RGB = {"red": 0, "green": 1, "blue": 2}


def enhance(
    samples: Samples,
    view: View,
    paper: Samples | None,
    ink_span: float,
) -> Samples:
    """Apply the view's enhancements in their fixed order.

    `paper` is the local paper colour at each sample (see `needs_paper`).
    """
    out = _channel(samples, view.channel, paper, ink_span) if view.channel else samples
    if view.grey:
        out = _as_grey(out @ _LUMA)
    if view.contrast >= EVENED and paper is not None and view.channel not in _OWN_PAPER:
        out = _evened(out, _paper_as_shown(paper, view))
    if view.contrast:
        out = _stretch(out, _CUT_PERCENT[min(view.contrast, 3)])
    if view.sharpen:
        out = _sharpen(out, _SHARPEN_AMOUNT[min(view.sharpen, 2)])
    if view.invert:
        out = 255.0 - out
    return out


def needs_paper(view: View) -> bool:
    """Whether the view's enhancements use the local paper colour."""
    return view.channel in _OWN_PAPER or view.contrast >= EVENED


def _evened(samples: Samples, paper: Samples) -> Samples:
    even = samples * (_PAPER_WHITE / np.maximum(paper, np.float32(16.0)))
    return even.clip(0.0, 255.0).astype(np.float32)


def _paper_as_shown(paper: Samples, view: View) -> Samples:
    shown = _channel(paper, view.channel, None, 1.0) if view.channel else paper
    return _as_grey(shown @ _LUMA) if view.grey else shown


def _as_grey(plane: npt.NDArray[np.float32]) -> Samples:
    return np.repeat(plane[..., None], 3, axis=2)


def _channel(samples: Samples, name: str, paper: Samples | None, ink_span: float) -> Samples:
    if name in _RGB:
        return _as_grey(samples[..., _RGB[name]])
    if name == "luma" or paper is None:
        return _as_grey(samples @ _LUMA)
    if name == "ink":
        return _as_grey(_dark_where(log_ink(samples, paper) / np.float32(ink_span)))
    density = np.log((paper + LOG_OFFSET) / (samples + LOG_OFFSET))
    colour: npt.NDArray[np.float32] = np.ptp(density, axis=2)
    return _as_grey(_dark_where(colour / np.float32(_CHROMA_SPAN)))


def _dark_where(strength: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    shown: npt.NDArray[np.float32] = 255.0 * (np.float32(1.0) - strength.clip(0.0, 1.0))
    return shown


def _stretch(samples: Samples, cut: float) -> Samples:
    low, high = np.percentile(samples @ _LUMA, (cut, 100.0 - cut))
    if high - low < _LEAST_SPAN:
        return samples
    gain = np.float32(255.0 / (high - low))
    return ((samples - np.float32(low)) * gain).clip(0.0, 255.0)


def _sharpen(samples: Samples, amount: float) -> Samples:
    padded = np.pad(samples, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = padded[:-2] + 2.0 * padded[1:-1] + padded[2:]
    soft = (rows[:, :-2] + 2.0 * rows[:, 1:-1] + rows[:, 2:]) / 16.0
    return (samples + np.float32(amount) * (samples - soft)).clip(0.0, 255.0)
