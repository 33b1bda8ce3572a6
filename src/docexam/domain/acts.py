"""What an examiner may do: each function checks an act against the state and gives its event.

Nothing here writes. Every refusal says what to do instead, and a refused act leaves no trace.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from docexam.domain import events as ev
from docexam.domain.checklist import CAUSES, NON_ANSWERS, OPEN, Field, Indicator
from docexam.domain.dates import parse_date
from docexam.domain.events import Draft, Personal
from docexam.domain.examination import CLOSED, DISPOSED, Examination
from docexam.domain.finding import Answer, Region, checked_region
from docexam.domain.standing import World
from docexam.domain.text import visible
from docexam.errors import InputError, NotYoursError

LONGEST_TEXT = 100_000
REVEALS = ("support", "reference", "claims", "aids", "colleague")


class Unset:
    """The mark of an argument that was not given, where None would say something."""


UNSET = Unset()

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Recording:
    """What is to be recorded for one indicator or fact; UNSET parts stay as they are.

    `answer` is the text of the command line: a choice id, ids joined by commas, a value, a
    non-answer, or `open`. `reference`: the SHA-256 of the specimen the item was compared with.
    `proposal`: which proposal the examiner goes along with, as `proposing.Taken` writes it.
    """

    item: str
    answer: str | Unset = UNSET
    note: str | Unset = UNSET
    regions: Sequence[Region] | Unset = UNSET
    cause: str = ""
    reason: str = ""
    view: Mapping[str, Any] | None = None
    crop_seen: bool = False
    reference: str = ""
    entered_by: str = ""
    proposal: Mapping[str, Any] | None = None


def must_be_open(examination: Examination, examiner: str) -> None:
    """Raise NotYoursError unless `examiner` may write in this examination."""
    if examination.state == DISPOSED:
        raise NotYoursError("DX-DISPOSED", "This examination was disposed of.")
    if examination.examiner != examiner:
        raise NotYoursError(
            "DX-EXAMINER",
            f"This examination belongs to {visible(examination.examiner)}.",
            todo="A second examiner starts one of their own with “docexam second”.",
        )
    if examination.state == CLOSED:
        raise NotYoursError(
            "DX-CLOSED",
            "This examination is closed.",
            todo="Open it again with “docexam reopen CASE/EXHIBIT --reason TEXT”.",
        )


def record(state: Examination, what: Recording) -> Draft:
    """Return the event of a finding; raises InputError where it may not be recorded."""
    item = _item(state, what.item)
    _reachable(state, item)
    data: dict[str, Any] = {"item": item.id}
    if not isinstance(what.answer, Unset):
        data |= _answer_data(state, item, what)
    if not isinstance(what.note, Unset):
        data["note"] = Personal(bounded(what.note, "A note"))
    if not isinstance(what.regions, Unset):
        _evidence_reason(state, item, what)
        data["regions"] = [checked_region(r, "").to_dict() for r in what.regions]
    if what.reason:
        data["reason"] = Personal(bounded(what.reason, "A reason"))
    if what.reference:
        if not state.revealed("reference"):
            raise InputError(
                "DX-REFERENCE",
                "The reference specimens are closed: they could sway the answers given before.",
                todo="Open them with “docexam reveal CASE/EXHIBIT reference”.",
            )
        data["reference"] = what.reference
    if what.entered_by:
        data["entered_by"] = what.entered_by
    if what.proposal is not None and len(data) > 1:
        data["proposal"] = dict(what.proposal)
    if len(data) == 1:
        raise InputError("DX-NOTHING", "Nothing was given to record.", where=item.id)
    return Draft(ev.FINDING_RECORDED, data)


def _answer_data(state: Examination, item: Indicator, what: Recording) -> dict[str, Any]:
    assert isinstance(what.answer, str)
    answer = parse_answer(item, what.answer)
    _reason_given(state, item, answer, what.reason)
    data: dict[str, Any] = {"answer": _stored(item, answer)}
    old = state.finding(item.id)
    # The same non-answer given again keeps its cause unless another is given.
    kept = old.cause if answer is not None and answer == old.answer else ""
    cause = _checked_cause(what.cause or kept, answer)
    if cause:
        data["cause"] = cause
    if what.view is not None:
        data["view"] = dict(what.view)
    if what.crop_seen:
        data["crop_seen"] = True
    return data | _pages_act(state, item, answer)


def _stored(item: Indicator, answer: Answer) -> Any:
    if isinstance(answer, tuple):
        return list(answer)
    typed = item.type in ("text", "number", "date") and answer not in NON_ANSWERS
    return Personal(answer) if typed and answer is not None else answer


def _item(state: Examination, item_id: str) -> Indicator:
    item = state.checklist.item(item_id)
    if item is not None:
        return item
    names = [i.id for i in state.checklist.walk()]
    todo = "It is a field: use “docexam transcribe”." if state.checklist.field_of(item_id) else ""
    raise InputError(
        "DX-INDICATOR",
        f"The checklist has no indicator “{visible(item_id[:80])}”.",
        todo=todo or nearest(item_id, names),
    )


def nearest(word: str, names: Sequence[str]) -> str:
    """Return a hint at the names nearest to a word; empty where none is near."""
    import difflib

    close = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(f'“{c}”' for c in close)}?" if close else ""


def _reachable(state: Examination, item: Indicator) -> None:
    standing = World(state).standing(item)
    if standing.hidden:
        raise InputError(
            "DX-HIDDEN",
            f"“{item.id}” is not asked: its condition “{item.when}” does not hold.",
            todo="Change the answer it depends on first, if that answer is wrong.",
        )
    if not standing.stage_open:
        raise InputError(
            "DX-STAGE",
            f"“{item.id}” belongs to stage {item.stage}, which is not open yet.",
            todo="Answer every item of the earlier stage first; a non-answer counts.",
        )


def parse_answer(item: Indicator, text: str) -> Answer:
    """Read the answer of a command line; None for `open`. Raises InputError."""
    word = text.strip()
    if word == OPEN:
        return None
    if word in NON_ANSWERS:
        return word
    if item.type == "many":
        return _many(item, word)
    if item.type in ("choice", "yesno"):
        return _known_choice(item, word)
    return _typed(item, text)


def _many(item: Indicator, word: str) -> tuple[str, ...]:
    given = [part.strip() for part in word.split(",") if part.strip()]
    chosen = {_known_choice(item, part) for part in given}
    return tuple(c.id for c in item.choices if c.id in chosen)


def _known_choice(item: Indicator, word: str) -> str:
    if item.choice(word):
        return word
    ids = [c.id for c in item.choices]
    raise InputError(
        "DX-ANSWER",
        f"“{visible(word[:80])}” is no answer to “{item.id}”.",
        todo=f"Answers: {', '.join(ids)}; or {', '.join(NON_ANSWERS)}, {OPEN}.",
    )


def _typed(item: Indicator, text: str) -> str:
    if item.type == "number" and not _is_number(text):
        raise InputError(
            "DX-ANSWER",
            f"“{visible(text[:80])}” is no number.",
            where=item.id,
            todo="Write digits, with a point or a comma for fractions: 19, -2, 3.5.",
        )
    if item.type == "date" and parse_date(text) is None:
        raise InputError(
            "DX-ANSWER",
            f"“{visible(text[:80])}” is no date.",
            where=item.id,
            todo="Write 1985-05-12, 12.05.1985, or a partial date such as ??.05.1985 or 1985.",
        )
    if not text.strip():
        raise InputError("DX-ANSWER", "An empty answer says nothing.", where=item.id)
    return bounded(text, "An answer")


def _is_number(text: str) -> bool:
    plain = re.fullmatch(r"[+-]?\d{1,300}([.,]\d{1,300})?", text.strip(), re.ASCII)
    return bool(plain) and math.isfinite(float(text.strip().replace(",", ".")))


def bounded(text: str, what: str) -> str:
    """Return a text that is not too long to be kept; raises InputError (DX-LONG)."""
    if len(text) > LONGEST_TEXT:
        raise InputError("DX-LONG", f"{what} may have at most {LONGEST_TEXT:,} characters.")
    return text


def _checked_cause(cause: str, answer: Answer) -> str:
    if not cause:
        return ""
    if answer not in NON_ANSWERS:
        raise InputError(
            "DX-CAUSE",
            "A cause says why something was no answer; this is an answer.",
            todo="Leave --cause out, or use --reason for why an answer changed.",
        )
    if cause not in CAUSES:
        raise InputError(
            "DX-CAUSE",
            f"“{visible(cause[:40])}” is no cause.",
            todo=f"Causes: {', '.join(CAUSES)}.",
        )
    return cause


def _reason_given(state: Examination, item: Indicator, answer: Answer, reason: str) -> None:
    old = state.finding(item.id)
    # An answer that was cleared on the way is still the one that is being changed.
    changes = old.has_first or old.answer is not None
    needed = state.needs_reason_for(item.id)
    if needed and changes and old.answer != answer and not reason.strip():
        raise _reason_wanted(state, item.id, "answered")


def _evidence_reason(state: Examination, item: Indicator, what: Recording) -> None:
    """Moving what an answer rests on is a change of it, once something was revealed."""
    old = state.finding(item.id)
    moved = not isinstance(what.regions, Unset) and tuple(what.regions) != old.regions
    needed = state.needs_reason_for(item.id)
    if needed and old.regions and moved and not what.reason.strip():
        raise _reason_wanted(state, item.id, "given a region")


def _reason_wanted(state: Examination, name: str, was: str) -> InputError:
    after = "a proposal on it was shown"
    if state.needs_reason:
        after = "the examination was closed" if state.was_closed else "something was revealed"
    return InputError(
        "DX-REASON",
        f"“{name}” was {was}, and since then {after}: a change needs a reason.",
        todo="Give --reason TEXT; what stood first stays in the record.",
    )


def _pages_act(state: Examination, item: Indicator, answer: Answer) -> dict[str, list[str]]:
    """Work out which items a fact about pages answers, and which it gives back."""
    if not item.pages:
        return {}
    shown = set(answer) if isinstance(answer, tuple) else None
    if item.type != "many" and isinstance(answer, str) and answer not in NON_ANSWERS:
        shown = {answer}
    known = {c.id for c in item.choices}
    also, withdrawn = [], []
    for name, page in _paged(state):
        missing = shown is not None and page in known and page not in shown
        by_this = _by_fact(state, name) == item.id
        if missing and not _taken(state, name):
            also.append(name)
        elif by_this and not missing:
            withdrawn.append(name)
    return {k: v for k, v in (("also", also), ("withdrawn", withdrawn)) if v}


def _paged(state: Examination) -> list[tuple[str, str]]:
    checklist = state.checklist
    pairs = [(i.id, page_of(state, i)) for i in checklist.walk() if not i.fact]
    return pairs + [(f.id, page_of(state, f)) for f in checklist.fields]


def page_of(state: Examination, spec: Indicator | Field) -> str:
    """Return the page an item or field is on: its own, else its place's."""
    place = state.checklist.place_of(spec.place) if spec.place else None
    return spec.page or (place.page if place else "")


