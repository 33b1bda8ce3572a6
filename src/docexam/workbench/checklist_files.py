"""The user's own checklists: opening, saving with the previous version kept, drafts, recovery.

Everything lies in the folder that `docexam locate` calls `checklists`:

- `ID.toml` is in use; an own one comes before the shipped one of the same id.
- `drafts/ID.toml` is saved and not used: no list and no `include` looks there.
- `previous/ID.N.toml` are the versions before, the highest N the latest; 30 are kept.
- `recovery/ID.PID.toml` is what a running or ended editor had not saved.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docexam.checklists.library import Library, shipped_dir, translation_name
from docexam.checklists.source import read_source
from docexam.domain.text import visible
from docexam.errors import InputError, MachineError
from docexam.workbench.folders import folders, write_private

DRAFTS, PREVIOUS, RECOVERY = "drafts", "previous", "recovery"
MOST_PREVIOUS = 30
MOST_LINES, MOST_COLUMNS = 20_000, 20_000
_NUMBERED = re.compile(r"\.(\d{1,9})\.toml\Z")
_UNREADABLE = ("DX001", "DX002", "DX003")

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that was kept. `at`: when, in seconds since 1970."""

    path: Path
    at: float

    def text(self) -> str:
        """Return what stands in it; raises InputError."""
        return read_checklist(self.path)


@dataclass
class ChecklistFile:
    """One checklist being edited.

    `origin`: the file it was read from. `target`: where saving writes; another one where the
    origin is shipped. `stamp`: the target as it was when read or written last, None for no file.
    `shadows`: the shipped file that the target hides, or will hide once it is saved.
    """

    folder: Path
    origin: Path
    target: Path
    text: str
    stamp: Stamp | None = None
    shadows: Path | None = None
    name: str = field(init=False)

    def __post_init__(self) -> None:
        inside = self.target.parent == self.folder
        mark = "" if inside else "-" + hashlib.sha256(os.fsencode(self.target)).hexdigest()[:8]
        self.name = f"{self.target.stem}{mark}"

    @property
    def copies(self) -> bool:
        """Whether saving makes a copy of its own of a shipped checklist."""
        return self.origin != self.target

    def changed_on_disk(self) -> bool:
        """Whether another program wrote the target since it was read or written here."""
        return stamp_of(self.target) != self.stamp

    def read_again(self) -> str:
        """Return what stands in the target now, and take that for what was read."""
        self.stamp = stamp_of(self.target)
        self.text = read_checklist(self.target)
        self.origin = self.target
        return self.text

    # -- saving --------------------------------------------------------------------------------

    def save(self, text: str) -> Path | None:
        """Write the target whole or not at all; return where the version before is kept.

        Raises MachineError where it cannot be written; then nothing was changed.
        """
        kept = self._keep_previous(text)
        _write(self.target, text, _mode(self.target))
        self.text, self.origin = text, self.target
        self.stamp = stamp_of(self.target)
        self.drop_draft()
        return kept

    def _keep_previous(self, text: str) -> Path | None:
        if not self.target.is_file():
            return None
        before = _bytes(self.target)
        if before == text.encode("utf-8", "surrogatepass"):
            return None
        earlier = self.previous()
        number = 1 + max((int(_number(k.path)) for k in earlier), default=0)
        path = self.folder / PREVIOUS / f"{self.name}.{number}.toml"
        _write_bytes(path, before, 0o644)
        for old in earlier[MOST_PREVIOUS - 1 :]:
            old.path.unlink(missing_ok=True)
        return path

    def previous(self) -> list[Kept]:
        """Return the versions kept, the latest first."""
        found = list(_kept(self.folder / PREVIOUS, f"{self.name}.", _NUMBERED))
        return sorted(found, key=lambda k: int(_number(k.path)), reverse=True)

    # -- drafts --------------------------------------------------------------------------------

    @property
    def draft_path(self) -> Path:
        """Where a draft of it lies."""
        return self.folder / DRAFTS / f"{self.name}.toml"

    def draft(self) -> Kept | None:
        """Return the draft, if there is one."""
        stamp = stamp_of(self.draft_path)
        return Kept(self.draft_path, stamp[0] / 1e9) if stamp else None

    def save_draft(self, text: str) -> Path:
        """Write the draft; the checklist in use stays as it is. Raises MachineError."""
        _write(self.draft_path, text, 0o644)
        return self.draft_path

    def drop_draft(self) -> None:
        """Remove the draft."""
        _remove(self.draft_path)

    # -- recovery ------------------------------------------------------------------------------

    @property
    def recovery_path(self) -> Path:
        """Where this process keeps what is not saved."""
        return self.folder / RECOVERY / f"{self.name}.{os.getpid()}.toml"

    def keep_recovery(self, text: str) -> None:
        """Keep what is not saved, should the program or the machine end. Raises MachineError."""
        _write(self.recovery_path, text, 0o600)

    def drop_recovery(self) -> None:
        """Remove what this process kept: it is saved."""
        _remove(self.recovery_path)

    def recovery(self) -> Kept | None:
        """Return the latest text that an ended editor had not saved and that is not the file's."""
        found = _kept(self.folder / RECOVERY, f"{self.name}.", _NUMBERED)
        left = [k for k in found if not _runs(int(_number(k.path)))]
        left.sort(key=lambda k: k.at, reverse=True)
        for kept in left:
            try:
                if kept.text() != self.text:
                    return kept
            except InputError:
                continue
        return None

    def settle_recovery(self, kept: Kept) -> None:
        """Take what was offered off the offers; an older one of the same editor goes too."""
        for other in _kept(self.folder / RECOVERY, f"{self.name}.", _NUMBERED):
            if other.at <= kept.at and not _runs(int(_number(other.path))):
                other.path.unlink(missing_ok=True)

    def refuse_recovery(self, kept: Kept) -> Path:
        """Put what was offered and not wanted among the previous versions; return where."""
        number = 1 + max((int(_number(k.path)) for k in self.previous()), default=0)
        path = self.folder / PREVIOUS / f"{self.name}.{number}.toml"
        _write(path, kept.text(), 0o644)
        self.settle_recovery(kept)
        return path


