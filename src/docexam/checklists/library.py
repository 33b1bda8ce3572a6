"""Where checklists lie: the user's folder, then the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docexam.checklists.keys import ID
from docexam.checklists.source import Source, read_source

_TRANSLATION_NAME = re.compile(r"(?P<of>[^.]+)\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]+)*)\.toml\Z")


def shipped_dir() -> Path:
    """Return the folder of the shipped checklists: in an installed wheel or in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_shipped" / "checklists"
    return installed if installed.is_dir() else package.parents[1] / "checklists"


def translation_name(path: Path) -> tuple[str, str] | None:
    """Return the checklist's id and the language a file's name speaks of, or None."""
    found = _TRANSLATION_NAME.match(path.name)
    return (found["of"], found["language"]) if found else None


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One checklist file. `shadowed`: another file of the same id comes before it.

    `id`, `version` and `title` are empty where the file cannot be understood.
    """

    id: str
    version: str
    title: str
    path: Path
    shipped: bool
    shadowed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return what `checklist list --json` prints."""
        return {
            "id": self.id,
            "version": self.version,
            "title": self.title,
            "path": str(self.path),
            "shipped": self.shipped,
            "shadowed": self.shadowed,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A checklist file found by its id; `outside`: it is a link that leaves its folder."""

    path: Path
    outside: bool = False


class Library:
    """The search path of checklists: `user` first, then the shipped folder.

    Files are read once and kept until they change on disk.
    """

    def __init__(self, user: Path | None = None, shipped: Path | None = None) -> None:
        self.user = user
        self.shipped = shipped_dir() if shipped is None else shipped
        self._sources: dict[Path, tuple[tuple[int, int, int], Source]] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return the folders searched, in order."""
        return tuple(f for f in (self.user, self.shipped) if f is not None)

    def entries(self) -> list[LibraryEntry]:
        """Return every checklist of the library; translations are none."""
        found: list[LibraryEntry] = []
        seen: set[str] = set()
        for folder in self.folders:
            for path in files_in(folder):
                if translation_name(path):
                    continue
                entry = self._entry(path, folder == self.shipped, seen)
                seen.add(entry.id)
                found.append(entry)
        return found

    def _entry(self, path: Path, shipped: bool, seen: set[str]) -> LibraryEntry:
        head = head_of(self.source(path))
        name = str(head.get("id") or path.stem)
        return LibraryEntry(
            id=name,
            version=str(head.get("version", "")),
            title=str(head.get("title", "")),
            path=path,
            shipped=shipped,
            shadowed=name in seen,
        )

    def strays(self) -> list[Path]:
        """Return the links in the folders that lead out of them; they are never followed."""
        return [p for f in self.folders for p in _toml_names(f) if p.is_symlink() and _leaves(p, f)]

    def translations(self) -> list[Path]:
        """Return every translation file of the library."""
        return [p for f in self.folders for p in files_in(f) if translation_name(p)]

    def translation_of(self, checklist_id: str, language: str, beside: Path | None) -> Path | None:
        """Return the translation of a checklist, beside its file or in the library; or None."""
        folders = [*([beside.parent] if beside else []), *self.folders]
        for folder in folders:
            path: Path = folder / f"{checklist_id}.{language}.toml"
            if path.is_file() and not _leaves(path, folder):
                return path
        return None

    def find(self, checklist_id: str, beside: Path | None = None) -> Found | None:
        """Return the file of a checklist: in the folder `beside` first, then on the search path."""
        if not ID.match(checklist_id):
            return None
        folders = dict.fromkeys((*([beside] if beside else []), *self.folders))
        for folder in folders:
            path = folder / f"{checklist_id}.toml"
            if path.exists():
                return Found(path, _leaves(path, folder))
        for folder in folders:
            for path in files_in(folder):
                if (
                    not translation_name(path)
                    and head_of(self.source(path)).get("id") == checklist_id
                ):
                    return Found(path)
        return None

    def source(self, path: Path, name: str = "") -> Source:
        """Return a file as read; from memory while it has not changed on disk."""
        key = path.absolute()
        stamp = _stamp(key)
        held = self._sources.get(key)
        if stamp and held and held[0] == stamp and held[1].name == (name or str(path)):
            return held[1]
        source = read_source(path, name)
        if stamp:
            self._sources[key] = (stamp, source)
        return source


def head_of(source: Source) -> dict[str, Any]:
    """Return the `[checklist]` block of a file as it stands, or an empty one."""
    head = (source.data or {}).get("checklist")
    return head if isinstance(head, dict) else {}


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the TOML files of a folder, by name; links that leave the folder are left out."""
    for path in _toml_names(folder):
        if path.is_file() and not _leaves(path, folder):
            yield path


def _toml_names(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.suffix == ".toml")
    except OSError:
        return []


def _leaves(path: Path, folder: Path) -> bool:
    try:
        return not path.resolve(strict=True).is_relative_to(folder.resolve(strict=True))
    except (OSError, RuntimeError):
        return True


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
