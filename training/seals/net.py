"""The network that looks for seals: densities in, a map of what may be one out.

Convolutions of three by three with batch norm, down to a 64th of the picture and back up to a
16th. Each place of that map says how much the middle of a seal it is, of which kind, and how the
seal lies: see `OUTPUTS`.
"""

from __future__ import annotations

import torch
from torch import nn

STEP = 16  # pixels of the picture for each place of the map
OUTPUTS = ("seal", "round", "boxed", "triangle", "right", "down", "across", "high", "skew")
DOWN = (
    # stage: channels, stride of the first convolution, how many convolutions
    (12, 2, 1),
    (24, 2, 1),
    (40, 2, 2),
    (64, 2, 3),
    (96, 2, 3),
    (96, 2, 3),
)


def convolution(ins: int, outs: int, side: int = 3, stride: int = 1) -> nn.Sequential:
    """Return a convolution with batch norm and nothing else."""
    return nn.Sequential(
        nn.Conv2d(ins, outs, side, stride, side // 2, bias=False), nn.BatchNorm2d(outs)
    )


class Net(nn.Module):
    """From densities (n × 3 × rows × columns, against the paper) to the map (n × 9 × …)."""

    def __init__(self) -> None:
        super().__init__()
        self.convs = nn.ModuleList()
        ins = 3
        for outs, stride, count in DOWN:
            for k in range(count):
                self.convs.append(convolution(ins, outs, stride=stride if k == 0 else 1))
                ins = outs
        wide, middle = DOWN[-1][0], DOWN[-3][0]
        self.lift = convolution(DOWN[-2][0], DOWN[-2][0])
        self.narrow = convolution(DOWN[-2][0], middle, side=1)
        self.join = convolution(middle, middle)
        self.out = nn.Conv2d(middle, len(OUTPUTS), 1)
        assert wide == DOWN[-2][0]
        nn.init.constant_(self.out.bias, 0.0)
        with torch.no_grad():
            self.out.bias[0] = -4.0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the map; the first output before the logistic function."""
        kept = []
        at = 0
        for _, _, count in DOWN:
            first = torch.relu(self.convs[at](x))
            x = first
            for k in range(1, count):
                x = torch.relu(self.convs[at + k](x))
            if count > 2:
                x = x + first
            kept.append(x)
            at += count
        eighth, quarter = kept[-2], kept[-3]
        x = torch.relu(self.lift(eighth + _wider(kept[-1], eighth)))
        x = torch.relu(self.join(quarter + _wider(self.narrow(x), quarter)))
        return self.out(x)


def _wider(x: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    """Return a map with each place repeated, cut to the size of another."""
    x = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
    return x[:, :, : like.shape[2], : like.shape[3]]
