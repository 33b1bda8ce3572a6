"""A fact about a file that is worth a sentence, with its innocent explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """One fact in a sentence.

    `what` is a stable word for programs. `innocent` says how the same fact comes about without
    anybody meaning harm; empty where the fact needs no explaining.
    """

    what: str
    says: str
    innocent: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        form = {"what": self.what, "says": self.says}
        return form | ({"innocent": self.innocent} if self.innocent else {})
