"""How long a review takes to start, how fast a key shows, how much memory it holds.

All against a trivial Textual app in the same, interleaved run; read the ratios, not the
milliseconds: `python benchmarks/start.py [--rounds 9]`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from probe import Terminal

TRIVIAL = """
from textual.app import App
from textual.widgets import Static

class Trivial(App):
    BINDINGS = [("x", "count", "count")]
    count = 0
    def compose(self):
        yield Static("READY 0", id="text")
    def action_count(self):
        self.count += 1
        self.query_one("#text", Static).update(f"READY {self.count}")

Trivial().run()
"""
CHECKLIST = """
schema = 1
[checklist]
id = "bench"
version = "1.0.0"
title = "Benchmark"
language = "en"

[[section]]
id = "all"
title = "All of them"
"""
INDICATOR = """
[[indicator]]
id = "item-{n}"
section = "all"
ask = "Is number {n} as it should be?"
look = ["Look at it closely", "Look at it again"]
shows = "What can be seen of number {n}."

  [[indicator.choice]]
  id = "good"
  label = "As it should be"

  [[indicator.choice]]
  id = "odd"
  label = "Not as it should be"
"""
PYTHON = sys.executable
DOWN, UP = "\x1b[B", "\x1b[A"


def prepare(folder: Path, items: int) -> list[str]:
    """Make a casebook with one exhibit of a tiny picture; return the command that reviews it."""
    from PIL import Image

    from docexam.domain.exhibit import Provenance
    from docexam.workbench.bench import Workbench

    folder.mkdir()
    picture = folder / "picture.png"
    Image.new("RGB", (64, 48), (200, 190, 180)).save(picture)
    checklist = folder / "bench.toml"
    checklist.write_text(
        CHECKLIST + "".join(INDICATOR.format(n=n) for n in range(1, items + 1)), encoding="utf-8"
    )
    bench = Workbench(folder / "casebook", "Bench")
    bench.new("B/1", str(checklist), [str(picture)], Provenance()).review.say_seen_before("nothing")
    casebook = str(folder / "casebook")
    return [PYTHON, "-m", "docexam", "--casebook", casebook, "--examiner", "Bench", "review", "B/1"]


def measure(command: list[str], words: str, keys: list[str], cycles: int) -> dict[str, list[float]]:
    """Run a program once; return its start, its keys and its memory."""
    terminal = Terminal(command)
    try:
        start = terminal.seconds_to(words)
        terminal.until_quiet(0.5, 1.5)
        times = [terminal.key_seconds(key) for _ in range(cycles) for key in keys]
        return {"start": [start], "keys": times, "memory": [terminal.megabytes()]}
    finally:
        terminal.close()


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


def main() -> None:
    """Measure in rounds and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--cycles", type=int, default=6)
    parser.add_argument("--items", type=int, default=27)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trivial = folder / "trivial.py"
        trivial.write_text(TRIVIAL, encoding="utf-8")
        review = prepare(folder / "with", args.items)
        without_picture = prepare(folder / "without", args.items)
        for original in (folder / "without" / "casebook" / "originals").rglob("*"):
            if original.is_file():
                original.unlink()
        programs = {
            "trivial": ([PYTHON, str(trivial)], "READY 0", ["x"] * 4),
            "review": (review, "Is number", [DOWN, DOWN, UP, UP]),
            "no picture": (without_picture, "Is number", [DOWN, UP]),
        }
        found: dict[str, dict[str, list[float]]] = {n: {} for n in programs}
        for round_ in range(-1, args.rounds):
            for label, (command, words, keys) in programs.items():
                once = measure(command, words, keys, args.cycles)
                if round_ >= 0:  # the first round warms caches
                    for figure, values in once.items():
                        found[label].setdefault(figure, []).extend(values)
        report(found)


def report(found: dict[str, dict[str, list[float]]]) -> None:
    """Print the figures and their ratios."""
    rows = [
        ("start, median ms", "start", statistics.median, 1000, 2.0),
        ("start, least ms", "start", min, 1000, 2.0),
        ("key, median ms", "keys", statistics.median, 1000, 4.0),
        ("key, p95 ms", "keys", p95, 1000, 4.0),
        ("memory¹, MB", "memory", statistics.median, 1, 1.5),
    ]
    print(f"{'':<18}{'trivial':>10}{'review':>10}{'ratio':>8}   aim")
    for words, figure, take, unit, aim in rows:
        program = "no picture" if figure == "memory" else "review"
        base, ours = (take(found[n][figure]) * unit for n in ("trivial", program))
        print(f"{words:<18}{base:>10.1f}{ours:>10.1f}{ours / base:>8.2f}   {aim:.1f}")
    print("¹ of a review whose original is missing, so that no picture is decoded")


if __name__ == "__main__":
    main()
