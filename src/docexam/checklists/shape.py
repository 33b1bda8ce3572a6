"""The shape of a file: known keys, kinds of values, required keys, ids.

What is at fault is told and left out, so that what follows can trust every value it finds and
one fault hides no other.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from docexam.checklists.faults import did_you_mean, nearest
from docexam.checklists.keys import BLOCKS, ID, MOST_ID, MOST_TEXT, SCHEMA, Block, Key
from docexam.checklists.positions import Path
from docexam.checklists.source import Source
from docexam.domain.condition import RESERVED_CHOICES
from docexam.domain.text import visible

_MOST_LISTED = 500
_FAR_OUT = 1000
_HUNDREDTH = Decimal("0.01")
_CHOICE_LISTS = (("choice",), ("choices",))


def shape(source: Source) -> dict[str, Any]:
    """Tell every fault of shape; return the data without what is at fault.

    In the result every key is known and every value of its kind; blocks that were no tables are
    empty tables, so that the number of a block is its number in the file.
    """
    data = dict(source.data or {})
    if not _known_schema(source, data):
        return {}
    return _block(source, data, BLOCKS["file"], ())


def _known_schema(source: Source, data: dict[str, Any]) -> bool:
    version = data.get("schema")
    if version == SCHEMA and isinstance(version, int) and not isinstance(version, bool):
        return True
    if version is None:
        _missing_schema(source, data)
        return True
    newer = bool(isinstance(version, int) and version > SCHEMA)
    source.fault(
        "DX019",
        f"the language's version is `{visible(str(version))[:20]}`",
        "A newer docexam reads it." if newer else f"Write `schema = {SCHEMA}`.",
        value=("schema",),
    )
    data["schema"] = SCHEMA
    return not newer


def _missing_schema(source: Source, data: dict[str, Any]) -> None:
    for name, part in list(data.items()):
        last = part[-1] if isinstance(part, list) and part else part
        if isinstance(last, dict) and "schema" in last:
            number: Path = (len(part) - 1,) if isinstance(part, list) else ()
            source.fault(
                "DX019",
                "`schema` stands under a block",
                f"Move it to the top of the file, before `{_written(name, part)}`.",
                key=(name, *number, "schema"),
            )
            rest = {k: v for k, v in last.items() if k != "schema"}
            data[name] = [*part[:-1], rest] if isinstance(part, list) else rest
            data["schema"] = SCHEMA
            return
    data["schema"] = SCHEMA
    if not source.partial:
        source.fault(
            "DX019",
            "the version of the language is missing",
            f"Write `schema = {SCHEMA}` at the top.",
            line=1,
            column=1,
        )


def _written(name: str, part: Any) -> str:
    return f"[[{name}]]" if isinstance(part, list) else f"[{name}]"


def _block(source: Source, data: dict[str, Any], block: Block, path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in data.items():
        key = block.keys.get(name)
        if key is None:
            _unknown_key(source, block, name, value, path)
            continue
        sound = _READERS[key.kind](source, key, value, (*path, name))
        if sound is not None:
            kept[name] = sound
    _tell_missing(source, block, data, path)
    return kept


def _tell_missing(source: Source, block: Block, data: dict[str, Any], path: Path) -> None:
    if source.partial:
        return  # it may stand in a line that could not be read
    for key in block.keys.values():
        if key.required and key.name not in data:
            where = block.written if path else "the file"
            source.fault(
                "DX020",
                f"{where} lacks `{key.name}`",
                key.says,
                **({"key": path} if path else {"line": 1, "column": 1}),
            )


# Unknown keys, and those that have only lost their way ---------------------------------------


def _unknown_key(source: Source, block: Block, name: str, value: Any, path: Path) -> None:
    for explain in (_stray_choice, _choice_key_of_item, _key_of_checklist):
        if explain(source, block, name, value, path):
            return
    shown = visible(name[:60])
    source.fault(
        "DX012",
        f"`{shown}` is no key of {_block_name(block, path)}",
        did_you_mean(name, block.keys, most=30),
        key=(*path, name),
    )


def _block_name(block: Block, path: Path) -> str:
    if block.name == "choice" and path:
        return f"a choice of {BLOCKS[str(path[0])].written}"
    return block.written


def _stray_choice(source: Source, block: Block, name: str, value: Any, path: Path) -> bool:
    if block.name != "file" or name != "choice":
        return False
    found = value if isinstance(value, list) else [value]
    for number in range(len(found)):
        place = (name, number) if isinstance(value, list) else (name,)
        source.fault(
            "DX015",
            "`choice` belongs to an indicator",
            "Write `[[indicator.choice]]` below its `[[indicator]]`.",
            key=place,
        )
    return True


def _choice_key_of_item(source: Source, block: Block, name: str, _: Any, path: Path) -> bool:
    if block.name != "choice" or len(path) < 4 or not isinstance(path[1], int):
        return False
    owner = BLOCKS.get(str(path[0]))
    if owner is None or name not in owner.keys or path[2] != "choice":
        return False
    first = source.positions.key((*path[:3], 0))
    line, _column = source.positions.line_column(first.start)
    source.fault(
        "DX013",
        f"`{name}` belongs to the {owner.name}, not to this choice",
        f"Move it above line {line}, where the first choice begins.",
        key=(*path, name),
    )
    return True


def _key_of_checklist(source: Source, block: Block, name: str, _: Any, path: Path) -> bool:
    if block.name in ("checklist", "needs", "band") or name not in BLOCKS["checklist"].keys:
        return False
    source.fault(
        "DX016",
        f"`{name}` is a key of `[checklist]`",
        "Move it under `[checklist]`, before the first `[[…]]`.",
        key=(*path, name),
    )
    return True


# Values, by kind -----------------------------------------------------------------------------


def _wrong(source: Source, key: Key, value: Any, path: Path, wanted: str, help_: str = "") -> None:
    source.fault(
        "DX021", f"`{key.name}` is {_said(value)}; {wanted} is expected", help_, value=path
    )


def _said(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "a text"),
        (int, "a number"),
        (Decimal, "a number"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((words for kind, words in kinds if isinstance(value, kind)), "a date or time")


def _text(source: Source, key: Key, value: Any, path: Path) -> str | None:
    if not isinstance(value, str):
        help_ = f'Write `{key.name} = "{value}"`.' if isinstance(value, int | Decimal) else ""
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            help_ = f'Write `{key.name} = "…"`, without brackets.'
        _wrong(source, key, value, path, "a text in quotes", help_)
        return None
    if key.words:
        return _word(source, key, value, path)
    return _measured(source, key, value, path)


def _measured(source: Source, key: Key, value: str, path: Path) -> str | None:
    if not value.strip():
        source.fault("DX025", f"`{key.name}` is empty", "Write a text or leave it out.", value=path)
        return None
    if len(value) > MOST_TEXT:
        source.fault(
            "DX025",
            f"`{key.name}` has {len(value)} characters; at most {MOST_TEXT} are read",
            "Shorten it.",
            value=path,
        )
        return None
    return value


def _word(source: Source, key: Key, value: str, path: Path) -> str | None:
    if value in key.words:
        return value
    shown = visible(value[:40])
    near = nearest(value, key.words)
    known = ", ".join(f"`{w}`" for w in key.words)
    help_ = f"Did you mean `{near}`? Allowed: {known}." if near else f"Allowed: {known}."
    source.fault("DX022", f"`{shown}` is no `{key.name}`", help_, value=path)
    return None


def _id(source: Source, key: Key, value: Any, path: Path) -> str | None:
    if not isinstance(value, str):
        _wrong(source, key, value, path, "an id in quotes")
        return None
    if (
        key.name == "id"
        and path[-3:-2] in (("choice",), ("choices",))
        and value in RESERVED_CHOICES
    ):
        source.fault(
            "DX024",
            f"`{value}` is reserved and no choice",
            "The non-answers are offered on every item by themselves.",
            value=path,
        )
        return None
    if len(value) <= MOST_ID and ID.match(value):
        return value
    source.fault("DX023", f"`{visible(value[:70])}` is no id", _id_help(value), value=path)
    return None


def _id_help(value: str) -> str:
    if len(value) > MOST_ID:
        return f"Ids have at most {MOST_ID} characters."
    odd = next((c for c in value if ord(c) > 127), "")
    if odd:
        return f"`{visible(odd)}` (U+{ord(odd):04X}) is no Latin letter from a to z."
    words = "".join(c if c.isalnum() or c in "-_" else "-" for c in value.lower())
    mended = "-".join(w for w in words.split("-") if w)
    rule = "Lower-case letters and digits in words joined by single `-` or `_`."
    return f"{rule} Write `{mended}`." if ID.match(mended) else rule


def _list(source: Source, key: Key, value: Any, path: Path, one: Callable[..., Any]) -> Any:
    if not isinstance(value, list):
        help_ = f'Write `{key.name} = ["…"]`.' if isinstance(value, str) else ""
        _wrong(source, key, value, path, "a list in [ ]", help_)
        return None
    if len(value) > _MOST_LISTED:
        message = f"`{key.name}` lists {len(value)} values; at most {_MOST_LISTED} are read"
        source.fault("DX005", message, "Shorten the list.", value=path)
        return None
    found = (one(source, key, v, (*path, n)) for n, v in enumerate(value))
    return [v for v in found if v is not None]


def _texts(source: Source, key: Key, value: Any, path: Path) -> Any:
    return _list(source, key, value, path, _text)


def _ids(source: Source, key: Key, value: Any, path: Path) -> Any:
    one = _included if key.name == "include" else _id
    return _list(source, key, value, path, one)


def _included(source: Source, key: Key, value: Any, path: Path) -> str | None:
    if isinstance(value, str) and ("/" in value or "\\" in value or value.endswith(".toml")):
        source.fault(
            "DX043",
            f"`{visible(value[:80])}` is a path",
            "Write the id of the checklist, without folders or `.toml`.",
            value=path,
        )
        return None
    return _id(source, key, value, path)


def _flag(source: Source, key: Key, value: Any, path: Path) -> bool | None:
    if isinstance(value, bool):
        return value
    _wrong(source, key, value, path, "`true` or `false`", f"Write `{key.name} = true`.")
    return None


def _whole(source: Source, key: Key, value: Any, path: Path) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        _wrong(source, key, value, path, "a whole number")
        return None
    low, high = key.bounds
    if not low <= value <= high:
        message = f"`{key.name}` is {str(value)[:20]}"
        source.fault("DX026", message, f"Write a whole number from {low} to {high}.", value=path)
        return None
    return value


def _number(source: Source, key: Key, value: Any, path: Path) -> int | None:
    return hundredths(source, key.name, value, path)


def _weights(source: Source, key: Key, value: Any, path: Path) -> dict[str, int] | None:
    if not isinstance(value, dict):
        _wrong(source, key, value, path, "a table", "Write `bears = { regular = 0.3 }`.")
        return None
    found = {k: hundredths(source, k, v, (*path, k)) for k, v in value.items()}
    return {k: v for k, v in found.items() if v is not None}


def hundredths(source: Source, name: str, value: object, path: Path) -> int | None:
    """Return a decimal as whole hundredths; tells and returns None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        shown = visible(name[:60])
        source.fault("DX021", f"`{shown}` is {_said(value)}; a number is expected", value=path)
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        source.fault(
            "DX018", f"`{str(value).lower()}` is no number", "Write a decimal or 0.0.", value=path
        )
        return None
    number = Decimal(value)
    if abs(number) > _FAR_OUT:
        shown = visible(name[:60])
        source.fault("DX026", f"`{shown}` is far out of bounds", "Write a decimal.", value=path)
        return None
    rounded = number.quantize(_HUNDREDTH)
    if rounded != number:
        shown = str(number)[:20]
        source.fault(
            "DX060", f"`{shown}` is finer than a hundredth", f"Write `{rounded}`.", value=path
        )
    return int(rounded * 100)


