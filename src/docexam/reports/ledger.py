"""What a redaction takes out: the rules, what a person released, and the list of what went."""

from __future__ import annotations

from dataclasses import dataclass, field

from docexam.reports import model as m
from docexam.reports.pixels import NOT_LOCATED, SENSITIVE_FIELD

FREE_TEXT = "free-text"
TRANSCRIPTION = "transcription"
CHECK_VALUE = "check-value"
CONDITION = "condition"
FILE_NAME = "file-name"
ADDRESS = "address"
PERSON = "person"
ORIGINAL = "original"
METADATA = "metadata"
COORDINATES = "coordinates"

# What a partner copy holds back too; a public one holds back by every rule.
_PARTNER = frozenset({SENSITIVE_FIELD, PERSON, CHECK_VALUE, CONDITION, COORDINATES, NOT_LOCATED})


@dataclass(frozen=True, slots=True)
class Policy:
    """How much to hold back, for whom, what a person released, and which places to hide too.

    `release`: keys such as `note:photo`; `withhold`: ids of places.
    """

    level: str = m.PUBLIC
    for_whom: str = ""
    release: frozenset[str] = frozenset()
    withhold: frozenset[str] = frozenset()


@dataclass(slots=True)
class Ledger:
    """Takes things out and remembers what, how often and by which rule."""

    policy: Policy
    keys: set[str] = field(default_factory=set)
    taken: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def holds(self, rule: str, key: str) -> bool:
        """Whether the rule applies to what `key` names, and nobody released it."""
        self.keys.add(key)
        applies = self.policy.level == m.PUBLIC or rule in _PARTNER
        return applies and key not in self.policy.release

    def note(self, rule: str, what: str, key: str) -> m.Withheld:
        """Write down one thing taken out; returns what stands in its place."""
        self.taken.setdefault((rule, what), []).append(key)
        return m.Withheld(rule)

    def take(self, value: m.Said, rule: str, what: str, key: str) -> m.Said:
        """Return the value, or the mark of the rule that takes it out; nothing stays nothing."""
        if not value or isinstance(value, m.Withheld) or not self.holds(rule, key):
            return value
        return self.note(rule, what, key)

    def removed(self) -> tuple[m.RemovedEntry, ...]:
        """Return the list of what was redacted."""
        return tuple(
            m.RemovedEntry(rule, what, len(keys), tuple(dict.fromkeys(keys)))
            for (rule, what), keys in self.taken.items()
        )