def _by_fact(state: Examination, name: str) -> str:
    if name in state.findings:
        return state.findings[name].by_fact
    return state.fields[name].by_fact if name in state.fields else ""


def _taken(state: Examination, name: str) -> bool:
    finding = state.findings.get(name)
    return name in state.fields or (finding is not None and finding.answer is not None)


def transcribe(
    state: Examination,
    field_id: str,
    *,
    raw: str | Unset = UNSET,
    corrected: str | Unset = UNSET,
    non_answer: str = "",
    cause: str = "",
    regions: Sequence[Region] | Unset = UNSET,
    note: str | Unset = UNSET,
    reason: str = "",
    proposal: Mapping[str, Any] | None = None,
) -> Draft:
    """Return the event of a field's reading; raises InputError where it is none.

    `proposal`: which proposal's reading the examiner takes over, as `proposing.Taken` writes it.
    """
    spec = _field(state, field_id)
    _reading_reason(state, spec, raw, corrected, non_answer, reason)
    data: dict[str, Any] = {"field": spec.id}
    if non_answer:
        data |= _field_non_answer(non_answer, cause, raw)
    elif not isinstance(raw, Unset):
        data["raw"] = Personal(_reading(spec, raw))
    given = {"corrected": corrected, "note": note}
    data |= {
        k: Personal(bounded(v, "A reading")) for k, v in given.items() if not isinstance(v, Unset)
    }
    if reason:
        data["reason"] = Personal(bounded(reason, "A reason"))
    if not isinstance(regions, Unset):
        data["regions"] = [checked_region(r, "").to_dict() for r in regions]
    if len(data) == 1:
        raise InputError("DX-NOTHING", "Nothing was given to transcribe.", where=spec.id)
    if proposal is not None:
        data["proposal"] = dict(proposal)
    return Draft(ev.FIELD_TRANSCRIBED, data)


