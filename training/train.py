"""Training on the pool: `python -m training.train POOL OUT.pt [--hours H] [--start IN.pt] …`.

One thread. New shards of the pool are taken up as they are finished. The learning rate falls to
nothing over the time given, so a run is told how long it may take, not how many epochs.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.draw import CLASSES
from training.fonts import faces
from training.letters import LETTERS
from training.net import Net
from training.worn import Worn

_OF_LETTERS = 0.08
_KEPT_OF_MEAN = 0.998
_EMPTY = CLASSES.index("Zxxx")


@dataclass
class Pool:
    """Shards on disk: those with letters (numbers from 900), and the hard ones without."""

    folder: Path
    plain_share: float
    drop: float
    kept: dict[Path, tuple[torch.Tensor, ...]] = field(default_factory=dict)

    def some(self, rng: np.random.Generator, count: int, net: Net) -> tuple[torch.Tensor, ...]:
        """Return views, labels and letters of `count` shards; letters of -1 are not known."""
        found = shards(self.folder, "train")
        plain = [p for p in found if _number(p) >= 900]
        hard = [p for p in found if _number(p) < 900]
        chosen = []
        for _ in range(count):
            given = plain if not hard or (plain and rng.random() < self.plain_share) else hard
            chosen.append(self._read(given[int(rng.integers(len(given)))], net))
        x, y, seen = (torch.cat(parts) for parts in zip(*chosen, strict=True))
        return x, y, seen

    def _read(self, path: Path, net: Net) -> tuple[torch.Tensor, ...]:
        if path not in self.kept:
            with np.load(path) as held:
                x, y = held["x"], held["y"]
                seen = held["l"].astype(np.int8) if "l" in held else None
            if seen is None:
                seen = np.full((len(y), len(LETTERS)), -1, np.int8)
                good = learnable(net, x, y, self.drop)
                x, y, seen = x[good], y[good], seen[good]
            self.kept[path] = (torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(seen))
        return self.kept[path]


def _number(path: Path) -> int:
    return int(path.stem.split("-")[1])


def shards(pool: Path, split: str) -> list[Path]:
    """Return the finished shards of a split."""
    return sorted(p for p in pool.glob(f"{split}-*.npz") if ".part" not in p.name)


def learnable(net: Net, x: np.ndarray, y: np.ndarray, drop: float) -> np.ndarray:
    """Return the views of a shard less the share `drop` that the network at hand finds hardest.

    Those are mostly views in which degradation left nothing of the letters.
    """
    if not drop:
        return np.arange(len(x))
    loss = nn.functional.cross_entropy(
        torch.from_numpy(scores(net, x)), torch.from_numpy(y).long(), reduction="none"
    )
    return np.sort(np.argsort(loss.numpy())[: round(len(x) * (1 - drop))])


@torch.no_grad()
def scores(net: Net, x: np.ndarray) -> np.ndarray:
    """Return the network's scores before softmax."""
    net.eval()
    parts = [
        net(torch.from_numpy(x[i : i + 256]).float().div_(255)[:, None]).numpy()
        for i in range(0, len(x), 256)
    ]
    net.train()
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


def loss_of(net: Net, x: torch.Tensor, y: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
    """Return the loss of the classes and of the letters of those views whose letters are known."""
    with torch.autocast("cpu", torch.bfloat16):
        places = net.places(x)
    places = places.float()
    loss = nn.functional.cross_entropy(net.scores(places), y, label_smoothing=0.03)
    told = seen[:, 0] >= 0
    if told.any():
        letters = nn.functional.binary_cross_entropy_with_logits(
            net.shown(places[told]), seen[told].float(), reduction="sum"
        )
        loss = loss + _OF_LETTERS * letters / len(x)
    return loss


def train(args: argparse.Namespace) -> None:
    """Train for the time given and write the network after every pass."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    net = started(args.start)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=1e-2)
    # Steps wander about what is best; their running mean is what is kept and looked at.
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(_KEPT_OF_MEAN), use_buffers=True)
    pool = Pool(args.pool, args.plain, args.drop)
    wear = Worn.drawn(rng, faces("train"), args.bank, args.pool / "around.npz")
    checks = [np.load(path) for path in shards(args.pool, "validation")]
    began, passes = time.time(), 0
    while (share := (time.time() - began) / (args.hours * 3600)) < 1:
        x, y, seen = pool.some(rng, args.shards, net)
        running = one_pass((net, mean), optimiser, wear, (x, y, seen), (args, began))
        passes += 1
        torch.save(mean.module.state_dict(), args.out)
        told = []
        if passes % 6 == 0:
            told = [report(scores(mean.module, c["x"]), c["y"]) for c in checks]
        print(
            f"{passes} {share:.3f} pool {len(pool.kept)} loss {running:.3f}",
            *told,
            flush=True,
            sep="\n    ",
        )


def started(start: str) -> Net:
    """Return a new network, or one with what a file holds of it."""
    net = Net().to(memory_format=torch.channels_last)
    if start:
        net.load_state_dict(torch.load(start), strict=False)
    return net.train()


def one_pass(
    nets: tuple[Net, AveragedModel],
    optimiser: torch.optim.Optimizer,
    wear: Worn,
    drawn: tuple[torch.Tensor, ...],
    run: tuple[argparse.Namespace, float],
) -> float:
    """Go once over views, each worn anew, and return the mean loss."""
    (net, mean), (args, began) = nets, run
    x, y, seen = drawn
    losses = []
    for part in torch.randperm(len(x)).split(args.batch):
        share = min((time.time() - began) / (args.hours * 3600), 1.0)
        for group in optimiser.param_groups:
            group["lr"] = args.rate * max(0.5 * (1 + np.cos(np.pi * share)), 0.003)
        views, labels, letters = wear.batch(x[part], y[part].long(), seen[part], _EMPTY)
        loss = loss_of(net, views, labels, letters)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        mean.update_parameters(net)
        losses.append(loss.item())
    return float(np.mean(losses))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hours", type=float, default=0.6)
    parser.add_argument("--start", default="")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--plain", type=float, default=0.75)
    parser.add_argument("--drop", type=float, default=0.07)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--bank", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())
