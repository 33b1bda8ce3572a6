"""The JSON Schema of checklists for editors, made from the language's own tables of keys.

It says less than the reader: ids that name nothing, conditions and loops need docexam itself.
"""

from __future__ import annotations

import json
from typing import Any

from docexam.checklists.keys import BLOCKS, MOST_ID, MOST_TEXT, Block, Key
from docexam.checklists.rules import MOST_WEIGHT

_ID_PATTERN = "^[a-z0-9]+([-_][a-z0-9]+)*$"
SCHEMA_ID = "checklist.schema.json"


def schema() -> dict[str, Any]:
    """Return the schema as plain data (JSON Schema draft 7)."""
    blocks = {name: _block(block) for name, block in BLOCKS.items() if name != "file"}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_ID,
        "title": "docexam checklist",
        **_block(BLOCKS["file"]),
        "definitions": {
            "id": {"type": "string", "pattern": _ID_PATTERN, "maxLength": MOST_ID},
            "text": {"type": "string", "minLength": 1, "maxLength": MOST_TEXT},
            **blocks,
        },
    }


def schema_text() -> str:
    """Return the schema as the text of `schema/checklist.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _block(block: Block) -> dict[str, Any]:
    required = [k.name for k in block.keys.values() if k.required]
    return {
        "type": "object",
        "description": block.says,
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": {k.name: _key(k) for k in block.keys.values()},
    }


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}


def _key(key: Key) -> dict[str, Any]:
    return {"description": key.says, **_kind(key)}


def _kind(key: Key) -> dict[str, Any]:
    if key.words:
        return {"type": "string", "enum": list(key.words)}
    low, high = key.bounds
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "minLength": 1, "maxLength": MOST_TEXT},
        "id": {"type": "string", "pattern": _ID_PATTERN, "maxLength": MOST_ID},
        "texts": {"type": "array", "items": _ref("text")},
        "ids": {"type": "array", "items": _ref("id")},
        "flag": {"type": "boolean"},
        "whole": {"type": "integer", "minimum": low, "maximum": high},
        "number": {"type": "number"},
        "weights": {"type": "object", "additionalProperties": _weight()},
        "labels": {"type": "object", "additionalProperties": _ref("text")},
    }
    if key.kind == "table":
        return {"type": "object", "allOf": [_ref(key.of)]}
    if key.kind == "tables":
        return {"type": "array", "items": _ref(key.of)}
    return kinds[key.kind]


def _weight() -> dict[str, Any]:
    most = MOST_WEIGHT / 100
    return {"type": "number", "minimum": -most, "maximum": most}
