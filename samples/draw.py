"""Draw the practice exhibits: ``python samples/draw.py [--out DIR] [--scale S] [ID...]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from drawing.booklet import Place, Spread  # noqa: E402 - found beside this file
from drawing.exhibits import Exhibit, all_exhibits  # noqa: E402 - found beside this file
from drawing.pages import DRAW  # noqa: E402 - found beside this file
from drawing.photograph import Shot, take  # noqa: E402 - found beside this file
from drawing.truth import truth  # noqa: E402 - found beside this file


def draw(exhibit: Exhibit, out: Path, scale: float) -> list[Path]:
    """Draw one exhibit into ``out/<id>``; return the files written."""
    folder = out / exhibit.id
    folder.mkdir(parents=True, exist_ok=True)
    spreads: dict[str, Spread] = {}
    drawn: list[tuple[Shot, list[Place], bytes]] = []
    for shot in exhibit.shots:
        if shot.page not in spreads:
            ppm = exhibit.ppm[shot.page] * scale
            spreads[shot.page] = DRAW[shot.page](exhibit.booklet, ppm)
        spread = spreads[shot.page]
        data = take(shot, spread.sheet, exhibit.booklet.seed, scale)
        (folder / shot.file).write_bytes(data)
        drawn.append((shot, spread.places, data))
    (folder / "truth.toml").write_text(truth(exhibit, drawn, scale), encoding="utf-8")
    return [folder / shot.file for shot, _, _ in drawn] + [folder / "truth.toml"]


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    known = [exhibit.id for exhibit in all_exhibits()]
    parser = argparse.ArgumentParser(description="Draw the practice exhibits.")
    parser.add_argument("--out", type=Path, default=HERE, help="where the folders go (samples/)")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size, 0.1 to 1")
    parser.add_argument("id", nargs="*", help="which exhibits: " + ", ".join(known))
    chosen = parser.parse_args(argv)
    if unknown := [name for name in chosen.id if name not in known]:
        parser.error(f"no exhibit is called {unknown[0]}; there are {', '.join(known)}")
    if not 0.1 <= chosen.scale <= 1:
        parser.error("--scale takes a number from 0.1 to 1")
    return chosen


def main(argv: list[str] | None = None) -> int:
    """Draw the exhibits asked for, all by default; return the exit status."""
    chosen = _arguments(argv)
    for exhibit in all_exhibits():
        if not chosen.id or exhibit.id in chosen.id:
            for path in draw(exhibit, chosen.out, chosen.scale):
                print(f"{path.stat().st_size:>9}  {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
