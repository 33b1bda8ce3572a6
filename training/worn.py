"""What happens to views anew in every pass: moved, worn, blurred, with surroundings laid over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training import around
from training.draw import Faces

_BESIDE, _ALONE = 0.45, 0.08


@dataclass
class Worn:
    """A bank of surroundings (n × 1 × rows × columns, 8 bits): beside writing, and alone."""

    beside: torch.Tensor
    alone: torch.Tensor

    @classmethod
    def drawn(cls, rng: np.random.Generator, faces: Faces, size: int, kept: Path) -> Worn:
        """Return a bank, drawn where the file `kept` does not hold it yet."""
        if not kept.exists():
            beside, alone = around.bank(rng, faces, size)
            np.savez(kept, beside=beside, alone=alone)
        with np.load(kept) as held:
            return cls(*(torch.from_numpy(held[k])[:, None] for k in ("beside", "alone")))

    def batch(
        self, x: torch.Tensor, y: torch.Tensor, seen: torch.Tensor, empty: int
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return views (0 to 1), labels (some now `empty`) and letters (-1 where not asked)."""
        n = len(x)
        views = x.float().div_(255)[:, None]
        beside = torch.rand(n) < _BESIDE
        views = worn(moved(views, beside))
        if beside.any():
            views[beside] = torch.maximum(views[beside], self._some(self.beside, int(beside.sum())))
        alone = torch.rand(n) < _ALONE
        if alone.any():
            views[alone] = worn(self._some(self.alone, int(alone.sum())))
        y, seen = y.clone(), seen.clone()
        y[alone], seen[alone | beside] = empty, -1
        return views, y, seen

    @staticmethod
    def _some(bank: torch.Tensor, count: int) -> torch.Tensor:
        chosen = bank[torch.randint(len(bank), (count,))].float().div_(255)
        return chosen * (0.5 + 0.5 * torch.rand(count, 1, 1, 1))


def moved(x: torch.Tensor, room: torch.Tensor) -> torch.Tensor:
    """Return views shifted, scaled, turned and slanted; those with `room` are made smaller."""
    n, _, h, w = x.shape
    turn, slant = 0.05 * _spread(n), 0.25 * _spread(n) * (torch.rand(n) < 0.5)
    small = torch.where(room, 1.0 + 0.9 * torch.rand(n), torch.ones(n))
    free = 1.0 - 1.0 / small
    to = torch.zeros(n, 2, 3)
    to[:, 0, 0] = torch.exp(0.14 * _spread(n)) * small
    to[:, 1, 1] = torch.exp(0.1 * _spread(n)) * small
    to[:, 0, 1] = (turn + slant) * small * h / w
    to[:, 1, 0] = -turn * small * w / h
    to[:, 0, 2] = 0.05 * _spread(n) + small * free * _spread(n)
    to[:, 1, 2] = 0.06 * _spread(n) + small * free * _spread(n)
    grid = nn.functional.affine_grid(to, list(x.shape), align_corners=False)
    return nn.functional.grid_sample(x, grid, align_corners=False)


def worn(x: torch.Tensor) -> torch.Tensor:
    """Return views some of which are thicker, thinner, soft, coarse, gappy, paler."""
    n = len(x)
    kind = torch.rand(n)
    for low, high, change in (
        (0.00, 0.08, lambda v: nn.functional.max_pool2d(v, 3, 1, 1)),
        (0.08, 0.13, lambda v: -nn.functional.max_pool2d(-v, 2, 1)[:, :, :64, :192]),
        (0.13, 0.22, lambda v: nn.functional.avg_pool2d(v, 3, 1, 1)),
        (0.22, 0.28, _coarse),
        (0.28, 0.38, _gappy),
        (0.38, 0.43, lambda v: nn.functional.avg_pool2d(v, 5, 1, 2)),
    ):
        part = (kind >= low) & (kind < high)
        if part.any():
            changed = change(x[part])
            x[part] = nn.functional.pad(
                changed, (0, x.shape[3] - changed.shape[3], 0, x.shape[2] - changed.shape[2])
            )
    return x.clamp(1e-4, 1) ** torch.exp(0.45 * _spread(n))[:, None, None, None]


def _coarse(v: torch.Tensor) -> torch.Tensor:
    small = nn.functional.avg_pool2d(v, 2 if torch.rand(()) < 0.7 else 3)
    return nn.functional.interpolate(small, size=v.shape[2:], mode="bilinear")


def _gappy(v: torch.Tensor) -> torch.Tensor:
    """Let the pen skip: patches of lesser ink."""
    field = torch.rand(len(v), 1, 8, 24)
    field = nn.functional.interpolate(field, size=v.shape[2:], mode="bilinear")
    return v * (0.15 + 2.2 * field).clamp(0, 1)


def _spread(n: int) -> torch.Tensor:
    return torch.rand(n) * 2 - 1