def _reading_reason(
    state: Examination,
    spec: Field,
    raw: str | Unset,
    corrected: str | Unset,
    non_answer: str,
    reason: str,
) -> None:
    old = state.fields.get(spec.id)
    if old is None or not state.needs_reason_for(spec.id) or reason.strip():
        return
    now = {"raw": old.raw, "corrected": old.corrected, "answer": old.answer}
    if not isinstance(raw, Unset):
        now = {"raw": raw, "corrected": "", "answer": ""}
    if not isinstance(corrected, Unset):
        now["corrected"] = corrected
    if non_answer:
        now = {"raw": "", "corrected": "", "answer": non_answer}
    if now != {"raw": old.raw, "corrected": old.corrected, "answer": old.answer}:
        raise _reason_wanted(state, spec.id, "transcribed")


def _field(state: Examination, field_id: str) -> Field:
    spec = state.checklist.field_of(field_id)
    if spec is not None:
        return spec
    todo = "It is an indicator: use “docexam record”." if state.checklist.item(field_id) else ""
    raise InputError(
        "DX-FIELD",
        f"The checklist has no field “{visible(field_id[:80])}”.",
        todo=todo or nearest(field_id, [f.id for f in state.checklist.fields]),
    )


def _field_non_answer(non_answer: str, cause: str, raw: str | Unset) -> dict[str, Any]:
    if not isinstance(raw, Unset):
        raise InputError("DX-FIELD", "A field has a reading or a non-answer, not both.")
    if non_answer == OPEN:
        return {"raw": ""}
    if non_answer not in NON_ANSWERS:
        raise InputError(
            "DX-ANSWER",
            f"“{visible(non_answer[:40])}” is no non-answer.",
            todo=f"Non-answers: {', '.join(NON_ANSWERS)}; “{OPEN}” clears.",
        )
    checked = _checked_cause(cause, non_answer)
    return {"answer": non_answer} | ({"cause": checked} if checked else {})


