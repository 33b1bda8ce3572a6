"""How long the capture pane takes from a key to a frame, and how much a frame sends.

    python benchmarks/pane.py [--image PHOTOGRAPH] [--cells 100x50] [--keys 40]

Keys go through Textual's own event loop into a headless app of its own size; a frame counts when
its bytes for the terminal are ready. The baseline, in the same run and in turn with the pane, is
a bare Textual app whose one Static is repainted whole at every key. The ratio is of processor
time, because the milliseconds depend on the machine and on what else it does. Without `--image`
a 12-megapixel photograph is drawn.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

PATIENCE = 1.0
PAUSE = 0.05
KEYS = ("plus", "right", "down", "plus", "left", "plus", "up", "minus", "right", "minus", "minus")


class Frame(NamedTuple):
    """When a frame was ready, by the clock and by the processor time used, and its bytes."""

    at: float
    cpu: float
    size: int


class Pressed(NamedTuple):
    """From a key to its frame: ms by the clock, ms of processor time, bytes of the frame."""

    took: float
    cpu: float
    size: int


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description="Key to frame and bytes of the capture pane.")
    parser.add_argument("--image", type=Path, help="a photograph; otherwise one is drawn")
    parser.add_argument("--cells", default="100x50", help="columns x rows of the picture")
    parser.add_argument("--keys", type=int, default=44, help="keys per renderer")
    asked = parser.parse_args()
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    columns, rows = (int(part) for part in asked.cells.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        image = asked.image or drawn(Path(folder) / "photograph.jpg")
        asyncio.run(measure(image, (columns, rows), asked.keys))


def drawn(path: Path, size: tuple[int, int] = (4000, 3000)) -> Path:
    """Draw a 12-megapixel page: paper with grain and shade, print, lines, a violet seal."""
    from PIL import Image, ImageDraw, ImageFilter

    grain = Image.effect_noise((size[0] // 4, size[1] // 4), 14).resize(size)
    shade = Image.linear_gradient("L").resize(size)
    paper = Image.merge("RGB", (grain, grain, shade)).point(lambda v: 130 + v // 3)
    pen = ImageDraw.Draw(paper)
    for row in range(60):
        for word in range(26):
            x, y = 180 + word * 140, 160 + row * 46
            pen.text((x, y), f"№ {row * 26 + word:04}", fill=(40, 36, 52), font_size=34)
    for ring in range(0, 60, 12):
        pen.ellipse(
            (2500 + ring, 1800 + ring, 3300 - ring, 2600 - ring), outline=(92, 60, 168), width=5
        )
    paper.filter(ImageFilter.GaussianBlur(1.2)).save(path, quality=88)
    return path


def pane_app(image: Path, **options: Any) -> Any:
    """Return a headless app that shows the pane and binds keys to its commands."""
    from PIL import Image
    from textual.binding import Binding

    from docexam.domain.exhibit import Capture
    from docexam.tui.widgets.capture_pane import CapturePane

    moves = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}

    class PaneApp(_counted()):  # type: ignore[misc]  # the base is made at run time
        CSS = "CapturePane { border: round blue; }"
        BINDINGS = [  # noqa: RUF012  # as Textual documents it
            Binding("plus", "ask('zoom_in')"),
            Binding("minus", "ask('zoom_out')"),
            *(Binding(key, f"look({dx}, {dy})") for key, (dx, dy) in moves.items()),
        ]

        def compose(self) -> Any:
            yield CapturePane(**options)

        @property
        def pane(self) -> CapturePane:
            return self.query_one(CapturePane)

        def on_mount(self) -> None:
            with Image.open(image) as opened:
                size = opened.size
            sha = hashlib.sha256(image.read_bytes()).hexdigest()
            self.pane.show_capture(Capture(1, sha, "", *size, "JPEG"), image)
            self.pane.focus()

        def action_ask(self, what: str) -> None:
            getattr(self.pane, what)()

        def action_look(self, dx: float, dy: float) -> None:
            self.pane.pan(dx, dy)

        @property
        def ready(self) -> bool:
            return bool(self.pane.shown()) and not self.pane._pictures[0].draft

    return PaneApp()


def static_app(cells: tuple[int, int]) -> Any:
    """Return the baseline: one Static, repainted whole with other text at every key."""
    from textual.binding import Binding
    from textual.widgets import Static

    class StaticApp(_counted()):  # type: ignore[misc]  # the base is made at run time
        BINDINGS = [Binding(key, "repaint") for key in set(KEYS)]  # noqa: RUF012  # as Textual documents it
        count = 0
        ready = True

        def compose(self) -> Any:
            yield Static(id="text")

        def action_repaint(self) -> None:
            self.count += 1
            line = f"{self.count % 10}" * cells[0]
            self.query_one("#text", Static).update("\n".join([line] * cells[1]))

    return StaticApp()


def _counted() -> type[Any]:
    from textual.app import App

    class Counted(App[None]):
        """Makes each frame's bytes, as a terminal would be sent them, and notes when."""

        frames: list[Frame]

        def __init__(self) -> None:
            super().__init__()
            self.frames = []

        def _display(self, screen: Any, renderable: Any) -> None:
            if hasattr(renderable, "render_segments"):
                size = len(renderable.render_segments(self.console).encode())
                self.frames.append(Frame(time.perf_counter(), time.process_time(), size))

    return Counted


