"""The demonstration: shipped specimens in a casebook of their own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docexam.domain.exhibit import Provenance
from docexam.errors import MachineError
from docexam.workbench.bench import Workbench

DEMO_EXAMINER = "Demo Examiner"
DEMO_CASE = "SPECIMEN"
DEMO_HANDLE = "SPECIMEN/no-seals"


@dataclass(frozen=True, slots=True)
class Sample:
    """A shipped specimen: its id, checklist and images."""

    id: str
    title: str
    checklist: str
    images: tuple[Path, ...]


def samples_folder() -> Path:
    """Return the folder of the shipped samples, in a wheel or a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_shipped" / "samples"
    return shipped if shipped.is_dir() else package.parents[1] / "samples"


def samples() -> list[Sample]:
    """Return the shipped samples, in the order of their ids."""
    import tomli

    found = []
    for truth in sorted(samples_folder().glob("*/truth.toml")):
        data: dict[str, Any] = tomli.loads(truth.read_text("utf-8"))
        images = tuple(truth.parent / c["file"] for c in data["capture"])
        found.append(Sample(truth.parent.name, data["title"], data["checklist"], images))
    return found


def prepare_demo(bench: Workbench, *, fresh: bool) -> Workbench:
    """Make the demonstration's casebook where it is missing, and return a workbench on it."""
    if fresh and bench.exists:
        shutil.rmtree(bench.root)
    for sample in samples():
        handle = f"{DEMO_CASE}/{sample.id}"
        if bench.exists and bench.store.find_exhibit(DEMO_CASE, sample.id):
            continue
        source = Provenance(source=f"Drawn for docexam: {sample.title}", reliability="A")
        bench.new(handle, sample.checklist, [str(p) for p in sample.images], source)
    if not bench.exists:
        raise MachineError(
            "DX-SAMPLES", "The shipped specimens are missing.", todo="Install docexam anew."
        )
    return bench
