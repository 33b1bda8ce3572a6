"""The other side of `apart`: one job on the bytes from standard input, JSON to standard output.

Run as `python -m docexam.aids.file.worker c2pa|pdf`. Sets itself limits of memory and time first
and asks the libraries for nothing from the network.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable
from typing import Any

MOST_PAGES = 50
MOST_PICTURES = 60
MOST_PICTURE_BYTES = 64 << 20
_OFFLINE = {
    "core": {"allowed_network_hosts": []},
    "verify": {
        "verify_trust": False,
        "verify_timestamp_trust": False,
        "ocsp_fetch": False,
        "remote_manifest_fetch": False,
    },
}
_MOST_CODES = 20


def main() -> int:
    """Do the job named on the command line."""
    jobs: dict[str, Callable[[bytes], dict[str, Any]]] = {"c2pa": read_c2pa, "pdf": read_pdf}
    _limit()
    content = sys.stdin.buffer.read()
    # A library that prints must not garble the answer.
    answer, sys.stdout = sys.stdout, sys.stderr
    try:
        told = jobs[sys.argv[1]](content)
    except MemoryError:
        told = {"trouble": "the reader ran out of memory"}
    except Exception as error:  # native readers raise classes of their own
        told = {"trouble": f"{type(error).__name__}: {error}"[:300]}
    json.dump(told, answer)
    answer.flush()
    return 0


def _limit() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        from docexam.aids.file.apart import MOST_MEMORY, SECONDS

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


# --- Content Credentials -----------------------------------------------------------------------


def read_c2pa(content: bytes) -> dict[str, Any]:
    """Return what the active manifest says and how its own validation came out, offline."""
    import c2pa

    context = c2pa.Context(c2pa.Settings.from_dict(_OFFLINE))
    reader = c2pa.Reader.try_create(_mime(content), io.BytesIO(content), None, context)
    if reader is None:
        return {"present": False}
    store = json.loads(reader.json())
    label = str(store.get("active_manifest", ""))
    manifest = store.get("manifests", {}).get(label, {})
    signed = manifest.get("signature_info") or {}
    results = store.get("validation_results", {}).get("activeManifest", {})
    return {
        "present": True,
        "state": str(store.get("validation_state", "")),
        "label": label,
        "title": manifest.get("title"),
        "generator": _generator(manifest),
        "signer": signed.get("common_name") or signed.get("issuer"),
        "issuer": signed.get("issuer"),
        "algorithm": signed.get("alg"),
        "signed": signed.get("time"),
        "actions": _actions(manifest),
        "ingredients": len(manifest.get("ingredients", ())),
        "manifests": len(store.get("manifests", {})),
        "failures": [str(s.get("code")) for s in results.get("failure", ())][:_MOST_CODES],
        "remote": bool(reader.get_remote_url()),
    }


def _mime(content: bytes) -> str | None:
    from docexam.aids.file.containers import format_of

    kinds = {
        "JPEG": "image/jpeg",
        "PNG": "image/png",
        "WEBP": "image/webp",
        "TIFF": "image/tiff",
        "HEIC": "image/heic",
        "HEIF": "image/heif",
        "AVIF": "image/avif",
        "PDF": "application/pdf",
    }
    return kinds.get(format_of(content))


def _generator(manifest: dict[str, Any]) -> str:
    named = manifest.get("claim_generator_info") or []
    first = named[0] if isinstance(named, list) and named else {}
    said = f"{first.get('name', '')} {first.get('version', '')}".strip()
    return said or str(manifest.get("claim_generator") or "")


def _actions(manifest: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for assertion in manifest.get("assertions", ()):
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            for action in (assertion.get("data") or {}).get("actions", ()):
                source = str(action.get("digitalSourceType") or "").rpartition("/")[2]
                found.append(str(action.get("action")) + (f" ({source})" if source else ""))
    return found[:_MOST_CODES]


# --- PDF ---------------------------------------------------------------------------------------


def read_pdf(content: bytes) -> dict[str, Any]:
    """Return pages with sizes in points, the document's own claims, and its pictures.

    Each picture has page, size, filters and, for a JPEG, its untouched stream in base 64.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pages: list[dict[str, Any]] = []
    pictures: list[dict[str, Any]] = []
    room = MOST_PICTURE_BYTES
    count = len(document)
    for index in range(min(count, MOST_PAGES)):
        page = document[index]
        width, height = page.get_size()
        pages.append({"n": index + 1, "width": round(width, 2), "height": round(height, 2)})
        for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            if len(pictures) >= MOST_PICTURES:
                break
            form, used = _picture(picture, index + 1, room)
            room -= used
            pictures.append(form)
    claims = {k: v[:300] for k, v in document.get_metadata_dict(skip_empty=True).items()}
    return {
        "count": count,
        "version": document.get_version(),
        "pages": pages,
        "claims": claims,
        "pictures": pictures,
        "attachments": document.count_attachments(),
    }


def _picture(picture: Any, page: int, room: int) -> tuple[dict[str, Any], int]:
    import base64

    width, height = picture.get_px_size()
    filters = [str(f) for f in picture.get_filters()]
    form: dict[str, Any] = {"page": page, "width": width, "height": height, "filters": filters}
    bounds = [round(float(v), 2) for v in picture.get_bounds()]
    form["points"] = [round(bounds[2] - bounds[0], 2), round(bounds[3] - bounds[1], 2)]
    if filters[-1:] != ["DCTDecode"]:
        return form, 0
    raw = bytes(picture.get_data(decode_simple=True))
    if len(raw) > room:
        return form, 0
    # The answer is bounded: of a large picture the head with its tables is enough.
    form["bytes"] = len(raw)
    form["head"] = base64.b64encode(raw[: 48 << 10]).decode("ascii")
    return form, len(raw)


if __name__ == "__main__":
    sys.exit(main())