async def measure(image: Path, cells: tuple[int, int], keys: int) -> None:
    """Measure every way of drawing against the baseline and print a line for each."""
    size = (cells[0] + 2, cells[1] + 2)
    print(f"{image.name}, {cells[0]}x{cells[1]} cells; key to frame in ms, bytes a frame")
    print(f"{'':22}{'median':>8}{'p95':>8}{'CPU':>8}{'x Static':>10}{'median B':>10}{'most B':>9}")
    ways = [
        ("half cells", {}),
        ("quadrants", {"renderer": "quadrant"}),
        ("half cells, slow link", {"link": "slow"}),
        ("glyphs, NO_COLOR", {"no_color": True}),
    ]
    for name, options in ways:
        pane, static = pane_app(image, **options), static_app(cells)
        async with static.run_test(size=size), pane.run_test(size=size) as pilot:
            while not pane.ready:
                await pilot.pause(0.05)
            await pilot.pause(0.3)
            ours, floor = await in_turn(pane, static, keys)
            if name == "half cells":
                row("Static (baseline)", floor, floor)
            row(name, ours, floor)
            if name == "half cells":
                await extras(pane, pilot)


async def in_turn(pane: Any, static: Any, keys: int) -> tuple[list[Pressed], list[Pressed]]:
    """Press each key in both apps, in turn; the first ones only warm up."""
    ours, floor = [], []
    for number in range(keys):
        key = KEYS[number % len(KEYS)]
        ours.append(await pressed(pane, key))
        floor.append(await pressed(static, key))
    warm = len(KEYS) // 2
    return [p for p in ours[warm:] if p.size], floor[warm:]


async def pressed(app: Any, key: str) -> Pressed:
    """Press one key and wait for its frame; a size of 0 says that there was none."""
    from textual.events import Key

    app.frames.clear()
    start, cpu = time.perf_counter(), time.process_time()
    app._driver.send_message(Key(key, None))
    while not app.frames and time.perf_counter() - start < PATIENCE:
        await asyncio.sleep(0.001)
    if not app.frames:
        return Pressed(0, 0, 0)
    await asyncio.sleep(PAUSE)
    frame = app.frames[0]
    return Pressed((frame.at - start) * 1000, (frame.cpu - cpu) * 1000, frame.size)


def row(name: str, keys: list[Pressed], floor: list[Pressed]) -> None:
    """Print one line of the table; the ratio is of processor time."""
    took = sorted(key.took for key in keys)
    cpu = statistics.median(key.cpu for key in keys)
    ratio = cpu / statistics.median(key.cpu for key in floor)
    sizes = [key.size for key in keys]
    print(
        f"{name:22}{statistics.median(took):8.1f}{took[int(len(took) * 0.95)]:8.1f}{cpu:8.1f}"
        f"{ratio:10.1f}{int(statistics.median(sizes)):>10}{max(sizes):>9}"
    )


async def extras(pane: Any, pilot: Any) -> None:
    """Print what repeated keys and the dragging of a corner send."""
    from textual.events import Key

    pane.pane.zoom_to(0.2)
    await pilot.pause(0.3)
    pane.frames.clear()
    for number in range(32):
        pane._driver.send_message(Key(("right", "down")[number % 2], None))
        await asyncio.sleep(0.005)
    await pilot.pause(0.5)
    total = sum(frame.size for frame in pane.frames)
    print(f"  32 keys, one each 5 ms: {len(pane.frames)} frames, {total} B in all")
    pane.pane.start_region()
    pane.pane.region_size(pane.pane.size.width * 0.6, pane.pane.size.height * 0.6)
    pane.pane.region_next_corner(3)
    await pilot.pause(0.3)
    moves = []
    for step in range(12):
        pane.frames.clear()
        pane.pane.region_move(-2, step % 3 - 1)
        await pilot.pause(0.08)
        moves.append(sum(frame.size for frame in pane.frames))
    print(f"  one move of a corner: median {int(statistics.median(moves))} B, most {max(moves)} B")


if __name__ == "__main__":
    main()
