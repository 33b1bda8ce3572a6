"""The network that reads lines of type: convolutions, layers along the line, letters and pens."""

from __future__ import annotations

import torch
from torch import nn

from docexam.aids.typed.reader import ALPHABET, APART

CHANNELS = (32, 48, 96, 128, 160)
POOLS = ((2, 2), (2, 2), (2, 1), (2, 1), (2, 1))  # 32 rows become one, four columns one
SIDE = 5
_FIRST = 3  # layers along the line that are heard from the start
KINDS = len(ALPHABET) + 1  # the first is between letters


class Reader(nn.Module):
    """From strips (n × planes × 32 × columns) to scores of letters, n × columns / 4 × KINDS."""

    def __init__(self, channels: tuple[int, ...] = CHANNELS) -> None:
        super().__init__()
        ins = (2, *channels[:-1])
        self.convs = nn.ModuleList(
            nn.Conv2d(i, o, 3, padding=1, bias=False) for i, o in zip(ins, channels, strict=True)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(o) for o in channels)
        wide = channels[-1]
        self.along = nn.ModuleList(
            nn.Conv1d(wide, wide, SIDE, padding=SIDE // 2 * apart, dilation=apart, bias=False)
            for apart in APART
        )
        self.along_norms = nn.ModuleList(nn.BatchNorm1d(wide) for _ in APART)
        for norm in self.along_norms[_FIRST:]:
            nn.init.constant_(norm.weight, 0.1)  # what goes in passes near as it is at first
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(wide, KINDS)
        self.pen = nn.Linear(wide, 1)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of letters before softmax, and at each step the odds of a pen (log)."""
        for conv, norm, pool in zip(self.convs, self.norms, POOLS, strict=True):
            x = nn.functional.max_pool2d(torch.relu(norm(conv(x))), pool)
        x = x[:, :, 0]
        for conv, norm in zip(self.along, self.along_norms, strict=True):
            x = x + torch.relu(norm(conv(x)))
        seen = self.drop(x.transpose(1, 2))
        return self.out(seen), self.pen(seen)[..., 0]
