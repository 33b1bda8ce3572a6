"""Reference specimens of the casebook: the examiner's own, cited and never shipped."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from docexam.domain.specimen import Specimen, matching, specimen_from, years
from docexam.errors import InputError
from docexam.workbench.intake import read_images

if TYPE_CHECKING:
    from docexam.domain.checklist import Checklist
    from docexam.workbench.bench import Workbench


def add_specimens(bench: Workbench, paths: Sequence[str], terms: Specimen) -> list[Specimen]:
    """Take images in as reference specimens; `terms` says what they are and may be used for.

    Raises InputError for a file that is no usable image or terms that say too little; nothing is
    left behind then. A specimen that is there already keeps its first terms.
    """
    who = bench.must_know_who()
    _check(terms)
    images = read_images(paths)
    added = []
    for (intake, content), path in zip(images, paths, strict=True):
        stored = bench.store.originals.put(content, intake.sha256)
        specimen = specimen_from(
            intake.sha256,
            asdict(terms)
            | {
                "name": os.path.basename(path),
                "width": intake.width,
                "height": intake.height,
                "format": intake.format,
            },
        )
        try:
            bench.store.add_specimen(intake.sha256, asdict(specimen), examiner=who, at=bench.now())
        except BaseException:
            if not stored.known:
                bench.store.remove_unused(intake.sha256)
            raise
        added.append(specimen)
    return added


def _check(terms: Specimen) -> None:
    if not terms.issuer.strip() or not terms.kind.strip():
        raise InputError(
            "DX-SPECIMEN",
            "A specimen needs an issuer and a kind, or no checklist can find it.",
            todo="Give --issuer and --kind as a checklist's “applies” writes them.",
        )
    if terms.issued and years(terms.issued) is None:
        raise InputError(
            "DX-SPECIMEN",
            f"“{terms.issued[:40]}” is no year and no range of years.",
            todo="Write 2005, 1998..2010 or 1998.. .",
        )


def all_specimens(bench: Workbench) -> tuple[Specimen, ...]:
    """Return every specimen of the casebook, in the order they were added."""
    if not bench.exists:
        return ()
    return tuple(specimen_from(sha, data) for sha, data in bench.store.specimens())


def specimens_for(bench: Workbench, checklist: Checklist) -> tuple[Specimen, ...]:
    """Return the specimens that documents of a checklist may be compared with."""
    return matching(all_specimens(bench), checklist)
