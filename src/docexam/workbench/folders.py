"""Where things lie on this machine, and the little that is remembered between starts."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docexam.errors import InputError, MachineError


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders docexam uses. `demo` is the casebook of the demonstration."""

    casebook: Path
    checklists: Path
    settings: Path
    keymap: Path
    demo: Path

    def as_dict(self) -> dict[str, str]:
        """Return names and paths, for `docexam locate`."""
        return {name: str(getattr(self, name)) for name in self.__slots__}


def folders(casebook: str | None = None, env: Mapping[str, str] | None = None) -> Folders:
    """Work out the folders from the option, the environment and the platform's custom."""
    import platformdirs

    environ = os.environ if env is None else env
    data = platformdirs.user_data_path("docexam", appauthor=False)
    config = platformdirs.user_config_path("docexam", appauthor=False)
    if casebook == "":
        raise InputError("DX-CASEBOOK", "The casebook's folder has no name.", todo="--casebook DIR")
    chosen = casebook or environ.get("DOCEXAM_CASEBOOK")
    own = environ.get("DOCEXAM_CHECKLISTS")
    return Folders(
        casebook=Path(chosen).expanduser() if chosen else data / "casebook",
        checklists=Path(own).expanduser() if own else data / "checklists",
        settings=config / "settings.json",
        keymap=config / "keymap.toml",
        demo=data / "demo-casebook",
    )


def remembered(settings: Path) -> dict[str, Any]:
    """Return what was remembered; an unreadable or foreign file counts as nothing."""
    try:
        data = json.loads(settings.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def remember(settings: Path, **values: Any) -> None:
    """Add `values` to what is remembered; raises MachineError when it cannot be written."""
    data = remembered(settings) | values
    try:
        settings.parent.mkdir(parents=True, exist_ok=True)
        write_private(settings, json.dumps(data, indent=2, sort_keys=True).encode())
    except OSError as error:
        raise MachineError(
            "DX-SETTINGS",
            f"The settings could not be written: {error.strerror}.",
            where=str(settings),
        ) from error


def write_private(target: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all: temporary file, fsync, rename; raises OSError."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            os.fchmod(stream.fileno(), mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
