"""What a key costs in the checklist editor, and how soon after the last one its faults are shown.

    python benchmarks/editor.py [--lines 2600] [--keys 60]

Keys go through Textual's own event loop into headless apps of 120×40 cells; a frame counts when
its bytes for the terminal are ready. The baseline, in the same run and in turn with the editor,
is a bare app with Textual's TextArea and line numbers, without highlighting; Textual's own
highlighting is measured beside it. Ratios are of the medians. Checks run in between, as they do
for somebody who types; their own time is told apart, from the last key to the faults on screen.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

SIZE = (120, 40)
PATIENCE = 2.0
PAUSE = 0.12
TYPED = "the seal is round "


class Pressed(NamedTuple):
    """From a key to its frame: ms by the clock, ms of processor time."""

    took: float
    cpu: float


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description="Typing and checking in the checklist editor.")
    parser.add_argument("--lines", type=int, default=2600, help="lines of the checklist")
    parser.add_argument("--keys", type=int, default=60, help="keys pressed in each app")
    asked = parser.parse_args()
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    text = checklist(asked.lines)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(text, Path(folder), asked.keys))


def checklist(lines: int) -> str:
    """Return a sound checklist of about as many lines, of items such as the shipped ones have."""
    head = (
        'schema = 1\n\n[checklist]\nid = "long"\nversion = "1.0.0"\ntitle = "Long"\n\n'
        '[[proposition]]\nid = "regular"\nabout = "contents"\ntitle = "Regular"\n\n'
        '[[proposition]]\nid = "altered"\nabout = "contents"\ntitle = "Altered"\n\n'
        '[[section]]\nid = "seals"\ntitle = "Seals and stamps"\n'
    )
    items = []
    while head.count("\n") + sum(i.count("\n") for i in items) < lines:
        number = len(items)
        when = f'when     = "item-{number - 1} is present"\n' if number % 3 == 1 else ""
        items.append(
            f'\n[[indicator]]                          # number {number}\n'
            f'id       = "item-{number}"\nsection  = "seals"\n'
            f'ask      = "How much of mark {number} is there, beside the printed frame?"\n{when}'
            'critical = true\nlook     = ["Fit the page", "Zoom to the lower corner"]\n'
            'shows    = "Whether the page was stamped after it was filled in."\n'
            'does_not_show = "Who stamped it."\nstatus   = "unverified"\n'
            'source   = "Field practice; compare with a reference specimen"\n\n'
            '  [[indicator.choice]]\n  id    = "present"\n  label = "All of it"\n'
            '  bears = { regular = 0.1, altered = 0.0 }\n\n'
            '  [[indicator.choice]]\n  id       = "absent"\n  label    = "Nothing"\n'
            '  evidence = "region"\n  bears    = { regular = -0.2, altered = 0.1 }\n'
            '  innocent = ["an early form", "worn off"]\n'
        )  # fmt: skip
    return head + "".join(items)


def plain_app(text: str, language: str | None) -> Any:
    """Return a bare app with a TextArea."""
    from textual.widgets import TextArea

    class PlainApp(_counted()):  # type: ignore[misc]  # the base is made at run time
        def compose(self) -> Any:
            yield TextArea(text, language=language, show_line_numbers=True)

        @property
        def area(self) -> TextArea:
            return self.query_one(TextArea)

        def on_mount(self) -> None:
            self.area.focus()

    return PlainApp()


def editor_app(text: str, folder: Path) -> Any:
    """Return the editor on a file of that text."""
    from docexam.checklists.library import Library
    from docexam.tui.keyboard import Keyboard
    from docexam.tui.options import Options
    from docexam.tui.screens.editor import EditorApp
    from docexam.workbench.checklist_files import open_checklist

    (folder / "long.toml").write_text(text, "utf-8")
    library = Library(folder)

    class CountedEditor(_counting(EditorApp)):  # type: ignore[misc]  # made at run time
        @property
        def area(self) -> Any:
            return self.screen.area

    return CountedEditor(open_checklist("long", library), library, Options(), Keyboard())


def _counted() -> type[Any]:
    from textual.app import App

    return _counting(App)


def _counting(base: type[Any]) -> type[Any]:
    class Counting(base):  # type: ignore[misc]  # the base is made at run time
        """Makes each frame's bytes, as a terminal would be sent them, and notes when."""

        frames: list[tuple[float, float]]

        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self.frames = []

        def _display(self, screen: Any, renderable: Any) -> None:
            if hasattr(renderable, "render_segments"):
                renderable.render_segments(self.console).encode()
                self.frames.append((time.perf_counter(), time.process_time()))

    return Counting


