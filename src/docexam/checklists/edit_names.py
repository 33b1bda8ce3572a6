"""Renaming an id everywhere: where it is defined, and wherever the file refers to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from docexam.checklists.edit import must_be_free, must_be_id, with_replaced
from docexam.checklists.edit_sheet import Edit, EditRefusedError, Sheet, Splice, value_at
from docexam.checklists.edit_write import like
from docexam.checklists.positions import Path
from docexam.domain.condition import (
    RESERVED_CHOICES,
    Asks,
    Comparison,
    Condition,
    ConditionError,
    Count,
    Quantity,
    Test,
    leaves,
    parse,
)
from docexam.domain.condition_nodes import Item
from docexam.domain.text import visible

ITEMS = ("indicator", "fact", "field")
KINDS = (*ITEMS, "section", "group", "place", "answers", "proposition", "check", "scale")
"""The kinds of blocks whose ids can be renamed; choices and pages have their own function."""

_REFERENCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "section": (("indicator", "section"), ("field", "section")),
    "group": (("indicator", "group"),),
    "place": (("indicator", "place"), ("field", "place")),
    "answers": (("indicator", "answers"), ("fact", "answers")),
    "page": (("place", "page"), ("indicator", "page"), ("field", "page")),
}
_Places = Callable[[Condition, str], Iterator[int]]
"""From a condition and its text to where in the text the renamed id stands."""
_CONDITIONED = (("indicator", "when"), ("fact", "when"), ("check", "if"))


def rename(
    text: str, kind: str, old: str, new: str, *, keep_old: bool = True, taken: Sequence[str] = ()
) -> Edit:
    """Give a block another id, and name it so wherever the file refers to it.

    `keep_old`: an indicator says by `replaces` what it was called, so that answers are carried
    over. `taken`: ids of included files. Raises EditRefusedError where a condition cannot be read.
    """
    sheet = Sheet(text)
    if kind not in KINDS:
        raise EditRefusedError(f"A {kind} cannot be renamed.")
    path, _ = sheet.find(kind, old)
    must_be_free(sheet, kind, new, taken)
    renaming = _Renaming(sheet, old, new)
    renaming.value((*path, "id"))
    renaming.references(kind)
    if kind in ITEMS:
        renaming.conditions(_item_places(old))
    elif kind in ("section", "group"):
        renaming.conditions(_scope_places(kind, old))
    elif kind == "proposition":
        renaming.weights()
    if kind == "group":
        renaming.choice_groups()
    if kind == "indicator" and keep_old:
        renaming.splices += with_replaced(sheet, path, old, new, renaming.plan)
    return renaming.done(f"`{old}` is now `{new}`")


def rename_choice(text: str, kind: str, name: str, old: str, new: str) -> Edit:
    """Give an answer another id: `kind` is `indicator`, `fact`, `field` or `answers`.

    The items that take a shared set follow, and so do conditions and, for the fact about pages,
    every `page`.
    """
    sheet = Sheet(text)
    must_be_id(new)
    if new in RESERVED_CHOICES:
        raise EditRefusedError(f"`{new}` is no id for a choice.", "Every item has it already.")
    path, data = sheet.find(kind, name)
    _must_be_own(kind, data, old)
    owners = _owners(sheet, kind, name, path)
    renaming = _Renaming(sheet, old, new)
    for owner, block in owners:
        for place in _choice_places(owner, block):
            held = value_at(sheet.data, place).get("id")
            if held == new:
                raise EditRefusedError(f"`{new}` is taken by another choice.", "Choose another id.")
            if held == old:
                renaming.value((*place, "id"))
    if not renaming.splices:
        raise EditRefusedError(f"`{name}` has no choice `{old}` of its own.")
    names = frozenset(str(d.get("id")) for p, d in owners if p[0] in ITEMS)
    renaming.conditions(_answer_places(sheet, names, old))
    if kind == "fact" and data.get("pages"):
        renaming.references("page")
    return renaming.done(f"The choice `{old}` is now `{new}`")


def _must_be_own(kind: str, data: Mapping[str, Any], old: str) -> None:
    if kind != "answers" and data.get("answers"):
        own = [c for c in _choices(data) if c.get("id") == old and c.get("label")]
        if not own:
            raise EditRefusedError(
                f"`{old}` comes from the answers `{visible(str(data['answers']))}`.",
                "Rename it there.",
            )
    if data.get("type") == "yesno":
        raise EditRefusedError("`yes` and `no` are the answers of a `yesno` item.")


def _owners(sheet: Sheet, kind: str, name: str, path: Path) -> list[tuple[Path, dict[str, Any]]]:
    owners = [(path, value_at(sheet.data, path))]
    if kind == "answers":
        users = [e for k in ("fact", "indicator") for e in sheet.entries(k)]
        owners += [(p, d) for p, d in users if d.get("answers") == name]
    return owners


def _choices(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [value_at(data, p) for p in _choice_places((), data)]


def _choice_places(path: Path, data: Mapping[str, Any]) -> Iterator[Path]:
    for key in ("choices", "choice"):
        part = data.get(key)
        for number, one in enumerate(part if isinstance(part, list) else ()):
            if isinstance(one, dict):
                yield (*path, key, number)


class _Renaming:
    """Collects the splices of one renaming and what the data shall be."""

    def __init__(self, sheet: Sheet, old: str, new: str) -> None:
        self.sheet = sheet
        self.old = old
        self.new = new
        self.plan = sheet.plan()
        self.splices: list[Splice] = []
        self.count = 0

    def done(self, told: str) -> Edit:
        places = f", in {self.count} places" if self.count > 1 else ""
        return self.sheet.apply(self.splices, self.plan, f"{told}{places}.")

    def value(self, path: Path) -> None:
        """Rename the id that stands as a value."""
        span = self.sheet.positions.values[path]
        raw = self.sheet.text[span.start : span.end]
        self.splices.append(Splice(span.start, span.end, like(raw, self.new, self.old)))
        value_at(self.plan, path[:-1])[path[-1]] = self.new
        self.count += 1

    def references(self, kind: str) -> None:
        for owner, key in _REFERENCES.get(kind, ()):
            for path, data in self.sheet.entries(owner):
                if data.get(key) == self.old:
                    self.value((*path, key))
        head = self.sheet.data.get("checklist")
        if kind == "scale" and isinstance(head, dict) and head.get("scale") == self.old:
            self.value(("checklist", "scale"))

    def choice_groups(self) -> None:
        for path, data in self.sheet.entries("indicator"):
            for place in _choice_places(path, data):
                if value_at(self.sheet.data, place).get("group") == self.old:
                    self.value((*place, "group"))

    def weights(self) -> None:
        for path, data in self.sheet.entries("indicator"):
            for place in _choice_places(path, data):
                bears = value_at(self.sheet.data, place).get("bears")
                if isinstance(bears, dict) and self.old in bears:
                    self._key((*place, "bears", self.old))

    def _key(self, path: Path) -> None:
        span = self.sheet.positions.keys[path]
        raw = self.sheet.text[span.start : span.end]
        self.splices.append(Splice(span.start, span.end, like(raw, self.new, self.old)))
        table = value_at(self.plan, path[:-1])
        if self.new in table:
            raise EditRefusedError(f"`{self.new}` has a weight there already.")
        table[self.new] = table.pop(self.old)
        self.count += 1

    def conditions(self, places: _Places) -> None:
        """Rename what `places` finds in every condition: offsets of the old id in its text."""
        for kind, key in _CONDITIONED:
            for path, data in self.sheet.entries(kind):
                text = data.get(key)
                if isinstance(text, str) and text.strip():
                    self._condition((*path, key), text, places)

    def _condition(self, path: Path, text: str, places: _Places) -> None:
        try:
            condition = parse(text)
        except ConditionError as error:
            if not re.search(rf"(?<![\w-]){re.escape(self.old)}(?![\w-])", text):
                return
            line = self.sheet.line_of(self.sheet.positions.value(path).start)
            raise EditRefusedError(
                f"The condition on line {line} cannot be read: {error.message}.", "Mend it first."
            ) from None
        found = sorted(set(places(condition, text)))
        for offset in found:
            self._in_string(path, offset)
        for offset in reversed(found):
            text = text[:offset] + self.new + text[offset + len(self.old) :]
        value_at(self.plan, path[:-1])[path[-1]] = text
        self.count += len(found)

    def _in_string(self, path: Path, offset: int) -> None:
        positions = self.sheet.positions
        start = positions.in_string(path, offset)
        end = start + len(self.old)
        if self.sheet.text[start:end] != self.old:
            # Written with escapes, or on several lines with other line breaks than it says.
            end = positions.in_string(path, offset + len(self.old))
        self.splices.append(Splice(start, end, self.new))


def _item_places(old: str) -> _Places:
    def places(condition: Condition, _: str) -> Iterator[int]:
        for leaf in leaves(condition):
            if isinstance(leaf, Asks | Comparison) and leaf.item == old:
                yield leaf.at
            operand = leaf.operand if isinstance(leaf, Comparison) else None
            if isinstance(operand, Item) and operand.id == old:
                yield operand.at

    return places


_UP_TO_SCOPE = re.compile(r"\w+\s+in\s+\w+\s+")


def _scope_places(kind: str, old: str) -> _Places:
    def places(condition: Condition, text: str) -> Iterator[int]:
        for leaf in leaves(condition):
            if isinstance(leaf, Quantity | Count) and (leaf.scope, leaf.scope_id) == (kind, old):
                lead = _UP_TO_SCOPE.match(text, leaf.at)
                if lead:
                    yield lead.end()

    return places


def _answer_places(sheet: Sheet, names: frozenset[str], old: str) -> _Places:
    def places(condition: Condition, _: str) -> Iterator[int]:
        for leaf in leaves(condition):
            if isinstance(leaf, Comparison) or old not in leaf.test.answers:
                continue
            if isinstance(leaf, Asks):
                concerned = leaf.item in names
            else:
                concerned = _scope_concerned(sheet, leaf, names, old)
            if concerned:
                yield from _named(leaf.test, old)

    return places


def _named(test: Test, old: str) -> Iterator[int]:
    yield from (at for answer, at in zip(test.answers, test.at, strict=True) if answer == old)


def _scope_concerned(sheet: Sheet, leaf: Quantity | Count, names: frozenset[str], old: str) -> bool:
    """Whether a quantity speaks of the renamed answer; refused where it speaks of others too."""
    members = [d for _, d in sheet.entries("indicator") if _in_scope(d, leaf)]
    ours = [d for d in members if d.get("id") in names]
    others = [d for d in members if d.get("id") not in names and old in _answers_of(sheet, d)]
    if ours and others:
        raise EditRefusedError(
            f"`{leaf.scope} {leaf.scope_id}` is asked for `{old}` of several items at once.",
            "Change that condition by hand first.",
        )
    return bool(ours)


def _in_scope(data: Mapping[str, Any], leaf: Quantity | Count) -> bool:
    if leaf.scope == "section":
        return data.get("section") == leaf.scope_id
    groups = [data.get("group"), *(c.get("group") for c in _choices(data))]
    return leaf.scope_id in groups


def _answers_of(sheet: Sheet, data: Mapping[str, Any]) -> frozenset[str]:
    own = [str(c.get("id")) for c in _choices(data)]
    named = data.get("answers")
    shared = [d for _, d in sheet.entries("answers") if d.get("id") == named]
    return frozenset([*own, *(str(c.get("id")) for d in shared for c in _choices(d))])
