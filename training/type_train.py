"""Training the reader of type: `python -m training.type_train POOL OUT.pt [--hours H] …`.

The loss is that of connectionist temporal classification (Graves et al., 2006): the text alone is
known, not where its letters stand. Lines written by hand (shards `pen-N.npz`) are not read; which
lines a pen wrote is a second task of the same network. The learning rate falls to nothing over the
time given.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from benchmarks.aids.matching import distance
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from docexam.aids.typed.reader import ALPHABET, SOME_INK, STEP
from training.type_lines import FULL, stamp
from training.type_net import Reader

_COLUMNS = 9000  # of a batch
_WARM = 0.03
_CHECKED = 600  # lines of the pool's first shard, never trained on
_OF_PENS = 1.0
_HOPELESS = 0.3  # loss of a letter from which its line counts less and less
_STAMPS, _STAMPED = 500, 0.12  # black stamps drawn at the start; share of lines that one is laid on

_NOISE = 1 << 23  # numbers of grain, drawn once: far quicker than anew for every step

Line = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Laid:
    """What is laid over strips while learning: black stamps (n × 32 × columns) and grain."""

    stamps: torch.Tensor
    noise: torch.Tensor


def lines(path: Path) -> list[Line]:
    """Return the strips (32 × columns × planes, 8 bits) and codes of a shard."""
    with np.load(path) as kept:
        x, w, y, n = (kept[name] for name in "xwyn")
    seen = np.split(x, np.cumsum(w)[:-1], axis=1)
    return list(zip(seen, np.split(y, np.cumsum(n)[:-1]), strict=True))


def batches(pool: list[Line], rng: np.random.Generator) -> list[list[Line]]:
    """Return lines of like width together, in random order."""
    order = sorted(range(len(pool)), key=lambda n: pool[n][0].shape[1] * rng.uniform(0.93, 1.07))
    out: list[list[Line]] = [[]]
    for n in order:
        if out[-1] and (len(out[-1]) + 1) * pool[n][0].shape[1] > _COLUMNS:
            out.append([])
        out[-1].append(pool[n])
    return [out[k] for k in rng.permutation(len(out))]


def joined(batch: list[Line]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return strips side by side (paper behind short ones), columns, codes and their counts."""
    wide = -(-max(one.shape[1] for one, _ in batch) // 4) * 4
    x = np.zeros((len(batch), 32, wide, 2), np.uint8)
    for k, (one, _) in enumerate(batch):
        x[k, :, : one.shape[1]] = one
    columns = torch.tensor([-(-one.shape[1] // 4) for one, _ in batch])
    codes = torch.from_numpy(np.concatenate([code for _, code in batch]).astype(np.int64))
    counts = torch.tensor([len(code) for _, code in batch])
    return torch.from_numpy(x).permute(0, 3, 1, 2).float().div_(FULL), columns, codes, counts


def worn(x: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """Return strips moved up or down, stretched, thinned or spread, paled and grained anew."""
    if torch.rand(()) < 0.6:
        wide = round(x.shape[3] * float(torch.empty(()).uniform_(0.88, 1.14)) / 4) * 4
        high = int(torch.randint(28, 37, ()))
        x = nn.functional.interpolate(x, (high, wide), mode="bilinear", align_corners=False)
        above = (32 - high) // 2
        x = nn.functional.pad(x, (0, 0, above, 32 - high - above))
    if torch.rand(()) < 0.6:
        x = torch.roll(x, int(torch.randint(-2, 3, ())), 2)
    kind = float(torch.rand(()))
    if kind < 0.45:
        x = thinned(x) if kind < 0.3 else -thinned(-x)
    power = torch.empty(len(x), 1, 1, 1).uniform_(0.75, 1.35)
    x = x.clamp_min(0).pow(power) * torch.empty(len(x), 1, 1, 1).uniform_(0.75, 1.1)
    start = int(torch.randint(len(noise) - x.numel(), ()))
    grain = noise[start : start + x.numel()].view(x.shape)
    return x.addcmul_(grain, 0.06 * torch.rand(len(x), 1, 1, 1))


def thinned(x: torch.Tensor) -> torch.Tensor:
    """Return strips whose ink a part of a pixel was taken from, of a random side."""
    side = ((1, 2), (2, 1), (2, 2))[int(torch.randint(3, ()))]
    around = nn.functional.pad(-x, (0, side[1] - 1, 0, side[0] - 1), mode="replicate")
    less = -nn.functional.max_pool2d(around, side, 1)
    return torch.lerp(x, less, float(torch.rand(())) * 0.8)


def stamped(x: torch.Tensor, stamps: torch.Tensor) -> torch.Tensor:
    """Return strips with black stamps (n × 32 × columns) laid over some of them, in place."""
    for n in torch.nonzero(torch.rand(len(x)) < _STAMPED)[:, 0].tolist():
        over = stamps[int(torch.randint(len(stamps), ()))]
        wide = min(over.shape[1], x.shape[3])
        left, start = (
            int(torch.randint(full - wide + 1, ())) for full in (len(over[0]), x.shape[3])
        )
        here = x[n, :, :, start : start + wide]
        here.copy_(1 - (1 - here) * (1 - over[:, left : left + wide]))
    return x


def loss_of(net: nn.Module, batch: list[Line], laid: Laid) -> torch.Tensor:
    """Return the loss of a batch: of its texts, and of whether a pen wrote it."""
    x, columns, codes, counts = joined(batch)
    before = x.shape[3]
    x = worn(stamped(x, laid.stamps), laid.noise)
    ink = inked(x)
    with torch.autocast("cpu", torch.bfloat16):
        scores, pens = net(x.contiguous(memory_format=torch.channels_last))
    scores, pens = scores.float().log_softmax(2), pens.float()
    typed = counts > 0
    odds = (pens * ink).sum(1) / ink.sum(1).clamp_min(1)
    loss = _OF_PENS * nn.functional.binary_cross_entropy_with_logits(
        odds, 0.96 * (~typed).float() + 0.02
    )
    if typed.any():
        steps = (columns * x.shape[3] // before).clamp(max=scores.shape[1])[typed]
        each = nn.functional.ctc_loss(
            scores[typed].transpose(0, 1),
            codes,
            steps,
            counts[typed],
            reduction="none",
            zero_infinity=True,
        )
        loss = loss + readable(each, counts[typed])
    return loss


def readable(losses: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
    """Return the loss of lines of so many letters, in which those that nobody could read hardly tell.

    Their share of the gradient would else be the greatest, and they teach guessing.
    """
    letter = losses / counts
    weight = counts.float().sqrt()  # between that of lines and that of letters
    return (weight * _HOPELESS * torch.log1p(letter / _HOPELESS)).sum() / weight.sum()


def inked(x: torch.Tensor) -> torch.Tensor:
    """Return 1 for the steps of strips that hold ink, else 0, as `docexam.aids.typed.reader`."""
    columns = x[:, 0].amax(1)
    columns = columns[:, : columns.shape[1] // STEP * STEP]
    return (columns.unflatten(1, (-1, STEP)).amax(2) > SOME_INK).float()


@torch.no_grad()
def checked(net: nn.Module, pool: list[Line]) -> str:
    """Return the shares of lines read whole, of letters right, of pens told, and some misses."""
    net.eval()
    whole, wrong, letters, pens, misses = 0, 0, 0, [], []
    for batch in batches(pool, np.random.default_rng(0)):
        x, columns, _, counts = joined(batch)
        scores, odds = net(x)
        ink = inked(x)
        told = (odds * ink).sum(1) / ink.sum(1).clamp_min(1) > 0
        pens += (told == (counts == 0)).tolist()
        best = scores.argmax(2).numpy()
        for row, wide, (_, code) in zip(best, columns.tolist(), batch, strict=True):
            if not len(code):
                continue
            read, true = said(row[:wide]), "".join(ALPHABET[c - 1] for c in code)
            off = distance(read, true)
            whole, wrong, letters = whole + (off == 0), wrong + off, letters + len(true)
            if off:
                misses.append(f"{true} → {read}")
    net.train()
    typed = sum(len(code) > 0 for _, code in pool)
    told = " | ".join(misses[:: max(1, len(misses) // 6)][:6])
    share = f"whole {whole / typed:.3f} letters {1 - wrong / letters:.4f}"
    return f"{share} pens {np.mean(pens):.4f}  {told}"


def said(row: np.ndarray) -> str:
    """Return the text of the best kinds along a line."""
    kept = row[np.concatenate(([True], row[1:] != row[:-1]))]
    return "".join(ALPHABET[c - 1] for c in kept if c)


class Pool:
    """The shards of a folder; new ones are taken up as they are finished."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[Path, list[Line]] = {}
        self.checks = [one for path in self._firsts() for one in self._read(path)[:_CHECKED]]

    def some(self, rng: np.random.Generator, count: int) -> list[Line]:
        """Return the lines of `count` shards of type and a third as many of hands."""
        drawn = []
        for kind, share in (("type", 1.0), ("pen", 1 / 3)):
            found = self._shards(kind)
            many = min(len(found), max(1, round(share * count)))
            for k in rng.choice(len(found), many, replace=False) if found else ():
                drawn += self._read(found[k])[_CHECKED if k == 0 else 0 :]
        return drawn

    def _firsts(self) -> list[Path]:
        return [shards[0] for kind in ("type", "pen") if (shards := self._shards(kind))]

    def _shards(self, kind: str) -> list[Path]:
        found = self._folder.glob(f"{kind}-*.npz")
        return sorted(path for path in found if ".part" not in path.name)

    def _read(self, path: Path) -> list[Line]:
        if path not in self._held:
            self._held[path] = lines(path)
        return self._held[path]


def train(args: argparse.Namespace) -> None:
    """Train for the time given and write the running mean of the network after every pass."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    net = Reader()
    if args.start:
        net.load_state_dict(torch.load(args.start), strict=False)
    net = net.to(memory_format=torch.channels_last).train()
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=1e-2)
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True)
    began, steps = time.time(), 0
    pool = Pool(args.pool)
    stamps = torch.from_numpy(np.stack([stamp(rng) for _ in range(_STAMPS)]))
    laid = Laid(stamps, torch.randn(_NOISE))
    while (time.time() - began) < args.hours * 3600:
        losses = []
        for batch in batches(pool.some(rng, args.shards), rng):
            share = min(1.0, (time.time() - began) / (args.hours * 3600))
            for group in optimiser.param_groups:
                group["lr"] = args.rate * falling(share)
            loss = loss_of(net, batch, laid)
            optimiser.zero_grad()
            loss.backward()
            if not torch.isfinite(nn.utils.clip_grad_norm_(net.parameters(), 5.0)):
                continue  # bfloat16 overflows now and then; one such step would spoil every weight
            optimiser.step()
            net.hold()
            mean.update_parameters(net)
            steps += 1
            losses.append(loss.item())
        torch.save(mean.module.state_dict(), args.out)
        told = checked(mean.module, pool.checks)
        print(f"{share:.3f} steps {steps} loss {np.mean(losses):.3f} {told}", flush=True)


def falling(share: float) -> float:
    """Return the part of the learning rate that is left when so much of the time is over."""
    return min(1.0, share / _WARM + 0.02) * max(0.003, 0.5 * (1 + np.cos(np.pi * share)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("pool", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hours", type=float, default=0.6)
    parser.add_argument("--start", default="")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--shards", type=int, default=6)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())