def _reading(spec: Field, raw: str) -> str:
    if not raw.strip():
        raise InputError(
            "DX-READING",
            "An empty reading says nothing.",
            where=spec.id,
            todo="Use --non-answer unclear or not-visible for what cannot be read.",
        )
    return bounded(raw, "A reading")


def mark_place(state: Examination, place_id: str, region: Region) -> Draft:
    """Return the event of a place marked on a capture."""
    if state.checklist.place_of(place_id) is None:
        raise InputError("DX-PLACE", f"The checklist has no place “{visible(place_id[:80])}”.")
    if state.capture(region.capture) is None:
        raise InputError("DX-CAPTURE", "The region is on a capture this exhibit does not have.")
    checked = checked_region(region, place_id)
    return Draft(ev.PLACE_MARKED, {"place": place_id, "region": checked.to_dict()})


def flag(state: Examination, item_id: str) -> Draft:
    """Return the event that flags an item for another look, or takes the flag off."""
    item = _item(state, item_id)
    return Draft(ev.FLAGGED, {"item": item.id, "flag": item.id not in state.flags})


def undo(state: Examination) -> Draft:
    """Return the event that takes back the last act; raises InputError where there is none."""
    if not state.undoable:
        seen = ""
        if state.needs_reason or state.showings:
            seen = " since the last reveal, close or proposal"
        raise InputError(
            "DX-UNDO",
            f"There is nothing to undo{seen}.",
            todo="An earlier answer is changed with “record … --reason TEXT”." if seen else "",
        )
    return Draft(ev.UNDONE, {"target": state.undoable[-1]})


def redo(state: Examination) -> Draft:
    """Return the event that brings back the act undone last."""
    if not state.redoable:
        raise InputError("DX-REDO", "There is nothing to redo.")
    return Draft(ev.REDONE, {"target": state.redoable[-1]})


def reveal(state: Examination, what: str, about: str = "") -> Draft:
    """Return the event of being shown `what`: one of `REVEALS`."""
    if what not in REVEALS:
        raise InputError(
            "DX-REVEAL",
            f"“{visible(what[:40])}” cannot be revealed.",
            todo=f"One of: {', '.join(REVEALS)}.",
        )
    return Draft(ev.REVEALED, {"what": what} | ({"about": about} if about else {}))


def say_seen_before(text: str) -> Draft:
    """Return the event of what the examiner had seen or been told before looking."""
    return Draft(ev.REVEALED, {"what": "seen-before", "text": Personal(bounded(text, "A note"))})


def close(state: Examination) -> Draft:
    """Return the event that freezes an examination."""
    return Draft(ev.CLOSED, {"events": len(state.events)})


def reopen(state: Examination, examiner: str, reason: str) -> Draft:
    """Return the event that opens a closed examination again; needs a reason."""
    if state.state == DISPOSED:
        raise NotYoursError("DX-DISPOSED", "This examination was disposed of.")
    if state.examiner != examiner:
        must_be_open(state, examiner)
    if state.state != CLOSED:
        raise InputError("DX-OPEN", "This examination is open already.")
    if not reason.strip():
        raise InputError("DX-REASON", "Opening again needs a reason.", todo="Give --reason TEXT.")
    return Draft(ev.REOPENED, {"reason": Personal(bounded(reason, "A reason"))})


def dispose(state: Examination, reason: str) -> Draft:
    """Return the event of disposal; the reason stays, so it should name nobody."""
    if state.state == DISPOSED:
        raise NotYoursError("DX-DISPOSED", "This examination was disposed of already.")
    if not reason.strip():
        raise InputError("DX-REASON", "Disposal needs a reason.", todo="Give --reason TEXT.")
    return Draft(ev.DISPOSED, {"reason": bounded(reason, "A reason")})
