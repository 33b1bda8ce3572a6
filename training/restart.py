"""Shipped weights made ready to be trained on: `python -m training.restart POOL OUT.pt [IN.npz]`.

The weights that ship have batch norm folded in and lack the head that tells letters. Batch norm is
unfolded by what the layers say of a shard of the pool, so that the network scores as before and
trains as one that was never folded; the head of letters learns for some minutes by itself.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from docexam.aids.script import forward
from training.net import ADDED, POOLS, Net
from training.train import loss_of, shards

_VIEWS = 512
_BATCH = 64


def unfolded(weights: Path, views: torch.Tensor) -> Net:
    """Return a network that scores as the shipped one; `views` are n × rows × columns, 8 bits."""
    net = Net().eval()
    x = views.float().div_(255)[:, None]
    with np.load(weights, allow_pickle=False) as kept, torch.no_grad():
        for n, (conv, norm) in enumerate(zip(net.convs, net.norms, strict=True)):
            whole = kept[f"w{n}"].astype(np.float32) * kept[f"s{n}"][:, None, None, None]
            conv.weight.copy_(torch.from_numpy(whole))
            raw = conv(x)
            mean, spread = raw.mean((0, 2, 3)), raw.var((0, 2, 3))
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(spread)
            norm.weight.copy_(torch.sqrt(spread + norm.eps))
            norm.bias.copy_(torch.from_numpy(kept[f"b{n}"].astype(np.float32)) + mean)
            seen = norm(raw)
            x = torch.relu(x + seen if ADDED[n] else seen)
            if POOLS[n]:
                x = nn.functional.max_pool2d(x, POOLS[n])
        scale = float(kept["temperature"])
        net.out.weight.copy_(torch.from_numpy(kept["dense"].astype(np.float32)) / scale)
        net.out.bias.copy_(torch.from_numpy(kept["offset"].astype(np.float32)) / scale)
    return net


def learn_letters(net: Net, pool: list[Path], minutes: float) -> None:
    """Train the head of letters alone on shards that have letters."""
    optimiser = torch.optim.AdamW(net.letters.parameters(), lr=3e-3)
    rng = np.random.default_rng(1)
    began = time.time()
    while time.time() - began < 60 * minutes:
        with np.load(pool[int(rng.integers(len(pool)))]) as held:
            x, y, seen = (torch.from_numpy(held[name]) for name in "xyl")
        losses = []
        for part in torch.randperm(len(x)).split(_BATCH):
            views = x[part].float().div_(255)[:, None]
            loss = loss_of(net, views, y[part].long(), seen[part].to(torch.int8))
            optimiser.zero_grad()
            loss.backward(inputs=list(net.letters.parameters()))
            optimiser.step()
            losses.append(loss.item())
        print(f"{(time.time() - began) / 60:.1f} minutes, loss {np.mean(losses):.3f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("weights", type=Path, nargs="?", default=forward.WEIGHTS)
    parser.add_argument("--minutes", type=float, default=5.0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    lettered = [p for p in shards(args.pool, "train") if int(p.stem.split("-")[1]) >= 900]
    with np.load(lettered[0]) as first:
        given = torch.from_numpy(first["x"][:_VIEWS])
    made = unfolded(args.weights, given)
    learn_letters(made, lettered, args.minutes)
    torch.save(made.state_dict(), args.out)
