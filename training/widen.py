"""A trained network with more channels that says the same: `python -m training.widen IN OUT N…`.

What is new reads at random and is not listened to yet, so training goes on where it stood. With
`--type` it is the reader of type that is widened.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.net import Net
from training.type_net import Reader


def widened(old: dict[str, torch.Tensor], channels: tuple[int, ...], seed: int = 3) -> Net:
    """Return a network of `channels` that scores as the one whose state is `old`."""
    torch.manual_seed(seed)
    net = Net(channels)
    state = net.state_dict()
    for name, new in state.items():
        kept = old[name]
        if name == "out.weight":
            # Means come first, then maxima, of every channel.
            before, now = kept.shape[1] // 2, new.shape[1] // 2
            new.zero_()
            new[:, :before], new[:, now : now + before] = kept[:, :before], kept[:, before:]
        else:
            _fill(new, kept)
    net.load_state_dict(state)
    return net


def wider_reader(old: dict[str, torch.Tensor], channels: tuple[int, ...], seed: int = 3) -> Reader:
    """Return a reader of type of `channels` that reads as the one whose state is `old`."""
    torch.manual_seed(seed)
    net = Reader(channels)
    state = net.state_dict()
    for name, new in state.items():
        _fill(new, old[name])
    net.load_state_dict(state)
    return net


def _fill(new: torch.Tensor, kept: torch.Tensor) -> None:
    """Lay old weights into new ones; the old channels, and the letters, hear nothing of new ones."""
    if new.ndim > 1:
        new[: kept.shape[0], kept.shape[1] :] = 0
        new[: kept.shape[0], : kept.shape[1]] = kept
    elif new.ndim:
        new[: kept.shape[0]] = kept
    else:
        new.copy_(kept)


def main() -> None:
    """Read a network, widen it and write it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("channels", type=int, nargs="+")
    parser.add_argument("--type", action="store_true")
    args = parser.parse_args()
    grown = wider_reader if args.type else widened
    net = grown(torch.load(args.network), tuple(args.channels))
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
