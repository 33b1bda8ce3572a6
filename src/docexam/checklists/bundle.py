"""A checklist with the checklists it includes, block by block, before it is resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docexam.checklists.faults import did_you_mean
from docexam.checklists.library import Library, head_of
from docexam.checklists.positions import Path
from docexam.checklists.shape import shape
from docexam.checklists.source import Source
from docexam.domain.text import visible

MOST_FILES = 50
KINDS = (
    "proposition",
    "fact",
    "place",
    "field",
    "section",
    "group",
    "answers",
    "indicator",
    "check",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One block: its kind, its sound keys, and where it stands."""

    kind: str
    data: dict[str, Any]
    source: Source
    path: Path

    @property
    def id(self) -> str:
        """Return its id; empty where it has none that could be read."""
        return str(self.data.get("id", ""))

    def fault(self, code: str, message: str, help: str = "", **place: Any) -> None:
        """Complain about this block; `value` or `key` are paths inside it."""
        for name in ("key", "value"):
            if name in place:
                inner = place[name]
                place[name] = (*self.path, *(inner if isinstance(inner, tuple) else (inner,)))
        if "key" not in place and "value" not in place:
            place["key"] = self.path
        self.source.fault(code, message, help, **place)

    def line(self) -> int:
        """Return the line where the block begins."""
        return self.source.positions.line_column(self.source.positions.key(self.path).start)[0]

    def choices(self) -> Iterator[Entry]:
        """Yield its own choices: the short form first, then the blocks."""
        for name in ("choices", "choice"):
            for number, data in enumerate(self.data.get(name, ())):
                yield Entry("choice", data, self.source, (*self.path, name, number))


@dataclass
class Bundle:
    """All blocks by kind; what is included comes first. `head`: the root's own `[checklist]`.

    `partial`: something could not be read or found, so that what names nothing may yet be right.
    """

    root: Source
    head: dict[str, Any]
    partial: bool = False
    sources: list[Source] = field(default_factory=list)
    blocks: dict[str, list[Entry]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Entry]:
        """Return the blocks of a kind, in order."""
        return self.blocks.get(kind, [])

    def ids(self, kind: str) -> dict[str, Entry]:
        """Return the blocks of a kind by their ids; the first of an id wins."""
        found: dict[str, Entry] = {}
        for entry in self.of(kind):
            if entry.id:
                found.setdefault(entry.id, entry)
        return found

    def named(self) -> dict[str, Entry]:
        """Return indicators, facts and fields: what conditions may name."""
        return {**self.ids("field"), **self.ids("fact"), **self.ids("indicator")}


def gather(root: Source, library: Library) -> Bundle:
    """Shape a file and all it includes; faults go to the files where they stand."""
    gathering = _Gathering(library)
    data = shape(root)
    bundle = Bundle(root, data.get("checklist", {}))
    gathering.add(root, data, bundle, ())
    return bundle


class _Gathering:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._done: set[str] = set()

    def add(
        self, source: Source, data: dict[str, Any], bundle: Bundle, within: tuple[str, ...]
    ) -> None:
        head = data.get("checklist", {})
        name = str(head.get("id", ""))
        chain = (*within, name)
        for number, wanted in enumerate(head.get("include", ())):
            self._include(source, wanted, number, bundle, chain)
        bundle.sources.append(source)
        bundle.partial = bundle.partial or source.partial
        kinds = (*KINDS, "scale") if source is bundle.root else KINDS
        for kind in kinds:
            blocks = data.get(kind, ())
            entries = [Entry(kind, d, source, (kind, n)) for n, d in enumerate(blocks)]
            bundle.blocks.setdefault(kind, []).extend(entries)

    def _include(
        self, source: Source, wanted: str, number: int, bundle: Bundle, chain: tuple[str, ...]
    ) -> None:
        place: Path = ("checklist", "include", number)
        if wanted in chain:
            loop = " includes ".join(f"`{c}`" for c in (*chain[chain.index(wanted) :], wanted))
            source.fault("DX042", f"{loop}", "Take one of them out.", value=place)
            return
        if wanted in self._done:
            return
        self._done.add(wanted)
        if len(self._done) > MOST_FILES:
            source.fault("DX005", f"more than {MOST_FILES} files are included", value=place)
            return
        included = self._read(source, wanted, place)
        if included is None:
            bundle.partial = True
        else:
            self.add(included, shape(included), bundle, chain)

    def _read(self, source: Source, wanted: str, place: Path) -> Source | None:
        beside = source.path.parent if source.path else None
        found = self._library.find(wanted, beside)
        if found is None:
            known = [e.id for e in self._library.entries()]
            source.fault(
                "DX041",
                f"no checklist `{visible(wanted)}` is found",
                did_you_mean(wanted, known),
                value=place,
            )
            return None
        if found.outside:
            source.fault(
                "DX044",
                f"the file of `{visible(wanted)}` is a link that leads out of its folder",
                "Copy the file instead.",
                value=place,
            )
            return None
        held = self._library.source(found.path)
        if held.data is None:
            source.fault(
                "DX041",
                f"the included checklist `{visible(wanted)}` cannot be read",
                "Its own faults are told beside this one.",
                value=place,
            )
        elif head_of(held).get("id") != wanted:
            source.fault(
                "DX041",
                f"the file `{visible(found.path.name)}` says it is "
                f"`{visible(str(head_of(held).get('id')))[:60]}`",
                "Name the checklist by the id inside the file.",
                value=place,
            )
        return held.look()
