"""What stands beside the text: the item as the examiner will see it, and its weights as a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from docexam.checklists.edit_outline import Where
from docexam.domain.checklist import Checklist, Choice, Indicator, Section
from docexam.domain.condition import ConditionError, parse
from docexam.domain.condition_nodes import names
from docexam.domain.examination import Examination
from docexam.domain.standing import Standing, standing_of
from docexam.domain.text import visible
from docexam.tui.desk.desk import Desk
from docexam.tui.desk.question import question_lines
from docexam.tui.lines import BLANK, Line, Span, cells, cut, paragraph

if TYPE_CHECKING:
    from docexam.tui.desk.ports import Picture, Stage
    from docexam.workbench.review import Review

ITEMS = ("indicator", "fact", "field")


class _Unrecorded:
    """An examination of a draft, in memory: nothing can be answered and nothing is kept."""

    def __init__(self, checklist: Checklist) -> None:
        self.examiner = ""
        self.handle = ""
        self.read_only = "This is a preview."
        self.examination = Examination("", "", "", "", "", checklist, seen_before="")
        self.standing: Standing = standing_of(self.examination)

    def pattern_note(self, field_id: str, reading: str) -> str:
        """Note nothing: there are no readings."""
        return ""


class _NoPicture:
    """A capture pane without a capture."""

    drawing = False

    def shown_capture(self) -> None:
        """Show none."""
        return


def item_lines(checklist: Checklist, item_id: str, width: int) -> list[Line]:
    """Return the question pane as an examiner who has answered nothing sees it."""
    review = _Unrecorded(_only(checklist, item_id))
    desk = Desk(cast("Review", review), cast("Picture", _NoPicture()), cast("Stage", _NoPicture()))
    desk.walk.current = item_id
    try:
        return question_lines(desk, width, focused=False)
    except (LookupError, ValueError, TypeError, AttributeError):
        # A half-written item may be anything; the text must stay, whatever can be made of it.
        return paragraph("This item cannot be shown until its faults are mended.", width, "dim")


def _only(checklist: Checklist, item_id: str) -> Checklist:
    """Return a checklist of the one item and those its condition names, which ask nothing more."""
    item = checklist.item(item_id)
    wanted = _needs(checklist, item) if item else frozenset()
    others = [replace(i, when="") for i in _asked(checklist) if i.id in wanted and i.id != item_id]
    kept = others if item is None else [*others, item if wanted else replace(item, when="")]
    titles = {s.id: s.title for s in checklist.sections}
    used = dict.fromkeys(i.section for i in kept)
    return replace(
        checklist,
        sections=tuple(Section(name, titles.get(name, name)) for name in used),
        facts=tuple(i for i in kept if i.fact),
        indicators=tuple(i for i in kept if not i.fact),
        fields=tuple(f for f in checklist.fields if f.id in wanted or f.id == item_id),
        checks=(),
    )


def _asked(checklist: Checklist) -> tuple[Indicator, ...]:
    return (*checklist.facts, *checklist.indicators)


def _needs(checklist: Checklist, item: Indicator) -> frozenset[str]:
    """Return what the condition names; nothing where it cannot be weighed yet."""
    if not item.when:
        return frozenset()
    try:
        named = names(parse(item.when))
    except ConditionError:
        return frozenset()
    known = {i.id for i in _asked(checklist)} | {f.id for f in checklist.fields}
    if named.scopes or item.id in named.items or not named.items <= known:
        return frozenset()
    return named.items


# Other blocks --------------------------------------------------------------------------------


def block_lines(checklist: Checklist | None, here: Where, width: int) -> list[Line]:
    """Return what a block comes to: an item as it is asked, or what else it is for."""
    if checklist is None:
        return paragraph("Nothing can be shown until the text can be read.", width, "dim")
    if here.kind in ITEMS and _is_item(checklist, here.id):
        return item_lines(checklist, here.id, width)
    return list(_described(checklist, here, width))


def _is_item(checklist: Checklist, name: str) -> bool:
    return bool(name) and bool(checklist.item(name) or checklist.field_of(name))


def _described(checklist: Checklist, here: Where, width: int) -> Iterator[Line]:
    if here.kind == "section":
        title = next((s.title for s in checklist.sections if s.id == here.id), here.id)
        yield from paragraph(title, width, "ask")
        items = [i for i in checklist.indicators if i.section == here.id]
        yield from _listed([i.ask for i in items], width)
    elif here.kind == "proposition":
        yield from _proposition(checklist, here.id, width)
    elif here.kind == "group":
        title = next((g.title for g in checklist.groups if g.id == here.id), here.id)
        yield from paragraph(title, width, "ask")
        yield from _listed(list(_in_group(checklist, here.id)), width)
    elif here.kind == "check":
        yield from _check(checklist, here.id, width)
    elif here.kind == "place":
        place = checklist.place_of(here.id)
        yield from paragraph(place.title if place else here.id, width, "ask")
        users = [i.ask for i in checklist.indicators if i.place == here.id]
        yield from _listed(users, width)
    elif here.kind == "answers":
        yield from paragraph(f"The shared answers “{here.id}”", width, "ask")
        words = f'An item takes them by answers = "{here.id}"; a choice of its own says more.'
        yield from paragraph(words, width, "dim")
    elif here.kind in ITEMS:
        yield from paragraph("This block has no id yet, or another has the same.", width, "dim")
    else:
        yield from _whole(checklist, width)


def _listed(texts: Sequence[str], width: int) -> Iterator[Line]:
    yield BLANK
    for text in texts:
        yield from paragraph(text, width, "", first="· ", rest="  ")
    if not texts:
        yield (Span("Nothing names it yet.", "dim"),)


def _proposition(checklist: Checklist, name: str, width: int) -> Iterator[Line]:
    held = checklist.proposition(name)
    yield from paragraph(held.title if held else name, width, "ask")
    yield (Span(f"about the {held.about}" if held else "", "dim"),)
    bearing = [i.ask for i in checklist.indicators if any(name in c.bears for c in i.choices)]
    yield from _listed(bearing, width)


def _in_group(checklist: Checklist, name: str) -> Iterator[str]:
    for item in checklist.indicators:
        for choice in item.choices:
            if name in (choice.group, item.group if not choice.group else ""):
                yield f"{item.ask} {choice.label}"


def _check(checklist: Checklist, name: str, width: int) -> Iterator[Line]:
    held = next((c for c in checklist.checks if c.id == name), None)
    if held:
        role = {"error": "error", "warn": "warn"}.get(held.level, "dim")
        yield from paragraph(held.say, width, role)
        yield BLANK
        yield from paragraph(f"said when: {held.condition}", width, "dim")


def _whole(checklist: Checklist, width: int) -> Iterator[Line]:
    yield from paragraph(checklist.title or "A checklist", width, "ask")
    yield from paragraph(checklist.summary, width)
    yield BLANK
    critical = sum(i.critical for i in checklist.indicators)
    screening = sum(i.level == "screen" for i in checklist.indicators)
    counts = (
        (len(checklist.indicators), "to be observed"),
        (critical, "of them critical"),
        (screening, "in the short pass"),
        (len(checklist.facts), "about the material, asked first"),
        (len(checklist.fields), "to be transcribed"),
        (len(checklist.propositions), "competing explanations"),
        (len(checklist.checks), "consistency rules"),
    )
    for count, words in counts:
        yield (Span(f"{count:>4} ", "head"), Span(words))


# The grid ------------------------------------------------------------------------------------

_LEAST, _MOST = 8, 12
MINUS = "−"


@dataclass(frozen=True, slots=True)
class Grid:
    """The weights of an item: answers down, propositions across."""

    item: str
    choices: tuple[Choice, ...]
    propositions: tuple[tuple[str, str], ...]

    def weight(self, row: int, column: int) -> int | None:
        """Return a weight in hundredths; None where none is given."""
        return self.choices[row].bears.get(self.propositions[column][0])

    def held(self, at: tuple[int, int]) -> tuple[int, int]:
        """Return a row and column that there are."""
        return min(at[0], len(self.choices) - 1), min(at[1], len(self.propositions) - 1)


def grid_of(checklist: Checklist | None, here: Where, own: Sequence[str] = ()) -> Grid | None:
    """Return the grid of the indicator at the cursor; None where there is nothing to weigh.

    `own`: the propositions of the file itself, which come before those it includes. The order
    never depends on the weights: a column must not move while it is being filled.
    """
    item = checklist.item(here.id) if checklist and here.kind == "indicator" else None
    if checklist is None or item is None or not item.choices or not checklist.propositions:
        return None
    ranked = sorted(checklist.propositions, key=lambda p: p.id not in own)
    titles = tuple((p.id, f"{p.about}: {p.title}") for p in ranked)
    return Grid(item.id, item.choices, titles)


def weight_words(weight: int | None) -> str:
    """Write a weight as the grid shows it."""
    if weight is None:
        return "·"
    if weight == 0:
        return "0"
    sign = "+" if weight > 0 else MINUS
    return f"{sign}{abs(weight) // 100}.{abs(weight) % 100:02}".rstrip("0").rstrip(".")


def grid_lines(grid: Grid, at: tuple[int, int], width: int, focused: bool) -> list[Line]:
    """Return the grid in `width` cells with the cursor at a row and column.

    Where not all columns fit, those round the cursor are shown.
    """
    longest = max((cells(visible(c.label)) for c in grid.choices), default=8)
    lead = min(longest, max(width // 4, 10)) + 1
    count = len(grid.propositions)
    column = max(_LEAST, min(_MOST, (width - lead) // max(count, 1)))
    fitting = max(1, (width - lead) // column)
    first = max(0, min(at[1] - fitting // 2, count - fitting))
    shown = range(first, min(first + fitting, count))
    lines = _heads(grid, at[1], shown, lead, column)
    for row, choice in enumerate(grid.choices):
        label = cut(visible(choice.label or choice.id), lead - 1)
        spans = [Span(label + " " * (lead - cells(label)), _here(focused and row == at[0]))]
        spans += [_cell(grid, row, n, column, focused and (row, n) == at) for n in shown]
        lines.append(tuple(spans))
    hidden = count - len(shown)
    if focused:
        proposition = grid.propositions[at[1]][1]
        words = f"{grid.choices[at[0]].label} · {proposition}"
        lines += [BLANK, *paragraph(words, width, "dim")]
    elif hidden:
        lines.append((Span(f"{hidden} more propositions", "dim"),))
    return lines


def _heads(grid: Grid, column: int, shown: Sequence[int], lead: int, width: int) -> list[Line]:
    """Return the ids of the propositions over their columns, on two lines."""
    rows: tuple[list[Span], list[Span]] = ([Span(" " * lead)], [Span(" " * lead)])
    for n in shown:
        for row, words in zip(rows, _halves(grid.propositions[n][0], width - 1), strict=True):
            row.append(Span(" " * (width - cells(words)) + words, _here(n == column)))
    return [tuple(row) for row in rows]


def _halves(name: str, width: int) -> tuple[str, str]:
    if cells(name) <= width:
        return "", name
    at = max(name.rfind("-", 0, width), name.rfind("_", 0, width)) + 1 or width
    return name[:at], cut(name[at:], width)


def _here(here: bool) -> str:
    return "head" if here else "dim"


def _cell(grid: Grid, row: int, column: int, width: int, here: bool) -> Span:
    words = weight_words(grid.weight(row, column))
    if here:
        words = f"›{words}"
    role = "cursor" if here else "dim" if words == "·" else ""
    return Span(" " * (width - cells(words)) + words, role, f"cell:{row}:{column}")