# Opening -------------------------------------------------------------------------------------


def own_folder(library: Library) -> Path:
    """Return the user's folder of checklists, which need not exist yet."""
    return library.user or folders().checklists


def open_checklist(reference: str, library: Library) -> ChecklistFile:
    """Open a checklist by id or path for editing; raises InputError, MachineError.

    A shipped one is read where it is; saving will make an own copy.
    """
    from docexam.checklists.faults import did_you_mean

    folder = own_folder(library).resolve()
    path = _path_of(reference, library)
    if path is None:
        known = [e.id for e in library.entries()]
        raise InputError(
            "DX-NOCHECKLIST",
            f"There is no checklist `{visible(reference[:80])}`.",
            todo=f"{did_you_mean(reference, known)} `docexam checklist new ID` makes a new one.",
        )
    path = path.resolve()
    text = read_checklist(path)
    shipped = _inside(path, library.shipped) and not _inside(path, folder)
    target = folder / path.name if shipped else path
    if shipped and target.is_file():
        raise InputError(
            "DX-SHADOWED",
            f"You have a copy of your own of `{path.stem}`.",
            where=str(target),
            todo=f"Edit that: `docexam checklist edit {path.stem}`.",
        )
    return ChecklistFile(folder, path, target, text, stamp_of(target), _shadowed(target, library))


def _path_of(reference: str, library: Library) -> Path | None:
    if "/" in reference or reference.endswith(".toml"):
        return Path(reference).expanduser()
    found = library.find(reference)
    if found is None:
        return None
    if found.outside:
        raise InputError(
            "DX-LINK",
            "The file is a link that leads out of its folder.",
            where=str(found.path),
            todo="Copy the file into the folder, or name it by its path.",
        )
    return found.path


def _shadowed(target: Path, library: Library) -> Path | None:
    if target.parent.resolve() == library.shipped.resolve():
        return None
    beside = library.shipped / target.name
    in_use = target.parent == own_folder(library).resolve()
    return beside if in_use and beside.is_file() else None


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def read_checklist(path: Path) -> str:
    """Return a checklist's text as it stands, a byte order mark included; raises InputError."""
    source = read_source(path)
    wrong = next((f for f in source.faults if f.code in _UNREADABLE), None)
    if wrong:
        raise InputError(
            wrong.code,
            f"{wrong.message[:1].upper()}{wrong.message[1:]}.",
            where=visible(str(path)),
            todo=wrong.help,
        )
    text = _bytes(path).decode("utf-8")
    _must_be_for_people(text, path)
    return text


def _must_be_for_people(text: str, path: Path) -> None:
    """Refuse what no one writes by hand, before a screen tries to lay it out."""
    lines = text.split("\n")
    longest = max(map(len, lines))
    if len(lines) > MOST_LINES or longest > MOST_COLUMNS:
        raise InputError(
            "DX-EDIT",
            f"The file has {len(lines)} lines, the longest of {longest} characters; at most "
            f"{MOST_LINES} and {MOST_COLUMNS} can be edited here.",
            where=visible(str(path)),
            todo="Split it; `include` joins the parts.",
        )


# Making new ones -----------------------------------------------------------------------------


def new_checklist(
    library: Library, name: str, title: str, language: str = "en", template: str = "minimal"
) -> Path:
    """Write a new checklist from a template into the user's folder and return its path.

    `name` is its id. Raises InputError where the id is none or is in use, MachineError where the
    folder cannot be written.
    """
    from docexam.checklists.edit import must_be_id
    from docexam.checklists.templates import filled

    must_be_id(name)
    held = library.find(name)
    if held is not None:
        shipped = held.path.parent == shipped_dir()
        raise InputError(
            "DX-EXISTS",
            f"There is a checklist `{name}` already.",
            where=str(held.path),
            todo=f"`docexam checklist edit {name}` "
            + ("makes a copy of your own." if shipped else "opens it."),
        )
    path = own_folder(library) / f"{name}.toml"
    _write(path, filled(template, name, title, language), 0o644)
    return path


