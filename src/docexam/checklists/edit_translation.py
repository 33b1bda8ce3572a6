"""Translations written for the translator: skeletons, what is new, and the hashes of the originals.

The originals stand in the skeleton as comments, so that nothing untranslated passes for a
translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from docexam.checklists.bundle import gather
from docexam.checklists.edit_sheet import Edit, EditRefusedError, Sheet, Splice, value_at
from docexam.checklists.edit_write import added_line, key_text, set_in, text_value, value_text
from docexam.checklists.library import Library
from docexam.checklists.source import Source
from docexam.checklists.translation import (
    OPTIONAL,
    TEXTS,
    Original,
    Table,
    original_source,
    originals,
    read_translation,
    text_hash,
)
from docexam.domain.text import visible

_HEAD = """\
# Take the `#` away and write the translation in place of the original. What is left out is shown
# in the original. Whoever is fluent and has read it through sets reviewed = true.

[translation]
of       = {of}
version  = {version}
language = {language}
reviewed = false
"""


def skeleton(source: Source, library: Library, language: str) -> str:
    """Return a new translation of a checklist file, every text as a comment to be replaced."""
    bundle = gather(source, library)
    head = bundle.head
    top = _HEAD.format(
        of=text_value(str(head.get("id", ""))),
        version=text_value(str(head.get("version", ""))),
        language=text_value(language),
    )
    known = originals(bundle, source)
    return top + "".join(_tables(known, known))


def _tables(known: Mapping[str, Original], names: Iterable[str]) -> Iterable[str]:
    for name in names:
        original = known[name]
        lines = _comments(original)
        if original.kind != "inherited" and lines:
            header = ".".join(key_text(part) for part in name.split("."))
            stamp = f'source_hash = "{text_hash(original.kind, original.texts)}"'
            yield "\n".join(["", f"[{header}]", stamp, *lines, ""])


def _comments(original: Original, keys: Sequence[str] = ()) -> list[str]:
    wanted = [k for k in TEXTS.get(original.kind, ()) if not keys or k in keys]
    texts = ((k, original.texts.get(k)) for k in wanted)
    return [f"# {key} = {value_text(text)}" for key, text in texts if text]


def extended(text: str, path: Path, library: Library) -> Edit:
    """Add to a translation what the checklist has and it has not, as comments to be replaced.

    `path`: where the translation lies or will lie. Raises EditRefusedError.
    """
    sheet = Sheet(text)
    tables, known = _read(text, path, library)
    given = {t.name: t for t in tables}
    splices: list[Splice] = []
    for name, original in known.items():
        table = given.get(name)
        if table is None:
            continue
        missing = [k for k in TEXTS.get(original.kind, ()) if k not in table.texts]
        missing = [k for k in missing if k not in OPTIONAL and not _is_noted(sheet, table, k)]
        lines = _comments(original, missing) if missing else []
        if lines:
            at = sheet.line_end(_end_of(sheet, table))
            splices.append(Splice(at, at, "".join(sheet.newline + line for line in lines)))
    new = "".join(_tables(known, (n for n in known if n not in given)))
    if new:
        end = len(sheet.text)
        lead = "" if sheet.text.endswith("\n") else sheet.newline
        splices.append(Splice(end, end, lead + new.replace("\n", sheet.newline)))
    told = f"{len(splices)} places added." if splices else "Nothing is missing."
    return sheet.apply(splices, _with_tables(sheet, known, given), told)


def _is_noted(sheet: Sheet, table: Table, key: str) -> bool:
    bounds = sheet.under(table.path)
    return bounds is not None and f"# {key} = " in sheet.text[bounds[0] : bounds[1]]


def _end_of(sheet: Sheet, table: Table) -> int:
    bounds = sheet.under(table.path)
    if bounds is None:
        raise EditRefusedError(f"`{table.name}` has no header of its own.", "Change it by hand.")
    return max([bounds[0], *(span.end for span in sheet.pairs(table.path))])


def _with_tables(
    sheet: Sheet, known: Mapping[str, Original], given: Mapping[str, Table]
) -> dict[str, object]:
    plan = sheet.plan()
    for name, original in known.items():
        if name not in given and original.kind != "inherited" and _comments(original):
            stamp = text_hash(original.kind, original.texts)
            set_in(plan, (*name.split("."), "source_hash"), stamp)
    return plan


def with_hashes(
    text: str, path: Path, library: Library, renewed: Sequence[str] = ()
) -> tuple[Edit, int]:
    """Write into each table the hash of the texts it was made from, where it has none yet.

    `renewed`: names of tables that were made anew, such as `indicator.photo`: their hash is set
    again. Returns the edit and how many tables it changes. Raises EditRefusedError.
    """
    sheet = Sheet(text)
    tables, known = _read(text, path, library)
    splices: list[Splice] = []
    plan = sheet.plan()
    for table in tables:
        original = known.get(table.name)
        if original is None or original.kind == "inherited" or not table.texts:
            continue
        stamp = text_hash(original.kind, original.texts)
        if table.source_hash and (table.name not in renewed or table.source_hash == stamp):
            continue
        splices.append(_stamped(sheet, table, stamp))
        value_at(plan, table.path)["source_hash"] = stamp
    told = f"{len(splices)} tables carry the hash of their original now."
    return sheet.apply(splices, plan, told), len(splices)


def _stamped(sheet: Sheet, table: Table, stamp: str) -> Splice:
    held = sheet.positions.values.get((*table.path, "source_hash"))
    if held is not None:
        return Splice(held.start, held.end, text_value(stamp))
    return added_line(sheet, table.path, "source_hash", text_value(stamp))


def with_new_names(text: str, path: Path, library: Library) -> tuple[Edit, int]:
    """Let the tables of indicators follow those that say by `replaces` what they were called.

    Returns the edit and how many items it concerns. Raises EditRefusedError.
    """
    sheet = Sheet(text)
    tables, known = _read(text, path, library)
    told = {
        str(old): name.partition(".")[2]
        for name, original in known.items()
        if original.kind == "indicator"
        for old in original.texts.get("replaces", ())
    }
    lost = {t.id for t in tables if t.kind == "indicator" and f"indicator.{t.id}" not in known}
    moves = {old: told[old] for old in sorted(lost & told.keys())}
    part = sheet.plan().get("indicator", {})
    moves = {old: new for old, new in moves.items() if new not in part}
    plan = sheet.plan()
    splices: list[Splice] = []
    for old, new in moves.items():
        plan["indicator"][new] = plan["indicator"].pop(old)
        splices += _renamed_headers(sheet, old, new)
    return sheet.apply(splices, plan, f"{len(moves)} items have their new names."), len(moves)


def _renamed_headers(sheet: Sheet, old: str, new: str) -> Iterable[Splice]:
    lead = re.compile(rf"\[\s*[\"']?indicator[\"']?\s*\.\s*[\"']?(?={re.escape(old)}[\"'\s.\]])")
    for path, span in sheet.positions.tables:
        found = lead.match(sheet.text, span.start, span.end)
        if path[:2] == ("indicator", old) and found:
            yield Splice(found.end(), found.end() + len(old), new)


def _read(text: str, path: Path, library: Library) -> tuple[list[Table], dict[str, Original]]:
    translation = read_translation(path, library, text)
    original = original_source(translation, library)
    if original is None or original.data is None:
        raise EditRefusedError(
            f"No checklist `{visible(translation.of)}` is found beside it or in the library."
        )
    bundle = gather(original, library)
    return translation.tables, originals(bundle, bundle.root)
