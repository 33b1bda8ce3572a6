"""The matrix of support: propositions as rows, findings as columns, one question at a time.

Each cell says how much a finding speaks for a proposition; a finding that is left out stands in
its place and is marked so. Nothing here knows of a screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docexam.domain.checklist import Checklist
from docexam.domain.examination import Examination
from docexam.domain.support import QuestionSupport, Vote
from docexam.domain.text import visible
from docexam.tui.desk.outline import answer_words, humanised
from docexam.tui.lines import Line, Span, cells, cut, paragraph

COLUMN = 10
_GAP = 1
_HEAD_LINES = 3
_LONGEST_LABEL = 26
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Column(NamedTuple):
    """One finding that speaks on the question. `left_out`: why it does not count; else empty.

    `letter` names the group where several findings of the question share it.
    """

    item: str
    choice: str
    bears: Mapping[str, int]
    letter: str
    group: str
    left_out: str
    calibrated: bool

    @property
    def marks(self) -> str:
        """The marks under the column's head: group letter, left out, calibrated."""
        words = (self.letter, "out" if self.left_out else "", "cal" if self.calibrated else "")
        return " ".join(w for w in words if w)


class Matrix(NamedTuple):
    """The matrix of one question. `rows`: propositions in checklist order."""

    question: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    assessed: frozenset[str]
    leader: str

    @property
    def height(self) -> int:
        """How many lines `matrix_lines` gives."""
        return _HEAD_LINES + 1 + len(self.rows)


class Place(NamedTuple):
    """Where the cursor stands, and the first column in sight."""

    row: int = 0
    column: int = 0
    first: int = 0


def matrix_of(state: Examination, weighed: QuestionSupport) -> Matrix:
    """Return the matrix of one question, findings in walking order."""
    votes = sorted((*weighed.counted, *weighed.left_out), key=lambda v: v.order)
    letters = _letters(votes)
    speaking = {v.group: v for v in weighed.counted}
    left_out = set(map(id, weighed.left_out))
    columns = tuple(
        Column(
            vote.item,
            vote.choice,
            vote.bears,
            letters.get(vote.group, ""),
            group_title(state.checklist, vote.group),
            _why(vote, speaking[vote.group]) if id(vote) in left_out else "",
            vote.calibrated,
        )
        for vote in votes
    )
    rows = weighed.propositions
    return Matrix(weighed.question, rows, columns, frozenset(weighed.assessed), weighed.leader)


def _letters(votes: Sequence[Vote]) -> dict[str, str]:
    shared = [g for g in dict.fromkeys(v.group for v in votes) if _shared(g, votes)]
    return {g: _LETTERS[n] if n < len(_LETTERS) else str(n + 1) for n, g in enumerate(shared)}


def _shared(group: str, votes: Sequence[Vote]) -> bool:
    return sum(v.group == group for v in votes) > 1


def _why(vote: Vote, counted: Vote) -> str:
    stronger = vote.spread(tuple(vote.bears)) < counted.spread(tuple(counted.bears))
    how = "speaks more strongly" if stronger else "speaks as strongly and comes first"
    return f"“{humanised(counted.item)}” of the same group {how}, so this one is left out (R4)"


def group_title(checklist: Checklist, group: str) -> str:
    """Return a group's title; empty for the group that an item is by itself."""
    found = next((g.title for g in checklist.groups if g.id == group), "")
    return visible(found or ("" if group.startswith("item:") else humanised(group)))


# -- lines ----------------------------------------------------------------------------------


def label_width(matrix: Matrix) -> int:
    """Return the width of the propositions' names at the left."""
    longest = max((cells(humanised(r)) for r in matrix.rows), default=0)
    return min(longest + 3, _LONGEST_LABEL)


