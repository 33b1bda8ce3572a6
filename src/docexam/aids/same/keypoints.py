"""With OpenCV: parts of one capture that look like another part of it, whatever they are.

SIFT key points of the ink (Lowe 2004) are matched within the capture; matches that one turn, size
and shift explain together are two areas, which `prints.confirm` then looks at. Repeated print
gives such areas too; laid on each other they match and are told as what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from docexam.aids.protocol import Cancelled, CaptureImage, Run
from docexam.aids.raster.arrays import Floats, Pixels
from docexam.aids.same.zones import AREA, Zone
from docexam.domain.geometry import Quad, box_quad
from docexam.errors import DocexamError

LONGEST = 1_400
_MOST_POINTS = 2_500
_RATIO = 0.8
_LEAST_INLIERS = 14
_MOST_AREAS = 4
_REACH = 0.07
_COMPACT = 0.25
_SEED = 7


def available() -> bool:
    """Whether the extra `same` (OpenCV) is installed."""
    return find_spec("cv2") is not None


@dataclass(frozen=True, slots=True)
class Repeated:
    """Two areas of one capture that look alike; `matrix`: 2 × 3, from the first to the second in
    fractions of the capture.
    """

    a: Zone
    b: Zone
    matrix: Floats

    def mapped(self, shape: Quad, what: str, back: bool = False) -> Zone | None:
        """Return the box around where a region of the one side lies on the other side."""
        whole = np.vstack((self.matrix, (0.0, 0.0, 1.0)))
        way = np.linalg.inv(whole) if back else whole
        spots = (np.column_stack((shape, np.ones(len(shape)))) @ way.T)[:, :2].clip(0.0, 1.0)
        (x, y), (right, bottom) = spots.min(axis=0).tolist(), spots.max(axis=0).tolist()
        if right - x < 1e-3 or bottom - y < 1e-3:
            return None
        return Zone(what, self.a.capture, box_quad(x, y, right - x, bottom - y))


def repeated_areas(capture: CaptureImage, run: Run) -> list[Repeated]:
    """Return areas of a capture that stand in it twice; raises Cancelled.

    Whatever OpenCV raises means that no areas are found.
    """
    import cv2

    try:
        pixels = capture.rgb(LONGEST)
        found: list[Repeated] = []
        # Coloured ink by itself first: printed text would crowd its points out.
        for plane in (pixels.max(axis=2) - pixels.min(axis=2), pixels.min(axis=2)):
            points, marks = _points(cv2, plane)
            if run.cancelled():
                raise Cancelled
            pairs = _pairs(cv2, points, marks, _REACH * max(pixels.shape[:2]))
            found += _repeated(cv2, capture.n, points, pairs, pixels.shape[:2])
        return found
    except (cv2.error, MemoryError, DocexamError):
        return []


def _points(cv2: Any, plane: Pixels) -> tuple[Floats, Any]:
    cv2.setRNGSeed(_SEED)
    finder = cv2.SIFT_create(nfeatures=_MOST_POINTS, contrastThreshold=0.03)
    found, marks = finder.detectAndCompute(np.ascontiguousarray(plane), None)
    if marks is None or len(found) < 2 * _LEAST_INLIERS:
        return np.zeros((0, 2)), None
    return np.array([key.pt for key in found]), marks


def _pairs(cv2: Any, points: Floats, marks: Any, reach: float) -> list[tuple[int, int]]:
    """Return pairs of alike points that lie apart; the third best must be clearly worse."""
    if marks is None:
        return []
    found = cv2.BFMatcher(cv2.NORM_L2).knnMatch(marks, marks, k=4)
    pairs = []
    for index, near in enumerate(found):
        others = [m for m in near if m.trainIdx != index]
        far = [m for m in others if np.hypot(*(points[m.trainIdx] - points[index])) > reach]
        if len(far) >= 2 and far[0].distance < _RATIO * far[1].distance:
            pairs.append((index, int(far[0].trainIdx)))
    return pairs


def _repeated(
    cv2: Any, n: int, points: Floats, pairs: list[tuple[int, int]], shape: tuple[int, ...]
) -> list[Repeated]:
    size = np.diag((1.0 / shape[1], 1.0 / shape[0]))
    found: list[Repeated] = []
    left = pairs
    while len(left) >= _LEAST_INLIERS and len(found) < _MOST_AREAS:
        source = np.array([points[a] for a, _ in left], np.float32)
        target = np.array([points[b] for _, b in left], np.float32)
        matrix, inliers = cv2.estimateAffinePartial2D(
            source, target, method=cv2.RANSAC, ransacReprojThreshold=4.0, maxIters=2000
        )
        if matrix is None or int(inliers.sum()) < _LEAST_INLIERS:
            break
        kept = inliers.ravel().astype(bool)
        one, other = (_zone(n, side[kept], shape) for side in (source, target))
        if one is not None and other is not None:
            way = size @ matrix[:, :2] @ np.linalg.inv(size)
            found.append(Repeated(one, other, np.column_stack((way, size @ matrix[:, 2]))))
        left = [pair for pair, used in zip(left, kept, strict=True) if not used]
    return found


def _zone(n: int, spots: Any, shape: tuple[int, ...]) -> Zone | None:
    height, width = shape[:2]
    low, high = np.percentile(spots, 5, axis=0), np.percentile(spots, 95, axis=0)
    x, y, right, bottom = low[0] / width, low[1] / height, high[0] / width, high[1] / height
    across, down = (right - x) * width, (bottom - y) * height
    # Words and rules of a form stand twice in long narrow lines; what is pasted is compact.
    if min(across, down) < 24 or min(across, down) < _COMPACT * max(across, down):
        return None
    return Zone(AREA, n, box_quad(float(x), float(y), float(right - x), float(bottom - y)))
