"""Time and memory of aids on one picture, each set in a process of its own.

`python -m benchmarks.aids.cost FILE ID…` runs the aids in turn on one capture and prints JSON:
the least CPU seconds of the rounds for each and for all, and the peak memory of the process.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PIL import Image

PAGE_AIDS = ("page", "seals", "photo", "ink")
READING_AIDS = ("face", "mrz", "typed")
LARGE = {"12 MP": (4000, 3000), "60 MP": (8944, 6708)}
_ROOT = Path(__file__).resolve().parents[2]
_LIMIT = 300


def measure(path: Path, ids: list[str], rounds: int) -> dict[str, Any]:
    """Run the aids on the picture in this process, decoding included."""
    from docexam.aids.remembering import forget
    from docexam.aids.running import run_aid

    from .material import Picture, on_capture
    from .running import loaded

    aids = {name: aid for name in ids if (aid := loaded(name)[0])}
    content = path.read_bytes()
    least: dict[str, float] = {}
    whole: list[float] = []
    said = {}
    for _ in range(rounds):
        # Nothing is left of the round before; within a round aids share what they work out.
        forget()
        picture = Picture(content)
        begin = time.process_time()
        for name, aid in aids.items():
            start = time.process_time()
            outcome = run_aid(aid, on_capture(picture))
            spent = time.process_time() - start
            least[name] = min(spent, least.get(name, spent))
            said[name] = "broke" if outcome.broken else outcome.reason
        whole.append(time.process_time() - begin)
    return {"seconds": least, "all": min(whole), "peak_mb": peak_mb(), "said": said}


def peak_mb() -> float:
    """Return the largest memory this process has held, in MB."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except (OSError, StopIteration):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(content: bytes, ids: tuple[str, ...], rounds: int = 3) -> dict[str, Any]:
    """Run `measure` in a process of its own on one thread; an `error` where it did not end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.jpg"
        path.write_bytes(content)
        command = [sys.executable, "-m", "benchmarks.aids.cost", str(path), str(rounds), *ids]
        threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT")
        env = os.environ | dict.fromkeys(threads, "1")
        try:
            done = subprocess.run(
                command, cwd=_ROOT, env=env, capture_output=True, timeout=_LIMIT, check=False
            )
        except subprocess.TimeoutExpired:
            return {"error": f"not done after {_LIMIT} s"}
    if done.returncode:
        return {"error": done.stderr.decode("utf-8", "replace")[-300:] or f"exit {done.returncode}"}
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def enlarged(image: Image.Image, size: tuple[int, int]) -> bytes:
    """Return a picture as JPEG at a larger size, as a better camera would give."""
    size = size if image.width >= image.height else (size[1], size[0])
    out = io.BytesIO()
    image.resize(size, Image.Resampling.BILINEAR).save(out, "JPEG", quality=88)
    return out.getvalue()


def costs(ids: list[str], image: Image.Image, content: bytes) -> dict[str, Any]:
    """Return the cost of each aid, of all page aids in one run, and on large pictures."""
    told: dict[str, Any] = {name: apart(content, (name,)) for name in ids}
    plain = tuple(name for name in PAGE_AIDS if name in ids)
    every = plain + tuple(name for name in READING_AIDS if name in ids)
    if len(plain) > 1:
        told["plain page aids in one run"] = apart(content, plain)
    if len(every) > len(plain):
        told["all page aids in one run"] = apart(content, every)
    for name, size in LARGE.items():
        if plain:
            told[f"plain page aids, {name}"] = apart(enlarged(image, size), plain, 1)
    return told


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), sys.argv[3:], int(sys.argv[2]))))
