"""`python -m benchmarks.aids [ID …]`: measure the image aids on drawn material.

Run from the root of the repository. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# One thread: times are those of one core, whatever the machine has.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_THREAD_LIMIT"):
    os.environ.setdefault(_name, "1")

from docexam.aids.typed import tessdata  # noqa: E402

from . import cost as costing  # noqa: E402 - the threads are counted when numpy is imported
from . import fonts, report  # noqa: E402
from .material import Picture  # noqa: E402
from .measure_files import files, same  # noqa: E402
from .measure_page import face, ink, outline, photo  # noqa: E402
from .measure_reading import fields, zone  # noqa: E402
from .measure_script import on_pages, script  # noqa: E402
from .measure_seals import seals  # noqa: E402
from .pairs import pairs  # noqa: E402
from .running import Runner, loaded  # noqa: E402
from .scenes import Scene, scene  # noqa: E402
from .signatures import signatures  # noqa: E402

ON_PAGES: dict[str, Callable[[Runner, Scene, Picture], None]] = {
    "page": outline,
    "seals": seals,
    "photo": photo,
    "face": face,
    "ink": ink,
    "typed": fields,
    "mrz": zone,
    "script": on_pages,
}
# A scene of each split that has a zone, for the cost.
_TYPICAL = {"dev": 2, "test": 0}
AIDS = (*ON_PAGES, "same", "file")


def main(words: list[str] | None = None) -> int:
    """Measure, print, and write what was asked for."""
    asked = _asked(words)
    if asked.fonts:
        lacking = fonts.fetch()
        print("\n".join(lacking) or "Every font is there.")
        return 1 if lacking else 0
    if asked.hollow:
        fonts.TEST["zone"] = fonts.HOLLOW
    if asked.without_tesseract:
        tessdata.has_engine = lambda: False
        asked.no_cost = True  # a process of its own would find it
    if lacking := fonts.missing(asked.split):
        print("\n".join(lacking), file=sys.stderr)
        return 1
    start = time.perf_counter()
    runners = _runners(asked)
    _measure(asked, runners)
    cost: dict[str, Any] = {}
    if not asked.no_cost and runners:
        shown = scene(asked.split, _TYPICAL[asked.split])
        cost = costing.costs(list(runners), shown.image, shown.jpeg())
    forms = {name: report.told(runner, cost) for name, runner in runners.items()}
    for form in forms.values():
        print(report.printed(form))
    print(report.printed_costs(cost, list(runners)))
    print(f"done in {time.perf_counter() - start:.0f} s")
    _written(asked, runners, forms, cost)
    return 0


def _asked(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.aids", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help=f"aids: {', '.join(AIDS)}; all")
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("-n", type=int, default=72, help="pages (72)")
    parser.add_argument("--signatures", type=int, default=0, help="crops (ten for a page)")
    parser.add_argument("--pairs", type=int, default=0, help="pairs (two for three pages)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write everything as JSON to this file")
    parser.add_argument("--write", action="store_true", help="write the figures of the cards")
    parser.add_argument("--failures", type=Path, help="save typical failures as pictures there")
    parser.add_argument(
        "--no-cost", action="store_true", help="leave out memory and large pictures"
    )
    parser.add_argument(
        "--hollow", action="store_true", help="test zones in hollow letters too; never written"
    )
    parser.add_argument(
        "--without-tesseract", action="store_true", help="measure `typed` as where it is missing"
    )
    parser.add_argument("--fonts", action="store_true", help="fetch the fonts of npm, and stop")
    asked = parser.parse_args(words)
    for name in asked.ids:
        if name not in AIDS:
            parser.error(f"there is nothing to measure for “{name}”: {', '.join(AIDS)}")
    if asked.hollow and asked.write:
        parser.error("the cards' figures are those without --hollow")
    asked.ids = asked.ids or list(AIDS)
    asked.signatures = asked.signatures or 10 * asked.n
    asked.pairs = asked.pairs or 2 * asked.n // 3
    return asked


def _runners(asked: argparse.Namespace) -> dict[str, Runner]:
    runners = {}
    for name in asked.ids:
        aid, why = loaded(name)
        if aid is None:
            print(f"{name}: not measured: {why}")
        else:
            runners[name] = Runner(aid, asked.failures)
    return runners


def _measure(asked: argparse.Namespace, runners: dict[str, Runner]) -> None:
    if any(name in runners for name in (*ON_PAGES, "file")):
        _measure_pages(asked, runners)
    if "script" in runners:
        script(runners["script"], signatures(asked.split, asked.signatures, asked.seed))
    if "same" in runners:
        same(runners["same"], pairs(asked.split, asked.pairs, asked.seed))


def _measure_pages(asked: argparse.Namespace, runners: dict[str, Runner]) -> None:
    for number in range(asked.n):
        shown = scene(asked.split, number, asked.seed)
        picture = Picture(shown.jpeg())
        for name, measure in ON_PAGES.items():
            if name in runners:
                measure(runners[name], shown, picture)
        if "file" in runners and number % 4 == 0:
            files(runners["file"], [shown])
        if sys.stderr.isatty():
            print(f"\r{number + 1} of {asked.n} pages", end="", file=sys.stderr)


def _written(
    asked: argparse.Namespace,
    runners: dict[str, Runner],
    forms: dict[str, Any],
    cost: dict[str, Any],
) -> None:
    if asked.json:
        whole = {
            "split": asked.split,
            "n": asked.n,
            "seed": asked.seed,
            "aids": forms,
            "cost": cost,
        }
        asked.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if not asked.write:
        return
    for name, runner in runners.items():
        command = _command(asked, name)
        material = {
            "script": f"{asked.signatures} drawn crops of handwriting and {asked.n} drawn pages",
            "same": f"{asked.pairs} drawn pairs",
        }.get(name, f"{asked.n} drawn pages of {_layouts(asked.split)} layouts")
        how = (
            f"Measured by {command} on {material}, with layouts, fonts, stamps, papers and light "
            "that nothing was trained on. Drawn material is easier than real documents: take the "
            "figures for upper bounds."
            if asked.split == "test"
            else f"Measured by {command} on {material}, which the aid was tuned on."
        )
        print(report.write_card(runner, forms[name], how))


def _command(asked: argparse.Namespace, name: str) -> str:
    """Return the command that measures one aid on the same material again."""
    more = {"script": f" --signatures {asked.signatures}", "same": f" --pairs {asked.pairs}"}
    seed = f" --seed {asked.seed}" if asked.seed else ""
    seed += " --without-tesseract" if asked.without_tesseract else ""
    said = f"python -m benchmarks.aids {name} --split {asked.split} -n {asked.n}"
    return f"{said}{more.get(name, '')}{seed}"


def _layouts(split: str) -> int:
    from .scenes import LAYOUTS

    return len(LAYOUTS[split])


if __name__ == "__main__":
    sys.exit(main())
