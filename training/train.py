"""Training on the pool: `python -m training.train POOL OUT.pt [--hours H] [--start IN.pt] …`.

One thread. New shards of the pool are taken up as they are finished. The learning rate falls to
nothing over the time given, so a run is told how long it may take, not how many epochs.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.draw import CLASSES
from training.net import Net


def bent(x: torch.Tensor, rng: torch.Generator) -> torch.Tensor:
    """Return views shifted, scaled, turned and slanted anew, some with thicker or paler ink.

    Little is done here: the pool's views are bent already, and the network has more to learn than
    time to learn it in.
    """
    n, _, h, w = x.shape

    def rand(*shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=rng) * 2 - 1

    turn, slant = 0.05 * rand(n), 0.2 * rand(n) * (torch.rand(n, generator=rng) < 0.5)
    to = torch.zeros(n, 2, 3)
    to[:, 0, 0], to[:, 1, 1] = torch.exp(0.12 * rand(n)), torch.exp(0.1 * rand(n))
    to[:, 0, 1] = (turn + slant) * h / w
    to[:, 1, 0] = -turn * w / h
    to[:, 0, 2], to[:, 1, 2] = 0.05 * rand(n), 0.08 * rand(n)
    grid = nn.functional.affine_grid(to, list(x.shape), align_corners=False)
    x = nn.functional.grid_sample(x, grid, align_corners=False)
    kind = torch.rand(n, generator=rng)
    if (thick := kind < 0.07).any():
        x[thick] = nn.functional.max_pool2d(x[thick], 3, 1, 1)
    if (soft := kind > 0.93).any():
        x[soft] = nn.functional.avg_pool2d(x[soft], 3, 1, 1)
    power = torch.exp(0.4 * rand(n, 1, 1, 1))
    return x.clamp(1e-4, 1) ** power


def shards(pool: Path, split: str) -> list[Path]:
    """Return the finished shards of a split."""
    return sorted(p for p in pool.glob(f"{split}-*.npz") if ".part" not in p.name)


def load(paths: list[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Return the views and labels of shards."""
    kept = [np.load(path) for path in paths]
    return np.concatenate([k["x"] for k in kept]), np.concatenate([k["y"] for k in kept])


def learnable(
    net: nn.Module, paths: list[Path], kept: dict[Path, tuple[np.ndarray, np.ndarray]], drop: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the views of shards less the share `drop` that the network at hand finds hardest.

    Those are mostly views in which degradation left nothing of the letters. `kept` holds what was
    read before.
    """
    for path in paths:
        if path not in kept:
            x, y = load([path])
            if drop:
                found = torch.from_numpy(scores(net, x))
                loss = nn.functional.cross_entropy(
                    found, torch.from_numpy(y).long(), reduction="none"
                )
                good = np.sort(np.argsort(loss.numpy())[: round(len(x) * (1 - drop))])
                x, y = x[good], y[good]
            kept[path] = x, y
    every = list(kept.values())
    return np.concatenate([x for x, _ in every]), np.concatenate([y for _, y in every])


@torch.no_grad()
def scores(net: Net, x: np.ndarray) -> np.ndarray:
    """Return the network's scores before softmax."""
    net.eval()
    parts = [
        net(torch.from_numpy(x[i : i + 256]).float().div_(255)[:, None]).numpy()
        for i in range(0, len(x), 256)
    ]
    return np.concatenate(parts)


def report(found: np.ndarray, y: np.ndarray) -> str:
    """Return accuracy of the six classes, with Cyrillic and Latin merged, and Hangul's figures."""
    said, six = found.argmax(1), y < 6
    merged_said, merged_y = (np.where(v == 2, 1, v) for v in (said, y))
    hang_said, hang = said == 0, y == 0
    parts = [
        f"six {np.mean(said[six] == y[six]):.4f}",
        f"merged {np.mean(merged_said[six] == merged_y[six]):.4f}",
        f"Hang R {np.mean(hang_said[hang]):.3f} P {np.mean(hang[hang_said]) if hang_said.any() else 0:.3f}",
    ]
    parts += [f"{CLASSES[c]} {np.mean(said[y == c] == c):.3f}" for c in range(7) if (y == c).any()]
    return "  ".join(parts)


def train(args: argparse.Namespace) -> None:
    """Train for the time given and write the network after every pass."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = torch.Generator().manual_seed(args.seed)
    net = Net().to(memory_format=torch.channels_last)
    if args.start:
        net.load_state_dict(torch.load(args.start))
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=2e-2)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.04)
    began, passes = time.time(), 0
    check, kept = load(shards(args.pool, "validation")), {}
    while (spent := time.time() - began) < args.hours * 3600:
        x, y = learnable(net, shards(args.pool, args.split), kept, args.drop)
        order = torch.randperm(len(x), generator=rng)[: args.bite].numpy()
        net.train()
        running, size = 0.0, args.batch
        for i in range(0, len(order) - size + 1, size):
            if time.time() - began > args.hours * 3600:
                break
            share = min((time.time() - began) / (args.hours * 3600), 1.0)
            for group in optimiser.param_groups:
                group["lr"] = args.rate * max(0.5 * (1 + np.cos(np.pi * share)), 0.003)
            part = np.sort(order[i : i + size])
            batch = torch.from_numpy(x[part]).float().div_(255)[:, None]
            loss = loss_of(net(bent(batch, rng)), torch.from_numpy(y[part]).long())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            running += loss.item()
        passes += 1
        torch.save(net.state_dict(), args.out)
        done = running / max(1, len(order) // size)
        print(
            f"{passes} {spent:.0f}s n={len(x)} loss {done:.3f}  {report(scores(net, check[0]), check[1])}",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hours", type=float, default=0.6)
    parser.add_argument("--start", default="")
    parser.add_argument("--split", default="train")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--bite", type=int, default=16384)
    parser.add_argument("--drop", type=float, default=0.0)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())
