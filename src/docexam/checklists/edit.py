"""Edits that write a checklist for its author: comments and layout stay as they are.

Each function takes the whole text and returns an `Edit`, or raises EditRefusedError and changes
nothing. Every result is read again and compared with what was intended.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from docexam.checklists.edit_sheet import Block, Edit, EditRefusedError, Sheet, Splice, value_at
from docexam.checklists.edit_write import (
    added_line,
    added_pair,
    decimal_text,
    drop_in,
    key_text,
    like,
    removed_pair,
    set_in,
    text_value,
    value_text,
)
from docexam.checklists.keys import ID, MOST_ID
from docexam.checklists.positions import Path
from docexam.domain.condition import RESERVED_CHOICES
from docexam.domain.text import visible

__all__ = [
    "Edit",
    "EditRefusedError",
    "add_choice",
    "duplicate",
    "move",
    "new_indicator",
    "remove_block",
    "remove_choice",
    "remove_key",
    "set_bears",
    "set_key",
]

MOST_WEIGHT = 200
_SHARED = ("indicator", "fact", "field")
_CHOOSING = ("choice", "many")


# Ids -----------------------------------------------------------------------------------------


def must_be_id(name: str) -> None:
    """Raise EditRefusedError where `name` cannot be an id."""
    if not ID.match(name) or len(name) > MOST_ID:
        raise EditRefusedError(
            f"`{visible(name[:80])}` cannot be an id.",
            f"Lower-case Latin letters and digits, words joined by `-`; at most {MOST_ID}.",
        )


def must_be_free(sheet: Sheet, kind: str, name: str, taken: Sequence[str] = ()) -> None:
    """Raise EditRefusedError where an id is no id or is in use already."""
    must_be_id(name)
    kinds = _SHARED if kind in _SHARED else (kind,)
    for one in kinds:
        if any(data.get("id") == name for _, data in sheet.entries(one)):
            raise EditRefusedError(f"`{name}` is taken by another {one}.", "Choose another id.")
    if name in taken:
        raise EditRefusedError(f"`{name}` is taken in an included checklist.", "Choose another id.")


# Blocks --------------------------------------------------------------------------------------


def new_indicator(
    text: str,
    name: str,
    *,
    ask: str = "…",
    section: str = "",
    after: str = "",
    answers: str = "",
    taken: Sequence[str] = (),
) -> Edit:
    """Add an indicator after a given one, else after the last; two choices unless a set is named.

    `taken`: ids of included files. The section is that of the item before, where none is given.
    """
    sheet = Sheet(text)
    must_be_free(sheet, "indicator", name, taken)
    before = sheet.find("indicator", after) if after else _last_of(sheet)
    if before is None and sheet.data.get("indicator") is not None:
        raise EditRefusedError("The indicators are not written as `[[indicator]]` blocks.")
    chosen = section or str((before[1] if before else {}).get("section") or _first_section(sheet))
    data: dict[str, Any] = {"id": name, "section": chosen, "ask": ask}
    if answers:
        data["answers"] = answers
    data |= {"status": "unverified", "source": "Field practice; compare with a reference specimen"}
    choices = [] if answers else _two_choices()
    lines = _block_lines("[[indicator]]", data, "")
    for choice in choices:
        lines += ["", *_block_lines("[[indicator.choice]]", choice, "  ")]
    if choices:
        data["choice"] = choices
    plan = sheet.plan()
    number = int(before[0][1]) + 1 if before else 0
    plan.setdefault("indicator", []).insert(number, data)
    at, lead = _below(sheet, sheet.block(before[0]) if before else None)
    body = lead + sheet.newline.join(lines)
    done = sheet.apply([Splice(at, at, body)], plan, f"A new indicator: `{name}`.")
    return _at(done, '"' + ask, done.text.index("[[indicator]]", done.at), len('"'))


def _two_choices() -> list[dict[str, Any]]:
    return [
        {"id": "present", "label": "Present"},
        {"id": "absent", "label": "Absent", "evidence": "region"},
    ]


def _last_of(sheet: Sheet) -> tuple[Path, dict[str, Any]] | None:
    found = list(sheet.entries("indicator"))
    return found[-1] if found else None


def _first_section(sheet: Sheet) -> str:
    return next((str(d.get("id", "")) for _, d in sheet.entries("section")), "section")


def _block_lines(header: str, data: Mapping[str, Any], indent: str) -> list[str]:
    width = max(len(k) for k in data)
    rows = [f"{indent}{k:<{width}} = {value_text(v)}" for k, v in data.items()]
    return [f"{indent}{header}", *rows]


def _below(sheet: Sheet, block: Block | None) -> tuple[int, str]:
    """Return where a block after another goes, and the line breaks before it."""
    if block is not None:
        return block.end, sheet.newline * 2
    end = len(sheet.text.rstrip())
    end = sheet.line_end(end) if end else 0
    return end, sheet.newline * 2 if end else ""


def _at(edit: Edit, needle: str, start: int, skip: int = 0) -> Edit:
    found = edit.text.find(needle, start)
    return Edit(edit.text, found + skip if found >= 0 else edit.at, edit.told)


def duplicate(text: str, kind: str, name: str, new: str, taken: Sequence[str] = ()) -> Edit:
    """Copy a block below itself under a new id; what the old one `replaces` is not copied."""
    sheet = Sheet(text)
    must_be_free(sheet, kind, new, taken)
    path, data = sheet.find(kind, name)
    block = sheet.block(path)
    inner = [_id_splice(sheet, path, new)]
    copied = copy.deepcopy(data) | {"id": new}
    if copied.pop("replaces", None) is not None:
        inner.append(removed_pair(sheet, (*path, "replaces")))
    body = _spliced(sheet.text, block.start, block.end, inner)
    plan = sheet.plan()
    plan[kind].insert(int(path[1]) + 1, copied)
    at, lead = _below(sheet, block)
    done = sheet.apply([Splice(at, at, lead + body)], plan, f"`{name}` is copied as `{new}`.")
    header = f"[[{kind}]]"
    return _at(done, new, done.text.find(header, done.at))


def _id_splice(sheet: Sheet, path: Path, new: str) -> Splice:
    span = sheet.positions.values.get((*path, "id"))
    if span is None:
        raise EditRefusedError("The block has no id.", "Write one first.")
    old = str(value_at(sheet.data, (*path, "id")))
    return Splice(span.start, span.end, like(sheet.text[span.start : span.end], new, old))


def _spliced(text: str, start: int, end: int, splices: Sequence[Splice]) -> str:
    pieces: list[str] = []
    for splice in sorted(splices, key=lambda s: s.start):
        pieces += [text[start : splice.start], splice.text]
        start = min(splice.end, end)
    return "".join([*pieces, text[start:end]])


def move(text: str, kind: str, name: str, step: int) -> Edit:
    """Change places with the block before (`step` -1) or after (1); an indicator's own section.

    What stands between the two, comments of their own included, stays where it is.
    """
    sheet = Sheet(text)
    path, data = sheet.find(kind, name)
    rows = [p for p, d in sheet.entries(kind) if _walks_with(kind, d, data)]
    to = rows.index(path) + (1 if step > 0 else -1)
    if not 0 <= to < len(rows):
        where = "last" if step > 0 else "first"
        what = "of its section in this file" if kind == "indicator" else "of its kind in this file"
        raise EditRefusedError(f"`{name}` is the {where} {what}.")
    first, second = sorted((sheet.block(path), sheet.block(rows[to])), key=lambda b: b.start)
    moved = sheet.text[first.start : first.end]
    other = sheet.text[second.start : second.end]
    plan = sheet.plan()
    one, two = int(path[1]), int(rows[to][1])
    plan[kind][one], plan[kind][two] = plan[kind][two], plan[kind][one]
    splices = [Splice(first.start, first.end, other), Splice(second.start, second.end, moved)]
    way = "down" if step > 0 else "up"
    done = sheet.apply(splices, plan, f"`{name}` is moved {way}.")
    own = sheet.block(path)
    shift = second.start + len(other) - len(moved) if step > 0 else first.start
    return Edit(done.text, len(sheet.bom) + shift + own.header - own.start, done.told)


def remove_block(text: str, kind: str, name: str) -> Edit:
    """Take a block away with its sub-blocks, the comments right above it, and the gap below."""
    sheet = Sheet(text)
    path, _ = sheet.find(kind, name)
    plan = sheet.plan()
    _drop_row(plan, path)
    told = f"`{name}` is taken away; undo brings it back."
    return sheet.apply([_without_block(sheet, path)], plan, told)


def remove_choice(text: str, kind: str, name: str, choice: str) -> Edit:
    """Take an answer away from an item or a shared set."""
    sheet = Sheet(text)
    path, data = sheet.find(kind, name)
    own = _choice_path(path, data, choice)
    if own is None:
        raise EditRefusedError(f"`{choice}` is no choice of `{name}` itself.")
    plan = sheet.plan()
    _drop_row(plan, own)
    if own in sheet.positions.values:
        value_at(plan, path).setdefault(str(own[-2]), [])
        splice = _out_of_array(sheet, own, len(data[str(own[-2])]))
    else:
        splice = _without_block(sheet, own)
    return sheet.apply([splice], plan, f"`{choice}` is taken away; undo brings it back.")


def _drop_row(plan: Any, path: Path) -> None:
    rows = value_at(plan, path[:-1])
    del rows[int(path[-1])]
    if not rows:
        drop_in(plan, path[:-1])


def _without_block(sheet: Sheet, path: Path) -> Splice:
    block = sheet.block(path)
    start, end = block.start, sheet.next_line(block.end)
    while end < len(sheet.text) and not sheet.text[end : sheet.line_end(end)].strip():
        end = sheet.next_line(end)
    if end < len(sheet.text):
        return Splice(start, end, "")
    # The last block: the gap above goes, so that the file ends as it ended.
    return Splice(len(sheet.text[:start].rstrip()), block.end, "")


def _out_of_array(sheet: Sheet, path: Path, count: int) -> Splice:
    spans = [sheet.positions.values[(*path[:-1], n)] for n in range(count)]
    number = int(path[-1])
    own = spans[number]
    start, end = own.start, own.end
    if number:
        start = spans[number - 1].end
    elif count > 1:
        end = spans[1].start
    elif sheet.text[end:].lstrip().startswith(","):
        end = sheet.text.index(",", end) + 1
    gap = sheet.text[start : own.start] + sheet.text[own.end : end]
    if "#" in gap:
        raise EditRefusedError("A comment stands beside it.", "Take it away by hand.")
    return Splice(start, end, "")


def _walks_with(kind: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return kind != "indicator" or one.get("section") == other.get("section")


# Choices -------------------------------------------------------------------------------------


def add_choice(text: str, kind: str, name: str, choice: str, label: str | None) -> Edit:
    """Add an answer to an indicator, fact or field, or to a shared set (kind `answers`).

    Without a label it says more about an answer that a shared set or `yesno` gives.
    """
    sheet = Sheet(text)
    must_be_id(choice)
    if choice in RESERVED_CHOICES:
        raise EditRefusedError(f"`{choice}` is no id for a choice.", "Every item has it already.")
    path, data = sheet.find(kind, name)
    usual = "text" if kind == "field" else "choice"
    if kind != "answers" and label is not None and data.get("type", usual) not in _CHOOSING:
        raise EditRefusedError(f"`{name}` is of type `{data.get('type', usual)}`.", "No choices.")
    if any(c.get("id") == choice for c in _own_choices(data)):
        raise EditRefusedError(f"`{name}` has a choice `{choice}` already.", "Choose another id.")
    new: dict[str, Any] = {"id": choice} | ({} if label is None else {"label": label})
    plan = sheet.plan()
    splices = _choice_splices(sheet, path, data, new, value_at(plan, path))
    done = sheet.apply(splices, plan, f"A new choice: `{choice}`.")
    return _at(done, text_value(label or choice), done.at, 1)


def _own_choices(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = [*_list(data.get("choices")), *_list(data.get("choice"))]
    return [c for c in found if isinstance(c, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _choice_splices(
    sheet: Sheet, path: Path, data: Mapping[str, Any], new: dict[str, Any], planned: dict[str, Any]
) -> list[Splice]:
    inline = next((k for k in ("choices", "choice") if (*path, k) in sheet.positions.values), "")
    if inline and not data.get("choice" if inline == "choices" else "choices"):
        planned[inline] = [*data[inline], new]
        return _into_array(sheet, (*path, inline), value_text(new), len(data[inline]))
    if path in sheet.positions.values:
        planned["choices"] = [new]
        return [added_pair(sheet, path, "choices", value_text([new]))]
    planned["choice"] = [*_list(data.get("choice")), new]
    return [_sub_block(sheet, path, new)]


def _sub_block(sheet: Sheet, path: Path, new: Mapping[str, Any]) -> Splice:
    block = sheet.block(path)
    tables = sheet.positions.tables
    own = [s for p, s in tables if p[:-1] == (*path, "choice")]
    # A file's own way: the indent of this item's choices, else of any, else two spaces.
    others = own or [s for p, s in tables if len(p) == 4 and p[2] == "choice"]
    outer = sheet.indent_at(block.header)
    indent = sheet.indent_at(others[-1].start) if others else outer + "  "
    lines = _block_lines(f"[[{path[0]}.choice]]", new, indent)
    gap = "" if others and _is_tight(sheet, others[-1].start) else sheet.newline
    return Splice(block.end, block.end, sheet.newline + gap + sheet.newline.join(lines))


def _is_tight(sheet: Sheet, header: int) -> bool:
    start = sheet.line_start(header)
    above = sheet.line_start(start - 1) if start else 0
    return bool(start and sheet.text[above : sheet.line_end(above)].strip())


def _into_array(sheet: Sheet, path: Path, value: str, count: int) -> list[Splice]:
    whole = sheet.positions.values[path]
    if not count:
        if sheet.text[whole.start + 1 : whole.end - 1].strip():
            raise EditRefusedError("The list holds a comment only.", "Change it by hand.")
        return [Splice(whole.start, whole.end, f"[ {value} ]")]
    last = sheet.positions.values[(*path, count - 1)]
    lead = sheet.text[sheet.line_start(last.start) : last.start]
    rest = sheet.text[last.end : whole.end - 1]
    comma = rest.lstrip().startswith(",")
    if lead.strip() or "\n" not in rest:
        return [Splice(last.end, last.end, f", {value}")]
    end = sheet.line_end(last.end)
    line = f"{sheet.newline}{lead}{value}{',' if comma else ''}"
    first = [] if comma else [Splice(last.end, last.end, ",")]
    return [*first, Splice(end, end, line)]


# Keys ----------------------------------------------------------------------------------------


def set_key(text: str, path: Path, name: str, value: object) -> Edit:
    """Give the table at a path a key, or another value for it: text, flag, number or list."""
    sheet = Sheet(text)
    table = _table_at(sheet, path)
    plan = sheet.plan()
    set_in(plan, (*path, name), value)
    told = f"`{name}` is set."
    if name not in table:
        splice = added_pair(sheet, path, name, value_text(value))
    else:
        span = sheet.positions.values.get((*path, name))
        if span is None:
            raise EditRefusedError(f"`{name}` is a table of its own.", "Change it by hand.")
        splice = Splice(span.start, span.end, value_text(value))
    return sheet.apply([splice], plan, told)


def remove_key(text: str, path: Path, name: str) -> Edit:
    """Take a key out of the table at a path, with its line where it has one of its own."""
    sheet = Sheet(text)
    if name not in _table_at(sheet, path):
        raise EditRefusedError(f"There is no `{name}` to take away.")
    plan = sheet.plan()
    drop_in(plan, (*path, name))
    return sheet.apply([removed_pair(sheet, (*path, name))], plan, f"`{name}` is taken away.")


def _table_at(sheet: Sheet, path: Path) -> Mapping[str, Any]:
    try:
        table = value_at(sheet.data, path)
    except (KeyError, IndexError, TypeError):
        table = None
    if not isinstance(table, dict):
        raise EditRefusedError("There is no such block in this file.")
    return table


def set_bears(text: str, name: str, choice: str, proposition: str, weight: Decimal | None) -> Edit:
    """Say how expected an answer is under a proposition; None takes the weight away.

    Where the answer comes from a shared set or `yesno`, it gets words of its own first.
    """
    if weight is not None and (not weight.is_finite() or abs(weight * 100) > MOST_WEIGHT):
        raise EditRefusedError("A weight lies between -2 and 2.", "Write a decimal such as 0.3.")
    sheet = Sheet(text)
    path, data = sheet.find("indicator", name)
    own = _choice_path(path, data, choice)
    if own is None:
        if weight is None:
            raise EditRefusedError(f"`{choice}` has no weights here.")
        text = add_choice(text, "indicator", name, choice, None).text
        sheet = Sheet(text)
        path, data = sheet.find("indicator", name)
        own = _choice_path(path, data, choice)
    assert own is not None
    plan = sheet.plan()
    bears = value_at(sheet.data, own).get("bears")
    told = f"`{choice}`: {proposition} {'—' if weight is None else decimal_text(weight)}"
    if weight is None:
        if not isinstance(bears, dict) or proposition not in bears:
            raise EditRefusedError(f"`{choice}` has no weight for `{proposition}`.")
        drop_in(plan, (*own, "bears", proposition))
        return sheet.apply([removed_pair(sheet, (*own, "bears", proposition))], plan, told)
    weight = Decimal(decimal_text(weight))
    set_in(plan, (*own, "bears", proposition), weight)
    return sheet.apply([_weight_splice(sheet, own, bears, proposition, weight)], plan, told)


def _choice_path(path: Path, data: Mapping[str, Any], choice: str) -> Path | None:
    for key in ("choices", "choice"):
        for number, one in enumerate(_list(data.get(key))):
            if isinstance(one, dict) and one.get("id") == choice:
                return (*path, key, number)
    return None


def _weight_splice(sheet: Sheet, own: Path, bears: Any, name: str, weight: Decimal) -> Splice:
    value = decimal_text(weight)
    path = (*own, "bears")
    if bears is None:
        return added_pair(sheet, own, "bears", f"{{ {key_text(name)} = {value} }}")
    if not isinstance(bears, dict):
        raise EditRefusedError("`bears` is no table.", "Write `bears = { }` first.")
    held = sheet.positions.values.get((*path, name))
    if held is not None:
        return Splice(held.start, held.end, value)
    return added_pair(sheet, path, name, value)


def with_replaced(sheet: Sheet, path: Path, old: str, new: str, plan: Any) -> list[Splice]:
    """Return the splices that make the block at `path` say that it replaces `old`.

    An id that it takes up again (`new`) leaves the list.
    """
    held = value_at(sheet.data, path).get("replaces")
    planned = value_at(plan, path)
    if held is None:
        planned["replaces"] = [old]
        span = sheet.positions.values.get((*path, "id"))
        if path in sheet.positions.values or span is None:
            return [added_pair(sheet, path, "replaces", value_text([old]))]
        return [added_line(sheet, path, "replaces", value_text([old]), after=span)]
    if not isinstance(held, list):
        raise EditRefusedError("`replaces` is no list.", "Mend it first.")
    if old in held:
        return []
    if new in held:
        planned["replaces"] = [old if h == new else h for h in held]
        spans = [
            sheet.positions.values[(*path, "replaces", n)] for n, h in enumerate(held) if h == new
        ]
        return [Splice(s.start, s.end, like(sheet.text[s.start : s.end], old)) for s in spans]
    planned["replaces"] = [*held, old]
    return _into_array(sheet, (*path, "replaces"), text_value(old), len(held))
