"""The JSON Schema of the report, drawn from the model itself."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from inspect import cleandoc
from typing import Any

from docexam.reports import model as m

_SIMPLE: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_WORDS = {
    "notice": {"type": "string", "description": "How much this copy holds back."},
    "scope": {"type": "string", "description": "What the assessment rests on."},
}


def report_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of what `write_json` writes."""
    defs: dict[str, Any] = {}
    body = _object(m.Report, defs)
    body["properties"] = {**_WORDS, **body["properties"]}
    body["properties"]["report_schema"] = {"const": m.REPORT_SCHEMA}
    body["required"] = [*_WORDS, *body["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"docexam report, schema {m.REPORT_SCHEMA}",
        **body,
        "$defs": dict(sorted(defs.items())),
    }


def schema_text() -> str:
    """Return the schema as the file `schema/report.schema.json` holds it."""
    return json.dumps(report_schema(), indent=2, ensure_ascii=True) + "\n"


def _object(kind: type[Any], defs: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    properties = {f.name: _of(hints[f.name], defs) for f in fields(kind)}
    return {
        "type": "object",
        "description": " ".join(cleandoc(kind.__doc__ or "").split()),
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of(hint: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if hint in _SIMPLE:
        return {"type": _SIMPLE[hint]}
    if hint is type(None):
        return {"type": "null"}
    if hint is m.Withheld:
        return _named("Withheld", defs, _withheld())
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint, defs)
    if isinstance(hint, types.UnionType):
        return {"anyOf": [_of(part, defs) for part in typing.get_args(hint)]}
    return _array(typing.get_args(hint), defs)


def _array(parts: tuple[Any, ...], defs: dict[str, Any]) -> dict[str, Any]:
    if parts[-1] is Ellipsis:
        return {"type": "array", "items": _of(parts[0], defs)}
    each = [_of(part, defs) for part in parts]
    return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}


def _dataclass(kind: type[Any], defs: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in defs:
        # The name is taken before its parts are drawn, so a class may hold itself.
        defs[kind.__name__] = {}
        defs[kind.__name__] = _object(kind, defs)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _named(name: str, defs: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    defs[name] = body
    return {"$ref": f"#/$defs/{name}"}


def _withheld() -> dict[str, Any]:
    return {
        "type": "object",
        "description": " ".join(cleandoc(m.Withheld.__doc__ or "").split()),
        "properties": {"withheld": {"type": "string"}},
        "required": ["withheld"],
        "additionalProperties": False,
    }


if __name__ == "__main__":
    print(schema_text(), end="")
