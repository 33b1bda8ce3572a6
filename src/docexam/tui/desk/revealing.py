"""Reveals: what each one shows, what it costs, and why it may have to wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from docexam.domain.acts import REVEALS
from docexam.domain.examination import Examination
from docexam.domain.exhibit import CREDIBILITY, NOT_STATED, RELIABILITY
from docexam.domain.standing import Standing
from docexam.tui.desk.history import when
from docexam.tui.desk.outline import humanised
from docexam.tui.lines import BLANK, Line, Span, paragraph


class Kind(NamedTuple):
    """What one reveal is called, and what it shows."""

    title: str
    shows: str


KINDS: Mapping[str, Kind] = {
    "support": Kind(
        "Support",
        "Shows what the findings add up to for each explanation, what would change that, and "
        "where to look next.",
    ),
    "reference": Kind(
        "Reference specimens",
        "Shows the reference specimens of this casebook that match, beside the capture.",
    ),
    "claims": Kind(
        "Case claims and file names",
        "Shows where the exhibit is said to come from, and the names of its files.",
    ),
    "aids": Kind(
        "Aids before your answers (triage)",
        "From now on what programs propose is shown as soon as you come to an item, before you "
        "answer it. Without this each aid can be asked on an item too, once you have answered it. "
        "A proposal is never an answer.",
    ),
    "colleague": Kind(
        "A colleague's work",
        "Records that you saw, or were told of, another's work on this exhibit. The program "
        "itself shows it only once your own examination is closed.",
    ),
}
assert tuple(KINDS) == REVEALS

_TRIAGE_COST = (
    "It costs your first look: every answer given from here on counts as given with the aids open, "
    "the report says so of each, and support reads it so. It holds for the whole examination and "
    "stands in the top line. Where each capture must be defended, leave it closed."
)
_COST = (
    "This is an act of its own and stays in the journal: every change of an answer after it needs "
    "a reason and keeps the first answer, the report tells what was answered after it, and undo "
    "does not close it again."
)


def refused(state: Examination, standing: Standing, what: str, read_only: str = "") -> str:
    """Return why something cannot be revealed now; empty when it can, or when it is open."""
    if state.revealed(what):
        return ""
    if read_only:
        return read_only
    waiting = standing.critical_reachable()
    if what == "support" and waiting:
        named = ", ".join(humanised(item) for item in waiting[:3])
        more = f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        return (
            "Support stays closed until the critical items that can be reached are answered: "
            f"{named}{more}. A non-answer counts."
        )
    return ""


def reveal_lines(
    state: Examination, standing: Standing, what: str, width: int, read_only: str = ""
) -> list[Line]:
    """Return the words of the question whether something should be revealed."""
    lines = [*paragraph(KINDS[what].shows, width, "ask"), BLANK]
    why = refused(state, standing, what, read_only)
    if why:
        return lines + paragraph(why, width, "warn", first="! ", rest="  ")
    if what == "aids":
        lines += [*paragraph(_TRIAGE_COST, width), BLANK]
    lines += paragraph(_COST, width)
    opened = sum(s.visible and not s.answered for s in standing.items.values())
    if opened:
        items = "item is" if opened == 1 else "items are"
        text = f"{opened} {items} still open. What you answer first, you answer unswayed."
        lines += [BLANK, *paragraph(text, width, "warn")]
    return lines


def menu_rows(state: Examination, standing: Standing, width: int, read_only: str) -> list[Line]:
    """Return one line for each thing that can be revealed: open since when, or closed."""
    rows: list[Line] = []
    for n, (what, kind) in enumerate(KINDS.items(), 1):
        opened = next((r for r in state.reveals if r.what == what), None)
        why = refused(state, standing, what, read_only)
        told = f"open since {when(opened.at)[:16]}" if opened else "closed"
        sign = "●" if opened else "○"
        role = "dim" if why else ""
        rows.append(
            (
                Span(f" {n} ", "key"),
                Span(f"{sign} {kind.title:<28} ", role),
                Span(told + (", and cannot be opened now" if why else ""), "dim"),
            )
        )
    return rows


def claims_lines(state: Examination, width: int) -> list[Line]:
    """Return the claims that came with an exhibit, and its files' names; after their reveal."""
    given = state.provenance
    grades = (
        f"{given.reliability} {RELIABILITY.get(given.reliability, '')}".strip(),
        f"{given.credibility} {CREDIBILITY.get(given.credibility, '')}".strip(),
    )
    said = {
        "Source": given.source,
        "Address": given.url,
        "Obtained": given.obtained,
        "Collected by": given.collected_by,
        "Reliability of the source": grades[0],
        "Credibility of what it says": grades[1],
    }
    lines: list[Line] = [(Span("As it was stated", "head"),)]
    for name, text in said.items():
        lines += paragraph(text or NOT_STATED, width, "", first=f" {name}: ", rest="   ")
    lines += [BLANK, (Span("Files", "head"),)]
    for capture in state.captures:
        lines += paragraph(
            capture.name or "no name", width, "", first=f" {capture.n}  ", rest="    "
        )
    return lines
