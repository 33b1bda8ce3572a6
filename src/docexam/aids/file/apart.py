"""Foreign readers of untrusted files run in a process of their own.

pypdfium2 and c2pa-python are native code fed with hostile bytes: whatever they do there, crash,
hang or eat memory, ends with their process and becomes a sentence here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SECONDS = 30
MOST_MEMORY = 2 << 30
MOST_ANSWER = 4 << 20


def ask(job: str, content: bytes, seconds: float = SECONDS) -> tuple[dict[str, Any], str]:
    """Return what the reader `job` (`c2pa` or `pdf`) says of `content`, or why there is nothing.

    The second value is empty where the reader answered.
    """
    # -P: what lies in the working folder must not be imported in the place of a package.
    command = [sys.executable, "-P", "-m", "docexam.aids.file.worker", job]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return {}, f"the reader took longer than {seconds:g} seconds and was stopped"
    except OSError as error:
        return {}, f"the reader could not be started ({error.strerror})"
    if done.returncode:
        return {}, f"the reader broke ({_ended(done.returncode)})"
    return _answer(done.stdout)


def _ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"


def _answer(raw: bytes) -> tuple[dict[str, Any], str]:
    try:
        told = json.loads(raw) if len(raw) <= MOST_ANSWER else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return {}, "the reader's answer made no sense"
    trouble = told.pop("trouble", "")
    return told, str(trouble)[:300]
