"""The parts of the documentation and the schema that are made from the language's own tables.

`python -m docexam.checklists.pages` writes them anew in a checkout; tests prove them current.
"""

from __future__ import annotations

import re
from pathlib import Path

from docexam.checklists.code_samples import BASE, Code
from docexam.checklists.codes import CODES
from docexam.checklists.keys import BLOCKS, Block, Key
from docexam.checklists.schema import schema_text

_HEAD = """\
# Faults of checklists

`docexam checklist check` tells every fault of every file in one run: the place, the line with a
caret, a code, and what to write instead. This page explains the codes. They are stable: a number
is never used for something else.

An **error** keeps the checklist from being used. A **warn**ing or a **note** does not; with
`--strict` warnings count as errors. `--json` and `--format github` print the same for programs.

The examples are added to a small sound checklist, which stands at the end of this page.

<!-- Made by `python -m docexam.checklists.pages`. -->
"""
_MARK = re.compile(r"(<!-- keys: begin -->\n).*?(<!-- keys: end -->)", re.DOTALL)


def faults_page() -> str:
    """Return `docs/faults.md`."""
    parts = [_HEAD, *(_code(c) for c in CODES.values()), _base()]
    return "\n".join(parts)


def _code(code: Code) -> str:
    text = f"## {code.id}: {code.title}\n\n*{code.level}*: {code.meaning}\n"
    if not code.wrong:
        return text
    shown = code.wrong.replace(BASE, "")
    if code.whole and code.wrong.startswith("schema = 1"):
        shown = code.wrong[: code.wrong.index("\n\n[[proposition]]")] + "\n"
    return f"{text}\n```toml\n{shown.strip()}\n```\n"


def _base() -> str:
    return f"## The checklist the examples are added to\n\n```toml\n{BASE.strip()}\n```\n"


def keys_reference() -> str:
    """Return the reference of all keys, block by block, as Markdown."""
    return "\n".join(_block(b) for b in BLOCKS.values() if b.name != "file")


def _block(block: Block) -> str:
    rows = "\n".join(_row(k) for k in block.keys.values())
    return (
        f"### `{block.written}`\n\n{block.says}\n\n"
        f"| key | value | meaning |\n|---|---|---|\n{rows}\n"
    )


def _row(key: Key) -> str:
    name = f"**`{key.name}`**" if key.required else f"`{key.name}`"
    return f"| {name} | {_value(key)} | {key.says} |"


def _value(key: Key) -> str:
    if key.words:
        return " ".join(f"`{w}`" for w in key.words)
    kinds = {
        "text": "text",
        "id": "id",
        "texts": "list of texts",
        "ids": "list of ids",
        "flag": "`true` or `false`",
        "whole": f"whole number, {key.bounds[0]} to {key.bounds[1]}",
        "weights": "proposition id = weight",
        "number": "decimal",
        "labels": "key = text",
        "table": "table",
        "tables": "list of tables",
    }
    return kinds[key.kind]


def with_keys(page: str) -> str:
    """Return the page of the language with its reference of keys made anew."""
    return _MARK.sub(lambda m: m[1] + keys_reference() + m[2], page)


def write_all(root: Path) -> None:
    """Write the pages and the schema below the root of a checkout."""
    language = root / "docs" / "checklist-language.md"
    (root / "docs" / "faults.md").write_text(faults_page(), "utf-8")
    language.write_text(with_keys(language.read_text("utf-8")), "utf-8")
    (root / "schema" / "checklist.schema.json").write_text(schema_text(), "utf-8")


if __name__ == "__main__":
    write_all(Path(__file__).resolve().parents[3])
