"""OpenSSH's own `ssh-keygen` at work: signing with the terminal attached, checking without.

Nothing here touches a private key: the stock tool finds it in a file, an agent or a hardware
key, and asks for passphrase, PIN or touch itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from docexam.domain.text import visible
from docexam.errors import InputError, MachineError
from docexam.workbench.packages_readme import HEAD_NAMESPACE, REPORT_NAMESPACE

__all__ = ["HEAD_NAMESPACE", "REPORT_NAMESPACE", "Checked", "check", "sign", "tool"]

MOST_SIGNATURE = 64 * 1024
_BEGIN = b"-----BEGIN SSH SIGNATURE-----"
_GOOD = re.compile(r'^Good "[^"]*" signature with (\S+) key (\S+)$', re.MULTILINE)
_WAIT_S = 60


@dataclass(frozen=True, slots=True)
class Checked:
    """What a signature proves. `good`: it fits the bytes and the namespace.

    `key` is type and fingerprint as ssh-keygen prints them. `name` comes from a file of allowed
    signers only; empty without one. `why` says what is wrong, in words.
    """

    good: bool
    key: str = ""
    name: str = ""
    why: str = ""


def tool() -> str:
    """Return the path of ssh-keygen; raises MachineError where it is not installed."""
    found = shutil.which("ssh-keygen")
    if found is None:
        raise MachineError(
            "DX-SSH-KEYGEN",
            "ssh-keygen is not on this machine; signatures are made and checked by it.",
            todo="Install OpenSSH (Debian and Ubuntu: openssh-client), version 8.2 or newer.",
        )
    return found


def sign(content: IO[bytes], key: str, namespace: str) -> bytes:
    """Return a signature (SSHSIG, armoured) over the bytes of an open file.

    `key`: a private key's file, or a public key's whose private half an agent or a hardware key
    holds. Raises InputError for a missing key file, MachineError when no signature was made.
    """
    if not Path(key).is_file():
        raise InputError(
            "DX-KEY",
            "There is no such key file.",
            where=visible(key),
            todo="Give --key PATH: a private key, or a public key whose agent is running.",
        )
    command = [tool(), "-Y", "sign", "-f", key, "-n", namespace]
    _rewind(content)
    # Standard error stays the terminal's: prompts for a touch or a PIN come there.
    done = subprocess.run(command, stdin=content, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0 or not done.stdout.startswith(_BEGIN):
        raise MachineError(
            "DX-NOT-SIGNED",
            "ssh-keygen made no signature; nothing was written.",
            where=visible(key),
            todo="Its own message stands above. A private key file must be readable by you only.",
        )
    return done.stdout


def check(
    content: IO[bytes], signature: Path, namespace: str, allowed: Path | None = None
) -> Checked:
    """Check a signature over the bytes of an open file; `allowed` may give the key a name.

    Raises MachineError where ssh-keygen is missing.
    """
    if signature.stat().st_size > MOST_SIGNATURE:
        return Checked(False, why="the signature file is no signature")
    common = ["-n", namespace, "-s", str(signature)]
    told = _run(["check-novalidate", *common], content)
    match = _GOOD.search(told.stdout.decode("utf-8", "replace"))
    if told.returncode != 0 or match is None:
        return Checked(False, why=_reason(told.stderr))
    key = visible(f"{match[1]} {match[2]}")
    if allowed is None:
        return Checked(True, key)
    return _named(key, content, common, allowed)


def _named(key: str, content: IO[bytes], common: list[str], allowed: Path) -> Checked:
    """Give a good signature's key the name under which the allowed signers have it."""
    signature = common[-1]
    found = _run(["find-principals", "-s", signature, "-f", str(allowed)], None)
    names = found.stdout.decode("utf-8", "replace").splitlines()
    for name in names:
        done = _run(["verify", "-I", name, "-f", str(allowed), *common], content)
        if done.returncode == 0:
            return Checked(True, key, visible(name))
    if names:
        return Checked(False, key, why="its key may not sign this, or not at this time")
    return Checked(False, key, why="its key is not among the allowed signers")


def _run(words: list[str], content: IO[bytes] | None) -> subprocess.CompletedProcess[bytes]:
    stdin = subprocess.DEVNULL if content is None else content
    if content is not None:
        _rewind(content)
    command = [tool(), "-Y", *words]
    try:
        return subprocess.run(
            command, stdin=stdin, capture_output=True, check=False, timeout=_WAIT_S
        )
    except subprocess.TimeoutExpired as error:
        raise MachineError("DX-SSH-KEYGEN", "ssh-keygen did not answer.") from error


def _rewind(content: IO[bytes]) -> None:
    # The child shares the descriptor, not Python's idea of where it stands.
    os.lseek(content.fileno(), 0, os.SEEK_SET)


def _reason(stderr: bytes) -> str:
    text = stderr.decode("utf-8", "replace")
    if "namespace" in text:
        return "it was made for another purpose (namespace)"
    if "incorrect signature" in text:
        return "it does not fit these bytes: they were changed, or it was made over others"
    return "it is damaged or no signature"
