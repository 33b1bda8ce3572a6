"""The order of dated entries: what contradicts, what cannot be told, ages on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docexam.aids.numbers.days import Day, age_on, read_day
from docexam.domain.dates import compare_dates

IN_ORDER, CONTRADICTS, OPEN = "in-order", "contradicts", "open"
_MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """Two fields, the first of which cannot be later; `why`, and how sure that is."""

    earlier: str
    later: str
    why: str
    status: str = "unverified"


# Field ids as in the shipped checklists. Only orders that hold by nature or by the sense of the
# entry; common knowledge of the field where nothing else is said.
RULES: tuple[Rule, ...] = (
    Rule("birth-date", "issue-date", "nobody has a document before birth", "verified"),
    Rule("birth-date", "call-up-date", "nobody is called up before birth", "verified"),
    Rule("birth-date", "service-start", "nobody serves before birth", "verified"),
    Rule("issue-date", "expiry-date", "a document does not expire before its issue", "verified"),
    Rule("call-up-date", "service-start", "the decision precedes the service"),
    Rule("service-start", "oath-date", "the oath is taken in service"),
    Rule("service-start", "first-weapon-date", "weapons are issued in service"),
    Rule("service-start", "personal-number-date", "the personal number is given in service"),
    Rule("issue-date", "registration-date", "registration is stamped into an issued passport"),
    Rule("first-category-date", "issue-date", "categories are held before the licence is issued"),
)
# Least age in full years on the day of an entry (common knowledge of the field).
LEAST_AGES: dict[str, tuple[int, str]] = {
    "call-up-date": (17, "boards decide on people of about 17 and older"),
    "service-start": (17, "service starts at about 18"),
    "first-category-date": (16, "no category is given before 16"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One pair of entries against a rule, or one entry against an age."""

    earlier: str
    later: str
    verdict: str
    says: str

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "earlier": self.earlier,
            "later": self.later,
            "verdict": self.verdict,
            "says": self.says,
        }


def order_of_fields(fields: Mapping[str, str], *, passport: bool = False) -> tuple[Order, ...]:
    """Return the rules that apply to the dated fields, each with its verdict.

    `passport` adds that an internal passport is issued at 14 or later (unverified).
    """
    days = {key: read_day(text) for key, text in list(fields.items())[:_MOST_ENTRIES] if text}
    found = [
        _pair(rule.earlier, rule.later, days, f"{rule.why} ({rule.status})")
        for rule in RULES
        if rule.earlier in days and rule.later in days
    ]
    ages = dict(LEAST_AGES)
    if passport:
        ages["issue-date"] = (14, "internal passports are issued from 14")
    found += [_age(key, least, why, days) for key, (least, why) in ages.items()]
    return tuple(order for order in found if order is not None)


def chronology(entries: Sequence[tuple[str, str]]) -> tuple[Order, ...]:
    """Compare entries (label, date) that should follow one another, each with all before it.

    Returns one `Order` for every entry after the first: with the latest of those it contradicts,
    else with its predecessor.
    """
    days = [(label, read_day(text)) for label, text in entries[:_MOST_ENTRIES]]
    found: list[Order] = []
    for index in range(1, len(days)):
        label, day = days[index]
        against = [
            order
            for before, earlier in days[:index]
            if (order := _pair(before, label, {before: earlier, label: day}, "the entries' order"))
        ]
        contradicting = [order for order in against if order.verdict == CONTRADICTS]
        found += contradicting[-1:] or against[-1:]
    return tuple(found)


def _pair(earlier: str, later: str, days: Mapping[str, Day], why: str) -> Order | None:
    one, two = days[earlier].span, days[later].span
    if one is None or two is None:
        return None
    follows = compare_dates(one, "<=", two)
    if follows is False:
        said = f"{later} ({two.last.isoformat()}) is before {earlier} ({one.first.isoformat()})"
        return Order(earlier, later, CONTRADICTS, f"{said}: {why}.")
    if follows is None:
        said = f"The readings leave open whether {later} is before {earlier}."
        return Order(earlier, later, OPEN, said)
    return Order(earlier, later, IN_ORDER, f"{later} is not before {earlier}.")


def _age(key: str, least: int, why: str, days: Mapping[str, Day]) -> Order | None:
    born = days["birth-date"].span if "birth-date" in days else None
    day = days[key].span if key in days else None
    if born is None or day is None:
        return None
    youngest, oldest = age_on(born, day)
    if oldest < least:
        says = f"At most {oldest} years old on {key}: {why} (unverified)."
        return Order("birth-date", key, CONTRADICTS, says)
    if youngest < least:
        return Order("birth-date", key, OPEN, f"Between {youngest} and {oldest} years on {key}.")
    return None
