"""Originals, looked at before they are trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docexam.domain.examination import DISPOSED, Examination
from docexam.errors import DamagedError

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store


def verified_original(store: Store, sha256: str) -> Path:
    """Return the file of an original; DamagedError says why it can no longer be trusted."""
    state = store.originals.check(sha256)
    if not state.ok:
        raise DamagedError(
            "DX-ORIGINAL",
            f"The original is {state.state}: {state.reason}.",
            where=sha256,
            todo="Findings on it stay as recorded; bring the file back from a copy to go on.",
        )
    return store.originals.path(sha256)


def broken_originals(store: Store, state: Examination) -> dict[str, str]:
    """Return the damaged originals of an examination with the reason; none once disposed of."""
    if state.state == DISPOSED:
        return {}
    checked = [store.originals.check(c.sha256) for c in state.captures]
    return {c.sha256: f"{c.state}: {c.reason}" for c in checked if not c.ok}
