"""Several examinations of one exhibit, item by item: both answers, overlap, figures, settlement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docexam.domain.checklist import NON_ANSWERS, Checklist, Indicator
from docexam.domain.finding import Region
from docexam.domain.text import visible
from docexam.tui.desk.outline import answer_words, humanised
from docexam.tui.desk.ports import Mark
from docexam.tui.lines import BLANK, Line, Span, cells, counted, cut, ends, paragraph

SIGNS = {True: "=", False: "≠", None: "·"}
_NAME = 26
_MOST_NAMED = 6
_LEAST_COLUMN = 12


@dataclass
class ComparisonView:
    """What the comparison screen shows. `data`: as `docexam compare --json` prints it."""

    checklist: Checklist
    data: Mapping[str, Any]
    only_differing: bool = False
    at: str = ""

    def __post_init__(self) -> None:
        """Begin at the first item that differs, else at the first."""
        first = next((i["item"] for i in self.data["items"] if i["same"] is False), "")
        self.at = self.at or first or next((i["item"] for i in self.data["items"]), "")

    @property
    def items(self) -> list[Mapping[str, Any]]:
        """The items that are shown now."""
        return [i for i in self.data["items"] if not self.only_differing or i["same"] is False]

    @property
    def examiners(self) -> tuple[str, ...]:
        """The examiners, in the order of their examinations."""
        return tuple(self.data["examiners"])

    @property
    def cursor(self) -> int:
        """The line of the item at the cursor; 0 where the filter hides it."""
        ids = [i["item"] for i in self.items]
        return ids.index(self.at) if self.at in ids else 0

    @property
    def current(self) -> Mapping[str, Any] | None:
        """The item at the cursor."""
        shown = self.items
        return shown[self.cursor] if shown else None

    def step(self, lines: int) -> None:
        """Move the cursor."""
        shown = self.items
        if shown:
            self.at = shown[max(0, min(len(shown) - 1, self.cursor + lines))]["item"]

    def filter(self) -> str:
        """Show only the items that differ, or all again; return what to tell."""
        self.only_differing = not self.only_differing
        count = len(self.items)
        if self.only_differing:
            total = counted(len(self.data["items"]), "item")
            return f"Only where the answers differ: {count} of {total}."
        return f"All {counted(count, 'item')}."

    def settled(self, item: str) -> Mapping[str, Any] | None:
        """Return what was adjudicated on an item."""
        return next((s for s in self.data["adjudicated"] if s["item"] == item), None)

    def marks(self, item: str) -> list[Mark]:
        """Return every examiner's regions of an item, labelled by who marked them."""
        entry = next((i for i in self.data["items"] if i["item"] == item), None)
        answers = entry["answers"] if entry else []
        return [
            Mark(Region.from_dict(region), visible(_initials(answer["examiner"])))
            for answer in answers
            for region in answer["regions"]
        ]


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split()[:3])


# -- figures --------------------------------------------------------------------------------


def figure_lines(view: ComparisonView, width: int) -> list[Line]:
    """Return who is compared and the figures of agreement: raw first, undefined ones with why."""
    figures = view.data["agreement"]
    who = ", ".join(view.examiners)
    n = figures["n"]
    who = who if len(view.examiners) <= _MOST_NAMED else f"{len(view.examiners)} examiners"
    by = "both" if len(view.examiners) == 2 else "at least two"
    told = f"{who}: {n} {'item' if n == 1 else 'items'} answered by {by}"
    lines = paragraph(told, width, "ask")
    lines += paragraph(f"raw agreement {_figure(figures, 'raw')}", width, "head", first=" ")
    lines += paragraph(f"Cohen's kappa {_figure(figures, 'kappa')}", width, first=" ")
    interval = figures["alpha_interval"]
    tail = f", 95 of 100 draws between {interval[0]:.2f} and {interval[1]:.2f}" if interval else ""
    alpha = f"Krippendorff's alpha, nominal {_figure(figures, 'alpha')}{tail}"
    return lines + paragraph(alpha, width, first=" ")


def _figure(figures: Mapping[str, Any], name: str) -> str:
    value = figures[name]
    return f"{value:.2f}" if value is not None else f"undefined: {figures['why'].get(name, '')}"


# -- the list -------------------------------------------------------------------------------


def item_lines(view: ComparisonView, width: int) -> list[Line]:
    """Return one line for each item: sign, name, every examiner's answer, overlap."""
    return [_item_line(view, entry, width) for entry in view.items] or [
        (Span("The answers do not differ anywhere.", "dim"),)
    ]


def head_line(view: ComparisonView, width: int) -> Line:
    """Return the head over the columns."""
    each = _each(view, width)
    names = [cut(visible(name), each - 1) for name in view.examiners]
    names = names if each >= _LEAST_COLUMN else ["answers, and how many gave them"]
    cols = "".join(name + " " * (each - cells(name)) for name in names)
    return ends([Span(" " * (_NAME + 3)), Span(cols, "head")], [Span("overlap ", "dim")], width)


def _each(view: ComparisonView, width: int) -> int:
    return _room(width) // max(len(view.examiners), 1)


def _room(width: int) -> int:
    return max(width - _NAME - 3 - 9, _LEAST_COLUMN)


def _item_line(view: ComparisonView, entry: Mapping[str, Any], width: int) -> Line:
    each = _each(view, width)
    given = {a["examiner"]: a for a in entry["answers"]}
    name = cut(humanised(entry["item"]), _NAME - 1)
    spans = [
        Span(f" {SIGNS[entry['same']]} ", "warn" if entry["same"] is False else "dim"),
        Span(name + " " * (_NAME - cells(name))),
    ]
    role = "" if entry["same"] is False else "dim"
    told = [answer_of(view.checklist, entry["item"], given.get(who)) for who in view.examiners]
    if each < _LEAST_COLUMN:
        told, each = [_counted(told)], _room(width)
    for words in (cut(one, each - 1) for one in told):
        spans.append(Span(words + " " * (each - cells(words)), role))
    settled = "✓ " if view.settled(entry["item"]) else ""
    share = f"{entry['overlap']:.2f}" if entry["overlap"] is not None else ""
    return ends(spans, [Span(f"{settled}{share:>5} ", "good" if settled else "dim")], width)


