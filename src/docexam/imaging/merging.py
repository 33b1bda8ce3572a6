"""Rate against distortion: which neighbouring cells may share one pair of colours.

Every run of cells is summed up as two clusters of samples (dark and light), each by its weight
and its sum. Joining two runs joins their four clusters to two, in one of five sensible ways;
the squared error this adds is known exactly from weights and sums. Runs are joined cheapest
first, many at once, until a target number is reached.

Samples come as planes, float32 [3 colours, samples of a cell, cells], scaled by `SEEN` and
centred on `CENTRE`; sums are float32 [weight and 3 colours, runs].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

# How far an error in red, green and blue is seen: the usual cheap stand-in for a
# perceptual space, squared weights 2, 4, 3.
SEEN = np.sqrt(np.array([2.0, 4.0, 3.0], dtype=np.float32) / 3.0)
# Sums of samples around zero keep float32 exact enough for Ward's small differences.
CENTRE = np.float32(128.0)
_JOINED_AT_ONCE = 0.5
_CLOSE_ENOUGH = 1.03
_MOST_ROUNDS = 60
_NO_WEIGHT = np.float32(0.5)


@dataclass(slots=True)
class Runs:
    """Runs of cells, row by row.

    `dark`, `total`: sums [4, n] of the dark cluster and of all samples (the light cluster is
    their difference). `first`: first cell of each run. `row`: its row.
    """

    dark: Floats
    total: Floats
    first: Ints
    row: Ints

    @property
    def count(self) -> int:
        """How many runs there are."""
        return int(self.first.size)


def planes_of(samples: Floats, across: int, down: int) -> Floats:
    """Group samples (h×w×3, 0..255) by cell: [3, down·across, cells], row by row in a cell."""
    scaled = (samples - CENTRE) * SEEN
    rows, columns = samples.shape[0] // down, samples.shape[1] // across
    split = scaled.reshape(rows, down, columns, across, 3).transpose(4, 1, 3, 0, 2)
    return np.ascontiguousarray(split).reshape(3, down * across, rows * columns)


def colours_of(sums: Floats) -> Floats:
    """Return the mean colours of clusters, [3, n] in 0..255."""
    means: Floats = sums[1:] / np.maximum(sums[0], _NO_WEIGHT) / SEEN[:, None] + CENTRE
    return means


def cell_runs(planes: Floats, partitions: Floats, columns: int) -> Runs:
    """Start with one run a cell, its samples split in the two clusters that fit best.

    `partitions`: float32 [splits, samples] of 0 and 1; `columns`: the cells in a row.
    """
    samples, cells = planes.shape[1:]
    inner = partitions.sum(axis=1)
    mean = planes.mean(axis=1)
    sums = partitions @ (planes - mean[:, None])
    apart = (sums * sums).sum(axis=0)
    best = (apart * (1.0 / inner + 1.0 / (samples - inner))[:, None]).argmax(axis=0)
    total = np.empty((4, cells), dtype=np.float32)
    total[0], total[1:] = samples, mean * samples
    part = np.empty_like(total)
    part[0] = inner[best]
    part[1:] = sums[:, best, np.arange(cells)] + mean * part[0]
    first = np.arange(cells)
    return Runs(_darker(part, total), total, first, first // columns)


def _darker(part: Floats, total: Floats) -> Floats:
    """Return of a part and the rest of `total` the one with the lower mean brightness."""
    rest = total - part
    brighter = part[1:].sum(axis=0) * rest[0] > rest[1:].sum(axis=0) * part[0]
    return np.where(brighter, rest, part)


def _fit(sums: Floats) -> Floats:
    """Return the squared length of clusters' sums over their weight: what their means explain."""
    red, green, blue = sums[1], sums[2], sums[3]
    fitted: Floats = (red * red + green * green + blue * blue) / np.maximum(sums[0], _NO_WEIGHT)
    return fitted


def merge_runs(runs: Runs, target: int, free: float) -> Runs:
    """Join neighbouring runs of a row until about `target` (at most 3 % more) are left.

    Joins that add less than `free` squared error are done in any case. Stops early when only
    whole rows are left.
    """
    for _ in range(_MOST_ROUNDS):
        surplus = runs.count - target if runs.count > target * _CLOSE_ENOUGH else 0
        cost, way = _joining_costs(runs)
        chosen = _choose(cost, surplus, free)
        if chosen.size == 0:
            break
        runs = _join(runs, chosen, way[chosen])
    return runs


