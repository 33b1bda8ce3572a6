"""The JSON writer: the whole report as data, by the schema published with the program.

Texts are exact and ASCII-escaped. A value that a rule took out is `{"withheld": RULE}`. The
first line holds the notice, so that a person who opens the file reads that first.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from docexam.reports import model as m
from docexam.reports.layout import notice
from docexam.reports.words import words_for


def report_data(report: m.Report) -> dict[str, Any]:
    """Return the report as plain data, with the notice and the scope in words."""
    words = words_for(report.language)
    head = {"notice": notice(report, words), "scope": words("scope")}
    return head | dict(_plain(report))


def write_json(report: m.Report) -> bytes:
    """Return the report as ASCII JSON that validates against `schema/report.schema.json`."""
    data = report_data(report)
    first = json.dumps(data.pop("notice"), ensure_ascii=True)
    rest = json.dumps(data, ensure_ascii=True, indent=1, allow_nan=False)
    return f'{{"notice": {first},{rest[1:]}\n'.encode("ascii")


def _plain(value: Any) -> Any:
    if isinstance(value, m.Withheld):
        return {"withheld": value.rule}
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value