def _labels(source: Source, key: Key, value: Any, path: Path) -> dict[str, str] | None:
    if not isinstance(value, dict):
        _wrong(source, key, value, path, "a table", f'Write `{key.name} = {{ issuer = "RU" }}`.')
        return None
    text = Key(key.name, "text", "")
    found = {k: _text(source, text, v, (*path, k)) for k, v in value.items()}
    return {k: v for k, v in found.items() if v is not None}


def _table(source: Source, key: Key, value: Any, path: Path) -> dict[str, Any] | None:
    block = BLOCKS[key.of]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        source.fault(
            "DX021",
            f"`[[{key.name}]]` comes once",
            f"Write `{block.written}` with single brackets.",
            key=(*path, 0),
        )
        value, path = value[0], (*path, 0)
    if not isinstance(value, dict):
        _wrong(source, key, value, path, "a table", f"Write `{block.written}`.")
        return None
    return _block(source, value, block, path)


def _tables(source: Source, key: Key, value: Any, path: Path) -> list[dict[str, Any]] | None:
    block = BLOCKS[key.of]
    if isinstance(value, dict):
        return _single(source, key, value, path)
    if not isinstance(value, list):
        _wrong(source, key, value, path, "a list of blocks", f"Write `{_header(path)}`.")
        return None
    kept = []
    for number, one in enumerate(value):
        at = (*path, number)
        if not isinstance(one, dict):
            help_ = 'Write `{ id = "…", label = "…" }`.' if key.of == "choice" else ""
            _wrong(source, key, one, at, "a table", help_)
        kept.append(_block(source, one, block, at) if isinstance(one, dict) else {})
    return kept


def _header(path: Path) -> str:
    return f"[[{'.'.join(p for p in path if isinstance(p, str))}]]"


def _single(source: Source, key: Key, value: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    written = _header(path)
    if set(value) <= {"choice"} and value:
        source.fault(
            "DX015",
            f"`[[{key.name}.choice]]` comes before its `{written}`",
            f"Write the `{written}` block first.",
            key=(*path, "choice"),
        )
        return []
    source.fault(
        "DX014",
        f"`{written[1:-1]}` has single brackets, but there may be many of them",
        f"Write `{written}`.",
        key=path,
    )
    # The path is that of the single block: positions are looked up as the file has it.
    return [_block(source, value, BLOCKS[key.of], path)]


_READERS: dict[str, Callable[[Source, Key, Any, Path], Any]] = {
    "text": _text,
    "id": _id,
    "texts": _texts,
    "ids": _ids,
    "flag": _flag,
    "whole": _whole,
    "number": _number,
    "weights": _weights,
    "labels": _labels,
    "table": _table,
    "tables": _tables,
}
