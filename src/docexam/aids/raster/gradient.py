"""Slopes of planes, and the edge they make together over several channels."""

from __future__ import annotations

import numpy as np

from docexam.aids.raster.arrays import Plane


def slopes(plane: Plane) -> tuple[Plane, Plane]:
    """Return the slope across and down in values a pixel (Sobel); 0 on the outermost pixels.

    The last axis may hold channels.
    """
    across, down = np.zeros_like(plane), np.zeros_like(plane)
    if min(plane.shape[:2]) < 3:
        return across, down
    smooth = plane[:-2] + 2 * plane[1:-1] + plane[2:]
    across[1:-1, 1:-1] = (smooth[:, 2:] - smooth[:, :-2]) / 8
    smooth = plane[:, :-2] + 2 * plane[:, 1:-1] + plane[:, 2:]
    down[1:-1, 1:-1] = (smooth[2:] - smooth[:-2]) / 8
    return across, down


def edge(plane: Plane) -> tuple[Plane, Plane]:
    """Return how steep the steepest direction is over all channels, and that direction.

    `plane` is rows × columns × channels (Di Zenzo 1986). The direction is an angle of 0 to π
    from the x axis: the line across the edge, without a sense.
    """
    across, down = slopes(plane)
    xx = np.einsum("ijk,ijk->ij", across, across)
    yy = np.einsum("ijk,ijk->ij", down, down)
    xy = np.einsum("ijk,ijk->ij", across, down)
    spread = np.sqrt((xx - yy) ** 2 + 4 * xy * xy)
    steep = np.sqrt(np.maximum((xx + yy + spread) / 2, 0))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    return steep.astype(np.float32), np.mod(angle, np.pi).astype(np.float32)
