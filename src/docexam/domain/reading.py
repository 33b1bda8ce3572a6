"""What a reading of a field tells about itself: notes, never refusals."""

from __future__ import annotations

import re

from docexam.domain.checklist import Field
from docexam.domain.dates import parse_date
from docexam.domain.pattern import PatternError, matches
from docexam.domain.text import comparable, scripts_of, visible

_LOOKALIKES = dict(zip("ABEKMHOPCTXaeopcxy", "АВЕКМНОРСТХаеорсху", strict=True))


def reading_note(spec: Field, reading: str) -> str:
    """Return how a reading departs from its field's script, pattern or type; empty if it does not.

    Every note names what was seen; none says that the document is at fault, since a slip in
    transcribing gives the same departures.
    """
    text = comparable(reading)
    notes = [_script_note(spec, text), _pattern_note(spec, text), _type_note(spec, text)]
    return " ".join(n for n in notes if n)


def _script_note(spec: Field, text: str) -> str:
    found = scripts_of(text)
    if not spec.script or not found or found == (spec.script,):
        return ""
    lookalikes = [c for c in text if c in _LOOKALIKES] if spec.script == "Cyrl" else []
    if "Cyrl" in found and "Latn" in found and lookalikes:
        shown = " ".join(dict.fromkeys(lookalikes))
        return f"Latin letters that look Cyrillic: {visible(shown)}; a keyboard can cause this."
    return f"Script {', '.join(found)}; the field is expected in {spec.script}."


def _pattern_note(spec: Field, text: str) -> str:
    if not spec.pattern:
        return ""
    try:
        if matches(spec.pattern, text):
            return ""
    except PatternError:
        # A frozen copy that no loader of ours has seen may hold anything.
        return "The field's pattern cannot be used."
    return f"Does not match the pattern {visible(spec.pattern)}."


def _type_note(spec: Field, text: str) -> str:
    if spec.type == "date" and parse_date(text, spec.date_order) is None:
        return "Not readable as a date, so checks that use it stay undetermined."
    if spec.type == "number" and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", text):
        return "Not readable as a number, so checks that use it stay undetermined."
    return ""
