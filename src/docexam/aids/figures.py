"""The measured figures of the image aids, as the benchmark wrote them.

`benchmarks/aids` measures an aid and writes `measured/ID.json` beside this module: the version
that was measured, on what, by which command, and the figures. A card shows them only for that
very version, so that figures can never outlive the code they were measured on. A form
that goes without an extra (version `1.9-shapes`) is measured apart, in `measured/ID-shapes.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docexam.aids.protocol import Card, Figure

FOLDER = Path(__file__).parent / "measured"
COMMAND = "python -m benchmarks.aids"
_STALE = "Not measured in this version."


@dataclass(frozen=True, slots=True)
class Purpose:
    """The part of a card that people write: what the aid is for and what it cannot do."""

    title: str
    purpose: str
    cannot: tuple[str, ...]
    extra: str = ""


def measured_card(aid_id: str, version: str, purpose: Purpose) -> Card:
    """Return the card of an aid with the figures that were measured for `version`."""
    kept = _kept(measured_in(aid_id, version))
    fits = kept.get("version") == version
    figures = tuple(
        Figure(str(f["name"]), float(f["value"]), int(f["n"]), str(f["material"]))
        for f in (kept.get("figures", ()) if fits else ())
    )
    return Card(
        title=purpose.title,
        version=version,
        purpose=purpose.purpose,
        cannot=purpose.cannot,
        measured=str(kept["measured"]) if fits else _STALE,
        synthetic=bool(kept.get("synthetic", True)),
        figures=figures,
        command=COMMAND if fits else "",
        extra=purpose.extra,
    )


def measured_in(aid_id: str, version: str) -> Path:
    """Return the file that holds what was measured of an aid, or of the form its version names."""
    _, dash, form = version.partition("-")
    return FOLDER / f"{aid_id}{dash}{form}.json"


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
