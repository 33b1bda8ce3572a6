"""Values and keys as TOML writes them, put where a file's own style would have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from docexam.checklists.edit_sheet import EditRefusedError, Sheet, Splice, written
from docexam.checklists.positions import Path, Span

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


def text_value(text: str) -> str:
    """Write a text in double quotes on one line."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def value_text(value: object) -> str:
    """Write a text, flag, whole number, decimal, list or table; raises EditRefusedError."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, str):
        return text_value(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(value_text(v) for v in value)}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key_text(k)} = {value_text(v)}" for k, v in value.items())
        return f"{{ {inner} }}" if inner else "{ }"
    raise EditRefusedError("A value of this kind cannot be written.")


def decimal_text(value: Decimal) -> str:
    """Write a decimal with at least one digit behind the point, and none that says nothing."""
    text = format(value, "f")
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}"


def key_text(name: str) -> str:
    """Write a key, in quotes where it needs them."""
    return name if _BARE.match(name) else text_value(name)


def like(raw: str, name: str, old: str = "") -> str:
    """Write an id as `raw` is written: in its quotes, and in the place of `old`."""
    if old and raw.count(old) == 1:
        return raw.replace(old, name)
    quote = raw[:3] if raw.startswith(('"""', "'''")) else raw[:1] if raw[:1] in ("'", '"') else ""
    return f"{quote}{name}{quote}"


# Adding a key --------------------------------------------------------------------------------


def added_pair(sheet: Sheet, path: Path, name: str, value: str) -> Splice:
    """Return the splice that adds `name = value` to the table at a path, after its other keys."""
    span = sheet.positions.values.get(path)
    if span is not None:
        return _in_braces(sheet, path, span, f"{key_text(name)} = {value}")
    if sheet.under(path) is not None:
        return added_line(sheet, path, name, value)
    return _dotted(sheet, path, name, value)


def _in_braces(sheet: Sheet, path: Path, span: Span, pair: str) -> Splice:
    inner = [
        s.end
        for p, s in sheet.positions.values.items()
        if len(p) > len(path) and p[: len(path)] == path
    ]
    if inner:
        return Splice(max(inner), max(inner), f", {pair}")
    if sheet.text[span.start + 1 : span.end - 1].strip():
        raise EditRefusedError(f"`{written(path)}` holds a comment only.", "Change it by hand.")
    return Splice(span.start, span.end, f"{{ {pair} }}")


def added_line(
    sheet: Sheet, path: Path, name: str, value: str, after: Span | None = None
) -> Splice:
    """Return the splice that adds a line under a header, in the style of the lines there."""
    bounds = sheet.under(path)
    if bounds is None:
        raise EditRefusedError(f"`{written(path)}` has no header.", "Change it by hand.")
    own = sheet.pairs(path)
    like_span = after or (own[-1] if own else None)
    if like_span is None:
        at = sheet.line_end(bounds[0])
        if not path:
            return Splice(0, 0, f"{key_text(name)} = {value}{sheet.newline}")
        line = f"{sheet.indent_at(bounds[0])}{key_text(name)} = {value}"
        return Splice(at, at, f"{sheet.newline}{line}")
    at = sheet.line_end(like_span.end)
    line = f"{sheet.indent_at(like_span.start)}{_aligned(sheet, like_span, key_text(name))}{value}"
    return Splice(at, at, f"{sheet.newline}{line}")


def _aligned(sheet: Sheet, beside: Span, name: str) -> str:
    """Return `name =` with the equals sign where that of a neighbour stands, if it fits."""
    start = sheet.line_start(beside.start)
    lead = sheet.text[start : beside.start]
    equals = lead.rfind("=")
    indent = len(sheet.indent_at(beside.start))
    room = equals - indent
    if lead[equals - 1 : equals] not in (" ", "\t"):
        return f"{name}{lead[equals:]}" if equals >= 0 else f"{name} = "
    gap = lead[equals + 1 :] if not lead[equals + 1 :].strip() else " "
    return f"{name:<{room - 1}} ={gap}" if len(name) < room else f"{name} ={gap}"


def _dotted(sheet: Sheet, path: Path, name: str, value: str) -> Splice:
    inside = [(p, s) for p, s in sheet.positions.values.items() if p[: len(path)] == path]
    outer = path
    while outer and outer not in sheet.positions.values and sheet.under(outer) is None:
        outer = outer[:-1]
    parts = path[len(outer) :]
    if not inside or not all(isinstance(p, str) for p in parts):
        raise EditRefusedError(f"`{written(path)}` cannot be found.", "Change it by hand.")
    last = max((s for _, s in inside), key=lambda s: s.end)
    full = ".".join(key_text(str(p)) for p in (*parts, name))
    if outer in sheet.positions.values:
        return Splice(last.end, last.end, f", {full} = {value}")
    at = sheet.line_end(last.end)
    return Splice(at, at, f"{sheet.newline}{sheet.indent_at(last.start)}{full} = {value}")


# Taking a key away ---------------------------------------------------------------------------


def removed_pair(sheet: Sheet, path: Path) -> Splice:
    """Return the splice that takes a key with its value away; raises EditRefusedError."""
    span = sheet.positions.values.get(path)
    if span is None:
        raise EditRefusedError(f"`{written(path)}` is no single key.", "Change it by hand.")
    braces = _braces_round(sheet, path)
    if braces is None:
        return Splice(sheet.line_start(span.start), sheet.next_line(span.end), "")
    return _out_of_braces(sheet, braces, path, span)


def _braces_round(sheet: Sheet, path: Path) -> Path | None:
    return next(
        (path[:n] for n in range(len(path) - 1, 0, -1) if path[:n] in sheet.positions.values), None
    )


def _out_of_braces(sheet: Sheet, braces: Path, path: Path, span: Span) -> Splice:
    if len(path) != len(braces) + 1:
        raise EditRefusedError(f"`{written(path)}` is part of a longer key.", "Change it by hand.")
    key = sheet.positions.keys[path]
    whole = sheet.positions.values[braces]
    others = [
        s
        for p, s in sheet.positions.values.items()
        if p[: len(braces)] == braces and len(p) > len(braces) and p[: len(path)] != path
    ]
    before = [s.end for s in others if s.end <= key.start]
    after = [s.start for s in others if s.start >= span.end]
    if before:
        start = max(before)
        if "#" in sheet.text[start : key.start]:
            raise EditRefusedError("A comment stands before it.", "Change it by hand.")
        return Splice(start, span.end, "")
    if after:
        comma = sheet.text.index(",", span.end)
        end = comma + 1
        while sheet.text[end : end + 1] in (" ", "\t"):
            end += 1
        return Splice(key.start, end, "")
    return Splice(whole.start, whole.end, "{ }")


def set_in(data: Any, path: Path, value: object) -> None:
    """Set a value in planned data; tables on the way are made."""
    for part in path[:-1]:
        data = data[part] if isinstance(part, int) else data.setdefault(part, {})
    data[path[-1]] = value


def drop_in(data: Any, path: Path) -> None:
    """Take a key out of planned data."""
    for part in path[:-1]:
        data = data[part]
    del data[path[-1]]
