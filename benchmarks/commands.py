"""Start of headless commands against bare Python, interleaved in one run.

Aim: `--version` at most 2.5 times `python -c pass`. Run: python benchmarks/commands.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docexam.workbench.bench import Workbench
from docexam.workbench.demo import DEMO_HANDLE, prepare_demo

ROUNDS = 11


def main() -> None:
    """Print the median of each command and its ratio to bare Python."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "casebook"
        prepare_demo(Workbench(root, "Demo Examiner"), fresh=False)
        base = [sys.executable, "-m", "docexam"]
        casebook = ["--casebook", str(root)]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "--version": [*base, "--version"],
            "list": [*base, *casebook, "list"],
            "show": [*base, *casebook, "show", DEMO_HANDLE],
            "checklist check": [*base, "checklist", "check"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, capture_output=True, check=True)
                times[name].append((time.perf_counter() - start) * 1000)
    bare = statistics.median(times["python -c pass"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:<16} {median:7.1f} ms  {median / bare:5.2f} ×")


if __name__ == "__main__":
    main()
