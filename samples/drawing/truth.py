"""The truth of an exhibit, written as TOML beside its captures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from .booklet import Place, Point
from .exhibits import Exhibit
from .photograph import Shot, polygons, size

_FIELDS = {
    "identity": (
        "number",
        "surname",
        "given-name",
        "patronymic",
        "birth-date",
        "birth-place",
        "education",
        "trade",
        "call-up-date",
        "order-number",
        "order-date",
        "issuer",
        "issue-date",
        "seal-reading",
        "signature-reading",
    ),
    "service": (
        "number-repeat",
        "oath-date",
        "service-start",
        "first-weapon-date",
        "personal-number",
        "personal-number-date",
        "unit-seal-reading",
    ),
}
_STAMPED = frozenset({"seal-reading", "unit-seal-reading"})
_PRINTED = frozenset({"number", "number-repeat"})
_HEAD = """\
# Drawn by samples/draw.py; not edited by hand. An invented person, a practice specimen.
# Polygons are fractions of the upright picture (EXIF orientation applied), clockwise
# from the top left corner of what they enclose.
"""


def _quoted(text: str) -> str:
    """Return ``text`` as a TOML basic string (JSON's escapes are TOML's too)."""
    return json.dumps(text, ensure_ascii=False)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)


def _lines(pairs: Iterable[tuple[str, object]]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in pairs]


def _place(place: Place, corners: list[Point]) -> list[str]:
    quad = ", ".join(f"[{x:.5f}, {y:.5f}]" for x, y in corners)
    head = (
        ("id", place.id),
        ("page", place.page),
        ("holds", place.holds),
        ("state", place.state),
    )
    return ["", "[[capture.place]]", *_lines(head), f"polygon = [{quad}]"]


def _capture(shot: Shot, places: list[Place], data: bytes, scale: float) -> list[str]:
    width, height = size(shot, scale)
    head = (
        ("file", shot.file),
        ("title", shot.title),
        ("pages", [shot.page]),
        ("detail", shot.detail),
        ("width", width),
        ("height", height),
        ("orientation", shot.orientation),
        ("exif", bool(shot.exif)),
        ("bytes", len(data)),
        ("sha256", hashlib.sha256(data).hexdigest()),
        ("pixels-per-mm", round(width / shot.span, 1)),
    )
    lines = ["", "[[capture]]", *_lines(head)]
    for place, corners in polygons(shot, places):
        lines += _place(place, corners)
    return lines


def readings(exhibit: Exhibit) -> dict[str, str]:
    """Return what each field truly reads: the entries, and what is printed or struck."""
    booklet = exhibit.booklet
    read = dict(booklet.entries)
    read["number-repeat"] = booklet.entries["number"]
    read["signature-reading"] = exhibit.signature_reads
    if booklet.weapons:
        read["first-weapon-date"] = booklet.weapons[0][2]
    for place, name, stamp in (
        ("seal-place", "seal-reading", booklet.stamp),
        ("unit-seal-place", "unit-seal-reading", booklet.unit_stamp),
    ):
        if place in booklet.strikes:
            read[name] = f"{stamp.outer} {stamp.inner} {stamp.middle}"
    return read


def _made(exhibit: Exhibit, name: str) -> str:
    if name in _PRINTED:
        return "printed"
    if name in _STAMPED:
        return "stamped"
    return "typed" if name in exhibit.booklet.typed else "written"


def _field(exhibit: Exhibit, name: str, page: str) -> list[str]:
    value, change = readings(exhibit).get(name, ""), exhibit.booklet.overwritten
    altered = change is not None and change.field == name
    state = "altered" if altered else "present" if value else "absent"
    head: list[tuple[str, object]] = [
        ("id", name),
        ("page", page),
        ("state", state),
        ("value", value),
    ]
    if value:
        head.append(("made", _made(exhibit, name)))
    if altered and change is not None:
        head.append(("first-value", change.first))
    return ["", "[[field]]", *_lines(head)]


def _rows(exhibit: Exhibit) -> list[str]:
    booklet, lines = exhibit.booklet, []
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
        ("service", booklet.service),
        ("weapon", booklet.weapons),
        ("rank", booklet.ranks),
    )
    for kind, rows in tables:
        for number, row in enumerate(rows, 1):
            pairs = (("id", f"{kind}-{number}"), ("page", "service"), ("cells", row))
            lines += ["", "[[row]]", *_lines(pairs)]
    return lines


def _anomalies(exhibit: Exhibit) -> list[str]:
    lines = []
    for anomaly in exhibit.anomalies:
        pairs = (
            ("id", anomaly.id),
            ("page", anomaly.page),
            ("place", anomaly.place),
            ("what", anomaly.what),
        )
        lines += ["", "[[anomaly]]", *_lines(pairs)]
    return lines


def truth(exhibit: Exhibit, drawn: list[tuple[Shot, list[Place], bytes]], scale: float) -> str:
    """Return the text of ``truth.toml`` for the captures that were drawn."""
    pages = list(dict.fromkeys(shot.page for shot, _, _ in drawn))
    head = (
        ("schema", 1),
        ("specimen", True),
        ("id", exhibit.id),
        ("title", exhibit.title),
        ("summary", exhibit.summary),
        ("checklist", "ru-military-booklet"),
        ("pages-shown", pages),
    )
    signed = (("script", exhibit.signature_script), ("reads", exhibit.signature_reads))
    lines = [_HEAD, *_lines(head), "", "[signature]", *_lines(signed)]
    for page, names in _FIELDS.items():
        for name in names:
            lines += _field(exhibit, name, page)
    lines += _rows(exhibit) + _anomalies(exhibit)
    for shot, places, data in drawn:
        lines += _capture(shot, places, data, scale)
    return "\n".join(lines) + "\n"
