"""What could be written at a place of a checklist: keys, ids, answers, the words of conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docexam.checklists.edit_outline import Inside, Where, keys_between, outside, where
from docexam.checklists.keys import BLOCKS, Block, Key
from docexam.domain.checklist import NON_ANSWERS, Checklist

MOST = 60
_FARTHEST = 2000
_ANSWERED = ("answered", *NON_ANSWERS, "open")
_HEADER_START = re.compile(r"\s*(\[[\[\w.-]*)$")
_KEY_START = re.compile(r"\s*([A-Za-z_-]*)$")
_VALUE = re.compile(r"\s*[\"']?([A-Za-z_-]+)[\"']?\s*=\s*(.*)$")
_ALIGNED = re.compile(r"\s*([A-Za-z_-]+\s+)= ")
_WORD_END = re.compile(r"[A-Za-z0-9_-]*$")
_BRACE_KEY = re.compile(r"[{,]\s*([\w-]*)$")
_BRACE_VALUE = re.compile(r"([A-Za-z_-]+)\s*=\s*[\"']?([\w-]*)$")
_CONDITION = re.compile(r"\(|\)|\[|\]|,|[<>!=]+|[\w-]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be written: from column `start` to the cursor stands `text` then.

    `says`: what it is, in a few words.
    """

    text: str
    start: int
    says: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What a checklist's text may name: ids with their titles, by kind.

    `choices`: the answers of each indicator and fact, by its id.
    """

    items: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_kind: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, str]:
        """Return the ids of a kind with what they are called."""
        return self.by_kind.get(kind, {})


def names_of(
    draft: Checklist | None, answers: Iterable[str] = (), checklists: Iterable[str] = ()
) -> Names:
    """Gather the names from a resolved checklist; answer sets and other checklists are given."""
    if draft is None:
        return Names(by_kind={"include": dict.fromkeys(checklists, "")})
    asked = [i for i in (*draft.facts, *draft.indicators) if i.id]
    return Names(
        items={i.id: i.ask for i in asked} | {f.id: f.label for f in draft.fields if f.id},
        choices={i.id: {c.id: c.label for c in i.choices} for i in asked},
        by_kind={
            "section": {s.id: s.title for s in draft.sections},
            "group": {g.id: g.title for g in draft.groups},
            "place": {p.id: p.title for p in draft.places},
            "page": {c.id: c.label for c in draft.pages()},
            "proposition": {p.id: f"{p.about}: {p.title}" for p in draft.propositions},
            "answers": dict.fromkeys(answers, "a shared answer set"),
            "scale": {"enfsi-2015": "ships"} | {s.id: "" for s in draft.scales},
            "include": dict.fromkeys(checklists, ""),
        },
    )


def candidates(
    lines: Sequence[str], row: int, column: int, names: Names, inside: Inside = outside
) -> list[Candidate]:
    """Return what could be written at a place, likeliest first; at most 60."""
    if row >= len(lines) or column > _FARTHEST or inside(row):
        return []
    before = lines[row][:column]
    if "#" in before and _in_comment(before):
        return []
    here = where(lines, row, column, inside)
    header = _HEADER_START.match(before)
    if header:
        return _fitting(_headers(here), header[1], header.start(1))
    key = _KEY_START.match(before)
    if key and lines[row][column:].strip()[:1] in ("", "#"):
        return _fitting(_keys(lines, here, row), key[1], key.start(1))
    value = _VALUE.match(before)
    if value:
        return _fitting(*_values(here, value[1], value[2], column, names))
    return _fitting(*_in_braces(here, before, names))


def key_at(lines: Sequence[str], row: int, column: int, inside: Inside = outside) -> Key | None:
    """Return the key whose line a cursor stands on, as the language knows it."""
    if row >= len(lines) or inside(row):
        return None
    found = _VALUE.match(lines[row])
    block = _block(where(lines, row, column, inside))
    return block.keys.get(found[1]) if found and block else None


def _in_comment(before: str) -> bool:
    quote = ""
    for char in before:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "#":
            return True
    return False


def _fitting(offered: Iterable[tuple[str, str]], typed: str, start: int) -> list[Candidate]:
    """Keep what fits the typed word: what begins so before what holds it."""
    low = typed.lower()
    found = [(t, s) for t, s in offered if low in t.lower() and t != typed]
    found.sort(key=lambda pair: not pair[0].lower().lstrip('"[').startswith(low.lstrip('"[')))
    return [Candidate(text, start, says) for text, says in found[:MOST]]


# Headers and keys ----------------------------------------------------------------------------


def _block(here: Where) -> Block | None:
    block = BLOCKS.get(here.kind)
    for part in here.sub.split(".") if here.sub else ():
        key = block.keys.get(part) if block else None
        block = BLOCKS.get(key.of) if key and key.of else None
    return block


def _headers(here: Where) -> Iterator[tuple[str, str]]:
    top = BLOCKS["file"].keys
    own = top.get(here.kind)
    if own and own.of and "choice" in BLOCKS[own.of].keys:
        yield f"[[{here.kind}.choice]]", "One answer of this item."
    for key in top.values():
        if key.kind == "tables":
            yield f"[[{key.name}]]", key.says
    yield "[checklist]", BLOCKS["checklist"].says


def _keys(lines: Sequence[str], here: Where, row: int) -> Iterator[tuple[str, str]]:
    block = _block(here)
    if block is None:
        return
    end = here.sub_row + 1
    while end < here.end and not lines[end].lstrip().startswith("["):
        end += 1
    given = keys_between(lines, here.sub_row + 1 if here.kind != "file" else 0, end)
    # The equals sign goes where that of the line above stands.
    above = _ALIGNED.match(lines[row - 1]) if row else None
    width = len(above[1]) - 1 if above else 0
    for key in sorted(block.keys.values(), key=lambda k: not k.required):
        if key.name not in given and (key.kind != "tables" or key.name == "choices"):
            yield f"{key.name:<{width}} = ", key.says


# Values --------------------------------------------------------------------------------------

_Offer = tuple[Iterable[tuple[str, str]], str, int]
_NAMED = ("section", "group", "place", "page", "answers", "scale")


def _values(here: Where, name: str, rest: str, column: int, names: Names) -> _Offer:
    block = _block(here)
    key = block.keys.get(name) if block else None
    start = column - len(rest)
    if key is None:
        return (), "", column
    if name in ("when", "if"):
        return _condition(rest, start, here, names)
    if key.kind in ("weights", "tables"):
        return _in_braces(here, rest, names, start)
    if key.words:
        return [(f'"{w}"', "") for w in key.words], rest, start
    if key.kind == "flag":
        return [("true", ""), ("false", "")], rest, start
    if key.kind == "table":
        return [("{ min_px = 200 }", "the region's shorter side, in pixels")], rest, start
    if name in _NAMED:
        return [(f'"{i}"', says) for i, says in names.of(name).items()], rest, start
    if key.kind == "ids":
        word = _WORD_END.search(rest)
        typed = word[0] if word else ""
        kind = "include" if name == "include" else ""
        known = names.of(kind) if kind else {}
        return known.items(), typed, column - len(typed)
    return (), "", column


def _in_braces(here: Where, before: str, names: Names, shift: int = 0) -> _Offer:
    """Complete inside `{ … }`: the weights of an answer, or an answer written in braces."""
    weights = re.search(r"\bbears\s*=\s*\{[^}]*$", before) or (
        before.lstrip().startswith("{") and here.sub == "choice"
    )
    key = _BRACE_KEY.search(before)
    if key:
        at = shift + key.start(1)
        if weights:
            given = set(re.findall(r"([\w-]+)\s*=", before))
            known = names.of("proposition").items()
            return [(f"{i} = ", s) for i, s in known if i not in given], key[1], at
        keys = BLOCKS["choice"].keys.values()
        return [(f"{k.name} = ", k.says) for k in keys], key[1], at
    value = _BRACE_VALUE.search(before)
    if value and not weights:
        wanted = BLOCKS["choice"].keys.get(value[1])
        at = shift + value.start(2)
        if wanted and wanted.words:
            return [(f'"{w}"', "") for w in wanted.words], value[2], at
        if value[1] == "group":
            return [(f'"{i}"', s) for i, s in names.of("group").items()], value[2], at
    return (), "", shift + len(before)


# Conditions ----------------------------------------------------------------------------------


def _condition(rest: str, start: int, here: Where, names: Names) -> _Offer:
    if not rest[:1] or rest[0] not in "\"'":
        return [('"', "a condition, in quotes")], rest, start
    if rest[0] in rest[1:]:
        return (), "", start + len(rest)
    said = rest[1:]
    word = _WORD_END.search(said)
    typed = word[0] if word else ""
    at = start + len(rest) - len(typed)
    if typed in names.items and not _fitting(names.items.items(), typed, at):
        return [(" is ", ""), (" is not ", ""), (" in [", "one of several")], "", start + len(rest)
    before = _CONDITION.findall(said[: len(said) - len(typed)])
    return _next_words(before, here, names), typed, at


def _next_words(before: list[str], here: Where, names: Names) -> Iterable[tuple[str, str]]:
    items = [(i, says) for i, says in names.items.items() if i != here.id]
    beginning = [*items, ("not ", ""), ("any in ", "of a section or group"), ("all in ", ""),
                 ("count in ", "")]  # fmt: skip
    last = before[-1] if before else ""
    if last in ("", "and", "or", "(") or (last == "not" and before[-2:-1] != ["is"]):
        return beginning
    if last in ("<", "<=", ">", ">=", "=", "!="):
        return items
    if last in names.items:
        return [("is ", ""), ("is not ", ""), ("in [", "one of several"), ("= ", ""), (">= ", "")]
    if last in ("is", "not", "[", ","):
        return _answers(before, names)
    if last == "in":
        return [("section ", ""), ("group ", "")]
    if last in ("section", "group"):
        return names.of(last).items()
    return [("and ", ""), ("or ", "")]


def _answers(before: list[str], names: Names) -> list[tuple[str, str]]:
    owner = next((w for w in reversed(before) if w in names.choices), "")
    scoped = "section" in before or "group" in before
    choices = dict(names.choices.get(owner, {}))
    if scoped and not owner:
        choices = {c: says for held in names.choices.values() for c, says in held.items()}
    extra = [("not ", "")] if before[-1] == "is" else []
    return [*choices.items(), *((a, "any item") for a in _ANSWERED), *extra]
