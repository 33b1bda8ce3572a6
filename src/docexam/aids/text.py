"""The text aids by name, for `docexam aid names|places|numbers|mrz TEXT… --json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docexam.errors import InputError

MOST_TEXTS = 2000
TEXT_AIDS = ("names", "places", "numbers", "mrz")


def text_json(
    aid_id: str,
    texts: Sequence[str],
    *,
    issued: str = "",
    born: str = "",
    kind: str = "",
    fields: Mapping[str, str] | None = None,
) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the JSON form of one text aid: an object, or a list for several inputs.

    `issued` and `born` are dates as read, `kind` the kind of number, `fields` readings to compare
    a zone with. Raises InputError (DX-AID-TEXT) without a text or for another aid.
    """
    if not texts:
        raise InputError("DX-AID-TEXT", "There is no text to look at.", todo="Give at least one.")
    if len(texts) > MOST_TEXTS:
        raise InputError(
            "DX-AID-TEXT",
            f"{len(texts)} texts are more than the {MOST_TEXTS} taken at once.",
            todo="Give them in parts.",
        )
    if aid_id == "names":
        from docexam.aids.names.aid import names_json

        return names_json(texts, issued)
    if aid_id == "places":
        from docexam.aids.places.aid import places_json

        return places_json(texts, {"birth": born, "issue": issued})
    if aid_id == "numbers":
        from docexam.aids.numbers.aid import numbers_json

        return numbers_json(texts, kind, issued)
    if aid_id == "mrz":
        from docexam.aids.mrz.aid import zone_json

        return zone_json(texts, fields, issued)
    raise InputError(
        "DX-AID-TEXT",
        f"“{aid_id[:60]}” reads no text.",
        todo=f"The text aids are {', '.join(TEXT_AIDS)}.",
    )
