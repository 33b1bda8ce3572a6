"""An examination made by hand: events in a fixed order, times and hashes that never change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from docexam.domain import events as ev
from docexam.domain.checklist import Check, Checklist, Choice, Field, Group, Indicator, Place
from docexam.domain.checklist import Proposition, Section
from docexam.domain.events import Event, event_hash, personal_ref
from docexam.domain.examination import Examination, fold
from docexam.domain.standing import standing_of
from docexam.reports import model as m
from docexam.reports.build import Options, build

EXAMINATION = "3f2b8c1e-0000-4000-8000-000000000001"
EXHIBIT = "9a6d5e70-0000-4000-8000-000000000002"
FRONT = "a1" * 32
INSIDE = "b2" * 32
EXAMINER = "Olena Kovalenko"
PRESENCE = (
    Choice("present", "Present"),
    Choice("absent", "Absent", evidence="region", innocent=("cropped away", "interim issue")),
)

Draft = tuple[str, dict[str, Any]]


def specimen_checklist() -> Checklist:
    """A small checklist with every kind of item a report tells of."""
    return Checklist(
        id="specimen-booklet",
        version="1.2.0",
        title="Specimen booklet",
        summary="For the invented booklets of the test suite.",
        propositions=(
            Proposition("regular", "contents", "Regularly issued; its contents are true"),
            Proposition("false-contents", "contents", "Genuine blank with false contents"),
            Proposition("own", "bearer", "Issued to the person it was found with"),
            Proposition("other", "bearer", "Issued to another person"),
        ),
        facts=(
            Indicator(
                "pages-shown",
                "Which pages are shown?",
                type="many",
                choices=(
                    Choice("cover", "Cover"),
                    Choice("identity", "Identity spread"),
                    Choice("service", "Service pages"),
                ),
                fact=True,
                pages=True,
            ),
        ),
        places=(
            Place("photo", "The photograph's place", "identity", "portrait"),
            Place("seal", "The place for the seal", "identity", "seal"),
        ),
        fields=(
            Field("surname", "Surname", script="Cyrl", page="identity", sensitive=True),
            Field(
                "number",
                "Series and number",
                script="Cyrl",
                page="identity",
                pattern=r"[А-ЯЁ]{2} ?\d{6,7}",
                sensitive=True,
                status="verified",
                source="Document codes, code 07",
            ),
            Field("birth-date", "Date of birth", "date", page="identity", sensitive=True),
            Field("issue-date", "Date of issue", "date", page="identity"),
            Field("oath-date", "Date of the oath", "date", page="service"),
            Field("issuer", "Issuing office", script="Cyrl", page="identity"),
        ),
        sections=(Section("seals", "Seals and stamps"), Section("entries", "Entries")),
        groups=(Group("unfinished", "The booklet was never finished"),),
        indicators=(
            Indicator(
                "photo",
                "Is a photograph present in its place?",
                section="seals",
                choices=PRESENCE,
                critical=True,
                page="identity",
                place="photo",
                level="screen",
                min_px=100,
                shows="Whether the photograph was ever fixed.",
                does_not_show="Who removed it.",
                from_claim=True,
                status="unverified",
                source="Field practice; compare with a reference specimen",
            ),
            Indicator(
                "seal-crosses",
                "Does a seal cross the photograph's edge?",
                section="seals",
                type="yesno",
                choices=(Choice("yes", "Yes"), Choice("no", "No")),
                when="photo is present",
                critical=True,
                page="identity",
                place="photo",
            ),
            Indicator(
                "seal-text",
                "Can the text of the seal be read?",
                section="seals",
                choices=(Choice("whole", "Yes, wholly"), Choice("parts", "In parts")),
                critical=True,
                page="identity",
                place="seal",
                kind="compare",
                status="verified",
                source="Order 150",
            ),
            Indicator(
                "order-filled",
                "Are the order fields filled in?",
                section="entries",
                choices=PRESENCE,
                page="service",
            ),
            Indicator(
                "hands",
                "What differs between the entries?",
                section="entries",
                type="many",
                choices=(Choice("ink", "Ink"), Choice("hand", "Hand"), Choice("date", "Date")),
                page="identity",
                status="secondary",
                source="Handbook",
            ),
            Indicator(
                "corrected",
                "Was an entry corrected?",
                section="entries",
                choices=PRESENCE,
                when="hands is answered",
                page="identity",
            ),
            Indicator(
                "entry-count", "How many entries are there?", section="entries", type="number"
            ),
            Indicator(
                "later", "Do the entries agree with the register?", section="entries", stage=2
            ),
        ),
        checks=(
            Check(
                "issued-before-birth",
                "birth-date >= issue-date",
                "The date of issue is not after the date of birth.",
                "error",
                "Common sense",
                "verified",
            ),
            Check("oath-early", "oath-date < issue-date", "The oath came before the issue."),
            Check("no-photo", "photo is absent", "The photograph is missing.", "note"),
            Check("seal-open", "seal-text is parts", "The seal reads only in parts."),
        ),
    )


def journal(drafts: Sequence[Draft], examiner: str = EXAMINER) -> list[Event]:
    """Return a valid chain of events, a minute apart, with their personal texts."""
    events: list[Event] = []
    prev = ev.FIRST_PREV
    for seq, (kind, raw) in enumerate(drafts, 1):
        texts: dict[str, str] = {}
        data = _stored(raw, texts)
        at = f"2026-11-22T{9 + seq // 60:02}:{seq % 60:02}:00Z"
        own = event_hash(EXAMINATION, seq, at, examiner, kind, data, prev)
        events.append(Event(seq, at, examiner, kind, data, prev, own, texts))
        prev = own
    return events


def _stored(value: Any, texts: dict[str, str]) -> Any:
    if isinstance(value, ev.Personal):
        ref = personal_ref(b"salt" * 4, value.text)
        texts[ref] = value.text
        return {"ref": ref}
    if isinstance(value, dict):
        return {k: _stored(v, texts) for k, v in value.items()}
    if isinstance(value, list):
        return [_stored(v, texts) for v in value]
    return value


def opened(checklist: Checklist, **changes: Any) -> Draft:
    """The first event: two captures and a stated source."""
    data: dict[str, Any] = {
        "case": "2024-117",
        "exhibit": "A",
        "exhibit_id": EXHIBIT,
        "examiner": EXAMINER,
        "checklist": {
            "id": checklist.id,
            "version": checklist.version,
            "sha256": checklist.sha256(),
        },
        "captures": [
            capture(FRONT, "cover.jpg", {}),
            capture(INSIDE, "Иванов spread.jpg", {"exif": {"Make": "SPECIMEN", "Model": "M-1"}}),
        ],
        "provenance": {
            "source": ev.Personal("Channel “Specimen news”"),
            "url": ev.Personal("https://example.org/post/17"),
            "obtained": ev.Personal("2026-11-20"),
            "reliability": "C",
            "credibility": "3",
        },
    }
    return ev.OPENED, data | changes


def capture(sha256: str, name: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """What an event keeps of one image."""
    import json

    return {
        "sha256": sha256,
        "name": ev.Personal(name),
        "width": 4000,
        "height": 3000,
        "format": "JPEG",
        "size": 2_345_678,
        "metadata": ev.Personal(json.dumps(metadata)),
        "quality": {},
    }


def answer(item: str, value: Any, **more: Any) -> Draft:
    """One recorded finding."""
    return ev.FINDING_RECORDED, {"item": item, "answer": value, **more}


def reading(field: str, **more: Any) -> Draft:
    """One transcribed field."""
    return ev.FIELD_TRANSCRIBED, {"field": field, **more}


def box(capture_hash: str, *values: float) -> dict[str, Any]:
    """A region as an event keeps it."""
    return {"capture": capture_hash, "box": list(values)}


VIEW = {
    "x": 0.5,
    "y": 0.4,
    "scale": 0.31,
    "rotation": 90,
    "grey": False,
    "invert": False,
    "contrast": 2,
    "sharpen": 0,
    "channel": "ink",
    "renderer": "quadrant",
    "columns": 60,
    "rows": 30,
    "below_one_to_one": True,
}


def specimen_drafts(checklist: Checklist) -> list[Draft]:
    """The story: a look, a reveal, one change after it, a close."""
    polygon = [[0.1, 0.1], [0.4, 0.12], [0.39, 0.3], [0.11, 0.29]]
    return [
        opened(checklist),
        (ev.REVEALED, {"what": "seen-before", "text": ev.Personal("A post said: no photograph.")}),
        answer(
            "pages-shown", ["cover", "identity"], also=["order-filled", "oath-date"], withdrawn=[]
        ),
        (ev.PLACE_MARKED, {"place": "photo", "region": box(INSIDE, 0.1, 0.2, 0.25, 0.3)}),
        answer("photo", "present", note=ev.Personal("first look")),
        (ev.UNDONE, {"target": 5}),
        answer(
            "photo",
            "absent",
            note=ev.Personal("A clean rectangle.\n\nGlue at the lower edge."),
            regions=[box(INSIDE, 0.1, 0.2, 0.25, 0.3)],
            view=VIEW,
            crop_seen=True,
        ),
        answer("seal-text", "whole", note=ev.Personal("Reads as expected")),
        reading("surname", raw=ev.Personal("Щербаков"), regions=[box(INSIDE, 0.5, 0.2, 0.2, 0.04)]),
        reading(
            "number",
            raw=ev.Personal("AБ 123456"),
            corrected=ev.Personal("АБ 123456"),
            note=ev.Personal("Latin A typed by mistake"),
        ),
        reading("birth-date", raw=ev.Personal("12.05.1985")),
        reading("issue-date", raw=ev.Personal("10.05.1985")),
        (ev.REVEALED, {"what": "reference", "about": "specimen 4"}),
        answer(
            "seal-text",
            "parts",
            reason=ev.Personal("The reference shows one more line"),
            regions=[{"capture": INSIDE, "polygon": polygon}],
        ),
        (ev.FLAGGED, {"item": "seal-text", "flag": True}),
        answer("order-filled", "not-visible", cause="not-photographed"),
        (ev.CLOSED, {"events": 16}),
    ]


def examination_of(drafts: Sequence[Draft], checklist: Checklist | None = None) -> Examination:
    """Fold drafts into an examination."""
    chosen = checklist or specimen_checklist()
    return fold(EXAMINATION, journal(drafts), lambda _sha: chosen)


def report_of(
    drafts: Sequence[Draft], checklist: Checklist | None = None, options: Options | None = None
) -> m.Report:
    """Build the report of an examination made from drafts."""
    examination = examination_of(drafts, checklist)
    return build(examination, standing_of(examination), tool_version="0.0.0-test", options=options)


@pytest.fixture
def make_report() -> Callable[..., m.Report]:
    """Build reports from drafts."""
    return report_of


@pytest.fixture
def specimen() -> m.Report:
    """The report of the fixed story."""
    return report_of(specimen_drafts(specimen_checklist()))
