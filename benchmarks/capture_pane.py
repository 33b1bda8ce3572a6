"""The picture half of the capture pane: a 12-megapixel photograph in 100×50 cells.

Prints milliseconds and ratios against a bare decode of the same photograph in the same run, so
that figures from different machines can be compared. Run by hand:

    python benchmarks/capture_pane.py [IMAGE]
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

COLUMNS, ROWS = 100, 50
KEYS = 60


def drawn_photograph() -> bytes:
    """Draw a 12-megapixel page of print under uneven light, with grain, as JPEG bytes."""
    import numpy as np
    from PIL import Image, ImageFilter

    rng = np.random.default_rng(12)
    width, height = 4000, 3000
    page = np.full((height, width, 3), (226, 216, 196), dtype=np.float32)
    for top in range(200, height - 200, 90):
        at = 200
        while at < width - 300:
            wide = int(rng.integers(12, 60))
            page[top : top + 44, at : at + wide] = rng.integers(20, 110)
            at += wide + int(rng.integers(8, 40))
    page[1500:2100, 2400:3100] *= np.array([0.5, 0.42, 0.85], dtype=np.float32)
    page *= np.linspace(0.6, 1.05, width, dtype=np.float32)[None, :, None]
    page += rng.normal(0, 4, page.shape).astype(np.float32)
    image = Image.fromarray(page.clip(0, 255).astype(np.uint8))
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.0)).save(out, "JPEG", quality=90)
    return out.getvalue()


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """Run `work` some times; return how long each took, sorted."""
    took = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return sorted(took)


def line(name: str, took: list[float], base: float, note: str = "") -> None:
    """Print one row of the table."""
    median, slow = statistics.median(took), took[int(len(took) * 0.95) - 1]
    print(f"{name:<34}{median:9.1f}{slow:9.1f}{median / base:9.2f}  {note}")


def keys(frame: object, start: object) -> list[object]:
    """Return the views of zoom and pan keys pressed one after another."""
    from docexam.imaging import view as v

    views, view = [], start
    for press in range(KEYS):
        if press % 3 == 0:
            view = v.zoom_by(view, frame, 1.25)
        else:
            view = v.pan_fraction(view, frame, 0.1, 0.05 * (-1) ** press)
        view = v.fit(view, frame) if view.scale > 3 else view
        views.append(view)
    return views


def main() -> None:
    """Measure and print."""
    from PIL import Image

    from docexam.imaging import cells as c
    from docexam.imaging import view as v
    from docexam.imaging.intake import examine
    from docexam.imaging.pyramid import Pyramid

    content = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else drawn_photograph()
    decode = milliseconds(lambda: Image.open(io.BytesIO(content)).load(), 7)
    base = statistics.median(decode)
    pyramid = Pyramid.build(content)
    print(
        f"{pyramid.width} × {pyramid.height}, {len(content) / 1e6:.1f} MB, pyramid "
        f"{pyramid.memory_bytes / 1e6:.0f} MB, {COLUMNS} × {ROWS} cells, {KEYS} keys"
    )
    print(f"{'':<34}{'median':>9}{'p95':>9}{'× decode':>9}")
    line("decode alone (the baseline)", decode, base)
    line("intake: all guards and measures", milliseconds(lambda: examine(content), 5), base)
    line("first quick pyramid", milliseconds(lambda: Pyramid.quick(content), 7), base)
    line("whole pyramid", milliseconds(lambda: Pyramid.build(content), 5), base)
    frame = v.Frame(COLUMNS, ROWS, *pyramid.size)
    for mode in c.MODES:
        for name, cost in (("", c.BYTES_PER_CELL), (", slow link", c.FRUGAL_BYTES_PER_CELL)):
            took, sent, runs = [], 0, 0
            for view in keys(frame, v.fit(v.View(), frame)):
                started = time.perf_counter()
                cells = c.render(pyramid, view, COLUMNS, ROWS, mode, bytes_per_cell=cost)
                took.append((time.perf_counter() - started) * 1000)
                sent = max(sent, c.estimate_bytes(cells))
                runs = max(runs, sum(map(len, cells.lines)))
            line(f"{mode}{name}", sorted(took), base, f"at most {sent / 1000:.1f} KB, {runs} runs")


if __name__ == "__main__":
    main()
