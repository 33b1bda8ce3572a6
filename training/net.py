"""The network: convolutions with batch norm, pooled over the line, one dense layer."""

from __future__ import annotations

import torch
from torch import nn

from training.draw import CLASSES
from training.letters import LETTERS

CHANNELS = (16, 40, 64, 128, 224, 224)
SIDES = (5, 3, 3, 3, 3, 3)
STRIDES = (2, 2, 1, 1, 1, 1)
POOLS = (None, None, (2, 2), (2, 1), None, None)
ADDED = (False, False, False, False, False, True)  # to what goes in


class Net(nn.Module):
    """From views (n × 1 × 64 × 192, 0 to 1) to a score for each class.

    The first two stages look at every second place: that costs a third of what a maximum after
    them would. Each has batch norm and a rectifier, the third then a maximum over 2×2, the fourth
    over 2×1 (letters stay apart). The last adds to what the fifth saw. The line is summed up by mean and maximum over all places. In
    training a second head says at each place which letters stand there.
    """

    def __init__(self, channels: tuple[int, ...] = CHANNELS) -> None:
        super().__init__()
        ins = (1, *channels[:-1])
        self.convs = nn.ModuleList(
            nn.Conv2d(i, o, side, stride, side // 2, bias=False)
            for i, o, side, stride in zip(ins, channels, SIDES, STRIDES, strict=True)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(o) for o in channels)
        for norm, added in zip(self.norms, ADDED, strict=True):
            if added:
                nn.init.zeros_(norm.weight)  # what goes in passes as it is at first
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(2 * channels[-1], len(CLASSES))
        self.letters = nn.Conv2d(channels[-1], len(LETTERS), 1)
        nn.init.constant_(self.letters.bias, -5.0)

    def places(self, x: torch.Tensor) -> torch.Tensor:
        """Return what is seen at each place, n × channels × rows × columns."""
        stages = zip(self.convs, self.norms, POOLS, ADDED, strict=True)
        for conv, norm, pool, added in stages:
            seen = norm(conv(x))
            x = torch.relu(x + seen if added else seen)
            if pool:
                x = nn.functional.max_pool2d(x, pool)
        return x

    def scores(self, places: torch.Tensor) -> torch.Tensor:
        """Return the scores before softmax, n × classes."""
        seen = torch.cat([places.mean((2, 3)), places.amax((2, 3))], 1)
        return self.out(self.drop(seen))

    def shown(self, places: torch.Tensor) -> torch.Tensor:
        """Return how sure it is of each letter before the logistic function, n × letters."""
        return self.letters(places).flatten(2).amax(2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scores before softmax, n × classes."""
        return self.scores(self.places(x))
