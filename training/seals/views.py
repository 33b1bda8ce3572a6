"""Views to learn the closer look from: `python -m training.seals.views POOL NET.pt OUT FIRST LAST`.

What the first network takes for a seal on parts of pages drawn anew, at a score far below the one
that is asked for, and whether it is one. A shard holds `x` (n × 3 × SIDE × SIDE, densities in
bytes) and `y`.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from docexam.aids.seals.closer import view
from docexam.aids.seals.outline import Outline
from docexam.aids.seals.sightings import Sighting, parted, read
from training.seals.crops import Pages, banks, crop
from training.seals.net import Net

UNIT, ZERO = 100.0, 0.5  # a density is kept as (density + ZERO) · UNIT in a byte
SHARD = 2_000
_LEAST = 0.15
_BANK = 1_200
_OF, _NOT_OF = 0.45, 0.9  # of the way to a seal's edge: nearer it is that seal, farther it is not
_SIZED = 1.7
_INSIDE = 0.8  # of the outline that has to be on the part, where no seal is known
_SHAKEN, _GROWN = 0.06, 0.08  # how far a view is moved and how much it is scaled


def views_of(net: Net, dense: np.ndarray, rows: np.ndarray, rng: np.random.Generator) -> list:
    """Return views of what is seen on a part of a page, with 1 for a seal and 0 for none.

    Of what is neither clearly a seal nor clearly apart from all there is no view.
    """
    found = []
    for one in parted(read(_map(net, dense), _LEAST)):
        told = _told(one, rows)
        if told or (told == 0 and _whole(one.outline, dense.shape[1:])):
            found.append((view(dense, _shaken(one.outline, rng)), told))
    return found


@torch.no_grad()
def _map(net: Net, dense: np.ndarray) -> np.ndarray:
    return net(torch.from_numpy(dense)[None])[0].permute(1, 2, 0).numpy()


def _told(one: Sighting, rows: np.ndarray) -> int | None:
    """Return 1 for a seal, 0 for none, nothing where it cannot be told."""
    told = 0
    for x, y, xx, _, yy, _, learnt in rows:
        across, down = np.sqrt(xx), np.sqrt(yy)
        away = np.hypot((one.outline.x - x) / across, (one.outline.y - y) / down)
        grown = one.outline.reach[0] * one.outline.reach[1] / (across * down)
        if away < _OF and 1 / _SIZED**2 < grown < _SIZED**2:
            return 1 if learnt else None
        if away < _NOT_OF:
            told = None
    return told


def _whole(outline: Outline, shape: tuple[int, ...]) -> bool:
    """Return whether an outline lies on the part: beyond its edge a seal may go on."""
    across, down = (_INSIDE * reach for reach in outline.reach)
    height, width = shape
    inside_x = across < outline.x < width - across
    return inside_x and down < outline.y < height - down


def _shaken(outline: Outline, rng: np.random.Generator) -> Outline:
    off = rng.normal(0, _SHAKEN, 2) * outline.radius
    moved = replace(outline, x=outline.x + float(off[0]), y=outline.y + float(off[1]))
    return moved.scaled(float(np.exp(rng.normal(0, _GROWN))))


def shard(pages: Pages, net: Net, number: int) -> dict[str, np.ndarray]:
    """Return one shard."""
    rng = np.random.default_rng([51, number])
    strikes, lures = banks(_BANK, rng)
    x, y = [], []
    while len(y) < SHARD:
        one = crop(pages, strikes, lures, rng)
        for seen, told in views_of(net, one.dense, one.seals, rng):
            x.append(np.clip(np.rint((seen + ZERO) * UNIT), 0, 255).astype(np.uint8))
            y.append(told)
    return {"x": np.stack(x).transpose(0, 3, 1, 2), "y": np.array(y, np.uint8)}


def main() -> None:
    """Draw the shards that are not there yet."""
    torch.set_num_threads(1)
    pool, weights, out = (Path(word) for word in sys.argv[1:4])
    net = Net()
    net.load_state_dict(torch.load(weights))
    net.eval()
    pages = Pages(pool)
    pages.look()
    out.mkdir(parents=True, exist_ok=True)
    for number in range(int(sys.argv[4]), int(sys.argv[5])):
        path = out / f"views-{number:03d}.npz"
        if not path.exists():
            np.savez(out / f"part-{number:03d}.npz", **shard(pages, net, number))
            (out / f"part-{number:03d}.npz").rename(path)
            print(path, flush=True)


if __name__ == "__main__":
    main()