def _counted(answers: list[str]) -> str:
    """Return many answers in few words: `12 × Absent, 3 × unclear`, the most frequent first."""
    counts = Counter(a for a in answers if a != "—")
    return ", ".join(f"{n} × {words}" for words, n in counts.most_common()) or "—"


def answer_of(checklist: Checklist, item_id: str, given: Mapping[str, Any] | None) -> str:
    """Return one examiner's answer in words; `—` where it is open or was not asked."""
    item = checklist.item(item_id)
    if given is None or given["answer"] is None or item is None:
        return "—"
    answer = given["answer"]
    words = answer_words(item, tuple(answer) if isinstance(answer, list) else str(answer))
    return words if given["complete"] else f"{words} (incomplete)"


# -- the item at the cursor -----------------------------------------------------------------


def detail_lines(view: ComparisonView, width: int) -> list[Line]:
    """Return the item at the cursor: the question, each answer with note and regions."""
    entry = view.current
    if entry is None:
        return []
    lines = paragraph(entry["ask"], width, "ask")
    lines += _settled(view, entry["item"], width)
    for answer in entry["answers"]:
        told = answer_of(view.checklist, entry["item"], answer)
        regions = f"  ⌖{len(answer['regions'])}" if answer["regions"] else ""
        lead = f" {visible(answer['examiner'])}: "
        lines += paragraph(told + regions, width, "", first=lead, rest="   ")
        if answer["note"]:
            lines += paragraph(answer["note"], width, "dim", first="   ✎ ", rest="     ")
    if entry["overlap"] is not None:
        told = f"the regions overlap by {entry['overlap']:.2f} (intersection over union)"
        lines += paragraph(told, width, "dim", first=" ")
    return lines


def _settled(view: ComparisonView, item_id: str, width: int) -> list[Line]:
    settled = view.settled(item_id)
    if settled is None:
        return []
    item = view.checklist.item(item_id)
    answer = settled["answer"]
    given = tuple(answer) if isinstance(answer, list) else answer
    words = answer_words(item, given) if item else str(answer)
    told = f"settled by {settled['by']}: {words}, because {settled['because']}"
    return paragraph(told, width, "good", first=" ✓ ", rest="   ")


# -- settling an item -----------------------------------------------------------------------


@dataclass
class SettleForm:
    """Settling one item: the answer, and why."""

    item: Indicator
    answer: str = ""
    because: str = ""
    at: str = "answer"

    ROWS = ("answer", "because", "settle")
    TITLES = ("Answer", "because", "Settle it")

    @property
    def typed(self) -> bool:
        """Whether the answer is typed rather than chosen."""
        return self.item.type in ("text", "number", "date", "many")

    def options(self) -> list[tuple[str, str]]:
        """Return the answers that can be chosen; of a typed item only the non-answers."""
        own = [] if self.typed else [(c.id, visible(c.label)) for c in self.item.choices]
        return [*own, *((n, n.replace("-", " ")) for n in NON_ANSWERS)]

    def pick(self, number: int) -> bool:
        """Choose an answer by its number, from 1."""
        options = self.options()
        if self.at != "answer" or not 1 <= number <= len(options):
            return False
        self.answer = options[number - 1][0]
        return True

    def turn(self, step: int) -> None:
        """Choose the next answer."""
        if self.at == "answer":
            ids = [i for i, _ in self.options()]
            at = ids.index(self.answer) + step if self.answer in ids else 0
            self.answer = ids[at % len(ids)]

    def step(self, lines: int) -> None:
        """Move between the rows."""
        here = self.ROWS.index(self.at)
        self.at = self.ROWS[max(0, min(len(self.ROWS) - 1, here + lines))]

    def text(self, row: str) -> str:
        """Return what is typed in a row so far."""
        return str(getattr(self, row, ""))

    def type(self, row: str, text: str) -> None:
        """Take what was typed in a row."""
        if row in ("answer", "because"):
            setattr(self, row, text.strip() if row == "answer" else text)

    def missing(self) -> str:
        """Return what is missing before it can be settled."""
        if not self.answer:
            return "Choose the answer that shall stand."
        return "" if self.because.strip() else "Settling needs a reason: fill in “because”."


def settle_lines(form: SettleForm, width: int) -> list[Line]:
    """Return the lines of the form."""
    lines = [*paragraph(form.item.ask, width, "ask"), BLANK]
    values = (
        dict(form.options()).get(form.answer, form.answer) or "Enter to write",
        form.because or "Enter to write",
        form.missing() or "Enter settles it, in your name",
    )
    for row, title, value in zip(form.ROWS, form.TITLES, values, strict=True):
        here = row == form.at
        lead = f"{'› ' if here else '  '}{title:<12}"
        body = paragraph(value, width, "chosen" if here else "", first=lead, rest=" " * len(lead))
        lines += [(Span(part.text, part.role, f"row:{row}"),) for (part,) in body]
        if here and row == "answer":
            lines += [_option(form, n, *option) for n, option in enumerate(form.options(), 1)]
    return lines


def _option(form: SettleForm, number: int, option: str, words: str) -> Line:
    on = option == form.answer
    text = f"     {number} {'●' if on else ' '} {words}"
    return (Span(text, "chosen" if on else "", f"option:{number}"),)
