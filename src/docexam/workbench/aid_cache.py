"""Proposals kept beside the casebook, by content and version: best effort, no evidence.

A file lies in the examination's own cache folder, which a disposal removes; one that cannot be
read or is not what it should be is as good as none. What a person was shown stands in the
journal, never here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from docexam.domain.proposals import ShownProposal, proposals_from, proposals_to
from docexam.errors import DocexamError

if TYPE_CHECKING:
    from docexam.casebook.protocol import Store

_FOLDER = "proposals"
_MOST_BYTES = 8_000_000
_MOST_FILES = 500


class ProposalCache:
    """What the aids said of one examination's material."""

    def __init__(self, store: Store, examination_id: str) -> None:
        self._store = store
        self._id = examination_id

    @property
    def _folder(self) -> Path:
        return self._store.originals.cache_folder(self._id) / _FOLDER

    def get(self, key: str) -> tuple[ShownProposal, ...] | None:
        """Return what is kept under a key, or None."""
        try:
            path = self._folder / f"{key}.json"
            if path.stat().st_size > _MOST_BYTES:
                return None
            kept = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError, DocexamError):
            return None
        if not isinstance(kept, dict) or kept.get("key") != key:
            return None
        listed = kept.get("proposals")
        return proposals_from(json.dumps(listed)) if isinstance(listed, list) else None

    def put(self, key: str, proposals: Sequence[ShownProposal]) -> None:
        """Keep what an aid said, unless the examination is disposed of; never an error."""
        with suppress(OSError, ValueError, DocexamError):
            body = json.dumps({"key": key, "proposals": json.loads(proposals_to(proposals))})
            folder = self._folder
            if len(body) > _MOST_BYTES or self._gone():
                return
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sum(1 for _ in folder.iterdir()) >= _MOST_FILES:
                self.drop()
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(folder / f"{key}.json", body.encode("ascii"))
            if self._gone():
                # A disposal in between must not leave behind what came after it.
                self.drop()

    def drop(self) -> None:
        """Remove what is kept of this examination."""
        import shutil

        with suppress(OSError):
            shutil.rmtree(self._folder)

    def _gone(self) -> bool:
        return self._store.examination(self._id).state == "disposed"


def _write(path: Path, body: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.urandom(6).hex()}")
    try:
        with open(beside, "xb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
            file.write(body)
        os.replace(beside, path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
