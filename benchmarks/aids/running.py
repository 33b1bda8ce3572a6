"""Running one aid under measurement: its outcomes, times and failures are kept."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

from docexam.aids.protocol import Aid, Material
from docexam.aids.registry import load_aid
from docexam.aids.remembering import forget
from docexam.aids.running import Outcome, run_aid
from docexam.errors import DocexamError

from .failures import Shape, save
from .material import Picture
from .tally import Tally

_MOST_FAILURES = 6


class Runner:
    """One aid with its tally; what it raises is counted, and never ends the benchmark."""

    def __init__(self, aid: Aid, failures: Path | None = None) -> None:
        self.aid = aid
        self.tally = Tally()
        self.seconds: list[float] = []
        self.outcomes: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        # Whether the last run broke: then finding nothing must not pass for being right.
        self.broke = False
        self._failures = failures
        self._saved: Counter[str] = Counter()

    def run(self, material: Material) -> Outcome:
        """Run the aid once and return what came of it; its time is of the aid alone."""
        forget()
        start = time.process_time()
        outcome = run_aid(self.aid, material)
        self.seconds.append(time.process_time() - start)
        self.broke = outcome.broken
        kind = "broke" if outcome.broken else "gave a reason" if outcome.reason else "ran"
        self.outcomes[kind] += 1
        if outcome.reason:
            self.reasons[outcome.reason[:160]] += 1
        return outcome

    def data(self, material: Material, key: str) -> list[dict[str, Any]]:
        """Run the aid, and return the data of its proposals of a key."""
        return [dict(p.data) for p in self.run(material).proposals if p.key == key and p.data]

    def fail(self, kind: str, picture: Picture, shapes: list[Shape], caption: str) -> None:
        """Keep the picture of a failure, some of each kind."""
        if self._failures is None or self._saved[kind] >= _MOST_FAILURES:
            return
        self._saved[kind] += 1
        name = f"{self.aid.id}-{kind}-{self._saved[kind]}.jpg".replace(" ", "-")
        save(self._failures / name, picture, shapes, caption)


def loaded(aid_id: str) -> tuple[Aid | None, str]:
    """Return an aid that can run here, or why it cannot be measured."""
    try:
        aid = load_aid(aid_id)
        lacking = aid.missing()
    except DocexamError as error:
        return None, str(error)
    except Exception as error:  # an aid in the making may fail in any way
        return None, f"{type(error).__name__}: {error}"
    return (None, lacking) if lacking else (aid, "")