def columns_in_sight(matrix: Matrix, width: int) -> int:
    """Return how many columns fit, one at least."""
    return max((width - label_width(matrix)) // (COLUMN + _GAP), 1)


def moved(matrix: Matrix, place: Place, width: int, across: int = 0, down: int = 0) -> Place:
    """Move the cursor and scroll as little as needed to keep it in sight."""
    row = max(0, min(len(matrix.rows) - 1, place.row + down))
    column = max(0, min(len(matrix.columns) - 1, place.column + across))
    fit = columns_in_sight(matrix, width)
    first = min(max(place.first, column - fit + 1), column)
    return Place(row, column, max(0, min(first, len(matrix.columns) - fit)))


def matrix_lines(matrix: Matrix, width: int, place: Place) -> list[Line]:
    """Return the matrix at `width` cells; only the columns in sight are worked out."""
    if not matrix.columns:
        return paragraph("No answer speaks on this question yet.", width, "dim")
    label = label_width(matrix)
    last = place.first + columns_in_sight(matrix, width)
    shown = list(enumerate(matrix.columns))[place.first : last]
    lines = _head(matrix, label, shown, place)
    for at, proposition in enumerate(matrix.rows):
        lines.append(_row(matrix, label, shown, place, at, proposition))
    return lines


def _head(
    matrix: Matrix, label: int, shown: Sequence[tuple[int, Column]], place: Place
) -> list[Line]:
    total = len(matrix.columns)
    count = f" {shown[0][0] + 1}–{shown[-1][0] + 1} of {total}" if len(shown) < total else ""
    corner = ["", "", count or " findings →"]
    heads = [_wrapped(humanised(column.item)) for _, column in shown]
    lines: list[Line] = []
    for n in range(_HEAD_LINES):
        spans = [Span(_padded(corner[n], label), "dim")]
        for (at, column), head in zip(shown, heads, strict=True):
            role = "chosen" if at == place.column else "dim" if column.left_out else "head"
            spans.append(Span(_padded(head[n], COLUMN + _GAP), role, f"cell:{place.row}:{at}"))
        lines.append(tuple(spans))
    marks = [Span(_padded(" group, out, cal", label), "dim")]
    marks += [
        Span(_padded(c.marks, COLUMN + _GAP), "dim", f"cell:{place.row}:{at}") for at, c in shown
    ]
    return [*lines, tuple(marks)]


def _wrapped(title: str) -> list[str]:
    """Break a title into the head's lines, words cut rather than broken, set at the bottom."""
    lines: list[str] = []
    for word in title.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= COLUMN:
            lines[-1] += f" {word}"
        else:
            lines.append(cut(word, COLUMN))
    if len(lines) > _HEAD_LINES:
        lines = [*lines[: _HEAD_LINES - 1], cut(f"{lines[_HEAD_LINES - 1]}…", COLUMN)]
    return [""] * (_HEAD_LINES - len(lines)) + lines


def _row(
    matrix: Matrix,
    label: int,
    shown: Sequence[tuple[int, Column]],
    place: Place,
    at: int,
    proposition: str,
) -> Line:
    sign = "»" if proposition == matrix.leader else " "
    known = proposition in matrix.assessed
    name = cut(f"{sign}{'' if known else '◌'}{humanised(proposition)}", label - 1)
    role = "chosen" if at == place.row else "" if known else "dim"
    spans = [Span(_padded(name, label), role)]
    for number, column in shown:
        here = at == place.row and number == place.column
        value = Span(
            value_words(column, proposition),
            "cursor" if here else "dim" if column.left_out else "",
            f"cell:{at}:{number}",
        )
        spans += [value, Span(" " * (COLUMN + _GAP - cells(value.text)))]
    return tuple(spans)


def value_words(column: Column, proposition: str) -> str:
    """Return a cell: `+0.30`, in brackets where it is left out, `·` where nothing was said."""
    value = column.bears.get(proposition)
    words = "·" if value is None else hundredths(value)
    return f"({words})" if column.left_out else words


def hundredths(value: int) -> str:
    """Return whole hundredths as people read them: `+0.30`, `-0.10`, `0.00`."""
    return f"{value / 100:+.2f}" if value else "0.00"


def _padded(text: str, width: int) -> str:
    kept = cut(text, width)
    return kept + " " * (width - cells(kept))


# -- the finding at the cursor --------------------------------------------------------------


def cell_lines(state: Examination, matrix: Matrix, place: Place, width: int) -> list[Line]:
    """Return what stands behind the cell at the cursor: question, answer, group, why left out."""
    if not matrix.columns:
        return []
    column = matrix.columns[place.column]
    item = state.checklist.item(column.item)
    if item is None:
        return []
    finding = state.finding(item.id)
    proposition = matrix.rows[place.row]
    value = value_words(column, proposition)
    said = "says nothing, so 0," if column.bears.get(proposition) is None else value
    chosen = answer_words(item, finding.answer)
    regions = f"  ⌖{len(finding.regions)}" if finding.regions else ""
    # A line each, in the names of the matrix's own heads and rows where whole titles are too long.
    asked = [visible(f"{name} — {chosen}{regions}") for name in (item.ask, humanised(item.id))]
    named = (title_of(state.checklist, proposition), humanised(proposition))
    lines: list[Line] = [(Span(_fitting(asked, width), "ask"),)]
    lines.append((Span(_fitting([f"{said} for “{name}”" for name in named], width)),))
    lines += _standing(column, width)
    if finding.note:
        lines.append((Span(_fitting([f"✎ {visible(finding.note)}"], width)),))
    return lines


def _fitting(texts: Sequence[str], width: int) -> str:
    """Return the first text that fits, else what fits of the last."""
    whole = (" ".join(text.split()) for text in texts)
    return next((text for text in whole if cells(text) <= width), cut(texts[-1], width))


def _standing(column: Column, width: int) -> list[Line]:
    words = [
        f"group “{column.group}”" if column.group else "",
        column.left_out,
        "calibrated" if column.calibrated else "",
    ]
    told = "; ".join(w for w in words if w)
    return paragraph(told, width, "warn" if column.left_out else "dim")[:2] if told else []


def title_of(checklist: Checklist, proposition: str) -> str:
    """Return a proposition's title, ready for the screen."""
    found = checklist.proposition(proposition)
    return visible(found.title if found else proposition)
