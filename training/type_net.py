"""The network that reads lines of type: convolutions, layers along the line, letters and pens."""

from __future__ import annotations

import torch
from torch import nn

from docexam.aids.typed.reader import ALPHABET, APART, DEEPER, PENS_AFTER, PENS_APART

CHANNELS = (32, 48, 96, 128, 160)
POOLS = ((2, 2), (2, 2), (2, 1), (2, 1), (2, 1))  # 32 rows become one, four columns one
PENS = (48, 32)  # channels of the layers that look at strokes for a pen
SIDE = 5
_FIRST = 3  # layers along the line that are heard from the start
_QUIET = 0.1  # of a layer that joins: what goes in passes near as it is at first
_LEAST = 1e-3  # gain of a norm behind a pool, see `Reader.hold`
KINDS = len(ALPHABET) + 1  # the first is between letters


class Reader(nn.Module):
    """From strips (n × planes × 32 × columns) to scores of letters, n × columns / 4 × KINDS.

    Each stage is a convolution, a pool, a norm and the layers of DEEPER that add to what it sees.
    """

    def __init__(self, channels: tuple[int, ...] = CHANNELS) -> None:
        super().__init__()
        ins = (2, *channels[:-1])
        self.convs = nn.ModuleList(_seeing(i, o) for i, o in zip(ins, channels, strict=True))
        self.norms = nn.ModuleList(nn.BatchNorm2d(o) for o in channels)
        self.deeper = nn.ModuleList(
            nn.ModuleList(_seeing(o, o) for _ in range(count))
            for o, count in zip(channels, DEEPER, strict=True)
        )
        self.deeper_norms = nn.ModuleList(
            nn.ModuleList(nn.BatchNorm2d(o) for _ in range(count))
            for o, count in zip(channels, DEEPER, strict=True)
        )
        wide = channels[-1]
        self.along = nn.ModuleList(_along(wide, wide, apart) for apart in APART)
        self.along_norms = nn.ModuleList(nn.BatchNorm1d(wide) for _ in APART)
        late = (norm for norms in self.deeper_norms for norm in norms)
        for norm in (*self.along_norms[_FIRST:], *late):
            nn.init.constant_(norm.weight, _QUIET)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(wide, KINDS)
        self.pen = nn.Linear(wide, 1)
        strokes = (2 * channels[PENS_AFTER], *PENS[:-1])
        self.pens = nn.ModuleList(
            _along(i, o, apart) for i, o, apart in zip(strokes, PENS, PENS_APART, strict=True)
        )
        self.pens_norms = nn.ModuleList(nn.BatchNorm1d(o) for o in PENS)
        self.strokes = nn.Linear(PENS[-1], 1)
        nn.init.zeros_(self.strokes.weight)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of letters before softmax, and at each step the odds of a pen (log)."""
        for n, (conv, norm, pool) in enumerate(zip(self.convs, self.norms, POOLS, strict=True)):
            # The norm behind the pool sees a quarter as much, and says the same (`hold`).
            x = torch.relu(norm(nn.functional.max_pool2d(conv(x), pool)))
            for more, more_norm in zip(self.deeper[n], self.deeper_norms[n], strict=True):
                x = torch.relu(x + more_norm(more(x)))
            if n == PENS_AFTER:
                strokes = torch.cat([x.mean(2), x.amax(2)], 1)
        x = x[:, :, 0]
        for conv, norm in zip(self.along, self.along_norms, strict=True):
            x = x + torch.relu(norm(conv(x)))
        for conv, norm in zip(self.pens, self.pens_norms, strict=True):
            strokes = torch.relu(norm(conv(strokes)))
        seen = self.drop(x.transpose(1, 2))
        pens = self.pen(seen) + self.strokes(strokes.transpose(1, 2))
        return self.out(seen), pens[..., 0]

    @torch.no_grad()
    def hold(self) -> None:
        """Keep the gains behind pools above 0: then it is the same before or behind a pool."""
        for norm in self.norms:
            norm.weight.clamp_(min=_LEAST)


def _seeing(ins: int, outs: int) -> nn.Conv2d:
    return nn.Conv2d(ins, outs, 3, padding=1, bias=False)


def _along(ins: int, outs: int, apart: int) -> nn.Conv1d:
    return nn.Conv1d(ins, outs, SIDE, padding=SIDE // 2 * apart, dilation=apart, bias=False)
