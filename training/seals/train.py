"""Training: `python -m training.seals.train POOL OUT.pt [--hours H] [--start IN.pt]`.

One process cuts crops while another learns from them. The learning rate falls to nothing over the
time given; the running mean of the steps is what is kept.
"""

from __future__ import annotations

import argparse
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, IterableDataset

from training.seals.crops import CROP, Crop, Pages, again, banks, crop
from training.seals.found import report
from training.seals.net import STEP, Net

SIDE = CROP // STEP
UNIT = 64.0  # pixels of half a seal for which the network says 0
_KEPT_OF_MEAN = 0.998
_SHOWN_AGAIN = 1  # cutting a crop takes as long as learning from it twice


def target(one: Crop) -> np.ndarray:
    """Return what the map ought to be: 10 × SIDE × SIDE.

    How much of a middle each place is, kind, place and shape as in `net.OUTPUTS` (kind as one
    number), then the weights of the first output and of the others.
    """
    out = np.zeros((10, SIDE, SIDE), np.float32)
    heat, weight, sure = out[0], out[8], out[9]
    weight[:] = 1
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    for u, v, xx, xy, yy, kind, learnt in one.seals:
        across, high = np.sqrt(xx), np.sqrt(yy)
        middle = ((u + 0.5) / STEP - 0.5, (v + 0.5) / STEP - 0.5)
        right, down = middle[0] - x, middle[1] - y
        if not learnt:
            near = (right * STEP / across) ** 2 + (down * STEP / high) ** 2 < 1.0
            weight[near] = 0
            continue
        wide, tall = (max(0.75, 0.2 * half / STEP) for half in (across, high))
        bump = np.exp(-((right / wide) ** 2 + (down / tall) ** 2) / 2)
        np.maximum(heat, bump, out=heat)
        here = bump > np.maximum(sure, 0.35)
        told = (kind, right, down, np.log(across / UNIT), np.log(high / UNIT), xy / (across * high))
        for k, value in enumerate(told):
            out[1 + k][here] = value[here] if isinstance(value, np.ndarray) else value
        sure[here] = bump[here]
    return out


class Crops(IterableDataset):
    """Crops and their targets without end."""

    def __init__(self, folder: Path, bank: int, seed: int) -> None:
        self.folder, self.bank, self.seed = folder, bank, seed

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        torch.set_num_threads(1)
        rng = np.random.default_rng(self.seed)
        pages = Pages(self.folder)
        strikes, lures = banks(self.bank, rng)
        count, shown = 0, deque[Crop](maxlen=200)
        while True:
            if count % 400 == 0:
                pages.look()
            count += 1
            one = crop(pages, strikes, lures, rng)
            shown.append(one)
            yield torch.from_numpy(one.dense), torch.from_numpy(target(one))
            for _ in range(_SHOWN_AGAIN):
                old = again(shown[int(rng.integers(len(shown)))], rng)
                yield torch.from_numpy(old.dense), torch.from_numpy(target(old))


def loss_of(said: torch.Tensor, ought: torch.Tensor) -> torch.Tensor:
    """Return the loss: of the middles, most where it is far off, and of kind, place and shape."""
    heat, weight, sure = ought[:, 0], ought[:, 8], ought[:, 9]
    off = (torch.sigmoid(said[:, 0]) - heat).abs().detach()
    each = functional.binary_cross_entropy_with_logits(said[:, 0], heat, reduction="none")
    loss = (each * off**1.5 * (1 + 4 * heat) * weight).sum() / heat.sum().clamp(min=8.0)
    total = sure.sum().clamp(min=4.0)
    kind = functional.cross_entropy(said[:, 1:4], ought[:, 1].long(), reduction="none")
    shape = functional.smooth_l1_loss(said[:, 4:9], ought[:, 2:7], reduction="none", beta=0.1)
    scaled = shape * torch.tensor((0.5, 0.5, 2.0, 2.0, 1.0))[None, :, None, None]
    return loss + 0.5 * (kind * sure).sum() / total + (scaled.sum(1) * sure).sum() / total


def train(args: argparse.Namespace) -> None:
    """Train for the time given."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    net = Net()
    if args.start:
        net.load_state_dict(torch.load(args.start))
    net = net.to(memory_format=torch.channels_last).train()
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(_KEPT_OF_MEAN), use_buffers=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=1e-2)
    source = Crops(args.pool, args.bank, args.seed)
    batches = DataLoader(source, args.batch, num_workers=args.workers, prefetch_factor=6)
    began, losses = time.time(), []
    for step, (dense, ought) in enumerate(batches):
        share = (time.time() - began) / (args.hours * 3600)
        if share >= 1:
            break
        warm = min(1.0, (step + 1) / 100) if not args.start else 1.0
        for group in optimiser.param_groups:
            group["lr"] = args.rate * warm * max(0.5 * (1 + np.cos(np.pi * share)), 0.003)
        loss = loss_of(net(dense.contiguous(memory_format=torch.channels_last)), ought)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 20.0)
        optimiser.step()
        mean.update_parameters(net)
        losses.append(loss.item())
        if step % 50 == 49:
            told = f"{step + 1} {share:.3f} loss {np.mean(losses[-50:]):.3f}"
            if step % args.every == args.every - 1:
                torch.save(mean.module.state_dict(), args.out)
                told += "".join("\n    " + report(mean.module, p) for p in args.check)
                net.train()
            print(told, flush=True)
    torch.save(mean.module.state_dict(), args.out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--start", default="")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--bank", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--every", type=int, default=300)
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    train(parser.parse_args())
