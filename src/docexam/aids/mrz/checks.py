"""Check digits of a zone, and the single misreadings that would put a failing one right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docexam.aids.mrz.alphabet import CHARACTERS, DIGITS, FILLER, LETTERS, check_digit, misread_for
from docexam.aids.mrz.formats import TD1, TD2, Check, Format, Part, text_of

_MOST_REPAIRS = 12


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: what it covers, the digit that stands there, the one that belongs there.

    `ok` is None where the check cannot be computed (a foreign character, a line too short or
    missing). `line` and `position` (from 1) say where the digit stands.
    """

    name: str
    line: int
    position: int
    covers: str
    found: str
    computed: str
    ok: bool | None

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "ok": self.ok,
            "digit": self.found,
            "computed": self.computed,
            "covers": self.covers,
            "line": self.line,
            "position": self.position,
        }


@dataclass(frozen=True, slots=True)
class Repair:
    """One character read otherwise: `found` at line and position may be `instead`.

    `repairs` are the failing checks that would pass then, `all_pass` whether every check would.
    """

    line: int
    position: int
    found: str
    instead: str
    repairs: tuple[str, ...]
    all_pass: bool

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "line": self.line,
            "position": self.position,
            "found": self.found,
            "instead": self.instead,
            "repairs": list(self.repairs),
            "all_pass": self.all_pass,
        }


def checks_of(format_: Format, lines: Sequence[str]) -> tuple[CheckResult, ...]:
    """Return every check of the layout on the lines."""
    return tuple(_result(lines, check) for check in _checks(format_, lines))


def _checks(format_: Format, lines: Sequence[str]) -> Iterator[Check]:
    for check in format_.checks:
        longer = _long_number(format_, lines) if check.name == "number" else None
        yield longer or check


def _long_number(format_: Format, lines: Sequence[str]) -> Check | None:
    """A number over nine characters: `<` for its digit, the rest and the digit in the optional."""
    if format_.id not in (TD1.id, TD2.id):
        return None
    number, optional = format_.fields["number"], format_.fields["optional"]
    line, start = optional[0], optional[1]
    rest = text_of(lines, optional).split(FILLER, 1)[0]
    if text_of(lines, (number[0], number[2] + 1, number[2] + 1)) != FILLER or len(rest) < 2:
        return None
    if text_of(lines, number).endswith(FILLER) or rest[-1] not in DIGITS:
        return None
    end = start + len(rest) - 1
    return Check("number", (line, end), (number, (line, start, end - 1)))


def _result(lines: Sequence[str], check: Check) -> CheckResult:
    line, position = check.at
    covered = "".join(text_of(lines, part) for part in check.covers)
    found = text_of(lines, (line, position, position))
    whole = sum(last - first + 1 for _, first, last in check.covers) == len(covered)
    known = whole and bool(found) and set(covered) <= CHARACTERS
    computed = str(check_digit(covered)) if known else ""
    ok: bool | None = None
    if known:
        empty = check.may_be_filler and found == FILLER and not covered.strip(FILLER)
        ok = empty or found == computed
    return CheckResult(check.name, line, position, covered, found, computed, ok)


def repairs_of(format_: Format, lines: Sequence[str]) -> tuple[Repair, ...]:
    """Return the single misreadings that put a failing check right without breaking another.

    Those after which every check passes come first, then by how likely the misreading is.
    """
    before = {result.name: result.ok for result in checks_of(format_, lines)}
    failing = {name for name, ok in before.items() if ok is False}
    if not failing:
        return ()
    found: list[tuple[tuple[bool, int, int, int], Repair]] = []
    for line, position, rank, instead in _misreadings(format_, lines, failing):
        repair = _tried(format_, lines, (line, position, instead), before)
        if repair:
            found.append(((not repair.all_pass, rank, line, position), repair))
    return tuple(repair for _, repair in sorted(found, key=lambda one: one[0])[:_MOST_REPAIRS])


def _misreadings(
    format_: Format, lines: Sequence[str], failing: Iterable[str]
) -> Iterator[tuple[int, int, int, str]]:
    places = {
        (line, position)
        for check in _checks(format_, lines)
        if check.name in failing
        for line, first, last in (*check.covers, (*check.at, check.at[1]))
        for position in range(first, last + 1)
    }
    digits = {check.at for check in format_.checks}
    for line, position in sorted(places):
        found = text_of(lines, (line, position, position))
        allowed = DIGITS if (line, position) in digits else _allowed(format_, line, position)
        for rank, instead in enumerate(misread_for(found)):
            if instead in allowed:
                yield line, position, rank, instead


def _allowed(format_: Format, line: int, position: int) -> frozenset[str]:
    for name, part in format_.fields.items():
        if _within(part, line, position):
            if name in format_.numeric:
                return DIGITS | {FILLER}
            return LETTERS | {FILLER} if name in format_.alphabetic else CHARACTERS
    return CHARACTERS


def _within(part: Part, line: int, position: int) -> bool:
    return part[0] == line and part[1] <= position <= part[2]


def _tried(
    format_: Format,
    lines: Sequence[str],
    change: tuple[int, int, str],
    before: dict[str, bool | None],
) -> Repair | None:
    line, position, instead = change
    row = lines[line - 1]
    changed = list(lines)
    changed[line - 1] = row[: position - 1] + instead + row[position:]
    after = {result.name: result.ok for result in checks_of(format_, changed)}
    mended = tuple(name for name, ok in after.items() if ok and before.get(name) is False)
    broken = any(ok is False and before.get(name) for name, ok in after.items())
    if not mended or broken:
        return None
    all_pass = all(ok is not False for ok in after.values())
    return Repair(line, position, row[position - 1], instead, mended, all_pass)
