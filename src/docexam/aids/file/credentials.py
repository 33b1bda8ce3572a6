"""Content Credentials (C2PA): is a manifest there, who signed it by its own word, is it whole.

Checked offline against the file alone: no network, no list of trusted signers. A valid manifest
shows that nobody changed the file since the signature; it does not show who the signer is.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from docexam.aids.file import jumbf
from docexam.aids.file.apart import ask
from docexam.aids.file.remark import Remark

LIMITS = (
    "Checked offline and without a list of trusted signers: anybody can sign with a name of "
    "their choice. Most files have no Content Credentials, and sending a file removes them."
)


def read_credentials(content: bytes, box: bytes) -> tuple[dict[str, Any], list[Remark]]:
    """Return the JSON form and the remarks; `box` is the JUMBF box found by its bytes."""
    by_bytes = jumbf.is_credentials(box) if box else False
    found: dict[str, Any] = {"present": by_bytes, "checked": False}
    if box:
        found["labels"] = jumbf.labels(box)
    if not by_bytes and not _elsewhere(content):
        return found, []
    if find_spec("c2pa") is None:
        found["reason"] = "The extra “files” (c2pa-python) is needed to read and check it."
    else:
        told, trouble = ask("c2pa", content)
        if trouble:
            found["reason"] = f"It could not be read: {trouble}."
        else:
            found |= {k: v for k, v in told.items() if v not in (None, "", [])}
            found["checked"] = bool(told.get("present"))
            found["limits"] = LIMITS
    if not found["present"]:
        return found, []
    return found, [_remark(found), *_made(found)]


def _elsewhere(content: bytes) -> bool:
    """Whether a manifest may hide where the byte reader does not look (in a PDF, for one)."""
    return content[:5] == b"%PDF-" and b"C2PA_Manifest" in content


def _made(found: dict[str, Any]) -> list[Remark]:
    told = [a for a in found.get("actions", ()) if "trainedAlgorithmicMedia" in a]
    if not told:
        return []
    says = f"The Content Credentials say that a trained model made it or part of it ({told[0]})."
    return [Remark("generator", says, "The declaration is the signer's own.")]


def _remark(found: dict[str, Any]) -> Remark:
    if not found["checked"]:
        says = f"The file carries Content Credentials (C2PA). {found.get('reason', '')}".strip()
        return Remark("c2pa", says, "Cameras, phones and many programs write them.")
    signer = found.get("signer") or "nobody named"
    says = f"The file carries Content Credentials, signed by “{signer}” as they say themselves"
    if found.get("state", "").casefold() in ("valid", "trusted"):
        return Remark("c2pa", f"{says}; file and signature fit each other.", LIMITS)
    failures = ", ".join(found.get("failures", ())) or "no reason given"
    return Remark(
        "c2pa-broken",
        f"{says}; file and signature do not fit each other ({failures}).",
        "Any program that saves the file without knowing of them breaks them.",
    )
