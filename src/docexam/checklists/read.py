"""From a path or an id to a resolved checklist, with every fault of every file."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docexam.checklists.bundle import Bundle, gather
from docexam.checklists.conditions import check_conditions
from docexam.checklists.faults import ERROR, Fault, did_you_mean, has_errors, in_order
from docexam.checklists.library import Library, translation_name
from docexam.checklists.resolve import build, resolve_items
from docexam.checklists.rules import check_rules
from docexam.checklists.source import Source, source_of
from docexam.domain.checklist import Checklist
from docexam.domain.text import visible
from docexam.errors import InputError


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file. `checklist` is None where an error stands in the way of using it.

    `draft`: what could be understood all the same, for a preview; None where nothing could.
    `files`: the file and those it includes, in the order they are merged, the file itself last.
    """

    checklist: Checklist | None
    draft: Checklist | None
    faults: tuple[Fault, ...]
    files: tuple[Path, ...]

    def usable(self) -> Checklist:
        """Return the checklist; raises InputError that holds every error."""
        if self.checklist is None:
            errors = [f.render() for f in self.faults if f.level == ERROR]
            raise InputError(
                "DX-CHECKLIST",
                "The checklist cannot be used:\n" + "\n".join(errors),
                todo="Mend it, then run `docexam checklist check`.",
            )
        return self.checklist


def load(reference: str | Path, library: Library, *, craft: bool = True) -> Loaded:
    """Read a checklist by path or id. Faults are returned, never raised.

    `craft`: also lint the craft (leading questions and the like), which only gives warnings.
    """
    return load_source(source_named(reference, library), library, craft=craft)


def load_text(text: str, path: Path, library: Library, *, craft: bool = True) -> Loaded:
    """Read a text as if it stood in the file `path`: what an editor holds."""
    return load_source(source_of(text, str(path), path), library, craft=craft)


def load_usable(reference: str | Path, library: Library) -> Checklist:
    """Return a resolved checklist by path or id; raises InputError with every error."""
    return load(reference, library, craft=False).usable()


def load_source(root: Source, library: Library, *, craft: bool = True) -> Loaded:
    """Check and resolve one file with all it includes."""
    if root.data is None:
        return Loaded(None, None, in_order(root.faults), _paths([root]))
    bundle = gather(root, library)
    items = resolve_items(bundle)
    check_rules(bundle, items)
    conditioned = check_conditions(bundle, items)
    if craft:
        from docexam.checklists.craft import lint

        lint(bundle, items, conditioned)
    _named_after_id(root, bundle)
    faults = _told(bundle)
    draft = build(bundle, items)
    return Loaded(None if has_errors(faults) else draft, draft, faults, _paths(bundle.sources))


def _told(bundle: Bundle) -> tuple[Fault, ...]:
    """Errors of every file; warnings of the root only: an included file has its own check."""
    own = bundle.root.faults
    others = (f for s in bundle.sources if s is not bundle.root for f in s.faults)
    return in_order([*own, *(f for f in others if f.level == ERROR)])


def _paths(sources: Iterable[Source]) -> tuple[Path, ...]:
    return tuple(s.path for s in sources if s.path is not None)


def _named_after_id(root: Source, bundle: Bundle) -> None:
    name = bundle.head.get("id")
    if root.path is None or not name or root.path.stem == name or not root.path.suffix:
        return
    root.fault(
        "DX045",
        f"the file is called `{visible(root.path.name)}`, the checklist `{name}`",
        f"Call the file `{name}.toml`.",
        value=("checklist", "id"),
    )


def source_named(reference: str | Path, library: Library) -> Source:
    """Return the file a path or id names, as read; what is wrong is in its faults."""
    text = str(reference)
    if isinstance(reference, Path) or "/" in text or text.endswith(".toml"):
        return library.source(Path(text)).look()
    found = library.find(text)
    if found is not None and not found.outside:
        return library.source(found.path).look()
    if found is None and Path(text).is_file():
        return library.source(Path(text)).look()
    source = Source(text)
    if found is not None:
        source.faults.append(_stray(found.path))
        return source
    known = [e.id for e in library.entries()]
    source.fault("DX001", f"no checklist `{visible(text)}` is found", did_you_mean(text, known))
    return source


def _stray(path: Path) -> Fault:
    source = Source(str(path))
    source.fault("DX044", "the file is a link that leads out of its folder", "Copy it instead.")
    return source.faults[0]


def check(references: Sequence[str | Path], library: Library, *, craft: bool = True) -> list[Fault]:
    """Return every fault of the files and ids named; of the whole library where none is."""
    wanted: Sequence[str | Path] = references
    faults: list[Fault] = []
    if not references:
        wanted = [e.path for e in library.entries()]
        faults.extend(_stray(path) for path in library.strays())
    for reference in wanted:
        faults.extend(_faults_of(reference, library, craft))
    return list(in_order(faults))


def _faults_of(reference: str | Path, library: Library, craft: bool) -> Sequence[Fault]:
    if translation_name(Path(reference)):
        return _faults_of_translation(Path(reference), library)
    loaded = load(reference, library, craft=craft)
    faults = list(loaded.faults)
    for path in _translations_beside(loaded):
        faults.extend(_faults_of_translation(path, library))
    return faults


def _faults_of_translation(path: Path, library: Library) -> Sequence[Fault]:
    from docexam.checklists.translation import check_translation

    return check_translation(path, library)


def _translations_beside(loaded: Loaded) -> list[Path]:
    if not loaded.files or not loaded.files[-1].parent.is_dir():
        return []
    own = loaded.files[-1]
    siblings = (p for p in own.parent.glob(f"{glob.escape(own.stem)}.*.toml") if p.is_file())
    return sorted(p for p in siblings if translation_name(p))
