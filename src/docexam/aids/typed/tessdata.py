"""Where Tesseract's language data lies on this machine, and what to say where it does not.

Tesseract itself comes with the Python package `tesserocr` (the extra `docexam[ocr]`), the
language data with the system or from any folder that holds `LANGUAGE.traineddata`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "tesserocr"
EXTRA = "pip install 'docexam[ocr]'"
_NAMES = {"rus": "Russian", "eng": "English"}
# Debian and Fedora; Arch, Alpine and BSD; Homebrew on either processor, MacPorts.
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)


def folder_of(language: str) -> Path | None:
    """Return the folder with the data of `language` (`rus`, `eng`), or None."""
    return next((folder for folder in _folders() if _has(folder, language)), None)


def _has(folder: Path, language: str) -> bool:
    try:
        return (folder / f"{language}.traineddata").stat().st_size > 0
    except OSError:
        return False


def _folders() -> Iterator[Path]:
    named = os.environ.get("TESSDATA_PREFIX", "")
    if named:
        yield Path(named)
        yield Path(named) / "tessdata"
    for pattern in _FOLDERS:
        path = Path(pattern)
        if "*" not in pattern:
            yield path
        else:
            # The newest version of Tesseract first.
            yield from sorted(path.parent.parent.glob("*/tessdata"), reverse=True)


def has_engine() -> bool:
    """Return whether Tesseract's Python package is installed; it is not imported."""
    return find_spec(PACKAGE) is not None


def lacking(languages: Iterable[str], purpose: str) -> str:
    """Return what is missing to read any of `languages`, as a sentence; empty where nothing is.

    One language that is there is enough. `purpose` begins the sentence (`Reading typed text`).
    """
    wanted = tuple(languages)
    data = any(folder_of(language) for language in wanted)
    if has_engine() and data:
        return ""
    steps = [] if has_engine() else [EXTRA]
    if not data:
        names = " or ".join(_NAMES.get(language, language) for language in wanted)
        packages = " or ".join(f"tesseract-ocr-{language}" for language in wanted)
        steps.append(
            f"the {names} language data: Debian's {packages}, or a folder with "
            f"{wanted[0]}.traineddata named in TESSDATA_PREFIX"
        )
    return f"{purpose} needs Tesseract: {' and '.join(steps)}."