# Translations --------------------------------------------------------------------------------


def write_skeleton(library: Library, reference: str, language: str) -> Path:
    """Write a translation to be filled in, or add to one what it lacks; return its path.

    It is written beside an own checklist, into the user's folder for a shipped one. Raises
    InputError where a shipped translation is there already, MachineError where it cannot be
    written.
    """
    from docexam.checklists.edit_translation import extended, skeleton
    from docexam.checklists.read import source_named

    source = source_named(reference, library)
    if source.path is None or source.data is None:
        raise InputError(
            "DX-NOCHECKLIST",
            f"The checklist `{visible(reference[:80])}` cannot be read.",
            todo="`docexam checklist check` tells why.",
        )
    path = _translation_path(library, reference, source.path, language)
    # An own copy of a shipped checklist goes on from the shipped translation.
    base = (
        path if path.is_file() else library.translation_of(path.name.split(".")[0], language, None)
    )
    held = read_checklist(base) if base else None
    text = skeleton(source, library, language) if held is None else ""
    if held is not None:
        text = extended(held, path, library).text
    if text != held or base != path:
        _write(path, text, _mode(path))
    return path


def _translation_path(library: Library, reference: str, own: Path, language: str) -> Path:
    name = f"{own.stem}.{language}.toml"
    if translation_name(Path(name)) is None:
        raise InputError(
            "DX-LANGUAGE",
            f"`{visible(language[:40])}` is no code of a language.",
            todo="Write a code such as `uk`.",
        )
    shipped = _inside(own, library.shipped) and not _inside(own, own_folder(library))
    if not shipped or reference.endswith(".toml"):
        return own.parent / name
    held = library.translation_of(own.stem, language, own)
    if held is not None and held.parent != own_folder(library):
        raise InputError(
            "DX-SHIPPED",
            f"docexam ships a translation of `{own.stem}` into `{language}`.",
            where=str(held),
            todo="Copy it with its checklist to change it.",
        )
    return own_folder(library) / name


def stamp_translation(path: Path, library: Library, renewed: Sequence[str] = ()) -> int:
    """Write into the tables of a translation which originals they were made from.

    Returns how many tables changed; `renewed` names those that were made anew. Raises InputError.
    """
    from docexam.checklists.edit_translation import with_hashes

    text = read_checklist(path)
    edit, count = with_hashes(text, path, library, renewed)
    if count:
        _write(path, edit.text, _mode(path))
    return count


def follow_names(own: Path, library: Library) -> list[Path]:
    """Let the translations beside a checklist follow the items that were given other ids.

    Returns the files that were changed; those that cannot be are left as they are, and told by
    the check. Raises MachineError.
    """
    from docexam.checklists.edit import EditRefusedError
    from docexam.checklists.edit_translation import with_new_names

    changed: list[Path] = []
    for path in sorted(own.parent.glob(f"{glob.escape(own.stem)}.*.toml")):
        named = translation_name(path)
        if named is None or named[0] != own.stem or not path.is_file() or path.is_symlink():
            continue
        try:
            edit, count = with_new_names(read_checklist(path), path, library)
        except (EditRefusedError, InputError):
            continue
        if count:
            _write(path, edit.text, _mode(path))
            changed.append(path)
    return changed


# Files ---------------------------------------------------------------------------------------


def stamp_of(path: Path) -> Stamp | None:
    """Return what changes whenever a file does; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o644


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MachineError(
            "DX-READ", f"The file cannot be read: {error.strerror}.", where=visible(str(path))
        ) from None


def _write(path: Path, text: str, mode: int) -> None:
    _write_bytes(path, text.encode("utf-8", "surrogatepass"), mode)


def _write_bytes(path: Path, content: bytes, mode: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, content, mode)
    except OSError as error:
        raise MachineError(
            "DX-WRITE",
            f"The checklist could not be written: {error.strerror}.",
            where=visible(str(path)),
            todo="The text is still in the editor; make room or choose another folder.",
        ) from None


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(
            "DX-WRITE", f"A file could not be removed: {error.strerror}.", where=visible(str(path))
        ) from None


def _kept(folder: Path, prefix: str, shape: re.Pattern[str]) -> Iterator[Kept]:
    try:
        paths = list(folder.iterdir())
    except OSError:
        return
    for path in paths:
        rest = path.name[len(prefix) - 1 :]
        if path.name.startswith(prefix) and shape.fullmatch(rest):
            stamp = stamp_of(path)
            if stamp and path.is_file():
                yield Kept(path, stamp[0] / 1e9)


def _number(path: Path) -> str:
    found = _NUMBERED.search(path.name)
    return found[1] if found else "0"


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return pid != os.getpid() and pid > 0
