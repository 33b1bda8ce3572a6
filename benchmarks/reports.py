"""A report of 40 indicators with 30 crops from 12-megapixel captures: time and memory.

Aims: PDF under 3 s, HTML under 1 s, memory under 400 MB. Ratios are against Markdown, which has
no pictures, in the same run. Run: python benchmarks/reports.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from docexam.domain.acts import Recording
from docexam.domain.exhibit import Provenance
from docexam.domain.finding import Region
from docexam.workbench.bench import Workbench
from docexam.workbench.demo import samples_folder

ITEMS, CROPS = 40, 30


def checklist() -> str:
    """A checklist of `ITEMS` indicators whose answers rest on regions."""
    head = 'schema = 1\n[checklist]\nid = "bench"\nversion = "1.0.0"\ntitle = "Bench"\n'
    head += '[[section]]\nid = "s"\ntitle = "Section"\n'
    item = '[[indicator]]\nid = "i{n}"\nsection = "s"\nask = "Is mark {n} seen?"\ntype = "yesno"\n'
    return head + "".join(item.format(n=n) for n in range(ITEMS))


def prepare(folder: Path) -> None:
    """Make an exhibit of two 12-megapixel captures with `CROPS` regions marked."""
    (folder / "bench.toml").write_text(checklist(), "utf-8")
    first = samples_folder() / "regular" / "identity.jpg"
    second = folder / "second.jpg"
    with Image.open(first) as picture:
        picture.transpose(Image.Transpose.ROTATE_180).save(second, quality=85)
    bench = Workbench(folder / "casebook", "Bench")
    made = bench.new("B/B", str(folder / "bench.toml"), [str(first), str(second)], Provenance())
    hashes = [c.sha256 for c in made.review.examination.captures]
    for n in range(ITEMS):
        box = (0.05 + 0.02 * (n % 20), 0.05 + 0.02 * (n // 2), 0.2, 0.2)
        regions = [Region(hashes[n * 2 // ITEMS], box=box)] if n < CROPS else []
        made.review.record(Recording(f"i{n}", "yes", note="seen", regions=regions))


WRITE = """
import resource, sys, time
from pathlib import Path
from docexam.reports.ledger import Policy
from docexam.workbench.bench import Workbench
from docexam.workbench.reporting import Wish, report_bytes
bench = Workbench(Path(sys.argv[1]), "Bench")
review = bench.review("B/B")
wish = Wish(sys.argv[2], Policy("partner", "bench"))
start = time.perf_counter()
size = len(report_bytes(bench, review, wish))
spent = time.perf_counter() - start
print(spent, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Write each format in a process of its own and print seconds, size, memory and ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        base = 0.0
        for form in ("markdown", "html", "pdf"):
            best = min(_once(folder / "casebook", form) for _ in range(3))
            base = base or best[0]
            print(
                f"{form:<9} {best[0]:6.2f} s  {best[1] / 1e6:6.2f} MB  "
                f"{best[2]:5.0f} MB memory  {best[0] / base:6.1f} × markdown"
            )


def _once(casebook: Path, form: str) -> tuple[float, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", WRITE, casebook, form], capture_output=True, check=True, text=True
    )
    spent, size, memory = map(float, done.stdout.split())
    return spent, size, memory


if __name__ == "__main__":
    main()