async def measure(text: str, folder: Path, keys: int) -> None:
    """Measure typing in the three apps in turn, then the way from a key to the faults."""
    lines = text.count("\n")
    print(f"{lines} lines, {SIZE[0]}x{SIZE[1]} cells; from a key to its frame")
    print(f"{'':34}{'median ms':>10}{'p95':>8}{'CPU ms':>8}{'ratio':>8}")
    plain, stock = plain_app(text, None), plain_app(text, "toml")
    editor = editor_app(text, folder)
    async with (
        plain.run_test(size=SIZE),
        stock.run_test(size=SIZE),
        editor.run_test(size=SIZE) as pilot,
    ):
        await pilot.pause(1.0)
        apps = (plain, stock, editor)
        for app in apps:
            at = lines // 2 - (lines // 2) % 25
            row = next(n for n in range(at, lines) if app.area.document[n].startswith("shows"))
            app.area.move_cursor((row, len(app.area.document[row]) - 1), center=True)
        await pilot.pause(0.5)
        found: list[list[Pressed]] = [[], [], []]
        for number in range(keys):
            for app, held in zip(apps, found, strict=True):
                held.append(await pressed(app, TYPED[number % len(TYPED)]))
        names = ("TextArea (baseline)", "TextArea, its own highlighting", "docexam's editor")
        for name, held in zip(names, found, strict=True):
            show(name, held[5:], found[0][5:])
        await faults(editor, pilot)


async def pressed(app: Any, char: str) -> Pressed:
    """Press one key and wait for its frame; then for what goes on in the background."""
    from textual.events import Key

    app.frames.clear()
    start, cpu = time.perf_counter(), time.process_time()
    app._driver.send_message(Key("space" if char == " " else char, char))
    while not app.frames and time.perf_counter() - start < PATIENCE:
        await asyncio.sleep(0.0005)
    await asyncio.sleep(PAUSE)
    at, used = app.frames[0]
    return Pressed((at - start) * 1000, (used - cpu) * 1000)


def show(name: str, keys: list[Pressed], floor: list[Pressed]) -> None:
    """Print one line of the table."""
    took = sorted(key.took for key in keys)
    median = statistics.median(took)
    ratio = median / statistics.median(key.took for key in floor)
    cpu = statistics.median(key.cpu for key in keys)
    p95 = took[int(len(took) * 0.95)]
    print(f"{name:34}{median:10.1f}{p95:8.1f}{cpu:8.1f}{ratio:8.2f}")


async def faults(editor: Any, pilot: Any) -> None:
    """Print how long it takes from the last of some keys until its fault is shown."""
    from textual.events import Key

    took = []
    for number in range(12):
        editor.area.move_cursor((editor.area.cursor_location[0], 0))
        await pilot.pause(0.3)
        wrong = number % 2 == 0
        if wrong:
            for char in "x y":
                editor._driver.send_message(Key("space" if char == " " else char, char))
                await asyncio.sleep(0.03)
        else:
            for _ in range(3):
                editor._driver.send_message(Key("delete", None))
                await asyncio.sleep(0.03)
        start = time.perf_counter()
        while bool(editor.screen.area.marks) != wrong:
            if time.perf_counter() - start > PATIENCE:
                break
            await asyncio.sleep(0.001)
        took.append((time.perf_counter() - start + 0.03) * 1000)
    took.sort()
    print(f"from the last key to its faults: median {statistics.median(took):.0f} ms, most "
          f"{took[-1]:.0f} ms; reading the text alone: {alone(editor):.0f} ms")  # fmt: skip


def alone(editor: Any) -> float:
    """Return the median ms of the checklist's reader on the same text, in the same run."""
    from docexam.checklists.read import load_text

    desk = editor.screen.desk
    took = []
    for _ in range(5):
        start = time.perf_counter()
        load_text(desk.stage.text(), desk.file.target, desk.library)
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


if __name__ == "__main__":
    main()