def _joining_costs(runs: Runs) -> tuple[Floats, Ints]:
    """Return for each run and its right neighbour the least added error and which way gives it.

    The ways: dark with dark and light with light, or one of the four clusters stays alone and
    the other three join.
    """
    dark, light = runs.dark, runs.total - runs.dark
    fit_dark, fit_light = _fit(dark), _fit(light)
    now = fit_dark + fit_light
    both = runs.total[:, :-1] + runs.total[:, 1:]
    dark_a, dark_b, light_a, light_b = dark[:, :-1], dark[:, 1:], light[:, :-1], light[:, 1:]
    fits = np.empty((5, both.shape[1]), dtype=np.float32)
    fits[0] = _fit(dark_a + dark_b) + _fit(light_a + light_b)
    fits[1] = fit_dark[:-1] + _fit(both - dark_a)
    fits[2] = fit_dark[1:] + _fit(both - dark_b)
    fits[3] = fit_light[:-1] + _fit(both - light_a)
    fits[4] = fit_light[1:] + _fit(both - light_b)
    way = fits.argmax(axis=0)
    cost = now[:-1] + now[1:] - fits.max(axis=0)
    cost[runs.row[:-1] != runs.row[1:]] = np.inf
    return cost, way


def _choose(cost: Floats, surplus: int, free: float) -> Ints:
    """Return the joins to do now, no two of them touching.

    Candidates are the cheapest share of all neighbours (at most what is still wanted) and the
    free ones; of candidates in a row every second is taken, so that even areas close quickly.
    """
    wanted = min(max(surplus, 0), int(cost.size * _JOINED_AT_ONCE) + 1, cost.size)
    limit = free
    if wanted > 0:
        limit = max(free, float(np.partition(cost, wanted - 1)[wanted - 1]))
    candidate = (cost <= limit) & (cost < np.inf)
    at = np.arange(cost.size)
    stretch_start = np.maximum.accumulate(np.where(candidate, -1, at))
    chosen: Ints = np.flatnonzero(candidate & ((at - stretch_start) % 2 == 1))
    return chosen


def _join(runs: Runs, at: Ints, way: Ints) -> Runs:
    dark_a, dark_b = runs.dark.take(at, 1), runs.dark.take(at + 1, 1)
    all_a, all_b = runs.total.take(at, 1), runs.total.take(at + 1, 1)
    parts = np.stack([dark_a + dark_b, dark_a, dark_b, all_a - dark_a, all_b - dark_b])
    part = np.take_along_axis(parts, way[None, None, :], axis=0)[0]
    runs.total[:, at] = total = all_a + all_b
    runs.dark[:, at] = _darker(part, total)
    keep = np.ones(runs.count, dtype=bool)
    keep[at + 1] = False
    left = np.flatnonzero(keep)
    return Runs(runs.dark.take(left, 1), runs.total.take(left, 1), runs.first[left], runs.row[left])


def run_of_cell(runs: Runs, cells: int) -> Ints:
    """Return for each cell the index of its run."""
    starts = np.zeros(cells, dtype=np.intp)
    starts[runs.first] = 1
    index: Ints = starts.cumsum() - 1
    return index


def nearest(planes: Floats, runs: Runs, index: Ints) -> Bools:
    """Return [samples, cells], true where the light colour of the cell's run is the nearer."""
    light = runs.total - runs.dark
    dark_mean = runs.dark[1:] / np.maximum(runs.dark[0], _NO_WEIGHT)
    light_mean = light[1:] / np.maximum(light[0], _NO_WEIGHT)
    gap = light_mean - dark_mean
    # One colour only: no gap and a middle that no side can pass (or fall short of).
    gap[:, (light[0] < _NO_WEIGHT) | (runs.dark[0] < _NO_WEIGHT)] = 0.0
    middle = ((light_mean + dark_mean) * gap).sum(axis=0) / 2
    middle[runs.dark[0] < _NO_WEIGHT] = -1.0
    far = gap.take(index, 1)
    side = planes[0] * far[0] + planes[1] * far[1] + planes[2] * far[2]
    is_light: Bools = side > middle.take(index)
    return is_light


def refit(planes: Floats, runs: Runs, light: Bools) -> Runs:
    """Return the runs with both colours moved to the means of the samples given to them."""
    share = light.astype(np.float32)
    cells = np.empty((4, planes.shape[2]), dtype=np.float32)
    cells[0] = share.sum(axis=0)
    for colour in range(3):
        cells[colour + 1] = (planes[colour] * share).sum(axis=0)
    bright = np.add.reduceat(cells, runs.first, axis=1)
    return Runs(runs.total - bright, runs.total, runs.first, runs.row)
