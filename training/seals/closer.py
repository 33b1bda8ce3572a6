"""The network of the closer look: `python -m training.seals.closer VIEWS OUT.pt [--hours H]`.

Learns from the views of `views.py`, each turned, mirrored, paled, blurred and grained anew. The
learning rate falls to nothing over the time given; the running mean of the steps is what is kept.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from docexam.aids.seals.closer import STAGES
from training.seals.net import convolution
from training.seals.views import UNIT, ZERO

CHANNELS = (16, 32, 64, 96)
_KEPT_OF_MEAN = 0.998
_SURE = 0.02  # how far from certain it is to be: some views are told wrongly
_EVERY = 200


class Closer(nn.Module):
    """From views (n × 3 × SIDE × SIDE, densities) to how much each looks like a seal.

    Convolutions of three by three with batch norm and a rectifier; the first of each stage looks
    at every second place. Mean and maximum over the view go through one dense layer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.convs = nn.ModuleList()
        ins = 3
        for outs, count in zip(CHANNELS, STAGES, strict=True):
            for k in range(count):
                self.convs.append(convolution(ins, outs, stride=1 if k else 2))
                ins = outs
        self.drop = nn.Dropout(0.2)
        self.out = nn.Conv2d(2 * ins, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the scores before the logistic function, n."""
        for conv in self.convs:
            x = torch.relu(conv(x))
        summed = torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)
        return self.out(self.drop(summed)[:, :, None, None])[:, 0, 0, 0]


def changed(views: torch.Tensor, draw: torch.Generator) -> torch.Tensor:
    """Return views turned by quarters, mirrored, paler or darker, blurred and grained."""
    x = views.float() / UNIT - ZERO
    if torch.rand((), generator=draw) < 0.5:
        x = x.transpose(2, 3)
    for axis in (2, 3):
        if torch.rand((), generator=draw) < 0.5:
            x = x.flip(axis)
    count = len(x)
    x = x * (0.7 + 0.6 * torch.rand((count, 1, 1, 1), generator=draw))
    x = x * (0.94 + 0.12 * torch.rand((count, 3, 1, 1), generator=draw))
    if torch.rand((), generator=draw) < 0.3:
        x = functional.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    grain = 0.05 * torch.rand((count, 1, 1, 1), generator=draw)
    return (x + grain * torch.randn(x.shape, generator=draw)).clamp(-ZERO, 2.05)


def train(args: argparse.Namespace) -> None:
    """Train for the time given."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    draw = torch.Generator().manual_seed(args.seed)
    net = Closer()
    if args.start:
        net.load_state_dict(torch.load(args.start))
    net = net.to(memory_format=torch.channels_last).train()
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(_KEPT_OF_MEAN), use_buffers=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=1e-2)
    views, labels = _all_of(args.views)
    began, losses, step = time.time(), [], 0
    while (share := (time.time() - began) / (args.hours * 3600)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = args.rate * max(0.5 * (1 + np.cos(np.pi * share)), 0.003)
        some = torch.randint(len(labels), (args.batch,), generator=draw)
        seen = changed(views[some], draw).contiguous(memory_format=torch.channels_last)
        ought = labels[some] * (1 - 2 * _SURE) + _SURE
        loss = functional.binary_cross_entropy_with_logits(net(seen), ought)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        mean.update_parameters(net)
        losses.append(loss.item())
        step += 1
        if step % _EVERY == 0:
            torch.save(mean.module.state_dict(), args.out)
            print(f"{step} {share:.3f} loss {np.mean(losses[-_EVERY:]):.4f}", flush=True)
    torch.save(mean.module.state_dict(), args.out)


def _all_of(folder: Path) -> tuple[torch.Tensor, torch.Tensor]:
    views, labels = [], []
    for path in sorted(folder.glob("views-*.npz")):
        with np.load(path) as kept:
            views.append(kept["x"])
            labels.append(kept["y"])
    whole = np.concatenate(labels).astype(np.float32)
    print(f"{len(whole)} views, {whole.mean():.2f} of them seals", flush=True)
    return torch.from_numpy(np.concatenate(views)), torch.from_numpy(whole)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("views", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hours", type=float, default=0.4)
    parser.add_argument("--start", default="")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())
